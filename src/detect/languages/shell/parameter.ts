import type { ParameterExpansionPart, ParameterOperation, SimpleExpansionPart, Word } from 'unbash';

import { arithmetic } from './arithmetic';
import type { Frame, Piece } from './frame';
import { globPattern } from './glob';
import { expandPattern, expandText } from './parts';
import { CWD, POSITIONAL, setVariable, UNKNOWN_LIST, variable, type Item, type List, type Value } from './state';
import { bounded, GAP, gapOf, hasGap } from './text';
import { unescaped } from './filters';
import type { Pick } from './worlds';

/** What `$x` or `${x…}` becomes. Source: bash(1), Parameter Expansion. */
export function parameter(part: SimpleExpansionPart | ParameterExpansionPart, quotes: boolean, frame: Frame, pick: Pick, out: Piece[]): void {
  const one = (text: string): void => {
    out.push({ text, quoted: quotes, split: !quotes });
  };
  if (part.type === 'SimpleExpansion') return plain(part.text.slice(1), undefined, quotes, frame, pick, out);
  const { parameter: name, index, operation } = part;
  // zsh: `${=x}` splits, `${(z)x}` has flags.
  const zsh = name === '' ? /^\$\{(?:=|\(([a-zA-Z@]*)\))([A-Za-z_]\w*)\}$/.exec(part.text) : null;
  if (zsh) {
    const value = scalar(lookUp(String(zsh[2]), frame, pick));
    const flags = zsh[1] ?? '';
    out.push({ text: flags.includes('L') ? value.toLowerCase() : flags.includes('U') ? value.toUpperCase() : value, quoted: false, split: true });
    return;
  }
  if (part.prefix === '#') {
    const value = lookUp(name, frame, pick);
    const counts = name === '@' || name === '*' || index?.text === '@' || index?.text === '*';
    if (counts) return one(typeof value === 'object' && value.items.every((i) => !i.multi) ? String(value.items.length) : GAP);
    return one(index || typeof value !== 'string' || hasGap(value) ? GAP : String(value.length));
  }
  if (part.prefix === '!') {
    if (operation?.type === 'Names') return one(GAP);
    if (index?.text === '@' || index?.text === '*') {
      const value = lookUp(name, frame, pick);
      const items = typeof value === 'object' ? value.items.map((i) => ({ ...i, text: i.key === '' ? GAP : i.key })) : UNKNOWN_LIST.items;
      return listed(items, index.text === '*' && quotes, quotes, frame, pick, out);
    }
    const target = scalar(lookUp(name, frame, pick));
    if (hasGap(target) || target === '' || (operation && operation.type !== 'Default')) return one(GAP);
    const element = /^([A-Za-z_]\w*)\[([^\]]*)\]$/.exec(target);
    if (element) return one(elementOf(lookUp(String(element[1]), frame, pick), String(element[2])));
    if (operation) return one(operated(target, scalarOrUnset(lookUp(target, frame, pick)), operation, part, frame, pick));
    return plain(target, undefined, quotes, frame, pick, out);
  }
  if (!operation) return plain(name, index, quotes, frame, pick, out);
  const many = name === '@' || name === '*' || index?.text === '@' || index?.text === '*';
  if (many) {
    const value = lookUp(name, frame, pick);
    const list = typeof value === 'object' ? value.items : value === undefined ? [] : [{ key: '0', text: value, multi: false }];
    const joined = (name === '*' || index?.text === '*') && quotes;
    if (operation.type === 'Slice') return listed(slicedList(list, operation, name === '@' || name === '*', frame, pick), joined, quotes, frame, pick, out);
    if (operation.type === 'Default') {
      if (list.length > 0 === !operation.operator.includes('+')) return list.length > 0 ? listed(list, joined, quotes, frame, pick, out) : one('');
      return one(expandText(operation.operand, frame, pick));
    }
    if (operation.type === 'Transform' && /^[QAKka]$/.test(operation.operand.text)) return listed(UNKNOWN_LIST.items, joined, quotes, frame, pick, out);
    return listed(list.map((i) => ({ ...i, text: operated(name, i.text, operation, part, frame, pick) })), joined, quotes, frame, pick, out);
  }
  const value = lookUp(name, frame, pick);
  const given = index ? (value === undefined ? undefined : elementOf(value, expandText(index, frame, pick), frame, pick)) : scalarOrUnset(value);
  one(operated(name, given, operation, part, frame, pick));
}

function plain(name: string, index: Word | undefined, quotes: boolean, frame: Frame, pick: Pick, out: Piece[]): void {
  if (index) {
    const value = lookUp(name, frame, pick);
    if (index.text === '@' || index.text === '*') {
      const items = typeof value === 'object' ? value.items : value === undefined ? [] : hasGap(value) ? UNKNOWN_LIST.items : [{ key: '0', text: value, multi: false }];
      return listed(items, index.text === '*' && quotes, quotes, frame, pick, out);
    }
    out.push({ text: elementOf(value, expandText(index, frame, pick), frame, pick), quoted: quotes, split: !quotes });
    return;
  }
  if (name === '@' || name === '*') {
    const value = lookUp(POSITIONAL, frame, pick);
    return listed(typeof value === 'object' ? value.items : UNKNOWN_LIST.items, name === '*' && quotes, quotes, frame, pick, out);
  }
  const value = lookUp(name, frame, pick);
  // The first element in bash, all of them in zsh and fish.
  if (typeof value === 'object' && value.items.length > 1 && !quotes && pick(`whole ${name}`, 2) === 1) return listed(value.items, false, quotes, frame, pick, out);
  out.push({ text: scalar(value), quoted: quotes, split: !quotes });
}

