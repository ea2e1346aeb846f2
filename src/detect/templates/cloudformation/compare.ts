import { isKnown, isList, isObject, isSymbolic, keyOf, scalarText, visitSymbols, type Value } from './value';

/** One place where two resolved values differ. */
export interface Difference {
  /** Names of properties, without list positions: what the replacement table is keyed by. */
  readonly names: readonly string[];
  /** The same with list positions: what a mark is put on. */
  readonly path: readonly (string | number)[];
  /** False when AWS has to look something up to know whether the value really differs. */
  readonly certain: boolean;
}

/** Decides about two values that differ as written, where at least one is symbolic: do they come out the same, differ, or is it open? */
export type Certainty = (before: Value, after: Value) => 'same' | 'differs' | 'open';

/** All places where two values differ; a side that lacks a part counts in every leaf of the other side's part. */
export function differences(before: Value, after: Value, certainty: Certainty): Difference[] {
  const found: Difference[] = [];
  walk(before, after, [], [], certainty, found);
  return found;
}

function walk(a: Value, b: Value, names: readonly string[], path: readonly (string | number)[], certainty: Certainty, found: Difference[]): void {
  if (a === b) return;
  if (isObject(a) && isObject(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) walk(a[key], b[key], [...names, key], [...path, key], certainty, found);
    return;
  }
  if (isList(a) && isList(b)) {
    for (let i = 0; i < Math.max(a.length, b.length); i++) walk(a[i], b[i], names, [...path, i], certainty, found);
    return;
  }
  const [textA, textB] = [scalarText(a), scalarText(b)];
  if (textA !== undefined && textA === textB) return;
  if ((isSymbolic(a) || isSymbolic(b)) && keyOf(a) === keyOf(b)) return;
  const plain = a === undefined || b === undefined || (isKnown(a) && isKnown(b));
  const verdict = plain ? 'differs' : certainty(a, b);
  if (verdict === 'same') return;
  found.push({ names, path, certain: verdict === 'differs' });
  // What was added or taken away may have parts of its own that replace.
  if (!isSymbolic(a)) leaves(a, names, path, found);
  if (!isSymbolic(b)) leaves(b, names, path, found);
}

function leaves(value: Value, names: readonly string[], path: readonly (string | number)[], found: Difference[]): void {
  if (isList(value)) value.forEach((item, i) => leaves(item, names, [...path, i], found));
  else if (isObject(value)) {
    for (const key of Object.keys(value)) {
      const at = [...names, key];
      found.push({ names: at, path, certain: true });
      leaves(value[key], at, path, found);
    }
  }
}

/** A place in a resource that refers to another resource. */
export interface Use {
  readonly id: string;
  /** The attribute of `Fn::GetAtt`; undefined for `Ref`. */
  readonly attribute: string | undefined;
  readonly names: readonly string[];
  readonly path: readonly (string | number)[];
}

/** Every reference in a resource's properties, with the place where it stands. */
export function usesIn(value: Value): Use[] {
  const found: Use[] = [];
  collect(value, [], [], found);
  return found;
}

function collect(value: Value, names: readonly string[], path: readonly (string | number)[], found: Use[]): void {
  if (isSymbolic(value)) {
    visitSymbols(value, (leaf) => {
      if (leaf.sym === 'ref') found.push({ id: leaf.id, attribute: undefined, names, path });
      else if (leaf.sym === 'att') found.push({ id: leaf.id, attribute: leaf.attribute, names, path });
    });
  } else if (isList(value)) value.forEach((item, i) => collect(item, names, [...path, i], found));
  else if (isObject(value)) for (const key of Object.keys(value)) collect(value[key], [...names, key], [...path, key], found);
}
