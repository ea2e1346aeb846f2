import { awsArgument } from '../../knowledge/aws-arguments';
import { dashed } from '../../knowledge/aws-operations';
import type { Word } from '../../invocation';
import { flagState, inputOptions, isFetched, optionWords, readParameter, type AwsCall } from './call';
import { readShorthand, UNKNOWN, type AwsStructure, type AwsValue } from './shorthand';

/**
 * The parameters of one call as the AWS CLI makes them: what an option's words mean (a file in their place, JSON, shorthand), and behind
 * them the members of `--cli-input-json` or `--cli-input-yaml`. Each is absent, known or unknown; who asks for one that is unknown leaves
 * a note, so that nothing is judged by what could not be read. Sources: awscli/paramfile.py, argprocess.py, customizations/cliinputjson.py.
 */
export class AwsParameters {
  private readonly notes = new Set<string>();
  private readonly hidden: boolean;

  constructor(private readonly call: AwsCall, private readonly operation = '') {
    this.hidden = inputOptions(call).length > 0 && call.input === undefined;
  }

  /** What was asked for and could not be read, each a phrase. */
  get unread(): readonly string[] {
    return [...this.notes];
  }

  /** A parameter by the member's name in the model. Models begin names large or small: either is found. */
  at(member: string): Part {
    const { option, kind } = awsArgument(this.operation, member) ?? { option: dashed(member), kind: undefined };
    const given = this.option(option);
    if (given.given) return kind === undefined ? given : given.of(kind);
    const other = member.charAt(0) === member.charAt(0).toUpperCase() ? member.charAt(0).toLowerCase() : member.charAt(0).toUpperCase();
    const value = own(this.call.input, member) ?? own(this.call.input, `${other}${member.slice(1)}`);
    if (value !== undefined) return this.part(`${member} of the input`, { kind: 'value', value });
    return this.part(`${member} of the input`, { kind: this.hidden ? 'hidden' : 'absent' });
  }

  /** An option that sets no member of its own name, and the options of the CLI's own commands. */
  option(option: string): Part {
    const words = optionWords(this.call, option);
    const state = flagState(this.call, option);
    const name = `--${option}`;
    if (state === 'off') return this.part(name, { kind: 'value', value: false });
    if (words === undefined) return this.part(name, { kind: 'absent' });
    return words.length === 0 ? this.part(name, { kind: 'value', value: true }) : this.part(name, { kind: 'words', words, whole: true });
  }

  private part(name: string, source: Source): Part {
    return new Part(source, {
      note: () => this.notes.add(`the value of ${name}`),
      load: (text) => readParameter(text, this.call.detect, this.call.invocation) ?? UNKNOWN,
      isFetched: (text) => isFetched(text, name.slice(2)),
    });
  }
}

type Source =
  | { readonly kind: 'absent' }
  /** It may stand in an input that can't be read. */
  | { readonly kind: 'hidden' }
  | { readonly kind: 'value'; readonly value: AwsValue }
  /** Words of the command line; `whole` when they are all of an option's, so that a file may stand in their place. */
  | { readonly kind: 'words'; readonly words: readonly Word[]; readonly whole: boolean };

interface Around {
  readonly note: () => void;
  readonly load: (text: string) => string | typeof UNKNOWN;
  readonly isFetched: (text: string) => boolean;
}

/** One parameter or a part of it. It is read as what is asked for: a text, a number, a structure. */
export class Part {
  constructor(private readonly source: Source, private readonly around: Around, private readonly kind?: 'text' | 'list' | 'data' | 'json') {}

  /** Read as its model says where that is known. */
  of(kind: 'text' | 'list' | 'data' | 'json'): Part {
    return new Part(this.source, this.around, kind);
  }

  /** True when the command says something about it. Where only an input may that can't be read, a note is left. */
  get given(): boolean {
    if (this.source.kind === 'hidden') this.around.note();
    return this.source.kind !== 'absent' && this.source.kind !== 'hidden';
  }

  /** Its text as the API gets it; undefined when it is absent, no text, or not known: the last leaves a note. */
  text(): string | undefined {
    const raw = this.raw();
    if (raw === UNKNOWN) this.around.note();
    return typeof raw === 'string' ? raw : typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : undefined;
  }

  /** The same for a sentence: nothing depends on it. */
  shown(): string | undefined {
    const raw = this.raw();
    return typeof raw === 'string' ? raw.trim() : typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : undefined;
  }

  /** True for one of these texts, upper case or lower; a file ends with a new line, and what the API takes for the same is its own matter. */
  is(...texts: readonly string[]): boolean {
    const text = this.text()?.trim().toLowerCase();
    return text !== undefined && texts.some((t) => t.toLowerCase() === text);
  }

  /** A whole number as Python's `int` reads it (`00`, `+0`, `0_0`). */
  int(): number | undefined {
    const text = this.text();
    if (text === undefined) return undefined;
    const digits = /^[+-]?\d+(?:_\d+)*$/.exec(text.trim());
    if (digits) return Number(digits[0].replaceAll('_', ''));
    // Python takes the digits of any script.
    if (/^[+-]?[\p{Nd}_]+$/u.test(text.trim())) this.around.note();
    const number = this.source.kind === 'value' && typeof this.source.value === 'number' ? this.source.value : undefined;
    return number;
  }

