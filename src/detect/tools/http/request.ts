import type { Effect } from '../../../model';
import type { Finding } from '../../invocation';
import { awsApiOperation } from '../../knowledge/aws-operations';
import { found, type CliCall } from '../cli/call';
import { effectsOfNoun } from '../../engines/verbs';
import { sqlStatements } from '../../engines/sql/statements';
import { planeOf, type Plane, type Url } from './planes';

/** A request that a program would send. */
export interface HttpRequest {
  readonly method: string;
  /** Parts that are not known are written `{?}`. */
  readonly url: string;
  /** All that is known of what is sent; empty for none. */
  readonly body: string;
  readonly headers: readonly string[];
}

const GONE = { kind: 'irreversible' } as const;

/**
 * What a request to a control plane would do, by its method, path, and the action in its body. A request that only reads, or that
 * goes to no control plane and deletes nothing, gives no finding.
 * Sources: RFC 9110 (methods), and for each API the reference that `planes.ts` names.
 */
export function judgeRequest(request: HttpRequest, call: CliCall): Finding[] {
  const method = request.method.toUpperCase();
  const url = readUrl(request.url);
  const plane = planeOf(url);
  const context = { ...call.context, endpoint: url.host };
  const where = { ...call, context };
  const name = decodeURIComponentSafely(url.path).replace(/\/+$/, '');
  const targets = [{ type: plane?.name ?? 'address', name: `${url.host}${name}`, known: !request.url.includes('{?}') }];
  const make = (action: string, effects: readonly Effect[], what: string, mutation: Finding['mutation'] = 'destructive'): Finding[] => [
    found(where, { action, mutation, effects, targets, reversibility: effects.includes('data-loss') ? GONE : { kind: 'unknown' }, reason: `${call.tool}: ${what}` }),
  ];
  const graphql = /\/graphql\b|^\/api\/graphql/.test(url.path) || /\bmutation\b\s*[\w({]/.test(request.body);
  if (graphql) {
    const mutation = destroyingMutation(request.body);
    if (mutation !== undefined) return make(mutation, effectsOfNoun([mutation.replace(/delete|remove|destroy/gi, '')]), `Sends the mutation ${mutation} to ${url.host}: what it names is deleted or stopped.`);
    if (/\bmutation\b/.test(request.body) || method === 'GET') return [];
    return [];
  }
  const aws = plane?.kind === 'aws' ? awsAction(request, url) : undefined;
  if (aws) {
    const operation = awsApiOperation(aws.service, aws.api);
    if (operation) return operation.mutation === 'none' || operation.mutation === 'additive' ? [] : [found(where, { action: `${aws.service}.${aws.api}`, mutation: operation.mutation, effects: operation.effects, targets, reason: `${call.tool}: Calls ${aws.service}:${aws.api}.` })].map((f) => ({ ...f, operation: operation.name }));
    if (/^(?:Delete|Terminate|Stop|Reboot|Disable|Remove|Purge|Detach|Release|Revoke|Deregister)/.test(aws.api)) return make(aws.api, ['data-loss'], `Calls ${aws.api} of ${aws.service}.`);
  }
  if (method === 'DELETE') {
    if (url.host === '{?}' || url.host === '') return [found(where, { action: 'DELETE', mutation: 'unknown', targets: [], reason: `${call.tool}: Sends DELETE to an address that is not known.`, unknowns: ['the address'] })];
    if (!plane) {
      if (url.local) return [found(where, { action: 'DELETE', mutation: 'modifying', targets, reason: `${call.tool}: Sends DELETE to a program on this machine.` })];
      return [found(where, { action: 'DELETE', mutation: 'destructive', effects: ['data-loss'], targets, reason: `${call.tool}: Sends DELETE to ${url.host}${name}: what stands there is deleted.` })];
    }
    return make(`DELETE`, plane.effects(url.path), `Deletes ${name === '' ? 'what stands at its root' : name} at ${plane.name}.`);
  }
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS' || method === 'TRACE' || !plane) return [];
  const action = plane.action?.(url.path, request.body, method);
  if (action) return make(action.name, action.effects, action.reason);
  const sql = plane.kind === 'sql' ? sqlStatements(request.body).filter((s) => s.mutation === 'destructive') : [];
  return sql.flatMap((s) => make(s.verb, s.effects, s.reason));
}

/** An address taken apart without failing on parts that are not known. */
function readUrl(text: string): Url {
  const m = /^(?:(\w[\w+.-]*):\/\/)?(?:[^@/\s]*@)?(\[[^\]]*\]|[^/:?#\s]*)(?::([^/?#\s]*))?([^?#]*)(?:\?([^#]*))?/.exec(text.trim());
  const host = (m?.[2] ?? '').toLowerCase();
  return { scheme: m?.[1] ?? 'http', host, port: m?.[3] ?? '', path: m?.[4] ?? '', query: m?.[5] ?? '', local: /^(?:localhost|127\.[\d.]+|\[::1\]|0\.0\.0\.0|host\.docker\.internal|.*\.localhost|.*\.test|.*\.example|(?:.*\.)?example\.(?:com|org|net))$/.test(host) };
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The name of a GraphQL mutation that deletes or stops (`volumeDelete`, `deleteRepository`). */
function destroyingMutation(body: string): string | undefined {
  if (!/\bmutation\b/.test(body)) return undefined;
  const after = body.slice(body.indexOf('mutation'));
  const names = [...after.slice(0, 20_000).matchAll(/\b([A-Za-z_]\w*)\s*(?=[({])/g)].map((m) => m[1] ?? '');
  return names.find((n) => /^(?:delete|remove|destroy|terminate|purge|drop|wipe|archive|disable|stop|revoke|reset|truncate)(?:[A-Z_]|$)/.test(n) || /(?:Delete|Remove|Destroy|Terminate|Purge|Drop|Wipe|Stop|Revoke|Reset|Truncate|_delete|Restart|Down)$/.test(n) || /(?:Delete|Destroy)(?:All|Many|By)/.test(n));
}

/** The AWS action of a signed request: `Action=` in query or body, the target header, or the path of a REST service. */
function awsAction(request: HttpRequest, url: Url): { readonly service: string; readonly api: string } | undefined {
  const service = url.host.split('.')[0] ?? '';
  const target = request.headers.map((h) => /^x-amz-target:\s*(?:\w+\.)?(\w+)\s*$/i.exec(h)?.[1]).find((v) => v !== undefined);
  const api = target ?? /(?:^|[?&\s"'])Action=(\w+)/.exec(`${url.query} ${request.body}`)?.[1];
  return api === undefined ? undefined : { service, api };
}

export type { Plane };
