import assert from 'node:assert/strict';
import { predict, predictBatch, predictDelete } from '../../src/detect/templates/cloudformation';

type Properties = Record<string, unknown>;
const resource = (Type: string, Properties: Properties = {}, rest: object = {}): object => ({ Type, Properties, ...rest });
const stack = (Resources: Record<string, object>, rest: object = {}): object => ({ Resources, ...rest });

/** `id action replacement data` for each changed resource. */
function said(before: object | string, after: object | string, parameters: { before?: object; after?: object } = {}): string[] {
  const result = predict(
    { template: before, parameters: parameters.before as Record<string, string> },
    { template: after, parameters: parameters.after as Record<string, string> },
  );
  assert.equal(result.problem, undefined);
  return result.resources.map((one) => `${one.logicalId} ${one.action} ${one.replacement} ${one.data}`);
}

const topic = (properties: Properties, rest?: object): object => resource('AWS::SNS::Topic', properties, rest);
const table = (properties: Properties, rest?: object): object => resource('AWS::DynamoDB::Table', properties, rest);

describe('an update predicted from the templates', () => {
  it('tells added, removed and changed resources, and leaves out the rest', () => {
    const before = stack({ Stays: topic({ TopicName: 'a' }), Goes: topic({}), Changes: topic({ DisplayName: 'x' }) });
    const after = stack({ Stays: topic({ TopicName: 'a' }), Changes: topic({ DisplayName: 'y' }), Comes: topic({}) });
    assert.deepEqual(said(before, after), ['Goes remove no none', 'Changes modify no none', 'Comes add no none']);
  });

  it('replaces on a property that requires it, and loses the data of a stateful resource', () => {
    const before = stack({ Db: table({ TableName: 'a', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }) });
    const after = stack({ Db: table({ TableName: 'a', KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] }) });
    const [one] = predict({ template: before }, { template: after }).resources;
    assert.equal(one?.replacement, 'yes');
    assert.equal(one?.data, 'lost');
    assert.equal(one?.outcome, 'replaced');
    assert.match(one?.because[0] ?? '', /KeySchema\.AttributeName changes: requires replacement/);
    assert.match(predict({ template: before }, { template: after }).warnings[0] ?? '', /name of its own that stays the same/);
  });

  it('finds a replacement path inside a property, added as a whole or changed in part', () => {
    const volume = (kms?: string): object => stack({ I: resource('AWS::EC2::Instance', { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8, ...(kms && { KmsKeyId: kms }) } }] }) });
    assert.deepEqual(said(volume('a'), volume('b')), ['I modify yes lost']);
    assert.deepEqual(said(volume(), volume('b')), ['I modify yes lost']);
  });

  it('says may where the schema says that it depends', () => {
    const make = (type: string): object => stack({ I: resource('AWS::EC2::Instance', { InstanceType: type }) });
    assert.deepEqual(said(make('t3.micro'), make('t3.large')), ['I modify may lost']);
  });

  it('takes 5 and "5", true and "true" for the same, and the order of keys for nothing', () => {
    assert.deepEqual(said(stack({ Q: resource('AWS::SQS::Queue', { DelaySeconds: 5, FifoQueue: true }) }), stack({ Q: resource('AWS::SQS::Queue', { FifoQueue: 'true', DelaySeconds: '5' }) })), []);
  });

  it('resolves parameters, defaults, mappings, conditions and text functions before it compares', () => {
    const template = (name: unknown): object => stack({ T: topic({ TopicName: name }) }, {
      Parameters: { Env: { Type: 'String', Default: 'prod' }, List: { Type: 'CommaDelimitedList', Default: 'a, b' } },
      Mappings: { M: { prod: { n: 'one' }, dev: { n: 'two' } } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] }, NotProd: { 'Fn::Not': [{ Condition: 'IsProd' }] }, Any: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'NotProd' }] } },
    });
    const same = [
      { 'Fn::Sub': 'x-${Env}' }, { 'Fn::Join': ['-', ['x', { Ref: 'Env' }]] }, { 'Fn::If': ['IsProd', 'x-prod', 'other'] },
      { 'Fn::If': ['Any', { 'Fn::Sub': ['x-${e}', { e: { Ref: 'Env' } }] }, 'no'] }, { 'Fn::Select': [1, { 'Fn::Split': [',', 'y,x-prod'] }] },
    ];
    for (const name of same) assert.deepEqual(said(template('x-prod'), template(name)), [], JSON.stringify(name));
    assert.deepEqual(said(template({ 'Fn::FindInMap': ['M', { Ref: 'Env' }, 'n'] }), template({ 'Fn::FindInMap': ['M', { Ref: 'Env' }, 'n'] }), { after: { Env: 'dev' } }), ['T modify yes none']);
    assert.deepEqual(said(template({ 'Fn::Select': ['0', { Ref: 'List' }] }), template('a')), []);
    assert.deepEqual(said(template({ 'Fn::Base64': 'x' }), template('eA==')), []);
    assert.deepEqual(said(template({ 'Fn::Select': [1, { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }] }), template('10.0.1.0/24')), []);
    assert.deepEqual(said(template({ 'Fn::Sub': '${!Env}' }), template('${Env}')), []);
  });

  it('takes AWS::NoValue for not there', () => {
    assert.deepEqual(said(stack({ T: topic({ DisplayName: { Ref: 'AWS::NoValue' } }) }), stack({ T: topic({}) })), []);
  });

  it('adds and removes by condition, and a true condition on a standing resource is no change', () => {
    const conditions = (value: string): object => ({ Conditions: { On: { 'Fn::Equals': [value, 'yes'] } } });
    const with_ = (value: string): object => stack({ T: topic({ TopicName: 'a' }, { Condition: 'On' }) }, conditions(value));
    assert.deepEqual(said(with_('yes'), with_('no')), ['T remove no none']);
    assert.deepEqual(said(with_('no'), with_('yes')), ['T add no none']);
    assert.deepEqual(said(stack({ T: topic({ TopicName: 'a' }) }), with_('yes')), []);
    assert.deepEqual(said(with_('no'), stack({})), []);
  });

  it('does not guess about a condition that it can not work out', () => {
    const template = (other: string): object => stack({ T: topic({}, { Condition: 'On' }) }, { Parameters: { P: { Type: 'String' } }, Conditions: { On: { 'Fn::Equals': [{ Ref: 'P' }, other] } } });
    assert.deepEqual(said(template('a'), template('a')), []);
    assert.deepEqual(said(template('a'), template('b')), ['T unknown may unknown']);
    assert.match(predict({ template: template('a') }, { template: template('b') }).unknowns.map((one) => one.text).join(), /parameter P has no value/);
  });

  it('follows references: GetAtt of a changed property, Ref of a replaced resource, and no further', () => {
    const before = (name: string, display: string): object => stack({
      A: topic({ TopicName: name, DisplayName: display }),
      Attribute: topic({ DisplayName: { 'Fn::GetAtt': ['A', 'DisplayName'] } }),
      Arn: topic({ DisplayName: { 'Fn::Sub': '${A.TopicArn}' } }),
      Reference: topic({ TopicName: { 'Fn::Join': ['-', ['x', { Ref: 'A' }]] } }),
      Waits: topic({ DisplayName: 'w' }, { DependsOn: 'A' }),
    });
    assert.deepEqual(said(before('a', 'x'), before('a', 'y')), ['A modify no none', 'Attribute modify no none']);
    assert.deepEqual(said(before('a', 'x'), before('b', 'x')), ['A modify yes none', 'Arn modify no none', 'Reference modify may none']);
  });

  it('sees that a reference to a kept property of a changed resource stays the same', () => {
    const make = (display: string): object => stack({ A: topic({ TopicName: 'a', DisplayName: display }), B: topic({ TopicName: { 'Fn::GetAtt': ['A', 'TopicName'] } }) });
    assert.deepEqual(said(make('x'), make('y')), ['A modify no none']);
  });

  it('says may when the new value is of a resource that does not exist yet, yes when it is of one that stands', () => {
    const make = (name: unknown, more: Record<string, object> = {}): object => stack({ A: topic({ TopicName: name }), Old: topic({}), ...more });
    assert.deepEqual(said(make('a'), make({ Ref: 'New' }, { New: topic({}) })), ['New add no none', 'A modify may none']);
    assert.deepEqual(said(make('a'), make({ Ref: 'Old' })), ['A modify yes none']);
    assert.deepEqual(said(make('a'), make({ Ref: 'AWS::StackName' })), ['A modify yes none']);
  });

  it('leaves imports, SSM values and dynamic references open', () => {
    const make = (name: unknown): object => stack({ A: topic({ TopicName: name }) }, { Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: 'n' } } });
    assert.deepEqual(said(make({ 'Fn::ImportValue': 'x' }), make({ 'Fn::ImportValue': 'x' })), []);
    for (const value of [{ 'Fn::ImportValue': 'x' }, { Ref: 'P' }, '{{resolve:ssm:/a/b:1}}']) assert.deepEqual(said(make('a'), make(value)), ['A modify may none'], JSON.stringify(value));
    assert.match(predict({ template: make({ Ref: 'P' }) }, { template: make({ Ref: 'P' }) }).unknowns.map((one) => one.text).join(), /looked up in SSM/);
  });

  it('treats metadata and policies as changes in place and DependsOn as none', () => {
    assert.deepEqual(said(stack({ T: topic({}, { Metadata: { a: 1 } }) }), stack({ T: topic({}, { Metadata: { a: 2 } }) })), ['T modify no none']);
    assert.deepEqual(said(stack({ T: table({}) }), stack({ T: table({}, { DeletionPolicy: 'Retain' }) })), ['T modify no kept']);
    assert.deepEqual(said(stack({ A: topic({}), T: topic({}) }), stack({ A: topic({}), T: topic({}, { DependsOn: ['A'] }) })), []);
  });

  it('replaces on a changed type, with a warning that CloudFormation refuses it', () => {
    const result = predict({ template: stack({ X: table({ TableName: 'a' }) }) }, { template: stack({ X: topic({}) }) });
    assert.deepEqual(result.resources.map((one) => [one.action, one.replacement, one.data]), [['modify', 'yes', 'lost']]);
    assert.match(result.warnings[0] ?? '', /not permitted/);
  });

  it('gives custom resources and unknown types no fate of their own making', () => {
    for (const type of ['Custom::Thing', 'AWS::CloudFormation::CustomResource', 'Acme::Db::Store']) {
      assert.deepEqual(said(stack({ C: resource(type, { a: 1 }) }), stack({ C: resource(type, { a: 2 }) })), ['C modify may unknown']);
      assert.deepEqual(said(stack({ C: resource(type) }), stack({})), ['C remove no unknown']);
    }
  });

  it('lists a nested stack as changed with unknown content', () => {
    const nested = (url: string): object => stack({ N: resource('AWS::CloudFormation::Stack', { TemplateURL: url }) });
    assert.deepEqual(said(nested('https://a'), nested('https://b')), ['N modify no unknown']);
    assert.match(predict({ template: nested('https://a') }, { template: nested('https://b') }).unknowns.map((one) => one.text).join(), /nested stack/);
  });

  it('says that macros were not run', () => {
    const result = predict({ template: stack({}) }, { template: stack({ 'Fn::Transform': { Name: 'AWS::Include' }, T: topic({}) }, { Transform: ['AWS::Serverless-2016-10-31'] }) });
    assert.match(result.unknowns.map((one) => one.text).join(), /AWS::Serverless-2016-10-31.*AWS::Include/s);
    assert.deepEqual(result.resources.map((one) => one.logicalId), ['T']);
  });

  it('knows what SAM makes of its types', () => {
    const fn = (properties: Properties): object => stack({ F: resource('AWS::Serverless::Function', properties) }, { Transform: 'AWS::Serverless-2016-10-31' });
    assert.deepEqual(said(fn({ MemorySize: 128 }), fn({ MemorySize: 256 })), ['F modify no none']);
    assert.deepEqual(said(fn({ FunctionName: 'a' }), fn({ FunctionName: 'b' })), ['F modify yes none']);
  });

  it('writes out loops of the language extensions', () => {
    const loop = (names: string[]): object => ({ Transform: 'AWS::LanguageExtensions', Resources: { 'Fn::ForEach::Topics': ['N', names, { 'Topic${N}': topic({ TopicName: { Ref: 'N' }, DisplayName: { 'Fn::Length': [1, 2] } }) }] } });
    assert.deepEqual(said(loop(['a', 'b']), loop(['b', 'c'])), ['Topica remove no none', 'Topicc add no none']);
  });

  it('keeps a deployed parameter that nobody gives again, and says so', () => {
    const template = stack({ T: topic({ TopicName: { Ref: 'P' } }) }, { Parameters: { P: { Type: 'String' } } });
    const result = predict({ template, parameters: { P: 'a' } }, { template });
    assert.deepEqual(result.resources, []);
    assert.match(result.warnings[0] ?? '', /parameter P has no value/);
    assert.deepEqual(predict({ template, parameters: { P: 'a' } }, { template, parameters: [{ ParameterKey: 'P', UsePreviousValue: true }] }).warnings, []);
  });

  it('never repeats a value, which may be a secret', () => {
    const make = (password: string): object => stack({ Db: resource('AWS::RDS::DBInstance', { MasterUsername: password, MasterUserPassword: password }) });
    assert.ok(!JSON.stringify(predict({ template: make('hunter2') }, { template: make('hunter3') }).resources).includes('hunter'));
  });

  it('says which template can not be read', () => {
    const result = predict({ template: 'Resources: {}' }, { template: 'Resources: [' });
    assert.equal(result.problem?.side, 'after');
    assert.match(result.unknowns[0]?.text ?? '', /new template can't be read/);
  });

  it('stops at conditions and resources that refer to each other in a circle', () => {
    const circle = stack({ A: topic({ DisplayName: { Ref: 'B' } }, { Condition: 'X' }), B: topic({ DisplayName: { Ref: 'A' } }) }, { Conditions: { X: { Condition: 'Y' }, Y: { Condition: 'X' } } });
    assert.deepEqual(said(circle, circle), []);
  });
});

