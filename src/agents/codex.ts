import { ASKS_NOBODY, type Agent } from './agent';

export const codex: Agent = {
  name: 'Codex',
  marks: [
    { variable: 'CODEX_SANDBOX', source: 'aws/aws-cdk-cli, detect-agent.ts; phpstan, Internal/AgentDetector' },
    { variable: 'CODEX_THREAD_ID', source: 'aws/aws-cdk-cli, detect-agent.ts; phpstan, Internal/AgentDetector' },
    { variable: 'CODEX_CI', source: 'aws/aws-cdk-cli, detect-agent.ts (every CODEX_ variable)' },
  ],
  programs: [{ name: 'codex', source: 'npm, @openai/codex, `bin`' }],
  files: [
    { name: '.codex/{hooks.json,config.toml}', source: 'Codex documentation, "Configuration" and "Hooks"' },
  ],
  switches: [
    {
      pattern: /approval_policy\s*=\s*"never"|sandbox_mode\s*=\s*"danger-full-access"/,
      what: ASKS_NOBODY, source: 'Codex documentation, "Configuration"',
    },
  ],
};
