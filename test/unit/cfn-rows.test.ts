import assert from 'node:assert/strict';
import { fromChangeSetRows, type ChangeSetRow } from '../../src/detect/templates/cloudformation';

const row = (change: ChangeSetRow['ResourceChange']): ChangeSetRow => ({ Type: 'Resource', ResourceChange: { LogicalResourceId: 'R', ResourceType: 'AWS::DynamoDB::Table', ...change } });
const detail = (Name: string, RequiresRecreation: string, AfterValue?: string): object => ({ Evaluation: 'Static', Target: { Attribute: 'Properties', Name, RequiresRecreation, AfterValue } });
const one = (plain: ChangeSetRow[], values: ChangeSetRow[] = [], templates = {}): string => {
  const [first] = fromChangeSetRows(plain, values, templates);
  return `${first?.action} ${first?.replacement} ${first?.data} ${first?.outcome}`;
};
const OPEN = '{{changeSet:KNOWN_AFTER_APPLY}}';

describe('rows of a change set', () => {
  it('with Action Add are additions, whatever Replacement says', () => {
    assert.equal(one([row({ Action: 'Add' })], [row({ Action: 'Add', Replacement: 'True' })]), 'add no none added');
  });

  it('join both views: a row that one of them lacks is there', () => {
    const rows = fromChangeSetRows([row({ LogicalResourceId: 'A', Action: 'Modify', Replacement: 'False' })], [row({ LogicalResourceId: 'B', Action: 'Remove', PolicyAction: 'Delete' })]);
    assert.deepEqual(rows.map((r) => r.logicalId), ['A', 'B']);
  });

  it('with a value known only afterwards say may, also where a view says True', () => {
    const forced = [detail('TableName', 'Always', OPEN)];
    const plain = row({ Action: 'Modify', Replacement: 'True', Details: [detail('TableName', 'Always')] });
    assert.equal(one([plain], [row({ Action: 'Modify', Replacement: 'True', Details: forced })]), 'modify may lost replaced');
    const also = [...forced, detail('KeySchema', 'Always', '[]')];
    assert.equal(one([plain], [row({ Action: 'Modify', Replacement: 'True', Details: also })]), 'modify yes lost replaced');
    assert.equal(one([row({ Action: 'Modify', Replacement: 'Conditional' })]), 'modify may lost replaced');
  });

  it('trust the PolicyAction', () => {
    assert.equal(one([row({ Action: 'Remove', PolicyAction: 'Retain' })]), 'remove no orphaned retained');
    assert.equal(one([row({ Action: 'Remove', PolicyAction: 'Snapshot', ResourceType: 'AWS::RDS::DBInstance' })]), 'remove no snapshotted snapshotted');
    assert.equal(one([row({ Action: 'Modify', Replacement: 'True', PolicyAction: 'ReplaceAndRetain' })]), 'modify yes orphaned replaced');
    assert.equal(one([row({ Action: 'Modify', Replacement: 'True', PolicyAction: 'ReplaceAndDelete' })]), 'modify yes lost replaced');
  });

  it('without a PolicyAction take the deployed DeletionPolicy for a removal and the new UpdateReplacePolicy for a replacement', () => {
    const template = (rest: object): object => ({ Resources: { R: { Type: 'AWS::DynamoDB::Table', ...rest } } });
    const before = { template: template({ DeletionPolicy: 'Retain' }) };
    assert.equal(one([row({ Action: 'Remove' })], [], { before }), 'remove no orphaned retained');
    assert.equal(one([row({ Action: 'Modify', Replacement: 'True' })], [], { before, after: { template: template({ UpdateReplacePolicy: 'Retain' }) } }), 'modify yes orphaned replaced');
  });

  it('tell imports, undecided actions and mere bookkeeping apart', () => {
    assert.equal(one([row({ Action: 'Import' })]), 'import no kept added');
    assert.equal(one([row({ Action: 'Dynamic' })]), 'unknown may unknown unknown');
    assert.equal(one([row({ Action: 'SyncWithActual' })]), 'none no kept unchanged');
    assert.equal(one([row({ Action: 'Whatever' })]), 'unknown may unknown unknown');
  });

  it('leave the effect of a custom resource unknown', () => {
    assert.equal(one([row({ Action: 'Modify', Replacement: 'False', ResourceType: 'Custom::Thing' })]), 'modify no unknown unknown');
  });

  it('never repeat a value', () => {
    const rows = fromChangeSetRows([], [row({ Action: 'Modify', Replacement: 'False', Details: [detail('Password', 'Never', 'hunter2')] })]);
    assert.ok(!JSON.stringify(rows).includes('hunter2'));
  });
});
