import assert from 'node:assert/strict';
import { recordedCases, scoreRecorded, whatHappened } from '../../bench/cfn-accuracy';
import { fromChangeSetRows } from '../../src/detect/templates/cloudformation';

describe('recorded change sets', () => {
  const scores = scoreRecorded();

  it('are predicted offline exactly right in at least nine of ten cases', () => {
    const wrong = scores.filter((score) => !score.offline).map((score) => score.name);
    assert.ok(scores.length >= 44);
    assert.ok(wrong.length <= scores.length * 0.1, `not exactly right: ${wrong.join(', ')}`);
  });

  it('name every resource that really changed when the rows are the source', () => {
    assert.deepEqual(scores.filter((score) => !score.rowsNameAll).map((score) => score.name), []);
    assert.deepEqual(scores.filter((score) => !score.rows).map((score) => score.name), []);
    assert.ok(scores.reduce((sum, score) => sum + score.truth.size, 0) >= 45);
  });

  it('lack rows in the view with property values, which joining gets back', () => {
    const short = recordedCases().filter((one) => one.describeChangeSetWithPropertyValues.length < one.describeChangeSet.length);
    assert.ok(short.length >= 4);
    for (const one of short) {
      const valuesOnly = new Set(fromChangeSetRows([], one.describeChangeSetWithPropertyValues).map((row) => row.logicalId));
      const missed = [...whatHappened(one).keys()].filter((id) => !valuesOnly.has(id));
      const joined = new Set(fromChangeSetRows(one.describeChangeSet, one.describeChangeSetWithPropertyValues).map((row) => row.logicalId));
      assert.ok(missed.length > 0 && missed.every((id) => joined.has(id)), one.name);
    }
  });
});
