import type { BlastRadius, Execution, Kept, Prepared } from '../model';
import type { ChangeSetEvents } from './cloudformation/change-set';
import type { Note, PreviewRequest, StateRequest } from './request';

/** What a source may use while it makes one preview. */
export interface SourceAt {
  /** The held command's own variables, for tools that are started. */
  readonly env: NodeJS.ProcessEnv;
  /** Ends at the time limit and on cancel; its reason is a `PreviewError`. */
  readonly signal: AbortSignal;
  readonly events: ChangeSetEvents & {
    /** Says that the dry run would execute these, and that they were left out. */
    readonly asksConsent: (executions: readonly Execution[]) => void;
  };
  /** Texts that must never leave the preview. */
  readonly hide: (secrets: readonly string[]) => void;
}

export interface Seen {
  readonly blastRadius: BlastRadius;
  readonly prepared?: Prepared;
  /** Files in the preview's own folder with what stands now (template, parameters, state): kept if the command is approved. */
  readonly kept?: readonly Kept[];
  /** What the next preview should know. */
  readonly note?: Note;
}

/**
 * One way to see what a command would do. A source reads and never changes anything but its own temporary change set or
 * plan file, which it always removes.
 */
export interface PreviewSource {
  /** With calls to the cloud or the tool. @throws PreviewError with the next step. */
  live(at: SourceAt): Promise<Seen>;
  /** Without any call. @param because why it is offline, when a live preview was wanted. */
  offline(because?: string): BlastRadius;
  /** The digest of the state that the preview was made from, for the check before the run. Absent: the run itself checks it, or there is none. */
  state?(at: SourceAt): Promise<string>;
}

/** Makes the source for a command, if it is one of its kind. It gets the real argv: argv[0] is the tool. */
export type SourceOf = (request: PreviewRequest | StateRequest) => PreviewSource | undefined;
