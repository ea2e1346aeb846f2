import { existsSync } from 'node:fs';
import path from 'node:path';

import { readHead, writeHead } from './head';
import { LEDGER_FILE, openLedger, type Appended } from './ledger';
import { withLock } from './lock';
import type { LedgerRecord } from './record';
import { NOTHING, readRecord, type Mark } from './reading';

/** What a person can be asked to agree to: a record whose lines are whole and whose end is not known. */
export interface Unsealed {
  readonly lines: number;
  readonly last: Mark;
  /** Number of lines that are known to be missing at the end; undefined when that can't be told. */
  readonly missing: number | undefined;
}

/** Whether a record can be gone on with; otherwise why not, in words. */
export async function unsealed(folder: string): Promise<Unsealed | { readonly why: string }> {
  if (!existsSync(path.join(folder, LEDGER_FILE))) return { why: 'there is no record' };
  const { records, problems, last } = await readRecord(folder, NOTHING);
  if (problems.length === 0) return { why: 'the record is intact: there is nothing to do' };
  const head = readHead(folder);
  const inside = problems.filter((p) => p.line <= records);
  if (inside[0]) return { why: `line ${inside[0].line} ${inside[0].what}. Keep it as evidence, and move its folder away to begin a new one` };
  if (!last || (head && head.seq <= last.seq)) return { why: `${problems[0]?.what ?? 'it is broken'}. Keep it as evidence, and move its folder away to begin a new one` };
  return { lines: records, last, missing: head && head.seq - last.seq };
}

/**
 * Goes on with a record whose end is not known: a head is made for what is there, and the next line says so, by whom, why, and what that yes is worth.
 * For a person who was shown what `unsealed` tells.
 */
export function reseal(folder: string, { last, missing }: Unsealed, said: Omit<Extract<LedgerRecord, { type: 'resealed' }>, 'type' | 'missing'>): Appended {
  const done = withLock(path.join(folder, 'ledger.lock'), () => writeHead(folder, last));
  return done.ok ? openLedger(folder).append({ type: 'resealed', ...said, missing: missing ?? null }) : done;
}
