import assert from 'node:assert/strict';

import { detectArgv } from '../../src/detect/detect';
import type { Mutation } from '../../src/model';

const RANK: readonly Mutation[] = ['none', 'additive', 'modifying', 'unknown', 'destructive'];

/** The worst that a command is judged to do; `nothing` where nobody speaks of it. */
function judged(line: string, files: Readonly<Record<string, string>> = {}): Mutation | 'nothing' | 'plan' {
  const argv = [...line.matchAll(/'([^']*)'|(\S+)/g)].map((m) => m[1] ?? m[2] ?? '');
  const found = detectArgv(argv, { cwd: '/w', home: '/h', env: {}, readFile: (file) => files[file.replace('/w/', '')] }, 'pipe');
  if (found.some((f) => f.previewDecides)) return 'plan';
  return found.length === 0 ? 'nothing' : (RANK[Math.max(...found.map((f) => RANK.indexOf(f.mutation)))] ?? 'none');
}

describe('the same effect by another word', () => {
  describe('an option that nobody knows may be a switch or take the next word', () => {
    for (const line of [
      'terragrunt --log-disable destroy -auto-approve', 'terragrunt --tf-forward-stdout destroy -auto-approve', 'terragrunt --experiment-mode destroy', 'terragrunt --strict-mode destroy',
      'terragrunt --inputs-debug destroy', 'terragrunt --terragrunt-debug destroy', 'terragrunt -no-color destroy -auto-approve', 'terragrunt --never-heard-of-it destroy -auto-approve',
      'terragrunt --report-file plan destroy -auto-approve', 'terragrunt --log-custom-format plan destroy -auto-approve', 'terragrunt --auth-provider-cmd plan destroy', 'terragrunt --terragrunt-iam-web-identity-token plan destroy',
      'cdk --app out --build ls destroy --force --all', 'cdk --unstable list destroy --force --all', 'cdk --telemetry-file list destroy', 'pulumi --tracing-header preview destroy --yes',
      'pulumi --otel-traces preview destroy --yes', 'pulumi destroy --yes --exec-agent --preview-only', 'pulumi destroy --yes --remote-env --preview-only', 'doctl --brand-new list compute droplet delete 1',
    ]) it(`: ${line}`, () => assert.ok(['destructive', 'unknown'].includes(judged(line)), judged(line)));
    for (const line of ['terragrunt --log-disable plan', 'terragrunt --log-level debug plan', 'terragrunt --brand-new output', 'cdk --brand-new x ls', 'pulumi --brand-new preview', 'terragrunt run-all plan --terragrunt-non-interactive']) {
      it(`leaves what reads alone: ${line}`, () => assert.ok(['none', 'nothing'].includes(judged(line)), judged(line)));
    }
  });

  for (const [line, want] of [
    ['terraform test', 'destructive'], ['terraform env delete -force prod', 'destructive'], ['terraform env list', 'none'], ['terraform state rm -dry-run a', 'none'], ['terraform plan -out=terraform.tfstate', 'destructive'], ['terraform plan -out=p.tfplan', 'none'], ['cdk gc --action=print', 'none'], ['terraform env new x', 'additive'], ['terraform state mv -state-out=/tmp/x a a', 'destructive'],
    ['terraform state mv a b', 'modifying'], ['terraform init -migrate-state', 'unknown'], ['terraform init', 'additive'], ['terraform apply -refresh-only -auto-approve', 'plan'], ['terraform refresh', 'plan'],
    ['cdk bootstrap', 'additive'], ['cdk bootstrap --template t.yaml --toolkit-stack-name prod --force', 'unknown'], ['cdk bootstrap --trust 1', 'unknown'], ['cdk rollback --force --orphan X', 'unknown'], ['cdk refactor --force', 'unknown'],
    ['pulumi do aws:s3:Bucket delete payments-prod --yes', 'unknown'], ['pulumi do aws:s3:Bucket list', 'none'], ['pulumi env rm x', 'destructive'], ['pulumi env version retract x', 'destructive'], ['pulumi org member remove x', 'destructive'],
    ['pulumi org get-default', 'none'], ['pulumi config get x', 'none'], ['pulumi stack ls', 'none'],
    ['kubectl scale deploy/web --replicas=00', 'destructive'], ['kubectl scale deploy/web --replicas=0x0', 'destructive'], ['kubectl scale deploy/web --replicas=-0', 'destructive'], ['kubectl scale deploy/web --replicas=0_0', 'destructive'],
    ['kubectl scale deploy/web --replicas=03', 'modifying'], ['kubectl scale deploy/web --replicas=3', 'modifying'], ['kubectl scale deploy/web --replicas=x', 'unknown'],
    ['kubectl apply --force -f web.yaml', 'destructive'], ['kubectl apply -f web.yaml', 'modifying'],
    ['kubectl create deployment x --image=i -- kubectl delete ns prod', 'destructive'], ['kubectl create deployment x --image=i', 'additive'],
    ['kubectl debug nodes/n -it --image=busybox -- rm -rf /host/var', 'destructive'], ['kubectl debug no/n -it --image=busybox -- rm -rf /host/var', 'destructive'],
    ['kubectl set subject clusterrolebinding cluster-admin --group=system:unauthenticated', 'destructive'], ['kubectl set subject clusterrolebinding x --user=jo', 'modifying'],
    ['kubectl create clusterrolebinding b --clusterrole=admin --user=system:anonymous', 'destructive'], ['kubectl create rolebinding b --role=r --group=system:authenticated', 'destructive'],
    ['kubectl auth reconcile -f r.yaml --remove-extra-permissions', 'destructive'], ['kubectl auth reconcile -f r.yaml', 'modifying'],
    ['kubectl run x --image=i --overrides \'{"spec":{"containers":[{"name":"x","c\\u006fmmand":["rm","-rf","/data"]}]}}\'', 'destructive'],
    ['kubectl run x --image=i --override-type=json --overrides \'[{"op":"add","path":"/spec/containers/0/command","value":["rm","-rf","/data"]}]\'', 'destructive'],
  ] as const) it(`is judged by what it does: ${line} is ${want}`, () => assert.equal(judged(line), want));

  it('is not opened for reading by kubectl proxy where other options switch the filter off', () => {
    const door = (line: string): string | undefined => detectArgv(line.split(' '), { cwd: '/w', env: {} })[0]?.door;
    assert.equal(door('kubectl proxy --reject-methods=POST,PUT,PATCH,DELETE'), undefined);
    assert.equal(door('kubectl proxy --reject-methods=POST,PUT,PATCH,DELETE --disable-filter'), 'raw');
    assert.equal(door('kubectl proxy --reject-methods=POST,PUT,PATCH,DELETE --reject-paths=x'), 'raw');
    assert.equal(door('kubectl proxy --reject-methods=POST,PUT,PATCH'), 'raw');
    assert.equal(door('kubectl port-forward svc/x 5432:postgres'), 'tunnel');
  });
});

