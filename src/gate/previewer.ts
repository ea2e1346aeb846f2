import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { shWord } from '../model/sh-quote';
import type { LedgerRecord } from '../ledger/record';
import type { History } from '../ledger/history';
import type { Kept } from '../model';
import { cleanUp, readState, startPreview, type CleanupTask } from '../preview/preview';
import type { Failure, Note, PreviewRequest } from '../preview/request';
import { deployedTemplate } from './deployed-template';
import { deputyFor, type Asked } from './deputy';
import type { PreviewJob, PreviewOutcome, Previewer } from './gatekeeper';
import { readMemory, remember } from './memory';
import { isProven, cleanupProof } from './cleanup-proof';

export interface PreviewerOptions {
  /** The bundle `preview-worker.js`. */
  readonly workerPath: string;
  /** Node, or Electron's binary. */
  readonly execPath: string;
  /** The folder in which each preview gets one of its own for its temporary files. */
  readonly temporary: string;
  /** The folder in which what stood before an approved run stays. */
  readonly kept: string;
  /** The file in which previews note what the next one should know. */
  readonly memory: string;
  /** Folders in which deploy scripts may say which template a stack is made from. */
  readonly folders: () => readonly string[];
  /** The window's own environment: what a preview would execute beyond it is asked about first. Absent where the preview is made by whoever asks. */
  readonly own?: Readonly<Record<string, string | undefined>>;
  readonly record: (record: LedgerRecord) => void;
  /** The secret of this installation, with which it can prove later what it wrote down. Absent: it can't, and what is left behind is removed by hand. */
  readonly key?: () => string;
  readonly log: (line: string) => void;
}

