import type { Agent } from './agent';

export const cline: Agent = {
  name: 'Cline',
  marks: [
    { variable: 'CLINE_ACTIVE', source: 'Cline, terminal manager' },
    { variable: 'CLINE_TASK_ID', source: 'dotnet/sdk, LLMEnvironmentDetectorForTelemetry' },
  ],
};
