import { readTable } from './load';

interface Table {
  readonly sources: Readonly<Record<string, string>>;
  /** By `service operation`: the options, separated by blanks. */
  readonly commands: Readonly<Record<string, string>>;
}

const read = new Map<string, ReadonlySet<string>>();

/**
 * True for a name that begins other options of the command and is one itself: `--domain` beside `--domain-owner`.
 * Source: the AWS CLI's own argument tables (scripts/knowledge/aws-short-options.py).
 * @param command `service operation`.
 */
export function isWholeAwsOption(command: string, name: string): boolean {
  const known = read.get(command);
  if (known) return known.has(name);
  const { commands } = readTable<Table>('aws-short-options.json');
  const made = new Set(Object.hasOwn(commands, command) ? commands[command]?.split(' ') : []);
  read.set(command, made);
  return made.has(name);
}
