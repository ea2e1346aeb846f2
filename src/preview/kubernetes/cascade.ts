import { idOf, type KubeObject } from './objects';

/** What goes with the objects that are deleted, and what stays without its owner. */
export interface Cascade {
  /** By id, in the order in which they were found: the targets first. */
  readonly gone: ReadonlyMap<string, KubeObject>;
  /** Dependents that an orphaning deletion leaves, by id. */
  readonly orphaned: ReadonlyMap<string, KubeObject>;
  /** Dependents that stay because another owner stays. */
  readonly shared: ReadonlyMap<string, KubeObject>;
  /** For each object that goes with an owner: the owner's id. */
  readonly ownerOf: ReadonlyMap<string, string>;
  /** Ids of objects that go although an owner of theirs was not found: nobody knows whether that one still stands. */
  readonly doubtful: ReadonlySet<string>;
}

/**
 * Follows owner references from what is deleted, each object and reference once. An object goes when none of its owners that
 * were found stays. Source: Kubernetes documentation, "Garbage Collection", "Use Cascading Deletion", "Owners and Dependents".
 * @param all everything that was read. @param roots the objects that are deleted. @param orphan with `--cascade=orphan`.
 */
export function cascade(all: readonly KubeObject[], roots: readonly KubeObject[], orphan: boolean): Cascade {
  const byUid = new Map<string, KubeObject>();
  const dependents = new Map<string, KubeObject[]>();
  for (const object of all) {
    if (object.uid === undefined || byUid.has(object.uid)) continue;
    byUid.set(object.uid, object);
    for (const uid of new Set(object.owners.map((owner) => owner.uid))) {
      const list = dependents.get(uid);
      if (list === undefined) dependents.set(uid, [object]);
      else list.push(object);
    }
  }
  const gone = new Map(roots.map((root) => [idOf(root), root]));
  const orphaned = new Map<string, KubeObject>();
  const shared = new Map<string, KubeObject>();
  const ownerOf = new Map<string, string>();
  const doubtful = new Set<string>();
  /** How many of an object's owners that were found still stand. */
  const standing = new Map<string, number>();
  const queue = [...roots];
  for (let i = 0; i < queue.length; i += 1) {
    const owner = queue[i];
    if (owner?.uid === undefined) continue;
    for (const object of dependents.get(owner.uid) ?? []) {
      const id = idOf(object);
      if (gone.has(id)) continue;
      if (orphan) {
        orphaned.set(id, object);
        continue;
      }
      const owners = [...new Set(object.owners.map((one) => one.uid))];
      const left = (standing.get(id) ?? owners.filter((uid) => byUid.has(uid)).length) - 1;
      standing.set(id, left);
      if (left > 0) {
        shared.set(id, object);
        continue;
      }
      shared.delete(id);
      if (owners.some((uid) => !byUid.has(uid))) doubtful.add(id);
      gone.set(id, object);
      ownerOf.set(id, idOf(owner));
      queue.push(object);
    }
  }
  return { gone, orphaned, shared, ownerOf, doubtful };
}

/** The controllers above an object, up to the one that nothing owns, as far as they were read. */
export function topOwner(object: KubeObject, byUid: ReadonlyMap<string, KubeObject>): KubeObject {
  let here = object;
  const seen = new Set<string>();
  for (;;) {
    const above = here.owners.find((owner) => owner.controller && byUid.has(owner.uid)) ?? here.owners.find((owner) => byUid.has(owner.uid));
    const next = above === undefined ? undefined : byUid.get(above.uid);
    if (next === undefined || seen.has(above?.uid ?? '')) return here;
    seen.add(above?.uid ?? '');
    here = next;
  }
}

/** Objects by uid. */
export function byUid(all: readonly KubeObject[]): ReadonlyMap<string, KubeObject> {
  return new Map(all.flatMap((object) => (object.uid === undefined ? [] : [[object.uid, object] as const])));
}
