import type { Agent } from './agent';

export const crush: Agent = {
  name: 'Crush',
  marks: [
    { variable: 'CRUSH', source: 'set by Crush in its shell, as command-line tools that look for agents read it' },
  ],
  programs: [{ name: 'crush', source: 'charmbracelet/crush, its releases' }],
};
