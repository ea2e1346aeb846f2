import type { Word as Node } from 'unbash';

import { expandWhole, type Expander } from './shell-words';

const MAX = 64;

/**
 * Brace expansion: `{a,b}c` and `{1..3}`. Comes before all other expansions, so it works on the pieces of the source.
 * @returns the words, or undefined when a part is not known or there would be more than 64.
 */
export function braces(node: Node, x: Expander): string[] | undefined {
  let words = [''];
  for (const part of node.parts ?? []) {
    const texts = part.type === 'BraceExpansion' ? alternatives(part.text) : [expandWhole([part], part.text, x)];
    if (!texts || texts.some((t) => t === undefined)) return undefined;
    words = words.flatMap((word) => texts.map((text) => word + String(text)));
    if (words.length > MAX) return undefined;
  }
  return words.filter((w) => w !== '');
}

function alternatives(text: string): string[] | undefined {
  const inner = text.slice(1, -1);
  const range = /^(-?\d+)\.\.(-?\d+)$/.exec(inner);
  if (range) {
    const [from, to] = [Number(range[1]), Number(range[2])];
    const count = Math.abs(to - from) + 1;
    return count > MAX ? undefined : Array.from({ length: count }, (_, i) => String(from + (to >= from ? i : -i)));
  }
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < inner.length; i++) {
    const c = inner.charAt(i);
    if (c === '$' || c === '`') return undefined;
    if (c === '\\') i++;
    else if (c === "'" || c === '"') i = Math.max(i, inner.indexOf(c, i + 1));
    else if (c === '{') depth++;
    else if (c === '}') depth--;
    else if (c === ',' && depth === 0) {
      parts.push(inner.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(inner.slice(start));
  const nested = parts.flatMap((p) => (p.startsWith('{') && p.endsWith('}') ? (alternatives(p) ?? [p]) : [unquoted(p)]));
  return nested.length > MAX ? undefined : nested;
}

function unquoted(text: string): string {
  return text.replace(/\\(.)|'([^']*)'|"([^"]*)"/g, (_, escaped: string | undefined, single: string | undefined, double: string | undefined) => escaped ?? single ?? double ?? '');
}
