import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { predictDelete } from '../../src/detect/templates/cloudformation';
import { dependencyKind } from '../../src/detect/templates/cloudformation/dependency-kind';
import { resourceType } from '../../src/detect/templates/cloudformation/resource-types';

const kindsOf = (resources: object): string[] =>
  predictDelete({ Resources: resources }).dependencies.map((d) => `${d.from} ${d.kind} ${d.to}`).sort();
const type = (Type: string, Properties: object = {}): object => ({ Type, Properties });
const ref = (id: string): object => ({ Ref: id });
const att = (id: string, name: string): object => ({ 'Fn::GetAtt': [id, name] });

describe('what a reference in a template is for', () => {
  it('is told by what it points at', () => {
    assert.deepEqual(kindsOf({
      Key: type('AWS::KMS::Key'), Role: type('AWS::IAM::Role'), Vpc: type('AWS::EC2::VPC'),
      Sg: type('AWS::EC2::SecurityGroup', { VpcId: ref('Vpc') }),
      Table: type('AWS::DynamoDB::Table', { SSESpecification: { KMSMasterKeyId: att('Key', 'Arn') } }),
      Fn: type('AWS::Lambda::Function', { Role: att('Role', 'Arn'), VpcConfig: { SecurityGroupIds: [ref('Sg')] }, Environment: { Variables: { TABLE: ref('Table') } } }),
    }), ['Fn iam-role Role', 'Fn reference Table', 'Fn security-group Sg', 'Sg network Vpc', 'Table kms-key Key']);
  });

  it('is told by where it stands for records and events', () => {
    assert.deepEqual(kindsOf({
      Lb: type('AWS::ElasticLoadBalancingV2::LoadBalancer'), Queue: type('AWS::SQS::Queue'), Fn: type('AWS::Lambda::Function'), Zone: type('AWS::Route53::HostedZone'),
      Group: type('AWS::ElasticLoadBalancingV2::TargetGroup'), Role: type('AWS::IAM::Role'),
      Service: type('AWS::ECS::Service', { LoadBalancers: [{ TargetGroupArn: ref('Group') }] }),
      Name: type('AWS::Route53::RecordSet', { HostedZoneId: ref('Zone'), AliasTarget: { DNSName: att('Lb', 'DNSName') } }),
      Mapping: type('AWS::Lambda::EventSourceMapping', { EventSourceArn: att('Queue', 'Arn'), FunctionName: ref('Fn') }),
      Rule: type('AWS::Events::Rule', { Targets: [{ Arn: att('Fn', 'Arn'), RoleArn: att('Role', 'Arn') }] }),
    }), ['Mapping event-source Queue', 'Mapping reference Fn', 'Name dns-record Lb', 'Name reference Zone', 'Rule event-source Fn', 'Rule iam-role Role', 'Service target-group Group']);
  });

  it('follows the property name where the target only carries the value', () => {
    const through = (name: string): string => dependencyKind({ fromType: 'AWS::Lambda::Function', names: ['VpcConfig', name], toType: 'AWS::CloudFormation::Stack' });
    assert.deepEqual(['SecurityGroupIds', 'SubnetIds', 'KmsKeyArn', 'ExecutionRoleArn', 'TargetGroupARNs', 'Handler'].map(through),
      ['security-group', 'network', 'kms-key', 'iam-role', 'target-group', 'reference']);
    assert.equal(dependencyKind({ fromType: 'AWS::Lambda::Function', names: ['SubnetIds'], toType: 'AWS::SQS::Queue' }), 'reference', 'a queue is no network, whatever the property is called');
  });

  it('takes a name in a policy for a mention', () => {
    assert.deepEqual(kindsOf({
      Role: type('AWS::IAM::Role'), Key: type('AWS::KMS::Key', { KeyPolicy: { Statement: [{ Principal: { AWS: att('Role', 'Arn') } }] } }),
    }), ['Key reference Role']);
  });

  it('has a table in which every type is known and every entry has a page', () => {
    const table = JSON.parse(readFileSync(path.resolve('knowledge/cfn-dependency-kinds.json'), 'utf8')) as { targets: { types: string[]; source: string }[]; places: { type: string; source: string }[] };
    for (const name of [...table.targets.flatMap((one) => one.types), ...table.places.map((one) => one.type)]) assert.ok(resourceType(name).known, name);
    for (const { source } of [...table.targets, ...table.places]) assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\//);
  });
});
