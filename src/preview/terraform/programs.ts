import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Execution } from '../../model';
import { readHcl, type Block } from '../../detect/templates/terraform/hcl';
import { hasDevOverrides } from './cli-config';
import { readConfiguration, textOf, type ConfigurationFile } from './configuration';
import { EXTERNAL, isKnownProvider, providersOf } from './providers';

/** Where a tool works. */
export interface Where {
  /** Absolute path of the root module. */
  readonly folder: string;
  readonly dataFolder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What a plan would execute besides the tool itself and providers that are known to read. */
export interface Programs {
  readonly found: readonly Execution[];
  /** Files of which nothing is certain, seen from the root module. */
  readonly unread: readonly string[];
}

export async function programsIn(at: Where): Promise<Programs> {
  const files = await readConfiguration(at.folder, at.dataFolder);
  const sources = (await Promise.all(files.map((file) => inFile(file, at)))).flat();
  const external = files.some((file) => dataOf(file).some((b) => b.labels[0] === 'external' && acts(b)));
  const providers = (await providersOf(at.folder, files)).filter((address) => !isKnownProvider(address) && !(external && address === EXTERNAL));
  return { found: [...programs(sources), ...providers.map(provider), ...programs(await besides(at))], unread: files.filter((file) => file.unread).map((file) => file.name) };
}

/** What reading a saved plan or a state would execute: the tool starts the providers for their schemas, and asks no data source. */
export async function programsOfRead(at: Where): Promise<readonly Execution[]> {
  const root = (await readConfiguration(at.folder, at.dataFolder)).filter((file) => file.folder === at.folder);
  const providers = (await providersOf(at.folder, [])).filter((address) => !isKnownProvider(address) && address !== EXTERNAL);
  const backends = (await Promise.all(root.map((file) => inSettings(file, at, false)))).flat();
  return [...providers.map(provider), ...programs(backends), ...programs(await besides(at))];
}

const programs = (texts: readonly string[]): Execution[] => [...new Set(texts)].map((text) => ({ kind: 'program', subject: text, text }));

const provider = (address: string): Execution => ({ kind: 'provider', subject: address, text: `the provider ${address}, which ${address === EXTERNAL ? 'runs programs' : 'is none of the well-known ones'}` });

/** What the environment and the tool's own configuration put in. Source: Terraform CLI documentation, "Environment Variables", TF_REATTACH_PROVIDERS; OpenTofu, "State and Plan Encryption", TF_ENCRYPTION. */
async function besides({ env }: Where): Promise<readonly string[]> {
  const attached = env['TF_REATTACH_PROVIDERS']?.trim() ?? '';
  return [
    ...(attached !== '' && attached !== '{}' ? ['providers that already run elsewhere (TF_REATTACH_PROVIDERS)'] : []),
    ...(/\bexternal\b|\\u/.test(env['TF_ENCRYPTION'] ?? '') ? ['an external encryption program (TF_ENCRYPTION)'] : []),
    ...(await hasDevOverrides(env) ? ['builds of providers that no lock file covers (dev_overrides)'] : []),
  ];
}

/** A data source may stand in a check block, too. */
function dataOf(file: ConfigurationFile): readonly Block[] {
  return [...file.blocks, ...file.blocks.filter((b) => b.type === 'check').flatMap((b) => b.blocks)].filter((b) => b.type === 'data' || b.type === 'ephemeral');
}

async function inFile(file: ConfigurationFile, at: Where): Promise<readonly string[]> {
  const sources = dataOf(file);
  const providers = file.blocks.filter((b) => b.type === 'provider');
  return [
    ...sources.filter(acts).map((b) => `${b.type} ${b.labels[0] ?? ''} in ${file.name}`),
    ...(await Promise.all(providers.map(async (b) => (await commandsOf(b, file, at)).map((what) => `${what} (provider ${b.labels[0] ?? ''} in ${file.name})`)))).flat(),
    ...(file.folder === at.folder ? await inSettings(file, at, true) : []),
  ];
}

/** Of the `terraform` blocks of the root module: its backend, a run elsewhere, encryption by a program. */
async function inSettings(file: ConfigurationFile, at: Where, plans: boolean): Promise<readonly string[]> {
  const settings = file.blocks.filter((b) => b.type === 'terraform').flatMap((b) => b.blocks);
  // Source: HCP Terraform documentation, "Remote Operations": the plan is a run there, with what the workspace has.
  const elsewhere = plans && settings.some((b) => b.type === 'cloud' || (b.type === 'backend' && b.labels[0] === 'remote'));
  const encrypts = settings.filter((b) => b.type === 'encryption').some((b) => everyBlock(b).some((one) => (one.type === 'key_provider' || one.type === 'method') && one.labels[0] === 'external'));
  const backends = settings.filter((b) => b.type === 'backend');
  return [
    ...(elsewhere ? [`a run in HCP Terraform or what stands for it (${file.name})`] : []),
    ...(encrypts ? [`an external encryption program (${file.name})`] : []),
    ...(await Promise.all(backends.map(async (b) => (await commandsOf(b, file, at)).map((what) => `${what} (backend ${b.labels[0] ?? ''} in ${file.name})`)))).flat(),
  ];
}

/**
 * Data sources and ephemeral resources of known providers that run a program, or call something that may act, already while a plan is made.
 * Source: the documentation of hashicorp/external, /local (`local_command`), /aws (`aws_lambda_invocation`), /http, /helm (`helm_template`), azure/azapi
 * (`azapi_resource_action`), and of scottwinkler/shell and devops-rob/terracurl, which are none of the known.
 */
function acts(block: Block): boolean {
  const given = (name: string): string | undefined => block.attributes.get(name)?.text;
  switch (block.labels[0]) {
    case 'external': case 'local_command': case 'aws_lambda_invocation': case 'shell_script': case 'terracurl_request': return true;
    case 'http': return given('method') !== undefined && !/^(?:GET|HEAD)$/i.test(textOf(given('method')) ?? '');
    case 'azapi_resource_action': return !/^GET$/i.test(textOf(given('method')) ?? '') && !/^list/i.test(textOf(given('action')) ?? '');
    case 'helm_template': return everyBlock(block).some((one) => one.type === 'postrender' || one.attributes.has('postrender'));
    case 'terraform_remote_state': return /\bexec\b|\\u/.test(given('config') ?? '');
    default: return false;
  }
}

/** Programs that give a cluster's credentials, with the words that make them do that and nothing else. Source: the documentation of EKS, GKE, AKS and DigitalOcean on kubeconfig, and of the kubernetes provider, "Exec plugins". */
const HELPERS: Readonly<Record<string, RegExp>> = {
  aws: /^\[\s*(?:"--(?:profile|region|role-arn|output)"\s*,\s*[^,\]]+,\s*)*"eks"\s*,\s*"get-token"/, 'aws-iam-authenticator': /^\[\s*"token"/, 'gke-gcloud-auth-plugin': /^/, kubelogin: /^\[\s*"get-token"/,
  'kubectl-oidc_login': /^\[\s*"get-token"/, doctl: /^\[\s*"kubernetes"\s*,\s*"cluster"\s*,\s*"kubeconfig"\s*,\s*"exec-credential"/, oci: /^\[\s*"ce"\s*,\s*"cluster"\s*,\s*"generate-token"/, 'tsh': /^\[\s*"kube"\s*,\s*"credentials"/,
};

/** Arguments of providers and backends that name a program, and those that name a file which may name one. */
const PROGRAM = /(?:^|_)(?:exec|command|program|binary|executable|credential_process)(?:_path)?$|(?:^|_)cli_path$/;
const FILES = /^(?:config_paths?|shared_config_files?|shared_credentials_files?)$/;

/** The programs that the settings of a provider or a backend name, each in a few words. */
async function commandsOf(block: Block, file: ConfigurationFile, at: Where): Promise<readonly string[]> {
  const found: string[] = [];
  for (const one of everyBlock(block)) {
    if (one.type === 'exec') {
      const command = textOf(one.attributes.get('command')?.text);
      const helper = command !== undefined && Object.hasOwn(HELPERS, command) ? HELPERS[command] : undefined;
      if (!helper?.test(one.attributes.get('args')?.text ?? '')) found.push(`exec ${command ?? one.attributes.get('command')?.text ?? ''}`.trim());
      continue;
    }
    for (const { name, text } of one.attributes.values()) {
      if (isObject(text)) continue;
      // Of an object that is put together elsewhere nothing can be seen.
      if (PROGRAM.test(name) || (name === 'kubernetes' && !text.startsWith('['))) found.push(`${name} ${textOf(text) ?? text.slice(0, 40)}`);
      else if (FILES.test(name) && (await namesProgram(text, file, at))) found.push(`what ${text.slice(0, 60)} names`);
    }
  }
  return found;
}

/** Whether files that the settings name may name a program: those in the home folder are the person's own, others are looked at. */
async function namesProgram(text: string, { folder }: ConfigurationFile, { folder: root, env }: Where): Promise<boolean> {
  const paths = [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((m) => (m[1] ?? '').replace(/^\$\{path\.module\}/, folder).replace(/^\$\{path\.(?:root|cwd)\}/, root));
  if (paths.length === 0) return true;
  for (const one of paths) {
    if (/^~[\\/]/.test(one) || (env['HOME'] && one.startsWith(`${env['HOME']}/.`))) continue;
    if (/[$%]\{/.test(one)) return true;
    const content = await readFile(path.resolve(root, one), 'utf8').catch(() => '');
    if (/\bexec\b|auth-provider|credential_process|\\u/.test(content)) return true;
  }
  return false;
}

const isObject = (text: string): boolean => /^\{[\s\S]*\}$/.test(text);

/** A block, what is nested in it, and objects that are given as arguments (`kubernetes = { exec = { … } }`). */
function everyBlock(block: Block): readonly Block[] {
  const objects = [...block.attributes.values()].filter(({ text }) => isObject(text)).map(({ name, text, range }): Block => ({ type: name, labels: [], ...readHcl(text.slice(1, -1)), range, head: range }));
  // `dynamic "exec" { content { … } }` is an exec block.
  const nested = block.blocks.flatMap((b) => (b.type === 'dynamic' ? b.blocks.filter((c) => c.type === 'content').map((c) => ({ ...c, type: b.labels[0] ?? '' })) : [b]));
  return [block, ...[...nested, ...objects].flatMap(everyBlock)];
}
