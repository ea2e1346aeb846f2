import { statSync } from 'node:fs';

import { isMoved } from '../preview/input-file';
import { monotonicMs } from './protocol';
import type { Release, Reply } from './requester';

/** What keeps a command from being started though a gate let it go. */
export type NoStart =
  /** The gate is told, and asks anew. */
  | { readonly kind: 'tell'; readonly message: Extract<Reply, { readonly type: 'moved' | 'late' }> }
  | { readonly kind: 'end'; readonly lines: readonly string[] };

/** The last look before a start, the same for every way to a yes. @returns undefined when it may start. */
export function noStart({ until, inputs }: Pick<Release, 'until' | 'inputs'>, cwd: string): NoStart | undefined {
  if (monotonicMs() > until) return { kind: 'tell', message: { type: 'late' } };
  if (!isHere(cwd)) return { kind: 'end', lines: [`Holdpoint: the folder ${cwd} was moved or replaced while the command waited.`, 'It was not run. Run it again.'] };
  const moved = inputs.find(isMoved);
  return moved && { kind: 'tell', message: { type: 'moved', path: moved.path } };
}

/**
 * Whether this process still stands in the folder of that path. The gate judged files by their path; a folder that was
 * exchanged for another one under the same name would give the tool other files.
 */
function isHere(cwd: string): boolean {
  try {
    const here = statSync('.', { bigint: true });
    const there = statSync(cwd, { bigint: true });
    return here.dev === there.dev && here.ino === there.ino;
  } catch {
    return false;
  }
}
