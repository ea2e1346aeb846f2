/** Objects of a small shop, as the Kubernetes API gives them; each with only what the tests look at. */
type Data = Record<string, unknown>;

export const owned = (kind: string, name: string, namespace = 'shop'): Data => ({ ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: `uid-${kind}-${namespace}-${name}`, controller: true }] });

export const object = (apiVersion: string, kind: string, name: string, more: Data = {}, meta: Data = {}): Data => ({ apiVersion, kind, metadata: { name, ...meta }, ...more });

export const podSpec = (name: string, more: Data = {}): Data => ({ containers: [{ name, image: `registry.test/${name}:1` }], ...more });

/** A Deployment with its ReplicaSet and its pods, all ready. */
export function deployment(name: string, replicas: number, more: { readonly pod?: Data; readonly spec?: Data; readonly node?: string; readonly namespace?: string } = {}): Data[] {
  const namespace = more.namespace ?? 'shop';
  const labels = { app: name };
  const template = { metadata: { labels }, spec: podSpec(name, more.pod) };
  return [
    object('apps/v1', 'Deployment', name, { spec: { replicas, selector: { matchLabels: labels }, template, strategy: { type: 'RollingUpdate' }, ...more.spec }, status: { replicas, readyReplicas: replicas } }, { namespace }),
    object('apps/v1', 'ReplicaSet', `${name}-1`, { spec: { replicas, selector: { matchLabels: labels }, template }, status: { readyReplicas: replicas } }, { namespace, annotations: { 'deployment.kubernetes.io/revision': '1' }, ...owned('Deployment', name, namespace) }),
    ...Array.from({ length: replicas }, (_, i) => object('v1', 'Pod', `${name}-1-${i}`, { spec: { ...podSpec(name, more.pod), nodeName: more.node ?? `node-${i}` }, status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } }, { namespace, labels, ...owned('ReplicaSet', `${name}-1`, namespace) })),
  ];
}

export const service = (name: string, app: string, namespace = 'shop'): Data => object('v1', 'Service', name, { spec: { selector: { app }, type: 'ClusterIP' } }, { namespace });
export const ingress = (name: string, to: string): Data => object('networking.k8s.io/v1', 'Ingress', name, { spec: { rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: to, port: { number: 80 } } } }] } }] } });

/** A claim, bound to a volume with this reclaim policy. */
export function claim(name: string, policy: string, more: { readonly namespace?: string; readonly size?: string; readonly meta?: Data } = {}): Data[] {
  const size = more.size ?? '20Gi';
  const namespace = more.namespace ?? 'shop';
  return [
    object('v1', 'PersistentVolumeClaim', name, { spec: { volumeName: `pv-${name}`, storageClassName: 'fast', resources: { requests: { storage: size } } }, status: { phase: 'Bound', capacity: { storage: size } } }, { namespace, finalizers: ['kubernetes.io/pvc-protection'], ...more.meta }),
    object('v1', 'PersistentVolume', `pv-${name}`, { spec: { capacity: { storage: size }, persistentVolumeReclaimPolicy: policy, claimRef: { name, namespace } }, status: { phase: 'Bound' } }),
  ];
}
