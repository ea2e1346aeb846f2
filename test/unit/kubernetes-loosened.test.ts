import assert from 'node:assert/strict';

import type { Effect } from '../../src/model';
import { changeRow } from '../../src/preview/kubernetes/change-row';
import { changesBetween } from '../../src/preview/kubernetes/diff';
import { readObject } from '../../src/preview/kubernetes/objects';
import { blastRadius } from '../../src/preview/radius';
import { effectsOf } from '../../src/rules/risk';
import { operation as make } from '../support/gate';

type Props = Readonly<Record<string, unknown>>;
const GROUPS: Readonly<Record<string, string>> = { PodDisruptionBudget: 'policy/v1', NetworkPolicy: 'networking.k8s.io/v1', Ingress: 'networking.k8s.io/v1', StorageClass: 'storage.k8s.io/v1', Deployment: 'apps/v1', StatefulSet: 'apps/v1', ClusterRole: 'rbac.authorization.k8s.io/v1', RoleBinding: 'rbac.authorization.k8s.io/v1', ClusterRoleBinding: 'rbac.authorization.k8s.io/v1', ValidatingWebhookConfiguration: 'admissionregistration.k8s.io/v1', HorizontalPodAutoscaler: 'autoscaling/v2', Rollout: 'argoproj.io/v1alpha1' };
const read = (kind: string, { metadata, ...more }: Props): NonNullable<ReturnType<typeof readObject>> => {
  const made = readObject({ apiVersion: GROUPS[kind] ?? 'v1', kind, metadata: { name: 'a', uid: 'u', ...(metadata as object | undefined) }, ...more });
  assert.ok(made);
  return made;
};

/** What the rules see of an apply of this file, and what a person reads. */
function applied(kind: string, before: Props | undefined, after: Props): { readonly effects: readonly Effect[]; readonly says: string } {
  const [then, now] = [before === undefined ? undefined : read(kind, before), read(kind, after)];
  const made = changeRow(then, now, then === undefined ? [] : changesBetween(then.body, now.body), 'server-side dry run');
  const apply = make(['kubectl', 'apply', '-f', 'a.yaml'], 'modifying');
  return { effects: effectsOf({ ...apply, effects: [] }, blastRadius({ source: 'dry-run', sourceDetail: '', context: {}, resources: [made], dependencies: [], unknowns: [], warnings: [] })), says: made.because.join(' ') };
}

const spec = (more: Props): Props => ({ spec: more });
const pod = (more: Props): Props => ({ spec: { replicas: 1, template: { spec: { containers: [{ name: 'c', image: 'i', ...more }] } } } });
const from = (cidr: string): Props => spec({ podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ ipBlock: { cidr } }] }] });
const rule = (verbs: string[], resources = ['pods']): Props => ({ rules: [{ apiGroups: [''], verbs, resources }] });
const to = (name: string, kind = 'Group', role = 'view'): Props => ({ roleRef: { kind: 'ClusterRole', name: role }, subjects: [{ kind, name }] });
const balancer = (more: Props = {}, annotations: Props = {}): Props => ({ metadata: { annotations }, spec: { type: 'LoadBalancer', ...more } });
const hook = (...names: string[]): Props => ({ webhooks: names.map((name) => ({ name, failurePolicy: 'Fail' })) });
const enforce = (level: string): Props => ({ metadata: { labels: { 'pod-security.kubernetes.io/enforce': level } } });

