import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { build } from 'esbuild';

import { openLedger } from '../../src/ledger/ledger';
import { withLock } from '../../src/ledger/lock';
import { readLedger, verifyLedger } from '../../src/ledger/verify';
import { temporary } from '../support/temporary';

/** How often a writer is killed. */
const KILLS = 20;

describe('The ledger between processes', () => {
  let base: string;
  let writer: string;
  let folder: string;
  let number = 0;

  before(async function () {
    this.timeout(30_000);
    base = temporary('hp-ledgers-');
    writer = path.join(base, 'writer.cjs');
    await build({ entryPoints: ['test/support/ledger-writer.ts'], outfile: writer, bundle: true, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'], logLevel: 'warning' });
  });
  beforeEach(() => {
    folder = path.join(base, `ledger-${++number}`);
  });

  const start = (name: string, count: number, length: number, go: readonly string[] = []): { child: ChildProcess; said: () => string[]; ends: () => Promise<void> } => {
    const child = spawn(process.execPath, [writer, folder, name, String(count), String(length), ...go], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let errors = '';
    child.stdout?.on('data', (d: Buffer) => (out += d.toString()));
    child.stderr?.on('data', (d: Buffer) => (errors += d.toString()));
    // A line that was not whole when its writer was killed was not said.
    const closed = once(child, 'close') as Promise<[number | null]>;
    const ends = async (): Promise<void> => {
      const [code] = await closed;
      assert.equal(code, 0, errors);
    };
    return { child, said: () => out.split('\n').slice(0, -1), ends };
  };
  const ids = async (): Promise<string[]> => (await readLedger(folder)).map((l) => ('id' in l ? l.id : l.type));

  it('keeps one chain of two that write 500 records each at the same time', async function () {
    this.timeout(60_000);
    const go = path.join(base, 'go');
    const both = [start('a', 500, 10, [go]), start('b', 500, 10, [go])];
    await new Promise((resolve) => setTimeout(resolve, 500));
    writeFileSync(go, '');
    for (const { ends } of both) await ends();
    const { ok, records, problems } = await verifyLedger(folder);
    assert.deepEqual({ ok, records, problems }, { ok: true, records: 1000, problems: [] });
    const all = await ids();
    assert.deepEqual(both.map(({ said }) => said().length), [500, 500]);
    for (const [id, seq] of both.flatMap(({ said }) => said()).map((line) => line.split(' '))) assert.equal(all[Number(seq)], id);
    // Both had their turn while the other was still at it.
    assert.ok(all.slice(0, 990).some((id, i) => i > 10 && id.startsWith('a') !== all[i - 1]?.startsWith('a')));
    assert.deepEqual(readdirSync(folder).sort(), ['ledger.head', 'ledger.jsonl']);
  });

  it(`opens, verifies and has every acknowledged record after each of ${KILLS} kills in the middle of writing`, async function () {
    this.timeout(120_000);
    const acknowledged: string[] = [];
    for (let i = 0; i < KILLS; i++) {
      // Two at once, so that one may die with the lock while the other waits for it.
      const killed = start(`k${i}`, 100_000, 4000);
      const other = start(`o${i}`, 15, 4000);
      const ended = once(killed.child, 'close');
      while (killed.said().length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      await new Promise((resolve) => setTimeout(resolve, (i * 7) % 23));
      killed.child.kill('SIGKILL');
      await ended;
      await other.ends();
      acknowledged.push(...killed.said(), ...other.said());
      assert.ok(openLedger(folder).append({ type: 'abandoned', id: `after-${i}` }).ok);
      const { problems } = await verifyLedger(folder);
      assert.deepEqual(problems, []);
    }
    const all = await ids();
    assert.ok(acknowledged.length > KILLS * 15);
    for (const [id, seq] of acknowledged.map((line) => line.split(' '))) assert.equal(all[Number(seq)], id);
  });

  it('takes over the lock of one that is dead, also one whose number is in use again, with ten at it at once', async function () {
    this.timeout(60_000);
    const dead = spawn(process.execPath, ['-e', '']);
    await once(dead, 'close');
    mkdirSync(folder);
    const host = os.hostname().replaceAll(' ', '_');
    const owners = [`${dead.pid} t1 - ${host}`, ...(process.platform === 'linux' ? [`${process.pid} t2 1 ${host}`] : [])];
    for (const [i, owner] of owners.entries()) {
      writeFileSync(path.join(folder, 'ledger.lock'), owner);
      // A breaker that died at it as well.
      writeFileSync(path.join(folder, `ledger.lock.break-${owner.split(' ')[1]}-0`), `${dead.pid} t3 - ${host}`);
      const all = Array.from({ length: 10 }, (_, n) => start(`w${i}-${n}`, 20, 10));
      for (const { ends } of all) await ends();
      const { ok, records } = await verifyLedger(folder);
      assert.deepEqual({ ok, records }, { ok: true, records: 200 * (i + 1) });
      assert.deepEqual(readdirSync(folder).sort(), ['ledger.head', 'ledger.jsonl']);
    }
  });

  it('refuses in time, and says who has it, when the lock of a living process stays', function () {
    this.timeout(10_000);
    mkdirSync(folder);
    const lock = path.join(folder, 'ledger.lock');
    const done = withLock(lock, () => openLedger(folder).append({ type: 'abandoned', id: 'x' }));
    assert.ok(done.ok);
    assert.match(done.value.ok ? 'written' : done.value.why, new RegExp(`in use for more than 2 s by process ${process.pid} `));
    assert.ok(openLedger(folder).append({ type: 'abandoned', id: 'x' }).ok);
  });
});
