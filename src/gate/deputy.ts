import { createHash, randomUUID } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { real } from './real-path';
import { keptFileDigest } from './digest';
import { anyProgram, awsPrograms, kubePrograms, terraformPrograms, type Named } from './named-programs';
import { SHIM_MARK } from './shim-mark';

/*
 * A preview runs a tool in the window's name, with the environment of whoever asks. A program in a sandbox that reaches the
 * window's socket must not get the window to execute what it can't execute itself. So a preview executes what the window
 * itself would: its own tools, with its own loaders and pagers, by its own configuration. Anything else is asked about.
 */

type Env = Readonly<Record<string, string | undefined>>;

export interface Deputy {
  /** What the preview runs with. */
  readonly env: Readonly<Record<string, string>>;
  /** What it would execute that is not the window's own; each needs a yes. */
  readonly asks: readonly Asked[];
}

/** Something to be executed. A yes to it holds for as long as it is the same, by its content and not by its place. */
export interface Asked {
  /** In words, for a person. */
  readonly what: string;
  readonly contents: string;
}

/**
 * Variables by which a program is named or loaded and which say nothing about the target: the window's own stand in their
 * place. Sources: ld.so(8), dyld(1), OPENSSL_CONF in openssl-env(7), git(1), bash(1), python(1), perlrun(1), ruby(1),
 * "Command-line options" of Node, java(1), less(1), AWS CLI "Environment variables" (AWS_PAGER), kubectl diff
 * (KUBECTL_EXTERNAL_DIFF), kuberc (KUBERC), helm(1) (HELM_PLUGINS, HELM_DATA_HOME), gcloud topic startup (CLOUDSDK_PYTHON…), Azure CLI
 * extensions (AZURE_EXTENSION_DIR), google-auth "executable-sourced credentials", Terragrunt (TG_TF_PATH), .NET (startup hooks, profilers), npm config.
 */
const LOADERS = new RegExp(`^(?:${[
  'LD_.*', 'DYLD_.*', 'GCONV_PATH', 'LOCPATH', 'OPENSSL_(?:CONF|MODULES|ENGINES)', 'SSLKEYLOGFILE', 'NODE_(?!EXTRA_CA_CERTS$).*', 'PYTHON.*', 'PERL.*', 'RUBY.*', 'GEM_.*', 'BUNDLE_.*',
  'JAVA_TOOL_OPTIONS', '_JAVA_OPTIONS', 'JDK_JAVA_OPTIONS', 'JAVA_HOME', 'MAVEN_OPTS', 'GRADLE_OPTS', 'DOTNET_.*', 'CORECLR_.*', 'COR_.*', 'GOFLAGS', 'GOTOOLCHAIN', 'GOROOT', 'npm_.*', 'NPM_.*',
  'GIT_.*', 'SSH_ASKPASS.*', 'SUDO_ASKPASS', 'BASH_ENV', 'ENV', 'BASH_FUNC_.*', 'SHELLOPTS', 'BASHOPTS', 'PS4', 'IFS', 'ZDOTDIR', 'SHELL', 'COMSPEC', 'PATHEXT',
  'LESS.*', '(?:.*_)?PAGER', '(?:.*_)?EDITOR', 'VISUAL', 'BROWSER', 'KUBECTL_EXTERNAL_DIFF', 'KUBERC', 'HELM_PLUGINS', 'HELM_DATA_HOME', 'HELM_BIN',
  'CLOUDSDK_(?:.*_)?PYTHON.*', 'AZURE_EXTENSION_DIR', 'AZURE_EXTENSION_.*', 'GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES', 'TG_TF_PATH', 'TERRAGRUNT_TFPATH',
].join('|')})$`);

/** Folders that a system installs its programs in. */
const SYSTEM = process.platform === 'darwin' ? ['/usr', '/bin', '/sbin', '/opt', '/nix', '/Applications', '/Library'] : ['/usr', '/bin', '/sbin', '/lib', '/opt', '/snap', '/nix'];
/** Where people's tools are when the window was started without their shell's PATH. */
const USUAL = ['/usr/local/bin', '/opt/homebrew/bin', '/usr/bin', '/bin', '/snap/bin', '/nix/var/nix/profiles/default/bin'];
const USUAL_AT_HOME = ['.local/bin', 'bin', '.pyenv/shims', '.asdf/shims', '.local/share/mise/shims', '.nix-profile/bin', '.tfenv/bin'];
/** What names more than this can't be held to what it names. */
const MOST_WORDS = 5000;
/** A configuration larger than this is not read, and asked about. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * What a preview of this command runs with, and what of it is not the window's own.
 * @param own the window's environment.
 */
