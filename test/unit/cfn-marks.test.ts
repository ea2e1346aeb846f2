import assert from 'node:assert/strict';
import { marks, predict, readTemplate, type Fix, type Mark } from '../../src/detect/templates/cloudformation';

const HEAD = `AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    Properties:
      TableName: orders # the one and only
      DeletionProtectionEnabled: true
      KeySchema:
        - AttributeName: id
          KeyType: HASH

  # Events wait here.
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: q
`;

function apply(text: string, fix: Fix | undefined): string {
  assert.ok(fix);
  return [...fix.edits].sort((a, b) => b.range.start - a.range.start).reduce((t, edit) => t.slice(0, edit.range.start) + edit.newText + t.slice(edit.range.end), text);
}

function marked(text: string, mark: Mark | undefined): string {
  assert.ok(mark);
  return text.slice(mark.range.start, mark.range.end);
}

const json = (text: string): string => {
  const read = readTemplate(text);
  assert.ok(read.ok);
  return JSON.stringify(read.template, null, 2);
};

describe('marks in a template', () => {
  it('are none for a new file, an unchanged one, a harmless edit, and a file that is no template', () => {
    assert.deepEqual(marks(undefined, HEAD), []);
    assert.deepEqual(marks(HEAD, HEAD), []);
    assert.deepEqual(marks(HEAD, `${HEAD}# done\n`), []);
    assert.deepEqual(marks('kind: Pod\n', 'kind: Service\n'), []);
  });

  it('show a replacement on the property that causes it, and keep the old resource with a fix', () => {
    const text = HEAD.replace('TableName: orders', 'TableName: orders-v2').replace('    DeletionPolicy: Retain\n', '');
    const before = HEAD.replace('    DeletionPolicy: Retain\n', '');
    const [mark] = marks(before, text);
    assert.equal(mark?.kind, 'replaced');
    assert.equal(marked(text, mark), 'TableName');
    assert.equal(mark?.data, 'lost');
    assert.equal(mark?.risk, 'critical');
    assert.ok(mark?.effects.includes('data-loss'));
    assert.match(mark?.message ?? '', /^Orders \(AWS::DynamoDB::Table\) is replaced by a new one, because TableName changes: the old one is deleted with its data\.$/);
    const fixed = apply(text, mark?.fixes[0]);
    assert.match(fixed, /\n {2}Orders:\n {4}DeletionPolicy: Retain\n {4}UpdateReplacePolicy: Retain\n {4}Type: AWS::DynamoDB::Table\n/);
    assert.equal(predict({ template: before }, { template: fixed }).resources[0]?.data, 'orphaned');
  });

  it('show the same in JSON, with commas in place', () => {
    const before = json(HEAD);
    const text = before.replace('"orders"', '"orders-v2"');
    const mark = marks(before, text).find((one) => one.kind === 'replaced');
    assert.equal(marked(text, mark), '"TableName"');
    const fixed = apply(text, mark?.fixes[0]);
    assert.doesNotThrow(() => JSON.parse(fixed));
    assert.match(fixed, /"UpdateReplacePolicy": "Retain",\n {6}"Type"/);
    assert.equal(predict({ template: before }, { template: fixed }).resources[0]?.data, 'orphaned');
  });

  it('stand on the parameter, condition or mapping that was edited, when the property reads as before', () => {
    const make = (value: string, on: string): string => `Parameters:\n  Name:\n    Type: String\n    Default: ${value}\nConditions:\n  On: !Equals [a, ${on}]\nMappings:\n  M:\n    k:\n      v: ${value}\nResources:\n  A:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: !Ref Name\n  B:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: !FindInMap [M, k, v]\n  C:\n    Type: AWS::SNS::Topic\n    Condition: On\n`;
    const text = make('two', 'b');
    assert.deepEqual(marks(make('one', 'a'), text).map((mark) => [mark.logicalId, mark.kind, marked(text, mark)]), [['A', 'replaced', 'Default'], ['C', 'deleted', 'On'], ['B', 'replaced', 'M']]);
  });

  it('offer a snapshot where the type has one', () => {
    const db = (user: string): string => `Resources:\r\n  Db: { Type: AWS::RDS::DBInstance, Properties: { MasterUsername: ${user} } }\r\n`;
    const [mark] = marks(db('a'), db('b'));
    assert.equal(mark?.fixes.length, 2);
    const fixed = apply(db('b'), mark?.fixes[1]);
    assert.match(fixed, /\{ UpdateReplacePolicy: Snapshot, Type:/);
    assert.equal(predict({ template: db('a') }, { template: fixed }).resources[0]?.data, 'snapshotted');
  });

  it('show a deletion where the resource stood, and put it back', () => {
    const start = HEAD.indexOf('  Queue:');
    const text = HEAD.slice(0, start);
    const [mark] = marks(HEAD, text);
    assert.equal(mark?.kind, 'deleted');
    assert.equal(marked(text, mark), '# Events wait here.');
    const table = HEAD.slice(HEAD.indexOf('\n', HEAD.indexOf('Resources:')) + 1, start);
    const without = HEAD.replace(table, '');
    assert.equal(marked(without, marks(HEAD, without).find((one) => one.kind === 'deleted')), 'Queue:');
    assert.match(mark?.message ?? '', /Queue \(AWS::SQS::Queue\) is no longer in the template: it is deleted with its data/);
    const fixed = apply(text, mark?.fixes[0]);
    assert.deepEqual(predict({ template: HEAD }, { template: fixed }).resources, []);
    const jsonText = json(text);
    assert.deepEqual(predict({ template: HEAD }, { template: apply(jsonText, marks(json(HEAD), jsonText)[0]?.fixes[0]) }).resources, []);
  });

  it('show a removed policy and a removed protection, and set them again', () => {
    const text = HEAD.replace('    DeletionPolicy: Retain\n', '').replace('DeletionProtectionEnabled: true', 'DeletionProtectionEnabled: false');
    const found = marks(HEAD, text);
    assert.deepEqual(found.map((mark) => [mark.kind, marked(text, mark), mark.risk]), [['guard-removed', 'Orders', 'high'], ['guard-removed', 'DeletionProtectionEnabled', 'high']]);
    assert.match(found[0]?.message ?? '', /loses its DeletionPolicy: Retain; when it is removed from the stack, it is then deleted with its data/);
    const fixed = apply(apply(text, found[1]?.fixes[0]), found[0]?.fixes[0]);
    assert.deepEqual(marks(HEAD, fixed), []);
    const gone = HEAD.replace('      DeletionProtectionEnabled: true\n', '');
    assert.deepEqual(marks(HEAD, apply(gone, marks(HEAD, gone)[0]?.fixes[0])), []);
  });

  it('show weakened guards of other kinds', () => {
    const make = (type: string, properties: string): string => `Resources:\n  R:\n    Type: ${type}\n    Properties:\n      ${properties}\n`;
    const cases = [
      ['AWS::RDS::DBInstance', 'BackupRetentionPeriod: 7', 'BackupRetentionPeriod: 0'],
      ['AWS::S3::Bucket', 'VersioningConfiguration: {Status: Enabled}', 'VersioningConfiguration: {Status: Suspended}'],
      ['AWS::DynamoDB::Table', 'PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}', 'BillingMode: PAY_PER_REQUEST'],
      ['AWS::EC2::Instance', 'DisableApiTermination: true', 'DisableApiTermination: false'],
      ['AWS::Cognito::UserPool', 'DeletionProtection: ACTIVE', 'DeletionProtection: INACTIVE'],
      ['AWS::KMS::Key', 'EnableKeyRotation: true', 'EnableKeyRotation: false'],
    ] as const;
    for (const [type, before, after] of cases) {
      const found = marks(make(type, before), make(type, after)).filter((mark) => mark.kind === 'guard-removed');
      assert.equal(found.length, 1, type);
      assert.ok(found[0]?.effects.includes('guard-removal'));
      assert.deepEqual(marks(make(type, after), make(type, before)).filter((mark) => mark.kind === 'guard-removed'), [], type);
    }
  });

  it('say what is open as open, and what is interrupted as interrupted', () => {
    const make = (type: string): string => `Resources:\n  I:\n    Type: AWS::EC2::Instance\n    Properties:\n      InstanceType: ${type}\n`;
    const [mark] = marks(make('t3.micro'), make('t3.large'));
    assert.equal(mark?.kind, 'may-replace');
    const cache = (version: string): string => `Resources:\n  C:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties:\n      EngineVersion: "${version}"\n`;
    assert.deepEqual(marks(cache('6.2'), cache('7.1')).map((one) => one.kind), ['interrupted']);
  });

  it('never stay silent about a template that is gone, empty or broken', () => {
    for (const text of [undefined, '', ' \n']) {
      const [mark] = marks(HEAD, text);
      assert.equal(mark?.kind, 'problem');
      assert.match(mark?.message ?? '', /empty or gone; at git HEAD it had its 2 resources/);
    }
    const broken = HEAD.replace('- AttributeName: id', '- AttributeName: [id');
    const [mark] = marks(HEAD, broken);
    assert.equal(mark?.kind, 'problem');
    assert.ok((mark?.range.start ?? 0) > 100);
    assert.deepEqual([marks(undefined, broken).length, marks(broken, broken).length], [1, 1]);
    assert.match(marks('Resources:\n  A:\n    Type: AWS::S3::Bucket\n  B: [', HEAD)[0]?.message ?? '', /version at git HEAD can't be read/);
    assert.equal(marks(HEAD, 'just: yaml\n').filter((one) => one.kind === 'deleted').length, 2);
  });
});
