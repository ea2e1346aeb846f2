import type { Action } from './action';
import type { Actor } from './actor';
import type { BlastRadius, Execution } from './blast-radius';
import type { Operation } from './operation';
import type { Verdict } from './verdict';

/**
 * The life of a hold. `previewing` and `pending` wait; the others are final.
 * `moved` means approved, but inputs or target changed before the run, so it is held again as a new hold.
 */
export type HoldState =
  | 'previewing'
  | 'pending'
  | 'approved'
  | 'denied'
  | 'moved'
  | 'cancelled'
  | 'expired'
  | 'abandoned';

/**
 * What stands at the path of an input: an ordinary file (also when nothing is said), a folder as far as the names in it, a file
 * too large to be read, nothing, something that this user can't read, or something that can be read only once (a pipe).
 */
export type InputKind = 'file' | 'folder' | 'large' | 'missing' | 'closed' | 'unbound';

/** A file that the action reads, and the SHA-256 (hex) of what it holds; undefined when it can't be read. */
export interface Input {
  readonly path: string;
  readonly sha256: string | undefined;
  /** Absent for an ordinary file. */
  readonly kind?: InputKind;
}

/**
 * What runs in place of the held command when it is approved, because only that is exactly what the preview showed
 * (`terraform apply` of the plan file that was previewed).
 */
export interface Prepared {
  /** argv[0] is the tool's name. */
  readonly argv: readonly string[];
  /** Variables of the environment that would change it once more, and are taken out. */
  readonly withoutEnv: readonly string[];
  /** The files it runs from; the yes covers their content. */
  readonly files: readonly Input[];
  /** True where the command still reads the files that it was made from besides its own: then those count, too. */
  readonly keepsInputs?: boolean;
  /** Set when the typed command would ask before it changes anything: where nothing has to be held, the same is asked before this runs. */
  readonly firstAsks?: FirstAsks;
  /** In a sentence ("On approval exactly this plan is applied, not the folder as it is then."). */
  readonly explanation: string;
}

/** A question that a tool asks itself before it changes anything, to be asked in its place about exactly what was prepared. */
export interface FirstAsks {
  /** The command that shows what the question is about; argv[0] is the tool's name. */
  readonly show: readonly string[];
  /** The question itself, and the lines below it, in the tool's own words. */
  readonly question: string;
  readonly text: readonly string[];
  /** What stands before the answer. */
  readonly prompt: string;
  /** The only answer that means yes. */
  readonly accept: string;
  /** How the tool ends after any other. */
  readonly declined: { readonly code: number; readonly line: string };
}

/** What stood before an approved run, saved as the way back. */
export interface Kept {
  /** Absolute path of the file. */
  readonly path: string;
  /** What it is ("template of payments-prod as deployed"). */
  readonly what: string;
}

/** An action stopped and waiting for a decision. */
export interface Hold {
  /** Short, readable id (`h-7k2m9q`). */
  readonly id: string;
  readonly state: HoldState;
  readonly action: Action;
  readonly actor: Actor;
  readonly operations: readonly Operation[];
  readonly inputs: readonly Input[];
  readonly verdict: Verdict;
  readonly preview?: BlastRadius;
  /** Set when something else runs than what was typed: exactly what was previewed. */
  readonly prepared?: Prepared;
  /** Set once it is approved: the files in which the state before the run is saved. */
  readonly kept?: readonly Kept[];
  /** What a live preview would execute, and needs a yes of its own. */
  readonly asks?: readonly Execution[];
  /** Progress of the preview, or why there is none, in words. */
  readonly previewStatus: string;
  /** SHA-256 (hex) over the canonical form of what is to run. */
  readonly fingerprint: string;
  /** ISO 8601. */
  readonly since: string;
  /** The person's reason, once decided. */
  readonly decisionReason?: string;
}
