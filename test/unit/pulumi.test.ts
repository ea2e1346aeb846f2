import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readPulumiCommand } from '../../src/preview/pulumi/command';
import { readPulumiPreview } from '../../src/preview/pulumi/preview-json';
import { cloudFormationType } from '../../src/preview/pulumi/types';

const FIXTURE = JSON.parse(readFileSync('test/support/pulumi/preview.json', 'utf8')) as { steps: object[] };

describe('Pulumi\'s preview as JSON', () => {
  const read = readPulumiPreview(FIXTURE);
  const one = (id: string): NonNullable<typeof read>['resources'][number] => {
    const found = read?.resources.find((resource) => resource.id === id);
    assert.ok(found, id);
    return found;
  };

  it('gives each resource once, without the stack and what stays the same', () => {
    assert.deepEqual(read?.resources.map((r) => [r.id, r.action, r.replacement, r.outcome, r.data]), [
      ['orders', 'modify', 'yes', 'replaced', 'lost'],
      ['store', 'modify', 'no', 'modified', 'none'],
      ['bus', 'modify', 'no', 'interrupted', 'kept'],
      ['jobs', 'add', 'no', 'added', 'none'],
      ['ledger', 'remove', 'no', 'lost', 'lost'],
      ['archive', 'remove', 'no', 'snapshotted', 'snapshotted'],
      ['logs', 'forget', 'no', 'retained', 'orphaned'],
      ['thing (acme:store/thing:Thing)', 'remove', 'no', 'unknown', 'unknown'],
      ['thing (aws:iam/role:Role)', 'remove', 'no', 'lost', 'none'],
    ]);
  });

  it('says why a resource is replaced, and which of the two comes first', () => {
    assert.match(one('orders').because[0] ?? '', /hashKey changes: requires replacement/);
    assert.deepEqual(one('orders').downtime, { interrupted: 'may', order: 'create-first' });
    const steps = (...ops: string[]): object => ({ steps: ops.map((op) => ({ op, urn: 'urn:pulumi:s::p::aws:sqs/queue:Queue::q', oldState: { type: 'aws:sqs/queue:Queue', id: 'q' } })) });
    assert.deepEqual(readPulumiPreview(steps('delete-replaced', 'replace', 'create-replacement'))?.resources[0]?.downtime, { interrupted: 'yes', order: 'delete-first' });
    assert.deepEqual(readPulumiPreview(steps('replace'))?.resources[0]?.downtime, { interrupted: 'may' });
  });

  it('tells who needs whom, where both are in the preview', () => {
    assert.deepEqual(read?.dependencies.map((d) => [d.from, d.to, d.kind]), [['orders', 'store', 'owner']]);
    assert.deepEqual([one('orders').path, one('orders').physicalId], ['payments:data:Store/aws:dynamodb/table:Table/orders', 'orders-1a2b']);
  });

  it('says what is protected, and what Pulumi warns about', () => {
    assert.match(read?.warnings[0] ?? '', /ledger is protected: Pulumi refuses/);
    assert.match(read?.warnings[1] ?? '', /Pulumi warns: warning: fifoQueue is not set/);
  });

  it('is refused, not guessed, in another form', () => {
    for (const data of [null, [], { steps: [{}] }, { steps: 'x' }]) assert.equal(readPulumiPreview(data), undefined);
    assert.equal(readPulumiPreview({ steps: [{ op: 'teleport', urn: 'urn:pulumi:s::p::a:b:C::x' }] })?.resources[0]?.outcome, 'unknown');
  });

  it('changes nothing but Pulumi\'s own state in a refresh', () => {
    const steps = { steps: [{ op: 'refresh', urn: 'urn:pulumi:s::p::aws:sqs/queue:Queue::q' }, { op: 'delete', urn: 'urn:pulumi:s::p::aws:dynamodb/table:Table::t', oldState: { id: 't', type: 'aws:dynamodb/table:Table' } }] };
    assert.deepEqual(readPulumiPreview(steps, 'refresh')?.resources.map((r) => [r.id, r.action, r.outcome]), [['q', 'none', 'unchanged'], ['t', 'forget', 'unchanged']]);
    assert.deepEqual(readPulumiPreview(steps, 'up')?.resources.map((r) => [r.id, r.action, r.outcome]), [['q', 'none', 'unchanged'], ['t', 'remove', 'lost']]);
  });

  it('does not take what is only read for replaced', () => {
    const step = (op: string): unknown => readPulumiPreview({ steps: [{ op, urn: 'urn:pulumi:s::p::aws:dynamodb/table:Table::t', oldState: { id: 't', external: true } }] })?.resources.map((r) => [r.action, r.outcome]);
    assert.deepEqual([step('read-replacement'), step('discard-replaced'), step('delete')], [[], [['forget', 'retained']], [['forget', 'retained']]]);
  });

  it('asks the inputs for the way back, and the name of a type of another cloud whether it holds anything', () => {
    const deleted = (type: string, inputs: object = {}): unknown[] => {
      const one = readPulumiPreview({ steps: [{ op: 'delete', urn: `urn:pulumi:s::p::${type}::x`, oldState: { id: 'x', inputs } }] })?.resources[0];
      return [one?.data, one?.reversibility.kind];
    };
    assert.deepEqual(deleted('aws:dynamodb/table:Table'), ['lost', 'irreversible']);
    assert.deepEqual(deleted('aws:dynamodb/table:Table', { pointInTimeRecovery: { enabled: true } }), ['lost', 'recoverable']);
    assert.deepEqual(deleted('gcp:compute/firewall:Firewall'), ['none', 'recoverable']);
    assert.deepEqual(deleted('gcp:storage/bucket:Bucket'), ['unknown', 'unknown']);
  });

  it('takes types that CloudFormation has under its names', () => {
    assert.deepEqual(['aws:dynamodb/table:Table', 'aws-native:dynamodb:Table', 'aws:rds/instance:Instance', 'aws:s3/bucketV2:BucketV2', 'aws:ec2/instance:Instance', 'aws:cloudwatch/logGroup:LogGroup', 'aws:s3/bucketObject:BucketObject', 'gcp:storage/bucket:Bucket'].map(cloudFormationType),
      ['AWS::DynamoDB::Table', 'AWS::DynamoDB::Table', 'AWS::RDS::DBInstance', 'AWS::S3::Bucket', 'AWS::EC2::Instance', 'AWS::Logs::LogGroup', undefined, undefined]);
  });
});

