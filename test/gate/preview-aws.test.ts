import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { detectArgv } from '../../src/detect/detect';
import type { AffectedResource, BlastRadius } from '../../src/model';
import { readState, startPreview, type PreviewResult } from '../../src/preview/preview';
import { PreviewError } from '../../src/preview/failure';
import { runTool } from '../../src/preview/tool-run';
import { assertPreview } from '../support/assert-preview';
import { startAwsFront, type AwsFront } from '../support/aws-front';
import { bareEnv } from '../support/cloudformation-stub';
import { element, motoCall, type MotoCall } from '../support/moto-call';
import { startMoto, type Moto } from '../support/moto';
import { previewRequest, previewWorker } from '../support/preview-worker';
import { temporary } from '../support/temporary';

/** A zip archive with one empty file, `a.py`: what Lambda takes for code. */
const ZIP = 'UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAAEAAAAYS5weVBLAQIUAxQAAAAAAAAAIQAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAACAAQAAAABhLnB5UEsFBgAAAAABAAEAMgAAACIAAAAAAA==';
const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
const READ_ALL = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }] });
const OWNED = JSON.stringify({
  Resources: {
    Carts: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'carts', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' } },
    CartsName: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/shop/carts', Type: 'String', Value: { Ref: 'Carts' } } },
    Mail: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'mail' } },
  },
  Outputs: { CartsName: { Value: { Ref: 'Carts' }, Export: { Name: 'shop-carts' } } },
});

/** An `aws` that answers for AWS itself: one instance, and a dry run that is refused. */
const STUB = `#!/usr/bin/env node
const args = process.argv.slice(2);
if (args[1] === 'describe-instances') console.log(JSON.stringify({ Reservations: [{ Instances: [{ InstanceId: 'i-1', State: { Name: 'running' } }] }] }));
else if (args[1] === 'terminate-instances' && args[2] === '--dry-run' && !args.includes('--no-dry-run')) {
  console.error('An error occurred (UnauthorizedOperation) when calling the TerminateInstances operation: You are not authorized to perform this operation.');
  process.exit(254);
} else if (/^(describe|get|list)-/.test(args[1])) console.log('{}');
else process.exit(3);
`;

