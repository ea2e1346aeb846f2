import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { atTerminal, makeGate, makePlace, start, until, type Place, type TestGate } from '../support/gate';

const DELETE = ['cloudformation', 'delete-stack', '--stack-name', 'payments-prod'];

describe('what runs behind the shim', function () {
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

  const tool = (text: string): void => writeFileSync(path.join(place.tools, 'aws'), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  const held = (): Promise<void> => until(() => open.gate.list()[0]?.state === 'pending', 'it is held');

  for (const shell of ['bash', 'dash']) {
    it(`ignores the signals that ${shell} was told to ignore, as under nohup`, async () => {
      tool('kill -HUP $$\nkill -USR1 $$\necho "survived $*"');
      const { stdout, code } = await start(place, shell, ['-c', `trap '' HUP USR1; aws s3 mb 's3://a b' ''`]).done;
      assert.equal(stdout, 'survived s3 mb s3://a b \n');
      assert.equal(code, 0);
    });
  }

  // What is /bin/sh differs: dash, bash (also as 3.2), zsh.
  for (const [shell, ...options] of [['dash'], ['bash'], ['bash', '--posix'], ['zsh', '--emulate', 'sh']] as const) {
    if (spawnSync(shell, ['-c', 'true']).status !== 0) continue;
    it(`runs the same where /bin/sh is ${[shell, ...options].join(' ')}`, async () => {
      const shim = path.join(place.home.bin, 'aws');
      tool('kill -HUP $$\nfor a in "$@"; do printf "arg:%s\\n" "$a"; done');
      for (const args of [['ec2', 'describe-instances', '', 'a b'], ['s3', 'mb', '', 'a b', '*']]) {
        const { stdout, stderr } = await start(place, 'bash', ['-c', `trap '' HUP; exec "$@"`, 'x', shell, ...options, shim, ...args]).done;
        assert.equal(stdout, args.map((a) => `arg:${a}\n`).join(''), stderr);
      }
    });
  }

  it('ignores no other signal', async () => {
    tool('kill -HUP $$\necho survived');
    const { stdout, signal } = await start(place, 'aws', ['s3', 'mb', 's3://x']).done;
    assert.equal(stdout, '');
    assert.equal(signal, 'SIGHUP');
  });

  it('waits on under nohup when its terminal goes', async () => {
    const command = start(place, 'dash', ['-c', `trap '' HUP; exec aws ${DELETE.join(' ')}`]);
    await held();
    command.child.kill('SIGHUP');
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(open.gate.list()[0]?.state, 'pending');
    open.gate.deny(open.gate.list()[0]?.id ?? '', 'no');
    assert.equal((await command.done).code, 77);
  });

  for (const [signal, code] of [['SIGTERM', 143], ['SIGUSR1', 138], ['SIGHUP', 129]] as const) {
    it(`is withdrawn by ${signal} while it waits, and does not become anything else`, async () => {
      const command = start(place, 'aws', DELETE);
      await held();
      command.child.kill(signal);
      const ran = await command.done;
      assert.equal(ran.code, code);
      assert.match(ran.stderr, /withdraws it\.\nHoldpoint: withdrawn\. It was not run\.\n$/);
      await until(() => open.gate.list()[0]?.state === 'cancelled', 'the hold is cancelled');
    });
  }

  for (const signal of ['KILL', 'PIPE', 'QUIT', 'SEGV']) {
    it(`ends by SIG${signal} when its tool did`, async () => {
      tool(`ulimit -c 0; kill -${signal} $$`);
      assert.equal((await start(place, 'aws', ['s3', 'mb', 's3://x']).done).signal, `SIG${signal}`);
    });
  }

  it('never gets an argument that is not the one given: bytes that are no UTF-8 are refused, a real U+FFFD passes', async () => {
    const broken = await start(place, 'bash', ['-c', `aws s3 mb $'s3://x\\xffy'`]).done;
    assert.equal(broken.code, 75);
    assert.match(broken.stderr, /not valid UTF-8.*\nIt was not run\./);
    assert.equal(existsSync(place.env['STUB_LOG'] ?? ''), false);
    const mixed = await start(place, 'bash', ['-c', `aws s3 mb $'x\\xffy' $'x\\xef\\xbf\\xbdy'`]).done;
    assert.equal(mixed.code, 75);
    const whole = await start(place, 'bash', ['-c', `aws s3 mb $'s3://x\\xef\\xbf\\xbdy'`]).done;
    assert.equal(whole.stdout, 'arg:s3\narg:mb\narg:s3://x\ufffdy\n');
  });

  it('gets any argument as it was given', async () => {
    const odd = ['', ' ', '\n', 'a\nb\n', '-', '--', '-n', '\\', '"', "'", '$HOME', '`id`', '*', 'ü', '😀', 'fds=,9', 'electron=1', 'ign=ffffffffffffffff'];
    const { stdout } = await start(place, 'aws', ['s3', 'mb', ...odd]).done;
    assert.equal(stdout, ['s3', 'mb', ...odd].map((a) => `arg:${a}\n`).join(''));
  });

  it('gets its environment back as it was', async () => {
    const env = { NODE_OPTIONS: '--no-warnings', NODE_EXTRA_CA_CERTS: '/nowhere.pem', NODE_DEBUG: 'net', NODE_V8_COVERAGE: path.join(place.base, 'coverage') };
    tool('env | sort');
    const bare = await start(place, path.join(place.tools, 'aws'), ['s3', 'mb', 's3://x'], { env }).done;
    const through = await start(place, 'aws', ['s3', 'mb', 's3://x'], { env }).done;
    const compare = (text: string): string => text.split('\n').filter((line) => !/^(_|PWD|OLDPWD|SHLVL)=/.test(line)).join('\n');
    assert.equal(compare(through.stdout), compare(bare.stdout));
    assert.equal(through.stderr, '');
    assert.equal(existsSync(env.NODE_V8_COVERAGE), false);
  });

  it('is called by the name it was called by', async () => {
    rmSync(path.join(place.tools, 'aws'));
    symlinkSync(process.execPath, path.join(place.tools, 'aws'));
    assert.equal((await start(place, 'aws', ['-p', 'process.argv0']).done).stdout, 'aws\n');
  });

  it('has the descriptors that were opened for it, low and high', async () => {
    writeFileSync(path.join(place.work, 'low'), 'low\n');
    writeFileSync(path.join(place.work, 'high'), 'high\n');
    tool('cat /dev/fd/3 /dev/fd/7 /dev/fd/63');
    const { stdout, stderr } = await start(place, 'bash', ['-c', 'exec 3<low 7<high 63<low; aws s3 mb s3://x']).done;
    assert.equal(stdout, 'low\nhigh\nlow\n', stderr);
  });

  it('gets a Ctrl+C of its terminal once, and one that is sent to the shim from elsewhere too', async () => {
    const counting = `#!${process.execPath}\nprocess.on('SIGINT', () => console.log('got-int'));\nconsole.log('child of ' + process.ppid);\nsetTimeout(() => process.exit(0), 2000);\n`;
    writeFileSync(path.join(place.tools, 'aws'), counting, { mode: 0o755 });
    const typed = await atTerminal(place, 'aws s3 mb s3://x', [[/child of/, '\u0003']]);
    assert.equal(typed.screen.match(/got-int/g)?.length, 1, typed.screen);
    const sent = start(place, 'setsid', ['-w', path.join(place.home.bin, 'aws'), 's3', 'mb', 's3://x']);
    await until(() => /child of \d+\n/.test(sent.stdout()), 'the tool runs');
    // The shim has become the client, and that is the tool's parent.
    process.kill(Number(/child of (\d+)/.exec(sent.stdout())?.[1]), 'SIGINT');
    assert.equal((await sent.done).stdout.match(/got-int/g)?.length, 1);
  });

  it('hands on 10 MB of output and input byte for byte', async () => {
    tool('cat');
    const input = Buffer.alloc(10_000_000, 'payments\0prod\n').toString('latin1');
    const { stdout } = await start(place, 'aws', ['s3', 'mb', 's3://x'], { input }).done;
    assert.equal(stdout.length, input.length);
    assert.equal(stdout === input, true);
  });

  it('leaves a pipe that others write to as it is while a command is held', async () => {
    const script = `aws ${DELETE.join(' ')} & sleep 1; grep flags /proc/self/fdinfo/2 >&2; kill %1 2>/dev/null; wait`;
    const { stdout } = await start(place, 'bash', ['-c', `{ ${script}; } 2>&1 | cat`]).done;
    const flags = /flags:\s+([0-7]+)/.exec(stdout)?.[1];
    assert.ok(flags, stdout);
    // 04000 is O_NONBLOCK on Linux (fcntl(2), include/uapi/asm-generic/fcntl.h).
    assert.equal(Number.parseInt(flags, 8) & 0o4000, 0);
  });

  it('does not run when the folder in which it would run is gone', async () => {
    const { code, stderr } = await start(place, 'bash', ['-c', `mkdir gone; cd gone; rmdir ../gone; aws s3 mb s3://x`]).done;
    assert.equal(code, 75, stderr);
    assert.match(stderr, /It was not run/);
    assert.equal(existsSync(place.env['STUB_LOG'] ?? ''), false);
  });
});
