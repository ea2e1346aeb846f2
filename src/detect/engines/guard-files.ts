/** A file that a guard rests on. */
export interface GuardFile {
  readonly kind: 'rules' | 'shims' | 'ledger' | 'agent-hooks' | 'settings';
  /** What is lost when it is changed or deleted, for a sentence. */
  readonly why: string;
}

/**
 * Files that hold Holdpoint and the approvals of agents up. Sources: this product's own places (`src/gate/home.ts`, `src/rules/load.ts`); for
 * the agents the documentation of their hooks: Claude Code, VS Code and Copilot, Codex, Gemini CLI, Cursor, Windsurf.
 */
const FILES: readonly (readonly [RegExp, GuardFile])[] = [
  [/(?:^|\/)\.vscode\/holdpoint\.jsonc?$|(?:^|\/)\.holdpointignore$/, { kind: 'rules', why: 'the rules of the team are in it.' }],
  [/(?:^|\/)\.holdpoint\/(?:bin|lib|run)(?:\/|$)/, { kind: 'shims', why: 'without it commands are not asked about.' }],
  [/(?:^|\/)\.holdpoint\/ledger(?:\/|$)/, { kind: 'ledger', why: 'it is the record of what was asked, decided and run.' }],
  [/(?:^|\/)\.holdpoint\/?\*?$/, { kind: 'shims', why: 'without it commands are not asked about, and the record is gone.' }],
  [/(?:^|\/)\.claude\/(?:settings(?:\.local)?\.json|hooks(?:\/|$))|(?:^|\/)\.github\/hooks\/[^/]+\.json$|(?:^|\/)\.copilot\/hooks(?:\/|$)|(?:^|\/)\.codex\/(?:hooks\.json|config\.toml)$|(?:^|\/)\.gemini\/settings\.json$|(?:^|\/)\.cursor\/(?:hooks\.json|cli-config\.json|permissions\.json)$|(?:^|\/)\.(?:codeium\/)?windsurf\/hooks\.json$/, { kind: 'agent-hooks', why: 'what an agent may do without asking is set in it.' }],
  [/(?:^|\/)(?:\.vscode|User)\/settings\.json$|\.code-workspace$/, { kind: 'settings', why: 'it can switch approvals off.' }],
];

/** The guard that a path belongs to; undefined for any other file. */
export function guardFile(path: string): GuardFile | undefined {
  const plain = path.replace(/\\/g, '/');
  return /holdpoint|\.claude|hooks|codex|gemini|cursor|settings\.json|windsurf|code-workspace/.test(plain) ? FILES.find(([pattern]) => pattern.test(plain))?.[1] : undefined;
}

/**
 * Settings that switch a question off, and the value that does it. Source: VS Code documentation, "Manage auto approval", "Workspace
 * Trust"; Claude Code documentation, "Settings"; this extension's own settings.
 */
const SWITCHES: readonly (readonly [RegExp, string])[] = [
  [/"chat\.tools\.(?:global\.)?autoApprove"\s*:\s*true/, 'every tool of an agent runs without a question'],
  [/"chat\.tools\.(?:terminal|edits|urls)\.(?:autoApprove|enableAutoApprove|ignoreDefaultAutoApproveRules)"\s*:\s*(?:true|\{[^}]*(?:"[^"]*"\s*:\s*(?:true|\{[^}]*"approve"\s*:\s*true)))/, 'an agent runs commands or edits files without a question'],
  [/"chat\.agent\.terminal\.(?:autoApprove|allowList)"\s*:\s*\{[^}]*:\s*true/, 'an agent runs commands without a question'],
  [/"security\.workspace\.trust\.enabled"\s*:\s*false/, 'folders of strangers are trusted at once'],
  [/"terminal\.integrated\.shellIntegration\.enabled"\s*:\s*false/, 'the terminal does not tell what ran'],
  [/"holdpoint\.[\w.]+"\s*:\s*(?:false|"off"|"never"|"none")/, 'a part of Holdpoint is off'],
  [/"(?:defaultMode|permissionMode)"\s*:\s*"(?:bypassPermissions|dontAsk)"|"dangerouslySkipPermissions"\s*:\s*true|"disableAllHooks"\s*:\s*true|"skipDangerousModePermissionPrompt"\s*:\s*true/, 'the agent asks nobody'],
  [/"allow"\s*:\s*\[[^\]]*"Bash(?:\(\*(?::\*)?\))?"/, 'the agent runs every command without a question'],
  [/"terminal\.integrated\.env\.(?:linux|osx|windows)"\s*:\s*\{[^}]*"PATH"/, 'terminals may find the real tools before the shims'],
  [/approval_policy\s*=\s*"never"|sandbox_mode\s*=\s*"danger-full-access"/, 'the agent asks nobody'],
];

/** What a text of settings switches off, each with its place in the text. */
export function switchedOff(text: string): { readonly start: number; readonly end: number; readonly what: string }[] {
  if (text.length > 1_000_000) return [];
  return SWITCHES.flatMap(([pattern, what]) => {
    const found = pattern.exec(text);
    return found ? [{ start: found.index, end: found.index + found[0].length, what }] : [];
  });
}
