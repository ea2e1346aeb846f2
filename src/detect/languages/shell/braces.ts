import { parse, type Word } from 'unbash';

import { expand } from './parts';
import type { Frame } from './frame';
import { sourceAt, type Field } from './text';
import type { Pick } from './worlds';

const MAX_WORDS = 64;

/**
 * Brace expansion: `a{b,c}d`, `{1..9}`. It comes before every other expansion and works on the source text
 * (bash(1), Brace Expansion), so each text that it makes is read again as a word.
 * @returns undefined when there would be more words than are followed.
 */
export function braceWords(word: Word, frame: Frame, pick: Pick): Field[] | undefined {
  const range = frame.source.locate(word.pos, word.end);
  const texts = braceTexts(word.text);
  if (!texts) return undefined;
  return texts.flatMap((text) => {
    const command = parse(`: ${text}`).commands[0]?.command;
    const words = command?.type === 'Command' ? command.suffix : [];
    const inner: Frame = { ...frame, source: sourceAt(`: ${text}`, range) };
    return words.flatMap((w) => (w.type !== 'Word' || w.parts?.some((p) => p.type === 'BraceExpansion') ? [] : expand(w, inner, pick))).map((f) => ({ ...f, raw: word.text }));
  });
}

/** The texts that brace expansion makes of one; undefined when there are too many. */
function braceTexts(text: string): string[] | undefined {
  for (let open = nextUnquoted(text, 0, '{'); open >= 0; open = nextUnquoted(text, open + 1, '{')) {
    if (text.charAt(open - 1) === '$') {
      open = closing(text, open) ?? text.length;
      continue;
    }
    const close = closing(text, open);
    if (close === undefined) continue;
    const choices = sequence(text.slice(open + 1, close)) ?? alternatives(text.slice(open + 1, close));
    if (choices === 'many') return undefined;
    if (!choices) continue;
    const heads = choices.flatMap((c) => braceTexts(c) ?? ['']);
    const tails = braceTexts(text.slice(close + 1));
    if (!tails || heads.length * tails.length > MAX_WORDS) return undefined;
    return heads.flatMap((head) => tails.map((tail) => text.slice(0, open) + head + tail));
  }
  return [text];
}

function alternatives(inner: string): string[] | undefined {
  const out: string[] = [];
  let start = 0;
  let depth = 0;
  for (let i = nextUnquoted(inner, 0, '{},'); i >= 0; i = nextUnquoted(inner, i + 1, '{},')) {
    const c = inner.charAt(i);
    if (c === '{') depth++;
    else if (c === '}') depth--;
    else if (depth === 0) {
      out.push(inner.slice(start, i));
      start = i + 1;
    }
  }
  return out.length === 0 ? undefined : [...out, inner.slice(start)];
}

function sequence(inner: string): string[] | 'many' | undefined {
  const found = /^(?:(-?\d{1,9})\.\.(-?\d{1,9})|([A-Za-z])\.\.([A-Za-z]))(?:\.\.(-?\d{1,6}))?$/.exec(inner);
  if (!found) return undefined;
  const letters = found[3] !== undefined && found[4] !== undefined;
  const from = letters ? String(found[3]).charCodeAt(0) : Number(found[1]);
  const to = letters ? String(found[4]).charCodeAt(0) : Number(found[2]);
  const step = Math.max(1, Math.abs(Number(found[5] ?? 1)));
  const count = Math.floor(Math.abs(to - from) / step) + 1;
  if (count > MAX_WORDS) return 'many';
  const padded = !letters && /^-?0\d|\.\.-?0\d/.test(inner) ? Math.max(String(found[1]).length, String(found[2]).length) : 0;
  return Array.from({ length: count }, (_, i) => {
    const value = from + (to >= from ? i * step : -i * step);
    return letters ? String.fromCharCode(value) : String(value).padStart(padded, '0');
  });
}

function closing(text: string, open: number): number | undefined {
  let depth = 0;
  for (let i = nextUnquoted(text, open, '{}'); i >= 0; i = nextUnquoted(text, i + 1, '{}')) {
    depth += text.charAt(i) === '{' ? 1 : -1;
    if (depth === 0) return i;
  }
  return undefined;
}

/** The next of these characters that is neither quoted nor inside `$(…)` or backticks; -1 when there is none. */
function nextUnquoted(text: string, from: number, wanted: string): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charAt(i);
    if (wanted.includes(c)) return i;
    if (c === '\\') i++;
    else if (c === "'" || c === '`') i = skipTo(text, i, c);
    else if (c === '"') {
      for (i++; i < text.length && text.charAt(i) !== '"'; i++) if (text.charAt(i) === '\\') i++;
    } else if (c === '$' && text.charAt(i + 1) === '(') {
      let depth = 0;
      for (i++; i < text.length; i++) {
        const d = text.charAt(i);
        if (d === '(') depth++;
        else if (d === ')' && --depth === 0) break;
      }
    }
  }
  return -1;
}

function skipTo(text: string, from: number, c: string): number {
  const end = text.indexOf(c, from + 1);
  return end < 0 ? text.length : end;
}
