import path from 'node:path';
import { parseBool } from '../../detect/tools/cli/switches';
import { terraformLine, wordVariables } from '../../detect/tools/terraform/line';

export { wordVariables };

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

const VERBS: readonly TerraformCommand['verb'][] = ['apply', 'destroy', 'state rm', 'state push', 'taint', 'import', 'force-unlock', 'workspace delete'];

/**
 * Takes a command of Terraform or OpenTofu apart as the tool does (see `readTerraformLine`), with the words that TF_CLI_ARGS adds.
 * @returns undefined for a command that is not previewed, a sentence for one that can't be read.
 */
export function readTerraform(argv: readonly string[], cwd: string, env: Readonly<Record<string, string | undefined>>): TerraformCommand | string | undefined {
  const name = path.basename(argv[0] ?? '').replace(/\.(?:exe|cmd|bat)$/i, '').toLowerCase();
  if (name !== 'terraform' && name !== 'tofu' && name !== 'tf') return undefined;
  const line = terraformLine(argv, env);
  const given = line.path.join(' ');
  // `refresh` is this one. Source: Terraform CLI documentation, "Command: refresh".
  const refreshes = given === 'refresh';
  const verb = refreshes ? 'apply' : VERBS.find((v) => v === given);
  if (verb === undefined || line.instead !== undefined) return undefined;
  const [problem] = line.problems;
  if (problem !== undefined) return problem;
  const chdir = line.chdir?.value;
  const product = name === 'tofu' ? 'OpenTofu' : 'Terraform';
  return {
    tool: argv[0] ?? name, product, chdir, folder: path.resolve(cwd, chdir ?? '.'), verb,
    options: [
      ...line.options.filter((o) => o.name !== '-chdir').map((o) => ({ name: o.name, value: o.value?.value })),
      ...(refreshes ? [{ name: '-refresh-only', value: undefined }, { name: '-auto-approve', value: undefined }] : []),
    ],
    args: line.words.slice(line.path.length).map((w) => w.value ?? ''),
  };
}

/** Whether a flag is on: the last one given counts, read as Go's `flag` reads it. */
export function isOn(command: Pick<TerraformCommand, 'options'>, name: string): boolean {
  const given = command.options.findLast((o) => o.name === name);
  return given !== undefined && (given.value === undefined || parseBool(given.value) === true);
}

const written = ({ name, value }: TerraformOption): string => (value === undefined ? name : `${name}=${value}`);
const only = (options: readonly TerraformOption[], names: string): string[] => options.filter((o) => names.split(' ').includes(o.name)).map(written);

/** What stands before the verb when the tool is called for the preview: the folder, as typed. */
export function globals(command: Pick<TerraformCommand, 'chdir'>): string[] {
  return command.chdir === undefined ? [] : [`-chdir=${command.chdir}`];
}

const PLANNING = '-destroy -refresh-only -refresh -replace -target -exclude -target-file -exclude-file -var -var-file -state -parallelism -compact-warnings -allow-deferral -deprecation';
const APPLYING = '-auto-approve -backup -compact-warnings -json -input -lock -lock-timeout -no-color -parallelism -state -state-out -concise -show-sensitive -consolidate-warnings -consolidate-errors -json-into';

/** The first option that neither the plan nor the apply of it would have: what it makes of the command, they would not show. */
export function notPlanned(command: Pick<TerraformCommand, 'options'>): string | undefined {
  const known = new Set([...PLANNING.split(' '), ...APPLYING.split(' ')]);
  return command.options.find((o) => !known.has(o.name))?.name;
}

/** The words of the plan that shows what an `apply` or `destroy` would do; it asks nothing, locks nothing, and is saved to a file. */
export function planArgs(command: TerraformCommand, out: string): string[] {
  return [
    'plan',
    ...only(command.options, PLANNING),
    ...(command.verb === 'destroy' && !isOn(command, '-destroy') ? ['-destroy'] : []),
    '-input=false', '-lock=false', '-no-color', `-out=${out}`,
  ];
}

/** The command that applies exactly that plan: the typed one's own display and locking options, and no other input. */
export function applyArgv(command: TerraformCommand, plan: string): string[] {
  return [
    command.tool, ...globals(command), 'apply',
    ...only(command.options, APPLYING),
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
