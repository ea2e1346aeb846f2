import { folderOf, type Action, type Input } from '../model';
import { lookAt, seenFrom, stillThere, type Look } from '../preview/input-file';
import type { Env, Place } from '../detect/inputs';
import { createFound, entriesOf } from './inputs/found';
import { findInputs, placesIn, toolOf } from './inputs/index';
import { namedFolders } from './named-folders';

/**
 * The files of one question, each read once. Detection, preview and fingerprint speak of what stands in here, and the client
 * refuses to start when the disk holds something else by then.
 */
export interface Snapshot {
  /** Everything that was read or looked for so far, by path. */
  readonly inputs: () => readonly Input[];
  /** The text of a file as the question has it; one that was not read yet is read now, and stays as it is. */
  readonly readFile: (file: string) => string | undefined;
  /** The names in a folder. Whether they are part of the question is for the inputs to say. */
  readonly namesIn: (folder: string) => readonly string[] | undefined;
  /** What a preview gets to read: the content of each file, undefined where there is none. Not the tool's own files: credentials. */
  readonly contents: () => ReadonlyMap<string, Buffer | undefined>;
  /** Takes in what somebody else read from the disk. What was not the same content counts as moved. */
  readonly add: (input: Input) => void;
  /** The first path that does not lead any more to what was read, or that was touched meanwhile, even to put it back. */
  readonly moved: () => string | undefined;
  /** The first path among those that the command names that can't be bound: a pipe, or more files than are looked at. */
  readonly loose: () => string | undefined;
  /** The words of a command line of this command's tool in whose place copies may stand; see `Place`. */
  readonly places: (argv: readonly string[]) => readonly Place[];
  /** The bytes of a file as the question has them; undefined where it is no file of its words, or holds something else by now. */
  readonly bytes: (file: string) => Buffer | undefined;
  /** Whether a file is the tool's own: its configuration, or credentials. */
  readonly isOwn: (file: string) => boolean;
  /** The folders, other than the working one, whose rules count as well. */
  readonly folders: () => readonly string[];
  /** Lets go of what the files hold; their digests stay. */
  readonly forget: () => void;
}

/** Takes the snapshot of a command. @param also paths that an earlier snapshot of it had. */
export function takeSnapshot(argv: readonly string[], cwd: string, env: Env, also: readonly string[] = []): Snapshot {
  const found = createFound(cwd);
  findInputs(argv, cwd, env, found);
  const places = (words: readonly string[]): readonly Place[] => placesIn({ tool: toolOf(words), argv: words, cwd, env }, found);
  // What is handed over is looked at, too, whatever the tool's resolver knows of it.
  for (const file of places(argv).flatMap((place) => place.files)) if (found.kindAt(file) === 'file') found.file(file);
  for (const file of also) found.text(file);
  let torn: string | undefined;
  let forgotten = false;
  let folders: readonly string[] | undefined;
  const input = ([file, { kind, sha256 }]: readonly [string, Look]): Input => ({ path: file, sha256, ...(kind !== 'file' && { kind }) });
  return {
    inputs: () => [...found.looks].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(input),
    readFile: (file) => found.text(file),
    namesIn: (folder) => (found.kindAt(folder) === 'folder' ? entriesOf(folder).map((entry) => entry.name) : undefined),
    contents() {
      const all = forgotten ? [] : [...found.looks];
      const given = all.filter(([file, look]) => !found.owned.has(file) && (look.kind !== 'file' || look.content));
      return new Map(given.map(([file, look]) => [file, look.content]));
    },
    add(read) {
      const file = seenFrom(cwd, read.path);
      found.text(file);
      const look = found.looks.get(file);
      if (look && (look.sha256 !== read.sha256 || look.kind !== (read.kind ?? 'file'))) torn ??= file;
    },
    moved: () => torn ?? [...found.looks].find(([file, look]) => !stillThere(file, look))?.[0],
    loose: () => found.incomplete ?? [...found.named].find((file) => found.looks.get(file)?.kind === 'unbound'),
    places,
    bytes(file) {
      const look = forgotten || found.owned.has(file) ? undefined : found.looks.get(file);
      if (look?.kind !== 'file') return undefined;
      if (look.content) return look.content;
      // Too large to be kept beside the others: read again, and it must be the same.
      const again = lookAt(file, { keep: Infinity });
      return again.sha256 === look.sha256 ? again.content : undefined;
    },
    isOwn: (file) => found.owned.has(file),
    // What a preview reads later is no word of the command: the rules of a question stay those of the same folders.
    folders: () => (folders ??= namedFolders(argv, cwd, env, found)),
    forget() {
      forgotten = true;
      found.forget();
    },
  };
}

/** Takes the snapshot of an action. What is no argv reads the file that its text stands in, and what detection looks at. */
export function snapshotOf(action: Action, env: Env, also: readonly string[] = []): Snapshot {
  if (action.kind === 'argv') return takeSnapshot(action.argv, action.cwd, env, also);
  return takeSnapshot([], folderOf(action), env, [...(action.kind === 'text' && action.path !== undefined ? [action.path] : []), ...also]);
}

/** The inputs of a command, for who needs nothing else. */
export function inputsOf(argv: readonly string[], cwd: string, env: Env): readonly Input[] {
  return takeSnapshot(argv, cwd, env).inputs();
}
