import type { AffectedResource, Downtime } from '../../model';
import { at, items, number, text } from './json';
import { idOf, isCustom, kindOf, type KubeObject } from './objects';
import { claimFate, policyFate, save, type Fated, type Volumes } from './storage';

/** The fields that every row of a Kubernetes object has. */
export function row(object: Pick<KubeObject, 'apiVersion' | 'kind' | 'namespace' | 'name'>): Pick<AffectedResource, 'id' | 'logicalId' | 'type' | 'stack' | 'replacement'> {
  return { id: idOf(object), logicalId: object.name, type: `Kubernetes ${kindOf(object)}`, ...(object.namespace === undefined ? {} : { stack: object.namespace }), replacement: 'no' };
}

/** Kinds whose pods answer requests or do work. */
const WORKLOAD = /^(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController)$/;
export const isWorkload = (object: Pick<KubeObject, 'kind'>): boolean => WORKLOAD.test(object.kind);

/** Kinds that are access for somebody. */
const ACCESS = /^(?:ServiceAccount|Role|ClusterRole|RoleBinding|ClusterRoleBinding)$/;
/** Kinds that protect others; their deletion stops nothing. */
const GUARD = /^(?:PodDisruptionBudget|NetworkPolicy|ResourceQuota|LimitRange|ValidatingWebhookConfiguration|MutatingWebhookConfiguration|ValidatingAdmissionPolicy|ValidatingAdmissionPolicyBinding|HorizontalPodAutoscaler)$/;

/** How many of a workload's pods are ready, in words; undefined where it doesn't count any. */
export function readiness(object: KubeObject): { readonly ready: number; readonly wanted: number } | undefined {
  if (!isWorkload(object)) return undefined;
  const daemon = object.kind === 'DaemonSet';
  const wanted = number(at(object.body, ...(daemon ? ['status', 'desiredNumberScheduled'] : ['spec', 'replicas']))) ?? (daemon ? undefined : 1);
  if (wanted === undefined) return undefined;
  return { wanted, ready: number(at(object.body, 'status', daemon ? 'numberReady' : 'readyReplicas')) ?? 0 };
}

/** Finalizers that only keep the order of a deletion; others wait for a controller. Source: Kubernetes documentation, "Finalizers", "Storage Object in Use Protection". */
const ORDER = new Set(['foregroundDeletion', 'orphan', 'kubernetes.io/pvc-protection', 'kubernetes.io/pv-protection', 'kubernetes']);

function finalizerWords(object: KubeObject): readonly string[] {
  const own = object.finalizers.filter((one) => !ORDER.has(one));
  return [
    ...(object.finalizers.includes('kubernetes.io/pvc-protection') || object.finalizers.includes('kubernetes.io/pv-protection') ? ['The deletion waits until nothing uses it any more (finalizer of storage protection).'] : []),
    ...(own.length === 0 ? [] : [`Its deletion waits for the finalizers ${own.join(', ')}: their controllers clean up first, perhaps outside of the cluster; without them it stays in Terminating.`]),
    ...(object.deleting ? ['It is being deleted already.'] : []),
  ];
}

/** An object that is deleted. @param why the sentences that say why it goes. @param ownerId what brings it back, if something does. */
export function goneRow(object: KubeObject, why: readonly string[], known: Volumes, ownerId: string | undefined): AffectedResource {
  const fate = fateOf(object, known, ownerId);
  const downtime = downtimeOf(object);
  return { ...row(object), action: 'remove', ...fate, ...(downtime === undefined ? {} : { downtime }), because: [...why, ...fate.because, ...finalizerWords(object)] };
}

function downtimeOf(object: KubeObject): Downtime | undefined {
  const pods = readiness(object);
  if (pods !== undefined) return { interrupted: pods.wanted > 0 ? 'yes' : 'no' };
  if (/^(?:Pod|Job|CronJob)$/.test(object.kind) || object.kind === 'Service' || object.kind === 'Ingress' || /Route$/.test(object.kind) || ACCESS.test(object.kind)) return { interrupted: 'yes' };
  if (object.kind === 'ConfigMap' || object.kind === 'Secret') return { interrupted: 'may' };
  return isCustom(object) ? { interrupted: 'unknown' } : undefined;
}

