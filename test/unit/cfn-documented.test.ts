import assert from 'node:assert/strict';
import { predict } from '../../src/detect/templates/cloudformation';

/*
 * Changes whose outcome the CloudFormation documentation says, each in the smallest templates: update behaviours from the pages of
 * the template reference, the rest from "Understand update behaviors of stack resources" and the pages of the functions.
 */

type Properties = Record<string, unknown>;
const one = (Type: string, Properties: Properties = {}, rest: object = {}): object => ({ Type, Properties, ...rest });
const topic = (properties: Properties = {}, rest: object = {}): object => one('AWS::SNS::Topic', properties, rest);
const value = (text: unknown, more: Properties = {}): object => one('AWS::SSM::Parameter', { Type: 'String', Value: text, ...more });
const get = (id: string, name: string): object => ({ 'Fn::GetAtt': [id, name] });
const E = { Parameters: { E: { Type: 'String', Default: 'a' } }, Conditions: { IsB: { 'Fn::Equals': [{ Ref: 'E' }, 'b'] } } };
const LANGUAGE = { Transform: 'AWS::LanguageExtensions' };

interface Case {
  readonly name: string;
  readonly before: Record<string, object>;
  readonly after?: Record<string, object>;
  /** Sections beside Resources, in both templates. */
  readonly with?: object;
  readonly then?: object;
  readonly parameters?: object;
  readonly says: string;
}

