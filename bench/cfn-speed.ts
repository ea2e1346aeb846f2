// How long an offline prediction takes, reading both templates included.
import { marks, predict } from '../src/detect/templates/cloudformation';
import { growingTemplate, referenceChain } from '../test/support/growing-templates';

function median(run: () => unknown, times: number): string {
  const taken = Array.from({ length: times }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  }).sort((a, b) => a - b);
  return `${(taken[times >> 1] ?? 0).toFixed(1)} ms`;
}

function print(): void {
  const rows = [10, 100, 500, 1000, 5000].map((count) => [`${count} resources`, growingTemplate(count, 'a'), growingTemplate(count, 'b')] as const);
  console.log('Offline prediction, both templates read from YAML (median; the first run reads the tables too):');
  for (const [name, before, after] of [...rows, ['a chain 500 deep', referenceChain(500, 'a'), referenceChain(500, 'b')] as const]) {
    console.log(`  ${name.padEnd(18)} ${median(() => predict({ template: before }, { template: after }), 5).padStart(10)}   marks ${median(() => marks(before, after), 3).padStart(10)}`);
  }
}

if (require.main === module) print();
