import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { detectCommand } from '../../src/detect/detect';
import { diskContext } from '../../src/preview/disk-context';
import { temporary } from '../support/temporary';

describe('what detection may look at beside a text', () => {
  let folder: string;
  before(() => {
    folder = temporary('hp-disk-');
    writeFileSync(path.join(folder, 'late.sh'), 'aws s3 rb s3://payments --force\n');
  });

  it('is each file once, so that many commands leave room for the script that the last one runs', () => {
    const reads: string[] = [];
    const context = diskContext(folder, { most: 8, read: (file) => (reads.push(file), file.endsWith('late.sh') ? 'aws s3 rb s3://payments --force\n' : undefined) });
    const found = detectCommand(`${'aws ec2 describe-instances\n'.repeat(30)}bash late.sh`, context);
    assert.ok(found.some((o) => o.operation === 's3:DeleteBucket'), JSON.stringify(reads));
    assert.equal(new Set(reads).size, reads.length);
  });

  it('is no more files than are allowed, and none that is not there', () => {
    const context = diskContext(folder, { most: 1 });
    assert.match(context.readFile?.(path.join(folder, 'late.sh')) ?? '', /s3 rb/);
    assert.equal(context.readFile?.(path.join(folder, 'other.sh')), undefined);
    assert.deepEqual(context.namesIn?.(folder), ['late.sh']);
    assert.equal(context.namesIn?.(path.join(folder, 'none')), undefined);
  });
});
