import { isMap, isScalar, isSeq, parseAllDocuments, type Node, type Scalar, type YAMLMap } from 'yaml';
import { located, shellOf, type RunnerCommand } from './commands';

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

/** A map of plain values (`env:`), with what isn't known as undefined. */
export function environment(node: unknown): Record<string, string | undefined> {
  return Object.fromEntries(entries(node).map(([k, v]) => [k, unknownParts(textOf(v) ?? textOf(get(v, 'value')))]));
}

const unknownParts = (value: string | undefined): string | undefined => (value === undefined || /\$\{\{|\$\(|<</.test(value) ? undefined : value);

/** A scalar as a text to be run, every line at its true place. */
export function commandOf(node: unknown, source: string, target: string | undefined, env: RunnerCommand['env'] = {}, shell: string | undefined = undefined): RunnerCommand[] {
  if (isSeq(node)) return commandsOf(node, source, target, env, shell);
  if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return [];
  const value = expressions((node as Scalar<string>).value);
  return [{ ...located(lines(value, node.range[0], source.slice(node.range[0], node.range[1]))), shell: shellOf(shell), target, env }];
}

/** A list of commands that one shell runs one after the other (`script:`). */
export function commandsOf(node: unknown, source: string, target: string | undefined, env: RunnerCommand['env'] = {}, shell: string | undefined = undefined): RunnerCommand[] {
  const all = items(node).flatMap((item) => (isSeq(item) ? items(item) : [item])).flatMap((item) => (isScalar(item) && typeof item.value === 'string' && item.range ? lines(expressions(item.value), item.range[0], source.slice(item.range[0], item.range[1])) : []));
  return all.length === 0 ? [] : [{ ...located(all), shell: shellOf(shell), target, env }];
}

/** What a CI system puts in before the shell sees the text is a variable that nothing sets, but for its own environment. */
function expressions(text: string): string {
  return text.replace(/\$\{\{\s*env\.(\w+)\s*\}\}/g, '${$1}').replace(/\$\{\{[^}]*\}\}|\$\[\[[^\]]*\]\]|<<\s*(?:parameters|pipeline)\.[\w.]+\s*>>|\$\(\w+(?:\.\w+)*\)(?=[\s"'/]|$)/g, (m) => (/^\$\(\w+\)$/.test(m) ? m : '$UNKNOWN_VALUE'));
}

function lines(value: string, at: number, raw: string): { text: string; at: number }[] {
  const block = /^[|>]/.test(raw);
  if (!block) return value.split('\n').map((text, i) => ({ text, at: i === 0 ? at + (/^["']/.test(raw) ? 1 : 0) : at }));
  // A block's lines stand in the file as they are, apart from their indentation.
  const out: { text: string; at: number }[] = [];
  const rows = raw.split('\n');
  let offset = at + (rows[0]?.length ?? 0) + 1;
  const kept = value.split('\n');
  let row = 1;
  for (const text of kept) {
    while (row < rows.length && text.trim() !== '' && !(rows[row] ?? '').includes(text.trim().slice(0, 20))) {
      offset += (rows[row]?.length ?? 0) + 1;
      row++;
    }
    const line = rows[row] ?? '';
    out.push({ text, at: offset + Math.max(0, line.length - line.trimStart().length) });
    if (row < rows.length && !raw.startsWith('>')) {
      offset += line.length + 1;
      row++;
    }
  }
  return out;
}
