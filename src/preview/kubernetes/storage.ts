import type { AffectedResource, Outcome, DataOutcome, Reversibility } from '../../model';
import { at, items, text } from './json';
import type { KubeObject } from './objects';

/** What becomes of a volume's data, and why. */
export interface Fate {
  readonly outcome: Outcome;
  readonly data: DataOutcome;
  readonly reversibility: Reversibility;
  readonly because: readonly string[];
  readonly size?: string;
  readonly lastBackup?: string;
}

/** What was read beside the claims. */
export interface Volumes {
  /** By name; undefined: they could not be read. */
  readonly volumes: ReadonlyMap<string, KubeObject>;
  readonly classes: ReadonlyMap<string, KubeObject>;
  /** The newest ready snapshot of each claim, `namespace/claim`; undefined when the cluster's snapshots were not read. */
  readonly snapshots: ReadonlyMap<string, string> | undefined;
}

/** How much a claim or volume holds, as Kubernetes says. */
const sizeOf = (object: KubeObject): string | undefined =>
  text(at(object.body, 'status', 'capacity', 'storage')) ?? text(at(object.body, 'spec', 'capacity', 'storage')) ?? text(at(object.body, 'spec', 'resources', 'requests', 'storage'));

const SOURCE = 'Kubernetes documentation, "Persistent Volumes", "Reclaiming"';

/**
 * What the deletion of a claim does to the data: its volume's reclaim policy decides; without a volume there are no data yet.
 */
export function claimFate(claim: KubeObject, known: Volumes): Fate {
  const size = sizeOf(claim);
  const lastBackup = known.snapshots === undefined ? undefined : (known.snapshots.get(`${claim.namespace ?? ''}/${claim.name}`) ?? 'no VolumeSnapshot of it was found in the cluster');
  const more = { ...(size === undefined ? {} : { size }), ...(lastBackup === undefined ? {} : { lastBackup }) };
  const volumeName = text(at(claim.body, 'spec', 'volumeName'));
  if (volumeName === undefined) {
    return { outcome: 'lost', data: 'none', reversibility: { kind: 'recoverable', how: save(claim) }, because: ['No volume is bound to it yet, so it holds no data.'], ...(size === undefined ? {} : { size: `${size} asked for` }) };
  }
  const volume = known.volumes.get(volumeName);
  const className = text(at(claim.body, 'spec', 'storageClassName'));
  if (volume === undefined) {
    const storageClass = className === undefined ? undefined : known.classes.get(className);
    return {
      outcome: 'unknown', data: 'unknown', ...more,
      reversibility: { kind: 'unknown', how: `Read the volume's policy first: kubectl get pv ${volumeName} -o jsonpath={.spec.persistentVolumeReclaimPolicy}` },
      because: [`Its volume ${volumeName} could not be read, so whether the data go with it is not known${storageClass === undefined ? '' : `; volumes of class ${className ?? ''} are made with policy ${text(storageClass.body['reclaimPolicy']) ?? 'Delete'}, which may have been changed since`} (${SOURCE}).`],
    };
  }
  return { ...policyFate(volume, claim.namespace === undefined ? claim.name : `${claim.namespace}/${claim.name}`), ...more };
}