describe('what happens to data', () => {
  const gone = (type: string, properties: Properties, rest: object): string | undefined =>
    predict({ template: stack({ R: resource(type, properties, rest) }) }, { template: stack({}) }).resources[0]?.data;

  it('follows the DeletionPolicy of the deployed template when a resource is removed', () => {
    assert.equal(gone('AWS::S3::Bucket', {}, {}), 'lost');
    assert.equal(gone('AWS::S3::Bucket', {}, { DeletionPolicy: 'Retain' }), 'orphaned');
    assert.equal(gone('AWS::S3::Bucket', {}, { DeletionPolicy: 'RetainExceptOnCreate' }), 'orphaned');
    assert.equal(gone('AWS::EC2::Volume', {}, { DeletionPolicy: 'Snapshot' }), 'snapshotted');
    assert.equal(gone('AWS::SNS::Topic', {}, { DeletionPolicy: 'Retain' }), 'none');
  });

  it('knows the RDS default, which covers removal but not replacement', () => {
    assert.equal(gone('AWS::RDS::DBInstance', {}, {}), 'snapshotted');
    assert.equal(gone('AWS::RDS::DBCluster', {}, {}), 'snapshotted');
    assert.equal(gone('AWS::RDS::DBInstance', { DBClusterIdentifier: 'c' }, {}), 'none');
    assert.equal(gone('AWS::RDS::DBInstance', {}, { DeletionPolicy: 'Delete' }), 'lost');
    const db = (user: string, rest: object = {}): object => stack({ Db: resource('AWS::RDS::DBInstance', { MasterUsername: user }, rest) });
    assert.deepEqual(said(db('a'), db('b')), ['Db modify yes lost']);
    assert.deepEqual(said(db('a'), db('b', { UpdateReplacePolicy: 'Snapshot' })), ['Db modify yes snapshotted']);
    assert.deepEqual(said(db('a', { UpdateReplacePolicy: 'Retain' }), db('b')), ['Db modify yes lost']);
    assert.deepEqual(said(db('a'), db('b', { UpdateReplacePolicy: 'Retain' })), ['Db modify yes orphaned']);
  });

  it('names a way back that fits the properties', () => {
    const way = (properties: Properties): string => {
      const [one] = predict({ template: stack({ T: table(properties) }) }, { template: stack({}) }).resources;
      return `${one?.reversibility.kind}: ${one?.reversibility.until ?? ''}`;
    };
    assert.equal(way({}), 'irreversible: ');
    assert.match(way({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }), /^recoverable: 35 days/);
    const [key] = predict({ template: stack({ K: resource('AWS::KMS::Key') }) }, { template: stack({}) }).resources;
    assert.match(key?.reversibility.how ?? '', /cancel-key-deletion/);
  });
});

