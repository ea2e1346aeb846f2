import assert from 'node:assert/strict';
import { growingTemplate, referenceChain } from '../../bench/cfn-speed';
import { predict } from '../../src/detect/templates/cloudformation';

/** The fastest of three runs in milliseconds: other work on the machine must not decide. */
function fastest(run: () => unknown): number {
  return Math.min(...[1, 2, 3].map(() => {
    const started = performance.now();
    run();
    return performance.now() - started;
  }));
}

describe('the time of a prediction', () => {
  it('of a chain 500 deep is short, and every link of it is seen', () => {
    const [before, after] = [referenceChain(500, 'a'), referenceChain(500, 'b')];
    const result = predict({ template: before }, { template: after });
    assert.equal(result.resources.length, 500);
    assert.ok(fastest(() => predict({ template: before }, { template: after })) < 300);
  });

  it('of 500 resources is short, and grows about with the number of resources', () => {
    const time = (count: number): number => {
      const [before, after] = [growingTemplate(count, 'a'), growingTemplate(count, 'b')];
      return fastest(() => predict({ template: before }, { template: after }));
    };
    const [small, large] = [time(500), time(5000)];
    assert.ok(small < 300, `${small} ms`);
    assert.ok(large < Math.max(30, small) * 30, `${small} ms for 500, ${large} ms for 5,000`);
  });
});
