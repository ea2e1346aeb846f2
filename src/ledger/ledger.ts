import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';

import { nextLine } from './chain';
import { readHead, writeHead } from './head';
import { withLock } from './lock';
import type { LedgerRecord } from './record';
import { withoutSecrets } from './secrets';
import { readTail, type Tail } from './tail';

export const LEDGER_FILE = 'ledger.jsonl';

export type Appended = { readonly ok: true; readonly seq: number; readonly hash: string } | { readonly ok: false; readonly why: string };

export interface Ledger {
  readonly file: string;
  /** Writes one record and returns when it is on disk. Never throws: a failure is a reason not to run anything. */
  append(record: LedgerRecord): Appended;
}

/** The calls that a test replaces to see what a full or broken disk does. */
export interface Disk {
  readonly writeSync: (fd: number, bytes: Uint8Array) => number;
  readonly fsyncSync: (fd: number) => void;
}

const DISK: Disk = { writeSync: (fd, bytes) => writeSync(fd, bytes), fsyncSync };

/** Why nothing more is written, in words for the person. */
class Refused extends Error {}

/**
 * Opens the record in a folder. Several processes may write to it at once; each line follows from the one before it,
 * whoever wrote that. A record that is broken, or shorter than it was, takes no more lines.
 * The file can be rewritten as a whole by its own user: it is tamper-evident, not immutable.
 */
export function openLedger(folder: string, disk: Disk = DISK, now: () => Date = () => new Date()): Ledger {
  const file = path.join(folder, LEDGER_FILE);
  let tail: Tail | undefined;
  return {
    file,
    append(record) {
      try {
        const clean = withoutSecrets(record);
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const done = withLock(path.join(folder, 'ledger.lock'), (held) => {
          tail = appendTo(folder, file, clean, tail, disk, now, held);
          return tail;
        });
        return done.ok ? { ok: true, seq: done.value.seq, hash: done.value.hash } : done;
      } catch (error) {
        // Whatever is on disk now is read anew before the next line.
        tail = undefined;
        return { ok: false, why: error instanceof Refused ? error.message : whyNot(error, file) };
      }
    },
  };
}

function appendTo(folder: string, file: string, record: LedgerRecord, known: Tail | undefined, disk: Disk, now: () => Date, held: () => boolean): Tail {
  const fd = openSync(file, 'a+', 0o600);
  try {
    const read = readTail(fd, file, known, () => readHead(folder));
    if (!read.ok) throw new Refused(read.why);
    let tail = read.tail;
    if (!held()) throw new Refused('the ledger was in use for too long. Try again');
    if (read.torn) tail = write(fd, file, { type: 'torn', setAside: setAside(fd, file, tail, read.torn, disk, now) }, tail, disk, now);
    // The head is there before the first line, so that lines without one are never taken for a beginning.
    if (tail.seq < 0) writeHead(folder, tail);
    const before = tail;
    try {
      tail = write(fd, file, record, before, disk, now);
      disk.fsyncSync(fd);
      if (before.seq < 0) syncFolder(folder);
      writeHead(folder, tail);
    } catch (error) {
      // What is refused must not stand there as if it had been let go.
      ftruncateSync(fd, before.size);
      throw error;
    }
    return tail;
  } finally {
    closeSync(fd);
  }
}

function write(fd: number, file: string, record: LedgerRecord, tail: Tail, disk: Disk, now: () => Date): Tail {
  const { text, hash } = nextLine(record, tail.seq + 1, tail.hash, now().toISOString());
  const bytes = Buffer.from(`${text}\n`);
  if (disk.writeSync(fd, bytes) !== bytes.length) {
    // A full disk takes what fits and throws nothing.
    throw new Refused(`the disk is full: ${file} could not be written. Make room`);
  }
  return { size: tail.size + bytes.length, ino: tail.ino, seq: tail.seq + 1, hash };
}

/** A writer was stopped in the middle of a line: the half line goes to a file of its own, before it is cut off. */
function setAside(fd: number, file: string, tail: Tail, torn: Buffer, disk: Disk, now: () => Date): string {
  const aside = path.join(path.dirname(file), `ledger.torn-${now().toISOString().replaceAll(':', '')}-${process.pid}`);
  const out = openSync(aside, 'wx', 0o600);
  try {
    if (disk.writeSync(out, torn) !== torn.length) throw new Refused(`the disk is full: ${aside} could not be written. Make room`);
    disk.fsyncSync(out);
  } finally {
    closeSync(out);
  }
  ftruncateSync(fd, tail.size);
  return path.basename(aside);
}

function whyNot(error: unknown, file: string): string {
  const said = error instanceof Error ? error.message : String(error);
  return (error as NodeJS.ErrnoException).code === 'ENOSPC' ? `the disk is full (${said}). Make room` : `the ledger can't be written (${said}). See that ${file} can be`;
}

/** A new name in a folder is safe only when the folder is written; not every system can do that. */
function syncFolder(folder: string): void {
  let fd: number | undefined;
  try {
    fd = openSync(folder, 'r');
    fsyncSync(fd);
  } catch {
    // The line itself is on disk.
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
