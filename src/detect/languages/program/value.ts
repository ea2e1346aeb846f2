import type { Parts } from '../commands';

/** What is known of an expression in a program before it runs. */
export type Value =
  | { readonly kind: 'text'; readonly parts: Parts }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Value> }
  /** A module, a client, or what a call on one gives: where it comes from, written as a path (`boto3.client`, `@aws:s3`). */
  | { readonly kind: 'from'; readonly path: string }
  | { readonly kind: 'unknown' };

export const UNKNOWN: Value = { kind: 'unknown' };

export const text = (value: string): Value => ({ kind: 'text', parts: [value] });

/** The parts of a value that stands as a word or a text; one gap when it isn't known. */
export function partsOf(value: Value | undefined): Parts {
  return value?.kind === 'text' ? value.parts : [undefined];
}

/** The whole text of a value; undefined when a part of it isn't known. */
export function known(value: Value | undefined): string | undefined {
  if (value?.kind !== 'text') return undefined;
  return value.parts.some((p) => p === undefined) ? undefined : value.parts.join('');
}

/** Two values one behind the other. */
export function joined(a: Value, b: Value): Value {
  if (a.kind === 'list' && b.kind === 'list') return { kind: 'list', items: [...a.items, ...b.items] };
  return a.kind === 'text' || b.kind === 'text' ? { kind: 'text', parts: [...partsOf(a), ...partsOf(b)] } : UNKNOWN;
}

/** A call in a program with what is known of it. */
export interface Call {
  /** What is called, written from where it comes (`subprocess.run`, `@aws:s3.delete_bucket`). */
  readonly path: string;
  readonly args: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** `new X()`. */
  readonly isNew: boolean;
  readonly range: { readonly start: number; readonly end: number };
}
