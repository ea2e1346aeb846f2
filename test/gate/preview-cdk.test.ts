import assert from 'node:assert/strict';
import { CloudFormationClient, CreateChangeSetCommand, CreateStackCommand, ListChangeSetsCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { chmodSync, existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cleanupTask } from '../../src/preview/cleanup-task';
import { cleanUp, readState, startPreview, type PreviewResult } from '../../src/preview/preview';
import { assertPreview } from '../support/assert-preview';
import { bareEnv, startStub, type StubAnswer } from '../support/cloudformation-stub';
import { writeAssembly } from '../support/cloud-assembly';
import { startMoto, type Moto } from '../support/moto';
import { operationOf, previewWorker } from '../support/preview-worker';
import { temporary } from '../support/temporary';

const table = (name: string): object => ({
  Type: 'AWS::DynamoDB::Table', Metadata: { 'aws:cdk:path': 'Data/Orders/Resource' },
  Properties: { TableName: name, AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' },
});
const queue = (name: string): object => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: name } });
const DATA = { Resources: { Orders2B: table('orders') } };
const API = { Resources: { Jobs: queue('jobs') } };
const HERE = 'aws://123456789012/us-east-1';

describe('the preview of the CDK against moto', function () {
  this.timeout(120_000);
  let moto: Moto;
  let cloud: CloudFormationClient;
  let app: string;

  before(async () => {
    moto = await startMoto();
    cloud = new CloudFormationClient({ endpoint: moto.url, region: 'us-east-1', credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } });
  });
  after(async () => {
    cloud?.destroy();
    await moto?.stop();
  });
  beforeEach(async () => {
    await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
    app = temporary('holdpoint-cdk-');
    writeFileSync(path.join(app, 'cdk.json'), '{"app":"node app.js"}');
    writeFileSync(path.join(app, 'app.js'), '');
    await cloud.send(new CreateStackCommand({ StackName: 'payments-data', TemplateBody: JSON.stringify(DATA) }));
    await cloud.send(new CreateStackCommand({ StackName: 'payments-api', TemplateBody: JSON.stringify(API) }));
    assembled(DATA, API);
  });

  const assembled = (data: object, api: object, into = path.join(app, 'cdk.out')): void => {
    writeAssembly(into, [
      { artifact: 'Data', stackName: 'payments-data', environment: HERE, template: data },
      { artifact: 'Api', stackName: 'payments-api', environment: HERE, dependencies: ['Data'], template: api, paths: { Jobs: 'Api/Jobs/Resource' } },
    ]);
    for (const file of ['app.js', 'cdk.json']) utimesSync(path.join(app, file), 1000, 1000);
  };
  const env = (): Record<string, string> => ({ ...bareEnv(), ...moto.env });
  const run = (argv: readonly string[], more: object = {}): Promise<PreviewResult> => startPreview({
    workerPath: previewWorker(), execPath: process.execPath, env: env(),
    request: { kind: 'preview', operation: { ...operationOf(argv), operation: `cdk:${argv[1]}`, tool: 'cdk' }, argv, cwd: app, mode: 'live', allowExecution: false, changeSetName: `holdpoint-cdk-${process.pid}`, timeoutMs: 60_000, ...more },
  }).result;
  const shown = (result: PreviewResult): Extract<PreviewResult, { kind: 'preview' }> => {
    assertPreview(result);
    return result;
  };
  const changeSets = async (): Promise<number> => (await cloud.send(new ListChangeSetsCommand({ StackName: 'payments-data' }))).Summaries?.length ?? 0;

  it('shows each stack of a deletion with what needs it, by construct path', async () => {
    const { blastRadius, asks, kept } = shown(await run(['cdk', 'destroy', 'Data', '--force'], { folder: path.join(app, 'own') }));
    assert.deepEqual(kept?.map((k) => path.basename(k.path)).sort(), ['payments-api.stack.json', 'payments-api.template.json', 'payments-data.stack.json', 'payments-data.template.json'], 'the way back');
    assert.equal(asks, undefined);
    assert.equal(blastRadius.source, 'live-reads');
    assert.deepEqual(blastRadius.resources.map((r) => [r.id, r.stack, r.outcome, r.path]), [
      ['Api/Jobs', 'payments-api', 'lost', 'Api/Jobs/Resource'],
      ['Data/Orders2B', 'payments-data', 'lost', 'Data/Orders/Resource'],
    ]);
    assert.ok(blastRadius.warnings.some((text) => text.startsWith('Api goes along without being named: they need a stack that goes.')));
    assert.deepEqual(blastRadius.context, { account: '123456789012', region: 'us-east-1', endpoint: moto.url });
  });

  it('makes a change set of each synthesised template that differs, and removes it', async () => {
    assembled({ Resources: { Other: queue('other') } }, API);
    const { blastRadius } = shown(await run(['cdk', 'deploy', 'Data', '--exclusively', '--require-approval', 'never']));
    assert.equal(blastRadius.source, 'change-set');
    assert.deepEqual(blastRadius.resources.map((r) => [r.id, r.action, r.outcome]), [['Data/Orders2B', 'remove', 'lost'], ['Data/Other', 'add', 'added']]);
    assert.ok(blastRadius.unknowns.map((one) => one.text).some((text) => text.includes('Nothing in the app is newer than cdk.out')), blastRadius.unknowns.map((one) => one.text).join('\n'));
    assert.equal(await changeSets(), 0);
  });

  it('says that the templates are older than the code, and asks before that code runs', async () => {
    utimesSync(path.join(app, 'app.js'), Date.now() / 1000 + 100, Date.now() / 1000 + 100);
    const { blastRadius, asks } = shown(await run(['cdk', 'deploy', 'Data']));
    assert.deepEqual(asks?.map((one) => one.text), ['the CDK app (node app.js)']);
    assert.ok(blastRadius.unknowns.map((one) => one.text).some((text) => text.startsWith('cdk.out is older than app.js: the command synthesises the app again')));
  });

  it('knows nothing where nothing was synthesised, and says what to do', async () => {
    rmSync(path.join(app, 'cdk.out'), { recursive: true });
    const { blastRadius, asks } = shown(await run(['cdk', 'destroy', '--all']));
    assert.deepEqual(asks?.map((one) => one.text), ['the CDK app (node app.js)']);
    assert.deepEqual(blastRadius.resources.map((r) => [r.outcome, r.data]), [['unknown', 'unknown']]);
    assert.match(blastRadius.unknowns[0]?.text ?? '', /The app was not synthesised.*Allow the synthesis/);
  });

  it('synthesises with the real options into its own folder once allowed, and lets exactly that run (a stand-in for the cdk command)', async () => {
    const folder = temporary('holdpoint-own-');
    const made = path.join(app, 'made');
    assembled({ Resources: { Other: queue('other') } }, API, made);
    const cdk = path.join(app, 'cdk');
    writeFileSync(cdk, `#!/bin/sh\necho "$@" > '${app}/said'\nwhile [ "$1" != --output ]; do shift; done\nmkdir -p "$2" && cp -r '${made}/.' "$2"\n`);
    chmodSync(cdk, 0o755);
    rmSync(path.join(app, 'cdk.out'), { recursive: true });
    const { blastRadius, asks, prepared } = shown(await run(['cdk', 'deploy', 'Data', '-c', 'env=prod', '-o', 'cdk.out'], { allowExecution: true, folder, executable: cdk }));
    assert.equal(asks, undefined);
    assert.deepEqual(blastRadius.resources.map((r) => [r.id, r.action]), [['Data/Orders2B', 'remove'], ['Data/Other', 'add']]);
    assert.equal(readFileSync(path.join(app, 'said'), 'utf8').trim(), `synth --quiet --no-lookups --no-notices --output ${folder}/cdk.out --context env=prod`);
    assert.equal(existsSync(path.join(app, 'cdk.out')), false);
    assert.deepEqual(prepared?.argv, ['cdk', 'deploy', 'Data', '-c', 'env=prod', '--app', path.join(folder, 'cdk.out')]);
    assert.ok(prepared?.files.some((file) => file.path.endsWith('Data.template.json') && /^[0-9a-f]{64}$/.test(file.sha256 ?? '')));
    assert.equal(blastRadius.stateDigest, undefined);
    assert.ok(blastRadius.unknowns.map((one) => one.text).some((text) => text.includes('is not checked')));
  });

  it('goes on with what is there when the app can not be synthesised (a stand-in for the cdk command)', async () => {
    const cdk = path.join(app, 'cdk');
    writeFileSync(cdk, '#!/bin/sh\necho "Cannot find module app.js" >&2\nexit 1\n');
    chmodSync(cdk, 0o755);
    const { blastRadius } = shown(await run(['cdk', 'destroy', 'Api'], { allowExecution: true, folder: path.join(app, 'own'), executable: cdk }));
    assert.match(blastRadius.unknowns[0]?.text ?? '', /could not be synthesised for this preview \(Cannot find module app\.js\)/);
    assert.deepEqual(blastRadius.resources.map((r) => r.id), ['Api/Jobs']);
  });

  it('claims nothing of a stack in another account', async () => {
    writeAssembly(path.join(app, 'cdk.out'), [
      { artifact: 'Data', stackName: 'payments-data', environment: 'aws://999988887777/us-east-1', template: DATA },
    ]);
    const { blastRadius } = shown(await run(['cdk', 'destroy', 'Data', '--app', 'cdk.out']));
    assert.deepEqual(blastRadius.resources.map((r) => [r.id, r.outcome]), [['Data/everything in payments-data', 'unknown']]);
    assert.match(blastRadius.unknowns.map((one) => one.text).join('\n'), /into account 999988887777, but these credentials are of account 123456789012/);
  });

  it('compares what is inside nested stacks by the templates that are not uploaded yet', async () => {
    const inner = (name: string): object => ({ Resources: { Inner: table(name) } });
    const outer = (hash: string): object => ({ Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: `https://example.com/${hash}.json` }, Metadata: { 'aws:asset:path': 'inner.json' } } } });
    writeAssembly(path.join(app, 'cdk.out'), [{ artifact: 'Data', stackName: 'payments-data', environment: HERE, template: outer('new'), files: { 'inner.json': JSON.stringify(inner('new')) } }]);
    const { blastRadius } = shown(await run(['cdk', 'deploy', 'Data', '--app', 'cdk.out']));
    assert.equal(blastRadius.source, 'live-reads');
    assert.deepEqual(blastRadius.resources.map((r) => [r.id, r.action]), [['Data/Nested', 'add'], ['Data/Nested/Inner', 'add'], ['Data/Orders2B', 'remove']]);
    assert.equal(await changeSets(), 0);
  });

  it('says that a stack whose creation failed is deleted first', async () => {
    const { calls, env: answers, stop } = await startStub((call): StubAnswer => {
      switch (call.action) {
        case 'DescribeStacks': return { result: { Stacks: [{ StackName: 'payments-data', StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/payments-data/1', StackStatus: 'ROLLBACK_COMPLETE', CreationTime: '2026-01-01T00:00:00Z' }] } };
        case 'GetTemplate': return { result: { TemplateBody: JSON.stringify(DATA) } };
        case 'ListStackResources': return { result: { StackResourceSummaries: [{ LogicalResourceId: 'Orders2B', PhysicalResourceId: 'orders', ResourceType: 'AWS::DynamoDB::Table', ResourceStatus: 'DELETE_FAILED', LastUpdatedTimestamp: '2026-01-01T00:00:00Z' }] } };
        default: return { result: {} };
      }
    });
    try {
      const argv = ['cdk', 'deploy', 'Data', '--app', 'cdk.out'];
      const { blastRadius } = shown(await startPreview({
        workerPath: previewWorker(), execPath: process.execPath, env: answers,
        request: { kind: 'preview', operation: operationOf(argv), argv, cwd: app, mode: 'live', allowExecution: false, changeSetName: 'unused', timeoutMs: 30_000 },
      }).result);
      assert.deepEqual(blastRadius.resources.map((r) => [r.id, r.outcome]), [['Data/Orders2B', 'lost']]);
      assert.match(blastRadius.warnings[0] ?? '', /payments-data is in ROLLBACK_COMPLETE, its creation failed: the CDK deletes it first/);
      assert.ok(!calls.some((call) => call.action === 'CreateChangeSet'));
    } finally {
      await stop();
    }
  });

  it('tells before the run when a stack moved meanwhile', async () => {
    const argv = ['cdk', 'destroy', 'Data', '--app', 'cdk.out'];
    const { blastRadius } = shown(await run(argv));
    const state = async (): Promise<string | undefined> => {
      const answer = await readState({ workerPath: previewWorker(), execPath: process.execPath, env: env() }, { kind: 'state', operation: operationOf(argv), argv, cwd: app, timeoutMs: 30_000 });
      return 'stateDigest' in answer ? answer.stateDigest : answer.failure.message;
    };
    assert.equal(await state(), blastRadius.stateDigest);
    await cloud.send(new UpdateStackCommand({ StackName: 'payments-api', TemplateBody: JSON.stringify({ Resources: { Jobs: queue('more') } }) }));
    assert.notEqual(await state(), blastRadius.stateDigest);
  });

  it('removes a change set that a killed preview left behind', async () => {
    await cloud.send(new CreateChangeSetCommand({ StackName: 'payments-data', ChangeSetName: 'left-behind', ChangeSetType: 'UPDATE', TemplateBody: JSON.stringify(API) }));
    assert.equal(await changeSets(), 1);
    const left = await cleanUp({ workerPath: previewWorker(), execPath: process.execPath, env: env() }, cleanupTask({ argv: ['cdk', 'deploy', 'Data'], cwd: app }, env(), { name: 'left-behind', stack: 'payments-data', region: 'us-east-1' }));
    assert.equal(left, undefined);
    assert.equal(await changeSets(), 0);
    assert.ok(cleanupTask({ argv: ['cdk', 'deploy', 'Data', '--profile', 'ops'], cwd: app }, {}, { name: 'n', stack: 's', region: 'r' }).argv.join(' ').includes('--profile ops'));
  });

  it('works without any call, too', async () => {
    const { blastRadius } = shown(await run(['cdk', 'destroy', 'Data', '-e'], { mode: 'offline' }));
    assert.equal(blastRadius.source, 'offline');
    assert.deepEqual(blastRadius.resources.map((r) => [r.id, r.outcome]), [['Data/Orders2B', 'lost']]);
    assert.ok(blastRadius.unknowns.map((one) => one.text).some((text) => text.includes('The deployed stack was not read')));
  });
});
