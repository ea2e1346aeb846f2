/** A value of which it can't be told what it is: a file that can't be read, a variable of the shell, an address that is fetched. */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** What a parameter is made of, as the AWS CLI hands it to botocore; shorthand has texts, lists and structures only. */
export type AwsValue = string | number | boolean | null | typeof UNKNOWN | readonly AwsValue[] | AwsStructure;
export interface AwsStructure {
  readonly [member: string]: AwsValue;
}

/** Blanks as Python's `str.rstrip` and its `\s` take them. */
const BLANKS_AT_END = /[\t-\r\u001c- \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/u;
const KEY = /[A-Za-z0-9\-_.#/:]*/uy;
const SINGLE_QUOTED = /'(?:\\'|[^'])*'/uy;
const DOUBLE_QUOTED = /"(?:\\"|[^"])*"/uy;
const FIRST_VALUE = /(?:\\,|[!#-&(-+\--<>-Z\\\\-z\u007c-\uffff])(?:\\,|[\s\u001c-\u001f!#-&(-+\--\\^-|~-\uffff])*/uy;
const SECOND_VALUE = /(?:\\,|[!#-&(-+\--<>-Z\\\\-z\u007c-\uffff])(?:\\,|[\s\u001c-\u001f!#-&(-+\--<>-\uffff])*/uy;
const WHITESPACE = ' \t\n\r\v\f';

/** The CLI refuses the text. */
class Refused extends Error {}

/**
 * Reads awscli's shorthand (`Status=Suspended,Rules=[{Id=a},{Id=b}]`) as the CLI itself does, rule by rule.
 * Source: awscli/shorthand.py, ShorthandParser.
 * @param load what stands for a value behind `@=`: the text of its file, or UNKNOWN.
 * @returns undefined when it is no shorthand: the CLI refuses it.
 */
export function readShorthand(text: string, load: (value: string) => AwsValue = () => UNKNOWN): AwsStructure | undefined {
  try {
    return new Reader(text, load).parameter();
  } catch (error) {
    // A text that nests deeper than the stack ends Python's reader, too.
    if (error instanceof Refused || error instanceof RangeError) return undefined;
    throw error;
  }
}

class Reader {
  private index = 0;
  private fromFile = false;

  constructor(private readonly text: string, private readonly load: (value: string) => AwsValue) {}

  parameter(): AwsStructure {
    const entries = new Map<string, AwsValue>([this.keyval()]);
    while (!this.atEnd()) {
      this.expect(',', true);
      const [key, value] = this.keyval();
      if (entries.has(key)) throw new Refused();
      entries.set(key, value);
    }
    return Object.fromEntries(entries);
  }

  private keyval(): [string, AwsValue] {
    const key = this.key();
    return [key, this.values()];
  }

  /** A key with its `=` or `@=`. */
  private key(): string {
    const key = this.consume(KEY) ?? '';
    this.skip();
    this.fromFile = this.current() === '@';
    if (this.fromFile) this.expect('@', true);
    this.expect('=', true);
    return key;
  }

  private values(): AwsValue {
    if (this.atEnd()) return '';
    if (this.current() === '[') return this.list();
    return this.current() === '{' ? this.structure() : this.commaSeparated();
  }

  private commaSeparated(): AwsValue {
    const first = this.firstValue();
    this.skip();
    if (this.current() !== ',') return first;
    this.expect(',', true);
    const list: AwsValue[] = [first];
    for (;;) {
      try {
        const value = this.secondValue();
        this.skip();
        if (this.atEnd()) {
          list.push(value);
          break;
        }
        this.expect(',', true);
        list.push(value);
      } catch (error) {
        if (!(error instanceof Refused) || this.atEnd()) throw error;
        // What follows the last comma is the next key.
        this.index = this.text.lastIndexOf(',', this.index);
        break;
      }
    }
    return list.length === 1 ? first : list;
  }

  private list(): AwsValue {
    this.expect('[', true);
    const values: AwsValue[] = [];
    while (this.current() !== ']') {
      values.push(this.explicit());
      this.between(']');
    }
    this.expect(']');
    return values;
  }

  private structure(): AwsValue {
    this.expect('{', true);
    const entries = new Map<string, AwsValue>();
    while (this.current() !== '}') {
      const key = this.key();
      entries.set(key, this.explicit());
      this.between('}');
    }
    this.expect('}');
    return Object.fromEntries(entries);
  }

  private between(end: string): void {
    this.skip();
    if (this.current() === end) return;
    this.expect(',');
    this.skip();
  }

  private explicit(): AwsValue {
    if (this.current() === '[') return this.list();
    return this.current() === '{' ? this.structure() : this.firstValue();
  }

  private firstValue(): AwsValue {
    const quoted = this.quoted();
    if (quoted !== undefined) return quoted;
    const plain = this.consume(FIRST_VALUE);
    return plain === undefined ? '' : this.plain(plain);
  }

  private secondValue(): AwsValue {
    const quoted = this.quoted();
    if (quoted !== undefined) return quoted;
    const plain = this.consume(SECOND_VALUE);
    if (plain === undefined) throw new Refused();
    return this.plain(plain);
  }

  private quoted(): AwsValue | undefined {
    const mark = this.current();
    if (mark !== "'" && mark !== '"') return undefined;
    const found = this.consume(mark === '"' ? DOUBLE_QUOTED : SINGLE_QUOTED);
    if (found === undefined) throw new Refused();
    return this.loaded(found.slice(1, -1).replaceAll(`\\${mark}`, mark).replaceAll('\\\\', '\\'));
  }

  private plain(text: string): AwsValue {
    return this.loaded(text.replaceAll('\\,', ',').replace(BLANKS_AT_END, ''));
  }

  private loaded(text: string): AwsValue {
    return this.fromFile && (text.startsWith('file://') || text.startsWith('fileb://')) ? this.load(text) : text;
  }

  private consume(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.index;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.index += found.length;
    return found;
  }

  private expect(char: string, blanks = false): void {
    if (blanks) this.skip();
    if (this.current() !== char) throw new Refused();
    this.index += 1;
    if (blanks) this.skip();
  }

  private current(): string {
    return this.text.charAt(this.index);
  }

  private atEnd(): boolean {
    return this.index >= this.text.length;
  }

  private skip(): void {
    while (!this.atEnd() && WHITESPACE.includes(this.current())) this.index += 1;
  }
}
