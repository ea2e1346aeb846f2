import { type CliCommand, type CommandTable, type FlagKind, commandTable } from './command-table';

/** Every command of the Azure CLI and of its extensions. */
export const azTable: CommandTable = commandTable('az', []);

/**
 * What an az command does. Source: azure-cli's command modules and the list of its commands (see scripts/knowledge/az-commands.py).
 * @param words the words after `az` up to the first option; arguments may follow.
 * @returns undefined when they are no known command, as with newer extensions (see azCommandByVerb).
 */
export const azCommand = (words: readonly string[]): CliCommand | undefined => azTable.find(words);

/** The best that can be said about a command that is not known: what its first verb does; undefined when it has none. */
export const azCommandByVerb = (words: readonly string[]): CliCommand | undefined => azTable.byVerb(words);

/** How an option takes a value; `optional` ones (`--no-wait`, `--no-wait true`) only when the next word is no option. */
export const azFlagKind = (flag: string): FlagKind | undefined => azTable.flag(flag);

/** Whether an option takes the next word as its value, if that is no option itself. */
export function azFlagTakesValue(flag: string): boolean | undefined {
  const kind = azTable.flag(flag);
  return kind === undefined ? undefined : kind !== 'boolean';
}
