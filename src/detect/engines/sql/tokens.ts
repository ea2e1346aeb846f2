import type { Lexis } from './dialects';

/** A piece of SQL text: a word, a quoted name, a string, a number or a sign. Comments and blanks are left out. */
export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'sign';
  /** Upper case for a word, without quotes for a name or a string. */
  readonly text: string;
  /** As written. */
  readonly raw: string;
}

/** What stands in a text: its statements as tokens, and the commands of the client between them, each without its first sign. */
export interface SqlText {
  readonly statements: readonly (readonly Token[])[];
  readonly commands: readonly string[];
}

const NUMBER = /\d[\w.]*/y;
const TAGGED = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const PLAIN = /\$\$/y;
/** Commands of the mysql client that are written in full at a line's beginning. Source: MySQL Reference Manual, "mysql Client Commands". */
const NAMED = /^(?:SOURCE|SYSTEM|TEE|PAGER|EDIT)$/;

interface Reading {
  readonly text: string;
  readonly lexis: Lexis;
  readonly statements: Token[][];
  readonly commands: string[];
  now: Token[];
  at: number;
  delimiter: string;
}

/**
 * Cuts a text into statements as the server that this lexis describes does, so that a `;` or a keyword in a string, a name or a comment
 * counts for nothing. Takes linear time; never fails.
 */
export function sqlTokens(text: string, lexis: Lexis): SqlText {
  const r: Reading = { text, lexis, statements: [], commands: [], now: [], at: 0, delimiter: ';' };
  while (r.at < text.length) {
    if (/\s/.test(text.charAt(r.at))) r.at++;
    else if (!comment(r) && !clientCommand(r) && !separator(r) && !quoted(r)) plain(r);
  }
  end(r);
  return { statements: r.statements, commands: r.commands };
}

function end(r: Reading): void {
  if (r.now.length > 0) r.statements.push(r.now);
  r.now = [];
}

const atLineStart = ({ text, at }: Reading): boolean => /(?:^|[\r\n])[ \t]*$/.test(text.slice(Math.max(0, at - 40), at));

/** The rest of the line from a place on; the reading goes on behind it. */
function restOfLine(r: Reading, from: number): string {
  const found = /[\r\n]/g;
  found.lastIndex = from;
  const stop = found.exec(r.text)?.index ?? r.text.length;
  r.at = stop;
  return r.text.slice(from, stop).trim();
}

function lineEnd({ text, lexis }: Reading, from: number): number {
  const found = lexis.returns ? /[\r\n]/g : /\n/g;
  found.lastIndex = from;
  return (found.exec(text)?.index ?? text.length) + 1;
}

