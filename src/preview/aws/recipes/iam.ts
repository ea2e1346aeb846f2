import { notKnown, type AffectedResource } from '../../../model';
import { data, existence, needs, node, type Answers, type Entry, type Look, type Reads } from '../entry';
import { at, listAt, numberAt, textAt, textsAt } from '../json';
import type { Read } from '../reader';
import { count, shortName, some, when } from '../words';

/** Roles, users, policies and keys. Source: IAM API reference. */

const IAM = 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_';
const GONE = /^NoSuchEntity(?:Exception)?$/;

const role = (target: string): Read => ({ args: ['iam', 'get-role', '--role-name', target], what: `last use of role ${target}`, missing: GONE, main: true });

function roleUses(target: string, answers: Answers): Reads {
  const arn = textAt(data(answers, 'role'), 'Role', 'Arn');
  if (arn === undefined) return {};
  return {
    attached: { args: ['iam', 'list-attached-role-policies', '--role-name', target], what: `policies of role ${target}`, missing: GONE },
    inline: { args: ['iam', 'list-role-policies', '--role-name', target], what: `inline policies of role ${target}`, missing: GONE },
    profiles: { args: ['iam', 'list-instance-profiles-for-role', '--role-name', target], what: `instance profiles of role ${target}`, missing: GONE },
    functions: { args: ['lambda', 'list-functions', '--max-items', '500', '--query', '{Functions:Functions[].{Name:FunctionName,Role:Role},NextToken:NextToken}'], what: `functions that run as ${target}` },
  };
}

/** Who runs as a role, as far as cheap reads tell. */
function roleUsers(target: string, answers: Answers): AffectedResource[] {
  const arn = textAt(data(answers, 'role'), 'Role', 'Arn');
  const functions = listAt(data(answers, 'functions'), 'Functions').flatMap((one) => (textAt(one, 'Role') === arn && arn !== undefined ? (textAt(one, 'Name') ?? []) : []));
  return [
    ...functions.map((name) => node(name, 'AWS::Lambda::Function', 'interrupted', `It runs as ${target}.`)),
    ...textsAt(data(answers, 'profiles'), ['InstanceProfiles'], 'InstanceProfileName').map((name) => node(`instance-profile/${name}`, 'AWS::IAM::InstanceProfile', 'interrupted', `It gives ${target} to instances.`, { physicalId: name })),
  ];
}

function roleBecause(answers: Answers): string[] {
  const one = data(answers, 'role', 'Role');
  if (one === undefined) return [];
  const used = textAt(one, 'RoleLastUsed', 'LastUsedDate');
  const trusts = listAt(one, 'AssumeRolePolicyDocument', 'Statement').flatMap((statement) => Object.values((at(statement, 'Principal') ?? {}) as Record<string, unknown>).flat().map(String));
  return [
    // Source: RoleLastUsed, IAM API reference: tracked for 400 days.
    used === undefined ? 'AWS tells no use of it within the tracking period (400 days).' : `It was last used on ${when(used).slice(0, 10)} in ${textAt(one, 'RoleLastUsed', 'Region') ?? 'an unknown region'}.`,
    ...(trusts.length === 0 ? [] : [`It is for ${some([...new Set(trusts)])}.`]),
  ];
}

const roleIdentity = (answers: Answers): unknown => [textAt(data(answers, 'role'), 'Role', 'Arn'), textAt(data(answers, 'role'), 'Role', 'RoleId'), at(data(answers, 'role'), 'Role', 'AssumeRolePolicyDocument')];
const UNSEEN = 'Which other services, accounts and pipelines use it is not told by AWS. Look at its "Last accessed" page in the console before you approve.';

const roleTargets: Entry['targets'] = (held) => [held.text('role-name', 'RoleName')].filter((name) => name !== undefined);

