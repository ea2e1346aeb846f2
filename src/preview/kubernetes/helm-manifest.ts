import { eachOnce, notKnown, type Unknown } from '../../model';
import { parseAllDocuments } from 'yaml';
import { fields, items, number, text } from './json';
import { idOf, readObject, type KubeObject } from './objects';

/** What a release's manifest holds. */
export interface Manifest {
  readonly objects: readonly KubeObject[];
  /** Documents that are no objects or can't be read, each a sentence. */
  readonly unknowns: readonly Unknown[];
}

/**
 * Reads `helm get manifest` or `helm get hooks`: YAML documents, each with the template that it comes from. Secrets keep only digests of their values.
 * Source: Helm documentation, "helm get manifest".
 */
export function readManifest(yaml: string): Manifest {
  const objects: KubeObject[] = [];
  const unknowns: Unknown[] = [];
  for (const document of parseAllDocuments(yaml, { logLevel: 'silent' })) {
    if (!('toJS' in document)) continue;
    let data: unknown;
    try {
      data = document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 });
    } catch {
      data = undefined;
    }
    if (data === null) continue;
    const all = fields(data)['kind'] === 'List' ? items(fields(data)['items']) : [data];
    for (const one of all) {
      const object = readObject(one);
      if (object === undefined) unknowns.push(notKnown('input', 'the manifest', 'A part of the release\'s manifest can\'t be read. Look at it with helm get manifest.'));
      else objects.push(object);
    }
  }
  return { objects, unknowns: eachOnce(unknowns) };
}

/** Whether Helm leaves an object in the cluster when it leaves the release. Source: Helm documentation, "Chart Development Tips and Tricks", "Tell Helm Not To Uninstall a Resource". */
export const isKept = (object: KubeObject): boolean => text(object.annotations['helm.sh/resource-policy'])?.split(',').map((one) => one.trim().toLowerCase()).includes('keep') === true;

/** When an object is made as a hook. Source: Helm documentation, "Chart Hooks". */
export const hookEvents = (object: KubeObject): readonly string[] => (text(object.annotations['helm.sh/hook']) ?? '').split(',').map((one) => one.trim()).filter((one) => one !== '');

/** A revision in a release's history. */
export interface Revision {
  readonly revision: number;
  readonly status: string;
  readonly chart: string;
}

/** Reads `helm history -o json`, the oldest first. Source: Helm documentation, "helm history". */
export function readHistory(json: string): readonly Revision[] {
  const data: unknown = JSON.parse(json);
  return items(data).flatMap((one) => {
    const revision = number(fields(one)['revision']);
    return revision === undefined ? [] : [{ revision, status: text(fields(one)['status']) ?? 'unknown', chart: text(fields(one)['chart']) ?? '' }];
  }).sort((a, b) => a.revision - b.revision);
}

/** The manifest and hooks in the answer of `helm upgrade --dry-run=server -o json`. Source: Helm documentation, "helm upgrade"; the release as Helm prints it. @throws SyntaxError when it is no JSON. */
export function readDryRun(json: string): { readonly manifest: string; readonly hooks: string } | undefined {
  const data: unknown = JSON.parse(json);
  const manifest = fields(data)['manifest'];
  if (typeof manifest !== 'string') return undefined;
  return { manifest, hooks: items(fields(data)['hooks']).flatMap((one) => text(fields(one)['manifest']) ?? []).join('\n---\n') };
}

/** Two manifests against each other, by kind, namespace and name. */
export function compareManifests(before: readonly KubeObject[], after: readonly KubeObject[]): { readonly removed: readonly KubeObject[]; readonly added: readonly KubeObject[]; readonly both: readonly (readonly [KubeObject, KubeObject])[] } {
  const old = new Map(before.map((object) => [idOf(object), object]));
  const now = new Map(after.map((object) => [idOf(object), object]));
  return {
    removed: [...old].flatMap(([id, object]) => (now.has(id) ? [] : [object])),
    added: [...now].flatMap(([id, object]) => (old.has(id) ? [] : [object])),
    both: [...now].flatMap(([id, object]) => { const then = old.get(id); return then === undefined ? [] : [[then, object] as const]; }),
  };
}
