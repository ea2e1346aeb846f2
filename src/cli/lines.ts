import { createInterface } from 'node:readline';

import { messageOf, printJson } from './out';

/**
 * Answers JSON Lines from standard input with JSON Lines on standard output, one for one and in order.
 * A line that can't be answered gives `{"error": …}` in its place, so that a reader never loses count; empty lines are passed over.
 * @param answer takes the parsed line, returns what is to be printed as JSON.
 * @returns 0, or 2 when some line could not be answered.
 */
export async function answerLines(answer: (input: unknown) => unknown): Promise<number> {
  let bad = false;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    let output: unknown;
    try {
      output = answer(JSON.parse(line) as unknown);
    } catch (error) {
      bad = true;
      output = { error: messageOf(error) };
    }
    if (!printJson(output)) {
      await new Promise((resolve) => process.stdout.once('drain', resolve));
    }
  }
  return bad ? 2 : 0;
}
