import { fstatSync, readSync } from 'node:fs';

import { checkLine, newChain, type Due } from './chain';
import { HEAD_FILE, type Head } from './head';

/** Where the chain ends. */
export interface Tail {
  /** Bytes up to the end of the last good line. */
  readonly size: number;
  readonly ino: number;
  /** Of the last line; -1 when there is none. */
  readonly seq: number;
  readonly hash: string;
}

export type TailRead =
  /** `torn` is what a writer that was stopped left behind the last good line. */
  | { readonly ok: true; readonly tail: Tail; readonly torn: Buffer | undefined }
  | { readonly ok: false; readonly why: string };

/** How much of the end is checked when a ledger is first written to; the whole is for `holdpoint ledger verify`. */
const WINDOW = 256 * 1024;

/**
 * Finds the end of the chain and checks what is new since it was last known, so that the chain never goes on from a broken line.
 * @param known what this process wrote or read last. @param noted gives what was noted as written last, by any process; asked only when the file is not as known.
 */
export function readTail(fd: number, file: string, known: Tail | undefined, noted: () => Head | undefined): TailRead {
  const { size, ino } = fstatSync(fd);
  const same = known !== undefined && known.ino === ino;
  if (same && known.size === size) return { ok: true, tail: known, torn: undefined };
  const head = noted();
  if (same && size < known.size) return { ok: false, why: broken(file, 'lines at its end were removed') };
  if (same) return follow(fd, file, known.size, size, known, { seq: known.seq + 1, prev: known.hash }, head);
  for (let window = Math.min(size, WINDOW); ; window = Math.min(size, window * 4)) {
    const start = size - window;
    if (start === 0) return follow(fd, file, 0, size, { size: 0, ino, seq: -1, hash: head?.seq === -1 ? head.hash : newChain() }, { seq: 0, prev: head?.seq === -1 ? head.hash : undefined }, head);
    // The window begins inside a line; that line and what is before it was somebody else's to check.
    const first = read(fd, start, size).indexOf(10);
    if (first >= 0 && start + first + 1 < size) {
      const from = start + first + 1;
      const found = follow(fd, file, from, size, undefined, { seq: undefined, prev: undefined }, head, ino);
      if (found) return found;
    }
  }
}

function follow(fd: number, file: string, from: number, to: number, before: Tail, due: Due, head: Head | undefined): TailRead;
function follow(fd: number, file: string, from: number, to: number, before: undefined, due: Due, head: Head | undefined, ino: number): TailRead | undefined;
/** Checks the lines between two places. Gives undefined when it has seen none whole and knows none before. */
function follow(fd: number, file: string, from: number, to: number, before: Tail | undefined, due: Due, head: Head | undefined, ino = before?.ino ?? 0): TailRead | undefined {
  const bytes = read(fd, from, to);
  let tail = before;
  let next = due;
  let at = 0;
  for (let end = bytes.indexOf(10, at); end >= 0; end = bytes.indexOf(10, at)) {
    const checked = checkLine(bytes.subarray(at, end), next);
    if ('what' in checked) {
      // Only the very last line may be one that never was whole, and only if nobody was told that it is there.
      const last = end === bytes.length - 1;
      if (last && tail && tail.seq >= 0 && head?.seq === tail.seq && head.hash === tail.hash) break;
      return { ok: false, why: broken(file, `the line at byte ${from + at} ${checked.what}`) };
    }
    const { seq, hash } = checked.line;
    if (head?.seq === seq && head.hash !== hash) return { ok: false, why: broken(file, 'its last lines are not the ones that were written') };
    at = end + 1;
    tail = { size: from + at, ino, seq, hash };
    next = { seq: seq + 1, prev: hash };
  }
  if (!tail) return undefined;
  // With the first line there was a head already: one that is gone was taken away, and with it perhaps the lines that it spoke of.
  if (to > 0 && !head) return { ok: false, why: noHead(file) };
  if (head && head.seq >= 0 && tail.seq < 0) return { ok: false, why: broken(file, 'it had records before, and is gone or empty now') };
  if (head && head.seq > tail.seq) return { ok: false, why: broken(file, `it ends at number ${tail.seq}, but number ${head.seq} was written: lines at its end were removed`) };
  return { ok: true, tail, torn: at < bytes.length ? bytes.subarray(at) : undefined };
}

function read(fd: number, from: number, to: number): Buffer {
  const buffer = Buffer.alloc(to - from);
  let got = 0;
  while (got < buffer.length) {
    const n = readSync(fd, buffer, got, buffer.length - got, from + got);
    if (n === 0) throw new Error('the file became shorter while it was read');
    got += n;
  }
  return buffer;
}

function noHead(file: string): string {
  return `the record is broken: ${HEAD_FILE} beside ${file} is gone or can't be read, so lines at its end may have been removed. Run 'holdpoint ledger verify'; a person who has seen what is there can go on with it by 'holdpoint ledger reseal --reason WHY'`;
}

function broken(file: string, what: string): string {
  return `the record is broken: ${what}. Run 'holdpoint ledger verify', keep ${file} as evidence, and move its folder away to begin a new one`;
}
