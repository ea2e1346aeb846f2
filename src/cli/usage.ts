import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The words of the command line are off: the message says what to write instead. Exit code 2. */
export class UsageError extends Error {}

/**
 * Reads options and positional words strictly.
 * @throws UsageError naming the option that is not known.
 */
export function readArgs<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T, help: string) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new UsageError(`${message}\n\n${help}`);
  }
}
