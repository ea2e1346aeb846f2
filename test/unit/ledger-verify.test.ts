import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';

import { nextLine } from '../../src/ledger/chain';
import { openLedger } from '../../src/ledger/ledger';
import { verifyLedger } from '../../src/ledger/verify';
import { temporary } from '../support/temporary';

const LINES = 12;

describe('Verifying the ledger', () => {
  let folder: string;
  let file: string;
  let bytes: Buffer;
  let lines: string[];

  before(() => {
    folder = temporary('hp-verify-');
    file = path.join(folder, 'ledger.jsonl');
    const ledger = openLedger(folder);
    for (let i = 0; i < LINES; i++) assert.ok(ledger.append({ type: 'preview-failed', id: `h-${i}`, why: `naïve “why” ${'\u2028'}${String.fromCharCode(0xfffd)} ${i}` }).ok);
    bytes = readFileSync(file);
    lines = bytes.toString('utf8').split('\n').slice(0, -1);
  });

  const judged = async (content: Buffer | readonly string[]): Promise<boolean> => {
    writeFileSync(file, content instanceof Buffer ? content : `${content.join('\n')}\n`);
    return (await verifyLedger(folder)).ok;
  };

  it('finds nothing wrong with what was written', async () => {
    assert.deepEqual(await verifyLedger(folder), { ok: true, records: LINES, problems: [], head: (JSON.parse(lines[LINES - 1]!) as { hash: string }).hash });
  });

  it('finds any changed byte', async () => {
    await fc.assert(fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ flip, at);
      assert.equal(await judged(changed), false);
    }), { numRuns: 400 });
  });

  it('finds a broken character that reads like the one that was there', async () => {
    const at = bytes.indexOf(Buffer.from('\ufffd'));
    assert.equal(await judged(Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at + 3)])), false);
  });

  it('finds any removed, doubled, moved or exchanged line, the last ones included', async () => {
    const place = fc.nat(LINES - 1);
    await fc.assert(fc.asyncProperty(place, place, fc.constantFrom('remove', 'double', 'move', 'exchange', 'cut'), async (a, b, how) => {
      const changed = [...lines];
      const line = lines[a]!;
      if (how === 'remove') changed.splice(a, 1);
      else if (how === 'double') changed.splice(b, 0, line);
      else if (how === 'cut') changed.splice(Math.max(1, a));
      else {
        fc.pre(a !== b);
        changed.splice(a, 1);
        changed.splice(b, 0, line);
        if (how === 'exchange') [changed[a], changed[b]] = [lines[b]!, lines[a]!];
      }
      fc.pre(changed.join() !== lines.join());
      assert.equal(await judged(changed), false);
    }), { numRuns: 300 });
  });

  it('finds another spelling of the same record, and empty lines', async () => {
    const [first = '', ...rest] = lines;
    for (const other of [` ${first}`, first.replace(':', ': '), first.replace('{', '{"id":"x",'), `${first}\n`, `${first}\r`]) assert.equal(await judged([other, ...rest]), false, other);
  });

  it('finds a record that was written anew with a hash that fits it, unless all that follow were too', async () => {
    const { prev } = JSON.parse(lines[4]!) as { prev: string };
    const forged = nextLine({ type: 'abandoned', id: 'h-4' }, 4, prev, '2030-01-01T00:00:00.000Z').text;
    await judged(lines.with(4, forged));
    assert.deepEqual((await verifyLedger(folder)).problems, [{ line: 6, what: 'does not follow from the line before it' }]);
    const last = nextLine({ type: 'abandoned', id: 'h-11' }, LINES - 1, (JSON.parse(lines[LINES - 1]!) as { prev: string }).prev, '2030-01-01T00:00:00.000Z').text;
    assert.equal(await judged(lines.with(LINES - 1, last)), false, 'the last one does not fit its note');
  });

  it('says at which line, and says one break once', async () => {
    await judged(lines.map((l, i) => (i === 4 ? l.replace('h-4', 'h-9') : l)));
    const { problems } = await verifyLedger(folder);
    assert.deepEqual(problems.map((p) => p.line), [5]);
    assert.match(problems[0]?.what ?? '', /changed/);
    await judged(lines.filter((_, i) => i !== 4));
    assert.match((await verifyLedger(folder)).problems.map((p) => `${p.line} ${p.what}`).join('\n'), /^5 has number 5 where 4 was due/);
  });

  it('says when its end is gone, or the note of its end', async () => {
    await judged(lines.slice(0, -1));
    assert.match((await verifyLedger(folder)).problems[0]?.what ?? '', /lines at the end were removed/);
    const head = path.join(folder, 'ledger.head');
    const noted = readFileSync(head);
    try {
      rmSync(head);
      assert.match((await verifyLedger(folder)).problems[0]?.what ?? '', /can't be told/);
    } finally {
      writeFileSync(head, noted);
    }
  });

  it('reads hostile text without falling over', async () => {
    for (const text of ['[', '['.repeat(200_000), '{"seq":0,"hash":"x"}', 'null', '{"a":'.repeat(50_000), '\0']) assert.equal(await judged([text]), false);
    assert.equal(await judged(Buffer.alloc(0)), false, 'emptied');
  });

  it('finds nothing wrong while others write', async () => {
    writeFileSync(file, bytes);
    const ledger = openLedger(folder);
    let more = true;
    const writing = (async () => {
      for (let i = 0; more; i++) {
        assert.ok(ledger.append({ type: 'abandoned', id: `w-${i}` }).ok);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    for (let i = 0; i < 20; i++) assert.deepEqual((await verifyLedger(folder)).problems, []);
    more = false;
    await writing;
  });
});
