import assert from 'node:assert/strict';
import { CloudFormationClient, CreateStackInstancesCommand, CreateStackSetCommand } from '@aws-sdk/client-cloudformation';
import { startPreview, type PreviewResult } from '../../src/preview/preview';
import { assertPreview } from '../support/assert-preview';
import { bareEnv, startStub, type CloudFormationStub, type StubAnswer, type StubCall } from '../support/cloudformation-stub';
import { startMoto, type Moto } from '../support/moto';
import { operationOf, previewRequest, previewWorker } from '../support/preview-worker';

const OWN = '111122223333';
const OTHER = '444455556666';
const idOf = (account: string, region: string): string => `arn:aws:cloudformation:${region}:${account}:stack/StackSet-guardrails-1/0a`;
const instance = (Account: string, Region: string): object => ({ StackSetId: 'guardrails:1', Account, Region, StackId: idOf(Account, Region), Status: 'CURRENT', StackInstanceStatus: { DetailedStatus: 'SUCCEEDED' } });
const TABLE = (name: string): string => JSON.stringify({ Resources: { Log: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: name } } } });

function cloud(own: (call: StubCall) => StubAnswer | undefined = () => undefined): (call: StubCall) => StubAnswer {
  return (call) => {
    const mine = own(call);
    if (mine !== undefined) return mine;
    switch (call.action) {
      case 'DescribeStackSet': return { result: { StackSet: { StackSetName: 'guardrails', StackSetId: 'guardrails:1', Status: 'ACTIVE', TemplateBody: TABLE('log') } } };
      case 'ListStackInstances': return { result: { Summaries: [instance(OWN, 'eu-west-1'), instance(OTHER, 'us-east-1')] } };
      case 'DescribeStacks': return { result: { Stacks: [{ StackName: 'StackSet-guardrails-1', StackId: idOf(OWN, 'eu-west-1'), StackStatus: 'CREATE_COMPLETE', CreationTime: '2026-01-01T00:00:00Z' }] } };
      case 'GetTemplate': return { result: { TemplateBody: TABLE('log') } };
      case 'ListStackResources': return { result: { StackResourceSummaries: [{ LogicalResourceId: 'Log', PhysicalResourceId: 'log', ResourceType: 'AWS::DynamoDB::Table', ResourceStatus: 'CREATE_COMPLETE', LastUpdatedTimestamp: '2026-01-01T00:00:00Z' }] } };
      default: return { result: {} };
    }
  };
}

