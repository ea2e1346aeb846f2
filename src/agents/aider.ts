import type { Agent } from './agent';

export const aider: Agent = {
  name: 'Aider',
  programs: [{ name: 'aider', source: 'PyPI, aider-chat, its console script' }],
};
