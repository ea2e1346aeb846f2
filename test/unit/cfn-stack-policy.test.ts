import assert from 'node:assert/strict';
import { policyAnswer, policyWarnings } from '../../src/preview/cloudformation/stack-policy';
import { aResource } from '../support/operations';

const ALLOW_ALL = { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' };
const policy = (...Statement: object[]): string => JSON.stringify({ Statement });
const says = (text: string, update: 'Modify' | 'Replace' | 'Delete', logicalId = 'Db', type = 'AWS::RDS::DBInstance'): string => policyAnswer(text, { logicalId, type, update });

describe('a stack policy', () => {
  it('denies what no statement allows, and a Deny beats an Allow', () => {
    const keepsDb = policy(ALLOW_ALL, { Effect: 'Deny', Action: ['Update:Replace', 'Update:Delete'], Principal: '*', Resource: 'LogicalResourceId/Db' });
    assert.deepEqual((['Modify', 'Replace', 'Delete'] as const).map((update) => says(keepsDb, update)), ['allowed', 'denied', 'denied']);
    assert.equal(says(keepsDb, 'Delete', 'Queue'), 'allowed');
    assert.equal(says(policy({ ...ALLOW_ALL, Resource: 'LogicalResourceId/Other' }), 'Modify'), 'denied');
  });

  it('takes wildcards, NotAction, NotResource and the condition on types', () => {
    assert.equal(says(policy(ALLOW_ALL, { Effect: 'Deny', Action: 'Update:*', Resource: 'LogicalResourceId/D*' }), 'Modify'), 'denied');
    assert.equal(says(policy({ Effect: 'Allow', NotAction: 'Update:Delete', Resource: '*' }), 'Delete'), 'denied');
    assert.equal(says(policy(ALLOW_ALL, { Effect: 'Deny', Action: 'Update:*', NotResource: 'LogicalResourceId/Db' }), 'Modify'), 'allowed');
    const databases = policy(ALLOW_ALL, { Effect: 'Deny', Action: 'Update:*', Resource: '*', Condition: { StringLike: { ResourceType: ['AWS::RDS::*'] } } });
    assert.equal(says(databases, 'Modify'), 'denied');
    assert.equal(says(databases, 'Modify', 'Q', 'AWS::SQS::Queue'), 'allowed');
  });

  it('is unknown, never allowed, where a part is not understood', () => {
    assert.equal(says('not JSON', 'Modify'), 'unknown');
    assert.equal(says(policy(ALLOW_ALL, { Effect: 'Deny', Action: 'Update:*', Resource: '*', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }), 'Modify'), 'unknown');
    assert.equal(says(policy({ ...ALLOW_ALL, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }), 'Modify'), 'unknown');
  });

  it('names each resource whose change it refuses, not those of nested stacks', () => {
    const text = policy(ALLOW_ALL, { Effect: 'Deny', Action: ['Update:Replace', 'Update:Delete'], Resource: '*' });
    const warnings = policyWarnings(text, [
      aResource({ id: 'Gone', logicalId: 'Gone', action: 'remove' }), aResource({ id: 'Maybe', logicalId: 'Maybe', replacement: 'may' }),
      aResource({ id: 'Fine', logicalId: 'Fine' }), aResource({ id: 'New', logicalId: 'New', action: 'add' }), aResource({ id: 'Nested/Db', logicalId: 'Db', action: 'remove' }),
    ]);
    assert.deepEqual(warnings.map((text) => text.replace(/ \(".*$/, '')), [
      'The stack policy denies Update:Delete of Gone: CloudFormation refuses the update',
      'The stack policy denies Update:Replace of Maybe: CloudFormation refuses the update if it comes to that',
    ]);
  });
});
