import type { Effect, Mutation, Reversibility } from '../../model';
import { readTable } from './load';

/** An option that names what an operation acts on. */
export interface AwsTarget {
  /** The member of the API's input (`StackName`). */
  readonly member: string;
  /** The option of the command line without dashes (`stack-name`). */
  readonly option: string;
  /** It takes any number of values; otherwise only the first word after it is its own. */
  readonly list: boolean;
  /** The resource type where it is known, otherwise the option's name. */
  readonly type: string;
}

/** What one AWS API operation does, as the generated table says. */
export interface AwsOperation {
  /** The service's command (`s3api`). */
  readonly service: string;
  /** The operation's command (`delete-bucket`). */
  readonly command: string;
  /** The API's own name (`DeleteBucket`). */
  readonly api: string;
  /** `prefix:Api` as IAM policies and logs write it (`s3:DeleteBucket`). */
  readonly name: string;
  readonly mutation: Mutation;
  readonly effects: readonly Effect[];
  readonly reversibility: Reversibility;
  readonly previewDecides: boolean;
  /** It has a DryRun parameter. */
  readonly dryRun: boolean;
  /** It changes nothing, but returns secrets or credentials. */
  readonly sensitive: boolean;
  readonly targets: readonly AwsTarget[];
  /** Why it is classified against its name's habit, with the consequence; undefined for the rule. */
  readonly note: string | undefined;
}

type Profile = readonly [Mutation, readonly Effect[], string, string];

interface Table {
  readonly sources: Readonly<Record<string, string>>;
  readonly count: number;
  readonly profiles: readonly Profile[];
  readonly notes: Readonly<Record<string, string>>;
  readonly undo: Readonly<Record<string, readonly [Reversibility['kind'], string, string, string]>>;
  readonly aliases: Readonly<Record<string, string>>;
  readonly services: Readonly<Record<string, {
    readonly p: string;
    readonly o: string;
    readonly b?: string;
    readonly e?: string;
    readonly t?: Readonly<Record<string, string>>;
  }>>;
}

const table = (): Table => readTable<Table>('aws-operations.json');

/** One row, not yet taken apart: most commands need one row of one service. */
interface Row {
  readonly api: string;
  readonly command: string;
  readonly text: string;
}

interface Index {
  readonly byCommand: ReadonlyMap<string, Row>;
  readonly byApi: ReadonlyMap<string, Row>;
}

const indexes = new Map<string, Index>();
let byBoto: ReadonlyMap<string, string> | undefined;

/** The command name of a service after hidden aliases (`runtime.sagemaker`); undefined when there is no such service. */
export function awsService(name: string): string | undefined {
  const { services, aliases } = table();
  if (Object.hasOwn(services, name)) return name;
  return Object.hasOwn(aliases, name) ? aliases[name] : undefined;
}

/** The folder of botocore's models of a service that the table knows, by its command (`s3api`: `s3`); undefined for any other. */
export function awsModelFolder(service: string): string | undefined {
  const known = awsService(service);
  return known === undefined ? undefined : (table().services[known]?.b ?? known);
}

/** True for the name of a folder in which botocore looks for a service that the table knows. */
export function isAwsModelFolder(name: string): boolean {
  return awsService(name) !== undefined || Object.values(table().services).some((s) => s.b === name);
}

/** The part of `AWS_ENDPOINT_URL_<SERVICE>` that names a service: its service id in capitals. */
export function awsEndpointName(service: string): string {
  const known = awsService(service === 's3' ? 's3api' : service);
  return (known === undefined ? undefined : table().services[known]?.e) ?? service.replaceAll('-', '_').toUpperCase();
}

/** The operation that `aws SERVICE COMMAND` calls; undefined when the table doesn't know it. */
export function awsOperation(service: string, command: string): AwsOperation | undefined {
  const known = awsService(service);
  const row = known === undefined ? undefined : index(known).byCommand.get(command);
  return known === undefined || row === undefined ? undefined : unpack(known, row);
}

/**
 * The operation of an SDK call.
 * @param client the service's name in botocore (`s3`, `codedeploy`) or its command.
 * @param api the API's name (`DeleteBucket`).
 */
export function awsApiOperation(client: string, api: string): AwsOperation | undefined {
  byBoto ??= new Map(Object.entries(table().services).flatMap(([cli, s]) => (s.b === undefined ? [] : [[s.b, cli] as const])));
  const known = awsService(client) ?? byBoto.get(client);
  const row = known === undefined ? undefined : index(known).byApi.get(api);
  return known === undefined || row === undefined ? undefined : unpack(known, row);
}

