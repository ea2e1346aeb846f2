import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { detectArgv } from '../../src/detect/detect';
import { takeSnapshot } from '../../src/gate/snapshot';
import { kubeConfig, realKubectl, startKubeApi, type KubeApi } from '../support/kube-api';
import { temporary } from '../support/temporary';

/** A kubectl that knows preferences: from 1.33 on. @throws with one line saying so when there is none: then this was not tested. */
function newKubectl(): string {
  const real = realKubectl();
  const minor = (file: string): number => Number(/"minor":\s*"(\d+)/.exec(spawnSync(file, ['version', '--client', '-o=json'], { encoding: 'utf8' }).stdout)?.[1] ?? 0);
  const found = ['1.36', '1.35', '1.34', '1.33'].map((v) => path.join(path.dirname(real), `kubectl.${v}`)).concat(real).find((file) => existsSync(file) && minor(file) >= 33);
  if (found === undefined) throw new Error('kubectl 1.33 or later is not installed: its preferences were not tested.');
  return found;
}

const v1alpha1 = (rest: string): string => `apiVersion: kubectl.config.k8s.io/v1alpha1\nkind: Preference\n${rest}`;
const PRUNE = '[{name: prune, default: "true"}, {name: all, default: "true"}, {name: prune-allowlist, default: core/v1/ConfigMap}]';

describe('the preferences of kubectl', function () {
  this.timeout(60_000);
  let api: KubeApi;
  let home: string;
  let kubectl: string;
  before(async () => {
    kubectl = newKubectl();
    api = await startKubeApi();
  });
  after(() => api.stop());
  beforeEach(() => {
    home = temporary('kuberc-');
    mkdirSync(path.join(home, '.kube'));
    writeFileSync(path.join(home, '.kube/config'), kubeConfig(api.url));
    writeFileSync(path.join(home, 'keep.yaml'), JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'keep' }, data: { a: 'b' } }));
    api.reset();
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
    api.add({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop', annotations } }, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-0', namespace: 'shop' } });
  });

  const prefer = (text: string, file = '.kube/kuberc'): void => writeFileSync(path.join(home, file), text);
  const envOf = (more: Readonly<Record<string, string>>): Record<string, string> => ({ PATH: '/usr/bin:/bin', HOME: home, ...more });

  /** What the API was asked to delete when the real kubectl ran. */
  async function really(words: readonly string[], more: Readonly<Record<string, string>> = { KUBECTL_KUBERC: 'true' }): Promise<readonly string[]> {
    const child = spawn(kubectl, words, { cwd: home, env: envOf(more), stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (text) => { said += String(text); });
    child.stderr.on('data', (text) => { said += String(text); });
    await new Promise((resolve) => child.on('close', resolve));
    return api.writes().filter((c) => c.method === 'DELETE').map((c) => c.path).concat(/error|Error/.test(said) ? [`said: ${said}`] : []);
  }

  function said(words: readonly string[], more: Readonly<Record<string, string>> = { KUBECTL_KUBERC: 'true' }): readonly string[] {
    const argv = ['kubectl', ...words];
    const { readFile, namesIn } = takeSnapshot(argv, home, envOf(more));
    return detectArgv(argv, { cwd: home, home, env: envOf(more), readFile, namesIn }).map((o) => o.mutation);
  }

  it('add options to a command: an apply that prunes by them is one that deletes', async () => {
    prefer(v1alpha1(`overrides: [{command: apply, flags: ${PRUNE}}]`));
    assert.deepEqual(said(['apply', '-f', 'keep.yaml']), ['destructive']);
    assert.deepEqual(await really(['apply', '-f', 'keep.yaml']), ['/api/v1/namespaces/shop/configmaps/settings']);
  });

  it('give way to an option that is typed', async () => {
    prefer(v1alpha1(`overrides: [{command: apply, flags: ${PRUNE}}]`));
    assert.deepEqual(await really(['apply', '-f', 'keep.yaml', '--prune=false', '--all=false']), []);
    assert.deepEqual(said(['apply', '-f', 'keep.yaml', '--prune=false', '--all=false']), ['modifying']);
  });

  it('make commands of names: an alias is judged as what it stands for, with its words and options', async () => {
    prefer(v1alpha1('aliases: [{name: tidy, command: delete, prependArgs: [pod], appendArgs: [-n, shop], flags: [{name: wait, default: "false"}]}]'));
    assert.deepEqual(said(['tidy', 'web-0']), ['destructive']);
    assert.deepEqual(await really(['tidy', 'web-0']), ['/api/v1/namespaces/shop/pods/web-0']);
    prefer(v1alpha1('aliases: [{name: look, command: get, prependArgs: [pods]}]'));
    assert.deepEqual(said(['look']), ['none']);
  });

  it('count in their later version, behind --kuberc and behind KUBERC, and not where they are switched off', async () => {
    const later = `apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ndefaults: [{command: apply, options: ${PRUNE}}]`;
    prefer(later);
    assert.deepEqual(said(['apply', '-f', 'keep.yaml'], {}), ['destructive']);
    assert.deepEqual(said(['apply', '-f', 'keep.yaml'], { KUBECTL_KUBERC: 'false' }), ['modifying']);
    assert.deepEqual(said(['apply', '-f', 'keep.yaml'], { KUBERC: 'off' }), ['modifying']);
    rmSync(path.join(home, '.kube/kuberc'));
    prefer(v1alpha1(`overrides: [{command: apply, flags: ${PRUNE}}]`), 'own');
    assert.deepEqual(said(['apply', '-f', 'keep.yaml', '--kuberc', 'own']), ['destructive']);
    assert.deepEqual(said(['apply', '-f', 'keep.yaml', '--kuberc=own']), ['destructive']);
    assert.deepEqual(said(['apply', '-f', 'keep.yaml'], { KUBERC: path.join(home, 'own') }), ['destructive']);
    assert.deepEqual(await really(['apply', '-f', 'keep.yaml', '--kuberc=own']), ['/api/v1/namespaces/shop/configmaps/settings']);
  });

  it('never make a change a look, because not every kubectl has them', () => {
    prefer(v1alpha1('overrides: [{command: delete, flags: [{name: dry-run, default: client}]}]'));
    assert.deepEqual(said(['delete', 'pod', 'web-0']), ['destructive']);
  });

  it('that can not be read make every change unknown, and no read', () => {
    for (const text of ['a: [', 'just words', 'overrides: {a: b}', 'overrides: [{command: [a]}]', 'a: 1\n---\nb: 2']) {
      prefer(text);
      assert.deepEqual(said(['apply', '-f', 'keep.yaml']), ['unknown'], text);
      assert.deepEqual(said(['get', 'pods']), ['none'], text);
    }
    prefer('# nothing yet\n');
    assert.deepEqual(said(['apply', '-f', 'keep.yaml']), ['modifying']);
  });

  it('bring in files that are part of the question', () => {
    prefer(v1alpha1('aliases: [{name: ship, command: apply, appendArgs: [-f, keep.yaml]}]'));
    assert.ok(takeSnapshot(['kubectl', 'ship'], home, envOf({})).inputs().some((i) => i.path.endsWith('keep.yaml')));
  });
});
