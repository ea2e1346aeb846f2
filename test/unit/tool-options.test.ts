import assert from 'node:assert/strict';

import { detectArgv } from '../../src/detect/detect';
import { parseBool, switchOf } from '../../src/detect/tools/cli/switches';
import { knownWord } from '../../src/detect/invocation';
import { GUARDED } from '../../src/gate/shim';
import { readHelmCommand } from '../../src/preview/kubernetes/helm-command';
import { readPulumiCommand } from '../../src/preview/pulumi/command';
import { fastPathReads } from '../support/fast-path';

interface World { readonly env?: Record<string, string>; readonly files?: Readonly<Record<string, string>> }

const detect = (line: string, { env = {}, files = {} }: World = {}) => detectArgv(line.split(' ').map((w) => (w === '\'\'' ? '' : w)), { env, cwd: '/w', home: '/home/me', readFile: (p) => files[p] });
/** Whether a person or a preview is asked. */
const held = (line: string, world: World = {}): boolean => detect(line, world).some((o) => o.mutation === 'destructive' || o.mutation === 'unknown' || o.previewDecides === true);
const changes = (line: string, world: World = {}): boolean => detect(line, world).some((o) => o.mutation !== 'none');
const place = (line: string, world: World = {}) => detect(line, world)[0]?.context.other;

describe('a switch', () => {
  const options = (...given: string[]) => given.map((g) => ({ name: g.replace(/=.*/, ''), value: g.includes('=') ? knownWord(g.replace(/^[^=]*=/, '')) : undefined }));
  it('has the values that Go knows, and no others', () => {
    assert.deepEqual(['1', 't', 'T', 'TRUE', 'true', 'True'].map(parseBool), Array<boolean>(6).fill(true));
    assert.deepEqual(['0', 'f', 'F', 'FALSE', 'false', 'False'].map(parseBool), Array<boolean>(6).fill(false));
    assert.deepEqual(['', 'yes', 'no', 'tRUE', 'on', '2', 'none'].map(parseBool), Array<undefined>(7).fill(undefined));
  });
  it('that contradicts itself is what the last one says, where that is known, and else unknown', () => {
    assert.equal(switchOf(options('--x', '--x=f'), ['--x'], 'last'), 'off');
    assert.equal(switchOf(options('--x', '--x=f'), ['--x'], 'agree'), 'unknown');
    assert.equal(switchOf(options('--no-x', '--x'), ['--no-x'], 'last'), 'off');
    assert.equal(switchOf(options('--no-x', '--x'), ['--no-x'], 'agree'), 'unknown');
    assert.equal(switchOf(options('--x=F'), ['--no-x'], 'agree'), 'on');
    assert.equal(switchOf(options('--x=maybe'), ['--x'], 'last'), 'unknown');
  });
});

describe('the options of helm', () => {
  // Source: helm/helm, pkg/cmd/helpers.go, cmdGetDryRunFlagStrategy.
  for (const on of ['--dry-run', '--dry-run=client', '--dry-run=server', '--dry-run=true', '--dry-run=none --dry-run', '--dry-run=false --dry-run=server']) {
    it(`only show with ${on}`, () => assert.equal(changes(`helm upgrade r ./c ${on}`), false));
  }
  for (const off of ['--dry-run=none', '--dry-run=false', '--dry-run=0', '--dry-run=f', '--dry-run=F', '--dry-run=FALSE', '--dry-run --dry-run=none', '--dry-run=client --dry-run=false', '-n --dry-run', '--description --dry-run', '--set --dry-run', '--new-option --dry-run', '--server-side --dry-run', '--help --help=false']) {
    it(`do not only show with ${off}`, () => {
      assert.equal(changes(`helm upgrade r ./c ${off}`), true);
      assert.equal(held(`helm uninstall r ${off}`), true);
    });
  }
  it('say where, the last one first and the command line before the environment', () => {
    assert.equal(place('helm uninstall r -n a --namespace=b')?.['namespace'], 'b');
    assert.equal(place('helm uninstall r', { env: { HELM_NAMESPACE: 'e', HELM_KUBECONTEXT: 'c' } })?.['namespace'], 'e');
    assert.equal(place('helm uninstall r -nx', { env: { HELM_NAMESPACE: 'e', HELM_KUBECONTEXT: 'c' } })?.['context'], 'c');
  });
  it('are the same to the preview', () => {
    const read = readHelmCommand(['helm', '--debug', 'upgrade', '-i', '--server-side', 'true', '-nprod', 'r', './c', '--', 'x']);
    assert.deepEqual([read?.verb, read?.words, read?.problems], ['upgrade', ['r', './c', 'x'], []]);
    assert.equal(readHelmCommand(['helm', '--force', 'list', 'uninstall', 'r'])?.verb, 'uninstall');
  });
  it('before a command take the next word where Helm does not know them yet, so the fast path is not sure', () => {
    const path = GUARDED['helm']?.fastPath?.() ?? '';
    assert.deepEqual(fastPathReads(path, [['--force', 'list', 'uninstall', 'r'], ['--dry-run', 'status', 'uninstall', 'r'], ['-i', 'get', 'upgrade', 'r', 'c'], ['list', '-A'], ['-n', 'x', 'status', 'r'], ['--debug', 'history', 'r']]), [false, false, false, true, true, true]);
  });
});

