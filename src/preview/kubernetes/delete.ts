import type { BlastRadius } from '../../model';
import { blastRadius, digestOf } from '../radius';
import { isOn, valueOf, type KubeCommand } from './command';
import { impactOf } from './impact';
import type { Kubectl, Place } from './kubectl';
import { idOf } from './objects';
import type { Ref } from './reads';
import { choosesNothing, resolve } from './targets';

/** Namespaces that the API refuses to delete. Source: Kubernetes, admission plugin NamespaceLifecycle. */
const KEPT_NAMESPACES = new Set(['default', 'kube-system', 'kube-public']);

/** What `kubectl delete` would take down, from reads only. @throws PreviewError */
export async function previewDelete(kubectl: Kubectl, command: KubeCommand, place: Place): Promise<BlastRadius> {
  const base = { source: 'live-reads' as const, sourceDetail: 'Read from the cluster just now: what would be deleted, what it owns, the volumes behind it and what needs it.', context: place.context };
  if (choosesNothing(command)) {
    return blastRadius({ ...base, resources: [], dependencies: [], unknowns: [], warnings: ['kubectl would refuse this command: it names a type, but neither a name, a selector nor --all.'] });
  }
  kubectl.progress('Resolving what would be deleted');
  const targets = await resolve(kubectl, command, command.words, place.namespace);
  const orphan = /^(?:orphan|false)$/.test(valueOf(command, '--cascade') ?? '');
  const impact = await impactOf(kubectl, { orphan, doomed: targets.refs.map((ref) => ({ ref, why: 'The command deletes it.' })) });
  return blastRadius({
    ...base, ...impact, ...stackOf(targets.refs),
    unknowns: [...targets.unknowns, ...impact.unknowns],
    warnings: [
      ...targets.warnings,
      ...(targets.refs.length === 0 ? ['Nothing in the cluster fits: nothing would be deleted.'] : []),
      ...targets.refs.filter((ref) => ref.kind === 'Namespace' && KEPT_NAMESPACES.has(ref.name)).map((ref) => `The API refuses to delete namespace ${ref.name}.`),
      ...optionWarnings(command), ...waiting(impact.resources),
    ],
    evidence: [{ what: 'what the command acts on', from: 'kubectl get with the words and options of the command' }, ...impact.evidence],
    stateDigest: digestOf({ targets: targets.refs.map(idOf).sort(), shown: impact.fingerprints }),
  });
}

/** The one namespace that it is about, if it is about one. */
function stackOf(refs: readonly Ref[]): { readonly stack?: string } {
  const [only, ...others] = new Set(refs.map((ref) => (ref.kind === 'Namespace' ? ref.name : ref.namespace)));
  return only === undefined || others.length > 0 ? {} : { stack: only };
}

function optionWarnings(command: KubeCommand): readonly string[] {
  return isOn(command, '--force') && valueOf(command, '--grace-period') !== undefined ? ['--force with --grace-period: the API forgets pods before they have stopped; two pods of a StatefulSet may then write the same volume (Kubernetes documentation, "Force Delete StatefulSet Pods").'] : [];
}

/** Names what keeps a deletion from ending. */
export function waiting(resources: BlastRadius['resources']): readonly string[] {
  const names = resources.filter((one) => one.because.some((sentence) => sentence.startsWith('Its deletion waits for the finalizers'))).map((one) => one.id);
  return names.length === 0 ? [] : [`The deletion waits for finalizers of ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}; without their controllers it does not end.`];
}
