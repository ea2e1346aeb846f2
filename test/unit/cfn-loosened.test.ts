import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { fromChangeSetRows, marks, predict, type ChangeSetRow } from '../../src/detect/templates/cloudformation';
import { resourceType } from '../../src/detect/templates/cloudformation/resource-types';
import type { AffectedResource, Effect } from '../../src/model';
import { blastRadius } from '../../src/preview/radius';
import { effectsOf } from '../../src/rules/risk';
import { operation as make } from '../support/gate';

type Props = Readonly<Record<string, unknown>>;
const template = (Type: string, Properties: Props, rest: Props = {}): object => ({ Resources: { R: { Type, Properties, ...rest } } });
const statement = (Principal: unknown, more: Props = {}): object => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Principal, ...more }] });
const locked = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const expires = (days: number, more: Props = {}): Props => ({ LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: days, ...more }] } });

/** A type, its properties before and after, and what the way there does; the way back does nothing. */
const CASES: readonly (readonly [type: string, before: Props, after: Props, effect: Effect])[] = [
  ['AWS::DynamoDB::Table', { DeletionProtectionEnabled: true }, { DeletionProtectionEnabled: false }, 'guard-removal'],
  ['AWS::DynamoDB::Table', { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }, {}, 'guard-removal'],
  ['AWS::DynamoDB::Table', {}, { TimeToLiveSpecification: { AttributeName: 'at', Enabled: true } }, 'data-loss'],
  ['AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } }, { VersioningConfiguration: { Status: 'Suspended' } }, 'guard-removal'],
  ['AWS::S3::Bucket', {}, expires(1), 'data-loss'],
  ['AWS::S3::Bucket', expires(90), expires(1), 'data-loss'],
  ['AWS::S3::Bucket', expires(1, { Prefix: 'tmp/' }), expires(1), 'data-loss'],
  ['AWS::S3::Bucket', { PublicAccessBlockConfiguration: locked }, {}, 'exposure'],
  ['AWS::S3::Bucket', { PublicAccessBlockConfiguration: locked }, { PublicAccessBlockConfiguration: { ...locked, BlockPublicPolicy: false } }, 'exposure'],
  ['AWS::S3::BucketPolicy', { Bucket: 'b', PolicyDocument: statement({ AWS: 'arn:aws:iam::123456789012:root' }) }, { Bucket: 'b', PolicyDocument: statement('*') }, 'exposure'],
  ['AWS::RDS::DBInstance', { BackupRetentionPeriod: 7 }, { BackupRetentionPeriod: 0 }, 'guard-removal'],
  ['AWS::RDS::DBInstance', { BackupRetentionPeriod: 30 }, { BackupRetentionPeriod: 1 }, 'guard-removal'],
  ['AWS::RDS::DBInstance', { DeletionProtection: true }, {}, 'guard-removal'],
  ['AWS::EC2::SecurityGroup', { GroupDescription: 'x', SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '10.0.0.0/8' }] }, { GroupDescription: 'x', SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' }] }, 'exposure'],
  ['AWS::ECS::Service', { DesiredCount: 3 }, { DesiredCount: 0 }, 'outage'],
  ['AWS::CloudTrail::Trail', { S3BucketName: 'b', IsLogging: true }, { S3BucketName: 'b', IsLogging: false }, 'guard-removal'],
  ['AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)' }, { ScheduleExpression: 'rate(1 day)', State: 'DISABLED' }, 'outage'],
  ['AWS::Logs::LogGroup', { RetentionInDays: 365 }, { RetentionInDays: 1 }, 'data-loss'],
  ['AWS::Logs::LogGroup', {}, { RetentionInDays: 30 }, 'data-loss'],
  ['AWS::AutoScaling::AutoScalingGroup', { MaxSize: '3', MinSize: '1' }, { MaxSize: '0', MinSize: '0' }, 'outage'],
  ['AWS::KMS::Key', { KeyPolicy: statement({ AWS: 'arn:aws:iam::123456789012:root' }), Enabled: true }, { KeyPolicy: statement({ AWS: 'arn:aws:iam::123456789012:root' }), Enabled: false }, 'outage'],
];

/** What the rules see of a stack update that was previewed so. */
function seen(resources: readonly AffectedResource[]): readonly Effect[] {
  const update = { ...make(['aws', 'cloudformation', 'update-stack'], 'modifying'), effects: ['unknown'] as const, previewDecides: true };
  return effectsOf(update, blastRadius({ source: 'change-set', sourceDetail: '', context: {}, resources, dependencies: [], unknowns: [], warnings: [] }));
}
const modify = (type: string, more: Props = {}): ChangeSetRow => ({ Type: 'Resource', ResourceChange: { Action: 'Modify', Replacement: 'False', LogicalResourceId: 'R', ResourceType: type, ...more } });
const context = (Properties: Props): string => JSON.stringify({ Properties });

