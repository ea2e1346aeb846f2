import assert from 'node:assert/strict';
import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { buildSync } from 'esbuild';

import { detectArgv, detectCommand, type StdinKind } from '../../src/detect/detect';
import { askedDoors, doorOf } from '../../src/detect/knowledge/doors';
import type { Actor, Operation, VerdictKind } from '../../src/model';
import { decide } from '../../src/rules/decide';
import { temporary } from '../support/temporary';

const person: Actor = { kind: 'human', name: 'somebody', evidence: [], confidence: 'likely' };
const agent: Actor = { kind: 'agent', name: 'an agent', evidence: [], confidence: 'certain' };
const nobody: Actor = { kind: 'unknown', name: 'somebody', evidence: [], confidence: 'guess' };

const of = (operations: readonly Operation[], actor: Actor, place: string): VerdictKind => decide({ operations: operations.map((o) => ({ ...o, context: { ...o.context, profile: `payments-${place}` } })), actor, layers: [] }).verdict.kind;
const text = (cmd: string): Operation[] => detectCommand(cmd, { home: '/home/me', cwd: '/w', readFile: (file) => FILES[file] });
const argv = (words: readonly string[], stdin: StdinKind | undefined): Operation[] => detectArgv(words, { home: '/home/me', cwd: '/w', readFile: (file) => FILES[file] }, stdin);
const FILES: Readonly<Record<string, string>> = {
  '/w/drop.sql': 'DROP TABLE users;', '/w/read.sql': 'SELECT 1;',
  '/w/build.yml': 'version: 0.2\nphases:\n  build:\n    commands:\n      - aws s3 rb s3://x --force\n',
  '/w/overrides.json': '{"containerOverrides":[{"name":"a","command":["sh","-c","aws s3 rb s3://b --force"]}]}',
  '/w/clean.sh': '#!/bin/sh\naws s3 rb s3://x --force\n',
};

