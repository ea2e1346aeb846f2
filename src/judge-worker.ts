/** Judges one long text away from the editor's own thread. Started for one judgement; ended with it. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

import { detectFile, marksOf } from './detect/file';
import { isCompared, type FileKind } from './detect/file-kind';

const { kind, file, text, head } = workerData as { kind: FileKind; file: string; text: string; head: string | undefined };
const context = {
  cwd: path.dirname(file), home: os.homedir(),
  readFile: (name: string): string | undefined => {
    try {
      return statSync(name).size > 1024 * 1024 ? undefined : readFileSync(name, 'utf8');
    } catch {
      return undefined;
    }
  },
  namesIn: (folder: string): readonly string[] | undefined => {
    try {
      return readdirSync(folder);
    } catch {
      return undefined;
    }
  },
};
parentPort?.postMessage(isCompared(kind) ? marksOf(kind, head, text, { path: file, context }) : detectFile(kind, file, text, context));
