import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { readState, startPreview, type PreviewResult } from '../../src/preview/preview';
import type { PreviewRequest } from '../../src/preview/request';
import { bareEnv, startStub, type CloudFormationStub, type StubAnswer, type StubCall } from '../support/cloudformation-stub';
import { operationOf, previewRequest, previewWorker } from '../support/preview-worker';
import { temporary } from '../support/temporary';

interface Recorded {
  readonly name: string;
  readonly before: { readonly template: object };
  readonly after: { readonly template: object };
  readonly describeChangeSet: readonly object[];
  readonly describeChangeSetWithPropertyValues: readonly object[];
  readonly resourceEvents: Readonly<Record<string, unknown>>;
}

const STACK_ID = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/payments-prod/0a1b';
const STACK = { StackName: 'payments-prod', StackId: STACK_ID, StackStatus: 'UPDATE_COMPLETE', CreationTime: '2026-01-01T00:00:00Z', LastUpdatedTime: '2026-02-01T00:00:00Z' };
const TABLE = JSON.stringify({ Resources: { Db: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'db' } } }, Outputs: { T: { Value: { Ref: 'Db' }, Export: { Name: 'payments-table' } } } });
const NEXT = JSON.stringify({ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } });
const NOT_FOUND: StubAnswer = { error: 'ChangeSetNotFound', message: 'ChangeSet does not exist', status: 404 };
const DELETE = ['aws', 'cloudformation', 'delete-stack', '--stack-name', 'payments-prod'];
const UPDATE = ['aws', 'cloudformation', 'update-stack', '--stack-name', 'payments-prod', '--template-body', NEXT];

/** A stack with one table, a change set that is there between its making and its removal, and what the test adds. */
function cloud(own: (call: StubCall, made: boolean) => StubAnswer | undefined = () => undefined): (call: StubCall) => StubAnswer {
  let made = false;
  return (call) => {
    const mine = own(call, made);
    if (call.action === 'CreateChangeSet' && (mine === undefined || typeof mine === 'object' && 'result' in mine)) made = true;
    if (call.action === 'DeleteChangeSet') made = false;
    if (mine !== undefined) return mine;
    switch (call.action) {
      case 'DescribeStacks': return { result: { Stacks: [STACK] } };
      case 'GetTemplate': return { result: { TemplateBody: TABLE } };
      case 'ListStackResources': return { result: { StackResourceSummaries: [{ LogicalResourceId: 'Db', PhysicalResourceId: 'db', ResourceType: 'AWS::DynamoDB::Table', ResourceStatus: 'CREATE_COMPLETE', LastUpdatedTimestamp: '2026-01-01T00:00:00Z' }] } };
      case 'CreateChangeSet': return { result: { Id: `arn:aws:cloudformation:eu-west-1:111122223333:changeSet/${call.params.get('ChangeSetName')}/1`, StackId: STACK_ID } };
      case 'DescribeChangeSet': return made ? changeSet([{ Type: 'Resource', ResourceChange: { Action: 'Remove', LogicalResourceId: 'Db', PhysicalResourceId: 'db', ResourceType: 'AWS::DynamoDB::Table', PolicyAction: 'Delete' } }]) : NOT_FOUND;
      case 'ListExports': return { result: { Exports: [{ Name: 'payments-table', ExportingStackId: STACK_ID, Value: 'db' }, { Name: 'other', ExportingStackId: 'x', Value: 'y' }] } };
      case 'ListImports': return { error: 'ValidationError', message: `Export '${call.params.get('ExportName')}' is not imported by any stack.` };
      default: return { result: {} };
    }
  };
}

function changeSet(rows: readonly object[], more: object = {}): StubAnswer {
  return { result: { ChangeSetId: 'arn:aws:cloudformation:eu-west-1:111122223333:changeSet/x/1', StackId: STACK_ID, StackName: 'payments-prod', Status: 'CREATE_COMPLETE', Changes: rows, ...more } };
}

