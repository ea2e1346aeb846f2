import { readTable } from './load';

/** The names of options that take a value, and of those that don't, separated by spaces, long and short alike. */
type Options = readonly [string, string];

interface Table {
  readonly sources: Readonly<Record<string, string>>;
  readonly count: number;
  readonly global: Options;
  readonly commands: Readonly<Record<string, Options>>;
}

const table = (): Table => readTable<Table>('kubectl-flags.json');

/**
 * Whether the word after an option of kubectl is its value. Source: the help texts of kubectl (see scripts/knowledge/kubectl-commands.mjs).
 * Options that take a value behind an equals sign only (`--dry-run=client`) count as boolean: the next word isn't theirs.
 * @param path the command (`rollout undo`); options of every command are known without it, too.
 * @param flag with its dashes.
 */
export function kubectlFlag(path: string, flag: string): 'value' | 'boolean' | undefined {
  const name = flag.replace(/^--?/, '').replace(/=.*$/s, '');
  if (name === 'help' || name === 'h') return 'boolean';
  const { commands, global } = table();
  const own = Object.hasOwn(commands, path) ? commands[path] : undefined;
  for (const [value, boolean] of own ? [own, global] : [global]) {
    if (value.split(' ').includes(name)) return 'value';
    if (boolean.split(' ').includes(name)) return 'boolean';
  }
  return undefined;
}

/** Every command of kubectl that its help lists. */
export const kubectlCommands = (): readonly string[] => Object.keys(table().commands);

/** The version the table was made from, and how many commands it must hold. */
export const kubectlFacts = (): { readonly sources: Readonly<Record<string, string>>; readonly count: number } => ({ sources: table().sources, count: table().count });
