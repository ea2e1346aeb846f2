import type { Finding } from '../../invocation';
import { nameOf, PUBLIC_ACLS, targetNames } from './call';
import { changedRules, ingressRules, openedPorts } from './network';
import type { AwsParameters, Part } from './parameters';
import { statementsOf } from './policy';
import type { Refinement } from './refinement';

/** AWS managed policies that let their holder do nearly everything. Source: IAM user guide, "AWS managed policies for job functions". */
const ALMIGHTY = ['AdministratorAccess', 'PowerUserAccess', 'IAMFullAccess'];
/** Groups of S3 that hold everybody. Source: S3 user guide, "Amazon S3 predefined groups". */
const EVERYBODY = ['/groups/global/AllUsers', '/groups/global/AuthenticatedUsers'];
const GRANTS = ['GrantRead', 'GrantWrite', 'GrantFullControl', 'GrantReadACP', 'GrantWriteACP'];

const attach: Refinement = ({ params }, base) => {
  const arn = params.at('PolicyArn').text()?.trim() ?? '';
  const holder = targetNames(base.targets.filter((t) => t.type !== 'AWS::IAM::Policy')) ?? 'it';
  if (ALMIGHTY.some((name) => arn.endsWith(`:policy/${name}`))) return exposed(base, [`--policy-arn ${arn}`], `Gives ${holder} nearly every right in the account.`);
  return arn.endsWith(':policy/AWSDenyAll') ? lockedOut(base, 'Detach the policy again.', `Takes every right from ${holder}.`) : base;
};

const rules = (read: (params: AwsParameters) => ReturnType<typeof ingressRules>): Refinement => ({ params }, base) => {
  const ports = openedPorts(read(params));
  if (ports === undefined) return base;
  return {
    ...exposed(base, ['0.0.0.0/0'], `Opens ${ports} of ${nameOf(base)} to the whole internet.`),
    reversibility: { kind: 'reversible', how: 'Take the rule away again with `revoke-security-group-ingress`.' },
  };
};

const isEverybodys = (text: string | undefined): boolean => text !== undefined && EVERYBODY.some((group) => text.includes(group));

const publicAcl: Refinement = ({ params }, base) => {
  const granted = GRANTS.some((member) => isEverybodys(params.at(member).text()))
    || params.at('AccessControlPolicy').at('Grants').items().some((grant) => isEverybodys(grant.at('Grantee').at('URI').text()));
  const acl = params.at('ACL');
  if (!granted && !acl.is(...PUBLIC_ACLS)) return base;
  return exposed(base, [granted ? 'a grant to everybody' : `--acl ${acl.shown() ?? ''}`], `Lets anybody read ${nameOf(base)}.`);
};

// What is left out counts as false. Source: API reference, PublicAccessBlockConfiguration.
const blockPublic: Refinement = ({ params }, base) => {
  const block = params.at('PublicAccessBlockConfiguration');
  const off = block.given ? ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'].filter((m) => block.at(m).bool() !== true) : [];
  return off.length > 0
    ? { ...exposed(base, off.map((m) => `${m}=false`), `Public access to ${nameOf(base)} is no longer blocked.`), effects: ['exposure', 'guard-removal'] }
    : base;
};

const instanceAttribute: Refinement = ({ params }, base) => {
  const isOff = (member: string, name: string): boolean => params.at(member).bool() === false || (params.at('Attribute').is(name) && params.at('Value').bool() === false);
  if (!isOff('DisableApiTermination', 'disableApiTermination') && !isOff('DisableApiStop', 'disableApiStop')) return base;
  return {
    ...base,
    mutation: 'destructive',
    effects: ['guard-removal'],
    reversibility: { kind: 'reversible', how: 'Switch the protection on again.' },
    guardsOff: ['--no-disable-api-termination'],
    reason: `Takes the protection against termination off instance ${nameOf(base)}.`,
  };
};

const isWithAll = (list: Part): boolean => list.items().some((one) => one.is('all'));

const shareWithAll: Refinement = ({ params }, base) => {
  const added = ['LaunchPermission', 'CreateVolumePermission'].some((m) => params.at(m).at('Add').items().some((one) => one.at('Group').is('all')));
  const named = isWithAll(params.at('ValuesToAdd')) || (['GroupNames', 'UserGroups'].some((m) => isWithAll(params.at(m))) && !params.at('OperationType').is('remove'));
  return added || named ? exposed(base, ['all'], `Shares ${nameOf(base)} with every AWS account.`) : base;
};

const switchedOff = (off: (params: AwsParameters) => string | undefined, reason: string): Refinement => ({ params }, base) => {
  const what = off(params);
  return what === undefined
    ? base
    : { ...base, mutation: 'destructive', effects: ['guard-removal'], reversibility: { kind: 'reversible', how: 'Switch it on again; what happened meanwhile stays unrecorded.' }, guardsOff: [what], reason: `${reason} (${nameOf(base)}).` };
};
const isFalse = (...members: readonly string[]) => (params: AwsParameters): string | undefined => members.find((m) => params.at(m).bool() === false);

