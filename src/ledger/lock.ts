import { randomBytes } from 'node:crypto';
import { closeSync, linkSync, openSync, readdirSync, readFileSync, rmSync, statSync, unlinkSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { processStat } from '../model/process-stat';

export type Locked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

const WAIT_MS = 2000;
/** An owner about whose life nothing can be told (another machine, no start time) is given up after this. An append takes milliseconds. */
const OLD_MS = 60_000;
/** Systems without hard links: then the lock is a file of its own. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK']);
const pause = new Int32Array(new SharedArrayBuffer(4));
const host = os.hostname().replaceAll(' ', '_');
let ownStart: string | undefined;

/**
 * Runs something while no other process of this user does so under the same lock file.
 * @param action is given a function that tells whether the lock is still held: to be asked before what can't be taken back.
 * @returns the result, or a sentence when the lock could not be had within 2 seconds.
 * @throws what `action` throws.
 */
export function withLock<T>(file: string, action: (held: () => boolean) => T): Locked<T> {
  const token = randomBytes(12).toString('hex');
  const mine = `${process.pid} ${token} ${(ownStart ??= startOf(process.pid) ?? '-')} ${host}`;
  const own = `${file}.${token}`;
  try {
    writeWhole(own, mine);
  } catch (error) {
    rmSync(own, { force: true });
    return { ok: false, why: `the ledger's lock can't be made: ${error instanceof Error ? error.message : String(error)}` };
  }
  try {
    const blocker = take(file, own, mine);
    if (blocker !== undefined) return { ok: false, why: `the ledger has been in use for more than ${WAIT_MS / 1000} s by process ${blocker.split(' ')[0] || 'unknown'} (${file})` };
    try {
      return { ok: true, value: action(() => read(file) === mine) };
    } finally {
      // Only our own lock is let go: somebody may have given us up.
      if (read(file) === mine) unlinkSync(file);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** Takes the lock; gives who has it when it can't be had in time. */
function take(file: string, own: string, mine: string): string | undefined {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    if (place(file, own, mine)) return undefined;
    const owner = read(file);
    const broken = owner !== undefined && isDead(owner, file) && breakLock(file, owner, own, mine);
    if (Date.now() > end) return owner ?? '';
    if (!broken) Atomics.wait(pause, 0, 0, 1 + Math.random() * 4);
  }
}

/**
 * Takes a dead owner's lock away. Two that try this at once must not take away the lock that a third has got meanwhile, so
 * there is one breaker for one dead owner: who has made the breaker's file. A breaker that died is followed by the next.
 */
function breakLock(file: string, owner: string, own: string, mine: string): boolean {
  const token = owner.split(' ')[1] ?? 'unknown';
  for (let level = 0; level < 100; level++) {
    const breaker = `${file}.break-${token}-${level}`;
    if (!place(breaker, own, mine)) {
      const other = read(breaker);
      if (other === undefined || !isDead(other, breaker)) return false;
      continue;
    }
    // The dead owner can't, and no other breaker may: from here to the end nobody else takes this lock away.
    if (read(file) === owner) unlinkSync(file);
    for (let l = level; l >= 0; l--) rmSync(`${file}.break-${token}-${l}`, { force: true });
    sweep(file);
    return true;
  }
  return false;
}

/** Makes a file that appears with its content, or not at all; false when there is one already. */
function place(file: string, own: string, content: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === undefined || !NO_LINKS.has(code)) throw error;
  }
  try {
    writeWhole(file, content);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function writeWhole(file: string, content: string): void {
  const fd = openSync(file, 'wx', 0o600);
  try {
    if (writeSync(fd, content) !== Buffer.byteLength(content)) throw new Error('the disk is full');
  } finally {
    closeSync(fd);
  }
}

function isDead(owner: string, file: string): boolean {
  const [pid, , start, on] = owner.split(' ');
  if (on === host) {
    if (!alive(Number(pid))) return true;
    const now = startOf(Number(pid));
    // A number is given out again after a restart: the same number with another start is another process.
    if (start !== '-' && now !== undefined) return now !== start;
  }
  try {
    return Date.now() - statSync(file).mtimeMs > OLD_MS;
  } catch {
    return false;
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

/** When a process began, in the system's own count; undefined where the system does not tell. */
function startOf(pid: number): string | undefined {
  try {
    return processStat(readFileSync(`/proc/${pid}/stat`, 'utf8')).start;
  } catch {
    return undefined;
  }
}

/** Removes what processes that were killed while they waited have left. */
function sweep(file: string): void {
  const name = `${path.basename(file)}.`;
  for (const entry of readdirSync(path.dirname(file))) {
    if (!entry.startsWith(name)) continue;
    const left = path.join(path.dirname(file), entry);
    const owner = read(left);
    if (owner !== undefined && isDead(owner, left)) rmSync(left, { force: true });
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
