import { NOTHING, readLines, readRecord, type Fold, type LedgerProblem } from './reading';
import type { LedgerLine } from './record';

export interface Verified {
  readonly ok: boolean;
  readonly records: number;
  readonly problems: readonly LedgerProblem[];
  /** Hash of the last line: compare it with one that was noted elsewhere. Empty when there is no line. */
  readonly head: string;
}

/**
 * Checks the whole record: every line's bytes, hash, number and predecessor, and that its end is not before the one that was
 * noted last. Finds any changed, removed, added, doubled or reordered line while others may go on writing.
 *
 * It can't find what its own user did with the whole in hand: a file rewritten from some line on, hashes and `ledger.head`
 * with it; well-chained lines added at the end; the folder taken away. For that, note the head's hash elsewhere.
 * @throws when the file is there and can't be read.
 */
export async function verifyLedger(folder: string): Promise<Verified> {
  return (await verifiedWith(folder, NOTHING)).verified;
}

/** The same, and what a fold makes of the lines that verify. */
export async function verifiedWith<S>(folder: string, fold: Fold<S>): Promise<{ readonly verified: Verified; readonly state: S }> {
  const { problems, records, last, state } = await readRecord(folder, fold);
  return { verified: { ok: problems.length === 0, records, problems, head: last?.hash ?? '' }, state };
}

/** The readable lines in order; broken ones are left out. Empty when there is no record yet. @throws when it can't be read. */
export async function readLedger(folder: string): Promise<LedgerLine[]> {
  const lines: LedgerLine[] = [];
  for await (const line of readLines(folder)) lines.push(line);
  return lines;
}
