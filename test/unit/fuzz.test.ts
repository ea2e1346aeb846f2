import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import fc from 'fast-check';

import { detectFile, marksOf } from '../../src/detect/file';
import { fileKind, isCompared } from '../../src/detect/file-kind';
import { sqlStatements } from '../../src/detect/engines/sql/statements';

/** A name for every kind of file, and texts that are really of that kind. */
const lines = (name: string): { file: string; text?: string; now?: string | null; head?: string | null }[] => readFileSync(`test/corpora/${name}.jsonl`, 'utf8').trim().split('\n').map((l) => JSON.parse(l));
const SEEDS = [...lines('programs'), ...lines('runner-files'), ...lines('powershell'), ...lines('edits')].map((s) => ({ file: s.file, text: s.text ?? s.now ?? s.head ?? '' })).filter((s) => s.text !== '');
const FILES = [...new Set(SEEDS.map((s) => s.file))];
const context = { home: '/home/me', cwd: '/home/me/work', readFile: () => undefined };

/** Judges a text as a file of this name, whatever it is: an answer, and never an exception. */
function judge(file: string, text: string): void {
  const kind = fileKind(file, text);
  if (kind === undefined) return;
  if (isCompared(kind)) {
    for (const mark of [...marksOf(kind, SEEDS.find((s) => s.file === file)?.text, text, { path: file, context }), ...marksOf(kind, text, undefined, { path: file, context })]) assert.ok(mark.range.start <= mark.range.end);
    return;
  }
  for (const o of detectFile(kind, file, text, context)) assert.ok(o.origin.kind === 'file' && o.origin.range.start >= 0 && o.reason.length > 0);
}

describe('every reader of files', () => {
  const runs = Number(process.env['FUZZ'] ?? 400);

  it(`answers for random text, ${runs} times each over ${FILES.length} names`, () => {
    for (const file of FILES) fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => judge(file, text)), { numRuns: Math.ceil(runs / 8) });
  }).timeout(60_000);

  it('answers for real files cut off, cut up and mixed', () => {
    const mutated = fc.tuple(fc.constantFrom(...SEEDS), fc.constantFrom(...SEEDS), fc.nat(), fc.nat(), fc.string({ maxLength: 5 }), fc.nat({ max: 4 })).map(([a, b, i, j, junk, way]) => {
      const at = i % (a.text.length + 1);
      const other = j % (b.text.length + 1);
      const text = way === 0 ? a.text.slice(0, at) : way === 1 ? a.text.slice(0, at) + junk + a.text.slice(at) : way === 2 ? a.text.slice(0, at) + b.text.slice(other) : way === 3 ? a.text.slice(at) : a.text.slice(0, at) + a.text.slice(Math.min(a.text.length, at + 3));
      return { file: a.file, text };
    });
    fc.assert(fc.property(mutated, ({ file, text }) => judge(file, text)), { numRuns: runs * 5 });
  }).timeout(60_000);

  it('answers for deep nesting, long lines and aliases that multiply', () => {
    const deep = (open: string, close: string, n: number): string => open.repeat(n) + close.repeat(n);
    const hostile = [
      deep('(', ')', 20_000), deep('[', ']', 20_000), deep('{', '}', 20_000), deep('{"a":[', ']}', 8000), deep('$(', ')', 5000), deep('"${', '}"', 5000), `x: ${deep('[', ']', 5000)}`,
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'.split('').map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefghij'[i]}`).join(',')}]`).join('\n')}\njobs: {a: {steps: [{run: *j}]}}\n`,
      Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}- a:`).join('\n').slice(0, 2_000_000), `resource "a" "b" ${deep('{ x ', '}', 5000)}`, '\u0000'.repeat(1000), '\ud800'.repeat(1000), `<<EOF\n${'x'.repeat(100_000)}`, '`'.repeat(20_000), "'".repeat(20_001), '"'.repeat(20_001), '\\'.repeat(20_000),
    ];
    for (const file of FILES) hostile.forEach((text, i) => {
      try {
        judge(file, text);
      } catch (error) {
        throw new Error(`${file}, hostile text ${i}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, { cause: error });
      }
    });
  }).timeout(60_000);

  it('answers for a line of ten million characters', () => {
    const long = `x = "${'terraform destroy '.repeat(560_000)}"`;
    for (const file of FILES) judge(file, long);
    assert.ok(sqlStatements(`select ${'a,'.repeat(500_000)} 1; drop table x`).some((s) => s.mutation === 'destructive'));
  }).timeout(60_000);
});
