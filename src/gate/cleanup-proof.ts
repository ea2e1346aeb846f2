import { createHmac } from 'node:crypto';

import canonicalize from 'canonicalize';

import type { CleanupTask } from '../preview/preview';
import { same } from './proof';

/** That this installation wrote a task down: HMAC-SHA-256 (hex) over all of it, with a secret that is not on disk beside it. */
export function cleanupProof(key: string, { argv, cwd, changeSet }: CleanupTask): string {
  return createHmac('sha256', key).update(canonicalize({ argv, cwd, changeSet: { name: changeSet.name, stack: changeSet.stack, region: changeSet.region } }) ?? '').digest('hex');
}

/** Whether a task is word for word one that this installation wrote. Without a key nothing is. */
export const isProven = (key: string, task: CleanupTask, proof: string | undefined): boolean => key !== '' && proof !== undefined && same(proof, cleanupProof(key, task));
