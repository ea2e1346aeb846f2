import path from 'node:path';

import type { InputKind } from '../model';

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
export interface Inputs {
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
  kindAt(file: string): InputKind;
  /** The path of a word that is seen from a folder, in one form. */
  at(word: string, folder?: string): string;
  /** The names in a folder; none where it can't be listed. */
  namesIn(folder: string): readonly string[];
  /** What was looked at so far, by path. */
  readonly looks: ReadonlyMap<string, { readonly kind: InputKind }>;
}

/** Finds the files that a command reads, there or not, and those of its tool that decide where it goes. */
export type InputsOf = (question: Question, found: Inputs) => void;

/** A word of a command line that names files of which its tool takes nothing but the bytes: a copy may stand in their place. */
export interface Place {
  /** Which word of argv it is. */
  readonly at: number;
  /** The files in it, as the snapshot has their paths. */
  readonly files: readonly string[];
  /** The word with other paths; undefined where the tool would not read them as paths. */
  readonly spell: (pathOf: (file: string) => string) => string | undefined;
}

/** Gives the places of one tool's command line. Where the tool's reading is in doubt it gives none: such a word stays as it is. */
export type PlacesOf = (question: Question, found: Pick<Inputs, 'text' | 'at'>) => readonly Place[];

/** A word that is a text before, and then the path of one file. */
export function onePlace(at: number, before: string, file: string, takes: (copy: string) => boolean = () => true): Place {
  return { at, files: [file], spell: (pathOf) => (takes(pathOf(file)) ? `${before}${pathOf(file)}` : undefined) };
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

/**
 * Options behind which a folder counts with all that is in it. For a bare word it does not: `kubectl delete pods` may stand beside a
 * folder `pods`.
 */
const FOLDER_OPTIONS = /^(?:-f|-k|--filename|--kustomize|-values|--values|--app|-a)$/;

/**
 * Any word that names a file, also behind `=` and `@` and in a list; a folder where the word is a path.
 * @param folders false where the tool's own reading tells which folders count.
 */
export function namedFiles({ argv, cwd }: Question, found: Inputs, folders = true): void {
  argv.slice(1).forEach((arg, i) => {
    const before = argv[i] ?? '';
    const [name = '', ...rest] = arg.split('=');
    const value = rest.join('=');
    for (const word of (value === '' ? (arg.startsWith('-') ? [] : arg.split(',')) : value.split(','))) {
      const text = word.replace(/^@/, '');
      if (text === '' || text.length > 4096) continue;
      const asFolder = (FOLDER_OPTIONS.test(before) || FOLDER_OPTIONS.test(name));
      const kind = found.kindAt(path.isAbsolute(text) ? text : `${cwd}${path.sep}${text}`);
      if (kind === 'file' || kind === 'large' || kind === 'closed') found.file(text);
      else if (kind === 'folder' && folders && (asFolder || /^\.{0,2}[\\/]/.test(text))) found.folder(text, { deep: true });
    }
  });
}
