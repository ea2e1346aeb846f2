import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, writeSync, fsyncSync } from 'node:fs';
import path from 'node:path';

import { openLedger, type Appended, type Disk } from '../../src/ledger/ledger';
import type { LedgerRecord } from '../../src/ledger/record';
import { reseal, unsealed } from '../../src/ledger/reseal';
import { openHistory, undecided } from '../../src/ledger/history';
import { readLedger, verifyLedger } from '../../src/ledger/verify';
import { hides } from '../../src/model/visible';
import { temporary } from '../support/temporary';

const record = (id: string, why = 'why'): LedgerRecord => ({ type: 'preview-failed', id, why });
const disk: Disk = { writeSync: (fd, bytes) => writeSync(fd, bytes), fsyncSync };

describe('The ledger', () => {
  let folder: string;
  beforeEach(() => {
    folder = path.join(temporary('hp-ledger-'), 'ledger');
  });
  const file = (): string => path.join(folder, 'ledger.jsonl');
  const refused = (answer: Appended, why: RegExp): void => assert.match(answer.ok ? 'written' : answer.why, why);
  const written = (...ids: string[]): void => {
    const ledger = openLedger(folder);
    for (const id of ids) assert.ok(ledger.append(record(id)).ok);
  };
  const ids = async (): Promise<string[]> => (await readLedger(folder)).map((l) => ('id' in l ? l.id : l.type));

  it('keeps records in a chain that only its user can read', async () => {
    written('a', 'b');
    written('c');
    assert.deepEqual((await readLedger(folder)).map((l) => l.seq), [0, 1, 2]);
    const { ok, records, head } = await verifyLedger(folder);
    assert.deepEqual({ ok, records }, { ok: true, records: 3 });
    assert.equal(head, (await readLedger(folder)).at(-1)?.hash);
    if (process.platform !== 'win32') {
      assert.equal(statSync(folder).mode & 0o777, 0o700);
      assert.equal(statSync(file()).mode & 0o777, 0o600);
    }
    assert.deepEqual(readdirSync(folder).sort(), ['ledger.head', 'ledger.jsonl']);
  });

  it('gives every record its own chain, so that one can not stand in for another', async () => {
    written('a');
    const [first] = await readLedger(folder);
    rmSync(folder, { recursive: true });
    written('a');
    assert.notEqual((await readLedger(folder))[0]?.prev, first?.prev);
  });

  it('is open to no secret that a writer forgot', () => {
    const secret = 'AKIAIOSFODNN7EXAMPLE';
    const ledger = openLedger(folder);
    assert.ok(ledger.append(record('a', `key ${secret}`)).ok);
    assert.ok(ledger.append({
      type: 'cleanup-needed', id: 'h', argv: ['aws', 'rds', 'x', '--master-user-password', 'hunter2hunter2'], cwd: '/',
      changeSet: { name: 'n', stack: 's', region: 'r' },
    }).ok);
    const text = readFileSync(file(), 'utf8');
    assert.ok(!text.includes(secret) && !text.includes('hunter2'), text);
  });

  it('holds nothing raw that is not seen as what it is, and reads as the same', async () => {
    const why = 'stack a\u202eb\u200bc \u2066d\u2069 \u{e0041}';
    assert.ok(openLedger(folder).append(record('h', why)).ok);
    const text = readFileSync(file(), 'utf8');
    assert.equal(hides(text, true), false, JSON.stringify(text));
    assert.ok(text.includes('\\u202e') && text.includes('\\u200b'), text);
    assert.deepEqual((await readLedger(folder)).map((l) => ('why' in l ? l.why : '')), [why]);
    assert.equal((await verifyLedger(folder)).ok, true);
  });

  it('accepts and goes on with the lines of before, which hold what is hidden as it is, and no mixture of both', async () => {
    const why = 'stack a\u202eb\u200bc';
    assert.ok(openLedger(folder).append(record('h', why)).ok);
    const now = readFileSync(file(), 'utf8');
    const before = now.replace('\\u202e', '\u202e').replace('\\u200b', '\u200b');
    assert.notEqual(before, now);
    writeFileSync(file(), before);
    assert.deepEqual((await verifyLedger(folder)).problems, []);
    assert.ok(openLedger(folder).append(record('i', why)).ok);
    assert.deepEqual((await verifyLedger(folder)).problems, []);
    writeFileSync(file(), readFileSync(file(), 'utf8').replace('\u202e', '\\u202e'));
    assert.equal((await verifyLedger(folder)).ok, false);
  });

  it('goes on behind what another process wrote meanwhile', async () => {
    const one = openLedger(folder);
    const two = openLedger(folder);
    for (const [i, ledger] of [one, two, two, one, one, two].entries()) assert.deepEqual(ledger.append(record(`r${i}`)).ok, true);
    assert.deepEqual(await ids(), ['r0', 'r1', 'r2', 'r3', 'r4', 'r5']);
    assert.equal((await verifyLedger(folder)).ok, true);
  });

  it('reads records that are longer than what it looks at first', async () => {
    assert.ok(openLedger(folder).append(record('long', 'ü'.repeat(700_000))).ok);
    written('next');
    assert.ok(openLedger(folder).append(record('long', 'x'.repeat(300_000))).ok);
    written('last');
    assert.equal((await verifyLedger(folder)).ok, true);
    assert.deepEqual(await ids(), ['long', 'next', 'long', 'last']);
  });

  it('sets a half line aside, says so in the chain, and goes on, wherever in a character the writer was stopped', async () => {
    written('a', 'b');
    const whole = readFileSync(file());
    const half = Buffer.from('{"type":"preview-failed","why":"äöü€').subarray(0, -1);
    appendFileSync(file(), half);
    assert.equal((await verifyLedger(folder)).ok, false);
    written('c');
    assert.deepEqual(await ids(), ['a', 'b', 'torn', 'c']);
    assert.equal((await verifyLedger(folder)).ok, true);
    const aside = readdirSync(folder).find((f) => f.startsWith('ledger.torn-'));
    assert.ok(aside);
    assert.deepEqual(readFileSync(path.join(folder, aside)), half);
    assert.deepEqual(readFileSync(file()).subarray(0, whole.length), whole);
    const torn = (await readLedger(folder))[2];
    assert.equal(torn?.type === 'torn' && torn.setAside, aside);
  });

  it('sets a broken last line aside too when nobody was told that it is there', async () => {
    written('a', 'b');
    appendFileSync(file(), Buffer.concat([Buffer.alloc(40), Buffer.from('"x"}\n')]));
    written('c');
    assert.deepEqual(await ids(), ['a', 'b', 'torn', 'c']);
  });

  it('sets nothing aside that a stopped writer can not have left', () => {
    written('a', 'b');
    const whole = readFileSync(file());
    appendFileSync(file(), 'x\ny\n');
    refused(openLedger(folder).append(record('c')), /is not JSON/);
    writeFileSync(file(), whole.toString('utf8').replace('"id":"b"', '"id":"x"'));
    refused(openLedger(folder).append(record('c')), /was changed/);
    rmSync(path.join(folder, 'ledger.head'));
    refused(openLedger(folder).append(record('c')), /was changed/);
  });

  it('goes on when its writer was stopped after the line and before the note of it', async () => {
    written('a', 'b');
    const head = readFileSync(path.join(folder, 'ledger.head'));
    written('c');
    writeFileSync(path.join(folder, 'ledger.head'), head);
    assert.equal((await verifyLedger(folder)).ok, true);
    written('d');
    assert.deepEqual(await ids(), ['a', 'b', 'c', 'd']);
    assert.equal((await verifyLedger(folder)).ok, true);
  });

  it('takes no more lines when lines at its end were removed, whole or in part', () => {
    for (const cut of [1, 5, 300]) {
      rmSync(folder, { recursive: true, force: true });
      const ledger = openLedger(folder);
      for (const id of ['a', 'b', 'c']) assert.ok(ledger.append(record(id)).ok);
      truncateSync(file(), statSync(file()).size - cut);
      refused(ledger.append(record('d')), /were removed/);
      refused(openLedger(folder).append(record('d')), /were removed.*ledger verify/);
    }
  });

  it('takes no more lines when it was emptied or taken away', () => {
    written('a');
    writeFileSync(file(), '');
    refused(openLedger(folder).append(record('b')), /had records before/);
    rmSync(file());
    refused(openLedger(folder).append(record('b')), /had records before/);
    rmSync(folder, { recursive: true });
    assert.ok(openLedger(folder).append(record('b')).ok, 'a folder that was moved away begins a new record');
  });

  it('takes no more lines when it was cut and its head removed, wherever it was cut, and says what to do next', async () => {
    written('a', 'b', 'c');
    const whole = readFileSync(file());
    const ends = [...whole.entries()].flatMap(([at, byte]) => (byte === 10 ? [at + 1] : []));
    rmSync(path.join(folder, 'ledger.head'));
    for (const cut of [...ends, (ends[0] ?? 0) + 20, 20]) {
      writeFileSync(file(), whole.subarray(0, cut));
      refused(openLedger(folder).append(record('d')), /ledger\.head .*is gone or can't be read.*holdpoint ledger verify.*holdpoint ledger reseal/);
      assert.equal((await verifyLedger(folder)).ok, false);
    }
    for (const head of ['', 'x', '-1 y', `9 ${'0'.repeat(64)}`, '1']) {
      writeFileSync(file(), whole);
      writeFileSync(path.join(folder, 'ledger.head'), head);
      refused(openLedger(folder).append(record('d')), /the record is broken/);
    }
  });

  it('takes no more lines in an open window either, when its head is removed', () => {
    const ledger = openLedger(folder);
    assert.ok(ledger.append(record('a')).ok);
    written('b');
    rmSync(path.join(folder, 'ledger.head'));
    refused(ledger.append(record('c')), /is gone or can't be read/);
  });

  it('begins again when its first writer was stopped before the first line, or within it', async () => {
    for (const left of [undefined, '', '{"type":"prev']) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      writeFileSync(path.join(folder, 'ledger.head'), `-1 ${'a'.repeat(64)}\n`);
      if (left !== undefined) writeFileSync(file(), left);
      written('a');
      assert.equal((await readLedger(folder))[0]?.prev, 'a'.repeat(64));
      assert.equal((await verifyLedger(folder)).ok, true);
    }
  });

  it('goes on with a cut record when a person says so, and says that in it', async () => {
    written('a', 'b', 'c');
    assert.deepEqual(await unsealed(folder), { why: 'the record is intact: there is nothing to do' });
    const whole = readFileSync(file());
    writeFileSync(file(), whole.subarray(0, whole.indexOf(10) + 1));
    const found = await unsealed(folder);
    assert.ok('lines' in found && found.lines === 1 && found.missing === 2);
    rmSync(path.join(folder, 'ledger.head'));
    const headless = await unsealed(folder);
    assert.ok('lines' in headless && headless.missing === undefined);
    assert.ok(reseal(folder, headless, { by: 'kim', reason: 'a crash' }).ok);
    written('d');
    assert.deepEqual(await ids(), ['a', 'resealed', 'd']);
    assert.equal((await verifyLedger(folder)).ok, true);
    writeFileSync(file(), readFileSync(file(), 'utf8').replace('"id":"a"', '"id":"x"'));
    assert.ok('why' in await unsealed(folder), 'a changed line is no matter of its end');
  });

  it('takes no more lines when one of the last was changed', () => {
    written('a', 'b', 'c');
    writeFileSync(file(), readFileSync(file(), 'utf8').replace('"id":"b"', '"id":"x"'));
    refused(openLedger(folder).append(record('d')), /was changed/);
  });

  it('goes on in a new folder while a window is open', () => {
    const ledger = openLedger(folder);
    assert.ok(ledger.append(record('a')).ok);
    rmSync(folder, { recursive: true });
    const again = ledger.append(record('b'));
    assert.ok(again.ok || ledger.append(record('b')).ok);
  });

  it('refuses on a full disk that writes a part and says nothing, and has lost nothing when there is room again', async () => {
    let full = false;
    const ledger = openLedger(folder, { ...disk, writeSync: (fd, bytes) => writeSync(fd, full ? bytes.subarray(0, 20) : bytes) });
    assert.ok(ledger.append(record('a')).ok);
    const before = readFileSync(file());
    full = true;
    refused(ledger.append(record('b')), /disk is full/);
    refused(ledger.append(record('b')), /disk is full/);
    assert.deepEqual(readFileSync(file()), before);
    full = false;
    assert.ok(ledger.append(record('c')).ok);
    assert.deepEqual(await ids(), ['a', 'c']);
    assert.equal((await verifyLedger(folder)).ok, true);
  });

  for (const code of ['ENOSPC', 'EIO', 'EROFS']) {
    it(`refuses when writing or syncing fails with ${code}, and goes on afterwards`, async () => {
      const fail = (): never => {
        throw Object.assign(new Error(`${code}: the disk says no`), { code });
      };
      let at: 'write' | 'sync' | 'half' | undefined;
      const ledger = openLedger(folder, {
        writeSync(fd, bytes) {
          if (at === 'half') writeSync(fd, bytes.subarray(0, 33));
          return at === 'write' || at === 'half' ? fail() : writeSync(fd, bytes);
        },
        fsyncSync: (fd) => (at === 'sync' ? fail() : fsyncSync(fd)),
      });
      assert.ok(ledger.append(record('a')).ok);
      for (at of ['write', 'sync', 'half'] as const) refused(ledger.append(record('b')), new RegExp(code));
      at = undefined;
      assert.ok(ledger.append(record('c')).ok);
      assert.equal((await verifyLedger(folder)).ok, true);
      assert.deepEqual(await ids(), ['a', 'c'], 'what was refused is not on record as if it had been let go');
    });
  }

  it('refuses when the note of its end can not be written', async () => {
    const ledger = openLedger(folder);
    assert.ok(ledger.append(record('a')).ok);
    const note = path.join(folder, 'ledger.head.new');
    mkdirSync(note);
    refused(ledger.append(record('b')), /can't be written/);
    rmSync(note, { recursive: true });
    assert.ok(ledger.append(record('c')).ok);
    assert.deepEqual(await ids(), ['a', 'c']);
    assert.equal((await verifyLedger(folder)).ok, true);
  });

  it('refuses where it can not be', () => {
    const blocked = path.join(path.dirname(folder), 'file');
    writeFileSync(blocked, '');
    refused(openLedger(path.join(blocked, 'ledger')).append(record('a')), /can't be written/);
    assert.equal(existsSync(folder), false);
  });

  it('names the commands that were held and never decided', async () => {
    const ledger = openLedger(folder);
    const asked = (id: string, held: boolean): LedgerRecord => ({
      type: 'asked', id, argv: ['aws'], cwd: '/', executable: '/aws', actor: { kind: 'human', name: 'a', evidence: [], confidence: 'likely' },
      operations: [], verdict: { kind: 'confirm', rule: 'r', reason: 'r', risk: 'high' }, held, gatePid: 1,
    });
    for (const id of ['decided', 'abandoned', 'pending', 'run']) ledger.append(asked(id, true));
    ledger.append(asked('allowed', false));
    ledger.append({ type: 'decided', id: 'decided', decision: 'denied', by: 'a', reason: '', fingerprint: '' });
    ledger.append({ type: 'abandoned', id: 'abandoned' });
    ledger.append({ type: 'run', id: 'run', fingerprint: '' });
    assert.deepEqual(undecided((await openHistory(folder).now()).state).map((c) => c.id), ['pending']);
  });
});
