import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CloudFormationClient, CreateStackCommand, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';

import type { Hold } from '../../src/model';
import { askedAction } from '../../src/ledger/record';
import { readLedger } from '../../src/ledger/verify';
import { argvOf, atTerminal, makePlace, start, until, type Place, type TestGate } from '../support/gate';
import { kubeConfig, realKubectl, startKubeApi, type KubeApi } from '../support/kube-api';
import { startMoto, type Moto } from '../support/moto';
import { makeRealGate } from '../support/real-gate';

const TABLE = {
  Type: 'AWS::DynamoDB::Table',
  Properties: { TableName: 'ledger', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' },
};
const queue = (name: string): object => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: name } });
const template = (Resources: object): string => JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources });
const WHOLE = template({ Ledger: TABLE, Jobs: queue('jobs') });
/** Adds a queue: nothing is lost, and nobody is asked. */
const HARMLESS = template({ Ledger: TABLE, Jobs: queue('jobs'), More: queue('more') });
/** Takes a queue away: somebody is asked. */
const ASKED = template({ Ledger: TABLE });
/** Takes the table away: nobody saw that one. */
const DEADLY = template({ Jobs: queue('jobs') });

/**
 * Puts a program in front of a tool that exchanges a file as soon as the tool's own process exists, and then becomes the tool:
 * whoever opens the file by its path from then on reads the other one.
 */
function exchangeAtStart(place: Place, tool: string, real: string, [when, file, other]: readonly [string, string, string]): void {
  const at = (name: string): string => path.join(place.work, name);
  writeFileSync(path.join(place.tools, tool), `#!/bin/sh\ncase " $* " in *' --dry-run'*) ;; *' ${when} '*) [ -f '${at(other)}' ] && mv '${at(other)}' '${at(file)}' ;; esac\nexec '${real}' "$@"\n`, { mode: 0o755 });
}

/** Waits until the one command of a gate waits for a person; the tools that look before are slow to start. */
async function waits({ gate }: TestGate): Promise<Hold> {
  for (const end = Date.now() + 100_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const [hold] = gate.list();
    if (hold?.state === 'pending') return hold;
  }
  throw new Error('The command does not wait for anybody.');
}

/** What is left in the folder of files that wait for a run. */
const left = (place: Place): string[] => (existsSync(place.home.previews) ? readdirSync(place.home.previews) : []);

describe('what runs is given what was looked at, with the real AWS CLI', function () {
  this.timeout(240_000);
  let moto: Moto;
  let cloud: CloudFormationClient;
  let place: Place;
  let open: TestGate | undefined;
  let aws: string;

  before(async () => {
    aws = execFileSync('/bin/sh', ['-c', 'command -v aws'], { encoding: 'utf8' }).trim();
    moto = await startMoto();
    cloud = new CloudFormationClient({ endpoint: moto.url, region: 'us-east-1', credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } });
  });
  after(async () => {
    cloud?.destroy();
    await moto?.stop();
  });
  beforeEach(async () => {
    await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
    await cloud.send(new CreateStackCommand({ StackName: 'shop', TemplateBody: WHOLE }));
    place = await makePlace();
    Object.assign(place.env, moto.env);
  });
  afterEach(async () => {
    await open?.close();
    open = undefined;
  });

  const put = (name: string, text: string): void => writeFileSync(path.join(place.work, name), text);
  const resources = async (): Promise<string[]> => ((await cloud.send(new DescribeStackResourcesCommand({ StackName: 'shop' }))).StackResources ?? []).map((r) => r.LogicalResourceId ?? '').sort();
  const update = ['cloudformation', 'update-stack', '--stack-name', 'shop', '--template-body'];
  const decisions = async (): Promise<string[]> => (await readLedger(place.home.ledger)).flatMap((line) => (line.type === 'decided' ? [line.decision] : []));

  const WAYS = [
    ['update-stack', [...update, 'file://t.json']],
    ['update-stack', [...update.slice(0, -1), '--template-body=file://t.json']],
    ['deploy', ['cloudformation', 'deploy', '--stack-name', 'shop', '--template-file', 't.json']],
  ] as const;

  for (const [when, args] of WAYS) {
    it(`aws ${args.join(' ')}: the template that only adds, although another one stands there when the tool opens it`, async () => {
      put('t.json', HARMLESS);
      put('other.json', DEADLY);
      exchangeAtStart(place, 'aws', aws, [when, 't.json', 'other.json']);
      open = await makeRealGate(place);
      const { code, stderr } = await start(place, 'aws', args).done;
      assert.equal(code, 0, stderr);
      assert.equal(readFileSync(path.join(place.work, 't.json'), 'utf8'), DEADLY, 'it was exchanged');
      assert.deepEqual(await resources(), ['Jobs', 'Ledger', 'More']);
      assert.deepEqual(await decisions(), ['allowed']);
      await until(() => left(place).length === 0, 'the copies go with the command');
    });
  }

  it('without a window, too', async () => {
    put('t.json', HARMLESS);
    put('other.json', DEADLY);
    exchangeAtStart(place, 'aws', aws, ['update-stack', 't.json', 'other.json']);
    const { code, stderr } = await start(place, 'aws', [...update, 'file://t.json']).done;
    assert.equal(code, 0, stderr);
    assert.deepEqual(await resources(), ['Jobs', 'Ledger', 'More']);
    assert.deepEqual(left(place), []);
  });

  it('after a yes: exactly the template that the yes was for, while hold and record keep the person\'s own words', async () => {
    put('t.json', ASKED);
    put('other.json', DEADLY);
    exchangeAtStart(place, 'aws', aws, ['update-stack', 't.json', 'other.json']);
    open = await makeRealGate(place);
    const { gate } = open;
    const command = start(place, 'aws', [...update, 'file://t.json']);
    const hold = await waits(open);
    assert.deepEqual(await gate.approve(hold.id, hold.fingerprint, 'the queue is empty'), { ok: true });
    const { code, stderr } = await command.done;
    assert.equal(code, 0, stderr);
    assert.deepEqual(await resources(), ['Ledger']);
    assert.deepEqual(argvOf(gate.list()[0]!.action), ['aws', ...update, 'file://t.json']);
    assert.equal(gate.list()[0]?.prepared, undefined);
    const asked = (await readLedger(place.home.ledger)).flatMap((line) => (line.type === 'asked' ? [argvOf(askedAction(line))] : []));
    assert.deepEqual(asked, [['aws', ...update, 'file://t.json']]);
    await until(() => left(place).length === 0, 'the copies go with the command');
  });

  it('nothing runs when the copy can\'t be written, and it says so', async () => {
    put('t.json', HARMLESS);
    copyFileSync(path.join(place.work, 't.json'), path.join(place.work, 'other.json'));
    exchangeAtStart(place, 'aws', aws, ['update-stack', 't.json', 'other.json']);
    open = await makeRealGate(place, ({ decide }) => ({
      decide: (operations, who, cwd, radius) => {
        // From the decision on nothing can be put there any more.
        if (radius !== undefined) {
          rmSync(place.home.previews, { recursive: true, force: true });
          writeFileSync(place.home.previews, '');
        }
        return decide(operations, who, cwd, radius);
      },
    }));
    const { code, stderr } = await start(place, 'aws', [...update, 'file://t.json']).done;
    assert.equal(code, 75, stderr);
    assert.match(stderr, /copy of its input files could not be made.*was not run/s);
    assert.deepEqual(await resources(), ['Jobs', 'Ledger']);
  });

  it('a pipe in place of the clients\' own list holds no start up: it is refused in words', async () => {
    put('t.json', HARMLESS);
    rmSync(path.join(place.tools, 'aws'));
    open = await makeRealGate(place);
    execFileSync('mkfifo', [path.join(place.home.ledger, 'starts.jsonl')]);
    const { code, stderr } = await start(place, 'aws', [...update, 'file://t.json']).done;
    assert.equal(code, 75, stderr);
    assert.match(stderr, /starts\.jsonl is no ordinary file/);
    assert.deepEqual(await resources(), ['Jobs', 'Ledger']);
  });
});

