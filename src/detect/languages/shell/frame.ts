import type { DetectContext, Finding, Tool } from '../../invocation';
import type { FunctionDefinition, State, Variable } from './state';
import type { Source } from './text';

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

/** What belongs to one whole analysis. */
export interface Run {
  readonly context: DetectContext;
  /** What is known where another machine runs a text: neither our files nor our variables. */
  readonly remote: () => DetectContext;
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
