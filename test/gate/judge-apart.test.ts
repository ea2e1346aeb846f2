import assert from 'node:assert/strict';
import path from 'node:path';

import type { Operation } from '../../src/model';
import { judgeApart } from '../../src/editor/judge-apart';

const script = path.resolve('dist/judge-worker.js');

describe('a long text judged in a thread of its own', () => {
  it('gives what judging it here gives', async () => {
    const text = `${'echo nothing\n'.repeat(20_000)}terraform destroy -auto-approve\n`;
    const found = await judgeApart<Operation[]>('shell', '/w/x.sh', text, undefined, script);
    assert.deepEqual(found?.filter((o) => o.mutation === 'destructive').map((o) => o.operation), ['terraform:destroy']);
  });

  it('is ended by a newer text of the same file', async () => {
    const older = judgeApart<Operation[]>('shell', '/w/y.sh', 'aws s3 ls\n'.repeat(60_000), undefined, script);
    const newer = judgeApart<Operation[]>('shell', '/w/y.sh', 'helm uninstall x\n', undefined, script);
    assert.equal(await older, undefined);
    assert.equal((await newer)?.[0]?.operation, 'helm:uninstall');
  });

  it('says when the thread can not be started', async () => {
    await assert.rejects(judgeApart('shell', '/w/z.sh', 'x', undefined, path.resolve('dist/no-such-file.js')));
  });
});
