import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import type { Input } from '../model';
import { fileDigest } from './digest';

type Env = Readonly<Record<string, string | undefined>>;

/** Options that name a file without `file://` before it (AWS CLI reference: `cloudformation deploy`, `package`). */
const FILE_OPTIONS = new Set(['--template-file', '--ca-bundle']);
const FILE_URL = /^fileb?:\/\/(.+)$/s;
/** A folder that a command reads is covered as far as this many files. */
const MOST = 500;
/** Larger files are data that is sent, not what decides; a digest of them would keep the command waiting. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Files that say where the AWS CLI goes and as whom, and what its aliases mean (AWS CLI user guide, "Configuration and
 * credential file settings", "Creating and using aliases").
 */
function awsFiles(env: Env): string[] {
  const inHome = (...parts: string[]): string[] => ofHome(env, '.aws', ...parts);
  return [
    ...named(env, 'AWS_CONFIG_FILE', inHome('config')), ...named(env, 'AWS_SHARED_CREDENTIALS_FILE', inHome('credentials')), ...inHome('cli', 'alias'),
  ];
}

/** Source: Kubernetes documentation, "Organizing Cluster Access Using kubeconfig Files": KUBECONFIG is a list. */
function kubeFiles(env: Env): string[] {
  const list = env['KUBECONFIG'];
  return list === undefined || list === '' ? ofHome(env, '.kube', 'config') : list.split(path.delimiter).filter((file) => file !== '');
}

/** Source: Terraform CLI documentation, "CLI Configuration File"; the files of a root module, "Files and Directories". */
function terraformFiles(env: Env, folder: string): string[] {
  return [
    ...named(env, 'TF_CLI_CONFIG_FILE', ofHome(env, '.terraformrc')),
    ...filesOf(folder, false).filter((file) => /\.(?:tf|tofu)(?:\.json)?$|\.tfvars(?:\.json)?$|\.terraform\.lock\.hcl$/.test(file)),
    path.join(folder, env['TF_DATA_DIR'] || '.terraform', 'environment'),
  ];
}

/** Source: gcloud topic configurations; Azure CLI documentation, "Azure CLI configuration". */
function gcloudFiles(env: Env): string[] {
  const folder = env['CLOUDSDK_CONFIG'] ?? ofHome(env, '.config', 'gcloud')[0];
  return folder === undefined ? [] : [path.join(folder, 'active_config'), ...filesOf(path.join(folder, 'configurations'), false)];
}
const azFiles = (env: Env): string[] => (env['AZURE_CONFIG_DIR'] ? ['config', 'clouds.config'].map((f) => path.join(env['AZURE_CONFIG_DIR'] ?? '', f)) : [...ofHome(env, '.azure', 'config'), ...ofHome(env, '.azure', 'clouds.config')]);

/** The files that a guarded tool reads without being told to on its command line. */
const OWN_FILES: Readonly<Record<string, (env: Env, folder: string) => string[]>> = {
  aws: awsFiles, kubectl: kubeFiles, helm: kubeFiles, terraform: terraformFiles, tofu: terraformFiles, tf: terraformFiles, gcloud: gcloudFiles, az: azFiles,
  cdk: awsFiles, sam: awsFiles,
};

function ofHome(env: Env, ...parts: string[]): string[] {
  const home = env['HOME'] ?? env['USERPROFILE'];
  return home === undefined ? [] : [path.join(home, ...parts)];
}

function named(env: Env, variable: string, usual: string[]): string[] {
  const file = env[variable];
  if (file === undefined || file === '') return usual;
  return file.startsWith('~/') ? ofHome(env, file.slice(2)) : [file];
}

