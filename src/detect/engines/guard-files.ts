import { AGENT_FILES, AGENT_SWITCHES } from '../../agents/registry';
import { matcherOf, withoutBraces } from '../name-glob';

/** A file that a guard rests on. */
export interface GuardFile {
  readonly kind: 'rules' | 'shims' | 'ledger' | 'agent-hooks' | 'settings';
  /** What is lost when it is changed or deleted, for a sentence. */
  readonly why: string;
}

/** A folder and all in it, or a file. */
const globsOf = (name: string): string[] => (name.endsWith('/') ? [name.slice(0, -1), `${name}**/*`] : [name]);

/**
 * Files that hold Holdpoint and the approvals of agents up. Sources: this product's own places (`src/gate/home.ts`, `src/gate/read-rules.ts`);
 * for the agents see `src/agents/`.
 */
const FILES: readonly (readonly [RegExp, GuardFile])[] = [
  [/(?:^|\/)\.vscode\/holdpoint\.jsonc?$|(?:^|\/)\.holdpointignore$/, { kind: 'rules', why: 'the rules of the team are in it.' }],
  [/(?:^|\/)\.holdpoint\/(?:bin|lib|run)(?:\/|$)/, { kind: 'shims', why: 'without it commands are not asked about.' }],
  [/(?:^|\/)\.holdpoint\/ledger(?:\/|$)/, { kind: 'ledger', why: 'it is the record of what was asked, decided and run.' }],
  [/(?:^|\/)\.holdpoint\/?\*?$/, { kind: 'shims', why: 'without it commands are not asked about, and the record is gone.' }],
  [
    matcherOf(AGENT_FILES.flatMap(({ name }) => globsOf(name))),
    { kind: 'agent-hooks', why: 'what an agent may do without asking is set in it.' },
  ],
  [/(?:^|\/)(?:\.vscode|User)\/settings\.json$|\.code-workspace$/, { kind: 'settings', why: 'it can switch approvals off.' }],
];
/** What stands in every path that the patterns mean, of a glob all before its first star: most paths have none of it, and one quick look tells. */
const FIXED = ['holdpoint', 'settings.json', '.code-workspace', ...AGENT_FILES.flatMap(({ name }) => withoutBraces(name)).map((glob) => glob.replace(/\/?(?:\*.*)?$/s, ''))];
const ANY = new RegExp([...new Set(FIXED)].map((text) => text.replaceAll('.', '\\.')).join('|'), 'i');

/** The guard that a path belongs to; undefined for any other file. */
export function guardFile(path: string): GuardFile | undefined {
  const plain = path.replace(/\\/g, '/');
  return ANY.test(plain) ? FILES.find(([pattern]) => pattern.test(plain))?.[1] : undefined;
}

/**
 * Settings of the editor and of this extension that switch a question off, and the value that does it; those of agents stand with the
 * agents. Source: VS Code documentation, "Workspace Trust", "Terminal Shell Integration", "Integrated terminal"; this extension's own settings.
 */
const EDITOR_SWITCHES: readonly (readonly [RegExp, string])[] = [
  [/"security\.workspace\.trust\.enabled"\s*:\s*false/, 'folders of strangers are trusted at once'],
  [/"terminal\.integrated\.shellIntegration\.enabled"\s*:\s*false/, 'the terminal does not tell what ran'],
  [/"holdpoint\.[\w.]+"\s*:\s*(?:false|"off"|"never"|"none")/, 'a part of Holdpoint is off'],
  [/"terminal\.integrated\.env\.(?:linux|osx|windows)"\s*:\s*\{[^}]*"PATH"/, 'terminals may find the real tools before the shims'],
];
const SWITCHES = [...AGENT_SWITCHES.map(({ pattern, what }) => [pattern, what] as const), ...EDITOR_SWITCHES];

/** What a text of settings switches off, each with its place in the text. */
export function switchedOff(text: string): { readonly start: number; readonly end: number; readonly what: string }[] {
  if (text.length > 1_000_000) return [];
  return SWITCHES.flatMap(([pattern, what]) => {
    const found = pattern.exec(text);
    return found ? [{ start: found.index, end: found.index + found[0].length, what }] : [];
  });
}
