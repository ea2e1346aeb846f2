import { coversInternet } from '../../detect/tools/options/addresses';
import type { AffectedResource, Effect } from '../../model';
import { isWorkload } from './affected';
import { at, fields, items, number, text, type Fields } from './json';
import type { KubeObject } from './objects';
import { podSpecOf } from './uses';

/** What a change of one object takes off, opens or stops besides its outcome, each a sentence with its source. */
interface Loosening {
  readonly effect: Effect;
  readonly says: string;
}

const guard = (says: string): Loosening => ({ effect: 'guard-removal', says });
const exposure = (says: string): Loosening => ({ effect: 'exposure', says });

/** Adds to a row what the change loosens. @param before undefined where it is new: then only what it opens of others counts. */
export function withLoosened(made: AffectedResource, before: KubeObject | undefined, after: KubeObject): AffectedResource {
  const found = before === undefined ? bound(undefined, after) : ofChange(before, after);
  if (found.length === 0) return made;
  return {
    ...made,
    because: [...made.because, ...new Set(found.map((one) => one.says))],
    effects: [...new Set([...(made.effects ?? []), ...found.map((one) => one.effect)])],
  };
}

function ofChange(before: KubeObject, after: KubeObject): Loosening[] {
  return [
    ...kept(before, after),
    ...disruption(before, after),
    ...connections(before, after),
    ...reached(before, after),
    ...rights(before, after),
    ...bound(before, after),
    ...ownNode(before, after),
    ...admission(before, after),
    ...stopped(before, after),
  ];
}

/**
 * Where a field says what becomes of data when its object goes. Source: Kubernetes API reference, PersistentVolume,
 * StorageClass, StatefulSet; external-snapshotter and Crossplane, deletionPolicy.
 */
const POLICIES: readonly (readonly string[])[] = [
  ['spec', 'persistentVolumeReclaimPolicy'],
  ['reclaimPolicy'],
  ['spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted'],
  ['spec', 'persistentVolumeClaimRetentionPolicy', 'whenScaled'],
  ['deletionPolicy'],
  ['spec', 'deletionPolicy'],
];

/** What keeps an object or what it stands for when something is deleted. */
function kept(before: KubeObject, after: KubeObject): Loosening[] {
  const policies = POLICIES.flatMap((path) => {
    const [then, now] = [text(at(before.body, ...path)), text(at(after.body, ...path))];
    return then !== now && (now === 'Delete' || now === 'Recycle')
      ? [
          guard(
            `${path.join('.')} becomes ${now}: from then on what it holds is deleted with it (Kubernetes API reference, ${before.kind}).`,
          ),
        ]
      : [];
  });
  const gone = before.finalizers.filter((one) => !after.finalizers.includes(one));
  const finalizers =
    gone.length === 0 || before.deleting
      ? []
      : [
          guard(
            'A finalizer is taken off: what waits for it is not cleaned up, and nothing holds a deletion up any more '
              + '(Kubernetes documentation, "Finalizers").',
          ),
        ];
  // Source: Helm, "Tell Helm Not To Uninstall a Resource"; Argo CD, "Sync Options".
  const keeps = Object.entries(before.annotations).filter(
    ([name, value]) =>
      (name === 'helm.sh/resource-policy' && value === 'keep') ||
      (/^argocd\.argoproj\.io\/sync-options$/.test(name) && /(?:Prune|Delete)=false/.test(String(value))),
  );
  return [
    ...policies,
    ...finalizers,
    ...keeps
      .filter(([name, value]) => after.annotations[name] !== value)
      .map(([name]) => guard(`${name} no longer keeps it: it is deleted when it leaves its release.`)),
  ];
}

/** Source: Kubernetes documentation, "Specifying a Disruption Budget for your Application". */
function disruption(before: KubeObject, after: KubeObject): Loosening[] {
  if (before.kind !== 'PodDisruptionBudget') return [];
  const [then, now] = [fields(before.body['spec']), fields(after.body['spec'])];
  const looser = worse(then['minAvailable'], now['minAvailable'], -1) || worse(then['maxUnavailable'], now['maxUnavailable'], 1);
  const others = JSON.stringify(then['selector'] ?? null) !== JSON.stringify(now['selector'] ?? null);
  return [
    ...(looser
      ? [guard('It lets more pods be away at once during a drain (Kubernetes documentation, "Specifying a Disruption Budget").')]
      : []),
    ...(others
      ? [
          guard(
            'It is about other pods from then on: those that it kept up may all be drained at once (PodDisruptionBudget, spec.selector).',
          ),
        ]
      : []),
  ];
}

