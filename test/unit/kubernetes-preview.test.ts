import assert from 'node:assert/strict';

import { isOn, namespaceOf, ownDryRun, ownOptions, readKubeCommand, valueOf, whereOptions } from '../../src/preview/kubernetes/command';
import { cascade } from '../../src/preview/kubernetes/cascade';
import { changeRow } from '../../src/preview/kubernetes/change-row';
import { changesBetween, changeWords } from '../../src/preview/kubernetes/diff';
import { dependentsOf } from '../../src/preview/kubernetes/dependents';
import { fingerprintOf, idOf, readObject, readObjects, resourceArg, type KubeObject } from '../../src/preview/kubernetes/objects';
import { prunedNames } from '../../src/preview/kubernetes/prune';
import { hasServerDryRun, readOnlyArgs } from '../../src/preview/kubernetes/read-only';
import { claimIndex, claimsOf } from '../../src/preview/kubernetes/storage';
import { readColumns } from '../../src/preview/kubernetes/targets';
import { kubectlWords } from '../../src/preview/kubernetes/words';
import { kubernetesSource } from '../../src/preview/kubernetes/source';
import { kubectlCommands } from '../../src/detect/knowledge/kubectl-flags';
import { deployment, object, service } from '../support/kube-objects';
import { previewRequest } from '../support/preview-worker';

const command = (line: string): NonNullable<ReturnType<typeof readKubeCommand>> => {
  const read = readKubeCommand(['kubectl', ...line.split(' ')]);
  assert.ok(read);
  return read;
};
const read = (...data: readonly object[]): KubeObject[] => data.map((one) => {
  const body = structuredClone(one) as { kind: string; metadata: Record<string, unknown> };
  body.metadata['namespace'] ??= 'shop';
  body.metadata['uid'] ??= `uid-${body.kind}-${String(body.metadata['namespace'])}-${String(body.metadata['name'])}`;
  return readObject(body)!;
});

describe('kubectl\'s command line, for its preview', () => {
  it('takes options apart as pflag does, wherever they stand', () => {
    const one = command('-nprod --context=blue delete -l app=web pods --cascade --grace-period 0 -A=false');
    assert.deepEqual([one.path, one.words], ['delete', ['pods']]);
    assert.equal(namespaceOf(one), 'prod');
    assert.equal(valueOf(one, '-l', '--selector'), 'app=web');
    assert.equal(isOn(one, '-A', '--all-namespaces'), false);
    assert.equal(valueOf(one, '--cascade'), undefined);
    assert.deepEqual(whereOptions(one), ['--context=blue']);
    assert.deepEqual(ownOptions(one), ['--selector=app=web', '--cascade', '--grace-period=0', '--all-namespaces=false']);
    assert.deepEqual(one.problems, []);
  });
  it('knows commands of two words, clusters of letters, and the words behind --', () => {
    assert.equal(command('rollout undo deploy/web --to-revision=3').path, 'rollout undo');
    const files = command('apply -Rf dir -- more');
    assert.deepEqual([files.options.map((o) => [o.name, o.value]), files.words], [[['--recursive', undefined], ['--filename', 'dir']], ['more']]);
  });
  it('reports an option that it does not know, instead of guessing whether a word is its value', () => {
    assert.match(command('delete pod x --from-the-future yes').problems[0] ?? '', /--from-the-future is not known/);
  });
  it('tells a command that only shows', () => {
    assert.equal(ownDryRun(command('delete pod x --dry-run=server')), 'server');
    assert.equal(ownDryRun(command('delete pod x --dry-run=none')), undefined);
    assert.equal(ownDryRun(command('delete pod x --dry-run')), 'client');
    for (const value of ['0', 'f', 'F', 'FALSE', 'no', '', 'Client']) assert.equal(ownDryRun(command(`delete pod x --dry-run=${value}`)), undefined, value);
    assert.equal(ownDryRun(command('delete pod x --dry-run=client --dry-run=none')), undefined);
    assert.equal(ownDryRun(command('delete pod x --dry-run=none --dry_run=server')), 'server');
  });
  it('takes only kubectl, and leaves exec, cp, run, debug, edit and reads to the operation tables', () => {
    for (const line of ['exec pod -- rm -rf /', 'cp a b:/c', 'run x --image=y', 'debug node/n', 'edit deploy x', 'get pods']) assert.equal(kubernetesSource(previewRequest(['kubectl', ...line.split(' ')])), undefined, line);
    assert.equal(kubernetesSource(previewRequest(['oc', 'delete', 'pod', 'x'])), undefined);
    assert.ok(kubernetesSource(previewRequest(['/usr/bin/kubectl', 'delete', 'pod', 'x'])));
  });
});

