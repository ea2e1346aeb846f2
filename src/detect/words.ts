import { knownWord, type Word } from './invocation';

/** Reads the words behind a tool's name as the tool's own parser does. */
export interface Grammar<Line> {
  readonly read: (words: readonly Word[]) => Line;
}

const OF_ARGV = new WeakMap<readonly string[], readonly Word[]>();
const BEHIND = new WeakMap<readonly Word[], readonly Word[]>();
const LINES = new WeakMap<Grammar<unknown>, WeakMap<readonly Word[], unknown>>();

/** The words of a real argv, each with its place in argv as its range: the same list whenever the same argv is asked about. */
export function wordsOf(argv: readonly string[]): readonly Word[] {
  let words = OF_ARGV.get(argv);
  if (words === undefined) {
    words = argv.map((word, i) => knownWord(word, { start: i, end: i }));
    OF_ARGV.set(argv, words);
  }
  return words;
}

/** The words behind the tool's name: the same list whenever the same words are asked about. */
export function behindName(words: readonly Word[]): readonly Word[] {
  let behind = BEHIND.get(words);
  if (behind === undefined) {
    behind = words.slice(1);
    BEHIND.set(words, behind);
  }
  return behind;
}

/** A tool's name with words behind it, which stay the list that they are. */
export function withName(name: Word, behind: readonly Word[]): readonly Word[] {
  const words = [name, ...behind];
  BEHIND.set(words, behind);
  return words;
}

/**
 * The words behind a tool's name, taken apart. Each list is read once: its line goes with it wherever the list goes, to judgement, inputs,
 * places, preview and cleanup.
 */
export function lineOf<Line>(grammar: Grammar<Line>, behind: readonly Word[]): Line {
  let lines = LINES.get(grammar);
  if (lines === undefined) {
    lines = new WeakMap();
    LINES.set(grammar, lines);
  }
  if (!lines.has(behind)) lines.set(behind, grammar.read(behind));
  return lines.get(behind) as Line;
}
