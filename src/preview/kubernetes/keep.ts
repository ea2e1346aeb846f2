import type { BlastRadius, Kept } from '../../model';
import { keepFile } from '../keep';
import { at, fields, text } from './json';
import { idOf, readObjects, type KubeObject } from './objects';

/** What the server sets, and refuses or ignores when an object is made again. Source: Kubernetes API conventions, "Metadata". */
const OF_THE_SERVER = new Set(['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'managedFields', 'selfLink', 'ownerReferences']);

/**
 * Saves the objects that a command touches, as they stand, so that `kubectl apply -f` of one file brings them back. Left out: Secrets,
 * whose values are not read, and what a controller makes again from its owner.
 * @param answers JSON that kubectl gave during the preview. @param folder the preview's own.
 */
export async function keepObjects(answers: readonly string[], radius: BlastRadius, folder: string): Promise<Kept[]> {
  const touched = new Set(radius.resources.filter((r) => r.outcome !== 'unchanged' && r.outcome !== 'added').map((r) => r.id));
  if (touched.size === 0) return [];
  const found = new Map<string, KubeObject>();
  for (const object of answers.flatMap(objectsOf)) {
    const id = idOf(object);
    if (!touched.has(id) || found.has(id) || object.kind === 'Secret' || object.owners.some((owner) => owner.controller)) continue;
    found.set(id, object);
  }
  if (found.size === 0) return [];
  // Namespaces and definitions first: the others need them.
  const rank = (o: KubeObject): number => (o.kind === 'Namespace' ? 0 : o.kind === 'CustomResourceDefinition' ? 1 : o.kind === 'PersistentVolume' ? 2 : 3);
  const list = { apiVersion: 'v1', kind: 'List', items: [...found.values()].sort((a, b) => rank(a) - rank(b) || (idOf(a) < idOf(b) ? -1 : 1)).map(again) };
  return [await keepFile(folder, 'objects.json', `${JSON.stringify(list, null, 2)}\n`, `${found.size} ${found.size === 1 ? 'object' : 'objects'} as ${found.size === 1 ? 'it stands' : 'they stand'} (kubectl apply -f brings them back; Secrets and data on volumes are not in it)`)];
}

function objectsOf(json: string): readonly KubeObject[] {
  try {
    return readObjects(json);
  } catch {
    return [];
  }
}

/** The object without what only the server writes. A claim is not bound to its old volume: that may be gone. */
function again({ kind, body }: KubeObject): unknown {
  const { status: _status, metadata, ...rest } = body;
  const meta = Object.fromEntries(Object.entries(fields(metadata)).filter(([name]) => !OF_THE_SERVER.has(name)));
  if (kind === 'Service' && text(at(rest, 'spec', 'clusterIP')) !== 'None') {
    const { clusterIP: _ip, clusterIPs: _ips, ...spec } = fields(rest['spec']);
    return { ...rest, metadata: meta, spec };
  }
  return { ...rest, metadata: meta };
}
