import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { detectArgv } from '../../src/detect/detect';
import { alive } from '../../src/gate/discovery';
import type { PreviewJob, Previewer } from '../../src/gate/gatekeeper';
import { createPreviewer, sweepFolders, sweepKept } from '../../src/gate/previewer';
import { previewWorker } from '../support/preview-worker';
import { until } from '../support/gate';
import { temporary } from '../support/temporary';
import { configuration, type Configuration } from '../support/terraform';

describe('what a preview with a tool leaves behind', function () {
  this.timeout(60_000);
  let base: string;
  let c: Configuration;
  let previewer: Previewer;
  const previews = (): string[] => (existsSync(path.join(base, 'previews')) ? readdirSync(path.join(base, 'previews')) : []);

  before(async () => {
    c = configuration({ 'main.tf': 'resource "terraform_data" "a" {}\nresource "terraform_data" "b" {}\n' });
    c.write({ 'main.tf': 'resource "terraform_data" "a" {}\n' });
  });
  beforeEach(() => {
    base = temporary('hp-leftovers-');
    mkdirSync(path.join(base, 'tmp'));
    previewer = createPreviewer({ workerPath: previewWorker(), execPath: process.execPath, temporary: path.join(base, 'previews'), kept: path.join(base, 'kept'), memory: path.join(base, 'memory.json'), folders: () => [], record: () => undefined, log: () => undefined });
  });

  const job = (executable: string): PreviewJob => {
    const argv = ['terraform', 'apply', '-auto-approve'];
    const env = { PATH: process.env['PATH'] ?? '', HOME: base, TMPDIR: path.join(base, 'tmp') };
    const [operation] = detectArgv(argv, { cwd: c.folder, env });
    assert.ok(operation);
    return { operation, command: { argv, cwd: c.folder, executable }, env, mode: 'live', allowExecution: false, timeoutMs: 30_000 };
  };
  const real = (): string => spawnSync('sh', ['-c', 'command -v terraform'], { encoding: 'utf8' }).stdout.trim();
  /** A terraform that writes half a plan and then hangs, with a child of its own as a provider plugin would be. */
  const slow = (): string => {
    const file = path.join(base, 'slow');
    writeFileSync(file, '#!/bin/sh\nfor a in "$@"; do case $a in -out=*) echo half > "${a#-out=}" ;; esac; done\nsleep 300 &\necho "$$ $!" > "$HOME/pids"\nwait\n', { mode: 0o755 });
    return file;
  };
  const started = async (): Promise<number[]> => {
    await until(() => existsSync(path.join(base, 'pids')) && readFileSync(path.join(base, 'pids'), 'utf8').endsWith('\n'), 'the tool runs');
    return readFileSync(path.join(base, 'pids'), 'utf8').trim().split(' ').map(Number);
  };

  it('is the plan while it waits for its yes, closed to others, and nothing after it', async () => {
    const outcome = await previewer.start(job(real()), 'h-00000001', () => undefined).result;
    assert.ok(outcome.kind === 'done' && outcome.prepared);
    const [folder = ''] = previews();
    assert.equal(statSync(path.join(base, 'previews', folder)).mode & 0o077, 0);
    assert.deepEqual(previewer.keep?.('h-00000001').map((k) => path.relative(base, k.path)), ['kept/h-00000001/terraform.tfstate']);
    previewer.discard?.('h-00000001');
    assert.deepEqual(previews(), []);
    assert.deepEqual(readdirSync(path.join(base, 'tmp')), [], 'nor has the tool left something of its own');
  });

  it('is nothing when another look takes the place of the first', async () => {
    await previewer.start(job(real()), 'h-00000002', () => undefined).result;
    await previewer.start(job(real()), 'h-00000002', () => undefined).result;
    assert.equal(previews().length, 1);
    previewer.discard?.('h-00000002');
    assert.deepEqual(previews(), []);
  });

  it('is nothing after an error', async () => {
    const broken = path.join(base, 'broken');
    writeFileSync(broken, '#!/bin/sh\nfor a in "$@"; do case $a in -out=*) echo half > "${a#-out=}" ;; esac; done\necho no >&2; exit 1\n', { mode: 0o755 });
    const outcome = await previewer.start(job(broken), 'h-00000003', () => undefined).result;
    assert.ok(outcome.kind === 'failed' && /makes no plan: no\./.test(outcome.message));
    assert.deepEqual(previews(), []);
  });

  it('is nothing after a cancel, and no process', async () => {
    const running = previewer.start(job(slow()), 'h-00000004', () => undefined);
    const pids = await started();
    running.cancel();
    await running.result;
    await until(() => pids.every((pid) => !alive(pid)), 'the tool and its child are gone');
    assert.deepEqual(previews(), []);
  });

  it('is nothing after the preview\'s own process was killed', async () => {
    const running = previewer.start(job(slow()), 'h-00000005', () => undefined);
    const pids = await started();
    const mine = spawnSync('pgrep', ['-P', String(process.pid), '-f', 'preview-worker'], { encoding: 'utf8' }).stdout.trim().split('\n');
    assert.equal(mine.length, 1);
    process.kill(Number(mine[0]), 'SIGKILL');
    assert.equal((await running.result).kind, 'failed');
    assert.deepEqual(previews(), []);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  });

  it('of a window that crashed is swept at the next start, and of a living one is not', () => {
    const folder = path.join(base, 'previews');
    const gone = spawnSync('true').pid;
    for (const name of [`${gone}-0123456789abcdef`, `${process.pid}-0123456789abcdef`, 'somebody-elses']) mkdirSync(path.join(folder, name), { recursive: true });
    assert.equal(sweepFolders(folder, alive, () => undefined), 1);
    assert.deepEqual(previews().sort(), [`${process.pid}-0123456789abcdef`, 'somebody-elses'].sort());
  });

  it('as the way back stays for 90 days', () => {
    const kept = path.join(base, 'kept');
    for (const name of ['h-0000000a', 'h-0000000b', 'mine']) mkdirSync(path.join(kept, name), { recursive: true });
    const old = new Date(Date.now() - 91 * 86_400_000);
    for (const name of ['h-0000000a', 'mine']) utimesSync(path.join(kept, name), old, old);
    assert.equal(sweepKept(kept, () => undefined), 1);
    assert.deepEqual(readdirSync(kept).sort(), ['h-0000000b', 'mine']);
  });
});
