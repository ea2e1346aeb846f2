import assert from 'node:assert/strict';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nestedTemplates, readAssembly } from '../../src/preview/cdk/assembly';
import { readCdkCommand } from '../../src/preview/cdk/command';
import { freshnessOf } from '../../src/preview/cdk/freshness';
import { selectStacks, type Wanted } from '../../src/preview/cdk/select';
import { writeAssembly } from '../support/cloud-assembly';
import { temporary } from '../support/temporary';

const QUEUE = { Resources: { Jobs: { Type: 'AWS::SQS::Queue' } } };

describe('the CDK', () => {
  let app: string;
  let out: string;
  beforeEach(() => {
    app = temporary('holdpoint-cdk-');
    out = path.join(app, 'cdk.out');
    writeAssembly(out, [
      { artifact: 'Data', stackName: 'payments-data', environment: 'aws://111122223333/eu-west-1', template: QUEUE, tags: { team: 'payments' } },
      { artifact: 'Api', dependencies: ['Data'], template: QUEUE },
    ], { Prod: [{ artifact: 'ProdOrders52', displayName: 'Prod/Orders', stackName: 'Prod-Orders', environment: 'aws://111122223333/us-east-1', template: QUEUE }] });
  });

  describe('its cloud assembly', () => {
    it('gives every stack with its name, its environment and what it needs, also in stages', () => {
      assert.deepEqual(readAssembly(out)?.stacks.map((s) => [s.id, s.stackName, s.account, s.region, s.needs.join(), s.topLevel]), [
        ['Data', 'payments-data', '111122223333', 'eu-west-1', '', true],
        ['Api', 'Api', undefined, undefined, 'Data', true],
        ['Prod/Orders', 'Prod-Orders', '111122223333', 'us-east-1', '', false],
      ]);
      assert.deepEqual(readAssembly(out)?.stacks[0]?.tags, { team: 'payments' });
    });

    it('is none without a manifest, and says so when a manifest can not be read', () => {
      assert.equal(readAssembly(path.join(app, 'nowhere')), undefined);
      writeFileSync(path.join(out, 'assembly-Prod', 'manifest.json'), 'not JSON');
      const broken = readAssembly(out);
      assert.equal(broken?.stacks.length, 2);
      assert.match(broken?.problems[0] ?? '', /assembly-Prod.manifest\.json can't be read/);
    });

    it('reads no file outside of its folder', () => {
      writeFileSync(path.join(out, 'manifest.json'), JSON.stringify({ artifacts: { Bad: { type: 'aws:cloudformation:stack', properties: { templateFile: '../../secret.json' } } } }));
      assert.deepEqual(readAssembly(out)?.stacks, []);
    });

    it('has the templates of nested stacks beside that of their parent', () => {
      const parent = { Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'Inner.nested.template.json', 'aws:asset:property': 'TemplateURL' } }, Other: { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': '../x.json' } } } };
      writeAssembly(out, [{ artifact: 'Web', template: parent, files: { 'Inner.nested.template.json': JSON.stringify(QUEUE) } }]);
      const [web] = readAssembly(out)?.stacks ?? [];
      assert.ok(web);
      assert.deepEqual(nestedTemplates(web, JSON.stringify(parent)), { Inner: JSON.stringify(QUEUE) });
    });
  });

  describe('its choice of stacks', () => {
    const chosen = (wanted: Partial<Wanted>): string[] | string => {
      const assembly = readAssembly(out);
      assert.ok(assembly);
      const selection = selectStacks(assembly, { patterns: [], all: false, exclusively: false, verb: 'deploy', ...wanted });
      return selection.refused ?? selection.stacks.map((stack) => `${stack.id}${selection.along.has(stack.id) ? ' along' : ''}`);
    };

    it('takes what is named, with wildcards that stop at a slash', () => {
      assert.deepEqual(chosen({ patterns: ['Data'] }), ['Data']);
      assert.deepEqual(chosen({ patterns: ['*a*'] }), ['Data']);
      assert.deepEqual(chosen({ patterns: ['Prod/*'] }), ['Prod/Orders']);
      assert.deepEqual(chosen({ patterns: ['**'] }), ['Data', 'Api', 'Prod/Orders']);
      assert.match(String(chosen({ patterns: ['payments-data'] })), /No stack of the app matches payments-data \(it has Data, Api, Prod\/Orders\)/);
    });

    it('takes along what a deployment needs and what a deletion would break, unless told not to', () => {
      assert.deepEqual(chosen({ patterns: ['Api'] }), ['Data along', 'Api']);
      assert.deepEqual(chosen({ patterns: ['Api'], exclusively: true }), ['Api']);
      assert.deepEqual(chosen({ patterns: ['Data'], verb: 'destroy' }), ['Data', 'Api along']);
      assert.deepEqual(chosen({ patterns: ['Api'], verb: 'destroy' }), ['Api']);
    });

    it('takes the stacks of the main assembly for --all, and refuses to guess without a name', () => {
      assert.deepEqual(chosen({ all: true }), ['Data', 'Api']);
      assert.match(String(chosen({})), /more than one stack \(Data, Api, Prod\/Orders\) and the command names none/);
    });

    it('shows every stack where it can not tell what a pattern means', () => {
      assert.deepEqual(chosen({ patterns: ['{Data,Api}'], exclusively: true }), ['Data', 'Api', 'Prod/Orders']);
    });
  });

  describe('its command line', () => {
    it('is read with the settings of cdk.json', () => {
      writeFileSync(path.join(app, 'cdk.json'), JSON.stringify({ app: 'node bin/app.js', output: 'build/cdk' }));
      const command = readCdkCommand(['cdk', 'deploy', 'Api', '-e', '-c', 'env=prod', '--profile', 'ops', '--parameters', 'Api:Size=3', '--parameters', 'Name=x', '--require-approval', 'never'], app);
      assert.deepEqual([command?.verb, command?.patterns, command?.exclusively, command?.output, command?.app, command?.synthesised], ['deploy', ['Api'], true, path.join(app, 'build/cdk'), 'node bin/app.js', false]);
      assert.deepEqual(command?.parameters, [{ key: 'Size', value: '3', stack: 'Api' }, { key: 'Name', value: 'x', stack: undefined }]);
      assert.deepEqual(command?.forSynthesis, ['--context', 'env=prod', '--profile', 'ops']);
      assert.equal(command?.connection.profile, 'ops');
    });

    it('knows a folder that was synthesised before from a program', () => {
      assert.equal(readCdkCommand(['cdk', 'deploy', '--app', 'cdk.out', '--all'], app)?.synthesised, true);
      assert.equal(readCdkCommand(['cdk', 'deploy', '--app', 'node app.js', '--all'], app)?.synthesised, false);
    });

    it('is left alone when it changes no stack', () => {
      for (const argv of [['cdk', 'synth'], ['cdk', 'diff'], ['cdk', 'deploy', '--watch'], ['aws', 'deploy'], ['cdk']]) assert.equal(readCdkCommand(argv, app), undefined);
    });

    it('hands on what decides how CloudFormation goes about it', () => {
      const how = (...options: string[]): unknown[] => {
        const command = readCdkCommand(['cdk', 'deploy', 'Api', ...options], app);
        return [command?.disableRollback, command?.keepsOtherParameters, command?.importExistingResources, command?.revertDrift];
      };
      assert.deepEqual(how(), [false, true, false, false]);
      assert.deepEqual(how('--no-rollback', '--no-previous-parameters', '--import-existing-resources', '--revert-drift'), [true, false, true, true]);
      assert.deepEqual(how('--rollback=false'), [true, true, false, false]);
    });

    it('warns about a deployment past CloudFormation', () => {
      assert.match(readCdkCommand(['cdk', 'deploy', '--hotswap'], app)?.warnings[0] ?? '', /past CloudFormation/);
    });
  });

  describe('the age of what was synthesised', () => {
    const set = (file: string, seconds: number): void => utimesSync(path.join(app, file), seconds, seconds);
    it('is told by the newest file of the app, without its dependencies', () => {
      mkdirSync(path.join(app, 'lib'));
      mkdirSync(path.join(app, 'node_modules'));
      for (const file of ['lib/stack.ts', 'node_modules/x.js', 'README.md']) writeFileSync(path.join(app, file), '');
      set('cdk.out/manifest.json', 2000);
      set('lib/stack.ts', 1000);
      assert.deepEqual(freshnessOf(app, out), { madeAt: new Date(2_000_000).toISOString(), newer: undefined, complete: true });
      set('lib/stack.ts', 3000);
      assert.equal(freshnessOf(app, out).newer, path.join('lib', 'stack.ts'));
    });

    it('is not known where nothing was synthesised', () => {
      assert.equal(freshnessOf(app, path.join(app, 'nowhere')).madeAt, undefined);
    });
  });
});
