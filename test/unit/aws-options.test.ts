import assert from 'node:assert/strict';
import { detectArgv } from '../../src/detect/detect';
import type { DetectContext } from '../../src/detect/invocation';
import type { Operation } from '../../src/model';
import { environmentsAt, placeOf } from '../../src/rules/environment';

/** The one operation of a command line, whose words are separated by blanks. */
function only(line: string, more: Partial<DetectContext> = {}): Operation {
  const found = detectArgv(['aws', ...line.split(' ')], { cwd: '/w', home: '/h', env: {}, ...more });
  assert.equal(found.length, 1, line);
  return found[0]!;
}

const files = (all: Readonly<Record<string, string>>): Partial<DetectContext> => ({ readFile: (file) => all[file] });

describe('options of the AWS CLI', () => {
  it('takes back a dry run by any beginning of --no-dry-run', () => {
    for (const off of ['--no-d', '--no-dry', '--no-dry-run']) assert.equal(only(`ec2 terminate-instances --instance-ids i-1 --dry-run ${off}`).mutation, 'destructive', off);
    assert.equal(only('ec2 terminate-instances --instance-ids i-1 --no-dry-run --dry-run').mutation, 'none');
    assert.equal(only('ec2 terminate-instances --instance-ids i-1 --dry-run=true').mutation, 'destructive');
  });

  it('sees a protection taken off, a snapshot skipped and a switch thrown by any beginning of the option, and in the input', () => {
    assert.deepEqual(only('rds modify-db-cluster --db-cluster-identifier c --no-dele').effects, ['guard-removal']);
    assert.deepEqual(only('ec2 modify-instance-attribute --instance-id i-1 --no-disable-api-t').effects, ['guard-removal']);
    for (const skip of ['--no-skip-final-snapshot --skip', '--skip-fin', '--cli-input-json {"SkipFinalSnapshot":true}']) {
      assert.deepEqual(only(`rds delete-db-instance --db-instance-identifier d ${skip}`).guardsOff, ['--skip-final-snapshot'], skip);
    }
    assert.deepEqual(only('secretsmanager delete-secret --secret-id s --cli-input-json {"ForceDeleteWithoutRecovery":true}').guardsOff, ['--force-delete-without-recovery']);
    assert.deepEqual(only('cloudformation update-termination-protection --stack-name s --enable-term --no-ena').effects, ['guard-removal']);
  });

  it('takes the last of an option however it is spelled', () => {
    assert.equal(only('cloudformation delete-stack --stack-name dev --stack-n prod').targets[0]?.name, 'prod');
    assert.equal(only('cloudformation delete-stack --stack-n dev --stack-name prod').targets[0]?.name, 'prod');
    assert.equal(only('ec2 terminate-instances --i i-1 i-2').targets.map((t) => t.name).join(), 'i-1,i-2');
  });

  it('takes the last input, and its members only where no option says otherwise', () => {
    const dry = '{"DryRun":true,"InstanceIds":["i-1"]}';
    const real = '{"DryRun":false,"InstanceIds":["i-2"]}';
    assert.equal(only(`ec2 terminate-instances --cli-input-json ${dry}`).mutation, 'none');
    assert.equal(only(`ec2 terminate-instances --cli-input-json ${dry} --cli-input-j ${real}`).mutation, 'destructive');
    assert.equal(only(`ec2 terminate-instances --cli-input-json ${dry} --no-d`).mutation, 'destructive');
    assert.notEqual(only(`ec2 terminate-instances --cli-input-json ${dry} --cli-input-yaml ${dry}`).mutation, 'none');
  });

  it('does not take the whole name of one option for the beginning of another', () => {
    const found = only('codeartifact delete-domain --domain shop --domain-owner 123456789012');
    assert.ok(found.targets.some((t) => t.name === 'shop'));
    assert.ok(!only('codeartifact delete-domain --domain shop').targets.some((t) => t.type === 'domain-owner'));
  });

  it('believes nothing behind a bare -- that would keep a change from happening', () => {
    for (const line of [
      '-- s3api delete-object --bucket b --key k --version 3', 's3api -- delete-object --bucket b --key k --version 3',
      's3api delete-object -- --bucket b --key k --version 3', 's3 sync --delete -- --dryrun s3://b', 'ec2 terminate-instances -- --instance-ids i-1 --dry-run',
      'cloudformation deploy --stack-name s --template-file t -- --no-execute-changeset', 'ec2 terminate-instances -- --instance-ids i-1 --generate-cli-skeleton',
    ]) assert.ok(['destructive', 'modifying', 'unknown'].includes(only(line).mutation), line);
    assert.equal(only('ec2 describe-instances -- --instance-ids i-1').mutation, 'none');
  });

  it('knows a folder called help from a request for help', () => {
    assert.equal(only('s3 sync help s3://bucket --delete').mutation, 'destructive');
    assert.equal(only('s3 mv help s3://bucket/').mutation, 'modifying');
    assert.equal(only('s3 sync help').mutation, 'none');
    assert.equal(only('ec2 terminate-instances help').mutation, 'none');
  });

  it('takes global options shortened, wherever they stand', () => {
    const found = only('cloudformation delete-stack --re eu-west-1 --stack-name s --p prod --reg=us-east-1');
    assert.deepEqual([found.context.region, found.context.profile, found.targets[0]?.name], ['us-east-1', 'prod', 's']);
    const [odd] = detectArgv(['aws', 'ec2', 'stop-instances', '--instance-ids', 'i-1', '--profile', '', '--re', '--x=a b'], { cwd: '/', env: { AWS_PROFILE: 'prod' } });
    assert.deepEqual([odd?.context.profile, odd?.context.region], ['prod', '--x=a b']);
  });

  it('does not know what an address as a parameter stands for: version 1 fetches it', () => {
    assert.deepEqual(only('cloudformation delete-stack --stack-name http://h/name').targets.map((t) => t.known), [false]);
    assert.deepEqual(only('sqs delete-queue --queue-url https://sqs.us-east-1.amazonaws.com/1/q').targets.map((t) => t.known), [true]);
  });

  it('names both places where the versions of the AWS CLI would go to different ones', () => {
    const found = only('cloudformation delete-stack --stack-name s', { env: { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'eu-west-1', AWS_PROFILE: 'dev', AWS_DEFAULT_PROFILE: 'prod' } });
    assert.deepEqual([found.context.region, found.context.profile], [undefined, undefined]);
    assert.match(found.unknowns.join('; '), /the profile is prod or dev.*the region is eu-west-1 or us-east-1/);
    const place = placeOf(found);
    assert.deepEqual([place.region, place.profile], [['eu-west-1', 'us-east-1'], ['prod', 'dev']]);
    assert.equal(environmentsAt(place, [{ name: 'live', tier: 'production', match: { region: ['us-east-1'], profile: ['prod'] } } as never]).length, 1);
  });

  it('reads the region of the profile in the configuration file', () => {
    const config = files({ '/h/.aws/config': '[default]\nregion = eu-central-1\n[profile prod]\nRegion = us-west-2\n', '/h/.aws/credentials': '[both]\nregion = x\n' });
    assert.equal(only('ec2 terminate-instances --instance-ids i-1', config).context.region, 'eu-central-1');
    assert.equal(only('ec2 terminate-instances --instance-ids i-1 --profile prod', config).context.region, 'us-west-2');
    assert.equal(only('ec2 terminate-instances --instance-ids i-1', { ...config, env: { AWS_PROFILE: 'both' } }).context.region, 'x');
  });

  it('holds whatever auto-prompt may become, by option, variable or configuration', () => {
    assert.equal(only('s3 ls --cli-auto-prompt').mutation, 'unknown');
    assert.equal(only('s3 ls', { env: { AWS_CLI_AUTO_PROMPT: 'on-partial' } }).mutation, 'unknown');
    assert.equal(only('s3 ls', files({ '/h/.aws/config': '[default]\ncli_auto_prompt = on\n' })).mutation, 'unknown');
    assert.equal(only('s3 ls', { env: { AWS_CLI_AUTO_PROMPT: 'off' }, ...files({ '/h/.aws/config': '[default]\ncli_auto_prompt = on\n' }) }).mutation, 'none');
    assert.equal(only('s3 ls --no-cli-auto-prompt', { env: { AWS_CLI_AUTO_PROMPT: 'on' } }).mutation, 'none');
  });

  it('does not trust the names of operations whose models come from elsewhere', () => {
    assert.equal(only('ec2 describe-instances', { env: { AWS_DATA_PATH: '/tmp/m' } }).mutation, 'unknown');
    assert.equal(only('ec2 describe-instances', files({ '/h/.aws/config': '[default]\ndata_path=/tmp/m\n' })).mutation, 'unknown');
    assert.equal(only('configure add-model --service-model file://m.json').mutation, 'unknown');
    assert.equal(only('configure set data_path /tmp/m').mutation, 'unknown');
    assert.equal(only('configure set plugins.x y').mutation, 'unknown');
    assert.equal(only('configure set region eu-west-1').mutation, 'modifying');
  });

  it('judges the program that a setting would have every later command run', () => {
    const set = (value: string): Operation | undefined => detectArgv(['aws', 'configure', 'set', 'profile.x.credential_process', value], { cwd: '/', env: {} })[0];
    assert.equal(set('aws ec2 terminate-instances --instance-ids i-1')?.mutation, 'destructive');
    assert.equal(set('aws-vault exec x --json')?.mutation === 'destructive', false);
  });

  it('reads an alias file as Python does: indented headers, indented first keys', () => {
    const alias = files({ '/h/.aws/cli/alias': '  [toplevel]\n  s3 = ec2 terminate-instances --instance-ids i-1\n  who = sts get-caller-identity\n' });
    assert.equal(only('s3 ls', alias).operation, 'ec2:TerminateInstances');
    assert.equal(only('who', alias).mutation, 'none');
  });

  it('judges an alias of one service as itself, too: version 1 does not know it', () => {
    const found = detectArgv(['aws', 's3', 'rm', 's3://b/k'], { cwd: '/', home: '/h', env: {}, ...files({ '/h/.aws/cli/alias': '[command s3]\nrm = ls\n' }) });
    assert.ok(found.some((f) => f.mutation === 'destructive'));
  });

  it('finds the paths of aws s3 behind shortened flags and options with a value', () => {
    assert.deepEqual(only('s3 rm --recurs s3://b/k').targets.map((t) => t.name), ['s3://b/k']);
    assert.equal(only('s3 rm --dryrun s3://b/k --recursive').mutation, 'none');
    assert.deepEqual(only('s3 mv --case-conflict skip s3://a/x s3://b/x').targets.map((t) => t.name), ['s3://a/x', 's3://b/x']);
  });
});
