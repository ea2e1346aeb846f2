import { closeSync, fstatSync, openSync, statSync, writeSync } from 'node:fs';
import tty from 'node:tty';

import { oneLine } from '../model/visible';

/**
 * Writes lines to standard error, each fit for a terminal whoever said it. Not through `process.stderr`: that would switch a pipe, which the tool and others write to
 * as well, to non-blocking for all of them.
 */
export function print(lines: readonly string[]): void {
  if (lines.length > 0) write(2, `${lines.map(oneLine).join('\n')}\n`);
}

/** Writes a text to a descriptor, whole. */
export function write(fd: 1 | 2, text: string): void {
  let rest = Buffer.from(text);
  for (let tries = 0; rest.length > 0 && tries < 1000; tries++) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
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

/** What stands behind this process's standard input, which the tool inherits; what can't be told counts as a pipe. */
export function stdinKind(): 'terminal' | 'pipe' | 'file' | 'none' {
  if (tty.isatty(0)) return 'terminal';
  try {
    const input = fstatSync(0);
    if (input.isFile()) return 'file';
    return input.isCharacterDevice() && process.platform !== 'win32' && input.rdev === statSync('/dev/null').rdev ? 'none' : 'pipe';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EBADF' ? 'none' : 'pipe';
  }
}

/** Ends this process with a word to the person. */
export function end(code: number, lines: readonly string[]): void {
  print(lines);
  process.exit(code);
}
