import { readTable } from './load';
import { dashed } from './aws-operations';

/** What the words of an option are: a text, texts, shorthand or JSON, or JSON only. */
export type AwsKind = 'text' | 'list' | 'data' | 'json';

interface Table {
  readonly sources: Readonly<Record<string, string>>;
  /** By `service:Api`: `Member:kind` or `Member:kind:option`, separated by blanks. */
  readonly operations: Readonly<Record<string, string>>;
  /** By `service:Api`: the members whose text is a policy document, separated by blanks. */
  readonly policies: Readonly<Record<string, string>>;
  /** By `service command`: `option` or `option:nargs`, separated by blanks. */
  readonly commands: Readonly<Record<string, string>>;
}

/**
 * The option that sets a member and what its words are; undefined for one that is not in the table.
 * Source: the AWS CLI's own argument tables (scripts/knowledge/aws-arguments.py).
 * @param operation `service:Api`.
 */
export function awsArgument(operation: string, member: string): { readonly option: string; readonly kind: AwsKind } | undefined {
  const { operations } = readTable<Table>('aws-arguments.json');
  const row = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  const cell = row?.split(' ').map((c) => c.split(':')).find(([name]) => name === member);
  return cell === undefined ? undefined : { option: cell[2] ?? dashed(member), kind: cell[1] as AwsKind };
}

/** The members of an operation whose text is a policy document. Source: as above. */
export function policyMembers(operation: string): readonly string[] {
  const { policies } = readTable<Table>('aws-arguments.json');
  return Object.hasOwn(policies, operation) ? (policies[operation]?.split(' ') ?? []) : [];
}

/** How many words an option of one of the CLI's own commands takes. */
export type AwsWords = number | '?' | '+' | '*';

/** The options of version 2 of which version 1 knows nothing. Source: the AWS CLI v2 reference of `s3`. */
const NEWER: Readonly<Record<string, string>> = {
  's3 cp': 'copy-props no-overwrite:0', 's3 mv': 'copy-props no-overwrite:0', 's3 sync': 'copy-props no-overwrite:0',
};

/**
 * The options of one of the CLI's own commands; undefined when the table does not have the command (version 2 has more).
 * @param command `service command`.
 */
export function awsCommandOptions(command: string): ReadonlyMap<string, AwsWords> | undefined {
  const { commands } = readTable<Table>('aws-arguments.json');
  if (!Object.hasOwn(commands, command)) return undefined;
  const cells = `${commands[command] ?? ''} ${NEWER[command] ?? ''}`.split(' ').filter((c) => c !== '');
  return new Map(cells.map((cell): [string, AwsWords] => {
    const [name = '', words = '1'] = cell.split(':');
    return [name, words === '?' || words === '+' || words === '*' ? words : Number(words)];
  }));
}
