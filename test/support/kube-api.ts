import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';

type Data = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

/** One request as the API got it. */
export interface KubeCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Data | undefined;
  /** The name in the address that was called, where that begins with `/at/NAME`: which cluster of a configuration it was. */
  readonly at?: string;
}

/** A small Kubernetes API on loopback: discovery, list, get, and writes that honour dryRun=All. It speaks JSON only, no protobuf. */
export interface KubeApi {
  readonly url: string;
  readonly calls: KubeCall[];
  /** Adds an object; a uid and the namespace are made where they are missing. */
  add(...objects: readonly Data[]): void;
  /** Everything that is stored, by path. */
  readonly store: Map<string, Data>;
  /** Answers 403 for a list and get of this plural, or for its list only. */
  forbid(plural: string, only?: 'list'): void;
  /** Refuses a dry run with this message when its body matches. */
  refuse(match: (body: Data, method: string) => string | undefined): void;
  /** Answers lists of this plural never, so that a preview waits. */
  hang(plural: string): void;
  reset(): void;
  /** Writes that were not dry runs. */
  writes(): readonly KubeCall[];
  stop(): Promise<void>;
}

interface Kind { readonly group: string; readonly version: string; readonly plural: string; readonly kind: string; readonly namespaced: boolean; readonly short: readonly string[]; readonly categories: readonly string[] }

const kind = (gv: string, plural: string, name: string, namespaced = true, short: readonly string[] = [], categories: readonly string[] = []): Kind => {
  const [group, version] = gv.includes('/') ? gv.split('/') as [string, string] : ['', gv];
  return { group, version, plural, kind: name, namespaced, short, categories };
};

