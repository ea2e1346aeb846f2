import { MAX_DEPTH } from './limits';
import { longForm, plainScalar } from './plain-scalar';
import type { Plain } from './value';

/** Thrown inside this file only: the text uses something that the full reader must judge. */
const LEAVE = Symbol('leave it to the full reader');

function leave(): never {
  throw LEAVE;
}

/**
 * Reads the YAML that templates are made of (block maps and lists, one-line scalars and flows, block texts, short tags), about
 * ten times faster than a full reader, because a template is read on every keystroke.
 * @returns undefined for everything else: anchors, several lines of plain text, tabs, doubled keys, errors. A test
 *   holds it to the same answer as the full reader wherever it answers.
 */
export function readCommonYaml(text: string): { readonly data: Plain } | undefined {
  try {
    return { data: new CommonYaml(text).document() };
  } catch (error) {
    if (error === LEAVE || error instanceof RangeError) return undefined;
    throw error;
  }
}

const PLAIN_KEY = /^[A-Za-z0-9_/.$][A-Za-z0-9_/.$:+*=()@-]*$/;
const TAG = /^!([A-Za-z0-9]+(?:::[A-Za-z0-9]+)*)(?: +(.*))?$/;
const BLOCK_TEXT = /^([|>])(-?)(?: +#.*)?$/;

class CommonYaml {
  private readonly lines: string[];
  private readonly indents: Int32Array;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    this.lines = body.split('\n');
    this.indents = new Int32Array(this.lines.length);
    for (let i = 0; i < this.lines.length; i++) {
      let line = this.lines[i] ?? '';
      if (line.endsWith('\r')) {
        line = line.slice(0, -1);
        this.lines[i] = line;
      }
      if (line.includes('\r')) leave();
      let indent = 0;
      while (line.charCodeAt(indent) === 0x20) indent++;
      this.indents[i] = indent;
    }
  }

  document(): Plain {
    this.skip();
    if (this.lines[this.at] === '---') {
      this.at++;
      this.skip();
    }
    if (this.at >= this.lines.length || this.indent() !== 0) leave();
    const data = this.block(0);
    this.skip();
    if (this.at < this.lines.length) leave();
    return data;
  }

  private indent(): number {
    return this.indents[this.at] ?? -1;
  }

  /** The current line without its indentation; tabs may hide structure, so they are left to the full reader. */
  private content(): string {
    const text = (this.lines[this.at] ?? '').slice(this.indent());
    if (text.includes('\t')) leave();
    return text.trimEnd();
  }

  /** Goes to the next line that is neither blank nor a comment. */
  private skip(): void {
    for (; this.at < this.lines.length; this.at++) {
      const line = this.lines[this.at] ?? '';
      const first = line.charCodeAt(this.indent());
      if (!Number.isNaN(first) && first !== 0x23) return;
    }
  }

  private block(indent: number): Plain {
    if (++this.depth > MAX_DEPTH) leave();
    const text = this.content();
    const value = text === '-' || text.startsWith('- ') ? this.list(indent) : this.map(indent);
    this.depth--;
    return value;
  }

  private map(indent: number): Plain {
    const object: Record<string, Plain> = {};
    while (this.at < this.lines.length && this.indent() === indent) {
      const entry = splitEntry(this.content());
      if (entry === undefined || Object.hasOwn(object, entry.key) || entry.key === '__proto__' || entry.key === '<<') leave();
      this.at++;
      object[entry.key] = this.value(entry.rest, indent, true);
      this.skip();
    }
    if (this.at < this.lines.length && this.indent() > indent) leave();
    return object;
  }

  private list(indent: number): Plain {
    const items: Plain[] = [];
    while (this.at < this.lines.length && this.indent() === indent) {
      const text = this.content();
      if (text !== '-' && !text.startsWith('- ')) break;
      const rest = text.slice(1);
      const inner = rest.trimStart();
      if (inner !== '' && !inner.startsWith('#') && (inner === '-' || inner.startsWith('- ') || splitEntry(inner) !== undefined)) {
        // The item's own block starts on the line of the dash: read on as if the dash were blank.
        const column = indent + 1 + rest.length - inner.length;
        this.lines[this.at] = ' '.repeat(column) + inner;
        this.indents[this.at] = column;
        items.push(this.block(column));
      } else {
        this.at++;
        items.push(this.value(inner, indent, false));
      }
      this.skip();
    }
    if (this.at < this.lines.length && this.indent() > indent) leave();
    return items;
  }

  /** The value after a key or dash; `listHere` says whether a list may stand at the key's own indentation. */
  private value(rest: string, indent: number, listHere: boolean): Plain {
    const first = rest[0];
    if (first === undefined || first === '#') return this.nested(indent, listHere);
    if (first === '!') {
      const tag = TAG.exec(rest);
      if (tag === null || tag[2]?.startsWith('!')) leave();
      return longForm(tag[1] ?? '', this.value(tag[2] ?? '', indent, listHere));
    }
    if (first === '|' || first === '>') {
      const style = BLOCK_TEXT.exec(rest);
      return style === null ? leave() : this.blockText(indent, style[1] === '>', style[2] === '-');
    }
    let value: Plain;
    if (first === '"' || first === "'" || first === '[' || first === '{') {
      const flow = new Flow(rest);
      value = flow.value();
      if (!flow.atEnd()) leave();
    } else value = plainScalar(plainText(rest));
    // A deeper line would carry on the scalar.
    this.skip();
    if (this.at < this.lines.length && this.indent() > indent) leave();
    return value;
  }

  private nested(indent: number, listHere: boolean): Plain {
    this.skip();
    if (this.at >= this.lines.length) return null;
    const next = this.indent();
    if (next > indent) return this.nestedBlock(next);
    const text = next === indent && listHere ? this.content() : '';
    return text === '-' || text.startsWith('- ') ? this.block(next) : null;
  }

  private nestedBlock(indent: number): Plain {
    const text = this.content();
    // A scalar, flow or tag on a line of its own is rare enough for the full reader.
    if (text !== '-' && !text.startsWith('- ') && splitEntry(text) === undefined) leave();
    return this.block(indent);
  }

  private blockText(indent: number, folded: boolean, strip: boolean): string {
    let own = -1;
    const kept: string[] = [];
    for (; this.at < this.lines.length; this.at++) {
      const line = this.lines[this.at] ?? '';
      const spaces = this.indent();
      if (line.length === spaces) {
        if (own < 0 && spaces > 0) leave();
        kept.push(own < 0 ? '' : line.slice(own));
        continue;
      }
      if (own < 0) {
        if (spaces <= indent) break;
        own = spaces;
      } else if (spaces < own) break;
      if (line.charCodeAt(spaces) === 0x09 && line.trim() === '') leave();
      kept.push(line.slice(own));
    }
    if (own < 0) leave();
    if (this.at < this.lines.length && this.indent() > indent) leave();
    // The last element of the split is what follows the last line break: a text without one is left alone.
    if (this.at >= this.lines.length && (this.lines.at(-1) ?? '') !== '') leave();
    while (kept.length > 0 && (kept.at(-1) ?? '') === '') kept.pop();
    if (kept.length === 0 || (kept.at(-1) ?? '').trim() === '') leave();
    // Folding is plain only where no line stands apart.
    if (folded && kept.some((line) => line.trim() === '' || line.startsWith(' ') || line.startsWith('\t'))) leave();
    return kept.join(folded ? ' ' : '\n') + (strip ? '' : '\n');
  }
}

