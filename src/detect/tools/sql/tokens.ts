/** A piece of SQL text: a word, a quoted name, a string, a number or a sign. Comments and blanks are left out. */
export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'sign';
  /** Upper case for a word, without quotes for a name or a string. */
  readonly text: string;
  /** As written. */
  readonly raw: string;
}

const WORD = /[\p{L}_@#$][\p{L}\p{N}_@#$]*/uy;
const NUMBER = /\d[\w.]*/y;
const DOLLAR = /\$(?:[A-Za-z_]\w*)?\$/y;

/**
 * The statements of a SQL text as tokens, one list each. Strings, quoted names, dollar quotes and comments are read as PostgreSQL,
 * MySQL, SQLite, SQL Server, Oracle, ClickHouse and CQL write them, so that a `;` or a keyword inside them counts for nothing. A
 * comment that MySQL executes (`/*! … *\/`) counts as text. Takes linear time; never fails.
 */
export function sqlTokens(text: string): Token[][] {
  const statements: Token[][] = [];
  let now: Token[] = [];
  let i = 0;
  let delimiter = ';';
  const end = (): void => {
    if (now.length > 0) statements.push(now);
    now = [];
  };
  const closing = (from: number, quote: string, backslash: boolean): number => {
    for (let at = from; at < text.length; at++) {
      const c = text.charAt(at);
      if (backslash && c === '\\') at++;
      else if (c === quote) {
        if (text.charAt(at + 1) !== quote) return at;
        at++;
      }
    }
    return text.length;
  };
  while (i < text.length) {
    const c = text.charAt(i);
    if (/\s/.test(c)) {
      i++;
      continue;
    }
    if ((c === '-' && text.charAt(i + 1) === '-') || (c === '/' && text.charAt(i + 1) === '/')) {
      const line = text.indexOf('\n', i);
      i = line < 0 ? text.length : line + 1;
      continue;
    }
    if (c === '/' && text.charAt(i + 1) === '*') {
      const run = text.charAt(i + 2) === '!';
      if (run) {
        i += 3;
        while (/\d/.test(text.charAt(i))) i++;
        continue;
      }
      const close = text.indexOf('*/', i + 2);
      i = close < 0 ? text.length : close + 2;
      continue;
    }
    if (c === '*' && text.charAt(i + 1) === '/') {
      i += 2;
      continue;
    }
    if (c === '#' && (now.length === 0 || /\n\s*$/.test(text.slice(Math.max(0, i - 40), i)))) {
      const line = text.indexOf('\n', i);
      i = line < 0 ? text.length : line + 1;
      continue;
    }
    if (text.startsWith(delimiter, i)) {
      end();
      i += delimiter.length;
      continue;
    }
    if (c === ';') {
      now.push({ kind: 'sign', text: c, raw: c });
      i++;
      continue;
    }
    if (c === "'" || c === '"' || c === '`') {
      const close = closing(i + 1, c, c === "'");
      const raw = text.slice(i, close + 1);
      now.push({ kind: c === "'" ? 'string' : 'name', text: text.slice(i + 1, close), raw });
      i = close + 1;
      continue;
    }
    if (c === '[') {
      const close = text.indexOf(']', i);
      if (close > 0 && /^[\w $.-]+$/.test(text.slice(i + 1, close)) && close - i < 130) {
        now.push({ kind: 'name', text: text.slice(i + 1, close), raw: text.slice(i, close + 1) });
        i = close + 1;
        continue;
      }
    }
    if (c === '$') {
      DOLLAR.lastIndex = i;
      const mark = DOLLAR.exec(text)?.[0];
      if (mark !== undefined) {
        const close = text.indexOf(mark, i + mark.length);
        const stop = close < 0 ? text.length : close;
        now.push({ kind: 'string', text: text.slice(i + mark.length, stop), raw: mark });
        i = stop + mark.length;
        continue;
      }
    }
    WORD.lastIndex = i;
    const word = WORD.exec(text)?.[0];
    if (word !== undefined) {
      i += word.length;
      // `DELIMITER //` of the mysql client, and `GO` of sqlcmd on a line of its own, end statements, too.
      if (now.length === 0 && word.toUpperCase() === 'DELIMITER') {
        const given = /^[ \t]+(\S+)/.exec(text.slice(i, i + 40));
        if (given?.[1] !== undefined) {
          delimiter = given[1];
          i += given[0].length;
          continue;
        }
      }
      if (word.toUpperCase() === 'GO' && /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, i - 20), i - 2)) && /^[ \t]*(?:\d+[ \t]*)?(?:\r?\n|$)/.test(text.slice(i, i + 20))) {
        end();
        continue;
      }
      now.push({ kind: 'word', text: word.toUpperCase(), raw: word });
      continue;
    }
    NUMBER.lastIndex = i;
    const number = NUMBER.exec(text)?.[0];
    if (number !== undefined) {
      now.push({ kind: 'number', text: number, raw: number });
      i += number.length;
      continue;
    }
    now.push({ kind: 'sign', text: c, raw: c });
    i++;
  }
  end();
  return statements;
}
