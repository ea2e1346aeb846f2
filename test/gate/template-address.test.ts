import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import type { BlastRadius, Prepared } from '../../src/model';
import { placeInS3 } from '../../src/preview/cloudformation/template-address';
import { readState, startPreview } from '../../src/preview/preview';
import { assertPreview } from '../support/assert-preview';
import { bareEnv } from '../support/cloudformation-stub';
import { startMoto, type Moto } from '../support/moto';
import { previewRequest, previewWorker } from '../support/preview-worker';
import { temporary } from '../support/temporary';

const QUEUES = (...names: string[]): string => JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources: Object.fromEntries(names.map((name) => [name, { Type: 'AWS::SQS::Queue', Properties: { QueueName: name } }])) });
const URL_OF = (bucket: string): string => `https://${bucket}.s3.us-east-1.amazonaws.com/stacks/payments.json`;
const NOT_HELD = 'What runs is not held to what is shown';

describe('a template at an address, with the real aws against moto', function () {
  this.timeout(180_000);
  let moto: Moto;
  let home: string;
  let aws: string;
  let env: Record<string, string>;

  before(async () => {
    aws = execFileSync('sh', ['-c', 'command -v aws || true'], { encoding: 'utf8' }).trim();
    if (aws === '') throw new Error('aws is not installed: what needs it was not tested.');
    moto = await startMoto();
    home = temporary('hp-address-');
    env = { ...bareEnv(), PATH: process.env['PATH'] ?? '', HOME: home, ...moto.env };
  });
  after(async () => {
    await moto?.stop();
  });
  const cli = (...args: string[]): string => execFileSync(aws, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
  const upload = (bucket: string, text: string): void => {
    writeFileSync(path.join(home, 't.json'), text);
    cli('s3api', 'put-object', '--bucket', bucket, '--key', 'stacks/payments.json', '--body', path.join(home, 't.json'));
  };
  beforeEach(async () => {
    await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
    for (const bucket of ['plain', 'kept']) cli('s3api', 'create-bucket', '--bucket', bucket);
    cli('s3api', 'put-bucket-versioning', '--bucket', 'kept', '--versioning-configuration', 'Status=Enabled');
    for (const bucket of ['plain', 'kept']) upload(bucket, QUEUES('jobs', 'mails'));
    cli('cloudformation', 'create-stack', '--stack-name', 'payments', '--template-body', QUEUES('jobs'));
  });

  const UPDATE = (url: string, ...more: string[]): string[] => ['aws', 'cloudformation', 'update-stack', '--stack-name', 'payments', '--template-url', url, ...more];
  const look = async (argv: readonly string[], more: Record<string, string> = {}): Promise<{ readonly radius: BlastRadius; readonly prepared: Prepared | undefined }> => {
    const result = await startPreview({ workerPath: previewWorker(), execPath: process.execPath, env: { ...env, ...more }, request: previewRequest(argv, { executable: aws }) }).result;
    assertPreview(result);
    return { radius: result.blastRadius, prepared: result.prepared };
  };
  const state = async (argv: readonly string[], prepared?: Prepared): Promise<string> => {
    const { operation, cwd, timeoutMs } = previewRequest(argv);
    const read = await readState({ workerPath: previewWorker(), execPath: process.execPath, env }, { kind: 'state', operation, argv, cwd, executable: aws, timeoutMs, ...(prepared && { prepared }) });
    assert.ok('stateDigest' in read, JSON.stringify(read));
    return read.stateDigest;
  };
  const loose = (radius: BlastRadius): string[] => radius.unknowns.map((one) => one.text).filter((u) => u.startsWith(NOT_HELD));

  it('names the version in what runs, where the bucket keeps versions', async () => {
    const argv = UPDATE(URL_OF('kept'));
    const { radius, prepared } = await look(argv);
    assert.deepEqual(loose(radius), []);
    const address = prepared?.argv.at(-1) ?? '';
    assert.match(address, /^https:\/\/kept\.s3\.us-east-1\.amazonaws\.com\/stacks\/payments\.json\?versionId=[\w-]+$/);
    assert.deepEqual(prepared?.argv.slice(0, -1), argv.slice(0, -1));
    const version = new URL(address).searchParams.get('versionId') ?? '';
    upload('kept', QUEUES('other'));
    assert.equal(await state(argv, prepared), radius.stateDigest, 'another upload changes nothing of what runs');
    const body = path.join(home, 'got.json');
    cli('s3api', 'get-object', '--bucket', 'kept', '--key', 'stacks/payments.json', '--version-id', version, body);
    assert.equal(execFileSync('cat', [body], { encoding: 'utf8' }), QUEUES('jobs', 'mails'));
  });

  it('takes another object for another state, where the bucket keeps none', async () => {
    const argv = UPDATE(URL_OF('plain'));
    const { radius, prepared } = await look(argv);
    assert.deepEqual(loose(radius), []);
    assert.equal(prepared, undefined);
    assert.equal(await state(argv), radius.stateDigest);
    upload('plain', QUEUES('other'));
    assert.notEqual(await state(argv), radius.stateDigest);
  });

  it('looks at the version again, too, where the address stands in a file of options', async () => {
    writeFileSync(path.join(home, 'input.json'), JSON.stringify({ StackName: 'payments', TemplateURL: URL_OF('kept') }));
    const argv = ['aws', 'cloudformation', 'update-stack', '--cli-input-json', `file://${path.join(home, 'input.json')}`];
    const { radius, prepared } = await look(argv);
    assert.equal(prepared, undefined);
    assert.deepEqual(loose(radius), []);
    upload('kept', QUEUES('other'));
    assert.notEqual(await state(argv), radius.stateDigest);
  });

  it('leaves a version alone that the command names itself', async () => {
    const { radius, prepared } = await look(UPDATE(`${URL_OF('kept')}?versionId=abc`));
    assert.deepEqual([loose(radius), prepared], [[], undefined]);
  });

  it('says that it is not held to what is shown, where no version can be read, and of a stack policy at an address', async () => {
    assert.match(loose((await look(UPDATE(URL_OF('plain'), '--stack-policy-during-update-url', URL_OF('plain')))).radius).join('\n'), /^[^\n]*the stack policy is read from its address[^\n]*$/);
    const { radius } = await look(UPDATE(URL_OF('plain')), { AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_CLOUDFORMATION: moto.url });
    assert.equal(loose(radius).length, 1);
  });

  it('reads the forms of an address in S3', () => {
    const of = (url: string): string => JSON.stringify(placeInS3(url));
    const place = (bucket: string, key: string, version?: string): string => JSON.stringify({ bucket, key, version });
    assert.equal(of('https://b.s3.amazonaws.com/k/x.yaml'), place('b', 'k/x.yaml'));
    assert.equal(of('https://s3.amazonaws.com/b/k/x.yaml?versionId=v1'), place('b', 'k/x.yaml', 'v1'));
    assert.equal(of('https://s3-eu-west-1.amazonaws.com/b/k'), place('b', 'k'));
    assert.equal(of('https://my.bucket.s3.dualstack.eu-west-1.amazonaws.com/k%20k'), place('my.bucket', 'k k'));
    assert.equal(of('https://b.s3.cn-north-1.amazonaws.com.cn/k'), place('b', 'k'));
    for (const other of ['https://example.com/b/k', 'ssm-doc://x', 'https://s3.amazonaws.com/b', 'https://s3.evil.com/b/k', 'https://b.s3.amazonaws.com.evil.com/k']) assert.equal(placeInS3(other), undefined, other);
  });
});
