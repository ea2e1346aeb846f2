import { notKnown, type AffectedResource, type Dependency, type Evidence, type Unknown } from '../../model';
import { goneRow, orphanRow, remadeRow, row } from './affected';
import { byUid, cascade } from './cascade';
import { dependentsOf } from './dependents';
import { at, text } from './json';
import type { Kubectl } from './kubectl';
import { fingerprintOf, idOf, type KubeObject } from './objects';
import { listableTypes, listTypes, joined, readByName, type Read, type Ref, type Scope } from './reads';
import { claimIndex, claimPolicy, claimsOf, policyFate, save, snapshotsOf, type Volumes } from './storage';

/** What a deletion takes with it, and who notices. */
export interface Impact {
  readonly resources: readonly AffectedResource[];
  readonly dependencies: readonly Dependency[];
  readonly unknowns: readonly Unknown[];
  readonly warnings: readonly string[];
  readonly evidence: readonly Evidence[];
  /** What must still be the same when the command runs. */
  readonly fingerprints: readonly string[];
}

/** An object that is deleted, and why. */
export interface Doomed {
  readonly ref: Ref;
  readonly why: string;
}

export interface Deletion {
  readonly doomed: readonly Doomed[];
  readonly orphan: boolean;
}

/** With more namespaces than this, one list of all is less work for the API. */
const MANY_NAMESPACES = 8;
/** Cluster-wide kinds that own nothing. Source: Kubernetes API reference. */
const OWNS_NOTHING = /^(?:Namespace|PersistentVolume|StorageClass|ClusterRole|ClusterRoleBinding|PriorityClass|IngressClass|RuntimeClass|CSIDriver|ValidatingWebhookConfiguration|MutatingWebhookConfiguration|APIService|CustomResourceDefinition|Node)$/;

/**
 * Reads everything that a deletion touches: what the targets own, what is in their namespaces, the volumes behind claims,
 * and who needs any of it. @throws PreviewError when the cluster can't be reached.
 */
