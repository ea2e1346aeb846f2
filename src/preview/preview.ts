import type { BlastRadius, Execution, Input, Kept, Prepared } from '../model';
import { cleanupTask, type CleanupTask } from './cleanup-task';
import type { ChangeSetRef, CleanupRequest, Failure, Note, PreviewRequest, StateRequest } from './request';
import { startWorker, type WorkerPlace, type WorkerRun } from './worker-process';

/** What came of a preview. A failure may still carry what can be said without the cloud. */
export type PreviewResult =
  | {
    readonly kind: 'preview';
    readonly blastRadius: BlastRadius;
    /** What must run on approval in place of the command. */
    readonly prepared?: Prepared;
    /** What stands now, in the preview's folder. */
    readonly kept?: readonly Kept[];
    readonly note?: Note;
    /** Set when the dry run would execute these; start again with `allowExecution` once the person agreed. */
    readonly asks?: readonly Execution[];
  }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly standIn?: BlastRadius };

export interface PreviewOptions extends WorkerPlace {
  readonly request: PreviewRequest;
  readonly onProgress?: (text: string) => void;
  /** A temporary change set is about to be made: keep this where a later start finds it. */
  readonly onMustCleanUp?: (task: CleanupTask) => void;
  /** The preview read a file from the disk that the question did not have. */
  readonly onRead?: (input: Input) => void;
  /** The change set is gone. */
  readonly onCleanedUp?: (task: CleanupTask) => void;
}

export interface RunningPreview {
  /** Of the child process; undefined when it could not be started. */
  readonly pid: number | undefined;
  /** Never rejects. */
  readonly result: Promise<PreviewResult>;
  /** Ends the preview and resolves when what it made is removed, or when that failed and stays noted as to be cleaned up. */
  cancel(): Promise<void>;
}

/** Time for a worker to remove its change set after a cancel, before it is killed and another one cleans up. */
const GRACE_MS = 12_000;
/** Beyond the worker's own limit, so that its own message comes first. */
const SLACK_MS = 1_000;
const CLEANUP_LIMIT_MS = 45_000;

/**
 * Starts the preview of one held command in a child process.
 * @returns at once; the result comes within `request.timeoutMs` plus the time to remove the change set.
 */
export function startPreview(options: PreviewOptions): RunningPreview {
  const { request } = options;
  const outcome: { result?: PreviewResult; asks?: readonly Execution[]; open?: ChangeSetRef } = {};
  let cancelled = false;
  /** The worker's own time begins when it has started, so that on a busy machine ours may end before. */
  let late = false;
  const run = startWorker(options, request, (message) => {
    switch (message.kind) {
      case 'progress': return options.onProgress?.(message.text);
      case 'read': return options.onRead?.(message.input);
      case 'asks-consent': outcome.asks = message.executions; return undefined;
      case 'change-set':
        outcome.open = message.changeSet;
        return options.onMustCleanUp?.(cleanupTask(request, options.env, message.changeSet));
      case 'change-set-gone': {
        const gone = outcome.open;
        outcome.open = undefined;
        return gone === undefined ? undefined : options.onCleanedUp?.(cleanupTask(request, options.env, gone));
      }
      case 'result':
        outcome.result = { kind: 'preview', blastRadius: message.blastRadius, ...(message.prepared === undefined ? {} : { prepared: message.prepared }), ...(message.kept === undefined ? {} : { kept: message.kept }), ...(message.note === undefined ? {} : { note: message.note }), ...(outcome.asks === undefined ? {} : { asks: outcome.asks }) };
        return undefined;
      case 'failed':
        outcome.result = { kind: 'failed', failure: message.failure, ...(message.standIn === undefined ? {} : { standIn: message.standIn }) };
        return undefined;
      default: return undefined;
    }
  });
  let limit = setTimeout(() => {
    late = true;
    stop(run);
  }, request.timeoutMs + SLACK_MS);
  function stop(worker: WorkerRun): void {
    worker.cancel();
    clearTimeout(limit);
    limit = setTimeout(() => worker.kill(), GRACE_MS);
  }
  const ended = run.ended.then(async (end): Promise<PreviewResult> => {
    clearTimeout(limit);
    const open = outcome.open;
    if (open !== undefined && (await cleanUp(options, cleanupTask(request, options.env, open))) === undefined) options.onCleanedUp?.(cleanupTask(request, options.env, open));
    if (cancelled) return { kind: 'failed', failure: { kind: 'cancelled', message: 'The preview was cancelled. The command is still held.' } };
    if (late && (outcome.result === undefined || (outcome.result.kind === 'failed' && outcome.result.failure.kind === 'cancelled'))) {
      return { kind: 'failed', failure: tooSlow(request.timeoutMs) };
    }
    return outcome.result ?? { kind: 'failed', failure: end.killed ? tooSlow(request.timeoutMs) : crashed(end.detail) };
  });
  return {
    pid: run.pid,
    result: ended,
    async cancel() {
      cancelled = true;
      stop(run);
      await ended;
    },
  };
}

/**
 * Reads the state behind a preview again, for the check between approval and run.
 * @returns the digest to compare with `BlastRadius.stateDigest`, or why it can't be read: then the command stays held.
 */
export async function readState(place: WorkerPlace, request: StateRequest): Promise<{ readonly stateDigest: string } | { readonly failure: Failure }> {
  let answer: { readonly stateDigest: string } | { readonly failure: Failure } | undefined;
  const end = await runToEnd(place, request, (message) => {
    if (message.kind === 'state') answer = { stateDigest: message.stateDigest };
    else if (message.kind === 'failed') answer = { failure: message.failure };
  });
  return answer ?? { failure: end.killed ? tooSlow(request.timeoutMs) : crashed(end.detail) };
}

/**
 * Removes a change set that a preview left behind, also one that was noted by an earlier run.
 * @returns undefined when it is gone, otherwise why not, with the command that removes it by hand.
 */
export async function cleanUp(place: WorkerPlace, task: CleanupTask): Promise<Failure | undefined> {
  let failure: Failure | undefined;
  let cleaned = false;
  const request: CleanupRequest = { kind: 'cleanup', ...task, timeoutMs: CLEANUP_LIMIT_MS };
  const end = await runToEnd(place, request, (message) => {
    if (message.kind === 'cleaned') cleaned = true;
    else if (message.kind === 'failed') failure = message.failure;
  });
  return cleaned ? undefined : (failure ?? crashed(end.detail));
}

async function runToEnd(place: WorkerPlace, request: StateRequest | CleanupRequest, onMessage: Parameters<typeof startWorker>[2]): ReturnType<typeof startWorker>['ended'] {
  const run = startWorker(place, request, onMessage);
  const limit = setTimeout(() => run.kill(), request.timeoutMs + SLACK_MS);
  try {
    return await run.ended;
  } finally {
    clearTimeout(limit);
  }
}

function tooSlow(limitMs: number): Failure {
  return { kind: 'timeout', message: `The preview did not end within ${Math.ceil(limitMs / 1000)} seconds and was stopped. Preview again, or preview offline; the command is still held.` };
}

function crashed(detail: string): Failure {
  return { kind: 'crashed', message: `The preview process ended without an answer${detail === '' ? '' : ` (${detail})`}. Preview again, or preview offline; the command is still held.` };
}

export type { CleanupTask };
