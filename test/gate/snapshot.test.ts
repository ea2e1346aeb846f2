import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CloudFormationClient, CreateStackCommand, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';

import type { GateDeps, PreviewJob, Previewer } from '../../src/gate/gatekeeper';
import { makePlace, start, type Place, type TestGate } from '../support/gate';
import { startMoto, type Moto } from '../support/moto';
import { makeRealGate } from '../support/real-gate';

const TABLE = (name: string, more: object = {}): object => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { TableName: name, AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' },
  ...more,
});
const queue = (name: string): object => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: name } });
const PARAMETERS = { Keep: { Type: 'String', Default: 'yes' } };
const CONDITIONS = { Kept: { 'Fn::Equals': [{ Ref: 'Keep' }, 'yes'] } };
const whole = (more: object = {}): string => JSON.stringify({ Parameters: PARAMETERS, Conditions: CONDITIONS, Resources: { Ledger: TABLE('ledger', { Condition: 'Kept' }), Jobs: queue('jobs'), ...more } });
/** Adds a queue: nothing is lost. */
const HARMLESS = whole({ More: queue('more') });
/** Takes the table away. */
const DEADLY = JSON.stringify({ Parameters: PARAMETERS, Conditions: CONDITIONS, Resources: { Jobs: queue('jobs') } });

