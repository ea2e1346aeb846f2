import assert from 'node:assert/strict';
import fc from 'fast-check';
import { marks, predict, predictBatch, predictDelete } from '../../src/detect/templates/cloudformation';

const NAMES = ['Ref', 'Condition', 'Fn::GetAtt', 'Fn::Sub', 'Fn::Join', 'Fn::Split', 'Fn::Select', 'Fn::If', 'Fn::FindInMap', 'Fn::Base64', 'Fn::Cidr', 'Fn::Length', 'Fn::ToJsonString',
  'Fn::Equals', 'Fn::Not', 'Fn::And', 'Fn::Or', 'Fn::Transform', 'Fn::ImportValue', 'Fn::GetAZs', 'Fn::ForEach::X', 'Fn::Unheard', 'Type', 'Properties', 'TopicName', '__proto__', 'constructor', 'A', 'B'];
const leaf = fc.oneof(fc.constantFrom('A', 'B', 'P', 'C', 'A.Arn', '${A}', '${A.B} ${!x} ${', 'AWS::NoValue', 'AWS::Region', 'AWS::SNS::Topic', 'Custom::X', '{{resolve:ssm:x}}', ''), fc.integer(), fc.boolean(), fc.constant(null));
const node = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof({ maxDepth: 5 }, leaf, fc.array(tie('tree'), { maxLength: 4 }), fc.dictionary(fc.constantFrom(...NAMES), tie('tree'), { maxKeys: 3 })),
})).tree;
const resource = fc.record({ Type: fc.constantFrom('AWS::SNS::Topic', 'AWS::DynamoDB::Table', 'Custom::X', 7), Properties: node, Condition: fc.constantFrom('C', 'D', undefined), DeletionPolicy: node, DependsOn: node }, { requiredKeys: [] });
const template = fc.record({
  Parameters: fc.oneof(node, fc.dictionary(fc.constantFrom('P', 'Q'), fc.record({ Type: fc.constantFrom('String', 'CommaDelimitedList', 'AWS::SSM::Parameter::Value<String>'), Default: leaf }, { requiredKeys: [] }))),
  Conditions: fc.dictionary(fc.constantFrom('C', 'D'), node), Mappings: node, Transform: node, Outputs: node,
  Resources: fc.oneof(fc.dictionary(fc.constantFrom('A', 'B', 'Fn::Transform', 'Fn::ForEach::L'), fc.oneof(resource, node)), node),
}, { requiredKeys: [] });

describe('hostile templates', () => {
  it('of any shape give an answer, never an exception', () => {
    fc.assert(fc.property(template, template, (a, b) => {
      const update = predict({ template: a }, { template: b });
      assert.ok(Array.isArray(update.resources));
      predictDelete(a);
      marks(JSON.stringify(a), JSON.stringify(b));
      assert.equal(predictBatch(JSON.stringify({ before: { template: a }, after: { template: b } })).source, 'offline');
    }), { numRuns: 400, seed: 11 });
  });

  it('compared with themselves change nothing that CloudFormation leaves alone', () => {
    fc.assert(fc.property(template, (a) => {
      assert.deepEqual(predict({ template: a }, { template: structuredClone(a) }).resources, []);
    }), { numRuns: 300, seed: 12 });
  });

  it('that multiply themselves end in time', () => {
    const names = Array.from({ length: 300 }, (_, i) => `C${i}`);
    const doubling = { Parameters: { P: { Type: 'String' } }, Conditions: Object.fromEntries(names.map((name, i) => [name, i === 0 ? { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } : { 'Fn::And': [{ Condition: `C${i - 1}` }, { Condition: `C${i - 1}` }] }])), Resources: { A: { Type: 'AWS::SNS::Topic', Condition: 'C299' } } };
    assert.deepEqual(predict({ template: doubling }, { template: doubling }).resources, []);
    const hundred = Array.from({ length: 100 }, (_, i) => `n${i}`);
    let loops: object = { 'T${A}${B}': { Type: 'AWS::SNS::Topic' } };
    for (const name of ['A', 'B', 'C', 'D', 'E']) loops = { [`Fn::ForEach::L${name}`]: [name, hundred, loops] };
    const result = predict({ template: {} }, { template: { Resources: loops } });
    assert.match(result.unknowns.map((one) => one.text).join(), /loop/);
  });

  it('with conditions nested beyond the stack are a problem, not a crash', () => {
    let deep: unknown = { Ref: 'P' };
    for (let i = 0; i < 90; i++) deep = { 'Fn::Not': [deep] };
    const conditions: Record<string, unknown> = { C0: deep };
    for (let i = 1; i < 399; i++) {
      let step: unknown = { Condition: `C${i - 1}` };
      for (let k = 0; k < 90; k++) step = { 'Fn::Not': [step] };
      conditions[`C${i}`] = step;
    }
    const result = predict({ template: {} }, { template: { Conditions: conditions, Resources: { A: { Type: 'AWS::SNS::Topic', Condition: 'C398' } } } });
    assert.ok(result.problem !== undefined || result.resources.length === 1);
  });
});
