import type { LedgerRecord } from '../../ledger/record';
import type { GateDeps } from '../gate';
import type { Requester } from '../requester';
import type { Attempt, Case } from './case';
import type { CaseEvent, Step } from './state';
import type { Store } from './store';

/** What the parts of the gate have in common. */
export interface Desk {
  readonly deps: GateDeps;
  readonly store: Store;
  /** Lets something happen to a case: its next state, and what has to be done then. */
  take(it: Case, event: CaseEvent): Step;
  /** Begins a question, for the first time or anew. Never throws. */
  begin(requester: Requester, attempt: Attempt): void;
  /** Tells that something broke in the gate itself. @returns the message of whatever was thrown. */
  broke(error: unknown): string;
  /** Writes what lets nothing run: a record that fails is only told. */
  note(record: LedgerRecord): void;
}
