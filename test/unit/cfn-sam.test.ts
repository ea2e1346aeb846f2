import assert from 'node:assert/strict';
import { predict, predictDelete } from '../../src/detect/templates/cloudformation';

const SAM = { Transform: 'AWS::Serverless-2016-10-31' };
const one = (Type: string, Properties: object = {}, rest: object = {}): object => ({ Type, Properties, ...rest });
const fn = (properties: object = {}, rest: object = {}): object => one('AWS::Serverless::Function', { CodeUri: 's3://b/k', Handler: 'a', Runtime: 'nodejs20.x', ...properties }, rest);
const get = (id: string, name: string): object => ({ 'Fn::GetAtt': [id, name] });
const said = (before: object, after: object, globals: { before?: object; after?: object } = {}): string[] =>
  predict({ template: { ...SAM, Resources: before, ...globals.before } }, { template: { ...SAM, Resources: after, ...globals.after } }).resources.map((r) => `${r.logicalId} ${r.action} ${r.replacement} ${r.data}`);

/** What aws-sam-translator 1.110 makes of the template below, without what it names by a hash. */
const MADE = `Api AWS::Serverless::Api, ApiProdStage AWS::ApiGateway::Stage, F AWS::Serverless::Function, FAPermissionProd AWS::Lambda::Permission, FASPermission AWS::Lambda::Permission,
FAliaslive AWS::Lambda::Alias, FEB AWS::Events::Rule, FEBPermission AWS::Lambda::Permission, FEventInvokeConfig AWS::Lambda::EventInvokeConfig, FHPermission AWS::Lambda::Permission,
FIot AWS::IoT::TopicRule, FIotPermission AWS::Lambda::Permission, FK AWS::Lambda::EventSourceMapping, FLog AWS::Logs::SubscriptionFilter, FLogPermission AWS::Lambda::Permission,
FQue AWS::Lambda::EventSourceMapping, FRole AWS::IAM::Role, FS2 AWS::Scheduler::Schedule, FS2Role AWS::IAM::Role, FSPermission AWS::Lambda::Permission, FSch AWS::Events::Rule,
FSchPermission AWS::Lambda::Permission, FSn AWS::SNS::Subscription, FSnPermission AWS::Lambda::Permission, FUrl AWS::Lambda::Url, FUrlPublicPermissions AWS::Lambda::Permission,
G AWS::Serverless::Function, GAPermissionProd AWS::Lambda::Permission, HApi AWS::Serverless::HttpApi, HApixStage AWS::ApiGatewayV2::Stage, SM AWS::Serverless::StateMachine,
SMEv AWS::Events::Rule, SMEvRole AWS::IAM::Role, SMRole AWS::IAM::Role, ServerlessHttpApi AWS::ApiGatewayV2::Api, ServerlessHttpApiApiGatewayDefaultStage AWS::ApiGatewayV2::Stage,
ServerlessRestApi AWS::ApiGateway::RestApi, ServerlessRestApiProdStage AWS::ApiGateway::Stage, Tab AWS::Serverless::SimpleTable`.replace(/\s*\n/g, ' ').split(', ');

