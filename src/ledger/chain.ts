import { createHash } from 'node:crypto';

import canonicalize from 'canonicalize';

import type { LedgerLine, LedgerRecord } from './record';

/** What the first line's `prev` is: there is nothing before it. */
export const GENESIS = '0'.repeat(64);

/** Makes the next line of a chain, without its line end. */
export function nextLine(record: LedgerRecord, seq: number, prev: string, time: string): { readonly text: string; readonly hash: string } {
  // Undefined members don't exist in JSON: take them out before hashing, as a reader will not see them.
  const body = JSON.parse(JSON.stringify({ ...record, seq, time, prev })) as object;
  const hash = createHash('sha256').update(canonicalize(body) ?? '').digest('hex');
  return { text: canonicalize({ ...body, hash }) ?? '', hash };
}

/** Reads one line and checks it against the one before; gives the line, or what is wrong with it. */
export function checkLine(text: string, seq: number, prev: string): { readonly line: LedgerLine } | { readonly what: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { what: 'is not JSON' };
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return { what: 'is not a record' };
  const { hash, ...body } = parsed as Record<string, unknown>;
  if (hash !== createHash('sha256').update(canonicalize(body) ?? '').digest('hex')) return { what: 'was changed: its hash does not fit its content' };
  // Another spelling of the same JSON (white space, order of members) hashes alike and is a change all the same.
  if (canonicalize(parsed) !== text) return { what: 'was rewritten: it is not in canonical form' };
  if (body['seq'] !== seq) return { what: `has number ${String(body['seq'])} where ${seq} was due: lines were removed, added or reordered` };
  if (body['prev'] !== prev) return { what: 'does not follow from the line before it' };
  return { line: parsed as LedgerLine };
}