function listed(items: readonly Item[], joined: boolean, quotes: boolean, frame: Frame, pick: Pick, out: Piece[]): void {
  if (joined) {
    const ifs = scalar(lookUp('IFS', frame, pick));
    out.push({ text: items.map((i) => i.text).join(hasGap(ifs) ? ' ' : ifs.charAt(0)), quoted: true, split: false });
    return;
  }
  items.forEach((item, i) => out.push({ text: item.text, quoted: quotes, split: !quotes, ...(item.multi && { multi: true }), ...(i > 0 && { starts: true }) }));
}

/** The value of a parameter in this world; a gap when it is not known. */
function lookUp(name: string, frame: Frame, pick: Pick, depth = 0): Value {
  if (/^\d+$/.test(name)) return positional(Number(name), frame, pick);
  if (name === '#') {
    const list = lookUp(POSITIONAL, frame, pick);
    return typeof list === 'object' && list.items.every((i) => !i.multi) ? String(list.items.length) : GAP;
  }
  if (name === '*') return lookUp(POSITIONAL, frame, pick);
  if (name === 'PWD') return lookUp(CWD, frame, pick);
  const found = variable(frame.state, name);
  if (!found) return name === 'BASH' ? '/bin/bash' : GAP;
  const at = found.values.length === 1 ? 0 : pick(`$${name}`, found.values.length);
  if (at < 0) return found.values.some((v) => typeof v === 'object') ? UNKNOWN_LIST : GAP;
  const value = found.values[at];
  if (found.reference && typeof value === 'string') return depth > 4 || !/^[A-Za-z_]\w*$/.test(value) ? GAP : lookUp(value, frame, pick, depth + 1);
  return value;
}

function positional(number: number, frame: Frame, pick: Pick): string {
  if (number === 0) return scalar(lookUp(' zero', frame, pick));
  const list = lookUp(POSITIONAL, frame, pick);
  if (typeof list !== 'object') return GAP;
  // One that may be several words moves all that come after it.
  if (list.items.slice(0, number).some((i) => i.multi)) return GAP;
  return list.items[number - 1]?.text ?? '';
}

function elementOf(value: Value, key: string, frame?: Frame, pick?: Pick): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return key === '0' || hasGap(value) ? value : '';
  if (hasGap(key) || value.items.some((i) => i.multi)) return GAP;
  const direct = value.items.find((i) => i.key === key);
  if (direct) return direct.text;
  const number = /^-\d+$/.test(key) ? value.items.length + Number(key) : frame && pick && /^[A-Za-z_]\w*$/.test(key) ? Number(scalar(lookUp(key, frame, pick))) : NaN;
  if (Number.isInteger(number)) return value.items.find((i) => i.key === String(number))?.text ?? '';
  // `${a[i+1]}` is computed.
  return /^\d+$/.test(key) ? '' : GAP;
}

function scalar(value: Value): string {
  return scalarOrUnset(value) ?? '';
}

function scalarOrUnset(value: Value): string | undefined {
  return typeof value === 'object' ? (value.items[0]?.multi ? GAP : (value.items.find((i) => i.key === '0') ?? value.items[0])?.text) : value;
}

function operated(name: string, given: string | undefined, operation: ParameterOperation, part: ParameterExpansionPart, frame: Frame, pick: Pick): string {
  switch (operation.type) {
    case 'Default': {
      const { operator } = operation;
      const colon = operator.startsWith(':');
      const kind = operator.slice(-1);
      const whole = given !== undefined && given !== '' && !/[^\uFDD0-\uFDD2]/.test(given);
      // What nothing here sets may be set, or not.
      const set = whole ? pick(`default ${part.pos} ${name}`, 2) !== 0 : given !== undefined && !(colon && given === '');
      if (kind === '?') return given ?? GAP;
      if (kind === '+') return set ? expandText(operation.operand, frame, pick) : '';
      if (set) return given ?? '';
      const text = expandText(operation.operand, frame, pick);
      if (kind === '=' && /^[A-Za-z_]\w*$/.test(name)) setVariable(frame.state, name, whole && given !== undefined ? [text, given] : [text]);
      return text;
    }
    case 'Remove': {
      const pattern = expandPattern(operation.operand, frame, pick);
      if (given === undefined) return '';
      return hasGap(given) || !followed(pattern) ? gapOf(given) : removed(given, pattern, operation.operator);
    }
    case 'Replace': {
      const pattern = expandPattern(operation.pattern, frame, pick);
      const replacement = expandText(operation.replacement, frame, pick);
      if (given === undefined) return '';
      if (hasGap(given) || !followed(pattern)) return gapOf(given);
      return bounded(replaced(given, pattern, replacement, operation.operator));
    }
    case 'Slice': {
      if (given === undefined) return '';
      const offset = numberIn(operation.offset, frame, pick);
      const length = operation.length && numberIn(operation.length, frame, pick);
      if (hasGap(given) || offset === undefined || (operation.length && length === undefined)) return gapOf(given);
      return sliced(given, offset, length) ?? GAP;
    }
    case 'CaseModification': {
      if (given === undefined) return '';
      if (operation.operand && operation.operand.text !== '?' && operation.operand.text !== '') return GAP;
      const change = (t: string): string => (operation.operator.startsWith('^') ? t.toUpperCase() : t.toLowerCase());
      return operation.operator.length === 2 ? change(given) : change(given.charAt(0)) + given.slice(1);
    }
    case 'Transform':
      if (given === undefined) return '';
      if (hasGap(given)) return gapOf(given);
      switch (operation.operand.text) {
        case 'L': return given.toLowerCase();
        case 'U': return given.toUpperCase();
        case 'u': return given.charAt(0).toUpperCase() + given.slice(1);
        case 'E': return unescaped(given);
        case 'Q': return /^[\w./:-]+$/.test(given) ? `'${given}'` : GAP;
        default: return GAP;
      }
    case 'Names':
    case 'Unknown':
      return GAP;
  }
}

