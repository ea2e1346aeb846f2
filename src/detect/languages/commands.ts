import type { TextRange } from '../../model';
import { shWord } from '../../model/sh-quote';
import { readable } from '../engines/readable';
import type { Finding, ReaderContext } from '../invocation';

/** A text of which parts may not be known before the program runs: undefined in the gaps. */
export type Parts = readonly (string | undefined)[];

/** What a gap looks like in the shell text: a variable that nothing sets, so that only what depends on it is unknown. */
const GAP = '"$UNKNOWN_VALUE"';

/**
 * What a text that a program gives to a shell would run (`os.system(f"aws s3 rb {bucket}")`).
 * @param range where the call stands in the program: every finding gets it.
 */
export function findInCommandText(text: Parts, range: TextRange, context: ReaderContext): Finding[] {
  const source = text.map((part) => part ?? GAP).join('');
  return context.readers.find('shell', source, context).map((finding) => readable({ ...finding, range }));
}

/**
 * What an argument list that a program starts without a shell would run (`subprocess.run(['aws', 's3', name])`).
 * @param words argv, each word in its known and unknown parts; a word that may be any number of words is `'many'`.
 */
export function findInWords(words: readonly (Parts | 'many')[], range: TextRange, context: ReaderContext): Finding[] {
  const source = words.map((word) => (word === 'many' ? '$UNKNOWN_VALUES' : word.length === 0 ? "''" : word.map((part) => (part === undefined ? GAP : shWord(part))).join(''))).join(' ');
  return context.readers.find('shell', source, context).map((finding) => readable({ ...finding, range }));
}