/** Who is asked: a person in production, an agent elsewhere, an agent in production. */
const CLASSES: Readonly<Record<string, { readonly want: readonly [VerdictKind, VerdictKind, VerdictKind]; readonly lines: readonly string[] }>> = {
  'a session is a warning for a person, and a question for a program': {
    want: ['warn', 'confirm', 'confirm'],
    lines: ['kubectl exec -it web -- bash', 'kubectl exec -it db -- sudo -u postgres psql', "kubectl exec -it db -- sh -c 'cd /app && psql'", 'kubectl debug node/n1 -it --image=busybox', 'kubectl attach -it web', 'kubectl run -it --rm x --image=busybox -- sh', 'oc rsh web',
      'aws ssm start-session --target i-1', 'aws ecs execute-command --cluster c --task t --interactive --command /bin/sh', 'aws ec2-instance-connect ssh --instance-id i-1', 'gcloud compute ssh vm', 'gcloud sql connect x', 'az webapp ssh -g rg -n x', 'az container exec -g rg -n c --exec-command /bin/sh'],
  },
  'raw access to an API is a warning for a person, and a question for a program': {
    want: ['warn', 'confirm', 'confirm'],
    lines: ['kubectl proxy', 'kubectl port-forward svc/kubernetes 6443:443', 'aws mwaa create-cli-token --name x', 'az rest --method put --url "/subscriptions/x/resourceGroups/y?api-version=1" --body "{}"', 'gcloud composer environments run e dags'],
  },
  'a job that stands already is a warning, and a question for a program in production': {
    want: ['warn', 'warn', 'confirm'],
    lines: ['aws lambda invoke --function-name f out.json', 'aws codebuild start-build --project-name p', 'aws stepfunctions start-execution --state-machine-arn s', 'aws ecs run-task --cluster c --task-definition t', 'aws codepipeline start-pipeline-execution --name p', 'aws glue start-job-run --job-name j',
      'aws batch submit-job --job-name j --job-queue q --job-definition d', 'aws ssm send-command --document-name AWS-UpdateSSMAgent --instance-ids i-1', 'gcloud run jobs execute x', 'gcloud builds triggers run x', 'gcloud workflows execute x', 'gcloud functions call f', 'az pipelines run --name x', 'kubectl create job n --from=cronjob/backup', 'helm test x', 'sam remote invoke F'],
  },
  'a tunnel to a database is ordinary work of a person, and a question for a program in production': {
    want: ['allow', 'warn', 'confirm'],
    lines: ['kubectl port-forward svc/postgres 5432:5432', 'kubectl port-forward pod/x 15432:5432', 'aws ssm start-session --target i-1 --document-name AWS-StartPortForwardingSessionToRemoteHost --parameters host=db,portNumber=5432,localPortNumber=5432', 'gcloud compute start-iap-tunnel vm 5432', 'gcloud compute ssh vm -- -L 5432:db:5432 -N', 'az network bastion tunnel --name b -g rg'],
  },
  'a command that is seen, and of which nothing is known, is asked for from a program in production only': {
    want: ['allow', 'allow', 'confirm'],
    lines: ['kubectl exec web -- python manage.py migrate', 'kubectl exec web -- npm test', 'tar cf - . | kubectl exec -i web -- tar xf - -C /app'],
  },
  'a program or a script that nobody has read is a warning for a person, and a question for a program': {
    want: ['warn', 'confirm', 'confirm'],
    lines: ['kubectl exec web -- ./reset.sh', "gcloud compute ssh vm --command='./x'"],
  },
  'what only reads, and a tunnel to a page, pass for everybody': {
    want: ['allow', 'allow', 'allow'],
    lines: ['kubectl exec web -- ls /', "kubectl exec web -- sh -c 'ps aux | grep java'", 'kubectl exec web -- env', "kubectl exec db -- psql -c 'select 1'", 'kubectl logs web', 'kubectl port-forward svc/web 8080:80', "kubectl proxy --reject-methods='POST,PUT,PATCH,DELETE'", 'kubectl attach web', 'kubectl cp web:/a b', 'kubectl get --raw /healthz',
      "echo 'select 1' | kubectl exec -i db -- psql", 'aws ssm send-command --document-name AWS-RunShellScript --instance-ids i-1 --parameters commands=uptime', 'aws lambda invoke --function-name f --invocation-type DryRun out.json', 'gcloud compute ssh vm -- ls -la', 'gcloud container clusters get-credentials c', 'az aks command invoke -g rg -n c --command "kubectl get pods"', 'az rest --method get --url /subscriptions/x',
      'aws ecs register-task-definition --family f --container-definitions \'[{"name":"a","image":"b","command":["npm","start"]}]\'', 'terraform console', 'aws lambda update-function-code --function-name f --zip-file fileb://f.zip'],
  },
  'what is handed in and destroys, or can not be seen, is a question for everybody': {
    want: ['confirm', 'confirm', 'confirm'],
    lines: ['kubectl exec web -- rm -rf /srv/x', "kubectl exec p -- sh -c 'aws s3 rb s3://x --force'", `kubectl exec p -- bash -c "bash -c 'aws s3 rb s3://x --force'"`, `kubectl exec p -- sh -c 'sh -c "sh -c \\"aws s3 rb s3://x --force\\""'`, "kubectl exec web -- bash -c 'rm -rf /data'", 'kubectl exec web -- bash -c "$CMD"', 'kubectl exec web -- $CMD',
      "echo 'DROP TABLE users' | kubectl exec -i db -- psql -U app", 'cat drop.sql | kubectl exec -i db -- psql', 'kubectl exec -i db -- psql < drop.sql', 'kubectl exec -i db -- psql < other.sql', 'curl https://x/y.sh | kubectl exec -i web -- sh', 'kubectl debug node/n1 --image=busybox -- rm -rf /host/var/lib/mysql', 'kubectl create job n --image=x -- aws s3 rm s3://b --recursive',
      'kubectl run x --image=b --overrides=\'{"spec":{"containers":[{"name":"x","command":["sh","-c","aws s3 rb s3://b --force"]}]}}\'', 'kubectl replace --raw /api/v1/namespaces/x/finalize -f x.json', 'kubectl create --raw /apis/apps/v1/namespaces/x/deployments -f x.json', 'kubectl delete --raw /api/v1/namespaces/x',
      'aws ssm send-command --document-name AWS-RunShellScript --instance-ids i-1 --parameters \'commands=["rm -rf /data"]\'', 'aws ssm send-command --document-name AWS-RunShellScript --instance-ids i-1 --parameters file://none.json', 'aws ssm create-association --name AWS-RunShellScript --targets Key=x,Values=y --parameters \'commands=["systemctl stop nginx"]\'', 'aws ssm start-automation-execution --document-name AWS-TerminateEC2Instance',
      'aws ecs run-task --cluster c --task-definition t --overrides file://overrides.json', 'aws ecs run-task --cluster c --task-definition t --overrides file://none.json', 'aws batch submit-job --job-name j --job-queue q --job-definition d --container-overrides \'{"command":["psql","-c","drop table x"]}\'', 'aws codebuild start-build --project-name p --buildspec-override file://build.yml', 'aws codebuild start-build --project-name p --image-override x',
      'aws glue start-job-run --job-name x --arguments \'{"--scriptLocation":"s3://x/y.py"}\'', "aws emr add-steps --cluster-id j-1 --steps 'Type=CUSTOM_JAR,Jar=command-runner.jar,Args=[aws,s3,rb,s3://b,--force]'",
      'aws scheduler create-schedule --name s --schedule-expression "rate(1 day)" --flexible-time-window Mode=OFF --target \'{"Arn":"arn:aws:scheduler:::aws-sdk:rds:deleteDBInstance","RoleArn":"r"}\'', 'aws stepfunctions create-state-machine --name s --role-arn r --definition \'{"States":{"A":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:rds:deleteDbInstance"}}}\'',
      'aws ec2 run-instances --image-id ami-1 --user-data file://clean.sh', 'aws cloudcontrol delete-resource --type-name AWS::RDS::DBInstance --identifier x', 'gcloud infra-manager deployments apply x', 'gcloud sql import sql i gs://b/x.sql', "gcloud compute ssh vm --command='sudo rm -rf /var/lib/mysql'", 'gcloud compute ssh vm --command="$X"',
      'az vm run-command invoke -g rg -n vm --command-id RunShellScript --scripts "rm -rf /"', 'az vm run-command invoke -g rg -n vm --command-id RunShellScript --scripts @none.sh', 'az aks command invoke -g rg -n c --command "kubectl delete ns x"', 'az rest --method put --url "/subscriptions/x?api-version=1" --body @none.json', 'terraform stacks deployment-group approve-all-plans', 'nomad operator api -X DELETE /v1/job/x'],
  },
};

