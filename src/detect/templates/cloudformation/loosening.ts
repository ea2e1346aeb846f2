import type { Effect } from '../../../model';

/** One thing that a change in place takes off, opens, stops or lets expire. */
export interface Loosening {
  /** The property or attribute, by its path. */
  readonly property: string;
  readonly effect: Effect;
  /** A sentence, with its source. */
  readonly says: string;
  /** False where one of the values is not known here: then it may be so. */
  readonly certain: boolean;
  /** True for a guard of the table or a policy: the editor has words and fixes of its own for these. */
  readonly guard?: boolean;
}
