import type { Agent } from './agent';

export const augment: Agent = {
  name: 'Augment',
  marks: [
    { variable: 'AUGMENT_AGENT', source: 'phpstan, Internal/AgentDetector' },
  ],
};
