import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { readLedger, verifyLedger } from '../../src/ledger/verify';
import { argvOf, makeGate, makePlace, start, until, type Place, type TestGate } from '../support/gate';

const DELETE = ['cloudformation', 'delete-stack', '--stack-name', 'payments-prod'];
const here = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;

describe('a guarded command', function () {
  this.timeout(30_000);
  let place: Place;
  let open: TestGate;

  beforeEach(async () => {
    place = await makePlace();
    open = await makeGate(place);
  });
  afterEach(async () => {
    await open.close();
  });

  const ran = (): boolean => existsSync(place.env['STUB_LOG'] ?? '');
  const held = async () => {
    await until(() => open.gate.list()[0]?.state === 'pending', 'something is held');
    const [hold] = open.gate.list();
    assert.ok(hold);
    return hold;
  };

  it('that only reads runs without the client, its arguments untouched', async () => {
    renameSync(path.join(place.home.lib, 'client.js'), path.join(place.home.lib, 'client.away'));
    const { code, stdout, stderr } = await start(place, 'aws', ['ec2', 'describe-instances', '--filters', '', 'Name=a b,Values=*', "it's"]).done;
    assert.equal(code, 0, stderr);
    assert.equal(stdout, "arg:ec2\narg:describe-instances\narg:--filters\narg:\narg:Name=a b,Values=*\narg:it's\n");
    assert.equal(stderr, '');
  });

  for (const shell of ['bash', 'dash', 'zsh', 'fish'].filter(here)) {
    it(`is held in ${shell}, and a denial ends it with 77 and the reason`, async () => {
      const command = start(place, shell, ['-c', 'aws cloudformation delete-stack --stack-name payments-prod']);
      const hold = await held();
      await until(() => command.stderr().endsWith('withdraws it.\n'), 'the terminal is told');
      assert.match(command.stderr(), /^Holdpoint holds: aws cloudformation delete-stack --stack-name payments-prod\nDeletes stack payments-prod\. Decide in the Holdpoint panel; Ctrl\+C withdraws it\.\n$/);
      open.gate.deny(hold.id, 'not today');
      const { code, stderr } = await command.done;
      assert.equal(code, 77);
      assert.match(stderr, /It was denied by tester: not today/);
      assert.equal(ran(), false);
    });
  }

  it('runs as itself once it is approved: arguments, input, output and exit code', async () => {
    const command = start(place, 'aws', [...DELETE, '--stdin', 'a b', ''], { input: 'in\0put\n' });
    const hold = await held();
    assert.deepEqual(await open.gate.approve(hold.id, hold.fingerprint, 'planned'), { ok: true });
    const { code, stdout } = await command.done;
    assert.equal(code, 0);
    assert.equal(stdout, `${[...DELETE, '--stdin', 'a b', ''].map((a) => `arg:${a}\n`).join('')}in\0put\n`);
    const exit = start(place, 'aws', ['s3', 'mb', '--exit']);
    assert.equal((await exit.done).code, 42);
  });

  it('dies by the signal its tool died by, and passes on a signal that is sent to it', async () => {
    assert.equal((await start(place, 'aws', ['s3', 'mb', '--die']).done).signal, 'SIGTERM');
    const waiting = start(place, 'aws', ['s3', 'mb', '--wait']);
    await until(() => waiting.stdout().includes('ready'), 'the tool runs');
    waiting.child.kill('SIGTERM');
    const { code, stdout } = await waiting.done;
    assert.match(stdout, /got-term/);
    assert.equal(code, 9);
  });

  it('keeps its terminal', async () => {
    const { stdout } = await start(place, 'script', ['-qec', 'aws s3 mb --tty', '/dev/null']).done;
    assert.match(stdout, /(^|\n)tty/);
  });

  it('keeps descriptors of a process substitution', async () => {
    const { stdout, stderr } = await start(place, 'bash', ['-c', 'aws s3 mb --fd file://<(echo through-a-descriptor)']).done;
    assert.match(stdout, /through-a-descriptor/, stderr);
  });

  it('keeps NODE_OPTIONS for its tool, and the client does not obey it', async () => {
    writeFileSync(path.join(place.tools, 'aws'), '#!/bin/sh\necho "options:$NODE_OPTIONS:$ELECTRON_RUN_AS_NODE"\n', { mode: 0o755 });
    writeFileSync(path.join(place.base, 'evil.js'), 'process.stdout.write("evil\\n")');
    const { stdout } = await start(place, 'aws', ['s3', 'mb', 's3://x'], { env: { NODE_OPTIONS: `--require=${place.base}/evil.js` } }).done;
    assert.equal(stdout, `options:--require=${place.base}/evil.js:\n`);
  });

  it('that is withdrawn with a signal does not run and says so in the record', async () => {
    const command = start(place, 'aws', DELETE);
    const hold = await held();
    command.child.kill('SIGINT');
    assert.equal((await command.done).code, 130);
    await until(() => open.gate.list()[0]?.state === 'cancelled', 'the hold is cancelled');
    assert.deepEqual(await open.gate.approve(hold.id, hold.fingerprint, 'late'), { ok: false, why: 'This command does not wait any more.' });
    assert.equal(ran(), false);
  });

  it('is not run by an approval for another fingerprint', async () => {
    const command = start(place, 'aws', DELETE);
    const hold = await held();
    const answer = await open.gate.approve(hold.id, hold.fingerprint.replace(/^./, (c) => (c === '0' ? '1' : '0')), 'x');
    assert.equal(answer.ok, false);
    assert.equal(ran(), false);
    open.gate.deny(hold.id, 'x');
    await command.done;
  });

  it('is held again when a file it reads changes between the preview and the yes', async () => {
    const file = path.join(place.work, 't.json');
    writeFileSync(file, '{}');
    const command = start(place, 'aws', [...DELETE, '--template-body', 'file://t.json']);
    const first = await held();
    writeFileSync(file, '{"changed":1}');
    assert.equal((await open.gate.approve(first.id, first.fingerprint, 'x')).ok, false);
    await until(() => open.gate.list().length === 2 && open.gate.list()[0]?.state === 'pending', 'it is held again');
    assert.equal(open.gate.list()[1]?.state, 'moved');
    await until(() => /Holdpoint holds again.*\n.*t\.json changed/.test(command.stderr()), 'the terminal says why');
    const [second] = open.gate.list();
    assert.ok(second);
    assert.deepEqual(await open.gate.approve(second.id, second.fingerprint, 'x'), { ok: true });
    assert.equal((await command.done).code, 0);
  });

  it('is on record before it runs, and the record holds together', async () => {
    const command = start(place, 'aws', [...DELETE, '--exit']);
    const hold = await held();
    await open.gate.approve(hold.id, hold.fingerprint, 'planned');
    assert.equal((await command.done).code, 42);
    const lines = (await readLedger(place.home.ledger)).filter((l) => 'id' in l && l.id === hold.id);
    assert.deepEqual(lines.map((l) => l.type), ['asked', 'preview-failed', 'decided', 'run', 'ended']);
    const last = lines.at(-1);
    assert.ok(last?.type === 'ended');
    assert.equal(last.exitCode, 42);
    assert.equal((await verifyLedger(place.home.ledger)).ok, true);
  });

  it('does not run when the record can not be written', async () => {
    await open.close();
    open = await makeGate(place, { record: () => ({ ok: false, why: 'the disk is full' }) });
    const { code, stderr } = await start(place, 'aws', ['s3', 'mb', 's3://x']).done;
    assert.equal(code, 75);
    assert.match(stderr, /the disk is full.*\nThe command was not run\./);
    assert.equal(ran(), false);
  });

  it('finds the real tool past links to the shims, and past a second folder of shims', async () => {
    const link = path.join(place.base, 'link');
    symlinkSync(place.home.bin, link);
    const other = await makePlace();
    const env = { PATH: [link, place.home.bin, other.home.bin, place.tools, process.env['PATH']].join(':') };
    const { code, stdout } = await start(place, 'aws', ['s3', 'ls'], { env }).done;
    assert.equal(code, 0);
    assert.equal(stdout, 'arg:s3\narg:ls\n');
  });

  it('is not found when its tool is not installed, as without the shim', async () => {
    const { code, stderr } = await start(place, 'bash', ['-c', 'aws s3 ls'], { env: { PATH: `${place.home.bin}:/usr/bin:/bin` } }).done;
    assert.equal(code, 127);
    assert.match(stderr, /aws: command not found/);
  });

  it('is held through xargs, a function in a loop, bash -c, an alias and a changed environment', async () => {
    const ways = [
      'echo payments-prod | xargs aws cloudformation delete-stack --stack-name',
      'f() { aws cloudformation delete-stack --stack-name "$1"; }; for s in payments-prod; do f "$s"; done',
      `bash -c 'aws cloudformation delete-stack --stack-name payments-prod'`,
      `shopt -s expand_aliases\nalias a=aws\na cloudformation delete-stack --stack-name payments-prod`,
      'env -i PATH="$PATH" aws cloudformation delete-stack --stack-name payments-prod',
      'AWS_PROFILE=work aws cloudformation delete-stack --stack-name payments-prod',
      'echo "aws cloudformation delete-stack --stack-name payments-prod" | base64 | base64 -d | sh',
    ];
    for (const [i, way] of ways.entries()) {
      const command = start(place, 'bash', ['-c', way]);
      await until(() => open.gate.list().length === i + 1 && open.gate.list()[0]?.state === 'pending', `it is held: ${way}: ${command.stderr()}`);
      const [hold] = open.gate.list();
      assert.ok(hold);
      assert.deepEqual(argvOf(hold.action).slice(1), DELETE);
      open.gate.deny(hold.id, 'no');
      assert.notEqual((await command.done).code, 0, way);
    }
    assert.equal(ran(), false);
    assert.equal(readFileSync(path.join(place.home.ledger, 'ledger.jsonl'), 'utf8').match(/"decision":"denied"/g)?.length, ways.length);
  });
});