describe('the preview of a stack set command', function () {
  this.timeout(60_000);
  let stub: CloudFormationStub | undefined;
  afterEach(async () => { await stub?.stop(); });

  const run = async (argv: readonly string[], answer: (call: StubCall) => StubAnswer = cloud()): Promise<Extract<PreviewResult, { kind: 'preview' }>['blastRadius']> => {
    stub = await startStub(answer);
    const words = ['aws', 'cloudformation', ...argv];
    const result = await startPreview({ workerPath: previewWorker(), execPath: process.execPath, env: stub.env, request: previewRequest(words, { operation: operationOf(words) }) }).result;
    assertPreview(result);
    return result.blastRadius;
  };
  const WRITES = /^(?:Create|Delete|Update|Execute|Set|Stop|Import)/;

  it('lists every stack that goes, and opens the one in its own account and region', async () => {
    const radius = await run(['delete-stack-instances', '--stack-set-name', 'guardrails', '--accounts', OWN, OTHER, '--regions', 'eu-west-1', 'us-east-1', '--no-retain-stacks']);
    assert.deepEqual(radius.resources.map((r) => [r.id, r.action, r.outcome, r.data]), [
      [`${OWN}/eu-west-1`, 'remove', 'lost', 'none'],
      [`${OWN}/eu-west-1/Log`, 'remove', 'lost', 'lost'],
      [`${OTHER}/us-east-1`, 'remove', 'unknown', 'unknown'],
    ]);
    assert.equal(radius.reversibility.kind, 'irreversible');
    assert.match(radius.unknowns.map((one) => one.text).join('\n'), /What one stack in other accounts or regions hold can't be read/);
    assert.ok(radius.dependencies.some((d) => d.from === 'stack-set:guardrails' && d.to === `${OTHER}/us-east-1` && d.kind === 'nested-stack'));
    assert.deepEqual(stub?.calls.filter((call) => WRITES.test(call.action)), []);
  });

  it('leaves out the stacks that the command does not name', async () => {
    const radius = await run(['delete-stack-instances', '--stack-set-name', 'guardrails', '--accounts', OTHER, '--regions', 'us-east-1', '--no-retain-stacks']);
    assert.deepEqual(radius.resources.map((r) => r.id), [`${OTHER}/us-east-1`]);
  });

  it('says that retained stacks stay and are forgotten', async () => {
    const radius = await run(['delete-stack-instances', '--stack-set-name', 'guardrails', '--accounts', OWN, OTHER, '--regions', 'eu-west-1', 'us-east-1', '--retain-stacks']);
    assert.deepEqual(radius.resources.map((r) => [r.id, r.action, r.outcome]), [[`${OWN}/eu-west-1`, 'forget', 'retained'], [`${OTHER}/us-east-1`, 'forget', 'retained']]);
  });

  it('says that a set with stacks can not be deleted', async () => {
    const radius = await run(['delete-stack-set', '--stack-set-name', 'guardrails']);
    assert.deepEqual(radius.resources.map((r) => [r.id, r.action]), [['guardrails', 'remove']]);
    assert.match(radius.warnings[0] ?? '', /still holds 2 stacks: CloudFormation refuses/);
  });

  it('compares the new template with the set\'s, for every stack', async () => {
    const radius = await run(['update-stack-set', '--stack-set-name', 'guardrails', '--template-body', TABLE('other')]);
    assert.deepEqual(radius.resources.map((r) => [r.id, r.replacement, r.data]), [
      [`${OWN}/eu-west-1`, 'no', 'unknown'], [`${OWN}/eu-west-1/Log`, 'yes', 'lost'],
      [`${OTHER}/us-east-1`, 'no', 'unknown'], [`${OTHER}/us-east-1/Log`, 'yes', 'lost'], ['guardrails', 'no', 'none'],
    ]);
    assert.match(radius.unknowns.map((one) => one.text).join('\n'), /may have parameters of its own/);
  });

  it('says what new stacks are made of', async () => {
    const radius = await run(['create-stack-instances', '--stack-set-name', 'guardrails', '--accounts', OTHER, '--regions', 'us-east-1', 'eu-west-1']);
    assert.deepEqual(radius.resources.map((r) => [r.id, r.action]), [[`${OTHER}/eu-west-1`, 'add'], [`${OTHER}/eu-west-1/Log`, 'add']]);
    assert.match(radius.warnings[0] ?? '', new RegExp(`${OTHER}/us-east-1 already has a stack`));
  });

  it('says that there is no such set', async () => {
    const radius = await run(['delete-stack-set', '--stack-set-name', 'nowhere'], cloud((call) => (call.action === 'DescribeStackSet' ? { error: 'StackSetNotFoundException', message: 'StackSet nowhere not found', status: 404 } : undefined)));
    assert.deepEqual(radius.resources, []);
    assert.match(radius.warnings[0] ?? '', /no stack set nowhere in region eu-west-1/);
  });
});

describe('the preview of a stack set command against moto', function () {
  this.timeout(120_000);
  let moto: Moto;
  let cloud: CloudFormationClient;
  before(async () => {
    moto = await startMoto();
    cloud = new CloudFormationClient({ endpoint: moto.url, region: 'us-east-1', credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } });
    const template = JSON.stringify({ Resources: { Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } } } });
    await cloud.send(new CreateStackSetCommand({ StackSetName: 'guardrails', TemplateBody: template }));
    await cloud.send(new CreateStackInstancesCommand({ StackSetName: 'guardrails', Accounts: ['123456789012', OTHER], Regions: ['us-east-1'] }));
  });
  after(async () => {
    cloud?.destroy();
    await moto?.stop();
  });

  it('reads the set and its stacks as they really are', async () => {
    const argv = ['aws', 'cloudformation', 'delete-stack-instances', '--stack-set-name', 'guardrails', '--accounts', '123456789012', OTHER, '--regions', 'us-east-1', '--no-retain-stacks'];
    const result = await startPreview({ workerPath: previewWorker(), execPath: process.execPath, env: { ...bareEnv(), ...moto.env }, request: previewRequest(argv, { operation: operationOf(argv) }) }).result;
    assert.ok(result.kind === 'preview', result.kind === 'failed' ? result.failure.message : '');
    assert.deepEqual(result.blastRadius.resources.filter((r) => r.type === 'AWS::CloudFormation::Stack').map((r) => [r.id, r.action]), [['123456789012/us-east-1', 'remove'], [`${OTHER}/us-east-1`, 'remove']]);
    assert.deepEqual(result.blastRadius.warnings, []);
  });
});
