import { notKnown, type AffectedResource } from '../../model';
import { changeRow } from './change-row';
import { changesBetween } from './diff';
import { row } from './affected';
import { hookEvents, isKept } from './helm-manifest';
import { impactOf, type Impact } from './impact';
import { at, number } from './json';
import type { Kubectl } from './kubectl';
import { idOf, type KubeObject } from './objects';
import { claimsOfShrunk, outageOf, together, type Shrunk } from './outage';
import { readByName, type Ref } from './reads';
import { readColumns } from './targets';

/** What Helm does to the objects of a release, before anything was looked up. */
export interface ReleaseChange {
  readonly removed: readonly KubeObject[];
  readonly added: readonly KubeObject[];
  readonly both: readonly (readonly [KubeObject, KubeObject])[];
  /** Why something is removed, in a sentence. */
  readonly why: string;
  /** Where the changes are known from ("manifests of revision 3 and 2"). */
  readonly how: string;
  /** Changed objects are deleted and created again. */
  readonly force: boolean;
  readonly orphan: boolean;
}

/** Kinds of Kubernetes itself that are in no namespace. Source: Kubernetes API reference. */
const CLUSTER_WIDE = /^(?:Namespace|Node|PersistentVolume|StorageClass|ClusterRole|ClusterRoleBinding|PriorityClass|IngressClass|RuntimeClass|CSIDriver|CustomResourceDefinition|APIService|ValidatingWebhookConfiguration|MutatingWebhookConfiguration|ValidatingAdmissionPolicy|ValidatingAdmissionPolicyBinding|ClusterIssuer|GatewayClass)$/;

/** An object as Helm creates it: in the release's namespace where the manifest names none. */
const placed = (object: KubeObject, namespace: string): KubeObject => (object.namespace !== undefined || CLUSTER_WIDE.test(object.kind) ? object : { ...object, namespace });

const KEEP = 'helm.sh/resource-policy: keep';

/** What becomes of a release's objects, with what they own and who needs them. @param kubectl undefined: only what the manifests say. */
export async function releaseImpact(kubectl: Kubectl | undefined, change: ReleaseChange, namespace: string): Promise<Impact> {
  const kept = change.removed.filter(isKept).map((object) => keptRow(placed(object, namespace)));
  const going = change.removed.filter((object) => !isKept(object));
  const added = change.added.map((object) => changeRow(undefined, placed(object, namespace), [], change.how));
  const changed = change.both.map(([before, after]) => ({ before: placed(before, namespace), after, changes: changesBetween(before.body, after.body) }));
  if (kubectl === undefined) {
    return {
      resources: [...kept, ...added, ...going.map((object) => unreadRow(placed(object, namespace), change.why)), ...changed.map(({ before, after, changes }) => notLive(changeRow(before, after, changes, change.how)))],
      dependencies: [], warnings: [], evidence: [], fingerprints: [],
      unknowns: [notKnown('state', 'the cluster', 'What stands in the cluster was not read, because there is no kubectl on the PATH: neither what these objects own, nor their volumes, nor who needs them. Install kubectl and preview again.')],
    };
  }
  const refs = await standing(kubectl, going, namespace);
  const impact = await impactOf(kubectl, { orphan: change.orphan, doomed: refs.map((ref) => ({ ref, why: change.why })) });
  const touched = changed.filter((one) => one.changes.length > 0);
  const live = await readByName(kubectl, touched.filter(({ before }) => /^(?:Deployment|StatefulSet|DaemonSet)$/.test(before.kind)).map(({ before }) => before));
  const byId = new Map(live.objects.map((object) => [idOf(object), object]));
  const rows = changed.map(({ before, after, changes }) => {
    const now = byId.get(idOf(before));
    const made = now === undefined ? notLive(changeRow(before, after, changes, change.how)) : changeRow(now, after, changes, change.how);
    return change.force && changes.length > 0 ? forced(made) : made;
  });
  const stopped = rows.flatMap((one) => { const now = byId.get(one.id); return now !== undefined && one.because.some((sentence) => sentence.startsWith('No replica is left')) ? [now] : []; });
  const shrunk = changed.flatMap(({ before, after }): Shrunk[] => {
    const [set, replicas] = [byId.get(idOf(before)), number(at(after.body, 'spec', 'replicas')) ?? 1];
    return set?.kind === 'StatefulSet' && replicas > 0 && replicas < (number(at(set.body, 'spec', 'replicas')) ?? 1) ? [{ set, replicas }] : [];
  });
  const outage = together(await outageOf(kubectl, stopped), await claimsOfShrunk(kubectl, shrunk));
  const existing = await standing(kubectl, change.added, namespace);
  const shown = new Set<string>();
  const resources = [...impact.resources, ...kept, ...added, ...rows, ...outage.resources].filter((one) => !shown.has(one.id) && shown.add(one.id));
  return {
    resources, dependencies: [...impact.dependencies, ...outage.dependencies],
    unknowns: [...impact.unknowns, ...live.unknowns, ...outage.unknowns],
    warnings: [
      ...impact.warnings,
      ...(refs.length < going.length ? [`${going.length - refs.length} of the ${going.length} objects that would be deleted do not stand in the cluster any more.`] : []),
      ...existing.map((ref) => `${idOf(ref)} stands in the cluster already: Helm refuses to take over what another tool made.`),
    ],
    evidence: [...impact.evidence, ...outage.evidence],
    fingerprints: [...impact.fingerprints, ...outage.fingerprints],
  };
}