describe('the gate before kubectl', () => {
  const passes = (path: string, ...args: readonly string[]): boolean => {
    try {
      readOnlyArgs(path, args);
      return true;
    } catch {
      return false;
    }
  };
  it('lets reads pass, and no read that would not end, write or tell credentials', () => {
    assert.ok(passes('get', 'pods', '-o=json'));
    assert.ok(passes('config view', '--minify', '-o=json'));
    for (const bad of ['--raw=/api', '--watch', '-w', '--']) assert.equal(passes('get', 'pods', bad), false, bad);
    assert.equal(passes('config view', '--raw'), false);
  });
  it('lets no command of kubectl pass without its dry run in front, whatever else it gets', () => {
    const reads = new Set(['get', 'api-resources', 'config view']);
    for (const path of kubectlCommands()) {
      if (reads.has(path)) continue;
      for (const args of [[], ['x'], ['--dry-run=none'], ['--dry-run=client'], ['--dry-run'], ['x', '--dry-run=server'], ['-l', '--dry-run=server'], ['--dry-run=server', '--dry-run=none'], ['--dry-run=server', '--', 'x'], ['--dry-run=server', '--raw=/x'], ['--dry-run=server', '--edit'], ['--dry-run=server', '--local']]) {
        assert.equal(passes(path, ...args), false, `${path} ${args.join(' ')}`);
      }
    }
  });
  it('knows which commands have a server-side dry run', () => {
    for (const path of ['apply', 'replace', 'patch', 'set image', 'set env', 'label', 'annotate', 'create', 'create deployment', 'expose', 'autoscale']) assert.ok(hasServerDryRun(path) && passes(path, '--dry-run=server', 'x'), path);
    for (const path of ['rollout restart', 'rollout pause', 'drain', 'cordon', 'delete', 'create token', 'edit', 'exec', 'run', 'cp', 'certificate approve']) assert.equal(hasServerDryRun(path) || passes(path, '--dry-run=server', 'x'), false, path);
    assert.equal(passes('replace', '--dry-run=server', '--force'), false);
  });
});

describe('the cascade of a deletion', () => {
  it('follows 5,000 objects once each, and everything that needs them', () => {
    const data = Array.from({ length: 500 }, (_, i) => [...deployment(`app-${i}`, 7), service(`app-${i}`, `app-${i}`)]).flat();
    const all = read(...data);
    assert.equal(all.length, 5000);
    let looked = 0;
    const counted = all.map((one) => new Proxy(one, { get: (target, key, self) => { looked += 1; return Reflect.get(target, key, self) as unknown; } }));
    const walked = cascade(counted, counted.filter((o) => o.kind === 'Deployment'), false);
    assert.equal(walked.gone.size, 4500);
    const dependents = dependentsOf(counted, walked.gone, walked.ownerOf);
    assert.equal(dependents.resources.length, 500);
    assert.equal(dependents.resources.every((r) => r.outcome === 'interrupted'), true);
    assert.equal(dependents.dependencies.filter((d) => d.kind === 'owner').length, 4000);
    assert.ok(looked < 5000 * 100, `${looked} looks at 5,000 objects`);
  });
  it('does not end in a circle, and goes only when no owner is left', () => {
    const two = { ownerReferences: [{ kind: 'A', name: 'a', uid: 'a' }, { kind: 'A', name: 'b', uid: 'b' }] };
    const all = read(object('v1', 'A', 'a', {}, { uid: 'a', ownerReferences: [{ kind: 'C', name: 'c', uid: 'c' }] }), object('v1', 'A', 'b', {}, { uid: 'b' }), object('v1', 'C', 'c', {}, { uid: 'c', ...two }));
    assert.deepEqual([...cascade(all, [all[0]!], false).gone.keys()], ['shop/A/a']);
    assert.deepEqual([...cascade(all, [all[0]!], false).shared.keys()], ['shop/C/c']);
    assert.deepEqual([...cascade(all, [all[0]!, all[1]!], false).gone.keys()].sort(), ['shop/A/a', 'shop/A/b', 'shop/C/c']);
  });
  it('takes what names an owner that was not found, and says that this is not certain', () => {
    const all = read(object('v1', 'A', 'a', {}, { uid: 'a' }), object('v1', 'B', 'b', {}, { ownerReferences: [{ kind: 'A', name: 'a', uid: 'a' }, { kind: 'Z', name: 'z', uid: 'unseen' }] }));
    const walked = cascade(all, [all[0]!], false);
    assert.deepEqual([...walked.doubtful], ['shop/B/b']);
  });
  it('finds a StatefulSet\'s own claims by their names, and no other\'s', () => {
    const set = read(object('apps/v1', 'StatefulSet', 'pg', { spec: { volumeClaimTemplates: [{ metadata: { name: 'data' } }] } }))[0]!;
    const claims = read(...['data-pg-0', 'data-pg-11', 'data-pg-old', 'data-pgx-0', 'other-pg-0'].map((name) => object('v1', 'PersistentVolumeClaim', name)));
    assert.deepEqual(claimsOf(set, claimIndex(claims)).map((c) => c.name), ['data-pg-0', 'data-pg-11']);
  });
});

