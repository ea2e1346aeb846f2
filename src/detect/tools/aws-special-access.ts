import type { Finding } from '../invocation';
import { flagState, optionList, optionText, optionWords, readObject, structureMember, targetNames, type AwsCall } from './aws-call';
import type { Refinement } from './aws-special';

/** Options that hold a policy document. Source: the models, members whose text is a policy. */
const POLICY_OPTIONS = ['policy', 'policy-document', 'resource-policy', 'policy-text', 'access-policies', 'assume-role-policy-document', 'policy-body', 'access-policy'];
/** AWS managed policies that let their holder do nearly everything. Source: IAM user guide, "AWS managed policies for job functions". */
const ALMIGHTY = /:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;
const ANYWHERE = /^(0\.0\.0\.0\/0|::\/0)$/;

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

/** The option whose policy opens something to everybody or allows everything, and how; undefined when none does or none can be read. */
export function openPolicy(call: AwsCall): { readonly option: string; readonly reason: string } | undefined {
  for (const option of POLICY_OPTIONS) {
    if (optionWords(call, option) === undefined) continue;
    const document = readObject(optionText(call, option) ?? '');
    const list = document?.['Statement'];
    const statements = (Array.isArray(list) ? list : list === undefined ? [] : [list]) as Statement[];
    for (const s of statements) {
      if (s.Effect !== 'Allow' || s.Condition !== undefined) continue;
      if (isEverybody(s.Principal)) return { option, reason: 'Lets everybody in, from any account' };
      if (s.Principal === undefined && isAll(s.Action) && isAll(s.Resource)) return { option, reason: 'Allows every action on every resource' };
    }
  }
  return undefined;
}

const attach: Refinement = (call, base) => (ALMIGHTY.test(optionText(call, 'policy-arn', 'PolicyArn') ?? '')
  ? exposed(base, [`--policy-arn ${optionText(call, 'policy-arn', 'PolicyArn') ?? ''}`], `Gives ${targetNames(base.targets.filter((t) => t.type !== 'AWS::IAM::Policy')) ?? 'it'} nearly every right in the account.`)
  : base);

