import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { FileOperation, FileText } from '../../src/detect/file';
import { createJudgeThread, type JudgeThread } from '../../src/editor/judge-apart';
import { growingTemplate } from '../support/growing-templates';
import { temporary } from '../support/temporary';

const script = path.resolve('dist/judge-worker.js');
const shell = (file: string, text: string): FileText => ({ kind: 'shell', path: file, text, head: undefined });
const destroyed = (found: readonly FileOperation[] | undefined): string[] | undefined =>
  found?.filter((f) => f.operation.mutation === 'destructive').map((f) => f.operation.operation);

describe('a long text judged in a thread of its own', () => {
  let thread: JudgeThread;
  let folder: string;

  beforeEach(() => {
    thread = createJudgeThread(script);
    folder = temporary('hp-judge-');
  });
  afterEach(() => thread.end());

  /** A thread's program of our own: it counts its starts in a file and does what its text says. */
  const program = (): string => {
    const file = path.join(folder, 'program.js');
    writeFileSync(
      file,
      `
      const { appendFileSync } = require('node:fs');
      const { parentPort } = require('node:worker_threads');
      appendFileSync(${JSON.stringify(path.join(folder, 'starts'))}, 'x');
      const found = (name) => [{ operation: { operation: name, mutation: 'destructive' }, range: { start: 0, end: 0 } }];
      parentPort.on('message', ({ id, file: { text } }) => {
        if (text === 'crash') process.exit(3);
        if (text === 'throw') throw new Error('it broke');
        if (text === 'for ever') for (;;);
        if (text === 'nonsense') return parentPort.postMessage({ id, found: 'nothing' });
        parentPort.postMessage({ id, found: found(text) });
      });`,
    );
    return file;
  };
  const starts = (): number => readFileSync(path.join(folder, 'starts'), 'utf8').length;

  it('gives what judging it here gives', async () => {
    const text = `${'echo nothing\n'.repeat(20_000)}terraform destroy -auto-approve\n`;
    assert.deepEqual(destroyed(await thread.judge(shell('/w/x.sh', text))), ['terraform:destroy']);
  });

  it('is judged there whatever its kind, a CloudFormation template compared with what was committed too', async () => {
    const found = await thread.judge({
      kind: 'cloudformation',
      path: '/w/t.yaml',
      head: growingTemplate(200, 'a'),
      text: growingTemplate(200, 'b'),
    });
    assert.deepEqual(found?.map((f) => [f.operation.operation, f.goes]).slice(0, 2), [
      ['cloudformation:replaced', 'Table0'],
      ['cloudformation:replaced', 'Table10'],
    ]);
    assert.ok((found?.[0]?.related.length ?? 0) > 0);
  });

  it('is ended by a newer text of the same file', async () => {
    const older = thread.judge(shell('/w/y.sh', 'aws s3 ls\n'.repeat(60_000)));
    const newer = thread.judge(shell('/w/y.sh', 'helm uninstall x\n'));
    assert.equal(await older, undefined);
    assert.deepEqual(destroyed(await newer), ['helm:uninstall']);
  });

  it('has one thread for all of them, in their order, and of a file that changed twice only the last', async () => {
    thread = createJudgeThread(program());
    const all = ['a', 'b', 'c'].map((name) => thread.judge(shell(`/w/${name}`, name)));
    const later = ['b2', 'b3'].map((text) => thread.judge(shell('/w/b', text)));
    assert.deepEqual((await Promise.all(all)).map(destroyed), [['a'], undefined, ['c']]);
    assert.deepEqual((await Promise.all(later)).map(destroyed), [undefined, ['b3']]);
    assert.equal(starts(), 1);
  });

  it('is judged by a new thread after the one before broke, and what waited is not lost', async () => {
    thread = createJudgeThread(program());
    const broken = ['crash', 'throw', 'nonsense'].map((text) =>
      assert.rejects(
        thread.judge(shell(`/w/${text}`, text)),
        text === 'crash' ? /ended with 3/ : text === 'throw' ? /it broke/ : /gave an answer that is none/,
      ),
    );
    const waited = thread.judge(shell('/w/a', 'a'));
    await Promise.all(broken);
    assert.deepEqual(destroyed(await waited), ['a']);
    assert.equal(starts(), 4);
  });

  it('is given up after its limit, and sooner when nobody waits for it any more', async () => {
    thread = createJudgeThread(program(), { limitMs: 300, outdatedMs: 50 });
    await assert.rejects(thread.judge(shell('/w/a', 'for ever')), /took longer/);
    thread = createJudgeThread(program(), { limitMs: 60_000, outdatedMs: 50 });
    const older = thread.judge(shell('/w/a', 'for ever'));
    const newer = thread.judge(shell('/w/a', 'a'));
    assert.equal(await older, undefined);
    assert.deepEqual(destroyed(await newer), ['a']);
  });

  it('says when the thread can not be started', async () => {
    thread = createJudgeThread(path.resolve('dist/no-such-file.js'));
    await assert.rejects(thread.judge(shell('/w/z.sh', 'x')));
  });
});