const BUILT_IN: readonly Kind[] = [
  kind('v1', 'pods', 'Pod', true, ['po'], ['all']), kind('v1', 'services', 'Service', true, ['svc'], ['all']), kind('v1', 'configmaps', 'ConfigMap', true, ['cm']), kind('v1', 'secrets', 'Secret'),
  kind('v1', 'serviceaccounts', 'ServiceAccount', true, ['sa']), kind('v1', 'persistentvolumeclaims', 'PersistentVolumeClaim', true, ['pvc']), kind('v1', 'persistentvolumes', 'PersistentVolume', false, ['pv']),
  kind('v1', 'namespaces', 'Namespace', false, ['ns']), kind('v1', 'nodes', 'Node', false, ['no']), kind('v1', 'events', 'Event', true, ['ev']), kind('v1', 'endpoints', 'Endpoints', true, ['ep']), kind('v1', 'replicationcontrollers', 'ReplicationController', true, ['rc'], ['all']),
  kind('apps/v1', 'deployments', 'Deployment', true, ['deploy'], ['all']), kind('apps/v1', 'statefulsets', 'StatefulSet', true, ['sts'], ['all']), kind('apps/v1', 'daemonsets', 'DaemonSet', true, ['ds'], ['all']), kind('apps/v1', 'replicasets', 'ReplicaSet', true, ['rs'], ['all']),
  kind('batch/v1', 'jobs', 'Job', true, [], ['all']), kind('batch/v1', 'cronjobs', 'CronJob', true, ['cj'], ['all']), kind('networking.k8s.io/v1', 'ingresses', 'Ingress', true, ['ing']), kind('policy/v1', 'poddisruptionbudgets', 'PodDisruptionBudget', true, ['pdb']),
  kind('autoscaling/v2', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler', true, ['hpa'], ['all']), kind('rbac.authorization.k8s.io/v1', 'roles', 'Role'), kind('rbac.authorization.k8s.io/v1', 'rolebindings', 'RoleBinding'),
  kind('rbac.authorization.k8s.io/v1', 'clusterroles', 'ClusterRole', false), kind('rbac.authorization.k8s.io/v1', 'clusterrolebindings', 'ClusterRoleBinding', false), kind('storage.k8s.io/v1', 'storageclasses', 'StorageClass', false, ['sc']),
  kind('admissionregistration.k8s.io/v1', 'validatingwebhookconfigurations', 'ValidatingWebhookConfiguration', false), kind('admissionregistration.k8s.io/v1', 'mutatingwebhookconfigurations', 'MutatingWebhookConfiguration', false),
  kind('apiregistration.k8s.io/v1', 'apiservices', 'APIService', false), kind('apiextensions.k8s.io/v1', 'customresourcedefinitions', 'CustomResourceDefinition', false, ['crd', 'crds']), kind('snapshot.storage.k8s.io/v1', 'volumesnapshots', 'VolumeSnapshot'),
];

/** The real kubectl of this machine, past any dispatcher's link. @throws with one line saying so when there is none: then these tests did not run. */
export function realKubectl(): string {
  try {
    return realpathSync(execFileSync('/bin/sh', ['-c', 'command -v kubectl'], { encoding: 'utf8' }).trim());
  } catch {
    throw new Error('kubectl is not installed: what needs it was not tested.');
  }
}

/** What a command needs to reach the API: a configuration of its own with one context, and nothing of this machine's. */
export function kubeConfig(url: string, namespace = 'shop'): string {
  return JSON.stringify({
    apiVersion: 'v1', kind: 'Config', 'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'loopback', user: 'tester', namespace } }],
    clusters: [{ name: 'loopback', cluster: { server: url } }], users: [{ name: 'tester', user: { token: 'very-secret-token' } }],
  });
}

const customKind = ({ spec }: Data): Kind => kind(`${spec.group}/${spec.versions?.[0]?.name ?? 'v1'}`, spec.names.plural, spec.names.kind, spec.scope !== 'Cluster');

/** What the API knows: the objects, by path, and what it was told to do with requests. */
interface State {
  readonly store: Map<string, Data>;
  readonly calls: KubeCall[];
  readonly forbidden: Map<string, 'list' | undefined>;
  readonly hanging: Set<string>;
  refusal: ((body: Data, method: string) => string | undefined) | undefined;
  serial: number;
}

const kindsOf = ({ store }: State): readonly Kind[] => [...BUILT_IN, ...[...store.values()].filter((o) => o['kind'] === 'CustomResourceDefinition').map(customKind)];
const keyOf = (k: Kind, namespace: string | undefined, name: string): string => `${k.group}/${k.plural}/${namespace ?? ''}/${name}`;
const versionOf = (k: Kind): string => (k.group === '' ? k.version : `${k.group}/${k.version}`);
const fullName = (k: Kind): string => (k.group === '' ? k.plural : `${k.plural}.${k.group}`);

/** A request about objects: of which kind, and where. */
interface Asked {
  readonly kind: Kind;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly method: string;
  readonly query: URLSearchParams;
  readonly body: Data | undefined;
  /** The content type, which says how a patch is meant. */
  readonly type: string;
}

/** Reads a request to its end; what it is about is recorded as a call. */
async function received(state: State, request: IncomingMessage): Promise<{ readonly call: KubeCall; readonly protobuf: boolean }> {
  const url = new URL(request.url ?? '/', 'http://api');
  let text = '';
  for await (const chunk of request) text += String(chunk);
  // Typed clients speak protobuf: such a call is recorded, and then refused.
  const protobuf = text.startsWith('k8s\0');
  const body = text === '' ? undefined : protobuf ? { protobuf: text } : (JSON.parse(text) as Data);
  const [, at, bare = ''] = /^\/at\/([\w-]+)(\/.*)$/.exec(url.pathname) ?? [];
  const call: KubeCall = { method: request.method ?? 'GET', path: at === undefined ? url.pathname : bare, query: url.searchParams, body, ...(at === undefined ? {} : { at }) };
  state.calls.push(call);
  return { call, protobuf };
}

const OBJECTS = /^\/(?:api\/(v1)|apis\/([^/]+)\/([^/]+))(?:\/namespaces\/([^/]+)(?=\/[^/]))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/;

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { call, protobuf } = await received(state, request);
  if (protobuf) return send(response, 422, failure(422, 'Invalid', 'protobuf is not spoken here'));
  const found = discovery(kindsOf(state), call.path);
  if (found !== undefined) return send(response, 200, found);
  const match = OBJECTS.exec(call.path);
  const k = match === null ? undefined : kindsOf(state).find((one) => one.group === (match[2] ?? '') && one.plural === match[5]);
  if (match === null || k === undefined) return send(response, 404, failure(404, 'NotFound', 'the server could not find the requested resource'));
  if (state.hanging.has(k.plural)) return;
  const { method, query, body } = call;
  const [code, data] = objects(state, { kind: k, namespace: match[4], name: match[6], method, query, body, type: request.headers['content-type'] ?? '' });
  send(response, code, data);
}

