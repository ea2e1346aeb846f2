import assert from 'node:assert/strict';
import type { Operation } from '../../src/model';
import { cleanupTask } from '../../src/preview/cleanup-task';
import { explain } from '../../src/preview/failure';
import { previewFromOperation } from '../../src/preview/from-operation';
import { blastRadius, digestOf, worst } from '../../src/preview/radius';
import { readWorkerMessage, readWorkerRequest } from '../../src/preview/request';
import { judgeStatus } from '../../src/preview/cloudformation/stack-status';
import { previewOffline } from '../../src/preview/cloudformation/offline';
import { readCommand } from '../../src/preview/cloudformation/command';
import { operationOf } from '../support/preview-worker';

const SITE = { call: 'DescribeStacks', where: 'CloudFormation in eu-west-1', profile: 'prod', limitMs: 15_000 };
const error = (name: string, message: string, code?: string): Error => Object.assign(new Error(message), { name, ...(code === undefined ? {} : { code }) });

describe('a preview without a preview of its own', () => {
  const operation: Operation = {
    ...operationOf(['aws', 'rds', 'delete-db-instance']), operation: 'rds:DeleteDBInstance', effects: ['outage', 'data-loss'], reversibility: { kind: 'irreversible' },
    targets: [{ type: 'AWS::RDS::DBInstance', name: 'orders', known: true }, { type: 'AWS::RDS::DBInstance', name: undefined, known: false }], guardsOff: ['--skip-final-snapshot'], reason: 'Deletes the database orders.',
  };
  const radius = previewFromOperation(operation);

  it('has one resource for each target, with the worst of its effects, and says it is offline', () => {
    assert.equal(radius.source, 'offline');
    assert.deepEqual(radius.resources.map((r) => [r.id, r.action, r.outcome, r.data]), [['orders', 'remove', 'lost', 'lost'], ['unknown target 2', 'remove', 'lost', 'lost']]);
    assert.equal(radius.reversibility.kind, 'irreversible');
    assert.equal(radius.stateDigest, undefined);
  });
  it('says that dependents are unknown and which guard is off', () => {
    assert.ok(radius.unknowns.map((one) => one.text).some((text) => text.includes('depends on it is not known')));
    assert.deepEqual(radius.warnings, ['--skip-final-snapshot takes a guard away.']);
  });
});

describe('an offline preview of a stack', () => {
  const template = JSON.stringify({ Resources: { Db: { Type: 'AWS::DynamoDB::Table', Properties: {} } } });
  const offline = (argv: readonly string[], deployedTemplate?: string): ReturnType<typeof previewOffline> =>
    previewOffline(operationOf(argv), readCommand(argv, '/'), { deployedTemplate, deployedTemplateFrom: 'db.json at HEAD' });

  it('predicts from the template in the workspace and names it', () => {
    const radius = offline(['aws', 'cloudformation', 'delete-stack', '--stack-name', 's'], template);
    assert.deepEqual(radius.resources.map((r) => [r.id, r.outcome, r.stack]), [['Db', 'lost', 's']]);
    assert.match(radius.sourceDetail, /db\.json at HEAD/);
    assert.equal(radius.source, 'offline');
  });
  it('says that everything in the stack is unknown when there is no template', () => {
    const radius = offline(['aws', 'cloudformation', 'delete-stack', '--stack-name', 's']);
    assert.deepEqual(radius.resources.map((r) => [r.id, r.outcome]), [['everything in s', 'unknown']]);
  });
  it('compares an update with it', () => {
    const radius = offline(['aws', 'cloudformation', 'update-stack', '--stack-name', 's', '--template-body', '{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}'], template);
    assert.deepEqual(radius.resources.map((r) => [r.id, r.action]), [['Db', 'remove'], ['Q', 'add']]);
  });
});

describe('a blast radius', () => {
  it('has one digest for the same rows in any order, and another for other rows', () => {
    const one = previewFromOperation({ ...operationOf([]), targets: [{ type: 't', name: 'a', known: true }, { type: 't', name: 'b', known: true }] });
    const other = blastRadius({ ...one, resources: [...one.resources].reverse() }, new Date(0));
    assert.equal(other.digest, one.digest);
    assert.notEqual(blastRadius({ ...one, resources: one.resources.slice(1) }).digest, one.digest);
    assert.equal(digestOf({ a: 1, b: 2 }), digestOf({ b: 2, a: 1 }));
  });
  it('is as reversible as the worst of its parts', () => {
    assert.equal(worst([{ kind: 'reversible' }, { kind: 'irreversible', how: 'x' }, { kind: 'unknown' }]).kind, 'irreversible');
    assert.equal(worst([]).kind, 'reversible');
  });
});

