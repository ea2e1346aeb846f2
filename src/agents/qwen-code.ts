import type { Agent } from './agent';

export const qwenCode: Agent = {
  name: 'Qwen Code',
  marks: [
    { variable: 'QWEN_CODE', source: 'dotnet/sdk, LLMEnvironmentDetectorForTelemetry' },
  ],
  programs: [{ name: 'qwen', source: 'npm, @qwen-code/qwen-code, `bin`' }],
};
