import { closeSync, constants, fstatSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';

/** What the clients write themselves, beside the ledger: a line for each command that a window let go. */
const STARTS_FILE = 'starts.jsonl';
/** One generation is kept besides. */
const OLD_FILE = 'starts.1.jsonl';
const MAX_BYTES = 2 * 1024 * 1024;

/** A command that a client is about to start, because a window said so. */
export interface Started {
  /** ISO 8601. */
  readonly time: string;
  /** The ledger's id of the command, as the window named it. */
  readonly id: string;
  /** The window's name in the record; see `gateName`. */
  readonly gate: string;
  readonly gatePid: number;
  readonly pid: number;
  readonly tool: string;
}

/**
 * Writes a client's own line. It is one small append, so that it costs nothing: no lock and no chain. A window that is not the
 * person's can leave the ledger silent, but it can't keep this line from being written.
 * @throws when it can't be written: then nothing is started.
 */
export function noteStart(folder: string, started: Started): void {
  const file = path.join(folder, STARTS_FILE);
  let fd: number | undefined;
  try {
    // A pipe in its place would keep this process waiting, between the last look at the inputs and the start. Windows has no such flag.
    fd = openSync(file, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0), 0o600);
    if (!fstatSync(fd).isFile()) throw new Error(`${file} is no ordinary file. Move it away`);
    const line = Buffer.from(`${JSON.stringify(started)}\n`);
    if (writeSync(fd, line) !== line.length) throw new Error(`${file} could not be written: the disk is full`);
  } catch (error) {
    // Nobody reads from the pipe.
    throw (error as NodeJS.ErrnoException).code === 'ENXIO' ? new Error(`${file} is no ordinary file. Move it away`) : error;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** All lines of the clients, oldest first; what is no line is left out. */
export function readStarts(folder: string): Started[] {
  return [OLD_FILE, STARTS_FILE].flatMap((name) => {
    let text = '';
    try {
      text = readFileSync(path.join(folder, name), 'utf8');
    } catch {
      return [];
    }
    return text.split('\n').flatMap((line) => {
      try {
        const value = JSON.parse(line) as Partial<Started> | null;
        return typeof value?.id === 'string' && typeof value.gate === 'string' && typeof value.time === 'string' ? [value as Started] : [];
      } catch {
        return [];
      }
    });
  });
}

/** Puts a long file aside. Called by a window at its start, after it has compared. */
export function turnStarts(folder: string): void {
  const file = path.join(folder, STARTS_FILE);
  try {
    if (statSync(file).size > MAX_BYTES) renameSync(file, path.join(folder, OLD_FILE));
  } catch {
    // There is none yet.
  }
}

/**
 * The starts that the record knows nothing of: nobody noted the intent under that id, or it was used twice.
 * @param run the ids of the ledger's lines of kind `run`, once for each line.
 */
export function unaccounted(starts: readonly Started[], run: readonly string[]): Started[] {
  const left = new Map<string, number>();
  for (const id of run) left.set(id, (left.get(id) ?? 0) + 1);
  return starts.filter(({ id }) => {
    const count = left.get(id) ?? 0;
    left.set(id, count - 1);
    return count <= 0;
  });
}
