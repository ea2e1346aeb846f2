import type { AffectedResource, Dependency, Evidence, Unknown } from '../../model';
import { dependentRow, emptyDirs, row } from './affected';
import { cascade } from './cascade';
import { dependentsOf } from './dependents';
import { impactOf } from './impact';
import { at, number } from './json';
import type { Kubectl } from './kubectl';
import { idOf, type KubeObject } from './objects';
import { joined, listTypes } from './reads';
import { claimIndex, claimPolicy, claimsOf } from './storage';
import { usesOf } from './uses';

/** What else happens when workloads are left without a pod. */
export interface Outage {
  readonly resources: readonly AffectedResource[];
  readonly dependencies: readonly Dependency[];
  readonly unknowns: readonly Unknown[];
  readonly evidence: readonly Evidence[];
  readonly fingerprints: readonly string[];
}

const NEEDS_PODS = ['pods', 'replicasets.apps', 'services', 'persistentvolumeclaims', 'ingresses.networking.k8s.io', 'poddisruptionbudgets.policy', 'horizontalpodautoscalers.autoscaling'];

/**
 * Who notices that workloads have no pods any more: their pods, the services in front of them and what sends traffic there,
 * and the claims of StatefulSets that are deleted on scaling. @throws PreviewError when the cluster can't be reached.
 */
export async function outageOf(kubectl: Kubectl, workloads: readonly KubeObject[]): Promise<Outage> {
  if (workloads.length === 0) return { resources: [], dependencies: [], unknowns: [], evidence: [], fingerprints: [] };
  kubectl.progress('Reading who needs the pods that are stopped');
  const namespaces = [...new Set(workloads.flatMap((one) => one.namespace ?? []))];
  const read = joined(await Promise.all(namespaces.length > 8 ? [listTypes(kubectl, NEEDS_PODS, 'all')] : namespaces.map((namespace) => listTypes(kubectl, NEEDS_PODS, { namespace }))));
  const known = new Map([...read.objects, ...workloads].map((object) => [idOf(object), object]));
  const all = [...known.values()];
  const walked = cascade(all, workloads, false);
  const stopped = new Map([...walked.gone].filter(([, object]) => object.kind === 'Pod'));
  const gone = new Map([...stopped, ...workloads.map((object) => [idOf(object), object] as const)]);
  const dependents = dependentsOf(all, gone, new Map([...stopped.keys()].flatMap((id) => { const above = workloadAbove(id, walked.ownerOf); return above === undefined ? [] : [[id, above] as const]; })), 'which has no pods left');
  const rows = new Map<string, AffectedResource>();
  for (const [id, pod] of stopped) {
    const volatile = emptyDirs(pod);
    rows.set(id, {
      ...row(pod), action: 'remove', outcome: 'lost', data: volatile.length > 0 ? 'lost' : 'none', downtime: { interrupted: 'yes' },
      reversibility: { kind: volatile.length > 0 ? 'irreversible' : 'reversible', how: 'A new pod is made when the replicas are set again.' },
      because: ['Its workload is set to 0 replicas.', ...(volatile.length > 0 ? [`What it stored in emptyDir ${volatile.join(', ')} is lost.`] : [])],
    });
  }
  for (const one of dependents.resources) rows.set(one.id, one);
  // A service without pods passes the outage on to what sends traffic to it.
  const silent = new Map(dependents.resources.filter((one) => one.downtime?.interrupted === 'yes').map((one) => [one.id, one.logicalId]));
  const edges: Dependency[] = [];
  for (const object of all) {
    for (const use of object.kind === 'Ingress' ? usesOf(object) : []) {
      const to = `${use.namespace ?? ''}/${use.kind}/${use.name}`;
      if (use.kind !== 'Service' || !silent.has(to)) continue;
      rows.set(idOf(object), dependentRow(object, 'yes', [`Its service ${use.name} has no pods left.`]));
      edges.push({ from: idOf(object), to, kind: use.why, detail: use.detail });
    }
  }
  const index = claimIndex(all);
  const claims = workloads.filter((set) => set.kind === 'StatefulSet' && claimPolicy(set, 'whenScaled') === 'Delete').flatMap((set) => claimsOf(set, index));
  const lost = claims.length === 0 ? undefined : await impactOf(kubectl, { orphan: false, doomed: claims.map((ref) => ({ ref, why: 'The StatefulSet\'s persistentVolumeClaimRetentionPolicy.whenScaled is Delete.' })) });
  const shown = new Set([...rows.keys(), ...workloads.map(idOf)]);
  return {
    resources: [...rows.values(), ...(lost?.resources ?? []).filter((one) => !shown.has(one.id))],
    dependencies: [...dependents.dependencies, ...edges, ...(lost?.dependencies ?? []).filter((d) => shown.has(d.from) || lost?.resources.some((one) => one.id === d.from))],
    unknowns: [...read.unknowns, ...(lost?.unknowns ?? [])],
    evidence: [{ what: 'who needs the pods', from: `kubectl get ${NEEDS_PODS.join(',')} in ${namespaces.join(', ')}` }, ...(lost?.evidence ?? [])],
    fingerprints: lost?.fingerprints ?? [],
  };
}

