import type { Agent } from './agent';

export const goose: Agent = {
  name: 'Goose',
  marks: [
    { variable: 'AGENT', value: 'goose', source: 'Goose, the convention AGENT=<name>' },
    { variable: 'GOOSE_TERMINAL', source: 'dotnet/sdk, LLMEnvironmentDetectorForTelemetry' },
  ],
  programs: [{ name: 'goose', source: 'Goose documentation, "Install Goose"' }],
};