/** Classes (`[[:alpha:]]`) and extended patterns (`+(…)`) are not followed. */
const followed = (pattern: string): boolean => !hasGap(pattern) && pattern.length < 1000 && !/\[\[?[:.=]|[?*+@!]\(/.test(pattern);

function numberIn(word: Word, frame: Frame, pick: Pick): number | undefined {
  const text = expandText(word, frame, pick).trim().replace(/^\((.*)\)$/, '$1');
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  return /^[A-Za-z_]\w*$/.test(text) ? arithmetic({ type: 'ArithmeticWord', pos: word.pos, end: word.end, value: text }, frame, pick) : undefined;
}

function sliced(text: string, offset: number, length: number | undefined): string | undefined {
  const chars = [...text];
  const start = offset < 0 ? chars.length + offset : offset;
  if (start < 0 || start > chars.length) return '';
  if (length === undefined) return chars.slice(start).join('');
  return length < 0 ? chars.slice(start, chars.length + length).join('') : chars.slice(start, start + length).join('');
}

function slicedList(items: List['items'], operation: Extract<ParameterOperation, { type: 'Slice' }>, parameters: boolean, frame: Frame, pick: Pick): readonly Item[] {
  const offset = numberIn(operation.offset, frame, pick);
  const length = operation.length && numberIn(operation.length, frame, pick);
  if (offset === undefined || (operation.length && (length === undefined || length < 0))) return UNKNOWN_LIST.items;
  // `${@:0}` begins with $0, `${a[@]:0}` with the first element.
  const from = offset < 0 ? items.length + offset : parameters ? offset - 1 : offset;
  if (from < 0 || items.slice(0, from + (length ?? items.length)).some((i) => i.multi)) {
    // An open end only: what comes before it keeps its place.
    const open = items.findIndex((i) => i.multi);
    return from >= 0 && length === undefined && (open < 0 || open >= from) ? items.slice(from) : UNKNOWN_LIST.items;
  }
  return items.slice(from, length === undefined ? undefined : from + length);
}

function removed(text: string, pattern: string, operator: '#' | '##' | '%' | '%%'): string {
  if (text.length > 4096) return GAP;
  const fits = globPattern(pattern);
  const cuts = Array.from({ length: text.length + 1 }, (_, i) => i);
  const prefix = operator.startsWith('#');
  if (prefix === (operator.length === 2)) cuts.reverse();
  for (const at of cuts) if (fits(prefix ? text.slice(0, at) : text.slice(at))) return prefix ? text.slice(at) : text.slice(0, at);
  return text;
}

function replaced(text: string, pattern: string, replacement: string, operator: '/' | '//' | '/#' | '/%'): string {
  if (pattern === '') return text;
  if (/[&\\]/.test(replacement)) return GAP;
  if (!/[*?[\\]/.test(pattern)) {
    if (operator === '//') return text.split(pattern).join(replacement);
    if (operator === '/#') return text.startsWith(pattern) ? replacement + text.slice(pattern.length) : text;
    if (operator === '/%') return text.endsWith(pattern) ? text.slice(0, text.length - pattern.length) + replacement : text;
    return text.replace(pattern, () => replacement);
  }
  if (text.length > 512) return GAP;
  const fits = globPattern(pattern);
  let out = '';
  for (let i = 0; i <= text.length; ) {
    let end = -1;
    // The longest match at the first place where there is one.
    for (let e = text.length; e > i && end < 0; e--) if (fits(text.slice(i, e)) && (operator !== '/%' || e === text.length)) end = e;
    if (end < 0) {
      if (operator === '/#') return out + text.slice(i);
      out += text.charAt(i++);
      continue;
    }
    out += replacement;
    i = end;
    if (operator !== '//') return out + text.slice(i);
  }
  return out;
}
