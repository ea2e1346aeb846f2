import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { detectArgv } from '../../src/detect/detect';
import type { DetectContext } from '../../src/detect/invocation';
import type { Effect, Mutation, Operation } from '../../src/model';
import { splitAlias } from '../../src/detect/tools/aws/alias';

const FILES: Readonly<Record<string, string>> = {
  '/w/zero': '0\n', '/w/suspended': 'Suspended',
  '/w/p.json': '{\n  "Add": [\n    {\n      "Group": "all"\n    }\n  ]\n}\n',
  '/w/open.json': '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}',
};
const HERE: DetectContext = { cwd: '/w', home: '/h', env: {}, readFile: (file) => FILES[file] };

const all = (line: string, context = HERE): Operation[] => detectArgv(['aws', ...(splitAlias(line) ?? [])], context);
const worst = (line: string): Mutation => {
  const order: readonly Mutation[] = ['none', 'additive', 'modifying', 'unknown', 'destructive'];
  return order[Math.max(...all(line).map((o) => order.indexOf(o.mutation)))] ?? 'none';
};
const each = (want: Mutation, lines: readonly string[]): void => {
  assert.deepEqual(lines.map((l) => `${worst(l)}: ${l}`), lines.map((l) => `${want}: ${l}`));
};
/** The same parameters as the AWS CLI takes them whole. */
const input = (command: string, value: object, effect: Effect): void => {
  const line = `${command} --cli-input-json '${JSON.stringify(value)}'`;
  assert.deepEqual(all(line).map((o) => [o.mutation, o.effects[0]]), [['destructive', effect]], line);
};

