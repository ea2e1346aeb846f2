import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';

import { checkLine, type Due } from './chain';
import { HEAD_FILE, readHead } from './head';
import { LEDGER_FILE } from './ledger';
import type { LedgerLine } from './record';

export interface LedgerProblem {
  /** One-based number of the line in the file. */
  readonly line: number;
  readonly what: string;
}

export interface Verified {
  readonly ok: boolean;
  readonly records: number;
  readonly problems: readonly LedgerProblem[];
  /** Hash of the last line: compare it with one that was noted elsewhere. Empty when there is no line. */
  readonly head: string;
}

/** A line that is being written while the file is read is whole a moment later. */
const SECOND_LOOK_MS = 100;

/**
 * Checks the whole record: every line's bytes, hash, number and predecessor, and that its end is not before the one that was
 * noted last. Finds any changed, removed, added, doubled or reordered line while others may go on writing.
 *
 * It can't find what its own user did with the whole in hand: a file rewritten from some line on, hashes and `ledger.head`
 * with it; well-chained lines added at the end; the folder taken away. For that, note the head's hash elsewhere.
 * @throws when the file is there and can't be read.
 */
export async function verifyLedger(folder: string): Promise<Verified> {
  const first = await look(folder);
  if (first.whole) return first.result;
  await new Promise((resolve) => setTimeout(resolve, SECOND_LOOK_MS));
  return (await look(folder)).result;
}

async function look(folder: string): Promise<{ readonly result: Verified; readonly whole: boolean }> {
  // Noted before reading: what is written meanwhile only comes after it.
  const head = readHead(folder);
  const problems: LedgerProblem[] = [];
  let due: Due = { seq: 0, prev: undefined };
  let last = '';
  let line = 0;
  let whole = true;
  /** The hash at the number that the head names. */
  let noted: string | undefined;
  for await (const { bytes, ended } of linesOf(path.join(folder, LEDGER_FILE))) {
    line++;
    whole = ended;
    if (!ended) {
      problems.push({ line, what: 'is not complete: its writer was stopped, or the end was cut off' });
      break;
    }
    const checked = checkLine(bytes, due);
    if ('what' in checked) problems.push({ line, what: checked.what });
    // After a break, goes on from what the line itself says, so that one break is told once.
    const told = 'line' in checked ? checked.line : tolerant(bytes);
    if (told) last = told.hash;
    if (told && told.seq === head?.seq) noted = told.hash;
    if (told && head?.seq === -1 && told.seq === 0) noted = told.prev;
    due = { seq: (told?.seq ?? due.seq ?? 0) + 1, prev: told?.hash ?? due.prev ?? '' };
  }
  const end = (due.seq ?? 0) - 1;
  if (head && noted !== head.hash && !(head.seq === -1 && line === 0)) {
    problems.push({
      line: line + 1,
      what: head.seq > end
        ? `the record ends at number ${end}, but ${HEAD_FILE} says that number ${head.seq} was written: lines at the end were removed`
        : `number ${head.seq} is not the line that ${HEAD_FILE} says was written`,
    });
  } else if (!head && line > 0) {
    problems.push({ line: line + 1, what: `${HEAD_FILE} is gone or can't be read: whether lines at the end are missing can't be told. A person who has seen what is there can go on with it by 'holdpoint ledger reseal --reason WHY'` });
  }
  return { result: { ok: problems.length === 0, records: line, problems, head: last }, whole };
}

/** The readable lines in order; broken ones are left out. Empty when there is no record yet. @throws when it can't be read. */
export async function readLedger(folder: string): Promise<LedgerLine[]> {
  const lines: LedgerLine[] = [];
  for await (const line of readLines(folder)) lines.push(line);
  return lines;
}

/** The readable lines, one after the other. */
export async function* readLines(folder: string): AsyncGenerator<LedgerLine> {
  for await (const { bytes } of linesOf(path.join(folder, LEDGER_FILE))) {
    const line = tolerant(bytes);
    if (line) yield line;
  }
}

/** The line with a number; undefined when there is none. */
export async function lineAt(folder: string, seq: number): Promise<LedgerLine | undefined> {
  for await (const line of readLines(folder)) if (line.seq === seq) return line;
  return undefined;
}

/** Commands that were held and neither decided nor run, by whoever still may decide: all lines of kind `asked`. */
export function undecided(lines: readonly LedgerLine[]): Extract<LedgerLine, { type: 'asked' }>[] {
  const over = new Set(lines.flatMap((l) => (l.type === 'decided' || l.type === 'abandoned' || l.type === 'run' ? [l.id] : [])));
  return lines.filter((l): l is Extract<LedgerLine, { type: 'asked' }> => l.type === 'asked' && l.held && !over.has(l.id));
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
async function* linesOf(file: string): AsyncGenerator<{ readonly bytes: Buffer; readonly ended: boolean }> {
  const size = await sizeOf(file);
  if (size === 0) return;
  let parts: Buffer[] = [];
  for await (const chunk of createReadStream(file, { end: size - 1 }) as AsyncIterable<Buffer>) {
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

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
