import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { createHandOver } from '../../src/gate/handed-over';
import { takeSnapshot } from '../../src/gate/snapshot';
import { temporary } from '../support/temporary';

describe('the words in whose place copies stand', () => {
  let dir = '';
  let own = '';
  let env: Record<string, string> = {};
  beforeEach(() => {
    dir = temporary('hp-places-');
    own = path.join(dir, 'own');
    env = { HOME: path.join(dir, 'home'), D: path.join(dir, 'in') };
    for (const name of ['a.yaml', 'b.yml', 'c.json', 'v,1.yaml', 'x', 'in/t.json', 'home/h.json', 'folder/f.yaml', 'k/kustomization.yaml', 'we$ird.json']) {
      mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
      writeFileSync(path.join(dir, name), `content of ${name}`);
    }
  });

  /** The words as the tool gets them, with `[NAME]` for a copy of the file of that name. */
  const handed = (argv: readonly string[]): string => {
    const to = createHandOver(own, () => undefined)(argv, takeSnapshot(argv, dir, env));
    try {
      return (to?.argv ?? argv).map((word) => {
        let text = word;
        for (const { path: copy } of to?.files ?? []) text = text.replaceAll(copy, `[${readFileSync(copy, 'utf8').replace('content of ', '')}]`);
        return text;
      }).join(' ');
    } finally {
      to?.remove();
    }
  };
  const cases = (all: Readonly<Record<string, string>>): void => {
    for (const [words, wanted] of Object.entries(all)) {
      it(wanted === '' ? `none in ${words}` : words, () => assert.equal(handed(words.split(' ')), wanted === '' ? words : wanted));
    }
  };

  describe('of aws', () => cases({
    'aws cloudformation update-stack --stack-name s --template-body file://c.json': 'aws cloudformation update-stack --stack-name s --template-body file://[c.json]',
    'aws cloudformation update-stack --template-body=file://c.json --stack-name s': 'aws cloudformation update-stack --template-body=file://[c.json] --stack-name s',
    'aws cloudformation update-stack --template-b file://c.json --parameters file://in/t.json': 'aws cloudformation update-stack --template-b file://[c.json] --parameters file://[in/t.json]',
    'aws --region eu-west-1 iam put-role-policy --policy-document file://./in/../c.json --output json': 'aws --region eu-west-1 iam put-role-policy --policy-document file://[c.json] --output json',
    'aws lambda invoke --function-name f --payload fileb://c.json out.json': 'aws lambda invoke --function-name f --payload fileb://[c.json] out.json',
    'aws ec2 run-instances --cli-input-json file://$D/t.json': 'aws ec2 run-instances --cli-input-json file://[in/t.json]',
    'aws ec2 run-instances --cli-input-json file://~/h.json': 'aws ec2 run-instances --cli-input-json file://[home/h.json]',
    'aws ec2 run-instances --user-data file://we$ird.json': 'aws ec2 run-instances --user-data file://[we$ird.json]',
    'aws cloudformation deploy --stack-name s --template-file c.json --parameter-overrides file://in/t.json': 'aws cloudformation deploy --stack-name s --template-file [c.json] --parameter-overrides file://[in/t.json]',
    'aws cloudformation deploy --template-f=c.json --stack-name s': 'aws cloudformation deploy --template-f=[c.json] --stack-name s',
    'aws cloudformation package --template-file c.json --s3-bucket b': '',
    'aws s3 cp --recursive file://c.json s3://b/k': '',
    'aws s3 rm c.json': '',
    'aws ec2 create-tags --tags file://c.json file://in/t.json': '',
    'aws ec2 create-tags --tags Key@=file://c.json': '',
    'aws cloudformation update-stack --template-url file://c.json': '',
    'aws sqs delete-queue --queue-url file://c.json': '',
    'aws cloudformation update-stack --template-body file://gone.json': '',
    'aws cloudformation update-stack -- --template-body file://c.json': '',
  }));

  describe('of kubectl', () => cases({
    'kubectl delete -f a.yaml': 'kubectl delete -f [a.yaml]',
    'kubectl delete -fa.yaml': 'kubectl delete -f[a.yaml]',
    'kubectl delete -f=a.yaml': 'kubectl delete -f=[a.yaml]',
    'kubectl delete -Rf a.yaml': 'kubectl delete -Rf [a.yaml]',
    'kubectl delete -Rfa.yaml': 'kubectl delete -Rf[a.yaml]',
    'kubectl apply --filename a.yaml --filename=b.yml -n x': 'kubectl apply --filename [a.yaml] --filename=[b.yml] -n x',
    'kubectl apply -f a.yaml,b.yml,https://example.com/x.yaml,folder,-': 'kubectl apply -f [a.yaml],[b.yml],https://example.com/x.yaml,folder,-',
    'kubectl apply -f "v,1.yaml",a.yaml': 'kubectl apply -f [v,1.yaml],[a.yaml]',
    'kubectl patch deploy x --patch-file c.json': 'kubectl patch deploy x --patch-file [c.json]',
    'kubectl create configmap m --from-file=key=c.json --from-env-file x': 'kubectl create configmap m --from-file=key=[c.json] --from-env-file [x]',
    'kubectl apply --server-side --filename=./in/../a.yaml --force-conflicts': 'kubectl apply --server-side --filename=[a.yaml] --force-conflicts',
    'kubectl create configmap m --from-file=c.json': '',
    'kubectl logs -f x': '',
    'kubectl apply -k k': '',
    'kubectl apply -f folder': '',
    'kubectl apply -f *.yaml': '',
    'kubectl apply -f -': '',
    'kubectl delete pod x': '',
    'kubectl exec pod -- sh -f x': '',
    'kubectl someplugin -f a.yaml': '',
    'kubectl apply --nobody-knows -f a.yaml': '',
  }));

  describe('of other tools', () => cases({
    'helm upgrade web ./folder -f a.yaml --values=b.yml,c.json --set-file k=x': 'helm upgrade web ./folder -f [a.yaml] --values=[b.yml],[c.json] --set-file k=[x]',
    'helm install web folder -fa.yaml --set a=b': 'helm install web folder -f[a.yaml] --set a=b',
    'helm list -f x': '',
    'helm secrets upgrade web folder -f a.yaml': '',
    'helm upgrade web folder --set-file a=x,b=c.json': '',
    'gcloud compute instances delete vm --flags-file a.yaml': 'gcloud compute instances delete vm --flags-file [a.yaml]',
    'gcloud compute instances delete vm --flags-file=a.yaml --quiet': 'gcloud compute instances delete vm --flags-file=[a.yaml] --quiet',
    'gcloud compute url-maps import m --source=a.yaml': 'gcloud compute url-maps import m --source=[a.yaml]',
    'gcloud projects set-iam-policy p c.json': 'gcloud projects set-iam-policy p [c.json]',
    'gcloud run deploy --source folder': '',
    'gcloud run deploy x --source x': '',
    'gcloud projects set-iam-policy p --format c.json': '',
    'gcloud compute ssh vm -- --flags-file a.yaml': '',
    'az role definition update --role-definition @c.json': 'az role definition update --role-definition @[c.json]',
    'az rest --body=@c.json --method patch': 'az rest --body=@[c.json] --method patch',
    'az deployment group create --parameters @c.json x=@x --template-file in/t.json': 'az deployment group create --parameters @[c.json] x=@[x] --template-file in/t.json',
    'az vm update --set @~/h.json': 'az vm update --set @[home/h.json]',
    'az vm delete -n me@x': '',
    'terraform apply -var-file=c.json': '',
    'sam deploy -t a.yaml': '',
    'psql -f x': '',
  }));

  it('are closed to everybody else, keep name and ending, hold the bytes from before, and go', () => {
    const argv = ['kubectl', 'apply', '-f', 'a.yaml,b.yml', '-f', 'a.yaml'];
    const snapshot = takeSnapshot(argv, dir, env);
    writeFileSync(path.join(dir, 'b.yml'), 'another');
    const handedOver = createHandOver(own, () => undefined)(argv, snapshot);
    assert.ok(handedOver);
    assert.deepEqual(handedOver.files.map((file) => path.basename(file.path)), ['a.yaml', 'b.yml'], 'one copy of a file that is named twice');
    assert.deepEqual(handedOver.files.map((file) => readFileSync(file.path, 'utf8')), ['content of a.yaml', 'content of b.yml']);
    for (const file of handedOver.files) {
      assert.equal(statSync(file.path).mode & 0o777, 0o400);
      assert.equal(statSync(path.dirname(file.path)).mode & 0o777, 0o700);
      assert.equal(statSync(path.dirname(path.dirname(file.path))).mode & 0o777, 0o700);
    }
    assert.match(readdirSync(own)[0] ?? '', new RegExp(`^${process.pid}-[0-9a-f]{16}$`), 'swept with the folders of processes that are gone');
    handedOver.remove();
    assert.deepEqual(readdirSync(own), []);
  });

  it('follow a link to what was looked at', () => {
    symlinkSync('a.yaml', path.join(dir, 'link.yaml'));
    assert.equal(handed(['kubectl', 'delete', '-f', 'link.yaml']), 'kubectl delete -f [a.yaml]');
  });

  it('are none where an alias of the AWS CLI decides what the words mean', () => {
    const alias = path.join(dir, 'home', '.aws', 'cli', 'alias');
    mkdirSync(path.dirname(alias), { recursive: true });
    writeFileSync(alias, '[toplevel]\niam = !f() { echo "$@"; }; f\n');
    assert.equal(handed(['aws', 'iam', 'put-role-policy', '--policy-document', 'file://c.json']), 'aws iam put-role-policy --policy-document file://c.json');
  });

  it('are none for what is larger than is read, and one for what is read but not kept', () => {
    writeFileSync(path.join(dir, 'big.zip'), Buffer.alloc(9 * 1024 * 1024, 'x'));
    const argv = ['aws', 'lambda', 'update-function-code', '--function-name', 'f', '--zip-file', 'fileb://big.zip'];
    const snapshot = takeSnapshot(argv, dir, env);
    const made = createHandOver(own, () => undefined)(argv, snapshot);
    assert.equal(statSync(made?.files[0]?.path ?? '').size, 9 * 1024 * 1024);
    made?.remove();
    writeFileSync(path.join(dir, 'big.zip'), 'another');
    assert.equal(createHandOver(own, () => undefined)(argv, snapshot), undefined, 'what changed is left to the last look');
  });

  it('can\'t be written where there is no room: nothing is handed over, and nothing is left', () => {
    writeFileSync(own, '');
    assert.throws(() => handed(['kubectl', 'delete', '-f', 'a.yaml']), /ENOTDIR|EEXIST/);
  });
});
