import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Operation } from '../../src/model';
import { detectArgv } from '../../src/detect/detect';
import type { DetectContext, Finding, Word } from '../../src/detect/invocation';
import { knownWord } from '../../src/detect/invocation';
import { withReaders } from '../../src/detect/readers';
import { awsCli } from '../../src/detect/tools/aws/commands';
import { splitAlias } from '../../src/detect/tools/aws/alias';

const HERE: DetectContext = { cwd: '/repo', home: '/home/dev', env: {} };

/** The one operation of an argv, given as a command line with quotes. */
function one(line: string, context: DetectContext = HERE): Operation {
  const found = detectArgv(splitAlias(line) ?? [], context);
  assert.equal(found.length, 1, line);
  const [first] = found;
  assert.ok(first);
  return first;
}

const files = (texts: Readonly<Record<string, string>>): DetectContext => ({ ...HERE, readFile: (p) => texts[p] });
const names = (o: { readonly targets: Operation['targets'] }): (string | undefined)[] => o.targets.map((t) => t.name);

/** A word of which only some parts are known before it runs. */
const unknown = (raw: string, parts: readonly (string | undefined)[] = [undefined], multi = false): Word => ({ raw, value: undefined, parts, multi, range: { start: 0, end: 0 } });
function words(...argv: readonly (string | Word)[]): Finding[] {
  const list = argv.map((a) => (typeof a === 'string' ? knownWord(a) : a));
  return awsCli.detect({ argv: list, env: new Map(), cwd: '/repo', stdin: undefined, range: { start: 3, end: 9 }, wrappers: [] }, withReaders(HERE));
}