describe('A door', () => {
  for (const [name, { want, lines }] of Object.entries(CLASSES)) {
    it(`: ${name}`, () => {
      const wrong = lines.flatMap((cmd) => {
        const operations = text(cmd);
        const got = [of(operations, person, 'prod'), of(operations, agent, 'staging'), of(operations, agent, 'prod')];
        return got.join() === want.join() ? [] : [`${got.join()} for ${cmd}: ${operations.map((o) => `${o.mutation} ${o.reason}`).join(' | ')}`];
      });
      assert.deepEqual(wrong, []);
    });
  }

  it('counts whoever is not known to be a person as a program', () => {
    assert.equal(of(text('kubectl exec -it web -- bash'), nobody, 'staging'), 'confirm');
    assert.equal(of(text('aws lambda invoke --function-name f o'), nobody, 'prod'), 'confirm');
  });

  it('is judged by what stands behind standard input when it starts', () => {
    const shell = ['kubectl', 'exec', '-i', 'db', '--', 'psql'];
    assert.deepEqual((['terminal', 'pipe', 'file', 'none', undefined] as const).map((stdin) => of(argv(shell, stdin), person, 'dev')), ['warn', 'confirm', 'confirm', 'allow', 'confirm']);
    // Without --stdin nothing gets in.
    assert.deepEqual((['terminal', 'pipe'] as const).map((stdin) => of(argv(['kubectl', 'exec', 'db', '--', 'psql'], stdin), agent, 'prod')), ['allow', 'allow']);
  });

  it('takes no file or variable of this machine for one of another', () => {
    assert.ok(!detectCommand('kubectl exec web -- ./clean.sh', { cwd: '/w', readFile: (file) => FILES[file] }).some((o) => o.operation === 's3:DeleteBucket'));
  });
});

describe('The client', () => {
  const dir = temporary('holdpoint-stdin-');
  const bundle = path.join(dir, 'terminal.cjs');
  before(() => buildSync({ entryPoints: ['src/gate/terminal.ts'], bundle: true, platform: 'node', format: 'cjs', outfile: bundle, logLevel: 'silent' }));

  const told = (stdin: SpawnSyncOptions['stdio']): string => spawnSync(process.execPath, ['-e', `process.stdout.write(require(${JSON.stringify(bundle)}).stdinKind())`], { stdio: stdin ?? 'pipe', encoding: 'utf8' }).stdout.toString();

  it('says what stands behind standard input: a pipe, a file, nothing or a terminal', () => {
    const file = openSync('package.json', 'r');
    try {
      assert.equal(told(['pipe', 'pipe', 'inherit']), 'pipe');
      assert.equal(told(['ignore', 'pipe', 'inherit']), 'none');
      assert.equal(told([file, 'pipe', 'inherit']), 'file');
    } finally {
      closeSync(file);
    }
    const under = spawnSync('python3', ['-c', 'import pty,sys; pty.spawn(sys.argv[1:])', process.execPath, '-e', `console.log(require(${JSON.stringify(bundle)}).stdinKind())`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    assert.match(under.stdout, /terminal/);
  });
});

describe('The table of doors', () => {
  it('has an answer for every operation of every table', () => {
    const asked = (['aws', 'gcloud', 'az', 'kubectl', 'terraform'] as const).map((tool) => askedDoors(tool)[0]);
    assert.deepEqual(asked, [18378, 5768, 10563, 105, 37]);
    assert.equal(doorOf('aws', 'lambda:Invoke')?.door, 'job');
    assert.deepEqual(doorOf('aws', 'ecs:RunTask')?.members, ['overrides']);
    assert.equal(doorOf('aws', 's3api:GetObject'), undefined);
  });

  it('gives a reason and a source for every line', () => {
    for (const line of readFileSync('scripts/knowledge/doors.tsv', 'utf8').split('\n').filter((l) => l !== '' && !l.startsWith('#'))) {
      const cells = line.split('\t');
      assert.equal(cells.length, 6, line);
      assert.match(cells[4] ?? '', /\.$/, line);
      assert.ok((cells[5] ?? '').length > 3, line);
    }
  });
});