/** The files of a folder, sorted; those below it, too, where asked. Nothing for what is no folder. It stops at `MOST`, so that no large tree keeps a command waiting. */
function filesOf(folder: string, deep: boolean): string[] {
  const found: string[] = [];
  const open = [folder];
  for (let at = open.shift(); at !== undefined && found.length < MOST; at = open.shift()) {
    let entries;
    try {
      entries = readdirSync(at, { withFileTypes: true });
    } catch {
      continue;
    }
    for (const entry of entries.sort((x, y) => (x.name < y.name ? -1 : 1))) {
      const full = path.join(at, entry.name);
      if (entry.isFile()) found.push(full);
      else if (deep && entry.isDirectory() && entry.name !== '.git' && entry.name !== 'node_modules' && open.length < MOST) open.push(full);
    }
  }
  return found.slice(0, MOST);
}

/** What a word means as a path: the file, or the files below a folder; nothing when there is neither. */
function existing(full: string): string[] {
  try {
    const stat = statSync(full);
    if (stat.isDirectory()) return filesOf(full, true);
    return stat.isFile() && stat.size <= MAX_BYTES ? [full] : [];
  } catch {
    return [];
  }
}

/** Options behind which a folder counts with all that is in it. For a bare word it does not: `kubectl delete pods` may stand beside a folder `pods`. */
const FOLDER_OPTIONS = /^(?:-f|-k|--filename|--kustomize|-values|--values|--app|-a)$/;

/**
 * The files that a command reads as its parameters, and those of its tool that decide where it goes, with the digest of each.
 * Any argument of the AWS CLI may be `file://…` or `fileb://…`, also behind `=` or inside shorthand (AWS CLI user guide, "Loading a
 * parameter from a file"); of other tools any word that names a file counts.
 * Descriptors (`/dev/fd/63`) can be read only once and are left to the tool. A tool's own file that does not exist is left
 * out: should it appear, the list is another.
 */
export function inputsOf(argv: readonly string[], cwd: string, env: Env): Input[] {
  const tool = path.basename(argv[0] ?? '').replace(/\.(?:exe|cmd|bat)$/i, '');
  const paths = new Set<string>();
  const add = (file: string): void => {
    const full = path.resolve(cwd, file);
    if (!full.startsWith('/dev/') && !full.startsWith('/proc/')) paths.add(full);
  };
  argv.forEach((arg, i) => {
    const [name = '', ...rest] = arg.split('=');
    const value = rest.join('=');
    for (const text of [arg, value, ...arg.split(/[=,]/)]) {
      const file = FILE_URL.exec(text)?.[1];
      if (file !== undefined) add(file);
    }
    if (FILE_OPTIONS.has(arg)) {
      const next = argv[i + 1];
      if (next !== undefined) add(next);
    } else if (FILE_OPTIONS.has(name) && value !== '') add(value);
  });
  // Terraform's paths are seen from the folder that -chdir names.
  const chdir = argv.map((arg) => /^--?chdir=(.+)$/s.exec(arg)?.[1]).find((text) => text !== undefined);
  const folder = path.resolve(cwd, chdir ?? '.');
  if (tool !== 'aws') {
    argv.slice(1).forEach((arg, i) => {
      const before = argv[i] ?? '';
      const [name = '', ...rest] = arg.split('=');
      const value = rest.join('=');
      const words = value === '' ? (arg.startsWith('-') ? [] : arg.split(',')) : name === '-chdir' || name === '--chdir' ? [] : value.split(',');
      for (const word of words) {
        if (word === '' || word.length > 4096) continue;
        const full = path.resolve(folder, word);
        const asFolder = FOLDER_OPTIONS.test(before) || FOLDER_OPTIONS.test(name);
        for (const file of existing(full)) if (file === full || asFolder || /^\.{0,2}[\\/]/.test(word)) add(file);
      }
    });
  }
  const own = (OWN_FILES[tool]?.(env, folder) ?? []).map((file) => path.resolve(folder, file));
  return [
    ...[...paths].map((file) => ({ path: file, sha256: fileDigest(file) })),
    ...own.filter((file) => !paths.has(file)).map((file) => ({ path: file, sha256: fileDigest(file) })).filter((input) => input.sha256 !== undefined),
  ].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
