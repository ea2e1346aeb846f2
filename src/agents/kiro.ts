import type { Agent } from './agent';

export const kiro: Agent = {
  name: 'Kiro',
  marks: [
    { variable: 'KIRO_AGENT_PATH', source: 'Kiro CLI, environment of its chat' },
  ],
  programs: [{ name: 'kiro-cli', source: 'Kiro documentation, "CLI"' }],
};
