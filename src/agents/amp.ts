import type { Agent } from './agent';

export const amp: Agent = {
  name: 'Amp',
  marks: [
    { variable: 'AMP_CURRENT_THREAD_ID', source: 'Amp, environment of its shell tool; phpstan, Internal/AgentDetector' },
    { variable: 'AGENT', value: 'amp', source: 'Amp, environment of its shell tool' },
  ],
  programs: [{ name: 'amp', source: 'npm, @sourcegraph/amp, `bin`' }],
};
