import type { Effect } from '../../../model';
import type { Finding, Word } from '../../invocation';
import type { CliCall } from '../cli/call';
import type { CliOption } from '../cli/line';

/** What an option may be: it takes something away, it doesn't, or that can't be told from the words. */
export type Told = boolean | undefined;

/** An option as its meaning is asked for: the text of its value, where it is known. */
export interface Given {
  readonly name: string;
  /** Undefined for a switch without a value, and for a value that is not known. */
  readonly text: string | undefined;
  readonly value: Word | undefined;
  /** A list that is given as several words, each a member; one member for everything else. */
  readonly members: readonly (string | undefined)[];
}

/** What options of one kind of name mean, in whatever command they stand. */
export interface OptionMeaning {
  /** The whole name, with its dashes. */
  readonly names: RegExp;
  /** Only in commands whose words, joined by blanks, this finds. */
  readonly commands?: RegExp;
  readonly except?: RegExp;
  /** Counts where something is made, too: elsewhere there is nothing yet that could be lost. */
  readonly always?: true;
  /** Undefined: with any value or none. */
  readonly when?: (given: Given, call: CliCall) => Told;
  readonly effects: readonly Effect[] | ((call: CliCall) => readonly Effect[]);
  /** What it does, to follow a colon. */
  readonly says: string;
  /** Whether it loses something depends on what was set before. */
  readonly depends?: true;
  /** Where the tool tells it. */
  readonly source: string;
}

/** How a tool writes options. */
export interface Spelling {
  /** Full names that an abbreviated one may stand for. */
  readonly full?: (name: string) => readonly string[];
  /** Lists are given as several words behind the option. */
  readonly words?: true;
  /** Options whose members are `property=value` of the thing itself (`--set sku.capacity=0`). */
  readonly properties?: ReadonlySet<string>;
}

const FALSE = /^(?:false|f|no|n|0|off|disabled?|none|never)$/i;

/** A switch that is on. A text that is no truth value is on: the tool refuses it, or it was never this switch's own. */
export const on = ({ text, value }: Given): Told => (value === undefined ? true : text === undefined ? undefined : !FALSE.test(text.trim()));
/** A switch that is off, or a choice of nothing. */
export const off = ({ text, value }: Given): Told => (value === undefined ? false : text === undefined ? undefined : FALSE.test(text.trim()));
/** A number that is zero, however it is written; a size or a time with its unit, too. */
export const zero = ({ text, value }: Given): Told => (value === undefined ? false : text === undefined ? undefined : /^[+-]?(?:0x)?0+(?:\.0*)?\s*[a-z%]*$/i.test(text.trim()));
/** One of these values. */
export const is = (values: RegExp) => ({ text, value }: Given): Told => (value === undefined ? false : text === undefined ? undefined : values.test(text.trim()));
export const isNot = (values: RegExp) => (given: Given): Told => {
  const told = is(values)(given);
  return told === undefined ? undefined : !told;
};

/** The members of a list of gcloud's: by commas, or by the character that `^X^` at its beginning names. Source: `gcloud topic escaping`. */
export function gcloudList(text: string): string[] {
  const [, mark, rest] = /^\^(.+?)\^([^]*)$/.exec(text) ?? [];
  return (rest ?? text).split(mark ?? ',').filter((m) => m !== '');
}

/** The words behind an option up to the next one: the values of an option that takes several. */
export function listedWords(call: Pick<CliCall, 'given'>, name: string): readonly Word[] {
  return call.given.flatMap((word, at) => {
    const text = word.value ?? word.parts[0] ?? '';
    if (text.startsWith(`${name}=`)) return [word.value === undefined ? word : { ...word, value: text.slice(name.length + 1), parts: [text.slice(name.length + 1)] }];
    if (text !== name) return [];
    const end = call.given.findIndex((w, i) => i > at && /^-(?:-|[A-Za-z])/.test(w.value ?? w.parts[0] ?? ''));
    return call.given.slice(at + 1, end < 0 ? undefined : end);
  });
}

/** `sku.capacity` as an option of that name would be written. */
const asOption = (property: string): string => `--${(property.split('.').at(-1) ?? '').replace(/([a-z\d])([A-Z])/g, '$1-$2').toLowerCase()}`;

function givenOptions(call: CliCall, spelling: Spelling): Given[] {
  return call.options.flatMap((option: CliOption): Given[] => {
    const words = spelling.words && option.value !== undefined ? listedWords(call, option.name) : [];
    const members = words.length > 1 ? words.map((w) => w.value) : [option.value?.value];
    if (spelling.properties?.has(option.name)) {
      return members.flatMap((member): Given[] => {
        const [, property, text] = /^([^=]+)=([^]*)$/.exec(member ?? '') ?? [];
        return property === undefined ? [] : [{ name: asOption(property), text, value: option.value, members: [text] }];
      });
    }
    const names = spelling.full?.(option.name) ?? [option.name];
    return names.map((name) => ({ name, text: option.value?.value, value: option.value, members }));
  });
}

const MAKES = /(?:^|-)(?:create|add|new|register|init|import|copy|clone)(?:-|$)/;

/**
 * A finding of a command that only changes or makes something, with what its options mean: one that takes something away makes the
 * command destructive, and one of which that can't be told makes it unknown.
 */
export function judgeOptions(meanings: readonly OptionMeaning[], call: CliCall, base: Finding, spelling: Spelling = {}): Finding {
  if (base.mutation === 'none' || base.mutation === 'unknown') return base;
  const words = call.path.join(' ');
  const makes = base.mutation === 'additive' || MAKES.test(call.path.at(-1) ?? '');
  const sure: { readonly given: Given; readonly meaning: OptionMeaning }[] = [];
  const open: typeof sure = [];
  for (const given of givenOptions(call, spelling)) {
    for (const meaning of meanings) {
      if (!meaning.names.test(given.name) || (makes && meaning.always !== true) || (meaning.commands && !meaning.commands.test(words)) || meaning.except?.test(words)) continue;
      const told = meaning.when ? meaning.when(given, call) : true;
      if (told === false) continue;
      (told === undefined || meaning.depends ? open : sure).push({ given, meaning });
    }
  }
  if (sure.length === 0 && (open.length === 0 || base.mutation === 'destructive')) return base;
  const told = sure.length > 0 ? sure : open;
  const effects = told.flatMap(({ meaning }) => (typeof meaning.effects === 'function' ? meaning.effects(call) : meaning.effects));
  const names = [...new Set(told.map(({ given }) => given.name))];
  const says = [...new Set(told.map(({ given, meaning }) => `${given.name} ${meaning.says}`))];
  const destroys = sure.length > 0;
  return {
    ...base, mutation: destroys ? 'destructive' : 'unknown',
    effects: destroys ? [...new Set([...base.effects, ...effects])] : ['unknown'],
    reversibility: base.mutation === 'destructive' ? base.reversibility : { kind: 'unknown' },
    reason: `${base.reason.replace(/\.$/, '')}${base.mutation === 'destructive' ? '. Also ' : ': '}${says.join(', and ')}.`,
    unknowns: destroys ? base.unknowns : [...base.unknowns, ...names.map((n) => `what ${n} was set to before, or is set to now`)],
    guardsOff: [...new Set([...base.guardsOff, ...names])],
  };
}
