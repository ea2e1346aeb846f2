import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';

import { checkLine, GENESIS } from './chain';
import { HEAD_FILE, LEDGER_FILE, readHead } from './ledger';
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
  /** Hash of the last line: compare it with one that was noted elsewhere. */
  readonly head: string;
}

/**
 * Checks the whole record: every line's hash, number and predecessor, and that its end is the one that was written last.
 * Finds any changed, removed, added or reordered line. It can't find a file rewritten as a whole together with its
 * `ledger.head` by the same user: for that, note the head's hash elsewhere.
 */
export async function verifyLedger(folder: string): Promise<Verified> {
  const problems: LedgerProblem[] = [];
  let seq = 0;
  let prev = GENESIS;
  let line = 0;
  let complete = true;
  for await (const { text, ended } of linesOf(path.join(folder, LEDGER_FILE))) {
    line++;
    complete = ended;
    const checked = checkLine(text, seq, prev);
    if ('what' in checked) {
      problems.push({ line, what: checked.what });
      // Goes on from what the line itself says, so that one break is told once.
      const told = tolerant(text);
      seq = (told?.seq ?? seq) + 1;
      prev = told?.hash ?? prev;
    } else {
      seq++;
      prev = checked.line.hash;
    }
  }
  if (line > 0 && !complete) problems.push({ line, what: 'is not complete: its writer was stopped, or the end was cut off' });
  const head = readHead(folder);
  if (head && (head.seq !== seq - 1 || head.hash !== prev)) {
    problems.push({ line: line + 1, what: `the record ends at number ${seq - 1}, but ${HEAD_FILE} says that number ${head.seq} was written last: lines at the end were removed or added` });
  } else if (!head && line > 0) {
    problems.push({ line: line + 1, what: `${HEAD_FILE} is gone: whether lines at the end are missing can't be told` });
  }
  return { ok: problems.length === 0, records: line, problems, head: prev };
}

/** The readable lines in order; broken ones are left out. Empty when there is no record yet. */
export async function readLedger(folder: string): Promise<LedgerLine[]> {
  const lines: LedgerLine[] = [];
  for await (const { text } of linesOf(path.join(folder, LEDGER_FILE))) {
    const line = tolerant(text);
    if (line) lines.push(line);
  }
  return lines;
}

/** Commands that were held and neither decided nor run, by whoever still may decide: all lines of kind `asked`. */
export function undecided(lines: readonly LedgerLine[]): Extract<LedgerLine, { type: 'asked' }>[] {
  const over = new Set(lines.flatMap((l) => (l.type === 'decided' || l.type === 'abandoned' || l.type === 'run' ? [l.id] : [])));
  return lines.filter((l): l is Extract<LedgerLine, { type: 'asked' }> => l.type === 'asked' && l.held && !over.has(l.id));
}

function tolerant(text: string): LedgerLine | undefined {
  try {
    const parsed = JSON.parse(text) as LedgerLine;
    return typeof parsed === 'object' && parsed !== null && typeof parsed.seq === 'number' && typeof parsed.hash === 'string' ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Streams lines: readline takes other line ends than `\n` too, and a changed byte must not pass for one. */
async function* linesOf(file: string): AsyncGenerator<{ readonly text: string; readonly ended: boolean }> {
  if (!existsSync(file)) return;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file)) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield { text: rest.subarray(0, end).toString('utf8'), ended: true };
      rest = rest.subarray(end + 1);
    }
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), ended: false };
}
