import type { Effect, Risk, TextRange } from '../../../model';
import { documents, entries, get, items, textOf } from '../../engines/yaml';
import type { Fix, Mark, MarkKind } from '../mark';

interface Thing {
  readonly id: string;
  readonly kind: string;
  readonly node: unknown;
  readonly range: TextRange;
}

/** Kinds that hold data or access, and what goes with them. Source: Kubernetes documentation of each kind, and "Persistent Volumes", "Reclaiming". */
const LOSES: Readonly<Record<string, readonly [Risk, readonly Effect[], string]>> = {
  Namespace: ['critical', ['data-loss', 'outage'], 'everything inside it goes with it, its volume claims too'],
  PersistentVolumeClaim: ['critical', ['data-loss'], 'where the reclaim policy is Delete, its volume and the data go with it'],
  PersistentVolume: ['critical', ['data-loss'], 'where the reclaim policy is Delete, the data goes with it'],
  CustomResourceDefinition: ['critical', ['data-loss', 'outage'], 'every object of that kind goes with it'],
  StatefulSet: ['high', ['outage'], 'its pods stop; its volumes stay unless its retention policy says Delete'],
  Secret: ['high', ['access-loss', 'data-loss'], 'what reads it fails'],
  ConfigMap: ['medium', ['outage'], 'what reads it fails when it starts again'],
  NetworkPolicy: ['high', ['guard-removal'], 'what it kept out can get in'],
  PodDisruptionBudget: ['high', ['guard-removal'], 'nothing keeps enough pods up during a drain'],
  RoleBinding: ['high', ['access-loss'], 'who had access by it loses it'], ClusterRoleBinding: ['high', ['access-loss'], 'who had access by it loses it'], ServiceAccount: ['high', ['access-loss'], 'what runs as it fails'],
};

/** What an edit of Kubernetes manifests would delete, replace, open or strip of a guard. Templates of Helm are read as far as they are YAML. */
export function kubernetesMarks(head: string | undefined, current: string | undefined): Mark[] {
  if (head === undefined || head === current) return current === undefined || head !== undefined ? [] : things(current).flatMap((t) => opened(undefined, t));
  const before = things(head);
  const now = new Map(things(current ?? '').map((t) => [t.id, t]));
  const first = { start: 0, end: Math.max(0, (current ?? '').indexOf('\n')) };
  return before.flatMap((then) => {
    const here = now.get(then.id);
    if (!here) {
      const [risk, effects, why] = LOSES[then.kind] ?? ['high' as Risk, ['outage'] as readonly Effect[], 'what depends on it stops working'];
      return [mark('deleted', then, first, risk, effects, `${then.id} is gone from the file: deleted where the file is applied with pruning or by a delete; ${why}.`, [{ title: `Put ${then.id} back`, edits: [{ range: { start: (current ?? '').length, end: (current ?? '').length }, newText: `${(current ?? '').endsWith('\n') || current === '' ? '' : '\n'}---\n${head.slice(then.range.start, then.range.end)}` }] }])];
    }
    return [...immutable(then, here), ...weaker(then, here), ...opened(then, here)];
  }).concat([...now.values()].filter((t) => !before.some((b) => b.id === t.id)).flatMap((t) => opened(undefined, t)));
}

function things(text: string): Thing[] {
  const plain = /\{\{/.test(text) ? text.replace(/^\s*\{\{[^\n]*\}\}\s*$/gm, (m) => m.replace(/[^\n]/g, ' ')).replace(/\{\{[^}\n]*\}\}/g, (m) => 'x'.padEnd(m.length, 'x')) : text;
  return documents(plain).flatMap((doc) => (get(doc, 'kind') && textOf(get(doc, 'kind')) === 'List' ? items(get(doc, 'items')) : [doc])).flatMap((node) => {
    const kind = textOf(get(node, 'kind'));
    const meta = get(node, 'metadata');
    const range = (node as { range?: [number, number, number] }).range;
    const name = textOf(get(meta, 'name'));
    return kind === undefined || !range || name === undefined ? [] : [{ id: `${kind} ${[textOf(get(meta, 'namespace')), name].filter((p) => p !== undefined).join('/')}`, kind, node, range: { start: range[0], end: range[1] } }];
  });
}

const at = (node: unknown, path: string): unknown => path.split('.').reduce<unknown>((n, key) => get(n, key), node);
const rangeOf = (node: unknown, other: TextRange): TextRange => {
  const range = (node as { range?: [number, number, number] } | undefined)?.range;
  return range ? { start: range[0], end: range[1] } : { start: other.start, end: Math.min(other.end, other.start + 40) };
};
const plainText = (node: unknown): string => (textOf(node) ?? JSON.stringify((node as { toJSON?: () => unknown } | undefined)?.toJSON?.() ?? null));

/** Fields that can't be changed on what stands. Source: Kubernetes API reference, "immutable" fields. */
const IMMUTABLE: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec.selector'], DaemonSet: ['spec.selector'], StatefulSet: ['spec.selector', 'spec.serviceName', 'spec.volumeClaimTemplates', 'spec.podManagementPolicy'], Job: ['spec.selector', 'spec.template'], Service: ['spec.clusterIP'],
  PersistentVolumeClaim: ['spec.storageClassName', 'spec.accessModes', 'spec.volumeName', 'spec.volumeMode'], RoleBinding: ['roleRef'], ClusterRoleBinding: ['roleRef'], StorageClass: ['provisioner', 'parameters', 'reclaimPolicy'],
};