/** What the API answers to a request about objects, after it has done it. */
function objects(state: State, asked: Asked): readonly [code: number, data: unknown] {
  const { kind: k, namespace, name, method, query, body } = asked;
  const only = state.forbidden.get(k.plural);
  if (method === 'GET' && state.forbidden.has(k.plural) && (name === undefined || only !== 'list')) {
    const where = namespace === undefined ? ' at the cluster scope' : ` in the namespace "${namespace}"`;
    const verb = name === undefined ? 'list' : 'get';
    return [403, failure(403, 'Forbidden', `${fullName(k)} is forbidden: User "tester" cannot ${verb} resource "${k.plural}" in API group "${k.group}"${where}`)];
  }
  if (method === 'GET' && name === undefined) return [200, list(state, k, namespace, query)];
  const no = method === 'GET' ? undefined : state.refusal?.(body ?? {}, method);
  return no === undefined ? single(state, asked) : [422, failure(422, 'Invalid', no)];
}

/** A request about one object. */
function single(state: State, { kind: k, namespace, name, method, query, body, type }: Asked): readonly [code: number, data: unknown] {
  const dry = isDry({ query, body });
  const key = keyOf(k, namespace, name ?? body?.['metadata']?.name);
  const stored = state.store.get(key);
  if (method === 'POST') {
    if (stored) return [409, failure(409, 'AlreadyExists', `${fullName(k)} "${body?.['metadata'].name}" already exists`)];
    const added = { uid: `made-${++state.serial}`, resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' };
    const made = { ...body, metadata: { ...body?.['metadata'], ...(namespace === undefined ? {} : { namespace }), ...added } };
    if (!dry) state.store.set(key, made);
    return [201, made];
  }
  if (stored === undefined && method === 'PATCH' && type === 'application/apply-patch+yaml') {
    return [201, { ...body, metadata: { ...body?.['metadata'], namespace, uid: `made-${++state.serial}` } }];
  }
  if (stored === undefined) return [404, failure(404, 'NotFound', `${fullName(k)} "${name ?? ''}" not found`, { name, kind: k.plural, group: k.group })];
  if (method === 'GET') return [200, stored];
  if (method === 'DELETE') {
    if (!dry) state.store.delete(key);
    return [200, { kind: 'Status', apiVersion: 'v1', status: 'Success' }];
  }
  const status = stored['status'] === undefined ? {} : { status: stored['status'] };
  const next = method === 'PUT' ? { ...body, metadata: { ...stored['metadata'], ...body?.['metadata'] }, ...status } : merge(stored, body, type);
  if (!dry) state.store.set(key, next as Data);
  return [200, next];
}

function list({ store }: State, k: Kind, namespace: string | undefined, query: URLSearchParams): Data {
  const prefix = `${k.group}/${k.plural}/${namespace === undefined ? '' : `${namespace}/`}`;
  let items = [...store].filter(([key]) => key.startsWith(prefix)).map(([, o]) => o);
  for (const part of (query.get('labelSelector') ?? '').split(',').filter((p) => p !== '')) {
    const [left = '', right] = part.split(/==?/);
    items = items.filter((o) => (right === undefined ? o['metadata'].labels?.[left] !== undefined : o['metadata'].labels?.[left] === right));
  }
  for (const part of (query.get('fieldSelector') ?? '').split(',').filter((p) => p !== '')) {
    const [left = '', right] = part.split(/==?/);
    items = items.filter((o) => left.split('.').reduce<any>((v, key) => v?.[key], o) === right); // eslint-disable-line @typescript-eslint/no-explicit-any
  }
  const limit = Number(query.get('limit') ?? '0');
  const from = Number(query.get('continue') ?? '0');
  const page = limit > 0 ? items.slice(from, from + limit) : items;
  const more = limit > 0 && from + limit < items.length ? { continue: String(from + limit) } : {};
  return { kind: `${k.kind}List`, apiVersion: versionOf(k), metadata: { resourceVersion: '1', ...more }, items: page };
}

const VERBS = ['get', 'list', 'create', 'update', 'patch', 'delete'];
const SCALE = { name: 'deployments/scale', singularName: '', namespaced: true, group: 'autoscaling', version: 'v1', kind: 'Scale', verbs: ['get', 'patch', 'update'] };

/** The resources of a version of a group, as discovery lists them. */
function resources(kinds: readonly Kind[], group: string, version: string): Data[] {
  return kinds.filter((k) => k.group === group && k.version === version).flatMap((k) => [
    { name: k.plural, singularName: k.kind.toLowerCase(), namespaced: k.namespaced, kind: k.kind, verbs: VERBS, shortNames: k.short, categories: k.categories },
    ...(k.kind === 'Deployment' ? [SCALE] : []),
  ]);
}

/** What the API says of itself; undefined for a path that is about objects. */
function discovery(kinds: readonly Kind[], pathname: string): Data | undefined {
  if (pathname === '/version') return { major: '1', minor: '32', gitVersion: 'v1.32.4' };
  if (pathname === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  const groups = [...new Set(kinds.map((k) => k.group))].filter((g) => g !== '');
  const versions = (g: string): string[] => [...new Set(kinds.filter((k) => k.group === g).map((k) => k.version))];
  if (pathname === '/apis') {
    const each = groups.map((name) => ({ name, versions: versions(name).map((version) => ({ groupVersion: `${name}/${version}`, version })) }));
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: each.map((g) => ({ ...g, preferredVersion: g.versions[0] })) };
  }
  if (pathname === '/api/v1') return { kind: 'APIResourceList', groupVersion: 'v1', resources: resources(kinds, '', 'v1') };
  const [, group, version] = /^\/apis\/([^/]+)\/([^/]+)$/.exec(pathname) ?? [];
  if (group !== undefined && version !== undefined && versions(group).includes(version)) {
    return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: `${group}/${version}`, resources: resources(kinds, group, version) };
  }
  if (pathname === '/openapi/v3') {
    const paths = ['api/v1', ...groups.flatMap((g) => versions(g).map((v) => `apis/${g}/${v}`))];
    return { paths: Object.fromEntries(paths.map((p) => [p, { serverRelativeURL: `/openapi/v3/${p}?hash=1` }])) };
  }
  const schema = /^\/openapi\/v3\/(?:api\/(v1)|apis\/([^/]+)\/([^/]+))$/.exec(pathname);
  return schema === null ? undefined : openapi(kinds, schema[2] ?? '', schema[1] ?? schema[3] ?? '');
}

