import assert from 'node:assert/strict';

import { asKubectl, readHelmCommand, renderOptions } from '../../src/preview/kubernetes/helm-command';
import { compareManifests, hookEvents, isKept, readDryRun, readHistory, readManifest } from '../../src/preview/kubernetes/helm-manifest';
import { readOnlyHelmArgs } from '../../src/preview/kubernetes/helm-tool';

const read = (line: string): NonNullable<ReturnType<typeof readHelmCommand>> => {
  const command = readHelmCommand(['helm', ...line.split(' ')]);
  assert.ok(command);
  return command;
};

describe('Helm\'s command line and answers, for its preview', () => {
  it('takes options apart and turns the way to the cluster into kubectl\'s', () => {
    const command = read('--kube-context blue -nshop upgrade web ./chart --install --set a=b -f values.yaml --timeout 5m');
    assert.deepEqual([command.verb, command.words], ['upgrade', ['web', './chart']]);
    assert.deepEqual(asKubectl(command, { HELM_NAMESPACE: 'env', HELM_KUBETOKEN: 't' }).options, [{ name: '--namespace', value: 'env' }, { name: '--token', value: 't' }, { name: '--context', value: 'blue' }, { name: '--namespace', value: 'shop' }]);
    assert.deepEqual(renderOptions(command), ['--kube-context=blue', '--namespace=shop', '--install', '--set=a=b', '--values=values.yaml']);
    assert.match(read('uninstall web --from-the-future').problems[0] ?? '', /--from-the-future is not known/);
    assert.equal(readHelmCommand(['helm', 'list', '-A']), undefined);
    assert.equal(read('del web').verb, 'uninstall');
  });

  it('lets nothing pass to Helm but reads and a dry run in front', () => {
    const passes = (command: string, ...args: readonly string[]): boolean => {
      try {
        readOnlyHelmArgs(command, args);
        return true;
      } catch {
        return false;
      }
    };
    assert.ok(passes('get manifest', 'web') && passes('history', 'web', '--output=json') && passes('upgrade', '--dry-run=server', 'web', './chart'));
    for (const [command, ...args] of [['uninstall', 'web'], ['uninstall', '--dry-run', 'web'], ['rollback', 'web'], ['install', '--dry-run=server', 'x', 'y'], ['upgrade', 'web', './chart'], ['upgrade', 'web', '--dry-run=server'], ['upgrade', '--dry-run=client', 'x'], ['upgrade', '--dry-run=server', '--dry-run=none'], ['upgrade', '--dry-run=server', '--post-renderer=x'], ['upgrade', '--dry-run=server', '--dependency-update'], ['upgrade', '--dry-run=server', '--', 'x'], ['get values', 'web'], ['plugin install', 'x']]) assert.equal(passes(command!, ...args), false, `${command} ${args.join(' ')}`);
  });

  it('reads manifests, what is kept, hooks, histories and dry runs', () => {
    const { objects, unknowns } = readManifest('---\n# Source: a\napiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  annotations:\n    helm.sh/resource-policy: "Keep"\nstringData:\n  k: hunter2\n---\n# only a comment\n---\napiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: p\n    annotations:\n      helm.sh/hook: pre-delete, post-delete\n---\njust text\n---\na: [\n');
    assert.deepEqual(objects.map((o) => `${o.kind}/${o.name}`), ['Secret/s', 'Pod/p']);
    assert.equal(unknowns.length, 1);
    assert.ok(isKept(objects[0]!) && !isKept(objects[1]!));
    assert.deepEqual(hookEvents(objects[1]!), ['pre-delete', 'post-delete']);
    assert.doesNotMatch(JSON.stringify(objects), /hunter2/);
    assert.deepEqual(readHistory('[{"revision":2,"status":"deployed","chart":"b-1"},{"revision":1,"status":"superseded","chart":"a-1"},{}]').map((r) => r.revision), [1, 2]);
    assert.deepEqual(readDryRun('{"manifest":"x","hooks":[{"manifest":"y"},{"manifest":"z"}]}'), { manifest: 'x', hooks: 'y\n---\nz' });
    assert.equal(readDryRun('{"name":"x"}'), undefined);
    const compared = compareManifests(objects, objects.slice(1));
    assert.deepEqual([compared.removed.length, compared.added.length, compared.both.length], [1, 0, 1]);
  });
});
