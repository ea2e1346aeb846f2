import { environment } from './argv';
import { AWS_SENSITIVE } from './aws-sensitive';
import { isSecretName, REDACTED, type Note } from './names';
import { hide, hideInData } from './values';

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
  for (const line of AWS_SENSITIVE.trim().split('\n')) {
    const [where = '', ...services] = line.split(' ');
    const [option = '', member] = where.replace('{}', '').split('.');
    const place: Place = { option: `--${option}`, member, below: where.endsWith('{}') };
    for (const service of services) {
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
    if (!word.startsWith('--') || word.length < 4) continue;
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    const input = /^--cli-input-(?:json|yaml)$/.test(name);
    // The CLI takes any beginning of an option that is the only one; here one that fits is enough.
    const here = input ? found : found.filter((place) => place.option === name || (name.length > 5 && place.option.startsWith(name)));
    if (here.length === 0) continue;
    const clean = (value: string): string => (input ? wholeInput(value, here, note) : here.reduce((text, place) => one(text, place, note), value));
    if (equals >= 0) set(at, `${name}=${clean(word.slice(equals + 1))}`);
    else for (let next = at + 1; next < argv.length && !/^--[a-z]/.test(argv[next] ?? ''); next++) set(next, clean(argv[next] ?? ''));
  }
}

function one(value: string, place: Place, note?: Note): string {
  if (value === REDACTED) return value;
  if (place.member === undefined) return place.below ? environment(value, note) : hide(value, note);
  const data = parsed(value);
  if (data !== undefined) return JSON.stringify(hideInData(data, where([place]), note));
  return place.below ? environment(value, note)
    : value.replace(/([A-Za-z]\w{0,127})=("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,{}[\]"']+)/g, (whole, key: string, secret: string) => (key.toLowerCase() === place.member?.toLowerCase() ? `${key}=${hide(secret.replace(/^["']|["']$/g, ''), note)}` : whole));
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

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