describe('the AWS command line', () => {
  it('finds service and operation between global options in every form', () => {
    for (const line of [
      'aws cloudformation delete-stack --stack-name payments-prod',
      'aws --region eu-west-1 --profile prod cloudformation delete-stack --stack-name payments-prod',
      'aws --region=eu-west-1 --no-cli-pager --debug cloudformation --output json delete-stack --stack-name=payments-prod',
      'aws cloudformation delete-stack --query x --stack-name payments-prod --cli-read-timeout 5',
      'aws cloudformation delete-stack --stack payments-prod',
      'aws --stack-name=payments-prod cloudformation delete-stack',
      '/usr/local/bin/aws cloudformation delete-stack --stack-name payments-prod',
    ]) {
      const o = one(line);
      assert.equal(o.operation, 'cloudformation:DeleteStack', line);
      assert.deepEqual(o.targets, [{ type: 'AWS::CloudFormation::Stack', name: 'payments-prod', known: true }], line);
      assert.equal(o.mutation, 'destructive');
      assert.equal(o.reason, 'Deletes stack payments-prod with every resource in it that has no Retain policy.');
      assert.deepEqual(o.unknowns, []);
    }
  });

  it('reads region, profile, endpoint and account from options, then environment, then ARNs', () => {
    const line = 'aws cloudformation delete-stack --stack-name arn:aws:cloudformation:us-west-2:123456789012:stack/s/1';
    assert.deepEqual(one(line).context, { account: '123456789012', region: 'us-west-2' });
    const env = { AWS_DEFAULT_REGION: 'eu-north-1', AWS_PROFILE: 'prod', AWS_ENDPOINT_URL: 'http://all', AWS_ENDPOINT_URL_CLOUDFORMATION: 'http://own' };
    assert.deepEqual(one(line, { ...HERE, env }).context, { account: '123456789012', region: 'eu-north-1', profile: 'prod', endpoint: 'http://own' });
    assert.deepEqual(one(`${line} --region ap-south-1 --profile dev --endpoint-url http://here`, { ...HERE, env }).context,
      { account: '123456789012', region: 'ap-south-1', profile: 'dev', endpoint: 'http://here' });
  });

  it('lists every target of a list, also in JSON and from a file', () => {
    assert.deepEqual(names(one('aws ec2 terminate-instances --instance-ids i-1 i-2 --region x')), ['i-1', 'i-2']);
    assert.deepEqual(names(one(`aws ec2 terminate-instances --instance-ids '["i-1","i-2"]'`)), ['i-1', 'i-2']);
    assert.deepEqual(names(one('aws ec2 terminate-instances --instance-ids file://ids.json', files({ '/repo/ids.json': '["i-9"]' }))), ['i-9']);
    assert.deepEqual(names(one('aws s3api delete-object --bucket b --key a/b.txt')), ['b', 's3://b/a/b.txt']);
    assert.deepEqual(names(one('aws s3 rm --recursive s3://bucket/logs/')), ['s3://bucket/logs/']);
  });

  it('reads --cli-input-json and --cli-input-yaml, inline and from files; options win', () => {
    const context = files({ '/repo/in.json': '{"StackName":"from-file"}', '/repo/in.yaml': 'StackName: from-yaml\n' });
    assert.deepEqual(names(one('aws cloudformation delete-stack --cli-input-json file://in.json', context)), ['from-file']);
    assert.deepEqual(names(one('aws cloudformation delete-stack --cli-input-yaml file://in.yaml', context)), ['from-yaml']);
    assert.deepEqual(names(one(`aws cloudformation delete-stack --cli-input-json '{"StackName":"inline"}' --stack-name wins`)), ['wins']);
    const unread = one('aws cloudformation delete-stack --cli-input-json file://gone.json', context);
    assert.equal(unread.mutation, 'destructive');
    assert.deepEqual(unread.targets, [{ type: 'AWS::CloudFormation::Stack', name: undefined, known: false }]);
    assert.match(unread.unknowns.join(), /gone\.json/);
  });

  it('takes a dry run for what it is, and nothing else for one', () => {
    const ec2 = 'aws ec2 terminate-instances --instance-ids i-1';
    assert.equal(one(`${ec2} --dry-run`).mutation, 'none');
    assert.equal(one(`${ec2} --no-dry-run --dry-run`).mutation, 'none');
    assert.equal(one(`${ec2} --cli-input-json '{"DryRun":true}'`).mutation, 'none');
    for (const harmful of [' --dry-run --no-dry-run', ' --dry-run --no-dry', ' --dry-run=false', ` --no-dry-run --cli-input-json '{"DryRun":true}'`, '']) {
      assert.equal(one(`${ec2}${harmful}`).mutation, 'destructive', harmful);
    }
    for (const bogus of ['aws cloudformation delete-stack --stack-name x --dry-run', 'aws s3 rm s3://b/a --dry-run', 'aws iam delete-user --user-name b --dryrun']) {
      assert.equal(one(bogus).mutation, 'destructive', bogus);
    }
    assert.equal(one('aws s3 rm s3://b --recursive --dryrun').mutation, 'none');
    assert.equal(one('aws rds delete-db-instance --db-instance-identifier x --generate-cli-skeleton').mutation, 'none');
    assert.equal(one('aws cloudformation delete-stack help').mutation, 'none');
    assert.equal(one('aws cloudformation delete-stack --stack-name help').mutation, 'destructive');
    assert.equal(one('aws --version').mutation, 'none');
  });

  it('keeps the verb when the target is unknown, and says where it comes from', () => {
    const [stack] = words('aws', 'cloudformation', 'delete-stack', '--stack-name', unknown('payments-$ENV', ['payments-', undefined]));
    assert.equal(stack?.operation, 'cloudformation:DeleteStack');
    assert.deepEqual(stack?.targets, [{ type: 'AWS::CloudFormation::Stack', name: 'payments-$ENV', known: false }]);
    assert.deepEqual(stack?.unknowns, ['the stack name comes from payments-$ENV']);
    assert.deepEqual(stack?.range, { start: 3, end: 9 });
    const [equals] = words('aws', 'cloudformation', 'delete-stack', unknown('--stack-name=$S', ['--stack-name=', undefined]));
    assert.deepEqual(equals?.targets.map((t) => [t.name, t.known]), [['$S', false]]);
    const [rest] = words('aws', 'ec2', 'terminate-instances', unknown('"$@"', [undefined], true));
    assert.equal(rest?.mutation, 'destructive');
    assert.deepEqual(rest?.targets, [{ type: 'AWS::EC2::Instance', name: undefined, known: false }]);
    const [taken] = words('aws', 'ec2', 'terminate-instances', '--dry-run', unknown('"$@"', [undefined], true));
    assert.equal(taken?.mutation, 'destructive');
    const [object] = words('aws', 's3', 'rm', unknown('s3://$BUCKET/a', ['s3://', undefined, '/a']), '--recursive');
    assert.deepEqual(object?.targets.map((t) => [t.name, t.known]), [['s3://$BUCKET/a', false]]);
  });

  it('is unknown when the verb is', () => {
    for (const found of [
      words('aws', unknown('$SVC'), unknown('$OP')),
      words('aws', 'ec2', unknown('$OP'), '--instance-ids', 'i-1'),
      words('aws', unknown('"$@"', [undefined], true)),
      words('aws', 'ec2', unknown('$ARGS', [undefined], true)),
      words('aws', 'nosuch', 'thing'),
      words('aws', 'ec2', 'frobnicate-instances'),
      words('aws', 's3', 'nuke'),
      words('aws', 's3', 'ls', '--cli-auto-prompt'),
    ]) {
      assert.equal(found.length, 1);
      assert.equal(found[0]?.mutation, 'unknown');
      assert.deepEqual(found[0]?.effects, ['unknown']);
    }
    assert.match(words('aws', unknown('$SVC'), 'x')[0]?.unknowns.join() ?? '', /\$SVC/);
  });

  it('follows aliases, also those that shadow a built-in command', () => {
    const alias = files({ '/home/dev/.aws/cli/alias': '[toplevel]\nwhoami = sts get-caller-identity\ns3 = cloudformation delete-stack\n  --stack-name prod\nec2 = ec2 --region us-east-1\nnuke = drop\ndrop = iam delete-user\nloop = loop\n\n[command rds]\nkill = delete-db-instance --skip-final-snapshot\n' });
    assert.equal(one('aws whoami', alias).mutation, 'none');
    assert.deepEqual(names(one('aws s3 ls', alias)), ['prod']);
    assert.equal(one('aws s3 ls', alias).operation, 'cloudformation:DeleteStack');
    const own = one('aws ec2 stop-instances --instance-ids i-1', alias);
    assert.deepEqual([own.operation, own.context.region], ['ec2:StopInstances', 'us-east-1']);
    assert.deepEqual(names(one('aws nuke --user-name bob', alias)), ['bob']);
    assert.equal(one('aws loop', alias).mutation !== 'destructive', true);
    assert.deepEqual(one('aws rds kill --db-instance-identifier db', alias).guardsOff, ['--skip-final-snapshot']);
  });

  it('judges stacks: what only a preview can tell, what only plans, what deletes', () => {
    for (const line of ['update-stack --stack-name s --template-body file://t', 'deploy --stack-name s --template-file t', 'execute-change-set --change-set-name c --stack-name s', 'update-stack-set --stack-set-name s', 'rollback-stack --stack-name s']) {
      const o = one(`aws cloudformation ${line}`);
      assert.deepEqual([o.mutation, o.effects, o.previewDecides], ['modifying', ['unknown'], true], line);
    }
    assert.equal(one('aws cloudformation create-change-set --stack-name s --change-set-name c --template-body file://t').mutation, 'additive');
    assert.equal(one('aws cloudformation deploy --stack-name s --template-file t --no-execute-changeset').mutation, 'additive');
    assert.equal(one('aws cloudformation deploy --stack-name s --template-file t --no-execute-changeset --execute-changeset').previewDecides, true);
    assert.match(one('aws cloudformation delete-stack --stack-name s --retain-resources A B').reason, /except A, B/);
    assert.deepEqual(one('aws cloudformation delete-stack --stack-name s --deletion-mode FORCE_DELETE_STACK').guardsOff, ['--deletion-mode FORCE_DELETE_STACK']);
  });

  it('names guards that are switched off and offers the safer form', () => {
    const db = one('aws rds delete-db-instance --db-instance-identifier orders --skip-final-snapshot');
    assert.deepEqual(db.guardsOff, ['--skip-final-snapshot']);
    assert.equal(db.reversibility.kind, 'irreversible');
    assert.equal(db.saferForm?.replace, 'aws rds delete-db-instance --db-instance-identifier orders --no-skip-final-snapshot --final-db-snapshot-identifier orders-final');
    assert.equal(one('aws rds delete-db-instance --db-instance-identifier orders --final-db-snapshot-identifier f').reversibility.kind, 'recoverable');
    const secret = one('aws secretsmanager delete-secret --secret-id s --force-delete-without-recovery');
    assert.deepEqual([secret.reversibility.kind, secret.saferForm?.replace], ['irreversible', 'aws secretsmanager delete-secret --secret-id s --recovery-window-in-days 30']);
    assert.match(one('aws secretsmanager delete-secret --secret-id s --recovery-window-in-days 7').reversibility.until ?? '', /^7 days/);
    assert.match(one('aws kms schedule-key-deletion --key-id k').reversibility.until ?? '', /^30 days/);
    assert.equal(one('aws kms schedule-key-deletion --key-id k --pending-window-in-days 7').saferForm?.replace, 'aws kms disable-key --key-id k');
    assert.equal(one('aws s3 rb s3://b --force').saferForm?.replace, 'aws s3 rb s3://b');
    assert.deepEqual(one('aws ecr delete-repository --repository-name r --force').guardsOff, ['--force']);
  });

  it('sees a lock taken off, a resource opened and a service scaled to zero', () => {
    const effects = (line: string): string => `${one(line).mutation} ${one(line).effects.join('+')}`;
    assert.equal(effects('aws rds modify-db-cluster --db-cluster-identifier c --no-deletion-protection'), 'destructive guard-removal');
    assert.equal(effects('aws rds modify-db-cluster --db-cluster-identifier c --deletion-protection'), 'modifying ');
    assert.equal(effects('aws dynamodb update-table --table-name t --no-deletion-protection-enabled'), 'destructive guard-removal');
    assert.equal(effects('aws cognito-idp update-user-pool --user-pool-id p --deletion-protection INACTIVE'), 'destructive guard-removal');
    assert.equal(effects(`aws ec2 modify-instance-attribute --instance-id i --disable-api-termination '{"Value":false}'`), 'destructive guard-removal');
    assert.equal(effects('aws ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp --port 22 --cidr ::/0'), 'destructive exposure');
    assert.equal(effects('aws ecs update-service --service s --desired-count 0'), 'destructive outage');
    assert.equal(effects('aws ecs create-service --service-name s --desired-count 0'), 'additive ');
    assert.equal(effects('aws eks update-nodegroup-config --cluster-name c --nodegroup-name n --scaling-config desiredSize=0'), 'destructive outage');
    assert.equal(effects(`aws iam create-policy --policy-name p --policy-document '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'`), 'destructive exposure');
  });

  it('reads settings of an input file, and does not trust one that it can not read', () => {
    const context = files({ '/repo/in.json': '{"DBInstanceIdentifier":"db","DeletionProtection":false}', '/repo/asg.json': '{"AutoScalingGroupName":"g","DesiredCapacity":0}' });
    assert.deepEqual(one('aws rds modify-db-instance --cli-input-json file://in.json', context).effects, ['guard-removal']);
    assert.deepEqual(one('aws autoscaling update-auto-scaling-group --cli-input-json file://asg.json', context).effects, ['outage']);
    assert.equal(one('aws rds modify-db-instance --cli-input-json file://gone.json', context).mutation, 'unknown');
  });

  it('tells SQL that reads from SQL that destroys', () => {
    const run = (sql: string): string => one(`aws redshift-data execute-statement --sql "${sql}"`).mutation;
    assert.equal(run('select 1; show tables'), 'none');
    assert.equal(run("select 'drop table x' -- drop"), 'none');
    assert.equal(run("select 1 -- it's\n; drop table t"), 'destructive', 'a comment ends with its line, and a quote in it opens nothing');
    assert.equal(run('select 1; drop table t'), 'destructive');
    assert.equal(run('delete from t'), 'destructive');
    assert.equal(run('with a as (select 1) delete from t'), 'destructive');
    assert.equal(run('update t set a = 1'), 'destructive');
    assert.equal(run('update t set a = 1 where b = 2'), 'modifying');
    assert.equal(run('call p()'), 'unknown');
    assert.equal(run(`select 1 ${'/*'.repeat(15_000)}`), 'none', 'a comment that never ends takes the rest');
    assert.equal(run(`select 1 ${'-'.repeat(250_000)}`), 'unknown', 'too long a text is not judged');
  });

  it('knows both names of a command that has two, and those that split one operation', () => {
    assert.equal(one('aws mturk list-hits-for-qualification-type --qualification-type-id q').mutation, 'none');
    assert.equal(one('aws mturk list-hi-ts-for-qualification-type --qualification-type-id q').mutation, 'none');
    assert.equal(one('aws rds add-option-to-option-group --option-group-name g --options OptionName=X').mutation, 'modifying');
    assert.deepEqual(names(one('aws rds remove-option-from-option-group --option-group-name g --options X')), ['g']);
  });

  it('uses the endpoint variable of the service id', () => {
    const env = { AWS_ENDPOINT_URL_SFN: 'http://sfn', AWS_ENDPOINT_URL_S3: 'http://s3' };
    assert.equal(one('aws stepfunctions list-state-machines', { ...HERE, env }).context.endpoint, 'http://sfn');
    assert.equal(one('aws s3 rm s3://b/a', { ...HERE, env }).context.endpoint, 'http://s3');
    assert.equal(one('aws s3api delete-bucket --bucket b', { ...HERE, env }).context.endpoint, 'http://s3');
  });

  it('always answers, whatever the words are', () => {
    const pool = ['s3', 'rm', 'ec2', 'terminate-instances', '--dry-run', '--', '-', '', '--=', '--region', '--x=', '=', '{', '["', 'file://', 's3://', 'help', '--cli-input-json', '{"a":', '--policy-document', 'null', '[]', 'arn:', '__proto__', 'constructor', 'cloudformation', 'deploy', 'toString', '\n', '--no-', 'rds-data', 'execute-statement', '--sql', "'", 'configure'];
    const word = fc.oneof(fc.constantFrom(...pool), fc.string({ maxLength: 8 }));
    fc.assert(fc.property(fc.array(word, { maxLength: 8 }), fc.nat(7), (argv, at) => {
      const list = argv.map((a, i) => (i === at ? unknown(`$${a}`, [undefined], a.length % 2 === 0) : a));
      for (const found of [words('aws', ...argv), words('aws', ...list)]) {
        assert.ok(found.length > 0);
        for (const f of found) assert.ok(f.reason.length > 0 && f.operation.includes(':'));
      }
    }), { numRuns: 1000 });
  });
});
