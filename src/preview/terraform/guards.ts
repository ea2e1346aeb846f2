import { readFile } from 'node:fs/promises';
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

/**
 * Data sources that run a program or call something that may act, already while a plan is made. Source: the documentation of the
 * providers hashicorp/external, hashicorp/aws, scottwinkler/shell, devops-rob/terracurl.
 */
const RUNS = ['external', 'aws_lambda_invocation', 'shell_script', 'terracurl_request'];
const MAX_FILE = 1024 * 1024;

/** The data sources of a configuration and its modules that a plan would execute, with their file. */
export async function programsIn(folder: string, dataFolder: string, list: (folder: string) => Promise<readonly string[]>): Promise<string[]> {
  const folders = new Set([folder, ...(await moduleFolders(folder, dataFolder))]);
  const found: string[] = [];
  for (const at of [...folders].slice(0, 2_000)) {
    for (const name of await list(at)) {
      if (!/\.(?:tf|tofu)(?:\.json)?$/.test(name)) continue;
      const text = await readFile(path.join(at, name), 'utf8').catch(() => '');
      if (text.length > MAX_FILE) {
        found.push(`${path.relative(folder, path.join(at, name))}: too large to be read`);
        continue;
      }
      for (const type of RUNS) {
        const pattern = name.endsWith('.json') ? new RegExp(`"${type}"\\s*:`) : new RegExp(`\\bdata\\s+"?${type}"?\\s`);
        if (pattern.test(text)) found.push(`data ${type} in ${path.relative(folder, path.join(at, name))}`);
      }
    }
  }
  return found;
}

/** Folders of the modules as `terraform init` noted them. */
async function moduleFolders(folder: string, dataFolder: string): Promise<string[]> {
  try {
    const json: unknown = JSON.parse(await readFile(path.join(dataFolder, 'modules', 'modules.json'), 'utf8'));
    const modules = (json as { Modules?: readonly { Dir?: unknown }[] }).Modules ?? [];
    return modules.flatMap((m) => (typeof m.Dir === 'string' ? [path.resolve(folder, m.Dir)] : []));
  } catch {
    return [];
  }
}