const deleteRole: Entry = {
  source: `${IAM}DeleteRole.html`, type: 'AWS::IAM::Role', noun: 'role', targets: roleTargets, identity: roleIdentity,
  stages: [({ target }) => ({ role: role(target) }), ({ target }, answers) => roleUses(target, answers)],
  tell({ target }, answers) {
    const attached = textsAt(data(answers, 'attached'), ['AttachedPolicies'], 'PolicyName');
    const inline = textsAt(data(answers, 'inline'), ['PolicyNames']);
    const profiles = textsAt(data(answers, 'profiles'), ['InstanceProfiles'], 'InstanceProfileName');
    const users = roleUsers(target, answers);
    const rest = [...attached, ...inline, ...profiles];
    return {
      exists: existence(answers, 'role', 'Role'), outcome: 'lost', data: 'none',
      reversibility: { kind: 'recoverable', how: 'Make a role of the same name with the same policies and trust; it gets another id, so policies of resources that name it have to be saved again.' },
      because: [...roleBecause(answers), ...(rest.length === 0 ? [] : [`It has ${some(rest)}.`])],
      also: [...attached.map((name) => node(`policy/${name}`, 'AWS::IAM::ManagedPolicy', 'unchanged', `It is attached to ${target}.`, { physicalId: name })), ...users],
      dependencies: [...attached.map((name) => needs(target, `policy/${name}`, 'reference', 'attached policy')), ...users.map((user) => needs(user.id, target, 'iam-role', 'uses the role'))],
      warnings: rest.length === 0 ? [] : [`${target} still has ${count(rest.length, 'policy or instance profile', 'policies or instance profiles')} (${some(rest)}): AWS refuses to delete it before they are taken off.`],
      unknowns: [notKnown('dependents', target, UNSEEN)],
    };
  },
};

/** A change of what a role may do, or of who may be it. */
function changeRole(operation: string, sentence: (look: Look) => string, way: string, outcome: 'interrupted' | 'modified'): Entry {
  return {
    source: `${IAM}${operation}.html`, type: 'AWS::IAM::Role', noun: 'role', targets: roleTargets, identity: roleIdentity,
    stages: [({ target }) => ({ role: role(target) }), ({ target }, answers) => roleUses(target, answers)],
    tell(look, answers) {
      const users = roleUsers(look.target, answers);
      const named = look.held.text('policy-arn', 'PolicyArn') ?? look.held.text('policy-name', 'PolicyName');
      const has = [...textsAt(data(answers, 'attached'), ['AttachedPolicies'], 'PolicyArn'), ...textsAt(data(answers, 'inline'), ['PolicyNames'])];
      const known = answers['attached']?.kind === 'data' && answers['inline']?.kind === 'data';
      return {
        exists: existence(answers, 'role', 'Role'), action: 'modify', outcome, data: 'none', reversibility: { kind: 'reversible', how: way },
        because: [...roleBecause(answers), sentence(look)], also: users, dependencies: users.map((user) => needs(user.id, look.target, 'iam-role', 'uses the role')),
        warnings: known && named !== undefined && operation !== 'UpdateAssumeRolePolicy' && !has.includes(named) ? [`${look.target} does not have ${shortName(named)}: nothing would be changed.`] : [],
        unknowns: [notKnown('dependents', look.target, UNSEEN)],
      };
    },
  };
}

