import type { Parts } from '../commands';
import { joined, known, partsOf, text, UNKNOWN, type Value } from '../program/value';

/** Longer texts and lists are left undecided: `a = a + a` doubles. */
const MAX_PARTS = 400;
const MAX_TEXT = 400_000;
const MAX_ITEMS = 400;

/** Two values one behind the other, within bounds. */
export function append(a: Value, b: Value): Value {
  const value = joined(a, b);
  if (value.kind === 'list') return bounded(value.items);
  if (value.kind !== 'text') return value;
  const parts: (string | undefined)[] = [];
  let length = 0;
  for (const part of value.parts) {
    const last = parts.at(-1);
    length += part?.length ?? 0;
    if (length > MAX_TEXT || parts.length > MAX_PARTS) return { kind: 'text', parts: [...parts, undefined] };
    if (part !== undefined && last !== undefined) parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  return { kind: 'text', parts };
}

/** A list of words; what is more than can be kept is any number of unknown words. */
export const bounded = (items: readonly Value[]): Value => ({ kind: 'list', items: items.length > MAX_ITEMS ? [...items.slice(0, MAX_ITEMS), { kind: 'list', items: [] }] : items });

/** What a method of a text or an array gives. Source: ECMAScript, String and Array prototype objects. */
export function foldMethod(of: Extract<Value, { kind: 'text' | 'list' }>, method: string, args: readonly Value[]): Value {
  if (of.kind === 'list') {
    switch (method) {
      case 'join': return joinedList(of.items, known(args[0]) ?? ',');
      case 'concat': return args.reduce((a, b) => append(a, b.kind === 'list' ? b : { kind: 'list', items: [b] }), of as Value);
      // What the callback takes away isn't known; what stays is at most this.
      case 'filter': case 'flat': case 'slice': case 'map': return args.length === 0 || method === 'filter' ? of : { kind: 'list', items: [{ kind: 'list', items: [] }] };
      default: return UNKNOWN;
    }
  }
  const whole = known(of);
  switch (method) {
    case 'toString': case 'valueOf': case 'normalize': case 'quiet': return of;
    case 'trim': case 'trimEnd': case 'trimStart': return whole === undefined ? of : text(whole.trim());
    case 'concat': return args.reduce(append, of as Value);
    case 'toLowerCase': return whole === undefined ? of : text(whole.toLowerCase());
    case 'toUpperCase': return whole === undefined ? of : text(whole.toUpperCase());
    case 'split': { const by = known(args[0]); return whole === undefined || by === undefined || whole.length > 20_000 ? { kind: 'list', items: [{ kind: 'list', items: [] }] } : { kind: 'list', items: whole.split(by).slice(0, 300).map(text) }; }
    case 'replace': case 'replaceAll': {
      const [what, by] = [known(args[0]), known(args[1])];
      return whole === undefined || what === undefined || by === undefined ? { kind: 'text', parts: whole === undefined ? of.parts : [whole, undefined] } : text(method === 'replace' ? whole.replace(what, () => by) : what === '' ? whole : whole.split(what).join(by));
    }
    default: return UNKNOWN;
  }
}

/** The items of an array as one text. */
function joinedList(items: readonly Value[], by: string): Value {
  const parts: (string | undefined)[] = [];
  items.forEach((item, i) => parts.push(...(i > 0 ? [by] : []), ...partsOf(item)));
  return { kind: 'text', parts };
}

/** The JSON text of a value, with gaps where it isn't known. */
export function jsonText(value: Value | undefined, depth = 0): Parts {
  if (!value || depth > 20) return [undefined];
  switch (value.kind) {
    case 'text': { const whole = known(value); return /^(?:true|false|null|-?\d+(?:\.\d+)?)$/.test(whole ?? '') ? [whole] : ['"', ...value.parts.map((p) => (p === undefined ? p : JSON.stringify(p).slice(1, -1))), '"']; }
    case 'list': return ['[', ...value.items.flatMap((item, i) => [...(i > 0 ? [','] : []), ...jsonText(item, depth + 1)]), ']'];
    case 'map': return ['{', ...[...value.entries].flatMap(([key, item], i) => [`${i > 0 ? ',' : ''}${JSON.stringify(key)}:`, ...jsonText(item, depth + 1)]), '}'];
    default: return [undefined];
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0', '\n': '' };

/** The text that a literal with escapes stands for. Source: ECMAScript, String Literals. */
export function unescaped(body: string): string {
  if (!body.includes('\\')) return body;
  return body.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,6}\}|[^])/g, (_, e: string) => (e.length > 1 ? String.fromCodePoint(Math.min(0x10ffff, parseInt(e.replace(/[^0-9a-fA-F]/g, ''), 16))) : (ESCAPES[e] ?? e)));
}
