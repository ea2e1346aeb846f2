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
}

const MAX_DEPTH = 100;

/**
 * Reads HCL's native syntax: attributes and blocks, with positions in UTF-16 units; what can't be read is passed over. Takes linear
 * time. Source: HCL Native Syntax Specification.
 */
export function readHcl(text: string): HclBody {
  let i = 0;
  const skip = (): void => {
    for (; i < text.length;) {
      const c = text.charAt(i);
      if (/\s/.test(c) || c === ';' || c === ',') i++;
      else if (c === '#' || (c === '/' && text.charAt(i + 1) === '/')) {
        const end = text.indexOf('\n', i);
        i = end < 0 ? text.length : end;
      } else if (c === '/' && text.charAt(i + 1) === '*') {
        const end = text.indexOf('*/', i + 2);
        i = end < 0 ? text.length : end + 2;
      } else break;
    }
  };
  /** Passes over a quoted template; `${…}` inside may have quotes of its own. */
  const quoted = (): void => {
    i++;
    let depth = 0;
    for (; i < text.length; i++) {
      const c = text.charAt(i);
      if (c === '\\') i++;
      else if ((c === '$' || c === '%') && text.charAt(i + 1) === '{') {
        depth++;
        i++;
      } else if (depth > 0 && c === '}') depth--;
      else if (depth > 0 && c === '{') depth++;
      else if (c === '"' && depth === 0) {
        i++;
        return;
      } else if (c === '\n' && depth === 0) return;
    }
  };
  const expression = (): void => {
    let depth = 0;
    while (i < text.length) {
      const c = text.charAt(i);
      if (c === '"') {
        quoted();
        continue;
      }
      const here = c === '<' ? /^<<[-~]?(\w+)[^\S\n]*\n/.exec(text.slice(i, i + 120)) : null;
      if (here) {
        const end = new RegExp(`\\n[^\\S\\n]*${here[1]}[^\\S\\n]*(?=\\n|$)`).exec(text.slice(i + here[0].length - 1, i + 2_000_000));
        i = end ? i + here[0].length - 1 + end.index + end[0].length : text.length;
        continue;
      }
      if (c === '#' || (c === '/' && /[/*]/.test(text.charAt(i + 1)))) {
        if (depth === 0 && c !== '/') return;
        const before = i;
        skip();
        if (i === before) i++;
        if (depth === 0) return;
        continue;
      }
      if (c === '[' || c === '{' || c === '(') depth++;
      else if (c === ']' || c === '}' || c === ')') {
        if (depth === 0) return;
        depth--;
      } else if (c === '\n' && depth === 0) return;
      i++;
    }
  };
  const body = (depth: number): { attributes: Map<string, Attribute>; blocks: Block[] } => {
    const attributes = new Map<string, Attribute>();
    const blocks: Block[] = [];
    for (;;) {
      skip();
      if (i >= text.length || text.charAt(i) === '}') return { attributes, blocks };
      const start = i;
      const name = /^"?([\w.-]+)"?/.exec(text.slice(i, i + 200));
      if (!name) {
        i++;
        continue;
      }
      i += name[0].length;
      const labels: string[] = [];
      for (;;) {
        while (text.charAt(i) === ' ' || text.charAt(i) === '\t') i++;
        const label = /^(?:"([^"\n]{0,300})"|([A-Za-z_][\w-]*))/.exec(text.slice(i, i + 310));
        if (!label || text.charAt(i) === '=') break;
        labels.push(label[1] ?? label[2] ?? '');
        i += label[0].length;
      }
      const c = text.charAt(i);
      if (c === '=' && labels.length === 0) {
        i++;
        while (text.charAt(i) === ' ' || text.charAt(i) === '\t') i++;
        const from = i;
        expression();
        attributes.set(name[1] ?? '', { name: name[1] ?? '', text: text.slice(from, i).trim(), range: { start, end: from + text.slice(from, i).trimEnd().length } });
      } else if (c === '{') {
        const head = { start, end: i };
        i++;
        const inner = depth < MAX_DEPTH ? body(depth + 1) : { attributes: new Map<string, Attribute>(), blocks: [] };
        if (text.charAt(i) === '}') i++;
        blocks.push({ type: name[1] ?? '', labels, ...inner, range: { start, end: i }, head });
      } else {
        const end = text.indexOf('\n', i);
        i = end < 0 ? text.length : end;
      }
    }
  };
  const whole = body(0);
  // A closing bracket too many ends nothing.
  while (i < text.length) {
    i++;
    const more = body(0);
    for (const [k, v] of more.attributes) (whole.attributes as Map<string, Attribute>).set(k, v);
    whole.blocks.push(...more.blocks);
  }
  return whole;
}

/** The text of a quoted literal without a template; undefined for any other expression. */
export function literal(text: string | undefined): string | undefined {
  return text === undefined ? undefined : (/^"((?:[^"\\$%]|\\.|[$%](?!\{))*)"$/.exec(text)?.[1] ?? (/^(?:true|false|-?\d+(?:\.\d+)?)$/.test(text) ? text : undefined));
}
