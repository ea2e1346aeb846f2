import { eachOnce, notKnown, type Unknown } from '../../model';
import type { Kubectl } from './kubectl';
import { readObjects, ownersOf, resourceArg, type KubeObject } from './objects';
import { kubectlWords } from './words';

/** What a read gave, and what it could not give. */
export interface Read {
  readonly objects: readonly KubeObject[];
  readonly unknowns: readonly Unknown[];
  /** What the cluster said to the first read that it refused. */
  readonly refused?: string;
}

/** The reads that were made, for the evidence: "kubectl get … " and what it told. */
const SECRETS = /^secrets?$/;
/** Of no weight for what is lost: they tell what was, or are measured anew. Source: Kubernetes documentation, "Events", "Resource metrics pipeline". */
const LEFT_OUT = /^(?:events(?:\.events\.k8s\.io)?|.*\.(?:custom\.|external\.)?metrics\.k8s\.io|.*\.packages\.operators\.coreos\.com)$/;
/** Words in one command line; the system's limit is far beyond it. */
const NAMES_AT_ONCE = 200;
const TYPES_AT_ONCE = 40;
const AT_ONCE = 4;

/** The scope of a list: one namespace, all of them, or what is in none. */
export type Scope = { readonly namespace: string } | 'all' | 'cluster';

const scopeArgs = (scope: Scope): readonly string[] => (scope === 'cluster' ? [] : scope === 'all' ? ['--all-namespaces'] : [`--namespace=${scope.namespace}`]);
const scopeWords = (scope: Scope): string => (scope === 'cluster' ? 'outside of namespaces' : scope === 'all' ? 'in any namespace' : `in namespace ${scope.namespace}`);

/** Every type that can be listed. Types of an API that does not answer are said as unknown. */
export async function listableTypes(kubectl: Kubectl, namespaced: boolean): Promise<{ readonly types: readonly string[]; readonly unknowns: readonly Unknown[] }> {
  const answer = await kubectl.run('api-resources', ['--verbs=list', `--namespaced=${String(namespaced)}`, '-o=name']);
  const types = [...new Set(answer.stdout.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !LEFT_OUT.test(line)))];
  return {
    types,
    unknowns: answer.code === 0 ? [] : [notKnown('state', 'the cluster', `Not every type of object is known: ${kubectlWords(answer, 300)}. Look with 'kubectl api-resources' which API does not answer; objects of its types are not shown.`)],
  };
}

/**
 * Every object of some types. Secrets are read without their values.
 * A type that can't be read becomes an unknown and takes no other with it.
 */
export async function listTypes(kubectl: Kubectl, types: readonly string[], scope: Scope): Promise<Read> {
  const secrets = types.filter((type) => SECRETS.test(type));
  const others = types.filter((type) => !SECRETS.test(type));
  const groups: string[][] = [];
  for (let i = 0; i < others.length; i += TYPES_AT_ONCE) groups.push(others.slice(i, i + TYPES_AT_ONCE));
  const parts = await inTurn([...groups.map((group) => () => listTogether(kubectl, group, scope)), ...secrets.map(() => () => listSecrets(kubectl, scope))]);
  return grouped(joined(parts), scope);
}

/** Beyond this, types that can't be read are told in one sentence. */
const TOLD_APART = 5;

function grouped(read: Read, scope: Scope): Read {
  if (read.unknowns.length <= TOLD_APART) return read;
  const types = read.unknowns.map((one) => one.subject);
  const why = read.refused ?? 'refused';
  return { ...read, unknowns: [notKnown('state', 'the cluster', `${types.length} types of objects ${scopeWords(scope)} can't be read (${types.slice(0, 12).join(', ')}${types.length > 12 ? ' …' : ''}; the first says: ${why}). Ask for the right to list them, or look yourself before you approve.`)] };
}

/** One call for many types; when any of them fails, each by itself, so that it is certain which. */
async function listTogether(kubectl: Kubectl, types: readonly string[], scope: Scope): Promise<Read> {
  const answer = await kubectl.run('get', [types.join(','), ...scopeArgs(scope), '-o=json']);
  if (answer.code === 0) return { objects: readObjects(answer.stdout), unknowns: [] };
  if (types.length > 1) return joined(await inTurn(types.map((type) => () => listTogether(kubectl, [type], scope))));
  return { objects: [], ...cantRead(types[0] ?? '', scope, kubectlWords(answer, 300)) };
}

