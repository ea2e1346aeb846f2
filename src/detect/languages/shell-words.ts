import type { ParameterExpansionPart, ParsedScript, Word as Node, WordPart } from 'unbash';

import type { Word } from '../invocation';
import type { TextRange } from '../../model';
import { braces } from './shell-braces';
import { globPattern } from './shell-glob';
import { UNKNOWN, type State, type Variable } from './shell-state';

/** Chooses one of several possible values of a variable, and notes which variables there were to choose. */
export interface Choice {
  readonly chosen: ReadonlyMap<string, string>;
  readonly open: Map<string, readonly string[]>;
}

export interface Expander {
  readonly state: State;
  readonly home: string | undefined;
  readonly choice: Choice;
  readonly range: (node: { readonly pos: number; readonly end: number }) => TextRange;
  /** The output of a command substitution where it is known; it is looked at for operations elsewhere. */
  output(script: ParsedScript | undefined): string | undefined;
}

/** A piece of a word: known text or a gap; `split` where the shell would cut it into words. */
interface Piece {
  readonly text: string | undefined;
  readonly split: boolean;
  /** Ends the current word before this piece: an element of an array after the first. */
  readonly fresh?: boolean;
  /** May be any number of words. */
  readonly multi?: boolean;
}

/** Expands a word into the words that the command would get. */
export function expand(node: Node, x: Expander): Word[] {
  const range = x.range(node);
  if (!node.parts) {
    const value = tilde(node.text, node.value, x);
    return [{ raw: node.text, value, parts: [value], multi: false, range }];
  }
  if (node.parts.some((p) => p.type === 'BraceExpansion')) {
    const texts = braces(node, x);
    if (texts) return texts.map((value) => ({ raw: node.text, value, parts: [value], multi: false, range }));
  }
  const pieces = node.parts.flatMap((part, i) => piecesOf(part, false, x, i === 0));
  return fields(pieces, node.text, range);
}

/** Expands what stands where the shell does not split: an assignment's value, a here-string, a here-document. */
export function expandWhole(parts: readonly WordPart[] | undefined, text: string, x: Expander): string | undefined {
  if (!parts) return text;
  let whole = '';
  for (const part of parts) {
    for (const piece of piecesOf(part, true, x, false)) {
      if (piece.text === undefined || piece.multi) return undefined;
      whole += (piece.fresh ? ' ' : '') + piece.text;
    }
  }
  return whole;
}

function fields(pieces: readonly Piece[], raw: string, range: TextRange): Word[] {
  const words: Word[] = [];
  let parts: (string | undefined)[] = [];
  let begun = false;
  let multi = false;
  const flush = (): void => {
    if (!begun) return;
    const joined = merge(parts);
    words.push({ raw, value: joined.length === 1 && !multi ? joined[0] : joined.every((p) => p !== undefined) && !multi ? joined.join('') : undefined, parts: joined, multi, range });
    parts = [];
    begun = false;
    multi = false;
  };
  for (const piece of pieces) {
    if (piece.fresh) flush();
    if (piece.multi) multi = true;
    if (piece.text === undefined) {
      parts.push(undefined);
      begun = true;
      continue;
    }
    if (!piece.split) {
      parts.push(piece.text);
      begun = true;
      continue;
    }
    const cut = piece.text.split(/[ \t\n]+/);
    cut.forEach((text, i) => {
      if (i > 0) flush();
      if (text !== '') {
        parts.push(text);
        begun = true;
      }
    });
  }
  flush();
  return words;
}

function merge(parts: readonly (string | undefined)[]): (string | undefined)[] {
  const out: (string | undefined)[] = [];
  for (const part of parts) {
    const last = out.length - 1;
    if (part !== undefined && typeof out[last] === 'string') out[last] += part;
    else if (part !== undefined || out.length === 0 || out[last] !== undefined) out.push(part);
  }
  return out.length === 0 ? [''] : out;
}

