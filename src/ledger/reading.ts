import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';

import { checkLine, type Due } from './chain';
import { HEAD_FILE, readHead, type Head } from './head';
import { LEDGER_FILE } from './ledger';
import type { LedgerLine } from './record';

export interface LedgerProblem {
  /** One-based number of the line in the file. */
  readonly line: number;
  readonly what: string;
}

/** Something made of the record's lines, one after the other, in memory that does not grow with their number. */
export interface Fold<S> {
  readonly start: () => S;
  /** May change the state that it is given. */
  readonly add: (state: S, line: LedgerLine) => S;
}

/** For who wants to know of the record only whether it verifies, and where it ends. */
export const NOTHING: Fold<undefined> = { start: () => undefined, add: () => undefined };

/** Where a line of the record stands by its own word. */
export interface Mark {
  readonly seq: number;
  readonly hash: string;
}

/** What a reading of the record gave, and where it can be gone on from. */
export interface Reading<S> {
  /** Made of the lines that verify: what was changed is never part of it. */
  readonly state: S;
  /** In order; at most `MOST_PROBLEMS` and one that says that there are more. */
  readonly problems: readonly LedgerProblem[];
  /** Number of lines. */
  readonly records: number;
  /** What the first line names as its predecessor: tells one record from another. */
  readonly chain: string | undefined;
  readonly last: Mark | undefined;
  /** The last line that was acknowledged: what is behind it is being written at this moment. */
  readonly end: Mark | undefined;
  /** The line that was asked for, where it is there. */
  readonly asked: Mark | undefined;
  readonly place: Place;
}

/** Where a reading stopped. */
interface Place {
  readonly ino: number;
  /** Where the last whole line begins, and where what follows it does. */
  readonly lastAt: number;
  readonly next: number;
  readonly due: Due;
  /** What was noted as written last when it was read. */
  readonly head: Head | undefined;
  /** The lines behind that one, which were written while they were read: the note may name any of them next. */
  readonly recent: readonly Mark[];
}

export interface ReadingOptions<S> {
  /** Goes on from there where the file is still the one that was read; else from the beginning. */
  readonly from?: Reading<S>;
  /** The number of a line whose hash is asked for. */
  readonly asked?: number;
}

/** A line that is being written while the file is read is whole a moment later. */
const SECOND_LOOK_MS = 100;
const MOST_PROBLEMS = 1000;
const MOST_RECENT = 100;

/**
 * Reads the record, one line after the other, and checks each: its bytes, hash, number and predecessor, and that the end is not before the
 * one that was noted last. The one way in which the record is read as a whole. Others may go on writing meanwhile.
 * @throws when the file is there and can't be read.
 */
export async function readRecord<S>(folder: string, fold: Fold<S>, options: ReadingOptions<S> = {}): Promise<Reading<S>> {
  const file = path.join(folder, LEDGER_FILE);
  // Noted before reading: what is written meanwhile only comes after it.
  const head = readHead(folder);
  const { from } = options;
  if (from && from.problems.length === 0 && (head?.seq ?? -1) >= (from.place.head?.seq ?? -1)) {
    const more = await readFrom(file, fold, head, options.asked, from);
    if (more) return more;
  }
  const whole = await readFrom(file, fold, head, options.asked, undefined);
  if (!whole) throw new Error('the record could not be read from its beginning');
  return whole;
}

/** The state of a reading while it goes on. */
interface Progress<S> {
  state: S;
  readonly problems: LedgerProblem[];
  records: number;
  chain: string | undefined;
  last: Mark | undefined;
  end: Mark | undefined;
  asked: Mark | undefined;
  /** The hash at the number that the head names. */
  noted: string | undefined;
  recent: Mark[];
  due: Due;
  lastAt: number;
  next: number;
}

async function readFrom<S>(file: string, fold: Fold<S>, head: Head | undefined, asked: number | undefined, from: Reading<S> | undefined): Promise<Reading<S> | undefined> {
  const p = from ? again(from, head, asked) : beginning(fold);
  const now = await statOf(file);
  if (from && (now.ino !== from.place.ino || now.size < p.next || !(await stillThere(file, p)))) return undefined;
  // A note of a line that was read and is not remembered: it must be looked at again.
  if (head && p.last && head.seq <= p.last.seq && p.noted === undefined) return undefined;
  for (let look = 0; ; look++) {
    const torn = await readLinesInto(file, fold, head, asked, p);
    if (!torn) break;
    if (look === 0) {
      await new Promise((resolve) => setTimeout(resolve, SECOND_LOOK_MS));
      continue;
    }
    p.records++;
    complain(p, p.records, 'is not complete: its writer was stopped, or the end was cut off');
    break;
  }
  const whatOfEnd = atEnd(p, head);
  if (whatOfEnd !== undefined) complain(p, p.records + 1, whatOfEnd);
  const { state, problems, records, chain, last, end, lastAt, next, due, recent } = p;
  return { state, problems, records, chain, last, end, asked: p.asked, place: { ino: now.ino, lastAt, next, due, head, recent } };
}

function beginning<S>(fold: Fold<S>): Progress<S> {
  return {
    state: fold.start(), problems: [], records: 0, chain: undefined, last: undefined, end: undefined, asked: undefined, noted: undefined,
    recent: [], due: { seq: 0, prev: undefined }, lastAt: 0, next: 0,
  };
}

