import { awsOperation } from '../../knowledge/aws-operations';
import { judgePath } from '../../engines/paths';
import { knownWord, type ReaderContext, type Finding } from '../../invocation';
import { sqlStatements } from '../../engines/sql/statements';
import { findInCommandText, findInWords } from '../commands';
import { sdkCall, sdkService } from '../sdk';
import { known, partsOf, type Call, type Value } from './value';

/** What a program imports: the evidence that a name means a library. */
export interface Evidence {
  readonly modules: ReadonlySet<string>;
  readonly tool: string;
}

const TEXT_RUNNERS = /^(?:os\.(?:system|popen)|subprocess\.(?:getoutput|getstatusoutput)|commands\.getoutput|(?:node:)?child_process\.(?:exec|execSync)|shelljs\.exec|execa\.(?:execaCommand|execaCommandSync|command|commandSync)|execaCommand|pty\.spawn|pexpect\.(?:spawn|run)|asyncio\.create_subprocess_shell|popen2\.\w+|@ssh\.exec_command|paramiko\.SSHClient\(\)\.exec_command|fabric\.(?:Connection\(\)\.)?(?:run|sudo|local)|invoke\.(?:run|Context\(\)\.run)|@ipython\.system|cross-spawn\.sync|bun\.\$)$/;
const LIST_RUNNERS = /^(?:subprocess\.(?:run|call|check_call|check_output|Popen)|asyncio\.create_subprocess_exec|os\.(?:exec[lv]p?e?|spawn[lv]p?e?|posix_spawnp?)|(?:node:)?child_process\.(?:spawn|spawnSync|execFile|execFileSync)|execa(?:\.(?:execa|execaSync|sync|default))?|cross-spawn(?:\.(?:sync|spawn|default))?|sh\.\w+|plumbum\..*|Deno\.Command|Deno\.run|Bun\.spawn|Bun\.spawnSync|Bun\.\$)$/;
const SQL_CALLS = /(?:^|\.)(?:execute|executemany|executescript|query|exec|raw|unsafe|execute_sql|executeSql|run_query|sql|\$executeRawUnsafe|\$queryRawUnsafe|\$executeRaw|queryRawUnsafe|exec_driver_sql)$/;

/** What one call would do. */
export function judgeCall(call: Call, evidence: Evidence, context: ReaderContext): Finding[] {
  const { path, args, named, range } = call;
  const method = path.slice(path.lastIndexOf('.') + 1);
  if (TEXT_RUNNERS.test(path)) return args[0]?.kind === 'list' ? words(args[0].items, call, context) : runText(args[0], call, context);
  if (LIST_RUNNERS.test(path)) {
    const [first, second] = [args[0] ?? named.get('args'), args[1]];
    const options = args.find((a) => a.kind === 'map') ?? { kind: 'map' as const, entries: named };
    const shell = options.kind === 'map' ? (options.entries.get('shell') ?? named.get('shell')) : named.get('shell');
    if (/^sh\.(\w+)$/.test(path)) return words([{ kind: 'text', parts: [path.slice(3).replaceAll('_', '-')] }, ...args], call, context);
    if (first?.kind === 'list') return known(shell) === 'true' && first.items.length > 0 ? runText(first.items[0], call, context) : words(first.items, call, context);
    if (second?.kind === 'list' && path.startsWith('os.')) return words(second.items, call, context);
    if (second?.kind === 'list') return first ? words([first, ...second.items], call, context) : [];
    if (/^os\.(?:exec|spawn)/.test(path)) return words(args.slice(path.includes('.spawn') ? 1 : 0).slice(args.length > 2 && !path.includes('v') ? 1 : 0), call, context);
    if (path === 'Deno.Command' && named.get('args')?.kind === 'list') return words([first ?? { kind: 'unknown' }, ...(named.get('args') as Extract<Value, { kind: 'list' }>).items], call, context);
    if (/create_subprocess_exec/.test(path)) return words(args, call, context);
    return first ? runText(first, call, context) : [];
  }
  const removed = /^(?:shutil\.rmtree|(?:node:)?fs(?:\/promises|-extra|\.promises)?\.(?:rm|rmSync|rmdir|rmdirSync|remove|removeSync|emptyDir|emptyDirSync)|rimraf(?:\.\w+)?|del(?:\.\w+)?|os\.(?:remove|unlink|removedirs)|pathlib\.Path\(\)\.unlink|shelljs\.rm|(?:node:)?fs\.(?:unlink|unlinkSync))$/.test(path) ? known(args.at(path === 'shelljs.rm' ? -1 : 0)) : undefined;
  if (removed !== undefined) {
    const judged = judgePath(knownWord(removed, range), !/remove$|unlink/.test(method), { cwd: context.cwd }, context);
    return judged?.certain ? [plain('files:delete', evidence.tool, judged.effects, `${evidence.tool}: Deletes ${removed}: ${judged.why}`, range)] : [];
  }
  const http = request(call);
  if (http) return findInCommandText(http, range, context).filter((f) => f.mutation !== 'none');
  if (path.startsWith('@aws')) return awsCall(call, evidence);
  const sdk = otherSdk(call, evidence);
  if (sdk) return sdk;
  if (SQL_CALLS.test(path)) {
    const sql = known(args[0]) ?? partsOf(args[0]).map((p) => p ?? ' UNKNOWN_VALUE ').join('');
    if (!/\b(?:drop|truncate|delete|update|alter|revoke)\b/i.test(sql)) return [];
    return sqlStatements(sql).filter((s) => s.mutation === 'destructive').map((s) => plain(`sql:${s.verb}`, evidence.tool, s.effects, `${evidence.tool}: ${s.reason}`, range));
  }
  if (/(?:^|\.)(?:dropDatabase|drop_database|drop_all|dropTable|dropTableIfExists|drop_collection|dropSchema|flushall|flushdb|flushAll|flushDb)$/.test(path) && /(?:db|conn|client|schema|metadata|Base|mongo|redis|knex|engine|connection|mongoose|sequelize|cache|^r$|^r\.)/i.test(path)) return [plain(`sql:${method}`, evidence.tool, ['data-loss'], `${evidence.tool}: Calls ${method}: what is stored there is lost.`, range)];
  return [];
}

