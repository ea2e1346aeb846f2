import type { CompoundCommand, CompoundList, Redirected } from 'unbash';

import type { DetectContext, Finding, Tool, Word } from '../invocation';
import type { TextRange } from '../../model';

/** How many values a variable may have before it counts as unknown. */
export const MAX_VALUES = 8;
/** Texts inside texts (`bash -c`, `eval`, files that run files) deeper than this are not looked into. */
export const MAX_DEPTH = 24;
/** Commands that are looked at in all: a loop in a loop in a loop must end. */
export const MAX_STEPS = 200_000;

/** What is known of a variable: a few possible values, the elements of an array, or nothing (both undefined). */
export interface Variable {
  readonly values?: readonly string[];
  readonly elements?: readonly Word[];
}

export const UNKNOWN: Variable = {};

export type FunctionBody = CompoundCommand | Redirected | CompoundList;

/** What a shell knows at one point. Copied where a branch or a subshell begins. */
export interface State {
  readonly vars: Map<string, Variable>;
  readonly exported: Set<string>;
  readonly functions: Map<string, { readonly body: FunctionBody; readonly source: string }>;
  readonly aliases: Map<string, string>;
  /** Texts that this script wrote into files, by absolute path or as written; undefined: written, but not known. */
  readonly files: Map<string, string | undefined>;
  cwd: string | undefined;
  /** `$1 …`; undefined when not known. */
  positional: readonly Word[] | undefined;
}

/** What belongs to one whole analysis. */
export interface Run {
  readonly context: DetectContext;
  readonly tools: (name: string) => Tool | undefined;
  readonly findings: Finding[];
  readonly called: Set<string>;
  steps: number;
}

/** Where the walk is: the text that positions count in, and what stands around it. */
export interface Frame {
  readonly source: string;
  /** For a text inside a text: the range of the command that runs it, in the outermost text. */
  readonly within: TextRange | undefined;
  readonly depth: number;
  readonly wrappers: readonly string[];
  /** Files that are being run, so that one that runs itself ends. */
  readonly files: readonly string[];
  /** Functions that are being called. */
  readonly calls: readonly string[];
}

export function newState(context: DetectContext): State {
  const vars = new Map<string, Variable>();
  for (const [name, value] of Object.entries(context.env ?? {})) if (value !== undefined) vars.set(name, { values: [value] });
  return { vars, exported: new Set(vars.keys()), functions: new Map(), aliases: new Map(), files: new Map(), cwd: context.cwd, positional: undefined };
}

export function copyState(state: State): State {
  return { ...state, vars: new Map(state.vars), exported: new Set(state.exported), functions: new Map(state.functions), aliases: new Map(state.aliases), files: new Map(state.files) };
}

/** What holds after either of two ways: a variable has the values of both. */
export function join(into: State, other: State): void {
  for (const name of new Set([...into.vars.keys(), ...other.vars.keys()])) {
    const a = into.vars.get(name);
    const b = other.vars.get(name);
    if (a !== b) into.vars.set(name, either(a, b));
  }
  for (const name of other.exported) into.exported.add(name);
  for (const [name, body] of other.functions) into.functions.set(name, body);
  for (const [name, text] of other.aliases) into.aliases.set(name, text);
  for (const [name, text] of other.files) into.files.set(name, text);
  if (into.cwd !== other.cwd) into.cwd = undefined;
  if (into.positional !== other.positional) into.positional = undefined;
}

function either(a: Variable | undefined, b: Variable | undefined): Variable {
  // Not set on one way is the empty text there.
  const left = a ?? { values: [''] };
  const right = b ?? { values: [''] };
  if (!left.values || !right.values) return UNKNOWN;
  const values = [...new Set([...left.values, ...right.values])];
  return values.length <= MAX_VALUES ? { values } : UNKNOWN;
}