/** Whether a limit moved that way; one that is gone, or is counted in another way, may have. */
function worse(then: unknown, now: unknown, way: 1 | -1): boolean {
  if (then === undefined || then === now) return false;
  if (now === undefined || typeof then !== typeof now) return true;
  const [a, b] = [Number.parseFloat(String(then)), Number.parseFloat(String(now))];
  return way === 1 ? b > a : b < a;
}

/** Source: Kubernetes documentation, "Network Policies": what no rule lets in is kept out of the pods that a policy chooses. */
function connections(before: KubeObject, after: KubeObject): Loosening[] {
  if (before.kind !== 'NetworkPolicy') return [];
  const [then, now] = [fields(before.body['spec']), fields(after.body['spec'])];
  const known = new Set(items(then['ingress']).map((rule) => JSON.stringify(rule)));
  const open = items(now['ingress']).filter((rule) => !known.has(JSON.stringify(rule)) && everybody(rule));
  const types = items(then['policyTypes']).filter((one) => !items(now['policyTypes']).includes(one));
  const added = items(now['ingress']).some((rule) => !known.has(JSON.stringify(rule)));
  return [
    ...(open.length > 0
      ? [exposure('A rule lets everybody in (Kubernetes documentation, "Network Policies").')]
      : added
        ? [guard('A rule lets in what was kept out (Kubernetes documentation, "Network Policies").')]
        : []),
    ...(types.length > 0 ? [guard(`It no longer limits ${types.join(' and ')} (NetworkPolicy, spec.policyTypes).`)] : []),
    ...(JSON.stringify(then['podSelector'] ?? {}) === JSON.stringify(now['podSelector'] ?? {})
      ? []
      : [
          guard(
            'It is about other pods from then on: what it kept out of the earlier ones may come in (NetworkPolicy, spec.podSelector).',
          ),
        ]),
  ];
}

/** A rule without a source, or with one that is the internet. */
function everybody(rule: unknown): boolean {
  const from = items(fields(rule)['from']);
  return from.length === 0 || coversInternet(from.flatMap((peer) => text(at(peer, 'ipBlock', 'cidr')) ?? []));
}

/**
 * Annotations by which a load balancer gets no address on the internet. Source: the documentation of the AWS, GKE and AKS load
 * balancers.
 */
const INTERNAL = /load-balancer-internal|load-balancer-scheme|load-balancer-type$/;

/** Source: Kubernetes documentation, "Service", publishing services; "Ingress", TLS. */
function reached(before: KubeObject, after: KubeObject): Loosening[] {
  if (before.kind === 'Ingress')
    return items(at(before.body, 'spec', 'tls')).length > items(at(after.body, 'spec', 'tls')).length
      ? [exposure('Hosts lose their TLS (Kubernetes documentation, "Ingress").')]
      : [];
  if (before.kind !== 'Service') return [];
  const [then, now] = [fields(before.body['spec']), fields(after.body['spec'])];
  const internal = (object: KubeObject): boolean =>
    Object.entries(object.annotations).some(
      ([name, value]) => INTERNAL.test(name) && /^(?:true|internal|0\.0\.0\.0\/0)$/i.test(String(value)),
    );
  const ranges = (spec: Fields): string[] => items(spec['loadBalancerSourceRanges']).flatMap((one) => text(one) ?? []);
  const balanced = now['type'] === 'LoadBalancer' && !internal(after);
  const wide = (spec: Fields): boolean => ranges(spec).length === 0 || coversInternet(ranges(spec));
  const opens = balanced && (then['type'] !== 'LoadBalancer' || internal(before) || (wide(now) && !wide(then)));
  return opens || (now['type'] === 'NodePort' && then['type'] !== 'NodePort' && then['type'] !== 'LoadBalancer')
    ? [
        exposure(
          `It is reached from outside the cluster${balanced && wide(now) ? ', by everybody' : ''} (Kubernetes documentation, "Service").`,
        ),
      ]
    : [];
}

/**
 * Verbs by which somebody gets more rights than they have. Source: Kubernetes documentation, "Role Based Access Control Good
 * Practices".
 */
const RAISING = new Set(['*', 'escalate', 'bind', 'impersonate']);

