import assert from 'node:assert/strict';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { copyOf, differs, type HeadCopy } from '../../src/ledger/copy';
import { openHistory } from '../../src/ledger/history';
import { openLedger } from '../../src/ledger/ledger';
import { verifyLedger } from '../../src/ledger/verify';
import { temporary } from '../support/temporary';

/** As a window makes it, and compares with it. */
const endOf = async (folder: string): Promise<HeadCopy | undefined> => copyOf(await openHistory(folder).whole());
const againstCopy = async (folder: string, copy: HeadCopy | undefined): Promise<string | undefined> =>
  differs(await openHistory(folder).whole(copy?.seq), copy);

describe('A copy of the ledger\'s end, kept elsewhere', () => {
  let base: string;
  let folder: string;
  beforeEach(() => {
    base = temporary('hp-copy-');
    folder = path.join(base, 'ledger');
  });
  const write = (...ids: string[]): void => {
    const ledger = openLedger(folder);
    for (const id of ids) assert.ok(ledger.append({ type: 'abandoned', id }).ok);
  };
  const file = (): string => path.join(folder, 'ledger.jsonl');

  it('fits the ledger that it was made of, and what is written after it', async () => {
    assert.equal(await endOf(folder), undefined);
    write('a', 'b');
    const copy = await endOf(folder);
    assert.equal(copy?.seq, 1);
    assert.equal(await againstCopy(folder, copy), undefined);
    write('c');
    assert.equal(await againstCopy(folder, copy), undefined);
    assert.equal(await againstCopy(folder, undefined), undefined);
  });

  it('tells of one that was cut together with its head, which looks whole by itself', async () => {
    write('a', 'b', 'c');
    const copy = await endOf(folder);
    const [first = ''] = readFileSync(file(), 'utf8').split('\n');
    writeFileSync(file(), `${first}\n`);
    writeFileSync(path.join(folder, 'ledger.head'), `0 ${(JSON.parse(first) as { hash: string }).hash}\n`);
    assert.equal((await verifyLedger(folder)).ok, true);
    assert.match(await againstCopy(folder, copy) ?? '', /was cut: this editor knows of 3 lines/);
    write('x', 'y', 'z');
    assert.match(await againstCopy(folder, copy) ?? '', /was written anew: its line 3/);
  });

  it('tells of one that was taken away, and of one that was begun anew', async () => {
    write('a', 'b');
    const copy = await endOf(folder);
    renameSync(folder, path.join(base, 'away'));
    assert.match(await againstCopy(folder, copy) ?? '', /is gone/);
    write('a', 'b', 'c');
    assert.match(await againstCopy(folder, copy) ?? '', /is another one/);
  });
});