describe('the preview worker', function () {
  this.timeout(60_000);
  let stub: CloudFormationStub | undefined;
  afterEach(async () => {
    await stub?.stop();
    stub = undefined;
  });

  const serve = async (answer: (call: StubCall) => StubAnswer): Promise<CloudFormationStub> => (stub = await startStub(answer));
  const place = (env: Readonly<Record<string, string>>): { workerPath: string; execPath: string; env: Readonly<Record<string, string>> } => ({ workerPath: previewWorker(), execPath: process.execPath, env });
  const run = (argv: readonly string[], env: Readonly<Record<string, string>>, more: Partial<PreviewRequest> = {}): Promise<PreviewResult> => startPreview({ ...place(env), request: previewRequest(argv, more) }).result;
  const shown = (result: PreviewResult): Extract<PreviewResult, { kind: 'preview' }>['blastRadius'] => {
    assert.equal(result.kind, 'preview', result.kind === 'failed' ? result.failure.message : '');
    return (result as Extract<PreviewResult, { kind: 'preview' }>).blastRadius;
  };
  const failed = (result: PreviewResult): Extract<PreviewResult, { kind: 'failed' }> => {
    assert.equal(result.kind, 'failed');
    return result as Extract<PreviewResult, { kind: 'failed' }>;
  };
  const calls = (action: string): number => stub?.calls.filter((call) => call.action === action).length ?? 0;

  describe('when the cloud can\'t be asked', () => {
    it('names an endpoint that nothing listens on, and gives the offline prediction', async () => {
      const port = await closedPort();
      const started = Date.now();
      const { failure, standIn } = failed(await run(DELETE, { ...bareEnv(), AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_DEFAULT_REGION: 'eu-west-1', AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` }));
      assert.equal(failure.kind, 'unreachable');
      assert.match(failure.message, new RegExp(`http://127.0.0.1:${port} can't be reached`));
      assert.deepEqual(standIn?.resources.map((r) => r.outcome), ['unknown']);
      assert.ok(standIn?.unknowns.map((one) => one.text).includes(failure.message));
      assert.ok(Date.now() - started < 10_000);
    });

    it('ends at its limit when the endpoint takes the call and never answers', async () => {
      const { env } = await serve(() => 'hang');
      const started = Date.now();
      const { failure } = failed(await run(DELETE, env, { timeoutMs: 1_500 }));
      assert.equal(failure.kind, 'timeout');
      assert.ok(Date.now() - started < 6_000, `${Date.now() - started} ms`);
    });

    it('can be cancelled while the endpoint hangs', async () => {
      const { env } = await serve(() => 'hang');
      const preview = startPreview({ ...place(env), request: previewRequest(DELETE) });
      setTimeout(() => void preview.cancel(), 500);
      assert.equal(failed(await preview.result).failure.kind, 'cancelled');
    });

    it('says how to renew expired credentials', async () => {
      const { env } = await serve(() => ({ error: 'ExpiredToken', message: 'The security token included in the request is expired', status: 403 }));
      const { failure } = failed(await run([...DELETE, '--endpoint-url', env['AWS_ENDPOINT_URL'] ?? ''], { ...env, AWS_PROFILE: 'prod' }));
      assert.equal(failure.kind, 'credentials');
      assert.match(failure.message, /aws sso login --profile prod/);
    });

    it('says which permission is missing', async () => {
      const { env } = await serve(() => ({ error: 'AccessDenied', message: 'User is not authorized', status: 403 }));
      const { failure } = failed(await run(DELETE, env));
      assert.deepEqual([failure.kind, /cloudformation:DescribeStacks/.test(failure.message)], ['denied', true]);
    });

    it('says so when there are no credentials or no region', async () => {
      const env = { ...bareEnv(), AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
      assert.equal(failed(await run([...DELETE, '--region', 'eu-west-1'], env)).failure.kind, 'credentials');
      assert.equal(failed(await run(DELETE, { ...env, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' })).failure.kind, 'no-region');
    });

    it('knows an answer that is not CloudFormation\'s', async () => {
      const server = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 12\r\n\r\n<html></html'));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { failure } = failed(await run(DELETE, { ...bareEnv(), AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_DEFAULT_REGION: 'eu-west-1', AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
      server.close();
      assert.match(failure.message, /not CloudFormation's format/);
    });

    it('survives a worker that can\'t be started', async () => {
      const request = previewRequest(DELETE);
      const result = await startPreview({ workerPath: '/nonexistent.js', execPath: '/nonexistent/node', env: {}, request }).result;
      assert.equal(failed(result).failure.kind, 'crashed');
    });
  });

  describe('as whom and where it asks', () => {
    it('takes region and endpoint from the command before the environment', async () => {
      const { env } = await serve(cloud());
      const radius = shown(await run([...DELETE, '--region', 'us-west-2', '--endpoint-url', env['AWS_ENDPOINT_URL'] ?? ''], { ...env, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }));
      assert.deepEqual(radius.context, { account: '111122223333', region: 'eu-west-1', endpoint: env['AWS_ENDPOINT_URL'] });
      assert.match(stub?.calls[0]?.authorization ?? '', /Credential=testing\/\d+\/us-west-2\/cloudformation/);
    });

    it('takes keys in the environment before AWS_PROFILE but not before --profile, as the AWS CLI does', async () => {
      const { env } = await serve(cloud());
      const folder = temporary('holdpoint-profile-');
      writeFileSync(path.join(folder, 'config'), '[profile prod]\nregion = ap-south-1\n');
      writeFileSync(path.join(folder, 'credentials'), '[prod]\naws_access_key_id = fromprofile\naws_secret_access_key = x\n');
      const withFiles = { ...env, AWS_CONFIG_FILE: path.join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'credentials') };
      const asked = async (argv: readonly string[], more: Record<string, string>): Promise<string> => {
        const before = stub?.calls.length ?? 0;
        shown(await run(argv, { ...withFiles, ...more }));
        return /Credential=([^/]+)\/\d+\/([^/]+)/.exec(stub?.calls[before]?.authorization ?? '')?.slice(1).join(' ') ?? '';
      };
      assert.equal(await asked(DELETE, { AWS_PROFILE: 'prod' }), 'testing eu-west-1');
      assert.equal(await asked([...DELETE, '--profile', 'prod'], {}), 'fromprofile eu-west-1');
      assert.equal(await asked([...DELETE, '--profile', 'prod'], { AWS_DEFAULT_REGION: '' }), 'fromprofile ap-south-1');
      assert.equal(await asked(DELETE, { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_DEFAULT_PROFILE: 'prod', AWS_PROFILE: 'nobody' }), 'fromprofile eu-west-1');
    });

    it('signs nothing with --no-sign-request', async () => {
      const { env } = await serve(cloud());
      shown(await run([...DELETE, '--no-sign-request'], env));
      assert.equal(stub?.calls[0]?.authorization, '');
    });

    it('says it when AWS CLI versions would act in different regions', async () => {
      const { env } = await serve(cloud());
      const radius = shown(await run(DELETE, { ...env, AWS_REGION: 'us-west-2' }));
      assert.ok(radius.unknowns.map((one) => one.text).some((text) => /AWS_REGION says us-west-2, but AWS CLI v1 would act in eu-west-1/.test(text)));
    });

    it('does not take the parent\'s debugger or preloads with it', async () => {
      const { env } = await serve(cloud());
      assert.equal(shown(await run(DELETE, { ...env, NODE_OPTIONS: '--require /nonexistent.js' })).source, 'live-reads');
    });
  });

  describe('of delete-stack', () => {
    it('names the stacks that import an export', async () => {
      const { env } = await serve(cloud((call) => {
        if (call.action === 'DescribeStacks') return { result: { Stacks: [{ ...STACK, EnableTerminationProtection: true, Outputs: [{ OutputKey: 'T', OutputValue: 'db', ExportName: 'payments-table' }] }] } };
        return call.action === 'ListImports' ? { result: { Imports: call.params.get('NextToken') ? ['billing'] : ['orders'], NextToken: call.params.get('NextToken') ? undefined : 'more' } } : undefined;
      }));
      const radius = shown(await run(DELETE, env));
      assert.deepEqual(radius.dependencies.filter((d) => d.from.startsWith('stack:')).map((d) => [d.from, d.to, d.detail]), [
        ['stack:billing', 'Db', 'stack billing imports export payments-table'], ['stack:orders', 'Db', 'stack orders imports export payments-table'],
      ]);
      assert.match(radius.warnings.join(' '), /Termination protection.*orders, billing import it/);
      assert.deepEqual(radius.unknowns, []);
    });

    it('walks nested stacks and follows every page', async () => {
      const nestedId = STACK_ID.replace('payments-prod', 'payments-prod-Inner');
      const summary = (id: string, type: string, physical: string): object => ({ LogicalResourceId: id, PhysicalResourceId: physical, ResourceType: type, ResourceStatus: 'CREATE_COMPLETE', LastUpdatedTimestamp: '2026-01-01T00:00:00Z' });
      const { env } = await serve(cloud((call) => {
        const inner = call.params.get('StackName') === nestedId;
        if (call.action === 'DescribeStacks' && inner) return { result: { Stacks: [{ ...STACK, StackName: 'payments-prod-Inner', StackId: nestedId }] } };
        if (call.action === 'GetTemplate' && !inner) return { result: { TemplateBody: JSON.stringify({ Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://x/y' } }, Q: { Type: 'AWS::SQS::Queue' } } }) } };
        if (call.action !== 'ListStackResources' || inner) return undefined;
        return call.params.get('NextToken') ? { result: { StackResourceSummaries: [summary('Inner', 'AWS::CloudFormation::Stack', nestedId)] } } : { result: { StackResourceSummaries: [summary('Q', 'AWS::SQS::Queue', 'q')], NextToken: 'two' } };
      }));
      const radius = shown(await run(DELETE, env));
      assert.deepEqual(radius.resources.map((r) => [r.id, r.stack, r.outcome]), [['Inner', 'payments-prod', 'lost'], ['Inner/Db', 'payments-prod-Inner', 'lost'], ['Q', 'payments-prod', 'lost']]);
    });

    it('says what ROLLBACK_FAILED means and still lists what goes', async () => {
      const { env } = await serve(cloud((call) => (call.action === 'DescribeStacks' ? { result: { Stacks: [{ ...STACK, StackStatus: 'ROLLBACK_FAILED' }] } } : undefined)));
      const radius = shown(await run(DELETE, env));
      assert.match(radius.warnings.join(' '), /ROLLBACK_FAILED/);
      assert.deepEqual(radius.resources.map((r) => r.id), ['Db']);
    });
  });

  describe('of an update', () => {
    it('makes no change set on a stack in ROLLBACK_FAILED and predicts instead', async () => {
      const { env } = await serve(cloud((call) => (call.action === 'DescribeStacks' ? { result: { Stacks: [{ ...STACK, StackStatus: 'ROLLBACK_FAILED' }] } } : undefined)));
      const radius = shown(await run(UPDATE, env));
      assert.equal(radius.source, 'live-reads');
      assert.match(radius.warnings[0] ?? '', /CloudFormation would refuse this command\. payments-prod is in ROLLBACK_FAILED/);
      assert.deepEqual(radius.resources.map((r) => [r.id, r.action]), [['Db', 'remove'], ['Queue', 'add']]);
      assert.equal(calls('CreateChangeSet'), 0);
    });

    it('sends a change set of type UPDATE with the command\'s own inputs and always removes it', async () => {
      const { env } = await serve(cloud());
      const radius = shown(await run([...UPDATE, '--parameters', 'ParameterKey=A,ParameterValue=1', '--capabilities', 'CAPABILITY_IAM', '--role-arn', 'arn:aws:iam::1:role/r', '--tags', 'Key=t,Value=v'], env));
      const sent = stub?.calls.find((call) => call.action === 'CreateChangeSet')?.params;
      assert.deepEqual(['ChangeSetType', 'StackName', 'TemplateBody', 'RoleARN', 'Capabilities.member.1', 'Tags.member.1.Key', 'Parameters.member.1.ParameterValue'].map((key) => sent?.get(key)),
        ['UPDATE', 'payments-prod', NEXT, 'arn:aws:iam::1:role/r', 'CAPABILITY_IAM', 't', '1']);
      assert.equal(sent?.get('ClientToken'), sent?.get('ChangeSetName'));
      assert.equal(calls('DeleteChangeSet'), 1);
      assert.deepEqual(radius.resources.map((r) => [r.id, r.outcome]), [['Db', 'lost']]);
    });

    it('takes "no changes" for what it is', async () => {
      const { env } = await serve(cloud((call, made) => (call.action === 'DescribeChangeSet' && made ? changeSet([], { Status: 'FAILED', StatusReason: 'The submitted information didn\'t contain changes. Submit different information to create a change set.' }) : undefined)));
      const radius = shown(await run(UPDATE, env));
      assert.deepEqual([radius.resources, radius.source], [[], 'change-set']);
      assert.match(radius.warnings.join(' '), /No changes/);
      assert.equal(calls('DeleteChangeSet'), 1);
    });

    it('tells what early validation found, and predicts', async () => {
      const { env } = await serve(cloud((call, made) => {
        if (call.action === 'DescribeChangeSet' && made) return changeSet([], { Status: 'FAILED', StatusReason: 'Validation failed.' });
        return call.action === 'DescribeEvents' ? { result: { OperationEvents: [{ EventType: 'VALIDATION_ERROR', ValidationFailureMode: 'FAIL', ValidationPath: '/Resources/Queue', ValidationStatusReason: 'unsupported property' }] } } : undefined;
      }));
      const radius = shown(await run(UPDATE, env));
      assert.match(radius.warnings[0] ?? '', /would refuse.*Validation failed at \/Resources\/Queue: unsupported property/);
      assert.ok(radius.resources.length > 0);
    });

    it('tells what early validation only warns about', async () => {
      const { env } = await serve(cloud((call) => (call.action === 'DescribeEvents' ? { result: { OperationEvents: [{ EventType: 'VALIDATION_ERROR', ValidationFailureMode: 'WARN', ValidationPath: '/Resources/Queue/Properties', ValidationStatusReason: 'name in use' }] } } : undefined)));
      assert.match(shown(await run(UPDATE, env)).warnings.join(' '), /Warning at \/Resources\/Queue\/Properties: name in use/);
    });

    it('names what the stack policy denies, and says so when the policy can not be read', async () => {
      const policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' }, { Effect: 'Deny', Action: 'Update:Delete', Principal: '*', Resource: 'LogicalResourceId/Db' }] });
      const { env } = await serve(cloud((call) => (call.action === 'GetStackPolicy' ? { result: { StackPolicyBody: policy } } : undefined)));
      assert.match(shown(await run(UPDATE, env)).warnings[0] ?? '', /denies Update:Delete of Db: CloudFormation refuses the update/);
      await stub?.stop();
      const refused = await serve(cloud((call) => (call.action === 'GetStackPolicy' ? { error: 'AccessDenied', message: 'no', status: 403 } : undefined)));
      assert.match(shown(await run(UPDATE, refused.env)).unknowns.map((one) => one.text).join(' '), /Whether a stack policy protects resources of the stack could not be read/);
    });

    it('says that nothing is put back, and that replacements are refused, without a rollback', async () => {
      const { env } = await serve(cloud((call, made) => (call.action === 'DescribeChangeSet' && made
        ? changeSet([{ Type: 'Resource', ResourceChange: { Action: 'Modify', LogicalResourceId: 'Db', ResourceType: 'AWS::DynamoDB::Table', Replacement: 'True', Details: [{ Target: { Name: 'KeySchema', RequiresRecreation: 'Always' } }] } }]) : undefined)));
      const warnings = shown(await run([...UPDATE, '--disable-rollback'], env)).warnings.join('\n');
      assert.match(warnings, /stays half done/);
      assert.match(warnings, /takes no replacement, so it refuses this for Db/);
    });

    it('lists what is imported as imported', async () => {
      const { env } = await serve(cloud());
      const argv = ['aws', 'cloudformation', 'create-change-set', '--stack-name', 'payments-prod', '--change-set-name', 'c', '--change-set-type', 'IMPORT', '--template-body',
        JSON.stringify({ Resources: { ...(JSON.parse(TABLE) as { Resources: object }).Resources, Old: { Type: 'AWS::DynamoDB::Table', DeletionPolicy: 'Retain', Properties: { TableName: 'old' } } } }),
        '--resources-to-import', JSON.stringify([{ ResourceType: 'AWS::DynamoDB::Table', LogicalResourceId: 'Old', ResourceIdentifier: { TableName: 'old' } }])];
      const radius = shown(await run(argv, env));
      assert.deepEqual(radius.resources.map((r) => [r.id, r.action, r.data]), [['Old', 'import', 'kept']]);
      assert.ok(!radius.unknowns.map((one) => one.text).some((text) => text.includes('tags change')));
      assert.ok(shown(await run([...argv, '--tags', 'Key=team,Value=payments'], env)).unknowns.map((one) => one.text).some((text) => text.includes('The stack\'s tags change')));
      assert.equal(calls('CreateChangeSet'), 0);
    });

    it('removes the change set when reading it fails', async () => {
      const { env } = await serve(cloud((call, made) => (call.action === 'DescribeChangeSet' && made && call.params.get('IncludePropertyValues') === null && calls('DescribeChangeSet') === 2 ? { error: 'AccessDenied', message: 'no', status: 403 } : undefined)));
      assert.equal(failed(await run(UPDATE, env)).failure.kind, 'denied');
      assert.equal(calls('DeleteChangeSet'), 1);
    });

    it('removes the change set when the limit strikes in the middle', async () => {
      const { env } = await serve(cloud((call, made) => (call.action === 'DescribeChangeSet' && made ? changeSet([], { Status: 'CREATE_IN_PROGRESS' }) : undefined)));
      const { failure } = failed(await run(UPDATE, env, { timeoutMs: 2_500 }));
      assert.equal(failure.kind, 'timeout');
      assert.equal(calls('DeleteChangeSet'), 1);
    });

    it('asks who imports an export that goes', async () => {
      const { env } = await serve(cloud((call) => {
        if (call.action === 'DescribeStacks') return { result: { Stacks: [{ ...STACK, Outputs: [{ OutputKey: 'T', OutputValue: 'db', ExportName: 'payments-table' }] }] } };
        return call.action === 'ListImports' ? { result: { Imports: ['orders'] } } : undefined;
      }));
      const radius = shown(await run(UPDATE, env));
      assert.match(radius.warnings.join(' '), /payments-table goes or changes, but orders imports it/);
    });

    it('reads nested change sets and removes only the root', async () => {
      const nested = 'arn:aws:cloudformation:eu-west-1:111122223333:changeSet/nested/1';
      const { env } = await serve(cloud((call, made) => {
        if (call.action !== 'DescribeChangeSet' || !made) return undefined;
        if (call.params.get('ChangeSetName') !== nested) return changeSet([{ Type: 'Resource', ResourceChange: { Action: 'Modify', LogicalResourceId: 'Inner', ResourceType: 'AWS::CloudFormation::Stack', ChangeSetId: nested } }]);
        return changeSet([{ Type: 'Resource', ResourceChange: { Action: 'Remove', LogicalResourceId: 'Db', ResourceType: 'AWS::DynamoDB::Table', PolicyAction: 'Delete' } }], { StackName: 'payments-prod-Inner', ChangeSetId: nested });
      }));
      const radius = shown(await run(UPDATE, env));
      assert.deepEqual(radius.resources.map((r) => [r.id, r.stack]), [['Inner', 'payments-prod'], ['Inner/Db', 'payments-prod-Inner']]);
      assert.equal(calls('DeleteChangeSet'), 1);
    });

    it('asks before macros run and makes the change set once that is agreed', async () => {
      const { env } = await serve(cloud());
      const argv = [...UPDATE.slice(0, -1), JSON.stringify({ Resources: { B: { Type: 'AWS::S3::Bucket', Properties: { 'Fn::Transform': { Name: 'Danger' } } } } })];
      const asked = await run(argv, env);
      assert.deepEqual(asked.kind === 'preview' && asked.asks, [{ kind: 'macro', subject: 'Danger', text: 'Danger' }]);
      assert.equal(calls('CreateChangeSet'), 0);
      const agreed = await run(argv, env, { allowExecution: true });
      assert.equal(shown(agreed).source, 'change-set');
      assert.equal(calls('CreateChangeSet'), 1);
    });

    it('lets no secret out: not a NoEcho value, not a key', async () => {
      const template = JSON.stringify({ Parameters: { Pin: { Type: 'String', NoEcho: true } }, Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Pin' } } } } });
      const { env } = await serve(cloud((call) => (call.action === 'CreateChangeSet' ? { error: 'ValidationError', message: 'Value geheim4711 of testing-secret is not allowed' } : undefined)));
      const result = await run([...UPDATE.slice(0, -1), template, '--parameters', 'ParameterKey=Pin,ParameterValue=geheim4711'], env);
      assert.equal(result.kind, 'failed');
      assert.doesNotMatch(JSON.stringify(result), /geheim4711|testing-secret/);
    });
  });

  it('from recorded change sets, page by page, names every resource that really changed', async () => {
    const cases = (JSON.parse(readFileSync('test/corpora/cloudformation-change-sets/recorded.json', 'utf8')) as Recorded[])
      .filter((one) => one.describeChangeSetWithPropertyValues.length < one.describeChangeSet.length || one.describeChangeSet.length > 1);
    assert.ok(cases.length >= 6, `${cases.length} cases`);
    for (const one of cases) {
      const { env, stop } = await startStub(cloud((call, made) => {
        if (call.action === 'GetTemplate') return { result: { TemplateBody: JSON.stringify(one.before.template) } };
        if (call.action !== 'DescribeChangeSet' || !made) return undefined;
        const rows = call.params.get('IncludePropertyValues') === 'true' ? one.describeChangeSetWithPropertyValues : one.describeChangeSet;
        const page = Number(call.params.get('NextToken') ?? 0);
        return changeSet(rows.slice(page, page + 1).map(onTheWire), { NextToken: page + 1 < rows.length ? String(page + 1) : undefined });
      }));
      const radius = shown(await run([...UPDATE.slice(0, -1), JSON.stringify(one.after.template)], env, { allowExecution: true }));
      await stop();
      const named = new Set(radius.resources.map((r) => r.id));
      const rows = new Set(one.describeChangeSet.map((row) => (row as { ResourceChange: { LogicalResourceId: string } }).ResourceChange.LogicalResourceId));
      assert.deepEqual([...rows].filter((id) => !named.has(id)), [], one.name);
      assert.equal(radius.source, 'change-set', one.name);
    }
  });

  it('says that the state can\'t be read again instead of giving a digest', async () => {
    const { env } = await serve(() => ({ error: 'AccessDenied', message: 'no', status: 403 }));
    const answer = await readState(place(env), { kind: 'state', operation: operationOf(DELETE), argv: DELETE, cwd: process.cwd(), timeoutMs: 10_000 });
    assert.equal('failure' in answer && answer.failure.kind, 'denied');
  });
});

/** Contexts are JSON texts on the wire. */
function onTheWire(row: object): object {
  const change = { ...(row as { ResourceChange: Record<string, unknown> }).ResourceChange };
  for (const key of ['BeforeContext', 'AfterContext']) if (typeof change[key] === 'object') change[key] = JSON.stringify(change[key]);
  return { ...row, ResourceChange: change };
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
