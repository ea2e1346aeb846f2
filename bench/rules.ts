// What a decision costs with a large rules file in force: it is on every guarded command's way.
import type { Operation } from '../src/model';
import { decide } from '../src/rules/decide';
import { createRules } from '../src/rules/load';

const RUNS = 2000;
const RULES = 200;
const LIMIT_MS = 1;

function print(): void {
  const text = JSON.stringify({
    version: 1,
    environments: Array.from({ length: 20 }, (_, i) => ({ name: `e${i}`, tier: 'production', match: { account: `1${i}*`, stack: `*-${i}-*` } })),
    rules: Array.from({ length: RULES }, (_, i) => ({ id: `r${i}`, when: { tier: 'production', operation: `rds:*${i}`, target: `*-${i}` }, verdict: 'approve', reason: 'Ask the team.' })),
  });
  const rules = createRules({ own: () => undefined });
  const team = ['team rules at HEAD', 'team rules'].map((source) => ({ key: '/w', source, text }));
  const operation: Operation = {
    operation: 'cloudformation:DeleteStack', tool: 'aws', mutation: 'destructive', effects: ['data-loss'], reversibility: { kind: 'irreversible' },
    targets: [{ type: 'AWS::CloudFormation::Stack', name: 'payments-prod-7', known: true }], context: { region: 'eu-west-1' }, reason: 'Deletes the stack.',
    unknowns: [], guardsOff: [], origin: { kind: 'argv', argv: ['aws'], cwd: '/' },
  };
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const start = performance.now();
    const { layers } = rules.current(team);
    decide({ operations: [operation], actor: { kind: 'agent', name: 'an agent', evidence: [], confidence: 'certain' }, layers });
    times.push(performance.now() - start);
  }
  const first = times[0] ?? 0;
  times.sort((a, b) => a - b);
  console.log(`decision with ${RULES} rules in two layers: median ${times[RUNS >> 1]?.toFixed(3)} ms, the first, which reads them, ${first.toFixed(1)} ms (aim: median under ${LIMIT_MS} ms)`);
}

if (require.main === module) print();
