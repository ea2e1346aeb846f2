import { knownWord } from '../detect/invocation';
import { readLine } from '../detect/tools/cli/line';

/** The words behind a tool's name, taken apart. */
export interface ToolWords {
  /** Those that are neither options nor their values. */
  readonly words: readonly string[];
  /** Every value of an option, in order; `''` for a flag. Names with their dashes. */
  all(...names: readonly string[]): string[];
  /** The last value of an option, which is the one that counts. */
  last(...names: readonly string[]): string | undefined;
  has(...names: readonly string[]): boolean;
}

/**
 * Takes apart a real argv (argv[0] is the tool).
 * @param valued options that take the next word, separated by blanks; any other is a flag.
 */
export function toolWords(argv: readonly string[], valued: string): ToolWords {
  const takes = new Set(valued.split(/\s+/));
  const line = readLine(argv.slice(1).map((arg) => knownWord(arg)), {
    valued: takes, flags: new Set(), singleDash: false, hasCommands: false, kindOf: (flag) => (takes.has(flag) ? 'value' : 'boolean'), isVerb: () => false,
  });
  const all = (...names: readonly string[]): string[] => line.options.filter((one) => names.includes(one.name)).map((one) => one.value?.value ?? '');
  return {
    words: [...line.words, ...(line.rest ?? [])].flatMap((word) => word.value ?? []),
    all, last: (...names) => all(...names).at(-1), has: (...names) => line.options.some((one) => names.includes(one.name)),
  };
}
