import path from 'node:path';

import { terraformLine } from './line';
import { inHome, type Inputs, type Question } from '../../inputs';

const MODULE = /\.(?:tf|tofu)(?:\.json)?$|\.tfvars(?:\.json)?$|\.terraform\.lock\.hcl$/;
const MAX_DEPTH = 16;
/** Options that name a file which it reads. Source: `terraform <command> -help` and OpenTofu's pages of the same commands. */
const FILES: ReadonlySet<string> = new Set(['-var-file', '-state', '-state-out', '-backend-config', '-plan', '-target-file', '-exclude-file']);

/**
 * The files that Terraform and OpenTofu read: the root module, local modules and those that were installed, variable files, the
 * saved plan, the backend that was chosen, the CLI's configuration. Sources: Terraform documentation, "Files and Directories",
 * "CLI Configuration File", "Environment Variables" (TF_CLI_ARGS, TF_DATA_DIR), "Backend Configuration".
 */
export function terraformInputs(question: Question, found: Inputs): void {
  const { argv, cwd, env } = question;
  const line = terraformLine(argv, env);
  // Paths are seen from the folder that -chdir names.
  const chdir = line.chdir?.value;
  const folder = chdir === undefined ? cwd : path.isAbsolute(chdir) ? chdir : `${cwd}${path.sep}${chdir}`;
  for (const { name, value } of line.options) {
    if (value?.value !== undefined && FILES.has(name) && !(name === '-backend-config' && value.value.includes('='))) found.file(value.value, folder);
  }
  // A saved plan, and whatever else is a file by its words.
  for (const { value: word } of line.words.slice(line.path.length)) {
    if (word !== undefined && /^(?:file|large)$/.test(found.kindAt(found.at(word, folder)))) found.file(word, folder);
  }
  modules(path.resolve(folder), found, 0);
  const data = path.resolve(folder, env['TF_DATA_DIR'] || '.terraform');
  for (const name of ['environment', 'terraform.tfstate']) found.own(path.join(data, name));
  installed(path.join(data, 'modules', 'modules.json'), folder, found);
  found.own(env['TF_CLI_CONFIG_FILE'] || inHome(env, '.terraformrc'));
}

/** A module's files and those of the modules beside it that it calls by a path. */
function modules(folder: string, found: Inputs, depth: number): void {
  if (depth > MAX_DEPTH || found.looks.get(folder)?.kind === 'folder' || found.kindAt(folder) !== 'folder') return;
  found.folder(folder, { wanted: MODULE });
  const own = [...found.looks.keys()].filter((file) => path.dirname(file) === folder && /\.(?:tf|tofu)(?:\.json)?$/.test(file));
  for (const file of own) {
    // A module by a path begins with a dot. Source: Terraform documentation, "Module Sources", local paths.
    const sources = found.text(file)?.matchAll(/\bsource"?\s*[=:]\s*"(\.{1,2}\/[^"]*)"/g) ?? [];
    for (const match of sources) modules(path.resolve(folder, match[1] ?? ''), found, depth + 1);
  }
}

/** The modules that `init` fetched, by its own list. */
function installed(list: string, folder: string, found: Inputs): void {
  if (found.kindAt(list) !== 'file') return;
  try {
    const data = JSON.parse(found.text(list) ?? '') as { readonly Modules?: readonly { readonly Dir?: unknown }[] };
    for (const { Dir } of data.Modules ?? []) {
      if (typeof Dir === 'string' && Dir !== '' && Dir !== '.') modules(path.resolve(folder, Dir), found, 0);
    }
  } catch {
    // Terraform refuses it, too.
  }
}
