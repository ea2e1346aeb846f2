import { knownWord, type Word } from './invocation';

/** Reads the words behind a tool's name as the tool's own parser does. */
export interface Grammar<Line> {
  readonly read: (words: readonly Word[]) => Line;
}

const OF_ARGV = new WeakMap<readonly string[], readonly Word[]>();
const BEHIND = new WeakMap<readonly Word[], readonly Word[]>();
/** The lines that were made of a list of words; only of those that more than one asks about. */
const LINES = new WeakMap<readonly Word[], Map<unknown, unknown>>();

/** The words of a real argv, each with its place in argv as its range: the same list whenever the same argv is asked about. */
export function wordsOf(argv: readonly string[]): readonly Word[] {
  let words = OF_ARGV.get(argv);
  if (words === undefined) {
    words = argv.map((word, i) => knownWord(word, { start: i, end: i }));
    OF_ARGV.set(argv, words);
    keep(words, words.slice(1));
  }
  return words;
}

function keep(words: readonly Word[], behind: readonly Word[]): void {
  BEHIND.set(words, behind);
  if (!LINES.has(behind)) LINES.set(behind, new Map());
}

/** The words behind the tool's name: of a real argv the same list whenever it is asked about. */
export const behindName = (words: readonly Word[]): readonly Word[] => BEHIND.get(words) ?? words.slice(1);

/** A tool's name with words behind it, which stay the list that they are. */
export function withName(name: Word, behind: readonly Word[]): readonly Word[] {
  const words = [name, ...behind];
  keep(words, behind);
  return words;
}

/**
 * The words behind a tool's name, taken apart. Those of a real argv are read once: the line goes with the list wherever that goes, to
 * judgement, inputs, places, preview and cleanup.
 */
export function lineOf<Line>(grammar: Grammar<Line>, behind: readonly Word[]): Line {
  const lines = LINES.get(behind);
  if (lines === undefined) return grammar.read(behind);
  if (!lines.has(grammar)) lines.set(grammar, grammar.read(behind));
  return lines.get(grammar) as Line;
}

/** What was made of the words of a real argv besides a line, for who makes it of more than the words; undefined for other lists. */
export const keptWith = (behind: readonly Word[]): Map<unknown, unknown> | undefined => LINES.get(behind);