const isUnprotected = (params: AwsParameters): boolean => params.at('Attributes').items().some((a) => a.at('Key').is('deletion_protection.enabled') && a.at('Value').bool() === false);

/** Who may do what, and what watches it. Source: the API reference of each operation. */
export const accessRefinements: Readonly<Record<string, Refinement>> = {
  'iam:AttachUserPolicy': attach,
  'iam:AttachRolePolicy': attach,
  'iam:AttachGroupPolicy': attach,
  'iam:UpdateAccessKey': ({ params }, base) => (params.at('Status').is('Inactive') ? lockedOut(base, 'Set the status to Active again.', `Whatever uses access key ${nameOf(base)} is locked out.`) : base),
  'iam:UpdateAssumeRolePolicy': ({ params }, base) => {
    const document = params.at('PolicyDocument').json();
    return document.names().length > 0 && !statementsOf(document).some((s) => s.at('Effect').is('Allow')) ? lockedOut(base, 'Put the former policy back.', `Nobody may take on ${nameOf(base)} any more.`) : base;
  },
  'ec2:AuthorizeSecurityGroupIngress': rules(ingressRules),
  'ec2:ModifySecurityGroupRules': rules(changedRules),
  'ec2:ModifyInstanceAttribute': instanceAttribute,
  'ec2:ModifySnapshotAttribute': shareWithAll,
  'ec2:ModifyImageAttribute': shareWithAll,
  'rds:ModifyDBSnapshotAttribute': shareWithAll,
  'rds:ModifyDBClusterSnapshotAttribute': shareWithAll,
  'ec2:ModifyInstanceMetadataOptions': switchedOff((params) => (params.at('HttpTokens').is('optional') ? '--http-tokens optional' : undefined), 'Credentials of the instance can be read without a token again'),
  's3api:PutBucketAcl': publicAcl,
  's3api:PutObjectAcl': publicAcl,
  's3api:PutObject': publicAcl,
  's3api:CopyObject': publicAcl,
  's3api:CreateMultipartUpload': publicAcl,
  's3api:CreateBucket': publicAcl,
  's3api:PutPublicAccessBlock': blockPublic,
  's3control:PutPublicAccessBlock': blockPublic,
  's3api:PutObjectLegalHold': switchedOff((params) => (params.at('LegalHold').at('Status').is('OFF') ? 'Status=OFF' : undefined), 'Takes the legal hold off'),
  's3api:PutObjectRetention': switchedOff((params) => (params.at('BypassGovernanceRetention').bool() === true ? '--bypass-governance-retention' : undefined), 'Shortens or ends a retention'),
  'lambda:AddPermission': ({ params }, base) => (params.at('Principal').is('*') && !['SourceArn', 'SourceAccount', 'PrincipalOrgID'].some((m) => (params.at(m).text() ?? '').trim() !== '')
    ? exposed(base, ['--principal *'], `Lets everybody call ${nameOf(base)}.`)
    : base),
  'lambda:UpdateFunctionUrlConfig': ({ params }, base) => (params.at('AuthType').is('NONE') ? exposed(base, ['--auth-type NONE'], `Lets everybody call the address of ${nameOf(base)}, as far as its policy does.`) : base),
  'cloudtrail:UpdateTrail': switchedOff(isFalse('IsMultiRegionTrail', 'EnableLogFileValidation', 'IncludeGlobalServiceEvents', 'IsOrganizationTrail'), 'The trail records or proves less'),
  'cloudtrail:PutEventSelectors': switchedOff((params) => (params.at('EventSelectors').items().some((s) => s.at('IncludeManagementEvents').bool() === false) ? 'IncludeManagementEvents=false' : undefined), 'Management calls are no longer recorded'),
  'guardduty:UpdateDetector': switchedOff(isFalse('Enable'), 'Threats are no longer looked for'),
  'cloudwatch:PutMetricAlarm': switchedOff(isFalse('ActionsEnabled'), 'The alarm no longer tells anybody'),
  'elbv2:ModifyLoadBalancerAttributes': switchedOff((params) => (isUnprotected(params) ? 'deletion_protection.enabled=false' : undefined), 'Takes the protection against deletion off the load balancer'),
};

function exposed(base: Finding, guardsOff: readonly string[], reason: string): Finding {
  return { ...base, mutation: 'destructive', effects: ['exposure'], reversibility: { kind: 'recoverable', how: 'Take it back; what was seen or done meanwhile stays.' }, guardsOff, reason };
}

function lockedOut(base: Finding, how: string, reason: string): Finding {
  return { ...base, mutation: 'destructive', effects: ['access-loss'], reversibility: { kind: 'reversible', how }, reason };
}