/** Makes previews in a process of their own, with the held command's environment, and keeps note of what must be removed again. */
export function createPreviewer(options: PreviewerOptions): Previewer {
  const { workerPath, execPath, record, log, temporary } = options;
  /** The folders that stay after their preview, because something in them is for the run, by hold. */
  const open = new Map<string, { readonly folder: string; readonly kept: readonly Kept[] }>();
  /** What contradicts the memory waits here for a yes. */
  const doubts = new Map<string, Note>();
  const note = ({ key, value }: Note): void => {
    try {
      remember(options.memory, key, value);
    } catch (error) {
      log(`What the next preview should know could not be noted: ${String(error)}`);
    }
  };
  const discard = (holdId: string): void => {
    doubts.delete(holdId);
    const folder = open.get(holdId)?.folder;
    open.delete(holdId);
    if (folder !== undefined) removeFolder(folder, log);
  };
  /** What a person let previews of this window execute, and for which hold somebody was asked. */
  const agreed = new Set<string>();
  const askedFor = new Map<string, readonly Asked[]>();
  const consentTo = ({ what, contents }: Asked): string => `${what}\n${contents}`;
  const deputy = (job: PreviewJob): { readonly env: PreviewJob['env']; readonly asks: readonly Asked[] } => {
    if (options.own === undefined) return { env: job.env, asks: [] };
    const { env, asks } = deputyFor(job.command, job.env, options.own);
    return { env, asks: asks.filter((asked) => !agreed.has(consentTo(asked))) };
  };
  const place = (env: PreviewJob['env']): { workerPath: string; execPath: string; env: PreviewJob['env'] } => ({ workerPath, execPath, env });
  const base = (job: PreviewJob): Pick<PreviewRequest, 'operation' | 'argv' | 'cwd' | 'executable' | 'timeoutMs'> => ({
    operation: job.operation, argv: job.command.argv, cwd: job.command.cwd, executable: job.command.executable, timeoutMs: job.timeoutMs,
  });
  return {
    start(job, holdId, onProgress) {
      let cancelled = false;
      let running: ReturnType<typeof startPreview> | undefined;
      // A yes to the programs is no yes to what the dry run itself would execute.
      const forPrograms = job.allowExecution ? askedFor.get(holdId) : undefined;
      for (const asked of forPrograms ?? []) agreed.add(consentTo(asked));
      askedFor.delete(holdId);
      const allowExecution = job.allowExecution && forPrograms === undefined;
      const { env, asks } = deputy(job);
      const asksFirst = asks.length > 0 && job.mode === 'live';
      if (asksFirst) askedFor.set(holdId, asks);
      discard(holdId);
      const folder = path.join(temporary, `${process.pid}-${randomBytes(8).toString('hex')}`);
      const begin = async (): Promise<PreviewOutcome> => {
        // A plan may hold secrets in clear text: closed to everybody else.
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const deployed = await deployedTemplate(job.operation, [job.command.cwd, ...options.folders()]);
        const inputs = copiesOf(job, folder);
        if (cancelled) return { kind: 'failed', message: 'The preview was cancelled. The command is still held.' };
        running = startPreview({
          ...place(env),
          request: {
            kind: 'preview', ...base(job), memory: readMemory(options.memory), mode: asksFirst ? 'offline' : job.mode, allowExecution, folder, ...inputs,
            changeSetName: `holdpoint-${holdId.replace(/[^A-Za-z0-9-]/g, '')}-${randomBytes(4).toString('hex')}`,
            ...(deployed ? { deployedTemplate: deployed.text, deployedTemplateFrom: deployed.from } : {}),
          },
          onProgress,
          onRead: (input) => job.snapshot?.add(input),
          onMustCleanUp: (task) => record({ type: 'cleanup-needed', id: holdId, ...task, ...(options.key && { proof: cleanupProof(options.key(), task) }) }),
          onCleanedUp: (task) => record({ type: 'cleanup-done', id: holdId, changeSet: task.changeSet.name }),
        });
        const result = await running.result;
        if (asksFirst) return { kind: 'asks-consent', executions: asks.map(({ what }) => ({ kind: 'program' as const, subject: what, text: what })), ...(result.kind === 'failed' ? result.standIn && { standIn: result.standIn } : { standIn: result.blastRadius }) };
        if (result.kind === 'failed') return { kind: 'failed', message: result.failure.message, standIn: result.standIn };
        if (result.asks) return { kind: 'asks-consent', executions: result.asks, standIn: result.blastRadius };
        const { prepared, kept = [] } = result;
        if (result.note?.doubtful) doubts.set(holdId, result.note);
        else if (result.note) note(result.note);
        if ((prepared === undefined && kept.length === 0) || cancelled) return { kind: 'done', blastRadius: result.blastRadius };
        open.set(holdId, { folder, kept });
        return { kind: 'done', blastRadius: result.blastRadius, ...(prepared && { prepared }) };
      };
      const result = begin().finally(() => {
        removeFolder(path.join(folder, INPUTS), log);
        if (open.get(holdId)?.folder !== folder) removeFolder(folder, log);
      });
      return {
        result,
        cancel() {
          cancelled = true;
          running?.cancel().catch((error: unknown) => log(`a preview could not be cancelled: ${String(error)}`));
        },
      };
    },
    keep(holdId) {
      const doubt = doubts.get(holdId);
      if (doubt) note(doubt);
      const { folder, kept } = open.get(holdId) ?? { folder: '', kept: [] };
      if (kept.length === 0) return [];
      const place = path.join(options.kept, holdId);
      mkdirSync(place, { recursive: true, mode: 0o700 });
      return kept.map((file) => {
        // Only what the preview wrote into its own folder.
        if (path.dirname(file.path) !== path.join(folder, 'kept')) throw new Error(`${file.path} is not a file of this preview`);
        const to = path.join(place, path.basename(file.path));
        copyFileSync(file.path, to);
        return { path: to, what: file.what };
      });
    },
    discard,
    async readState(job) {
      const { env, asks } = deputy(job);
      if (asks.length > 0) return { ok: false, why: `${asks.map(({ what }) => what).join(', ')} would be executed for it, and nobody agreed to that in this window. Preview it again.` };
      const folder = path.join(temporary, `${process.pid}-${randomBytes(8).toString('hex')}`);
      const request = { kind: 'state', ...base(job), ...(job.prepared && { prepared: { argv: job.prepared.argv } }), ...copiesOf(job, folder) } as const;
      const state = await readState(place(env), request).finally(() => removeFolder(folder, log));
      return 'stateDigest' in state ? { ok: true, stateDigest: state.stateDigest } : { ok: false, why: state.failure.message };
    },
  };
}

/** The folder within a preview's own in which the command's files are, as the question has them. */
const INPUTS = 'inputs';

/** Puts the files of a question into a closed folder for its preview. */
function copiesOf({ snapshot }: PreviewJob, folder: string): Pick<PreviewRequest, 'inputs'> {
  const contents = snapshot?.contents();
  if (contents === undefined || contents.size === 0) return {};
  const at = path.join(folder, INPUTS);
  mkdirSync(at, { recursive: true, mode: 0o700 });
  const inputs: Record<string, string | null> = {};
  for (const [file, content] of contents) {
    const copy = content === undefined ? null : path.join(at, String(Object.keys(inputs).length));
    if (copy !== null && content !== undefined) writeFileSync(copy, content, { mode: 0o600, flag: 'wx' });
    inputs[file] = copy;
  }
  return { inputs };
}

