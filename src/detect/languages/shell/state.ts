import type { CompoundCommand, CompoundList, Redirected } from 'unbash';

import type { ReaderContext } from '../../invocation';
import { GAP, type Source } from './text';

/** Possible values of one variable beyond this many make it unknown as well. */
const MAX_VALUES = 8;

export interface Item {
  readonly key: string;
  readonly text: string;
  /** True when it may stand for any number of elements. */
  readonly multi: boolean;
}

/** An array, indexed or associative, in order. */
export interface List {
  readonly items: readonly Item[];
}

/** A value with gaps, an array, or undefined: not set. */
export type Value = string | List | undefined;

export interface Variable {
  /** All values it may have at this point; at least one. */
  readonly values: readonly Value[];
  readonly exported: boolean;
  /** `declare -n`: its value is the name of the variable that is meant. */
  readonly reference?: boolean;
  /** `declare -l`, `declare -u`. */
  readonly letters?: 'lower' | 'upper';
}

export interface FunctionDefinition {
  readonly name: string;
  readonly body: CompoundCommand | Redirected | CompoundList;
  readonly source: Source;
  readonly exported: boolean;
}

/**
 * What a shell knows at one point, as layers: a branch or subshell writes into a layer of its own, which is then
 * thrown away (subshell) or joined into the layer below (branch). So a branch costs what it changes, not all there is.
 */
export interface State {
  readonly below: State | undefined;
  /** A new process: only what is exported is seen through it. */
  readonly process: boolean;
  /** Nothing below is known: what is found through it holds whatever the variables are. */
  readonly blind?: boolean;
  readonly context: ReaderContext;
  /** Names that are or were exported anywhere, or that decide where a guarded tool acts: what an environment is made of. */
  readonly environment: Set<string>;
  /** What this layer sets; made when it first does. */
  variables: Map<string, Variable> | undefined;
  /** All definitions that may hold; undefined among them: it may be that there is none. */
  functions: Map<string, readonly (FunctionDefinition | undefined)[]> | undefined;
  aliases: Map<string, readonly (string | undefined)[]> | undefined;
}

/** Sets a variable in this layer as it stands here, whatever it was. */
export function putVariable(state: State, name: string, value: Variable): void {
  (state.variables ??= new Map()).set(name, value);
  if ((value.exported || TARGETS.test(name)) && !name.startsWith(' ')) state.environment.add(name);
}

export function putFunction(state: State, name: string, definitions: readonly (FunctionDefinition | undefined)[]): void {
  (state.functions ??= new Map()).set(name, definitions);
}

export function putAlias(state: State, name: string, texts: readonly (string | undefined)[]): void {
  (state.aliases ??= new Map()).set(name, texts);
}

/** Not names that a script can use: the working directory, the positional parameters, and `set -a`. */
export const CWD = ' cwd';
export const POSITIONAL = '@';
export const EXPORT_ALL = ' allexport';

/** Variables that are taken for the environment even when it is not certain that they are exported. */
export const TARGETS = /^(?:AWS_|KUBE|TF_|GOOGLE_|CLOUDSDK_|AZURE_|ARM_)/;

export const UNKNOWN_LIST: List = { items: [{ key: '', text: GAP, multi: true }] };

export function newState(context: ReaderContext): State {
  const state: State = { below: undefined, process: false, context, environment: new Set(), variables: undefined, functions: undefined, aliases: undefined };
  putVariable(state, CWD, { values: [context.cwd ?? GAP], exported: true });
  putVariable(state, POSITIONAL, { values: [UNKNOWN_LIST], exported: false });
  putVariable(state, 'IFS', { values: [' \t\n'], exported: false });
  return state;
}

export function fork(state: State, process = false): State {
  return { below: state, process, context: state.context, environment: state.environment, variables: undefined, functions: undefined, aliases: undefined };
}

/** The variable at this point; undefined when neither the text nor the environment that is known sets it. */
export function variable(state: State, name: string): Variable | undefined {
  let inherited = false;
  for (let layer: State | undefined = state; layer; layer = layer.below) {
    const found = layer.variables?.get(name);
    if (found) {
      if (!inherited || found.exported || name === CWD) return found;
      // Not exported here; but if the environment had it before, it is there with the new value.
      return name === 'IFS' || name === POSITIONAL ? undefined : { ...found, values: distinct([...found.values, undefined]) };
    }
    inherited ||= layer.process;
    if (layer.blind) return undefined;
  }
  const given = state.context.env?.[name];
  return given === undefined ? undefined : { values: [given], exported: true };
}

