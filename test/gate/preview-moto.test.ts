import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  CloudFormationClient, CreateChangeSetCommand, CreateStackCommand, DescribeStacksCommand, ListChangeSetsCommand, ListStacksCommand, UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { cleanUp, readState, startPreview, type CleanupTask, type PreviewResult } from '../../src/preview/preview';
import { assertPreview } from '../support/assert-preview';
import { startMoto, type Moto } from '../support/moto';
import { operationOf, previewRequest, previewWorker } from '../support/preview-worker';
import { bareEnv } from '../support/cloudformation-stub';
import { temporary } from '../support/temporary';

const TABLE = (name: string, more: object = {}): object => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { TableName: name, AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' },
  ...more,
});
const PAYMENTS = JSON.stringify({
  Resources: {
    Ledger: TABLE('payments-ledger'),
    Archive: TABLE('payments-archive', { DeletionPolicy: 'Retain' }),
    Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'payments-jobs' } },
  },
  Outputs: { LedgerName: { Value: { Ref: 'Ledger' }, Export: { Name: 'payments-ledger-name' } } },
});
const WITHOUT_LEDGER = JSON.stringify({ Resources: { Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'payments-jobs' } } } });

describe('the live preview against moto', function () {
  this.timeout(120_000);
  let moto: Moto;
  let cloud: CloudFormationClient;
  let place: { workerPath: string; execPath: string; env: Record<string, string> };

  before(async () => {
    moto = await startMoto();
    place = { workerPath: previewWorker(), execPath: process.execPath, env: { ...bareEnv(), ...moto.env } };
    cloud = new CloudFormationClient({ endpoint: moto.url, region: 'us-east-1', credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } });
  });
  after(async () => {
    cloud?.destroy();
    await moto?.stop();
  });
  beforeEach(async () => {
    await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
    await cloud.send(new CreateStackCommand({ StackName: 'payments-prod', TemplateBody: PAYMENTS }));
  });

  const changeSets = async (): Promise<number> => (await cloud.send(new ListChangeSetsCommand({ StackName: 'payments-prod' }))).Summaries?.length ?? 0;
  const run = (argv: readonly string[], more: Parameters<typeof previewRequest>[1] = {}): Promise<PreviewResult> => startPreview({ ...place, request: previewRequest(argv, more) }).result;
  const shown = (result: PreviewResult): Extract<PreviewResult, { kind: 'preview' }>['blastRadius'] => {
    assertPreview(result);
    return result.blastRadius;
  };
  const UPDATE = ['aws', 'cloudformation', 'update-stack', '--stack-name', 'payments-prod', '--template-body', WITHOUT_LEDGER];

  it('lists what delete-stack would take down, with physical ids, account and region', async () => {
    const radius = shown(await run(['aws', 'cloudformation', 'delete-stack', '--stack-name', 'payments-prod']));
    assert.equal(radius.source, 'live-reads');
    assert.deepEqual(radius.context, { account: '123456789012', region: 'us-east-1', endpoint: moto.url });
    assert.deepEqual(radius.resources.map((r) => [r.id, r.outcome, r.data, r.physicalId?.replace(/^http.*\//, '')]), [
      ['Archive', 'retained', 'orphaned', 'payments-archive'],
      ['Jobs', 'lost', 'lost', 'payments-jobs'],
      ['Ledger', 'lost', 'lost', 'payments-ledger'],
    ]);
    assert.ok(radius.dependencies.some((d) => d.from === 'export:payments-ledger-name' && d.to === 'Ledger'));
    assert.ok(radius.unknowns.map((one) => one.text).some((text) => text.includes('payments-ledger-name')), 'moto can\'t say who imports it: that must be said');
  });

  it('keeps the deployed template and its parameters in the preview\'s folder, as the way back', async () => {
    const folder = temporary('hp-kept-');
    const result = await run(['aws', 'cloudformation', 'delete-stack', '--stack-name', 'payments-prod'], { folder });
    const kept = (result as Extract<PreviewResult, { kind: 'preview' }>).kept ?? [];
    assert.deepEqual(kept.map((k) => path.relative(folder, k.path)), ['kept/payments-prod.template.json', 'kept/payments-prod.stack.json']);
    assert.deepEqual(JSON.parse(readFileSync(kept[0]?.path ?? '', 'utf8')), JSON.parse(PAYMENTS));
  });

  it('looks whether the buckets that go are empty, because a full one keeps the stack from going', async () => {
    const aws = execFileSync('sh', ['-c', 'command -v aws'], { encoding: 'utf8' }).trim();
    const bucket = (name: string): object => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName: name } });
    await cloud.send(new CreateStackCommand({ StackName: 'stores', TemplateBody: JSON.stringify({ Resources: { Full: bucket('hp-full'), Empty: bucket('hp-empty'), Kept: { ...bucket('hp-kept'), DeletionPolicy: 'Retain' } } }) }));
    await promisify(execFile)(aws, ['s3api', 'put-object', '--bucket', 'hp-full', '--key', 'a'], { env: { ...process.env, ...moto.env } });
    const radius = shown(await run(['aws', 'cloudformation', 'delete-stack', '--stack-name', 'stores'], { executable: aws }));
    assert.deepEqual(radius.resources.map((r) => [r.id, r.outcome, r.data]), [['Empty', 'lost', 'none'], ['Full', 'lost', 'kept'], ['Kept', 'retained', 'orphaned']]);
    assert.ok(radius.warnings.includes('Full is not empty: CloudFormation can\'t delete it, and the stack ends in DELETE_FAILED until it is emptied or retained.'));
    assert.ok(!radius.unknowns.map((one) => one.text).some((text) => text.includes('Deleting the bucket fails while')), radius.unknowns.map((one) => one.text).join('\n'));
    assert.ok(radius.evidence?.some((e) => e.from.includes('s3api list-object-versions')));
  });

  it('says that nothing would be deleted when there is no such stack', async () => {
    const radius = shown(await run(['aws', 'cloudformation', 'delete-stack', '--stack-name', 'nowhere', '--region', 'eu-west-1']));
    assert.deepEqual(radius.resources, []);
    assert.deepEqual(radius.warnings, ['There is no stack nowhere in region eu-west-1: nothing would be deleted.']);
  });

  it('previews an update by a change set and leaves none behind', async () => {
    const radius = shown(await run(UPDATE));
    assert.equal(radius.source, 'change-set');
    assert.deepEqual(radius.resources.map((r) => [r.id, r.action, r.outcome]), [['Archive', 'remove', 'retained'], ['Ledger', 'remove', 'lost']]);
    assert.equal(await changeSets(), 0);
  });

  it('leaves no change set behind when it is cancelled in the middle', async () => {
    const noted: string[] = [];
    let made: () => void = () => undefined;
    const making = new Promise<void>((resolve) => { made = resolve; });
    const preview = startPreview({
      ...place, request: previewRequest(UPDATE),
      onProgress: (text) => { if (text.startsWith('Reading the change set')) made(); },
      onMustCleanUp: (task) => noted.push(`must ${task.changeSet.name}`), onCleanedUp: (task) => noted.push(`done ${task.changeSet.name}`),
    });
    await Promise.race([making, preview.result]);
    await preview.cancel();
    assert.equal(await changeSets(), 0);
    assert.deepEqual(noted.map((text) => text.slice(0, 4)), ['must', 'done']);
    const result = await preview.result;
    assert.equal(result.kind === 'failed' && result.failure.kind, 'cancelled');
  });

  it('leaves no change set behind when the worker is killed', async () => {
    const request = previewRequest(UPDATE);
    const { startWorker } = await import('../../src/preview/worker-process');
    let made: () => void = () => undefined;
    const making = new Promise<void>((resolve) => { made = resolve; });
    let noted: CleanupTask['changeSet'] | undefined;
    const killed = startWorker(place, request, (message) => {
      if (message.kind === 'change-set') noted = message.changeSet;
      if (message.kind === 'progress' && message.text.startsWith('Reading the change set')) made();
    });
    await Promise.race([making, killed.ended]);
    killed.kill();
    await killed.ended;
    assert.equal(await changeSets(), 1, 'the kill came too late to test anything');
    assert.ok(noted);
    assert.equal(await cleanUp(place, { argv: request.argv, cwd: request.cwd, changeSet: noted }), undefined);
    assert.equal(await changeSets(), 0);
  });

  it('cleans up by itself after its worker died', async () => {
    let task: CleanupTask | undefined;
    let done = false;
    const preview = startPreview({
      ...place, request: previewRequest(UPDATE),
      onMustCleanUp: (noted) => { task = noted; },
      onProgress: (text) => { if (text.startsWith('Reading the change set') && preview.pid !== undefined) process.kill(preview.pid, 'SIGKILL'); },
      onCleanedUp: () => { done = true; },
    });
    const result = await preview.result;
    assert.equal(result.kind === 'failed' && result.failure.kind, 'crashed');
    assert.ok(task && done);
    assert.deepEqual(task.argv, ['aws', 'cloudformation', 'delete-change-set', '--region', 'us-east-1', '--endpoint-url', moto.url]);
    assert.equal(await changeSets(), 0);
  });

  it('never makes a change set for a stack that does not exist', async () => {
    const radius = shown(await run(['aws', 'cloudformation', 'update-stack', '--stack-name', 'fresh', '--template-body', PAYMENTS]));
    assert.deepEqual(radius.resources.map((r) => r.action), ['add', 'add', 'add']);
    assert.ok(radius.warnings.some((text) => /There is no stack fresh/.test(text)));
    const stacks = (await cloud.send(new ListStacksCommand({}))).StackSummaries ?? [];
    assert.deepEqual(stacks.filter((s) => s.StackName === 'fresh'), []);
  });

  it('takes a stack in REVIEW_IN_PROGRESS for one that does not exist', async () => {
    await cloud.send(new CreateChangeSetCommand({ StackName: 'reviewed', ChangeSetName: 'theirs', ChangeSetType: 'CREATE', TemplateBody: WITHOUT_LEDGER }));
    const radius = shown(await run(['aws', 'cloudformation', 'update-stack', '--stack-name', 'reviewed', '--template-body', WITHOUT_LEDGER]));
    assert.deepEqual(radius.resources.map((r) => [r.id, r.action]), [['Jobs', 'add']]);
    assert.equal((await cloud.send(new ListChangeSetsCommand({ StackName: 'reviewed' }))).Summaries?.length, 1, 'only theirs');
  });

  it('reads the very change set that would be executed and makes none', async () => {
    await cloud.send(new CreateChangeSetCommand({ StackName: 'payments-prod', ChangeSetName: 'theirs', ChangeSetType: 'UPDATE', TemplateBody: WITHOUT_LEDGER }));
    const radius = shown(await run(['aws', 'cloudformation', 'execute-change-set', '--stack-name', 'payments-prod', '--change-set-name', 'theirs']));
    assert.equal(radius.source, 'change-set');
    assert.deepEqual(radius.resources.map((r) => [r.id, r.action]), [['Archive', 'remove'], ['Ledger', 'remove']]);
    assert.equal(await changeSets(), 1);
  });

  it('asks before macros run, and predicts meanwhile', async () => {
    const template = JSON.stringify({ Transform: 'Danger', ...(JSON.parse(WITHOUT_LEDGER) as object) });
    const result = await run(['aws', 'cloudformation', 'update-stack', '--stack-name', 'payments-prod', '--template-body', template]);
    assert.deepEqual(result.kind === 'preview' && result.asks, [{ kind: 'macro', subject: 'Danger', text: 'Danger' }]);
    assert.equal(shown(result).source, 'live-reads');
    assert.ok(shown(result).resources.some((r) => r.id === 'Ledger' && r.action === 'remove'));
  });

  it('goes without a change set for a template over the inline limit', async () => {
    const large = JSON.stringify({ ...(JSON.parse(WITHOUT_LEDGER) as object), Metadata: { Filler: 'x'.repeat(52_000) } });
    const folder = temporary('holdpoint-large-');
    writeFileSync(`${folder}/t.json`, large);
    const radius = shown(await run(['aws', 'cloudformation', 'deploy', '--stack-name', 'payments-prod', '--template-file', 't.json'], { cwd: folder }));
    assert.equal(radius.source, 'live-reads');
    assert.match(radius.sourceDetail, /51,200/);
    assert.deepEqual(radius.resources.map((r) => r.id), ['Archive', 'Ledger']);
  });

  it('gives the same state digest until the stack moves', async () => {
    const argv = ['aws', 'cloudformation', 'delete-stack', '--stack-name', 'payments-prod'];
    const radius = shown(await run(argv));
    const state = (): ReturnType<typeof readState> => readState(place, { kind: 'state', operation: operationOf(argv), argv, cwd: process.cwd(), timeoutMs: 20_000 });
    assert.deepEqual(await state(), { stateDigest: radius.stateDigest });
    await cloud.send(new UpdateStackCommand({ StackName: 'payments-prod', TemplateBody: WITHOUT_LEDGER }));
    const moved = await state();
    assert.ok('stateDigest' in moved && moved.stateDigest !== radius.stateDigest);
  });

  it('gives the same state digest before and after its own change set', async () => {
    const first = shown(await run(UPDATE));
    const second = shown(await run(UPDATE));
    assert.equal(second.stateDigest, first.stateDigest);
    assert.equal(second.digest, first.digest);
    assert.equal((await cloud.send(new DescribeStacksCommand({ StackName: 'payments-prod' }))).Stacks?.[0]?.StackStatus, 'CREATE_COMPLETE');
  });
});
