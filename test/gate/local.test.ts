import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { announce } from '../../src/gate/discovery';
import { readLedger, verifyLedger } from '../../src/ledger/verify';
import { atTerminal, makeGate, makePlace, pretend, start, until, type Place } from '../support/gate';

const TERMINATE = ['ec2', 'terminate-instances', '--instance-ids', 'i-0123456789abcdef0'];

describe('without a window', function () {
  this.timeout(60_000);
  let place: Place;

  beforeEach(async () => {
    place = await makePlace();
  });

  const ran = (): boolean => existsSync(place.env['STUB_LOG'] ?? '');

  it('what only adds runs, on record', async () => {
    const { code, stdout, stderr } = await start(place, 'aws', ['s3', 'mb', 's3://new-bucket']).done;
    assert.equal(code, 0, stderr);
    assert.equal(stdout, 'arg:s3\narg:mb\narg:s3://new-bucket\n');
    assert.deepEqual((await readLedger(place.home.ledger)).map((l) => l.type), ['asked', 'decided', 'run', 'ended']);
    assert.equal((await verifyLedger(place.home.ledger)).ok, true);
  });

  for (const [who, env] of [['an agent', { CLAUDECODE: '1' }], ['a pipe', {}]] as const) {
    it(`${who} is denied what destroys, and told what to do`, async () => {
      // A session of its own has no terminal, wherever the tests run.
      const { code, stderr } = await start(place, 'setsid', ['-w', 'aws', ...TERMINATE], { env }).done;
      assert.equal(code, 77, stderr);
      assert.match(stderr, /Holdpoint holds: aws ec2 terminate-instances/);
      assert.match(stderr, /It was not run: .*\n.*A person can open this folder in the editor.*Do not try another way\./);
      assert.equal(ran(), false);
      const decided = (await readLedger(place.home.ledger)).find((l) => l.type === 'decided');
      assert.equal(decided?.type === 'decided' && decided.decision, 'denied');
    });
  }

  it('a person is asked at the terminal, and the target\'s name lets it run there', async () => {
    const { code, screen } = await atTerminal(place, `aws ${TERMINATE.join(' ')} --tty`, [[/Type i-0123456789abcdef0 to run it/, 'i-0123456789abcdef0\n']]);
    assert.equal(code, 0, screen);
    assert.match(screen, /arg:i-0123456789abcdef0\r\n/);
    assert.match(screen, /(^|\n)tty\r\n/);
    const lines = await readLedger(place.home.ledger);
    assert.ok(lines.some((l) => l.type === 'decided' && l.decision === 'approved'));
    assert.equal(lines.at(-1)?.type, 'ended');
  });

  for (const answer of ['yes', 'y', '', 'i-0123456789abcdef']) {
    it(`any other answer (${JSON.stringify(answer)}) leaves it`, async () => {
      const { code, screen } = await atTerminal(place, `aws ${TERMINATE.join(' ')}`, [[/Type i-0123456789abcdef0 to run it/, `${answer}\n`]]);
      assert.equal(code, 77, screen);
      assert.equal(ran(), false);
    });
  }

  it('Ctrl+C at the question withdraws it', async () => {
    const { code, screen } = await atTerminal(place, `aws ${TERMINATE.join(' ')}`, [[/Type i-0123456789abcdef0 to run it/, '\u0003']]);
    assert.notEqual(code, 0, screen);
    assert.equal(ran(), false);
  });

  it('and with one that takes the connection but never answers, another window is asked', async () => {
    const frozen: Server = createServer(() => undefined);
    const socket = path.join(place.base, 'frozen');
    await new Promise<void>((resolve) => frozen.listen(socket, resolve));
    mkdirSync(place.home.run, { recursive: true });
    announce(place.home, 'frozen', { pid: process.pid, socket, token: 'x', folders: [place.work], focusedAt: Date.now(), version: '0' });
    const other = await makeGate(place, {}, ['/nowhere']);
    try {
      const { code, stdout } = await start(place, 'aws', ['s3', 'mb', 's3://x']).done;
      assert.equal(code, 0);
      assert.equal(stdout, 'arg:s3\narg:mb\narg:s3://x\n');
      assert.equal((await readLedger(place.home.ledger)).filter((l) => l.type === 'run').length, 1);
    } finally {
      await other.close();
      frozen.close();
    }
  });

  it('and one that freezes while it holds does not keep a command for ever', async () => {
    const frozen = await pretend(place, 'frozen', (say) => say({ type: 'heard', withinMs: 200 }));
    const command = start(place, 'aws', ['s3', 'mb', 's3://x']);
    const { code, stderr } = await command.done;
    frozen.close();
    assert.equal(code, 75);
    assert.match(stderr, /does not answer any more\. It was not run/);
    assert.equal(ran(), false);
  });

  it('and with one that says its word twice, a command runs once', async () => {
    const run = { type: 'run', id: 'h', inputs: [], until: Number.MAX_SAFE_INTEGER };
    const hasty = await pretend(place, 'hasty', (say) => [run, run].forEach(say));
    const { code, stdout } = await start(place, 'aws', ['s3', 'mb', 's3://x']).done;
    hasty.close();
    assert.equal(code, 0);
    assert.equal(stdout, 'arg:s3\narg:mb\narg:s3://x\n');
  });

  it('and with one that has said how long it needs, a command waits that long, and nothing that is said later ends it', async () => {
    writeFileSync(path.join(place.tools, 'aws'), '#!/bin/sh\nsleep 0.6\nexit 3\n', { mode: 0o755 });
    const slow = await pretend(place, 'slow', (say) => {
      say({ type: 'heard', withinMs: 200 });
      say({ type: 'held', id: 'h', withinMs: 5000 });
      setTimeout(() => say({ type: 'run', id: 'h', inputs: [], until: Number.MAX_SAFE_INTEGER }), 500);
      setTimeout(() => say({ type: 'refuse', code: 75, lines: ['too late'] }), 800);
    });
    const { code, stderr } = await start(place, 'aws', ['s3', 'mb', 's3://x']).done;
    slow.close();
    assert.equal(code, 3);
    assert.equal(stderr, '');
  });

  it('its own parts missing, nothing that may write runs, and reads do', async () => {
    rmSync(path.join(place.home.lib, 'cli.js'));
    assert.equal((await start(place, 'aws', ['s3', 'mb', 's3://x']).done).code, 75);
    rmSync(path.join(place.home.lib, 'client.js'));
    const { code, stderr } = await start(place, 'aws', ['s3', 'mb', 's3://x']).done;
    assert.equal(code, 75);
    assert.match(stderr, /^Holdpoint can't decide about: aws\..*\nIt was not run\..*\n$/);
    assert.equal(ran(), false);
    assert.equal((await start(place, 'aws', ['ec2', 'describe-instances']).done).code, 0);
  });

  it('and with the Node it was installed with gone, the one on PATH serves; without any, nothing that may write runs', async () => {
    writeFileSync(path.join(place.home.lib, 'node.sh'), "hp_node='/gone/node'\nhp_electron=1\n");
    const nodes = path.join(place.base, 'nodes');
    mkdirSync(nodes);
    symlinkSync(process.execPath, path.join(nodes, 'node'));
    const bare = [place.home.bin, place.tools, '/usr/bin', '/bin'].join(':');
    const found = await start(place, 'aws', ['s3', 'mb', 's3://x'], { env: { PATH: `${nodes}:${bare}` } }).done;
    assert.equal(found.code, 0, found.stderr);
    // A folder with nothing but what the stub needs has surely no Node in it.
    const none = await start(place, path.join(place.home.bin, 'aws'), ['s3', 'mb', 's3://x'], { env: { PATH: place.tools } }).done;
    assert.equal(none.code, 75);
    assert.match(none.stderr, /It was not run/);
  });
});

describe('a gate', function () {
  this.timeout(30_000);
  it('answers nobody any more once it is closed, and the command is decided without it', async () => {
    const place = await makePlace();
    const open = await makeGate(place);
    const command = start(place, 'setsid', ['-w', 'aws', 'cloudformation', 'delete-stack', '--stack-name', 'x']);
    await until(() => open.gate.list()[0]?.state === 'pending', 'it is held');
    await open.close();
    const { code, stderr } = await command.done;
    assert.equal(code, 75);
    assert.match(stderr, /window that held this command was closed.*\nThe command was not run/);
  });
});