/** jsonpath leaves the values in kubectl. */
const SECRET_FIELDS = ['name', 'namespace', 'uid', 'ownerReferences', 'finalizers', 'deletionTimestamp'].map((name) => `{.metadata.${name}}`).join('{"\\t"}');

async function listSecrets(kubectl: Kubectl, scope: Scope): Promise<Read> {
  const answer = await kubectl.run('get', ['secrets', ...scopeArgs(scope), `-o=jsonpath={range .items[*]}${SECRET_FIELDS}{"\\n"}{end}`]);
  if (answer.code !== 0) return { objects: [], ...cantRead('secrets', scope, kubectlWords(answer, 300)) };
  return {
    unknowns: [],
    objects: answer.stdout.split('\n').filter((line) => line !== '').map((line): KubeObject => {
      const [name = '', namespace = '', uid = '', owners = '', finalizers = '', deleting = ''] = line.split('\t');
      return {
        apiVersion: 'v1', kind: 'Secret', name, namespace, uid: uid === '' ? undefined : uid, labels: {}, annotations: {}, body: {},
        owners: ownersOf(parsed(owners)), finalizers: (Array.isArray(parsed(finalizers)) ? (parsed(finalizers) as unknown[]) : []).map(String), deleting: deleting !== '',
      };
    }),
  };
}

function parsed(json: string): unknown {
  try {
    return json === '' ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** A name of an object, and the type by which kubectl finds it. */
export type Ref = Pick<KubeObject, 'apiVersion' | 'kind' | 'namespace' | 'name'>;

/** Reads objects by name; one that is not there is left out. Secrets keep only digests of their values. */
export async function readByName(kubectl: Kubectl, refs: readonly Ref[]): Promise<Read> {
  const groups = new Map<string, Ref[]>();
  for (const ref of refs) {
    const key = `${ref.apiVersion} ${ref.kind} ${ref.namespace ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [ref]);
    else group.push(ref);
  }
  const calls: (() => Promise<Read>)[] = [];
  for (const group of groups.values()) {
    for (let i = 0; i < group.length; i += NAMES_AT_ONCE) calls.push(() => readGroup(kubectl, group.slice(i, i + NAMES_AT_ONCE)));
  }
  return joined(await inTurn(calls));
}

async function readGroup(kubectl: Kubectl, refs: readonly Ref[]): Promise<Read> {
  const first = refs[0];
  if (first === undefined) return { objects: [], unknowns: [] };
  const scope: Scope = first.namespace === undefined ? 'cluster' : { namespace: first.namespace };
  const answer = await kubectl.run('get', [resourceArg(first), ...new Set(refs.map((ref) => ref.name)), ...scopeArgs(scope), '--ignore-not-found', '-o=json']);
  const told = answer.code === 0 ? { unknowns: [] } : cantRead(`${first.kind} ${refs.map((ref) => ref.name).slice(0, 3).join(', ')}`, scope, kubectlWords(answer, 300));
  try {
    return { objects: readObjects(answer.stdout), ...told };
  } catch {
    return { objects: [], ...(told.unknowns.length > 0 ? told : cantRead(first.kind, scope, 'kubectl did not answer with JSON')) };
  }
}

function cantRead(what: string, scope: Scope, why: string): Pick<Read, 'unknowns' | 'refused'> {
  return { unknowns: [notKnown('state', what, `${what} ${scopeWords(scope)} can't be read (${why}). Ask for the right to list them, or look yourself before you approve.`)], refused: why };
}

/** Several reads as one. */
export function joined(parts: readonly Read[]): Read {
  const refused = parts.find((part) => part.refused !== undefined)?.refused;
  return { objects: parts.flatMap((part) => part.objects), unknowns: eachOnce(parts.flatMap((part) => part.unknowns)), ...(refused === undefined ? {} : { refused }) };
}

/** Runs calls a few at a time, so that a large cluster is not asked for everything at once. The results keep their order. */
export async function inTurn<T>(calls: readonly (() => Promise<T>)[]): Promise<T[]> {
  const out: T[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < calls.length) {
      const mine = next;
      next += 1;
      const call = calls[mine];
      if (call !== undefined) out[mine] = await call();
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, calls.length) }, work));
  return out;
}
