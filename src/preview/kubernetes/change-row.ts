import type { AffectedResource, Downtime, Reversibility } from '../../model';
import { emptyDirs, isWorkload, readiness, row } from './affected';
import { changesTemplate, changeWords, type FieldChange } from './diff';
import { at, fields, number, text } from './json';
import { withLoosened } from './loosened';
import type { KubeObject } from './objects';
import { podSpecOf } from './uses';

/** What making a workload's pods anew means for those who use it, and why. */
export function rolling(object: KubeObject): { readonly downtime: Downtime; readonly why: string } {
  const pods = readiness(object);
  const wanted = pods?.wanted ?? 0;
  if (wanted === 0) return { downtime: { interrupted: 'no' }, why: 'It has no replicas to replace.' };
  if (object.kind === 'Deployment') {
    if (text(at(object.body, 'spec', 'strategy', 'type')) === 'Recreate') return { downtime: { interrupted: 'yes', order: 'delete-first' }, why: 'Its strategy is Recreate: all pods are stopped before a new one starts (Kubernetes documentation, "Deployments").' };
    // Percentages of unavailable pods are rounded down, so 25 % of a few pods is none.
    const unavailable = unavailableOf(at(object.body, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable') ?? '25%', wanted);
    if (unavailable === undefined || unavailable >= wanted) return { downtime: { interrupted: 'may', order: 'delete-first' }, why: `Its rolling update lets ${unavailable === undefined ? 'an unknown number' : 'all'} of its ${wanted} pods be away at once (spec.strategy.rollingUpdate.maxUnavailable).` };
    return { downtime: { interrupted: 'no', order: 'create-first' }, why: `Its pods are replaced by a rolling update: ${unavailable === 0 ? 'none' : `at most ${unavailable}`} of ${wanted} ${unavailable <= 1 ? 'is' : 'are'} away at once (Kubernetes documentation, "Deployments").` };
  }
  if (text(at(object.body, 'spec', 'updateStrategy', 'type')) === 'OnDelete') return { downtime: { interrupted: 'no' }, why: 'Its update strategy is OnDelete: running pods stay as they are until somebody deletes them.' };
  if (object.kind === 'StatefulSet') return { downtime: { interrupted: wanted === 1 ? 'yes' : 'may', order: 'delete-first' }, why: `Its pods are replaced one after the other, each stopped before its successor starts${wanted === 1 ? '; it has only one' : ''} (Kubernetes documentation, "StatefulSets", "Rolling Updates").` };
  return { downtime: { interrupted: 'may', order: 'delete-first' }, why: 'Its pods are replaced node by node (Kubernetes documentation, "Perform a Rolling Update on a DaemonSet").' };
}

function unavailableOf(value: unknown, wanted: number): number | undefined {
  if (typeof value === 'number') return value;
  const percent = /^(\d+)%$/.exec(text(value) ?? '')?.[1];
  return percent === undefined ? undefined : Math.floor((Number(percent) * wanted) / 100);
}

/** The command that puts an object back, as far as there is one that is known to work. */
function undo(object: KubeObject, changes: readonly FieldChange[]): Reversibility {
  const place = object.namespace === undefined ? '' : ` -n ${object.namespace}`;
  const name = `${object.kind.toLowerCase()}/${object.name}`;
  const replicas = changes.find((one) => one.path === 'spec.replicas');
  if (replicas !== undefined && changes.length === 1 && typeof replicas.before === 'number') return { kind: 'reversible', how: `kubectl scale ${name}${place} --replicas=${replicas.before}` };
  if (changes.every((one) => one.path.startsWith('spec.template')) && changesTemplate(object, changes)) return { kind: 'reversible', how: `kubectl rollout undo ${name}${place}` };
  return { kind: 'recoverable', how: `Save it first: kubectl get ${object.kind.toLowerCase()} ${object.name}${place} -o yaml > ${object.kind.toLowerCase()}-${object.name}.yaml; kubectl apply -f of that file puts it back.` };
}

/** One object that the command makes, changes or leaves. @param before as it stands; undefined when it is new. @param how where the change is known from ("server-side dry run"). */
export function changeRow(before: KubeObject | undefined, after: KubeObject, changes: readonly FieldChange[], how: string): AffectedResource {
  const made = plainRow(before, after, changes, how);
  return before !== undefined && changes.length === 0 ? made : withLoosened(made, before, after);
}

function plainRow(before: KubeObject | undefined, after: KubeObject, changes: readonly FieldChange[], how: string): AffectedResource {
  if (before === undefined) {
    const place = after.namespace === undefined ? '' : ` -n ${after.namespace}`;
    return { ...row(after), action: 'add', outcome: 'added', data: 'none', reversibility: { kind: 'reversible', how: `kubectl delete ${after.kind.toLowerCase()} ${after.name}${place}` }, because: [`It is new (${how}).`] };
  }
  const kept = /^(?:PersistentVolume|PersistentVolumeClaim|Secret|ConfigMap)$/.test(after.kind) ? 'kept' as const : 'none' as const;
  if (changes.length === 0) return { ...row(before), action: 'none', outcome: 'unchanged', data: kept, reversibility: { kind: 'reversible', how: 'Nothing changes.' }, because: [`Nothing in it changes (${how}).`] };
  const because = [`${changeWords(changes).join('; ')} (${how}).`];
  const base = { ...row(before), action: 'modify' as const, data: kept, reversibility: undo(before, changes) };
  if (leavesNone(before, after)) {
    const pods = readiness(before);
    return { ...base, outcome: 'interrupted', downtime: { interrupted: 'yes' }, because: [...because, `No replica is left; ${pods === undefined ? 'how many were ready is not known' : `${pods.ready} of ${pods.wanted} are ready now`}.`] };
  }
  if (changesTemplate(before, changes)) {
    const roll = rolling(merged(before, after));
    return { ...base, outcome: roll.downtime.interrupted === 'yes' || roll.downtime.interrupted === 'may' ? 'interrupted' : 'modified', downtime: roll.downtime, because: [...because, 'Its pods are made anew: the pod template changes.', roll.why, ...scratch(before)] };
  }
  const released = changes.some((one) => one.path.startsWith('metadata.finalizers') && (one.after === undefined || one.after === null));
  if (released && before.deleting) {
    return { ...base, action: 'remove', outcome: 'lost', data: 'unknown', reversibility: { kind: 'irreversible', how: 'Let its controller clean up first; look with kubectl describe what it waits for.' }, because: [...because, 'It is being deleted and only waits for the finalizer that is taken off: it is gone at once, and what the finalizer waits for is not cleaned up (Kubernetes documentation, "Finalizers").'] };
  }
  const cut = CUTS.find(([kind, path, value]) => kind.test(before.kind) && changes.some((one) => path.test(one.path) && (value === undefined || one.after === value)));
  const words = [...because, ...(fewer(before, changes) ?? [])];
  if (cut !== undefined) return { ...base, outcome: 'interrupted', downtime: { interrupted: cut[3] }, because: [...words, cut[4]] };
  return { ...base, outcome: 'modified', because: words };
}

/** Whether a workload has no replica left after the change. */
export function leavesNone(before: KubeObject, after: KubeObject): boolean {
  return isWorkload(before) && number(at(after.body, 'spec', 'replicas')) === 0 && number(at(before.body, 'spec', 'replicas')) !== 0;
}

/** Changes of one field that stop something although the object stays. Source: Kubernetes API reference of each kind. */
const CUTS: readonly (readonly [kind: RegExp, path: RegExp, value: unknown, interrupted: Downtime['interrupted'], why: string])[] = [
  [/^Service$/, /^spec\.selector/, undefined, 'may', 'It chooses other pods from then on.'],
  [/^Service$/, /^spec\.(?:ports|type|clusterIP)/, undefined, 'may', 'Its address or ports change for those who use them.'],
  [/^Ingress$/, /^spec\.(?:rules|tls|ingressClassName|defaultBackend)/, undefined, 'may', 'Requests take another way from then on.'],
  [/^NetworkPolicy$/, /^spec/, undefined, 'may', 'Other connections are let through from then on; some may be cut.'],
  [/^(?:Role|ClusterRole)$/, /^rules/, undefined, 'may', 'Those who are bound to it have other rights from then on.'],
  [/^(?:RoleBinding|ClusterRoleBinding)$/, /^subjects/, undefined, 'may', 'Others have these rights from then on.'],
  [/^CronJob$/, /^spec\.suspend$/, true, 'yes', 'It does not run any more until it is resumed.'],
  [/^Job$/, /^spec\.suspend$/, true, 'yes', 'Its pods are stopped until it is resumed.'],
  [/^CustomResourceDefinition$/, /^spec\.versions/, undefined, 'may', 'Who uses a version of this kind that changes or goes may fail.'],
];

/** The strategy that counts is the one after the change; the replicas and their state are the ones that stand. */
function merged(before: KubeObject, after: KubeObject): KubeObject {
  const spec = fields(after.body['spec']);
  return { ...before, body: { ...before.body, spec: { ...fields(before.body['spec']), ...(spec['strategy'] === undefined ? {} : { strategy: spec['strategy'] }), ...(spec['updateStrategy'] === undefined ? {} : { updateStrategy: spec['updateStrategy'] }) } } };
}

function fewer(before: KubeObject, changes: readonly FieldChange[]): readonly string[] | undefined {
  const change = changes.find((one) => one.path === 'spec.replicas');
  if (!isWorkload(before) || typeof change?.before !== 'number' || typeof change.after !== 'number' || change.after >= change.before) return undefined;
  const fewerBy = change.before - change.after;
  return [`${fewerBy} of its pods ${fewerBy === 1 ? 'is' : 'are'} stopped.`, ...scratch(before)];
}

/** What the pods of a workload keep only as long as they live. */
export function scratch(workload: KubeObject): readonly string[] {
  const names = emptyDirs({ ...workload, body: { spec: podSpecOf(workload) ?? {} } });
  return names.length === 0 ? [] : [`What those pods stored in emptyDir ${names.join(', ')} is lost.`];
}
