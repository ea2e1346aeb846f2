import { readHead } from './head';
import { lineAt, readLines } from './verify';

/** Where the ledger ended when somebody looked, noted in another place than the ledger's own. */
export interface HeadCopy {
  /** What the first line names as its predecessor: tells one record from another. */
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
}

/** Where the ledger ends now; undefined when there is no line, or its end can't be read. */
export async function endOf(folder: string): Promise<HeadCopy | undefined> {
  const head = readHead(folder);
  let chain: string | undefined;
  let last: HeadCopy | undefined;
  for await (const { seq, prev, hash } of readLines(folder)) {
    if (seq === 0) chain = prev;
    // What is behind the head is being written at this moment.
    if (chain !== undefined && head !== undefined && seq <= head.seq) last = { chain, seq, hash };
  }
  return last;
}

/**
 * Compares a ledger with where it was known to end.
 * @returns what is wrong, in words; undefined when the line that was the last is still where it was.
 */
export async function againstCopy(folder: string, copy: HeadCopy | undefined): Promise<string | undefined> {
  if (!copy) return undefined;
  const first = await lineAt(folder, 0);
  if (!first) return `The record is gone: this editor knows of ${copy.seq + 1} lines in it.`;
  if (first.prev !== copy.chain) return 'The record is another one than this editor knows: it was taken away and begun anew.';
  const line = await lineAt(folder, copy.seq);
  if (!line) return `The record was cut: this editor knows of ${copy.seq + 1} lines in it, and they are not all there.`;
  return line.hash === copy.hash ? undefined : `The record was written anew: its line ${copy.seq + 1} is not the one that this editor knows.`;
}
