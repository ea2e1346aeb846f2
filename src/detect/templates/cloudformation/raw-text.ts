import type { TextRange } from '../../../model';

/** Where something stands in the text: its key (if it has one) and its value. */
export interface Place {
  readonly key: TextRange | undefined;
  readonly value: TextRange;
}

/** What is wrong with a template text, and where. */
export interface TemplateProblem {
  readonly message: string;
  readonly range: TextRange;
}

/** What a reader of one format gives. */
export interface RawText {
  readonly data: unknown;
  readonly warnings: readonly TemplateProblem[];
  readonly find: (path: readonly (string | number)[]) => Place | undefined;
}

export function problem(message: string, start = 0, end = start): { readonly ok: false; readonly problem: TemplateProblem } {
  return { ok: false, problem: { message, range: { start, end } } };
}