export function deputyFor(command: { readonly argv: readonly string[]; readonly executable: string; readonly cwd: string }, given: Env, own: Env): Deputy {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) if (value !== undefined && !LOADERS.test(name)) env[name] = value;
  for (const [name, value] of Object.entries(own)) if (value !== undefined && LOADERS.test(name)) env[name] = value;
  const asks = [...program(command, own), ...configurations(command, env, own)];
  env['PATH'] = folders(given, own, command.executable).join(path.delimiter);
  return { env, asks };
}

const list = (env: Env): string[] => (env['PATH'] ?? env['Path'] ?? '').split(path.delimiter).filter((dir) => path.isAbsolute(dir));
const homeOf = (env: Env): string => env['HOME'] || env['USERPROFILE'] || os.homedir();

/** The command's own program when it is another than the window would run under that name. */
function program({ argv, executable }: { readonly argv: readonly string[]; readonly executable: string }, own: Env): Asked[] {
  const name = path.basename(argv[0] ?? '');
  const here = real(executable);
  const places = [...list(own), ...USUAL, ...USUAL_AT_HOME.map((dir) => path.join(homeOf(own), dir))];
  const known = places.some((dir) => !existsSync(path.join(dir, SHIM_MARK)) && [name, path.basename(executable)].some((base) => sameTool(base, name) && real(path.join(dir, base)) === here));
  return known || (sameTool(path.basename(executable), name) && isInstalled(here)) ? [] : [{ what: `the program ${executable}`, contents: keptFileDigest(here) ?? randomUUID() }];
}

function sameTool(file: string, tool: string): boolean {
  return file.replace(/\.(?:exe|cmd|bat)$/i, '') === tool.replace(/\.(?:exe|cmd|bat)$/i, '');
}

/** The folders that a tool finds its helpers in: those of the window's PATH, and those that nobody but the system can fill. */
function folders(given: Env, own: Env, executable: string): string[] {
  const mine = new Set(list(own).map(real));
  const good = list(given).filter((dir) => mine.has(real(dir)) || isInstalled(real(dir)));
  // Whoever let the program run lets it find what is installed beside it.
  return [...new Set([path.dirname(executable), ...good, ...list(own)])];
}

/** Whether this user's programs can't have put it there. */
function isInstalled(file: string): boolean {
  const uid = process.getuid?.();
  if (uid === undefined || !SYSTEM.some((dir) => file === dir || file.startsWith(`${dir}/`))) return false;
  for (let at = file; at !== path.dirname(at); at = path.dirname(at)) {
    try {
      const stat = statSync(at);
      if ((stat.mode & 0o022) !== 0 || (uid === 0 ? stat.uid !== 0 : stat.uid === uid)) return false;
    } catch {
      return false;
    }
  }
  return true;
}

/** A file of configuration, and how the programs in it are found. */
interface Configuration {
  readonly file: string;
  readonly names: (text: string) => Named;
  readonly what: string;
}

function configurations(command: { readonly argv: readonly string[]; readonly cwd: string }, env: Env, own: Env): Asked[] {
  const mine = new Set(read(own, []).map(({ file }) => real(file)));
  return read(env, command.argv).flatMap(({ file, names, what }) => {
    const full = path.resolve(command.cwd, file);
    if (mine.has(real(full)) || isInstalled(real(full)) || !existsSync(full)) return [];
    const contents = contentsOf(full, names, [command.cwd, path.dirname(full), ...list(env)]);
    return contents === undefined ? [] : [{ what: `${what} ${full}`, contents }];
  });
}

