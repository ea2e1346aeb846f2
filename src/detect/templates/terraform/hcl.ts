import type { TextRange } from '../../../model';

/** An attribute: its expression as written, without comments at its end. */
export interface Attribute {
  readonly name: string;
  readonly text: string;
  readonly range: TextRange;
}

/** A block with its labels (`resource "aws_s3_bucket" "logs"`). */
export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly Block[];
  readonly range: TextRange;
  /** The line that opens it. */
  readonly head: TextRange;
}

export interface HclBody {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly Block[];
  /** True when a part of it is not as the language has it, and was passed over: what it says is not known then. */
  readonly unread: boolean;
}

const MAX_DEPTH = 100;
/** A quoted word without a template. */
const QUOTED = /"((?:[^"\\\n]|\\[^\n])*)"/y;
const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
/** What this reader takes for a name besides: keys of objects and variables in `.tfvars` may hold dots. */
const NAME = /[\p{ID_Continue}.-]+/uy;
const HEREDOC = /<<[-~]?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;

/** A place in a text that moves on. */
class Cursor {
  i = 0;
  unread = false;
  constructor(readonly text: string) {}

  at(offset = 0): string {
    return this.text.charAt(this.i + offset);
  }

  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.i;
    return pattern.exec(this.text);
  }

  /** Passes over one comment, if one begins here: up to its line's end, or whole. */
  comment(): boolean {
    const c = this.at();
    if (c === '#' || (c === '/' && this.at(1) === '/')) {
      const end = this.text.indexOf('\n', this.i);
      this.i = end < 0 ? this.text.length : end;
      return true;
    }
    if (c !== '/' || this.at(1) !== '*') return false;
    const end = this.text.indexOf('*/', this.i + 2);
    if (end < 0) this.unread = true;
    this.i = end < 0 ? this.text.length : end + 2;
    return true;
  }

  /** Passes over what stands between the parts of a body. */
  between(): void {
    while (this.i < this.text.length && (/[\s;,\uFEFF]/.test(this.at()) ? ((this.i += 1), true) : this.comment()));
  }

  /** Passes over what may stand between the words of one line. */
  blank(): void {
    for (;;) {
      if (/[ \t]/.test(this.at())) this.i += 1;
      else if (this.at() !== '/' || this.at(1) !== '*' || !this.comment()) return;
    }
  }

  /** `${` or `%{` that is no escaped one: passes over all of the template that begins here. */
  template(): boolean {
    const c = this.at();
    if (c !== '$' && c !== '%') return false;
    if (this.at(1) === c && this.at(2) === '{') {
      this.i += 3;
      return true;
    }
    if (this.at(1) !== '{') return false;
    this.i += 2;
    this.code('}');
    this.i += 1;
    return true;
  }

  /** Passes over a quoted template. */
  quoted(): void {
    this.i += 1;
    while (this.i < this.text.length) {
      if (this.at() === '\\') this.i += 2;
      else if (this.at() === '"') {
        this.i += 1;
        return;
      } else if (this.at() === '\n') break;
      else if (!this.template()) this.i += 1;
    }
    this.unread = true;
  }

  /** Passes over a heredoc's body: to the first line that holds nothing but its marker. */
  heredoc(marker: string): void {
    for (let start = true; this.i < this.text.length; start = true) {
      const newline = this.text.indexOf('\n', this.i);
      const line = this.text.slice(this.i, newline < 0 ? undefined : newline);
      if (line.trim() === marker) {
        this.i += line.trimEnd().length;
        return;
      }
      while (start && this.i < this.text.length) {
        if (this.at() === '\n') start = false;
        if (start && this.template()) continue;
        this.i += 1;
      }
    }
    this.unread = true;
  }

  /** Passes over an expression: to the end of its line, or to what closes it. @param until what has to come; an empty one for an attribute's value. */
  code(until: '' | '}'): void {
    const open: string[] = [];
    while (this.i < this.text.length) {
      const c = this.at();
      const here = c === '<' ? this.match(HEREDOC) : null;
      if (c === '"') this.quoted();
      else if (here) {
        this.i += here[0].length;
        this.heredoc(here[1] ?? '');
      } else if (c === '#' || (c === '/' && /[/*]/.test(this.at(1)))) {
        if (open.length === 0 && until === '' && this.at(1) !== '*') return;
        this.comment();
      } else if (/[[{(]/.test(c)) {
        open.push(c);
        this.i += 1;
      } else if (/[\]})]/.test(c)) {
        if (open.pop() === undefined) return;
        this.i += 1;
      } else if ((c === '\n' || c === ',') && open.length === 0 && until === '') return;
      else this.i += 1;
    }
    if (until !== '' || open.length > 0) this.unread = true;
  }
}

/**
 * Reads HCL's native syntax: attributes and blocks, with positions in UTF-16 units; what can't be read is passed over and said. Takes linear
 * time. Source: HCL Native Syntax Specification; hclsyntax/scan_tokens.rl for heredocs and comments.
 */
export function readHcl(text: string): HclBody {
  const at = new Cursor(text);
  const body = (depth: number): { attributes: Map<string, Attribute>; blocks: Block[] } => {
    const attributes = new Map<string, Attribute>();
    const blocks: Block[] = [];
    for (;;) {
      at.between();
      if (at.i >= text.length || at.at() === '}') return { attributes, blocks };
      const start = at.i;
      const quotedName = at.match(QUOTED);
      const name = quotedName ?? at.match(NAME);
      if (!name) {
        at.unread = true;
        at.i += 1;
        continue;
      }
      at.i += name[0].length;
      const named = quotedName === null ? name[0] : unescaped(quotedName[1] ?? '');
      const labels: string[] = [];
      at.blank();
      for (let label = at.match(QUOTED) ?? at.match(IDENTIFIER); label; label = at.match(QUOTED) ?? at.match(IDENTIFIER)) {
        labels.push(label[1] === undefined ? label[0] : unescaped(label[1]));
        at.i += label[0].length;
        at.blank();
      }
      const c = at.at();
      if ((c === '=' || c === ':') && labels.length === 0) {
        at.i += 1;
        at.blank();
        const from = at.i;
        at.code('');
        const value = text.slice(from, at.i);
        attributes.set(named, { name: named, text: value.trim(), range: { start, end: from + value.trimEnd().length } });
      } else if (c === '{') {
        const head = { start, end: at.i };
        at.i += 1;
        if (depth >= MAX_DEPTH) at.unread = true;
        const inner = depth < MAX_DEPTH ? body(depth + 1) : { attributes: new Map<string, Attribute>(), blocks: [] };
        if (at.at() === '}') at.i += 1;
        else at.unread = true;
        blocks.push({ type: named, labels, ...inner, range: { start, end: at.i }, head });
      } else {
        at.unread = true;
        const end = text.indexOf('\n', at.i);
        at.i = end < 0 ? text.length : end;
      }
    }
  };
  const whole = body(0);
  // A closing bracket too many ends nothing.
  while (at.i < text.length) {
    at.unread = true;
    at.i += 1;
    const more = body(0);
    for (const [k, v] of more.attributes) whole.attributes.set(k, v);
    whole.blocks.push(...more.blocks);
  }
  return { ...whole, unread: at.unread };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** A quoted word as it is meant. Source: HCL Native Syntax Specification, "Template Literals". */
export function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|([$%])\4\{/g, (all, short: string | undefined, long: string | undefined, one: string | undefined, sign: string | undefined) => {
    if (sign !== undefined) return `${sign}{`;
    const code = short ?? long;
    if (code === undefined) return ESCAPES[one ?? ''] ?? all;
    const point = Number.parseInt(code, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : all;
  });
}

/** The text of a quoted literal without a template; undefined for any other expression. */
export function literal(text: string | undefined): string | undefined {
  return text === undefined ? undefined : (/^"((?:[^"\\$%]|\\.|[$%](?!\{))*)"$/.exec(text)?.[1] ?? (/^(?:true|false|-?\d+(?:\.\d+)?)$/.test(text) ? text : undefined));
}
