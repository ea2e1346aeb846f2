import type { DependencyKind, Downtime } from '../../model';
import { at, fields, items, text, type Fields } from './json';
import type { KubeObject } from './objects';

/** One object's need of another, as its specification says. */
export interface Use {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly why: DependencyKind;
  /** In words, with the place in the specification. */
  readonly detail: string;
  /** What it means for the object that needs it, when that one stays and the other goes. */
  readonly without: Downtime['interrupted'];
  readonly consequence: string;
}

/** Where kinds keep their pod template. Source: Kubernetes API reference, "Workload Resources". */
export function podSpecOf(object: KubeObject): Fields | undefined {
  switch (object.kind) {
    case 'Pod': return fields(object.body['spec']);
    case 'Deployment': case 'StatefulSet': case 'DaemonSet': case 'ReplicaSet': case 'ReplicationController': case 'Job':
      return fields(at(object.body, 'spec', 'template', 'spec'));
    case 'CronJob': return fields(at(object.body, 'spec', 'jobTemplate', 'spec', 'template', 'spec'));
    default: return undefined;
  }
}

const RESTARTS = 'Running pods keep what they have read; a pod that starts anew fails without it.';

/** What one object needs, from its specification. Source: Kubernetes API reference of each kind. */
export function usesOf(object: KubeObject): readonly Use[] {
  const { namespace } = object;
  const spec = object.body['spec'];
  /** @param elsewhere another namespace than the object's own; null for what is in none. */
  const use = (kind: string, name: unknown, why: DependencyKind, detail: string, without: Downtime['interrupted'], consequence: string, elsewhere?: string | null): Use[] => {
    const known = text(name);
    return known === undefined ? [] : [{ kind, name: known, namespace: elsewhere === undefined ? namespace : (elsewhere ?? undefined), why, detail, without, consequence }];
  };
  const pod = podSpecOf(object);
  if (pod !== undefined) return usesOfPod(pod, use);
  switch (object.kind) {
    case 'Ingress': return [
      ...[at(spec, 'defaultBackend'), ...items(at(spec, 'rules')).flatMap((rule) => items(at(rule, 'http', 'paths')).map((one) => at(one, 'backend')))]
        .flatMap((backend) => use('Service', at(backend, 'service', 'name'), 'network', 'Its rules send traffic to the service.', 'yes', 'Requests for it are answered with an error.')),
      ...items(at(spec, 'tls')).flatMap((one) => use('Secret', at(one, 'secretName'), 'reference', 'spec.tls names the secret.', 'may', 'Its certificate is gone; clients see the controller\'s own or an error.')),
    ];
    case 'HorizontalPodAutoscaler': return use(text(at(spec, 'scaleTargetRef', 'kind')) ?? 'Deployment', at(spec, 'scaleTargetRef', 'name'), 'reference', 'spec.scaleTargetRef names it.', 'no', 'It has nothing left to scale.');
    case 'RoleBinding': case 'ClusterRoleBinding': return [
      ...use(text(at(object.body, 'roleRef', 'kind')) ?? 'Role', at(object.body, 'roleRef', 'name'), 'reference', 'roleRef names it.', 'yes', 'Those it is for lose these rights.', text(at(object.body, 'roleRef', 'kind')) === 'ClusterRole' ? null : undefined),
      ...items(object.body['subjects']).filter((one) => text(at(one, 'kind')) === 'ServiceAccount').flatMap((one) => use('ServiceAccount', at(one, 'name'), 'reference', 'subjects names it.', 'no', 'It gives rights to an account that is gone.', text(at(one, 'namespace')))),
    ];
    case 'PersistentVolumeClaim': return use('PersistentVolume', at(spec, 'volumeName'), 'volume', 'spec.volumeName: the claim is bound to it.', 'yes', 'The claim becomes Lost.', null);
    case 'ValidatingWebhookConfiguration': case 'MutatingWebhookConfiguration': return items(object.body['webhooks']).flatMap((one) => use(
      'Service', at(one, 'clientConfig', 'service', 'name'), 'network', `webhook ${text(at(one, 'name')) ?? ''} calls the service.`,
      at(one, 'failurePolicy') === 'Ignore' ? 'no' : 'yes', at(one, 'failurePolicy') === 'Ignore' ? 'failurePolicy Ignore: requests pass unchecked.' : 'failurePolicy Fail: the API refuses what the webhook is asked about.', text(at(one, 'clientConfig', 'service', 'namespace'))));
    case 'APIService': return use('Service', at(spec, 'service', 'name'), 'network', 'spec.service answers this API.', 'yes', 'This API answers no more.', text(at(spec, 'service', 'namespace')));
    case 'HTTPRoute': case 'GRPCRoute': case 'TCPRoute': case 'TLSRoute':
      return items(at(spec, 'rules')).flatMap((rule) => items(at(rule, 'backendRefs'))).flatMap((one) => use('Service', at(one, 'name'), 'network', 'spec.rules.backendRefs names the service.', 'yes', 'Requests for it are answered with an error.', text(at(one, 'namespace'))));
    default: return [];
  }
}

