import type { Agent } from './agent';

export const rooCode: Agent = {
  name: 'Roo Code',
  marks: [
    { variable: 'ROO_CODE_TASK_ID', source: 'dotnet/sdk, LLMEnvironmentDetectorForTelemetry' },
  ],
};