/** A kind, what stands and what is applied, and what the way there does; the way back does not. */
const CASES: readonly (readonly [kind: string, before: Props, after: Props, effect: Effect])[] = [
  ['Deployment', spec({ replicas: 3 }), spec({ replicas: 0 }), 'outage'],
  ['Rollout', spec({ replicas: 3 }), spec({ replicas: 0 }), 'outage'],
  ['PersistentVolume', { metadata: { finalizers: ['kubernetes.io/pv-protection'] } }, { metadata: {} }, 'guard-removal'],
  ['PersistentVolume', spec({ persistentVolumeReclaimPolicy: 'Retain' }), spec({ persistentVolumeReclaimPolicy: 'Delete' }), 'guard-removal'],
  ['StorageClass', { reclaimPolicy: 'Retain' }, { reclaimPolicy: 'Delete' }, 'guard-removal'],
  ['StatefulSet', spec({ persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain' } }), spec({ persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } }), 'guard-removal'],
  ['PersistentVolumeClaim', { metadata: { annotations: { 'helm.sh/resource-policy': 'keep' } } }, { metadata: { annotations: {} } }, 'guard-removal'],
  ['PodDisruptionBudget', spec({ minAvailable: 2 }), spec({ minAvailable: 0 }), 'guard-removal'],
  ['PodDisruptionBudget', spec({ maxUnavailable: '10%' }), spec({ maxUnavailable: '100%' }), 'guard-removal'],
  ['NetworkPolicy', from('10.0.0.0/8'), from('0.0.0.0/0'), 'exposure'],
  ['NetworkPolicy', spec({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }), spec({ podSelector: {}, policyTypes: ['Ingress'] }), 'guard-removal'],
  ['NetworkPolicy', spec({ podSelector: {}, policyTypes: ['Ingress'], ingress: [] }), spec({ podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] }), 'exposure'],
  ['Service', spec({ type: 'ClusterIP' }), balancer(), 'exposure'],
  ['Service', spec({ type: 'ClusterIP' }), spec({ type: 'NodePort' }), 'exposure'],
  ['Service', balancer({ loadBalancerSourceRanges: ['10.0.0.0/8'] }), balancer({ loadBalancerSourceRanges: [] }), 'exposure'],
  ['Service', balancer({}, { 'service.beta.kubernetes.io/aws-load-balancer-internal': 'true' }), balancer(), 'exposure'],
  ['Ingress', spec({ tls: [{ secretName: 's' }] }), spec({ tls: [] }), 'exposure'],
  ['ClusterRole', rule(['get', 'list']), rule(['*']), 'exposure'],
  ['ClusterRole', rule(['get']), rule(['get'], ['*']), 'exposure'],
  ['ClusterRole', rule(['get']), rule(['get', 'escalate']), 'exposure'],
  ['ClusterRoleBinding', to('team'), to('system:authenticated'), 'exposure'],
  ['RoleBinding', to('team', 'Group', 'admin'), to('system:anonymous', 'User', 'admin'), 'exposure'],
  ['Deployment', pod({}), pod({ securityContext: { privileged: true } }), 'exposure'],
  ['Deployment', pod({}), pod({ securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }), 'exposure'],
  ['ValidatingWebhookConfiguration', hook('a', 'b'), hook('a'), 'guard-removal'],
  ['Namespace', enforce('restricted'), enforce('privileged'), 'guard-removal'],
];

describe('what kubectl apply takes off, opens or stops on what stands', () => {
  for (const [kind, before, after, effect] of CASES) {
    it(`is ${effect}: ${kind} ${JSON.stringify(before)} to ${JSON.stringify(after)}`.slice(0, 180), () => {
      const there = applied(kind, before, after);
      assert.ok(there.effects.includes(effect), there.says);
      assert.ok(there.effects.includes('outage') || /\(.+\)\.|no longer keeps it/.test(there.says), 'with its source');
      assert.ok(!applied(kind, after, before).effects.includes(effect), `the way back: ${applied(kind, after, before).says}`);
    });
  }
  it('is a new binding of everybody, or of all rights', () => {
    assert.deepEqual(applied('ClusterRoleBinding', undefined, to('system:unauthenticated')).effects, ['exposure']);
    assert.deepEqual(applied('ClusterRoleBinding', undefined, to('ci', 'ServiceAccount', 'cluster-admin')).effects, ['exposure']);
    assert.deepEqual(applied('ClusterRoleBinding', undefined, to('ci', 'ServiceAccount')).effects, []);
  });

  for (const [kind, before, after] of [
    ['Deployment', { metadata: { labels: { a: '1' } }, ...spec({ replicas: 3 }) }, { metadata: { labels: { a: '2' } }, ...spec({ replicas: 3 }) }],
    ['Deployment', spec({ replicas: 3 }), spec({ replicas: 4 })],
    ['ConfigMap', { data: { privileged: 'false', cidr: '10.0.0.0/8' } }, { data: { privileged: 'true', cidr: '0.0.0.0/0' } }],
    ['PodDisruptionBudget', spec({ minAvailable: 1 }), spec({ minAvailable: 2 })],
    ['PersistentVolume', spec({ persistentVolumeReclaimPolicy: 'Delete' }), spec({ persistentVolumeReclaimPolicy: 'Retain' })],
    ['PersistentVolumeClaim', { metadata: { finalizers: [] } }, { metadata: { finalizers: ['kubernetes.io/pvc-protection'] } }],
    ['Namespace', enforce('baseline'), enforce('restricted')],
    ['HorizontalPodAutoscaler', spec({ maxReplicas: 5 }), spec({ maxReplicas: 3 })],
    ['Service', { metadata: { annotations: { note: 'open to 0.0.0.0/0' } }, spec: { type: 'ClusterIP' } }, { metadata: { annotations: { note: 'type LoadBalancer' } }, spec: { type: 'ClusterIP' } }],
  ] as const) it(`is nothing of an ordinary change: ${kind} ${JSON.stringify(before)} to ${JSON.stringify(after)}`.slice(0, 180), () => assert.deepEqual(applied(kind, before, after).effects, [], applied(kind, before, after).says));
});
