import { addToCases, isReadable, type Case, type OpenCases } from './case';
import { readRecord, type Fold, type Reading } from './reading';
import type { LedgerLine } from './record';

type CleanupNeeded = Extract<LedgerLine, { type: 'cleanup-needed' }>;

/** What a window asks of the past. It grows with the reading that it belongs to. */
export interface Past {
  /** Cases that are not over, oldest first. */
  readonly open: ReadonlyMap<string, Case>;
  /** Held by a window that went away, and never decided; oldest first, the last of them only. */
  readonly abandoned: readonly Case[];
  /** The gates that windows wrote down when they opened. */
  readonly gates: ReadonlySet<string>;
  /** The ids of all commands that were let go, once for each time. */
  readonly runs: readonly string[];
  /** What alarms have said. */
  readonly alarms: ReadonlySet<string>;
  /** Change sets that were about to be made, and that nobody noted as gone; by name. */
  readonly leftovers: ReadonlyMap<string, CleanupNeeded>;
}

interface Growing {
  readonly open: OpenCases;
  readonly abandoned: Case[];
  readonly gates: Set<string>;
  readonly runs: string[];
  readonly alarms: Set<string>;
  readonly leftovers: Map<string, CleanupNeeded>;
}

const MOST_ABANDONED = 200;

/** What a window asks of the past, made in one pass. */
export const PAST: Fold<Growing> = {
  start: () => ({ open: new Map(), abandoned: [], gates: new Set(), runs: [], alarms: new Set(), leftovers: new Map() }),
  add(past, line) {
    if (!isReadable(line)) return past;
    addToCases(past.open, line, (entry) => {
      if (entry.kind === 'case' && entry.abandoned && past.abandoned.push(entry) > MOST_ABANDONED) past.abandoned.shift();
    });
    if (line.type === 'gate-opened') past.gates.add(line.gate);
    else if (line.type === 'run') past.runs.push(line.id);
    else if (line.type === 'alarm') past.alarms.add(line.what);
    else if (line.type === 'cleanup-needed') past.leftovers.set(line.changeSet.name, line);
    else if (line.type === 'cleanup-done') past.leftovers.delete(line.changeSet);
    return past;
  },
};

/** The cases that are held and neither decided nor run, by whoever still may decide. */
export function undecided({ open }: Pick<Past, 'open'>): readonly Case[] {
  return [...open.values()].filter(({ asked, decided, run }) => asked.held && !decided && !run);
}

/** The record of a folder, read once and followed. */
export interface History {
  /** As it is now: reads on where the file is still the one that was read, else from the beginning. */
  now(): Promise<Reading<Past>>;
  /**
   * From the beginning, whatever was read before: for what must not believe an earlier look.
   * @param asked the number of a line whose hash is wanted.
   */
  whole(asked?: number): Promise<Reading<Past>>;
}

/** @throws (each of its readings) when the record is there and can't be read. */
export function openHistory(folder: string): History {
  let last: Reading<Growing> | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  /** One after the other: a reading goes on from the one before. */
  const next = (read: () => Promise<Reading<Growing>>): Promise<Reading<Past>> => {
    const reading = turn.then(read).then((done) => (last = done), (error: unknown) => {
      // What was half read is not gone on from.
      last = undefined;
      throw error;
    });
    turn = reading.catch(() => undefined);
    return reading;
  };
  return {
    now: () => next(() => readRecord(folder, PAST, last ? { from: last } : {})),
    whole: (asked) => next(() => readRecord(folder, PAST, asked === undefined ? {} : { asked })),
  };
}

/** A fold that gives each entry away when it is over, and counts the lines of a form that this version does not know. */
export interface Telling {
  readonly open: OpenCases;
  unread: number;
}

export function tell(over: Parameters<typeof addToCases>[2]): Fold<Telling> {
  return {
    start: () => ({ open: new Map(), unread: 0 }),
    add(state, line) {
      if (!isReadable(line)) state.unread++;
      addToCases(state.open, line, over);
      return state;
    },
  };
}
