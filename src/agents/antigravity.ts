import type { Agent } from './agent';

export const antigravity: Agent = {
  name: 'Antigravity',
  marks: [
    { variable: 'ANTIGRAVITY_AGENT', source: 'set by Antigravity in its terminal, as command-line tools that look for agents read it' },
  ],
};
