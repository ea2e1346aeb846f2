import { randomBytes } from 'node:crypto';
import { readFileSync, statSync, watch, type FSWatcher } from 'node:fs';
import path from 'node:path';

import type { LedgerRecord } from '../ledger/record';
import { openHistory, type History } from '../ledger/history';
import { turnStarts } from '../ledger/starts';
import { alarmBell, type Cause } from './alarm-bell';
import type { Home } from './home';
import type { GateServer } from './server';
import { identityOf, strangeGates, strangeStarts, type Alarm, type Known } from './strangers';

export interface GateWatch {
  /** Compares again; resolves when that is done. Called before a hold is shown, too. */
  look(): Promise<void>;
  /** A run that this window wrote down. */
  ran(id: string): void;
  /** What was found since the watch began, in words. */
  alarms(): readonly string[];
  dispose(): void;
}

export interface GateWatchOptions {
  readonly home: Home;
  readonly server: GateServer;
  /** The window's reading of the record; one of its own when left out. */
  readonly history?: History;
  readonly record: (record: LedgerRecord) => void;
  readonly onAlarm: (what: string) => void;
  readonly log: (line: string) => void;
}

/** Several files change with one command. */
const PAUSE_MS = 300;
/** The record has all of them. */
const MOST_FOUND = 100;

/**
 * Keeps an eye on who answers for Holdpoint: gates that no window has written down, commands that no window let go, and this
 * window's own socket and discovery file. A program of the same user can do all that; here it does not stay unseen.
 */
export function watchGates({ home, server, history = openHistory(home.ledger), record, onAlarm, log }: GateWatchOptions): GateWatch {
  const file = path.join(home.run, `${server.id}.json`);
  const socket = process.platform === 'win32' ? undefined : identityOf(server.socket);
  const told = new Set<string>();
  const found: string[] = [];
  const gates = new Set<string>([server.name]);
  let runs: string[] = [];
  let over = false;

  const bell = alarmBell((what) => {
    found.push(what);
    if (found.length > MOST_FOUND) found.splice(0, found.length - MOST_FOUND);
    record({ type: 'alarm', id: `a-${randomBytes(4).toString('hex')}`, what });
    log(what);
    onAlarm(what);
  });
  const raise = (cause: Cause, { key, what }: Alarm, known: ReadonlySet<string>): void => {
    if (told.has(key)) return;
    told.add(key);
    // An earlier window has told it.
    if (known.has(what)) found.push(what);
    else bell.ring(cause, what);
  };

  const own = (): void => {
    if (!isAnnounced(file, server)) {
      bell.ring('file', `what tells where this window listens was changed or removed, and was written again: ${file}`);
      server.announce(false);
    }
    if (socket !== undefined && identityOf(server.socket) !== socket) raise('socket', { key: 'socket', what: `the socket of this window was removed or exchanged, so commands can't reach it: reload the window. It was ${server.socket}` }, new Set());
  };

  const compare = async (): Promise<void> => {
    if (over) return;
    own();
    const known: Known = { gates, runs };
    if ([...strangeGates(home, known), ...strangeStarts(home, known)].every(({ key }) => told.has(key))) return;
    // What is not known yet may have been written by another window since.
    const { state: fresh } = await history.now();
    if (over) return;
    for (const gate of fresh.gates) gates.add(gate);
    runs = [...fresh.runs];
    for (const alarm of strangeGates(home, fresh)) raise('gate', alarm, fresh.alarms);
    for (const alarm of strangeStarts(home, fresh)) raise('start', alarm, fresh.alarms);
  };

  /** One after the other: two at once would tell one thing twice. */
  let turn = Promise.resolve();
  const look = (): Promise<void> => (turn = turn.then(compare).catch((error: unknown) => log(`who answers for Holdpoint could not be compared: ${String(error)}`)));
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), PAUSE_MS);
    timer.unref();
  };
  const watchers = [home.run, home.ledger].flatMap((folder) => watcherOf(folder, soon, log));
  void look().then(() => turnStarts(home.ledger));
  return {
    look,
    ran: (id) => void runs.push(id),
    alarms: () => found,
    dispose() {
      over = true;
      clearTimeout(timer);
      bell.dispose();
      for (const watcher of watchers) watcher.close();
    },
  };
}

function isAnnounced(file: string, { socket }: GateServer): boolean {
  try {
    const data = JSON.parse(readFileSync(file, 'utf8')) as { readonly socket?: unknown; readonly pid?: unknown } | null;
    return data?.socket === socket && data.pid === process.pid && (process.platform === 'win32' || (statSync(file).mode & 0o077) === 0);
  } catch {
    return false;
  }
}

function watcherOf(folder: string, changed: () => void, log: (line: string) => void): FSWatcher[] {
  try {
    const watcher = watch(folder, { persistent: false }, changed);
    watcher.on('error', (error) => log(`${folder} can't be watched: ${error.message}`));
    return [watcher];
  } catch (error) {
    log(`${folder} can't be watched: ${String(error)}`);
    return [];
  }
}