const deleteUser: Entry = {
  source: `${IAM}DeleteUser.html`, type: 'AWS::IAM::User', noun: 'user', targets: (held) => [held.text('user-name', 'UserName')].filter((name) => name !== undefined),
  stages: [({ target }) => ({ user: { args: ['iam', 'get-user', '--user-name', target], what: `last use of user ${target}`, missing: GONE, main: true } }), ({ target }, answers): Reads => (data(answers, 'user') === undefined ? {} : {
    keys: { args: ['iam', 'list-access-keys', '--user-name', target], what: `access keys of ${target}`, missing: GONE },
    attached: { args: ['iam', 'list-attached-user-policies', '--user-name', target], what: `policies of ${target}`, missing: GONE },
    groups: { args: ['iam', 'list-groups-for-user', '--user-name', target], what: `groups of ${target}`, missing: GONE },
  })],
  identity: (answers) => [textAt(data(answers, 'user'), 'User', 'Arn'), textAt(data(answers, 'user'), 'User', 'UserId')],
  tell({ target }, answers) {
    const keys = listAt(data(answers, 'keys'), 'AccessKeyMetadata');
    const rest = [...textsAt(data(answers, 'attached'), ['AttachedPolicies'], 'PolicyName'), ...textsAt(data(answers, 'groups'), ['Groups'], 'GroupName')];
    const password = textAt(data(answers, 'user'), 'User', 'PasswordLastUsed');
    return {
      exists: existence(answers, 'user', 'User'), outcome: 'lost', data: 'none', reversibility: { kind: 'irreversible', how: 'A user of the same name can be made; it gets another id, and its keys and password do not come back.' },
      because: [
        ...(data(answers, 'user') === undefined ? [] : [password === undefined ? 'AWS tells no use of its password.' : `Its password was last used on ${when(password).slice(0, 10)}.`]),
        ...(keys.length === 0 ? [] : [`It has ${count(keys.length, 'access key')} (${some(keys.map((key) => textAt(key, 'Status') ?? 'unknown'))}).`]),
      ],
      warnings: keys.length + rest.length === 0 ? [] : [`${target} still has ${some([...(keys.length === 0 ? [] : [count(keys.length, 'access key')]), ...rest])}: AWS refuses to delete it before they are taken off.`],
      unknowns: [notKnown('dependents', target, UNSEEN)],
    };
  },
};

const deletePolicy: Entry = {
  source: `${IAM}DeletePolicy.html`, type: 'AWS::IAM::ManagedPolicy', noun: 'policy', targets: (held) => [held.text('policy-arn', 'PolicyArn')].filter((name) => name !== undefined),
  stages: [({ target }) => ({ policy: { args: ['iam', 'get-policy', '--policy-arn', target], what: `use of policy ${shortName(target)}`, missing: GONE, main: true } }), ({ target }, answers): Reads => (data(answers, 'policy') === undefined ? {} : {
    entities: { args: ['iam', 'list-entities-for-policy', '--policy-arn', target], what: `who has policy ${shortName(target)}`, missing: GONE },
  })],
  identity: (answers) => [textAt(data(answers, 'policy'), 'Policy', 'PolicyId'), textAt(data(answers, 'policy'), 'Policy', 'DefaultVersionId')],
  tell({ target }, answers) {
    const one = data(answers, 'policy', 'Policy');
    const users = [
      ...textsAt(data(answers, 'entities'), ['PolicyRoles'], 'RoleName').map((name) => node(`role/${name}`, 'AWS::IAM::Role', 'interrupted', 'It has this policy.', { physicalId: name })),
      ...textsAt(data(answers, 'entities'), ['PolicyUsers'], 'UserName').map((name) => node(`user/${name}`, 'AWS::IAM::User', 'interrupted', 'It has this policy.', { physicalId: name })),
      ...textsAt(data(answers, 'entities'), ['PolicyGroups'], 'GroupName').map((name) => node(`group/${name}`, 'AWS::IAM::Group', 'interrupted', 'It has this policy.', { physicalId: name })),
    ];
    const attached = numberAt(one, 'AttachmentCount') ?? users.length;
    return {
      exists: existence(answers, 'policy', 'Policy'), outcome: 'lost', data: 'none', reversibility: { kind: 'recoverable', how: 'Make the policy again from its document: aws iam get-policy-version first, which tells it.' },
      because: one === undefined ? [] : [`It is attached ${count(attached, 'time')}.`],
      also: users, dependencies: users.map((user) => needs(user.id, target, 'iam-role', 'attached policy')),
      warnings: attached > 0 ? [`${shortName(target)} is still attached to ${users.length > 0 ? some(users.map((user) => user.id)) : 'something'}: AWS refuses to delete it.`] : [],
    };
  },
};