describe('a SAM template', () => {
  it('makes what the documentation says it makes, by the names that the real transform gives', () => {
    const event = (Type: string, Properties: object = {}): object => ({ Type, Properties });
    const resources = {
      Tab: one('AWS::Serverless::SimpleTable', { TableName: 'x' }), Api: one('AWS::Serverless::Api', { StageName: 'Prod' }), HApi: one('AWS::Serverless::HttpApi', { StageName: 'x' }),
      SM: one('AWS::Serverless::StateMachine', { DefinitionUri: 's3://b/k', Events: { Ev: event('Schedule', { Schedule: 'rate(1 day)' }) } }),
      F: fn({
        AutoPublishAlias: 'live', FunctionUrlConfig: { AuthType: 'NONE' }, EventInvokeConfig: { MaximumRetryAttempts: 1 },
        Events: {
          Que: event('SQS', { Queue: 'arn' }), Sch: event('Schedule', { Schedule: 'rate(1 day)' }), S2: event('ScheduleV2', { ScheduleExpression: 'rate(1 day)' }), Sn: event('SNS', { Topic: 'arn' }),
          S: event('S3', { Bucket: 'b' }), A: event('Api', { Path: '/', Method: 'get' }), H: event('HttpApi', { Path: '/', Method: 'get' }), EB: event('EventBridgeRule', { Pattern: {} }),
          Log: event('CloudWatchLogs', { LogGroupName: 'x', FilterPattern: '' }), Iot: event('IoTRule', { Sql: 'select' }), K: event('Kinesis', { Stream: 'arn', StartingPosition: 'LATEST' }), AS: event('AlexaSkill'),
        },
      }),
      G: fn({ Role: 'arn:aws:iam::1:role/x', Events: { A: event('Api', { Path: '/', Method: 'get', RestApiId: { Ref: 'Api' } }) } }),
    };
    assert.deepEqual(predictDelete({ ...SAM, Resources: resources }).resources.map((r) => `${r.id} ${r.type}`).sort(), [...MADE].sort());
  });

  it('loses the data of a simple table that goes or gets another key', () => {
    const table = (name: string): object => ({ T: one('AWS::Serverless::SimpleTable', { PrimaryKey: { Name: name, Type: 'String' } }) });
    assert.deepEqual(said(table('id'), {}), ['T remove no lost']);
    assert.deepEqual(said(table('id'), table('pk')), ['T modify yes lost']);
  });

  it('takes the role and the event sources of a function with it', () => {
    const before = { Q: one('AWS::SQS::Queue'), F: fn({ Policies: ['AWSLambdaExecute'], Events: { E: { Type: 'SQS', Properties: { Queue: get('Q', 'Arn') } } } }) };
    assert.deepEqual(said(before, { Q: one('AWS::SQS::Queue') }), ['F remove no none', 'FRole remove no none', 'FE remove no none']);
    const { dependencies } = predictDelete({ ...SAM, Resources: before });
    assert.deepEqual(dependencies.map((d) => `${d.from} ${d.kind} ${d.to}`).sort(), ['F iam-role FRole', 'FE event-source Q', 'FE reference F']);
  });

  it('changes what a property becomes, not more', () => {
    assert.deepEqual(said({ F: fn({ Policies: ['A'] }) }, { F: fn({ Policies: ['B'] }) }), ['FRole modify no none']);
    const every = (rate: string): object => ({ F: fn({ Events: { E: { Type: 'Schedule', Properties: { Schedule: rate } } } }) });
    assert.deepEqual(said(every('rate(1 day)'), every('rate(2 days)')), ['FE modify no none']);
    assert.deepEqual(said({ F: fn({ Role: 'arn:a' }) }, { F: fn() }), ['FRole add no none', 'F modify no none']);
  });

  it('gives Globals to every resource of a type', () => {
    const globals = (size: number): object => ({ Globals: { Function: { MemorySize: size, Environment: { Variables: { A: '1' } } } } });
    assert.deepEqual(said({ F: fn(), G: fn({ MemorySize: 128 }) }, { F: fn(), G: fn({ MemorySize: 128 }) }, { before: globals(128), after: globals(256) }), ['F modify no none']);
    assert.deepEqual(said({ F: fn({ MemorySize: 128, Environment: { Variables: { A: '1' } } }) }, { F: fn() }, { after: globals(128) }), []);
  });

  it('keeps an earlier layer version', () => {
    const layer = (uri: string, more: object = {}): object => ({ L: one('AWS::Serverless::LayerVersion', { ContentUri: uri, ...more }) });
    assert.equal(predict({ template: { ...SAM, Resources: layer('a') } }, { template: { ...SAM, Resources: layer('b') } }).resources[0]?.because.some((text) => text.startsWith('UpdateReplacePolicy is Retain')), true);
    assert.equal(predictDelete({ ...SAM, Resources: layer('a', { RetentionPolicy: 'Delete' }) }).resources[0]?.outcome, 'lost');
  });

  it('is as it is written without the transform', () => {
    assert.deepEqual(predictDelete({ Resources: { F: fn({ Events: { E: { Type: 'S3', Properties: {} } } }) } }).resources.map((r) => r.id), ['F']);
  });
});
