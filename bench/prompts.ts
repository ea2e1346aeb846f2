/** Questions per hundred ordinary commands: a guard that asks too often is switched off. Over the harmless lines of the corpora. */
import { readFileSync } from 'node:fs';

import { detectCommand } from '../src/detect/detect';
import { holds, type Actor, type Operation } from '../src/model';
import { decide } from '../src/rules/decide';

const read = <T>(file: string): T[] => readFileSync(file, 'utf8').trim().split('\n').map((l) => JSON.parse(l) as T);
const corpora: Readonly<Record<string, readonly string[]>> = {
  tools: read<{ cmd: string; expect: string }>('test/corpora/tools.jsonl').filter((l) => l.expect === 'harmless').map((l) => l.cmd),
  'aws-cli': read<{ cmd: string; destructive: boolean }>('test/corpora/aws-cli.jsonl').filter((l) => !l.destructive).map((l) => l.cmd),
  lookalikes: read<{ cmd: string }>('test/corpora/shell-lookalikes.jsonl').map((l) => l.cmd),
};

const actors: Readonly<Record<string, Actor>> = {
  person: { kind: 'human', name: 'somebody', evidence: [], confidence: 'likely' },
  agent: { kind: 'agent', name: 'an agent', evidence: [], confidence: 'certain' },
};

/** As if each command went to this place: most lines name none. */
const at = (operations: readonly Operation[], place: string): Operation[] => operations.map((o) => ({ ...o, context: { ...o.context, profile: `payments-${place}` } }));

console.log(`${'corpus'.padEnd(14)}${'commands'.padStart(9)}  questions / warnings per hundred, by who asks and where`);
const columns = Object.keys(actors).flatMap((who) => ['staging', 'prod'].map((place) => [who, place] as const));
console.log(`${''.padEnd(23)}${columns.map(([who, place]) => `${who}, ${place}`.padStart(18)).join('')}`);
const asked: string[] = [];
for (const [name, lines] of [...Object.entries(corpora), ['all', Object.values(corpora).flat()] as const]) {
  const found = lines.map((cmd) => detectCommand(cmd, { home: '/home/me', cwd: '/home/me/work' }));
  const cells = columns.map(([who, place]) => {
    const actor = actors[who];
    if (!actor) return '';
    const verdicts = found.map((operations) => decide({ operations: at(operations, place), actor, layers: [] }).verdict.kind);
    if (name === 'all') verdicts.forEach((v, i) => (holds(v) ? asked.push(`${who}, ${place}: ${lines[i]}`) : undefined));
    const share = (count: number): string => ((100 * count) / Math.max(1, lines.length)).toFixed(1);
    return `${share(verdicts.filter(holds).length)} / ${share(verdicts.filter((v) => v === 'warn').length)}`;
  });
  console.log(`${name.padEnd(14)}${String(lines.length).padStart(9)}${cells.map((c) => c.padStart(18)).join('')}`);
}
if (process.env['SHOW'] === '1') console.log(asked.join('\n'));