type Make = (kind: string, name: unknown, why: DependencyKind, detail: string, without: Downtime['interrupted'], consequence: string) => Use[];

function usesOfPod(pod: Fields, use: Make): readonly Use[] {
  const reference = (kind: string, from: unknown, name: string, detail: string): Use[] =>
    (at(from, 'optional') === true ? use(kind, at(from, name), 'reference', detail, 'no', 'It is optional: pods start without it.') : use(kind, at(from, name), 'reference', detail, 'may', RESTARTS));
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((name) => items(pod[name]));
  const account = text(pod['serviceAccountName']);
  const found = [
    ...items(pod['volumes']).flatMap((volume) => [
      ...reference('ConfigMap', at(volume, 'configMap'), 'name', 'A volume is made from it.'),
      ...reference('Secret', at(volume, 'secret'), 'secretName', 'A volume is made from it.'),
      ...use('PersistentVolumeClaim', at(volume, 'persistentVolumeClaim', 'claimName'), 'volume', 'A volume is this claim.', 'may', 'The claim waits until no pod uses it; a pod that starts anew can\'t start.'),
      ...items(at(volume, 'projected', 'sources')).flatMap((source) => [...reference('ConfigMap', at(source, 'configMap'), 'name', 'A volume is made from it.'), ...reference('Secret', at(source, 'secret'), 'name', 'A volume is made from it.')]),
    ]),
    ...containers.flatMap((container) => [
      ...items(at(container, 'envFrom')).flatMap((one) => [...reference('ConfigMap', at(one, 'configMapRef'), 'name', 'envFrom reads it.'), ...reference('Secret', at(one, 'secretRef'), 'name', 'envFrom reads it.')]),
      ...items(at(container, 'env')).flatMap((one) => [...reference('ConfigMap', at(one, 'valueFrom', 'configMapKeyRef'), 'name', 'A variable comes from it.'), ...reference('Secret', at(one, 'valueFrom', 'secretKeyRef'), 'name', 'A variable comes from it.')]),
    ]),
    ...items(pod['imagePullSecrets']).flatMap((one) => use('Secret', at(one, 'name'), 'reference', 'imagePullSecrets names it.', 'may', 'Nodes that do not have the image yet can\'t pull it.')),
    // Every pod has the default account; that says nothing.
    ...(account === undefined || account === 'default' ? [] : use('ServiceAccount', account, 'reference', 'Its pods run as this account.', 'may', 'Its tokens are refused, and no new pod starts.')),
  ];
  return [...new Map(found.map((one) => [`${one.kind} ${one.name} ${one.detail}`, one])).values()];
}

/** Kinds that choose pods by labels: the key of the selector, and what it means when all of them go. */
export function podSelectorOf(object: KubeObject): Fields | undefined {
  if (object.kind === 'Service') return fields(at(object.body, 'spec', 'selector'));
  if (object.kind === 'PodDisruptionBudget') return items(at(object.body, 'spec', 'selector', 'matchExpressions')).length > 0 ? undefined : fields(at(object.body, 'spec', 'selector', 'matchLabels'));
  return undefined;
}

/** Whether a label selector chooses these labels. Source: Kubernetes documentation, "Labels and Selectors". */
export function selects(selector: unknown, labels: Fields): boolean {
  return Object.entries(fields(at(selector, 'matchLabels'))).every(([name, value]) => labels[name] === value) && items(at(selector, 'matchExpressions')).every((one) => {
    const has = labels[text(at(one, 'key')) ?? ''];
    switch (at(one, 'operator')) {
      case 'In': return has !== undefined && items(at(one, 'values')).includes(has);
      case 'NotIn': return !items(at(one, 'values')).includes(has);
      case 'Exists': return has !== undefined;
      case 'DoesNotExist': return has === undefined;
      // An operator that is not known: it may choose them.
      default: return true;
    }
  });
}

/** Finds the pods of a namespace that carry some labels, through the rarest of them: never pod by pod for every service. */
export function podIndex(pods: readonly KubeObject[]): (namespace: string | undefined, labels: Fields) => readonly KubeObject[] {
  const index = new Map<string, KubeObject[]>();
  for (const pod of pods) {
    for (const [name, value] of Object.entries(pod.labels)) {
      const key = `${pod.namespace ?? ''}\u0000${name}\u0000${String(value)}`;
      const list = index.get(key);
      if (list === undefined) index.set(key, [pod]);
      else list.push(pod);
    }
  }
  return (namespace, labels) => {
    const wanted = Object.entries(labels);
    let smallest: readonly KubeObject[] | undefined;
    for (const [name, value] of wanted) {
      const list = index.get(`${namespace ?? ''}\u0000${name}\u0000${String(value)}`) ?? [];
      if (smallest === undefined || list.length < smallest.length) smallest = list;
    }
    return (smallest ?? []).filter((pod) => wanted.every(([name, value]) => pod.labels[name] === value));
  };
}