function removeFolder(folder: string, log: (line: string) => void): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    log(`The temporary folder ${folder} of a preview could not be removed: ${String(error)}`);
  }
}

/**
 * Removes the temporary folders of processes that are gone: a crash leaves its plan files behind.
 * @param temporary as given to the previewer.
 * @returns how many there were.
 */
export function sweepFolders(temporary: string, alive: (pid: number) => boolean, log: (line: string) => void): number {
  let names: string[] = [];
  try {
    names = readdirSync(temporary);
  } catch {
    return 0;
  }
  const left = names.filter((name) => /^\d+-[0-9a-f]{16}$/.test(name) && !alive(Number.parseInt(name, 10)));
  for (const name of left) removeFolder(path.join(temporary, name), log);
  return left.length;
}

/** How long what stood before an approved run stays: past every recovery window that is counted in days. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

/** Removes what was kept before runs that are long over. @param kept as given to the previewer. @returns how many there were. */
export function sweepKept(kept: string, log: (line: string) => void, now = Date.now()): number {
  let names: string[] = [];
  try {
    names = readdirSync(kept).filter((name) => /^h-[0-9a-f]{8}$/.test(name) && now - statSync(path.join(kept, name)).mtimeMs > KEPT_MS);
  } catch {
    return 0;
  }
  for (const name of names) removeFolder(path.join(kept, name), log);
  return names.length;
}

/** A change set younger than this belongs to a preview that may still run in another window. */
const YOUNG_MS = 10 * 60 * 1000;
/** What is older was given up: its credentials are gone, and it was told each time. */
const OLD_MS = 14 * 24 * 60 * 60 * 1000;

export interface LeftBehind {
  readonly task: CleanupTask;
  readonly failure: Failure;
}

/** What a preview calls its change sets; nothing of another name is ever removed. */
const OUR_NAME = /^holdpoint-[A-Za-z0-9-]{1,110}$/;
/** These name another configuration, whose profiles may start programs: an old task is done with the user's own. */
const OTHER_CONFIGURATION = /^(?:AWS_CONFIG_FILE|AWS_SHARED_CREDENTIALS_FILE)$/i;

/**
 * Removes change sets that an earlier window left behind, one after the other. The record can be written by others, so only what
 * this installation proves to have written itself is touched, and only while the record is intact.
 * @param history of the record.
 * @returns what is still there, with why and the command that removes it by hand.
 */
export async function removeLeftovers(history: History, { workerPath, execPath, record, key }: Pick<PreviewerOptions, 'workerPath' | 'execPath' | 'record' | 'key'>, now = Date.now()): Promise<readonly LeftBehind[]> {
  const failed: LeftBehind[] = [];
  const isDue = ({ time }: { readonly time: string }): boolean => now - Date.parse(time) >= YOUNG_MS && now - Date.parse(time) <= OLD_MS;
  if (![...(await history.now()).state.leftovers.values()].some(isDue)) return [];
  const { state: { leftovers }, problems } = await history.whole();
  const left = [...leftovers.values()].filter(isDue);
  const ok = problems.length === 0;
  for (const line of left) {
    const task: CleanupTask = { argv: line.argv, cwd: line.cwd, changeSet: line.changeSet };
    const why = !ok ? 'the record is broken'
      : !OUR_NAME.test(task.changeSet.name) ? 'it has no name of a preview'
      : isProven(key?.() ?? '', task, line.proof) ? undefined : 'it is not proven that this editor made it';
    if (why !== undefined) {
      failed.push({ task, failure: byHand(task, why) });
      continue;
    }
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OTHER_CONFIGURATION.test(name)));
    const failure = await cleanUp({ workerPath, execPath, env }, task);
    if (failure) failed.push({ task, failure });
    else record({ type: 'cleanup-done', id: line.id, changeSet: line.changeSet.name });
  }
  return failed;
}

function byHand({ changeSet: { name, stack, region } }: CleanupTask, why: string): Failure {
  return { kind: 'refused', message: `It was not removed, because ${why}. If it is one of yours: aws ${['cloudformation', 'delete-change-set', '--region', region, '--stack-name', stack, '--change-set-name', name].map(shWord).join(' ')}` };
}
