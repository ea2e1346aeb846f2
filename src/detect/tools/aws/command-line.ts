import { isWholeAwsOption } from '../../knowledge/aws-short-options';
import { knownWord, type Word } from '../../invocation';
import { behindName, lineOf, wordsOf, type Grammar } from '../../words';

/**
 * Global options and whether they take a value. Sources: awscli/data/cli.json (v1), and for the `cli-` ones and the
 * pager the AWS CLI v2 user guide, "Command line options".
 */
export const AWS_GLOBAL_OPTIONS: ReadonlyMap<string, boolean> = new Map([
  ['debug', false], ['endpoint-url', true], ['no-verify-ssl', false], ['no-paginate', false], ['output', true],
  ['query', true], ['profile', true], ['region', true], ['version', false], ['color', true], ['no-sign-request', false],
  ['ca-bundle', true], ['cli-read-timeout', true], ['cli-connect-timeout', true], ['v2-debug', false],
  ['cli-binary-format', true], ['no-cli-pager', false], ['cli-auto-prompt', false], ['no-cli-auto-prompt', false],
  ['cli-error-format', true],
]);

/** An option of the operation, with the words that follow it. */
export interface AwsOption {
  /** Without dashes, as typed: argparse also takes an unambiguous beginning of a name. */
  readonly name: string;
  readonly values: readonly Word[];
  /** True for the whole name of an option of this command: then it is no beginning of another. */
  readonly whole: boolean;
}

/** An AWS command line taken apart the way awscli's argument parsers do it, one after the other. */
export interface AwsCommandLine {
  readonly service: Word | undefined;
  readonly operation: Word | undefined;
  /** Words that may be any number of words before the operation (`aws $OPTS s3 ls`). */
  readonly loose: readonly Word[];
  /** What the operation gets, in order, without global options. */
  readonly args: readonly Word[];
  /** The last word given for each global option; a flag has its own word. */
  readonly globals: ReadonlyMap<string, Word>;
  /**
   * Where a word `--` stands. Which of the parsers takes it away depends on the place and on Python's version, and what follows it
   * is a value for one parser and an option for the next: behind it no option can be trusted to switch a change off.
   */
  readonly separator: 'none' | 'before-operation' | 'after-operation';
}

/** The same with the options of the operation. */
export interface AwsLine extends AwsCommandLine {
  /** The words before the first option. */
  readonly positionals: readonly Word[];
  readonly options: readonly AwsOption[];
}

/** Takes apart the words after `aws`. Never fails: what it can't place stays in `args`, `positionals` or `loose`. */
export const AWS: Grammar<AwsLine> = {
  read(words) {
    const line = readCommandLine(words);
    return { ...line, ...readOptions(line) };
  },
};

/** A real argv of `aws`, taken apart. */
export const awsLine = (argv: readonly string[]): AwsLine => lineOf(AWS, behindName(wordsOf(argv)));

function readCommandLine(words: readonly Word[]): AwsCommandLine {
  const globals = new Map<string, Word>();
  const args: Word[] = [];
  const loose: Word[] = [];
  let service: Word | undefined;
  let operation: Word | undefined;
  let separator: AwsCommandLine['separator'] = 'none';
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i];
    if (word === undefined) continue;
    if (word.value === '--') {
      if (separator === 'none') separator = operation === undefined ? 'before-operation' : 'after-operation';
      continue;
    }
    const option = optionName(word);
    if (option !== undefined) {
      // The first parser, which knows the global options, takes everything behind `--` for values.
      const name = separator === 'none' ? globalOption(option.name) : undefined;
      if (name === undefined) {
        args.push(word);
      } else if (AWS_GLOBAL_OPTIONS.get(name) !== true) {
        globals.set(name, word);
      } else if (option.value !== undefined) {
        // Python before 3.13 loses a value that is `--`, and the one before it as well: it is none.
        globals.set(name, option.value.value === '--' ? { ...option.value, value: undefined } : option.value);
      } else {
        const next = words[i + 1];
        if (next !== undefined && (isValue(next) || isForeign(next))) {
          globals.set(name, next);
          i += 1;
        }
      }
    } else if (operation !== undefined || !isValue(word)) {
      args.push(word);
    } else if (word.multi) {
      loose.push(word);
    } else if (service === undefined) {
      service = word;
    } else {
      operation = word;
    }
  }
  return { service, operation, loose, args, globals, separator };
}

/** The options of an operation in order, and the words before the first one. */
function readOptions(line: Pick<AwsCommandLine, 'service' | 'operation' | 'args'>): { readonly positionals: readonly Word[]; readonly options: readonly AwsOption[] } {
  const positionals: Word[] = [];
  const options: { name: string; values: Word[]; whole: boolean }[] = [];
  const command = `${line.service?.value ?? ''} ${line.operation?.value ?? ''}`;
  for (const word of line.args) {
    const option = optionName(word);
    // Python before 3.13 takes `--name=--` for no value.
    if (option !== undefined) options.push({ name: option.name, values: option.value && option.value.value !== '--' ? [option.value] : [], whole: isWholeAwsOption(command, option.name) });
    else (options.at(-1)?.values ?? positionals).push(word);
  }
  return { positionals, options };
}

/** Whether an option as typed sets the option of this name: it is the name, or a beginning of it that is no name of its own. */
export function meansOption(option: Pick<AwsOption, 'name' | 'whole'>, name: string): boolean {
  return option.name === name || (!option.whole && option.name !== '' && name.startsWith(option.name));
}

/**
 * Whether argparse takes a word as a value where it expects one: words that begin with a dash are options, but for the dash alone,
 * negative numbers, and what has a blank in it. Source: Python's argparse, `_parse_optional`.
 */
function isValue({ value }: Word): boolean {
  return value?.startsWith('-') !== true || value === '-' || /^-\d+$|^-\d*\.\d+$/.test(value) || hasBlank(value);
}

/** `--x=a b` of an option that the first parser does not know: for it the blank makes a value of the word. */
function isForeign(word: Word): boolean {
  const option = optionName(word);
  return option !== undefined && word.value?.includes(' ') === true && globalOption(option.name) === undefined;
}

/** A word with a blank before any `=` can be no option. */
const hasBlank = (text: string): boolean => /^[^=]* /.test(text);

/** The name of a long option and its `=value`, also when only the value's text is unknown; undefined for other words. */
function optionName(word: Word): { readonly name: string; readonly value: Word | undefined } | undefined {
  const text = word.value ?? word.parts[0];
  if (text === undefined || !text.startsWith('--') || text.length === 2 || hasBlank(text)) return undefined;
  const equals = text.indexOf('=');
  if (equals < 0) return word.value === undefined ? undefined : { name: text.slice(2), value: undefined };
  const name = text.slice(2, equals);
  if (word.value !== undefined) return { name, value: knownWord(text.slice(equals + 1), word.range) };
  return {
    name,
    value: { ...word, raw: word.raw.slice(word.raw.indexOf('=') + 1), parts: [text.slice(equals + 1), ...word.parts.slice(1)] },
  };
}

/**
 * The global option a name stands for: argparse takes any beginning that fits only one, wherever it stands; the operation's own
 * parser gets what is left. Version 2 has more of these options than version 1: what fits one of each is none for certain.
 */
function globalOption(name: string): string | undefined {
  if (AWS_GLOBAL_OPTIONS.has(name)) return name;
  const fitting = [...AWS_GLOBAL_OPTIONS.keys()].filter((o) => o.startsWith(name));
  return fitting.length === 1 ? fitting[0] : undefined;
}
