import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { createConnection } from 'node:net';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { openHistory, undecided } from '../../src/ledger/history';
import { askedAction } from '../../src/ledger/record';
import { readLedger, verifyLedger } from '../../src/ledger/verify';
import { argvOf, bundleFile, makeGate, makePlace, start, until, type Place } from '../support/gate';

const DELETE = ['cloudformation', 'delete-stack', '--stack-name'];

/** Starts a gate in a process of its own, as a window does. */
async function openWindow(place: Place, folder: string): Promise<{ readonly child: ChildProcess; readonly output: () => string }> {
  mkdirSync(folder, { recursive: true });
  const child = spawn(process.execPath, [await bundleFile('test/support/gate-process.ts'), place.home.dir, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (d: string) => (output += d));
  await until(() => output.includes('ready'), 'the window is open');
  return { child, output: () => output };
}

describe('windows', function () {
  this.timeout(120_000);
  let place: Place;
  const windows: ChildProcess[] = [];

  beforeEach(async () => {
    place = await makePlace();
  });
  afterEach(() => {
    for (const window of windows.splice(0)) window.kill('SIGKILL');
  });

  it('two of them, and 50 commands at once: each gets its own answer, none is lost', async () => {
    const folders = [path.join(place.base, 'one'), path.join(place.base, 'two')] as const;
    for (const folder of folders) windows.push((await openWindow(place, folder)).child);
    const commands = Array.from({ length: 50 }, (_, i) => ({ i, folder: folders[i % 4 < 2 ? 0 : 1] }));
    const results = await Promise.all(commands.map(({ i, folder }) => start(place, 'aws', [...DELETE, `${i}`], { cwd: folder }).done));
    for (const { i, folder } of commands) {
      const result = results[i];
      assert.ok(result);
      assert.equal(result.code, i % 2 === 0 ? 0 : 77, result.stderr);
      if (i % 2 === 0) assert.match(result.stdout, new RegExp(`arg:${i}\n`));
      else assert.ok(result.stderr.includes(`no ${i} in ${folder}\n`), result.stderr);
    }
    assert.equal(readFileSync(place.env['STUB_LOG'] ?? '', 'utf8').match(/STUB/g)?.length, 25);
    const verified = await verifyLedger(place.home.ledger);
    assert.deepEqual(verified.problems, []);
    const lines = await readLedger(place.home.ledger);
    assert.equal(lines.filter((l) => l.type === 'decided').length, 50);
    assert.equal(lines.filter((l) => l.type === 'run').length, 25);
  });

  it('one that is killed while it holds a command: the command does not run, and the next window finds it undecided', async () => {
    const window = await openWindow(place, place.work);
    windows.push(window.child);
    const command = start(place, 'aws', [...DELETE, 'payments-prod']);
    await until(() => window.output().includes('held'), 'it is held');
    window.child.kill('SIGKILL');
    const { code, stderr } = await command.done;
    assert.equal(code, 75);
    assert.match(stderr, /the window that held this command is gone\. It was not run/);
    assert.equal(existsSync(place.env['STUB_LOG'] ?? ''), false);
    const pending = undecided((await openHistory(place.home.ledger).now()).state);
    assert.deepEqual(pending.map((p) => argvOf(askedAction(p.asked)).at(-1)), ['payments-prod']);
    assert.equal((await verifyLedger(place.home.ledger)).ok, true);
  });

  it('one that is killed at any moment around the yes: nothing ran without its intent on disk, and nothing ran twice', async () => {
    for (let round = 0; round < 25; round++) {
      const window = await openWindow(place, place.work);
      windows.push(window.child);
      // Even numbers are approved as soon as they are held. In a session of its own, nobody can be asked at a terminal.
      const command = start(place, 'setsid', ['-w', 'aws', ...DELETE, String(round * 2)]);
      // From before the question to after the run, a little later each round.
      await new Promise((resolve) => setTimeout(resolve, 15 + round * 2));
      window.child.kill('SIGKILL');
      const { code } = await command.done;
      const log = existsSync(place.env['STUB_LOG'] ?? '') ? readFileSync(place.env['STUB_LOG'] ?? '', 'utf8').match(/STUB/g)?.length ?? 0 : 0;
      const intents = (await readLedger(place.home.ledger)).filter((l) => l.type === 'run').length;
      assert.ok(log <= intents, `round ${round}: ${log} ran, ${intents} on record`);
      assert.ok(log <= round + 1);
      assert.ok(code === 0 || code === 75 || code === 77, `round ${round}: ${code}`);
    }
    assert.equal((await verifyLedger(place.home.ledger)).ok, true);
  });

  it('a dead one is swept away, and its commands go to one that lives', async () => {
    mkdirSync(place.home.run, { recursive: true });
    writeFileSync(path.join(place.home.run, 'dead.json'), JSON.stringify({ pid: 2 ** 22 - 1, socket: '/nowhere', token: 'x', folders: [place.work], focusedAt: Date.now() + 1e9, version: '0' }), { mode: 0o600 });
    const open = await makeGate(place);
    try {
      assert.equal((await start(place, 'aws', ['s3', 'mb', 's3://x']).done).code, 0);
      assert.equal(existsSync(path.join(place.home.run, 'dead.json')), false);
    } finally {
      await open.close();
    }
    assert.deepEqual(readdirSync(place.home.run), []);
  });

  it('a socket that speaks nonsense, has the wrong token, or too much to say gets a refusal and harms nobody', async () => {
    const open = await makeGate(place);
    const say = (text: string): Promise<string> => new Promise((resolve) => {
      let answer = '';
      const socket = createConnection(open.server.socket);
      socket.setEncoding('utf8').on('data', (d: string) => (answer += d)).on('close', () => resolve(answer)).on('error', () => resolve(answer));
      socket.write(text);
    });
    try {
      const ask = { type: 'ask', token: 'wrong', tool: 'aws', executable: '/x', argv: ['aws'], cwd: '/', env: {}, pid: 1, actor: { marks: {}, ancestry: [], tty: false, user: 'x' } };
      for (const text of ['hello\n', '{}\n', 'null\n', '[1]\n', '{"type":"toString"}\n', `${JSON.stringify(ask)}\n`, `${JSON.stringify({ type: 'ping', token: '' })}\n`, 'x'.repeat(9 * 1024 * 1024)]) {
        assert.match(await say(text), /"type":"refuse","code":75/, text.slice(0, 100));
      }
      assert.equal((await start(place, 'aws', ['s3', 'mb', 's3://x']).done).code, 0);
    } finally {
      await open.close();
    }
  });
});
