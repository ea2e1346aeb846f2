import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import type { Discovery } from './protocol';

/** What only this once is said. */
export function nonce(): string {
  return randomBytes(16).toString('hex');
}

/** Proves that its maker knows the window's token, without saying it. @param who whose proof it is: one side's is never the other's. */
export function proofOf(token: string, who: 'gate' | 'client', said: string): string {
  return createHmac('sha256', token).update(`${who} ${said}`).digest('hex');
}

/** Compares in constant time, whatever the lengths. */
export function same(given: string, wanted: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}

/** The name under which a gate stands in the record: another process, another socket or another token is another gate. */
export function gateName({ pid, socket, token }: Pick<Discovery, 'pid' | 'socket' | 'token'>): string {
  return createHash('sha256').update(`${pid}\n${socket}\n${token}`).digest('hex').slice(0, 32);
}
