import type { Agent } from './agent';

export const trae: Agent = {
  name: 'Trae',
  marks: [
    { variable: 'TRAE_AI_SHELL_ID', source: 'set by Trae in its terminal, as command-line tools that look for agents read it' },
  ],
};
