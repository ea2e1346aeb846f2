import { readdirSync } from 'node:fs';
import path from 'node:path';

import type { Inputs } from '../../detect/inputs';
import { lookAt, seenFrom, type Look } from '../../preview/input-file';

/** What was found, for the snapshot. */
export interface Found extends Inputs {
  readonly looks: ReadonlyMap<string, Look>;
  /** Lets go of what the files hold. */
  forget(): void;
  /** Paths that the command's own words name: what can't be bound among them decides nothing. */
  readonly named: ReadonlySet<string>;
  /** Tool's own files: never copied. */
  readonly owned: ReadonlySet<string>;
  /** The first place that holds more than is looked at. */
  readonly incomplete: string | undefined;
}

/** A folder is covered as far as this many files. */
const MOST = 1000;
/** Of all files together this much is read; what is more is bound by its size, place and time of change. */
const READ_BYTES = 128 * 1024 * 1024;
/** A file that decides is no data set; what is larger is not kept for a reader. */
const KEEP_EACH = 8 * 1024 * 1024;
const KEEP_ALL = 64 * 1024 * 1024;
/** Nothing in them is read by a tool that is given the folder. */
const NOT_READ = new Set(['.git', 'node_modules']);

/** Starts with nothing found. */
export function createFound(cwd: string): Found {
  const looks = new Map<string, Look>();
  const aside = new Map<string, Look>();
  const named = new Set<string>();
  const owned = new Set<string>();
  let incomplete: string | undefined;
  let kept = 0;
  let read = 0;

  const look = (file: string): Look => {
    const before = looks.get(file) ?? aside.get(file);
    if (before) return before;
    const seen = lookAt(file, { keep: Math.min(KEEP_EACH, KEEP_ALL - kept), limit: Math.max(0, READ_BYTES - read) });
    kept += seen.content?.length ?? 0;
    read += seen.kind === 'file' ? Number(seen.stamp.split(' ')[2] ?? 0) : 0;
    aside.set(file, seen);
    return seen;
  };
  const take = (file: string): Look => {
    const seen = look(file);
    looks.set(file, seen);
    return seen;
  };
  const found: Found = {
    looks, named, owned,
    get incomplete() {
      return incomplete;
    },
    file(word, folder = cwd) {
      if (word === '' || word.includes('\0')) return;
      const at = seenFrom(folder, word);
      named.add(at);
      take(at);
    },
    own(file) {
      if (file === undefined || file === '' || file.includes('\0')) return;
      const at = seenFrom(cwd, file);
      owned.add(at);
      take(at);
    },
    whatever(word, folder) {
      if (word === '' || word.length > 4096 || word.includes('\0')) return false;
      const at = seenFrom(folder, word);
      const { kind } = look(at);
      if (kind === 'folder') found.folder(at, { deep: true });
      else if (kind !== 'missing') found.file(at);
      return kind !== 'missing';
    },
    folder(folder, { deep = false, wanted, own = false } = {}) {
      const waiting = [seenFrom(cwd, folder)];
      let count = 0;
      for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
        if (count > MOST) break;
        if (looks.get(at)?.kind === 'folder') continue;
        if (take(at).kind !== 'folder') continue;
        for (const entry of entriesOf(at)) {
          const full = path.join(at, entry.name);
          if (entry.isDirectory()) {
            if (deep && !NOT_READ.has(entry.name)) waiting.push(full);
          } else if (wanted === undefined || wanted.test(entry.name)) {
            count += 1;
            if (count > MOST) break;
            if (own) found.own(full);
            // A link may lead to a folder, which the tool may follow.
            else if (entry.isSymbolicLink() && look(full).kind === 'folder') waiting.push(full);
            else found.file(full);
          }
        }
      }
      if (count > MOST) incomplete ??= folder;
    },
    text(file) {
      const at = seenFrom(cwd, file);
      return take(at).content?.toString('utf8');
    },
    forget() {
      aside.clear();
      for (const [file, { content: _, ...rest }] of looks) looks.set(file, rest);
    },
    kindAt: (file) => look(seenFrom(cwd, file)).kind,
    at: (word, folder = cwd) => seenFrom(folder, word),
    namesIn: (folder) => entriesOf(folder).map((entry) => entry.name),
  };
  return found;
}

/** What stands in a folder, in order; nothing where it can't be listed. */
export function entriesOf(folder: string): import('node:fs').Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((x, y) => (x.name < y.name ? -1 : 1));
  } catch {
    return [];
  }
}
