import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Mutation } from '../../src/model';
import { detectArgv } from '../../src/detect/detect';
import { allAwsOperations, awsApiOperation, awsOperation, awsTableFacts, dashed } from '../../src/detect/knowledge/aws-operations';
import { doorOf } from '../../src/detect/knowledge/doors';

/** Words that begin the name of an operation that deletes, ends, disconnects or switches off. */
const DESTROYING = /^(Batch|Admin)?(Delete|Terminate|Purge|Remove|Abort|Backtrack|Cancel|Clear|Deactivate|Deauthorize|Decrease|Deprovision|Deregister|Detach|Disable|Disassociate|Dissociate|Disconnect|Discard|Dispose|Evict|Failover|Flush|Invalidate|Leave|Pause|Reboot|Rebuild|Redact|Release|Restart|Retire|Revoke|Shutdown|Stop|Suspend|Switchover|Unassign|Undeploy|Unlink|Unmonitor|Unpeer|Unregister|Unshare|Unsubscribe|Withdraw)(?=[A-Z]|$)/;
const READING = /^(List|Get|Describe|Search|Head|Lookup)(?=[A-Z]|$)/;
const TAGS = /Tag(s|ging)?($|s?(From|For)[A-Z])|^RemoveTags/;

/** The hand-made exceptions, each with a reason and a source. */
function exceptions(): { readonly pattern: RegExp; readonly reason: string; readonly source: string }[] {
  return readFileSync('scripts/knowledge/aws-exceptions.tsv', 'utf8').split('\n').filter((l) => l !== '' && !l.startsWith('#')).map((l) => {
    const [name = '', , , , reason = '', source = ''] = l.split('\t');
    return { pattern: new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '.*')}$`), reason, source };
  });
}

describe('the table of AWS operations', () => {
  const operations = [...allAwsOperations()];

  it('holds every operation of every service with a classification', () => {
    const counts = new Map<Mutation, number>();
    for (const o of operations) counts.set(o.mutation, (counts.get(o.mutation) ?? 0) + 1);
    const services = new Set(operations.map((o) => o.service)).size;
    console.log(`      ${operations.length} operations of ${services} services: ${[...counts].map(([m, n]) => `${m} ${n}`).join(', ')} (${JSON.stringify(awsTableFacts().sources)})`);
    assert.equal(operations.length, awsTableFacts().count);
    assert.ok(operations.length >= 18_378 && services >= 424);
    for (const o of operations) {
      assert.match(o.name, /^[a-z0-9.-]+:[A-Za-z0-9_]+$/);
      assert.ok(o.mutation !== 'destructive' || o.effects.length > 0, `${o.name} has no effect`);
      assert.ok(o.mutation !== 'none' || o.effects.length === 0, `${o.name} reads and has an effect`);
      assert.ok(o.mutation !== 'unknown' || o.effects.includes('unknown'), o.name);
    }
  });

  it('calls every operation that begins with a destroying verb destructive, unless it is listed with a reason', () => {
    const listed = exceptions();
    for (const { reason, source } of listed) assert.ok(reason.length > 3 && source !== '', 'an exception without a reason or source');
    const wrong = operations
      .filter((o) => DESTROYING.test(o.api) && o.mutation !== 'destructive' && !TAGS.test(o.api))
      .filter((o) => !listed.some((e) => e.pattern.test(`${o.service}:${o.api}`)));
    console.log(`      ${operations.filter((o) => DESTROYING.test(o.api)).length} begin with a destroying verb; ${listed.length} exceptions`);
    assert.deepEqual(wrong.map((o) => o.name), []);
  });

  it('calls every operation that begins with a reading verb a read, unless it issues credentials or is listed', () => {
    const listed = exceptions();
    const wrong = operations
      .filter((o) => READING.test(o.api) && o.mutation !== 'none')
      .filter((o) => !/Credentials|Token|Url|URL|Password|AccessDetails|SessionEndpoint/.test(o.api) && !listed.some((e) => e.pattern.test(`${o.service}:${o.api}`)));
    assert.deepEqual(wrong.map((o) => o.name), []);
    for (const o of operations.filter((x) => READING.test(x.api))) assert.notEqual(o.mutation, 'destructive', o.name);
  });

  it('is what the command line answers: silent for every read, an operation with its effects for the rest', () => {
    const context = { cwd: '/', env: {} };
    let reads = 0;
    for (const o of operations) {
      const found = detectArgv(['aws', o.service, o.command], context);
      assert.equal(found.length, 1, `${o.service} ${o.command}`);
      const [first] = found;
      // What reads by name and opens a shell is asked about, see doors.test.ts.
      if (o.mutation === 'none' && doorOf('aws', `${o.service}:${o.api}`) === undefined) {
        reads += 1;
        assert.equal(first?.mutation, 'none', `${o.service} ${o.command}`);
        assert.deepEqual(first?.effects, []);
      } else if (first?.mutation === 'none') {
        assert.fail(`${o.service} ${o.command} is ${o.mutation} and answers none`);
      }
      if (o.mutation === 'destructive') assert.ok(['destructive'].includes(first?.mutation ?? ''), `${o.service} ${o.command}`);
    }
    console.log(`      ${reads} reads are silent`);
  });

  it('knows what is dangerous behind a harmless name', () => {
    const expected: readonly [string, string, Mutation][] = [
      ['elasticbeanstalk', 'RebuildEnvironment', 'destructive'], ['route53', 'ChangeResourceRecordSets', 'destructive'],
      ['s3', 'PutBucketLifecycleConfiguration', 'destructive'], ['logs', 'PutRetentionPolicy', 'destructive'],
      ['dynamodb', 'BatchWriteItem', 'destructive'], ['dynamodb', 'TransactWriteItems', 'destructive'],
      ['cloudcontrol', 'DeleteResource', 'destructive'], ['cloudtrail', 'StopLogging', 'destructive'],
      ['neptunedata', 'ExecuteFastReset', 'destructive'], ['fis', 'StartExperiment', 'destructive'],
      ['ssm', 'SendCommand', 'unknown'], ['lambda', 'Invoke', 'unknown'], ['rds-data', 'ExecuteStatement', 'unknown'],
      ['athena', 'StartQueryExecution', 'unknown'], ['ecs', 'ExecuteCommand', 'unknown'],
      ['cloudformation', 'UpdateStack', 'modifying'], ['cloudformation', 'CreateChangeSet', 'additive'],
      ['kms', 'CancelKeyDeletion', 'modifying'], ['kms', 'ScheduleKeyDeletion', 'destructive'],
      ['codedeploy', 'StopDeployment', 'destructive'], ['config', 'StopConfigurationRecorder', 'destructive'],
    ];
    for (const [client, api, mutation] of expected) assert.equal(awsApiOperation(client, api)?.mutation, mutation, `${client}:${api}`);
  });

  it('says how an operation can be undone only where that is known', () => {
    assert.deepEqual(awsApiOperation('kms', 'ScheduleKeyDeletion')?.reversibility.kind, 'recoverable');
    assert.match(awsApiOperation('secretsmanager', 'DeleteSecret')?.reversibility.until ?? '', /30/);
    assert.match(awsApiOperation('ec2', 'StopInstances')?.reversibility.how ?? '', /aws ec2 start-instances/);
    assert.equal(awsApiOperation('sqs', 'DeleteQueue')?.reversibility.kind, 'irreversible');
    assert.equal(awsApiOperation('stepfunctions', 'StopExecution')?.reversibility.kind, 'irreversible');
    assert.equal(awsApiOperation('cognito-idp', 'DeleteUserPool')?.reversibility.kind, 'irreversible');
  });

  it('spells commands as the AWS CLI does', () => {
    assert.equal(dashed('DeleteDBInstance'), 'delete-db-instance');
    assert.equal(dashed('ListWebACLs'), 'list-web-acls');
    assert.equal(awsOperation('storagegateway', 'create-cached-iscsi-volume')?.api, 'CreateCachediSCSIVolume');
    assert.equal(awsOperation('s3api', 'delete-bucket')?.name, 's3:DeleteBucket');
    assert.equal(awsOperation('elbv2', 'delete-load-balancer')?.name, 'elasticloadbalancing:DeleteLoadBalancer');
    assert.equal(awsOperation('deploy', 'delete-application')?.name, 'codedeploy:DeleteApplication');
    assert.equal(awsOperation('runtime.sagemaker', 'invoke-endpoint')?.service, 'sagemaker-runtime');
  });

  it('names the option and the type of the target', () => {
    const target = (client: string, api: string): string => (awsApiOperation(client, api)?.targets ?? []).map((t) => `--${t.option} ${t.type}`).join(', ');
    assert.equal(target('cloudformation', 'DeleteStack'), '--stack-name AWS::CloudFormation::Stack');
    assert.equal(target('rds', 'DeleteDBInstance'), '--db-instance-identifier AWS::RDS::DBInstance');
    assert.equal(target('dynamodb', 'DeleteTable'), '--table-name AWS::DynamoDB::Table');
    assert.equal(target('ec2', 'TerminateInstances'), '--instance-ids AWS::EC2::Instance');
    assert.equal(target('s3', 'DeleteBucket'), '--bucket AWS::S3::Bucket');
    const named = operations.filter((o) => o.mutation === 'destructive' && o.targets.length > 0).length;
    const all = operations.filter((o) => o.mutation === 'destructive').length;
    console.log(`      ${named} of ${all} destructive operations name their target`);
    assert.ok(named / all > 0.95);
  });
});