/** The schema of a version of a group: every object takes any field. */
function openapi(kinds: readonly Kind[], group: string, version: string): Data {
  const own = kinds.filter((k) => k.group === group && k.version === version);
  const id = (k: Kind): Data => ({ group, version, kind: k.kind });
  const parameters = [{ name: 'dryRun', in: 'query' }, { name: 'fieldValidation', in: 'query' }];
  const place = (k: Kind): string => `${group === '' ? '/api/v1' : `/apis/${group}/${version}`}/${k.namespaced ? 'namespaces/{namespace}/' : ''}${k.plural}/{name}`;
  const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return {
    openapi: '3.0.0', info: { title: 'Kubernetes', version: 'v1.32.4' },
    paths: Object.fromEntries(own.map((k) => [place(k), { patch: { 'x-kubernetes-group-version-kind': id(k), parameters } }])),
    components: { schemas: Object.fromEntries(own.map((k) => [`${group}.${version}.${k.kind}`, { ...anything, 'x-kubernetes-group-version-kind': [id(k)] }])) },
  };
}

/** Stores an object as if it had been made long ago. */
function store(state: State, o: Data): void {
  const k = kindsOf(state).find((one) => one.kind === o['kind'] && versionOf(one) === o['apiVersion']);
  if (k === undefined) throw new Error(`the fake API does not know ${o['apiVersion']} ${o['kind']}`);
  const namespace = k.namespaced ? (o['metadata'].namespace ?? 'shop') : undefined;
  const filled = { uid: `uid-${o['kind']}-${namespace ?? ''}-${o['metadata'].name}`, resourceVersion: '1', generation: 1 };
  state.store.set(keyOf(k, namespace, o['metadata'].name), { ...o, metadata: { ...filled, ...o['metadata'], ...(namespace === undefined ? {} : { namespace }) } });
}

