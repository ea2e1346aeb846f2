import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { awsOperation, awsService } from '../../src/detect/knowledge/aws-operations';
import { detectArgv } from '../../src/detect/detect';
import { readFailure, unknownSentence } from '../../src/preview/aws/cli-failure';
import type { Answers, Look } from '../../src/preview/aws/entry';
import { readHeld } from '../../src/preview/aws/held';
import { dependentsIn, owningStack } from '../../src/preview/aws/owning-stack';
import type { Reader } from '../../src/preview/aws/reader';
import { assertReadOnly } from '../../src/preview/aws/read-only';
import { ec2DryRun } from '../../src/preview/aws/recipes/ec2-dry-run';
import { encryptedWith } from '../../src/preview/aws/recipes/kms';
import { callersOf } from '../../src/preview/aws/recipes/messaging';
import { afterDeletion, snapshotsOf } from '../../src/preview/aws/recipes/rds-backups';
import { changesOf, inverse, standing } from '../../src/preview/aws/recipes/route53';
import { amountOf, amountText, dryRunArgs, placeOf, readDryRun } from '../../src/preview/aws/recipes/s3';
import { ENTRIES } from '../../src/preview/aws/table';
import { usageBecause, usageRead } from '../../src/preview/aws/usage';
import { bytes, count, some, when } from '../../src/preview/aws/words';
import { PreviewError } from '../../src/preview/failure';
import { anOperation } from '../support/operations';
import { temporary } from '../support/temporary';

const held = (...words: readonly string[]): NonNullable<ReturnType<typeof readHeld>> => readHeld(['aws', ...words], '/', { HOME: '/nonexistent' })!;
const look = (target: string, ...words: readonly string[]): Look => ({ held: held(...words), target, operation: anOperation() });
const given = (answers: Readonly<Record<string, unknown>>): Answers => Object.fromEntries(Object.entries(answers).map(([name, data]) => [name, { kind: 'data', data }]));
const refused = (args: readonly string[], context = {}): boolean => {
  try {
    assertReadOnly(args, context);
    return false;
  } catch (error) {
    assert.ok(error instanceof PreviewError && error.failure.kind === 'refused');
    return true;
  }
};

