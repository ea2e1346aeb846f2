import { notKnown, type BlastRadius } from '../../model';
import { fail } from '../failure';
import { blastRadius, digestOf } from '../radius';
import { changeRow } from './change-row';
import { valueOf, type KubeCommand } from './command';
import { at, fields, number } from './json';
import type { Kubectl, Place } from './kubectl';
import { fingerprintOf, idOf, isCustom, type KubeObject } from './objects';
import { claimsOfShrunk, outageOf, together } from './outage';
import { readByName } from './reads';
import { choosesNothing, resolve } from './targets';

/** What `kubectl scale` would do, from reads: its dry run prints the old number. @throws PreviewError */
export async function previewScale(kubectl: Kubectl, command: KubeCommand, place: Place): Promise<BlastRadius> {
  const wanted = valueOf(command, '--replicas') ?? '';
  if (!/^\d+$/.test(wanted)) fail('command', `The number of replicas (${wanted === '' ? 'none' : wanted}) is no number. Correct --replicas and run it again.`);
  const replicas = Number(wanted);
  if (choosesNothing(command)) {
    return blastRadius({ source: 'live-reads', sourceDetail: 'Nothing was read: the command chooses nothing.', context: place.context, resources: [], dependencies: [], unknowns: [], warnings: ['kubectl would refuse this command: it names a type, but neither a name, a selector nor --all.'] });
  }
  kubectl.progress('Reading what would be scaled');
  const targets = await resolve(kubectl, command, command.words, place.namespace);
  const live = await readByName(kubectl, targets.refs);
  const scaled = live.objects.map((object): KubeObject => ({ ...object, body: { ...object.body, spec: { ...fields(object.body['spec']), replicas } } }));
  const rows = live.objects.map((object, index) => {
    const before = number(at(object.body, 'spec', 'replicas'));
    return changeRow(object, scaled[index] ?? object, before === replicas ? [] : [{ path: 'spec.replicas', before, after: replicas }], 'read from the cluster and --replicas');
  });
  const outage = together(
    await outageOf(kubectl, live.objects.filter((_, index) => replicas === 0 && rows[index]?.outcome === 'interrupted')),
    await claimsOfShrunk(kubectl, live.objects.filter((object) => replicas > 0 && (number(at(object.body, 'spec', 'replicas')) ?? 1) > replicas).map((set) => ({ set, replicas }))),
  );
  const current = valueOf(command, '--current-replicas');
  return blastRadius({
    source: 'live-reads', sourceDetail: 'Read from the cluster just now: what would be scaled, its pods and who needs them.', context: place.context, ...(place.namespace === undefined ? {} : { stack: place.namespace }),
    resources: [...rows, ...outage.resources], dependencies: outage.dependencies,
    unknowns: [
      ...targets.unknowns, ...live.unknowns, ...outage.unknowns,
      ...targets.refs.filter((ref) => !live.objects.some((object) => idOf(object) === idOf(ref))).map((ref) => notKnown('state', idOf(ref), `${idOf(ref)} can't be read, so what it runs is not known. Look at it with kubectl get.`)),
      ...live.objects.filter(isCustom).map((object) => notKnown('program', idOf(object), `${idOf(object)} is a custom object: what its controller does with ${replicas} replicas is not known. Ask its owner.`)),
    ],
    warnings: [
      ...targets.warnings,
      ...(targets.refs.length === 0 ? ['Nothing in the cluster fits: nothing would be scaled.'] : []),
      ...(current === undefined ? [] : live.objects.filter((object) => String(number(at(object.body, 'spec', 'replicas'))) !== current).map((object) => `${idOf(object)} has ${String(number(at(object.body, 'spec', 'replicas')) ?? 'an unknown number of')} replicas, not ${current}: kubectl would refuse to scale it.`)),
    ],
    evidence: [{ what: 'replicas now', from: 'kubectl get of what the command names' }, ...outage.evidence],
    stateDigest: digestOf([...live.objects.map(fingerprintOf), ...outage.fingerprints].sort()),
  });
}
