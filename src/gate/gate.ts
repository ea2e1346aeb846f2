/** The gate as others see it, and what it needs of them. */
import type { Action, Actor, BlastRadius, Command, Hold, Kept, Operation, Prepared, Verdict, Execution } from '../model';
import type { DetectContext } from '../detect/invocation';
import type { Appended } from '../ledger/ledger';
import type { LedgerRecord } from '../ledger/record';
import type { Dossier } from './dossier/dossier';
import type { HandOver } from './handed-over';
import type { Approvals, Given } from './approvals';
import type { ActorFacts } from './protocol';
import type { Question, Requester } from './requester';
import type { Snapshot } from './snapshot';

/** What a preview came to. */
export type PreviewOutcome =
  | { readonly kind: 'done'; readonly blastRadius: BlastRadius; readonly prepared?: Prepared }
  /** The dry run would execute these first; a person has to agree. `standIn` is a prediction. */
  | { readonly kind: 'asks-consent'; readonly executions: readonly Execution[]; readonly standIn?: BlastRadius }
  | { readonly kind: 'failed'; readonly message: string; readonly standIn?: BlastRadius };

export interface PreviewJob {
  readonly operation: Operation;
  readonly command: Command;
  /** The held command's own variables. */
  readonly env: Readonly<Record<string, string>>;
  readonly mode: 'live' | 'offline';
  readonly allowExecution: boolean;
  readonly timeoutMs: number;
  /** The files as the question has them; absent: the preview reads the disk. */
  readonly snapshot?: Pick<Snapshot, 'contents' | 'add'>;
  /** For reading the state again: what an earlier preview prepared. */
  readonly prepared?: Prepared;
}

/** Makes previews; the gate knows no cloud. */
export interface Previewer {
  start(job: PreviewJob, holdId: string, onProgress: (text: string) => void): { readonly result: Promise<PreviewOutcome>; cancel(): void };
  /** Saves what stood before the run where it stays: called with the yes, before anything runs. @throws when it can't be saved. */
  keep?(holdId: string): readonly Kept[];
  /** Removes what a finished preview kept for the run (a plan file): the run is over, or there is none. Absent: it keeps nothing. */
  discard?(holdId: string): void;
  /** Reads the state again: its digest, or why it can't be read. */
  readState(job: PreviewJob): Promise<{ readonly ok: true; readonly stateDigest: string | undefined } | { readonly ok: false; readonly why: string }>;
}

export interface Decision {
  readonly verdict: Verdict;
  /** SHA-256 (hex) over the rules in force. */
  readonly rulesDigest: string;
}

/** How detection reads files: as the question has them. */
export type Files = Required<Pick<DetectContext, 'readFile' | 'namesIn'>>;

export interface GateDeps {
  /** What an action would do. `files` are as the question has them; `stdin` is what stands behind its standard input. */
  detect(action: Action, env: Question['env'], files: Files, stdin?: Question['stdin']): readonly Operation[];
  /** @param places further folders that the command is about: their rules count like those of its own. */
  decide(operations: readonly Operation[], actor: Actor, cwd: string, blastRadius: BlastRadius | undefined, places?: readonly string[]): Decision;
  readonly previewer: Previewer;
  /** Gives a command copies of its input files to read. Absent: it opens the files themselves. */
  readonly handOver?: HandOver;
  record(record: LedgerRecord): Appended;
  /** @param pid the process that asks; it waits meanwhile. */
  identify(facts: ActorFacts, pid: number): Actor;
  /** Counts consent; one person's yes when left out. */
  readonly approvals?: Approvals;
  settings(): {
    /** How long a hold waits for a person. */
    readonly holdMs: number;
    readonly previewMs: number;
    readonly previewMode: 'live' | 'offline';
    /** How long a yes may stay unused by a client that was stopped; a minute when left out. */
    readonly runMs?: number;
  };
  /** Where a person decides, in words for the terminal ("the Holdpoint panel of payments"). */
  place(): string;
  /** Who decides here: the login name. */
  user(): string;
  log(line: string): void;
}

export type Answer = { readonly ok: true } | { readonly ok: false; readonly why: string };

export interface Gate {
  /** Newest first; decided ones stay for the session, at most 200. */
  list(): readonly Hold[];
  onDidChange(listener: (hold: Hold) => void): { dispose(): void };
  /** The yes to exactly one fingerprint. @param given the editor's panel when left out. */
  approve(id: string, fingerprint: string, reason: string, given?: Given): Promise<Answer>;
  deny(id: string, reason: string): Answer;
  /** Makes the preview again. */
  preview(id: string, mode: 'live' | 'offline', allowExecution: boolean): void;
  cancelPreview(id: string): void;
  /** A case that is, or was, before a person, as it may be carried elsewhere; undefined for any other id. */
  dossier(id: string): Dossier | undefined;
  /** Takes a question, whichever way it comes. */
  ask(requester: Requester): void;
  dispose(): void;
}