const ingress: Refinement = (call, base) => {
  const cidrs = [optionText(call, 'cidr'), optionText(call, 'cidr-ip')].filter((c) => c !== undefined);
  const permissions = optionList(call, 'ip-permissions', 'IpPermissions') ?? '';
  const anywhere = cidrs.some((c) => ANYWHERE.test(c)) || /0\.0\.0\.0\/0|::\/0/.test(permissions);
  const port = optionText(call, 'port') ?? structureMember(permissions.replace(/^\[?\{?/, ''), 'FromPort') ?? /"FromPort"\s*:\s*(\d+)/.exec(permissions)?.[1];
  if (!anywhere || port === '80' || port === '443') return base;
  return {
    ...exposed(base, ['0.0.0.0/0'], `Opens ${port === undefined || port === 'all' || port === '-1' ? 'every port' : `port ${port}`} of ${nameOf(base)} to the whole internet.`),
    reversibility: { kind: 'reversible', how: 'Take the rule away again with `revoke-security-group-ingress`.' },
  };
};

const publicAcl: Refinement = (call, base) => {
  const acl = optionText(call, 'acl', 'ACL');
  const grants = ['grant-read', 'grant-write', 'grant-full-control', 'grant-read-acp', 'grant-write-acp', 'access-control-policy'].some((o) => /AllUsers|AuthenticatedUsers/.test(optionText(call, o) ?? ''));
  return grants || /^(public-read|public-read-write|authenticated-read)$/.test(acl ?? '')
    ? exposed(base, [acl === undefined ? 'a grant to everybody' : `--acl ${acl}`], `Lets anybody read ${nameOf(base)}.`)
    : base;
};

const blockPublic: Refinement = (call, base) => {
  const text = optionText(call, 'public-access-block-configuration', 'PublicAccessBlockConfiguration') ?? '';
  const off = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'].filter((m) => structureMember(text, m)?.toLowerCase() === 'false');
  return off.length > 0
    ? { ...exposed(base, off.map((m) => `${m}=false`), `Public access to ${nameOf(base)} is no longer blocked.`), effects: ['exposure', 'guard-removal'] }
    : base;
};

const instanceAttribute: Refinement = (call, base) => {
  const attribute = optionText(call, 'attribute') ?? '';
  const off = (option: string, name: string): boolean => {
    const value = optionText(call, option);
    return flagState(call, option) === 'off' || (value !== undefined && /false/i.test(structureMember(value, 'Value') ?? value)) || (attribute === name && /^false$/i.test(optionText(call, 'value') ?? ''));
  };
  if (!off('disable-api-termination', 'disableApiTermination') && !off('disable-api-stop', 'disableApiStop')) return base;
  return {
    ...base,
    mutation: 'destructive',
    effects: ['guard-removal'],
    reversibility: { kind: 'reversible', how: 'Switch the protection on again.' },
    guardsOff: ['--no-disable-api-termination'],
    reason: `Takes the protection against termination off instance ${nameOf(base)}.`,
  };
};

const shareWithAll: Refinement = (call, base) => {
  const shared = ['group-names', 'values-to-add', 'launch-permission', 'create-volume-permission', 'user-group'].some((o) => {
    const text = optionList(call, o) ?? '';
    return o === 'launch-permission' || o === 'create-volume-permission' ? /Add.*Group"?\s*[:=]\s*"?all/.test(text) : /\ball\b/.test(text);
  });
  return shared && optionText(call, 'operation-type') !== 'remove' ? exposed(base, ['all'], `Shares ${nameOf(base)} with every AWS account.`) : base;
};

const switchedOff = (text: (call: AwsCall) => string | undefined, reason: string): Refinement => (call, base) => {
  const off = text(call);
  return off === undefined
    ? base
    : { ...base, mutation: 'destructive', effects: ['guard-removal'], reversibility: { kind: 'reversible', how: 'Switch it on again; what happened meanwhile stays unrecorded.' }, guardsOff: [off], reason: `${reason} (${nameOf(base)}).` };
};
const flagOff = (...flags: readonly string[]) => (call: AwsCall): string | undefined => {
  const found = flags.find((f) => f.startsWith('no-') ? flagState(call, f.slice(3)) === 'off' : flagState(call, f) === 'on');
  return found === undefined ? undefined : `--${found}`;
};

/** Who may do what, and what watches it. Source: the API reference of each operation. */
export const accessRefinements: Readonly<Record<string, Refinement>> = {
  'iam:AttachUserPolicy': attach,
  'iam:AttachRolePolicy': attach,
  'iam:AttachGroupPolicy': attach,
  'iam:UpdateAccessKey': (call, base) => (optionText(call, 'status') === 'Inactive'
    ? { ...base, mutation: 'destructive', effects: ['access-loss'], reversibility: { kind: 'reversible', how: 'Set the status to Active again.' }, reason: `Whatever uses access key ${nameOf(base)} is locked out.` }
    : base),
  'ec2:AuthorizeSecurityGroupIngress': ingress,
  'ec2:ModifyInstanceAttribute': instanceAttribute,
  'ec2:ModifySnapshotAttribute': shareWithAll,
  'ec2:ModifyImageAttribute': shareWithAll,
  'rds:ModifyDBSnapshotAttribute': shareWithAll,
  'rds:ModifyDBClusterSnapshotAttribute': shareWithAll,
  'ec2:ModifyInstanceMetadataOptions': switchedOff((call) => (optionText(call, 'http-tokens') === 'optional' ? '--http-tokens optional' : undefined), 'Credentials of the instance can be read without a token again'),
  's3api:PutBucketAcl': publicAcl,
  's3api:PutObjectAcl': publicAcl,
  's3api:PutObject': publicAcl,
  's3api:CreateBucket': publicAcl,
  's3api:PutPublicAccessBlock': blockPublic,
  's3control:PutPublicAccessBlock': blockPublic,
  's3api:PutObjectLegalHold': switchedOff((call) => (structureMember(optionText(call, 'legal-hold') ?? '', 'Status') === 'OFF' ? 'Status=OFF' : undefined), 'Takes the legal hold off'),
  's3api:PutObjectRetention': switchedOff((call) => (optionWords(call, 'bypass-governance-retention') ? '--bypass-governance-retention' : undefined), 'Shortens or ends a retention'),
  'lambda:AddPermission': (call, base) => (optionText(call, 'principal') === '*' && optionWords(call, 'source-arn') === undefined && optionWords(call, 'source-account') === undefined
    ? exposed(base, ['--principal *'], `Lets everybody call ${nameOf(base)}.`)
    : base),
  'cloudtrail:UpdateTrail': switchedOff(flagOff('no-is-multi-region-trail', 'no-enable-log-file-validation', 'no-include-global-service-events', 'no-is-organization-trail'), 'The trail records or proves less'),
  'cloudtrail:PutEventSelectors': switchedOff((call) => (/IncludeManagementEvents"?\s*[:=]\s*false/i.test(optionList(call, 'event-selectors') ?? '') ? 'IncludeManagementEvents=false' : undefined), 'Management calls are no longer recorded'),
  'guardduty:UpdateDetector': switchedOff(flagOff('no-enable'), 'Threats are no longer looked for'),
  'cloudwatch:PutMetricAlarm': switchedOff(flagOff('no-actions-enabled'), 'The alarm no longer tells anybody'),
  'elbv2:ModifyLoadBalancerAttributes': switchedOff((call) => (/deletion_protection\.enabled"?[\s,:"]*"?Value"?\s*[:=]\s*"?false/i.test(optionList(call, 'attributes') ?? '') ? 'deletion_protection.enabled=false' : undefined), 'Takes the protection against deletion off the load balancer'),
};

function exposed(base: Finding, guardsOff: readonly string[], reason: string): Finding {
  return { ...base, mutation: 'destructive', effects: ['exposure'], reversibility: { kind: 'recoverable', how: 'Take it back; what was seen or done meanwhile stays.' }, guardsOff, reason };
}

function nameOf(base: Finding): string {
  return targetNames(base.targets) ?? 'the resource';
}

function isEverybody(principal: unknown): boolean {
  if (principal === '*') return true;
  const aws = typeof principal === 'object' && principal !== null ? (principal as { AWS?: unknown }).AWS : undefined;
  return aws === '*' || (Array.isArray(aws) && aws.includes('*'));
}

function isAll(value: unknown): boolean {
  return value === '*' || (Array.isArray(value) && value.includes('*'));
}
