import type { Effect, TextRange } from '../../model';
import type { Finding } from '../invocation';
import { allAwsTiers, awsApiOperation, awsService, type AwsOperation } from '../knowledge/aws-operations';
import { effectsOfNoun } from '../engines/verbs';

/** A call of a cloud's library in a program. */
export interface SdkCall {
  readonly sdk: 'aws' | 'google' | 'azure' | 'kubernetes';
  /** The library (`boto3`, `@aws-sdk`). */
  readonly tool: string;
  /** The service in botocore's word, or the package or client; undefined when it could not be followed. */
  readonly service: string | undefined;
  /** The API's name (`DeleteBucket`) for AWS; the library's own method otherwise. */
  readonly method: string;
  readonly args: ReadonlyMap<string, string | undefined>;
  readonly range: TextRange;
}

const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

let services: ReadonlyMap<string, string> | undefined;
let destroyers: ReadonlyMap<string, readonly AwsOperation[]> | undefined;

/** Names that SDKs write differently from botocore. Source: the package names of the AWS SDKs. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  s3: 's3api', eventbridge: 'events', cloudwatchlogs: 'logs', cloudwatchevents: 'events', elasticloadbalancing: 'elb', elasticloadbalancingv2: 'elbv2', sfn: 'stepfunctions', cognitoidentityprovider: 'cognito-idp',
  databasemigrationservice: 'dms', elasticfilesystem: 'efs', elasticsearchservice: 'es', directoryservice: 'ds', costexplorer: 'ce', documentdb: 'docdb', costandusagereport: 'cur', configservice: 'configservice', dynamodbdocumentclient: 'dynamodb', s3control: 's3control', wafregional: 'waf-regional',
};

/** The service of the table that a library calls by this name; undefined when there is none. */
export function sdkService(name: string): string | undefined {
  services ??= new Map([...new Set([...allAwsTiers()].map((t) => t.service))].map((s) => [bare(s), s]));
  const key = bare(name);
  const other = OTHER_NAMES[key];
  return other ?? awsService(name) ?? services.get(key);
}

/** Operations that destroy in every service that has one of this name. */
function destroying(api: string): readonly AwsOperation[] | undefined {
  if (!destroyers) {
    const names = new Map<string, { destroys: boolean; service: string }[]>();
    for (const { service, api: name, mutation } of allAwsTiers()) names.set(name, [...(names.get(name) ?? []), { destroys: mutation === 'destructive', service }]);
    destroyers = new Map([...names].flatMap(([name, all]) => (all.every((a) => a.destroys) ? [[name, all.flatMap(({ service }) => awsApiOperation(service, name) ?? [])]] : [])));
  }
  return destroyers.get(api);
}

/** What a call of a cloud's library would do; undefined when it changes nothing or is no such call. */
export function sdkCall(call: SdkCall): Finding | undefined {
  return call.sdk === 'aws' ? awsCall(call) : otherCall(call);
}

function awsCall(call: SdkCall): Finding | undefined {
  const service = call.service === undefined ? undefined : sdkService(call.service);
  const operation = service === undefined ? destroying(call.method)?.[0] : awsApiOperation(service, call.method);
  if (!operation) {
    if (!/^(?:Delete|Terminate|Destroy|Purge|Remove|Deregister|Disable|Stop|Revoke)[A-Z]/.test(call.method) || service === undefined) return undefined;
    return make(call, `${service}:${call.method}`, 'unknown', ['unknown'], `${call.method} of ${service} is not known here, so what it changes can not be told.`, []);
  }
  if (operation.mutation === 'none' || operation.mutation === 'additive') return undefined;
  if (operation.dryRun && call.args.get('DryRun') === 'true') return undefined;
  const targets = operation.targets.flatMap((t) => (call.args.has(t.member) ? [{ type: t.type, name: call.args.get(t.member), known: call.args.get(t.member) !== undefined }] : []));
  const name = service === undefined ? `aws:${call.method}` : operation.name;
  const named = targets[0]?.name === undefined ? '' : ` ${targets[0].name}`;
  return { ...make(call, name, operation.mutation, operation.effects, `${call.tool}: Calls ${name}${named}.${operation.note === undefined ? '' : ` ${operation.note}`}`, targets), reversibility: operation.reversibility, ...(operation.previewDecides && { previewDecides: true }) };
}

/** Verbs of the other clouds' libraries. Sources: Google AIP-135, -136; Azure SDK design guidelines, "Service client methods"; Kubernetes client libraries. */
const DESTROYS = /^(?:begin_)?(?:delete|destroy|purge|remove|terminate|drop|truncate|uninstall|undeploy)(?:_|$)|_(?:delete|destroy)$/;
const STOPS = /^(?:begin_)?(?:stop|deallocate|power_?off|reset|restart|disable|suspend|reimage|redeploy|evict|failover)(?:_|$)/;

function otherCall(call: SdkCall): Finding | undefined {
  const { method } = call;
  if (call.args.get('dry_run') === 'All' || call.args.get('dryRun') === 'All' || call.args.get('validate_only') === 'true') return undefined;
  const provider = call.sdk === 'kubernetes' ? 'kubernetes' : call.sdk;
  const words = [...(call.service ?? '').split(/[^a-z0-9]+/i), ...method.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().split('_')].filter((w) => w !== '' && !/^(?:begin|delete|namespaced|async|and|wait|collection|with|http|info)$/.test(w));
  const name = [...call.args.values()].find((v) => v !== undefined);
  const targets = [{ type: words.at(-1) ?? 'resource', name, known: name !== undefined }];
  const snake = method.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  if (DESTROYS.test(snake)) {
    const effects: readonly Effect[] = call.sdk === 'kubernetes' && /namespace(?!d)|persistent_volume|custom_resource/.test(snake) ? ['data-loss', 'outage'] : effectsOfNoun(words);
    return make(call, `${provider}:${method}`, 'destructive', effects, `${call.tool}: Calls ${method}${name === undefined ? '' : ` on ${name}`}: what it names is deleted.`, targets);
  }
  if (STOPS.test(snake) && (call.sdk === 'azure' || /^(?:stop|reset|suspend|failover)/.test(method))) return make(call, `${provider}:${method}`, 'destructive', ['outage'], `${call.tool}: Calls ${method}${name === undefined ? '' : ` on ${name}`}: what depends on it stops working.`, targets);
  return undefined;
}

function make(call: SdkCall, operation: string, mutation: Finding['mutation'], effects: readonly Effect[], reason: string, targets: Finding['targets']): Finding {
  return { operation, tool: call.tool, mutation, effects, reversibility: { kind: effects.includes('data-loss') ? 'irreversible' : 'unknown' }, targets, context: {}, reason, unknowns: targets.filter((t) => !t.known).map((t) => `the ${t.type}`), guardsOff: [], range: call.range };
}
