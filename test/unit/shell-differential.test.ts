import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { detectArgv } from '../../src/detect/detect';
import type { Finding } from '../../src/detect/invocation';
import { findInShell } from '../../src/detect/languages/shell';
import { withReaders } from '../../src/detect/readers';
import { executed, place, REAL, sandbox, where, type Sandbox } from '../support/shell-sandbox';

/** One disguise of a command. `run`: real bash can run it here; `targets`: names that must be told. */
interface Disguise {
  readonly kind: string;
  readonly cmd: string;
  /** The operation to be named; `held` when being held as unknown is enough. */
  readonly expect: string;
  readonly run: boolean;
  readonly targets?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
}

const corpus = (name: string): string[] => readFileSync(path.join(process.cwd(), 'test/corpora', name), 'utf8').trimEnd().split('\n');
const disguises = corpus('shell-disguises.jsonl').map((l) => JSON.parse(l) as Disguise);
const lookalikes = corpus('shell-lookalikes.jsonl').map((l) => (JSON.parse(l) as { cmd: string }).cmd);

const changes = (f: Pick<Finding, 'mutation' | 'tool'>): boolean => (f.tool === 'aws' ? f.mutation !== 'none' : f.mutation === 'destructive' || f.mutation === 'unknown');

/** Why a call was not foreseen; undefined when it was. */
function missed(argv: readonly string[], findings: readonly Finding[]): string | undefined {
  const held = findings.filter(changes);
  for (const operation of detectArgv(argv, {}).filter(changes)) {
    const name = operation.targets[0]?.name;
    const fits = (f: Finding): boolean => f.operation === operation.operation
      && (f.targets.length === 0 || name === undefined || f.targets.some((t) => !t.known || t.name === name));
    if (!held.some((f) => f.mutation === 'unknown' || fits(f))) return `${argv.join(' ')} ran as ${operation.operation}`;
  }
  return undefined;
}

describe('a disguised command', () => {
  let box: Sandbox;
  before(() => {
    box = sandbox();
  });

  it('is in a corpus of some size', () => {
    assert.ok(disguises.length >= 150 && lookalikes.length >= 100, `${disguises.length} disguises, ${lookalikes.length} lookalikes`);
  });

  for (const disguise of disguises) {
    it(`is seen: ${JSON.stringify(disguise.cmd).slice(0, 140)}`, () => {
      place(box, disguise.files);
      const findings = findInShell(disguise.cmd, withReaders(box.context)).filter(changes);
      const said = findings.map((f) => `${f.operation} ${f.targets.map((t) => t.name ?? '?').join(',')}`).join('; ');
      const named = findings.some((f) => f.operation === disguise.expect);
      assert.ok(disguise.expect === 'held' ? findings.length > 0 : named, `expected ${disguise.expect}, found: ${said || 'nothing'}`);
      for (const target of disguise.targets ?? []) {
        assert.ok(findings.some((f) => f.targets.some((t) => t.name === target && t.known)), `target ${target} is not named: ${said}`);
      }
      for (const f of findings) {
        assert.ok(f.range.start >= 0 && f.range.start <= f.range.end && f.range.end <= disguise.cmd.length, `range ${f.range.start}-${f.range.end} is outside the text`);
      }
    });
  }

  const absent = REAL.filter((tool) => where(tool) === undefined);
  const can = (d: Disguise): boolean => !absent.some((tool) => new RegExp(`\\b${tool}\\b`).test(d.cmd));
  const left = disguises.filter((d) => d.run && !can(d)).length;
  if (left > 0) console.log(`    ${left} disguises are not run: ${absent.join(', ')} not on this machine`);

  for (const disguise of disguises.filter((d) => d.run && can(d))) {
    it(`runs nothing in bash that was not foreseen: ${JSON.stringify(disguise.cmd).slice(0, 120)}`, () => {
      place(box, disguise.files);
      const findings = findInShell(disguise.cmd, withReaders(box.context));
      const calls = executed(box, disguise.cmd);
      assert.ok(calls.length > 0, 'bash ran no command of the tool: the disguise is no disguise');
      for (const argv of calls) assert.equal(missed(argv, findings), undefined);
    });
  }
});

describe('a harmless lookalike', () => {
  for (const cmd of lookalikes) {
    it(`stays silent: ${JSON.stringify(cmd).slice(0, 140)}`, () => {
      const findings = findInShell(cmd, withReaders({ cwd: '/nowhere', home: '/nowhere/home', env: { HOME: '/nowhere/home' } })).filter(changes);
      assert.deepEqual(findings.map((f) => `${f.operation}: ${f.reason}`), []);
    });
  }

  it('runs nothing that changes anything in real bash', () => {
    const box = sandbox();
    // What only stands in a text can't run: the stub tells.
    for (const cmd of lookalikes.filter((c) => /^(echo|printf|:|#|true|cat <<|cmd=|cmds=|usage|dry_run|run\(\)|aws\(\)|\[)/.test(c))) {
      place(box, {});
      const ran = executed(box, cmd).flatMap((argv) => detectArgv(argv, {}).filter(changes));
      assert.deepEqual(ran.map((o) => o.operation), [], cmd);
    }
  });
});