/** What happens to a volume's data when its claim, or it itself, is deleted. */
export function policyFate(volume: KubeObject, claim: string | undefined): Fate {
  const policy = text(at(volume.body, 'spec', 'persistentVolumeReclaimPolicy'));
  const size = sizeOf(volume);
  const more = size === undefined ? {} : { size };
  const keep = `kubectl patch pv ${volume.name} -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'`;
  switch (policy) {
    case 'Delete': return {
      outcome: 'lost', data: 'lost', ...more,
      reversibility: { kind: 'irreversible', how: `Keep the volume first: ${keep}; or take a VolumeSnapshot of ${claim ?? volume.name}.` },
      because: [`Volume ${volume.name} has reclaim policy Delete: the storage behind it is deleted with its data (${SOURCE}).`],
    };
    case 'Retain': return {
      outcome: 'retained', data: 'orphaned', ...more,
      reversibility: { kind: 'recoverable', how: `The storage of volume ${volume.name} stays (Released). To use it again: kubectl patch pv ${volume.name} --type=json -p '[{"op":"remove","path":"/spec/claimRef"}]', then a claim with volumeName: ${volume.name}.` },
      because: [`Volume ${volume.name} has reclaim policy Retain: the storage stays with its data and belongs to no claim any more (${SOURCE}).`],
    };
    case 'Recycle': return { outcome: 'lost', data: 'lost', ...more, reversibility: { kind: 'irreversible', how: `Keep the volume first: ${keep}` }, because: [`Volume ${volume.name} has reclaim policy Recycle: it is emptied (${SOURCE}).`] };
    default: return { outcome: 'unknown', data: 'unknown', ...more, reversibility: { kind: 'unknown' }, because: [`Volume ${volume.name} says no reclaim policy that is known (${policy ?? 'none'}).`] };
  }
}

/** The newest ready snapshot of every claim. Source: Kubernetes documentation, "Volume Snapshots". */
export function snapshotsOf(all: readonly KubeObject[]): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  for (const object of all) {
    if (object.kind !== 'VolumeSnapshot') continue;
    const claim = text(at(object.body, 'spec', 'source', 'persistentVolumeClaimName'));
    const time = text(at(object.body, 'status', 'creationTime'));
    if (claim === undefined || time === undefined || at(object.body, 'status', 'readyToUse') !== true) continue;
    const key = `${object.namespace ?? ''}/${claim}`;
    const known = out.get(key);
    if (known === undefined || known < time) out.set(key, `${time} (VolumeSnapshot ${object.name})`);
  }
  return out;
}

/** Claims by namespace and by their name without the number at its end. */
export function claimIndex(all: readonly KubeObject[]): ReadonlyMap<string, readonly KubeObject[]> {
  const index = new Map<string, KubeObject[]>();
  for (const claim of all) {
    if (claim.kind !== 'PersistentVolumeClaim' || !/-\d+$/.test(claim.name)) continue;
    const key = `${claim.namespace ?? ''}/${claim.name.replace(/-\d+$/, '')}`;
    const list = index.get(key);
    if (list === undefined) index.set(key, [claim]);
    else list.push(claim);
  }
  return index;
}

/** Claims that a StatefulSet made for its pods: `<template>-<set>-<number>`. Source: Kubernetes documentation, "StatefulSets", "Stable Storage". */
export function claimsOf(set: KubeObject, claims: ReadonlyMap<string, readonly KubeObject[]>): readonly KubeObject[] {
  return items(at(set.body, 'spec', 'volumeClaimTemplates')).flatMap((one) => {
    const name = text(at(one, 'metadata', 'name'));
    return name === undefined ? [] : (claims.get(`${set.namespace ?? ''}/${name}-${set.name}`) ?? []);
  });
}

/** What a StatefulSet's policy says of its claims. Source: Kubernetes documentation, "PersistentVolumeClaim retention": Retain unless it says Delete. */
export function claimPolicy(set: KubeObject, when: 'whenDeleted' | 'whenScaled'): 'Delete' | 'Retain' {
  return at(set.body, 'spec', 'persistentVolumeClaimRetentionPolicy', when) === 'Delete' ? 'Delete' : 'Retain';
}

/** The command that keeps an object's manifest. */
export function save(object: Pick<KubeObject, 'kind' | 'name' | 'namespace'>): string {
  return `Save it first: kubectl get ${object.kind.toLowerCase()} ${object.name}${object.namespace === undefined ? '' : ` -n ${object.namespace}`} -o yaml > ${object.kind.toLowerCase()}-${object.name}.yaml; kubectl apply -f of that file brings it back.`;
}

export type Fated = Pick<AffectedResource, 'outcome' | 'data' | 'reversibility' | 'because' | 'size' | 'lastBackup'>;