export async function impactOf(kubectl: Kubectl, { doomed, orphan }: Deletion): Promise<Impact> {
  const why = new Map<string, string[]>();
  const because = (object: Ref, sentence: string): void => {
    const known = why.get(idOf(object));
    if (known === undefined) why.set(idOf(object), [sentence]);
    else if (!known.includes(sentence)) known.push(sentence);
  };
  for (const { ref, why: sentence } of doomed) because(ref, sentence);

  kubectl.progress(`Reading ${doomed.length === 1 ? 'what would be deleted' : `the ${doomed.length} objects that would be deleted`}`);
  const clusterWide = await readByName(kubectl, doomed.flatMap(({ ref }) => (ref.namespace === undefined ? [ref] : [])));
  const own = await customObjects(kubectl, clusterWide.objects, because);
  const onNodes = await podsOnNodes(kubectl, clusterWide.objects, because);
  const around = await readAround(kubectl, doomed, [...clusterWide.objects, ...own.objects, ...onNodes.objects]);
  const first = joined([clusterWide, own, onNodes, around.read]);
  const known = new Map(first.objects.map((object) => [idOf(object), object]));
  const all = [...known.values()];

  const namespaces = new Set(doomed.flatMap(({ ref }) => (ref.kind === 'Namespace' ? [ref.name] : [])));
  for (const object of all) if (object.namespace !== undefined && namespaces.has(object.namespace)) because(object, `It is in namespace ${object.namespace}, which is deleted.`);
  // A target that could not be read whole is still a target.
  const bare = doomed.flatMap(({ ref }) => (known.has(idOf(ref)) ? [] : [bareObject(ref)]));
  const unread = new Set(bare.map(idOf));
  const inside = all.filter((object) => why.has(idOf(object)));
  // An orphaning deletion of a namespace or a definition empties it all the same.
  const walked = cascade(all, [...inside, ...bare], orphan && namespaces.size === 0 && own.objects.length === 0);
  const gone = new Map(walked.gone);
  claimsOfSets(all, gone, because);

  const volumes = await readVolumes(kubectl, [...gone.values()], around.types);
  const vanishing = new Map(gone);
  for (const volume of volumes.known.volumes.values()) if (text(at(volume.body, 'spec', 'persistentVolumeReclaimPolicy')) !== 'Retain') vanishing.set(idOf(volume), volume);
  const watchers = await readWatchers(kubectl, [...gone.values()]);
  const everything = [...all, ...watchers.objects, ...volumes.known.volumes.values()];
  const uids = byUid(everything);
  const snapshots = around.types.some((type) => type.startsWith('volumesnapshots.')) ? snapshotsOf(all) : undefined;
  const stored: Volumes = { ...volumes.known, snapshots };

  const rows = new Map<string, AffectedResource>();
  for (const [id, object] of gone) {
    const owner = walked.ownerOf.get(id);
    const reasons = why.get(id) ?? [`It belongs to ${owner ?? 'what is deleted'} (owner reference).`, ...(walked.doubtful.has(id) ? ['Another owner that it names was not found; if that one still stands, it stays.'] : [])];
    if (unread.has(id)) {
      rows.set(id, unreadRow(object, reasons));
      continue;
    }
    const standing = object.owners.flatMap((one) => uids.get(one.uid) ?? []).find((one) => !gone.has(idOf(one)));
    rows.set(id, (standing === undefined ? undefined : remadeRow(object, reasons, standing)) ?? goneRow(object, reasons, stored, owner ?? ownerAmong(object, gone, uids)));
  }
  for (const volume of stored.volumes.values()) {
    if (rows.has(idOf(volume))) continue;
    rows.set(idOf(volume), volumeRow(volume));
  }
  for (const [id, object] of walked.orphaned) if (!rows.has(id)) rows.set(id, orphanRow(object));
  for (const claim of keptClaims(all, gone)) rows.set(idOf(claim), keptClaimRow(claim));
  const owners = new Map([...walked.ownerOf, ...[...gone].flatMap(([id, object]) => { const above = ownerAmong(object, gone, uids); return above === undefined ? [] : [[id, above] as const]; })]);
  const dependents = dependentsOf(everything, vanishing, owners);
  const volumeEdges = new Map(dependents.dependencies.filter((edge) => edge.kind === 'volume').map((edge) => [edge.from, edge.to]));
  for (const one of dependents.resources) if (!rows.has(one.id)) rows.set(one.id, withVolume(one, rows, volumeEdges));
  const placed = placeEdges(gone, owners, namespaces);
  const orphanEdges = [...walked.orphaned.values()].flatMap((object) => object.owners.flatMap((owner) => { const above = uids.get(owner.uid); return above === undefined || !gone.has(idOf(above)) ? [] : [{ from: idOf(object), to: idOf(above), kind: 'owner' as const, detail: 'metadata.ownerReferences' }]; }));
  return {
    resources: [...rows.values()],
    dependencies: [...dependents.dependencies.filter((d) => rows.has(d.from) && rows.has(d.to)), ...placed, ...orphanEdges],
    unknowns: [...bare.map((object) => notKnown('state', idOf(object), `${idOf(object)} would be deleted, but it can't be read. Look at it with kubectl get before you approve.`)), ...first.unknowns, ...around.unknowns, ...volumes.unknowns, ...watchers.unknowns],
    warnings: [],
    evidence: [
      { what: 'what is deleted, what it owns and who needs it', from: `kubectl api-resources and kubectl get of ${around.types.length} types, without events and metrics, just now` },
      ...(stored.volumes.size > 0 ? [{ what: 'what becomes of the volumes', from: 'kubectl get pv, spec.persistentVolumeReclaimPolicy' }] : []),
    ],
    fingerprints: settled([...gone.values(), ...stored.volumes.values()], gone, uids),
  };
}

/** What a controller makes anew all the time is not compared, nor what the namespace's own machinery keeps. */
function settled(objects: readonly KubeObject[], gone: ReadonlyMap<string, KubeObject>, uids: ReadonlyMap<string, KubeObject>): readonly string[] {
  return objects.filter((object) => object.kind === 'PersistentVolumeClaim' || ownerAmong(object, gone, uids) === undefined).map(fingerprintOf).sort();
}

function ownerAmong(object: KubeObject, gone: ReadonlyMap<string, KubeObject>, uids: ReadonlyMap<string, KubeObject>): string | undefined {
  for (const owner of object.owners) {
    const above = uids.get(owner.uid);
    if (above !== undefined && gone.has(idOf(above))) return idOf(above);
  }
  return undefined;
}

/** The volume behind a claim that is deleted: with Retain it stays, and so does its object. */
function volumeRow(volume: KubeObject): AffectedResource {
  const fate = policyFate(volume, undefined);
  return { ...row(volume), action: fate.outcome === 'retained' ? 'forget' : fate.outcome === 'lost' ? 'remove' : 'unknown', ...fate, because: [`Its claim ${text(at(volume.body, 'spec', 'claimRef', 'name')) ?? ''} is deleted.`, ...fate.because] };
}

