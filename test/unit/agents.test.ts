import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { withoutBraces } from '../../src/detect/name-glob';
import { guardFile } from '../../src/detect/engines/guard-files';
import { fileKind } from '../../src/detect/file-kind';
import { identify, type ActorFacts } from '../../src/gate/actor';
import { AGENTS, MARK_NAMES } from '../../src/agents/registry';

const facts = (change: Partial<ActorFacts>): ActorFacts => ({ marks: {}, ancestry: ['bash'], tty: true, user: 'ada', ...change });

describe('What is known of an agent', () => {
  it('stands in one file, and every file is in the registry', () => {
    const registry = readFileSync('src/agents/registry.ts', 'utf8');
    const files = readdirSync('src/agents').filter((f) => f !== 'registry.ts' && f !== 'agent.ts');
    for (const file of files) assert.match(registry, new RegExp(`from '\\./${path.basename(file, '.ts')}'`));
    assert.equal(files.length, AGENTS.length);
    assert.equal(new Set(AGENTS.map((a) => a.name)).size, AGENTS.length);
  });

  for (const { name, marks = [], programs = [], files = [], switches = [] } of AGENTS) {
    it(`counts everywhere: ${name}`, () => {
      for (const { variable, value } of marks) {
        assert.ok(MARK_NAMES.includes(variable));
        assert.equal(identify(facts({ marks: { [variable]: value ?? '1' } })).name, name);
      }
      for (const program of programs) {
        assert.equal(program.name, program.name.toLowerCase());
        assert.equal(identify(facts({ ancestry: ['sh', program.name] })).name, name);
      }
      for (const { name: glob, isSettings } of files) {
        for (const file of withoutBraces(glob)) {
          const inside = file.endsWith('/') ? [file, `${file}x.sh`, `${file}a/b.json`] : [file.replace('*', 'x')];
          for (const one of inside.flatMap((f) => [f, `/home/ada/${f}`, `C:\\Users\\ada\\${f.replaceAll('/', '\\')}`])) {
            assert.equal(guardFile(one)?.kind, 'agent-hooks', one);
            if (isSettings) assert.equal(fileKind(one, '{}'), 'settings', one);
          }
          assert.equal(guardFile(`/home/ada/x${inside[0]}`), undefined);
        }
      }
      for (const entry of [...marks, ...programs, ...files, ...switches]) assert.match(entry.source, /\w{3}/);
      assert.ok(marks.length + programs.length > 0, 'it can be known at all');
    });
  }
});
