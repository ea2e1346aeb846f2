import path from 'node:path';

import { awsOwn } from '../../detect/tools/aws/inputs';
import { inHome, valuesOf, type Found, type Question } from './found';

/**
 * The CDK: its settings, and the folder that `--app` names when it was synthesised before. Source: AWS CDK developer guide,
 * "Runtime context", `cdk.json`, `cdk.context.json`, `~/.cdk.json`.
 */
export function cdkInputs(question: Question, found: Found): void {
  const { argv, cwd, env } = question;
  for (const name of ['cdk.json', 'cdk.context.json']) found.file(name);
  found.own(inHome(env, '.cdk.json'));
  const app = valuesOf(argv.slice(1), '--app', '-a').at(-1) ?? appIn(found.text(path.join(cwd, 'cdk.json')));
  // A program is no folder; what it is made of has no list.
  if (app !== undefined && !/\s/.test(app)) {
    const at = path.resolve(cwd, app);
    if (found.kindAt(at) === 'folder') found.folder(at, { deep: true });
    else if (found.kindAt(at) === 'file') found.file(at);
  }
  awsOwn(question, found);
}

function appIn(text: string | undefined): string | undefined {
  try {
    const { app } = JSON.parse(text ?? '') as { readonly app?: unknown };
    return typeof app === 'string' ? app : undefined;
  } catch {
    return undefined;
  }
}

const SAM_CONFIG = ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml'];
/** In this order. Source: aws-sam-cli, samcli/commands/_utils/options.py, get_or_default_template_file_name. */
const SAM_TEMPLATES = [path.join('.aws-sam', 'build', 'template.yaml'), 'template.yaml', 'template.yml', 'template.json'];

/**
 * SAM: its configuration file and the template, also where one that comes before it may appear. Source: AWS SAM developer guide,
 * "AWS SAM CLI configuration file".
 */
export function samInputs(question: Question, found: Found): void {
  const words = question.argv.slice(1);
  const named = valuesOf(words, '--config-file');
  const configs = named.length > 0 ? named : SAM_CONFIG;
  for (const file of configs) found.file(file);
  const given = valuesOf(words, '--template-file', '--template', '-t');
  for (const file of given) found.file(file);
  const setting = /^\s*template(?:_file)?\s*[=:]\s*["']?([^"'\n]+?)["']?\s*$/gm;
  const texts = configs.map((file) => found.text(path.resolve(question.cwd, file)) ?? '');
  const configured = texts.flatMap((text) => [...text.matchAll(setting)].map((m) => m[1] ?? ''));
  for (const file of [...configured, ...(given.length === 0 ? SAM_TEMPLATES : [])]) found.file(file);
  for (const value of valuesOf(words, '--parameter-overrides', '--tags')) if (value.startsWith('file://')) found.file(value.slice(7));
  awsOwn(question, found);
}

/**
 * Pulumi: the project, its stacks' settings, and who is signed in. Source: Pulumi documentation, "Pulumi project file",
 * "Stack settings file", PULUMI_HOME.
 */
export function pulumiInputs(question: Question, found: Found): void {
  const { argv, cwd, env } = question;
  const folder = path.resolve(cwd, valuesOf(argv.slice(1), '-C', '--cwd').at(-1) ?? '.');
  found.folder(folder, { wanted: /^Pulumi(?:\.[^/]+)?\.ya?ml$/ });
  for (const file of valuesOf(argv.slice(1), '--config-file')) found.file(file, folder);
  found.own(path.join(env['PULUMI_HOME'] || inHome(env, '.pulumi') || '.pulumi', 'credentials.json'));
}

/** Source: gcloud topic configurations. */
export function gcloudOwn({ env }: Question, found: Found): void {
  const folder = env['CLOUDSDK_CONFIG'] ?? inHome(env, '.config', 'gcloud');
  if (folder === undefined) return;
  found.own(path.join(folder, 'active_config'));
  if (found.kindAt(path.join(folder, 'configurations')) === 'folder') found.folder(path.join(folder, 'configurations'), { own: true });
}

/** Source: Azure CLI documentation, "Azure CLI configuration". */
export function azOwn({ env }: Question, found: Found): void {
  const folder = env['AZURE_CONFIG_DIR'] || inHome(env, '.azure');
  if (folder !== undefined) for (const name of ['config', 'clouds.config']) found.own(path.join(folder, name));
}