describe('what the AWS CLI makes of the value of an option', () => {
  it('judges every command of a list in shorthand, also behind a comma and a bracket in quotes', () => {
    const send = 'ssm send-command --document-name AWS-RunShellScript --instance-ids i --parameters';
    for (const parameters of [`"commands='ls','rm -rf /data'"`, `'commands="ls","rm -rf /data"'`, `'commands=["echo ]","rm -rf /data"]'`, `'{"commands":["ls","rm -rf /data"]}'`]) {
      assert.equal(worst(`${send} ${parameters}`), 'destructive', parameters);
    }
    assert.equal(worst(`${send} "commands='ls','df -h'"`), 'none');
    assert.equal(worst(`ecs run-task --task-definition t --overrides "containerOverrides=[{name=a,command='sh','-c','rm -rf /data'}]"`), 'unknown');
    assert.equal(worst(`ecs run-task --task-definition t --overrides 'containerOverrides=[{name=a,command=["sh","-c","rm -rf /data"]}]'`), 'destructive');
    assert.equal(worst(`ecs execute-command --cluster c --task t --command 'A=1 rm -rf /data'`), 'destructive');
  });

  it('compares numbers, however they are written', () => {
    each('destructive', [
      'rds modify-db-instance --db-instance-identifier d --backup-retention-period 00', 'rds modify-db-instance --db-instance-identifier d --backup-retention-period file://zero',
      'rds modify-db-instance --db-instance-identifier d --backup-retention-period 0_0', 'ecs update-service --service s --desired-count 00', 'ecs update-service --service s --desired-count +0',
      'lambda put-function-concurrency --function-name f --reserved-concurrent-executions 00', 'autoscaling update-auto-scaling-group --auto-scaling-group-name g --max-size 00',
      'eks update-nodegroup-config --cluster-name c --nodegroup-name n --scaling-config desiredSize=00', 'eks update-nodegroup-config --cluster-name c --nodegroup-name n --scaling-config maxSize=5,desiredSize=0',
    ]);
    each('unknown', ['ecs update-service --service s --desired-count ٠']);
    each('modifying', ['ecs update-service --service s --desired-count 10', 'rds modify-db-instance --db-instance-identifier d --backup-retention-period 07']);
  });

  it('reads JSON for what it says: escaped names, and shorthand for the same', () => {
    each('destructive', [
      `dynamodb batch-write-item --request-items 'T=[{DeleteRequest={Key={id={S=1}}}}]'`, `dynamodb batch-write-item --request-items '{"T":[{"\\u0044eleteRequest":{"Key":{}}}]}'`,
      `dynamodb transact-write-items --transact-items '[{"\\u0044elete":{"TableName":"t","Key":{}}}]'`, `dynamodb update-table --table-name t --replica-updates '[{"\\u0044elete":{"RegionName":"x"}}]'`,
      `dynamodb update-table --table-name t --replica-updates 'Delete={RegionName=x}'`, `s3api put-bucket-lifecycle-configuration --bucket b --lifecycle-configuration '{"Rules":[{"\\u0045xpiration":{"Days":1}}]}'`,
      `scheduler create-schedule --name n --schedule-expression x --flexible-time-window Mode=OFF --target '{"Arn":"arn:aws:scheduler:::aws\\u002dsdk:ec2:terminateInstances","RoleArn":"r","Input":"{}"}'`,
    ]);
    const record = (action: string): string => `route53 change-resource-record-sets --hosted-zone-id Z --change-batch '{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a"}},{"Action":"${action}","ResourceRecordSet":{"Name":"x.example"}}]}'`;
    assert.match(all(record('\\u0044ELETE'))[0]?.reason ?? '', /^Deletes DNS records \(a, x\.example\)/);
    assert.equal(worst(record('CREATE')), 'additive');
    each('modifying', [`dynamodb batch-write-item --request-items 'T=[{PutRequest={Item={id={S=DeleteRequest}}}}]'`, `dynamodb transact-write-items --transact-items '[{"Put":{"TableName":"Delete","Item":{}}}]'`]);
  });

  it('asks where a value that decides can not be read, and only there', () => {
    each('unknown', [
      `s3api put-bucket-versioning --bucket b --versioning-configuration 'Status@=file://gone'`, 's3api put-bucket-versioning --bucket b --versioning-configuration file:///dev/stdin',
      's3api put-bucket-versioning --bucket b --versioning-configuration http://h/x', 'iam update-access-key --access-key-id k --status http://h/x', 's3api put-bucket-policy --bucket b --policy http://h/x',
      's3api put-bucket-policy --bucket b --policy file://gone.json', 'iam create-policy --policy-name p --policy-document file://gone.json', 'rds modify-db-instance --db-instance-identifier d --backup-retention-period file://gone',
    ]);
    each('destructive', [`s3api put-bucket-versioning --bucket b --versioning-configuration 'Status@=file://suspended'`, 's3api put-bucket-policy --bucket b --policy file://open.json']);
    each('modifying', ['iam update-access-key --access-key-id k --status Active', 'rds modify-db-instance --db-instance-identifier d --master-user-password file://gone', 'iam update-role --role-name r --description http://h/x']);
    each('additive', ['ecr create-repository --repository-name r --tags file://gone', 'ecs register-task-definition --cli-input-json file://gone.json']);
    const [found] = all('s3api put-bucket-policy --bucket b --policy file://gone.json');
    assert.match(found?.unknowns.join() ?? '', /the value of --policy/);
  });

  it('judges the members of an input as it judges the options', () => {
    input('iam update-access-key', { AccessKeyId: 'k', Status: 'Inactive' }, 'access-loss');
    input('ec2 authorize-security-group-ingress', { GroupId: 'g', IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] }, 'exposure');
    input('ec2 authorize-security-group-ingress', { GroupId: 'g', IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' }, 'exposure');
    input('rds modify-db-instance', { DBInstanceIdentifier: 'd', NewDBInstanceIdentifier: 'e' }, 'identity-loss');
    input('ec2 modify-instance-attribute', { InstanceId: 'i', DisableApiTermination: { Value: false } }, 'guard-removal');
    input('cognito-idp update-user-pool', { UserPoolId: 'p', DeletionProtection: 'INACTIVE' }, 'guard-removal');
    input('s3api put-bucket-policy', { Bucket: 'b', Policy: FILES['/w/open.json'] }, 'exposure');
    input('iam put-role-policy', { RoleName: 'r', PolicyName: 'p', PolicyDocument: '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}' }, 'exposure');
    input('lambda add-permission', { FunctionName: 'f', StatementId: 's', Action: 'lambda:InvokeFunction', Principal: '*' }, 'exposure');
    input('ec2 modify-snapshot-attribute', { SnapshotId: 's', CreateVolumePermission: { Add: [{ Group: 'all' }] } }, 'exposure');
    input('elbv2 modify-load-balancer-attributes', { LoadBalancerArn: 'a', Attributes: [{ Key: 'deletion_protection.enabled', Value: 'false' }] }, 'guard-removal');
    input('cloudtrail update-trail', { Name: 't', IsMultiRegionTrail: false }, 'guard-removal');
    input('guardduty update-detector', { DetectorId: 'd', Enable: false }, 'guard-removal');
    input('events put-rule', { Name: 'r', State: 'DISABLED' }, 'outage');
    input('s3api put-object-legal-hold', { Bucket: 'b', Key: 'k', LegalHold: { Status: 'OFF' } }, 'guard-removal');
    input('eks update-nodegroup-config', { clusterName: 'c', nodegroupName: 'n', scalingConfig: { desiredSize: 0 } }, 'outage');
    input('verifiedpermissions update-policy-store', { policyStoreId: 's', deletionProtection: 'DISABLED' }, 'guard-removal');
  });

  it('knows what a rule of a security group opens: its ports, its addresses, each of several', () => {
    const open = 'ec2 authorize-security-group-ingress --group-id g';
    each('destructive', [
      `${open} --protocol all --port 443 --cidr 0.0.0.0/0`, `${open} --ip-permissions 'IpProtocol=tcp,FromPort=80,ToPort=65535,IpRanges=[{CidrIp=0.0.0.0/0}]'`, `${open} --protocol tcp --port 443-9000 --cidr 0.0.0.0/0`,
      `${open} --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,IpRanges=[{CidrIp=0.0.0.0/0}]' 'IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{CidrIp=0.0.0.0/0}]'`,
      `${open} --protocol tcp --port 22 --cidr 8.8.8.8/0`, `${open} --protocol tcp --port 22 --cidr 0.0.0.0/1`, `${open} --ip-permissions 'IpProtocol=tcp,FromPort=22,ToPort=22,Ipv6Ranges=[{CidrIpv6=::/0}]'`,
      `ec2 modify-security-group-rules --group-id g --security-group-rules 'SecurityGroupRuleId=sgr-1,SecurityGroupRule={IpProtocol=-1,CidrIpv4=0.0.0.0/0}'`,
    ]);
    each('additive', [`${open} --protocol tcp --port 443 --cidr 0.0.0.0/0`, `${open} --protocol tcp --port 22 --cidr 10.0.0.0/8`, `${open} --protocol tcp --port 5432 --source-group sg-2`, `${open} --ip-permissions 'IpProtocol=tcp,FromPort=80,ToPort=80,IpRanges=[{CidrIp=0.0.0.0/0}]'`]);
    each('unknown', [`${open} --ip-permissions file://gone.json`]);
  });

  it('sees a door opened or a lock left off in whatever order and form it is written', () => {
    const statement = (s: object): string => `'${JSON.stringify({ Statement: [s] })}'`;
    each('destructive', [
      's3api put-public-access-block --bucket b --public-access-block-configuration BlockPublicAcls=true', 'ec2 modify-snapshot-attribute --snapshot-id s --create-volume-permission file://p.json',
      'ec2 modify-image-attribute --image-id i --launch-permission file://p.json', 'ec2 modify-image-attribute --image-id i --launch-permission Add=[{Group=all}]',
      'elbv2 modify-load-balancer-attributes --load-balancer-arn a --attributes Value=false,Key=deletion_protection.enabled',
      `s3api put-bucket-policy --bucket b --policy ${statement({ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*', Condition: {} })}`,
      `iam put-role-policy --role-name r --policy-name p --policy-document ${statement({ Effect: 'Allow', Action: '*:*', Resource: '*' })}`, `iam put-role-policy --role-name r --policy-name p --policy-document ${statement({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })}`,
      's3api copy-object --bucket b --key k --copy-source a/k --acl public-read', 's3api create-multipart-upload --bucket b --key k --acl public-read',
      `sns set-topic-attributes --topic-arn t --attribute-name Policy --attribute-value file://open.json`, `sqs set-queue-attributes --queue-url https://q --attributes '${JSON.stringify({ Policy: FILES['/w/open.json'] })}'`,
      'lambda update-function-url-config --function-name f --auth-type NONE', `lambda add-permission --function-name f --statement-id s --action lambda:InvokeFunction --principal '*' --source-account ''`,
      `cloudformation set-stack-policy --stack-name s --stack-policy-body '{"Statement":[{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"},{"Effect":"Deny","Action":"Update:Idle","Principal":"*","Resource":"*"}]}'`,
    ]);
    each('modifying', [
      's3api put-public-access-block --bucket b --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
      `cloudformation set-stack-policy --stack-name s --stack-policy-body '{"Statement":[{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"},{"Effect":"Deny","Action":"Update:Replace","Principal":"*","Resource":"LogicalResourceId/Db"}]}'`,
      `s3api put-bucket-policy --bucket b --policy ${statement({ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })}`,
    ]);
  });

  it('knows what expires, ends, overwrites or locks out by a setting', () => {
    each('destructive', [
      'imagebuilder start-resource-state-update --resource-arn a --state status=DELETED', 'backup update-recovery-point-lifecycle --backup-vault-name v --recovery-point-arn a --lifecycle DeleteAfterDays=1',
      `ecr put-lifecycle-policy --repository-name r --lifecycle-policy-text '{"rules":[{"action":{"type":"expire"}}]}'`, 'dynamodb update-time-to-live --table-name t --time-to-live-specification Enabled=true,AttributeName=e',
      'sqs set-queue-attributes --queue-url https://q --attributes MessageRetentionPeriod=60', 'dms start-replication-task --replication-task-arn a --start-replication-task-type reload-target',
      'elasticache modify-replication-group --replication-group-id g --snapshot-retention-limit 0', 'cloudformation signal-resource --stack-name s --logical-resource-id l --unique-id u --status FAILURE',
      'apigateway put-rest-api --rest-api-id a --mode overwrite --body fileb://x', 'apigateway update-rest-api --rest-api-id a --patch-operations op=remove,path=/policy',
      'iam attach-user-policy --user-name u --policy-arn arn:aws:iam::aws:policy/AWSDenyAll', `iam update-assume-role-policy --role-name r --policy-document '{"Version":"2012-10-17","Statement":[]}'`,
      'application-autoscaling register-scalable-target --service-namespace ecs --resource-id r --scalable-dimension d --min-capacity 0 --max-capacity 0',
    ]);
    each('modifying', ['sqs set-queue-attributes --queue-url https://q --attributes VisibilityTimeout=60', 'apigateway update-rest-api --rest-api-id a --patch-operations op=replace,path=/name,value=n', 'dynamodb update-time-to-live --table-name t --time-to-live-specification Enabled=false,AttributeName=e']);
    each('additive', ['iam attach-user-policy --user-name u --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess', 'application-autoscaling register-scalable-target --service-namespace ecs --resource-id r --scalable-dimension d --min-capacity 1 --max-capacity 4']);
  });

  it('takes the options of aws s3 from the CLI’s own table, and does not know what another would take', () => {
    each('destructive', ['s3 mv --validate-same-s3-paths s3://bbb2/f /tmp/y', 's3 cp s s3://b/h --grant read=uri=http://acs.amazonaws.com/groups/global/AllUsers', 's3 mv --request-payer requester s3://b/f /tmp/y']);
    each('unknown', ['s3 cp --no-such s3://b/f /tmp/y', 's3 cp f s3://b/f --acl http://h/x']);
    each('none', ['s3 cp s3://b/f /tmp/y --no-overwrite', 's3 cp --sse AES256 s3://b/f /tmp/y', 's3 cp s3://b/f /tmp/y --exclude x --include y']);
    each('modifying', ['s3 cp f s3://b/f --sse AES256 --metadata a=b', 's3 cp --sse aws:kms f s3://b/f', 's3 sync . s3://b --grants read=id=1']);
  });

  it('does not take the end of a long chain of aliases for a word that names nothing', () => {
    const chain = Array.from({ length: 12 }, (_, i) => `a${i} = a${i + 1}`).join('\n');
    const alias = { ...HERE, readFile: (file: string) => (file === '/h/.aws/cli/alias' ? `[toplevel]\n${chain}\na12 = ec2 terminate-instances --instance-ids i-1\n` : undefined) };
    assert.ok(all('a0', alias).every((o) => o.mutation === 'destructive' || o.mutation === 'unknown'));
    assert.ok(all('a0 x', alias).length > 0);
  });

  it('never searches the raw text of an option', () => {
    const folder = 'src/detect/tools/aws';
    const files = readdirSync(folder).filter((f) => /^(?:special|doors)/.test(f));
    assert.ok(files.length >= 6);
    const wrong = files.flatMap((file) => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      // SQL is a language of its own, with its own reader.
      const rest = text.replace(/const sql = [^]*?\n};\n/, '').replace(/import \{[^}]*\} from '[^']*';/g, '');
      return rest.split('\n').flatMap((line, i) => (/\b(?:optionText|optionList|optionWords|structureMember|readObject|readParameter)\b|\.raw\b.*(?:test|match|exec)\(/.test(line) ? [`${file}: ${i}: ${line.trim().slice(0, 90)}`] : []));
    });
    assert.deepEqual(wrong, []);
  });
});
