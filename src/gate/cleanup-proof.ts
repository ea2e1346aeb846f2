import { createHmac, timingSafeEqual } from 'node:crypto';

import canonicalize from 'canonicalize';

import type { CleanupTask } from '../preview/preview';

/** That this installation wrote a task down: HMAC-SHA-256 (hex) over all of it, with a secret that is not on disk beside it. */
export function cleanupProof(key: string, { argv, cwd, changeSet }: CleanupTask): string {
  return createHmac('sha256', key).update(canonicalize({ argv, cwd, changeSet: { name: changeSet.name, stack: changeSet.stack, region: changeSet.region } }) ?? '').digest('hex');
}

/** Whether a task is word for word one that this installation wrote. Without a key nothing is. */
export function isProven(key: string, task: CleanupTask, proof: string | undefined): boolean {
  if (key === '' || proof === undefined) return false;
  const [given, due] = [Buffer.from(proof), Buffer.from(cleanupProof(key, task))];
  return given.length === due.length && timingSafeEqual(given, due);
}