function comment(r: Reading): boolean {
  const { text, lexis, at } = r;
  const two = text.slice(at, at + 2);
  const third = text.charAt(at + 2);
  const dashes = two === '--' && (lexis.dashes === 'always' || third === '' || third <= ' ');
  const hash = two.startsWith('#') && (lexis.hash === 'always' || (lexis.hash === 'blank' && /^#[\s!]|^#$/.test(two)));
  if (dashes || hash || (lexis.slashes && two === '//')) {
    r.at = lineEnd(r, at);
    return true;
  }
  if (lexis.executed && two === '*/') {
    r.at += 2;
    return true;
  }
  if (two !== '/*') return false;
  const run = lexis.executed ? /^\/\*M?!\d*/.exec(text.slice(at, at + 12))?.[0] : undefined;
  r.at = run === undefined ? commentEnd(r) : at + run.length;
  return true;
}

function commentEnd({ text, lexis, at }: Reading): number {
  if (!lexis.nested) {
    const close = text.indexOf('*/', at + 2);
    return close < 0 ? text.length : close + 2;
  }
  const marks = /\/\*|\*\//g;
  marks.lastIndex = at;
  let depth = 0;
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return text.length;
}

/** A command of the client itself. Sources: psql, mysql, sqlite3, sqlcmd and SnowSQL documentation. */
function clientCommand(r: Reading): boolean {
  const { text, lexis, at } = r;
  const c = text.charAt(at);
  const take = (from: number): true => {
    const line = restOfLine(r, from);
    // `\\` goes back to SQL.
    const back = lexis.commands === 'psql' ? line.indexOf('\\\\') : -1;
    if (back >= 0) r.at = text.indexOf('\\\\', from) + 2;
    r.commands.push(back >= 0 ? line.slice(0, back).trim() : line);
    end(r);
    return true;
  };
  switch (lexis.commands) {
    case 'psql': return c === '\\' && take(at + 1);
    case 'mysql': {
      if (c !== '\\') return false;
      if (/[!.PTe]/.test(text.charAt(at + 1))) return take(at + 1);
      if (/[gG]/.test(text.charAt(at + 1))) end(r);
      r.at += 2;
      return true;
    }
    case 'sqlite': return c === '.' && r.now.length === 0 && atLineStart(r) && take(at + 1);
    case 'sqlcmd': return (c === ':' || (c === '!' && text.charAt(at + 1) === '!')) && r.now.length === 0 && atLineStart(r) && take(c === ':' ? at + 1 : at);
    case 'snowsql': return c === '!' && r.now.length === 0 && take(at + 1);
    default: return false;
  }
}

function separator(r: Reading): boolean {
  if (r.text.startsWith(r.delimiter, r.at)) {
    r.at += r.delimiter.length;
    end(r);
    return true;
  }
  return false;
}

/** The place of the quote that closes. */
function closing({ text, lexis }: Reading, from: number, quote: string, backslash: boolean, doubled = lexis.doubled): number {
  for (let at = from; at < text.length; at++) {
    if (backslash && text.charAt(at) === '\\') at++;
    else if (text.startsWith(quote, at)) {
      if (!doubled || text.charAt(at + 1) !== quote) return at;
      at++;
    }
  }
  return text.length;
}

function push(r: Reading, kind: Token['kind'], inner: string, stop: number): true {
  r.now.push({ kind, text: inner, raw: r.text.slice(r.at, stop) });
  r.at = stop;
  return true;
}

function quoted(r: Reading): boolean {
  const { text, lexis, at } = r;
  const c = text.charAt(at);
  const isString = lexis.strings.includes(c);
  if (isString || lexis.names.includes(c)) {
    if (lexis.triple && isString && text.startsWith(c.repeat(3), at)) {
      const close = closing(r, at + 3, c.repeat(3), true, false);
      return push(r, 'string', text.slice(at + 3, close), Math.min(text.length, close + 3));
    }
    const close = closing(r, at + 1, c, lexis.backslash.includes(c));
    return push(r, isString ? 'string' : 'name', text.slice(at + 1, close), close + 1);
  }
  if (lexis.escapes && /^e'/i.test(text.slice(at, at + 2))) {
    const close = closing(r, at + 2, "'", true);
    return push(r, 'string', text.slice(at + 2, close), close + 1);
  }
  const open = lexis.quoting ? /^n?q'(.)/isu.exec(text.slice(at, at + 6)) : null;
  if (open) {
    const from = at + open[0].length;
    const mark = `${{ '[': ']', '(': ')', '{': '}', '<': '>' }[open[1] ?? ''] ?? open[1]}'`;
    const close = text.indexOf(mark, from);
    return push(r, 'string', text.slice(from, close < 0 ? undefined : close), close < 0 ? text.length : close + 2);
  }
  if (c === '[' && lexis.brackets) {
    const close = closing(r, at + 1, ']', false, lexis.loose === true);
    return push(r, 'name', text.slice(at + 1, close), close + 1);
  }
  if (c !== '$' || !lexis.dollar) return false;
  const pattern = lexis.dollar === 'tags' ? TAGGED : PLAIN;
  pattern.lastIndex = at;
  const mark = pattern.exec(text)?.[0];
  if (mark === undefined) return false;
  const close = text.indexOf(mark, at + mark.length);
  return push(r, 'string', text.slice(at + mark.length, close < 0 ? undefined : close), close < 0 ? text.length : close + mark.length);
}

function plain(r: Reading): void {
  const { text, lexis, at } = r;
  lexis.word.lastIndex = at;
  const word = lexis.word.exec(text)?.[0];
  if (word !== undefined) return aWord(r, word);
  NUMBER.lastIndex = at;
  const number = NUMBER.exec(text)?.[0];
  if (number !== undefined) push(r, 'number', number, at + number.length);
  else push(r, 'sign', text.charAt(at), at + 1);
}

function aWord(r: Reading, word: string): void {
  const { text, lexis, at } = r;
  const upper = word.toUpperCase();
  // `DELIMITER //` of the mysql client, and `GO` of sqlcmd on a line of its own, end statements, too.
  if (lexis.delimiter && r.now.length === 0 && upper === 'DELIMITER') {
    const given = /^[ \t]+(\S+)/.exec(text.slice(at + word.length, at + word.length + 40));
    if (given?.[1] !== undefined) {
      r.delimiter = given[1];
      r.at += word.length + given[0].length;
      return;
    }
  }
  if (lexis.commands === 'mysql' && r.now.length === 0 && NAMED.test(upper) && /[ \t]/.test(text.charAt(at + word.length))) {
    r.commands.push(restOfLine(r, at));
    return;
  }
  if (lexis.go && upper === 'GO' && atLineStart(r) && /^[ \t]*(?:\d+[ \t]*)?(?:\r?\n|$)/.test(text.slice(at + word.length, at + word.length + 20))) {
    r.at += word.length;
    return end(r);
  }
  push(r, 'word', upper, at + word.length);
}
