import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { valuesOf, type KubeCommand } from './command';
import { isRemote, notBound } from './fetched';
import { fields, items } from './json';

/** Kustomize's own names for its file, and the lists in it that name other bases. Source: Kustomize documentation, "kustomization"; api/konfig. */
const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
const LISTS = ['resources', 'bases', 'components', 'crds', 'configurations', 'transformers', 'generators', 'validators'];
const MAX_FOLDERS = 200;

/** What the folders of `-k` take from elsewhere, so that it may be something else when the command runs; each a sentence. */
export async function remoteInFolder(command: KubeCommand, cwd: string): Promise<readonly string[]> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = async (folder: string): Promise<void> => {
    if (seen.has(folder) || seen.size > MAX_FOLDERS) return;
    seen.add(folder);
    for (const name of NAMES) {
      const text = await readFile(path.join(folder, name), 'utf8').catch(() => undefined);
      if (text === undefined) continue;
      const data = fields(read(text));
      if (items(data['helmCharts']).length > 0) found.add(notBound(`A chart of ${path.join(folder, name)}`, 'Helm fetches it by itself'));
      for (const one of LISTS.flatMap((list) => items(data[list]))) {
        if (typeof one !== 'string') continue;
        if (isRemote(one)) found.add(notBound(one, `${name} names it`));
        else await visit(path.resolve(folder, one));
      }
    }
  };
  for (const folder of valuesOf(command, '--kustomize')) if (!isRemote(folder)) await visit(path.resolve(cwd, folder));
  return [...found];
}

function read(text: string): unknown {
  try {
    return parseDocument(text, { logLevel: 'silent' }).toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}
