import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { detectArgv } from '../../src/detect/detect';
import { splitAlias } from '../../src/detect/tools/aws/alias';

interface Line {
  readonly cmd: string;
  readonly destructive: boolean;
  readonly source: string;
}

describe('the corpus of AWS CLI commands', () => {
  it('has every destructive command flagged and every harmless one left alone', () => {
    const lines = readFileSync('test/corpora/aws-cli.jsonl', 'utf8').trim().split('\n').map((l) => JSON.parse(l) as Line);
    const wrong: string[] = [];
    const counts = { flagged: 0, missed: 0, bothered: 0, silent: 0 };
    for (const { cmd, destructive, source } of lines) {
      assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\//);
      const operations = detectArgv(splitAlias(cmd) ?? [], { cwd: '/', env: {} });
      assert.ok(operations.length > 0, cmd);
      const flagged = operations.some((o) => o.mutation === 'destructive' || o.mutation === 'unknown');
      counts[destructive ? (flagged ? 'flagged' : 'missed') : flagged ? 'bothered' : 'silent'] += 1;
      if (flagged !== destructive) wrong.push(`${cmd}: ${operations.map((o) => `${o.mutation} ${o.reason}`).join(' | ')}`);
      for (const o of operations) assert.match(o.reason, /^[A-Za-z].{8,}\.$/s);
    }
    console.log(`      ${lines.length} commands: destructive ${counts.flagged} flagged, ${counts.missed} missed; harmless ${counts.silent} silent, ${counts.bothered} bothered`);
    assert.deepEqual(wrong, []);
  });
});
