import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { readLedger } from '../../src/ledger/verify';
import { gateDeps } from '../../src/gate/compose';
import { loadDecider } from '../../src/cli/decider';
import { atTerminal, makeGate, makePlace, start, until, type Place, type Ran } from '../support/gate';
import { bundled } from '../support/programs';
import { configuration, type Configuration } from '../support/terraform';

/** `b` stands only as long as the file `keep` is there: what a plan says of it depends on when it is made. */
const FLIPS = 'resource "terraform_data" "a" {}\nresource "terraform_data" "b" { count = fileexists("${path.module}/keep") ? 1 : 0 }\n';
const MORE = { 'main.tf': `${FLIPS}resource "terraform_data" "c" {}\n` };

describe('Terraform\'s own question, before exactly the plan that was looked at', function () {
  this.timeout(120_000);
  let place: Place;
  let c: Configuration;
  const real = execFileSync('sh', ['-c', 'command -v terraform || true'], { encoding: 'utf8' }).trim();

  before(() => {
    if (real === '') throw new Error('terraform is not installed: what needs it was not tested.');
  });
  beforeEach(async () => {
    place = await makePlace();
    c = configuration({ 'main.tf': FLIPS, keep: '' });
    c.write(MORE);
    // The real tool, and somebody who takes the file away right after the first plan was made.
    const tool = path.join(place.tools, 'terraform');
    writeFileSync(tool, `#!/bin/sh\ncase " $* " in *" plan "*) "${real}" "$@"; code=$?; rm -f "${c.folder}/keep"; exit $code;; esac\nexec "${real}" "$@"\n`);
    chmodSync(tool, 0o755);
  });

  const ALL = ['terraform_data.a', 'terraform_data.b[0]', 'terraform_data.c'];
  const BEFORE = ['terraform_data.a', 'terraform_data.b[0]'];
  const lines = async (): Promise<string[]> => (await readLedger(place.home.ledger)).map((l) => (l.type === 'decided' ? `decided ${l.decision}` : l.type));
  const piped = (input: string, args: readonly string[], more: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}): Promise<Ran> =>
    start(place, 'setsid', ['-w', 'terraform', ...args], { cwd: c.folder, ...more, input }).done;

  it('applies that plan after a yes, although another one would be made by then', async () => {
    const { code, screen } = await atTerminal(place, `cd ${c.folder} && terraform apply -no-color`, [[/Enter a value:/, 'yes\n']]);
    assert.equal(code, 0, screen);
    assert.match(screen, /terraform_data\.c will be created[\s\S]*Do you want to perform these actions\?\r\n {2}Terraform will perform the actions described above\.\r\n {2}Only 'yes' will be accepted to approve\./);
    assert.doesNotMatch(screen, /destroyed\n[\s\S]*will be destroyed/);
    assert.deepEqual(c.state(), ALL);
    assert.deepEqual(readdirSync(place.home.previews), []);
    assert.deepEqual((await lines()).slice(-3), ['decided allowed', 'run', 'ended']);
  });

  it('applies nothing after anything else than yes, ends as Terraform ends, and the ledger does not say that it ran', async () => {
    for (const answer of ['no', 'y', 'YES', '']) {
      c.write({ keep: '' });
      const { code, screen } = await atTerminal(place, `cd ${c.folder} && terraform apply -no-color`, [[/Enter a value:/, `${answer}\n`]]);
      assert.equal(code, 1, screen);
      assert.match(screen, /Apply cancelled\./);
      assert.deepEqual(c.state(), BEFORE);
    }
    assert.deepEqual(readdirSync(place.home.previews), []);
    assert.equal((await lines()).includes('run'), false);
    assert.equal((await lines()).at(-1), 'decided cancelled');
  });

  it('asks the same of what is piped in, reads one line of it, and takes the end of the input for a no', async () => {
    const yes = await piped('yes\nmore\n', ['apply', '-no-color']);
    assert.equal(yes.code, 0, yes.stderr);
    assert.match(yes.stdout, /Enter a value: [\s\S]*1 added, 0 changed, 0 destroyed/);
    assert.deepEqual(c.state(), ALL);
    c.write({ 'main.tf': `${MORE['main.tf']}resource "terraform_data" "d" {}\n`, keep: '' });
    for (const input of ['', 'no\n']) {
      c.write({ keep: '' });
      const no = await piped(input, ['apply', '-no-color'], { env: { CLAUDECODE: '1' } });
      assert.equal(no.code, 1, no.stderr);
      assert.deepEqual(c.state(), ALL);
    }
  });

  it('leaves the rest of the input to whoever reads it next', async () => {
    const { code, stdout } = await start(place, 'setsid', ['-w', 'sh', '-c', 'terraform apply -no-color >/dev/null; cat'], { cwd: c.folder, input: 'no\nthe next one\n' }).done;
    assert.equal(code, 0);
    assert.equal(stdout, 'the next one\n');
  });

  it('asks in spite of -input=false, as Terraform does, and lets nothing else be planned then', async () => {
    const { code, stdout } = await piped('yes\n', ['apply', '-no-color', '-input=false']);
    assert.equal(code, 0);
    assert.match(stdout, /1 added, 0 changed, 0 destroyed/);
    assert.deepEqual(c.state(), ALL);
  });

  it('leaves it to Terraform to refuse -json without -auto-approve', async () => {
    // Where its files stay as they are: nothing is made for this one, so that it is looked at again when they move.
    writeFileSync(path.join(place.tools, 'terraform'), `#!/bin/sh\nexec "${real}" "$@"\n`);
    const { code, stdout, stderr } = await piped('yes\n', ['apply', '-json']);
    assert.equal(code, 1, stderr);
    assert.match(stdout, /Plan file or auto-approve required/);
    assert.deepEqual(c.state(), BEFORE);
  });

  it('asks nothing where nothing changes, and where a variable says -auto-approve', async () => {
    const added = await piped('', ['apply', '-no-color'], { env: { TF_CLI_ARGS_apply: '-auto-approve' } });
    assert.equal(added.code, 0, added.stderr);
    assert.doesNotMatch(added.stdout, /Enter a value/);
    assert.deepEqual(c.state(), ALL);
    c.write({ keep: '' });
    const nothing = await piped('', ['apply', '-no-color']);
    assert.equal(nothing.code, 0, nothing.stderr);
    assert.match(nothing.stdout, /0 added, 0 changed, 0 destroyed/);
  });

  it('names the workspace, works in the folder of -chdir, and takes -replace and -target into the plan', async () => {
    c.run('workspace', 'new', 'prod');
    const args = [`-chdir=${path.basename(c.folder)}`, 'apply', '-no-color', '-target=terraform_data.c'];
    const { code, stdout } = await piped('yes\n', args, { cwd: path.dirname(c.folder) });
    assert.equal(code, 0, stdout);
    assert.match(stdout, /Do you want to perform these actions in workspace "prod"\?/);
    assert.deepEqual(c.state(), ['terraform_data.c']);
  });

  it('asks no second time what a person approved here', async () => {
    c.write({ 'main.tf': 'resource "terraform_data" "a" {}\n' });
    const { code, screen } = await atTerminal(place, `cd ${c.folder} && terraform apply -no-color`, [
      [/to run it/, (text) => `${/Type (\S+) to run it/.exec(text)?.[1] ?? 'yes'}\n`], [/Why is it right\?/, 'b is not used\n'],
    ]);
    assert.equal(code, 0, screen);
    assert.doesNotMatch(screen, /Enter a value/);
    assert.deepEqual(c.state(), ['terraform_data.a']);
  });

  it('takes Ctrl+C at the question for a no', async () => {
    const { code, screen } = await atTerminal(place, `cd ${c.folder} && terraform apply -no-color`, [[/Enter a value:/, '\u0003']]);
    assert.notEqual(code, 0);
    assert.doesNotMatch(screen, /Apply complete/);
    assert.deepEqual(c.state(), BEFORE);
    assert.deepEqual(readdirSync(place.home.previews), []);
    assert.equal((await lines()).includes('run'), false);
  });

  it('asks the same where a window decides, and is over when that window goes away', async () => {
    const dist = bundled();
    const deps = gateDeps({
      dist, execPath: process.execPath, ledger: { append: () => ({ ok: false, why: 'not used here' }) } as never, home: place.home, identify: () => ({ kind: 'human', name: 'ada', evidence: [], confidence: 'sure' } as never),
      decide: () => { throw new Error('not used here'); }, settings: () => ({ holdMs: 60_000, previewMs: 60_000, previewMode: 'live' }), folders: () => [], place: () => '', log: () => undefined,
    });
    const decider = loadDecider(c.folder);
    const window = await makeGate(place, {
      detect: deps.detect, previewer: deps.previewer, settings: deps.settings,
      decide: (operations, actor, _cwd, preview) => ({ verdict: decider.decide(operations, actor, preview).verdict, rulesDigest: 'r' }),
    }, [c.folder]);
    const yes = await piped('yes\n', ['apply', '-no-color']);
    assert.equal(yes.code, 0, yes.stderr);
    assert.deepEqual(c.state(), ALL);
    assert.deepEqual((await lines()).slice(-3), ['decided allowed', 'run', 'ended']);
    c.write({ 'main.tf': `${MORE['main.tf']}resource "terraform_data" "d" {}\n`, keep: '' });
    const child = spawn('setsid', ['-w', 'terraform', 'apply', '-no-color'], { cwd: c.folder, env: place.env, stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    await until(() => /Enter a value:/.test(said), 'the question');
    await window.close();
    assert.equal(await ended, 75, said);
    assert.deepEqual(c.state(), ALL);
    assert.equal(existsSync(place.home.previews) ? readdirSync(place.home.previews).length : 0, 0);
    mkdirSync(place.home.previews, { recursive: true });
  });
});
