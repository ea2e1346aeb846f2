import { closeSync, openSync } from 'node:fs';
import readline from 'node:readline/promises';
import tty from 'node:tty';

/** Asks on the terminal itself, whatever standard input is. @returns undefined where there is no terminal. */
export async function askAtTerminal(question: string): Promise<string | undefined> {
  let fds: readonly [number, number];
  try {
    fds = [openSync('/dev/tty', 'r'), openSync('/dev/tty', 'w')];
  } catch {
    return undefined;
  }
  const input = new tty.ReadStream(fds[0]);
  const output = new tty.WriteStream(fds[1]);
  const prompt = readline.createInterface({ input, output });
  try {
    return (await prompt.question(question)).trim();
  } finally {
    prompt.close();
    input.destroy();
    output.destroy();
    try {
      closeSync(fds[1]);
    } catch {
      // Closed with its stream.
    }
  }
}
