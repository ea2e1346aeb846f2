import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { identify } from '../../src/gate/actor';
import { gateDeps } from '../../src/gate/compose';
import { deputyFor } from '../../src/gate/deputy';
import { openLedger } from '../../src/ledger/ledger';
import { makeGate, makePlace, start, until, type Place, type TestGate } from '../support/gate';
import { bundled } from '../support/programs';

const TERMINATE = ['ec2', 'terminate-instances', '--instance-ids', 'i-0123456789abcdef0', '--region', 'eu-west-1'];

describe('a preview in the name of the window', function () {
  this.timeout(60_000);
  let place: Place;
  let open: TestGate;
  let planted: string;
  const executed = (): boolean => existsSync(path.join(place.base, 'executed'));

  beforeEach(async () => {
    place = await makePlace();
    planted = path.join(place.work, '.venv', 'bin');
    mkdirSync(planted, { recursive: true });
    // The window finds the tool in its own folder; its home is the place's.
    const own = { PATH: [place.tools, '/usr/bin', '/bin'].join(':'), HOME: place.base };
    const deps = gateDeps({
      identify, dist: bundled(), execPath: process.execPath, ledger: openLedger(place.home.ledger), home: place.home, own,
      decide: () => ({ verdict: { kind: 'confirm', rule: 'test', reason: 'It deletes.', risk: 'high' }, rulesDigest: 'r' }),
      settings: () => ({ holdMs: 60_000, previewMs: 20_000, previewMode: 'live' }), folders: () => [place.work], place: () => 'here', log: () => undefined,
    });
    open = await makeGate(place, deps);
  });
  afterEach(async () => {
    await open.close();
  });

  const plant = (folder: string, name: string): string => {
    writeFileSync(path.join(folder, name), `#!/bin/sh\nid > '${path.join(place.base, 'executed')}'\necho '{}'\n`, { mode: 0o755 });
    return path.join(folder, name);
  };
  /** Asks, waits until the preview is over, and leaves the command held. */
  const held = async (env: NodeJS.ProcessEnv, args: readonly string[] = TERMINATE): Promise<{ readonly asks: readonly string[] | undefined; again(): Promise<void>; end(): Promise<void> }> => {
    const command = start(place, path.join(place.home.bin, 'aws'), args, { env });
    const settled = (): Promise<void> => until(() => open.gate.list()[0]?.state === 'pending', 'it is held and previewed');
    await settled();
    const hold = open.gate.list()[0];
    assert.ok(hold);
    return {
      asks: hold.asks?.map((one) => one.text),
      async again() {
        open.gate.preview(hold.id, 'live', true);
        await settled();
      },
      async end() {
        open.gate.deny(hold.id, 'over');
        await command.done;
      },
    };
  };

  it('executes no program that the asker put first on PATH before somebody agreed, and does so then, in this window', async () => {
    const program = plant(planted, 'aws');
    const PATH = [place.home.bin, planted, place.tools, '/usr/bin', '/bin'].join(':');
    const first = await held({ PATH });
    assert.equal(executed(), false);
    assert.deepEqual(first.asks, [`the program ${program}`]);
    await first.again();
    assert.equal(executed(), true);
    await first.end();
    rmSync(path.join(place.base, 'executed'));
    const second = await held({ PATH });
    assert.equal(second.asks, undefined);
    assert.equal(executed(), true);
    await second.end();
  });

  it('executes the window\'s own tool without a question', async () => {
    plant(place.tools, 'aws');
    const hold = await held({});
    assert.equal(hold.asks, undefined);
    assert.equal(executed(), true);
    await hold.end();
  });

  it('executes no program that a configuration of the asker\'s names, and the one of the window\'s own configuration', async () => {
    const program = plant(place.work, 'give-keys');
    const theirs = path.join(place.work, 'config');
    writeFileSync(theirs, `[default]\ncredential_process = ${program}\n`);
    const named = ['dynamodb', 'delete-table', '--table-name', 'orders', '--region', 'eu-west-1', '--endpoint-url', 'http://127.0.0.1:9'];
    const stack = ['cloudformation', 'delete-stack', '--stack-name', 'prod', '--region', 'eu-west-1', '--endpoint-url', 'http://127.0.0.1:9'];
    for (const args of [named, stack]) {
      const hold = await held({ AWS_CONFIG_FILE: theirs }, args);
      assert.equal(executed(), false);
      assert.deepEqual(hold.asks, [`the programs named in ${theirs}`]);
      await hold.end();
    }
    mkdirSync(path.join(place.base, '.aws'));
    writeFileSync(path.join(place.base, '.aws', 'config'), readFileSync(theirs));
    const own = await held({}, stack);
    assert.equal(own.asks, undefined);
    assert.equal(executed(), true);
    await own.end();
  });

  it('asks again when the configuration that somebody agreed to names another program, or the program is another', async () => {
    const program = plant(place.work, 'give-keys');
    const other = plant(place.work, 'other-keys');
    const theirs = path.join(place.work, 'config');
    const stack = ['cloudformation', 'delete-stack', '--stack-name', 'prod', '--region', 'eu-west-1', '--endpoint-url', 'http://127.0.0.1:9'];
    const asked = async (text: string, agree = false): Promise<boolean> => {
      writeFileSync(theirs, text);
      const hold = await held({ AWS_CONFIG_FILE: theirs }, stack);
      const asks = hold.asks !== undefined;
      assert.equal(executed(), !asks);
      if (agree) await hold.again();
      await hold.end();
      rmSync(path.join(place.base, 'executed'), { force: true });
      return asks;
    };
    assert.equal(await asked(`[default]\ncredential_process = ${program}\n`, true), true);
    assert.equal(await asked(`[default]\ncredential_process = ${program}\n`), false, 'the same needs no second yes');
    assert.equal(await asked(`[default]\ncredential_process = ${other}\n`), true, 'another program');
    writeFileSync(program, readFileSync(program, 'utf8').replace('id >', 'id -u >'));
    assert.equal(await asked(`[default]\ncredential_process = ${program}\n`), true, 'the program was changed');
  });

  it('loads nothing into itself or the tool that the asker names', async () => {
    writeFileSync(path.join(place.tools, 'aws'), `#!/bin/sh\nenv > '${path.join(place.base, 'seen')}'\necho '{}'\n`, { mode: 0o755 });
    const hold = await held({ AWS_PAGER: plant(planted, 'pager'), PATH: [place.home.bin, place.tools, planted, '/usr/bin', '/bin'].join(':') });
    const seen = readFileSync(path.join(place.base, 'seen'), 'utf8');
    assert.doesNotMatch(seen, /pager/);
    assert.ok(!(/^PATH=(.*)$/m.exec(seen)?.[1] ?? '').split(':').includes(planted), seen);
    await hold.end();
  });
});

