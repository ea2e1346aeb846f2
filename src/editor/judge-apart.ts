import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FileOperation, FileText } from '../detect/file';
import { readAnswer, type JudgeRequest } from '../detect/file-messages';

/** A text longer than this takes long enough to be felt while typing. */
export const LONG_TEXT = 48 * 1024;
const LIMIT_MS = 30_000;
/** A judgement that nobody waits for any more is ended after so long: a new thread is there sooner than its end. */
const OUTDATED_MS = 1000;

/** The thread for long texts. It starts with the first one, stays for the next, and is started anew when it failed or took too long. */
export interface JudgeThread {
  /**
   * Judges a text, after those that were given before. A newer text of the same file takes the place of an older one.
   * @returns undefined when a newer text came.
   * @throws when the thread fails or takes too long; the next text has a new one.
   */
  judge(file: FileText): Promise<readonly FileOperation[] | undefined>;
  /** Ends the thread with all that waits for it. */
  end(): void;
}

interface Job {
  readonly request: JudgeRequest;
  readonly resolve: (found: readonly FileOperation[] | undefined) => void;
  readonly reject: (error: Error) => void;
  /** A newer text of its file came, or the thread ended. */
  outdated: boolean;
}

/** @param script where the thread's program is. */
export function createJudgeThread(
  script = path.join(__dirname, 'judge-worker.js'),
  { limitMs = LIMIT_MS, outdatedMs = OUTDATED_MS } = {},
): JudgeThread {
  const waiting: Job[] = [];
  let thread: Worker | undefined;
  let current: Job | undefined;
  let timer: NodeJS.Timeout | undefined;
  let count = 0;

  const next = (): void => {
    clearTimeout(timer);
    current = waiting.shift();
    if (current === undefined) return;
    thread ??= start();
    timer = setTimeout(() => stop('it took longer than is waited for to judge this text'), limitMs);
    thread.postMessage(current.request);
  };
  /** Ends the thread, whatever it does; what waits has a new one. */
  const stop = (why: string): void => {
    void thread?.terminate();
    thread = undefined;
    settle((job) => job.reject(new Error(why)));
  };
  /** The current judgement is over. */
  const settle = (how: (job: Job) => void): void => {
    const job = current;
    current = undefined;
    if (job?.outdated) job.resolve(undefined);
    else if (job) how(job);
    next();
  };
  const start = (): Worker => {
    const worker = new Worker(script, { env: {}, resourceLimits: { maxOldGenerationSizeMb: 512 } });
    // It must not keep the process alive by itself.
    worker.unref();
    worker.on('message', (value: unknown) => {
      if (worker !== thread) return;
      const answer = readAnswer(value);
      if (answer === undefined || answer.id !== current?.request.id) return stop('the thread gave an answer that is none');
      settle((job) => ('found' in answer ? job.resolve(answer.found) : job.reject(new Error(answer.failed))));
    });
    const failed = (why: string): void => {
      if (worker === thread) stop(why);
    };
    worker.once('error', (error: unknown) => failed(error instanceof Error ? error.message : String(error)));
    worker.once('exit', (code) => failed(`the thread ended with ${code}`));
    return worker;
  };
  /** A newer text takes the place of the older ones of its file. */
  const outdate = (file: string): void => {
    for (const job of waiting.filter((w) => w.request.file.path === file)) {
      waiting.splice(waiting.indexOf(job), 1);
      job.resolve(undefined);
    }
    if (current?.request.file.path !== file || current.outdated) return;
    current.outdated = true;
    clearTimeout(timer);
    timer = setTimeout(() => stop('outdated'), outdatedMs);
  };
  return {
    judge(file) {
      outdate(file.path);
      return new Promise((resolve, reject) => {
        waiting.push({ request: { id: ++count, file }, resolve, reject, outdated: false });
        if (current === undefined) next();
      });
    },
    end() {
      for (const job of waiting.splice(0)) job.resolve(undefined);
      if (current) current.outdated = true;
      stop('ended');
    },
  };
}
