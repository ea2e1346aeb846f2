import { type Finding, knownWord } from '../../invocation';
import { flag, found, option, optionText, splitWords, targetsOf, type CliCall } from '../cli/call';
import { imageName, IMAGES } from '../cli/images';
import { handedText, handedWords, throughDoor } from '../cli/handed';
import { shWord } from '../../../model/sh-quote';

/** Ports on which databases take statements. Source: IANA service names registry, and the databases' own defaults. */
const DATABASE_PORTS = new Set([1433, 1521, 2379, 3306, 5432, 5439, 5984, 6379, 7687, 8086, 8123, 9000, 9042, 9200, 26257, 27017, 27018, 27019, 33060]);
const DATABASE_NAMES = /postgres|pgbouncer|pgpool|mysql|mariadb|percona|mongo|redis|valkey|cassandra|scylla|cockroach|clickhouse|elasticsearch|opensearch|etcd|couch|neo4j|influx|oracle|mssql|sqlserver|(?:^|[-/])(?:db|pg|sql|database)(?:-|$)/i;
/** Addresses of the API that take nothing from anybody. Source: Kubernetes API concepts, "Access review". */
const ASKING = /^\/apis\/(?:authorization|authentication)\.k8s\.io\//;

/**
 * What of kubectl opens a way that its own words do not show. Source: `kubectl COMMAND --help` of 1.32.
 * @returns undefined for every other command, and where the table says enough.
 */
export function kubectlDoor(call: CliCall): readonly Finding[] | undefined {
  if (option(call, '--help', '-h')) return undefined;
  switch (call.args[0]?.value) {
    case 'exec': case 'rsh': return exec(call);
    case 'run': case 'debug': return started(call, call.args[0].value);
    case 'create': return option(call, '--raw') ? raw(call, 'POST') : /^(?:job|cronjob|cj|deployment|deploy|dep)$/.test(call.args[1]?.value ?? '') ? createJob(call) : undefined;
    case 'replace': return option(call, '--raw') ? raw(call, 'PUT') : undefined;
    case 'attach': return attach(call);
    case 'proxy': return proxy(call);
    case 'port-forward': return portForward(call);
    case 'cp': return copy(call);
    default: return undefined;
  }
}

const isOpen = (call: CliCall): boolean => flag(call, '-i', '--stdin');

function exec(call: CliCall): readonly Finding[] {
  const shell = call.args[0]?.value === 'rsh';
  const words = call.rest ?? call.args.slice(2);
  const place = `pod ${call.args[1]?.value ?? call.args[1]?.raw ?? 'that is not named'}`;
  // Without words `exec` is an error of use, and `rsh` opens a shell.
  if (words.length === 0 && !shell) return [found(call, { action: 'exec', mutation: 'none', reason: `${call.tool}: Names no command: nothing runs.` })];
  return throughDoor(call, handedWords(words, call, shell || isOpen(call)), { action: 'exec', place, targets: targetsOf(call.args.slice(1, 2), 'pod') });
}

/** `run` and `debug`: a container of its own, with the image's own program or with words. */
function started(call: CliCall, action: string): readonly Finding[] | undefined {
  const name = call.args[1]?.value ?? call.args[1]?.raw ?? 'a new one';
  // The node's own files are below /host. Source: Kubernetes documentation, "Debugging via a shell on the node".
  const onNode = /^(?:node|nodes|no)\//.test(name);
  const words = (call.rest ?? (action === 'run' ? call.args.slice(2) : [])).map((w) => (onNode && w.value?.startsWith('/host/') ? knownWord(w.value.slice(5), w.range) : w));
  const targets = targetsOf(call.args.slice(1, 2), 'pod');
  const place = action === 'run' ? `the new pod ${name}` : onNode ? `a pod with the whole of ${name}` : `a container beside ${name}`;
  const overridden = override(call);
  // Without --command the words are those of the image's own program.
  const entry = action === 'run' && !flag(call, '--command') ? IMAGES.get(imageName(optionText(call, '--image') ?? '')) : undefined;
  if (entry !== undefined) return [...throughDoor(call, handedWords([...splitWords(entry), ...words], call, isOpen(call)), { action, place, targets }), ...overridden];
  if (words.length > 0) return [...throughDoor(call, handedWords(words, call, isOpen(call)), { action, place, targets }), ...overridden];
  // The image's own program gets the input; on a node, or beside a pod, that is a shell.
  if (isOpen(call) && (action === 'debug' || call.invocation.stdin !== undefined)) return [...throughDoor(call, handedWords([], call, true), { action, place, targets }), ...overridden];
  return overridden.length > 0 ? overridden : undefined;
}