describe('what a preview executes beyond the window', () => {
  let base: string;
  let place: Place;
  before(async () => {
    place = await makePlace();
    base = place.base;
    for (const dir of ['own/.kube', 'own/.aws', 'theirs/.kube', 'theirs/.aws/cli']) mkdirSync(path.join(base, dir), { recursive: true });
  });
  const ask = (env: NodeJS.ProcessEnv, argv: readonly string[] = ['kubectl', 'delete', 'ns', 'prod']): ReturnType<typeof deputyFor> =>
    deputyFor({ argv, executable: path.join(place.tools, argv[0] ?? ''), cwd: base }, { HOME: path.join(base, 'own'), PATH: place.tools, ...env }, { HOME: path.join(base, 'own'), PATH: place.tools });
  const put = (name: string, text: string): string => {
    writeFileSync(path.join(base, name), text);
    return path.join(base, name);
  };
  const EXEC = 'users:\n- name: x\n  user:\n    exec:\n      command: /bin/evil\n';

  it('is nothing for an ordinary command, whatever the person\'s own files name', () => {
    put('own/.kube/config', EXEC);
    put('own/.aws/config', '[default]\ncredential_process = x\n');
    assert.deepEqual(ask({ AWS_PROFILE: 'prod', KUBECONFIG: path.join(base, 'own/.kube/config'), EDITOR: 'vim' }).asks, []);
    assert.deepEqual(ask({ KUBECONFIG: put('project.kubeconfig', 'users:\n- name: x\n  user:\n    token: y\n') }).asks, []);
  });

  for (const [what, env, argv] of [
    ['a kubeconfig with a credential plugin', { KUBECONFIG: 'bad.kubeconfig' }, undefined],
    ['one that is JSON', { KUBECONFIG: 'bad.json' }, undefined],
    ['one with the older kind of plugin', { KUBECONFIG: 'old.kubeconfig' }, undefined],
    ['one that an option names', {}, ['kubectl', 'delete', 'ns', 'prod', '--kubeconfig', 'bad.kubeconfig']],
    ['one that an option names in one word', {}, ['kubectl', 'delete', 'ns', 'prod', '--kubeconfig=bad.kubeconfig']],
    ['a shared credentials file with a program', { AWS_SHARED_CREDENTIALS_FILE: 'credentials' }, undefined],
    ['an AWS configuration with a plugin', { AWS_CONFIG_FILE: 'plugins' }, undefined],
    ['a home with aliases', { HOME: 'theirs' }, undefined],
    ['a Terraform configuration with providers of its own', { TF_CLI_CONFIG_FILE: 'dev.tfrc' }, undefined],
    ['a Terraform configuration with a credentials helper', { TERRAFORM_CONFIG: 'helper.tfrc' }, undefined],
    ['a home with further Terraform configurations', { HOME: 'more' }, undefined],
    ['a home with kubectl preferences', { HOME: 'kuberc' }, undefined],
  ] as const) {
    it(`is ${what}`, () => {
      put('bad.kubeconfig', EXEC);
      put('bad.json', JSON.stringify({ users: [{ user: { exec: { command: 'x' } } }] }));
      put('old.kubeconfig', 'users:\n- user:\n    auth-provider:\n      config:\n        cmd-path: /bin/evil\n');
      put('credentials', '[x]\n credential_process=evil\n');
      put('plugins', '[plugins]\ncli_legacy_plugin_path = /tmp\n');
      put('theirs/.aws/cli/alias', '[toplevel]\nec2 = !evil\n');
      put('dev.tfrc', 'provider_installation {\n dev_overrides {}\n}\n');
      put('helper.tfrc', 'credentials_helper "x" {}\n');
      for (const dir of ['more/.terraform.d', 'kuberc/.kube']) mkdirSync(path.join(base, dir), { recursive: true });
      put('more/.terraform.d/x.tfrc', 'provider_installation {}\n');
      put('kuberc/.kube/kuberc', 'aliases: []\n');
      const given = 'HOME' in env ? { HOME: path.join(base, env.HOME) } : env;
      assert.equal(ask(given, argv).asks.length, 1, JSON.stringify(ask(given, argv).asks));
    });
  }

  for (const [what, variable, text] of [
    ['AWS with a colon', 'AWS_CONFIG_FILE', '[default]\ncredential_process : /tmp/x\n'],
    ['AWS in capitals', 'AWS_CONFIG_FILE', '[default]\nCredential_Process = /tmp/x\n'],
    ['AWS after a line that another reader ends elsewhere', 'AWS_CONFIG_FILE', '[default]\n# x\rcredential_process=/tmp/x\n'],
    ['AWS in a nested setting', 'AWS_CONFIG_FILE', '[default]\ns3 =\n  credential_process = /tmp/x\n'],
    ['AWS with an indented header', 'AWS_CONFIG_FILE', ' [plugins]\n x = y\n'],
    ['AWS in another encoding', 'AWS_CONFIG_FILE', Buffer.from('[default]\ncredential_process = x\n', 'utf16le')],
    ['a kubeconfig with an escape in a key', 'KUBECONFIG', 'users:\n- user:\n    "\\x65xec":\n      command: /tmp/x\n'],
    ['a kubeconfig with another escape', 'KUBECONFIG', '{"users":[{"user":{"ex\\u0065c":{"command":"/tmp/x"}}}]}'],
    ['a kubeconfig with a key of another type', 'KUBECONFIG', 'users:\n- user:\n    !!binary ZXhlYw==:\n      command: /tmp/x\n'],
    ['a kubeconfig with a key over two lines', 'KUBECONFIG', 'users:\n- user:\n    ? exec\n    : command: /tmp/x\n'],
    ['a kubeconfig with a key by its anchor', 'KUBECONFIG', 'x: &a exec\nusers:\n- user:\n    *a : {command: /tmp/x}\n'],
    ['a kubeconfig with a line end that YAML 1.1 knows', 'KUBECONFIG', 'users:\n- user: # x\u2028    exec: {command: /tmp/x}\n'],
    ['a kubeconfig that can\'t be read', 'KUBECONFIG', 'users: [\n'],
    ['a kubeconfig in another encoding', 'KUBECONFIG', Buffer.from('\ufeffusers: [{user: {exec: {command: x}}}]\n', 'utf16le')],
    ['Terraform with an escape in JSON', 'TF_CLI_CONFIG_FILE', '{"provider\\u005finstallation": {}}'],
    ['Terraform in capitals', 'TF_CLI_CONFIG_FILE', 'Credentials_Helper "x" {}\n'],
    ['Terraform with a letter that folds to another', 'TF_CLI_CONFIG_FILE', 'credential\u017f_helper "x" {}\n'],
    ['Terraform with providers of the old kind', 'TF_CLI_CONFIG_FILE', 'providers {\n aws = "/tmp/x"\n}\n'],
  ] as const) {
    it(`is what a configuration names, however it is written: ${what}`, () => {
      writeFileSync(path.join(base, 'spelled'), text);
      assert.equal(ask({ [variable]: 'spelled' }).asks.length, 1);
    });
  }

  for (const [what, variable, text] of [
    ['a comment', 'AWS_CONFIG_FILE', '[default]\n# credential_process = x\n  ; credential_process = x\nregion = eu-west-1\n'],
    ['a user called exec', 'KUBECONFIG', 'users:\n- name: exec\n  user: {token: y, client-certificate-data: exec}\ncontexts: []\n'],
    ['an exec that is empty', 'KUBECONFIG', 'users:\n- name: x\n  user: {exec: null, token: y}\n'],
    ['credentials for a registry', 'TF_CLI_CONFIG_FILE', 'credentials "app.terraform.io" {\n token = "x"\n}\n'],
  ] as const) {
    it(`is nothing for ${what}`, () => {
      writeFileSync(path.join(base, 'harmless'), text);
      assert.deepEqual(ask({ [variable]: 'harmless' }).asks, []);
    });
  }

  it('and is never what an asker\'s loaders, pagers and plugins are: the window\'s own stand in their place', () => {
    const names = ['LD_PRELOAD', 'LD_AUDIT', 'DYLD_INSERT_LIBRARIES', 'PYTHONPATH', 'PYTHONSTARTUP', 'CLOUDSDK_PYTHON', 'NODE_OPTIONS', 'GIT_SSH_COMMAND', 'GIT_EXTERNAL_DIFF', 'BASH_ENV', 'AWS_PAGER', 'PAGER', 'EDITOR',
      'KUBE_EDITOR', 'BROWSER', 'KUBECTL_EXTERNAL_DIFF', 'HELM_PLUGINS', 'OPENSSL_CONF', 'JAVA_TOOL_OPTIONS', 'PERL5OPT', 'RUBYOPT', 'BASH_FUNC_ls%%', 'GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES', 'TG_TF_PATH', 'LESSOPEN'];
    const given = Object.fromEntries(names.map((name) => [name, '/evil']));
    const { env } = deputyFor({ argv: ['aws'], executable: '/usr/bin/aws', cwd: '/' }, { ...given, AWS_REGION: 'eu-west-1', NODE_EXTRA_CA_CERTS: '/ca.pem' }, { PATH: '/usr/bin', AWS_PAGER: 'less', AWS_REGION: 'us-east-1' });
    assert.deepEqual({ ...env, PATH: '' }, { PATH: '', AWS_PAGER: 'less', AWS_REGION: 'eu-west-1', NODE_EXTRA_CA_CERTS: '/ca.pem' });
  });
});
