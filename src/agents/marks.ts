/** An environment variable by which an agent can be known. */
export interface AgentMark {
  readonly variable: string;
  /** Only this value, or one that begins so; any value otherwise. */
  readonly value?: string;
  readonly agent: string;
  readonly source: string;
}

/**
 * Marks that agents set for the commands they start, in the order in which they are believed: VS Code's agent sets a
 * general mark as well as its own. A mark can be unset by the agent, so it only ever raises.
 */
export const AGENT_MARKS: readonly AgentMark[] = [
  { variable: 'AI_AGENT', value: 'github_copilot_vscode_agent', agent: 'GitHub Copilot in VS Code', source: 'VS Code 1.139, environment of run_in_terminal' },
  { variable: 'AI_AGENT', value: 'claude-code', agent: 'Claude Code', source: 'Claude Code, environment of its Bash tool' },
  { variable: 'COPILOT_AGENT', agent: 'GitHub Copilot in VS Code', source: 'VS Code 1.139, environment of run_in_terminal' },
  { variable: 'CLAUDECODE', agent: 'Claude Code', source: 'Claude Code, environment of its Bash tool' },
  { variable: 'COPILOT_CLI', agent: 'GitHub Copilot CLI', source: 'Copilot CLI, environment of its shell tool' },
  { variable: 'CODEX_SANDBOX', agent: 'Codex', source: 'aws/aws-cdk-cli, detect-agent.ts; phpstan, Internal/AgentDetector' },
  { variable: 'CODEX_THREAD_ID', agent: 'Codex', source: 'aws/aws-cdk-cli, detect-agent.ts; phpstan, Internal/AgentDetector' },
  { variable: 'CODEX_CI', agent: 'Codex', source: 'aws/aws-cdk-cli, detect-agent.ts (every CODEX_ variable)' },
  { variable: 'GEMINI_CLI', agent: 'Gemini CLI', source: 'Gemini CLI, run_shell_command; phpstan, Internal/AgentDetector' },
  { variable: 'CLINE_ACTIVE', agent: 'Cline', source: 'Cline, terminal manager' },
  { variable: 'CURSOR_AGENT', agent: 'Cursor', source: 'aws/aws-cdk-cli, detect-agent.ts' },
  { variable: 'CURSOR_TRACE_ID', agent: 'Cursor', source: 'phpstan, Internal/AgentDetector' },
  { variable: 'AUGMENT_AGENT', agent: 'Augment', source: 'phpstan, Internal/AgentDetector' },
  { variable: 'OPENCODE', agent: 'opencode', source: 'phpstan, Internal/AgentDetector' },
  { variable: 'ANTIGRAVITY_AGENT', agent: 'Antigravity', source: 'set by Antigravity in its terminal, as command-line tools that look for agents read it' },
  { variable: 'AMP_CURRENT_THREAD_ID', agent: 'Amp', source: 'Amp, environment of its shell tool; phpstan, Internal/AgentDetector' },
  { variable: 'AGENT', value: 'amp', agent: 'Amp', source: 'Amp, environment of its shell tool' },
  { variable: 'AGENT', value: 'goose', agent: 'Goose', source: 'Goose, the convention AGENT=<name>' },
  { variable: 'ROO_CODE_TASK_ID', agent: 'Roo Code', source: 'dotnet/sdk, LLMEnvironmentDetectorForTelemetry' },
  { variable: 'CLINE_TASK_ID', agent: 'Cline', source: 'dotnet/sdk, LLMEnvironmentDetectorForTelemetry' },
  { variable: 'GOOSE_TERMINAL', agent: 'Goose', source: 'dotnet/sdk, LLMEnvironmentDetectorForTelemetry' },
  { variable: 'WINDSURF_SESSION', agent: 'Windsurf', source: 'dotnet/sdk, LLMEnvironmentDetectorForTelemetry' },
  { variable: 'OPENCODE_CLIENT', agent: 'opencode', source: 'phpstan, Internal/AgentDetector' },
  { variable: 'AWS_EXECUTION_ENV', value: 'AmazonQ', agent: 'Amazon Q', source: 'aws/aws-cdk-cli, detect-agent.ts' },
  { variable: 'KIRO_AGENT_PATH', agent: 'Kiro', source: 'Kiro CLI, environment of its chat' },
  { variable: 'TRAE_AI_SHELL_ID', agent: 'Trae', source: 'set by Trae in its terminal, as command-line tools that look for agents read it' },
  { variable: 'QWEN_CODE', agent: 'Qwen Code', source: 'dotnet/sdk, LLMEnvironmentDetectorForTelemetry' },
  { variable: 'CRUSH', agent: 'Crush', source: 'set by Crush in its shell, as command-line tools that look for agents read it' },
  { variable: 'AI_AGENT', agent: 'an agent', source: 'convention: the variable names the agent' },
];

/** Marks of the editor's own terminal: they tell where the command was typed, not by whom. */
export const EDITOR_MARKS = ['TERM_PROGRAM', 'VSCODE_INJECTION'] as const;

/** The names of all marks: what the client sends of its environment to tell who asks. */
export const MARK_NAMES: readonly string[] = [...new Set([...AGENT_MARKS.map((m) => m.variable), ...EDITOR_MARKS])];
