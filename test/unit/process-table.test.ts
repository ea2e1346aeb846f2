import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { noStart } from '../../src/gate/may-start';
import { processTable } from '../../src/gate/process-table';
import { monotonicMs } from '../../src/gate/protocol';
import { temporary } from '../support/temporary';

describe('the processes of this user', () => {
  const children: ChildProcess[] = [];
  afterEach(() => children.splice(0).forEach((c) => c.kill('SIGKILL')));
  /** Runs a text until it prints a line. */
  const python = (text: string): Promise<readonly [number, string]> => new Promise((resolve) => {
    const child = spawn('python3', ['-c', text], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    let printed = '';
    child.stdout?.on('data', (d: Buffer) => {
      // A line may come in several pieces.
      printed += d.toString();
      if (printed.includes('\n')) resolve([child.pid ?? 0, printed.trim()]);
    });
  });

  it('show a terminal that a thread with descriptors of its own holds', async () => {
    const [, told] = await python(`
import ctypes, fcntl, os, struct, threading, time
def hold():
    ctypes.CDLL(None).unshare(0x400)
    fd = os.open('/dev/ptmx', os.O_RDWR | os.O_NOCTTY)
    print(os.getpid(), struct.unpack('i', fcntl.ioctl(fd, 0x80045430, b'\\0' * 4))[0], flush=True)
    time.sleep(60)
threading.Thread(target=hold).start()
time.sleep(60)`);
    const [pid, index] = told.split(' ').map(Number);
    assert.deepEqual(processTable()?.processes.get(pid ?? 0)?.masters, [index]);
  });

  it('hold nothing once they are over, though nobody has fetched them, and are no reason for doubt', async () => {
    const [, told] = await python('import os, time\nchild = os.fork()\nif child == 0: os._exit(0)\ntime.sleep(0.3)\nprint(child, flush=True)\ntime.sleep(60)');
    assert.deepEqual(processTable()?.processes.get(Number(told))?.masters, []);
  });
});

describe('the last look before a start', () => {
  const base = temporary('hp-start-');
  const before = process.cwd();
  after(() => {
    process.chdir(before);
    rmSync(base, { recursive: true });
  });

  it('lets nothing start too late, in another folder of the same name, or with an input that moved', () => {
    const folder = path.join(base, 'w');
    mkdirSync(folder);
    process.chdir(folder);
    const until = monotonicMs() + 60_000;
    assert.equal(noStart({ until, inputs: [] }, folder), undefined);
    assert.deepEqual(noStart({ until: monotonicMs() - 1, inputs: [] }, folder), { kind: 'tell', message: { type: 'late' } });
    const file = path.join(folder, 'x');
    writeFileSync(file, 'b');
    assert.deepEqual(noStart({ until, inputs: [{ path: file, sha256: 'a' }] }, folder), { kind: 'tell', message: { type: 'moved', path: file } });
    renameSync(folder, `${folder}.away`);
    mkdirSync(folder);
    assert.equal(noStart({ until, inputs: [] }, folder)?.kind, 'end');
  });
});
