import type { TextRange } from '../../../model';
import type { TextEdit } from '../mark';
import type { TemplateText } from './template-text';

type Path = readonly (string | number)[];

/**
 * Edits that give a resource these attributes: a written one gets the new value, a missing one is put before `Type`, so that
 * neither commas nor indentation need guessing. Empty when the resource has no `Type` in this text.
 */
export function setAttributes(source: TemplateText, id: string, attributes: Readonly<Record<string, string>>): TextEdit[] {
  const edits: TextEdit[] = [];
  const missing: string[] = [];
  for (const [name, value] of Object.entries(attributes)) {
    const written = source.find(['Resources', id, name]);
    if (written === undefined) missing.push(source.format === 'json' ? `"${name}": "${value}"` : `${name}: ${value}`);
    else edits.push({ range: solid(source.text, written.value), newText: source.format === 'json' ? `"${value}"` : value });
  }
  if (missing.length === 0) return edits;
  const at = source.find(['Resources', id, 'Type'])?.key?.start;
  if (at === undefined) return edits;
  const between = source.format === 'json' ? ',' : isFlow(source, ['Resources', id]) ? ', ' : '';
  const newLine = lineStartsWithKey(source.text, at) ? `${eol(source.text)}${indentAt(source.text, at)}` : source.format === 'json' ? ' ' : '';
  const separator = between === ', ' ? between : `${between}${newLine}`;
  if (separator === '') return edits;
  return [...edits, { range: { start: at, end: at }, newText: missing.map((text) => `${text}${separator}`).join('') }];
}

/** The edit that puts an entry of the earlier text back into a map of the current one, or over what stands there now. */
export function putBack(head: TemplateText, current: TemplateText, parent: Path, key: string): TextEdit[] {
  if (head.format !== current.format) return [];
  const old = head.find([...parent, key]);
  if (old?.key === undefined) return [];
  const start = old.key.start;
  const entry = head.text.slice(start, solid(head.text, old.value).end);
  const now = current.find([...parent, key]);
  if (now?.key !== undefined) {
    const to = { start: now.key.start, end: solid(current.text, now.value).end };
    return [{ range: to, newText: shifted(entry, columnOf(head.text, start), indentAt(current.text, now.key.start), eol(current.text)) }];
  }
  const map = current.find(parent);
  if (map === undefined) return [];
  const braces = current.text[map.value.start] === '{';
  if (braces) {
    const inside = map.value.start + 1;
    const first = /^\s*/.exec(current.text.slice(inside))?.[0] ?? '';
    const empty = current.text[inside + first.length] === '}';
    const indent = first.includes('\n') ? first.slice(first.lastIndexOf('\n') + 1) : '';
    const text = shifted(entry, columnOf(head.text, start), indent, eol(current.text));
    return [{ range: { start: inside, end: inside }, newText: `${first.includes('\n') ? first : ''}${text}${empty ? '' : ','}` }];
  }
  if (isFlow(head, parent)) return [];
  const at = map.value.start;
  if (!lineStartsWithKey(current.text, at)) return [];
  const indent = indentAt(current.text, at);
  return [{ range: { start: at, end: at }, newText: `${shifted(entry, columnOf(head.text, start), indent, eol(current.text))}${eol(current.text)}${indent}` }];
}

/** A range without the blanks, line ends and comment lines that a block of YAML takes along at its end. */
function solid(text: string, range: TextRange): TextRange {
  let slice = text.slice(range.start, range.end).trimEnd();
  for (;;) {
    const last = slice.lastIndexOf('\n') + 1;
    if (last === 0 || !slice.slice(last).trimStart().startsWith('#')) return { start: range.start, end: range.start + slice.length };
    slice = slice.slice(0, last).trimEnd();
  }
}

/** Text of several lines moved from one column to another; the first line has no indent of its own. */
function shifted(entry: string, fromColumn: number, indent: string, newLine: string): string {
  return entry.split(/\r?\n/).map((line, index) => {
    if (index === 0 || line.trim() === '') return line;
    const own = /^[ \t]*/.exec(line)?.[0] ?? '';
    return `${indent}${own.length > fromColumn ? own.slice(fromColumn) : ''}${line.slice(own.length)}`;
  }).join(newLine);
}

function isFlow(source: TemplateText, path: Path): boolean {
  const place = source.find(path);
  return place !== undefined && source.text[place.value.start] === '{';
}

function eol(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, at), at))?.[0] ?? '';
}

function lineStartsWithKey(text: string, at: number): boolean {
  return text.slice(lineStart(text, at), at).trim() === '';
}
