import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { Home } from '../gate/home';
import { probeQuietly, probeTerminal, type Coverage, type CoverageFacts, type Layer } from './coverage';
import { messageOf, type Log } from './log';
import { watchPaths } from './path-watch';
import type { Trouble } from './status-text';

/** Looks at the layers again when something that they rest on changes: a guard that looks on and is off is worse than none. */
export interface CoverageWatch extends vscode.Disposable {
  /** What should be on and is off, for the status bar. */
  trouble(): readonly Trouble[];
  /** The open terminals in which something was put before the shims. */
  paths(): readonly Layer[];
  /** Takes what a full probe found. */
  found(coverage: Pick<Coverage, 'quiet' | 'opened'>): void;
  /** Looks again soon: the guard was switched on. */
  again(): void;
}

type Facts = () => Pick<CoverageFacts, 'guard' | 'why' | 'home' | 'collection'>;

/** Several changes at once are one look, which waits no longer than the second time for them to end. */
const QUIET_MS = 1500;
const LATEST_MS = 5000;
/** A new window has other work first. */
const START_MS = 15_000;
/** What the last look at a terminal was made from, when all was well. */
const KEY = 'coverage.terminal';
/** What of a look the status bar must tell: what should be on, and is off. */
function troubleOf(layers: readonly Layer[]): Trouble[] {
  return layers.flatMap(({ name, state, detail, whenOff }) => (state === 'off' && whenOff ? [{ kind: whenOff, why: `${name}: ${detail}` }] : []));
}

export function watchCoverage(home: Home, facts: Facts, memory: vscode.Memento, log: Log, changed: () => void): CoverageWatch {
  const paths = watchPaths(home);
  let quiet: readonly Layer[] = [];
  let opened: readonly Layer[] = [];
  let timer: NodeJS.Timeout | undefined;
  let terminalToo = false;
  let over = false;
  /** When the look that waits has to begin, whatever comes meanwhile. */
  let latest = Infinity;

  const look = async (): Promise<void> => {
    const now = facts();
    latest = Infinity;
    // A guard that is off says so itself.
    if (!now.guard || over) return;
    const withTerminal = terminalToo;
    terminalToo = false;
    quiet = await probeQuietly(now);
    // A terminal may take its time to answer: what is known already is said first.
    changed();
    const key = terminalKey(now.collection);
    // What was found off is looked at again whatever it was made from: it may have been put right.
    const known = memory.get(KEY) === key && opened.every((layer) => layer.state !== 'off');
    if (withTerminal && !known && !over) {
      opened = await probeTerminal(home.bin);
      // Only a good look spares the next window one; what can't be told is not told again and again either.
      if (opened.every((layer) => layer.state !== 'off')) await memory.update(KEY, key);
    }
    for (const { why } of troubleOf([...quiet, ...opened])) log.warn(`coverage: ${why}`);
    changed();
  };
  const soon = (terminal: boolean, ms = QUIET_MS): void => {
    terminalToo ||= terminal;
    clearTimeout(timer);
    latest = Math.min(latest, Date.now() + Math.max(ms, LATEST_MS));
    const wait = Math.max(0, Math.min(ms, latest - Date.now()));
    timer = setTimeout(() => void look().catch((error: unknown) => log.error(`Coverage could not be looked at: ${messageOf(error)}`)), wait);
    timer.unref?.();
  };
  const watchers = ['bin/*', 'lib/*', 'run/*.json', 'ledger'].map((glob) => vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(home.dir), glob)));
  const parts = vscode.Disposable.from(
    paths, paths.onDidChange(changed), ...watchers,
    ...watchers.flatMap((w) => [w.onDidCreate(() => soon(false)), w.onDidChange(() => soon(false)), w.onDidDelete(() => soon(false))]),
    vscode.env.onDidChangeShell(() => soon(true)), vscode.extensions.onDidChange(() => soon(true)),
    vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration('terminal.integrated') && soon(true)),
  );
  return {
    trouble: () => troubleOf([...quiet, ...opened, ...paths.layers()]),
    paths: () => paths.layers(),
    found(coverage) {
      ({ quiet, opened } = coverage);
      changed();
    },
    again: () => soon(true, START_MS),
    dispose() {
      over = true;
      clearTimeout(timer);
      parts.dispose();
    },
  };
}

/** What decides how a new terminal's PATH comes out, as far as the editor knows: shell, terminal settings, extensions, our own values. */
function terminalKey(collection: vscode.GlobalEnvironmentVariableCollection): string {
  const own: [string, string][] = [];
  collection.forEach((name, { value }) => own.push([name, value]));
  const extensions = vscode.extensions.all.map((e) => `${e.id}@${String((e.packageJSON as { version?: unknown }).version)}`).sort();
  return createHash('sha256').update(JSON.stringify([vscode.env.shell, vscode.workspace.getConfiguration('terminal.integrated'), extensions, own])).digest('hex');
}
