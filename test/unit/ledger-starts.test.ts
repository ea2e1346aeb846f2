import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, statSync } from 'node:fs';
import path from 'node:path';

import { noteStart, readStarts } from '../../src/ledger/starts';
import { temporary } from '../support/temporary';

describe('the line of a client that starts something', () => {
  let dir = '';
  beforeEach(() => {
    dir = temporary('hp-starts-');
  });
  const started = { time: '2026-01-01T00:00:00Z', id: 'h-1', gate: 'g', gatePid: 1, pid: 2, tool: 'aws' };

  it('is added to those before, in a file for this user only', () => {
    noteStart(dir, started);
    noteStart(dir, { ...started, id: 'h-2' });
    assert.deepEqual(readStarts(dir).map((one) => one.id), ['h-1', 'h-2']);
    assert.equal(statSync(path.join(dir, 'starts.jsonl')).mode & 0o777, 0o600);
  });

  it('never waits for a pipe in its place, whether somebody reads from it or not', () => {
    const pipe = path.join(dir, 'starts.jsonl');
    execFileSync('mkfifo', [pipe]);
    assert.throws(() => noteStart(dir, started), /starts\.jsonl is no ordinary file/);
    const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      assert.throws(() => noteStart(dir, started), /starts\.jsonl is no ordinary file/);
    } finally {
      closeSync(reader);
    }
  });
});
