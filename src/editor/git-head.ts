import path from 'node:path';
import * as vscode from 'vscode';
import { git } from '../preview/git';
import { headText, type HeadText } from '../preview/git-head';

/** The committed texts of this window's files, remembered until HEAD moves. */
export interface Heads extends vscode.Disposable {
  /** Reads nothing in Restricted Mode: git looks into the folder's own configuration. */
  text(file: string): Promise<HeadText>;
  /** HEAD moved: what was judged against it is stale. */
  readonly onDidMove: vscode.Event<void>;
}

/** A worktree's `.git` is a file and its HEAD lies elsewhere, unwatched: so nothing is believed for longer than this. */
const BELIEVED_MS = 20_000;
const REMEMBERED = 200;
/** Names of changed files may be many: a folder that no ignore file names. */
const MOST_BYTES = 64 * 1024 * 1024;

export function createHeads(): Heads {
  const moved = new vscode.EventEmitter<void>();
  const known = new Map<string, { readonly at: number; readonly text: Promise<HeadText> }>();
  const forget = (): void => {
    known.clear();
    moved.fire();
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/.git/{HEAD,packed-refs,logs/HEAD}');
  const listeners = [watcher, watcher.onDidChange(forget), watcher.onDidCreate(forget), watcher.onDidDelete(forget), moved];
  return {
    onDidMove: moved.event,
    text(file) {
      if (!vscode.workspace.isTrusted) return Promise.resolve({ kind: 'unavailable', why: 'this window is in Restricted Mode' });
      const old = known.get(file);
      if (old && Date.now() - old.at < BELIEVED_MS) return old.text;
      if (known.size >= REMEMBERED) known.clear();
      const text = headText(file);
      known.set(file, { at: Date.now(), text });
      return text;
    },
    dispose: () => listeners.forEach((l) => l.dispose()),
  };
}

/**
 * Files of a folder that differ from HEAD or are not in it; absolute paths.
 * @param wanted which of their names: git lists all, so that one table tells it here as for what is watched.
 * @returns an empty list when git can't tell (no repository, no commit, no git).
 */
export async function changedFiles(folder: string, wanted: (file: string) => boolean): Promise<string[]> {
  const [changed, added] = await Promise.all([
    printed(folder, ['diff', '--name-only', '--no-ext-diff', '--no-textconv', '--relative', '-z', 'HEAD']),
    printed(folder, ['ls-files', '--others', '--exclude-standard', '-z']),
  ]);
  return [...new Set(`${changed}\0${added}`.split('\0').filter(Boolean))].map((f) => path.join(folder, f)).filter(wanted);
}

async function printed(cwd: string, args: readonly string[]): Promise<string> {
  const answer = await git(cwd, args, { worktree: true, timeoutMs: 10_000, maxBytes: MOST_BYTES });
  return answer.ok ? answer.stdout : '';
}
