import { createHash, randomBytes } from 'node:crypto';

import canonicalize from 'canonicalize';

import { visibleJson } from '../model/visible';
import type { LedgerLine, LedgerRecord } from './record';

/** What the first line's `prev` is: the id of the chain, so that two records never begin alike. */
export function newChain(): string {
  return randomBytes(32).toString('hex');
}

/**
 * Makes the next line of a chain, without its line end. What is hidden in its texts stands there as an escape, so that nobody who reads
 * the file is shown something else; the hash is that of the canonical form, which the escapes read as.
 */
export function nextLine(record: LedgerRecord, seq: number, prev: string, time: string): { readonly text: string; readonly hash: string } {
  // Undefined members don't exist in JSON: take them out before hashing, as a reader will not see them.
  const body = JSON.parse(JSON.stringify({ ...record, seq, time, prev })) as object;
  const hash = createHash('sha256').update(canonicalize(body) ?? '').digest('hex');
  return { text: visibleJson(canonicalize({ ...body, hash }) ?? ''), hash };
}

/** Where a line must stand; without `prev` it is the first of all or of those that were read. */
export interface Due {
  readonly seq: number | undefined;
  readonly prev: string | undefined;
}

/** Reads one line and checks it against the one before; gives the line, or what is wrong with it. Never throws. */
export function checkLine(bytes: Buffer, due: Due): { readonly line: LedgerLine } | { readonly what: string } {
  try {
    const parsed = JSON.parse(bytes.toString('utf8')) as unknown;
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return { what: 'is not a record' };
    const { hash, ...body } = parsed as Record<string, unknown>;
    if (hash !== createHash('sha256').update(canonicalize(body) ?? '').digest('hex')) return { what: 'was changed: its hash does not fit its content' };
    // Another spelling of the same JSON (white space, order of members, broken UTF-8) reads alike and is a change all the same.
    // Lines of before hold what is hidden as it is.
    const canonical = canonicalize(parsed) ?? '';
    if (!Buffer.from(visibleJson(canonical)).equals(bytes) && !Buffer.from(canonical).equals(bytes)) return { what: 'was rewritten: it is not in canonical form' };
    const { seq, prev } = body;
    if (!Number.isSafeInteger(seq) || typeof prev !== 'string') return { what: 'is not a record' };
    if (due.seq !== undefined && seq !== due.seq) return { what: `has number ${String(seq)} where ${due.seq} was due: lines were removed, added or reordered` };
    if (due.prev === undefined ? !/^[0-9a-f]{64}$/.test(prev) : prev !== due.prev) return { what: 'does not follow from the line before it' };
    return { line: parsed as LedgerLine };
  } catch {
    return { what: 'is not JSON' };
  }
}