describe('the options of kubectl before its command', () => {
  it('take the next word where no command is known yet, in the fast path as in the judgement', () => {
    const lines = ['--force events delete --all', '-A get delete pods --all', '--all describe delete ns', '--help get delete pod x'];
    const path = GUARDED['kubectl']?.fastPath?.() ?? '';
    assert.deepEqual(fastPathReads(path, lines.map((l) => l.split(' '))), [false, false, false, false]);
    for (const line of lines.slice(0, 3)) assert.equal(held(`kubectl ${line}`), true, line);
  });
  it('leave names of plugins and aliases to a closer look', () => {
    const path = GUARDED['kubectl']?.fastPath?.() ?? '';
    assert.deepEqual(fastPathReads(path, [['tree', 'x'], ['ctx', 'x'], ['alpha', 'x'], ['get', 'x'], ['rollout', 'status', 'deploy/x']]), [false, false, false, true, true]);
  });
});

describe('the options of terraform', () => {
  it('make no refresh of a destroy by a false spelling', () => {
    for (const off of ['false', '0', 'f', 'F', 'FALSE', 'False', 'no', '']) assert.equal(held(`terraform apply -auto-approve -destroy -refresh-only=${off}`), true, off);
    assert.equal(held('terraform apply -refresh-only -refresh-only=f -auto-approve'), true);
    assert.equal(held('terraform apply -state -no-color -refresh-only -auto-approve'), true);
    assert.equal(held('terraform apply -from-a-newer-version -refresh-only'), true);
    assert.equal(held('terraform apply -refresh-only saved.tfplan'), true);
    assert.deepEqual(detect('terraform apply -refresh-only').map((o) => [o.mutation, o.previewDecides]), [['modifying', true]]);
  });
  it('from TF_CLI_ARGS stand before those for all commands, behind the last word of the command, as shellwords splits them', () => {
    const destroys = (env: Record<string, string>, line = 'terraform apply -auto-approve'): boolean => detect(line, { env }).some((o) => o.mutation === 'destructive');
    assert.equal(destroys({ TF_CLI_ARGS: '-destroy=false', TF_CLI_ARGS_apply: '-destroy' }), false);
    assert.equal(destroys({ TF_CLI_ARGS: '-destroy', TF_CLI_ARGS_apply: '-destroy=false' }), true);
    assert.equal(destroys({ TF_CLI_ARGS: '-dest\\roy' }), true);
    assert.equal(destroys({ TF_CLI_ARGS: 'apply -destroy' }, 'terraform'), true);
    assert.equal(destroys({ TF_CLI_ARGS_state: 'rm a.b' }, 'terraform state'), true);
  });
  it('of every read make the fast path unsure when a variable adds to them', () => {
    const path = GUARDED['terraform']?.fastPath?.() ?? '';
    assert.deepEqual(fastPathReads(path, [['state', 'list'], ['show']]), [true, true]);
    assert.deepEqual(fastPathReads(path, [['state', 'list'], ['show']], { TF_CLI_ARGS_state_list: 'x' }), [false, false]);
    assert.deepEqual(fastPathReads(path, [['-chdir=x', 'show'], ['-chdir', 'x', 'show'], ['-destroy', 'show'], ['--chdir=x', 'show']]), [true, false, false, false]);
  });
});