describe('deleting a stack', () => {
  const template = stack({
    Kept: resource('AWS::S3::Bucket', {}, { DeletionPolicy: 'Retain' }),
    Lost: resource('AWS::S3::Bucket'),
    Db: resource('AWS::RDS::DBInstance', { DeletionProtection: true }),
    Lb: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }] }),
    Topic: topic({ DisplayName: { Ref: 'Lost' } }),
    Never: topic({}, { Condition: 'No' }),
  }, { Conditions: { No: { 'Fn::Equals': ['a', 'b'] } }, Outputs: { O: { Value: { Ref: 'Topic' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-topic' } } } } });

  it('lists what stays, what is snapshotted, what is lost, and what may stop it', () => {
    const result = predictDelete(template);
    assert.deepEqual(result.resources.map((one) => `${one.logicalId} ${one.outcome} ${one.data}`), ['Kept retained orphaned', 'Lost lost lost', 'Db snapshotted snapshotted', 'Lb lost none', 'Topic lost none']);
    assert.equal(result.warnings.length, 2);
    assert.match(result.warnings.join(), /Db: deletion protection is on.*Lb: deletion protection is on/s);
    assert.match(result.unknowns.map((one) => one.text).join(), /Lost: Deleting the bucket fails while it holds objects/);
    assert.match(result.unknowns.map((one) => one.text).join(), /\$\{AWS::StackName\}-topic goes/);
    assert.ok(result.dependencies.some((one) => one.from === 'Topic' && one.to === 'Lost' && one.kind === 'reference'));
  });
});

describe('the batch form', () => {
  it('answers one line with the words of the command line', () => {
    const line = JSON.stringify({ before: { template: stack({ A: table({ TableName: 'a' }) }), parameters: {} }, after: { template: 'Resources:\n  A:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      TableName: b\n' } });
    assert.deepEqual(predictBatch(line).resources, [{ logicalId: 'A', type: 'AWS::DynamoDB::Table', action: 'modify', replacement: 'yes', data: 'lost' }]);
  });

  it('takes nothing deployed, and a deletion', () => {
    const one = { template: stack({ A: table({}) }) };
    assert.deepEqual(predictBatch({ after: one }).resources.map((r) => r.action), ['add']);
    assert.deepEqual(predictBatch({ before: one, after: null }).resources.map((r) => [r.action, r.data]), [['remove', 'lost']]);
  });

  it('answers a bad line with an error, never with silence', () => {
    for (const line of ['', 'x', '[]', '{}', '{"after": 5}', '{"after": {"template": 7}}']) assert.ok(predictBatch(line).error, line);
    assert.match(predictBatch({ before: null, after: { template: 'a: [' } }).error ?? '', /after template can't be read/);
  });
});

describe('nested stacks with known templates', () => {
  const parent = (url: string): object => stack({ Net: resource('AWS::CloudFormation::Stack', { TemplateURL: url }) });
  const inner = (name: string): object => stack({ Db: table({ TableName: name }) });

  it('show what changes inside, by the way to it', () => {
    const result = predict({ template: parent('a') }, { template: parent('b') }, { nested: { Net: { before: { template: inner('a') }, after: { template: inner('b') } } } });
    assert.deepEqual(result.resources.map((one) => `${one.id} ${one.replacement} ${one.data}`), ['Net no unknown', 'Net/Db yes lost']);
    assert.ok(result.dependencies.some((one) => one.kind === 'nested-stack' && one.to === 'Net/Db'));
    assert.equal(result.unknowns.length, 0);
  });

  it('go with their parent', () => {
    const nested = { Net: { before: { template: inner('a') } } };
    assert.deepEqual(predictDelete(parent('a'), undefined, { nested }).resources.map((one) => `${one.id} ${one.data}`), ['Net unknown', 'Net/Db lost']);
  });
});
