import { knownWord, type Word } from '../../invocation';

/** An option as it stands on a command line. */
export interface CliOption {
  /** With its dashes, as typed (`--namespace`, `-n`, `-auto-approve`). */
  readonly name: string;
  /** Undefined for a flag without a value. */
  readonly value: Word | undefined;
}

/** A word that is no option, and how many options stand before it. */
export interface CliLine {
  /** Words that are neither options nor their values, in order. */
  readonly words: readonly Word[];
  readonly options: readonly CliOption[];
  /** What stands behind `--`; undefined without one. */
  readonly rest: readonly Word[] | undefined;
  /** Where options stand that nobody knows: whether the word behind them is their value was guessed. */
  readonly guessed?: readonly number[];
}

export interface LineGrammar {
  /** Options that take the next word as their value. */
  readonly valued: ReadonlySet<string>;
  readonly flags: ReadonlySet<string>;
  /** One dash begins a long name, as in Go's `flag` package: `-auto-approve`, `-var x`. */
  readonly singleDash: boolean;
  /** Before a command an option that is not known may have a value: where there are commands at all. */
  readonly hasCommands: boolean;
  /** What is documented of an option; of those that are not known nearly all take a value then. */
  readonly kindOf?: (flag: string) => 'value' | 'boolean' | 'optional' | undefined;
  /** True for a word that may stand at this place of the path: it is not swallowed by an option that nothing knows. */
  readonly isVerb: (word: string) => boolean;
  /** Python's argparse: a negative number and what has a blank before any `=` are values, as a dash alone is. */
  readonly argparse?: boolean;
  /** All behind the first word that is no option belongs to another program: `docker run IMAGE …`. */
  readonly stopsAt?: (words: readonly Word[]) => boolean;
}

/**
 * Takes apart the words behind a tool's name the way getopt_long, Go's pflag and oclif do: options anywhere, `--name=value`,
 * `-nvalue`, clusters of letters, and `--`. Never fails; what can't be known stays a word.
 * @param turned where an option that nobody knows is read the other way.
 */
export function readLine(all: readonly Word[], grammar: LineGrammar, turned: ReadonlySet<number> = new Set()): CliLine {
  const guessed: number[] = [];
  const words: Word[] = [];
  const options: CliOption[] = [];
  let rest: Word[] | undefined;
  for (let i = 0; i < all.length; i++) {
    const word = all[i];
    if (!word) continue;
    if (grammar.stopsAt?.(words)) {
      words.push(word);
      continue;
    }
    const text = word.value ?? word.parts[0] ?? '';
    if (word.value === '--') {
      rest = all.slice(i + 1);
      break;
    }
    if (!looksLikeOption(text, grammar)) {
      words.push(word);
      continue;
    }
    const equals = text.indexOf('=');
    if (equals > 0 && (text.startsWith('--') || grammar.singleDash || /^-[A-Za-z]=/.test(text))) {
      options.push({ name: text.slice(0, equals), value: tailOf(word, equals + 1) });
      continue;
    }
    if (text.startsWith('--') || grammar.singleDash) {
      const takes = takesValue(text, all[i + 1], grammar);
      const next = all[i + 1];
      const isKnown = grammar.valued.has(text) || grammar.flags.has(text) || grammar.kindOf?.(text) !== undefined;
      if (!isKnown && next !== undefined) guessed.push(i);
      const swallows = takes || (!isKnown && isLikelyValue(next, words, grammar));
      if (next !== undefined && swallows !== (turned.has(i) && !isKnown)) {
        options.push({ name: text, value: next });
        i++;
      } else options.push({ name: text, value: undefined });
      continue;
    }
    // A cluster of letters: the first one that takes a value gets what is left, or the next word.
    let taken = false;
    for (let at = 1; at < text.length && !taken; at++) {
      const name = `-${text.charAt(at)}`;
      if (!grammar.valued.has(name) && (grammar.flags.has(name) || grammar.argparse !== true || grammar.kindOf?.(name) !== 'value')) {
        options.push({ name, value: undefined });
        continue;
      }
      taken = true;
      if (at + 1 < text.length || word.value === undefined) options.push({ name, value: tailOf(word, at + 1) });
      else {
        options.push({ name, value: all[i + 1] });
        i++;
      }
    }
  }
  return { words, options, rest, ...(guessed.length > 0 && { guessed }) };
}

/** Nobody knows the option before it; where it is no command, it may well be that option's value. */
function isLikelyValue(next: Word | undefined, words: readonly Word[], grammar: LineGrammar): boolean {
  const text = next?.value;
  return grammar.hasCommands && text !== undefined && !text.startsWith('-') && !grammar.isVerb(text) && words.length === 0;
}

function looksLikeOption(text: string, grammar: LineGrammar): boolean {
  return /^-./.test(text) && !/^-\d+$/.test(text) && !(grammar.argparse === true && /^-[^=]* |^-\d*\.\d+$/.test(text));
}

function takesValue(name: string, next: Word | undefined, grammar: LineGrammar): boolean {
  if (grammar.valued.has(name)) return true;
  if (!grammar.kindOf || next === undefined || looksLikeOption(next.value ?? next.parts[0] ?? '', grammar)) return false;
  const kind = grammar.kindOf(name);
  return kind === undefined ? !grammar.flags.has(name) : kind === 'value' || (kind === 'optional' && (next.value === undefined || /^(?:true|false|yes|no|0|1|[tfyn]|on|off|enabled?|disabled?|all|none)$/i.test(next.value)));
}

/** What is left of a word behind its first characters. */
export function tailOf(word: Word, from: number): Word {
  if (word.value !== undefined) return knownWord(word.value.slice(from), word.range);
  const [first = '', ...others] = word.parts;
  return { ...word, raw: word.raw.slice(from), parts: [first.slice(from), ...others] };
}
