import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { removeLeftovers } from '../../src/gate/previewer';
import { cleanupProof } from '../../src/gate/cleanup-proof';
import { openHistory } from '../../src/ledger/history';
import { openLedger } from '../../src/ledger/ledger';
import type { CleanupTask } from '../../src/preview/preview';
import { temporary } from '../support/temporary';

const KEY = 'a'.repeat(64);
const LATER = Date.now() + 60 * 60 * 1000;
const TASK: CleanupTask = {
  argv: ['aws', 'cloudformation', 'delete-change-set', '--region', 'eu-west-1', '--profile', 'ops', '--endpoint-url', 'http://127.0.0.1:1'], cwd: '/',
  changeSet: { name: 'holdpoint-h-00000001-0a0b0c0d', stack: 'payments', region: 'eu-west-1' },
};

describe('What a crashed preview left in the cloud', () => {
  let base: string;
  let worker: string;
  const folder = (): string => path.join(base, 'ledger');
  beforeEach(() => {
    base = temporary('hp-left-');
    worker = path.join(base, 'worker.js');
    // Says what it was asked to remove, and with what environment, and that it is done.
    writeFileSync(worker, `require('node:readline').createInterface({ input: process.stdin }).on('line', (l) => {
      require('node:fs').appendFileSync(${JSON.stringify(path.join(base, 'asked'))}, JSON.stringify({ ...JSON.parse(l), config: process.env.AWS_CONFIG_FILE ?? null }) + '\\n');
      process.stdout.write('{"kind":"cleaned"}\\n', () => process.exit(0));
    });`);
  });
  const write = (task: CleanupTask, proof: string | undefined): void => {
    assert.ok(openLedger(folder()).append({ type: 'cleanup-needed', id: 'h-00000001', ...task, ...(proof === undefined ? {} : { proof }) }).ok);
  };
  const remove = (key = KEY) => removeLeftovers(openHistory(folder()), { workerPath: worker, execPath: process.execPath, key: () => key, record: (r) => assert.ok(openLedger(folder()).append(r).ok) }, LATER);
  const asked = (): { changeSet: { name: string }; config: string | null }[] => existsSync(path.join(base, 'asked')) ? readFileSync(path.join(base, 'asked'), 'utf8').trim().split('\n').map((l) => JSON.parse(l) as never) : [];

  it('is removed when this installation wrote it down, once, and with the user\'s own configuration', async () => {
    write(TASK, cleanupProof(KEY, TASK));
    const before = process.env['AWS_CONFIG_FILE'];
    process.env['AWS_CONFIG_FILE'] = '/tmp/other';
    try {
      assert.deepEqual(await remove(), []);
      assert.deepEqual(await remove(), []);
    } finally {
      if (before === undefined) delete process.env['AWS_CONFIG_FILE'];
      else process.env['AWS_CONFIG_FILE'] = before;
    }
    assert.deepEqual(asked().map((a) => [a.changeSet.name, a.config]), [[TASK.changeSet.name, null]]);
  });

  it('is left alone when anybody could have written it down, and the person is told what to do', async () => {
    const proof = cleanupProof(KEY, TASK);
    const planted: readonly (readonly [string, CleanupTask, string | undefined])[] = [
      ['no proof', TASK, undefined], ['a proof of another key', TASK, cleanupProof('b'.repeat(64), TASK)], ['nonsense', TASK, 'x'],
      ['another change set', { ...TASK, changeSet: { ...TASK.changeSet, name: 'holdpoint-h-00000002-0a0b0c0d' } }, proof],
      ['somebody else\'s change set', { ...TASK, changeSet: { ...TASK.changeSet, name: 'release-42' } }, cleanupProof(KEY, { ...TASK, changeSet: { ...TASK.changeSet, name: 'release-42' } })],
      ['another stack', { ...TASK, changeSet: { ...TASK.changeSet, stack: 'orders' } }, proof],
      ['another region', { ...TASK, changeSet: { ...TASK.changeSet, region: 'us-east-1' } }, proof],
      ['another profile', { ...TASK, argv: TASK.argv.map((a) => (a === 'ops' ? 'evil' : a)) }, proof],
      ['another endpoint', { ...TASK, argv: TASK.argv.map((a) => a.replace('127.0.0.1', '127.0.0.2')) }, proof],
      ['another folder', { ...TASK, cwd: '/tmp' }, proof],
    ];
    for (const [what, task, given] of planted) {
      rmSync(folder(), { recursive: true, force: true });
      write(task, given);
      const [left] = await remove();
      assert.match(left?.failure.message ?? 'removed', /It was not removed, because .*aws cloudformation delete-change-set --region/, what);
    }
    assert.deepEqual(asked(), []);
  });

  it('is left alone while the record is broken, and where there is no key', async () => {
    write(TASK, cleanupProof(KEY, TASK));
    assert.equal((await remove('')).length, 1);
    appendFileSync(path.join(folder(), 'ledger.jsonl'), '{}\n');
    assert.match((await remove())[0]?.failure.message ?? '', /the record is broken/);
    assert.deepEqual(asked(), []);
  });
});
