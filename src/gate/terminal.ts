import { closeSync, openSync, writeSync } from 'node:fs';
import tty from 'node:tty';

import { oneLine } from '../model/visible';

/**
 * Writes lines to standard error, each fit for a terminal whoever said it. Not through `process.stderr`: that would switch a pipe, which the tool and others write to
 * as well, to non-blocking for all of them.
 */
export function print(lines: readonly string[]): void {
  if (lines.length === 0) return;
  let rest = Buffer.from(`${lines.map(oneLine).join('\n')}\n`);
  for (let tries = 0; rest.length > 0 && tries < 1000; tries++) {
    try {
      rest = rest.subarray(writeSync(2, rest));
    } catch (error) {
      // Somebody else made it non-blocking, and it is full; anything else means that nobody reads it.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** Whether a terminal stands behind this process, wherever its input and output go. */
export function hasTerminal(): boolean {
  if (process.platform === 'win32') return tty.isatty(2);
  try {
    closeSync(openSync('/dev/tty', 'r+'));
    return true;
  } catch {
    return false;
  }
}

/** Ends this process with a word to the person. */
export function end(code: number, lines: readonly string[]): void {
  print(lines);
  process.exit(code);
}
