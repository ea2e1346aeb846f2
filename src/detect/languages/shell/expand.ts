import type { Word, WordPart } from 'unbash';

import { arithmetic } from './arithmetic';
import { braceWords } from './braces';
import { affordable, type Expandable, type Frame, type Piece } from './frame';
import { outputOfScript } from './output';
import { parameter } from './parameter';
import { CWD, variable } from './state';
import { bounded, GAP, hasGap, type Field } from './text';
import type { Pick } from './worlds';

const PLAIN = /^[\w./:=,@%+-]+$/;

/** A word as the words that the shell makes of it. */
export function expand(word: Word, frame: Frame, pick: Pick): Field[] {
  const range = frame.source.locate(word.pos, word.end);
  const { text } = word;
  if (PLAIN.test(text)) return [{ text, multi: false, raw: text, range }];
  if (!affordable(text.length, frame)) return [{ text: GAP, multi: true, raw: text.slice(0, 200), range }];
  const { parts } = word;
  if (!parts) {
    const value = tilde(word.value, text, frame);
    return [{ text: value, multi: hasGap(value) && !/['"\\]/.test(text), raw: text, range }];
  }
  if (parts.some((p) => p.type === 'BraceExpansion')) {
    const words = braceWords(word, frame, pick);
    return words ?? [{ text: GAP, multi: true, raw: text, range }];
  }
  return fields(piecesOf(parts, text, frame, pick), text, range, frame, pick);
}

function piecesOf(parts: readonly WordPart[], text: string, frame: Frame, pick: Pick): Piece[] {
  const out: Piece[] = [];
  for (const part of parts) pieces(part, false, frame, pick, out);
  const head = out[0];
  if (head && !head.quoted && !head.split && text.startsWith('~')) out[0] = { ...head, text: tilde(head.text, text, frame) };
  return out;
}

/** A word as one text, without splitting: what an assignment, a redirection or a here-string gets. */
export function expandText(word: Expandable, frame: Frame, pick: Pick): string {
  if (PLAIN.test(word.text)) return word.text;
  if (!affordable(word.text.length, frame)) return GAP;
  const { parts } = word;
  if (!parts) return tilde(word.value, word.text, frame);
  return textOf(parts, word.text, frame, pick);
}

export function textOf(parts: readonly WordPart[], text: string, frame: Frame, pick: Pick): string {
  let out = '';
  let space = false;
  for (const piece of piecesOf(parts, text, frame, pick)) {
    if (piece.starts && space) out += ' ';
    out += piece.text;
    space = true;
  }
  return bounded(out);
}

/** A word as a pattern: what is quoted in it stands for itself. */
export function expandPattern(word: Word, frame: Frame, pick: Pick): string {
  if (!word.parts) return word.text.includes('\\') ? word.text : word.value;
  const out: string[] = [];
  for (const part of word.parts) {
    if (part.type === 'Glob' || part.type === 'ExtendedGlob') out.push(part.text);
    else if (part.type === 'Literal') out.push(part.text);
    else {
      const inner: Piece[] = [];
      pieces(part, false, frame, pick, inner);
      for (const p of inner) out.push(p.quoted ? p.text.replace(/[*?[\]\\]/g, '\\$&') : p.text);
    }
  }
  return out.join('');
}

function pieces(part: WordPart, quotes: boolean, frame: Frame, pick: Pick, out: Piece[]): void {
  switch (part.type) {
    case 'Literal': {
      // A gap in the text itself (what is read comes from a text with gaps): unquoted it may be several words.
      out.push({ text: part.value, quoted: quotes, split: false, ...(!quotes && hasGap(part.value) && { multi: true }) });
      return;
    }
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      out.push({ text: part.value, quoted: true, split: false });
      return;
    case 'DoubleQuoted':
    case 'LocaleString': {
      const before = out.length;
      for (const child of part.parts) pieces(child, true, frame, pick, out);
      // `""` is an empty word, but `"$@"` of nothing is no word.
      if (out.length === before && !(part.parts.length === 1 && isList(part.parts[0]))) out.push({ text: '', quoted: true, split: false });
      return;
    }
    case 'Glob':
    case 'ExtendedGlob':
      out.push({ text: GAP, quoted: quotes, split: false, multi: true });
      return;
    case 'SimpleExpansion':
    case 'ParameterExpansion':
      parameter(part, quotes, frame, pick, out);
      return;
    case 'CommandExpansion':
      out.push({ text: outputOfScript(part.script, frame, pick), quoted: quotes, split: !quotes });
      return;
    case 'ArithmeticExpansion': {
      const value = part.expression && arithmetic(part.expression, frame, pick);
      out.push({ text: value === undefined ? GAP : String(value), quoted: quotes, split: false });
      return;
    }
    case 'ProcessSubstitution':
      out.push({ text: substituted(part, frame, pick), quoted: true, split: false });
      return;
    case 'BraceExpansion':
      // Only reached where braces are not expanded: in an assignment.
      out.push({ text: part.text, quoted: true, split: false });
      return;
    default:
      out.push({ text: GAP, quoted: quotes, split: false, multi: !quotes });
  }
}

function isList(part: WordPart | undefined): boolean {
  return (part?.type === 'SimpleExpansion' && part.text === '$@') || (part?.type === 'ParameterExpansion' && (part.parameter === '@' || part.index?.text === '@'));
}

/** `<(…)` is a file whose text is what the commands print. */
function substituted(part: Extract<WordPart, { type: 'ProcessSubstitution' }>, frame: Frame, pick: Pick): string {
  // The same substitution keeps its name in every world.
  const { substitutions } = frame.run;
  const number = substitutions.get(part) ?? substitutions.size + 100;
  substitutions.set(part, number);
  const path = `/dev/fd/${number}`;
  if (part.operator === '<') frame.run.files.set(path, [outputOfScript(part.script, frame, pick, true)]);
  return path;
}

/** Pieces as words. */
function fields(all: readonly Piece[], raw: string, range: Field['range'], frame: Frame, pick: Pick): Field[] {
  const out: Field[] = [];
  let text = '';
  let multi = false;
  let open = false;
  const close = (): void => {
    if (open) out.push({ text: bounded(text), multi, raw, range });
    text = '';
    multi = false;
    open = false;
  };
  for (const piece of all) {
    if (piece.starts) close();
    if (!piece.split) {
      text += piece.text;
      multi ||= piece.multi === true;
      open ||= piece.quoted || piece.text !== '';
      continue;
    }
    const { space, other } = separators(frame, pick);
    let pendingOther = false;
    for (const c of piece.text) {
      if (space.includes(c)) {
        close();
        pendingOther = false;
      } else if (other.includes(c)) {
        // Two such separators in a row have an empty word between them.
        if (!open && pendingOther) open = true;
        close();
        pendingOther = true;
      } else {
        pendingOther = false;
        text += c;
        open = true;
        if (hasGap(c)) multi = true;
      }
    }
  }
  close();
  return out;
}

function separators(frame: Frame, pick: Pick): { space: string; other: string } {
  const values = variable(frame.state, 'IFS')?.values ?? [' \t\n'];
  const at = values.length > 1 ? pick('$IFS', values.length) : 0;
  const value = values[at];
  const ifs = typeof value === 'string' && !hasGap(value) ? value : ' \t\n';
  return { space: [...ifs].filter((c) => ' \t\n'.includes(c)).join(''), other: [...ifs].filter((c) => !' \t\n'.includes(c)).join('') };
}

function tilde(value: string, text: string, frame: Frame): string {
  if (!text.startsWith('~') || !value.startsWith('~')) return value;
  const end = value.indexOf('/') < 0 ? value.length : value.indexOf('/');
  const user = value.slice(0, end);
  const cwd = variable(frame.state, CWD)?.values[0];
  const home = user === '~' ? (frame.state.context.home ?? GAP) : user === '~+' && typeof cwd === 'string' ? cwd : GAP;
  return home + value.slice(end);
}
