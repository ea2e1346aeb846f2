import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, unlinkSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';

const WAIT_MS = 2000;
const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Runs something while no other process of this user does so under the same lock file.
 * The lock file appears whole (a link to a finished file), so its owner can always be read; the file of a dead owner is
 * taken away by renaming, which only one of several can do.
 * @returns the result, or a sentence when the lock could not be had within 2 seconds.
 */
export function withLock<T>(file: string, action: () => T): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string } {
  const mine = `${process.pid} ${randomBytes(8).toString('hex')}`;
  const own = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    const fd = openSync(own, 'wx', 0o600);
    const written = writeSync(fd, mine);
    closeSync(fd);
    if (written !== Buffer.byteLength(mine)) throw new Error('the disk is full');
  } catch (error) {
    rmSync(own, { force: true });
    return { ok: false, why: `the ledger's lock can't be made: ${error instanceof Error ? error.message : String(error)}` };
  }
  try {
    if (!take(file, own)) return { ok: false, why: `the ledger is in use by another process for more than ${WAIT_MS / 1000} s (${file})` };
    try {
      return { ok: true, value: action() };
    } finally {
      // Only our own lock is let go: somebody may have taken us for dead.
      if (read(file) === mine) unlinkSync(file);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

function take(file: string, own: string): boolean {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    try {
      linkSync(own, file);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = read(file);
    if (owner !== undefined && !alive(Number(owner.split(' ')[0]))) breakLock(file, owner);
    else if (Date.now() > end) return false;
    else Atomics.wait(pause, 0, 0, 1 + Math.random() * 4);
  }
}

/** Takes a dead owner's lock away; if another process was quicker and holds it now, gives it back. */
function breakLock(file: string, owner: string): void {
  const aside = `${file}.${process.pid}.dead`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) !== owner) {
    try {
      linkSync(aside, file);
    } catch {
      // A third one holds it meanwhile; the one we disturbed sees that its lock is not its own any more.
    }
  }
  rmSync(aside, { force: true });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function alive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
