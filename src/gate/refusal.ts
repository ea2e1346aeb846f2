import type { Refusal } from './requester';
import { words } from './words';

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A refusal in whose place nobody said no: `why` is what kept the gate from deciding. */
export function refusal(kind: 'undecided', why: string): Refusal {
  return { kind, reason: words.undecided(why), lines: [words.undecided(why), words.notRun] };
}
