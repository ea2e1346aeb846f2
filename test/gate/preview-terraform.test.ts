import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { detectArgv } from '../../src/detect/detect';
import type { AffectedResource, BlastRadius } from '../../src/model';
import { startPreview, type PreviewResult } from '../../src/preview/preview';
import { readLedger } from '../../src/ledger/verify';
import { assertPreview } from '../support/assert-preview';
import { atTerminal, makePlace, start, type Place } from '../support/gate';
import { previewRequest, previewWorker } from '../support/preview-worker';
import { bundled } from '../support/programs';
import { temporary } from '../support/temporary';
import { configuration, type Configuration } from '../support/terraform';

const BEFORE = {
  'main.tf': `
variable "v" { default = "1" }
resource "terraform_data" "keep" { input = "a" }
resource "terraform_data" "change" { input = var.v }
resource "terraform_data" "delete_first" { triggers_replace = var.v }
resource "terraform_data" "create_first" {
  input            = terraform_data.keep.id
  triggers_replace = var.v
  lifecycle { create_before_destroy = true }
}
resource "terraform_data" "guarded" {
  input = terraform_data.keep.output
  lifecycle { prevent_destroy = true }
}
resource "terraform_data" "forgotten" { input = "f" }
resource "terraform_data" "old" { input = "m" }
resource "terraform_data" "counted" {
  count = 2
  input = "c\${count.index}"
}
module "part" {
  source = "./part"
  input  = terraform_data.delete_first.id
}
output "part" { value = module.part.id }
`,
  'part/main.tf': `
variable "input" {}
resource "terraform_data" "inner" {
  input = var.input
  lifecycle { prevent_destroy = true }
}
output "id" { value = terraform_data.inner.id }
`,
};

const AFTER = {
  'main.tf': `
variable "v" { default = "2" }
resource "terraform_data" "keep" { input = "a" }
resource "terraform_data" "change" { input = var.v }
resource "terraform_data" "delete_first" { triggers_replace = var.v }
resource "terraform_data" "create_first" {
  input            = terraform_data.keep.id
  triggers_replace = var.v
  lifecycle { create_before_destroy = true }
}
removed {
  from = terraform_data.forgotten
  lifecycle { destroy = false }
}
moved {
  from = terraform_data.old
  to   = terraform_data.new
}
resource "terraform_data" "new" { input = "m" }
resource "terraform_data" "counted" {
  count = 1
  input = "c\${count.index}"
}
resource "terraform_data" "added" { input = "n" }
`,
};