function runText(value: Value | undefined, call: Call, context: ReaderContext): Finding[] {
  return value === undefined || value.kind === 'unknown' ? [] : findInCommandText(partsOf(value), call.range, context).filter((f) => f.mutation !== 'none');
}

function words(items: readonly Value[], call: Call, context: ReaderContext): Finding[] {
  return findInWords(items.map((i) => (i.kind === 'text' ? i.parts : i.kind === 'list' ? 'many' : [undefined])), call.range, context).filter((f) => f.mutation !== 'none');
}

function plain(operation: string, tool: string, effects: Finding['effects'], reason: string, range: Finding['range']): Finding {
  return { operation, tool, mutation: 'destructive', effects, reversibility: { kind: effects.includes('data-loss') ? 'irreversible' : 'unknown' }, targets: [], context: {}, reason, unknowns: [], guardsOff: [], range };
}

/** A request to an address as the `curl` that would send it: the tool for that knows the control planes. */
function request({ path, args, named }: Call): (string | undefined)[] | undefined {
  const client = /^(?:requests|httpx|aiohttp|urllib3|axios|got|ky|superagent|node-fetch|undici|@session)(?:\.[\w()]+)*?\.(delete|post|put|patch|request|del)$/.exec(path)?.[1];
  const fetches = /^(?:fetch|node-fetch(?:\.default)?|undici\.(?:fetch|request)|axios|got|ky|globalThis\.fetch|window\.fetch)$/.test(path);
  if (client === undefined && !fetches) return undefined;
  const options = args.find((a): a is Extract<Value, { kind: 'map' }> => a.kind === 'map');
  const option = (name: string): Value | undefined => named.get(name) ?? options?.entries.get(name);
  const first = client === 'request' ? args[1] : args[0]?.kind === 'map' ? undefined : args[0];
  const url = first ?? option('url');
  const method = client === undefined || client === 'request' ? (known(option('method')) ?? (client === 'request' ? known(args[0]) : undefined) ?? 'GET') : client === 'del' ? 'delete' : client;
  if (/^get$/i.test(method)) return undefined;
  const body = option('data') ?? option('body') ?? option('json') ?? (client !== undefined && args[1]?.kind !== 'map' ? args[1] : undefined);
  const quoted = (parts: readonly (string | undefined)[]): (string | undefined)[] => parts.map((p) => (p === undefined ? p : p.replaceAll('"', '\\"').replaceAll('$', '\\$').replaceAll('`', '\\`')));
  return [`curl -X ${method.toUpperCase()} "`, ...quoted(partsOf(url)), '"', ...(body?.kind === 'text' ? [' -d "', ...quoted(body.parts), '"'] : [])];
}

const pascal = (name: string): string => name.split('_').map((w) => w.charAt(0).toUpperCase() + w.slice(1)).join('');

/** What an input's members are, as far as they are known. */
function inputOf(call: Call): Map<string, string | undefined> {
  const map = call.args.find((a): a is Extract<Value, { kind: 'map' }> => a.kind === 'map');
  return new Map([...(map?.entries ?? []), ...call.named].map(([k, v]) => [k, v.kind === 'list' ? (known(v.items[0]) ?? undefined) : known(v)]));
}

/** boto3 resources: what `.delete()` on one calls. Source: boto3 documentation, the resources' action models. */
const RESOURCES: Readonly<Record<string, string>> = {
  'Instance.terminate': 'TerminateInstances', 'Instance.stop': 'StopInstances', 'Instance.reboot': 'RebootInstances', 'instances.terminate': 'TerminateInstances', 'instances.stop': 'StopInstances', 'objects.delete': 'DeleteObjects', 'object_versions.delete': 'DeleteObjects', 'Object.delete': 'DeleteObject', 'ObjectSummary.delete': 'DeleteObject', 'Bucket.delete_objects': 'DeleteObjects',
  'Table.delete_item': 'DeleteItem', 'Queue.purge': 'PurgeQueue', 'Volume.detach_from_instance': 'DetachVolume', 'SecurityGroup.authorize_ingress': 'AuthorizeSecurityGroupIngress', 'SecurityGroup.revoke_ingress': 'RevokeSecurityGroupIngress',
};

