import type { Node } from 'jsonc-parser';

/** Says that something is wrong between two UTF-16 offsets. */
export type Tell = (start: number, end: number, message: string) => void;

/** Reads single values of a rules file and tells what is wrong with one. What cannot be read is undefined. */
export interface Fields {
  /** Tells something of a node. */
  wrong(node: Node, message: string): void;
  /** The members of an object by name; unknown ones and ones given twice are told. */
  members(node: Node, allowed: readonly string[], what: string): ReadonlyMap<string, Node>;
  text(node: Node | undefined, parent: Node, name: string): string | undefined;
  oneOf<T extends string>(node: Node | undefined, parent: Node, name: string, allowed: readonly T[]): T | undefined;
  /** One text or a list of texts. */
  list<T extends string>(node: Node | undefined, name: string, allowed?: readonly T[]): readonly T[] | undefined;
  /** Patterns; what would be one in another language and never match here is told. */
  globs(node: Node | undefined, name: string): readonly string[] | undefined;
}

export function fieldsOf(tell: Tell): Fields {
  const wrong = (node: Node, message: string): void => tell(node.offset, node.offset + node.length, message);

  function members(node: Node, allowed: readonly string[], what: string): Map<string, Node> {
    const found = new Map<string, Node>();
    if (node.type !== 'object') {
      wrong(node, `${what} must be an object { … }.`);
      return found;
    }
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (!key || !value) continue;
      const name = String(key.value);
      if (!allowed.includes(name)) wrong(key, `${what} has no member "${name}". It may have: ${allowed.join(', ')}.`);
      else if (found.has(name)) wrong(key, `"${name}" is there twice. Keep one of them.`);
      else found.set(name, value);
    }
    return found;
  }

  function text(node: Node | undefined, parent: Node, name: string): string | undefined {
    if (!node) {
      wrong(parent, `"${name}" is missing.`);
      return undefined;
    }
    if (node.type !== 'string' || String(node.value).trim() === '') {
      wrong(node, `"${name}" must be a text in quotes.`);
      return undefined;
    }
    return String(node.value);
  }

  function oneOf<T extends string>(node: Node | undefined, parent: Node, name: string, allowed: readonly T[]): T | undefined {
    const value = text(node, parent, name);
    if (value === undefined || !node) return undefined;
    if ((allowed as readonly string[]).includes(value)) return value as T;
    wrong(node, `"${value}" is not known here. "${name}" is one of: ${allowed.join(', ')}.`);
    return undefined;
  }

  function list<T extends string>(node: Node | undefined, name: string, allowed?: readonly T[]): readonly T[] | undefined {
    if (!node) return undefined;
    const items = node.type === 'array' ? (node.children ?? []) : [node];
    if (items.length === 0) wrong(node, `"${name}" is an empty list and would match nothing. Remove it, or name something.`);
    return items.flatMap((item) => (allowed ? oneOf(item, item, name, allowed) : (text(item, item, name) as T | undefined)) ?? []);
  }

  function globs(node: Node | undefined, name: string): readonly string[] | undefined {
    for (const item of node?.type === 'array' ? (node.children ?? []) : node ? [node] : []) {
      const odd = item.type === 'string' ? /[[\]{}|^\\]|\.\*/.exec(String(item.value)) : null;
      if (odd?.[0] === '.*') wrong(item, '".*" would be a dot and then anything. Write * for any run of characters, or .?* where the dot is meant.');
      else if (odd) wrong(item, `"${odd[0]}" has no meaning in a pattern here: * is any run of characters, ? is any one. Write a list for several patterns.`);
    }
    return list(node, name);
  }

  return { wrong, members, text, oneOf, list, globs };
}
