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
 * Whether the word after an option of kubectl is its value. Source: the help texts of kubectl (see scripts/knowledge/kubectl-flags.mjs).
 * Options that take a value behind an equals sign only (`--dry-run=client`) count as boolean: the next word isn't theirs.
 * @param path the command (`rollout undo`); options of every command are known without it, too.
 * @param flag with its dashes.
 */
export function kubectlFlag(path: string, flag: string): 'value' | 'boolean' | undefined {
  const name = flag.replace(/^--?/, '').replace(/=.*$/s, '');
  // `--record` is deprecated and hidden: it works, and no help names it.
  if (name === 'help' || name === 'h' || name === 'record') return 'boolean';
  const { commands, global } = table();
  const own = Object.hasOwn(commands, path) ? commands[path] : undefined;
  for (const [value, boolean] of own ? [own, global] : [global]) {
    if (value.split(' ').includes(name)) return 'value';
    if (boolean.split(' ').includes(name)) return 'boolean';
  }
  return undefined;
}

/** Words that commands are called by besides their names. Source: kubectl 1.32, `Aliases:` in the help of each command. */
const ALIASES: Readonly<Record<string, string>> = {
  'create ns': 'namespace', 'create sa': 'serviceaccount', 'create deploy': 'deployment', 'create svc': 'service', 'create cj': 'cronjob', 'create ing': 'ingress', 'create cm': 'configmap',
  'create pdb': 'poddisruptionbudget', 'create pc': 'priorityclass', 'create resourcequota': 'quota', 'top nodes': 'node', 'top no': 'node', 'top pods': 'pod', 'top po': 'pod', 'config use': 'use-context',
};

/** The command below a path that a word names, by its own name. */
export function kubectlBelow(path: readonly string[], word: string): string | undefined {
  if (path.length === 0 && word === 'help') return word;
  const { commands } = table();
  const whole = [...path, word].join(' ');
  if (Object.hasOwn(commands, whole)) return word;
  const alias = Object.hasOwn(ALIASES, whole) ? ALIASES[whole] : undefined;
  return alias !== undefined && Object.hasOwn(commands, [...path, alias].join(' ')) ? alias : undefined;
}

/** The long name of a letter, with dashes. Source: the help texts, which name the letter beside the long name. */
export function kubectlLong(path: string, letter: string): string {
  if (letter === 'h') return '--help';
  const { commands, global } = table();
  const own = Object.hasOwn(commands, path) ? commands[path] : undefined;
  for (const part of [...(own ?? []), ...global]) {
    const names = part.split(' ');
    const at = names.findIndex((name, i) => name === letter && i > 0);
    const long = names[at - 1];
    if (at > 0 && long !== undefined) return `--${long}`;
  }
  return `-${letter}`;
}

/** The options that every command has: those with a value, and those without. */
export const kubectlGlobal = (): Options => table().global;

/** Every command of kubectl that its help lists. */
export const kubectlCommands = (): readonly string[] => Object.keys(table().commands);

/** The version the table was made from, and how many commands it must hold. */
export const kubectlFacts = (): { readonly sources: Readonly<Record<string, string>>; readonly count: number } => ({ sources: table().sources, count: table().count });
