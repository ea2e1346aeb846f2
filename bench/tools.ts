/** How right detection is, tool by tool: a confusion matrix over the corpora, and the cost of one command. */
import { readFileSync } from 'node:fs';

import { detectCommand } from '../src/detect/detect';

interface Line {
  readonly tool: string;
  readonly cmd: string;
  readonly expect: 'destructive' | 'harmless';
}

const lines = ['test/corpora/tools.jsonl'].flatMap((file) => readFileSync(file, 'utf8').trim().split('\n').map((l) => JSON.parse(l) as Line));
const held = (cmd: string): boolean => detectCommand(cmd, { home: '/home/me', cwd: '/home/me/work' }).some((o) => o.mutation === 'destructive' || o.mutation === 'unknown' || o.previewDecides === true || (o.mutation !== 'none' && o.effects.some((e) => e !== 'cost')));

const rows = new Map<string, { hit: number; miss: number; quiet: number; alarm: number }>();
for (const line of lines) {
  const row = rows.get(line.tool) ?? { hit: 0, miss: 0, quiet: 0, alarm: 0 };
  rows.set(line.tool, row);
  const is = held(line.cmd);
  if (line.expect === 'destructive') row[is ? 'hit' : 'miss']++;
  else row[is ? 'alarm' : 'quiet']++;
}
const show = (name: string, r: { hit: number; miss: number; quiet: number; alarm: number }): void => console.log(`${name.padEnd(20)}${[r.hit, r.miss, r.quiet, r.alarm].map((n) => String(n).padStart(9)).join('')}`);
console.log('The corpora were written beside the tables: they show what is covered, not how commands of others would fare.');
console.log(`${'tool'.padEnd(20)}${['held', 'missed', 'let go', 'alarm'].map((c) => c.padStart(9)).join('')}`);
const sum = { hit: 0, miss: 0, quiet: 0, alarm: 0 };
for (const [tool, row] of rows) {
  show(tool, row);
  for (const key of ['hit', 'miss', 'quiet', 'alarm'] as const) sum[key] += row[key];
}
show('all', sum);
console.log(`${((100 * sum.hit) / (sum.hit + sum.miss)).toFixed(1)} % of what destroys is held, ${((100 * sum.alarm) / (sum.alarm + sum.quiet)).toFixed(2)} % of what is harmless`);

// Warm, one command at a time, over all of them.
for (let round = 0; round < 3; round++) for (const line of lines) held(line.cmd);
const times = Array.from({ length: 5 }, () => lines.map((line) => {
  const start = performance.now();
  held(line.cmd);
  return performance.now() - start;
})).flat().sort((a, b) => a - b);
console.log(`one command, warm: median ${(times[times.length >> 1] ?? 0).toFixed(3)} ms, 99 of 100 under ${(times[Math.floor(times.length * 0.99)] ?? 0).toFixed(3)} ms (${lines.length} commands, 5 rounds)`);
