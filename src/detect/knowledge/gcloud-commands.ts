import { type CliCommand, type CommandTable, commandTable } from './command-table';

/** Every command of gcloud. alpha, beta and preview commands do what the command of the same name does. */
export const gcloudTable: CommandTable = commandTable('gcloud', ['alpha', 'beta', 'preview']);

/**
 * What a gcloud command does. Source: the Google Cloud SDK's own tree of commands (see scripts/knowledge/gcloud-commands.py).
 * @param words the words after `gcloud` that are no options, the command first; arguments may follow.
 * @returns undefined when they are no command the SDK documents (see gcloudCommandByVerb).
 */
export const gcloudCommand = (words: readonly string[]): CliCommand | undefined => gcloudTable.find(words);

/** The best that can be said about a command of a newer SDK: what its first verb does; undefined when it has none. */
export const gcloudCommandByVerb = (words: readonly string[]): CliCommand | undefined => gcloudTable.byVerb(words);

/**
 * Whether an option takes the next word as its value.
 * @param flag with its dashes; `--no-X` is boolean where X is.
 * @param path the command, where it is known: a few options have a value in some commands only. Without it the commonest kind counts.
 */
export function gcloudFlagTakesValue(flag: string, path?: string): boolean | undefined {
  const kind = gcloudTable.flag(flag, path);
  return kind === undefined ? undefined : kind !== 'boolean';
}