/** A claim whose volume goes holds what becomes of the volume, not more. */
function withVolume(dependent: AffectedResource, rows: ReadonlyMap<string, AffectedResource>, volumeOf: ReadonlyMap<string, string>): AffectedResource {
  if (!dependent.type.endsWith(' PersistentVolumeClaim')) return dependent;
  const volume = rows.get(volumeOf.get(dependent.id) ?? '');
  return volume === undefined ? dependent : { ...dependent, data: volume.data, reversibility: volume.reversibility, because: [...dependent.because, 'The volume goes for good when this claim is deleted, too (finalizer of storage protection).'] };
}

/** A target of which only the name is known: nothing is said of what it holds. */
function unreadRow(object: KubeObject, because: readonly string[]): AffectedResource {
  return {
    ...row(object), action: 'remove', outcome: 'unknown', data: 'unknown', reversibility: { kind: 'unknown', how: save(object) },
    because: [...because, 'It could not be read, so what it holds and what goes with it is not known.'],
  };
}

const bareObject = (ref: Ref): KubeObject => ({ ...ref, uid: undefined, labels: {}, annotations: {}, finalizers: [], owners: [], deleting: false, body: {} });

/** Every object of the kinds that a deleted definition defines. */
async function customObjects(kubectl: Kubectl, objects: readonly KubeObject[], because: (object: Ref, sentence: string) => void): Promise<Read> {
  const parts = await Promise.all(objects.filter((object) => object.kind === 'CustomResourceDefinition').map(async (definition): Promise<Read> => {
    const [plural, group] = [text(at(definition.body, 'spec', 'names', 'plural')), text(at(definition.body, 'spec', 'group'))];
    if (plural === undefined || group === undefined) return { objects: [], unknowns: [notKnown('state', definition.name, `Which kind ${definition.name} defines can't be read. Look at it with 'kubectl get crd ${definition.name} -o yaml'.`)] };
    kubectl.progress(`Reading every ${plural}.${group}`);
    const read = await listTypes(kubectl, [`${plural}.${group}`], at(definition.body, 'spec', 'scope') === 'Cluster' ? 'cluster' : 'all');
    for (const object of read.objects) because(object, `Its kind is deleted with ${definition.name}.`);
    return read;
  }));
  return joined(parts);
}

async function podsOnNodes(kubectl: Kubectl, objects: readonly KubeObject[], because: (object: Ref, sentence: string) => void): Promise<Read> {
  const nodes = new Set(objects.flatMap((object) => (object.kind === 'Node' ? [object.name] : [])));
  if (nodes.size === 0) return { objects: [], unknowns: [] };
  const read = await listTypes(kubectl, ['pods', 'replicasets.apps', 'deployments.apps', 'statefulsets.apps', 'daemonsets.apps'], 'all');
  for (const pod of read.objects) if (pod.kind === 'Pod' && nodes.has(text(at(pod.body, 'spec', 'nodeName')) ?? '')) because(pod, `It runs on node ${text(at(pod.body, 'spec', 'nodeName')) ?? ''}, which is deleted (Kubernetes documentation, "Nodes").`);
  return read;
}

/** Everything in the namespaces that are touched. */
async function readAround(kubectl: Kubectl, doomed: readonly Doomed[], found: readonly KubeObject[]): Promise<{ readonly read: Read; readonly types: readonly string[]; readonly unknowns: readonly Unknown[] }> {
  const names = new Set([...doomed.flatMap(({ ref }) => ref.namespace ?? (ref.kind === 'Namespace' ? [ref.name] : [])), ...found.flatMap((object) => object.namespace ?? [])]);
  const wide = doomed.some(({ ref }) => ref.namespace === undefined && !OWNS_NOTHING.test(ref.kind));
  if (names.size === 0 && !wide) return { read: { objects: [], unknowns: [] }, types: [], unknowns: [] };
  const scopes: readonly Scope[] = wide || names.size > MANY_NAMESPACES ? ['all'] : [...names].map((namespace) => ({ namespace }));
  const { types, unknowns } = await listableTypes(kubectl, true);
  const parts: Read[] = [];
  for (const scope of scopes) {
    kubectl.progress(`Reading ${types.length} types of objects ${typeof scope === 'string' ? 'in all namespaces' : `in namespace ${scope.namespace}`}`);
    parts.push(await listTypes(kubectl, types, scope));
  }
  if (!wide) return { read: joined(parts), types, unknowns };
  const above = await listableTypes(kubectl, false);
  parts.push(await listTypes(kubectl, above.types, 'cluster'));
  return { read: joined(parts), types: [...types, ...above.types], unknowns: [...unknowns, ...above.unknowns] };
}

