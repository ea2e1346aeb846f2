import type { Agent } from './agent';

export const windsurf: Agent = {
  name: 'Windsurf',
  marks: [
    { variable: 'WINDSURF_SESSION', source: 'dotnet/sdk, LLMEnvironmentDetectorForTelemetry' },
  ],
  programs: [{ name: 'windsurf', source: 'the program of the editor itself' }],
  files: [
    { name: '.{codeium/windsurf,windsurf}/hooks.json', source: 'Windsurf documentation, "Cascade Hooks"' },
  ],
};
