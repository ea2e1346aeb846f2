import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { startKubeApi, type KubeApi } from './kube-api';

/** One kubectl at a time against an API of its own. */
export interface KubectlSlot { readonly api: KubeApi; readonly home: string }

const meta = (name: string, namespace?: string): object => ({ name, ...(namespace === undefined ? {} : { namespace }), labels: { app: 'web' } });
const podSpec = { containers: [{ name: 'web', image: 'img:1' }], nodeName: 'n1' };

function fill(api: KubeApi): void {
  api.reset();
  for (const namespace of ['shop', 'prod', 'payments', 'default', 'other']) {
    api.add(
      { apiVersion: 'v1', kind: 'Pod', metadata: meta('web-0', namespace), spec: podSpec, status: { phase: 'Running' } },
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: meta('web', namespace), spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: podSpec.containers } } } },
      { apiVersion: 'v1', kind: 'Event', metadata: meta('happened', namespace), involvedObject: { kind: 'Pod', name: 'web-0' } },
    );
  }
  api.add({ apiVersion: 'v1', kind: 'Namespace', metadata: meta('old') }, { apiVersion: 'v1', kind: 'Node', metadata: meta('n1'), spec: {} }, { apiVersion: 'v1', kind: 'Node', metadata: meta('n2'), spec: { unschedulable: true } });
}

export async function kubectlSlot(root: string, n: number): Promise<KubectlSlot> {
  const api = await startKubeApi();
  const home = path.join(root, `slot${n}`);
  const context = (name: string, cluster: string, namespace?: string): object => ({ name, context: { cluster, user: 'tester', ...(namespace === undefined ? {} : { namespace }) } });
  const config = (current: string): string => JSON.stringify({
    apiVersion: 'v1', kind: 'Config', 'current-context': current,
    contexts: [context('test', 'loop', 'shop'), context('prod', 'prod', 'payments'), context('third', 'third', 'other')],
    clusters: ['loop', 'prod', 'third'].map((name) => ({ name, cluster: { server: `${api.url}/at/${name}` } })), users: ['tester', 'other'].map((name) => ({ name, user: { token: name } })),
  });
  mkdirSync(path.join(home, 'kust'), { recursive: true });
  const pod = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-0', labels: { app: 'web' } }, spec: podSpec });
  const put = (name: string, text: string): void => writeFileSync(path.join(home, name), text);
  put('config', config('test'));
  put('other.json', config('third'));
  put('pod.json', pod);
  put('new.json', JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'fresh' }, data: { a: 'b' } }));
  put('role.json', JSON.stringify({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'fresh' }, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }));
  put('kust/pod.json', pod);
  put('kust/kustomization.yaml', 'resources: [pod.json]\n');
  return { api, home };
}

/** What kubectl did with an argv (`URL` in it is the address of the API). Writes that were no dry runs: method, path, and which cluster it was. */
export interface KubectlTruth { readonly argv: readonly string[]; readonly code: number | null; readonly writes: readonly (readonly [method: string, path: string, at: string])[] }

/** What kubectl really did with these words. */
export async function runKubectl(kubectl: string, { api, home }: KubectlSlot, argv: readonly string[]): Promise<KubectlTruth> {
  fill(api);
  const child = spawn(kubectl, argv.map((w) => w.replace('URL', api.url)), { cwd: home, stdio: ['ignore', 'ignore', 'ignore'], env: { PATH: '/usr/bin:/bin', HOME: home, KUBECONFIG: path.join(home, 'config'), EDITOR: 'sed -i s/img:1/img:9/', GOGC: 'off' } });
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  // Reviews ask, and change nothing. Source: Kubernetes API, SelfSubjectAccessReview.
  return { argv, code, writes: api.writes().filter((c) => !/reviews$/.test(c.path)).map((c) => [c.method, c.path, c.at ?? ''] as const) };
}
