import { ASKS_NOBODY, type Agent } from './agent';

const SETTINGS = 'Claude Code documentation, "Settings"';

export const claudeCode: Agent = {
  name: 'Claude Code',
  marks: [
    { variable: 'AI_AGENT', value: 'claude-code', source: 'Claude Code, environment of its Bash tool' },
    { variable: 'CLAUDECODE', source: 'Claude Code, environment of its Bash tool' },
  ],
  programs: [{ name: 'claude', source: 'npm, @anthropic-ai/claude-code, `bin`' }],
  files: [
    { name: '.claude/settings{,.local}.json', isSettings: true, source: SETTINGS },
    { name: '.claude/hooks/', source: 'Claude Code documentation, "Hooks"' },
  ],
  switches: [
    { pattern: /"(?:defaultMode|permissionMode)"\s*:\s*"(?:bypassPermissions|dontAsk)"/, what: ASKS_NOBODY, source: SETTINGS },
    { pattern: /"dangerouslySkipPermissions"\s*:\s*true/, what: ASKS_NOBODY, source: SETTINGS },
    { pattern: /"disableAllHooks"\s*:\s*true/, what: ASKS_NOBODY, source: SETTINGS },
    { pattern: /"skipDangerousModePermissionPrompt"\s*:\s*true/, what: ASKS_NOBODY, source: SETTINGS },
    { pattern: /"allow"\s*:\s*\[[^\]]*"Bash(?:\(\*(?::\*)?\))?"/, what: 'the agent runs every command without a question', source: SETTINGS },
  ],
};
