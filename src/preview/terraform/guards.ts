import path from 'node:path';
import { literal, readHcl, type Block } from '../../detect/templates/terraform/hcl';
import { headNames, headText } from '../git-head';
import type { AffectedResource } from '../../model';
import { blockOf } from './references';

const CONFIGURATION = /\.(?:tf|tofu)$/;
const MAX_FOLDERS = 200;

/**
 * Which of the resources that go had a `prevent_destroy` at git HEAD: with its block the guard goes, too, and Terraform plans a clean delete.
 * @param folder absolute path of the root module. @param gone what the plan deletes or replaces.
 * @returns a warning for each, or why it can't be told.
 */
export async function guardsLost(folder: string, gone: readonly AffectedResource[], signal: AbortSignal): Promise<{ readonly warnings: readonly string[]; readonly unknown?: string }> {
  if (gone.length === 0) return { warnings: [] };
  const guarded = new Map<string, string>();
  const seen = new Set<string>();
  const visit = async (at: string, prefix: string): Promise<boolean> => {
    if (seen.has(`${at} ${prefix}`) || seen.size > MAX_FOLDERS) return true;
    seen.add(`${at} ${prefix}`);
    const names = await headNames(at, signal);
    if (names === undefined) return false;
    for (const name of names.filter((n) => CONFIGURATION.test(n))) {
      const head = await headText(path.join(at, name), signal);
      if (head.kind !== 'text') continue;
      for (const block of readHcl(head.text).blocks) {
        if (block.type === 'resource' && prevents(block)) guarded.set(`${prefix}${block.labels.join('.')}`, path.relative(folder, path.join(at, name)));
        const source = block.type === 'module' ? literal(block.attributes.get('source')?.text) : undefined;
        if (source !== undefined && /^\.\.?\//.test(source)) await visit(path.resolve(at, source), `${prefix}module.${block.labels[0] ?? ''}.`);
      }
    }
    return true;
  };
  if (!(await visit(folder, ''))) return { warnings: [], unknown: 'Whether a prevent_destroy was taken off can\'t be told: the folder is not in git, or git did not answer. Compare with the last version that was applied.' };
  return {
    warnings: gone.flatMap((r) => {
      const file = guarded.get(blockOf(r.logicalId));
      return file === undefined ? [] : [`${r.id} had prevent_destroy at git HEAD (${file}); the guard is gone from the configuration, so nothing stops this.`];
    }),
  };
}

function prevents(block: Block): boolean {
  return block.blocks.some((b) => b.type === 'lifecycle' && b.attributes.get('prevent_destroy')?.text === 'true');
}