/** Every operation of the table, for verification and for generating the fast path. */
export function* allAwsOperations(): Generator<AwsOperation> {
  for (const service of Object.keys(table().services)) {
    for (const row of index(service).byApi.values()) yield unpack(service, row);
  }
}

/** The name and tier of every operation, without taking its row apart: cheap enough to run while the product starts. */
export function* allAwsTiers(): Generator<{ readonly service: string; readonly api: string; readonly mutation: Mutation }> {
  const { services, profiles } = table();
  for (const [service, entry] of Object.entries(services)) {
    for (const text of entry.o.split(';')) {
      const bar = text.indexOf('|');
      const end = text.indexOf('|', bar + 1);
      const mutation = profiles[Number(text.slice(bar + 1, end))]?.[0];
      const equals = text.indexOf('=');
      if (mutation !== undefined) yield { service, api: text.slice(0, equals >= 0 && equals < bar ? equals : bar), mutation };
    }
  }
}

/** Versions of what the table was generated from, and how many operations it must hold. */
export function awsTableFacts(): { readonly sources: Readonly<Record<string, string>>; readonly count: number } {
  return { sources: table().sources, count: table().count };
}

function index(service: string): Index {
  const done = indexes.get(service);
  if (done) return done;
  const byCommand = new Map<string, Row>();
  const byApi = new Map<string, Row>();
  for (const text of (table().services[service]?.o ?? '').split(';')) {
    const label = text.slice(0, text.indexOf('|'));
    const at = label.indexOf('=');
    const api = at < 0 ? label : label.slice(0, at);
    // Some operations have two commands, an old and a new name.
    const [command = '', ...others] = at < 0 ? [dashed(api)] : label.slice(at + 1).split('+');
    const row = { api, command, text };
    for (const name of [command, ...others]) byCommand.set(name, row);
    byApi.set(api, row);
  }
  const made = { byCommand, byApi };
  indexes.set(service, made);
  return made;
}

function unpack(service: string, row: Row): AwsOperation {
  const { profiles, notes, undo, services } = table();
  const entry = services[service];
  const [, profileNumber = '', targets = '', opposite = ''] = row.text.split('|');
  const profile = profiles[Number(profileNumber)];
  if (!entry || !profile) throw new Error(`The table of AWS operations is damaged at ${service}:${row.api}. Install the extension again.`);
  const [mutation, effects, undoKey, flags] = profile;
  return {
    service,
    command: row.command,
    api: row.api,
    name: `${entry.p}:${row.api}`,
    mutation,
    effects,
    reversibility: reversibility(mutation, undoKey, opposite, service, undo),
    previewDecides: undoKey === 'preview',
    dryRun: flags.includes('d'),
    sensitive: flags.includes('s'),
    targets: targets === '' ? [] : targets.split(',').map((cell) => {
      const [name = '', renamed] = cell.split(':');
      const list = name.endsWith('*');
      const member = list ? name.slice(0, -1) : name;
      const option = renamed ?? dashed(member);
      return { member, option, list, type: entry.t?.[member] ?? option };
    }),
    note: notes[`${service}:${row.api}`],
  };
}

function reversibility(mutation: Mutation, key: string, opposite: string, service: string, undo: Table['undo']): Reversibility {
  if (key === 'irreversible') return { kind: 'irreversible' };
  if (key === 'opposite') return { kind: 'reversible', how: `Undo it with \`aws ${service} ${dashed(opposite)}\`, if you know what was set before.` };
  if (key === 'self') return { kind: 'reversible', how: 'It comes back by itself or can be switched back.' };
  if (key.startsWith('undo:')) {
    const entry = undo[key.slice(5)];
    if (entry) return { kind: entry[0], ...(entry[1] && { how: entry[1] }), ...(entry[2] && { until: entry[2] }) };
  }
  return { kind: mutation === 'none' || mutation === 'additive' ? 'reversible' : 'unknown' };
}

/**
 * The command-line form of an API name by botocore's rule (`DeleteDBInstance` → `delete-db-instance`); what botocore
 * lists as a special case stands in the table. Source: botocore/__init__.py, xform_name.
 */
export function dashed(name: string): string {
  const special = /[A-Z]{2,}s$/.exec(name);
  const text = special ? `${name.slice(0, special.index)}-${special[0].toLowerCase()}` : name;
  return text.replace(/(.)([A-Z][a-z]+)/g, '$1-$2').replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}
