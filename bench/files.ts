/** How long it takes to judge 1,000 mixed files, as `holdpoint check` does it without reading them. */
import { readFileSync } from 'node:fs';

import { detectFile, marksOf } from '../src/detect/file';
import { fileKind, isCompared } from '../src/detect/file-kind';

interface Sample {
  readonly file: string;
  readonly text?: string;
  readonly head?: string | null;
  readonly now?: string | null;
}

const samples = ['programs', 'runner-files', 'powershell', 'edits'].flatMap((name) => readFileSync(`test/corpora/${name}.jsonl`, 'utf8').trim().split('\n').map((l) => JSON.parse(l) as Sample));
/** Each file is as long as an ordinary one: its sample among text of the same kind that does nothing. */
const filler: Readonly<Record<string, string>> = { py: 'def f(a, b):\n    return [x for x in range(a) if x != b]  # nothing\n\n', ts: 'export function f(a: number, b: string[]): number {\n  return b.length + a; // nothing\n}\n\n', go: 'func f(a int) int {\n\treturn a + 1\n}\n\n', tf: 'variable "v" {\n  default = "x"\n}\n\n', sh: 'echo "nothing"\n' };
const files = Array.from({ length: 1000 }, (_, i) => {
  const sample = samples[i % samples.length] as Sample;
  const text = sample.text ?? sample.now ?? '';
  const pad = filler[sample.file.split('.').at(-1) ?? ''] ?? '';
  return { file: sample.file, head: sample.head ?? undefined, text: `${pad.repeat(pad === '' ? 0 : Math.ceil(3000 / pad.length))}${text}` };
});
const context = { home: '/home/me', cwd: '/home/me/work', readFile: () => undefined };
const once = (): number => {
  const start = performance.now();
  for (const { file, head, text } of files) {
    const kind = fileKind(file, text);
    if (kind === undefined) continue;
    if (isCompared(kind)) marksOf(kind, head, text, { path: file, context });
    else detectFile(kind, file, text, context);
  }
  return performance.now() - start;
};
const cold = once();
const warm = Array.from({ length: 5 }, once).sort((a, b) => a - b);
const bytes = files.reduce((sum, f) => sum + f.text.length, 0);
console.log(`1,000 mixed files (${(bytes / 1024 / 1024).toFixed(1)} MB, ${new Set(files.map((f) => f.file)).size} kinds of name): cold ${cold.toFixed(0)} ms, warm median ${(warm[2] ?? 0).toFixed(0)} ms (aim: under 2,000 ms)`);
console.log(`memory afterwards: ${(process.memoryUsage().heapUsed / 1024 / 1024).toFixed(0)} MB of heap`);