function awsCall(call: Call, { tool }: Evidence): Finding[] {
  const m = /^@aws(r)?:([\w-]*)\.(.*)$/.exec(call.path);
  if (!m) return [];
  const [, resource, service = '', rest = ''] = m;
  const method = rest.slice(rest.lastIndexOf('.') + 1);
  const args = inputOf(call);
  const done = (api: string): Finding[] => {
    const found = sdkCall({ sdk: 'aws', tool, service: service === '' ? undefined : service, method: api, args, range: call.range });
    return found ? [found] : [];
  };
  if (resource !== undefined) {
    const names = [...rest.matchAll(/([A-Za-z_]\w*)(?:\(\))?/g)].map((x) => x[1] ?? '').filter((n) => !/^(?:all|filter|limit|page_size|meta|client)$/.test(n));
    const owner = names.at(-2) ?? '';
    const api = RESOURCES[`${owner}.${method}`] ?? (/^(?:delete|terminate|stop|reboot)$/.test(method) && owner !== '' ? `${pascal(method)}${pascal(owner)}` : pascal(method));
    if (rest.includes('meta.client.')) return done(pascal(method));
    return done(api);
  }
  if (/^[A-Z]\w*Command$/.test(method) && call.isNew) return done(method.replace(/Command$/, ''));
  if (service.toLowerCase() === 'dynamodb' && /^(?:delete|put|update|batchWrite|transactWrite)$/.test(method)) return done({ delete: 'DeleteItem', put: 'PutItem', update: 'UpdateItem', batchWrite: 'BatchWriteItem', transactWrite: 'TransactWriteItems' }[method] ?? method);
  return done(/_/.test(method) || /^[a-z]+$/.test(method) ? pascalApi(service, method) : method.charAt(0).toUpperCase() + method.slice(1));
}

/** `delete_db_instance` → `DeleteDBInstance`: the API's own capitals are in the table, by the command's name. */
function pascalApi(service: string, method: string): string {
  const known = sdkService(service);
  const operation = known === undefined ? undefined : awsOperation(known, method.replaceAll('_', '-'))?.api;
  return operation ?? pascal(method);
}

/** Google, Azure and Kubernetes: by the module that the object comes from, or that the program imports. */
function otherSdk(call: Call, { modules, tool }: Evidence): Finding[] | undefined {
  const method = call.path.slice(call.path.lastIndexOf('.') + 1);
  const root = call.path.split(/[.(]/)[0] ?? '';
  const has = (pattern: RegExp): boolean => [...modules].some((m) => pattern.test(m));
  const sdk = /^(?:kubernetes|@kubernetes\/)/.test(call.path) || (has(/^(?:kubernetes|@kubernetes\/client-node)/) && /(?:[nN]amespaced|_namespace$|Namespace$|_node$|Node$|[cC]ollection|persistent_volume|PersistentVolume|cluster_role|ClusterRole|cluster_custom|ClusterCustom|custom_resource_definition)/.test(method)) ? 'kubernetes'
    : /^(?:google\.cloud|google-cloud|@google-cloud\/|googleapiclient|googleapis)/.test(call.path) || (has(/^(?:google\.cloud|@google-cloud\/|googleapiclient|googleapis)/) && !/^(?:os|subprocess|fs|child_process|console|path|logging|self\.logger)$/.test(root)) ? 'google'
    : /^(?:azure\.|@azure\/)/.test(call.path) || (has(/^(?:azure\.(?:mgmt|storage|keyvault|cosmos|identity|data)|@azure\/)/) && !/^(?:os|fs|child_process|console)$/.test(root)) ? 'azure' : undefined;
  if (sdk === undefined || !/^(?:begin_?)?(?:delete|destroy|purge|remove|terminate|drop|stop|deallocate|power|reset|restart|suspend|evict|reimage|disable|undeploy|failover)/i.test(method)) return undefined;
  // A list or a dictionary has `remove` and `delete`, too: without a trace of the library only names that say more count.
  const traced = /^(?:kubernetes|@kubernetes|google|@google|azure|@azure)/.test(call.path);
  if (!traced && !/[_A-Z]/.test(method) && !/(?:client|bucket|blob|instance|table|dataset|topic|subscription|cluster|disk|database|secret|vm|machines|groups|container|operations|storage)/i.test(call.path.slice(0, call.path.lastIndexOf('.')))) return undefined;
  if (!traced && /^(?:remove|disable|stop|reset|restart)/.test(method) && sdk !== 'azure') return undefined;
  const args = inputOf(call);
  call.args.forEach((a, i) => {
    if (a.kind === 'text') args.set(String(i), known(a));
  });
  const found = sdkCall({ sdk, tool, service: call.path.slice(0, call.path.lastIndexOf('.')), method, args, range: call.range });
  return found ? [found] : undefined;
}
