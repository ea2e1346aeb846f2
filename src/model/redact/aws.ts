import { places as SENSITIVE } from '../../../knowledge/aws-sensitive.json';
import { isSecretName, REDACTED, type Note } from './names';
import { hide, hideInData } from './values';
import { environment, hideMember, parsed } from './variables';

/** A place of secrets in one operation: an option, perhaps a member within its value, perhaps everything below it. */
interface Place {
  readonly option: string;
  readonly member: string | undefined;
  readonly below: boolean;
}

/** Commands whose name is not their service model's. Source: the AWS CLI's customizations (s3api, configservice, deploy). */
const COMMAND_OF: Readonly<Record<string, string>> = { s3: 's3api', config: 'configservice', codedeploy: 'deploy' };

let places: ReadonlyMap<string, ReadonlyMap<string, readonly Place[]>> | undefined;

function read(): ReadonlyMap<string, ReadonlyMap<string, readonly Place[]>> {
  const all = new Map<string, Map<string, Place[]>>();
  for (const [where, services] of Object.entries(SENSITIVE)) {
    const [option = '', member] = where.replace('{}', '').split('.');
    const place: Place = { option: `--${option}`, member, below: where.endsWith('{}') };
    for (const service of services.split(' ')) {
      const [name = '', operations = ''] = service.split(':');
      const command = COMMAND_OF[name] ?? name;
      const known = all.get(command) ?? new Map<string, Place[]>();
      all.set(command, known);
      for (const operation of operations.split(',')) known.set(operation, [...(known.get(operation) ?? []), place]);
    }
  }
  return all;
}

/** Takes out what the service's model marks as sensitive in the operation that an argv of the AWS CLI names. */
export function awsPlaces(argv: readonly string[], set: (at: number, value: string) => void, note?: Note): void {
  places ??= read();
  // Without the grammar of the options before them: any word that names a service and a later one that names its operation count.
  const found: Place[] = [];
  for (const [at, word] of argv.slice(0, 40).entries()) {
    const operations = places.get(word);
    if (operations) for (const later of argv.slice(at + 1, 40)) found.push(...(operations.get(later) ?? []));
  }
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (!word.startsWith('--') || word.length < 3) continue;
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    const input = '--cli-input-json'.startsWith(name) || '--cli-input-yaml'.startsWith(name);
    // The CLI takes any beginning of an option that is the only one. No operation has another option that is the beginning of one of
    // these (its models say so), and a beginning that is not the only one is refused: one that fits is enough.
    const here = input && name.length > 7 ? found : GLOBAL.has(name) ? [] : found.filter((place) => place.option.startsWith(name));
    if (here.length === 0) continue;
    const clean = (value: string): string => (input && name.length > 7 ? wholeInput(value, here, note) : here.reduce((text, place) => one(text, place, note), value));
    if (equals >= 0) set(at, `${name}=${clean(word.slice(equals + 1))}`);
    for (let next = at + 1; next < argv.length && !/^--[a-z]/.test(argv[next] ?? ''); next++) set(next, clean(argv[next] ?? ''));
  }
}

/** Options of the AWS CLI itself. Source: awscli, data/cli.json. */
const GLOBAL: ReadonlySet<string> = new Set(['--debug', '--endpoint-url', '--no-verify-ssl', '--no-paginate', '--output', '--query', '--profile', '--region', '--version', '--color', '--no-sign-request', '--ca-bundle', '--cli-read-timeout', '--cli-connect-timeout', '--cli-binary-format', '--no-cli-pager', '--cli-auto-prompt', '--no-cli-auto-prompt', '--v2-debug']);

function one(value: string, place: Place, note?: Note): string {
  if (value === REDACTED) return value;
  if (place.member === undefined) return place.below ? environment(value, note) : hide(value, note);
  const data = parsed(value);
  if (data !== undefined) return JSON.stringify(hideInData(data, where([place]), note));
  return place.below ? environment(value, note)
    : hideMember(value, place.member, note);
}

/** The whole input of an operation as JSON: its members are the options under their models' names. */
function wholeInput(value: string, here: readonly Place[], note?: Note): string {
  const data = parsed(value);
  return data === undefined ? value : JSON.stringify(hideInData(data, where(here), note));
}

function where(here: readonly Place[]): { readonly secret: (key: string) => boolean; readonly all: (key: string) => boolean } {
  const plain = (name: string): string => name.replaceAll('-', '').toLowerCase();
  const is = (key: string, below: boolean): boolean => here.some((p) => p.below === below && plain(p.member ?? p.option) === plain(key));
  return { secret: (key) => isSecretName(key) || is(key, false), all: (key) => is(key, true) };
}