/** The commands in `--overrides`: JSON of a pod. */
function override(call: CliCall): readonly Finding[] {
  const given = option(call, '--overrides')?.value;
  if (!given) return [];
  if (given.value === undefined) return throughDoor(call, { kind: 'unseen', what: given.raw }, { action: 'run', place: 'the new pod' });
  const commands = commandsOfManifest(given.value);
  if (commands === undefined) return throughDoor(call, { kind: 'unseen', what: given.raw }, { action: 'run', place: 'the new pod' });
  return commands.flatMap((text) => throughDoor(call, handedText(text, call), { action: 'run', place: 'the new pod' })).filter((f) => f.mutation !== 'none');
}

/** The commands anywhere in a pod's JSON, also within the operations of a JSON patch; undefined for what can't be read. */
function commandsOfManifest(text: string): string[] | undefined {
  const lists: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const map = value as Readonly<Record<string, unknown>>;
    const words = [map['command'], map['args']].flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
    const patch = typeof map['path'] === 'string' && /\/(?:command|args)(?:\/|$)/.test(map['path']) ? [map['value']].flat().map(String) : [];
    if (words.length + patch.length > 0) lists.push([...words, ...patch].map(shWord).join(' '));
    Object.values(map).forEach(walk);
  };
  try {
    walk(JSON.parse(text));
    return lists;
  } catch {
    return undefined;
  }
}

function createJob(call: CliCall): readonly Finding[] | undefined {
  const targets = targetsOf(call.args.slice(2, 3), 'job');
  const from = optionText(call, '--from');
  if (from !== undefined) return [found(call, { action: 'create.job', mutation: 'additive', door: 'job', targets, reason: `${call.tool}: Starts ${from} now: it stands already, and what it does is not seen here.` })];
  const words = call.rest ?? [];
  return words.length === 0 ? undefined : throughDoor(call, handedWords(words, call, false), { action: `create.${call.args[1]?.value ?? 'job'}`, place: `the new ${call.args[1]?.value ?? 'job'}`, targets });
}

/** What is sent to an address of the API, past the command that would say what it does. Source: Kubernetes API concepts; "Namespaces", finalize; "API-initiated eviction". */
function raw(call: CliCall, method: 'POST' | 'PUT'): readonly Finding[] {
  const path = optionText(call, '--raw');
  const targets = targetsOf(option(call, '--raw')?.value ? [option(call, '--raw')?.value].flatMap((w) => (w ? [w] : [])) : [], 'address');
  const action = method === 'POST' ? 'create' : 'replace';
  if (path !== undefined && ASKING.test(path)) return [found(call, { action, mutation: 'none', targets, reason: `${call.tool}: Asks who may do what: changes nothing.` })];
  if (path !== undefined && /\/finalize$/.test(path)) return [found(call, { action, mutation: 'destructive', effects: ['guard-removal', 'data-loss'], reversibility: { kind: 'irreversible' }, targets, reason: `${call.tool}: Takes the finalizers off ${path}: what waits to be cleaned up is left behind.` })];
  if (path !== undefined && /\/eviction$/.test(path)) return [found(call, { action, mutation: 'destructive', effects: ['outage'], targets, reason: `${call.tool}: Evicts a pod (${path}).` })];
  return [found(call, { action, mutation: 'unknown', door: 'raw', targets, reason: `${call.tool}: Sends ${method} to ${path ?? 'an address that is not known'} of the API; what that changes is not told by the command.`, unknowns: path === undefined ? ['the address'] : [] })];
}

