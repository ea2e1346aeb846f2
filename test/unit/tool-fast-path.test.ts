import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { detectArgv } from '../../src/detect/detect';
import { toolFastPath } from '../../src/detect/tools/cli/fast-path';
import { toolNamed } from '../../src/detect/tools/registry';

const lines = readFileSync('test/corpora/tools.jsonl', 'utf8').trim().split('\n').map((l) => JSON.parse(l) as { cmd: string });

/** What the generated sh text says of each argv; one process for all. */
function reads(tool: string, argvs: readonly (readonly string[])[], env: Record<string, string> = {}): boolean[] {
  const known = toolNamed(tool)!;
  const path = toolFastPath(known, known.hold?.outside, ['TF_CLI_ARGS']);
  const quoted = (w: string): string => `'${w.replaceAll("'", "'\\''")}'`;
  const script = argvs.map((argv) => `set -- ${argv.map(quoted).join(' ')}\n${path}echo $hp_read`).join('\n');
  const { stdout, stderr } = spawnSync('sh', [], { input: script, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...env } });
  assert.equal(stderr, '');
  return stdout.trim().split('\n').map((l) => l === '1');
}

describe('the fast path of a tool', () => {
  for (const tool of ['terraform', 'tofu', 'kubectl', 'helm']) {
    it(`lets nothing of ${tool} pass that changes something, and knows the everyday reads`, () => {
      const words = lines.filter((l) => l.cmd.startsWith(`${tool} `) && /^[\w./:=@%, *"'{}[\]$-]+$/.test(l.cmd)).map((l) => l.cmd.split(/\s+/).slice(1));
      const odd = [['delete', 'get'], ['--', 'get'], ['-n'], ['--unknown', 'get', 'x'], ['get=x'], ['-x', 'get'], [''], ['state'], ['destroy', 'show'], ['--kubeconfig', 'get', 'delete', 'ns', 'x']];
      const argvs = [...words, ...odd];
      const said = reads(tool, argvs);
      argvs.forEach((argv, i) => {
        const found = detectArgv([tool, ...argv], {});
        if (said[i]) assert.ok(found.every((o) => o.mutation === 'none'), `${tool} ${argv.join(' ')} is let go as a read`);
      });
      assert.ok(said.some(Boolean), 'no read is known');
    });
  }

  it('is not sure when a variable adds words', () => {
    assert.deepEqual(reads('terraform', [['show'], ['state', 'list']], { TF_CLI_ARGS: '-destroy' }), [false, false]);
    assert.deepEqual(reads('terraform', [['show'], ['state', 'list']]), [true, true]);
  });
});
