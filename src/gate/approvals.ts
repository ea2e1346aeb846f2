import type { Verdict } from '../model';
import { words } from './words';

/** How a yes was given. */
export interface Given {
  readonly confirmed: 'panel' | 'terminal' | 'terminal-weak';
  /** What is known of the terminal. */
  readonly terminal?: string;
}

/** A yes, as a person gave it. */
export interface Yes {
  /** Exactly what it is for. */
  readonly fingerprint: string;
  readonly by: string;
  readonly given: Given;
}

/** Whether there is consent enough; if not, what is missing, in words for who said yes. */
export type Consent = { readonly enough: true } | { readonly enough: false; readonly why: string };

/** Counts consent. The gate asks it at every yes, and runs nothing without its word. */
export interface Approvals {
  /** @param quorum how many people must agree. */
  consent(yes: Yes, quorum: number): Consent;
}

/** How many people must agree that it runs. */
export function quorumOf(verdict: Verdict): number {
  return verdict.kind === 'approve' ? (verdict.approvers ?? 1) : 1;
}

/** One person in this window: enough where one is asked for, and never for more, however often the same person says yes. */
export const onePerson: Approvals = { consent: (_, quorum) => (quorum <= 1 ? { enough: true } : { enough: false, why: words.several }) };
