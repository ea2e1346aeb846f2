import { notKnown, type AffectedResource, type BlastRadius, type Dependency, type Downtime, type Unknown } from '../../model';
import { blastRadius, digestOf } from '../radius';
import { dependentRow, emptyDirs, readiness, row } from './affected';
import { byUid, topOwner } from './cascade';
import { isOn, valueOf, type KubeCommand } from './command';
import { at, items, number, text } from './json';
import type { Kubectl, Place } from './kubectl';
import { idOf, readObjects, type KubeObject } from './objects';
import { joined, listTypes, readByName, type Ref } from './reads';
import { save } from './storage';
import { resolve } from './targets';
import { podIndex, podSelectorOf, selects } from './uses';
import { kubectlWords } from './words';

const CONTROLLERS = ['replicasets.apps', 'deployments.apps', 'statefulsets.apps', 'daemonsets.apps', 'replicationcontrollers', 'jobs.batch', 'poddisruptionbudgets.policy'];
const SOURCE = 'Kubernetes documentation, "Safely Drain a Node"';

/** What `kubectl drain` or a NoExecute taint does to a pod. */
type Fate = { readonly kind: 'stays' | 'refused' | 'goes'; readonly because: readonly string[] };

/** What `kubectl drain`, `cordon`, `uncordon` and `taint` would do: nodes, their pods, and the budgets that stand against it. @throws PreviewError */
export async function previewNodes(kubectl: Kubectl, command: KubeCommand, place: Place): Promise<BlastRadius> {
  if (command.words.every(isTaint) && !isOn(command, '--all') && valueOf(command, '--selector') === undefined) {
    return blastRadius({ source: 'live-reads', sourceDetail: 'Nothing was read: the command names no node.', context: place.context, resources: [], dependencies: [], unknowns: [], warnings: ['kubectl would refuse this command: it names no node.'] });
  }
  kubectl.progress('Reading the nodes');
  const words = command.path === 'taint' ? command.words.filter((word) => !isTaint(word)).map((word, index) => (index === 0 && /^nodes?$/.test(word) ? undefined : word.replace(/^nodes?\//, ''))).flatMap((word) => word ?? []) : command.words.map((word) => word.replace(/^nodes?\//, ''));
  const targets = await resolve(kubectl, command, ['nodes', ...words], place.namespace);
  const nodes = await readByName(kubectl, targets.refs);
  const known = new Map(nodes.objects.map((object) => [idOf(object), object]));
  const evicting = command.path === 'drain' || command.words.some((word) => /:NoExecute$/.test(word));
  const nodeRows = targets.refs.map((ref) => nodeRow(command, ref, known.get(idOf(ref))));
  const base = { source: 'live-reads' as const, sourceDetail: 'Read from the cluster just now: the nodes, the pods on them, their controllers and their disruption budgets.', context: place.context };
  const warnings = [...targets.warnings, ...(targets.refs.length === 0 ? ['No node fits: nothing would be done.'] : [])];
  const unknowns = [...targets.unknowns, ...nodes.unknowns];
  if (!evicting || targets.refs.length === 0) {
    return blastRadius({ ...base, resources: nodeRows, dependencies: [], unknowns, warnings, stateDigest: digestOf(targets.refs.map(idOf).sort()) });
  }
  kubectl.progress('Reading the pods on them and what makes them');
  const around = joined([await podsOn(kubectl, targets.refs, valueOf(command, '--pod-selector')), await listTypes(kubectl, CONTROLLERS, 'all')]);
  const gathered = evictions(around.objects, new Set(targets.refs.map((ref) => ref.name)), command);
  return blastRadius({
    ...base, resources: [...nodeRows, ...gathered.resources], dependencies: gathered.dependencies,
    unknowns: [...unknowns, ...around.unknowns], warnings: [...warnings, ...gathered.warnings],
    evidence: [{ what: 'pods on the nodes', from: 'kubectl get pods -A --field-selector spec.nodeName=…' }, { what: 'controllers and budgets', from: `kubectl get ${CONTROLLERS.join(',')} -A` }],
    stateDigest: digestOf({ nodes: targets.refs.map(idOf).sort(), pods: gathered.resources.map((one) => `${one.id} ${one.outcome}`).sort() }),
  });
}

/** `key=value:Effect`, `key:Effect`, `key-`. Source: `kubectl taint --help`. */
const isTaint = (word: string): boolean => /(?:=|:(?:NoSchedule|PreferNoSchedule|NoExecute)|-$)/.test(word);

function nodeRow(command: KubeCommand, ref: Ref, node: KubeObject | undefined): AffectedResource {
  const off = node !== undefined && at(node.body, 'spec', 'unschedulable') === true;
  const taints = command.words.filter(isTaint);
  const told: Readonly<Record<string, readonly [string, string]>> = {
    drain: [`It is cordoned${off ? ' (it is already)' : ''}, then its pods are evicted (${SOURCE}).`, `kubectl uncordon ${ref.name}`],
    cordon: ['No new pod is placed on it; its pods stay.', `kubectl uncordon ${ref.name}`],
    uncordon: ['Pods may be placed on it again.', `kubectl cordon ${ref.name}`],
    taint: [`Its taints change: ${taints.join(', ')}.`, taints.map((taint) => `kubectl taint node ${ref.name} ${taint.endsWith('-') ? `${taint.slice(0, -1)}=…` : `${taint.replace(/=[^:]*/, '')}-`}`).join('; ')],
  };
  const [why, back] = told[command.path] ?? ['It changes.', ''];
  const same = (command.path === 'cordon' && off) || (command.path === 'uncordon' && node !== undefined && !off);
  return {
    ...row(ref), action: same ? 'none' : 'modify', outcome: same ? 'unchanged' : 'modified', data: 'none', downtime: { interrupted: 'no' },
    reversibility: { kind: 'reversible', how: back }, because: [same ? `It is ${command.path}ed already.` : why],
  };
}

async function podsOn(kubectl: Kubectl, nodes: readonly Ref[], podSelector: string | undefined): Promise<{ readonly objects: readonly KubeObject[]; readonly unknowns: readonly Unknown[] }> {
  const parts = [];
  for (const node of nodes) {
    const answer = await kubectl.run('get', ['pods', '--all-namespaces', `--field-selector=spec.nodeName=${node.name}`, ...(podSelector === undefined ? [] : [`--selector=${podSelector}`]), '-o=json']);
    parts.push(answer.code === 0
      ? { objects: readObjects(answer.stdout), unknowns: [] }
      : { objects: [], unknowns: [notKnown('state', node.name, `The pods on node ${node.name} can't be read (${kubectlWords(answer, 300)}). Ask for the right to list pods in all namespaces, or look yourself before you approve.`)] });
  }
  return joined(parts);
}

/** What is evicted, what stays, what is in the way. Pure. */
function evictions(all: readonly KubeObject[], nodes: ReadonlySet<string>, command: KubeCommand): { readonly resources: readonly AffectedResource[]; readonly dependencies: readonly Dependency[]; readonly warnings: readonly string[] } {
  const uids = byUid(all);
  const pods = all.filter((object) => object.kind === 'Pod' && nodes.has(text(at(object.body, 'spec', 'nodeName')) ?? ''));
  const resources = new Map<string, AffectedResource>();
  const dependencies: Dependency[] = [];
  const refused: string[] = [];
  const going: KubeObject[] = [];
  for (const pod of pods) {
    const id = idOf(pod);
    const fate = command.path === 'taint' ? tainted(pod, command) : drained(pod, command);
    const node = text(at(pod.body, 'spec', 'nodeName')) ?? '';
    dependencies.push({ from: id, to: `Node/${node}`, kind: 'depends-on', detail: 'spec.nodeName' });
    if (fate.kind === 'stays') {
      resources.set(id, { ...row(pod), action: 'none', outcome: 'unchanged', data: 'none', downtime: { interrupted: 'no' }, reversibility: { kind: 'reversible', how: 'It is not touched.' }, because: fate.because });
      continue;
    }
    if (fate.kind === 'refused') refused.push(`${id}: ${fate.because.join(' ')}`);
    resources.set(id, evicted(pod, fate));
    going.push(pod);
  }
  const budgets = budgetsOf(all, going, command, resources, dependencies);
  const byOwner = new Map<KubeObject, KubeObject[]>();
  for (const pod of going) {
    const top = topOwner(pod, uids);
    if (top === pod) continue;
    const own = byOwner.get(top);
    if (own === undefined) byOwner.set(top, [pod]);
    else own.push(pod);
  }
  for (const [top, own] of byOwner) {
    resources.set(idOf(top), ownerRow(top, own));
    for (const pod of own) dependencies.push({ from: idOf(pod), to: idOf(top), kind: 'owner', detail: 'metadata.ownerReferences' });
  }
  return {
    resources: [...resources.values()], dependencies,
    warnings: [
      ...(refused.length === 0 ? [] : [`kubectl would stop before it evicts anything, and leave the node cordoned, because of ${refused.length} pod${refused.length === 1 ? '' : 's'}: ${refused.slice(0, 3).join('; ')}${refused.length > 3 ? '; …' : ''}`]),
      ...budgets,
    ],
  };
}

/** Source: `kubectl drain --help`, Kubernetes 1.32, and its filters. */
function drained(pod: KubeObject, command: KubeCommand): Fate {
  const owner = pod.owners.find((one) => one.controller) ?? pod.owners[0];
  if (pod.annotations['kubernetes.io/config.mirror'] !== undefined) return { kind: 'stays', because: ['A static pod: its node\'s own files make it, drain leaves it.'] };
  if (owner?.kind === 'DaemonSet') {
    return isOn(command, '--ignore-daemonsets')
      ? { kind: 'stays', because: [`It belongs to DaemonSet ${owner.name}; --ignore-daemonsets leaves it.`] }
      : { kind: 'refused', because: [`It belongs to DaemonSet ${owner.name}: drain needs --ignore-daemonsets.`] };
  }
  const ended = /^(?:Succeeded|Failed)$/.test(text(at(pod.body, 'status', 'phase')) ?? '');
  const dirs = emptyDirs(pod);
  if (owner === undefined && !ended && !isOn(command, '--force')) return { kind: 'refused', because: ['Nothing recreates it: drain needs --force.'] };
  if (dirs.length > 0 && !ended && !isOn(command, '--delete-emptydir-data', '--delete-local-data')) return { kind: 'refused', because: [`It stores data in emptyDir ${dirs.join(', ')}: drain needs --delete-emptydir-data.`] };
  return { kind: 'goes', because: [] };
}

/** Source: Kubernetes documentation, "Taints and Tolerations". */
function tainted(pod: KubeObject, command: KubeCommand): Fate {
  const taints = command.words.filter((word) => /:NoExecute$/.test(word)).map((word) => { const [, key = '', value = ''] = /^([^=:]+)(?:=([^:]*))?:/.exec(word) ?? []; return { key, value }; });
  const tolerated = taints.every((taint) => items(at(pod.body, 'spec', 'tolerations')).some((one) => {
    const effect = text(at(one, 'effect'));
    if (effect !== undefined && effect !== 'NoExecute') return false;
    const key = text(at(one, 'key'));
    if (text(at(one, 'operator')) === 'Exists') return key === undefined || key === taint.key;
    return key === taint.key && (text(at(one, 'value')) ?? '') === taint.value;
  }));
  const limited = items(at(pod.body, 'spec', 'tolerations')).some((one) => number(at(one, 'tolerationSeconds')) !== undefined && taints.some((taint) => taint.key === text(at(one, 'key'))));
  if (tolerated && !limited) return { kind: 'stays', because: ['It tolerates the taint.'] };
  return { kind: 'goes', because: [limited ? 'It tolerates the taint for a while only.' : 'It does not tolerate the taint; disruption budgets are not asked.'] };
}

function evicted(pod: KubeObject, fate: Fate): AffectedResource {
  const dirs = emptyDirs(pod);
  const owner = pod.owners[0];
  const bare = owner === undefined;
  const lost = bare || dirs.length > 0;
  return {
    ...row(pod), action: 'remove', replacement: bare ? 'no' : 'yes', outcome: lost ? 'lost' : 'replaced', data: dirs.length > 0 ? 'lost' : 'none',
    downtime: { interrupted: 'yes', order: 'delete-first' },
    reversibility: dirs.length > 0 ? { kind: 'irreversible', how: `Copy what is needed first: kubectl cp ${pod.namespace ?? ''}/${pod.name}:<path> <file>` } : bare ? { kind: 'recoverable', how: save(pod) } : { kind: 'reversible', how: `${owner.kind} ${owner.name} makes a new one${owner.kind === 'DaemonSet' ? '' : ' on another node'}.` },
    because: [
      ...fate.because,
      ...(dirs.length > 0 ? [`What it stored in emptyDir ${dirs.join(', ')} is lost (${SOURCE}).`] : []),
      bare ? 'Nothing recreates it: it has no owner.' : `${owner.kind} ${owner.name} makes a new one where there is room.`,
    ],
  };
}

function ownerRow(top: KubeObject, pods: readonly KubeObject[]): AffectedResource {
  const count = readiness(top);
  const ready = pods.filter((pod) => items(at(pod.body, 'status', 'conditions')).some((one) => at(one, 'type') === 'Ready' && at(one, 'status') === 'True')).length;
  const going = count === undefined ? pods.length : Math.max(ready, Math.min(pods.length, count.ready));
  const interrupted: Downtime['interrupted'] = count === undefined ? 'may' : going >= count.ready ? 'yes' : 'may';
  const words = count === undefined ? `${pods.length} of its pods are evicted.` : `${count.wanted === 1 ? 'Its only pod' : `${pods.length} of its ${count.wanted} pods`} ${pods.length === 1 ? 'is' : 'are'} evicted; ${count.ready} ${count.ready === 1 ? 'is' : 'are'} ready now${going >= count.ready ? ', so none answers until new ones are' : ''}.`;
  const base = dependentRow(top, interrupted, [words]);
  return interrupted === 'may' ? { ...base, outcome: 'unchanged' } : base;
}

/** Budgets that allow no eviction stop a drain; each that guards an evicted pod is told. Source: Kubernetes documentation, "Disruptions", and PodDisruptionBudget status.disruptionsAllowed. */
function budgetsOf(all: readonly KubeObject[], going: readonly KubeObject[], command: KubeCommand, resources: Map<string, AffectedResource>, dependencies: Dependency[]): readonly string[] {
  if (command.path !== 'drain') return [];
  const find = podIndex(going);
  return all.filter((object) => object.kind === 'PodDisruptionBudget').flatMap((budget) => {
    const selector = podSelectorOf(budget);
    // An empty selector guards every pod of its namespace (policy/v1); expressions are judged pod by pod.
    const guarded = selector === undefined || Object.keys(selector).length === 0
      ? going.filter((pod) => pod.namespace === budget.namespace && selects(at(budget.body, 'spec', 'selector'), pod.labels))
      : find(budget.namespace, selector);
    if (guarded.length === 0) return [];
    const allowed = number(at(budget.body, 'status', 'disruptionsAllowed'));
    for (const pod of guarded) dependencies.push({ from: idOf(budget), to: idOf(pod), kind: 'reference', detail: 'spec.selector guards the pod.' });
    const off = isOn(command, '--disable-eviction');
    const words = `${guarded.length} of the pods it guards ${guarded.length === 1 ? 'is' : 'are'} evicted; it allows ${allowed === undefined ? 'an unknown number' : String(allowed)} now${off ? ', and --disable-eviction does not ask it' : ''}.`;
    resources.set(idOf(budget), { ...dependentRow(budget, 'no', [words]) });
    if (off) return [`--disable-eviction deletes the pods without asking ${idOf(budget)}.`];
    if (allowed === undefined) return [`${idOf(budget)} says not how many pods may be away: the drain may wait.`];
    if (allowed === 0) return [`${idOf(budget)} blocks the drain: it allows no pod to be away, so kubectl waits until it does${valueOf(command, '--timeout') === undefined ? ', without an end' : ''}.`];
    return allowed < guarded.length ? [`${idOf(budget)} lets ${allowed} of ${guarded.length} pods go at a time: the drain waits between them.`] : [];
  });
}
