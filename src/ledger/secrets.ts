import { REDACTED, redact, redactArgv } from '../model/redact';
import type { LedgerRecord } from './record';

/**
 * The last net before the disk: takes secrets out of every text that no writer has been through yet.
 * Text that was redacted already stays as it is.
 */
export function withoutSecrets(record: LedgerRecord): LedgerRecord {
  return walk(record) as LedgerRecord;
}

function walk(value: unknown): unknown {
  if (typeof value === 'string') return value.includes(REDACTED) ? value : redact(value);
  if (Array.isArray(value)) return value.map(walk);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'argv' && isArgv(inner) ? redactArgv(inner) : walk(inner)]));
}

/** An argv that still may hold the value of a secret option: one word tells of the next. */
function isArgv(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string' && !word.includes(REDACTED));
}
