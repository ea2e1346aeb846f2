import { readFileSync, renameSync, writeFileSync } from 'node:fs';

import type { Remembered } from '../preview/request';

/** So many things are remembered; the oldest go first. */
const MOST = 300;

/** What previews noted for the next one, as a file of this user's. A file that can't be read is an empty one: it only makes a preview less curious. */
export function readMemory(file: string): Record<string, Remembered> {
  try {
    const data: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof data !== 'object' || data === null || Array.isArray(data)) return {};
    return Object.fromEntries(Object.entries(data).filter((entry): entry is [string, Remembered] => typeof entry[1] === 'object' && entry[1] !== null && typeof (entry[1] as { at?: unknown }).at === 'string'));
  } catch {
    return {};
  }
}

/** Notes one thing. @throws when the file can't be written. */
export function remember(file: string, key: string, value: unknown, now = new Date()): void {
  const all = { ...readMemory(file), [key]: { value, at: now.toISOString() } };
  const kept = Object.entries(all).sort(([, a], [, b]) => (a.at < b.at ? 1 : -1)).slice(0, MOST);
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, JSON.stringify(Object.fromEntries(kept)), { mode: 0o600 });
  renameSync(fresh, file);
}
