import { spawn } from 'node:child_process';
import { readSync } from 'node:fs';
import tty from 'node:tty';

import type { FirstQuestion } from './protocol';
import { run, type Tool } from './run';
import { write } from './terminal';

/** A signal that ended the reader is this process's, too: what withdraws the command gets this long to say so first. */
const WITHDRAWN_MS = 1000;

/**
 * Asks what the tool would ask itself before it changes anything: shows what was prepared by the tool's own words, and reads one line of
 * the command's own input, no byte more.
 * @returns the answer; `unseen` when it could not be shown, so that nothing may be answered.
 */
export async function askFirst({ asks, withoutEnv }: Pick<FirstQuestion, 'asks' | 'withoutEnv'>, tool: Tool): Promise<'yes' | 'no' | 'unseen'> {
  const shown = await run({ ...tool, argv: asks.show, withoutEnv, noInput: true });
  if (shown.error !== undefined || shown.exitCode !== 0) return 'unseen';
  const [strong, plain] = tty.isatty(1) && process.env['NO_COLOR'] === undefined && !asks.show.includes('-no-color') ? ['\u001b[1m', '\u001b[0m'] : ['', ''];
  write(1, `\n${strong}${visible(asks.question)}${plain}\n${asks.text.map((line) => `  ${visible(line)}\n`).join('')}\n  ${strong}${visible(asks.prompt)}${plain} `);
  const yes = (await readLine())?.trimEnd() === asks.accept;
  write(1, yes ? '\n' : `\n${visible(asks.declined.line)}\n`);
  return yes ? 'yes' : 'no';
}

/** Names in a question come from files. */
const visible = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '?');

/**
 * One whole line of the standard input; undefined at its end. A shell's `read` takes byte after byte and leaves the rest (POSIX, `read`); in
 * this process, a read that waits could not be broken off by a signal, or would take more than the line.
 */
function readLine(): Promise<string | undefined> {
  if (process.platform === 'win32') return Promise.resolve(readBytes());
  return new Promise((resolve) => {
    const reader = spawn('/bin/sh', ['-c', 'IFS= read -r line && printf %s "$line"'], { stdio: ['inherit', 'pipe', 'ignore'], env: {} });
    const stop = (): void => void reader.kill();
    process.once('exit', stop);
    const chunks: Buffer[] = [];
    reader.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    reader.once('error', () => resolve(undefined));
    reader.once('close', (code, signal) => {
      process.removeListener('exit', stop);
      if (signal !== null || (code ?? 1) > 1) setTimeout(() => resolve(undefined), WITHDRAWN_MS);
      else resolve(code === 0 ? Buffer.concat(chunks).toString() : undefined);
    });
  });
}

function readBytes(): string | undefined {
  const bytes: number[] = [];
  const one = Buffer.alloc(1);
  for (;;) {
    try {
      if (readSync(0, one) === 0) return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') continue;
      return undefined;
    }
    if (one[0] === 10) return Buffer.from(bytes).toString();
    bytes.push(one[0] ?? 0);
  }
}
