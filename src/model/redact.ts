import type { Command } from './action';
import { redactArgv, redactCommandLine } from './redact/argv';
import { isSecretName, REDACTED } from './redact/names';
import { redact, spellings, withoutKnown } from './redact/text';

export { isSecretName, REDACTED, redact, redactArgv, redactCommandLine, spellings };

/** A command as it may be kept, shown and sent: the one form for the record, the panel and what goes to others. */
export function redactedCommand(command: Command): Command {
  return { argv: redactArgv(command.argv), cwd: redact(command.cwd), executable: redact(command.executable) };
}

/**
 * The secrets of a command, as they would be written elsewhere too: what a tool says of its command often repeats them.
 * Too short ones, and values that say nothing (`true`, `prod`), are not among them.
 */
export function secretsOf(argv: readonly string[]): readonly string[] {
  const found = new Set<string>();
  redactArgv(argv, (secret) => found.add(secret));
  return spellings(found);
}

/** Makes a redaction that also knows the secrets of one command, given as argv or as text: for everything that is said about it. */
export function redactionFor(command: readonly string[] | string): (text: string) => string {
  return redactionBy(() => {
    if (typeof command !== 'string') return secretsOf(command);
    const found = new Set<string>();
    redactCommandLine(command.slice(0, MOST_TEXT), (secret) => found.add(secret));
    return spellings(found);
  });
}

/** Makes a redaction that also takes out texts known to be secret. @param secretsIn asked once, when the first text comes. */
export function redactionBy(secretsIn: () => readonly string[]): (text: string) => string {
  let secrets: readonly string[] | undefined;
  return (text) => redact(withoutKnown(text, (secrets ??= secretsIn())));
}

/** So much text may be read as commands: what is longer is data. */
export const MOST_TEXT = 64 * 1024;

/**
 * Takes the secrets out of every text in plain data.
 * @param secrets texts known to be secret (a NoEcho parameter's value), taken out wherever they stand.
 */
export function redactData<T>(data: T, secrets: readonly string[] = []): T {
  const walk = (value: unknown, key?: string): unknown => {
    if (typeof value === 'string') return key === 'commandLine' ? redactCommandLine(withoutKnown(value, secrets)) : redact(withoutKnown(value, secrets));
    if (Array.isArray(value)) return key === 'argv' && value.every((word) => typeof word === 'string') ? redactArgv(value).map((word) => withoutKnown(word, secrets)) : value.map((item) => walk(item));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, typeof inner === 'string' && isSecretName(name) ? REDACTED : walk(inner, name)]));
    }
    return value;
  };
  return walk(data) as T;
}