  /** On or off; a structure of one Value is read as that. */
  bool(): boolean | undefined {
    const raw = this.raw();
    if (typeof raw === 'boolean') return raw;
    if (typeof raw === 'string') {
      const text = raw.trim().toLowerCase();
      if (text === 'true' || text === 'false') return text === 'true';
      if (this.source.kind !== 'value' && (text.includes('=') || text.startsWith('{'))) return this.at('Value').bool();
    }
    if (raw === UNKNOWN) this.around.note();
    return this.source.kind === 'value' && isStructure(this.source.value) ? this.at('Value').bool() : undefined;
  }

  /** A member of a structure or a value of a map. */
  at(name: string): Part {
    const value = this.data();
    if (value === UNKNOWN) return this.inner(UNKNOWN);
    if (name === 'Value' && (typeof value === 'boolean' || typeof value === 'string')) return this.inner(value);
    const found = isStructure(value) ? own(value, name) : undefined;
    return found === undefined ? new Part({ kind: 'absent' }, this.around) : this.inner(found);
  }

  /** The names of a structure or map. */
  names(): readonly string[] {
    const value = this.data();
    if (value === UNKNOWN) this.around.note();
    return isStructure(value) ? Object.keys(value) : [];
  }

  /** The members of a list; a value alone is a list of one. Source: awscli/shorthand.py, BackCompatVisitor. */
  items(): readonly Part[] {
    if (this.source.kind === 'words' && this.source.words.length > 1) {
      return this.source.words.map((word) => new Part({ kind: 'words', words: [word], whole: false }, this.around, this.kind === 'list' ? 'text' : this.kind));
    }
    const value = this.data();
    if (value === undefined) return [];
    return Array.isArray(value) ? value.map((v: AwsValue) => this.inner(v)) : [this.inner(value as AwsValue)];
  }

  /** What a text holds that is JSON itself, such as a policy. Of a text that can be none it is absent. */
  json(): Part {
    const raw = this.raw();
    if (raw === UNKNOWN) return this.inner(UNKNOWN);
    if (typeof raw !== 'string') return this;
    const value = parseJson(raw);
    if (value === undefined) return /[{[]/.test(raw) ? this.inner(UNKNOWN) : new Part({ kind: 'absent' }, this.around);
    return this.inner(value);
  }

  /** All of it; parts that are not known stand in it as UNKNOWN. */
  value(): AwsValue | undefined {
    if (this.kind === 'text') return this.raw();
    if (this.source.kind === 'words' && this.source.words.length > 1) return this.items().map((i) => i.value() ?? UNKNOWN);
    return this.data();
  }

  private inner(value: AwsValue): Part {
    return new Part({ kind: 'value', value }, this.around);
  }

  /** Without a reading: a text, or the value that is no text. */
  private raw(): AwsValue | undefined {
    switch (this.source.kind) {
      case 'absent': return undefined;
      case 'value': return this.source.value;
      case 'hidden': return UNKNOWN;
      case 'words': {
        const { words: [word, ...more], whole } = this.source;
        if (word === undefined) return undefined;
        if (word.value === undefined || word.multi) return UNKNOWN;
        // Of several words each stands for itself. Source: awscli/paramfile.py, _check_for_uri_param.
        if (!whole || more.length > 0) return word.value;
        return this.around.isFetched(word.value) ? UNKNOWN : this.around.load(word.value);
      }
    }
  }

  /** Read as JSON or shorthand where it is a text of the command line. */
  private data(): AwsValue | undefined {
    const raw = this.raw();
    if (typeof raw !== 'string' || this.source.kind === 'value' || this.kind === 'text') return raw;
    const text = raw.trim();
    if (/^[[{]/.test(text)) return parseJson(text) ?? UNKNOWN;
    if (this.kind === 'json') return UNKNOWN;
    if (this.kind === 'list' || !/=/.test(text)) return raw;
    return readShorthand(raw, this.around.load) ?? UNKNOWN;
  }
}

/** Every text in a value, at any depth; UNKNOWN where one is not known. */
export function* textsIn(value: AwsValue | undefined): Generator<string | typeof UNKNOWN> {
  if (typeof value === 'string' || value === UNKNOWN) yield value;
  else if (Array.isArray(value)) for (const v of value as readonly AwsValue[]) yield* textsIn(v);
  else if (isStructure(value)) for (const v of Object.values(value)) yield* textsIn(v);
}

/** JSON as the AWS CLI reads it; undefined when it is none. */
export function parseJson(text: string): AwsValue | undefined {
  try {
    return JSON.parse(text) as AwsValue;
  } catch {
    return undefined;
  }
}

export function isStructure(value: unknown): value is AwsStructure {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: Readonly<Record<string, unknown>> | undefined, name: string): AwsValue | undefined {
  return value !== undefined && Object.hasOwn(value, name) ? (value[name] as AwsValue) : undefined;
}