describe('Kubernetes objects', () => {
  it('have readable ids that tell kinds of one name apart', () => {
    const [a, b, c] = read(object('apps/v1', 'Deployment', 'web'), object('serving.knative.dev/v1', 'Service', 'web'), object('v1', 'Service', 'web'));
    assert.deepEqual([a!, b!, c!].map(idOf), ['shop/Deployment/web', 'shop/Service.serving.knative.dev/web', 'shop/Service/web']);
    assert.deepEqual([a!, b!, c!].map(resourceArg), ['Deployment.v1.apps', 'Service.v1.serving.knative.dev', 'Service']);
  });
  it('never keep the values of a Secret, but notice a change', () => {
    const secret = (value: string): KubeObject => read(object('v1', 'Secret', 's', { data: { k: value }, stringData: { t: value } }, { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': value } }))[0]!;
    assert.doesNotMatch(JSON.stringify(secret('hunter2')), /hunter2/);
    assert.notEqual(fingerprintOf(secret('one')), fingerprintOf(secret('two')));
  });
  it('are the same when only status or a running number of replicas differs, and not when it is zero', () => {
    const at = (replicas: number, ready: number): string => fingerprintOf(read(object('apps/v1', 'Deployment', 'w', { spec: { replicas }, status: { readyReplicas: ready } }))[0]!);
    assert.equal(at(3, 3), at(5, 1));
    assert.notEqual(at(3, 3), at(0, 0));
  });
  it('are read from one document, a list, or several in a row', () => {
    const one = JSON.stringify(object('v1', 'A', 'a'), undefined, 2);
    assert.equal(readObjects(`${one}\n${one}\n`).length, 2);
    assert.equal(readObjects(JSON.stringify({ kind: 'List', items: [object('v1', 'A', 'a'), 5, null] })).length, 1);
    assert.equal(readObjects('').length, 0);
  });
  it('are compared field by field, without what the server keeps and without values that may be secret', () => {
    const before = { metadata: { resourceVersion: '1', annotations: {} }, spec: { replicas: 3, containers: [{ name: 'a', image: 'x:1', env: [{ name: 'PASSWORD', value: 'hunter2' }] }, { name: 'b' }] }, status: { x: 1 } };
    const after = { metadata: { resourceVersion: '2', creationTimestamp: null, annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' } }, spec: { replicas: 0, containers: [{ name: 'new' }, { name: 'a', image: 'x:2', env: [{ name: 'PASSWORD', value: 'other99' }] }] }, status: {} };
    assert.deepEqual(changeWords(changesBetween(before, after)), ['spec.replicas 3 → 0', 'spec.containers[a].image x:1 → x:2', 'spec.containers[a].env[PASSWORD].value changes', 'spec.containers[b] is removed', 'spec.containers[new] is added']);
  });
});

describe('what a change does to an object', () => {
  const changed = (before: object, after: object): ReturnType<typeof changeRow> => {
    const [a, b] = read(before, after);
    return changeRow(a, b!, changesBetween(a!.body, b!.body), 'test');
  };
  it('loses what only waits for the finalizer that is taken off', () => {
    const held = { finalizers: ['acme.test/cleanup'] };
    const gone = changed(object('acme.test/v1', 'Bucket', 'b', {}, { ...held, deletionTimestamp: '2026-01-01T00:00:00Z' }), object('acme.test/v1', 'Bucket', 'b', {}, { finalizers: [], deletionTimestamp: '2026-01-01T00:00:00Z' }));
    assert.deepEqual([gone.outcome, gone.data, gone.reversibility.kind], ['lost', 'unknown', 'irreversible']);
    const kept = changed(object('acme.test/v1', 'Bucket', 'b', {}, held), object('acme.test/v1', 'Bucket', 'b', {}, {}));
    assert.equal(kept.outcome, 'modified');
    assert.match(kept.because.join(' '), /A finalizer is taken off/);
  });
  it('stops what is suspended or chooses other pods', () => {
    assert.equal(changed(object('batch/v1', 'CronJob', 'c', { spec: { suspend: false } }), object('batch/v1', 'CronJob', 'c', { spec: { suspend: true } })).downtime?.interrupted, 'yes');
    assert.equal(changed(object('batch/v1', 'CronJob', 'c', { spec: { suspend: true } }), object('batch/v1', 'CronJob', 'c', { spec: { suspend: false } })).outcome, 'modified');
    assert.equal(changed(object('v1', 'Service', 's', { spec: { selector: { app: 'a' } } }), object('v1', 'Service', 's', { spec: { selector: { app: 'b' } } })).downtime?.interrupted, 'may');
  });
  it('knows how a rollout replaces pods', () => {
    const image = (kind: string, replicas: number, strategy: object, at: string): object => object('apps/v1', kind, 'w', { spec: { replicas, ...strategy, template: { spec: { containers: [{ name: 'c', image: at }] } } }, status: { readyReplicas: replicas } });
    const roll = (kind: string, replicas: number, strategy: object): string | undefined => changed(image(kind, replicas, strategy, 'i:1'), image(kind, replicas, strategy, 'i:2')).downtime?.interrupted;
    assert.equal(roll('Deployment', 1, {}), 'no');
    assert.equal(roll('Deployment', 3, { strategy: { type: 'Recreate' } }), 'yes');
    assert.equal(roll('Deployment', 2, { strategy: { rollingUpdate: { maxUnavailable: 2 } } }), 'may');
    assert.equal(roll('Deployment', 0, {}), 'no');
    assert.equal(roll('StatefulSet', 1, {}), 'yes');
    assert.equal(roll('StatefulSet', 3, {}), 'may');
    assert.equal(roll('StatefulSet', 3, { updateStrategy: { type: 'OnDelete' } }), 'no');
  });
});

describe('kubectl\'s own words', () => {
  it('give the pruned names and the columns', () => {
    assert.deepEqual(prunedNames('configmap/a unchanged (server dry run)\nconfigmap/old pruned (server dry run)\ndeployment.apps/x pruned (server dry run)\n'), ['configmap/old', 'deployment.apps/x']);
    assert.deepEqual(readColumns('v1   Pod   shop   a\nv1   Node   <none>   n\n'), [{ apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'a' }, { apiVersion: 'v1', kind: 'Node', namespace: undefined, name: 'n' }]);
  });
  it('lose the patch and the object that it prints with an error', () => {
    const stderr = 'Warning: resource x is missing the annotation\nThe request is invalid: error when applying patch:\n{"data":{"password":"aHVudGVyMg=="}}\nto:\nResource: "/v1, Resource=secrets"\nName: "db", Namespace: "shop"\nfor: "x.yaml": error when patching "x.yaml": field is immutable\n';
    assert.equal(kubectlWords({ stderr }), 'The request is invalid: "x.yaml": error when patching "x.yaml": field is immutable');
  });
});

