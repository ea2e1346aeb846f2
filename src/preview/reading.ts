/** The one way in which a preview reads the held command's files. */
import { readFileSync } from 'node:fs';

import type { Input } from '../model';
import { lookAt, seenFrom } from './input-file';

/** Larger than anything CloudFormation takes (1 MB); a larger file is not read into memory. */
const MAX_FILE = 8 * 1024 * 1024;

interface Reading {
  /** True within a preview: a file that was read stays as it was. */
  readonly once: boolean;
  /** What the question was judged by: the private copy of each file, null where there is none to read. */
  readonly copies: ReadonlyMap<string, string | null>;
  /** Told about each file that is not among them, with what was read. */
  readonly onRead: (input: Input) => void;
}

/** A preview has a process of its own, so that this is one preview's. */
let reading: Reading = { once: false, copies: new Map(), onRead: () => undefined };
const known = new Map<string, string | undefined>();

/** From now on files are read as the question had them. */
export function readFromSnapshot(copies: Readonly<Record<string, string | null>> | undefined, onRead: (input: Input) => void): void {
  reading = { once: true, copies: new Map(Object.entries(copies ?? {})), onRead };
  known.clear();
}

/**
 * Reads a file for a preview, as the question had it; undefined when it can't be read or is too large. One that the question did
 * not have is told.
 */
export function readTextFile(file: string): string | undefined {
  const at = seenFrom(process.cwd(), file);
  const copy = reading.copies.get(at);
  if (copy === null) return undefined;
  if (copy !== undefined) return readFileSync(copy, 'utf8');
  if (reading.once && known.has(at)) return known.get(at);
  const { kind, sha256, content } = lookAt(at, { keep: MAX_FILE });
  reading.onRead({ path: at, sha256, kind });
  const text = content?.toString('utf8');
  known.set(at, text);
  return text;
}
