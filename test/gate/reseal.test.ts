import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';

import { readLedger, verifyLedger } from '../../src/ledger/verify';
import { atTerminal, makePlace, start, type Place } from '../support/gate';

describe('a record whose head is gone', function () {
  this.timeout(60_000);
  let place: Place;
  beforeEach(async () => {
    place = await makePlace();
    assert.equal((await start(place, 'aws', ['s3', 'mb', 's3://x']).done).code, 0);
    rmSync(path.join(place.home.ledger, 'ledger.head'));
  });

  it('lets nothing run that changes something, and says what to do', async () => {
    const { code, stderr } = await start(place, 'aws', ['s3', 'mb', 's3://y']).done;
    assert.equal(code, 75);
    assert.match(stderr, /ledger\.head .*is gone or can't be read.*holdpoint ledger reseal --reason/);
    assert.equal((await start(place, 'aws', ['s3', 'ls']).done).code, 0, 'what reads runs');
  });

  it('goes on when a person at a terminal says so, and for nobody else', async () => {
    const silent = await start(place, 'setsid', ['-w', 'holdpoint', 'ledger', 'reseal', '--reason', 'a crash']).done;
    assert.equal(silent.code, 1);
    assert.match(silent.stdout, /Only a person at a terminal/);
    const no = await atTerminal(place, 'holdpoint ledger reseal --reason "a crash"', [[/Type 4 to go on/, 'yes\n']]);
    assert.match(no.screen, /Nothing was changed/);
    const yes = await atTerminal(place, 'holdpoint ledger reseal --reason "a crash"', [[/Type 4 to go on/, '4\n']]);
    assert.match(yes.screen, /The record goes on/);
    assert.equal((await start(place, 'aws', ['s3', 'mb', 's3://y']).done).code, 0);
    assert.equal((await verifyLedger(place.home.ledger)).ok, true);
    assert.deepEqual((await readLedger(place.home.ledger)).map((l) => l.type), ['asked', 'decided', 'run', 'ended', 'resealed', 'asked', 'decided', 'run', 'ended']);
  });
});