/** The objects of a manifest that stand in the cluster, each in its own namespace. Only their names are given to kubectl. */
async function standing(kubectl: Kubectl, objects: readonly KubeObject[], namespace: string): Promise<readonly Ref[]> {
  if (objects.length === 0) return [];
  const names = objects.map(({ apiVersion, kind, name, namespace: own }) => JSON.stringify({ apiVersion, kind, metadata: { name, ...(own === undefined ? {} : { namespace: own }) } })).join('\n');
  const answer = await kubectl.run('get', ['-f=-', `--namespace=${namespace}`, '--ignore-not-found', '--no-headers', '-o=custom-columns=A:.apiVersion,K:.kind,S:.metadata.namespace,N:.metadata.name'], names);
  const found = readColumns(answer.stdout);
  // Where kubectl could not look, the manifest's own word counts: it may well stand.
  if (answer.code === 0) return found;
  const known = new Set(found.map((ref) => `${ref.kind} ${ref.name}`));
  return [...found, ...objects.filter((object) => !known.has(`${object.kind} ${object.name}`)).map((object) => placed(object, namespace))];
}

function keptRow(object: KubeObject): AffectedResource {
  return {
    ...row(object), action: 'forget', outcome: 'retained', data: /^PersistentVolume/.test(object.kind) ? 'orphaned' : 'none', downtime: { interrupted: 'no' },
    reversibility: { kind: 'recoverable', how: 'It stays in the cluster without the release; helm upgrade --take-ownership takes it back.' },
    because: [`It is annotated ${KEEP}: Helm leaves it (Helm documentation, "Tell Helm Not To Uninstall a Resource").`],
  };
}

/** A removed object of which only the manifest is known. */
function unreadRow(object: KubeObject, why: string): AffectedResource {
  const holds = /^(?:PersistentVolumeClaim|PersistentVolume|Namespace|CustomResourceDefinition|Secret|ConfigMap)$/.test(object.kind);
  return { ...row(object), action: 'remove', outcome: holds ? 'unknown' : 'lost', data: holds ? 'unknown' : 'none', reversibility: { kind: 'unknown', how: 'helm rollback, if --keep-history is given; data are another matter.' }, because: [why] };
}

/** Sentences about running pods are no facts when only the manifest was read. */
const notLive = (made: AffectedResource): AffectedResource => ({ ...made, because: made.because.map((sentence) => sentence.replace(/; \d+ of \d+ are ready now\./, '; how many are ready was not read.')) });

function forced(made: AffectedResource): AffectedResource {
  return { ...made, replacement: 'may', outcome: 'replaced', downtime: { interrupted: 'may', order: 'delete-first' }, because: [...made.because, '--force replaces what changes: where it can\'t be updated it is deleted and created again (Helm documentation, "helm upgrade").'] };
}

/** Sentences about hooks that run with a command: nobody knows what their containers do. */
export function hookUnknowns(hooks: readonly KubeObject[], events: readonly string[]): readonly string[] {
  return hooks.filter((hook) => hookEvents(hook).some((event) => events.includes(event))).map((hook) => `The hook ${hook.kind} ${hook.name} runs (${hookEvents(hook).filter((event) => events.includes(event)).join(', ')}); what it does is not known. Read it with helm get hooks, or use --no-hooks.`);
}
