import { readdirSync } from 'node:fs';
import path from 'node:path';

import { lookAt, seenFrom, type Look } from '../../preview/input-file';

export type Env = Readonly<Record<string, string | undefined>>;

/** One command line, as far as it says which files are read. */
export interface Question {
  /** The tool's name without folder and ending. */
  readonly tool: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Env;
}

/** Collects the files that a command reads. Every path is looked at once, and what is read further on is what was seen then. */
export interface Found {
  /** A file that the command reads, there or not; seen from the folder. */
  file(word: string, folder?: string): void;
  /** A file of the tool's own, which says where the command goes or as whom. */
  own(file: string | undefined): void;
  /** What a word names, if there is something: a file, or a folder with all that is in it. Gives whether there was. */
  whatever(word: string, folder: string): boolean;
  /** The files of a folder, by their names; those of the folders in it, too, where asked. */
  folder(folder: string, options?: { readonly deep?: boolean; readonly wanted?: RegExp; readonly own?: boolean }): void;
  /** The text of a file, which counts as read from then on. */
  text(file: string): string | undefined;
  /** What stands at a path; it counts as read only when `file`, `own` or `folder` says so. */
  kindAt(file: string): Look['kind'];
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

/** A path in the home of the command's user. */
export function inHome(env: Env, ...parts: readonly string[]): string | undefined {
  const home = env['HOME'] ?? env['USERPROFILE'];
  return home === undefined ? undefined : path.join(home, ...parts);
}

/** The values of options, as `--name value`, `--name=value`, and for one letter also `-nvalue`. Names with their dashes. */
export function valuesOf(argv: readonly string[], ...names: readonly string[]): readonly string[] {
  return argv.flatMap((arg, i): string[] => {
    for (const name of names) {
      if (arg === name) return argv[i + 1] === undefined ? [] : [argv[i + 1] ?? ''];
      if (arg.startsWith(`${name}=`)) return [arg.slice(name.length + 1)];
      if (/^-[^-]$/.test(name) && arg.startsWith(name)) return [arg.slice(2).replace(/^=/, '')];
    }
    return [];
  });
}