describe('the one gate before every call of an AWS preview', () => {
  it('lets reads and the tool\'s own dry runs through', () => {
    for (const args of [
      ['rds', 'describe-db-instances', '--db-instance-identifier', 'a'], ['sts', 'get-caller-identity'], ['s3', 'ls', 's3://b', '--recursive'],
      ['s3api', 'head-object', '--bucket', 'b', '--key', 'k'], ['s3', 'rm', '--dryrun', 's3://b/k', '--recursive'], ['s3', 'sync', '--dryrun', '.', 's3://b', '--delete'],
      ['ec2', 'terminate-instances', '--dry-run', '--instance-ids', 'i-1', 'i-2'], ['sqs', 'get-queue-attributes', '--queue-url', 'https://sqs.eu-west-1.amazonaws.com/1/q'],
    ]) assert.equal(refused(args), false, args.join(' '));
  });

  it('refuses what changes something, whatever it looks like', () => {
    for (const args of [
      ['rds', 'delete-db-instance', '--db-instance-identifier', 'a'], ['s3', 'rm', 's3://b', '--recursive'], ['s3', 'rb', '--dryrun', 's3://b', '--force'], ['s3', 'cp', '--dryrun', 'a', 's3://b'],
      ['s3', 'rm', 's3://b', '--recursive', '--dryrun'], ['s3', 'rm', 's3://b', '--exclude', '--dryrun'],
      ['ec2', 'terminate-instances', '--instance-ids', 'i-1', '--dry-run'], ['ec2', 'terminate-instances', '--dry-run', '--instance-ids', 'i-1', '--no-dry-run'],
      ['ec2', 'terminate-instances', '--dry-run', '--no-dry', '--instance-ids', 'i-1'], ['ec2', 'terminate-instances', '--dry-run', '--', '--instance-ids', 'i-1'], ['ec2', 'terminate-instances', '--dry-run', '--dry-run', '--no-dry-run'],
      ['rds', 'describe-db-instances', '--debug'], ['--debug', 'rds', 'describe-db-instances'], ['--region', 'x', 'rds', 'describe-db-instances'], ['iam', 'get-rid-of'], ['nothing', 'describe-it'],
      ['ssm', 'describe-parameters', '--filters', 'http://169.254.169.254/'], ['kms', 'describe-key', '--key-id', 'https://example.com'], ['lambda', 'invoke', '--function-name', 'f', 'out'], ['configure', 'list'],
    ]) assert.equal(refused(args), true, args.join(' '));
  });

  it('refuses a dry run of EC2 where another place than AWS answers', () => {
    assert.throws(() => assertReadOnly(['ec2', 'delete-route', '--dry-run', '--route-table-id', 'rtb-1'], {}, true), PreviewError);
    assert.equal(refused(['ec2', 'delete-route', '--dry-run', '--route-table-id', 'rtb-1']), false);
  });

  it('refuses what gives secrets, content or credentials', () => {
    for (const args of [
      ['secretsmanager', 'get-secret-value', '--secret-id', 'a'], ['secretsmanager', 'batch-get-secret-value'], ['ssm', 'get-parameter', '--name', 'a', '--with-decryption'], ['ssm', 'get-parameters-by-path', '--path', '/'],
      ['s3api', 'get-object', '--bucket', 'b', '--key', 'k', 'out'], ['sts', 'get-session-token'], ['ecr', 'get-login-password'], ['ecr', 'get-authorization-token'], ['ec2', 'get-password-data', '--instance-id', 'i'],
      ['dynamodb', 'get-item', '--table-name', 't'], ['lambda', 'get-function', '--function-name', 'f'], ['iam', 'get-context-keys', '--with-decryption'],
    ]) assert.equal(refused(args), true, args.join(' '));
  });

  it('refuses a read that an alias of the AWS CLI turns into something else', () => {
    const readFile = (file: string): string | undefined => (file.endsWith('alias') ? '[toplevel]\nsts = !rm -rf /\n[command rds]\ndescribe-db-instances = delete-db-instance --skip-final-snapshot\n' : undefined);
    const context = { home: '/home/ada', cwd: '/', env: {}, readFile };
    assert.equal(refused(['sts', 'get-caller-identity'], context), true);
    assert.equal(refused(['rds', 'describe-db-instances'], context), true);
    assert.equal(refused(['dynamodb', 'describe-table', '--table-name', 't'], context), false);
  });

  it('finds only reads in the source of the recipes', () => {
    const folder = path.resolve('src/preview/aws');
    const files = readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith('.ts') && !name.endsWith('read-only.ts'));
    const named = files.flatMap((name) => [...readFileSync(path.join(folder, name), 'utf8').matchAll(/\[\s*'([a-z0-9-]+)', '([a-z]+(?:-[a-z0-9]+)+)'/g)].map((match) => [match[1] ?? '', match[2] ?? ''] as const))
      .filter(([service]) => awsService(service) !== undefined);
    assert.ok(named.length > 80, String(named.length));
    for (const [service, command] of named) {
      const operation = awsOperation(service, command);
      assert.ok(operation?.mutation === 'none' && !operation.sensitive, `${service} ${command}`);
      assert.equal(refused([service, command]), false, `${service} ${command}`);
    }
  });

  it('has a source, and first reads that pass the gate, for every operation of the table', () => {
    for (const [name, entry] of Object.entries(ENTRIES)) {
      assert.match(entry.source, /^https:\/\/docs\.aws\.amazon\.com\//, name);
      const [service = '', command = ''] = name.split(' ');
      assert.ok(service === 's3' || awsOperation(service, command) !== undefined, `${name} is no operation`);
      const reads = Object.values(entry.stages[0]?.(look('target-1', service, command), {}) ?? {});
      assert.ok(reads.some((read) => read.main === true), `${name} has no main read`);
      for (const read of reads) assert.equal(refused(read.args), false, `${name}: ${read.args.join(' ')}`);
    }
  });

  it('takes every held operation of the table for one that changes something', () => {
    for (const name of Object.keys(ENTRIES)) {
      const words = name.split(' ');
      const operation = detectArgv(['aws', ...words, ...(words[0] === 's3' ? ['s3://bucket/a', 's3://bucket/b', '--delete'] : [])], {})[0];
      assert.ok(operation && operation.mutation !== 'none', name);
    }
  });
});

describe('a held aws command', () => {
  it('gives every read its own global options and no others', () => {
    const one = held('--profile', 'prod', 'rds', 'delete-db-instance', '--db-instance-identifier', 'a', '--region=eu-west-1', '--no-verify-ssl', '--debug', '--query', 'x', '--output', 'text', '--cli-read-timeout', '3');
    assert.deepEqual(one.globals, ['--profile', 'prod', '--region', 'eu-west-1', '--no-verify-ssl', '--cli-read-timeout', '3']);
    assert.deepEqual([one.service, one.command, one.api?.name, one.text('db-instance-identifier')], ['rds', 'delete-db-instance', 'rds:DeleteDBInstance', 'a']);
  });

  it('reads lists, JSON, shorthand and the JSON input', () => {
    const one = held('ec2', 'terminate-instances', '--instance-ids', 'i-1', 'i-2');
    assert.deepEqual(one.list('instance-ids', 'InstanceIds'), ['i-1', 'i-2']);
    assert.deepEqual(held('ec2', 'terminate-instances', '--instance-ids', '["i-1","i-2"]').list('instance-ids'), ['i-1', 'i-2']);
    const input = held('rds', 'delete-db-instance', '--cli-input-json', '{"DBInstanceIdentifier":"a","SkipFinalSnapshot":true}');
    assert.deepEqual([input.text('db-instance-identifier', 'DBInstanceIdentifier'), input.flag('skip-final-snapshot', 'SkipFinalSnapshot')], ['a', true]);
    assert.equal(held('rds', 'delete-db-instance', '--no-skip-final-snapshot').flag('skip-final-snapshot'), false);
    assert.deepEqual(held('ecr', 'batch-delete-image', '--image-ids', 'imageTag=a', 'imageTag=b').structures('image-ids')?.map((id) => id['imageTag']), ['a', 'b']);
  });

  it('knows when only its own service goes to another address', () => {
    const env = { HOME: '/nonexistent', AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000' };
    assert.equal(readHeld(['aws', 'dynamodb', 'delete-table'], '/', env)?.ownEndpoint, true);
    assert.equal(readHeld(['aws', 'rds', 'delete-db-instance'], '/', env)?.ownEndpoint, false);
    assert.deepEqual([{ AWS_REGION: 'a' }, { AWS_REGION: 'a', AWS_DEFAULT_REGION: 'b' }, { AWS_DEFAULT_REGION: 'b' }].map((region) => readHeld(['aws', 'rds', 'delete-it'], '/', region)?.region), [undefined, undefined, 'b']);
    assert.equal(readHeld(['aws', 'dynamodb', 'delete-table', '--endpoint-url', 'http://127.0.0.1:1'], '/', env)?.ownEndpoint, false);
  });

  it('knows when another place than AWS may answer', () => {
    const folder = temporary('holdpoint-endpoint-');
    writeFileSync(path.join(folder, 'config'), '[profile a]\nservices = local\n[services local]\nec2 =\n  endpoint_url = http://127.0.0.1:4566\n');
    const other = (argv: readonly string[], env: Record<string, string> = {}): boolean | undefined => readHeld(argv, '/', { HOME: '/nonexistent', ...env })?.otherEndpoint;
    const words = ['ec2', 'delete-route'];
    assert.equal(other(['aws', ...words]), false);
    assert.equal(other(['/usr/bin/aws', ...words]), false);
    assert.equal(other(['awslocal', ...words]), true);
    assert.equal(other(['aws', ...words, '--endpoint-url', 'http://127.0.0.1:1']), true);
    assert.equal(other(['aws', ...words], { AWS_ENDPOINT_URL_EC2: 'http://127.0.0.1:1' }), true);
    assert.equal(other(['aws', ...words], { AWS_CONFIG_FILE: path.join(folder, 'config') }), true);
  });

  it('is not followed through an alias of the AWS CLI', () => {
    const home = temporary('holdpoint-alias-');
    mkdirSync(path.join(home, '.aws', 'cli'), { recursive: true });
    writeFileSync(path.join(home, '.aws', 'cli', 'alias'), '[toplevel]\nrds = rds --region eu-west-1\n');
    assert.deepEqual(['rds', 'dynamodb'].map((service) => readHeld(['aws', service, 'delete-it'], '/', { HOME: home })?.aliased), [true, false]);
  });

  it('turns into its own dry run, with nothing that takes it back or keeps it silent', () => {
    assert.deepEqual(dryRunArgs(held('s3', 'rm', 's3://b/k', '--recursive', '--quiet', '--exclude', '*b')), ['s3', 'rm', '--dryrun', 's3://b/k', '--recursive', '--exclude', '*b']);
    assert.deepEqual(ec2DryRun(held('ec2', 'stop-instances', '--no-dry-run', '--instance-ids', 'i-1')).dry?.args, ['ec2', 'stop-instances', '--dry-run', '--instance-ids', 'i-1']);
  });
});

describe('answers of the AWS CLI', () => {
  it('says which permission a read lacks', () => {
    const failure = readFailure({ stdout: '', stderr: '\nAn error occurred (AccessDenied) when calling the DescribeDBInstances operation: User: x is not authorized to perform: rds:DescribeDBInstances\n' });
    assert.deepEqual([failure.code, failure.general], ['AccessDenied', undefined]);
    assert.equal(readFailure({ stdout: '', stderr: 'aws: [ERROR]: An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist\n\nAdditional error details:\nBucketName: b' }).code, 'NoSuchBucket');
    assert.equal(unknownSentence('size of a', ['rds', 'describe-db-instances'], failure), 'Size of a can\'t be read: rds:DescribeDBInstances is not allowed for these credentials (AccessDenied: User: x is not authorized to perform: rds:DescribeDBInstances). Ask for that permission, or ask somebody who has it.');
  });

  it('tells what no other call would fare better with', () => {
    for (const [stderr, kind] of [
      ['Could not connect to the endpoint URL: "http://127.0.0.1:1/"', 'unreachable'], ['Unable to locate credentials. You can configure credentials by running "aws configure".', 'credentials'],
      ['The config profile (nope) could not be found', 'credentials'], ['You must specify a region. You can also configure your region by running "aws configure".', 'no-region'],
      ['aws: [ERROR]: An error occurred (NoRegion): You must specify a region. You can also configure your region by running "aws configure".', 'no-region'],
      ['Read timeout on endpoint URL: "https://x/"', 'timeout'], ['An error occurred (ExpiredToken) when calling the DescribeTable operation (reached max retries: 1): expired', 'credentials'],
      ['An error occurred (ResourceNotFoundException) when calling the DescribeTable operation: no', undefined],
    ] as const) assert.equal(readFailure({ stdout: '', stderr }).general, kind, stderr);
  });

  it('reads the lines of a dry run, and only whole ones when it was cut', () => {
    const text = '(dryrun) delete: s3://b/a 1\n(dryrun) upload: ./x to s3://b/x\n(dryrun) move: s3://b/c to s3://d/c\n(dryrun) delete: s3://b/hal';
    assert.deepEqual(readDryRun({ text: `${text}f\n`, cut: false }), { deletes: ['s3://b/a 1', 's3://b/c', 's3://b/half'], others: 1, cut: false });
    assert.deepEqual(readDryRun({ text, cut: true }).deletes, ['s3://b/a 1', 's3://b/c']);
  });

  it('counts a listing, and says at least when it was capped', () => {
    assert.equal(amountText(amountOf({ Sizes: [1024, 512] })!), '2 objects, 1.5 KiB');
    assert.equal(amountText(amountOf({ Sizes: [1024, 512], NextToken: 'x' })!), 'at least 2 objects, at least 1.5 KiB');
    assert.equal(amountText(amountOf({ Sizes: null })!), '0 objects, 0 B');
    assert.equal(amountOf(undefined), undefined);
    assert.deepEqual([placeOf('s3://b/a/c'), placeOf('b')], [{ bucket: 'b', key: 'a/c' }, { bucket: 'b', key: '' }]);
  });

  it('writes amounts and times for people', () => {
    assert.deepEqual([bytes(0), bytes(1536), bytes(120 * 1024 ** 3), bytes(5.5 * 1024 ** 4)], ['0 B', '1.5 KiB', '120 GiB', '5.5 TiB']);
    assert.deepEqual([count(1, 'item'), count(12345, 'item'), count(2, 'alias', 'aliases')], ['1 item', '12,345 items', '2 aliases']);
    assert.deepEqual([some(['a']), some(['a', 'b']), some(['a', 'b', 'c', 'd'], 2)], ['a', 'a and b', 'a, b and 2 more']);
    assert.deepEqual([when('2024-05-01T03:04:05Z'), when(1714532645), when('1714532645.5'), when('soon')], ['2024-05-01 03:04 UTC', '2024-05-01 03:04 UTC', '2024-05-01 03:04 UTC', 'soon']);
  });
});

describe('what the answers say', () => {
  const snapshots = snapshotsOf([
    { DBSnapshotIdentifier: 'old', SnapshotCreateTime: '2024-01-01T00:00:00Z', SnapshotType: 'manual' },
    { DBSnapshotIdentifier: 'nightly', SnapshotCreateTime: '2024-03-01T00:00:00Z', SnapshotType: 'automated' },
    { DBSnapshotIdentifier: 'unfinished', SnapshotType: 'manual' },
  ], 'DBSnapshotIdentifier');
  const deletion = (words: readonly string[], more = {}): ReturnType<typeof afterDeletion> => afterDeletion({ held: held('rds', 'delete-db-instance', ...words), target: 'db', service: 'rds', kind: 'instance', snapshots, latestRestorable: undefined, retention: 7, engine: 'postgres', resourceId: 'db-ABC', ...more });

  it('a database: the final snapshot, the retained backups, or only what was made by hand', () => {
    assert.deepEqual(snapshots.map((one) => one.id), ['nightly', 'old']);
    assert.deepEqual([deletion(['--final-db-snapshot-identifier', 'last']).outcome, deletion(['--final-db-snapshot-identifier', 'last']).reversibility?.kind], ['snapshotted', 'recoverable']);
    const kept = deletion(['--skip-final-snapshot', '--no-delete-automated-backups']);
    assert.deepEqual([kept.data, kept.reversibility?.kind, kept.reversibility?.until], ['lost', 'recoverable', 'the backup retention period of 7 days ends']);
    assert.match(kept.reversibility?.how ?? '', /--source-dbi-resource-id db-ABC --target-db-instance-identifier db /);
    const lost = deletion(['--skip-final-snapshot']);
    assert.equal(lost.reversibility?.kind, 'irreversible');
    assert.match(lost.reversibility?.how ?? '', /manual snapshot old of 2024-01-01 00:00 UTC/);
    assert.equal(lost.lastBackup, 'snapshot nightly of 2024-03-01 00:00 UTC');
    assert.match(deletion(['--skip-final-snapshot'], { snapshots: undefined }).reversibility?.how ?? '', /unless a manual snapshot exists/);
    assert.equal(deletion(['--skip-final-snapshot'], { snapshots: undefined }).lastBackup, undefined);
    assert.match(deletion([]).warnings?.[0] ?? '', /AWS refuses to delete db/);
  });

  it('a member of a cluster: its data is in the cluster', () => {
    const told = ENTRIES['rds delete-db-instance']!.tell(look('db-1', 'rds', 'delete-db-instance', '--skip-final-snapshot'), given({ instance: { DBInstances: [{ DBInstanceIdentifier: 'db-1', DBClusterIdentifier: 'db', DeletionProtection: true }] }, snapshots: { DBSnapshots: [] } }));
    assert.deepEqual([told.outcome, told.data, told.dependencies], ['interrupted', 'kept', [{ from: 'db', to: 'db-1', kind: 'owner', detail: 'DB instance of the cluster' }]]);
  });

  it('a modification: backups that go, protection that comes off', () => {
    const told = ENTRIES['rds modify-db-instance']!.tell(look('db', 'rds', 'modify-db-instance', '--backup-retention-period', '0', '--no-deletion-protection'), given({
      instance: { DBInstances: [{ DBInstanceIdentifier: 'db', BackupRetentionPeriod: 7, DeletionProtection: true }] }, snapshots: { DBSnapshots: [{ DBSnapshotIdentifier: 'n', SnapshotCreateTime: '2024-03-01T00:00:00Z', SnapshotType: 'automated' }] },
    }));
    assert.ok(told.because?.includes('Backup retention goes from 7 days to 0: 1 automated backup and point-in-time recovery go.'));
    assert.deepEqual(told.also?.map((one) => [one.id, one.outcome, one.data]), [['automated backups of db', 'lost', 'lost']]);
    assert.deepEqual([told.outcome, told.data, told.reversibility?.kind, told.warnings], ['modified', 'kept', 'irreversible', ['Deletion protection of db is on now: this takes it off.']]);
  });

  it('an instance: protection, Auto Scaling, target groups, and a dry run that is refused', () => {
    const arn = 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/1';
    const told = ENTRIES['ec2 terminate-instances']!.tell(look('i-1', 'ec2', 'terminate-instances', '--instance-ids', 'i-1'), given({
      instance: { Reservations: [{ Instances: [{ InstanceId: 'i-1', VpcId: 'vpc-1', State: { Name: 'running' }, RootDeviceType: 'ebs', BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeId: 'vol-1', DeleteOnTermination: true } }] }] }] },
      guard: { DisableApiTermination: { Value: true } }, volumes: { Volumes: [{ VolumeId: 'vol-1', Size: 8 }] }, snapshots: { Snapshots: [{ SnapshotId: 'snap-1', VolumeId: 'vol-1', StartTime: '2024-03-01T00:00:00Z' }] },
      scaling: { AutoScalingInstances: [{ AutoScalingGroupName: 'web' }] }, groups: { TargetGroups: [{ TargetGroupArn: arn, VpcId: 'vpc-1', TargetType: 'instance' }] },
      [`health ${arn}`]: { TargetHealthDescriptions: [{ Target: { Id: 'i-1' }, TargetHealth: { State: 'healthy' } }] }, dry: { allowed: false, message: 'You are not authorized' },
    }));
    assert.deepEqual(told.also?.map((one) => [one.id, one.outcome]), [['vol-1', 'lost'], [arn, 'interrupted'], ['web', 'interrupted']]);
    assert.match(told.also?.[0]?.reversibility.how ?? '', /--snapshot-id snap-1/);
    assert.deepEqual(told.warnings?.map((text) => text.slice(0, 40)), ['Termination protection of i-1 is on: AWS', 'AWS would refuse it: these credentials m', 'i-1 belongs to Auto Scaling group web: w']);
  });

  it('nothing where nothing could be read', () => {
    for (const [name, entry] of Object.entries(ENTRIES)) {
      const [service = '', command = ''] = name.split(' ');
      const reads = entry.stages[0]?.(look('t', service, command), {}) ?? {};
      const unread = entry.tell(look('t', service, command), Object.fromEntries(Object.keys(reads).map((read) => [read, { kind: 'unknown' }])));
      assert.equal(unread.exists, undefined, name);
      assert.equal(unread.size, undefined, name);
      assert.equal(unread.lastBackup, undefined, name);
      assert.notEqual(unread.outcome, 'unchanged', name);
      const gone = entry.tell(look('t', service, command), Object.fromEntries(Object.keys(reads).map((read) => [read, { kind: 'missing' }])));
      assert.ok(gone.exists === false || reads[Object.keys(reads)[0] ?? '']?.missing === undefined, name);
    }
  });

  it('no number and no setting that was not read', () => {
    const lambda = ENTRIES['lambda delete-function']!;
    const config = { Arn: 'arn:f', Role: 'arn:aws:iam::1:role/worker', LastModified: '2026-01-02T03:04:05Z', Runtime: 'nodejs22.x' };
    const versions = (kind: 'data' | 'unknown'): readonly string[] => lambda.tell(look('f', 'lambda', 'delete-function'), { ...given({ function: config, aliases: { Aliases: [{ Name: 'live' }] } }), versions: kind === 'data' ? { kind, data: ['$LATEST', '1'] } : { kind } }).because ?? [];
    assert.ok(versions('data').includes('1 published version and 1 alias (live) go with it.'));
    assert.ok(!versions('unknown').some((text) => text.includes('published')));
    const efs = (answer: Answers[string]): readonly string[] => ENTRIES['efs delete-file-system']!.tell(look('fs-1', 'efs', 'delete-file-system'), { ...given({ main: { FileSystems: [{ FileSystemId: 'fs-1' }] } }), backup: answer }).because ?? [];
    assert.deepEqual([efs({ kind: 'missing' }), efs({ kind: 'unknown' })], [['Automatic backups are off.'], []]);
    assert.deepEqual(ENTRIES['kinesis delete-stream']!.tell(look('s', 'kinesis', 'delete-stream'), given({ main: { StreamDescriptionSummary: { StreamARN: 'arn:s' } } })).because, ['It keeps an unknown number of hours in an unknown number of shards; an unknown number of registered consumers.']);
  });

  it('whether something is in use, without taking silence for a proof', () => {
    assert.deepEqual(usageBecause('database', given({ usage: { Datapoints: [{ Maximum: 3 }, { Maximum: 37 }] } })), ['It is in use: up to 37 connections in the last 3 hours (DatabaseConnections).']);
    assert.deepEqual(usageBecause('function', given({ usage: { Datapoints: [{ Sum: 3 }, { Sum: 4 }] } })), ['It is in use: 7 invocations in the last 24 hours (Invocations).']);
    assert.deepEqual(usageBecause('table', given({ usage: { Datapoints: [{ Sum: 0 }] } })), ['CloudWatch counted no read unit in the last 24 hours (ConsumedReadCapacityUnits).']);
    assert.deepEqual(usageBecause('table', given({ usage: { Datapoints: [] } })), ['CloudWatch has no read units of it in the last 24 hours (ConsumedReadCapacityUnits).']);
    assert.deepEqual(usageBecause('table', { usage: { kind: 'unknown' } }), []);
    assert.deepEqual(usageRead('database', 'db', Date.parse('2026-01-02T03:04:05Z')).args.slice(-4), ['--start-time', '2026-01-02T00:04:00Z', '--end-time', '2026-01-02T03:04:00Z']);
    assert.equal(refused(usageRead('table', 't').args), false);
  });

  it('a key by any of its names', () => {
    const users = encryptedWith(given({ volumes: [{ Id: 'vol-1', Key: 'arn:k' }, { Id: 'vol-2', Key: 'arn:other' }, { Id: 'vol-3', Key: null }], secrets: [{ Id: 'db', Key: 'alias/pay' }] }), ['arn:k', 'alias/pay'], 'k');
    assert.deepEqual(users.map((one) => one.id), ['vol-1', 'db']);
  });

  it('DNS: what stands, and the batch that puts it back', () => {
    const changes = changesOf({ Changes: [
      { Action: 'UPSERT', ResourceRecordSet: { Name: 'API.example.com', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '2' }] } },
      { Action: 'DELETE', ResourceRecordSet: { Name: '*.example.com.', Type: 'CNAME', SetIdentifier: 'blue', TTL: 60, ResourceRecords: [{ Value: 'x' }] } },
      { Action: 'CREATE', ResourceRecordSet: { Name: 'new.example.com', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '3' }] } },
    ] })!;
    assert.deepEqual(changes.map((one) => [one.action, one.name]), [['UPSERT', 'api.example.com.'], ['DELETE', '\\052.example.com.'], ['CREATE', 'new.example.com.']]);
    const answer = { ResourceRecordSets: [{ Name: 'api.example.com.', Type: 'A', TTL: 300, ResourceRecords: [{ Value: '1' }] }, { Name: '\\052.example.com.', Type: 'CNAME', SetIdentifier: 'green' }, { Name: '\\052.example.com.', Type: 'CNAME', SetIdentifier: 'blue', TTL: 9 }] };
    const seen = changes.map((change) => ({ change, now: standing(answer, change) }));
    assert.deepEqual(inverse(seen), { Changes: [
      { Action: 'UPSERT', ResourceRecordSet: answer.ResourceRecordSets[0] }, { Action: 'CREATE', ResourceRecordSet: answer.ResourceRecordSets[2] },
      { Action: 'DELETE', ResourceRecordSet: { Name: 'new.example.com', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '3' }] } },
    ] });
    assert.equal(changesOf('not a batch'), undefined);
  });

  it('who a function\'s policy lets in', () => {
    assert.deepEqual(callersOf(JSON.stringify({ Statement: [{ Principal: { Service: 'events.amazonaws.com' }, Condition: { ArnLike: { 'AWS:SourceArn': 'arn:rule' } } }, { Principal: '*' }] })), ['events.amazonaws.com (arn:rule)', '*']);
    assert.deepEqual(callersOf('{'), []);
  });

  it('which stack owns it: only a resource of its kind, and who imports what the stack exports of it', async () => {
    const template = { Resources: { T: { Type: 'AWS::DynamoDB::Table' } }, Outputs: { N: { Value: { Ref: 'T' }, Export: { Name: 'tables' } } } };
    const answers: Record<string, unknown> = {
      'describe-stack-resources': { StackResources: [{ StackName: 'shop', LogicalResourceId: 'F', PhysicalResourceId: 'carts', ResourceType: 'AWS::Lambda::Function' }, { StackName: 'shop', LogicalResourceId: 'T', PhysicalResourceId: 'carts', ResourceType: 'AWS::DynamoDB::GlobalTable' }] },
      'get-template': { TemplateBody: template }, 'list-imports': { Imports: ['web'] },
    };
    const asked: string[] = [];
    const reader: Reader = { evidence: [], unknowns: [], close: () => Promise.resolve(), read: (read) => { asked.push(read.args.join(' ')); return Promise.resolve({ kind: 'data', data: answers[read.args[1] ?? ''] }); } };
    const owner = await owningStack(reader, 'carts', 'AWS::DynamoDB::Table', 'carts', true);
    assert.deepEqual([owner?.stack, owner?.logicalId, owner?.dependencies], ['shop', 'T', [{ from: 'stack:web', to: 'carts', kind: 'export', detail: 'stack web imports export tables' }]]);
    assert.ok(owner?.warnings.includes('web imports what stack shop exports of it.'));
    const other = await owningStack(reader, 'carts', 'AWS::SQS::Queue', 'carts', true);
    assert.deepEqual([other?.stack, other?.unknowns.length], [undefined, 1]);
    // Only the first hundred come at once.
    answers['describe-stack-resources'] = { StackResources: [{ StackName: 'shop', LogicalResourceId: 'A', PhysicalResourceId: 'a', ResourceType: 'AWS::SQS::Queue' }] };
    answers['list-stack-resources'] = { StackResourceSummaries: [{ LogicalResourceId: 'T', PhysicalResourceId: 'carts', ResourceType: 'AWS::DynamoDB::Table' }] };
    assert.equal((await owningStack(reader, 'carts', 'AWS::DynamoDB::Table', 'carts', true))?.logicalId, 'T');
    answers['describe-stack-resources'] = {};
    assert.equal(await owningStack(reader, 'carts', 'AWS::DynamoDB::Table', 'carts', true), undefined);
    await owningStack(reader, 'https://sqs.eu-west-1.amazonaws.com/1/q', 'AWS::SQS::Queue', 'q', true);
    assert.ok(asked.includes('cloudformation describe-stack-resources --cli-input-json {"PhysicalResourceId":"https://sqs.eu-west-1.amazonaws.com/1/q"}'));
  });

  it('who in a stack needs a resource, also through others', () => {
    const inside = dependentsIn({
      Resources: {
        T: { Type: 'AWS::DynamoDB::Table' }, F: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { T: { Ref: 'T' } } } } },
        M: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] } } }, Q: { Type: 'AWS::SQS::Queue' },
      },
      Outputs: { N: { Value: { Ref: 'T' }, Export: { Name: 'tables' } }, O: { Value: { Ref: 'F' }, Export: { Name: 'functions' } } },
    }, 'T');
    assert.deepEqual([inside.dependents.map((one) => one.logical), inside.exports], [['F', 'M'], ['tables']]);
  });
});
