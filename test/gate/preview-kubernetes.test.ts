import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import type { AffectedResource, BlastRadius } from '../../src/model';
import { readState, startPreview, type PreviewResult } from '../../src/preview/preview';
import { assertPreview } from '../support/assert-preview';
import { kubeConfig, realKubectl, startKubeApi, type KubeApi } from '../support/kube-api';
import { claim, deployment, ingress, object, owned, podSpec, service } from '../support/kube-objects';
import { operationOf, previewWorker } from '../support/preview-worker';
import { temporary } from '../support/temporary';

describe('the preview of kubectl, with the real kubectl against a Kubernetes API on loopback', function () {
  this.timeout(120_000);
  let api: KubeApi;
  let home: string;
  let kubectl: string;
  let env: Record<string, string>;

  before(async () => {
    kubectl = realKubectl();
    api = await startKubeApi();
    home = temporary('holdpoint-kube-');
    writeFileSync(path.join(home, 'config'), kubeConfig(api.url));
    env = { PATH: '/nonexistent', HOME: home, KUBECONFIG: path.join(home, 'config') };
  });
  after(async () => {
    await api?.stop();
  });
  beforeEach(() => {
    api.reset();
    for (const name of ['own', '.kube']) rmSync(path.join(home, name), { recursive: true, force: true });
    mkdirSync(path.join(home, 'own'));
    for (const name of ['shop', 'other', 'default']) api.add(object('v1', 'Namespace', name, { spec: { finalizers: ['kubernetes'] } }));
  });
  afterEach(() => {
    assert.deepEqual(api.writes().map((c) => `${c.method} ${c.path}`), [], 'a preview changed the cluster');
  });

  let made = 0;
  const request = (words: string, more: { readonly timeoutMs?: number; readonly executable?: string } = {}): Parameters<typeof startPreview>[0]['request'] => {
    const argv = ['kubectl', ...words.split(' ').map((w) => w.replaceAll('␣', ' '))];
    made += 1;
    return { kind: 'preview', operation: { ...operationOf(argv), operation: 'kubernetes:any', tool: 'kubectl' }, argv, cwd: home, executable: kubectl, mode: 'live', allowExecution: false, folder: path.join(home, 'own'), changeSetName: `k-${made}`, timeoutMs: 60_000, ...more };
  };
  const run = (words: string, more: Parameters<typeof request>[1] = {}): Promise<PreviewResult> => startPreview({ workerPath: previewWorker(), execPath: process.execPath, env, request: request(words, more) }).result;
  const shown = async (words: string): Promise<BlastRadius> => {
    const result = await run(words);
    assertPreview(result);
    const radius = result.blastRadius;
    const ids = new Set(radius.resources.map((r) => r.id));
    assert.equal(ids.size, radius.resources.length, 'an id stands twice');
    assert.deepEqual(radius.dependencies.filter((d) => !ids.has(d.from) || !ids.has(d.to)), [], 'an edge goes nowhere');
    return radius;
  };
  const state = async (words: string): Promise<string | undefined> => {
    const { argv, cwd, operation, executable, timeoutMs } = request(words);
    const read = await readState({ workerPath: previewWorker(), execPath: process.execPath, env }, { kind: 'state', argv, cwd, operation, ...(executable === undefined ? {} : { executable }), timeoutMs });
    assert.ok('stateDigest' in read, JSON.stringify(read));
    return read.stateDigest;
  };
  const rows = (radius: BlastRadius): string[] => radius.resources.map((r) => `${r.id} ${r.outcome}/${r.data}`);
  const row = (radius: BlastRadius, id: string): AffectedResource => {
    const found = radius.resources.find((r) => r.id === id);
    assert.ok(found, `no ${id} in ${rows(radius).join(', ')}`);
    return found;
  };
  const file = (name: string, ...objects: readonly object[]): string => {
    writeFileSync(path.join(home, name), `# YAML: kubectl would read a first brace as JSON\n${objects.map((o) => JSON.stringify(o)).join('\n---\n')}\n`);
    return name;
  };

  describe('delete', () => {
    it('shows everything that goes with a namespace, what becomes of each volume, and what is left behind', async () => {
      api.add(...deployment('web', 2), service('web', 'web'), ingress('front', 'web'), ...claim('orders', 'Delete'), ...claim('archive', 'Retain', { size: '1Ti' }),
        object('v1', 'Secret', 'db', { data: { password: Buffer.from('hunter2hunter2').toString('base64') }, type: 'Opaque' }), object('v1', 'Event', 'noise'), ...deployment('elsewhere', 1, { namespace: 'other' }));
      const radius = await shown('delete namespace shop');
      assert.deepEqual(rows(radius), [
        'Namespace/shop lost/none', 'PersistentVolume/pv-archive retained/orphaned', 'PersistentVolume/pv-orders lost/lost',
        'shop/Deployment/web lost/none', 'shop/Ingress/front lost/none', 'shop/PersistentVolumeClaim/archive retained/orphaned', 'shop/PersistentVolumeClaim/orders lost/lost',
        'shop/Pod/web-1-0 lost/none', 'shop/Pod/web-1-1 lost/none', 'shop/ReplicaSet/web-1 lost/none', 'shop/Secret/db lost/lost', 'shop/Service/web lost/none',
      ]);
      assert.equal(row(radius, 'shop/PersistentVolumeClaim/orders').size, '20Gi');
      assert.equal(row(radius, 'shop/PersistentVolumeClaim/orders').reversibility.kind, 'irreversible');
      assert.match(row(radius, 'shop/PersistentVolumeClaim/archive').reversibility.how ?? '', /kubectl patch pv pv-archive/);
      assert.equal(row(radius, 'PersistentVolume/pv-archive').action, 'forget');
      assert.equal(row(radius, 'shop/PersistentVolumeClaim/orders').lastBackup, 'no VolumeSnapshot of it was found in the cluster');
      assert.match(row(radius, 'shop/Deployment/web').because.join(' '), /2 of 2 replicas are ready now/);
      assert.equal(row(radius, 'shop/Deployment/web').downtime?.interrupted, 'yes');
      assert.equal(radius.source, 'live-reads');
      assert.equal(radius.context.other?.['context'], 'test');
      assert.equal(radius.context.other?.['cluster'], 'loopback');
      assert.equal(radius.reversibility.kind, 'irreversible');
      const edges = radius.dependencies.map((d) => `${d.from} > ${d.to} ${d.kind}`);
      for (const edge of ['shop/Pod/web-1-0 > shop/ReplicaSet/web-1 owner', 'shop/ReplicaSet/web-1 > shop/Deployment/web owner', 'shop/Service/web > shop/Deployment/web network', 'shop/Ingress/front > shop/Service/web network', 'shop/PersistentVolumeClaim/orders > PersistentVolume/pv-orders volume', 'shop/Deployment/web > Namespace/shop owner']) assert.ok(edges.includes(edge), edge);
      assert.deepEqual(radius.unknowns, []);
      assert.doesNotMatch(JSON.stringify(radius), /hunter2|aHVudGVy|very-secret-token/);
    });

    it('keeps the objects as they stand, so that one file brings them back, and no Secret', async () => {
      api.add(...deployment('web', 2), service('web', 'web'), object('v1', 'Secret', 'db', { data: { password: Buffer.from('hunter2hunter2').toString('base64') }, type: 'Opaque' }));
      const result = await run('delete namespace shop');
      assertPreview(result);
      const [kept] = result.kept ?? [];
      assert.ok(kept);
      assert.match(kept.what, /^3 objects as they stand \(kubectl apply -f brings them back/);
      const list = JSON.parse(readFileSync(kept.path, 'utf8')) as { items: { kind: string; metadata: Record<string, unknown>; status?: unknown }[] };
      assert.deepEqual(list.items.map((o) => `${o.kind}/${String(o.metadata['name'])}`), ['Namespace/shop', 'Deployment/web', 'Service/web'], 'what its owner makes again is left to it');
      assert.ok(list.items.every((o) => o.status === undefined && o.metadata['uid'] === undefined && o.metadata['resourceVersion'] === undefined));
      assert.doesNotMatch(readFileSync(kept.path, 'utf8'), /hunter2|aHVudGVy/);
      // The API is served by this very process, so it must not wait.
      const applied = await promisify(execFile)(kubectl, ['apply', '-f', kept.path, '--dry-run=server', '--validate=false'], { env });
      assert.match(applied.stdout, /deployment\.apps\/web /);
    });

    it('takes the dependents of a Deployment with it, and says who stays without it', async () => {
      api.add(...deployment('web', 1), service('web', 'web'), ingress('front', 'web'), object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', { spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' } } }), ...deployment('api', 1));
      const radius = await shown('delete deploy/web -n shop');
      assert.deepEqual(rows(radius), ['shop/Deployment/web lost/none', 'shop/HorizontalPodAutoscaler/web unchanged/none', 'shop/Pod/web-1-0 lost/none', 'shop/ReplicaSet/web-1 lost/none', 'shop/Service/web interrupted/none']);
      assert.equal(row(radius, 'shop/Service/web').downtime?.interrupted, 'yes');
    });

    it('leaves dependents with --cascade=orphan', async () => {
      api.add(...deployment('web', 1));
      const radius = await shown('delete deployment web --cascade=orphan');
      assert.deepEqual(rows(radius), ['shop/Deployment/web lost/none', 'shop/ReplicaSet/web-1 retained/none']);
      assert.ok(radius.dependencies.some((d) => d.from === 'shop/ReplicaSet/web-1' && d.to === 'shop/Deployment/web'));
    });

    it('resolves a selector, and pods that are made again are replaced', async () => {
      api.add(...deployment('web', 2, { pod: { volumes: [{ name: 'scratch', emptyDir: {} }] } }), ...deployment('api', 1), service('web', 'web'));
      const radius = await shown('delete pods -l app=web');
      assert.deepEqual(rows(radius), ['shop/Deployment/web interrupted/none', 'shop/Pod/web-1-0 lost/lost', 'shop/Pod/web-1-1 lost/lost', 'shop/Service/web interrupted/none']);
      assert.match(row(radius, 'shop/Pod/web-1-0').because.join(' '), /emptyDir scratch is lost/);
      assert.deepEqual(rows(await shown('delete pod api-1-0')), ['shop/Deployment/api interrupted/none', 'shop/Pod/api-1-0 replaced/none']);
    });

    it('reads the objects of a file', async () => {
      api.add(...deployment('web', 1), object('v1', 'ConfigMap', 'settings', { data: { a: '1' } }));
      const name = file('all.yaml', object('apps/v1', 'Deployment', 'web'), object('v1', 'ConfigMap', 'settings'), object('v1', 'ConfigMap', 'absent'));
      assert.deepEqual(rows(await shown(`delete -f ${name}`)), ['shop/ConfigMap/settings lost/lost', 'shop/Deployment/web lost/none', 'shop/Pod/web-1-0 lost/none', 'shop/ReplicaSet/web-1 lost/none']);
    });

    it('says who reads a ConfigMap or Secret that goes, once for each workload', async () => {
      api.add(...deployment('web', 2, { pod: { containers: [{ name: 'web', image: 'i', envFrom: [{ configMapRef: { name: 'settings' } }], env: [{ name: 'P', valueFrom: { secretKeyRef: { name: 'db', key: 'p', optional: true } } }] }] } }),
        object('v1', 'ConfigMap', 'settings'), object('v1', 'Secret', 'db', { data: { p: 'c2VjcmV0c2VjcmV0' } }));
      const radius = await shown('delete configmap settings');
      assert.deepEqual(rows(radius), ['shop/ConfigMap/settings lost/lost', 'shop/Deployment/web interrupted/none']);
      assert.equal(row(radius, 'shop/Deployment/web').downtime?.interrupted, 'may');
      assert.deepEqual(rows(await shown('delete secret db')), ['shop/Deployment/web unchanged/none', 'shop/Secret/db lost/lost']);
    });

    it('keeps the claims of a StatefulSet unless its policy says otherwise', async () => {
      const set = (more: object): Record<string, unknown> => object('apps/v1', 'StatefulSet', 'pg', { spec: { replicas: 1, template: { metadata: { labels: { app: 'pg' } }, spec: podSpec('pg') }, volumeClaimTemplates: [{ metadata: { name: 'data' } }], ...more }, status: { readyReplicas: 1 } });
      api.add(set({}), ...claim('data-pg-0', 'Delete'));
      assert.deepEqual(rows(await shown('delete sts pg')), ['shop/PersistentVolumeClaim/data-pg-0 retained/kept', 'shop/StatefulSet/pg lost/none']);
      api.add(set({ persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } }));
      assert.deepEqual(rows(await shown('delete sts pg')), ['PersistentVolume/pv-data-pg-0 lost/lost', 'shop/PersistentVolumeClaim/data-pg-0 lost/lost', 'shop/StatefulSet/pg lost/none']);
    });

    it('says that it does not know the data when the volume can\'t be read', async () => {
      api.add(...claim('orders', 'Delete'));
      api.forbid('persistentvolumes');
      const radius = await shown('delete pvc orders');
      assert.deepEqual(rows(radius), ['shop/PersistentVolumeClaim/orders unknown/unknown']);
      assert.ok(radius.unknowns.map((one) => one.text).some((u) => /PersistentVolume pv-orders .*can't be read/.test(u)), radius.unknowns.map((one) => one.text).join('\n'));
    });

    it('takes every object of a kind with its definition, in all namespaces, and names the finalizers that it waits for', async () => {
      api.add(object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'databases.acme.test', { spec: { group: 'acme.test', scope: 'Namespaced', names: { plural: 'databases', kind: 'Database' }, versions: [{ name: 'v1' }] } }));
      api.add(object('acme.test/v1', 'Database', 'orders', { spec: { size: 3 } }, { finalizers: ['acme.test/cleanup'] }), object('acme.test/v1', 'Database', 'users', { spec: {} }, { namespace: 'other' }));
      const radius = await shown('delete crd databases.acme.test');
      assert.deepEqual(rows(radius), ['CustomResourceDefinition/databases.acme.test lost/none', 'other/Database.acme.test/users lost/unknown', 'shop/Database.acme.test/orders lost/unknown']);
      assert.match(row(radius, 'shop/Database.acme.test/orders').because.join(' '), /waits for the finalizers acme.test\/cleanup/);
      assert.ok(radius.warnings.some((w) => /waits for finalizers of shop\/Database.acme.test\/orders/.test(w)));
      assert.equal(radius.reversibility.kind, 'unknown');
    });

    it('says which types it may not read, and still shows the others', async () => {
      api.add(...deployment('web', 1));
      api.forbid('secrets');
      api.forbid('pods');
      const radius = await shown('delete ns shop');
      assert.ok(rows(radius).includes('shop/Deployment/web lost/none'));
      assert.ok(radius.unknowns.map((one) => one.text).some((u) => /^secrets in namespace shop can't be read \(.*forbidden/.test(u)), radius.unknowns.map((one) => one.text).join('\n'));
      assert.ok(radius.unknowns.map((one) => one.text).some((u) => /^pods in namespace shop can't be read/.test(u)));
    });

    it('says nothing of the content of a target that it may only name', async () => {
      api.add(...claim('orders', 'Delete'), ...deployment('web', 2));
      api.forbid('persistentvolumeclaims', 'list');
      api.forbid('deployments', 'list');
      const radius = await shown('delete pvc/orders deploy/web');
      assert.equal(row(radius, 'shop/PersistentVolumeClaim/orders').outcome, 'unknown');
      assert.doesNotMatch(row(radius, 'shop/Deployment/web').because.join(' '), /replica/);
      assert.ok(radius.unknowns.map((one) => one.text).some((u) => /shop\/PersistentVolumeClaim\/orders would be deleted, but it can't be read/.test(u)));
    });

    it('follows a cluster-wide owner into every namespace', async () => {
      api.add(object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'fleets.acme.test', { spec: { group: 'acme.test', scope: 'Cluster', names: { plural: 'fleets', kind: 'Fleet' }, versions: [{ name: 'v1' }] } }));
      api.add(object('acme.test/v1', 'Fleet', 'all', { spec: {} }), object('v1', 'ConfigMap', 'settings', {}, { namespace: 'other', ownerReferences: [{ kind: 'Fleet', name: 'all', uid: 'uid-Fleet--all' }] }));
      assert.deepEqual(rows(await shown('delete fleet all')), ['Fleet.acme.test/all lost/unknown', 'other/ConfigMap/settings lost/lost']);
    });

    it('shows a volume\'s own deletion, and the newest snapshot of a claim', async () => {
      api.add(...claim('orders', 'Delete'), ...claim('archive', 'Retain'),
        ...['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'].map((creationTime, i) => object('snapshot.storage.k8s.io/v1', 'VolumeSnapshot', `s${i}`, { spec: { source: { persistentVolumeClaimName: 'orders' } }, status: { creationTime, readyToUse: true } })));
      const radius = await shown('delete pv pv-orders pv-archive');
      assert.deepEqual(rows(radius), ['PersistentVolume/pv-archive retained/orphaned', 'PersistentVolume/pv-orders lost/lost', 'shop/PersistentVolumeClaim/archive interrupted/orphaned', 'shop/PersistentVolumeClaim/orders interrupted/lost']);
      assert.equal(row(await shown('delete pvc orders'), 'shop/PersistentVolumeClaim/orders').lastBackup, '2026-02-01T00:00:00Z (VolumeSnapshot s1)');
    });

    it('finds the webhooks behind a service and the bindings of a role', async () => {
      api.add(service('guard', 'guard'), object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'policy', { webhooks: [{ name: 'p.acme.test', failurePolicy: 'Fail', clientConfig: { service: { name: 'guard', namespace: 'shop' } } }] }),
        object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'viewer', { rules: [] }), object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'all-see', { roleRef: { kind: 'ClusterRole', name: 'viewer' }, subjects: [] }, { namespace: 'other' }));
      const hooks = await shown('delete service guard');
      assert.deepEqual(rows(hooks), ['ValidatingWebhookConfiguration/policy interrupted/none', 'shop/Service/guard lost/none']);
      assert.match(row(hooks, 'ValidatingWebhookConfiguration/policy').because.join(' '), /failurePolicy Fail: the API refuses/);
      assert.deepEqual(rows(await shown('delete clusterrole viewer')), ['ClusterRole/viewer lost/none', 'other/RoleBinding/all-see interrupted/none']);
    });

    it('deletes the pods of a node that is deleted', async () => {
      api.add(object('v1', 'Node', 'node-0', { spec: {} }), ...deployment('web', 2));
      assert.deepEqual(rows(await shown('delete node node-0')), ['Node/node-0 lost/none', 'shop/Deployment/web interrupted/none', 'shop/Pod/web-1-0 replaced/none']);
    });

    it('says in one sentence that most types may not be read', async () => {
      api.add(...deployment('web', 1));
      for (const plural of ['secrets', 'pods', 'services', 'configmaps', 'jobs', 'cronjobs', 'roles']) api.forbid(plural);
      const radius = await shown('delete deploy web');
      assert.equal(radius.unknowns.length, 1, radius.unknowns.map((one) => one.text).join('\n'));
      assert.match(radius.unknowns[0]?.text ?? '', /^7 types of objects in namespace shop can't be read \(/);
      assert.ok(rows(radius).includes('shop/Deployment/web lost/none'));
    });

    it('reads a namespace of 5,000 objects in pages', async () => {
      for (let i = 0; i < 500; i += 1) api.add(...deployment(`app-${i}`, 7), service(`app-${i}`, `app-${i}`));
      const radius = await shown('delete ns shop');
      assert.equal(radius.resources.length, 5001);
      assert.ok(api.calls.some((c) => c.query.get('continue') !== null), 'it was not read in pages');
    });

    it('warns of what kubectl or the API would refuse', async () => {
      assert.deepEqual((await shown('delete pods')).warnings, ['kubectl would refuse this command: it names a type, but neither a name, a selector nor --all.']);
      assert.ok((await shown('delete ns default')).warnings.includes('The API refuses to delete namespace default.'));
      assert.deepEqual((await shown('delete pod nowhere')).warnings, ['1 of the 1 objects named does not exist in the cluster.', 'Nothing in the cluster fits: nothing would be deleted.']);
      assert.match((await shown('delete pod x --dry-run=server')).warnings.join(), /nothing changes/);
    });
  });

  describe('scale and rollout', () => {
    it('shows who is cut off by zero replicas, and how to come back', async () => {
      api.add(...deployment('web', 2), service('web', 'web'), ingress('front', 'web'));
      const radius = await shown('scale deployment/web --replicas=0');
      assert.deepEqual(rows(radius), ['shop/Deployment/web interrupted/none', 'shop/Ingress/front interrupted/none', 'shop/Pod/web-1-0 lost/none', 'shop/Pod/web-1-1 lost/none', 'shop/Service/web interrupted/none']);
      assert.equal(row(radius, 'shop/Deployment/web').reversibility.how, 'kubectl scale deployment/web -n shop --replicas=2');
      assert.match(row(radius, 'shop/Deployment/web').because.join(' '), /spec.replicas 2 → 0/);
      assert.deepEqual(rows(await shown('scale deploy web --replicas 3')), ['shop/Deployment/web modified/none']);
      assert.match((await shown('scale deploy web --replicas=0 --current-replicas=5')).warnings.join(), /would refuse to scale/);
    });

    it('loses the claims of the pods that a smaller StatefulSet does not have, where its policy says so', async () => {
      api.add(object('apps/v1', 'StatefulSet', 'pg', { spec: { replicas: 3, template: { metadata: { labels: { app: 'pg' } }, spec: podSpec('pg') }, volumeClaimTemplates: [{ metadata: { name: 'data' } }], persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' } }, status: { readyReplicas: 3 } }),
        ...[0, 1, 2].flatMap((i) => claim(`data-pg-${i}`, 'Delete')));
      assert.deepEqual(rows(await shown('scale sts pg --replicas=2')), ['PersistentVolume/pv-data-pg-2 lost/lost', 'shop/PersistentVolumeClaim/data-pg-2 lost/lost', 'shop/StatefulSet/pg modified/none']);
      assert.equal((await shown('scale sts pg --replicas=0')).resources.filter((r) => r.data === 'lost').length, 6);
      assert.deepEqual(rows(await shown('patch sts pg -p {"spec":{"replicas":1}}')).filter((text) => text.endsWith('lost/lost') && text.startsWith('shop')), ['shop/PersistentVolumeClaim/data-pg-1 lost/lost', 'shop/PersistentVolumeClaim/data-pg-2 lost/lost']);
    });

    it('tells a rolling restart from one that stops everything', async () => {
      api.add(...deployment('web', 2), ...deployment('one', 1, { spec: { strategy: { type: 'Recreate' } } }));
      assert.deepEqual((await shown('rollout restart deploy web one')).resources.map((r) => [r.id, r.outcome, r.downtime?.interrupted]), [['shop/Deployment/one', 'interrupted', 'yes'], ['shop/Deployment/web', 'modified', 'no']]);
      assert.match(row(await shown('rollout pause deploy web'), 'shop/Deployment/web').because.join(' '), /spec.paused false → true/);
    });

    it('shows the template that an undo goes back to', async () => {
      const [deploy, set, ...pods] = deployment('web', 1);
      const old = object('apps/v1', 'ReplicaSet', 'web-0', { spec: { replicas: 0, template: { metadata: { labels: { app: 'web', 'pod-template-hash': 'x' } }, spec: { containers: [{ name: 'web', image: 'registry.test/web:0' }] } } } }, { annotations: { 'deployment.kubernetes.io/revision': '0' }, ...owned('Deployment', 'web') });
      api.add(deploy!, set!, ...pods, old);
      const radius = await shown('rollout undo deploy/web');
      assert.match(row(radius, 'shop/Deployment/web').because[0] ?? '', /image registry\.test\/web:1 → registry\.test\/web:0 \(revision 0, ReplicaSet web-0\)/);
    });
  });

  describe('drain', () => {
    const node = (name: string): object => object('v1', 'Node', name, { spec: {} });
    it('shows what is evicted, what is lost, and which budget blocks it', async () => {
      api.add(node('n1') as Record<string, unknown>, ...deployment('web', 1, { node: 'n1', pod: { volumes: [{ name: 'cache', emptyDir: {} }] } }), object('v1', 'Pod', 'bare', { spec: { ...podSpec('bare'), nodeName: 'n1' }, status: { phase: 'Running' } }),
        object('apps/v1', 'DaemonSet', 'agent', { spec: {}, status: { desiredNumberScheduled: 1, numberReady: 1 } }), object('v1', 'Pod', 'agent-x', { spec: { ...podSpec('agent'), nodeName: 'n1' } }, owned('DaemonSet', 'agent')),
        object('policy/v1', 'PodDisruptionBudget', 'web', { spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } }, status: { disruptionsAllowed: 0 } }), ...deployment('api', 1, { node: 'n2' }));
      const radius = await shown('drain n1 --ignore-daemonsets --delete-emptydir-data --force');
      assert.deepEqual(rows(radius), ['Node/n1 modified/none', 'shop/Deployment/web interrupted/none', 'shop/Pod/agent-x unchanged/none', 'shop/Pod/bare lost/none', 'shop/Pod/web-1-0 lost/lost', 'shop/PodDisruptionBudget/web unchanged/none']);
      assert.ok(radius.warnings.some((w) => /PodDisruptionBudget\/web blocks the drain/.test(w)), radius.warnings.join());
      assert.equal(row(radius, 'Node/n1').reversibility.how, 'kubectl uncordon n1');
      const careful = await shown('drain n1');
      assert.match(careful.warnings.join(' '), /would stop before it evicts anything.*3 pods/);
      assert.match((await shown('drain n1 --ignore-daemonsets --delete-emptydir-data --force --disable-eviction')).warnings.join(' '), /--disable-eviction deletes the pods without asking/);
    });

    it('asks a budget that chooses its pods by expressions', async () => {
      api.add(node('n1') as Record<string, unknown>, ...deployment('web', 1, { node: 'n1' }), object('policy/v1', 'PodDisruptionBudget', 'all', { spec: { selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'api'] }] } }, status: { disruptionsAllowed: 0 } }),
        object('policy/v1', 'PodDisruptionBudget', 'none', { spec: { selector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] } }, status: { disruptionsAllowed: 0 } }));
      const warnings = (await shown('drain n1')).warnings.join(' ');
      assert.match(warnings, /PodDisruptionBudget\/all blocks the drain/);
      assert.doesNotMatch(warnings, /PodDisruptionBudget\/none/);
      assert.deepEqual((await shown('drain')).warnings, ['kubectl would refuse this command: it names no node.']);
    });

    it('tells a cordon and a taint', async () => {
      api.add(node('n1') as Record<string, unknown>, ...deployment('web', 1, { node: 'n1' }), object('v1', 'Pod', 'hardy', { spec: { ...podSpec('hardy', { tolerations: [{ operator: 'Exists' }] }), nodeName: 'n1' } }));
      assert.deepEqual(rows(await shown('cordon n1')), ['Node/n1 modified/none']);
      assert.deepEqual(rows(await shown('taint nodes n1 maintenance=yes:NoExecute')), ['Node/n1 modified/none', 'shop/Deployment/web interrupted/none', 'shop/Pod/hardy unchanged/none', 'shop/Pod/web-1-0 replaced/none']);
    });
  });

  describe('apply, replace and patch, through the server\'s own dry run', () => {
    const manifest = (image: string, replicas: number): Record<string, unknown> => object('apps/v1', 'Deployment', 'web', { spec: { replicas, selector: { matchLabels: { app: 'web' } }, strategy: { type: 'RollingUpdate' }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } } } });

    it('shows which fields change, what is new, and what stays', async () => {
      api.add(...deployment('web', 2), object('v1', 'ConfigMap', 'settings', { data: { a: '1' } }), object('v1', 'Secret', 'db', { data: { password: 'b2xkLXZhbHVl' } }));
      const name = file('apply.yaml', manifest('registry.test/web:2', 2), object('v1', 'ConfigMap', 'settings', { data: { a: '1' } }), object('v1', 'Secret', 'db', { data: { password: 'bmV3LXZhbHVl' } }), object('v1', 'ConfigMap', 'fresh', { data: {} }));
      const radius = await shown(`apply -f ${name}`);
      assert.equal(radius.source, 'dry-run');
      assert.deepEqual(rows(radius), ['shop/ConfigMap/fresh added/none', 'shop/ConfigMap/settings unchanged/kept', 'shop/Deployment/web modified/none', 'shop/Secret/db modified/kept']);
      assert.match(row(radius, 'shop/Deployment/web').because.join(' '), /containers\[web\]\.image registry\.test\/web:1 → registry\.test\/web:2.*rolling update: none of 2/);
      assert.equal(row(radius, 'shop/Deployment/web').reversibility.how, 'kubectl rollout undo deployment/web -n shop');
      assert.match(row(radius, 'shop/Secret/db').because.join(' '), /^data.password changes/);
      assert.doesNotMatch(JSON.stringify(radius), /b2xkLXZhbHVl|bmV3LXZhbHVl/);
    });

    it('sees replicas 0 as an outage, with the service that it cuts off', async () => {
      api.add(...deployment('web', 2), service('web', 'web'));
      const radius = await shown(`apply -f ${file('zero.yaml', manifest('registry.test/web:1', 0))} --server-side`);
      assert.equal(row(radius, 'shop/Deployment/web').outcome, 'interrupted');
      assert.equal(row(radius, 'shop/Service/web').downtime?.interrupted, 'yes');
    });

    it('shows what --prune deletes and what goes with that', async () => {
      const label = { team: 'a' };
      const kept = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
      api.add(object('v1', 'ConfigMap', 'stays', { data: {} }, { labels: label, annotations: kept }), object('v1', 'ConfigMap', 'old', { data: {} }, { labels: label, annotations: kept }));
      const radius = await shown(`apply -f ${file('prune.yaml', object('v1', 'ConfigMap', 'stays', { data: {} }, { labels: label }))} --prune -l team=a`);
      assert.deepEqual(rows(radius), ['shop/ConfigMap/old lost/lost', 'shop/ConfigMap/stays unchanged/kept']);
      assert.match(radius.warnings.join(), /--prune deletes 1 object/);
    });

    it('does not call new what it may not read', async () => {
      api.add(object('v1', 'ConfigMap', 'settings', { data: { a: '1' } }));
      const name = file('unread.yaml', object('v1', 'ConfigMap', 'settings', { data: { a: '2' } }));
      api.forbid('configmaps');
      const result = await run(`apply -f ${name}`);
      assert.equal(result.kind === 'failed' && result.failure.kind, 'refused');
      const radius = await shown(`apply -f ${name} --server-side`);
      assert.deepEqual(rows(radius), ['shop/ConfigMap/settings unknown/unknown']);
      assert.match(radius.unknowns.map((one) => one.text).join(), /ConfigMap settings in namespace shop can't be read/);
    });

    it('says what the cluster refuses, and does not call it unchanged', async () => {
      api.add(...deployment('web', 2));
      api.refuse((body) => (JSON.stringify(body).includes('web:9') ? 'Deployment.apps "web" is invalid: spec.selector: Invalid value: field is immutable' : undefined));
      const radius = await shown(`apply -f ${file('immutable.yaml', manifest('registry.test/web:9', 2))}`);
      assert.deepEqual(rows(radius), ['shop/Deployment/web unknown/unknown']);
      assert.match(radius.warnings.join(), /says it is immutable/, radius.unknowns.map((one) => one.text).join());
      const same = { data: { a: '1' } };
      api.add(object('v1', 'ConfigMap', 'same', same, { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': `${JSON.stringify({ apiVersion: 'v1', data: same.data, kind: 'ConfigMap', metadata: { annotations: {}, name: 'same', namespace: 'shop' } })}\n` } }));
      const both = await shown(`apply -f ${file('both.yaml', object('v1', 'ConfigMap', 'fresh', { data: {} }), object('v1', 'ConfigMap', 'same', same), manifest('registry.test/web:9', 2))}`);
      assert.deepEqual(rows(both), ['configmap/fresh added/none', 'shop/ConfigMap/same unchanged/kept', 'shop/Deployment/web unknown/unknown']);
      assert.match(radius.unknowns.map((one) => one.text).join(), /dry run was refused/);
    });

    it('deletes and creates again with replace --force', async () => {
      api.add(...deployment('web', 1), service('web', 'web'));
      const radius = await shown(`replace --force -f ${file('force.yaml', manifest('registry.test/web:2', 1))}`);
      assert.deepEqual(rows(radius), ['shop/Deployment/web replaced/none', 'shop/Pod/web-1-0 lost/none', 'shop/ReplicaSet/web-1 lost/none', 'shop/Service/web interrupted/none']);
      assert.equal(row(radius, 'shop/Deployment/web').downtime?.order, 'delete-first');
    });

    it('previews patch, set image, label, annotate and create', async () => {
      api.add(...deployment('web', 2, { spec: { strategy: { type: 'Recreate' } } }));
      assert.equal(row(await shown('set image deploy/web web=registry.test/web:3'), 'shop/Deployment/web').downtime?.interrupted, 'yes');
      assert.match(row(await shown('patch deploy web -p {"spec":{"replicas":5}}'), 'shop/Deployment/web').because.join(' '), /spec.replicas 2 → 5/);
      assert.match(row(await shown('label deploy web tier=front'), 'shop/Deployment/web').because.join(' '), /metadata.labels/);
      assert.match(row(await shown('annotate deploy web note=x'), 'shop/Deployment/web').because.join(' '), /metadata.annotations/);
      assert.equal(row(await shown(`create -f ${file('new.yaml', object('v1', 'ConfigMap', 'fresh', { data: {} }))}`), 'shop/ConfigMap/fresh').outcome, 'added');
      assert.match((await shown('expose deploy web --port=80 --dry-run=client')).warnings.join(), /nothing changes/);
    });
  });

  describe('the state behind a preview', () => {
    it('moves when what would go changes, and not when only its status does', async () => {
      const [deploy, ...rest] = deployment('web', 2);
      api.add(deploy!, ...rest);
      const radius = await shown('delete deploy web');
      assert.equal(await state('delete deploy web'), radius.stateDigest);
      api.add({ ...deploy, status: { replicas: 2, readyReplicas: 0 } });
      assert.equal(await state('delete deploy web'), radius.stateDigest);
      api.add(object('apps/v1', 'Deployment', 'web', { spec: { replicas: 2, template: { spec: podSpec('else') } } }));
      assert.notEqual(await state('delete deploy web'), radius.stateDigest);
    });
  });

  describe('failures', () => {
    it('says that the cluster can\'t be reached, and what to do', async () => {
      const result = await run('delete pod x --server=http://127.0.0.1:1');
      assert.equal(result.kind, 'failed');
      if (result.kind !== 'failed') return;
      assert.equal(result.failure.kind, 'unreachable');
      assert.match(result.failure.message, /Check the context/);
      assert.ok(result.standIn && result.standIn.unknowns.length > 0);
    });

    it('fails when the target may not be read, and when it can\'t be understood', async () => {
      api.add(...deployment('web', 1));
      api.forbid('deployments');
      const denied = await run('delete deploy web');
      assert.equal(denied.kind === 'failed' && denied.failure.kind, 'denied');
      const odd = await run('delete nonsense x');
      assert.equal(odd.kind === 'failed' && odd.failure.kind, 'refused');
    });

    it('never says less when the command can\'t be read: standard input, --raw, an unknown option', async () => {
      for (const words of ['delete -f -', 'delete --raw /api/v1/namespaces/shop', 'delete pod x --from-the-future=yes']) {
        const radius = await shown(words);
        assert.equal(radius.source, 'offline', words);
        assert.ok(radius.unknowns.length > 0, words);
      }
      assert.equal(api.calls.length, 0);
    });

    it('leaves no process and no file when it is cancelled', async () => {
      api.add(...deployment('web', 1));
      api.hang('deployments');
      const preview = startPreview({ workerPath: previewWorker(), execPath: process.execPath, env: { ...env, HOLDPOINT_TEST_MARK: 'kube-cancel' }, request: request('delete deploy web') });
      while (!api.calls.some((c) => c.path.endsWith('/deployments/web') || c.path.endsWith('/deployments'))) await new Promise((resolve) => setTimeout(resolve, 20));
      await preview.cancel();
      const result = await preview.result;
      assert.equal(result.kind === 'failed' && result.failure.kind, 'cancelled');
      const left = execFileSync('/bin/sh', ['-c', 'cat /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n" | grep -c "^HOLDPOINT_TEST_MARK=kube-cancel" || true'], { encoding: 'utf8' }).trim();
      assert.equal(left, '0');
      assert.equal(readdirSync(home).includes('.kube'), false, 'kubectl\'s cache went into the home folder');
    });
  });
});
