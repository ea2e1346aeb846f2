import type { ReaderContext, Finding } from '../../invocation';
import type { Parts } from '../commands';
import { findInCommandText } from '../commands';
import { joined, known, partsOf, text, type Call, type Value } from '../program/value';
import { jsonText } from './fold';
import { from } from './modules';

type Options = ReadonlyMap<string, Value> | undefined;

/** Clients that send requests. Sources: Fetch standard; axios, got, ky, superagent, undici and node-fetch readmes; Node.js documentation, http. */
const CLIENT = /^(?:axios|got|ky|superagent|needle|wretch|undici|request|request-promise(?:-native)?|phin|bent|ofetch(?:\.ofetch)?|\$fetch)(?:\.default)?(?:\.(delete|del|post|put|patch|request|fetch))?$/;
const FETCH = /^(?:(?:globalThis|window|self)\.)?fetch$|^(?:node-fetch|cross-fetch|isomorphic-fetch|undici\.fetch|electron\.net\.fetch)(?:\.fetch)?$/;

/** A client with an address of its own (`axios.create({ baseURL })`): the address is kept in the path. */
export function clientWithBase({ path, args }: Call): Value | undefined {
  if (!/^(?:axios|got|ky|ofetch\.\$?fetch|undici)(?:\.(?:create|extend|Client))$/.test(path)) return undefined;
  const [first] = args;
  const base = known(first?.kind === 'map' ? (first.entries.get('baseURL') ?? first.entries.get('prefixUrl') ?? first.entries.get('baseUrl')) : first);
  return from(`@http:${base ?? ''}`);
}

/** What a request would do, judged as the `curl` that would send it; undefined when the call sends none. */
export function sends(call: Call, context: ReaderContext): Finding[] | undefined {
  const request = requestOf(call);
  if (!request) return undefined;
  const { method, url, body, headers } = request;
  if (/^(?:get|head|options)$/i.test(method) || !infrastructure(url)) return [];
  const words: (string | undefined)[] = [`curl -X ${/^\w+$/.test(method) ? method.toUpperCase() : 'DELETE'} "`, ...quoted(url), '"'];
  if (body.length > 0) words.push(' -d "', ...quoted(body), '"');
  const target = known([...(headers ?? [])].find(([name]) => /^x-amz-target$/i.test(name))?.[1]);
  if (target !== undefined && /^[\w.]+$/.test(target)) words.push(` -H "X-Amz-Target: ${target}"`);
  return findInCommandText(words, call.range, context).filter((f) => f.mutation !== 'none');
}

const quoted = (parts: Parts): Parts => parts.map((p) => p?.replace(/[\\"$`]/g, '\\$&'));

/** Paths that only a control plane has, for an address whose host isn't known. Sources: Kubernetes, Azure Resource Manager, Google Cloud and GitHub API references. */
const CONTROL_PATHS = /\/subscriptions\/|\/resourceGroups\/|\/api\/v1\/(?:namespaces|nodes|persistentvolumes)\b|\/apis\/[\w.-]+\/v\d|\/(?:compute|storage|container|sql)\/v\d|\/v\d\/projects\/[^/]*\/(?:zones|regions|locations|instances)|\/(?:droplets|kubernetes\/clusters)\/|\/_delete_by_query/;

/** An address of the program itself (`/api/items/1`), or one whose host only its settings know, says nothing of infrastructure. */
function infrastructure(url: Parts): boolean {
  const [first] = url;
  if (first === undefined || first === '') return CONTROL_PATHS.test(url.map((p) => p ?? 'x').join(''));
  return /^[a-z][a-z+.-]*:\/\/[^/]/i.test(first) || (/^[a-z][a-z+.-]*:\/\/$/i.test(first) && (url[1] === undefined && /^\.[\w-]+\./.test(url[2] ?? '') || CONTROL_PATHS.test(url.map((p) => p ?? 'x').join('')))) ;
}

interface Request { readonly method: string; readonly url: Parts; readonly body: Parts; readonly headers: Options }

function requestOf({ path, args }: Call): Request | undefined {
  const [first, second] = args;
  const options: Options = args.find((a): a is Extract<Value, { kind: 'map' }> => a.kind === 'map')?.entries;
  const option = (...names: readonly string[]): Value | undefined => names.map((n) => options?.get(n)).find((v) => v !== undefined);
  const headersOf = option('headers');
  const headers = headersOf?.kind === 'map' ? headersOf.entries : undefined;
  const bodyOf = (value: Value | undefined): Parts => (value === undefined || value.kind === 'unknown' || value.kind === 'from' ? [] : value.kind === 'text' ? value.parts : jsonText(value));
  const base = /^@http:(.*)\.(\w+)$/.exec(path) ?? (path.startsWith('@http:') ? [path, path.slice(6), ''] : undefined);
  const client = CLIENT.exec(path);
  if (base || client || FETCH.test(path)) {
    const verb = (base?.[2] ?? client?.[1] ?? '').replace(/^(?:request|fetch)$/, '');
    if (base && !/^(?:delete|del|post|put|patch|request|)$/.test(base[2] ?? '')) return undefined;
    // superagent: `request('DELETE', url)`.
    const spoken = first?.kind === 'text' && /^(?:DELETE|POST|PUT|PATCH)$/.test(known(first) ?? '') ? known(first) : undefined;
    const address = spoken !== undefined ? second : first?.kind === 'map' ? option('url', 'uri', 'path') : first;
    const method = spoken ?? (verb === '' ? (known(option('method', 'type')) ?? (option('method') ? 'DELETE' : 'GET')) : verb === 'del' ? 'delete' : verb);
    const body = option('data', 'body', 'json') ?? (verb !== '' && !/^del/.test(verb) ? second : undefined);
    return { method, url: joinedUrl(base?.[1] ?? '', known(option('baseURL', 'prefixUrl')), address), body: bodyOf(body), headers };
  }
  if (/^https?\.request$|^follow-redirects\.https?\.request$/.test(path)) {
    const scheme = path.includes('https') ? 'https://' : 'http://';
    const url = first?.kind === 'map' ? partsOf([option('hostname', 'host'), option('path')].reduce<Value>((a, v) => joined(a, v ?? text('')), text(scheme))) : partsOf(first);
    return { method: known(option('method')) ?? 'GET', url: merged(url), body: [], headers };
  }
  if (path === 'XMLHttpRequest().open') return { method: known(first) ?? 'GET', url: merged(partsOf(second)), body: [], headers: undefined };
  if (/(?:octokit[^.]*\(\)|@octokit\/[\w-]+(?:\.\w+)*(?:\(\))?|\boctokit|github\.getOctokit\(\))\.request$/i.test(path)) {
    const [, method = 'GET', route = ''] = /^([A-Z]+) (\/.*)$/.exec(known(first) ?? '') ?? [];
    return { method, url: [`https://api.github.com${route.replace(/[{}]/g, '')}`], body: second?.kind === 'map' ? jsonText(second) : [], headers: undefined };
  }
  return undefined;
}

function joinedUrl(base: string, option: string | undefined, address: Value | undefined): Parts {
  const root = base === '' ? (option ?? '') : base;
  const parts = partsOf(address);
  return root === '' || /^https?:/.test(parts[0] ?? '') ? merged(parts) : merged([root.replace(/\/$/, ''), parts[0]?.startsWith('/') === true ? '' : '/', ...parts]);
}

/** Known parts that stand side by side as one. */
function merged(parts: Parts): Parts {
  const out: (string | undefined)[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (part !== undefined && last !== undefined && out.length > 0) out[out.length - 1] = last + part;
    else out.push(part);
  }
  return out;
}