describe('an update in place that takes off, opens, stops or lets expire', () => {
  for (const [type, before, after, effect] of CASES) {
    const what = `${type} ${JSON.stringify(before)} to ${JSON.stringify(after)}`.slice(0, 150);
    it(`is ${effect}, foretold from the templates: ${what}`, () => {
      const told = predict({ template: template(type, before) }, { template: template(type, after) }).resources;
      assert.ok(seen(told).includes(effect), JSON.stringify(told));
      assert.ok(told[0]?.because.some((sentence) => /\(.+\)\.$/.test(sentence)), 'with its source');
      assert.ok(!seen(predict({ template: template(type, after) }, { template: template(type, before) }).resources).includes(effect), 'the way back');
    });
    it(`is ${effect} in a change set with the templates, with values alone, and in the editor: ${what}`, () => {
      const templates = { before: { template: template(type, before) }, after: { template: template(type, after) } };
      assert.ok(seen(fromChangeSetRows([modify(type)], [], templates)).includes(effect));
      assert.ok(seen(fromChangeSetRows([modify(type)], [modify(type, { BeforeContext: context(before), AfterContext: context(after) })])).includes(effect));
      const found = marks(JSON.stringify(template(type, before)), JSON.stringify(template(type, after)));
      assert.ok(found.some((mark) => mark.effects.includes(effect)), JSON.stringify(found));
    });
  }

  it('is possible where a change set names a guard and tells no values', () => {
    const row = modify('AWS::DynamoDB::Table', { Details: [{ Target: { Attribute: 'Properties', Name: 'DeletionProtectionEnabled', RequiresRecreation: 'Never' } }] });
    assert.deepEqual(seen(fromChangeSetRows([row], [])), ['guard-removal']);
    assert.deepEqual(seen(fromChangeSetRows([modify('AWS::DynamoDB::Table', { Details: [{ Target: { Attribute: 'Properties', Name: 'Tags', RequiresRecreation: 'Never' } }] })], [])), []);
  });

  it('is possible where the value comes from a parameter that is not known', () => {
    const now = { ...template('AWS::DynamoDB::Table', { DeletionProtectionEnabled: { Ref: 'On' } }), Parameters: { On: { Type: 'String' } } };
    assert.ok(seen(predict({ template: template('AWS::DynamoDB::Table', { DeletionProtectionEnabled: true }) }, { template: now }).resources).includes('guard-removal'));
    assert.deepEqual(seen(predict({ template: template('AWS::DynamoDB::Table', { DeletionProtectionEnabled: false }) }, { template: { ...now, Parameters: { On: { Type: 'String', Default: 'true' } } } }).resources), []);
  });

  it('is the policy of what holds data', () => {
    const table = (rest: Props): object => template('AWS::DynamoDB::Table', { BillingMode: 'PAY_PER_REQUEST' }, rest);
    assert.deepEqual(seen(predict({ template: table({ DeletionPolicy: 'Retain' }) }, { template: table({}) }).resources), ['guard-removal']);
    assert.deepEqual(seen(predict({ template: table({}) }, { template: table({ DeletionPolicy: 'Retain' }) }).resources), []);
  });

  it('is what a new policy opens of a bucket that stands', () => {
    const before = { Resources: { B: { Type: 'AWS::S3::Bucket' } } };
    const after = (principal: unknown, more: Props = {}): object => ({ Resources: { ...before.Resources, P: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'B' }, PolicyDocument: statement(principal, more) } } } });
    assert.deepEqual(seen(predict({ template: before }, { template: after('*') }).resources), ['exposure']);
    assert.deepEqual(seen(predict({ template: before }, { template: after({ Service: 'cloudtrail.amazonaws.com' }) }).resources), []);
    assert.deepEqual(seen(predict({ template: before }, { template: after('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }) }).resources), []);
  });

  it('is not an ordinary change', () => {
    const quiet: readonly (readonly [string, Props, Props])[] = [
      ['AWS::S3::Bucket', expires(30), expires(90)], ['AWS::S3::Bucket', {}, { Tags: [{ Key: 'a', Value: 'b' }] }], ['AWS::S3::Bucket', {}, { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }] } }],
      ['AWS::ECS::Service', { DesiredCount: 3 }, { DesiredCount: 1 }], ['AWS::Lambda::Function', { MemorySize: 128 }, { MemorySize: 256 }], ['AWS::Logs::LogGroup', { RetentionInDays: 7 }, { RetentionInDays: 30 }],
      ['AWS::DynamoDB::Table', { DeletionProtectionEnabled: true, BillingMode: 'PROVISIONED' }, { DeletionProtectionEnabled: 'true', BillingMode: 'PAY_PER_REQUEST' }],
      ['AWS::EC2::SecurityGroup', { SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }] }, { SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0', Description: 'web' }] }],
    ];
    for (const [type, before, after] of quiet) assert.deepEqual(seen(predict({ template: template(type, before) }, { template: template(type, after) }).resources), [], `${type} ${JSON.stringify(after)}`);
  });

  it('is known with a source for every entry, of types that CloudFormation has', () => {
    const { loosenings } = JSON.parse(readFileSync('knowledge/cfn-guards.json', 'utf8')) as { loosenings: { type: string; property: string; source: string }[] };
    assert.ok(loosenings.length >= 60);
    for (const { type, source } of loosenings) {
      assert.ok(resourceType(type).known, type);
      assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\/AWSCloudFormation\/latest\/TemplateReference\/aws-resource-/);
    }
  });
});