describe('a patch is read, not searched', () => {
  for (const [line, want] of [
    ['kubectl patch deploy web --type=json -p \'[{"op":"replace","path":"/spec/replicas","value":0}]\'', 'destructive'],
    ['kubectl patch deploy web -p \'{"spec":{"re\\u0070licas":0}}\'', 'destructive'], ['kubectl patch deploy web --patch-file p.json', 'destructive'], ['kubectl patch deploy web --patch-file none.json', 'unknown'],
    ['kubectl patch pvc data -p \'{"metadata":{"final\\u0069zers":null}}\'', 'destructive'], ['kubectl patch pv v -p \'{"spec":{"persistentVolumeReclaimPolicy":"\\u0044elete"}}\'', 'destructive'],
    ['kubectl patch secret s -p \'data: ~\'', 'destructive'], ['kubectl patch cm c -p \'{"data":{"a":null}}\'', 'destructive'], ['kubectl patch deploy web -p \'{"$patch":"delete"}\'', 'destructive'],
    ['kubectl patch sts db -p \'{"spec":{"persistentVolumeClaimRetentionPolicy":{"whenDeleted":"Delete"}}}\'', 'destructive'], ['kubectl patch deploy web -p \'{nonsense\'', 'unknown'],
    ['kubectl patch deploy web -p \'{"spec":{"replicas":3}}\'', 'modifying'], ['kubectl patch deploy web -p \'{"spec":{"template":{"spec":{"containers":[{"name":"c","image":"i:2"}]}}}}\'', 'modifying'],
    ['kubectl patch svc web --type=json -p \'[{"op":"replace","path":"/spec/ports/0/port","value":80}]\'', 'modifying'], ['kubectl patch deploy web -p \'{"metadata":{"annotations":{"a":null}}}\'', 'modifying'],
  ] as const) it(`: ${line} is ${want}`, () => assert.equal(judged(line, { 'p.json': '{"spec":{"replicas":0}}' }), want));
});