/** A StatefulSet that gets fewer pods, but not none. */
export interface Shrunk {
  readonly set: KubeObject;
  readonly replicas: number;
}

/**
 * The claims that go when a StatefulSet gets fewer pods: those of its last pods, where its policy says Delete.
 * Source: Kubernetes documentation, "StatefulSets", "PersistentVolumeClaim retention" and "Ordinals".
 */
export async function claimsOfShrunk(kubectl: Kubectl, shrunk: readonly Shrunk[]): Promise<Outage> {
  const deleting = shrunk.filter(({ set }) => set.kind === 'StatefulSet' && claimPolicy(set, 'whenScaled') === 'Delete');
  if (deleting.length === 0) return { resources: [], dependencies: [], unknowns: [], evidence: [], fingerprints: [] };
  const read = joined(await Promise.all([...new Set(deleting.flatMap(({ set }) => set.namespace ?? []))].map((namespace) => listTypes(kubectl, ['persistentvolumeclaims'], { namespace }))));
  const index = claimIndex(read.objects);
  const claims = deleting.flatMap(({ set, replicas }) => {
    const end = (number(at(set.body, 'spec', 'ordinals', 'start')) ?? 0) + replicas;
    return claimsOf(set, index).filter((claim) => Number(/-(\d+)$/.exec(claim.name)?.[1] ?? '-1') >= end);
  });
  const lost = await impactOf(kubectl, { orphan: false, doomed: claims.map((ref) => ({ ref, why: 'The StatefulSet gets fewer pods, and its persistentVolumeClaimRetentionPolicy.whenScaled is Delete.' })) });
  // The set itself is told by its own row.
  const sets = new Set(deleting.map(({ set }) => idOf(set)));
  return { ...lost, resources: lost.resources.filter((one) => !sets.has(one.id)), unknowns: [...read.unknowns, ...lost.unknowns] };
}

/** Both as one. */
export function together(a: Outage, b: Outage): Outage {
  return { resources: [...a.resources, ...b.resources], dependencies: [...a.dependencies, ...b.dependencies], unknowns: [...a.unknowns, ...b.unknowns], evidence: [...a.evidence, ...b.evidence], fingerprints: [...a.fingerprints, ...b.fingerprints] };
}

/** The topmost deleted owner of a pod, over its ReplicaSet. */
function workloadAbove(id: string, ownerOf: ReadonlyMap<string, string>): string | undefined {
  let here = ownerOf.get(id);
  for (let i = 0; here !== undefined && ownerOf.has(here) && i < 20; i += 1) here = ownerOf.get(here);
  return here;
}
