import { closeSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, readSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';

import { checkLine, GENESIS, nextLine } from './chain';
import { withLock } from './lock';
import type { LedgerRecord } from './record';

export type Appended = { readonly ok: true; readonly seq: number; readonly hash: string } | { readonly ok: false; readonly why: string };

export interface Ledger {
  readonly file: string;
  /** Writes one record and returns when it is on disk. Never throws: a failure is a reason not to run anything. */
  append(record: LedgerRecord): Appended;
}

/** The calls that a test replaces to see what a full or broken disk does. */
export interface Disk {
  readonly writeSync: typeof writeSync;
  readonly fsyncSync: typeof fsyncSync;
}

export const LEDGER_FILE = 'ledger.jsonl';
/** Number and hash of the last line, beside the ledger: tells that lines at the end are gone. */
export const HEAD_FILE = 'ledger.head';

interface Tail {
  readonly size: number;
  readonly ino: number;
  readonly seq: number;
  readonly hash: string;
}

/**
 * Opens the record in a folder. Several processes may write to it at once; each line follows from the one before it,
 * whoever wrote that. The file can be rewritten as a whole by its own user: it is tamper-evident, not immutable.
 */
export function openLedger(folder: string, disk: Disk = { writeSync, fsyncSync }, now: () => Date = () => new Date()): Ledger {
  const file = path.join(folder, LEDGER_FILE);
  let tail: Tail | undefined;
  return {
    file,
    append(record) {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const done = withLock(path.join(folder, 'ledger.lock'), (): Appended => {
          const fd = openSync(file, 'a+', 0o600);
          try {
            const known = readTail(fd, file, folder, tail, disk, now);
            if ('why' in known) return { ok: false, why: known.why };
            const { text, hash } = nextLine(record, known.seq + 1, known.hash, now().toISOString());
            const bytes = Buffer.from(`${text}\n`);
            const written = disk.writeSync(fd, bytes);
            if (written !== bytes.length) {
              // A full disk writes what fits and throws nothing.
              ftruncateSync(fd, known.size);
              return { ok: false, why: `the disk is full: ${file} could not be written` };
            }
            disk.fsyncSync(fd);
            tail = { size: known.size + bytes.length, ino: known.ino, seq: known.seq + 1, hash };
            writeHead(folder, tail);
            return { ok: true, seq: tail.seq, hash };
          } finally {
            closeSync(fd);
          }
        });
        return done.ok ? done.value : { ok: false, why: done.why };
      } catch (error) {
        tail = undefined;
        return { ok: false, why: `the ledger can't be written: ${error instanceof Error ? error.message : String(error)}` };
      }
    },
  };
}

/** The end of the file as it is now: what we know if nobody wrote since, else read again. */
function readTail(fd: number, file: string, folder: string, known: Tail | undefined, disk: Disk, now: () => Date): Tail | { readonly why: string } {
  const stat = fstatSync(fd);
  if (known && known.ino === stat.ino && known.size === stat.size) return known;
  if (stat.size === 0) {
    if (readHead(folder)) return { why: `${file} is empty, but had records before. Look for what removed them; to begin a new one, move the folder ${folder} away` };
    return { size: 0, ino: stat.ino, seq: -1, hash: GENESIS };
  }
  const text = lastLines(fd, stat.size);
  const complete = text.endsWith('\n');
  const lines = text.split('\n').filter((l) => l !== '');
  if (!complete) return setAside(fd, file, stat.size, stat.ino, lines.at(-1) ?? '', lines.at(-2), disk, now);
  return tailOf(lines.at(-1), stat.size, stat.ino) ?? { why: `the last line of ${file} is broken: run 'holdpoint ledger verify', then move the folder ${folder} away to begin a new one` };
}

function tailOf(line: string | undefined, size: number, ino: number): Tail | undefined {
  if (line === undefined) return undefined;
  let parsed: { seq?: unknown; prev?: unknown };
  try {
    parsed = JSON.parse(line) as typeof parsed;
  } catch {
    return undefined;
  }
  if (typeof parsed.seq !== 'number' || typeof parsed.prev !== 'string') return undefined;
  const checked = checkLine(line, parsed.seq, parsed.prev);
  return 'line' in checked ? { size, ino, seq: checked.line.seq, hash: checked.line.hash } : undefined;
}

/** A writer was killed in the middle of a line: the half line goes to a file of its own, and the chain says so. */
function setAside(fd: number, file: string, size: number, ino: number, half: string, before: string | undefined, disk: Disk, now: () => Date): Tail | { readonly why: string } {
  const rest = size - Buffer.byteLength(half);
  const tail = rest === 0 ? { size: 0, ino, seq: -1, hash: GENESIS } : tailOf(before, rest, ino);
  if (!tail) return { why: `the end of ${file} is broken: run 'holdpoint ledger verify', then move it away to begin a new one` };
  const aside = `${file}.torn-${now().toISOString().replaceAll(':', '')}`;
  writeFileSync(aside, half, { mode: 0o600, flag: 'wx' });
  ftruncateSync(fd, rest);
  const { text, hash } = nextLine({ type: 'torn', setAside: path.basename(aside) }, tail.seq + 1, tail.hash, now().toISOString());
  const bytes = Buffer.from(`${text}\n`);
  if (disk.writeSync(fd, bytes) !== bytes.length) {
    ftruncateSync(fd, rest);
    return { why: `the disk is full: ${file} could not be written` };
  }
  return { size: rest + bytes.length, ino, seq: tail.seq + 1, hash };
}

/** Enough of the file's end to hold its last two lines whole. */
function lastLines(fd: number, size: number): string {
  for (let length = Math.min(size, 64 * 1024); ; length = Math.min(size, length * 4)) {
    const buffer = Buffer.alloc(length);
    readSync(fd, buffer, 0, length, size - length);
    const newlines = buffer.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0);
    if (length === size) return buffer.toString('utf8');
    if (newlines >= 3) return buffer.subarray(buffer.indexOf(10) + 1).toString('utf8');
  }
}

function writeHead(folder: string, { seq, hash }: Tail): void {
  const file = path.join(folder, HEAD_FILE);
  writeFileSync(`${file}.new`, `${seq} ${hash}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Number and hash of the last line that was written; undefined when there never was one. */
export function readHead(folder: string): { readonly seq: number; readonly hash: string } | undefined {
  try {
    const [seq, hash] = readFileSync(path.join(folder, HEAD_FILE), 'utf8').trim().split(' ');
    return seq !== undefined && hash !== undefined && /^\d+$/.test(seq) ? { seq: Number(seq), hash } : undefined;
  } catch {
    return undefined;
  }
}