describe('the files of a question, with the real AWS CLI', function () {
  this.timeout(240_000);
  let moto: Moto;
  let cloud: CloudFormationClient;
  let place: Place;
  let open: TestGate | undefined;

  before(async () => {
    execFileSync('aws', ['--version']);
    moto = await startMoto();
    cloud = new CloudFormationClient({ endpoint: moto.url, region: 'us-east-1', credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } });
  });
  after(async () => {
    cloud?.destroy();
    await moto?.stop();
  });
  beforeEach(async () => {
    await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
    await cloud.send(new CreateStackCommand({ StackName: 'shop', TemplateBody: whole() }));
    place = await makePlace();
    // The real tool is found behind the shims.
    rmSync(path.join(place.tools, 'aws'));
    Object.assign(place.env, moto.env);
  });
  afterEach(async () => {
    await open?.close();
    open = undefined;
  });

  const put = (name: string, text: string): string => {
    const file = path.join(place.work, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const update = (...args: string[]): string[] => ['cloudformation', 'update-stack', '--stack-name', 'shop', ...args];
  const resources = async (): Promise<string[]> => ((await cloud.send(new DescribeStackResourcesCommand({ StackName: 'shop' }))).StackResources ?? []).map((r) => r.LogicalResourceId ?? '').sort();
  /** Runs a command to its end: `held` when a person was asked first, and then said no. */
  const outcome = async (args: readonly string[], { env = {}, cwd, change }: { env?: NodeJS.ProcessEnv; cwd?: string; change?: (deps: GateDeps) => Partial<GateDeps> } = {}): Promise<'held' | 'ran' | string> => {
    open = await makeRealGate(place, change);
    const { gate } = open;
    const command = start(place, 'aws', args, { env, ...(cwd !== undefined && { cwd }) });
    let over: number | null | undefined;
    void command.done.then(({ code }) => { over = code; });
    const waits = (): boolean => gate.list().some((h) => h.state === 'pending');
    const end = Date.now() + 200_000;
    while (over === undefined && !waits() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
    if (over !== undefined) return over === 0 ? 'ran' : `ended with ${over}: ${command.stderr()}`;
    const [hold] = gate.list();
    gate.deny(hold?.id ?? '', 'no');
    await command.done;
    return 'held';
  };
  /** Does something right before each early preview begins, and right after it ended. */
  const around = (before: (round: number) => void, after: (round: number) => void) => (deps: GateDeps): Partial<GateDeps> => {
    let round = 0;
    const previewer: Previewer = {
      ...deps.previewer,
      start: (job: PreviewJob, id, onProgress) => {
        const mine = round++;
        before(mine);
        const running = deps.previewer.start(job, id, onProgress);
        return { ...running, result: running.result.finally(() => after(mine)) };
      },
    };
    return { previewer };
  };

  describe('are those that the tool opens', () => {
    it('an update that only adds runs without a question, and one that takes a table away is held', async () => {
      put('t.json', HARMLESS);
      assert.equal(await outcome(update('--template-body', 'file://t.json')), 'ran');
      assert.deepEqual(await resources(), ['Jobs', 'Ledger', 'More']);
      await open?.close();
      put('t.json', DEADLY);
      assert.equal(await outcome(update('--template-body', 'file://t.json')), 'held');
    });

    for (const word of ['$D/t.json', '${D}/t.json', '$HOME/real/t.json', '$D_/../t.json']) {
      it(`file://${word}: the folder that the variable names, not one of that name`, async () => {
        put(word, HARMLESS);
        put('t.json', HARMLESS);
        const real = path.join(place.base, 'real');
        mkdirSync(path.join(real, 'deep'), { recursive: true });
        writeFileSync(path.join(real, 't.json'), DEADLY);
        assert.equal(await outcome(update('--template-body', `file://${word}`), { env: { D: real, D_: path.join(real, 'deep') } }), 'held');
        assert.deepEqual(await resources(), ['Jobs', 'Ledger']);
      });
    }

    it('file://$D of a variable that is not set: the folder of that name', async () => {
      put('$UNSET_D/t.json', DEADLY);
      assert.equal(await outcome(update('--template-body', 'file://$UNSET_D/t.json')), 'held');
      await open?.close();
      put('$UNSET_D/t.json', HARMLESS);
      assert.equal(await outcome(update('--template-body', 'file://$UNSET_D/t.json')), 'ran');
    });

    it('file://~user: the home of that user, not a folder of that name', async () => {
      const { username, homedir } = os.userInfo();
      const real = path.join(place.base, 'deadly.json');
      writeFileSync(real, DEADLY);
      const word = `~${username}/${path.relative(homedir, real)}`;
      mkdirSync(path.join(place.work, `~${username}`));
      const literal = path.resolve(place.work, word);
      mkdirSync(path.dirname(literal), { recursive: true });
      writeFileSync(literal, HARMLESS);
      assert.equal(await outcome(update('--template-body', `file://${word}`)), 'held');
      assert.deepEqual(await resources(), ['Jobs', 'Ledger']);
    });

    it('a name with .. behind a link: as the system walks it, not as the text reads', async () => {
      const far = path.join(place.base, 'far', 'deep');
      mkdirSync(far, { recursive: true });
      writeFileSync(path.join(place.base, 'far', 't.json'), DEADLY);
      symlinkSync(far, path.join(place.work, 'link'));
      put('t.json', HARMLESS);
      assert.equal(await outcome(update('--template-body', 'file://link/../t.json')), 'held');
      assert.deepEqual(await resources(), ['Jobs', 'Ledger']);
    });

    it('deploy --template-file $D/t.json: the folder of that name, because this option expands nothing', async () => {
      const real = path.join(place.base, 'real');
      mkdirSync(real);
      writeFileSync(path.join(real, 't.json'), HARMLESS);
      put('$D/t.json', DEADLY);
      assert.equal(await outcome(['cloudformation', 'deploy', '--stack-name', 'shop', '--template-file', '$D/t.json'], { env: { D: real } }), 'held');
      assert.deepEqual(await resources(), ['Jobs', 'Ledger']);
    });

    it('a pipe is not looked into: what comes out of it is unknown, and held', async () => {
      execFileSync('mkfifo', [path.join(place.work, 'pipe')]);
      assert.equal(await outcome(update('--template-body', 'file://pipe')), 'held');
    });
  });

  describe('are read once', () => {
    it('a template that is harmless only while the preview reads is held', async () => {
      const file = put('t.json', DEADLY);
      const change = around(() => writeFileSync(file, HARMLESS), () => writeFileSync(file, DEADLY));
      assert.equal(await outcome(update('--template-body', 'file://t.json'), { change }), 'held');
      assert.deepEqual(await resources(), ['Jobs', 'Ledger']);
    });

    it('a template that is another from the preview on is asked about anew', async () => {
      const file = put('t.json', HARMLESS);
      const change = around((round) => { if (round === 0) writeFileSync(file, DEADLY); }, () => undefined);
      assert.equal(await outcome(update('--template-body', 'file://t.json'), { change }), 'held');
      assert.deepEqual(await resources(), ['Jobs', 'Ledger']);
    });

    it('a template exchanged with another file and back is previewed anew, and runs when it stays', async () => {
      const file = put('t.json', HARMLESS);
      const other = put('other.json', DEADLY);
      const swap = (): void => {
        renameSync(file, `${file}.x`);
        renameSync(other, file);
        renameSync(`${file}.x`, other);
      };
      const change = around((round) => { if (round === 0) swap(); }, (round) => { if (round === 0) swap(); });
      assert.equal(await outcome(update('--template-body', 'file://t.json'), { change }), 'ran');
      assert.deepEqual(await resources(), ['Jobs', 'Ledger', 'More']);
    });

    it('a link that points elsewhere while the preview reads is held', async () => {
      put('good.json', HARMLESS);
      put('bad.json', DEADLY);
      const link = path.join(place.work, 't.json');
      const point = (to: string): void => {
        rmSync(link, { force: true });
        symlinkSync(to, link);
      };
      point('bad.json');
      assert.equal(await outcome(update('--template-body', 'file://t.json'), { change: around(() => point('good.json'), () => point('bad.json')) }), 'held');
      assert.deepEqual(await resources(), ['Jobs', 'Ledger']);
    });

    it('a folder that is another one while the preview reads is held', async () => {
      put('in/t.json', DEADLY);
      put('other/t.json', HARMLESS);
      const [one, two] = [path.join(place.work, 'in'), path.join(place.work, 'other')];
      const swap = (): void => {
        renameSync(one, `${one}.x`);
        renameSync(two, one);
        renameSync(`${one}.x`, two);
      };
      assert.equal(await outcome(update('--template-body', 'file://in/t.json'), { change: around(swap, swap) }), 'held');
      assert.deepEqual(await resources(), ['Jobs', 'Ledger']);
    });

    it('a file of parameters that is harmless only while the preview reads is held', async () => {
      const file = put('p.json', JSON.stringify([{ ParameterKey: 'Keep', ParameterValue: 'no' }]));
      const harmless = JSON.stringify([{ ParameterKey: 'Keep', ParameterValue: 'yes' }]);
      const bad = readFileSync(file, 'utf8');
      const args = update('--template-body', 'file://t.json', '--parameters', 'file://p.json');
      put('t.json', HARMLESS);
      assert.equal(await outcome(args, { change: around(() => writeFileSync(file, harmless), () => writeFileSync(file, bad)) }), 'held');
      assert.deepEqual(await resources(), ['Jobs', 'Ledger']);
    });

    it('a JSON input that is harmless only while the preview reads is held', async () => {
      const input = (template: string): string => JSON.stringify({ StackName: 'shop', TemplateBody: template });
      const file = put('in.json', input(DEADLY));
      const change = around(() => writeFileSync(file, input(HARMLESS)), () => writeFileSync(file, input(DEADLY)));
      assert.equal(await outcome(['cloudformation', 'update-stack', '--cli-input-json', 'file://in.json'], { change }), 'held');
      assert.deepEqual(await resources(), ['Jobs', 'Ledger']);
    });

    it('a configuration that points elsewhere only while the preview reads makes the preview void', async () => {
      const second = await startMoto();
      try {
        // Elsewhere there is no such stack: an update of it loses nothing.
        const at = (url: string): string => `[default]\nendpoint_url = ${url}\n`;
        const config = put('aws-config', at(moto.url));
        put('t.json', DEADLY);
        const env = { AWS_CONFIG_FILE: config, AWS_ENDPOINT_URL: undefined };
        const change = around(() => writeFileSync(config, at(second.url)), () => writeFileSync(config, at(moto.url)));
        assert.equal(await outcome(['cloudformation', 'deploy', '--stack-name', 'shop', '--template-file', 't.json'], { env, change }), 'held');
        assert.deepEqual(await resources(), ['Jobs', 'Ledger']);
      } finally {
        await second.stop();
      }
    });
  });

  describe('are the same at the start', () => {
    /** Does something when everything is decided, and the command has not heard of it yet. */
    const beforeStart = (act: () => void) => (deps: GateDeps): Partial<GateDeps> => {
      let once = true;
      return { record: (record) => {
        if (record.type === 'run' && once) {
          once = false;
          act();
        }
        return deps.record(record);
      } };
    };

    it('a template that is another at the start of a command without a question', async () => {
      const file = put('t.json', HARMLESS);
      assert.equal(await outcome(update('--template-body', 'file://t.json'), { change: beforeStart(() => writeFileSync(file, DEADLY)) }), 'held');
      assert.deepEqual(await resources(), ['Jobs', 'Ledger']);
    });

    it('an alias that appears after the question changes what the words mean', async () => {
      put('t.json', HARMLESS);
      const alias = path.join(place.base, '.aws', 'cli', 'alias');
      const appear = (): void => {
        mkdirSync(path.dirname(alias), { recursive: true });
        writeFileSync(alias, '[toplevel]\ncloudformation = !f() { touch went-elsewhere; terraform destroy -auto-approve; }; f\n');
      };
      assert.equal(await outcome(update('--template-body', 'file://t.json'), { change: beforeStart(appear) }), 'held');
      assert.equal(existsSync(path.join(place.work, 'went-elsewhere')), false);
    });

  });
});