const CASES: readonly Case[] = [
  { name: 'DependsOn alone', before: { A: topic(), B: topic() }, after: { A: topic(), B: topic({}, { DependsOn: 'A' }) }, says: '' },
  { name: 'Metadata alone', before: { A: topic() }, after: { A: topic({}, { Metadata: { v: 2 } }) }, says: 'A modify no' },
  { name: 'tags alone', before: { A: topic({ Tags: [{ Key: 'k', Value: '1' }] }) }, after: { A: topic({ Tags: [{ Key: 'k', Value: '2' }] }) }, says: 'A modify no' },
  { name: 'Description, Rules and Outputs alone', before: { A: topic() }, then: { Description: 'x', Rules: { R: { Assertions: [] } }, Outputs: { O: { Value: { Ref: 'A' } } } }, says: '' },
  { name: 'a mapping that nothing uses', before: { A: topic() }, with: { Mappings: { M: { a: { b: 'c' } } } }, then: { Mappings: { M: { a: { b: 'd' } } } }, says: '' },
  { name: 'a parameter that nothing uses', before: { A: topic() }, with: { Parameters: { P: { Type: 'String', Default: '1' } } }, parameters: { P: '2' }, says: '' },
  { name: 'numbers and booleans as text', before: { A: one('AWS::SQS::Queue', { DelaySeconds: 5, FifoQueue: true }) }, after: { A: one('AWS::SQS::Queue', { DelaySeconds: '5', FifoQueue: 'true' }) }, says: '' },
  { name: 'AWS::NoValue in the place of nothing', before: { A: topic({ DisplayName: { Ref: 'AWS::NoValue' } }) }, after: { A: topic() }, says: '' },
  { name: 'AWS::NoValue in a list', before: { A: topic({ Tags: [{ Key: 'k', Value: 'v' }, { Ref: 'AWS::NoValue' }] }) }, after: { A: topic({ Tags: [{ Key: 'k', Value: 'v' }] }) }, says: '' },
  { name: 'Fn::If that leaves NoValue', before: { A: topic({ TopicName: { 'Fn::If': ['IsB', 'x', { Ref: 'AWS::NoValue' }] } }) }, with: E, parameters: { E: 'b' }, says: 'A modify yes' },
  { name: 'a condition that turns false', before: { A: topic({}, { Condition: 'IsA' }) }, with: { ...E, Conditions: { IsA: { 'Fn::Equals': [{ Ref: 'E' }, 'a'] } } }, parameters: { E: 'b' }, says: 'A remove no' },
  { name: 'another condition of the same truth', before: { A: topic({}, { Condition: 'C' }) }, after: { A: topic({}, { Condition: 'D' }) }, with: { Conditions: { C: { 'Fn::Equals': ['a', 'a'] }, D: { 'Fn::Equals': ['b', 'b'] } } }, says: '' },
  { name: 'Fn::Sub and Fn::Join of the same text', before: { A: value({ 'Fn::Sub': 'x-${AWS::Region}' }) }, after: { A: value({ 'Fn::Join': ['-', ['x', { Ref: 'AWS::Region' }]] }) }, says: '' },
  { name: 'Fn::Sub of a name alone and Ref', before: { A: topic(), B: value({ 'Fn::Sub': '${A}' }) }, after: { A: topic(), B: value({ Ref: 'A' }) }, says: '' },
  { name: 'Fn::Sub of what Ref gives and Ref', before: { A: topic(), B: value({ 'Fn::Sub': '${A.TopicArn}' }) }, after: { A: topic(), B: value({ Ref: 'A' }) }, says: '' },
  { name: 'Fn::GetAtt with a dot and as a list', before: { A: topic(), B: value({ 'Fn::GetAtt': 'A.TopicArn' }) }, after: { A: topic(), B: value(get('A', 'TopicArn')) }, says: '' },
  { name: 'a literal in the place of a reference with that value', before: { A: topic({ TopicName: 'x' }), B: value(get('A', 'TopicName')) }, after: { A: topic({ TopicName: 'x' }), B: value('x') }, says: '' },
  { name: 'a list parameter and its text', before: { A: value({ 'Fn::Join': [',', { Ref: 'L' }] }) }, after: { A: value('a,b') }, with: { Parameters: { L: { Type: 'CommaDelimitedList', Default: 'a, b' } } }, says: '' },
  { name: 'functions of the language extensions', before: { A: value({ 'Fn::Length': ['a', 'b'] }), B: value({ 'Fn::ToJsonString': { a: 1 } }) }, after: { A: value('2'), B: value('{"a":1}') }, with: LANGUAGE, says: '' },
  { name: 'one item more in a loop', before: { 'Fn::ForEach::L': ['X', ['a'], { 'T${X}': topic() }] as unknown as object }, after: { 'Fn::ForEach::L': ['X', ['a', 'b'], { 'T${X}': topic() }] as unknown as object }, with: LANGUAGE, says: 'Tb add no' },
  { name: 'a renamed logical id', before: { A: topic({ TopicName: 'x' }) }, after: { B: topic({ TopicName: 'x' }) }, says: 'A remove no, B add no' },
  { name: 'another type under one logical id', before: { A: topic() }, after: { A: one('AWS::SQS::Queue') }, says: 'A modify yes' },
  { name: 'a name that goes, and one that comes', before: { A: topic({ TopicName: 'x' }), B: topic() }, after: { A: topic(), B: topic({ TopicName: 'y' }) }, says: 'A modify yes, B modify yes' },
  { name: 'a reference to what is replaced, in a property that replaces', before: { A: topic({ TopicName: 'x' }), B: one('AWS::SNS::Subscription', { TopicArn: { Ref: 'A' }, Protocol: 'sqs' }) }, after: { A: topic({ TopicName: 'y' }), B: one('AWS::SNS::Subscription', { TopicArn: { Ref: 'A' }, Protocol: 'sqs' }) }, says: 'A modify yes, B modify may' },
  { name: 'a reference to what is replaced, in a property that does not', before: { A: topic({ TopicName: 'x' }), B: value({ Ref: 'A' }) }, after: { A: topic({ TopicName: 'y' }), B: value({ Ref: 'A' }) }, says: 'A modify yes, B modify no' },
  { name: 'a value handed on twice', before: { A: value('x'), B: value(get('A', 'Value')), C: value(get('B', 'Value')) }, after: { A: value('y'), B: value(get('A', 'Value')), C: value(get('B', 'Value')) }, says: 'A modify no, B modify no, C modify no' },
  { name: 'the ARN of what changes in place', before: { R: one('AWS::IAM::Role', { Description: 'x' }), F: one('AWS::Lambda::Function', { Role: get('R', 'Arn') }) }, after: { R: one('AWS::IAM::Role', { Description: 'y' }), F: one('AWS::Lambda::Function', { Role: get('R', 'Arn') }) }, says: 'R modify no' },
  { name: 'a chain of what must be new', before: { V: one('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }), S: one('AWS::EC2::Subnet', { VpcId: { Ref: 'V' } }), I: one('AWS::EC2::Instance', { SubnetId: { Ref: 'S' } }) }, after: { V: one('AWS::EC2::VPC', { CidrBlock: '10.1.0.0/16' }), S: one('AWS::EC2::Subnet', { VpcId: { Ref: 'V' } }), I: one('AWS::EC2::Instance', { SubnetId: { Ref: 'S' } }) }, says: 'V modify yes, S modify may, I modify may' },
  { name: 'a new version of a task', before: { T: one('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Image: 'a' }] }), S: one('AWS::ECS::Service', { TaskDefinition: { Ref: 'T' } }) }, after: { T: one('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Image: 'b' }] }), S: one('AWS::ECS::Service', { TaskDefinition: { Ref: 'T' } }) }, says: 'T modify yes, S modify no' },
  { name: 'another address of a nested template', before: { N: one('AWS::CloudFormation::Stack', { TemplateURL: 'https://x/a' }) }, after: { N: one('AWS::CloudFormation::Stack', { TemplateURL: 'https://x/b' }) }, says: 'N modify no' },
  { name: 'another key of an SSM parameter type', before: { A: value({ Ref: 'P' }) }, with: { Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' } } }, parameters: { P: '/b' }, says: 'A modify no' },
];

describe('what the documentation says of a change', () => {
  for (const { name, before, after, with: sections, then, parameters, says } of CASES) {
    it(name, () => {
      const result = predict({ template: { Resources: before, ...sections } }, { template: { Resources: after ?? before, ...sections, ...then }, parameters: parameters as Record<string, string> });
      assert.equal(result.problem, undefined);
      assert.equal(result.resources.map((r) => `${r.logicalId} ${r.action} ${r.replacement}`).join(', '), says);
    });
  }

  it('knows the note that the CDK leaves, and the parameter that only its own rule reads', () => {
    const cdk = (analytics: string): object => ({
      Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' } },
      Rules: { CheckBootstrapVersion: { Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1'], { Ref: 'BootstrapVersion' }] }] } }] } },
      Resources: { CDKMetadata: one('AWS::CDK::Metadata', { Analytics: analytics }) },
    });
    const result = predict({ template: cdk('v2:a') }, { template: cdk('v2:b') });
    assert.deepEqual(result.resources.map((r) => [r.id, r.replacement, r.outcome, r.data]), [['CDKMetadata', 'no', 'modified', 'none']]);
    assert.deepEqual(result.unknowns, []);
  });

  it('warns where CloudFormation sees no update: policies alone', () => {
    const warnings = (before: object, after: object): readonly string[] => predict({ template: { Resources: before } }, { template: { Resources: after } }).warnings;
    assert.match(warnings({ A: topic() }, { A: topic({}, { DeletionPolicy: 'Retain' }) })[0] ?? '', /no updates to perform/);
    assert.deepEqual(warnings({ A: topic() }, { A: topic({}, { DeletionPolicy: 'Retain', Metadata: { v: 1 } }) }), []);
    assert.deepEqual(warnings({ A: topic() }, { A: topic({}, { DeletionPolicy: 'Retain' }), B: topic() }), []);
  });
});