function again<S>(from: Reading<S>, head: Head | undefined, asked: number | undefined): Progress<S> {
  const { state, records, chain, last, place: { due, lastAt, next, recent } } = from;
  const now = [from.end, ...recent].find((mark) => mark !== undefined && mark.seq === head?.seq);
  return {
    state, problems: [], records, chain, last, end: now ?? from.end, asked: from.asked?.seq === asked ? from.asked : undefined, due, lastAt, next,
    noted: now?.hash ?? (head?.seq === -1 ? chain : undefined), recent: recent.filter(({ seq }) => head === undefined || seq > head.seq),
  };
}

/** Whether the line that was the last stands where it was. */
async function stillThere(file: string, { last, lastAt, next }: Pick<Progress<unknown>, 'last' | 'lastAt' | 'next'>): Promise<boolean> {
  if (!last) return next === 0;
  for await (const { bytes, ended } of linesOf(file, lastAt, next)) return ended && tolerant(bytes)?.hash === last.hash;
  return false;
}

/** Reads whole lines up to the end that the file has now. @returns whether half a line stands at the end. */
async function readLinesInto<S>(file: string, fold: Fold<S>, head: Head | undefined, asked: number | undefined, p: Progress<S>): Promise<boolean> {
  for await (const { bytes, ended } of linesOf(file, p.next)) {
    if (!ended) return true;
    p.records++;
    const checked = checkLine(bytes, p.due);
    if ('what' in checked) complain(p, p.records, checked.what);
    // After a break, goes on from what the line itself says, so that one break is told once.
    const told = 'line' in checked ? checked.line : tolerant(bytes);
    if (told) note(p, told, head, asked);
    if ('line' in checked) p.state = fold.add(p.state, checked.line);
    p.due = { seq: (told?.seq ?? p.due.seq ?? 0) + 1, prev: told?.hash ?? p.due.prev ?? '' };
    p.lastAt = p.next;
    p.next += bytes.length + 1;
  }
  return false;
}

function note<S>(p: Progress<S>, { seq, hash, prev }: LedgerLine, head: Head | undefined, asked: number | undefined): void {
  if (seq === 0) p.chain ??= prev;
  p.last = { seq, hash };
  if (head !== undefined && seq <= head.seq) p.end = p.last;
  else if (p.recent.push(p.last) > MOST_RECENT) p.recent.shift();
  if (seq === asked) p.asked = p.last;
  if (seq === head?.seq) p.noted = hash;
  if (head?.seq === -1 && seq === 0) p.noted = prev;
}

/** What is wrong with the end, as far as the note beside the record tells. */
function atEnd({ noted, records, due }: Pick<Progress<unknown>, 'noted' | 'records' | 'due'>, head: Head | undefined): string | undefined {
  const end = (due.seq ?? 0) - 1;
  if (head && noted !== head.hash && !(head.seq === -1 && records === 0)) {
    return head.seq > end
      ? `the record ends at number ${end}, but ${HEAD_FILE} says that number ${head.seq} was written: lines at the end were removed`
      : `number ${head.seq} is not the line that ${HEAD_FILE} says was written`;
  }
  return !head && records > 0
    ? `${HEAD_FILE} is gone or can't be read: whether lines at the end are missing can't be told. A person who has seen what is there can go on with it by 'holdpoint ledger reseal --reason WHY'`
    : undefined;
}

function complain({ problems }: Pick<Progress<unknown>, 'problems'>, line: number, what: string): void {
  if (problems.length < MOST_PROBLEMS) problems.push({ line, what });
  else if (problems.length === MOST_PROBLEMS) problems.push({ line, what: 'is broken, too; what is wrong behind it is not listed' });
}

/** The readable lines, one after the other, whether they verify or not. */
export async function* readLines(folder: string): AsyncGenerator<LedgerLine> {
  for await (const { bytes } of linesOf(path.join(folder, LEDGER_FILE))) {
    const line = tolerant(bytes);
    if (line) yield line;
  }
}

function tolerant(bytes: Buffer): LedgerLine | undefined {
  try {
    const parsed = JSON.parse(bytes.toString('utf8')) as LedgerLine;
    return typeof parsed === 'object' && parsed !== null && Number.isSafeInteger(parsed.seq) && typeof parsed.hash === 'string' ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Streams lines up to the end that the file has now. Only `\n` ends a line: a changed byte must not pass for an end. */
async function* linesOf(file: string, start = 0, to?: number): AsyncGenerator<{ readonly bytes: Buffer; readonly ended: boolean }> {
  const size = to ?? (await statOf(file)).size;
  if (size <= start) return;
  let parts: Buffer[] = [];
  for await (const chunk of createReadStream(file, { start, end: size - 1 }) as AsyncIterable<Buffer>) {
    let at = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, at)) {
      yield { bytes: Buffer.concat([...parts, chunk.subarray(at, end)]), ended: true };
      parts = [];
      at = end + 1;
    }
    if (at < chunk.length) parts.push(chunk.subarray(at));
  }
  if (parts.length > 0) yield { bytes: Buffer.concat(parts), ended: false };
}

async function statOf(file: string): Promise<{ readonly size: number; readonly ino: number }> {
  try {
    const { size, ino } = await stat(file);
    return { size, ino };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { size: 0, ino: 0 };
    throw error;
  }
}
