import assert from 'node:assert/strict';
import { growingTemplate, referenceChain } from '../support/growing-templates';
import { predict } from '../../src/detect/templates/cloudformation';

describe('a large prediction', () => {
  it('of a chain 500 deep sees every link of it', () => {
    const result = predict({ template: referenceChain(500, 'a') }, { template: referenceChain(500, 'b') });
    assert.equal(result.resources.length, 500);
  });

  it('of 5,000 resources comes to its end', () => {
    const [before, after] = [growingTemplate(5000, 'a'), growingTemplate(5000, 'b')];
    assert.ok(predict({ template: before }, { template: after }).resources.length > 0);
    assert.deepEqual(predict({ template: before }, { template: before }).resources, []);
  });
});