function rights(before: KubeObject, after: KubeObject): Loosening[] {
  if (!/^(?:Role|ClusterRole)$/.test(before.kind)) return [];
  const wide = (object: KubeObject): Set<string> =>
    new Set(
      items(object.body['rules']).flatMap((rule) => {
        const [verbs, resources] = [items(fields(rule)['verbs']), items(fields(rule)['resources'])];
        return [
          ...verbs
            .filter((verb) => RAISING.has(String(verb)))
            .map((verb) => `${String(verb)} of ${resources.includes('*') ? '*' : 'some'}`),
          ...(resources.includes('*') ? [`${verbs.length > 0 ? 'verbs' : 'nothing'} of *`] : []),
        ];
      }),
    );
  const old = wide(before);
  return [...wide(after)].some((one) => !old.has(one))
    ? [
        exposure(
          'It gives every right there is to something, or the right to give rights '
            + '(Kubernetes documentation, "Role Based Access Control Good Practices").',
        ),
      ]
    : [];
}

/** Source: Kubernetes documentation, "Using RBAC Authorization", default roles and role bindings. */
const EVERYBODY = /^system:(?:anonymous|unauthenticated|authenticated|serviceaccounts)$/;

function bound(before: KubeObject | undefined, after: KubeObject): Loosening[] {
  if (!/^(?:RoleBinding|ClusterRoleBinding)$/.test(after.kind)) return [];
  const subjects = (object: KubeObject | undefined): string[] =>
    items(object?.body['subjects']).map(
      (one) => `${text(fields(one)['kind']) ?? ''} ${text(fields(one)['namespace']) ?? ''} ${text(fields(one)['name']) ?? ''}`,
    );
  const added = subjects(after).filter((one) => !subjects(before).includes(one));
  if (added.some((one) => EVERYBODY.test(one.split(' ')[2] ?? '')))
    return [exposure('Everybody gets these rights (Kubernetes documentation, "Using RBAC Authorization").')];
  return added.length > 0 && text(at(after.body, 'roleRef', 'name')) === 'cluster-admin'
    ? [exposure('It gives every right in the cluster (cluster-admin; Kubernetes documentation, "Using RBAC Authorization").')]
    : [];
}

/** Source: Kubernetes documentation, "Pod Security Standards", baseline. */
function ownNode(before: KubeObject, after: KubeObject): Loosening[] {
  const [then, now] = [powers(podSpecOf(before)), powers(podSpecOf(after))];
  const more = [...now].filter((one) => !then.has(one));
  return more.length === 0
    ? []
    : [exposure(`Its pods get hold of their node: ${more.join(', ')} (Kubernetes documentation, "Pod Security Standards").`)];
}

function powers(spec: Fields | undefined): Set<string> {
  const containers = ['containers', 'initContainers', 'ephemeralContainers'].flatMap((name) => items(spec?.[name]));
  return new Set([
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter((name) => spec?.[name] === true),
    ...containers.flatMap((one) => [
      ...(at(one, 'securityContext', 'privileged') === true ? ['privileged'] : []),
      ...items(at(one, 'securityContext', 'capabilities', 'add'))
        .filter((name) => /^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|NET_ADMIN)$/i.test(String(name)))
        .map((name) => `capability ${String(name)}`),
    ]),
    ...(items(spec?.['volumes']).some((one) => at(one, 'hostPath') !== undefined) ? ['hostPath'] : []),
  ]);
}

/** Source: Kubernetes documentation, "Pod Security Admission" and "Dynamic Admission Control". */
function admission(before: KubeObject, after: KubeObject): Loosening[] {
  const LEVELS = ['privileged', 'baseline', 'restricted'];
  const level = (object: KubeObject): number => LEVELS.indexOf(text(object.labels['pod-security.kubernetes.io/enforce']) ?? 'privileged');
  const names = (object: KubeObject): string[] =>
    items(object.body['webhooks'])
      .filter((one) => fields(one)['failurePolicy'] !== 'Ignore')
      .flatMap((one) => text(fields(one)['name']) ?? []);
  return [
    ...(before.kind === 'Namespace' && level(after) < level(before)
      ? [guard('Pods of a looser kind are let in (Kubernetes documentation, "Pod Security Admission").')]
      : []),
    ...(/WebhookConfiguration$/.test(before.kind) && names(before).some((one) => !names(after).includes(one))
      ? [guard('What it checks is let through without it (Kubernetes documentation, "Dynamic Admission Control").')]
      : []),
  ];
}

/** Something else that runs in replicas: a workload's own are told by its outcome. */
function stopped(before: KubeObject, after: KubeObject): Loosening[] {
  const zero = (name: string): boolean => (number(at(before.body, 'spec', name)) ?? 0) > 0 && number(at(after.body, 'spec', name)) === 0;
  return !isWorkload(before) && (zero('replicas') || zero('maxReplicas')) ? [{ effect: 'outage', says: 'No replica is left.' }] : [];
}
