import { randomBytes } from 'node:crypto';

import type { LedgerLine, LedgerRecord } from '../ledger/record';
import { cleanUp, readState, startPreview, type CleanupTask } from '../preview/preview';
import type { Failure, PreviewRequest } from '../preview/request';
import { deployedTemplate } from './deployed-template';
import type { PreviewJob, PreviewOutcome, Previewer } from './gatekeeper';

export interface PreviewerOptions {
  /** The bundle `preview-worker.js`. */
  readonly workerPath: string;
  /** Node, or Electron's binary. */
  readonly execPath: string;
  /** Folders in which deploy scripts may say which template a stack is made from. */
  readonly folders: () => readonly string[];
  readonly record: (record: LedgerRecord) => void;
  readonly log: (line: string) => void;
}

/** Makes previews in a process of their own, with the held command's environment, and keeps note of what must be removed again. */
export function createPreviewer(options: PreviewerOptions): Previewer {
  const { workerPath, execPath, record, log } = options;
  const place = (job: PreviewJob): { workerPath: string; execPath: string; env: PreviewJob['env'] } => ({ workerPath, execPath, env: job.env });
  const base = (job: PreviewJob): Pick<PreviewRequest, 'operation' | 'argv' | 'cwd' | 'executable' | 'timeoutMs'> => ({
    operation: job.operation, argv: job.command.argv, cwd: job.command.cwd, executable: job.command.executable, timeoutMs: job.timeoutMs,
  });
  return {
    start(job, holdId, onProgress) {
      let cancelled = false;
      let running: ReturnType<typeof startPreview> | undefined;
      const begin = async (): Promise<PreviewOutcome> => {
        const deployed = await deployedTemplate(job.operation, [job.command.cwd, ...options.folders()]);
        if (cancelled) return { kind: 'failed', message: 'The preview was cancelled. The command is still held.' };
        running = startPreview({
          ...place(job),
          request: {
            kind: 'preview', ...base(job), mode: job.mode, allowMacros: job.allowMacros,
            changeSetName: `holdpoint-${holdId.replace(/[^A-Za-z0-9-]/g, '')}-${randomBytes(4).toString('hex')}`,
            ...(deployed ? { deployedTemplate: deployed.text, deployedTemplateFrom: deployed.from } : {}),
          },
          onProgress,
          onMustCleanUp: (task) => record({ type: 'cleanup-needed', id: holdId, ...task }),
          onCleanedUp: (task) => record({ type: 'cleanup-done', id: holdId, changeSet: task.changeSet.name }),
        });
        const result = await running.result;
        if (result.kind === 'failed') return { kind: 'failed', message: result.failure.message, standIn: result.standIn };
        return result.asksMacros ? { kind: 'asks-macro', macros: result.asksMacros, standIn: result.blastRadius } : { kind: 'done', blastRadius: result.blastRadius };
      };
      return {
        result: begin(),
        cancel() {
          cancelled = true;
          running?.cancel().catch((error: unknown) => log(`a preview could not be cancelled: ${String(error)}`));
        },
      };
    },
    async readState(job) {
      const state = await readState(place(job), { kind: 'state', ...base(job) });
      return 'stateDigest' in state ? { ok: true, stateDigest: state.stateDigest } : { ok: false, why: state.failure.message };
    },
  };
}

/** A change set younger than this belongs to a preview that may still run in another window. */
const YOUNG_MS = 10 * 60 * 1000;
/** What is older was given up: its credentials are gone, and it was told each time. */
const OLD_MS = 14 * 24 * 60 * 60 * 1000;

/**
 * Removes change sets that an earlier window left behind, one after the other. Only what the record names is touched.
 * @param lines the record.
 * @returns what could not be removed, with why and the command that removes it by hand.
 */
export async function removeLeftovers(lines: readonly LedgerLine[], { workerPath, execPath, record }: Omit<PreviewerOptions, 'folders'>, now = Date.now()): Promise<readonly { readonly task: CleanupTask; readonly failure: Failure }[]> {
  const gone = new Set(lines.flatMap((l) => (l.type === 'cleanup-done' ? [l.changeSet] : [])));
  const failed: { readonly task: CleanupTask; readonly failure: Failure }[] = [];
  for (const line of lines) {
    if (line.type !== 'cleanup-needed' || gone.has(line.changeSet.name)) continue;
    const age = now - Date.parse(line.time);
    if (age < YOUNG_MS || age > OLD_MS) continue;
    const task: CleanupTask = { argv: line.argv, cwd: line.cwd, changeSet: line.changeSet };
    const failure = await cleanUp({ workerPath, execPath, env: process.env }, task);
    if (failure) failed.push({ task, failure });
    else record({ type: 'cleanup-done', id: line.id, changeSet: line.changeSet.name });
  }
  return failed;
}
