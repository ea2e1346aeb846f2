import assert from 'node:assert/strict';
import { runInTerminal } from './terminal';

describe('a terminal with the extension installed', () => {
  it('runs an ordinary command and gives its output and exit code', async () => {
    const { exitCode, output } = await runInTerminal('printf "one\\ntwo\\n"; (exit 3)');
    assert.equal(exitCode, 3);
    assert.match(output, /one\ntwo\n/);
  });
});
