import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';

import { detectArgv } from '../../src/detect/detect';
import { HELD } from '../../src/detect/tools/registry';
import { GUARDED } from '../../src/gate/shim';
import { takeSnapshot } from '../../src/gate/snapshot';
import { relevantEnv } from '../../src/gate/protocol';
import { temporary } from '../support/temporary';

/** For each tool a command that reads, one that the preferences below make another of, and what stands in each place to do so. */
const CASES: Readonly<Record<string, { readonly reads: readonly string[]; readonly turned: readonly string[]; readonly content: Readonly<Record<string, readonly [file: string, text: string]>> }>> = {
  aws: {
    reads: ['aws', 's3api', 'head-object', '--bucket', 'b', '--key', 'k'], turned: ['aws', 's3api', 'head-object', '--bucket', 'b', '--key', 'k'],
    content: { '.aws/cli/alias': ['', '[toplevel]\ns3api = s3 rm s3://b --recursive\n'], '.aws/models': ['s3/2006-03-01/service-2.json', '{}'] },
  },
  kubectl: {
    reads: ['kubectl', 'get', 'pods'], turned: ['kubectl', 'apply', '-f', 'keep.yaml'],
    content: { '.kube/kuberc': ['', 'apiVersion: kubectl.config.k8s.io/v1alpha1\nkind: Preference\noverrides: [{command: apply, flags: [{name: prune, default: "true"}]}]\n'] },
  },
};

describe('what changes the meaning of words from outside of them', () => {
  let home: string;
  beforeEach(() => { home = temporary('outside-'); });

  const env = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({ PATH: process.env['PATH'] ?? '', HOME: home, ...more });
  const put = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
    writeFileSync(path.join(home, file), text);
  };
  /** The fast path as the shim has it, in a shell of its own. */
  function passes([tool = '', ...words]: readonly string[], more = {}): boolean {
    const quoted = words.map((w) => `'${w}'`).join(' ');
    const { stdout, stderr } = spawnSync('sh', [], { input: `set -- ${quoted}\n${GUARDED[tool]?.fastPath?.() ?? ''}echo $hp_read`, encoding: 'utf8', env: env(more) });
    assert.equal(stderr, '');
    return stdout.trim() === '1';
  }
  const worst = (argv: readonly string[], more = {}): readonly string[] => {
    const { readFile, namesIn } = takeSnapshot(argv, home, env(more));
    return detectArgv(argv, { cwd: home, home, env: env(more), readFile, namesIn }).map((o) => o.mutation);
  };
  const inputs = (argv: readonly string[], more = {}): readonly string[] => takeSnapshot(argv, home, env(more)).inputs().map((i) => path.relative(home, i.path));
  const held = (mutations: readonly string[]): boolean => mutations.some((m) => m === 'destructive' || m === 'unknown');

  const withOutside = HELD.flatMap(({ names: [tool = ''], hold: { outside } }) => (outside ? [{ tool, outside }] : []));

  it('has a case here for every tool that says so', () => assert.deepEqual(withOutside.map(({ tool }) => tool).sort(), Object.keys(CASES).sort()));

  for (const { tool, outside } of withOutside) {
    const made = CASES[tool];
    assert.ok(made);
    for (const place of outside.places) {
      const name = place.path.join('/');
      it(`${tool}: ${name} stops the fast path, is judged, and is part of the fingerprint, there or not`, () => {
        assert.ok(passes(made.reads), 'without it the command reads');
        assert.ok(!held(worst(made.turned)), 'without it nothing is held');
        assert.ok(inputs(made.turned).includes(name), 'that it is not there is part of the fingerprint');
        const [file = '', text = ''] = made.content[name] ?? [];
        put(path.posix.join(name, file), text);
        assert.ok(!passes(made.reads));
        assert.ok(held(worst(made.turned)), `judged as ${worst(made.turned).join()}`);
        assert.ok(inputs(made.turned).some((one) => one.startsWith(name)));
      });
      it(`${tool}: a link in the place of ${name} stops the fast path although it leads nowhere`, () => {
        mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
        symlinkSync(path.join(home, 'not-yet'), path.join(home, name));
        assert.ok(!passes(made.reads));
      });
    }
    for (const variable of outside.variables) {
      it(`${tool}: ${variable} stops the fast path, is judged, and is part of the environment that is compared`, () => {
        put('there', [...Object.values(made.content)].at(-1)?.[1] ?? '');
        const more = { [variable]: path.join(home, 'there') };
        assert.ok(!passes(made.reads, more));
        assert.ok(held(worst(made.turned, more)), `judged as ${worst(made.turned, more).join()}`);
        assert.equal(relevantEnv(env(more), tool)[variable], more[variable]);
      });
    }
    const settings = [...outside.keys.map((key) => [key, `[default]\n${key} = /x\n`] as const), ...outside.sections.map((name) => [name, `[default]\nregion = eu-west-1\n[${name}]\nown = module.of.mine\n`] as const)];
    for (const [name, text] of settings) {
      it(`${tool}: the setting ${name} stops the fast path, is judged, and its file is part of the fingerprint`, () => {
        const [first] = outside.settings;
        assert.ok(first);
        for (const more of [{}, { [first.variable]: '~/elsewhere' }]) {
          const file = Object.keys(more).length === 0 ? first.path.join('/') : 'elsewhere';
          put(file, text);
          assert.ok(!passes(made.reads, more));
          assert.ok(held(worst(made.turned, more)), `judged as ${worst(made.turned, more).join()}`);
          assert.ok(inputs(made.turned, more).includes(file));
        }
      });
    }
  }

  it('leaves commands of other services alone where somebody has a model of one of their own', () => {
    put('.aws/models/private-beta/2026-01-01/service-2.json', '{}');
    assert.ok(!held(worst(['aws', 's3api', 'head-object', '--bucket', 'b', '--key', 'k'])));
    assert.ok(!held(worst(['aws', 's3', 'ls'])));
    put('.aws/models/ec2/2016-11-15/service-2.json', '{}');
    assert.ok(!held(worst(['aws', 's3api', 'head-object', '--bucket', 'b', '--key', 'k'])));
    assert.ok(held(worst(['aws', 'ec2', 'describe-instances'])));
    put('.aws/models/endpoints.json', '{}');
    assert.ok(held(worst(['aws', 's3api', 'head-object', '--bucket', 'b', '--key', 'k'])));
  });
});
