import type { Agent } from './agent';

export const opencode: Agent = {
  name: 'opencode',
  marks: [
    { variable: 'OPENCODE', source: 'phpstan, Internal/AgentDetector' },
    { variable: 'OPENCODE_CLIENT', source: 'phpstan, Internal/AgentDetector' },
  ],
  programs: [{ name: 'opencode', source: 'npm, opencode-ai, `bin`' }],
};