describe('what runs is given what was looked at, with the real kubectl against a Kubernetes API on loopback', function () {
  this.timeout(120_000);
  let api: KubeApi;
  let place: Place;
  let kubectl: string;
  let open: TestGate | undefined;
  before(async () => {
    kubectl = realKubectl();
    api = await startKubeApi();
  });
  after(async () => { await api?.stop(); });
  beforeEach(async () => {
    api.reset();
    place = await makePlace();
    writeFileSync(path.join(place.base, 'kubeconfig'), kubeConfig(api.url));
    place.env['KUBECONFIG'] = path.join(place.base, 'kubeconfig');
    for (const name of ['seen', 'also', 'other']) {
      api.add(map(name));
      writeFileSync(path.join(place.work, `${name}.yaml`), `# ${name}\n${JSON.stringify(map(name))}\n`);
    }
    exchangeAtStart(place, 'kubectl', kubectl, ['delete', 'seen.yaml', 'other.yaml']);
  });
  afterEach(async () => {
    await open?.close();
    open = undefined;
  });
  const map = (name: string): object => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data: { a: 'b' } });
  const deleted = (): string[] => api.writes().map((call) => `${call.method} ${call.path.split('/').at(-1) ?? ''}`).sort();

  for (const words of ['-f seen.yaml', '-fseen.yaml', '--filename=also.yaml,seen.yaml', '-f=also.yaml -f seen.yaml']) {
    it(`kubectl delete ${words}, after a yes in a window`, async () => {
      open = await makeRealGate(place);
      const { gate } = open;
      const command = start(place, 'kubectl', ['delete', ...words.split(' '), '--wait=false']);
      const hold = await waits(open);
      assert.deepEqual(await gate.approve(hold.id, hold.fingerprint, 'nobody reads it'), { ok: true });
      const { code, stderr } = await command.done;
      assert.equal(code, 0, stderr);
      assert.match(readFileSync(path.join(place.work, 'seen.yaml'), 'utf8'), /^# other/, 'it was exchanged');
      assert.deepEqual(deleted(), words.includes('also') ? ['DELETE also', 'DELETE seen'] : ['DELETE seen']);
      await until(() => left(place).length === 0, 'the copies go with the command');
    });
  }

  it('kubectl delete -f seen.yaml, after a yes at a terminal', async () => {
    const { code, screen } = await atTerminal(place, 'kubectl delete -f seen.yaml --wait=false', [[/Type (\S+) to run it/, (text) => `${/Type (\S+) to run it/.exec(text)?.[1] ?? ''}\n`], [/Why is it right/, 'nobody reads it\n']]);
    assert.equal(code, 0, screen);
    assert.deepEqual(deleted(), ['DELETE seen']);
    assert.deepEqual(left(place), []);
  });
});
