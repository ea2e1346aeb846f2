import path from 'node:path';
import { splitWords } from '../../detect/tools/cli/call';

/** One option as the tool reads it: with one dash, and its value when it takes one. */
export interface TerraformOption {
  readonly name: string;
  readonly value: string | undefined;
}

export interface TerraformCommand {
  /** argv[0] as typed. */
  readonly tool: string;
  /** `OpenTofu` or `Terraform`, for sentences. */
  readonly product: string;
  /** `-chdir=DIR` as typed; undefined without it. */
  readonly chdir: string | undefined;
  /** Absolute path of the folder it works in. */
  readonly folder: string;
  readonly verb: 'apply' | 'destroy' | 'state rm' | 'state push' | 'taint' | 'import' | 'force-unlock' | 'workspace delete';
  readonly options: readonly TerraformOption[];
  readonly args: readonly string[];
}

/**
 * Options that take no word of their own; `-lock=false` is written with `=`. Source: `terraform apply|plan|state rm|taint|import|force-unlock -help`
 * of Terraform 1.11, and OpenTofu's pages of the same commands.
 */
const FLAGS = new Set('-destroy -refresh-only -auto-approve -compact-warnings -json -no-color -input -lock -refresh -detailed-exitcode -allow-deferral -dry-run -force -allow-missing -ignore-remote-version -concise -show-sensitive -consolidate-warnings -consolidate-errors -help -h'.split(' '));
const VALUED = new Set('-target -exclude -target-file -exclude-file -replace -var -var-file -out -state -state-out -backup -parallelism -lock-timeout -generate-config-out -config -deprecation -json-into -backup-out'.split(' '));

const VERBS: readonly TerraformCommand['verb'][] = ['apply', 'destroy', 'state rm', 'state push', 'taint', 'import', 'force-unlock', 'workspace delete'];

/** Variables of the environment that add words to a command. Source: Terraform CLI documentation, "Environment Variables", TF_CLI_ARGS. */
export function wordVariables(verb: string): string[] {
  return ['TF_CLI_ARGS', `TF_CLI_ARGS_${verb.replace(/[ -]/g, '_')}`];
}

/**
 * Takes a command of Terraform or OpenTofu apart as the tool does: options up to the first word that is none (Go's `flag`), the
 * words of TF_CLI_ARGS before the typed ones.
 * @returns undefined for a command that is not previewed, a sentence for one that can't be read.
 */
export function readTerraform(argv: readonly string[], cwd: string, env: Readonly<Record<string, string | undefined>>): TerraformCommand | string | undefined {
  const name = path.basename(argv[0] ?? '').replace(/\.(?:exe|cmd|bat)$/i, '').toLowerCase();
  if (name !== 'terraform' && name !== 'tofu' && name !== 'tf') return undefined;
  let at = 1;
  let chdir: string | undefined;
  for (; at < argv.length && argv[at]?.startsWith('-'); at++) {
    const given = /^--?chdir=(.*)$/s.exec(argv[at] ?? '')?.[1];
    if (given === undefined) return undefined;
    chdir = given;
  }
  const verb = VERBS.find((v) => v.split(' ').every((word, i) => argv[at + i] === word));
  if (verb === undefined) return undefined;
  const added = wordVariables(verb).flatMap((variable) => splitWords(env[variable] ?? '').map((w) => w.value ?? ''));
  const words = [...added, ...argv.slice(at + verb.split(' ').length)];
  const options: TerraformOption[] = [];
  let i = 0;
  for (; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!word.startsWith('-') || word === '-') break;
    if (word === '--') {
      i++;
      break;
    }
    const [, option = '', value] = /^-(-?[^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const known = `-${option.replace(/^-/, '')}`;
    if (FLAGS.has(known)) options.push({ name: known, value });
    else if (!VALUED.has(known)) return `The option ${known} is not known, so what this command does can't be previewed. Run it without that option, or look at a plan by hand.`;
    else if (value !== undefined) options.push({ name: known, value });
    else if (i + 1 < words.length) options.push({ name: known, value: words[++i] });
    else return `The option ${known} has no value.`;
  }
  const product = name === 'tofu' ? 'OpenTofu' : 'Terraform';
  return { tool: argv[0] ?? name, product, chdir, folder: path.resolve(cwd, chdir ?? '.'), verb, options, args: words.slice(i) };
}

/** Whether a flag is on: the last one given counts. Go's `flag` reads these words as true. */
export function isOn(command: Pick<TerraformCommand, 'options'>, name: string): boolean {
  const given = command.options.findLast((o) => o.name === name);
  return given !== undefined && (given.value === undefined || /^(?:1|t|true)$/i.test(given.value));
}

const written = ({ name, value }: TerraformOption): string => (value === undefined ? name : `${name}=${value}`);
const only = (options: readonly TerraformOption[], names: string): string[] => options.filter((o) => names.split(' ').includes(o.name)).map(written);

/** What stands before the verb when the tool is called for the preview: the folder, as typed. */
export function globals(command: Pick<TerraformCommand, 'chdir'>): string[] {
  return command.chdir === undefined ? [] : [`-chdir=${command.chdir}`];
}

/** The words of the plan that shows what an `apply` or `destroy` would do; it asks nothing, locks nothing, and is saved to a file. */
export function planArgs(command: TerraformCommand, out: string): string[] {
  return [
    'plan',
    ...only(command.options, '-destroy -refresh-only -refresh -replace -target -exclude -target-file -exclude-file -var -var-file -state -parallelism -compact-warnings -allow-deferral -deprecation'),
    ...(command.verb === 'destroy' && !isOn(command, '-destroy') ? ['-destroy'] : []),
    '-input=false', '-lock=false', '-no-color', `-out=${out}`,
  ];
}

/** The command that applies exactly that plan: the typed one's own display and locking options, and no other input. */
export function applyArgv(command: TerraformCommand, plan: string): string[] {
  return [
    command.tool, ...globals(command), 'apply',
    ...only(command.options, '-auto-approve -backup -compact-warnings -json -input -lock -lock-timeout -no-color -parallelism -state -state-out -concise -show-sensitive -consolidate-warnings -consolidate-errors -json-into'),
    plan,
  ];
}

/** The environment for the tool's own calls: as the command's, without what would add words, ask or write logs. */
export function quietEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const quiet: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(env)) {
    if (!/^TF_(?:CLI_ARGS(?:_.*)?|LOG(?:_.*)?)$/.test(name)) quiet[name] = value;
  }
  return { ...quiet, TF_INPUT: '0', TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' };
}
