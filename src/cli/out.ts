import { redact } from '../model/redact';
import { manyLines, oneLine, visibleJson } from '../model/visible';

/** Prints to standard output what a person reads: nothing in it acts on the terminal. */
export function print(text: string): boolean {
  return process.stdout.write(manyLines(text));
}

/** Prints data as JSON: what is hidden in it is escaped, and reads as the same. */
export function printJson(data: unknown, indent?: number): boolean {
  return process.stdout.write(`${visibleJson(JSON.stringify(data, null, indent))}\n`);
}

/** Says one thing on standard error, without secrets. */
export function complain(text: string): void {
  process.stderr.write(`holdpoint: ${oneLine(redact(text))}\n`);
}

/** The message of whatever was thrown; never what a parser quotes of its input. */
export function messageOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'it is not JSON';
  return redact(error instanceof Error ? error.message : String(error));
}