describe('the preview of imperative aws calls, with the real AWS CLI against moto', function () {
  this.timeout(120_000);
  let moto: Moto;
  let front: AwsFront;
  let folder: string;
  let env: Record<string, string>;
  let executable: string;
  let cloud: MotoCall;
  const made: Record<'instance' | 'kept' | 'key' | 'zone' | 'queue' | 'policy', string> = { instance: '', kept: '', key: '', zone: '', queue: '', policy: '' };

  before(async () => {
    moto = await startMoto();
    front = await startAwsFront(moto.url);
    cloud = motoCall(moto.url);
    folder = temporary('holdpoint-aws-');
    env = { ...bareEnv(), ...moto.env, AWS_ENDPOINT_URL: front.url };
    executable = realAws();
    mkdirSync(path.join(folder, 'objects'));
    for (const name of ['a', 'b', 'c']) writeFileSync(path.join(folder, 'objects', name), 'hello\n');
    await makeFixtures();
    standing = await everything();
    assert.ok(standing.every((text) => text !== ''), standing.join('\n--\n'));
  });
  after(async () => {
    await front?.stop();
    await moto?.stop();
  });

  /** All that the previews are about, as it stands; without what differs from one answer to the next. */
  const everything = async (): Promise<string[]> => (await Promise.all([
    cloud.query('rds', 'DescribeDBInstances'), cloud.query('rds', 'DescribeDBSnapshots'), cloud.json('dynamodb', 'DynamoDB_20120810.ListTables', {}), cloud.query('ec2', 'DescribeInstances'), cloud.query('ec2', 'DescribeVolumes'),
    cloud.rest('s3', 'GET', '/logs-plain'), cloud.rest('s3', 'GET', '/logs-versioned?versions'), cloud.json('kms', 'TrentService.DescribeKey', { KeyId: made.key }), cloud.json('secretsmanager', 'secretsmanager.ListSecrets', {}),
    cloud.query('iam', 'ListAttachedRolePolicies', { RoleName: 'worker' }), cloud.rest('route53', 'GET', `/2013-04-01/hostedzone/${made.zone}/rrset`), cloud.rest('lambda', 'GET', '/2015-03-31/event-source-mappings/'),
    cloud.json('sqs', 'AmazonSQS.GetQueueAttributes', { QueueUrl: made.queue, AttributeNames: ['All'] }),
  ])).map((answer) => (typeof answer === 'string' ? answer : JSON.stringify(answer)).replace(/<(requestId|RequestId|LatestRestorableTime)>[^<]*/g, '<$1>'));
  let standing: readonly string[] = [];

  async function makeFixtures(): Promise<void> {
    const table = (TableName: string, more: object = {}): Promise<unknown> => cloud.json('dynamodb', 'DynamoDB_20120810.CreateTable', {
      TableName, AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST', ...more,
    });
    const stacks = new CloudFormationClient({ endpoint: moto.url, region: 'us-east-1', credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } });
    await stacks.send(new CreateStackCommand({ StackName: 'shop', TemplateBody: OWNED }));
    stacks.destroy();
    front.owners.set('carts', 'shop');
    await cloud.query('rds', 'CreateDBInstance', { DBInstanceIdentifier: 'orders-db', DBInstanceClass: 'db.t3.small', Engine: 'postgres', AllocatedStorage: '120', MasterUsername: 'u', MasterUserPassword: 'not-a-real-one', DeletionProtection: 'true' });
    await cloud.query('rds', 'CreateDBSnapshot', { DBInstanceIdentifier: 'orders-db', DBSnapshotIdentifier: 'before-migration' });
    await table('orders', { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' }, DeletionProtectionEnabled: true });
    await cloud.json('dynamodb', 'DynamoDB_20120810.UpdateContinuousBackups', { TableName: 'orders', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } });
    await table('sessions');
    for (const bucket of ['logs-plain', 'logs-versioned']) {
      await cloud.rest('s3', 'PUT', `/${bucket}`);
      if (bucket === 'logs-versioned') await cloud.rest('s3', 'PUT', `/${bucket}?versioning`, '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>');
      for (const name of ['a', 'b', 'c']) await cloud.rest('s3', 'PUT', `/${bucket}/a/${name}`, 'hello\n');
    }
    made.key = (await cloud.json('kms', 'TrentService.CreateKey', {}) as { KeyMetadata: { KeyId: string } }).KeyMetadata.KeyId;
    await cloud.json('kms', 'TrentService.CreateAlias', { AliasName: 'alias/pay', TargetKeyId: made.key });
    await cloud.json('secretsmanager', 'secretsmanager.CreateSecret', { Name: 'db/main', SecretString: 'correct-horse-battery', KmsKeyId: made.key });
    const zone = await cloud.rest('route53', 'POST', '/2013-04-01/hostedzone', '<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>example.com</Name><CallerReference>a</CallerReference></CreateHostedZoneRequest>');
    made.zone = element(zone, 'Id').replace('/hostedzone/', '');
    await cloud.rest('route53', 'POST', `/2013-04-01/hostedzone/${made.zone}/rrset`, '<ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeBatch><Changes><Change><Action>CREATE</Action><ResourceRecordSet><Name>api.example.com</Name><Type>A</Type><TTL>300</TTL><ResourceRecords><ResourceRecord><Value>10.0.0.1</Value></ResourceRecord></ResourceRecords></ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>');
    const instance = await cloud.query('ec2', 'RunInstances', { ImageId: 'ami-12c6146b', MinCount: '1', MaxCount: '1' });
    made.instance = element(instance, 'instanceId');
    made.kept = element(await cloud.query('ec2', 'CreateVolume', { Size: '40', AvailabilityZone: element(instance, 'availabilityZone') }), 'volumeId');
    await cloud.query('ec2', 'AttachVolume', { VolumeId: made.kept, InstanceId: made.instance, Device: '/dev/sdf' });
    await cloud.query('ec2', 'CreateSnapshot', { VolumeId: made.kept });
    const role = element(await cloud.query('iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: TRUST }), 'Arn');
    made.policy = element(await cloud.query('iam', 'CreatePolicy', { PolicyName: 'read-all', PolicyDocument: READ_ALL }), 'Arn');
    await cloud.query('iam', 'AttachRolePolicy', { RoleName: 'worker', PolicyArn: made.policy });
    made.queue = (await cloud.json('sqs', 'AmazonSQS.CreateQueue', { QueueName: 'jobs' }) as { QueueUrl: string }).QueueUrl;
    await cloud.json('sqs', 'AmazonSQS.SendMessage', { QueueUrl: made.queue, MessageBody: 'one' });
    await cloud.rest('lambda', 'POST', '/2015-03-31/functions', JSON.stringify({ FunctionName: 'work', Runtime: 'python3.11', Role: role, Handler: 'a.h', Code: { ZipFile: ZIP }, Environment: { Variables: { API_TOKEN: 'tok-never-shown' } } }));
    await cloud.rest('lambda', 'POST', '/2015-03-31/event-source-mappings/', JSON.stringify({ FunctionName: 'work', EventSourceArn: 'arn:aws:sqs:us-east-1:123456789012:jobs' }));
  }

  const run = (argv: readonly string[], more: Parameters<typeof previewRequest>[1] = {}, variables = env): Promise<PreviewResult> => {
    const operation = detectArgv(argv, { cwd: folder, env: variables })[0];
    assert.ok(operation && operation.mutation !== 'none', `${argv.join(' ')} is not held`);
    return startPreview({ workerPath: previewWorker(), execPath: process.execPath, env: variables, request: previewRequest(argv, { operation, cwd: folder, executable, ...more }) }).result;
  };
  const shown = async (...words: readonly string[]): Promise<BlastRadius> => {
    const result = await run(['aws', ...words]);
    assertPreview(result);
    const radius = result.blastRadius;
    assert.equal(radius.source, 'live-reads');
    assert.equal(radius.context.account, '123456789012');
    return radius;
  };
  const of = (radius: BlastRadius, id: string): AffectedResource => {
    const found = radius.resources.find((one) => one.id === id);
    assert.ok(found, `${id} is not among ${radius.resources.map((one) => one.id).join(', ')}`);
    return found;
  };
  const needs = (radius: BlastRadius): string[] => radius.dependencies.map((d) => `${d.from} ${d.kind} ${d.to}`);
  // AWS CLI v1 does not heed AWS_ENDPOINT_URL for rds and sqs.
  const here = (): string[] => ['--endpoint-url', front.url];

  it('tells size, protection and the way back of a database', async () => {
    const radius = await shown('rds', 'delete-db-instance', '--db-instance-identifier', 'orders-db', '--skip-final-snapshot', ...here());
    const db = of(radius, 'orders-db');
    assert.equal(db.size, '120 GiB allocated (postgres)');
    assert.match(db.lastBackup ?? '', /^restorable to \d{4}-/);
    assert.deepEqual([db.outcome, db.data, db.reversibility.kind], ['lost', 'lost', 'irreversible']);
    assert.match(db.reversibility.how ?? '', /before-migration.*restore-db-instance-from-db-snapshot --db-instance-identifier orders-db --db-snapshot-identifier before-migration/);
    assert.ok(radius.warnings.includes('Deletion protection of orders-db is on: AWS refuses this call.'));
    assert.ok(radius.evidence?.some((one) => one.from.includes('rds:DescribeDBInstances')));
    const kept = of(await shown('rds', 'delete-db-instance', '--db-instance-identifier', 'orders-db', '--final-db-snapshot-identifier', 'last', ...here()), 'orders-db');
    assert.deepEqual([kept.outcome, kept.data, kept.reversibility.kind], ['snapshotted', 'snapshotted', 'recoverable']);
  });

  it('tells a table with point-in-time recovery from one without', async () => {
    const kept = await shown('dynamodb', 'delete-table', '--table-name', 'orders');
    assert.deepEqual([of(kept, 'orders').size, of(kept, 'orders').reversibility.kind, of(kept, 'orders').reversibility.until], ['0 items, 0 B', 'recoverable', '35 days after the deletion']);
    assert.match(of(kept, 'orders').lastBackup ?? '', /^restorable to /);
    assert.ok(kept.warnings.includes('Deletion protection of orders is on: AWS refuses this call.'));
    const lost = of(await shown('dynamodb', 'delete-table', '--table-name', 'sessions'), 'sessions');
    assert.deepEqual([lost.lastBackup, lost.reversibility.kind], ['none found', 'irreversible']);
  });

  it('finds the stack that owns a table and what in it refers to the table', async () => {
    const radius = await shown('dynamodb', 'delete-table', '--table-name', 'carts');
    assert.deepEqual([of(radius, 'carts').stack, of(radius, 'carts').logicalId], ['shop', 'Carts']);
    assert.deepEqual([of(radius, 'shop/CartsName').outcome, of(radius, 'shop/CartsName').physicalId], ['unchanged', '/shop/carts']);
    assert.deepEqual(needs(radius), ['shop/CartsName reference carts']);
    assert.ok(radius.warnings.includes('Stack shop owns this (Carts): deleting it by hand makes the stack drift; the next update of shop fails or makes it again.'));
    // moto can't say who imports an export: that must be said.
    assert.ok(radius.unknowns.map((one) => one.text).some((text) => text.startsWith('Which stacks import shop-carts can\'t be read: cloudformation:ListImports')), radius.unknowns.map((one) => one.text).join('\n'));
  });

  it('counts what a bucket holds and knows that --force leaves versions', async () => {
    const plain = of(await shown('s3', 'rb', 's3://logs-plain', '--force'), 's3://logs-plain');
    assert.deepEqual([plain.size, plain.outcome, plain.data, plain.physicalId], ['3 objects, 18 B', 'lost', 'lost', 'logs-plain']);
    const versioned = await shown('s3', 'rb', 's3://logs-versioned', '--force');
    assert.deepEqual([of(versioned, 's3://logs-versioned').data, of(versioned, 's3://logs-versioned').reversibility.kind], ['kept', 'recoverable']);
    assert.ok(versioned.warnings.some((text) => text.startsWith('--force does not delete old versions')));
  });

  it('counts what rm would delete, by its own dry run where there are filters', async () => {
    const all = of(await shown('s3', 'rm', 's3://logs-versioned/a', '--recursive'), 's3://logs-versioned/a');
    assert.deepEqual([all.size, all.data, all.reversibility.kind], ['3 objects, 18 B', 'kept', 'recoverable']);
    assert.match(all.reversibility.how ?? '', /DeleteMarkers/);
    const one = await shown('s3', 'rm', 's3://logs-plain/a/a');
    assert.deepEqual([of(one, 's3://logs-plain/a/a').size, of(one, 's3://logs-plain/a/a').reversibility.kind], ['1 object, 6 B', 'irreversible']);
    assert.ok((await shown('s3', 'rm', 's3://logs-plain/a')).warnings.includes('There is nothing at s3://logs-plain/a now: nothing would be deleted.'));
    const some = of(await shown('s3', 'rm', 's3://logs-plain/a', '--recursive', '--exclude', '*b', '--quiet'), 's3://logs-plain/a');
    assert.deepEqual([some.size, some.data], ['2 objects', 'lost']);
    assert.ok(some.because.some((text) => text.includes('s3://logs-plain/a/a and s3://logs-plain/a/c')));
    const sync = of(await shown('s3', 'sync', 'objects', 's3://logs-plain', '--delete'), 's3://logs-plain');
    assert.equal(sync.size, '3 objects');
    const same = await shown('s3', 'sync', 'objects', 's3://logs-plain/a', '--delete', '--size-only');
    assert.ok(same.warnings.includes('Nothing at s3://logs-plain/a would be deleted as it is now (its own dry run).'), same.warnings.join('\n'));
    assert.ok(sync.because.includes('3 objects would be copied, those of the same name overwritten.'));
  });

  it('tells which volumes go with an instance', async () => {
    const radius = await shown('ec2', 'terminate-instances', '--instance-ids', made.instance);
    const volumes = radius.resources.filter((one) => one.type === 'AWS::EC2::Volume').map((one) => [one.size, one.outcome, one.data, /^snapshot of /.test(one.lastBackup ?? '')]);
    assert.deepEqual(volumes.sort(), [['40 GiB', 'retained', 'orphaned', true], ['8 GiB', 'lost', 'lost', false]]);
    assert.equal(of(radius, made.instance).downtime?.interrupted, 'yes');
    assert.ok(needs(radius).includes(`${made.kept} volume ${made.instance}`));
  });

  it('asks EC2\'s own dry run only of AWS itself, and tells what it said', async () => {
    const stub = path.join(folder, 'aws');
    writeFileSync(stub, STUB, { mode: 0o755 });
    const argv = ['aws', 'ec2', 'terminate-instances', '--instance-ids', 'i-1', '--no-dry-run'];
    const result = await run(argv, { executable: stub }, { ...bareEnv(), AWS_DEFAULT_REGION: 'us-east-1' });
    assert.ok(result.kind === 'preview', JSON.stringify(result));
    assert.ok(result.blastRadius.warnings.some((text) => text.startsWith('AWS would refuse it: these credentials may not call ec2:TerminateInstances')), result.blastRadius.warnings.join('\n'));
    assert.ok(result.blastRadius.evidence?.some((one) => one.from.startsWith('aws ec2 terminate-instances') && one.what.includes('--dry-run')));
    // moto carries this one out in spite of DryRun.
    const table = element(await cloud.query('ec2', 'DescribeRouteTables'), 'routeTableId');
    const network = element(await cloud.query('ec2', 'DescribeVpcs'), 'vpcId');
    const gateway = element(await cloud.query('ec2', 'CreateInternetGateway'), 'internetGatewayId');
    await cloud.query('ec2', 'AttachInternetGateway', { InternetGatewayId: gateway, VpcId: network });
    await cloud.query('ec2', 'CreateRoute', { RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway });
    const radius = await shown('ec2', 'delete-route', '--route-table-id', table, '--destination-cidr-block', '0.0.0.0/0');
    assert.ok(of(radius, table).because.some((text) => text.includes(`0.0.0.0/0 to ${gateway}`)), of(radius, table).because.join('\n'));
    assert.match(await cloud.query('ec2', 'DescribeRouteTables'), new RegExp(gateway));
  });

  it('tells until when a key can be kept, and what is told to be encrypted with it', async () => {
    const radius = await shown('kms', 'schedule-key-deletion', '--key-id', made.key, '--pending-window-in-days', '7', ...here());
    assert.deepEqual([of(radius, made.key).reversibility.kind, of(radius, made.key).reversibility.until], ['recoverable', '7 days after the call']);
    assert.deepEqual(needs(radius), [`alias/pay reference ${made.key}`, `db/main kms-key ${made.key}`]);
    assert.ok(radius.unknowns.map((one) => one.text).some((text) => text.startsWith('Everything that is encrypted with this key can\'t be told by AWS')));
  });

  it('tells the recovery window of a secret and never reads its value', async () => {
    const radius = await shown('secretsmanager', 'delete-secret', '--secret-id', 'db/main');
    assert.deepEqual([of(radius, 'db/main').reversibility.kind, of(radius, 'db/main').reversibility.until], ['recoverable', '30 days after the call']);
    assert.equal(of(await shown('secretsmanager', 'delete-secret', '--secret-id', 'db/main', '--force-delete-without-recovery'), 'db/main').reversibility.kind, 'irreversible');
    assert.ok(!front.calls.includes('GetSecretValue'));
  });

  it('tells what a role has and who runs as it', async () => {
    const radius = await shown('iam', 'delete-role', '--role-name', 'worker');
    assert.deepEqual(needs(radius), ['work iam-role worker', 'worker reference policy/read-all']);
    assert.ok(radius.warnings.some((text) => text.includes('(read-all): AWS refuses to delete it')));
    assert.deepEqual(needs(await shown('iam', 'delete-policy', '--policy-arn', made.policy)), [`role/worker iam-role ${made.policy}`]);
  });

  it('compares DNS changes with what stands and gives the way back', async () => {
    const radius = await shown('route53', 'change-resource-record-sets', '--hosted-zone-id', made.zone, '--change-batch', batch('UPSERT', 'api.example.com', '10.0.0.2', 60));
    const record = of(radius, 'api.example.com. A');
    assert.equal(record.outcome, 'modified');
    assert.deepEqual(record.because, ['UPSERT replaces it by 10.0.0.2.', 'It is 10.0.0.1 now.', 'Resolvers keep the old answer for up to 300 seconds (its TTL).']);
    assert.match(of(radius, made.zone).reversibility.how ?? '', /"Action":"UPSERT".*"Value":"10\.0\.0\.1"/);
    const gone = await shown('route53', 'change-resource-record-sets', '--hosted-zone-id', made.zone, '--change-batch', batch('DELETE', 'api.example.com', '10.0.0.1', 300));
    assert.equal(of(gone, 'api.example.com. A').outcome, 'lost');
  });

  it('tells what starts a function, without its environment', async () => {
    const radius = await shown('lambda', 'delete-function', '--function-name', 'work');
    assert.deepEqual(needs(radius), ['arn:aws:sqs:us-east-1:123456789012:jobs event-source work', 'work iam-role worker']);
    assert.equal(of(radius, 'arn:aws:sqs:us-east-1:123456789012:jobs').outcome, 'interrupted');
    assert.ok(!JSON.stringify(radius).includes('tok-never-shown'));
  });

  it('counts the messages of a queue', async () => {
    const queue = made.queue.replace(moto.url, front.url);
    const radius = await shown('sqs', 'delete-queue', '--queue-url', queue, ...here());
    assert.deepEqual([of(radius, queue).size, of(radius, queue).data], ['about 1 message', 'lost']);
    assert.deepEqual(needs(radius), [`work event-source ${queue}`]);
  });

  it('says that nothing would be deleted when there is no such thing', async () => {
    for (const [words, sentence] of [
      [['dynamodb', 'delete-table', '--table-name', 'nowhere'], 'There is no table nowhere in region us-east-1: nothing would be deleted.'],
      [['s3', 'rb', 's3://nowhere-at-all', '--force'], 'There is no bucket nowhere-at-all: nothing would be deleted.'],
    ] as const) {
      const radius = await shown(...words);
      assert.deepEqual([radius.resources, radius.unknowns], [[], []]);
      assert.ok(radius.warnings.includes(sentence), radius.warnings.join('\n'));
    }
  });

  it('names the permission that a read lacks, and claims nothing in its place', async () => {
    front.denied.add('DescribeTable');
    try {
      const radius = await shown('dynamodb', 'delete-table', '--table-name', 'sessions');
      assert.deepEqual([of(radius, 'sessions').outcome, of(radius, 'sessions').data, of(radius, 'sessions').size], ['lost', 'lost', undefined]);
      assert.ok(radius.unknowns.map((one) => one.text).some((text) => /^Size, protection and use of sessions can't be read: dynamodb:DescribeTable is not allowed for these credentials \(AccessDenied: .*\)\. Ask for that permission/.test(text)), radius.unknowns.map((one) => one.text).join('\n'));
      assert.equal(radius.stateDigest, undefined);
    } finally {
      front.denied.clear();
    }
  });

  it('fails with the next step when AWS can\'t be reached, and keeps what the table says', async () => {
    const result = await run(['aws', 'dynamodb', 'delete-table', '--table-name', 'sessions', '--endpoint-url', 'http://127.0.0.1:1']);
    assert.ok(result.kind === 'failed' && result.failure.kind === 'unreachable', JSON.stringify(result));
    assert.match(result.failure.message, /can't be reached .* Check the endpoint/);
    assert.deepEqual(result.standIn?.resources.map((one) => [one.id, one.outcome]), [['sessions', 'lost']]);
    const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _key, ...nobody } = env;
    const without = await run(['aws', 'dynamodb', 'delete-table', '--table-name', 'sessions'], {}, nobody);
    assert.ok(without.kind === 'failed' && without.failure.kind === 'credentials', JSON.stringify(without));
  });

  it('ends its AWS CLI when it is cancelled', async () => {
    front.silent.add('DescribeTable');
    try {
      const argv = ['aws', 'dynamodb', 'delete-table', '--table-name', 'sessions'];
      const operation = detectArgv(argv, { cwd: folder, env })[0]!;
      const from = front.calls.length;
      const preview = startPreview({ workerPath: previewWorker(), execPath: process.execPath, env, request: previewRequest(argv, { operation, cwd: folder, executable }) });
      while (!front.calls.slice(from).includes('DescribeTable')) await new Promise((resolve) => setTimeout(resolve, 20));
      await preview.cancel();
      const result = await preview.result;
      assert.equal(result.kind === 'failed' && result.failure.kind, 'cancelled');
      assert.equal(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n').some((line) => line.includes('describe-table') && line.includes(front.url)), false);
    } finally {
      front.silent.clear();
    }
  });

  it('takes what a dry run said until its limit for an answer, not for all', async () => {
    const endless = { executable: process.execPath, args: ['-e', 'setInterval(() => console.log("(dryrun) delete: s3://b/k"), 1)'], cwd: folder, env: bareEnv(), signal: new AbortController().signal, maxBytes: 300 };
    const answer = await runTool({ ...endless, partial: true });
    assert.equal(answer.cut, true);
    assert.match(answer.stdout, /^\(dryrun\) delete: /);
    await assert.rejects(runTool(endless), PreviewError);
  });

  it('says honestly what it has no reads for', async () => {
    const radius = await shown('glue', 'delete-database', '--name', 'lake');
    assert.ok(radius.unknowns.map((one) => one.text).some((text) => text.includes('the preview has no reads for it')));
    assert.deepEqual(radius.resources.map((one) => one.id), ['lake']);
  });

  it('makes no call that changes anything, and leaves all as it was', async () => {
    await Promise.all([shown('s3', 'mv', 's3://logs-plain/a', 's3://logs-versioned/b', '--recursive'), shown('sqs', 'purge-queue', '--queue-url', made.queue.replace(moto.url, front.url), ...here())]);
    assert.deepEqual(await everything(), standing);
    const changing = [...new Set(front.calls)].filter((name) => !/^(?:Describe|Get|List|Head|GET |HEAD )/.test(name));
    assert.deepEqual(changing, []);
    assert.ok(front.calls.length > 100);
  });

  it('gives the same state digest until the target moves', async () => {
    const argv = ['aws', 'dynamodb', 'delete-table', '--table-name', 'sessions'];
    const radius = await shown(...argv.slice(1));
    const operation = detectArgv(argv, { cwd: folder, env })[0]!;
    const state = (): ReturnType<typeof readState> => readState({ workerPath: previewWorker(), execPath: process.execPath, env }, { kind: 'state', operation, argv, cwd: folder, executable, timeoutMs: 20_000 });
    assert.deepEqual(await state(), { stateDigest: radius.stateDigest });
    await cloud.json('dynamodb', 'DynamoDB_20120810.UpdateTable', { TableName: 'sessions', DeletionProtectionEnabled: true });
    const moved = await state();
    assert.ok('stateDigest' in moved && moved.stateDigest !== radius.stateDigest);
  });
});

/** The `aws` that stands behind a version manager's stand-in, as the gate finds the tool itself. */
function realAws(): string {
  const names = (process.env['PATH'] ?? '').split(path.delimiter).map((part) => path.join(part, 'aws'));
  for (const name of names) {
    try {
      execFileSync(name, ['--version'], { stdio: 'ignore', env: bareEnv() });
      return name;
    } catch {
      // Not there, or a stand-in that needs more than this environment.
    }
  }
  throw new Error('The AWS CLI is not installed (pip install awscli): what needs it was not tested.');
}

function batch(action: string, name: string, value: string, ttl: number): string {
  return JSON.stringify({ Changes: [{ Action: action, ResourceRecordSet: { Name: name, Type: 'A', TTL: ttl, ResourceRecords: [{ Value: value }] } }] });
}