/** What a controller of Kubernetes itself keeps in every namespace. Source: Kubernetes documentation, "Service Accounts", "ConfigMaps" (kube-root-ca.crt), "EndpointSlices", "Leases". */
const OF_THE_CLUSTER = /^(?:ConfigMap\/kube-root-ca\.crt|ConfigMap\/openshift-service-ca\.crt|ServiceAccount\/default|Endpoints\/.*|EndpointSlice\/.*|Lease\/.*|ControllerRevision\/.*)$/;

function fateOf(object: KubeObject, known: Volumes, ownerId: string | undefined): Fated {
  if (object.kind === 'PersistentVolumeClaim') return claimFate(object, known);
  if (object.kind === 'PersistentVolume') {
    const fate = policyFate(object, undefined);
    return fate.outcome === 'retained' ? { ...fate, reversibility: { kind: 'recoverable', how: `The storage stays; only the cluster forgets it. ${save(object)}` } } : fate;
  }
  const base = { outcome: 'lost' as const, data: 'none' as const };
  const volatile = emptyDirs(object);
  if (object.kind === 'Pod') {
    return {
      outcome: 'lost', data: volatile.length > 0 ? 'lost' : 'none',
      reversibility: object.owners.length > 0 ? { kind: 'reversible', how: ownerId === undefined ? `Its ${object.owners[0]?.kind ?? 'owner'} makes a new one.` : `It comes back with ${ownerId}.` } : { kind: 'recoverable', how: save(object) },
      because: [...(volatile.length > 0 ? [`What it stored in emptyDir ${volatile.join(', ')} is lost.`] : []), ...(object.owners.length === 0 ? ['Nothing recreates it: it has no owner.'] : [])],
    };
  }
  if (object.kind === 'Namespace') return { ...base, reversibility: { kind: 'recoverable', how: 'Create it again; what was in it is said at each object.' }, because: ['Everything in it is deleted with it (Kubernetes documentation, "Namespaces").'] };
  if (object.kind === 'CustomResourceDefinition') return { ...base, reversibility: { kind: 'recoverable', how: save(object) }, because: ['Every object of this kind is deleted with it, in every namespace (Kubernetes documentation, "CustomResourceDefinitions").'] };
  if (object.kind === 'Secret') return { outcome: 'lost', data: 'lost', reversibility: { kind: 'irreversible', how: `${save(object)} The file then holds the secret in clear text.` }, because: ['What is stored in it is lost.'] };
  if (OF_THE_CLUSTER.test(`${object.kind}/${object.name}`)) return { ...base, reversibility: { kind: 'reversible', how: 'The cluster makes it again by itself.' }, because: [] };
  if (object.kind === 'ConfigMap') return { outcome: 'lost', data: 'lost', reversibility: { kind: 'recoverable', how: save(object) }, because: ['What is stored in it is lost unless its manifest is kept somewhere.'] };
  if (ownerId !== undefined && !isCustom(object)) return { ...base, reversibility: { kind: 'reversible', how: `It comes back with ${ownerId}.` }, because: [...podWords(object), ...events(object)] };
  if (isCustom(object)) {
    return { outcome: 'lost', data: 'unknown', reversibility: { kind: 'unknown', how: `Ask the owner of ${object.apiVersion} what its controller deletes. ${save(object)}` }, because: ['It is a custom object: its controller may delete what it stands for, also outside of the cluster.'] };
  }
  return { ...base, reversibility: { kind: 'recoverable', how: save(object) }, because: [...podWords(object), ...events(object)] };
}

