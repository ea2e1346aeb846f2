import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';

import { watchGates, type GateWatch } from '../../src/gate/gate-watch';
import type { Discovery } from '../../src/gate/protocol';
import { readStarts } from '../../src/ledger/starts';
import { readLedger } from '../../src/ledger/verify';
import { makeGate, makePlace, pretend, start, until, type Place, type TestGate } from '../support/gate';

const TERMINATE = ['ec2', 'terminate-instances', '--instance-ids', 'i-0123456789abcdef0'];
const RUN = { type: 'run', id: 'h-00000000', inputs: [], until: Number.MAX_SAFE_INTEGER };

describe('a gate that is no window\'s', function () {
  this.timeout(60_000);
  let place: Place;
  let open: TestGate | undefined;
  let watch: GateWatch | undefined;
  const servers: Server[] = [];
  const alarms: string[] = [];

  beforeEach(async () => {
    place = await makePlace();
  });
  afterEach(async () => {
    watch?.dispose();
    await open?.close();
    for (const server of servers.splice(0)) server.close();
    alarms.length = 0;
    open = watch = undefined;
  });

  const ran = (): boolean => existsSync(place.env['STUB_LOG'] ?? '');
  /** A window with its watch, in this process. */
  const window = async (): Promise<{ readonly gate: TestGate; readonly watch: GateWatch }> => {
    const gate = await makeGate(place);
    open = gate;
    const record = (r: Parameters<typeof gate.ledger.append>[0]): void => assert.ok(gate.ledger.append(r).ok);
    record({ type: 'gate-opened', id: 'g-1', gate: gate.server.name, gatePid: process.pid, version: 'test' });
    watch = watchGates({ home: place.home, server: gate.server, record, onAlarm: (what) => alarms.push(what), log: () => undefined });
    await watch.look();
    return { gate, watch };
  };
  const discovery = (): Discovery => JSON.parse(readFileSync(path.join(place.home.run, readdirSync(place.home.run).find((f) => f.endsWith('.json')) ?? ''), 'utf8')) as Discovery;

  it('lets a command go and leaves a trace all the same: the client\'s own line, which a verification misses in the record', async () => {
    servers.push(await pretend(place, 'fake', (say) => say(RUN)));
    const { code } = await start(place, 'aws', TERMINATE).done;
    assert.equal(code, 0);
    assert.deepEqual(readStarts(place.home.ledger).map((s) => [s.id, s.gatePid, s.tool]), [['h-00000000', process.pid, 'aws']]);
    await window();
    const verified = await start(place, 'holdpoint', ['ledger', 'verify']).done;
    assert.equal(verified.code, 1, verified.stdout);
    assert.match(verified.stdout, /aws was started at .* on the word of process \d+, and no line says that it may/);
  });

  it('is told by every window that is open, and written down', async () => {
    await window();
    servers.push(await pretend(place, 'fake', (say) => say(RUN), { socket: path.join(place.base, 'fake-socket') }));
    await until(() => alarms.length > 0, 'the alarm');
    assert.match(alarms[0] ?? '', /process \d+ \(.*\) answers for Holdpoint, and no window has written it down/);
    await start(place, 'aws', TERMINATE, { cwd: place.base }).done;
    if (ran()) await until(() => alarms.some((a) => /aws was started .* and no window has it in the record/.test(a)), 'the alarm of the start');
    const lines = await readLedger(place.home.ledger);
    assert.deepEqual(lines.flatMap((l) => (l.type === 'alarm' ? [l.what] : [])), alarms);
  });

  it('is told apart from a window: its own commands and another window raise no alarm', async () => {
    const { gate } = await window();
    gate.gate.onDidChange((hold) => void (hold.state === 'pending' && gate.gate.approve(hold.id, hold.fingerprint, 'yes')));
    assert.equal((await start(place, 'aws', ['cloudformation', 'delete-stack', '--stack-name', 'x']).done).code, 0);
    assert.equal((await start(place, 'aws', ['s3', 'mb', 's3://x']).done).code, 0);
    assert.equal(readStarts(place.home.ledger).length, 2);
    await watch?.look();
    assert.deepEqual(alarms, []);
    assert.equal((await start(place, 'holdpoint', ['ledger', 'verify']).done).code, 0);
  });

  it('that can\'t prove that it is the window is not believed, and hears nothing of the command', async () => {
    let heard = '';
    const { gate } = await window();
    await gate.close();
    open = undefined;
    // The discovery file stays as it was; the socket is another program's, which never saw the token.
    const socket = path.join(place.base, 'socket');
    const server = createServer((client) => client.setEncoding('utf8').on('data', (d: string) => {
      heard += d;
      client.write(`${JSON.stringify({ type: 'hello', proof: 'f'.repeat(64), nonce: 'n' })}\n${JSON.stringify(RUN)}\n`);
    }).on('error', () => undefined));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    writeFileSync(path.join(place.home.run, 'w.json'), JSON.stringify({ pid: process.pid, socket, token: 'secret', folders: [place.work], focusedAt: 1, version: '0' }), { mode: 0o600 });
    const { code, stderr } = await start(place, 'aws', TERMINATE, { env: { AWS_SECRET_ACCESS_KEY: 'hidden-key' } }).done;
    assert.equal(code, 75, stderr);
    assert.match(stderr, /can't prove that it is the window/);
    assert.equal(ran(), false);
    assert.doesNotMatch(heard, /secret|hidden-key|terminate/);
  });

  it('that took a window\'s socket and knows its token is not believed where the system tells who listens, and raises an alarm', async () => {
    await window();
    const { socket, token } = discovery();
    renameSync(socket, `${socket}.away`);
    const thief = spawn(process.execPath, ['-e', `
      const net = require('node:net'), { createHmac } = require('node:crypto');
      net.createServer((c) => c.on('error', () => {}).on('data', (d) => {
        const m = JSON.parse(String(d).split('\\n')[0]);
        if (m.type === 'hello') c.write(JSON.stringify({ type: 'hello', proof: createHmac('sha256', ${JSON.stringify(token)}).update('gate ' + m.nonce).digest('hex'), nonce: 'n' }) + '\\n');
        else c.write(${JSON.stringify(JSON.stringify(RUN))} + '\\n');
      })).listen(${JSON.stringify(socket)}, () => console.log('ready'));`], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await new Promise((resolve) => thief.stdout.once('data', resolve));
      const { code, stderr } = await start(place, 'aws', TERMINATE).done;
      assert.equal(code, 75, stderr);
      assert.match(stderr, /another process listens on/);
      assert.equal(ran(), false);
      await until(() => alarms.some((a) => /the socket of this window was removed or exchanged/.test(a)), 'the alarm');
    } finally {
      thief.kill('SIGKILL');
    }
  });

  it('and a discovery file that was taken away is written again, with an alarm', async () => {
    const { gate } = await window();
    const file = path.join(place.home.run, `${gate.server.id}.json`);
    rmSync(file);
    await until(() => alarms.length > 0 && existsSync(file), 'it is there again');
    assert.match(alarms[0] ?? '', /was changed or removed, and was written again/);
    const asked = start(place, 'aws', ['cloudformation', 'delete-stack', '--stack-name', 'x']);
    await until(() => gate.gate.list().length > 0 || asked.child.exitCode !== null, 'it was asked');
    assert.equal(gate.gate.list().length, 1);
    gate.gate.deny(gate.gate.list()[0]?.id ?? '', 'no');
    await asked.done;
  });

  it('and one that is taken away again and again is told once, and counted', async () => {
    const { gate, watch: eye } = await window();
    const file = path.join(place.home.run, `${gate.server.id}.json`);
    for (let i = 0; i < 8; i++) {
      rmSync(file, { force: true });
      await eye.look();
      assert.ok(existsSync(file), 'it is written again each time');
    }
    assert.equal(alarms.length, 1);
    eye.dispose();
    watch = undefined;
    assert.equal(alarms.length, 2);
    assert.match(alarms[1] ?? '', /^7 times more within 60 seconds, the last time: what tells where this window listens/);
    assert.deepEqual((await readLedger(place.home.ledger)).flatMap((l) => (l.type === 'alarm' ? [l.what] : [])), alarms);
  });

  it('and without room for the client\'s own line nothing is started', async () => {
    servers.push(await pretend(place, 'fake', (say) => say(RUN)));
    rmSync(place.home.ledger, { recursive: true });
    writeFileSync(place.home.ledger, '');
    const { code, stderr } = await start(place, 'aws', TERMINATE).done;
    assert.equal(code, 75, stderr);
    assert.equal(ran(), false);
  });
});
