import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { detectFile, marksOf } from '../../src/detect/file';
import { fileKind, isCompared, type ComparedKind } from '../../src/detect/file-kind';
import { decodeEncodedCommand } from '../../src/detect/languages/powershell/encoded';

interface Sample {
  /** The file's name tells the kind. */
  readonly file: string;
  readonly text: string;
  /** Operations that must be named and held, in order; empty: silence. */
  readonly expect: readonly string[];
  readonly source: string;
}

const context = { home: '/home/me', cwd: '/home/me/work' };

/** What is held of a program or a file that runs commands. */
function held(file: string, text: string): string[] {
  const kind = fileKind(file, text);
  assert.ok(kind !== undefined && !isCompared(kind), `${file} is ${kind}`);
  return detectFile(kind, file, text, context).filter((o) => o.mutation === 'destructive' || o.mutation === 'unknown').map((o) => o.operation);
}

for (const corpus of ['programs', 'runner-files', 'powershell']) {
  const samples = readFileSync(`test/corpora/${corpus}.jsonl`, 'utf8').trim().split('\n').map((l) => JSON.parse(l) as Sample);

  describe(`the corpus of ${corpus}`, () => {
    for (const { file, text, expect } of samples) {
      it(`${expect.length > 0 ? 'holds' : 'lets go'} ${file}: ${JSON.stringify(text).slice(0, 110)}`, () => {
        const found = held(file, text);
        if (expect.length === 0) assert.deepEqual(found, []);
        else for (const operation of expect) assert.ok(found.includes(operation), `expected ${operation}, found ${found.join(', ') || 'nothing'}`);
      });
    }

    it('has both, and a source for every line', () => {
      assert.ok(samples.some((s) => s.expect.length > 0) && samples.some((s) => s.expect.length === 0));
      assert.ok(samples.every((s) => s.source.length > 5));
    });
  });
}

describe('a finding in a file', () => {
  it('stands where the text stands, also in a block of YAML and behind variables', () => {
    const text = 'jobs:\n  a:\n    steps:\n      - run: |\n          echo hi\n          terraform destroy\n';
    const [one] = detectFile('github-actions', '.github/workflows/x.yml', text, context).filter((o) => o.mutation === 'destructive');
    assert.ok(one?.origin.kind === 'file');
    assert.equal(text.slice(one.origin.range.start, one.origin.range.end), 'terraform destroy');
    const make = 'X = prod\nall:\n\t@echo hi\n\t@kubectl delete ns $(X)\n';
    const [two] = detectFile('makefile', 'Makefile', make, context).filter((o) => o.mutation === 'destructive');
    assert.ok(two?.origin.kind === 'file');
    assert.match(make.slice(two.origin.range.start, two.origin.range.end), /^kubectl delete ns/);
    assert.equal(two.targets[0]?.name, 'prod');
  });

  it('reads what PowerShell was given in Base64', () => {
    assert.equal(decodeEncodedCommand(Buffer.from('terraform destroy', 'utf16le').toString('base64')), 'terraform destroy');
    assert.equal(decodeEncodedCommand('not base64!'), undefined);
  });
});

interface Edit {
  readonly file: string;
  readonly head: string | null;
  readonly now: string | null;
  /** `kind resource` of every mark, in any order. */
  readonly expect: readonly string[];
  readonly source: string;
}

const edits = readFileSync('test/corpora/edits.jsonl', 'utf8').trim().split('\n').map((l) => JSON.parse(l) as Edit);

describe('the corpus of edits', () => {
  for (const { file, head, now, expect } of edits) {
    it(`${expect.length > 0 ? `marks ${expect.join(', ')}` : 'is silent'} in ${file}: ${JSON.stringify(now).slice(0, 90)}`, () => {
      const kind = fileKind(file, now ?? head ?? '');
      assert.ok(kind !== undefined && isCompared(kind), `${file} is ${kind}`);
      const found = marksOf(kind as ComparedKind, head ?? undefined, now ?? undefined, { path: file, context });
      assert.deepEqual(found.map((m) => `${m.kind} ${m.logicalId}`).sort(), [...expect].sort());
      for (const mark of found) {
        assert.ok(mark.range.start >= 0 && mark.range.end <= Math.max(1, (now ?? '').length) && mark.range.start <= mark.range.end, JSON.stringify(mark.range));
        assert.match(mark.message, /\.$/);
        // What a fix puts in must be readable again and take its mark away, where it puts something back.
        for (const fix of mark.fixes.filter((f) => /^Put|^Say/.test(f.title))) {
          const mended = [...fix.edits].sort((a, b) => b.range.start - a.range.start).reduce((t, e) => t.slice(0, e.range.start) + e.newText + t.slice(e.range.end), now ?? '');
          const left = marksOf(kind as ComparedKind, head ?? undefined, mended, { path: file, context });
          assert.ok(!left.some((m) => m.kind === mark.kind && m.logicalId === mark.logicalId && m.message === mark.message), `${fix.title} leaves ${mark.message}`);
        }
      }
    });
  }
});