/** Cuts `key: rest`; undefined when the line is no entry of a map. */
function splitEntry(text: string): { readonly key: string; readonly rest: string } | undefined {
  const quote = text[0];
  if (quote === '"' || quote === "'") {
    const end = text.indexOf(quote, 1);
    if (end < 0) leave();
    const key = text.slice(1, end);
    const after = text.slice(end + 1);
    if (!/^ *:( |$)/.test(after)) return /^ *(#|$)/.test(after) ? undefined : after.startsWith(quote) || key.endsWith('\\') ? leave() : undefined;
    if (key.includes('\\')) leave();
    return { key, rest: after.slice(after.indexOf(':') + 1).trimStart() };
  }
  if (quote === '[' || quote === '{' || quote === '!' || quote === '|' || quote === '>') return undefined;
  const colon = text.indexOf(': ');
  const end = colon >= 0 ? colon : text.endsWith(':') ? text.length - 1 : -1;
  const comment = text.indexOf(' #');
  if (end < 0 || (comment >= 0 && comment < end)) return undefined;
  const key = text.slice(0, end);
  if (!PLAIN_KEY.test(key)) leave();
  return { key, rest: text.slice(end + 1).trimStart() };
}

/** An unquoted scalar without its comment. */
function plainText(rest: string): string {
  const comment = rest.indexOf(' #');
  const text = (comment < 0 ? rest : rest.slice(0, comment)).trimEnd();
  if (/^[&*%@`?>,\]}#]/.test(text) || text === '-' || text.startsWith('- ') || text.includes(': ') || text.endsWith(':')) leave();
  if (text.startsWith('---') || text.startsWith('...')) leave();
  return text;
}

/** Quoted scalars and flow collections on one line. */
class Flow {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  atEnd(): boolean {
    return /^( *| +#.*)$/.test(this.text.slice(this.at));
  }

  value(): Plain {
    this.blanks();
    const first = this.text[this.at];
    switch (first) {
      case undefined: return leave();
      case '[': return this.list();
      case '{': return this.map();
      case '"':
      case "'": return this.quoted(first);
      case '!': return this.tagged();
      default: return plainScalar(this.plain());
    }
  }

  private blanks(): void {
    while (this.text.charCodeAt(this.at) === 0x20) this.at++;
  }

  private list(): Plain {
    if (++this.depth > MAX_DEPTH) leave();
    this.at++;
    const items: Plain[] = [];
    for (;;) {
      this.blanks();
      if (this.text[this.at] === ']') break;
      items.push(this.value());
      this.blanks();
      if (this.text[this.at] === ',') this.at++;
      else if (this.text[this.at] !== ']') leave();
    }
    this.at++;
    this.depth--;
    return items;
  }

  private map(): Plain {
    if (++this.depth > MAX_DEPTH) leave();
    this.at++;
    const object: Record<string, Plain> = {};
    for (;;) {
      this.blanks();
      const first = this.text[this.at];
      if (first === '}') break;
      const key = first === '"' || first === "'" ? this.quoted(first) : this.plain();
      this.blanks();
      if (key === '' || key === '__proto__' || key === '<<' || Object.hasOwn(object, key) || this.text[this.at] !== ':' || this.text[this.at + 1] !== ' ') leave();
      this.at++;
      object[key] = this.value();
      this.blanks();
      if (this.text[this.at] === ',') this.at++;
      else if (this.text[this.at] !== '}') leave();
    }
    this.at++;
    this.depth--;
    return object;
  }

  private tagged(): Plain {
    const tag = /^!([A-Za-z0-9]+) +(?=[^ ,\]}!])/.exec(this.text.slice(this.at));
    if (tag === null) leave();
    this.at += tag[0].length;
    return longForm(tag[1] ?? '', this.value());
  }

  private quoted(quote: string): string {
    const start = this.at + 1;
    let end = start;
    for (; ; end++) {
      const c = this.text[end];
      if (c === undefined) leave();
      if (c === '\\' && quote === '"') end++;
      else if (c === quote) {
        if (quote === "'" && this.text[end + 1] === "'") end++;
        else break;
      }
    }
    this.at = end + 1;
    const raw = this.text.slice(start, end);
    if (quote === "'") return raw.replaceAll("''", "'");
    if (!raw.includes('\\')) return raw;
    try {
      return JSON.parse(`"${raw}"`) as string;
    } catch {
      return leave();
    }
  }

  private plain(): string {
    const match = /^[A-Za-z0-9_/.$+=*(-][A-Za-z0-9_/.$+=*()@ <>%;^~!?&-]*(?::(?! |$|,|\]|\})[A-Za-z0-9_/.$+=*()@ <>%;^~!?&-]*)*/.exec(this.text.slice(this.at));
    const text = match?.[0].trimEnd() ?? '';
    if (text === '' || text === '-' || text.startsWith('- ') || text.startsWith('*') || text.startsWith('---')) leave();
    this.at += text.length;
    return text;
  }
}
