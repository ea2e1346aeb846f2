import type { Dice } from './random';

/** A command line of Terraform with the variables it gets. */
export interface TerraformArgv { readonly argv: readonly string[]; readonly env: Readonly<Record<string, string>> }

const COMMANDS: readonly string[] = [
  'apply', 'apply', 'apply', 'apply -auto-approve', 'apply -auto-approve', 'apply -auto-approve', 'apply -destroy', 'apply -destroy -auto-approve', 'apply -destroy -auto-approve', 'destroy', 'destroy -auto-approve', 'destroy -auto-approve',
  'apply saved.tfplan', 'apply -auto-approve saved.tfplan', 'apply -refresh-only', 'apply -refresh-only -auto-approve', 'apply -auto-approve -target=terraform_data.fresh', 'apply -auto-approve -replace=terraform_data.a', 'refresh',
  'state rm terraform_data.a', 'state rm -dry-run terraform_data.a', 'state push other.tfstate', 'taint terraform_data.a', 'workspace delete spare', 'workspace delete -force spare', 'state mv terraform_data.a terraform_data.b',
  'plan', 'plan -destroy', 'show', 'output', 'state list', 'state show terraform_data.a', 'validate', 'version', 'workspace list', 'workspace show', 'graph', 'providers', 'state pull', '', 'state', 'workspace',
];

const BOOLEANS = ['', '=true', '=false', '=1', '=0', '=t', '=f', '=T', '=F', '=TRUE', '=FALSE', '=True', '=False', '=yes', '=no', '='];
const SWITCHES = ['-destroy', '-destroy', '-destroy', '--destroy', '-refresh-only', '-refresh-only', '-refresh-only', '--refresh-only', '-auto-approve', '-auto-approve', '--auto-approve', '-refresh', '-lock', '-input', '-json', '-dry-run', '-force', '-help', '--help', '-version', '-compact-warnings', '-no-color'];
const OTHERS: readonly (readonly string[])[] = [
  ['-h'], ['-v'], ['--'], ['-'], ['-help'], ['-no-color'], ['-compact-warnings'], ['-var', '-destroy'], ['-state', '-refresh-only'], ['-backup', '-destroy'], ['-target', '-destroy'], ['-state', '-no-color', '-refresh-only'], ['-var', 'x=1'], ['-var=x=1'], ['-var', 'x=-destroy'], ['-parallelism', '2'], ['-parallelism=2'],
  ['-chdir=sub'], ['-chdir=sub', '-chdir=.'], ['-chdir', 'sub'], ['--chdir=sub'], ['-chdir='], ['-unknown'], ['-unknown', '-refresh-only'], ['-unknown=x'], ['-target=terraform_data.fresh'], ['-target', 'terraform_data.gone'], ['-target=terraform_data.a', '-target=terraform_data.fresh'], ['-replace=terraform_data.a'], ['-replace', 'terraform_data.a'],
  ['saved.tfplan'], ['show'], ['destroy'], ['-state=sub/terraform.tfstate'], ['-state', 'sub/terraform.tfstate'], ['-state-out=out.tfstate'], ['-lock-timeout=1s'], ['-lock-timeout', '1s'], ['-refresh=false'], ['-destroy', '-destroy=false'], ['-destroy=false', '-destroy'], ['-refresh-only', '-refresh-only=false'], ['-refresh-only=0', '-destroy'],
];
const ENVS: readonly Readonly<Record<string, string>>[] = [
  { TF_CLI_ARGS: '-destroy' }, { TF_CLI_ARGS_apply: '-destroy' }, { TF_CLI_ARGS: '-destroy=false', TF_CLI_ARGS_apply: '-destroy' }, { TF_CLI_ARGS: '-destroy', TF_CLI_ARGS_apply: '-destroy=false' }, { TF_CLI_ARGS: '-refresh-only' }, { TF_CLI_ARGS_apply: '-refresh-only=f' },
  { TF_CLI_ARGS: '-dest\\roy' }, { TF_CLI_ARGS: '"-destroy"' }, { TF_CLI_ARGS: '-var=\'x=a b\' -destroy' }, { TF_CLI_ARGS: '-auto-approve; -destroy' }, { TF_CLI_ARGS: 'apply -destroy -auto-approve' }, { TF_CLI_ARGS_state: 'rm terraform_data.a' }, { TF_CLI_ARGS: '-help' }, { TF_CLI_ARGS: '-auto-approve' }, { TF_CLI_ARGS_destroy: '-auto-approve' },
  { TF_CLI_ARGS_state_rm: '-dry-run' }, { TF_CLI_ARGS_state: '-dry-run' }, { TF_WORKSPACE: 'spare' }, { TF_WORKSPACE: 'none-such' }, { TF_DATA_DIR: 'data' }, { TF_INPUT: '0' }, { TF_CLI_ARGS_: 'apply -auto-approve' }, { TF_CLI_ARGS: '"broken' }, { TF_CLI_ARGS: '-target=terraform_data.fresh' },
];

/** Words of a command with options at any place. */
export function terraformArgv(roll: Dice): TerraformArgv {
  const argv = roll.one(COMMANDS).split(' ').filter((w) => w !== '');
  const times = roll.number(4);
  for (let i = 0; i < times; i++) {
    const more = roll.chance(0.55) ? [`${roll.one(SWITCHES)}${roll.one(BOOLEANS)}`] : roll.one(OTHERS);
    // Mostly behind the command, where options belong, and now and then anywhere.
    const at = roll.chance(0.75) ? Math.min(argv.length, 1 + roll.number(argv.length + 1)) : roll.number(argv.length + 1);
    argv.splice(at, 0, ...more);
  }
  return { argv, env: roll.chance(0.3) ? roll.one(ENVS) : {} };
}
