/** What a configuration file's line may say: text, a switch, a number as text, or a list of texts. */
export type TomlValue = string | boolean | readonly string[];

export interface Toml {
  /** Tables by their dotted name (`default.deploy.parameters`). */
  readonly tables: ReadonlyMap<string, Readonly<Record<string, TomlValue>>>;
  /** Keys whose values are in a form that is not read, as `table.key`. */
  readonly unread: readonly string[];
}

const KEY = /^\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z0-9_-]+))\s*=\s*(.*)$/;

/**
 * Reads the part of TOML that `samconfig.toml` is written in: tables, texts, switches, numbers and lists of texts.
 * Anything else is named as unread, never guessed. Source: TOML v1.0.0; "AWS SAM CLI configuration file".
 */
export function readToml(text: string): Toml {
  const tables = new Map<string, Record<string, TomlValue>>();
  const unread: string[] = [];
  let table = '';
  const lines = text.split(/\r?\n/);
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] ?? '';
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    const header = /^\s*\[([^[\]]+)\]\s*(?:#.*)?$/.exec(line)?.[1];
    if (header !== undefined) {
      table = header.split('.').map((part) => part.trim().replace(/^["']|["']$/g, '')).join('.');
      continue;
    }
    const [, double, single, bare, first] = KEY.exec(line) ?? [];
    const key = double ?? single ?? bare;
    if (key === undefined || first === undefined) {
      unread.push(`${table}: ${line.trim().slice(0, 40)}`);
      continue;
    }
    let rest = first.startsWith('[') ? withoutComment(first) : first;
    // A list may go on over lines until its bracket closes.
    while (rest.startsWith('[') && closing(rest) < 0 && i + 1 < lines.length) rest += ` ${withoutComment(lines[(i += 1)] ?? '')}`;
    const value = valueOf(rest);
    if (value === undefined) unread.push(`${table}.${key}`);
    else tables.set(table, { ...tables.get(table), [key]: value });
  }
  return { tables, unread };
}

function valueOf(text: string): TomlValue | undefined {
  if (text.startsWith('[')) {
    const end = closing(text);
    return end < 0 || !isEnd(text.slice(end + 1)) ? undefined : listOf(text.slice(1, end));
  }
  const quoted = quotedAt(text);
  if (quoted !== undefined) return isEnd(text.slice(quoted.length)) ? quoted.value : undefined;
  const word = /^([A-Za-z0-9_.+-]+)\s*(?:#.*)?$/.exec(text)?.[1];
  if (word === 'true' || word === 'false') return word === 'true';
  return word !== undefined && /^[+-]?[0-9][0-9_.]*$/.test(word) ? word : undefined;
}

function listOf(text: string): readonly string[] | undefined {
  const found: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const one = quotedAt(rest);
    if (one === undefined) return undefined;
    found.push(one.value);
    rest = rest.slice(one.length).trim();
    if (rest.startsWith(',')) rest = rest.slice(1).trim();
    else if (rest !== '') return undefined;
  }
  return found;
}

/** A text on one line, as it stands at the beginning; three quotes are not read. */
function quotedAt(text: string): { readonly value: string; readonly length: number } | undefined {
  if (/^(?:"""|''')/.test(text)) return undefined;
  const literal = /^'([^']*)'/.exec(text);
  if (literal !== null) return { value: literal[1] ?? '', length: literal[0].length };
  const basic = /^"(?:[^"\\]|\\.)*"/.exec(text)?.[0];
  if (basic === undefined) return undefined;
  try {
    // The escapes of a basic string that are written in configuration files are those of JSON.
    const value: unknown = JSON.parse(basic);
    return typeof value === 'string' ? { value, length: basic.length } : undefined;
  } catch {
    return undefined;
  }
}

function closing(text: string): number {
  let quote = '';
  for (let i = 1; i < text.length; i += 1) {
    const at = text.charAt(i);
    if (quote !== '') {
      if (at === '\\' && quote === '"') i += 1;
      else if (at === quote) quote = '';
    } else if (at === '"' || at === "'") quote = at;
    else if (at === ']') return i;
    else if (at === '#') return -1;
  }
  return -1;
}

/** A line up to a `#` that stands outside of quotes. */
function withoutComment(line: string): string {
  return /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^#"'])*/.exec(line)?.[0] ?? line;
}

function isEnd(text: string): boolean {
  return /^\s*(?:#.*)?$/.test(text);
}