describe('a Pulumi command', () => {
  const dryRun = (...argv: string[]): readonly string[] | undefined => readPulumiCommand(['pulumi', ...argv], {})?.dryRun;
  const HOW = ['--json', '--non-interactive', '--show-replacement-steps'];

  it('has a dry run with the same stack, folder and targets, and never the yes', () => {
    assert.deepEqual(dryRun('up', '--yes', '--skip-preview', '-s', 'prod', '-C', 'infra', '--target', 'urn:a', '--refresh', '-m', 'note'), ['preview', ...HOW, '-s', 'prod', '-C', 'infra', '--target', 'urn:a', '--refresh']);
    assert.deepEqual(dryRun('-s', 'prod', 'destroy', '-y'), ['destroy', '--preview-only', ...HOW, '-s', 'prod']);
    assert.deepEqual(dryRun('refresh', '--yes'), ['refresh', '--preview-only', ...HOW]);
  });

  it('runs the program only where Pulumi does', () => {
    assert.equal(readPulumiCommand(['pulumi', 'up'], {})?.runsProgram, true);
    assert.equal(readPulumiCommand(['pulumi', 'destroy'], {})?.runsProgram, false);
    assert.equal(readPulumiCommand(['pulumi', 'destroy', '--run-program'], {})?.runsProgram, true);
    assert.equal(readPulumiCommand(['pulumi', 'destroy'], { PULUMI_RUN_PROGRAM: 'true' })?.runsProgram, true);
  });

  it('leaves out configuration that the dry run would save, and says so', () => {
    const command = readPulumiCommand(['pulumi', 'up', '-c', 'size=5'], {});
    assert.ok(!command?.dryRun.includes('-c'));
    assert.match(command?.unknowns[0]?.text ?? '', /is not part of this preview/);
  });

  it('is left alone when it changes no resource', () => {
    for (const argv of [['pulumi', 'preview'], ['pulumi', 'stack', 'ls'], ['pulumi', 'config', 'set', 'a', 'b'], ['helm', 'up']]) assert.equal(readPulumiCommand(argv, {}), undefined);
  });
});
