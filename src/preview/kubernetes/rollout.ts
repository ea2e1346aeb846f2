import { notKnown, type AffectedResource, type BlastRadius, type Unknown } from '../../model';
import { blastRadius, digestOf } from '../radius';
import { row } from './affected';
import { changeRow, rolling, scratch } from './change-row';
import { valueOf, type KubeCommand } from './command';
import { changesBetween } from './diff';
import { at, fields, text, type Fields } from './json';
import type { Kubectl, Place } from './kubectl';
import { fingerprintOf, idOf, type KubeObject } from './objects';
import { joined, listTypes, readByName } from './reads';
import { resolve } from './targets';

const REVISION = 'deployment.kubernetes.io/revision';

/** What `kubectl rollout restart|undo|pause|resume` would do, from reads: only `undo` has a dry run, and that one tells no fields. @throws PreviewError */
export async function previewRollout(kubectl: Kubectl, command: KubeCommand, place: Place): Promise<BlastRadius> {
  const verb = command.path.split(' ')[1] ?? '';
  kubectl.progress('Reading what would be rolled out');
  const targets = await resolve(kubectl, command, command.words, place.namespace);
  const live = await readByName(kubectl, targets.refs);
  const unknowns: Unknown[] = [...targets.unknowns, ...live.unknowns];
  const warnings: string[] = [...targets.warnings];
  const resources: AffectedResource[] = [];
  const revisions = verb === 'undo' ? joined(await Promise.all([...new Set(live.objects.flatMap((object) => (object.kind === 'Deployment' && object.namespace !== undefined ? [object.namespace] : [])))].map((namespace) => listTypes(kubectl, ['replicasets.apps'], { namespace })))) : undefined;
  unknowns.push(...(revisions?.unknowns ?? []));
  for (const object of live.objects) {
    const paused = at(object.body, 'spec', 'paused') === true;
    if (verb === 'restart') {
      if (paused) warnings.push(`${idOf(object)} is paused: kubectl refuses to restart it until it is resumed.`);
      const roll = rolling(object);
      resources.push({ ...row(object), action: 'modify', outcome: roll.downtime.interrupted === 'no' ? 'modified' : 'interrupted', data: 'none', downtime: roll.downtime, reversibility: { kind: 'reversible', how: 'The same pods come back; what went wrong at the start of a pod shows with kubectl rollout status.' }, because: ['All of its pods are made anew with the same template.', roll.why, ...scratch(object)] });
    } else if (verb === 'undo') resources.push(undone(object, revisions?.objects ?? [], valueOf(command, '--to-revision'), unknowns, warnings));
    else {
      const after: KubeObject = { ...object, body: { ...object.body, spec: { ...fields(object.body['spec']), paused: verb === 'pause' } } };
      const changes = paused === (verb === 'pause') ? [] : [{ path: 'spec.paused', before: paused, after: verb === 'pause' }];
      const changed = changeRow(object, after, changes, 'read from the cluster');
      resources.push({
        ...changed, ...(changes.length === 0 ? {} : { reversibility: { kind: 'reversible', how: `kubectl rollout ${verb === 'pause' ? 'resume' : 'pause'} ${object.kind.toLowerCase()}/${object.name}${object.namespace === undefined ? '' : ` -n ${object.namespace}`}` } as const, downtime: { interrupted: verb === 'pause' ? 'no' as const : 'may' as const } }),
        because: [...changed.because, verb === 'pause' ? 'Running pods stay; changes of the template are not rolled out until it is resumed, and kubectl rollout undo is refused.' : 'Changes of the template that were made while it was paused are rolled out now.'],
      });
    }
  }
  return blastRadius({
    source: 'live-reads', sourceDetail: `Read from the cluster just now: what would be rolled out, and how its pods are replaced.`, context: place.context, ...(place.namespace === undefined ? {} : { stack: place.namespace }),
    resources, dependencies: [], unknowns, warnings: [...warnings, ...(targets.refs.length === 0 ? ['Nothing in the cluster fits: nothing would be rolled out.'] : [])],
    evidence: [{ what: 'how pods are replaced', from: 'kubectl get, spec.strategy or spec.updateStrategy' }, ...(revisions === undefined ? [] : [{ what: 'the revision it goes back to', from: `kubectl get replicasets.apps, annotation ${REVISION}` }])],
    stateDigest: digestOf(live.objects.map(fingerprintOf).sort()),
  });
}

/** A Deployment goes back to the template of an older ReplicaSet. Source: Kubernetes documentation, "Rolling Back a Deployment". */
function undone(object: KubeObject, sets: readonly KubeObject[], to: string | undefined, unknowns: Unknown[], warnings: string[]): AffectedResource {
  if (object.kind !== 'Deployment') {
    const roll = rolling(object);
    unknowns.push(notKnown('change', idOf(object), `Which template ${idOf(object)} goes back to is not read. Look with 'kubectl rollout history ${object.kind.toLowerCase()}/${object.name}'.`));
    return { ...row(object), action: 'modify', outcome: 'unknown', data: 'unknown', downtime: roll.downtime, reversibility: { kind: 'unknown', how: 'kubectl rollout undo once more goes back to the revision of now.' }, because: ['It goes back to an older revision.', roll.why] };
  }
  const revisionOf = (one: KubeObject): number => Number(text(one.annotations[REVISION]) ?? '0');
  const own = sets.filter((set) => set.owners.some((owner) => owner.uid === object.uid)).sort((a, b) => revisionOf(b) - revisionOf(a));
  const target = to === undefined || to === '0' ? own.find((set) => revisionOf(set) < Math.max(...own.map(revisionOf))) : own.find((set) => revisionOf(set) === Number(to));
  if (at(object.body, 'spec', 'paused') === true) warnings.push(`${idOf(object)} is paused: kubectl refuses to undo it until it is resumed.`);
  if (target === undefined) {
    warnings.push(`${idOf(object)} has no ${to === undefined ? 'older revision' : `revision ${to}`} that is kept: kubectl would refuse to undo it.`);
    return changeRow(object, object, [], 'read from the cluster');
  }
  const template = withoutHash(fields(at(target.body, 'spec', 'template')));
  const after: KubeObject = { ...object, body: { ...object.body, spec: { ...fields(object.body['spec']), template } } };
  const changed = changeRow(object, after, changesBetween(object.body, after.body), `revision ${revisionOf(target)}, ReplicaSet ${target.name}`);
  return changed.outcome === 'unchanged' ? changed : { ...changed, reversibility: { kind: 'reversible', how: `kubectl rollout undo deployment/${object.name}${object.namespace === undefined ? '' : ` -n ${object.namespace}`} once more` } };
}

function withoutHash(template: Fields): Fields {
  const { 'pod-template-hash': _hash, ...labels } = fields(at(template, 'metadata', 'labels'));
  return { ...template, metadata: { ...fields(template['metadata']), labels } };
}
