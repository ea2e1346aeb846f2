import type { SyntaxNode } from '@lezer/common';
import type { ReaderContext, Finding } from '../../invocation';
import type { Value } from '../program/value';

/** The values that a name may have: more than one when a condition decides (`let verb = 'plan'; if (go) verb = 'destroy'`). */
export type Choices = readonly Value[];

/** Names of one function or of the file. */
export interface Scope {
  readonly names: Map<string, Choices>;
  readonly outer: Scope | undefined;
  /** The scope of a class has the names of its properties (`this.client`). */
  readonly isClass?: boolean;
}

/** A function of the program itself, by the name that it is called by. */
export interface LocalFunction {
  readonly node: SyntaxNode;
  readonly parameters: SyntaxNode | undefined;
  readonly body: SyntaxNode;
  readonly scope: Scope;
  /** True when other files may call it. */
  readonly exported: boolean;
}

/** What is known while a program is read. */
export interface State {
  readonly source: string;
  readonly context: ReaderContext;
  readonly modules: Set<string>;
  readonly functions: Map<string, LocalFunction>;
  /** True when the file mocks the AWS SDK: its commands go nowhere then. */
  readonly mocked: boolean;
  /** A text inside a text (`eval('…')`). */
  readonly depth: number;
  scope: Scope;
  /** Which of a name's or a condition's values is taken now. */
  choice: number;
  /** The highest number of values that a name or condition had since it was set to 1. */
  choices: number;
  /** How many functions are entered by a call now, and how many more may be. */
  entered: number;
  budget: number;
  /** Where findings go; positions are those of the call itself. */
  found: Finding[];
  /** Functions whose body was read for a call of theirs, by where they begin. */
  readonly followed: Set<number>;
}

/** No more values are followed for one name. */
export const MAX_CHOICES = 3;
/** Expressions in expressions are followed so far. */
export const MAX_NESTED = 60;

export const children = (node: SyntaxNode): SyntaxNode[] => {
  const out: SyntaxNode[] = [];
  for (let c = node.firstChild; c; c = c.nextSibling) out.push(c);
  return out;
};

export const code = (node: SyntaxNode, state: Pick<State, 'source'>): string => state.source.slice(node.from, node.to);

export const inner = (outer: Scope, isClass = false): Scope => ({ names: new Map(), outer, isClass });

/** The values of a name in this scope or the ones around it. */
export function lookUp(name: string, scope: Scope): Choices | undefined {
  for (let s: Scope | undefined = scope; s; s = s.outer) {
    const found = s.names.get(name);
    if (found) return found;
  }
  return undefined;
}

/** The value that is taken now where there is more than one. */
export function chosen(choices: Choices, state: State): Value | undefined {
  state.choices = Math.max(state.choices, Math.min(choices.length, MAX_CHOICES));
  return choices[Math.min(state.choice, choices.length - 1)];
}

/** What `read` gives for each choice that the conditions in it leave, each value once. */
export function everyChoice(state: State, read: () => Value): Choices {
  const { choice, choices } = state;
  const out: Value[] = [];
  state.choices = 1;
  for (let i = 0; i < state.choices && i < MAX_CHOICES; i++) {
    state.choice = i;
    const value = read();
    if (!out.some((o) => same(o, value))) out.push(value);
  }
  state.choice = choice;
  state.choices = choices;
  return out;
}

const same = (a: Value, b: Value): boolean => a === b || (a.kind === 'text' && b.kind === 'text' && a.parts.length === b.parts.length && a.parts.every((p, i) => p === b.parts[i])) || (a.kind === 'from' && b.kind === 'from' && a.path === b.path);
