/** Judges long texts away from the editor's own thread. Started with the first of them; it stays for the next. */
import path from 'node:path';
import { parentPort } from 'node:worker_threads';

import { operationsOf } from './detect/file';
import { readRequest, type JudgeAnswer } from './detect/file-messages';
import { diskContext } from './preview/disk-context';

parentPort?.on('message', (value: unknown) => {
  const request = readRequest(value);
  if (request === undefined) throw new Error('this is no text to be judged');
  parentPort?.postMessage(answerTo(request.id, () => operationsOf(request.file, diskContext(path.dirname(request.file.path)))));
});

function answerTo(id: number, judge: () => ReturnType<typeof operationsOf>): JudgeAnswer {
  try {
    return { id, found: judge() };
  } catch (error) {
    return { id, failed: error instanceof Error ? error.message : String(error) };
  }
}
