import { isScalar, isSeq, type Scalar } from 'yaml';
import { entries, get, items, textOf } from '../engines/yaml';
import { located, shellOf, type RunnerCommand } from './commands';

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
