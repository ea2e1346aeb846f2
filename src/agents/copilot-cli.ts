import type { Agent } from './agent';

export const copilotCli: Agent = {
  name: 'GitHub Copilot CLI',
  marks: [
    { variable: 'COPILOT_CLI', source: 'Copilot CLI, environment of its shell tool' },
  ],
  programs: [{ name: 'copilot', source: 'npm, @github/copilot, `bin`' }],
  files: [
    { name: '.copilot/hooks/', source: 'Copilot CLI documentation, "Using hooks"' },
  ],
};
