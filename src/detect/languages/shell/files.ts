import path from 'node:path';

import type { Frame } from './frame';
import { CWD, variable } from './state';
import { DECODED_GAP, hasGap } from './text';

const MAX_VERSIONS = 6;
const MAX_FILE = 2 * 1024 * 1024;

/** The key under which a file is remembered: its absolute path where the working directory is known. */
export function fileKey(file: string, frame: Frame, raw?: string): string {
  // Where the path is not known, the way it is written tells one file from another.
  if (hasGap(file) && raw !== undefined) return `as written: ${raw.replace(/["'{}]/g, '')}`;
  const cwd = variable(frame.state, CWD)?.values;
  const base = cwd?.length === 1 && typeof cwd[0] === 'string' && !hasGap(cwd[0]) ? cwd[0] : undefined;
  if (file.startsWith('/')) return path.posix.normalize(file);
  return base === undefined || hasGap(file) ? path.posix.normalize(file) : path.posix.join(base, file);
}

/** The texts that a file may have: those that this script wrote, or what stands there; empty when it can't be read. */
export function textOfFile(file: string, frame: Frame, raw?: string): readonly string[] {
  const key = fileKey(file, frame, raw);
  const written = frame.run.files.get(key);
  if (written) return written;
  const { readFile, cwd } = frame.state.context;
  if (!readFile) return [];
  for (const candidate of candidates(file, key, cwd)) {
    const text = readFile(candidate);
    if (text !== undefined) return text.includes('\0') ? [] : [text];
  }
  return [];
}

/** A path whose beginning is not known (`"$DIR/lib.sh"`) is looked for where the script most likely means it. */
function candidates(file: string, key: string, cwd: string | undefined): string[] {
  if (!hasGap(file)) {
    if (path.posix.isAbsolute(key)) return [key];
    return cwd === undefined ? [] : [path.posix.join(cwd, file)];
  }
  const rest = /^[\uFDD0-\uFDD2](\/[^\uFDD0-\uFDD2]+)$/.exec(file)?.[1];
  return rest === undefined || cwd === undefined ? [] : [path.posix.join(cwd, rest)];
}

/** Strings that grow by appending share their beginning in memory; a file that grows without end is not known any more. */
const joined = (before: string, text: string): string => (before.length + text.length > MAX_FILE ? DECODED_GAP : before + text);

/** Remembers what a command writes into a file: what stood there before may still be there, if this is in a branch. */
export function writeFile(file: string, raw: string, text: string, append: boolean, frame: Frame): void {
  if (/^\/dev\/(?:null|stdout|stderr|tty|fd\/[12])$/.test(file)) return;
  const key = fileKey(file, frame, raw);
  frame.run.fileNames.add(key.slice(key.lastIndexOf('/') + 1));
  const before = frame.run.files.get(key) ?? (append ? textOfFile(file, frame, raw) : []);
  // What is appended to keeps all that it had; what is written anew may still have its old text, if this is in a branch.
  if (append && before.length > 0) frame.run.files.set(key, before.map((b) => joined(b, text)));
  else frame.run.files.set(key, [...new Set([text, ...before])].slice(0, MAX_VERSIONS));
}