function attach(call: CliCall): readonly Finding[] {
  const targets = targetsOf(call.args.slice(1, 2), 'pod');
  const name = call.args[1]?.value ?? 'a pod';
  if (!isOpen(call) || call.invocation.stdin === '') return [found(call, { action: 'attach', mutation: 'none', targets, reason: `${call.tool}: Shows what ${name} prints: changes nothing.` })];
  return throughDoor(call, call.invocation.stdin === null ? { kind: 'session' } : { kind: 'unseen', what: 'its standard input' }, { action: 'attach', place: `the main program of ${name}`, targets });
}

/**
 * What is surely opened for reading only: exactly these methods are refused, and no other option loosens what else is filtered.
 * Source: `kubectl proxy --help`; kubectl, pkg/proxy/proxy_server.go, FilterServer: --disable-filter switches all of them off.
 */
function proxy(call: CliCall): readonly Finding[] {
  const refused = new Set((optionText(call, '--reject-methods') ?? '').split(',').map((method) => /^\^?([A-Z]+)\$?$/.exec(method.trim())?.[1] ?? ''));
  const reads = ['POST', 'PUT', 'PATCH', 'DELETE'].every((method) => refused.has(method)) && call.problems.length === 0
    && call.options.every((o) => /^--(?:reject-methods|port|address|context|namespace|kubeconfig|api-prefix|unix-socket|www|www-prefix|keepalive)$|^-[npuP]$/.test(o.name));
  return [reads
    ? found(call, { action: 'proxy', mutation: 'none', reason: `${call.tool}: Opens the API for reading: what changes something is refused.` })
    : found(call, { action: 'proxy', mutation: 'additive', door: 'raw', reason: `${call.tool}: Opens the whole API on a port of this machine: whoever reaches it acts with these credentials, and no command is asked about.`, saferForm: { title: 'Open it for reading only', append: " --reject-methods='POST,PUT,PATCH,DELETE'" } })];
}

/**
 * A tunnel to a web page or a service is ordinary work, and takes nothing by itself. One to a database takes statements that no command
 * shows, and one to the API server everything: those are doors.
 */
function portForward(call: CliCall): readonly Finding[] {
  const [, target, ...ports] = call.args;
  const targets = targetsOf(target ? [target] : [], 'pod');
  const name = target?.value ?? target?.raw ?? 'a pod';
  const remote = ports.map((w) => Number((w.value ?? '').split(':').at(-1)));
  if (/^(?:svc|services?)\/kubernetes$|kube-?apiserver/.test(name) || remote.includes(6443)) return [found(call, { action: 'port-forward', mutation: 'additive', door: 'raw', targets, reason: `${call.tool}: Opens a tunnel to the API server: what goes through it is not seen here.` })];
  // A port may have a name.
  const named = ports.some((w) => w.value === undefined || (/[a-z]/i.test(w.value.split(':').at(-1) ?? '') && DATABASE_NAMES.test(w.value)));
  if (DATABASE_NAMES.test(name) || named || remote.some((p) => DATABASE_PORTS.has(p))) return [found(call, { action: 'port-forward', mutation: 'additive', door: 'tunnel', targets, reason: `${call.tool}: Opens a tunnel to what looks like a database (${name}): statements that go through it are not seen here.` })];
  return [found(call, { action: 'port-forward', mutation: 'none', targets, reason: `${call.tool}: Opens a tunnel to ${name}: changes nothing.` })];
}

function copy(call: CliCall): readonly Finding[] | undefined {
  const [, , to] = call.args;
  if (to?.value === undefined) return undefined;
  return /^[^/.][^:]*:/.test(to.value)
    ? [found(call, { action: 'cp', mutation: 'additive', door: 'code', targets: targetsOf([to], 'pod'), reason: `${call.tool}: Puts files into ${to.value}; those of the same name are overwritten.` })]
    : [found(call, { action: 'cp', mutation: 'none', reason: `${call.tool}: Copies files out of a pod: changes nothing there.` })];
}
