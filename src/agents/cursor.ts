import type { Agent } from './agent';

export const cursor: Agent = {
  name: 'Cursor',
  marks: [
    { variable: 'CURSOR_AGENT', source: 'aws/aws-cdk-cli, detect-agent.ts' },
    { variable: 'CURSOR_TRACE_ID', source: 'phpstan, Internal/AgentDetector' },
  ],
  programs: [{ name: 'cursor-agent', source: 'Cursor documentation, "CLI"' }],
  files: [
    { name: '.cursor/{hooks,cli-config,permissions}.json', source: 'Cursor documentation, "Hooks", "CLI configuration" and "Permissions"' },
  ],
};