const deleteKey: Entry = {
  source: `${IAM}DeleteAccessKey.html`, type: 'AWS::IAM::AccessKey', noun: 'access key', targets: (held) => [held.text('access-key-id', 'AccessKeyId')].filter((name) => name !== undefined),
  stages: [({ target }) => ({ key: { args: ['iam', 'get-access-key-last-used', '--access-key-id', target], what: 'last use of the access key', missing: GONE, main: true } })],
  // When it was last used moves with every use; whose it is does not.
  identity: (answers) => textAt(data(answers, 'key'), 'UserName'),
  tell(_look, answers) {
    const used = textAt(data(answers, 'key'), 'AccessKeyLastUsed', 'LastUsedDate');
    return {
      exists: existence(answers, 'key'), outcome: 'lost', data: 'none', reversibility: { kind: 'irreversible', how: 'A deleted key does not come back; make a new one and give it to all who use this one. Deactivating it first can be undone.' },
      because: data(answers, 'key') === undefined ? [] : [`It belongs to ${textAt(data(answers, 'key'), 'UserName') ?? 'an unknown user'}; ${used === undefined ? 'AWS tells no use of it' : `it was last used on ${when(used).slice(0, 10)} for ${textAt(data(answers, 'key'), 'AccessKeyLastUsed', 'ServiceName') ?? 'an unknown service'}`}.`],
      unknowns: [notKnown('dependents', 'this key', 'Which programs hold this key is not told by AWS. Look for it in CloudTrail before you approve.')],
    };
  },
};

const deleteProfile: Entry = {
  source: `${IAM}DeleteInstanceProfile.html`, type: 'AWS::IAM::InstanceProfile', noun: 'instance profile', targets: (held) => [held.text('instance-profile-name', 'InstanceProfileName')].filter((name) => name !== undefined),
  stages: [({ target }) => ({ profile: { args: ['iam', 'get-instance-profile', '--instance-profile-name', target], what: `roles of instance profile ${target}`, missing: GONE, main: true } }), (_look, answers): Reads => {
    const arn = textAt(data(answers, 'profile'), 'InstanceProfile', 'Arn');
    return arn === undefined ? {} : { instances: { args: ['ec2', 'describe-instances', '--filters', `Name=iam-instance-profile.arn,Values=${arn}`, '--max-items', '100'], what: 'instances that run with it' } };
  }],
  identity: (answers) => textAt(data(answers, 'profile'), 'InstanceProfile', 'InstanceProfileId'),
  tell({ target }, answers) {
    const instances = listAt(data(answers, 'instances'), 'Reservations').flatMap((group) => textsAt(group, ['Instances'], 'InstanceId'));
    const roles = textsAt(data(answers, 'profile'), ['InstanceProfile', 'Roles'], 'RoleName');
    return {
      exists: existence(answers, 'profile', 'InstanceProfile'), outcome: 'lost', data: 'none', reversibility: { kind: 'recoverable', how: 'Make it again with the same role and give it to the instances.' },
      because: roles.length === 0 ? [] : [`It holds ${some(roles)}.`],
      also: instances.map((id) => node(id, 'AWS::EC2::Instance', 'interrupted', `It runs with ${target}: its credentials end.`, { data: 'kept' })),
      dependencies: instances.map((id) => needs(id, target, 'iam-role', 'instance profile')),
      warnings: roles.length === 0 ? [] : [`${target} still holds ${some(roles)}: AWS refuses to delete it.`],
    };
  },
};

const policyOf = ({ held }: Look): string => shortName(held.text('policy-arn', 'PolicyArn') ?? held.text('policy-name', 'PolicyName') ?? 'a policy');

export const iamEntries: Readonly<Record<string, Entry>> = {
  'iam delete-role': deleteRole,
  'iam delete-user': deleteUser,
  'iam delete-policy': deletePolicy,
  'iam detach-role-policy': changeRole('DetachRolePolicy', (look) => `It loses what ${policyOf(look)} allows.`, 'Attach the policy again: aws iam attach-role-policy with the same words.', 'interrupted'),
  'iam delete-role-policy': changeRole('DeleteRolePolicy', (look) => `It loses what ${policyOf(look)} allows; the document goes with it: aws iam get-role-policy tells it now.`, 'Put the document back, which has to be saved first: aws iam put-role-policy.', 'interrupted'),
  'iam update-assume-role-policy': changeRole('UpdateAssumeRolePolicy', () => 'Who may be it is replaced whole.', 'Put the former trust policy back, which has to be saved first: aws iam update-assume-role-policy.', 'modified'),
  'iam delete-access-key': deleteKey,
  'iam delete-instance-profile': deleteProfile,
};
