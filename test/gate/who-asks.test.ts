import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { whoAsks } from '../../src/gate/asker';
import { readLedger } from '../../src/ledger/verify';
import { makePlace, start, until, type Place, type TestGate } from '../support/gate';
import { makeRealGate } from '../support/real-gate';

const TYPIST = path.resolve('test/support/typist.py');
const HIDDEN = path.resolve('test/support/hidden-typist.py');
/** Python itself: a version manager's stand-in for it puts folders before the shims. */
const PYTHON = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).stdout.trim();
const SESSION = ['aws', 'ssm', 'start-session', '--target', 'i-0123456789abcdef0'];
const TERMINATE = ['aws', 'ec2', 'terminate-instances', '--instance-ids', 'i-0123456789abcdef0'];
const asked = async (place: Place) => (await readLedger(place.home.ledger)).flatMap((l) => (l.type === 'asked' ? [l] : []));

describe('who asks a window', function () {
  this.timeout(60_000);
  let place: Place;
  let open: TestGate;
  beforeEach(async () => {
    place = await makePlace();
    open = await makeRealGate(place, () => ({ identify: whoAsks }));
    open.gate.onDidChange((hold) => void (hold.state === 'pending' && open.gate.deny(hold.id, 'no')));
  });
  afterEach(async () => {
    await open.close();
  });

  it('is an agent where a process above was started with a mark that was taken out on the way', async () => {
    const { code, stdout } = await start(place, PYTHON, [TYPIST, 'env', '-u', 'AI_AGENT', ...SESSION], { env: { AI_AGENT: 'claude-code' } }).done;
    assert.equal(code, 77, stdout);
    const [line] = await asked(place);
    assert.equal(line?.actor.kind, 'agent', JSON.stringify(line?.actor));
    assert.equal(line?.verdict.rule, 'default:door');
  });

  it('is not known, and no better than an agent, where a program left its own line behind', async () => {
    const out = path.join(place.base, 'out');
    await start(place, PYTHON, [HIDDEN, out, 'plain', ...SESSION], { env: { AI_AGENT: 'claude-code' } }).done;
    await until(() => existsSync(out), 'it ended');
    assert.match(readFileSync(out, 'latin1'), /code=77/);
    const [line] = await asked(place);
    assert.equal(line?.actor.kind, 'unknown', JSON.stringify(line?.actor));
    assert.equal(line?.verdict.rule, 'default:door');
  });

  it('is an agent however deep below it the command stands', async () => {
    // Each shell waits for the next one.
    const nest = Array.from({ length: 40 }, () => ['sh', '-c', '"$@"; exit $?', 'sh']).flat();
    const { code, stdout } = await start(place, PYTHON, [TYPIST, 'env', '-u', 'AI_AGENT', ...nest, ...SESSION], { env: { AI_AGENT: 'claude-code' } }).done;
    assert.equal(code, 77, stdout);
    assert.equal((await asked(place))[0]?.actor.kind, 'agent');
  });
});

describe('without a window, a program that hides its end of the terminal', function () {
  this.timeout(60_000);
  let place: Place;
  beforeEach(async () => {
    place = await makePlace();
  });

  for (const [how, where] of [['thread', 'in a thread with descriptors of its own'], ['flight', 'in a message that is on its way']] as const) {
    it(`(${where}) is not asked`, async () => {
      const out = path.join(place.base, 'out');
      await start(place, PYTHON, [HIDDEN, out, how, ...TERMINATE], { env: { AI_AGENT: 'claude-code' } }).done;
      await until(() => existsSync(out), 'it ended');
      const screen = readFileSync(out, 'latin1');
      assert.doesNotMatch(screen, /to run it/);
      assert.match(screen, /code=75/);
      assert.equal(existsSync(place.env['STUB_LOG'] ?? ''), false);
      assert.ok((await readLedger(place.home.ledger)).every((l) => l.type !== 'decided' || l.decision === 'denied'));
    });
  }
});

describe('the question whether a record goes on', function () {
  this.timeout(60_000);
  let place: Place;
  beforeEach(async () => {
    place = await makePlace();
    assert.equal((await start(place, 'aws', ['s3', 'mb', 's3://x']).done).code, 0);
    rmSync(path.join(place.home.ledger, 'ledger.head'));
  });

  for (const [what, env] of [['an agent', { AI_AGENT: 'claude-code' }], ['the editor', { TERM_PROGRAM: 'vscode' }], ['a program', {}]] as const) {
    it(`is not put to ${what} that holds the terminal`, async () => {
      const out = path.join(place.base, 'out');
      await start(place, PYTHON, [HIDDEN, out, 'plain', 'env', ...Object.entries(env).map((e) => e.join('=')), 'holdpoint', 'ledger', 'reseal', '--reason', 'x']).done;
      await until(() => existsSync(out), 'it ended');
      const screen = readFileSync(out, 'latin1');
      assert.doesNotMatch(screen, /to go on:/);
      assert.match(screen, /Nothing was changed/);
      assert.match(screen, /code=1/);
      assert.equal((await readLedger(place.home.ledger)).some((l) => l.type === 'resealed'), false);
    });
  }
});
