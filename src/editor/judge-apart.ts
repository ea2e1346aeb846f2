import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FileKind } from '../detect/file-kind';

/** A text longer than this takes long enough to be felt while typing. */
export const LONG_TEXT = 48 * 1024;
const LIMIT_MS = 30_000;

const running = new Map<string, Worker>();

/**
 * Judges a long text in a thread of its own. A newer text of the same file ends the older judgement.
 * @returns what `detectFile` or `marksOf` gives; undefined when it was outdated.
 * @throws when the thread fails or takes too long.
 */
export function judgeApart<T>(kind: FileKind, file: string, text: string, head: string | undefined, script = path.join(__dirname, 'judge-worker.js')): Promise<T | undefined> {
  void running.get(file)?.terminate();
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: { kind, file, text, head }, env: {}, resourceLimits: { maxOldGenerationSizeMb: 512 } });
    running.set(file, worker);
    const timer = setTimeout(() => {
      reject(new Error('it took longer than 30 seconds to judge'));
      void worker.terminate();
    }, LIMIT_MS);
    worker.once('message', (result: T) => {
      resolve(result);
      void worker.terminate();
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      clearTimeout(timer);
      if (running.get(file) === worker) running.delete(file);
      resolve(undefined);
    });
  });
}

/** Ends every judgement that is under way. */
export function endJudgements(): void {
  for (const worker of running.values()) void worker.terminate();
  running.clear();
}