describe('the preview of Terraform, with the real tool', function () {
  this.timeout(120_000);
  let home: string;
  const terraform = execFileSync('sh', ['-c', 'command -v terraform || true'], { encoding: 'utf8' }).trim();

  before(async () => {
    if (terraform === '') throw new Error('terraform is not installed: what needs it was not tested.');
  });
  beforeEach(() => {
    home = temporary('hp-preview-');
  });

  const set = (files: Readonly<Record<string, string>> = BEFORE, options: Parameters<typeof configuration>[1] = {}): Configuration => configuration(files, options);
  const preview = (cwd: string, argv: readonly string[], more: Parameters<typeof previewRequest>[1] = {}, env: Record<string, string> = {}): ReturnType<typeof startPreview> => {
    const all = { PATH: process.env['PATH'] ?? '', HOME: home, ...env };
    const [operation] = detectArgv(argv, { cwd, env: all });
    assert.ok(operation, argv.join(' '));
    const folder = path.join(home, 'plan');
    mkdirSync(folder, { recursive: true });
    return startPreview({ workerPath: previewWorker(), execPath: process.execPath, env: all, request: previewRequest(argv, { operation, cwd, executable: terraform, folder, ...more }) });
  };
  const shown = async (run: ReturnType<typeof startPreview>): Promise<Extract<PreviewResult, { kind: 'preview' }>> => {
    const result = await run.result;
    assertPreview(result);
    return result;
  };
  const failed = async (run: ReturnType<typeof startPreview>): Promise<string> => {
    const result = await run.result;
    assert.equal(result.kind, 'failed');
    return (result as Extract<PreviewResult, { kind: 'failed' }>).failure.message;
  };
  const of = (radius: BlastRadius, id: string): AffectedResource => {
    const found = radius.resources.find((r) => r.id === id);
    assert.ok(found, `${id} among ${radius.resources.map((r) => r.id).join(', ')}`);
    return found;
  };

  it('names every change of a plan with its action, its order and its reason', async () => {
    const c = set(BEFORE, { git: true });
    c.write({ ...AFTER });
    const { blastRadius } = await shown(preview(c.folder, ['terraform', 'apply', '-auto-approve']));
    assert.equal(blastRadius.source, 'plan');
    assert.deepEqual(blastRadius.resources.map((r) => [r.id, r.action, r.outcome, r.replacement, r.downtime?.order]), [
      ['module.part.terraform_data.inner', 'remove', 'lost', 'no', undefined],
      ['terraform_data.added', 'add', 'added', 'no', undefined],
      ['terraform_data.change', 'modify', 'modified', 'no', undefined],
      ['terraform_data.counted[1]', 'remove', 'lost', 'no', undefined],
      ['terraform_data.create_first', 'modify', 'replaced', 'yes', 'create-first'],
      ['terraform_data.delete_first', 'modify', 'replaced', 'yes', 'delete-first'],
      ['terraform_data.forgotten', 'forget', 'retained', 'no', undefined],
      ['terraform_data.guarded', 'remove', 'lost', 'no', undefined],
      ['terraform_data.new', 'none', 'unchanged', 'no', undefined],
    ]);
    assert.ok(of(blastRadius, 'terraform_data.counted[1]').because.includes('Its index is beyond the count.'));
    assert.ok(of(blastRadius, 'terraform_data.create_first').because.some((b) => b.startsWith('triggers_replace forces the replacement')));
    assert.ok(of(blastRadius, 'terraform_data.new').because.some((b) => b.includes('terraform_data.old')));
    assert.match(of(blastRadius, 'terraform_data.forgotten').reversibility.how ?? '', /^terraform import 'terraform_data.forgotten' '[0-9a-f-]+'/);
    assert.ok(of(blastRadius, 'terraform_data.change').because.includes('Changed in place: input, output.'));
  });

  it('tells delete-before-create from create-before-delete', async () => {
    const files = (v: string): Record<string, string> => ({ 'main.tf': `resource "terraform_data" "a" { triggers_replace = "${v}" }\nresource "terraform_data" "b" {\n  triggers_replace = "${v}"\n  lifecycle { create_before_destroy = true }\n}\n` });
    const c = set(files('1'));
    c.write(files('2'));
    const { blastRadius } = await shown(preview(c.folder, ['terraform', 'apply', '-auto-approve']));
    assert.deepEqual(blastRadius.resources.map((r) => [r.id, r.outcome, r.downtime]), [
      ['terraform_data.a', 'replaced', { interrupted: 'yes', order: 'delete-first' }],
      ['terraform_data.b', 'replaced', { interrupted: 'no', order: 'create-first' }],
    ]);
  });

  it('says that a prevent_destroy went with its block, in the root and in a module', async () => {
    const c = set(BEFORE, { git: true });
    c.write(AFTER);
    const { blastRadius } = await shown(preview(c.folder, ['terraform', 'apply', '-auto-approve']));
    const lost = blastRadius.warnings.filter((w) => w.includes('had prevent_destroy at git HEAD'));
    assert.deepEqual(lost.map((w) => w.split(' ')[0]).sort(), ['module.part.terraform_data.inner', 'terraform_data.guarded']);
    assert.ok(blastRadius.warnings.some((w) => w.startsWith('Outputs go: part.')));
  });

  it('says that it can\'t tell about guards where there is no git', async () => {
    const c = set();
    c.write(AFTER);
    const { blastRadius } = await shown(preview(c.folder, ['terraform', 'apply', '-auto-approve'], {}, { GIT_CEILING_DIRECTORIES: path.dirname(c.folder) }));
    assert.ok(blastRadius.unknowns.map((one) => one.text).some((u) => u.startsWith('Whether a prevent_destroy was taken off')));
  });

  it('draws who needs what, through variables and modules, also where the configuration is gone', async () => {
    const c = set({ ...BEFORE, 'main.tf': BEFORE['main.tf'].replace(/lifecycle \{ prevent_destroy = true \}/, ''), 'part/main.tf': BEFORE['part/main.tf'].replace(/lifecycle \{ prevent_destroy = true \}/, '') });
    const { blastRadius } = await shown(preview(c.folder, ['terraform', 'destroy', '-auto-approve']));
    const edges = blastRadius.dependencies.map((d) => `${d.from} > ${d.to}`);
    assert.ok(edges.includes('module.part.terraform_data.inner > terraform_data.delete_first'), edges.join('\n'));
    assert.ok(edges.includes('terraform_data.guarded > terraform_data.keep'));
    c.write({ 'main.tf': '' });
    const gone = await shown(preview(c.folder, ['terraform', 'apply', '-auto-approve']));
    assert.ok(gone.blastRadius.dependencies.some((d) => d.from === 'module.part.terraform_data.inner' && d.to === 'terraform_data.delete_first' && /state/.test(d.detail)));
    assert.equal(gone.blastRadius.resources.filter((r) => r.outcome === 'lost').length, 10);
  });

  it('previews a saved plan as it is, and runs that', async () => {
    const c = set({ 'main.tf': 'resource "terraform_data" "keep" {}\nresource "terraform_data" "b" { input = terraform_data.keep.id }\nresource "terraform_data" "c" {}\n' });
    c.run('plan', '-destroy', '-target=terraform_data.keep', '-out=reviewed.tfplan', '-no-color');
    const { blastRadius, prepared } = await shown(preview(c.folder, ['terraform', 'apply', 'reviewed.tfplan']));
    assert.deepEqual(prepared?.argv.slice(0, 2), ['terraform', 'apply']);
    assert.equal(path.basename(prepared?.argv.at(-1) ?? ''), 'plan.tfplan', 'a copy of its own');
    assert.deepEqual(blastRadius.resources.map((r) => [r.id, r.outcome]), [['terraform_data.b', 'lost'], ['terraform_data.keep', 'lost']]);
    assert.match(blastRadius.sourceDetail, /saved plan reviewed\.tfplan.*limited to a part/);
  });

  it('takes what TF_CLI_ARGS adds into the plan, and out of what runs', async () => {
    const c = set({ 'main.tf': 'resource "terraform_data" "a" {}\nresource "terraform_data" "b" {}\n' });
    const { blastRadius, prepared } = await shown(preview(c.folder, ['terraform', 'apply', '-auto-approve', '-no-color'], {}, { TF_CLI_ARGS_apply: '-destroy -target=terraform_data.a' }));
    assert.deepEqual(blastRadius.resources.map((r) => [r.id, r.outcome]), [['terraform_data.a', 'lost']]);
    assert.deepEqual(prepared?.argv.slice(0, -1), ['terraform', 'apply', '-auto-approve', '-no-color']);
    assert.deepEqual([...(prepared?.withoutEnv ?? [])].sort(), ['TF_CLI_ARGS', 'TF_CLI_ARGS_apply']);
  });

  it('says that a removed block runs a command when it takes something away', async () => {
    const c = set({ 'main.tf': 'resource "terraform_data" "a" {}\n' });
    c.write({ 'main.tf': 'removed {\n  from = terraform_data.a\n  lifecycle { destroy = true }\n  provisioner "local-exec" {\n    when    = destroy\n    command = "true"\n  }\n}\n' });
    const { blastRadius } = await shown(preview(c.folder, ['terraform', 'apply', '-auto-approve'], { allowExecution: true }));
    assert.deepEqual(blastRadius.resources.map((r) => [r.id, r.outcome]), [['terraform_data.a', 'lost']]);
    assert.match(blastRadius.unknowns.map((one) => one.text).join(' '), /main\.tf: removed terraform_data\.a/);
  });

  it('works in the folder that -chdir names and in the chosen workspace', async () => {
    const c = set({ 'main.tf': 'resource "terraform_data" "a" { input = terraform.workspace }\n' });
    c.run('workspace', 'new', 'prod');
    c.run('apply', '-auto-approve');
    const { blastRadius } = await shown(preview(path.dirname(c.folder), ['terraform', `-chdir=${path.basename(c.folder)}`, 'destroy', '-auto-approve']));
    assert.equal(blastRadius.context.other?.['workspace'], 'prod');
    assert.deepEqual(blastRadius.resources.map((r) => r.id), ['terraform_data.a']);
  });

  it('asks before a plan would execute a program, and makes none', async () => {
    const c = set({ 'main.tf': 'resource "terraform_data" "a" {}\n' });
    c.write({ 'data.tf': `data "external" "x" { program = ["sh", "-c", "touch ${c.folder}/executed; echo {}"] }\n` });
    const result = await preview(c.folder, ['terraform', 'apply', '-auto-approve']).result;
    assert.equal(result.kind, 'preview');
    assert.deepEqual((result as Extract<PreviewResult, { kind: 'preview' }>).asks?.map((one) => one.text), ['data external in data.tf']);
    assert.equal(existsSync(path.join(c.folder, 'executed')), false);
  });

  describe('with a provider that says when it is started', () => {
    let c: Configuration;
    const NAME = 'terraform-provider-thing_v1.0.0';
    const platform = (): string => (JSON.parse(execFileSync(terraform, ['version', '-json'], { encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', CHECKPOINT_DISABLE: '1' } })) as { platform: string }).platform;
    const program = (): string => `#!/bin/sh\ntouch '${c.folder}/executed'\nexit 1\n`;
    const executed = (): boolean => existsSync(path.join(c.folder, 'executed'));
    /** Installs it as a provider of this address, from a mirror, as `init` does. */
    const install = (address: string): void => {
      const type = address.split('/').at(-1) ?? '';
      c = set({ 'main.tf': 'resource "terraform_data" "a" {}\n' });
      const binary = `mirror/registry.terraform.io/${address}/1.0.0/${platform()}/${NAME.replace('thing', type)}`;
      c.write({ '.terraformrc': `provider_installation {\n  filesystem_mirror {\n    path = "${c.folder}/mirror"\n  }\n}\n`, [binary]: program() });
      chmodSync(path.join(c.folder, binary), 0o755);
      c.write({ 'more.tf': `terraform {\n  required_providers {\n    ${type} = { source = "${address}" }\n  }\n}\nresource "${type}_one" "a" {}\n` });
      c.run('init', '-input=false', '-no-color');
    };

    it('asks before one that is none of the well-known starts, for a plan, a saved plan and a state', async () => {
      install('acme/thing');
      writeFileSync(path.join(c.folder, 'saved.tfplan'), 'any');
      for (const words of ['apply -auto-approve', 'apply saved.tfplan', 'state rm terraform_data.a']) {
        const result = await preview(c.folder, ['terraform', ...words.split(' ')]).result;
        assert.deepEqual((result as Extract<PreviewResult, { kind: 'preview' }>).asks?.map((one) => one.text), ['the provider acme/thing, which is none of the well-known ones'], words);
      }
      assert.equal(executed(), false);
      await failed(preview(c.folder, ['terraform', 'apply', '-auto-approve'], { allowExecution: true }));
      assert.equal(executed(), true, 'a plan starts it');
    });

    it('leaves it to Terraform to refuse one that is not as the lock file has it', async () => {
      install('hashicorp/null');
      const installed = path.join(c.folder, '.terraform/providers/registry.terraform.io/hashicorp/null/1.0.0', platform());
      rmSync(installed);
      mkdirSync(installed);
      writeFileSync(path.join(installed, NAME.replace('thing', 'null')), `${program()}# another one\n`, { mode: 0o755 });
      assert.match(await failed(preview(c.folder, ['terraform', 'apply', '-auto-approve'])), /does not match any of the checksums/);
      assert.equal(executed(), false);
    });
  });

  it('says what to do when the folder is not initialised, a variable is missing, or the configuration is broken', async () => {
    const c = set({ 'main.tf': 'resource "terraform_data" "a" {}\n' });
    c.write({ 'more.tf': 'module "m" { source = "./m" }\n', 'm/main.tf': '' });
    assert.match(await failed(preview(c.folder, ['terraform', 'apply', '-auto-approve'])), /is not ready in .*Run 'terraform init'/);
    c.write({ 'more.tf': 'variable "must" {}\nresource "terraform_data" "b" { input = var.must }\n' });
    assert.match(await failed(preview(c.folder, ['terraform', 'apply', '-auto-approve'])), /without asking: .*-var or -var-file/);
    c.write({ 'more.tf': 'resource "terraform_data" {\n' });
    assert.match(await failed(preview(c.folder, ['terraform', 'apply', '-auto-approve'])), /makes no plan: .*Mend that/);
    c.write({ 'more.tf': 'resource "terraform_data" "g" {\n lifecycle { prevent_destroy = true }\n}\n' });
    c.run('apply', '-auto-approve');
    assert.match(await failed(preview(c.folder, ['terraform', 'destroy', '-auto-approve'])), /refuses this itself: .*prevent_destroy/);
  });

  it('reads from the state what state rm, taint, import and workspace delete would do', async () => {
    const c = set();
    const removed = (await shown(preview(c.folder, ['terraform', 'state', 'rm', 'module.part', 'terraform_data.counted']))).blastRadius;
    assert.deepEqual(removed.resources.map((r) => [r.id, r.action, r.outcome]), [
      ['module.part.terraform_data.inner', 'forget', 'retained'], ['terraform_data.counted[0]', 'forget', 'retained'], ['terraform_data.counted[1]', 'forget', 'retained'],
    ]);
    assert.match(removed.resources[0]?.reversibility.how ?? '', /^terraform import 'module\.part/);
    const tainted = (await shown(preview(c.folder, ['terraform', 'taint', 'terraform_data.keep']))).blastRadius;
    assert.deepEqual(tainted.resources.map((r) => [r.id, r.outcome, r.reversibility.how]), [['terraform_data.keep', 'replaced', 'terraform untaint \'terraform_data.keep\', before anybody applies.']]);
    c.run('workspace', 'new', 'old');
    c.run('apply', '-auto-approve');
    c.run('workspace', 'select', 'default');
    const workspace = (await shown(preview(c.folder, ['terraform', 'workspace', 'delete', 'old']))).blastRadius;
    assert.equal(workspace.resources.length, 10);
    assert.ok(workspace.warnings.some((w) => /still manages 10 resources: without -force the command fails/.test(w)));
    assert.equal(c.state().length, 10, 'nothing was changed by looking');
  });

  it('compares a pushed state with the present one, and reads who holds a lock', async () => {
    const c = set();
    const state = JSON.parse(c.run('state', 'pull')) as { resources: { name: string }[] };
    writeFileSync(path.join(c.folder, 'less.json'), JSON.stringify({ ...state, resources: state.resources.filter((r) => r.name !== 'keep') }));
    const pushed = (await shown(preview(c.folder, ['terraform', 'state', 'push', 'less.json']))).blastRadius;
    assert.deepEqual(pushed.resources.map((r) => [r.id, r.action]), [['terraform_data.keep', 'forget']]);
    writeFileSync(path.join(c.folder, '.terraform.tfstate.lock.info'), JSON.stringify({ ID: 'abc', Operation: 'OperationTypeApply', Who: 'ada@host', Created: '2026-01-01T00:00:00Z' }));
    const unlock = (await shown(preview(c.folder, ['terraform', 'force-unlock', '-force', 'abc']))).blastRadius;
    assert.ok(unlock.warnings.some((w) => w.includes('held by ada@host since 2026-01-01T00:00:00Z')));
  });

  it('leaves nothing in the folder, and ends with its tool when it is cancelled', async () => {
    const c = set();
    const before = readdirSync(c.folder).sort();
    c.write(AFTER);
    await shown(preview(c.folder, ['terraform', 'apply', '-auto-approve']));
    assert.deepEqual(readdirSync(c.folder).sort(), before);
    const slow = path.join(home, 'slow');
    writeFileSync(slow, '#!/bin/sh\necho $$ > "$HOME/pid"\nsleep 60\n', { mode: 0o755 });
    const run = preview(c.folder, ['terraform', 'apply', '-auto-approve'], { executable: slow });
    for (let i = 0; i < 500 && !existsSync(path.join(home, 'pid')); i++) await new Promise((resolve) => setTimeout(resolve, 10));
    const pid = execFileSync('cat', [path.join(home, 'pid')], { encoding: 'utf8' }).trim();
    await run.cancel();
    assert.throws(() => process.kill(Number(pid), 0), /ESRCH/);
  });

  describe('and the run after it', () => {
    let place: Place;
    beforeEach(async () => {
      place = await makePlace();
    });
    const TWO = { 'main.tf': 'resource "terraform_data" "a" {}\nresource "terraform_data" "b" {}\n' };

    it('applies what was approved, although the configuration changes between preview and yes', async () => {
      const c = set(TWO);
      c.write({ 'main.tf': 'resource "terraform_data" "a" {}\n' });
      const { code, screen } = await atTerminal(place, `cd ${c.folder} && terraform apply -auto-approve`, [
        [/Lost \(1\)[\s\S]*terraform_data\.b[\s\S]*to run it/, (screen) => {
          // Somebody takes the other one out, too, while the person reads.
          c.write({ 'main.tf': '' });
          return `${/Type (\S+) to run it/.exec(screen)?.[1] ?? 'yes'}\n`;
        }], [/Why is it right\?/, 'b is not used\n'],
      ]);
      assert.equal(code, 0, screen);
      assert.deepEqual(c.state(), ['terraform_data.a']);
      assert.deepEqual(readdirSync(place.home.previews), [], 'no plan file is left');
      const [kept] = (await readLedger(place.home.ledger)).flatMap((l) => (l.type === 'kept' ? l.files : []));
      assert.ok(kept);
      assert.ok(kept.path.startsWith(place.home.kept));
      assert.equal((JSON.parse(readFileSync(kept.path, 'utf8')) as { resources: unknown[] }).resources.length, 2, 'the state before the run is the way back');
      assert.equal(statSync(kept.path).mode & 0o077, 0);
    });

    it('applies the saved plan that was shown, although somebody puts another in its place', async () => {
      const c = set(TWO);
      c.write({ 'main.tf': 'resource "terraform_data" "a" {}\n' });
      c.run('plan', '-out=reviewed.tfplan');
      const { code, screen } = await atTerminal(place, `cd ${c.folder} && terraform apply reviewed.tfplan`, [
        [/to run it/, (screen) => {
          c.run('plan', '-destroy', '-out=reviewed.tfplan');
          return `${/Type (\S+) to run it/.exec(screen)?.[1] ?? 'yes'}\n`;
        }], [/Why is it right\?/, 'b is not used\n'],
      ]);
      assert.equal(code, 0, screen);
      assert.deepEqual(c.state(), ['terraform_data.a']);
    });

    it('takes the place of the state, and the lock, from the command', async () => {
      const c = set(TWO);
      c.run('apply', '-auto-approve', '-state=other.tfstate');
      c.write({ 'main.tf': 'resource "terraform_data" "a" {}\n' });
      const { code, screen } = await atTerminal(place, `cd ${c.folder} && terraform apply -auto-approve -state=other.tfstate -lock-timeout=5s -parallelism 2`, [
        [/to run it/, (screen) => `${/Type (\S+) to run it/.exec(screen)?.[1] ?? 'yes'}\n`], [/Why is it right\?/, 'b is not used\n'],
      ]);
      assert.equal(code, 0, screen);
      assert.deepEqual(c.state(), ['terraform_data.a', 'terraform_data.b'], 'the usual state is as it was');
      assert.equal(c.run('state', 'list', '-state=other.tfstate').trim(), 'terraform_data.a');
    });

    it('is shown by the command line as text, Markdown and JSON, and leaves nothing', async () => {
      const c = set(TWO);
      c.write({ 'main.tf': 'resource "terraform_data" "a" {}\n' });
      const cli = path.join(bundled(), 'cli.js');
      const shownAs = async (format: string): Promise<string> => {
        const { code, stdout, stderr } = await start(place, process.execPath, [cli, 'preview', '--format', format, '--', 'terraform', 'apply', '-auto-approve'], { cwd: c.folder }).done;
        assert.equal(code, 0, stderr);
        return stdout;
      };
      assert.match(await shownAs('text'), /Lost \(1\)\n {2}terraform_data\.b {2}terraform_data/);
      assert.match(await shownAs('markdown'), /^### Holdpoint: `terraform apply -auto-approve`/);
      const json = JSON.parse(await shownAs('json')) as { source: string; resources: { id: string }[]; prepared: { argv: string[] } };
      assert.deepEqual([json.source, json.resources.map((r) => r.id), json.prepared.argv.slice(0, 3)], ['plan', ['terraform_data.b'], ['terraform', 'apply', '-auto-approve']]);
      assert.deepEqual(readdirSync(path.join(place.base, '.holdpoint', 'previews')), []);
      assert.deepEqual(c.state(), ['terraform_data.a', 'terraform_data.b']);
    });

    describe('when the state is not the one it was', () => {
      let c: Configuration;
      const look = async (cwd = c.folder): Promise<{ unknowns: string[]; warnings: string[] }> => {
        const { code, stdout, stderr } = await start(place, process.execPath, [path.join(bundled(), 'cli.js'), 'preview', '--json', '--', 'terraform', 'apply', '-auto-approve'], { cwd }).done;
        assert.equal(code, 0, stderr);
        const { unknowns, warnings } = JSON.parse(stdout) as { unknowns: { text: string }[]; warnings: string[] };
        return { unknowns: unknowns.map(({ text }) => text), warnings };
      };
      const state = (): string => path.join(c.folder, 'terraform.tfstate');
      const odd = (u: readonly string[]): string[] => u.filter((text) => /state/.test(text) && !/prevent_destroy/.test(text)).map((text) => text.split(/[:(]/)[0] ?? '');
      beforeEach(async () => {
        c = set(TWO);
        assert.deepEqual(odd((await look()).unknowns), [], 'the first look has nothing to compare with');
      });

      it('says that another one lies there, as often as it is asked', async () => {
        writeFileSync(state(), readFileSync(set(TWO).folder + '/terraform.tfstate'));
        for (let i = 0; i < 2; i++) assert.deepEqual(odd((await look()).unknowns), ['This is another state than the one that was here before']);
      });

      it('says that it is older, or gone', async () => {
        const old = readFileSync(state());
        c.write({ 'main.tf': `${TWO['main.tf']}resource "terraform_data" "c" {}\n` });
        c.run('apply', '-auto-approve');
        await look();
        writeFileSync(state(), old);
        assert.deepEqual(odd((await look()).unknowns), ['The state is older than the one seen here before ']);
        rmSync(state());
        assert.deepEqual(odd((await look()).unknowns), ['The state is gone']);
      });

      it('says that an empty one makes everything anew, and where a copied one is known from', async () => {
        const fresh = set(TWO);
        rmSync(path.join(fresh.folder, 'terraform.tfstate'));
        assert.ok((await look(fresh.folder)).warnings.some((w) => w.startsWith('The state is empty, so all 2 resources are planned as new.')));
        writeFileSync(path.join(fresh.folder, 'terraform.tfstate'), readFileSync(state()));
        const other = set(TWO);
        writeFileSync(path.join(other.folder, 'terraform.tfstate'), readFileSync(state()));
        assert.ok((await look(other.folder)).warnings.some((w) => w.startsWith(`This state is known from ${c.folder}`)));
      });

      it('holds an agent\'s harmless plan on it, until a person has said yes to that once', async () => {
        const more = { 'main.tf': `${TWO['main.tf']}resource "terraform_data" "c" {}\n` };
        writeFileSync(state(), readFileSync(set(TWO).folder + '/terraform.tfstate'));
        c.write(more);
        const command = [['-w', 'terraform', 'apply', '-auto-approve'], { cwd: c.folder, env: { CLAUDECODE: '1' } }] as const;
        // The command line's own memory is that of the home that the shim belongs to.
        cpSync(path.join(place.base, '.holdpoint', 'memory.json'), place.home.memory);
        assert.equal((await start(place, 'setsid', ...command).done).code, 77);
        const { code, screen } = await atTerminal(place, `cd ${c.folder} && terraform apply -auto-approve`, [[/to run it/, (text) => `${/Type (\S+) to run it/.exec(text)?.[1] ?? 'yes'}\n`], [/Why is it right\?/, 'moved on purpose\n']]);
        assert.equal(code, 0, screen);
        assert.match(screen, /another state than the one that was here before/);
        c.write({ 'main.tf': `${more['main.tf']}resource "terraform_data" "d" {}\n` });
        assert.equal((await start(place, 'setsid', ...command).done).code, 0);
      });
    });

    it('does not apply a plan that the state has moved away from', async () => {
      const c = set(TWO);
      c.write({ 'main.tf': 'resource "terraform_data" "a" {}\n' });
      const { code, screen } = await atTerminal(place, `cd ${c.folder} && terraform apply -auto-approve`, [
        [/to run it/, (screen) => {
          c.run('state', 'rm', 'terraform_data.a');
          return `${/Type (\S+) to run it/.exec(screen)?.[1] ?? 'yes'}\n`;
        }], [/Why is it right\?/, 'b is not used\n'],
      ]);
      assert.notEqual(code, 0);
      assert.match(screen, /Saved plan is stale/);
      assert.deepEqual(c.state(), ['terraform_data.b']);
    });

    it('denies an agent what a plan shows to destroy, and lets through what only adds', async () => {
      const c = set(TWO);
      c.write({ 'main.tf': 'resource "terraform_data" "a" {}\n' });
      const env = { CLAUDECODE: '1' };
      const denied = await start(place, 'setsid', ['-w', 'terraform', 'apply', '-auto-approve'], { cwd: c.folder, env }).done;
      assert.equal(denied.code, 77, denied.stderr);
      assert.match(denied.stderr, /terraform_data\.b is lost/);
      c.write({ 'main.tf': `${TWO['main.tf']}resource "terraform_data" "c" {}\n` });
      const passed = await start(place, 'setsid', ['-w', 'terraform', 'apply', '-auto-approve', '-no-color'], { cwd: c.folder, env }).done;
      assert.equal(passed.code, 0, passed.stderr);
      assert.match(passed.stdout, /1 added, 0 changed, 0 destroyed/);
      assert.deepEqual(c.state(), ['terraform_data.a', 'terraform_data.b', 'terraform_data.c']);
      assert.deepEqual(readdirSync(place.home.previews), []);
      assert.ok((await readLedger(place.home.ledger)).some((l) => l.type === 'previewed' && l.source === 'plan'));
    });

    it('leaves Terraform its own question to a person, where nothing has to be held', async () => {
      const c = set(TWO);
      c.write({ 'main.tf': `${TWO['main.tf']}resource "terraform_data" "c" {}\n` });
      const { code, screen } = await atTerminal(place, `cd ${c.folder} && terraform apply -no-color`, [[/Enter a value:/, 'no\n']]);
      assert.notEqual(code, 0);
      assert.match(screen, /Apply cancelled/);
      assert.deepEqual(c.state(), ['terraform_data.a', 'terraform_data.b']);
    });
  });
});
