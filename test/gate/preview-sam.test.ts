import assert from 'node:assert/strict';
import { CloudFormationClient, CreateStackCommand, ListChangeSetsCommand } from '@aws-sdk/client-cloudformation';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startPreview, type PreviewResult } from '../../src/preview/preview';
import { assertPreview } from '../support/assert-preview';
import { bareEnv } from '../support/cloudformation-stub';
import { startMoto, type Moto } from '../support/moto';
import { operationOf, previewWorker } from '../support/preview-worker';
import { temporary } from '../support/temporary';

const TABLE = { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' } };

describe('the preview of the SAM CLI against moto', function () {
  this.timeout(120_000);
  let moto: Moto;
  let cloud: CloudFormationClient;
  let app: string;
  before(async () => {
    moto = await startMoto();
    cloud = new CloudFormationClient({ endpoint: moto.url, region: 'us-east-1', credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } });
    await cloud.send(new CreateStackCommand({ StackName: 'payments-prod', TemplateBody: JSON.stringify({ Resources: { Orders: TABLE } }) }));
    app = temporary('holdpoint-sam-');
    writeFileSync(path.join(app, 'samconfig.toml'), '[default.global.parameters]\nstack_name = "payments-prod"\nregion = "us-east-1"\n');
    writeFileSync(path.join(app, 'template.yaml'), 'Transform: AWS::Serverless-2016-10-31\nResources:\n  Api:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: src/\n      Handler: a.b\n      Runtime: nodejs20.x\n');
  });
  after(async () => {
    cloud?.destroy();
    await moto?.stop();
  });

  const run = async (...argv: string[]): Promise<Extract<PreviewResult, { kind: 'preview' }>> => {
    const words = ['sam', ...argv];
    const result = await startPreview({
      workerPath: previewWorker(), execPath: process.execPath, env: { ...bareEnv(), ...moto.env },
      request: { kind: 'preview', operation: { ...operationOf(words), operation: 'sam:deploy', tool: 'sam' }, argv: words, cwd: app, mode: 'live', allowExecution: false, changeSetName: 'unused', timeoutMs: 60_000 },
    }).result;
    assertPreview(result);
    return result;
  };

  it('reads the stack that samconfig.toml names before it is deleted', async () => {
    const { blastRadius, prepared } = await run('delete', '--no-prompts');
    assert.deepEqual([prepared?.argv, prepared?.files.map((file) => file.path)], [['sam', 'delete', '--no-prompts'], [path.join(app, 'samconfig.toml')]]);
    assert.equal(prepared?.files[0]?.sha256, createHash('sha256').update(readFileSync(path.join(app, 'samconfig.toml'))).digest('hex'));
    assert.deepEqual(blastRadius.resources.map((r) => [r.id, r.outcome, r.physicalId]), [['Orders', 'lost', 'orders']]);
    assert.ok(blastRadius.unknowns.map((one) => one.text).some((text) => text.includes('the packaged files in S3')));
  });

  it('compares the template with the deployed one, with no change set and nothing run', async () => {
    const { blastRadius, asks } = await run('deploy');
    assert.equal(asks, undefined);
    assert.equal(blastRadius.source, 'live-reads');
    assert.deepEqual(blastRadius.resources.map((r) => [r.id, r.action, r.outcome]), [['Api', 'add', 'added'], ['ApiRole', 'add', 'added'], ['Orders', 'remove', 'lost']]);
    assert.match(blastRadius.sourceDetail, /not a change set, because sam deploy uploads the code first/);
    assert.equal((await cloud.send(new ListChangeSetsCommand({ StackName: 'payments-prod' }))).Summaries?.length ?? 0, 0);
  });
});
