import { isMap, isScalar, isSeq, parseAllDocuments, type Node, type YAMLMap } from 'yaml';

/** A text larger than this, or with more aliases, is not taken apart. */
const MAX_LENGTH = 2 * 1024 * 1024;

/** The documents of a YAML text as nodes; empty when it can't be read. */
export function documents(text: string): Node[] {
  if (text.length > MAX_LENGTH || /^[\s{[(]{400}/.test(text) || tooDeep(text)) return [];
  try {
    return parseAllDocuments(text, { strict: false, uniqueKeys: false, logLevel: 'silent' } as never).flatMap((d) => (d.contents ? [d.contents as Node] : []));
  } catch {
    return [];
  }
}

/** Nesting that a recursive parser would not come back from. */
export function tooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 91 || c === 123) {
      if (++depth > 400) return true;
    } else if (c === 93 || c === 125) depth = Math.max(0, depth - 1);
  }
  return / {800,}\S/.test(text);
}

export const entries = (node: unknown): readonly (readonly [string, Node])[] => (isMap(node) ? node.items.flatMap((p) => (isScalar(p.key) && p.value ? [[String(p.key.value), p.value as Node] as const] : [])) : []);

export const get = (node: unknown, key: string): Node | undefined => (isMap(node) ? ((node as YAMLMap).get(key, true) as Node | undefined) : undefined);

export const items = (node: unknown): readonly Node[] => (isSeq(node) ? (node.items as Node[]) : []);

export const textOf = (node: unknown): string | undefined => (isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number' || typeof node.value === 'boolean') ? String(node.value) : undefined);