function immutable(then: Thing, now: Thing): Mark[] {
  return (IMMUTABLE[then.kind] ?? []).flatMap((path) => {
    const [a, b] = [at(then.node, path), at(now.node, path)];
    if (a === undefined || plainText(a) === plainText(b)) return [];
    const stored = then.kind === 'PersistentVolumeClaim' || (then.kind === 'StatefulSet' && path.endsWith('volumeClaimTemplates'));
    return [mark('replaced', now, rangeOf(b, now.range), stored ? 'critical' : 'high', stored ? ['data-loss', 'replacement'] : ['replacement', 'outage'], `${now.id}: ${path} can not be changed on what stands: it must be deleted and created again${stored ? ', with its data' : ''}.`)];
  });
}

function weaker(then: Thing, now: Thing): Mark[] {
  const out: Mark[] = [];
  const replicas = textOf(at(now.node, 'spec.replicas'));
  if (replicas === '0' && textOf(at(then.node, 'spec.replicas')) !== '0') out.push(mark('interrupted', now, rangeOf(at(now.node, 'spec.replicas'), now.range), 'high', ['outage'], `${now.id}: no replica is left to answer.`));
  const size = (n: unknown): number => { const m = /^(\d+(?:\.\d+)?)([KMGTP]?)i?$/.exec(textOf(n) ?? ''); return m ? Number(m[1]) * 1024 ** ' KMGTP'.indexOf(m[2] === '' ? ' ' : (m[2] ?? ' ')) : 0; };
  const storage = 'spec.resources.requests.storage';
  if (size(at(now.node, storage)) > 0 && size(at(now.node, storage)) < size(at(then.node, storage))) out.push(mark('replaced', now, rangeOf(at(now.node, storage), now.range), 'critical', ['data-loss', 'replacement'], `${now.id}: a claim can not become smaller: it must be deleted and created again, with its data.`));
  for (const path of ['spec.persistentVolumeReclaimPolicy', 'reclaimPolicy']) if (textOf(at(then.node, path)) === 'Retain' && textOf(at(now.node, path)) !== 'Retain') out.push(mark('guard-removed', now, rangeOf(at(now.node, path), now.range), 'high', ['guard-removal'], `${now.id}: the volume is not kept any more when its claim goes.`));
  if (items(at(then.node, 'metadata.finalizers')).length > 0 && items(at(now.node, 'metadata.finalizers')).length === 0) out.push(mark('guard-removed', now, rangeOf(get(now.node, 'metadata'), now.range), 'high', ['guard-removal'], `${now.id}: without its finalizers it is deleted before it is cleaned up.`));
  const kept = entries(at(then.node, 'metadata.annotations')).filter(([k, v]) => (k === 'helm.sh/resource-policy' && textOf(v) === 'keep') || (/argocd\.argoproj\.io\/sync-options/.test(k) && /Prune=false|Delete=false/.test(textOf(v) ?? '')));
  for (const [key] of kept) if (textOf(get(at(now.node, 'metadata.annotations'), key)) === undefined) out.push(mark('guard-removed', now, rangeOf(get(now.node, 'metadata'), now.range), 'high', ['guard-removal'], `${now.id}: ${key} is gone: it is deleted when it leaves the release.`));
  const prune = 'spec.syncPolicy.automated.prune';
  if (textOf(at(now.node, prune)) === 'true' && textOf(at(then.node, prune)) !== 'true') out.push(mark('guard-removed', now, rangeOf(at(now.node, prune), now.range), 'high', ['guard-removal'], `${now.id}: what leaves git is now deleted from the cluster by itself.`));
  return out;
}

/** What gives more than it did: everybody's rights, and pods that own their node. */
function opened(then: Thing | undefined, now: Thing): Mark[] {
  const out: Mark[] = [];
  if (/RoleBinding$/.test(now.kind)) {
    const admin = textOf(at(now.node, 'roleRef.name')) === 'cluster-admin';
    const everybody = items(get(now.node, 'subjects')).some((s) => /^system:(?:anonymous|unauthenticated|authenticated|serviceaccounts)$/.test(textOf(get(s, 'name')) ?? ''));
    const before = then !== undefined && plainText(get(then.node, 'subjects')) === plainText(get(now.node, 'subjects')) && plainText(get(then.node, 'roleRef')) === plainText(get(now.node, 'roleRef'));
    if (!before && everybody) out.push(mark('exposed', now, rangeOf(get(now.node, 'subjects'), now.range), 'critical', ['exposure'], `${now.id}: everybody gets ${admin ? 'all rights in the cluster' : 'these rights'}.`));
    else if (!before && admin) out.push(mark('exposed', now, rangeOf(get(now.node, 'roleRef'), now.range), 'high', ['exposure'], `${now.id}: gives all rights in the cluster.`));
  }
  const privileged = (t: Thing | undefined): boolean => t !== undefined && /"privileged":true|"hostNetwork":true|"hostPID":true/.test(plainText(at(t.node, 'spec')));
  if (privileged(now) && !privileged(then) && then !== undefined) out.push(mark('exposed', now, rangeOf(get(now.node, 'spec'), now.range), 'high', ['exposure'], `${now.id}: its pods now own their node (privileged, hostNetwork or hostPID).`));
  return out;
}

function mark(kind: MarkKind, thing: Thing, range: TextRange, risk: Risk, effects: readonly Effect[], message: string, fixes: readonly Fix[] = []): Mark {
  const data = effects.includes('data-loss') ? 'lost' : 'none';
  return { range, logicalId: thing.id, type: thing.kind, kind, risk, effects, data, reversibility: { kind: data === 'lost' ? 'irreversible' : 'recoverable' }, message, fixes };
}
