import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { detectArgv, detectCommand } from '../../src/detect/detect';
import { allTools } from '../../src/detect/tools/registry';
import { verifyKnowledge } from '../../src/detect/verify';

interface Line {
  readonly tool: string;
  readonly cmd: string;
  readonly expect: 'destructive' | 'harmless';
  readonly source: string;
}

const lines = readFileSync('test/corpora/tools.jsonl', 'utf8').trim().split('\n').map((l) => JSON.parse(l) as Line);

/** What the default rules hold: what destroys, what is not known, and what only a preview can tell. */
const holds = (cmd: string): boolean => detectCommand(cmd, { home: '/home/me', cwd: '/home/me/work' }).some((o) => o.mutation === 'destructive' || o.mutation === 'unknown' || o.previewDecides === true || (o.mutation !== 'none' && o.effects.some((e) => e !== 'cost')));

describe('the corpus of tools', () => {
  for (const tool of new Set(lines.map((l) => l.tool))) {
    it(`has every destructive command of ${tool} held and every harmless one let go`, () => {
      const wrong = lines.filter((l) => l.tool === tool && holds(l.cmd) !== (l.expect === 'destructive'));
      assert.deepEqual(wrong.map((l) => `${l.expect}: ${l.cmd}`), []);
    });
  }

  it('names a source for every line', () => {
    assert.ok(lines.every((l) => l.source.length > 5));
  });
});

describe('every tool', () => {
  for (const tool of allTools()) {
    it(`${tool.names[0]} has a table that can be read, and explains itself`, () => {
      for (const name of tool.names.slice(0, 3)) {
        for (const words of [['--help'], [], ['delete', 'x'], ['destroy', '--force', 'x'], ['list'], ['', '--', ''], ['--a=b', '-x', '-', '--']]) {
          for (const o of detectArgv([name, ...words], { home: '/home/me', cwd: '/w' })) {
            assert.ok(o.reason.length > 10 && !o.reason.includes('undefined'), `${name} ${words.join(' ')}: ${o.reason}`);
            assert.match(o.operation, /^[\w-]+:./);
          }
        }
        assert.ok(!detectArgv([name, '--help'], {}).some((o) => o.mutation === 'destructive' || o.mutation === 'unknown'), `${name} --help is held`);
      }
    });
  }

  it('has no command in its table that an earlier line hides', () => {
    const hidden = allTools().flatMap((tool) => {
      const seen = new Set<string>();
      return (tool.table?.() ?? []).flatMap(({ path, conditions }) => {
        const paths = path.reduce<string[]>((all, words) => all.flatMap((one) => words.map((word) => `${one} ${word}`)), ['']);
        return paths.map((one) => `${tool.names[0]}${one} ${JSON.stringify(conditions)}`).filter((key) => seen.has(key) || !seen.add(key));
      });
    });
    assert.deepEqual(hidden, []);
  });

  it('is asked by one name only once', () => {
    const names = allTools().flatMap((t) => t.names);
    const twice = names.filter((n, i) => names.indexOf(n) !== i);
    assert.deepEqual(twice, []);
  });
});

describe('the knowledge of documented commands', () => {
  for (const verified of verifyKnowledge()) {
    it(`classifies all ${verified.count} commands of ${verified.tool}`, () => {
      assert.deepEqual(verified.problems, []);
      assert.ok(verified.count > 30);
    });
  }
});