/** The files by which a tool may be told to execute a program. */
function read(env: Env, argv: readonly string[]): Configuration[] {
  const home = homeOf(env);
  const at = (variable: string, ...usual: string[]): string => tilde(env[variable] || path.join(home, ...usual), home);
  const kube = [...(env['KUBECONFIG'] ?? '').split(path.delimiter).filter((f) => f !== ''), path.join(home, '.kube', 'config'), ...optionValues(argv, '--kubeconfig')];
  // kubectl's own preferences may put options into every command. Source: Kubernetes documentation, "Kubectl user preferences (kuberc)".
  const kuberc = [path.join(home, '.kube', 'kuberc'), ...optionValues(argv, '--kuberc')];
  // Source: Terraform, internal/command/cliconfig/cliconfig.go, `loadConfigDir`.
  const tfrc = namesIn(path.join(home, '.terraform.d')).filter((name) => /\.tfrc(?:\.json)?$/.test(name)).map((name) => path.join(home, '.terraform.d', name));
  return [
    { file: at('AWS_CONFIG_FILE', '.aws', 'config'), names: awsPrograms, what: 'the programs named in' },
    { file: at('AWS_SHARED_CREDENTIALS_FILE', '.aws', 'credentials'), names: awsPrograms, what: 'the programs named in' },
    { file: path.join(home, '.aws', 'cli', 'alias'), names: anyProgram, what: 'the aliases of' },
    ...kube.map((file) => ({ file: tilde(file, home), names: kubePrograms, what: 'the programs named in' })),
    ...kuberc.map((file) => ({ file: tilde(file, home), names: anyProgram, what: 'the preferences of kubectl in' })),
    ...[...['TF_CLI_CONFIG_FILE', 'TERRAFORM_CONFIG'].map((variable) => at(variable, '.terraformrc')), ...tfrc]
      .map((file) => ({ file, names: terraformPrograms, what: 'the providers and helpers named in' })),
    { file: path.join(home, '.terraform.d', 'plugins'), names: anyProgram, what: 'the providers and helpers in' },
    { file: at('PULUMI_HOME', '.pulumi'), names: anyProgram, what: 'the plugins in' },
    { file: path.join(env['XDG_DATA_HOME'] || path.join(home, '.local', 'share'), 'helm', 'plugins'), names: anyProgram, what: 'the plugins in' },
  ];
}

function optionValues(argv: readonly string[], option: string): string[] {
  return argv.flatMap((arg, i) => (arg === option ? [argv[i + 1] ?? ''] : arg.startsWith(`${option}=`) ? [arg.slice(option.length + 1)] : [])).filter((f) => f !== '');
}

const tilde = (file: string, home: string): string => (file.startsWith('~/') ? path.join(home, file.slice(2)) : file);

/**
 * What a yes to a configuration's programs is for: its content, and that of every file that it names; undefined when it names none. What
 * can't be read may name anything.
 */
function contentsOf(file: string, names: (text: string) => Named, folders: readonly string[]): string | undefined {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) return `folder ${treeDigest(file)}`;
    // Nothing that it held could be told from another file of that size.
    if (!stat.isFile() || stat.size > MAX_BYTES) return `unread ${keptFileDigest(file) ?? randomUUID()}`;
    const text = readFileSync(file, 'utf8');
    const named = names(text);
    if (named === undefined) return undefined;
    const words = [...new Set(named)];
    if (words.length > MOST_WORDS) return `unread ${randomUUID()}`;
    const programs = words.flatMap((word) => (path.isAbsolute(word) ? [word] : folders.map((dir) => path.join(dir, word))));
    const digests = [...new Set(programs)].flatMap((program) => (isFile(program) ? [`${program} ${keptFileDigest(program) ?? ''}`] : []));
    return createHash('sha256').update(JSON.stringify([text, digests])).digest('hex');
  } catch {
    return `unread ${randomUUID()}`;
  }
}

/** A folder of plugins is looked at as far as this. */
const MOST_FILES = 5000;

/** Tells the files of a folder as they stand; the time of a change of a file's node can't be set back by hand. */
function treeDigest(folder: string): string {
  const hash = createHash('sha256');
  const waiting = [folder];
  let count = 0;
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    for (const name of namesIn(at).sort()) {
      if (++count > MOST_FILES) return randomUUID();
      const full = path.join(at, name);
      const { ino, size, ctimeNs } = statSync(full, { bigint: true });
      hash.update(JSON.stringify([full, String(ino), String(size), String(ctimeNs)]));
      if (lstatSync(full).isDirectory()) waiting.push(full);
    }
  }
  return hash.digest('hex');
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
