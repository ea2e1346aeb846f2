import type { Door, Mutation, Operation, TextRange } from '../model';
import { shWord } from '../model/sh-quote';
import type { Hold } from './hold';
import type { InputsOf, PlacesOf } from './inputs';

/**
 * One word of a command line as far as it can be known before it runs.
 * `value` is the word after every expansion that could be folded; where a part stays unknown it is undefined and
 * `parts` has what is known, with undefined in the gaps (`payments-$ENV` has parts `['payments-', undefined]`).
 */
export interface Word {
  /** The source text of the word; for a real argv the value itself. Shown to people when the value is unknown. */
  readonly raw: string;
  readonly value: string | undefined;
  readonly parts: readonly (string | undefined)[];
  /** True when it may become any number of words (`$ARGS` unquoted, `"$@"`, an array, a glob, xargs input). */
  readonly multi: boolean;
  readonly range: TextRange;
}

/** A simple command after its wrappers are taken off: what would be executed. */
export interface Invocation {
  /** argv[0] is the command's name or path. Never empty. */
  readonly argv: readonly Word[];
  /** Variables that are set for this command or known in its shell; undefined value: set, but not known. */
  readonly env: ReadonlyMap<string, string | undefined>;
  /** The working directory where it is known. */
  readonly cwd: string | undefined;
  /** What is piped or redirected into it, where the text is known; undefined when unknown; null when nothing is. */
  readonly stdin: string | undefined | null;
  /** The whole command in the source, for marks and messages. */
  readonly range: TextRange;
  /** The wrappers around it from the outside in (`sudo`, `xargs`, `bash -c`). */
  readonly wrappers: readonly string[];
}

/** What detection may look at besides the text itself. Pure: reading goes through these functions only. */
export interface DetectContext {
  readonly cwd?: string;
  readonly home?: string;
  /** The environment the command would get. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The text of a file, undefined when it can't be read or is too large. Paths are absolute. */
  readonly readFile?: (path: string) => string | undefined;
  /** The names in a folder, undefined when there is none. Paths are absolute. */
  readonly namesIn?: (folder: string) => readonly string[] | undefined;
  /** What a text's commands read where nothing in it redirects them: a text, or `unseen`; absent when nothing is known to be piped in. */
  readonly stdin?: 'unseen' | { readonly text: string };
  /** Set where a text runs on another machine or in a container: there nothing stands in a workspace, and no shim behind it. */
  readonly elsewhere?: Elsewhere;
}

/** Languages in which a text stands inside another: what a shell's line, a program or a file of recipes starts. */
export type Language = 'shell' | 'python' | 'javascript' | 'ruby' | 'powershell';

/**
 * What a reader needs of the others: a shell's line of tools and programs, a tool and a program of the shell. It is handed in with the context
 * (`src/detect/readers.ts`), so that none of them imports another.
 */
export interface Readers {
  /** The tool that a command word names, by its last path segment; undefined when unknown. */
  readonly toolNamed: (command: string) => Tool | undefined;
  /** Every tool, for what may be any of them. */
  readonly tools: () => readonly Tool[];
  /** Every operation that a text would run, reads included. Never throws. */
  readonly find: (language: Language, text: string, context: ReaderContext) => Finding[];
  /** What is said of commands and files of another machine. */
  readonly elsewhere: Elsewhere;
}

/** The context inside of detection. */
export interface ReaderContext extends DetectContext {
  readonly readers: Readers;
}

/** What is said of programs and files that no tool knows, where they are those of another machine. */
export interface Elsewhere {
  /** A command, besides what its own tool says of it. */
  readonly program: (invocation: Invocation, readers: Readers) => readonly Finding[];
  /** A file that a redirection or an option writes. */
  readonly file: (word: Word, append: boolean, invocation: Invocation) => readonly Finding[];
}

/** An operation without its origin: the caller knows where the text came from. */
export type Finding = Omit<Operation, 'origin'> & { readonly range: TextRange };

/** What tells the commands of a tool that certainly read, for a decision without a process. */
export interface ReadGrammar {
  /** Commands that only read, whatever follows them (`get`, `state list`). */
  readonly commands: readonly string[];
  /** Options before the command that take the next word, and those that take none. */
  readonly valued: readonly string[];
  readonly flags: readonly string[];
  /** Options that have their value behind an equals sign only. */
  readonly attached?: readonly string[];
}

/** Knows one command-line tool. To add a tool: a file in `tools/`, or a folder where it is held, and a line in `tools/registry.ts`. */
export interface Tool {
  /** Names the tool is called by, without directory and without `.exe`/`.cmd`. */
  readonly names: readonly string[];
  /** A program whose name stands in ordinary text, too (`rm`, `git`): its name alone makes a text that can't be read no suspect. */
  readonly everyday?: boolean;
  readonly reads?: () => ReadGrammar;
  /** The entries of its command table, for verification. */
  readonly table?: () => readonly { readonly path: readonly (readonly string[])[]; readonly mutation: Mutation | 'runs'; readonly door: Door | undefined; readonly conditions?: readonly unknown[] }[];
  /** The files that it reads; absent: words that name something count. */
  readonly inputs?: InputsOf;
  /** Words in whose place copies of files may stand. */
  readonly places?: PlacesOf;
  /** Set where it is held when it runs. */
  readonly hold?: Hold;
  /** A quick look at the words behind the name, as far as they are known: false when they certainly change nothing. */
  readonly worthAsking?: (words: readonly { readonly text: string }[]) => boolean;
  /**
   * What this invocation would do. An empty list means: certainly nothing that changes anything.
   * Whatever can't be decided comes back as a finding with mutation `unknown`.
   */
  detect(invocation: Invocation, context: ReaderContext): Finding[];
}

/** A word as text for a POSIX shell; of one that isn't known, its text in the source. */
export const shText = (word: Word): string => (word.value === undefined ? word.raw : shWord(word.value));

/** A word whose value is known, for argv at the moment of execution and for tests. */
export function knownWord(value: string, range: TextRange = { start: 0, end: 0 }): Word {
  return { raw: value, value, parts: [value], multi: false, range };
}