export async function startKubeApi(): Promise<KubeApi> {
  const state: State = { store: new Map(), calls: [], forbidden: new Map(), hanging: new Set(), refusal: undefined, serial: 0 };
  const server = createServer((request, response) => {
    answer(state, request, response).catch((error: unknown) => send(response, 500, failure(500, 'InternalError', String(error))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`, calls: state.calls, store: state.store,
    add: (...added) => added.forEach((o) => store(state, o)),
    forbid: (plural, only) => void state.forbidden.set(plural, only),
    hang: (plural) => void state.hanging.add(plural),
    refuse: (match) => { state.refusal = match; },
    reset: () => {
      for (const part of [state.store, state.forbidden, state.hanging]) part.clear();
      state.calls.length = 0;
      state.refusal = undefined;
    },
    writes: () => state.calls.filter((c) => c.method !== 'GET' && !isDry(c)),
    stop: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }),
  };
}

/** Strategic merge as far as kubectl's patches here need it: lists of things with names are merged by name. JSON Patch is applied for add, replace and remove. */
function merge(before: unknown, patch: unknown, type: string): unknown {
  if (type === 'application/json-patch+json') {
    const out = structuredClone(before) as Data;
    for (const { op, path: pointer, value } of patch as { op: string; path: string; value: unknown }[]) {
      const keys = pointer.split('/').slice(1).map((p) => p.replaceAll('~1', '/').replaceAll('~0', '~'));
      const last = keys.pop() ?? '';
      const parent = keys.reduce<Data>((v, key) => (v[key] ??= {}), out);
      if (op === 'remove') delete parent[last];
      else parent[last] = value;
    }
    return out;
  }
  if (Array.isArray(patch) && type.includes('strategic') && patch.every((p) => typeof p === 'object' && p !== null && 'name' in p)) {
    const old = (Array.isArray(before) ? before : []) as Data[];
    const added = (patch as Data[]).filter((p) => !old.some((o) => o['name'] === p['name']));
    return [...old.flatMap((o) => { const mine = (patch as Data[]).find((p) => p['name'] === o['name']); return mine === undefined ? [o] : mine['$patch'] === 'delete' ? [] : [merge(o, mine, type)]; }), ...added];
  }
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const out: Data = typeof before === 'object' && before !== null && !Array.isArray(before) ? { ...(before as Data) } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) continue;
    if (value === null) delete out[key];
    else out[key] = merge(out[key], value, type);
  }
  return out;
}

/** A deletion carries its options in its body, which kubectl sends without a kind. Source: Kubernetes API reference, DeleteOptions. */
const isDry = ({ query, body }: Pick<KubeCall, 'query' | 'body'>): boolean => query.get('dryRun') === 'All' || (body?.['deleteOptions'] ?? body)?.['dryRun']?.[0] === 'All' || /\0*\x03All/.test(body?.['protobuf'] ?? '');

function send(response: ServerResponse, code: number, data: unknown): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(data));
}

const failure = (code: number, reason: string, message: string, details?: object): Data => ({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code, ...(details ? { details } : {}) });

