import * as vscode from 'vscode';
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
