import type { AffectedResource, Dependency, DependencyKind, Downtime } from '../../model';
import { dependentRow, isWorkload, readiness } from './affected';
import { byUid, topOwner } from './cascade';
import { at, fields } from './json';
import { idOf, type KubeObject } from './objects';
import { podIndex, podSelectorOf, usesOf } from './uses';

/** What stays and needs something that goes, and every need among what is shown. */
export interface Dependents {
  readonly resources: readonly AffectedResource[];
  readonly dependencies: readonly Dependency[];
}

const WORST: readonly Downtime['interrupted'][] = ['yes', 'may', 'unknown', 'no'];

interface Hurt {
  readonly object: KubeObject;
  interrupted: Downtime['interrupted'];
  readonly because: Set<string>;
}

/**
 * Finds who needs what goes. Every object, reference and label is looked at once.
 * @param all everything that was read. @param gone what is deleted, by id. @param ownerOf the owner with which a deleted object goes. @param fate what happens to those, in words.
 */
export function dependentsOf(all: readonly KubeObject[], gone: ReadonlyMap<string, KubeObject>, ownerOf: ReadonlyMap<string, string>, fate = 'which goes'): Dependents {
  const uids = byUid(all);
  const goneByName = new Map<string, string>();
  for (const [id, object] of gone) goneByName.set(`${object.namespace ?? ''}/${object.kind}/${object.name}`, id);
  const hurt = new Map<string, Hurt>();
  const edges = new Map<string, Dependency>();
  const link = (from: string, to: string, kind: DependencyKind, detail: string): void => {
    const key = `${from}\u0000${to}\u0000${kind}`;
    if (from !== to && !edges.has(key)) edges.set(key, { from, to, kind, detail });
  };
  const hurts = (object: KubeObject, interrupted: Downtime['interrupted'], because: string): void => {
    const known = hurt.get(idOf(object));
    if (known === undefined) hurt.set(idOf(object), { object, interrupted, because: new Set([because]) });
    else {
      known.because.add(because);
      if (WORST.indexOf(interrupted) < WORST.indexOf(known.interrupted)) known.interrupted = interrupted;
    }
  };
  for (const [from, to] of ownerOf) link(from, to, 'owner', 'metadata.ownerReferences');

  const seen = new Set<string>();
  for (const object of [...all, ...gone.values()]) {
    const id = idOf(object);
    if (seen.has(id)) continue;
    seen.add(id);
    const isGone = gone.has(id);
    const top = isGone ? object : topOwner(object, uids);
    // What a controller made has its template's references; only a pod's own claims stand nowhere else.
    const made = isGone ? ownerOf.has(id) : top !== object;
    for (const use of usesOf(object)) {
      if (made && use.why !== 'volume') continue;
      const to = goneByName.get(`${use.namespace ?? ''}/${use.kind}/${use.name}`);
      if (to === undefined) continue;
      const from = isGone ? object : top;
      link(idOf(from), to, use.why, use.detail);
      if (!gone.has(idOf(from))) hurts(from, use.without, `It needs ${use.kind} ${use.name}, ${fate}. ${use.detail} ${use.consequence}`.trim());
    }
  }
  traffic(all, gone, uids, link, hurts);
  remade(gone, uids, hurts, link);
  return {
    resources: [...hurt.values()].map(({ object, interrupted, because }) => dependentRow(object, interrupted, [...because])),
    dependencies: [...edges.values()],
  };
}

type Link = (from: string, to: string, kind: DependencyKind, detail: string) => void;
type Hurts = (object: KubeObject, interrupted: Downtime['interrupted'], because: string) => void;

/** Services and disruption budgets find pods by labels: those that are there, and those that a template would make. */
function traffic(all: readonly KubeObject[], gone: ReadonlyMap<string, KubeObject>, uids: ReadonlyMap<string, KubeObject>, link: Link, hurts: Hurts): void {
  const templates = all.filter((object) => isWorkload(object) && object.owners.length === 0).map((object) => ({ ...object, labels: fields(at(object.body, 'spec', 'template', 'metadata', 'labels')) }));
  const find = podIndex([...all.filter((object) => object.kind === 'Pod' && object.owners.length === 0), ...templates]);
  const findPods = podIndex(all.filter((object) => object.kind === 'Pod'));
  for (const object of all) {
    const selector = podSelectorOf(object);
    if (selector === undefined || Object.keys(selector).length === 0) continue;
    const id = idOf(object);
    const sources = find(object.namespace, selector);
    const goneSources = sources.filter((source) => gone.has(idOf(source)));
    const why = object.kind === 'Service' ? 'network' as const : 'reference' as const;
    for (const source of goneSources) link(id, idOf(source), why, 'spec.selector chooses its pods.');
    if (gone.has(id)) continue;
    const pods = findPods(object.namespace, selector);
    const gonePods = pods.filter((pod) => gone.has(idOf(pod)));
    const coming = gonePods.some((pod) => !gone.has(idOf(topOwner(pod, uids))));
    if (goneSources.length === 0 && gonePods.length === 0) continue;
    for (const pod of goneSources.length === 0 ? gonePods.slice(0, 20) : []) link(id, idOf(pod), why, 'spec.selector chooses the pod.');
    if (object.kind !== 'Service') hurts(object, 'no', `It guards pods that go (${gonePods.length} of ${pods.length}).`);
    else if (gonePods.length === pods.length && (sources.length === goneSources.length || coming)) {
      hurts(object, 'yes', coming ? 'All of its pods go at once; it answers nothing until new ones are ready.' : 'None of its pods is left: nothing answers behind it.');
    } else hurts(object, 'no', `${gonePods.length} of its ${pods.length} pods go; the others answer.`);
  }
}

/** A controller that stays while its pods go: how many are left. */
function remade(gone: ReadonlyMap<string, KubeObject>, uids: ReadonlyMap<string, KubeObject>, hurts: Hurts, link: Link): void {
  const lost = new Map<KubeObject, string[]>();
  for (const [id, object] of gone) {
    if (object.kind !== 'Pod') continue;
    const top = topOwner(object, uids);
    if (top === object || gone.has(idOf(top))) continue;
    const list = lost.get(top);
    if (list === undefined) lost.set(top, [id]);
    else list.push(id);
  }
  for (const [top, ids] of lost) {
    const pods = readiness(top);
    hurts(top, pods === undefined || ids.length >= pods.ready ? 'yes' : 'may', `${ids.length} of its pods ${ids.length === 1 ? 'goes' : 'go'}${pods === undefined ? '' : `; ${pods.ready} of ${pods.wanted} ${pods.ready === 1 ? 'is' : 'are'} ready now`}.`);
    for (const id of ids) link(id, idOf(top), 'owner', 'metadata.ownerReferences');
  }
}

