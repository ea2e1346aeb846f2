import assert from 'node:assert/strict';
import { readState, startPreview, type PreviewResult } from '../../src/preview/preview';
import { startStub, type CloudFormationStub, type StubAnswer, type StubCall } from '../support/cloudformation-stub';
import { operationOf, previewRequest, previewWorker } from '../support/preview-worker';

const BEFORE = '2026-01-01T00:00:00Z';
const UPDATE = '2026-02-01T00:00:00Z';
const AFTER = '2026-02-01T00:01:00Z';
const TABLE = { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 't' } };
const TEMPLATE = JSON.stringify({ Resources: { Old: TABLE, New: TABLE, Kept: { ...TABLE, DeletionPolicy: 'Retain' }, Queue: { Type: 'AWS::SQS::Queue' } } });
const row = (LogicalResourceId: string, ResourceStatus: string, LastUpdatedTimestamp: string, ResourceType = 'AWS::DynamoDB::Table'): object => ({ LogicalResourceId, PhysicalResourceId: LogicalResourceId.toLowerCase(), ResourceType, ResourceStatus, LastUpdatedTimestamp });
const ROWS = [row('Old', 'CREATE_COMPLETE', BEFORE), row('New', 'CREATE_COMPLETE', AFTER), row('Kept', 'CREATE_COMPLETE', AFTER), row('Queue', 'UPDATE_FAILED', AFTER, 'AWS::SQS::Queue')];

const cloud = (StackStatus: string) => (call: StubCall): StubAnswer => {
  switch (call.action) {
    case 'DescribeStacks': return { result: { Stacks: [{ StackName: 'payments', StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/payments/1', StackStatus, CreationTime: BEFORE, LastUpdatedTime: UPDATE }] } };
    case 'GetTemplate': return { result: { TemplateBody: TEMPLATE } };
    case 'ListStackResources': return { result: { StackResourceSummaries: ROWS } };
    default: return { result: {} };
  }
};

describe('the preview of a rollback', function () {
  this.timeout(60_000);
  let stub: CloudFormationStub | undefined;
  afterEach(async () => { await stub?.stop(); });

  const run = async (status: string, verb: string, ...options: string[]): Promise<Extract<PreviewResult, { kind: 'preview' }>['blastRadius']> => {
    stub = await startStub(cloud(status));
    const argv = ['aws', 'cloudformation', verb, '--stack-name', 'payments', ...options];
    const result = await startPreview({ workerPath: previewWorker(), execPath: process.execPath, env: stub.env, request: previewRequest(argv, { operation: operationOf(argv) }) }).result;
    assert.ok(result.kind === 'preview', result.kind === 'failed' ? result.failure.message : '');
    return result.blastRadius;
  };
  const told = (radius: Awaited<ReturnType<typeof run>>): unknown[] => radius.resources.map((r) => [r.id, r.action, r.outcome, r.data]);

  it('lists what the failed update made and touched, and leaves the rest', async () => {
    const radius = await run('UPDATE_FAILED', 'rollback-stack');
    assert.deepEqual(told(radius), [['Kept', 'remove', 'retained', 'orphaned'], ['New', 'remove', 'lost', 'lost'], ['Queue', 'modify', 'unknown', 'unknown']]);
    assert.match(radius.unknowns.map((one) => one.text).join(' '), /What each resource was before the update is not read/);
    assert.deepEqual(stub?.calls.filter((call) => /^(?:Rollback|Continue|Cancel|Delete|Create|Update)/.test(call.action)), []);
  });

  it('says that a stack that never stood is deleted', async () => {
    const radius = await run('CREATE_FAILED', 'rollback-stack');
    assert.match(radius.warnings[0] ?? '', /payments never stood: rolling it back deletes all/);
    assert.equal(radius.resources.length, 4);
    const argv = ['aws', 'cloudformation', 'rollback-stack', '--stack-name', 'payments'];
    const state = await readState({ workerPath: previewWorker(), execPath: process.execPath, env: stub?.env ?? {} }, { kind: 'state', operation: operationOf(argv), argv, cwd: '/', timeoutMs: 20_000 });
    assert.deepEqual(state, { stateDigest: radius.stateDigest });
  });

  it('says what is skipped, and that it may not be what the template says', async () => {
    const radius = await run('UPDATE_ROLLBACK_FAILED', 'continue-update-rollback', '--resources-to-skip', 'Queue');
    assert.match(radius.resources.find((r) => r.id === 'Queue')?.because[0] ?? '', /leaves it as it is; CloudFormation takes it for rolled back/);
  });

  it('holds a cancel to no state, because the update goes on', async () => {
    const radius = await run('UPDATE_IN_PROGRESS', 'cancel-update-stack');
    assert.equal(radius.stateDigest, undefined);
    assert.match(radius.unknowns.map((one) => one.text).join(' '), /more may be rolled back than is listed/);
  });

  it('says when CloudFormation would refuse', async () => {
    const radius = await run('UPDATE_COMPLETE', 'rollback-stack');
    assert.deepEqual(radius.resources, []);
    assert.match(radius.warnings[0] ?? '', /takes rollback-stack only in CREATE_FAILED or UPDATE_FAILED/);
  });
});