function piecesOf(part: WordPart, quoted: boolean, x: Expander, first: boolean): Piece[] {
  switch (part.type) {
    case 'Literal':
      return [{ text: first && !quoted ? tilde(part.text, part.value, x) : part.value, split: false }];
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [{ text: part.value, split: false }];
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.length === 0 ? [{ text: '', split: false }] : part.parts.flatMap((p) => piecesOf(p, true, x, false));
    case 'Glob':
    case 'ExtendedGlob':
    case 'BraceExpansion':
      return [{ text: part.text, split: false }];
    case 'SimpleExpansion':
      return parameter(part.text.slice(1), quoted, x);
    case 'ParameterExpansion':
      return operation(part, quoted, x);
    case 'CommandExpansion': {
      const text = x.output(part.script);
      return [text === undefined ? gap(quoted) : { text, split: !quoted }];
    }
    case 'ArithmeticExpansion': {
      const text = part.text.replace(/^\$\(\(|\)\)$/g, '').trim();
      return [/^\d+$/.test(text) ? { text, split: false } : { text: undefined, split: false }];
    }
    case 'ProcessSubstitution':
      return [{ text: undefined, split: false }];
  }
}

const gap = (quoted: boolean): Piece => ({ text: undefined, split: false, multi: !quoted });

function parameter(name: string, quoted: boolean, x: Expander): Piece[] {
  if (name === '@' || name === '*') return list(x.state.positional, name === '*' && quoted, quoted);
  if (/^\d+$/.test(name)) {
    const number = Number(name);
    if (number === 0) return [gap(quoted)];
    if (!x.state.positional) return [gap(quoted)];
    const words = x.state.positional;
    // One that may be several words moves all that come after it.
    if (words.slice(0, number).some((w) => w.multi)) return [gap(quoted)];
    const word = words[number - 1];
    return word ? word.parts.map((text) => (text === undefined ? gap(quoted) : { text, split: !quoted })) : [{ text: '', split: !quoted }];
  }
  if (!/^[A-Za-z_]\w*$/.test(name)) return [gap(quoted)];
  const text = valueOf(name, x);
  return [text === undefined ? gap(quoted) : { text, split: !quoted }];
}

/** The value of a variable, one of several by choice; undefined when not known. */
export function valueOf(name: string, x: Expander): string | undefined {
  const variable = x.state.vars.get(name);
  if (variable?.elements) return variable.elements[0]?.value;
  const values = variable?.values;
  if (!values || values.length === 0) return undefined;
  if (values.length === 1) return values[0];
  const chosen = x.choice.chosen.get(name);
  if (chosen === undefined) x.choice.open.set(name, values);
  return chosen;
}

function list(words: readonly Word[] | undefined, joined: boolean, quoted: boolean): Piece[] {
  if (!words) return [{ text: undefined, split: false, multi: true }];
  return words.flatMap((word, i) => word.parts.map((text, at): Piece => ({
    text: joined && i > 0 && at === 0 && text !== undefined ? ` ${text}` : text, split: !quoted && text !== undefined, fresh: !joined && i > 0 && at === 0, multi: word.multi,
  })));
}

