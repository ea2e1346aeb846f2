import { notKnown, type AffectedResource, type BlastRadius } from '../../model';
import { blastRadius, digestOf } from '../radius';
import type { KubeCommand } from './command';
import { waiting } from './delete';
import { impactOf } from './impact';
import type { Kubectl, Place } from './kubectl';
import { idOf } from './objects';
import { resolve } from './targets';

/** What `kubectl replace --force` would do: it deletes and creates again, and has no dry run. @throws PreviewError */
export async function previewReplaceForce(kubectl: Kubectl, command: KubeCommand, place: Place): Promise<BlastRadius> {
  kubectl.progress('Resolving what would be deleted and created again');
  const targets = await resolve(kubectl, command, [], place.namespace);
  const impact = await impactOf(kubectl, { orphan: false, doomed: targets.refs.map((ref) => ({ ref, why: 'replace --force deletes it and creates it again from the file.' })) });
  const again = new Set(targets.refs.map(idOf));
  return blastRadius({
    source: 'live-reads', sourceDetail: 'Read from the cluster just now: what would be deleted before it is created again, what it owns and what needs it. replace --force has no dry run.',
    context: place.context, ...(place.namespace === undefined ? {} : { stack: place.namespace }), ...impact,
    resources: impact.resources.map((one) => (again.has(one.id) ? replaced(one) : one)),
    unknowns: [...targets.unknowns, ...impact.unknowns, notKnown('change', 'the cluster', 'What differs in the new objects, and objects of the files that do not exist yet, are not shown: replace --force has no dry run. Compare with kubectl diff.')],
    warnings: [...waiting(impact.resources), ...(targets.refs.length === 0 ? ['None of the objects in these files exists: they would be created.'] : [])],
    stateDigest: digestOf({ targets: targets.refs.map(idOf).sort(), shown: impact.fingerprints }),
  });
}

function replaced(one: AffectedResource): AffectedResource {
  const lost = one.data === 'lost' && !/ (?:ConfigMap|Secret)$/.test(one.type);
  return {
    ...one, action: 'modify', replacement: 'yes',
    ...(one.outcome === 'lost' && !lost ? { outcome: 'replaced' as const } : {}),
    ...(one.downtime === undefined ? {} : { downtime: { ...one.downtime, order: 'delete-first' as const } }),
  };
}
