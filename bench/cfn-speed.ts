// How long an offline prediction takes, reading both templates included, and what the fast reader of YAML is worth at a keystroke.
import path from 'node:path';

import { marks, predict, readTemplate } from '../src/detect/templates/cloudformation';
import { asObject, type PlainObject } from '../src/detect/templates/cloudformation/value';
import { readAnyYaml } from '../src/detect/templates/cloudformation/yaml-text';
import { createJudgeThread } from '../src/editor/judge-apart';
import { growingTemplate, referenceChain } from '../test/support/growing-templates';

function middle(taken: number[]): string {
  const sorted = [...taken].sort((a, b) => a - b);
  return `${(sorted[sorted.length >> 1] ?? 0).toFixed(1)} ms`;
}

function median(run: () => unknown, times: number): string {
  return middle(
    Array.from({ length: times }, () => {
      const started = performance.now();
      run();
      return performance.now() - started;
    }),
  );
}

/** Reads as if the library were the only reader. */
function readWhole(text: string): ReturnType<typeof readTemplate> {
  const read = readAnyYaml(text);
  if ('problem' in read) return read;
  return { ok: true, format: 'yaml', text, template: asObject(read.data as PlainObject) ?? {}, warnings: read.warnings, find: read.find };
}

/** What the editor waits for: a text of the thread that stays, its start left out. */
async function apart(before: string, after: string): Promise<string> {
  const thread = createJudgeThread(path.resolve('dist/judge-worker.js'));
  const taken: number[] = [];
  for (let i = 0; i < 6; i++) {
    const started = performance.now();
    await thread.judge({ kind: 'cloudformation', path: '/w/template.yaml', head: before, text: after });
    if (i > 0) taken.push(performance.now() - started);
  }
  thread.end();
  return middle(taken);
}

async function print(): Promise<void> {
  const rowOf = (count: number) => [`${count} resources`, growingTemplate(count, 'a'), growingTemplate(count, 'b')] as const;
  const rows = [10, 100, 500, 1000, 5000].map(rowOf);
  console.log('Offline prediction, both templates read from YAML (median; the first run reads the tables too):');
  const chain = ['a chain 500 deep', referenceChain(500, 'a'), referenceChain(500, 'b')] as const;
  for (const [name, before, after] of [...rows, chain]) {
    const predicted = median(() => predict({ template: before }, { template: after }), 5);
    console.log(`  ${name.padEnd(18)} ${predicted.padStart(10)}   marks ${median(() => marks(before, after), 3).padStart(10)}`);
  }
  console.log('Marks of an edit that replaces a tenth, and of one that loses nothing; with the fast reader of YAML, with the library:');
  const steps = { read: readWhole, compare: predict };
  for (const [name, before, after] of rows.slice(0, 4)) {
    const harmless = `${before}# a word more\n`;
    const times = (one: string): string =>
      `${median(() => marks(before, one), 5).padStart(10)} ${median(() => marks(before, one, {}, steps), 5).padStart(10)}`;
    const thread = (await apart(before, after)).padStart(10);
    console.log(`  ${name.padEnd(18)} ${times(after)}   ${times(harmless)}   through the thread ${thread}`);
  }
}

if (require.main === module) void print();