describe('the options of terragrunt', () => {
  it('reach terraform in their order', () => {
    assert.equal(detect('terragrunt apply -auto-approve -destroy=f')[0]?.mutation === 'destructive', false);
    for (const line of ['terragrunt apply -destroy', 'terragrunt -destroy apply', 'terragrunt run --all -- apply -destroy', 'terragrunt run-all apply --terragrunt-working-dir x -destroy', 'terragrunt --working-dir x apply -destroy', 'terragrunt apply -destroy -refresh-only=0']) assert.ok(detect(line).some((o) => o.mutation === 'destructive'), line);
    assert.equal(held('terragrunt apply -refresh-only=f'), true);
  });
});

describe('the options of pulumi', () => {
  it('only show when the last one says so', () => {
    assert.equal(changes('pulumi destroy --preview-only'), false);
    for (const off of ['--preview-only=false', '--preview-only=0', '--preview-only=F', '--preview-only --preview-only=f']) assert.equal(held(`pulumi destroy ${off}`), true, off);
  });
  it('come from variables, too', () => {
    assert.equal(place('pulumi up', { env: { PULUMI_STACK: 'prod' } })?.['stack'], 'prod');
    assert.equal(place('pulumi up -s dev', { env: { PULUMI_OPTION_STACK: 'prod' } })?.['stack'], 'dev');
    assert.equal(readPulumiCommand(['pulumi', 'up'], { PULUMI_OPTION_STACK: 'prod' })?.stack, 'prod');
    assert.ok(readPulumiCommand(['pulumi', 'destroy', '--target-dependents', '--target-dependents=false'], {})?.dryRun.includes('--target-dependents=false'));
  });
});

describe('the options of cdk', () => {
  it('only prepare when nothing else says otherwise', () => {
    for (const line of ['cdk deploy A --no-execute', 'cdk deploy A --method=prepare-change-set', 'cdk deploy A --method prepare-change-set', 'cdk deploy A -m prepare-change-set', 'cdk deploy A --execute=false']) assert.equal(changes(line), false, line);
    for (const line of ['--no-execute --execute', '--no-execute=true', '--no-execute=false', '--execute=0', '--execute=no', '--no-execute --hotswap', '--method=prepare-change-set --hotswap-fallback', '--method=prepare-change-set --method=direct', '--method=direct --method=prepare-change-set', '--method=prepare-change-set --watch', '--execute=false --execute']) assert.equal(held(`cdk deploy A ${line}`), true, line);
    assert.equal(held('cdk deploy A --no-execute', { env: { CDK_HOTSWAP: 'true' } }), true);
  });
});

describe('the options of sam', () => {
  it('only make a change set with the one flag that says so', () => {
    assert.equal(changes('sam deploy --no-execute-changeset'), false);
    for (const line of ['--stack-name --no-execute-changeset', '--no-execute-changeset=false', '--no-execute-changeset --execute-changeset', '--execute-changeset', '--no-execute-changeset=x']) assert.equal(held(`sam deploy ${line}`), true, line);
  });
});

describe('the options of az', () => {
  it('mean the same in short', () => {
    for (const mode of ['--mode Complete', '--mod Complete', '--mo=complete', '--mode Incremental --mode COMPLETE']) assert.equal(held(`az deployment group create -g g -f t.json ${mode}`), true, mode);
    assert.equal(held('az deployment group create -g g -f t.json --mode Incremental'), false);
  });
  it('and the words of the command come from files', () => {
    const files = { '/w/verb': 'delete\n', '/w/mode': 'Complete' };
    assert.equal(held('az group @verb -n g', { files }), true);
    assert.equal(held('az deployment group create -g g --mode @mode', { files }), true);
    assert.equal(held('az group @gone -n g', { files }), true);
  });
});
