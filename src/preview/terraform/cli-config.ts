import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readFileText } from './configuration';

/**
 * Whether the tool's own configuration puts builds of providers in place that no lock file covers.
 * Source: Terraform CLI documentation, "CLI Configuration File", "Development Overrides for Provider Developers"; OpenTofu's page of the
 * same name for `.tofurc` and XDG. Mirrors and caches say where `init` finds a provider; what runs then is held to the lock file.
 */
export async function hasDevOverrides(env: NodeJS.ProcessEnv): Promise<boolean> {
  for (const file of await filesOf(env)) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (!/dev_overrides|\\u/.test(text)) continue;
    const { blocks, unread } = readFileText(file, text);
    const inside = blocks.filter((b) => b.type === 'provider_installation');
    if (unread || inside.some((b) => b.attributes.has('dev_overrides') || b.blocks.some((one) => one.type === 'dev_overrides'))) return true;
  }
  return false;
}

async function filesOf(env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const given = env['TF_CLI_CONFIG_FILE'] || env['TERRAFORM_CONFIG'];
  if (given) return [given];
  const homes = [env['HOME'], env['USERPROFILE'], env['APPDATA']].filter((one) => one !== undefined && one !== '') as string[];
  const own = homes.flatMap((home) => ['.terraformrc', '.tofurc', 'terraform.rc', 'tofu.rc'].map((name) => path.join(home, name)));
  const more = [...homes.flatMap((home) => [path.join(home, '.terraform.d'), path.join(home, 'terraform.d')]), ...(env['XDG_CONFIG_HOME'] ? [path.join(env['XDG_CONFIG_HOME'], 'opentofu')] : [])];
  const found = await Promise.all(more.map(async (folder) => (await readdir(folder).catch((): string[] => [])).filter((name) => /\.(?:tfrc|tfrc\.json)$|^tofurc$/.test(name)).map((name) => path.join(folder, name))));
  return [...own, ...found.flat()];
}
