import type { Mark, Reading } from './reading';

/** Where the ledger ended when somebody looked, noted in another place than the ledger's own. */
export interface HeadCopy extends Mark {
  /** What the first line names as its predecessor: tells one record from another. */
  readonly chain: string;
}

/** What of a reading a copy is compared with; the line that the copy names was asked for. */
export type ReadEnd = Pick<Reading<unknown>, 'chain' | 'end' | 'asked'>;

/** The copy to note of a reading; undefined when there is no line, or its end can't be read. */
export function copyOf({ chain, end }: ReadEnd): HeadCopy | undefined {
  return chain !== undefined && end !== undefined ? { chain, ...end } : undefined;
}

/**
 * Compares what was read with where the record was known to end.
 * @returns what is wrong, in words; undefined when the line that was the last is still where it was.
 */
export function differs({ chain, asked }: ReadEnd, copy: HeadCopy | undefined): string | undefined {
  if (!copy) return undefined;
  if (chain === undefined) return `The record is gone: this editor knows of ${copy.seq + 1} lines in it.`;
  if (chain !== copy.chain) return 'The record is another one than this editor knows: it was taken away and begun anew.';
  if (asked?.seq !== copy.seq) return `The record was cut: this editor knows of ${copy.seq + 1} lines in it, and they are not all there.`;
  return asked.hash === copy.hash ? undefined : `The record was written anew: its line ${copy.seq + 1} is not the one that this editor knows.`;
}