function events(object: KubeObject): readonly string[] {
  if (ACCESS.test(object.kind)) return ['Who relies on it loses access.'];
  if (GUARD.test(object.kind)) return ['What it guards is unguarded from then on.'];
  if (object.kind === 'Service') {
    return text(at(object.body, 'spec', 'type')) === 'LoadBalancer' ? ['Its load balancer is deleted with it, and with that its address.'] : ['Its name and address answer no more.'];
  }
  if (object.kind === 'CronJob') return ['It does not run any more.'];
  if (object.kind === 'Job') return ['What it is doing is stopped.'];
  return object.kind === 'Node' ? ['The pods on it are deleted; a machine that still runs registers itself again.'] : [];
}

function podWords(object: KubeObject): readonly string[] {
  const pods = readiness(object);
  return pods === undefined ? [] : [pods.wanted === 0 ? 'It has no replicas.' : `${pods.ready} of ${pods.wanted} ${pods.wanted === 1 ? 'replica is' : 'replicas are'} ready now; none is left.`];
}

/** The names of a pod's volumes that live and die with it. Source: Kubernetes documentation, "Volumes", "emptyDir". */
export function emptyDirs(object: KubeObject): readonly string[] {
  return items(at(object.body, 'spec', 'volumes')).flatMap((volume) => {
    const name = text(at(volume, 'name'));
    return name !== undefined && at(volume, 'emptyDir') !== undefined ? [name] : [];
  });
}

/** Kinds that a controller that stays makes anew at once. Source: Kubernetes documentation, "Controllers", "EndpointSlices". */
const REMADE = /^(?:Pod|ReplicaSet|EndpointSlice|Endpoints)$/;

/** An object that is deleted while its controller stays and makes another. Undefined for a kind of which nothing is made again. */
export function remadeRow(object: KubeObject, why: readonly string[], owner: KubeObject): AffectedResource | undefined {
  if (!REMADE.test(object.kind) || /^(?:CronJob|Job|Node)$/.test(owner.kind)) return undefined;
  const volatile = object.kind === 'Pod' ? emptyDirs(object) : [];
  return {
    ...row(object), action: 'remove', replacement: 'yes', outcome: volatile.length > 0 ? 'lost' : 'replaced', data: volatile.length > 0 ? 'lost' : 'none',
    reversibility: volatile.length > 0 ? { kind: 'irreversible', how: `${owner.kind} ${owner.name} makes a new one, without what was stored. Copy it first: kubectl cp ${object.namespace ?? ''}/${object.name}:<path> <file>` } : { kind: 'reversible', how: `${owner.kind} ${owner.name} makes a new one.` },
    downtime: { interrupted: object.kind === 'Pod' ? 'yes' : 'may', order: 'delete-first' },
    because: [...why, `${owner.kind} ${owner.name} stays and makes a new one.`, ...(volatile.length > 0 ? [`What it stored in emptyDir ${volatile.join(', ')} is lost.`] : []), ...finalizerWords(object)],
  };
}

/** An object that stays without the owner that it had. */
export function orphanRow(object: KubeObject): AffectedResource {
  return {
    ...row(object), action: 'forget', outcome: 'retained', data: object.kind === 'PersistentVolumeClaim' ? 'kept' : 'none', downtime: { interrupted: 'no' },
    reversibility: { kind: 'recoverable', how: 'Create its owner again with the same selector: it adopts what matches.' },
    because: ['--cascade=orphan leaves it: it goes on without an owner, and nothing recreates or updates it (Kubernetes documentation, "Use Cascading Deletion").'],
  };
}

/** A dependent that stays. */
export function dependentRow(object: KubeObject, interrupted: Downtime['interrupted'], because: readonly string[]): AffectedResource {
  const hurt = interrupted === 'yes' || interrupted === 'may';
  return {
    ...row(object), action: 'none', outcome: hurt ? 'interrupted' : 'unchanged', data: object.kind.startsWith('PersistentVolume') ? 'kept' : 'none', downtime: { interrupted },
    reversibility: { kind: 'reversible', how: 'It is not changed itself: bring back what it needs.' }, because,
  };
}
