import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

import { gitNow } from '../preview/git';

/** A repository as far as the rules ask: where it is, and what stands at the branches that count. */
export interface Repository {
  readonly top: string;
  /** The `.git` that all its working trees share. */
  readonly common: string;
  /** By branch; a branch without a commit, or that is not there, is left out. */
  readonly refs: ReadonlyMap<string, { readonly commit: string; /** By path from the top. */ readonly texts: ReadonlyMap<string, string> }>;
  /** Whether one commit is, or comes after, another. */
  descends(from: string, to: string): boolean;
}

/** Why there is nothing to read: `none` where that is certain as far as git goes; `unknown` where rules may have been missed. */
export type Unread = { readonly kind: 'none' } | { readonly kind: 'unknown'; readonly why: string };

/** The default branches: what origin calls its own, or else by their names. The first of each list that is there counts. */
export const DEFAULTS: readonly (readonly string[])[] = [
  ['refs/remotes/origin/HEAD', 'refs/remotes/origin/main', 'refs/remotes/origin/master'],
  ['refs/heads/main', 'refs/heads/master'],
];

/**
 * Reads files as they are committed at HEAD and at the default branches, in one process.
 * @param top the folder in which `.git` stands. @param files from the top, with slashes. @param also further branches that are asked for.
 */
export function readRepository(top: string, files: readonly string[], also: readonly string[]): Repository | Unread {
  const dirs = dirsOf(top);
  if (dirs === undefined) return { kind: 'none' };
  if (files.some((f) => f.includes('\n'))) return { kind: 'unknown', why: 'a folder has a line break in its name' };
  const at = { repository: { gitDir: dirs.own, top } };
  const refs = [...new Set(['HEAD', ...DEFAULTS.flat(), ...also])];
  const specs = refs.flatMap((ref) => [`${ref}^{commit}`, ...files.map((file) => `${ref}:${file}`)]);
  const answer = gitNow(top, ['cat-file', '--batch'], { ...at, input: `${specs.join('\n')}\n`, maxBytes: 32 * 1024 * 1024 });
  if (!answer.ok) return answer.absent || /not a git repository/i.test(answer.stderr) ? { kind: 'none' } : { kind: 'unknown', why: answer.why };
  const objects = readBatch(answer.stdout, specs);
  if (objects === undefined) return { kind: 'unknown', why: 'git answered in a form that is not known' };
  const found = new Map(refs.flatMap((ref) => {
    const commit = objects.get(`${ref}^{commit}`);
    if (commit === undefined) return [];
    const texts = new Map(files.flatMap((file) => {
      const blob = objects.get(`${ref}:${file}`);
      return blob?.type === 'blob' ? [[file, blob.text] as const] : [];
    }));
    return [[ref, { commit: commit.id, texts }] as const];
  }));
  const used = new Set(['HEAD', ...also, ...DEFAULTS.flatMap((names) => names.find((name) => found.has(name)) ?? [])]);
  const known = new Map<string, boolean>();
  return {
    top, common: dirs.common, refs: new Map([...found].filter(([ref]) => used.has(ref))),
    descends(from, to) {
      const key = `${from} ${to}`;
      const before = known.get(key) ?? gitNow(top, ['merge-base', '--is-ancestor', from, to], at).ok;
      known.set(key, before);
      return before;
    },
  };
}

/** Where a `.git` leads: gitrepository-layout(5), "gitdir" and "commondir". Undefined when it leads nowhere. */
function dirsOf(top: string): { readonly own: string; readonly common: string } | undefined {
  try {
    const git = path.join(top, '.git');
    const own = statSync(git).isDirectory() ? git : path.resolve(top, /^gitdir:\s*(.*?)\s*$/m.exec(readFileSync(git, 'utf8'))?.[1] ?? '/nowhere');
    const shared = path.join(own, 'commondir');
    return { own, common: realpathSync(existsSync(shared) ? path.resolve(own, readFileSync(shared, 'utf8').trim()) : own) };
  } catch {
    return undefined;
  }
}

interface GitObject {
  readonly id: string;
  readonly type: string;
  readonly text: string;
}

/** Reads what `git cat-file --batch` prints for these names, in order: git-cat-file(1), "Batch output". Undefined when it is something else. */
function readBatch(out: string, specs: readonly string[]): ReadonlyMap<string, GitObject> | undefined {
  // Sizes are in bytes.
  const bytes = Buffer.from(out);
  const found = new Map<string, GitObject>();
  let at = 0;
  for (const spec of specs) {
    const end = bytes.indexOf(10, at);
    if (end < 0) return undefined;
    const line = bytes.subarray(at, end).toString();
    at = end + 1;
    const [, id, type, size] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(line) ?? [];
    if (id === undefined || type === undefined) {
      if (!/ (?:missing|ambiguous)$/.test(line)) return undefined;
      continue;
    }
    found.set(spec, { id, type, text: bytes.subarray(at, at + Number(size)).toString() });
    at += Number(size) + 1;
  }
  return found;
}
