import { redactData } from '../model/redact';
import type { LedgerRecord } from './record';

/**
 * The last net before the disk: takes secrets out of every text, whether its writer has been there or not. What was redacted
 * already stays as it is.
 */
export function withoutSecrets(record: LedgerRecord): LedgerRecord {
  return redactData(record);
}
