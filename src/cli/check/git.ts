import { existsSync } from 'node:fs';
import path from 'node:path';

import { DEFAULTS } from '../../gate/repository';
import { gitNow } from '../../preview/git';

const LIMIT_MS = 60_000;
/** What looks at the files themselves; the rest reads objects. */
const WORKTREE: ReadonlySet<string> = new Set(['diff', 'ls-files']);

/** Runs git and gives what it prints. @throws with git's own first line and what to do. */
export function git(cwd: string, args: readonly string[]): string {
  const answer = gitNow(cwd, args, { worktree: WORKTREE.has(args[0] ?? ''), timeoutMs: LIMIT_MS, maxBytes: 256 * 1024 * 1024 });
  if (answer.ok) return answer.stdout;
  if (answer.absent) throw new Error('git is not on PATH: install it, or check files without --diff and --staged');
  throw new Error(answer.why);
}

const tops = new Map<string, string | undefined>();

/** The top of the repository that a folder is in; undefined outside of any. */
export function topOf(folder: string): string | undefined {
  if (tops.has(folder)) return tops.get(folder);
  const parent = path.dirname(folder);
  const top = existsSync(path.join(folder, '.git')) ? folder : parent === folder ? undefined : topOf(parent);
  tops.set(folder, top);
  return top;
}

const committedIn = new Map<string, ReadonlySet<string>>();

/** The folders of a repository that have rules of their own at HEAD or at a default branch, asked of git once. */
export function committedFolders(top: string | undefined): ReadonlySet<string> {
  if (top === undefined) return new Set();
  const known = committedIn.get(top);
  if (known) return known;
  const names = new Set(['HEAD', ...DEFAULTS.flat()].flatMap((ref) => {
    const answer = gitNow(top, ['ls-tree', '-r', '-z', '--name-only', ref], { timeoutMs: LIMIT_MS, maxBytes: 256 * 1024 * 1024 });
    return answer.ok ? answer.stdout.split('\0').filter((n) => n === RULES || n.endsWith(`/${RULES}`)) : [];
  }));
  const folders = new Set([...names].map((n) => path.join(top, n.slice(0, -RULES.length))).map((f) => path.resolve(f)));
  committedIn.set(top, folders);
  return folders;
}

const RULES = '.vscode/holdpoint.json';

/** What git says of a repository's files, by their full paths. */
interface Tree {
  readonly differs: ReadonlySet<string>;
  readonly untracked: ReadonlySet<string>;
}

const treeIn = new Map<string, Tree | undefined>();

/**
 * How a file stands to HEAD, asked of git once for a whole repository: the `same`, `absent` there, or `other`, which only git can show.
 * Undefined when git can't tell.
 */
export function toHead(file: string): 'same' | 'absent' | 'other' | undefined {
  const top = topOf(path.dirname(file));
  if (top === undefined) return undefined;
  if (!treeIn.has(top)) treeIn.set(top, treeOf(top));
  const tree = treeIn.get(top);
  // One that was only taken out of the index is in both lists.
  return tree && (tree.differs.has(file) ? 'other' : tree.untracked.has(file) ? 'absent' : 'same');
}

function treeOf(top: string): Tree | undefined {
  const named = (args: readonly string[]): ReadonlySet<string> => new Set(git(top, args).split('\0').filter((n) => n !== '').map((n) => path.join(top, n)));
  try {
    return { differs: named(['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', 'HEAD']), untracked: named(['ls-files', '-z', '--others', '--exclude-standard']) };
  } catch {
    // No commit yet, or no git: every file is asked about by itself.
    return undefined;
  }
}

/** A file that a comparison names, with the lines that it adds or changes. */
export interface ChangedFile {
  readonly path: string;
  /** The text before; undefined for a new file. */
  readonly before: string | undefined;
  /** The text now: of the working tree, or of the index; undefined for a deleted file. */
  readonly now: string | undefined;
  /** One-based lines that were added or changed. */
  readonly lines: readonly (readonly [first: number, last: number])[];
}

/** The files that differ between a commit and the working tree, or between HEAD and the index. @throws when git can't tell. */
export function* changedFiles(cwd: string, what: { readonly base: string } | 'staged', read: (file: string) => string | undefined): Generator<ChangedFile> {
  const top = git(cwd, ['rev-parse', '--show-toplevel']).trim();
  let base = 'HEAD';
  if (what !== 'staged') {
    if (what.base.startsWith('-')) throw new Error(`${what.base} is no commit`);
    try {
      base = git(cwd, ['merge-base', what.base, 'HEAD']).trim();
    } catch {
      base = git(cwd, ['rev-parse', '--verify', '--end-of-options', `${what.base}^{commit}`]).trim();
    }
  }
  const staged = what === 'staged' ? ['--cached'] : [];
  const names = git(top, ['diff', ...staged, '--name-only', '-z', '--no-renames', '--no-ext-diff', base]).split('\0').filter((n) => n !== '');
  const fresh = what === 'staged' ? [] : git(top, ['ls-files', '-z', '--others', '--exclude-standard']).split('\0').filter((n) => n !== '');
  const show = (spec: string): string | undefined => {
    try {
      return git(top, ['cat-file', 'blob', spec]);
    } catch {
      return undefined;
    }
  };
  for (const name of [...names, ...fresh]) {
    const file = path.join(top, name);
    const before = fresh.includes(name) ? undefined : show(`${base}:${name}`);
    const now = what === 'staged' ? show(`:0:${name}`) : read(file);
    const hunks = before === undefined ? [] : [...git(top, ['diff', ...staged, '-U0', '--no-renames', '--no-ext-diff', '--no-textconv', base, '--', name]).matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)];
    yield { path: file, before, now, lines: before === undefined ? [[1, Infinity]] : hunks.map((h) => [Number(h[1]), Number(h[1]) + Math.max(1, Number(h[2] ?? 1)) - 1] as const) };
  }
}