export function setVariable(state: State, name: string, values: readonly Value[], change: Partial<Variable> = {}): void {
  const before = variable(state, name);
  if (before?.reference && change.reference === undefined) {
    for (const target of before.values) if (typeof target === 'string' && /^[A-Za-z_]\w*$/.test(target)) setVariable(state, target, values, change);
    return;
  }
  const exported = change.exported ?? (before?.exported === true || variable(state, EXPORT_ALL) !== undefined);
  const letters = change.letters ?? before?.letters;
  const cased = letters === undefined ? values : values.map((v) => (typeof v !== 'string' ? v : letters === 'lower' ? v.toLowerCase() : v.toUpperCase()));
  putVariable(state, name, { values: distinct(cased), exported, ...(change.reference && { reference: true }), ...(letters && { letters }) });
}

/** The same values once, and no more than can be followed: the rest is a gap. */
function distinct(values: readonly Value[]): readonly Value[] {
  if (values.length < 2) return values;
  const seen = new Set<string>();
  const out = values.filter((v) => {
    const key = v === undefined ? 'u' : typeof v === 'string' ? `s${v}` : `l${JSON.stringify(v.items)}`;
    return !seen.has(key) && seen.add(key);
  });
  return out.length <= MAX_VALUES ? out : [...out.slice(0, MAX_VALUES - 1), out.some((v) => typeof v === 'object') ? UNKNOWN_LIST : GAP];
}

export function functionsNamed(state: State, name: string): readonly (FunctionDefinition | undefined)[] | undefined {
  let inherited = false;
  for (let layer: State | undefined = state; layer; layer = layer.below) {
    const found = layer.functions?.get(name);
    if (found) return inherited ? found.map((f) => (f?.exported ? f : undefined)) : found;
    inherited ||= layer.process;
  }
  return undefined;
}

export function aliasesNamed(state: State, name: string): readonly (string | undefined)[] | undefined {
  for (let layer: State | undefined = state; layer && !layer.process; layer = layer.below) {
    const found = layer.aliases?.get(name);
    if (found) return found;
  }
  return undefined;
}

/** What holds after exactly one of these ways was taken; each is a layer on `state`, or `state` itself for "nothing ran". */
export function join(state: State, ways: readonly State[]): void {
  let changed = false;
  for (const way of ways) changed ||= way !== state && (way.variables !== undefined || way.functions !== undefined || way.aliases !== undefined);
  if (!changed) return;
  for (const name of keys(ways, state, 'variables')) {
    const found = ways.map((way) => variable(way, name));
    const last = found.find((v) => v !== undefined);
    putVariable(state, name, {
      ...last,
      values: distinct(found.flatMap((v) => v?.values ?? [name === POSITIONAL ? UNKNOWN_LIST : GAP])),
      exported: found.some((v) => v?.exported === true),
    });
  }
  for (const name of keys(ways, state, 'functions')) putFunction(state, name, [...new Set(ways.flatMap((way) => functionsNamed(way, name) ?? [undefined]))].slice(0, MAX_VALUES));
  for (const name of keys(ways, state, 'aliases')) putAlias(state, name, [...new Set(ways.flatMap((way) => aliasesNamed(way, name) ?? [undefined]))].slice(0, MAX_VALUES));
}

function keys(ways: readonly State[], state: State, map: 'variables' | 'functions' | 'aliases'): Iterable<string> {
  const set = ways.filter((way) => way !== state && way[map] !== undefined);
  const [only] = set;
  if (!only) return [];
  if (set.length === 1) return [...(only[map]?.keys() ?? [])];
  return new Set(set.flatMap((way) => [...(way[map]?.keys() ?? [])]));
}

/** From here on the variable may have any other value, too. */
export function widen(state: State, name: string): void {
  const before = variable(state, name);
  const values = before?.values ?? [];
  if (values.includes(GAP) || values.includes(UNKNOWN_LIST)) return;
  putVariable(state, name, { ...before, exported: before?.exported === true, values: [...values.slice(0, MAX_VALUES - 2), values.some((v) => typeof v === 'object') ? UNKNOWN_LIST : GAP] });
}
