import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { CleanupTask } from '../preview/preview';
import type { Home } from './home';

/** A note younger than this belongs to a preview that may still run in another window. */
const YOUNG_MS = 10 * 60 * 1000;

const folder = (home: Home): string => path.join(home.dir, 'cleanup');
const fileOf = (home: Home, task: CleanupTask): string =>
  path.join(folder(home), `${createHash('sha256').update(`${task.changeSet.stackId} ${task.changeSet.name}`).digest('hex').slice(0, 32)}.json`);

/** Keeps on disk what must be removed even if this process ends. It holds no credential. */
export function note(home: Home, task: CleanupTask): void {
  mkdirSync(folder(home), { recursive: true, mode: 0o700 });
  const file = fileOf(home, task);
  writeFileSync(`${file}.new`, JSON.stringify(task), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function forget(home: Home, task: CleanupTask): void {
  rmSync(fileOf(home, task), { force: true });
}

/** What earlier windows left to be removed; a note that can't be read is left where it is. */
export function noted(home: Home, now = Date.now()): CleanupTask[] {
  let names: string[];
  try {
    names = readdirSync(folder(home)).filter((n) => n.endsWith('.json'));
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    try {
      const file = path.join(folder(home), name);
      if (now - statSync(file).mtimeMs < YOUNG_MS) return [];
      const task = JSON.parse(readFileSync(file, 'utf8')) as CleanupTask;
      const whole = Array.isArray(task.argv) && task.argv.every((a) => typeof a === 'string') && typeof task.cwd === 'string' &&
        typeof task.changeSet?.name === 'string' && typeof task.changeSet.stackId === 'string' && typeof task.changeSet.region === 'string';
      return whole ? [task] : [];
    } catch {
      return [];
    }
  });
}