describe('a failure says what to do next', () => {
  const cases: readonly (readonly [Error, string, RegExp])[] = [
    [error('Error', 'connect ECONNREFUSED', 'ECONNREFUSED'), 'unreachable', /CloudFormation in eu-west-1 can't be reached: nothing listens there.*Check the endpoint/],
    [error('ExpiredToken', 'The security token included in the request is expired'), 'credentials', /aws sso login --profile prod/],
    [error('CredentialsProviderError', 'Could not load credentials from any providers'), 'credentials', /No usable credentials were found for profile prod/],
    [error('AccessDenied', 'User x is not authorized'), 'denied', /cloudformation:DescribeStacks/],
    [error('Throttling', 'Rate exceeded'), 'throttled', /Wait a minute/],
    [error('TimeoutError', 'x'), 'timeout', /within 15 seconds/],
    [error('Error', 'x', 'SELF_SIGNED_CERT_IN_CHAIN'), 'unreachable', /--ca-bundle/],
    [error('Error', 'Region is missing'), 'no-region', /--region/],
    [error('ValidationError', 'Template format error'), 'refused', /Template format error/],
  ];
  for (const [thrown, kind, text] of cases) {
    it(`for ${thrown.name} ${thrown.message}`, () => {
      const failure = explain(thrown, SITE);
      assert.equal(failure.kind, kind);
      assert.match(failure.message, text);
    });
  }
});

describe('the status of a stack', () => {
  it('keeps an update from a stack that can only be deleted, and says so', () => {
    assert.match(judgeStatus({ StackName: 's', StackStatus: 'ROLLBACK_FAILED', CreationTime: new Date(0) }, 'update').refused ?? '', /can only be deleted/);
    assert.match(judgeStatus({ StackName: 's', StackStatus: 'UPDATE_ROLLBACK_FAILED', CreationTime: new Date(0) }, 'update').refused ?? '', /continue-update-rollback/);
    assert.match(judgeStatus({ StackName: 's', StackStatus: 'UPDATE_IN_PROGRESS', CreationTime: new Date(0) }, 'update').refused ?? '', /Wait until it ends/);
  });
  it('warns of a deletion in those, of termination protection and of a nested stack', () => {
    const judged = judgeStatus({ StackName: 's', StackStatus: 'ROLLBACK_FAILED', CreationTime: new Date(0), EnableTerminationProtection: true, RootId: 'arn:aws:cloudformation:r:1:stack/root/1', ParentId: 'x' }, 'delete');
    assert.equal(judged.refused, undefined);
    assert.equal(judged.warnings.length, 3);
    assert.match(judged.warnings.join(' '), /Termination protection of s is on.*nested stack of root/);
  });
  it('says that what stands was found to differ from the template', () => {
    const stack = { StackName: 's', StackStatus: 'UPDATE_COMPLETE', CreationTime: new Date(0), DriftInformation: { StackDriftStatus: 'DRIFTED', LastCheckTimestamp: new Date('2026-03-01T10:00:00Z') } } as const;
    assert.match(judgeStatus(stack, 'update').warnings[0] ?? '', /differ from its template on 2026-03-01 \(drift\): what was changed by hand may be overwritten/);
    assert.deepEqual(judgeStatus({ ...stack, DriftInformation: { StackDriftStatus: 'IN_SYNC' } }, 'update').warnings, []);
  });
});

describe('what worker and parent say to each other', () => {
  it('is taken only when it has the right shape', () => {
    assert.equal(readWorkerMessage('{"kind":"progress","text":"x"}')?.kind, 'progress');
    for (const line of ['', 'x', '[]', '{"kind":"progress"}', '{"kind":"toString"}', '{"kind":"failed","failure":{}}', '{"kind":"result","blastRadius":{"digest":"x"}}', '{"kind":"change-set","changeSet":{"name":1}}']) {
      assert.equal(readWorkerMessage(line), undefined, line);
    }
    assert.equal(readWorkerRequest('{"kind":"preview","argv":[1]}'), undefined);
  });

  it('gives a cleanup the way to the account and nothing else of the command', () => {
    const changeSet = { name: 'n', stack: 's', region: 'eu-west-1' };
    const task = cleanupTask({ argv: ['aws', 'cloudformation', 'update-stack', '--parameters', 'ParameterKey=P,ParameterValue=hunter2', '--no-verify-ssl'], cwd: '/w' }, { AWS_PROFILE: 'prod', AWS_SESSION_TOKEN: 'secret' }, changeSet);
    assert.deepEqual(task.argv, ['aws', 'cloudformation', 'delete-change-set', '--region', 'eu-west-1', '--profile', 'prod', '--no-verify-ssl']);
  });
});
