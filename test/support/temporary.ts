import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const forTest: string[] = [];
const forProcess: string[] = [];
let inTest = false;

/**
 * A folder of its own for whoever asks, by its real path. One that a test or a hook around each test asked for goes with the test;
 * any other goes with the process.
 * @param name the beginning of its name.
 * @param lasts it goes with the process whoever asked: the tests of a file share it.
 */
export function temporary(name = 'hp-', lasts = false): string {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), name)));
  (inTest && !lasts ? forTest : forProcess).push(folder);
  return folder;
}

function remove(folders: string[]): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

// Hooks outside of any suite: the first before all others of a test, and the last after them. A script that uses this has none.
if (typeof beforeEach === 'function') {
  beforeEach(() => {
    inTest = true;
  });
  afterEach(() => {
    inTest = false;
    remove(forTest);
  });
}
process.on('exit', () => remove([...forTest, ...forProcess]));
