/** A template as plain data in long form (`{"Fn::Sub": …}`), as JSON gives it. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };
export type PlainObject = { readonly [key: string]: Plain };

/**
 * Something whose text only AWS will know. It stays in the resolved value as a node, so that two templates can be
 * compared without guessing and so that a change can be followed from a resource to those that refer to it.
 */
export type Symbolic =
  /** `Ref` of a resource. */
  | { readonly sym: 'ref'; readonly id: string }
  /** `Fn::GetAtt` of a resource. */
  | { readonly sym: 'att'; readonly id: string; readonly attribute: string }
  /** Constant for the stack, but not known here (`AWS::StackName`). */
  | { readonly sym: 'pseudo'; readonly name: string }
  /** Comes from outside and may differ from one run to the next: a parameter without value, SSM, an import, a macro. */
  | { readonly sym: 'outside'; readonly key: string; readonly what: string }
  /** A function that can't be worked out because an argument is symbolic. */
  | { readonly sym: 'call'; readonly fn: string; readonly args: readonly Value[] }
  /** Text made of known and symbolic parts. */
  | { readonly sym: 'concat'; readonly parts: readonly Value[] };

/** A resolved value; undefined is `AWS::NoValue`, which is the same as not being there. */
export type Value = string | number | boolean | null | undefined | Symbolic | readonly Value[] | ValueObject;
export interface ValueObject { readonly [key: string]: Value }

/** True for a symbolic node. A template can't make one: it has no way to write an object with only our kinds of `sym`. */
export function isSymbolic(value: Value): value is Symbolic {
  return typeof value === 'object' && value !== null && symbols.has(value);
}

const symbols = new WeakSet<object>();

/** Marks a node as symbolic: by identity, so that template text that looks like one stays plain data. */
export function symbolic<S extends Symbolic>(node: S): S {
  symbols.add(node);
  return node;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** True for data with keys. The type says `sym?: undefined` only so that narrowing leaves symbolic nodes out. */
export function isObject(value: Value): value is ValueObject & { readonly sym?: undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !symbols.has(value);
}

/** CloudFormation keeps scalars as text: 5 and "5", true and "true" are the same to it. */
export function scalarText(value: Value): string | undefined {
  switch (typeof value) {
    case 'string': return value;
    case 'number':
    case 'boolean': return String(value);
    default: return value === null ? 'null' : undefined;
  }
}

/** One text per meaning: two values are equal when their keys are. */
export function keyOf(value: Value): string {
  if (value === undefined) return '~';
  const text = scalarText(value);
  if (text !== undefined) return JSON.stringify(text);
  if (isList(value)) return `[${value.map(keyOf).join(',')}]`;
  if (isSymbolic(value)) {
    switch (value.sym) {
      case 'ref': return `ref(${value.id})`;
      case 'att': return `att(${value.id}.${value.attribute})`;
      case 'pseudo': return `pseudo(${value.name})`;
      case 'outside': return `outside(${value.key})`;
      case 'call': return `${value.fn}(${value.args.map(keyOf).join(',')})`;
      case 'concat': return `concat(${value.parts.map(keyOf).join(',')})`;
    }
  }
  const object = value as ValueObject;
  return `{${Object.keys(object).filter((k) => object[k] !== undefined).sort().map((k) => `${JSON.stringify(k)}:${keyOf(object[k])}`).join(',')}}`;
}

/** Joins texts and symbolic parts; neighbouring texts melt together, so that Join and Sub of the same meaning are equal. */
export function concat(parts: readonly Value[]): Value {
  const flat: Value[] = [];
  const add = (part: Value): void => {
    const text = scalarText(part);
    const last = flat[flat.length - 1];
    if (text !== undefined && typeof last === 'string') flat[flat.length - 1] = last + text;
    else if (text !== undefined) flat.push(text);
    else if (part !== undefined) flat.push(part);
  };
  for (const part of parts) {
    if (isSymbolic(part) && part.sym === 'concat') part.parts.forEach(add);
    else add(part);
  }
  const solid = flat.filter((part) => part !== '');
  if (solid.length === 0) return '';
  // One part alone is that part: `Fn::Sub` of a single name says the same as `Ref`.
  if (solid.length === 1) return solid[0];
  return symbolic({ sym: 'concat', parts: solid });
}

/** Calls visit for every symbolic leaf of a value. */
export function visitSymbols(value: Value, visit: (leaf: Exclude<Symbolic, { sym: 'call' | 'concat' }>) => void): void {
  if (isList(value)) for (const item of value) visitSymbols(item, visit);
  else if (isSymbolic(value)) {
    if (value.sym === 'concat') value.parts.forEach((part) => visitSymbols(part, visit));
    else if (value.sym === 'call') value.args.forEach((arg) => visitSymbols(arg, visit));
    else visit(value);
  } else if (isObject(value)) for (const key of Object.keys(value)) visitSymbols(value[key], visit);
}

/** True when nothing in the value is symbolic. */
export function isKnown(value: Value): boolean {
  let known = true;
  visitSymbols(value, () => { known = false; });
  return known;
}

/** A plain object, or undefined for anything else. */
export function asObject(value: Plain | undefined): PlainObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as PlainObject) : undefined;
}
