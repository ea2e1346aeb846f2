import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { BlastRadius, Hold } from '../../src/model';
import type { GateDeps } from '../../src/gate/gatekeeper';
import { readLedger } from '../../src/ledger/verify';
import { makeGate, makePlace, start, until, type Place, type TestGate } from '../support/gate';

const DELETE = ['cloudformation', 'delete-stack', '--stack-name', 'payments-prod'];

describe('an approval', function () {
  this.timeout(30_000);
  let place: Place;
  let open: TestGate | undefined;

  beforeEach(async () => {
    place = await makePlace();
  });
  afterEach(async () => {
    await open?.close();
  });

  const gate = async (change: Partial<GateDeps> = {}): Promise<TestGate> => (open = await makeGate(place, change));
  const ran = (): boolean => existsSync(place.env['STUB_LOG'] ?? '');
  const held = async (count: number): Promise<Hold> => {
    await until(() => open?.gate.list().length === count && open.gate.list()[0]?.state === 'pending', `hold ${count} waits`);
    const [hold] = open?.gate.list() ?? [];
    assert.ok(hold);
    return hold;
  };
  const radius = (stateDigest: string): BlastRadius => ({
    source: 'live-reads', sourceDetail: '', context: {}, resources: [], dependencies: [], reversibility: { kind: 'unknown' },
    unknowns: [], warnings: [], digest: 'd', stateDigest, takenAt: '2026-01-01T00:00:00Z',
  });

  it('does not count for the content of another folder under the same name', async () => {
    const { gate: g } = await gate();
    const folder = path.join(place.base, 'a');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 't.json'), '"what the command would read"');
    const command = start(place, 'aws', [...DELETE, '--template-body', 'file://t.json'], { cwd: folder });
    await held(1);
    renameSync(folder, path.join(place.base, 'b'));
    mkdirSync(folder);
    writeFileSync(path.join(folder, 't.json'), '"what the person would see"');
    const first = await held(1);
    assert.equal((await g.approve(first.id, first.fingerprint, 'x')).ok, false);
    const second = await held(2);
    assert.equal((await g.approve(second.id, second.fingerprint, 'x')).ok, true);
    const { code, stderr } = await command.done;
    assert.equal(code, 75);
    assert.match(stderr, /the folder .*\/a was moved or replaced while the command waited\.\nIt was not run\./);
    assert.equal(ran(), false);
  });

  it('does not count for a tool that was exchanged before the yes', async () => {
    const { gate: g } = await gate();
    const command = start(place, 'aws', DELETE);
    const hold = await held(1);
    writeFileSync(path.join(place.tools, 'aws'), '#!/bin/sh\necho other\n', { mode: 0o755 });
    assert.equal((await g.approve(hold.id, hold.fingerprint, 'x')).ok, false);
    const again = await held(2);
    g.deny(again.id, 'no');
    const { code, stderr } = await command.done;
    assert.equal(code, 77);
    assert.match(stderr, /holds again.*\nThe tool or what it would do changed/);
    assert.equal(ran(), false);
  });

  it('does not count for a tool or a file that is exchanged between the yes and the start', async () => {
    const file = path.join(place.work, 't.json');
    writeFileSync(file, '{}');
    let exchange: string | undefined;
    const { gate: g, ledger } = await gate({
      // The intent is written right before the client is told: the last moment that a test can reach.
      record: (record) => {
        if (record.type === 'run' && exchange !== undefined) writeFileSync(exchange, '#!/bin/sh\necho other\n', { mode: 0o755 });
        return ledger.append(record);
      },
    });
    const command = start(place, 'aws', [...DELETE, '--template-body', 'file://t.json']);
    for (const [count, what] of [[1, file], [2, path.join(place.tools, 'aws')]] as const) {
      const hold = await held(count);
      exchange = what;
      assert.equal((await g.approve(hold.id, hold.fingerprint, 'x')).ok, true);
      await until(() => command.stderr().split('holds again').length === count + 1, 'it is held again');
    }
    const last = await held(3);
    assert.deepEqual(g.list().map((h) => h.state), ['pending', 'moved', 'moved']);
    exchange = undefined;
    assert.equal((await g.approve(last.id, last.fingerprint, 'x')).ok, true);
    const { stdout } = await command.done;
    assert.equal(stdout, 'other\n');
    assert.equal(ran(), false);
  });

  it('does not count when the configuration that names the account changed', async () => {
    const { gate: g } = await gate();
    mkdirSync(path.join(place.base, '.aws'));
    const config = path.join(place.base, '.aws', 'config');
    writeFileSync(config, '[profile work]\nrole_arn = arn:aws:iam::111111111111:role/dev\n');
    const command = start(place, 'aws', [...DELETE, '--profile', 'work']);
    const hold = await held(1);
    writeFileSync(config, '[profile work]\nrole_arn = arn:aws:iam::222222222222:role/prod\n');
    assert.equal((await g.approve(hold.id, hold.fingerprint, 'x')).ok, false);
    const again = await held(2);
    await until(() => /\.aws\/config changed/.test(command.stderr()), 'the terminal says which file');
    g.deny(again.id, 'no');
    await command.done;
    assert.equal(ran(), false);
  });

  it('does not count when the target changed, and the command stays held when the target can not be read', async () => {
    let state: { ok: true; stateDigest: string } | { ok: false; why: string } = { ok: false, why: 'the credentials expired' };
    const { gate: g } = await gate({
      previewer: { start: () => ({ result: Promise.resolve({ kind: 'done', blastRadius: radius('before') }), cancel: () => undefined }), readState: () => Promise.resolve(state) },
    });
    const command = start(place, 'aws', DELETE);
    const hold = await held(1);
    const unread = await g.approve(hold.id, hold.fingerprint, 'x');
    assert.ok(!unread.ok && /could not be read.*credentials expired/.test(unread.why));
    assert.equal(g.list()[0]?.state, 'pending');
    state = { ok: true, stateDigest: 'after' };
    assert.equal((await g.approve(hold.id, hold.fingerprint, 'x')).ok, false);
    const again = await held(2);
    state = { ok: true, stateDigest: 'before' };
    assert.equal((await g.approve(again.id, again.fingerprint, 'x')).ok, true);
    assert.equal((await command.done).code, 0);
  });

  it('does not count when the rules changed', async () => {
    let rulesDigest = 'one';
    const { gate: g } = await gate({ decide: () => ({ verdict: { kind: 'confirm', rule: 'test', reason: 'Deletes it.', risk: 'low' }, rulesDigest }) });
    const command = start(place, 'aws', DELETE);
    const hold = await held(1);
    rulesDigest = 'two';
    assert.equal((await g.approve(hold.id, hold.fingerprint, 'x')).ok, false);
    const again = await held(2);
    g.deny(again.id, 'no');
    const { code, stderr } = await command.done;
    assert.equal(code, 77);
    assert.match(stderr, /holds again.*\nThe rules changed/);
  });

  it('is used within its time or not at all: a command that was stopped meanwhile is held again', async () => {
    const { gate: g } = await gate({ settings: () => ({ holdMs: 60_000, previewMs: 5000, previewMode: 'live', runMs: 100 }) });
    const command = start(place, 'aws', DELETE);
    const hold = await held(1);
    command.child.kill('SIGSTOP');
    assert.equal((await g.approve(hold.id, hold.fingerprint, 'x')).ok, true);
    await new Promise((resolve) => setTimeout(resolve, 300));
    command.child.kill('SIGCONT');
    const again = await held(2);
    await until(() => /holds again.*\nThe yes was not used in time/.test(command.stderr()), 'the terminal says why');
    assert.equal(ran(), false);
    g.deny(again.id, 'no');
    assert.equal((await command.done).code, 77);
    const lines = await readLedger(place.home.ledger);
    assert.deepEqual(lines.filter((l) => l.type === 'decided').map((l) => l.decision), ['approved', 'denied']);
  });

  it('is not waited for by a gate that would read a pipe to the end of time', async () => {
    const { gate: g } = await gate();
    assert.equal(spawnSync('mkfifo', [path.join(place.work, 'pipe')]).status, 0);
    const command = start(place, 'aws', [...DELETE, '--template-body', 'file://pipe']);
    const hold = await held(1);
    assert.deepEqual(hold.inputs.filter((i) => i.kind !== 'missing'), [{ path: path.join(place.work, 'pipe'), sha256: undefined, kind: 'unbound' }]);
    g.deny(hold.id, 'no');
    assert.equal((await command.done).code, 77);
  });
});