/** A StatefulSet whose policy says so takes its claims with it, whether or not they carry its owner reference yet. */
function claimsOfSets(all: readonly KubeObject[], gone: Map<string, KubeObject>, because: (object: Ref, sentence: string) => void): void {
  const claims = claimIndex(all);
  for (const set of [...gone.values()].filter((object) => object.kind === 'StatefulSet' && claimPolicy(object, 'whenDeleted') === 'Delete')) {
    for (const claim of claimsOf(set, claims)) {
      gone.set(idOf(claim), claim);
      because(claim, `StatefulSet ${set.name} has persistentVolumeClaimRetentionPolicy.whenDeleted Delete.`);
    }
  }
}

function keptClaims(all: readonly KubeObject[], gone: ReadonlyMap<string, KubeObject>): readonly KubeObject[] {
  const claims = claimIndex(all);
  return [...gone.values()].filter((object) => object.kind === 'StatefulSet').flatMap((set) => claimsOf(set, claims)).filter((claim) => !gone.has(idOf(claim)));
}

function keptClaimRow(claim: KubeObject): AffectedResource {
  const size = text(at(claim.body, 'status', 'capacity', 'storage'));
  return {
    ...orphanRow(claim), ...(size === undefined ? {} : { size }),
    reversibility: { kind: 'reversible', how: 'Create the StatefulSet again under the same name: its pods use this claim again.' },
    because: ['Claims of a StatefulSet stay when it is deleted, unless its persistentVolumeClaimRetentionPolicy says Delete (Kubernetes documentation, "StatefulSets").'],
  };
}

async function readVolumes(kubectl: Kubectl, gone: readonly KubeObject[], types: readonly string[]): Promise<{ readonly known: Omit<Volumes, 'snapshots'>; readonly unknowns: readonly Unknown[] }> {
  const claims = gone.filter((object) => object.kind === 'PersistentVolumeClaim');
  const names = [...new Set([...claims.flatMap((claim) => text(at(claim.body, 'spec', 'volumeName')) ?? []), ...gone.flatMap((object) => (object.kind === 'PersistentVolume' ? [object.name] : []))])];
  if (names.length === 0) return { known: { volumes: new Map(), classes: new Map() }, unknowns: [] };
  kubectl.progress(`Reading ${names.length} volume${names.length === 1 ? '' : 's'}${types.length === 0 ? '' : ' behind the claims'}`);
  const volumes = await readByName(kubectl, names.map((name) => ({ apiVersion: 'v1', kind: 'PersistentVolume', namespace: undefined, name })));
  const missing = volumes.objects.length < names.length;
  const classNames = missing ? [...new Set(claims.flatMap((claim) => text(at(claim.body, 'spec', 'storageClassName')) ?? []))] : [];
  const classes = await readByName(kubectl, classNames.map((name) => ({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', namespace: undefined, name })));
  const byName = (objects: readonly KubeObject[]): ReadonlyMap<string, KubeObject> => new Map(objects.map((object) => [object.name, object]));
  return { known: { volumes: byName(volumes.objects), classes: byName(classes.objects) }, unknowns: [...volumes.unknowns, ...classes.unknowns] };
}

/** Cluster-wide objects that need what goes: webhooks and APIs their services, bindings their accounts and roles. */
async function readWatchers(kubectl: Kubectl, gone: readonly KubeObject[]): Promise<Read> {
  const kinds = new Set(gone.map((object) => object.kind));
  const parts: Read[] = [];
  if (kinds.has('Service')) parts.push(await listTypes(kubectl, ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations', 'apiservices'], 'cluster'));
  if (kinds.has('ClusterRole') || kinds.has('ServiceAccount')) parts.push(await listTypes(kubectl, ['clusterrolebindings'], 'cluster'));
  if (kinds.has('ClusterRole')) parts.push(await listTypes(kubectl, ['rolebindings'], 'all'));
  if (kinds.has('PersistentVolume')) {
    parts.push(await readByName(kubectl, gone.flatMap((object) => {
      const [name, namespace] = [text(at(object.body, 'spec', 'claimRef', 'name')), text(at(object.body, 'spec', 'claimRef', 'namespace'))];
      return object.kind === 'PersistentVolume' && name !== undefined ? [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace }] : [];
    })));
  }
  return joined(parts);
}

/** What is in a namespace goes with it: an edge for each object that nothing else there owns. */
function placeEdges(gone: ReadonlyMap<string, KubeObject>, owners: ReadonlyMap<string, string>, namespaces: ReadonlySet<string>): readonly Dependency[] {
  return [...gone].flatMap(([id, object]) => (object.namespace !== undefined && namespaces.has(object.namespace) && !owners.has(id) ? [{ from: id, to: `Namespace/${object.namespace}`, kind: 'owner' as const, detail: 'metadata.namespace' }] : []));
}
