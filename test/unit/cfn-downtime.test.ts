import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fromChangeSetRows, predict, predictDelete } from '../../src/detect/templates/cloudformation';
import { resourceType } from '../../src/detect/templates/cloudformation/resource-types';

const one = (Type: string, Properties: object = {}, rest: object = {}): object => ({ Resources: { R: { Type, Properties, ...rest } } });
const after = (before: object | null, now: object): ReturnType<typeof predict>['resources'][number]['downtime'] => predict({ template: before }, { template: now }).resources[0]?.downtime;

describe('the downtime of a predicted change', () => {
  it('says that a replacement is made before the old one goes', () => {
    assert.deepEqual(after(one('AWS::EC2::Subnet', { CidrBlock: '10.0.0.0/24' }), one('AWS::EC2::Subnet', { CidrBlock: '10.0.1.0/24' })), { interrupted: 'may', order: 'create-first' });
  });

  it('says what a change in place interrupts, and nothing where no source does', () => {
    assert.equal(after(one('AWS::AmazonMQ::Broker', { EngineVersion: '5.17' }), one('AWS::AmazonMQ::Broker', { EngineVersion: '5.18' }))?.interrupted, 'yes');
    assert.equal(after(one('AWS::RDS::DBInstance', { DBInstanceClass: 'a' }), one('AWS::RDS::DBInstance', { DBInstanceClass: 'b' }))?.interrupted, 'may');
    assert.equal(after(one('AWS::SQS::Queue', { DelaySeconds: 1 }), one('AWS::SQS::Queue', { DelaySeconds: 2 })), undefined);
  });

  it('says that what is deleted is out of service, and what is retained is not', () => {
    assert.deepEqual(predictDelete(one('AWS::SQS::Queue')).resources[0]?.downtime, { interrupted: 'yes' });
    assert.deepEqual(predictDelete(one('AWS::SQS::Queue', {}, { DeletionPolicy: 'Retain' })).resources[0]?.downtime, { interrupted: 'no' });
    assert.deepEqual(predictDelete(one('Custom::Thing')).resources[0]?.downtime, { interrupted: 'unknown' });
  });

  it('names what is known to take long with its page and without a number', () => {
    const long = after(null, one('AWS::EKS::Cluster'))?.long ?? '';
    assert.match(long, /^making one is known to take long \(https:\/\/docs\.aws\.amazon\.com\/eks\//);
    assert.equal(after(null, one('AWS::SQS::Queue')), undefined);
  });

  it('reads the same from the rows of a change set', () => {
    const row = (Replacement: string, Name: string, ResourceType: string): object => ({ Type: 'Resource', ResourceChange: { Action: 'Modify', LogicalResourceId: 'R', ResourceType, Replacement, Details: [{ Target: { Name, RequiresRecreation: Replacement === 'True' ? 'Always' : 'Never' } }] } });
    assert.equal(fromChangeSetRows([row('False', 'InstanceType', 'AWS::EC2::Instance')], [])[0]?.downtime?.interrupted, 'yes');
    assert.equal(fromChangeSetRows([row('True', 'CidrBlock', 'AWS::EC2::Subnet')], [])[0]?.downtime?.order, 'create-first');
  });

  it('warns that a resource with a fixed name can not be replaced under that name', () => {
    const group = (description: string, name: string): object => one('AWS::EC2::SecurityGroup', { GroupName: name, GroupDescription: description });
    assert.match(predict({ template: group('a', 'web') }, { template: group('b', 'web') }).warnings[0] ?? '', /R has a name of its own that stays the same; .* so the update fails/);
    assert.deepEqual(predict({ template: group('a', 'web') }, { template: group('b', 'web-2') }).warnings, []);
  });

  it('has tables in which every type is known', () => {
    const read = <T>(file: string): T => JSON.parse(readFileSync(path.resolve('knowledge', file), 'utf8')) as T;
    for (const [type, { source }] of Object.entries(read<{ types: Record<string, { source: string }> }>('cfn-slow-types.json').types)) {
      assert.ok(resourceType(type).known, type);
      assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\//);
    }
    for (const [type, name] of Object.entries(read<{ types: Record<string, string> }>('cfn-custom-names.json').types)) {
      assert.equal(resourceType(type).replacement([name]), 'yes', `${type}: a name that can be changed in place is no such name`);
    }
  });
});
