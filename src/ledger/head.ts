import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Number and hash of the last line, beside the ledger: tells that lines at the end are gone. */
export const HEAD_FILE = 'ledger.head';

export interface Head {
  /** -1 before the first line: then `hash` is what that line names as its predecessor. */
  readonly seq: number;
  readonly hash: string;
}

/** Puts the head in place of the one before, whole or not at all. @throws when it can't be written. */
export function writeHead(folder: string, { seq, hash }: Head): void {
  const file = path.join(folder, HEAD_FILE);
  writeFileSync(`${file}.new`, `${seq} ${hash}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Number and hash of the last line that was acknowledged; undefined when there is no note of it that can be read. */
export function readHead(folder: string): Head | undefined {
  try {
    const [seq, hash] = readFileSync(path.join(folder, HEAD_FILE), 'utf8').trim().split(' ');
    return seq !== undefined && hash !== undefined && /^(?:-1|\d{1,15})$/.test(seq) && /^[0-9a-f]{64}$/.test(hash) ? { seq: Number(seq), hash } : undefined;
  } catch {
    return undefined;
  }
}
