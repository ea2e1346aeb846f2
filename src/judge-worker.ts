/** Judges one long text away from the editor's own thread. Started for one judgement; ended with it. */
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

import { detectFile, marksOf } from './detect/file';
import { isCompared, type FileKind } from './detect/file-kind';
import { diskContext } from './preview/disk-context';

const { kind, file, text, head } = workerData as { kind: FileKind; file: string; text: string; head: string | undefined };
const context = diskContext(path.dirname(file));
parentPort?.postMessage(isCompared(kind) ? marksOf(kind, head, text, { path: file, context }) : detectFile(kind, file, text, context));