function operation(part: ParameterExpansionPart, quoted: boolean, x: Expander): Piece[] {
  const { parameter: name, prefix, index, operation: op } = part;
  if (index) {
    if (prefix || op) return [gap(quoted)];
    const variable = x.state.vars.get(name);
    if (index.text === '@' || index.text === '*') {
      if (variable?.elements) return list(variable.elements, index.text === '*' && quoted, quoted);
      const text = variable ? valueOf(name, x) : undefined;
      return text === undefined ? [{ text: undefined, split: false, multi: true }] : [{ text, split: !quoted }];
    }
    const element = /^\d+$/.test(index.text) ? variable?.elements?.[Number(index.text)] : undefined;
    return element ? element.parts.map((text) => (text === undefined ? gap(quoted) : { text, split: !quoted })) : [gap(quoted)];
  }
  if (prefix === '#') return [{ text: undefined, split: false }];
  if (prefix === '!') {
    const target = op ? undefined : valueOf(name, x);
    return target !== undefined ? parameter(target, quoted, x) : [gap(quoted)];
  }
  if (!op) return parameter(name, quoted, x);
  const known = x.state.vars.has(name);
  const given = valueOf(name, x);
  const operand = (node: Node): string | undefined => expandWhole(node.parts, node.value, x);
  const text = ((): string | undefined => {
    switch (op.type) {
      case 'Default': {
        const alternative = operand(op.operand);
        if (op.operator === '+' || op.operator === ':+') return given === undefined ? undefined : given === '' && op.operator === ':+' ? '' : alternative;
        if (op.operator === '?' || op.operator === ':?') return given;
        if (given !== undefined) return given === '' && op.operator.startsWith(':') ? alternative : given;
        // A variable that nothing here sets most likely has its default; but the environment may say otherwise.
        if (known) return undefined;
        if (op.operator.endsWith('=')) x.state.vars.set(name, alternative === undefined ? UNKNOWN : { values: [alternative] });
        return alternative;
      }
      case 'Remove': {
        const pattern = operand(op.operand);
        return given === undefined || pattern === undefined ? undefined : removed(given, pattern, op.operator);
      }
      case 'Replace': {
        const pattern = operand(op.pattern);
        const replacement = operand(op.replacement);
        if (given === undefined || pattern === undefined || replacement === undefined) return undefined;
        return replaced(given, pattern, replacement, op.operator);
      }
      case 'Slice': {
        const offset = Number(operand(op.offset)?.trim());
        const length = op.length ? Number(operand(op.length)?.trim()) : undefined;
        if (given === undefined || !Number.isInteger(offset) || (length !== undefined && !Number.isInteger(length))) return undefined;
        const start = offset < 0 ? Math.max(0, given.length + offset) : offset;
        return length === undefined ? given.slice(start) : length < 0 ? given.slice(start, length) : given.slice(start, start + length);
      }
      case 'CaseModification':
        if (given === undefined || op.operand) return undefined;
        if (op.operator === ',,') return given.toLowerCase();
        if (op.operator === '^^') return given.toUpperCase();
        return op.operator === ',' ? given.charAt(0).toLowerCase() + given.slice(1) : given.charAt(0).toUpperCase() + given.slice(1);
      case 'Transform':
      case 'Names':
      case 'Unknown':
        return undefined;
    }
  })();
  return [text === undefined ? gap(quoted) : { text, split: !quoted }];
}

function removed(text: string, pattern: string, operator: '#' | '##' | '%' | '%%'): string {
  const matches = globPattern(pattern);
  const cuts = Array.from({ length: text.length + 1 }, (_, i) => i);
  const prefix = operator.startsWith('#');
  const longest = operator.length === 2;
  const order = prefix === longest ? cuts.reverse() : cuts;
  for (const at of order) {
    if (matches(prefix ? text.slice(0, at) : text.slice(at))) return prefix ? text.slice(at) : text.slice(0, at);
  }
  return text;
}

function replaced(text: string, pattern: string, replacement: string, operator: '/' | '//' | '/#' | '/%'): string | undefined {
  // Only plain text is replaced; a pattern with wildcards leaves the value unknown.
  if (/[*?[\\]/.test(pattern) || pattern === '') return undefined;
  if (operator === '//') return text.split(pattern).join(replacement);
  if (operator === '/#') return text.startsWith(pattern) ? replacement + text.slice(pattern.length) : text;
  if (operator === '/%') return text.endsWith(pattern) ? text.slice(0, -pattern.length) + replacement : text;
  return text.replace(pattern, () => replacement);
}

function tilde(raw: string, value: string, x: Expander): string {
  return x.home !== undefined && (raw === '~' || raw.startsWith('~/')) ? x.home + value.slice(1) : value;
}

/** A value as a variable. */
export function variable(text: string | undefined): Variable {
  return text === undefined ? UNKNOWN : { values: [text] };
}
