/**
 * A case is one question from its asking to its outcome. What can happen to it, and what has to be done then, is plain data: `step`
 * takes a state and an event and gives the next state and the effects, and touches nothing.
 */
import type { FirstAsks, HoldState } from '../../model';
import type { Consent } from '../approvals';

/** How a case ended. `refused`: nobody could decide. */
export type Ending = 'denied' | 'cancelled' | 'expired' | 'moved' | 'refused' | 'ended';

export type CaseState =
  /** Asked and read; the rules have not been followed yet. */
  | { readonly at: 'new' }
  /** Only a preview can tell what it does, so that is made before anybody is asked. */
  | { readonly at: 'look' }
  /** The tool's own question is with whoever asked. */
  | { readonly at: 'first-question'; readonly print: string }
  /** It waits for a person. `round` counts its previews, so that one that comes late is known; `busy` while one is made. */
  | { readonly at: 'held'; readonly round: number; readonly busy: boolean; readonly print: string }
  /** A yes was said, and what it was said to is read once more. */
  | { readonly at: 'check'; readonly round: number; readonly print: string }
  /** Decision and intent are being put on disk. */
  | { readonly at: 'release'; readonly round: number; readonly print: string; /** By a person. */ readonly approved: boolean }
  /** It was told to run. */
  | { readonly at: 'run'; readonly approved: boolean }
  | { readonly at: 'over'; readonly how: Ending };

/** Why a release did not come about: nobody is there, the files could not be handed over, or the record could not be written. */
export type Hindrance = 'gone' | 'files' | 'record';

export type CaseEvent =
  /** What the rules say, with what was looked at so far. */
  | { readonly type: 'verdict'; readonly says: 'look' }
  | { readonly type: 'verdict'; readonly says: 'deny'; readonly reason: string }
  | { readonly type: 'verdict'; readonly says: 'hold'; readonly print: string; readonly previewed: boolean }
  | {
      readonly type: 'verdict';
      readonly says: 'run';
      readonly print: string;
      /** What a person should read first. */ readonly warning?: string;
      readonly firstAsks?: FirstAsks;
    }
  /** Something broke in the gate itself. */
  | { readonly type: 'failure'; readonly why: string }
  /** The files were other ones while the first preview was made. `again` is told to whoever is asked the next time. */
  | { readonly type: 'motion'; readonly why: string; readonly again: string | undefined }
  | { readonly type: 'withdrawal' }
  | { readonly type: 'departure' }
  | { readonly type: 'answer'; readonly yes: boolean }
  /** It comes back unstarted. */
  | { readonly type: 'return'; readonly why: string }
  | { readonly type: 'end'; readonly exitCode: number | null; readonly signal: string | null }
  /** Nobody decided in time. */
  | { readonly type: 'limit' }
  /** The window closes. */
  | { readonly type: 'closing' }
  | { readonly type: 'yes'; readonly print: string; readonly consent: Consent }
  | { readonly type: 'no'; readonly reason: string }
  /** What the second reading found: the same, something else, or that it could not be read. */
  | { readonly type: 'recheck'; readonly found: 'same' | 'unread' }
  | { readonly type: 'recheck'; readonly found: 'moved'; readonly why: string }
  /** Decision and intent are on disk, or something stood in the way. */
  | { readonly type: 'written' }
  | { readonly type: 'unwritten'; readonly hindrance: Hindrance; readonly why: string }
  | { readonly type: 'preview-wish'; readonly mode: 'live' | 'offline'; readonly consent: boolean }
  | { readonly type: 'preview-stop' }
  | { readonly type: 'progress'; readonly round: number; readonly text: string }
  | {
      readonly type: 'preview';
      readonly round: number;
      readonly print: string;
      readonly status: string;
      /** A rule's reason, where what came to light is denied. */ readonly denied?: string;
    };

/** In whose name a decision stands in the record. */
export type By = 'asker' | 'person' | 'rule' | 'gate' | 'limit';

export type Effect =
  | { readonly do: 'look' }
  | { readonly do: 'stop-look' }
  | { readonly do: 'warn'; readonly reason: string }
  | { readonly do: 'ask-first'; readonly asks: FirstAsks }
  /** Put it before a person. */
  | { readonly do: 'hold' }
  | { readonly do: 'preview'; readonly round: number; readonly mode: 'live' | 'offline' | 'usual'; readonly consent: boolean }
  | { readonly do: 'stop-preview' }
  /** Tell those who watch the holds. */
  | { readonly do: 'show'; readonly state: HoldState; readonly status?: string; readonly reason?: string }
  | { readonly do: 'check' }
  /** Write decision and intent; nothing but this leads to `run`. */
  | { readonly do: 'release' }
  | { readonly do: 'run' }
  | { readonly do: 'write'; readonly decision: 'denied' | 'moved' | 'cancelled' | 'expired'; readonly by: By; readonly reason: string }
  | { readonly do: 'write-end'; readonly exitCode: number | null; readonly signal: string | null }
  /** A hold is over: clock, preview and files are let go. */
  | { readonly do: 'close' }
  /** Remove what a preview kept for the run, and the copies of the files. */
  | { readonly do: 'discard' }
  | { readonly do: 'refuse'; readonly because: 'rule' | 'person' | 'undecided' | 'expired' | 'closed'; readonly why: string }
  /** Ask anew. `moved`: the files moved under a preview or under the start, which is counted. */
  | { readonly do: 'again'; readonly why: string | undefined; readonly moved: 'look' | 'start' | 'approval' };

/** The state and what has to be done, in this order; or why nothing happens. */
export type Step = { readonly state: CaseState; readonly effects: readonly Effect[] } | { readonly ignored: string };
