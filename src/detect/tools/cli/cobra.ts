import type { Word } from '../../invocation';
import { tailOf, type CliLine, type CliOption } from './line';

/** A command line read exactly as the tool's own parser does. */
export interface ExactLine extends CliLine {
  /** The command (`['rollout', 'undo']`); `words` begins with it. */
  readonly path: readonly string[];
  /** What could not be understood, each a sentence. The tool refuses most of these; another version may know them. */
  readonly problems: readonly string[];
}

/** The options of one command. */
export interface FlagSet {
  /** Whether an option takes the next word; `switch`: it needs no value (pflag's NoOptDefVal). Undefined: not known. Without dashes; one letter for a short one. */
  readonly kind: (name: string) => 'value' | 'switch' | undefined;
  /** The long name of a letter, with its dashes. */
  readonly long: (letter: string) => string;
}

/** A tool that is built with cobra. */
export interface CobraTool {
  readonly name: string;
  /** The command's own name for a word below a path, aliases resolved; undefined when there is none. */
  readonly below: (path: readonly string[], word: string) => string | undefined;
  readonly flags: (path: readonly string[]) => FlagSet;
  /** What the tool makes of a long name before it looks it up. */
  readonly normal?: (name: string) => string;
  /** Commands that give what stands behind `--`, or behind this many words, to another program. */
  readonly runs?: (path: readonly string[]) => number | undefined;
}

const textOf = (word: Word): string => word.value ?? word.parts[0] ?? '';

/**
 * Finds the command as cobra does: before it has found one, an option that the commands so far don't have takes the next word.
 * Source: github.com/spf13/cobra, command.go, Find, stripFlags and argsMinusFirstX.
 */
function findCommand(words: readonly Word[], tool: CobraTool): { readonly path: readonly string[]; readonly args: readonly Word[] } {
  const path: string[] = [];
  const args = [...words];
  for (;;) {
    const at = firstWord(args, tool, tool.flags(path));
    const word = at === undefined ? undefined : args[at]?.value;
    const next = word === undefined ? undefined : tool.below(path, word);
    if (at === undefined || next === undefined) return { path, args };
    path.push(next);
    args.splice(at, 1);
  }
}

function firstWord(args: readonly Word[], tool: CobraTool, flags: FlagSet): number | undefined {
  for (let i = 0; i < args.length; i += 1) {
    const word = args[i];
    const text = word === undefined ? '' : textOf(word);
    if (text === '--') return undefined;
    if (!text.startsWith('-')) {
      if (text !== '' || word?.value === undefined) return i;
      continue;
    }
    const long = text.startsWith('--');
    const name = long ? (tool.normal?.(text.slice(2)) ?? text.slice(2)) : text.slice(1);
    // `--help` is made only after the command was found.
    const takes = !text.includes('=') && (long || text.length === 2) && (name === 'help' || name === 'h' || flags.kind(name) !== 'switch');
    if (takes) i += 1;
  }
  return undefined;
}

/** Reads the words behind the tool's name as cobra and pflag do. Source: github.com/spf13/pflag, flag.go, parseArgs, parseLongArg, parseSingleShortArg. */
export function readCobra(given: readonly Word[], tool: CobraTool): ExactLine {
  const { path, args } = findCommand(given, tool);
  const flags = tool.flags(path);
  const most = tool.runs?.(path);
  const words: Word[] = [];
  const options: CliOption[] = [];
  const problems: string[] = [];
  let rest: readonly Word[] | undefined;
  for (let i = 0; i < args.length; i += 1) {
    const word = args[i];
    if (word === undefined) continue;
    const text = textOf(word);
    if (word.value === '--') {
      rest = args.slice(i + 1);
      break;
    }
    if (!text.startsWith('-') || word.value === '-' || (most !== undefined && words.length >= most)) {
      words.push(word);
      continue;
    }
    const read = text.startsWith('--') ? readLong(word, text, tool, flags) : readShort(word, text, tool, flags);
    options.push(...read.options);
    problems.push(...read.problems.map((p) => p.replace('%', path.join(' '))));
    if (!read.takesNext) continue;
    i += 1;
    const value = args[i];
    const last = options.pop();
    if (value === undefined) problems.push(`The option ${last?.name ?? text} has no value.`);
    else if (last !== undefined) options.push({ ...last, value });
  }
  const typed = path.map((p) => given.find((w) => w.value !== undefined && w.value === p) ?? { raw: p, value: p, parts: [p], multi: false, range: given[0]?.range ?? { start: 0, end: 0 } });
  // Only some commands mean something else by `--` than that no option follows.
  const joined = most === undefined && rest !== undefined ? { words: [...typed, ...words, ...rest], rest: undefined } : { words: [...typed, ...words], rest };
  return { ...joined, path, options, problems };
}

interface Read { readonly options: readonly CliOption[]; readonly takesNext: boolean; readonly problems: readonly string[] }

const unknownTo = (tool: CobraTool, name: string): string => `The option ${name} is not known for ${tool.name} %.`.replace(' .', '.');

function readLong(word: Word, text: string, tool: CobraTool, flags: FlagSet): Read {
  const equals = text.indexOf('=');
  const bare = equals < 0 ? text.slice(2) : text.slice(2, equals);
  const name = tool.normal?.(bare) ?? bare;
  const kind = flags.kind(name);
  const problems = kind === undefined || (word.value === undefined && equals < 0) ? [unknownTo(tool, `--${name}`)] : [];
  if (equals >= 0) return { options: [{ name: `--${name}`, value: tailOf(word, equals + 1) }], takesNext: false, problems };
  return { options: [{ name: `--${name}`, value: undefined }], takesNext: kind === 'value', problems };
}

function readShort(word: Word, text: string, tool: CobraTool, flags: FlagSet): Read {
  const options: CliOption[] = [];
  const problems: string[] = [];
  for (let at = 1; at < text.length; at += 1) {
    const letter = text.charAt(at);
    const kind = flags.kind(letter);
    const name = kind === undefined ? `-${letter}` : flags.long(letter);
    if (kind === undefined) problems.push(unknownTo(tool, name));
    const left = text.slice(at + 1);
    // `-n=x` has the value x, but `-n=` the value "=".
    if (left.startsWith('=') && (left.length > 1 || word.value === undefined)) return { options: [...options, { name, value: tailOf(word, at + 2) }], takesNext: false, problems };
    if (kind !== 'value') {
      options.push({ name, value: undefined });
      continue;
    }
    if (left !== '' || word.value === undefined) return { options: [...options, { name, value: tailOf(word, at + 1) }], takesNext: false, problems };
    return { options: [...options, { name, value: undefined }], takesNext: true, problems };
  }
  return { options, takesNext: false, problems };
}
