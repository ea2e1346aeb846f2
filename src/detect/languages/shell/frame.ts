import type { Command, ParsedScript, Word, WordPart } from 'unbash';

import type { TextRange } from '../../../model';
import type { Finding, ReaderContext, Tool } from '../../invocation';
import type { FunctionDefinition, State, Variable } from './state';
import type { Field, Source } from './text';
import type { Pick } from './worlds';

/** Texts inside texts, calls inside calls, deeper than this are not followed. */
export const MAX_DEPTH = 32;

/** What a word means as the name of a command: a guarded tool, something that runs or changes things, a path, a command whose words are data, or none of them. */
export type Kind = 'tool' | 'special' | 'path' | 'data' | 'other';

/** What calling a function has cost and done so far. */
export interface Calls {
  count: number;
  steps: number;
  matters: boolean;
  blind: boolean;
  /** The variables that it has set. */
  readonly sets: Set<string>;
}

/** A word, or what stands in the place of one. */
export type Expandable = { readonly text: string; readonly value: string; readonly parts?: readonly WordPart[] | undefined };

/** A stretch of a word whose text is known as far as it goes. */
export interface Piece {
  readonly text: string;
  readonly quoted: boolean;
  /** The result of an unquoted expansion: it is split at IFS. */
  readonly split: boolean;
  readonly multi?: boolean;
  /** A new word begins with it, as with the second element of `"$@"`. */
  readonly starts?: boolean;
}

/**
 * The parts of the interpreter that come back to each other: a word holds a script, a script's commands hold words. They are handed in with
 * the run and called through `parts.ts`, so that none imports another.
 */
export interface Interpreter {
  readonly walkText: (source: Source, frame: Frame) => void;
  readonly walkScript: (script: ParsedScript, frame: Frame) => void;
  readonly walkBody: (body: FunctionDefinition['body'], frame: Frame) => void;
  readonly runArgv: (argv: readonly Field[], frame: Frame, range: TextRange) => void;
  readonly runWithin: (args: readonly Field[], frame: Frame, range: TextRange, name: string) => boolean;
  readonly printedBy: (command: Command, frame: Frame) => string;
  readonly expand: (word: Word, frame: Frame, pick: Pick) => Field[];
  readonly expandText: (word: Expandable, frame: Frame, pick: Pick) => string;
  readonly expandPattern: (word: Word, frame: Frame, pick: Pick) => string;
  readonly textOf: (parts: readonly WordPart[], text: string, frame: Frame, pick: Pick) => string;
}

/** What belongs to one whole analysis. */
export interface Run {
  readonly interpreter: Interpreter;
  readonly context: ReaderContext;
  /** What is known where another machine runs a text: neither our files nor our variables. */
  readonly remote: () => ReaderContext;
  readonly toolNamed: (name: string) => Tool | undefined;
  readonly tools: readonly Tool[];
  readonly findings: Finding[];
  /** Texts that this script wrote into files, by path; several when it can't be known which one stands there. */
  readonly files: Map<string, readonly string[]>;
  /** The numbers under which `<(…)` are files. */
  readonly substitutions: Map<object, number>;
  /** The last parts of their paths. */
  readonly fileNames: Set<string>;
  /** Files that are links or copies of a command, by path: what they stand for. */
  readonly links: Map<string, string>;
  readonly defined: Set<FunctionDefinition>;
  readonly called: Set<FunctionDefinition>;
  readonly calls: Map<FunctionDefinition, Calls>;
  /** How many commands were met that run a guarded tool, or that may. */
  matters: number;
  /** Names that are or were functions or aliases anywhere in the text. */
  readonly names: Set<string>;
  /** Where names of guarded tools stand that were looked at as commands. */
  readonly seen: Set<number>;
  /** What a plain word means as a command's name. */
  readonly kinds: Map<string, Kind>;
  /** What `trap` is to run: looked at once more when all is known. */
  readonly traps: { readonly source: Source; readonly frame: Frame }[];
  /** Where `exec > FILE` has sent all output. */
  stdout?: { readonly path: string; readonly raw: string };
  /** Characters of words that were taken apart: nested ones count again for every level. */
  characters: number;
  readonly maxCharacters: number;
  steps: number;
  readonly maxSteps: number;
  loops: number;
}

/** What a command reads: nothing that is redirected (null), or a text, made when it is asked for. */
export type Input = null | (() => string);

/** Where the walk is. */
export interface Frame {
  readonly run: Run;
  readonly state: State;
  readonly source: Source;
  readonly wrappers: readonly string[];
  /** Variables that are set for one command only. */
  readonly env: ReadonlyMap<string, string> | undefined;
  readonly input: Input;
  /** Where the input stands letter for letter in the source, for positions. */
  readonly inputSource?: Source;
  /** What a command's name is not looked up in: a command that a program starts is neither function nor builtin. */
  readonly without: 'nothing' | 'functions' | 'builtins';
  /** The variables that `local` has hidden, to be restored when the function returns. */
  readonly locals: Map<string, Variable | undefined> | undefined;
  /** Functions, aliases and files that are being looked into, so that circles end. */
  readonly chain: readonly string[];
}

/** The parts of a word are found by reading it again, level by level: what is nested for its own sake has an end. */
export function affordable(length: number, { run }: Frame): boolean {
  run.characters += length;
  return run.characters <= run.maxCharacters;
}
