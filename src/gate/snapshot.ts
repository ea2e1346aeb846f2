import type { Input } from '../model';
import { seenFrom, stillThere, type Look } from '../preview/input-file';
import { createFound, entriesOf, type Env } from './inputs/found';
import { findInputs } from './inputs/index';

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
  /** Lets go of what the files hold; their digests stay. */
  readonly forget: () => void;
}

/** Takes the snapshot of a command. @param also paths that an earlier snapshot of it had. */
export function takeSnapshot(argv: readonly string[], cwd: string, env: Env, also: readonly string[] = []): Snapshot {
  const found = createFound(cwd);
  findInputs(argv, cwd, env, found);
  for (const file of also) found.text(file);
  let torn: string | undefined;
  let forgotten = false;
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
    forget() {
      forgotten = true;
      found.forget();
    },
  };
}

/** The inputs of a command, for who needs nothing else. */
export function inputsOf(argv: readonly string[], cwd: string, env: Env): readonly Input[] {
  return takeSnapshot(argv, cwd, env).inputs();
}
