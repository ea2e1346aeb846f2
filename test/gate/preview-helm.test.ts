import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import type { BlastRadius } from '../../src/model';
import { startPreview, type PreviewResult } from '../../src/preview/preview';
import { assertPreview } from '../support/assert-preview';
import { makeFakeHelm, type FakeHelm } from '../support/fake-helm';
import { kubeConfig, realKubectl, startKubeApi, type KubeApi } from '../support/kube-api';
import { claim, deployment, object, podSpec, service } from '../support/kube-objects';
import { operationOf, previewWorker } from '../support/preview-worker';
import { temporary } from '../support/temporary';

const manifest = (image: string, replicas: number, more = ''): string => `---
# Source: shop/templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: ${replicas}
  template:
    spec:
      containers:
        - name: web
          image: ${image}
${more}`;
const CONFIG = `---
# Source: shop/templates/config.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  mode: fast
`;
const KEPT = `---
# Source: shop/templates/claim.yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: orders
  annotations:
    helm.sh/resource-policy: keep
`;
const HOOK = `---
# Source: shop/templates/cleanup.yaml
apiVersion: batch/v1
kind: Job
metadata:
  name: cleanup
  annotations:
    "helm.sh/hook": pre-delete
`;

describe('the preview of Helm, with a stand-in that prints what Helm\'s documentation says (not the real helm) and the real kubectl', function () {
  this.timeout(60_000);
  let api: KubeApi;
  let home: string;
  let helm: FakeHelm;
  let env: Record<string, string>;

  before(async () => {
    const kubectl = realKubectl();
    api = await startKubeApi();
    home = temporary('holdpoint-helm-');
    writeFileSync(path.join(home, 'config'), kubeConfig(api.url));
    env = { PATH: path.dirname(kubectl), HOME: home, KUBECONFIG: path.join(home, 'config') };
  });
  after(async () => {
    await api?.stop();
  });
  beforeEach(() => {
    api.reset();
    helm = makeFakeHelm(home);
  });
  afterEach(() => {
    assert.deepEqual(api.writes(), []);
    for (const [first, second, third] of helm.calls()) assert.ok(first === 'get' || first === 'history' || (first === 'upgrade' && second === '--dry-run=server'), `helm ${first} ${second} ${third} was started by a preview`);
  });

  const run = (words: string, more: Record<string, string> = {}): Promise<PreviewResult> => {
    const argv = ['helm', ...words.split(' ')];
    return startPreview({
      workerPath: previewWorker(), execPath: process.execPath, env: { ...env, ...more },
      request: { kind: 'preview', operation: { ...operationOf(argv), operation: 'helm:any', tool: 'helm' }, argv, cwd: home, executable: helm.executable, mode: 'live', allowExecution: false, changeSetName: 'helm', timeoutMs: 40_000 },
    }).result;
  };
  const shown = async (words: string, more: Record<string, string> = {}): Promise<BlastRadius> => {
    const result = await run(words, more);
    assertPreview(result);
    const radius = result.blastRadius;
    const ids = new Set(radius.resources.map((r) => r.id));
    assert.equal(ids.size, radius.resources.length, 'an id stands twice');
    assert.deepEqual(radius.dependencies.filter((d) => !ids.has(d.from) || !ids.has(d.to)), [], 'an edge goes nowhere');
    return radius;
  };
  const rows = (radius: BlastRadius): string[] => radius.resources.map((r) => `${r.id} ${r.outcome}/${r.data}`);

  it('shows what an uninstall takes, keeps and runs', async () => {
    helm.answer('get manifest shop', manifest('registry.test/web:1', 2, CONFIG + KEPT));
    helm.answer('get hooks shop', HOOK);
    api.add(...deployment('web', 2), service('outside', 'web'), object('v1', 'ConfigMap', 'settings'), ...claim('orders', 'Delete'));
    const radius = await shown('uninstall shop -n shop');
    assert.deepEqual(rows(radius), ['shop/ConfigMap/settings lost/lost', 'shop/Deployment/web lost/none', 'shop/PersistentVolumeClaim/orders retained/orphaned', 'shop/Pod/web-1-0 lost/none', 'shop/Pod/web-1-1 lost/none', 'shop/ReplicaSet/web-1 lost/none', 'shop/Service/outside interrupted/none']);
    assert.ok(radius.unknowns.map((one) => one.text).some((u) => /hook Job cleanup runs \(pre-delete\)/.test(u)));
    assert.ok(radius.warnings.some((w) => /helm rollback shop is not possible/.test(w)));
    assert.equal(radius.context.other?.['context'], 'test');
  });

  it('leaves the claims of a StatefulSet, and goes to the cluster and namespace that Helm would', async () => {
    const set = object('apps/v1', 'StatefulSet', 'pg', { spec: { replicas: 1, template: { metadata: { labels: { app: 'pg' } }, spec: podSpec('pg') }, volumeClaimTemplates: [{ metadata: { name: 'data' } }] }, status: { readyReplicas: 1 } }, { namespace: 'data' });
    helm.answer('get manifest pg', JSON.stringify({ ...set, metadata: { name: 'pg' } }));
    helm.answer('get hooks pg', '');
    api.add(set, ...claim('data-pg-0', 'Delete', { namespace: 'data' }));
    assert.deepEqual(rows(await shown('delete pg', { HELM_NAMESPACE: 'data' })), ['data/PersistentVolumeClaim/data-pg-0 retained/kept', 'data/StatefulSet/pg lost/none']);
  });

  it('shows the changes of a rollback, and what the old revision does not have', async () => {
    helm.answer('get manifest shop', manifest('registry.test/web:2', 0, CONFIG));
    helm.answer('get manifest shop 1', manifest('registry.test/web:1', 2));
    helm.answer('get hooks shop 1', '');
    helm.answer('history shop', JSON.stringify([{ revision: 1, updated: '2026-01-01T10:00:00Z', status: 'superseded', chart: 'shop-1.0.0', app_version: '1', description: 'Install complete' }, { revision: 2, updated: '2026-01-02T10:00:00Z', status: 'deployed', chart: 'shop-2.0.0', app_version: '2', description: 'Upgrade complete' }]));
    api.add(...deployment('web', 2), object('v1', 'ConfigMap', 'settings'));
    const radius = await shown('rollback shop -n shop');
    assert.deepEqual(rows(radius), ['shop/ConfigMap/settings lost/lost', 'shop/Deployment/web modified/none']);
    assert.match(radius.resources[1]?.because.join(' ') ?? '', /image registry\.test\/web:2 → registry\.test\/web:1.*manifests of revision 2 and 1/);
    assert.match(radius.warnings.join(' '), /from revision 2 to what revision 1 was \(shop-1\.0\.0\)/);
    assert.match((await shown('rollback shop 7 -n shop')).warnings.join(' '), /no revision 7/);
  });

  it('shows what an upgrade changes by Helm\'s own dry run, and the outage of zero replicas', async () => {
    helm.answer('get manifest shop', manifest('registry.test/web:1', 2, CONFIG + KEPT));
    helm.answer('upgrade shop ./chart', JSON.stringify({ name: 'shop', info: { status: 'pending-upgrade' }, manifest: manifest('registry.test/web:1', 0), hooks: [], version: 2, namespace: 'shop' }));
    api.add(...deployment('web', 2), service('web', 'web'), object('v1', 'ConfigMap', 'settings'), ...claim('orders', 'Delete'));
    const radius = await shown('upgrade shop ./chart -n shop --set replicas=0 --atomic --timeout 5m');
    assert.equal(radius.source, 'dry-run');
    assert.deepEqual(rows(radius), ['shop/ConfigMap/settings lost/lost', 'shop/Deployment/web interrupted/none', 'shop/PersistentVolumeClaim/orders retained/orphaned', 'shop/Pod/web-1-0 lost/none', 'shop/Pod/web-1-1 lost/none', 'shop/Service/web interrupted/none']);
    assert.deepEqual(helm.calls().filter(([first]) => first === 'upgrade'), [['upgrade', '--dry-run=server', '--output=json', '--namespace=shop', '--set=replicas=0', 'shop', './chart']]);
  });

  it('says of a chart that is fetched when the command runs that it is not held to what is shown', async () => {
    const again = async (words: string): Promise<string[]> => (await shown(words)).unknowns.map((one) => one.text).filter((u) => u.includes('is fetched again when the command runs'));
    const digest = `oci://registry.test/shop@sha256:${'a'.repeat(64)}`;
    for (const chart of ['repo/shop', 'oci://registry.test/shop', 'https://charts.test/shop.tgz', './chart', digest]) {
      helm.answer('get manifest shop', manifest('registry.test/web:1', 2));
      helm.answer(`upgrade shop ${chart}`, JSON.stringify({ name: 'shop', manifest: manifest('registry.test/web:1', 2), hooks: [] }));
      const said = await again(`upgrade shop ${chart}`);
      assert.deepEqual(said.map((u) => u.split(' is fetched')[0]), chart === './chart' || chart === digest ? [] : [`The chart ${chart}`]);
    }
  });

  it('says that there is no such release, and runs no program of a post-renderer', async () => {
    assert.match((await shown('uninstall nowhere')).warnings.join(), /no release nowhere/);
    const radius = await shown('upgrade shop ./chart --post-renderer ./x.sh');
    assert.equal(radius.source, 'offline');
    assert.match(radius.unknowns[0]?.text ?? '', /--post-renderer runs a program/);
  });

  it('says what it can\'t know without kubectl', async () => {
    helm.answer('get manifest shop', manifest('registry.test/web:1', 2, KEPT.replace('keep', 'other')));
    helm.answer('get hooks shop', '');
    const radius = await shown('uninstall shop', { PATH: '/nonexistent' });
    assert.deepEqual(rows(radius), ['default/Deployment/web lost/none', 'default/PersistentVolumeClaim/orders unknown/unknown']);
    assert.ok(radius.unknowns.map((one) => one.text).some((u) => /no kubectl on the PATH/.test(u)));
  });
});
