import { notKnown, type AffectedResource } from '../../../model';
import { data, existence, needs, node, type Answers, type Entry, type Reads, type Told } from '../entry';
import { isOn, listAt, textAt, textsAt } from '../json';
import { count, shortName, some, when } from '../words';

/** Keys: what they are called, who may use them, and what in this region is told to be encrypted under them. */

const KMS = 'https://docs.aws.amazon.com/kms/latest/APIReference/API_';
const NO_KEY = /^NotFoundException$/;

const keyReads = (target: string): Reads => ({ key: { args: ['kms', 'describe-key', '--key-id', target], what: `state of key ${target}`, missing: NO_KEY, main: true } });

function useReads(target: string, answers: Answers): Reads {
  const arn = textAt(data(answers, 'key'), 'KeyMetadata', 'Arn');
  const id = textAt(data(answers, 'key'), 'KeyMetadata', 'KeyId');
  if (arn === undefined || id === undefined) return {};
  return {
    aliases: { args: ['kms', 'list-aliases', '--key-id', id], what: `aliases of key ${target}` },
    grants: { args: ['kms', 'list-grants', '--key-id', id, '--max-items', '100'], what: `grants of key ${target}` },
    volumes: { args: ['ec2', 'describe-volumes', '--filters', 'Name=encrypted,Values=true', '--max-items', '500', '--query', 'Volumes[].{Id:VolumeId,Key:KmsKeyId}'], what: `volumes encrypted with ${target}` },
    databases: { args: ['rds', 'describe-db-instances', '--max-items', '200', '--query', 'DBInstances[].{Id:DBInstanceIdentifier,Key:KmsKeyId}'], what: `databases encrypted with ${target}` },
    secrets: { args: ['secretsmanager', 'list-secrets', '--max-items', '200', '--query', 'SecretList[].{Id:Name,Key:KmsKeyId}'], what: `secrets encrypted with ${target}` },
    functions: { args: ['lambda', 'list-functions', '--max-items', '200', '--query', 'Functions[].{Id:FunctionName,Key:KMSKeyArn}'], what: `functions whose settings are encrypted with ${target}` },
  };
}

const USES: readonly (readonly [string, string])[] = [
  ['volumes', 'AWS::EC2::Volume'], ['databases', 'AWS::RDS::DBInstance'], ['secrets', 'AWS::SecretsManager::Secret'], ['functions', 'AWS::Lambda::Function'],
];

/** What is told to be encrypted under a key. A resource may name it by id, ARN or alias. */
export function encryptedWith(answers: Answers, names: readonly string[], target: string): AffectedResource[] {
  const known = new Set(names);
  return USES.flatMap(([answer, type]) => listAt(data(answers, answer)).flatMap((one) => {
    const id = textAt(one, 'Id');
    const key = textAt(one, 'Key');
    return id !== undefined && key !== undefined && known.has(key) ? [node(id, type, 'interrupted', `It is encrypted with ${target}: without the key it can't be read.`, { data: 'unknown' })] : [];
  }));
}

function tellKey(target: string, answers: Answers): Told & { readonly state: string | undefined } {
  const key = data(answers, 'key', 'KeyMetadata');
  const arn = textAt(key, 'Arn');
  const aliases = textsAt(data(answers, 'aliases'), ['Aliases'], 'AliasName');
  const grants = listAt(data(answers, 'grants'), 'Grants');
  const names = [target, arn, textAt(key, 'KeyId'), ...aliases, ...aliases.map((name) => arn?.replace(/:key\/.*$/, `:${name}`))].filter((name) => name !== undefined);
  const users = encryptedWith(answers, names, target);
  return {
    exists: existence(answers, 'key', 'KeyMetadata'), state: textAt(key, 'KeyState'), ...(arn === undefined ? {} : { physicalId: arn }),
    because: key === undefined ? [] : [
      `Its state is ${textAt(key, 'KeyState') ?? 'unknown'}${textAt(key, 'Description') === undefined ? '' : ` (${textAt(key, 'Description')})`}${isOn(key, 'MultiRegion') ? ', a multi-Region key' : ''}.`,
      ...(aliases.length === 0 ? [] : [`It is called ${some(aliases)}.`]),
      ...(grants.length === 0 ? [] : [`${count(grants.length, 'grant')} let others use it: ${some([...new Set(textsAt(grants, [], 'GranteePrincipal').map(shortName))])}.`]),
    ],
    also: [...aliases.map((name) => node(name, 'AWS::KMS::Alias', 'unchanged', `It names key ${target}.`)), ...users],
    dependencies: [...aliases.map((name) => needs(name, target, 'reference', 'alias of it')), ...users.map((user) => needs(user.id, target, 'kms-key', 'encrypted with it'))],
    unknowns: [notKnown('dependents', 'this key', 'Everything that is encrypted with this key can\'t be told by AWS: objects, backups, tables, logs, other accounts and other regions were not looked up. Look for its id in CloudTrail (Decrypt) before you approve.')],
    warnings: textAt(key, 'KeyManager') === 'AWS' ? [`${target} is managed by AWS: AWS refuses this call.`] : [],
  };
}

const identity = (answers: Answers): unknown => [textAt(data(answers, 'key'), 'KeyMetadata', 'Arn'), textAt(data(answers, 'key'), 'KeyMetadata', 'KeyState'), textAt(data(answers, 'key'), 'KeyMetadata', 'CreationDate')];
const byKey = (answers: Answers): string | undefined => textAt(data(answers, 'key'), 'KeyMetadata', 'KeyId');

const scheduleDeletion: Entry = {
  source: `${KMS}ScheduleKeyDeletion.html`, type: 'AWS::KMS::Key', noun: 'key', identity, stackId: (_look, answers) => byKey(answers),
  stages: [({ target }) => keyReads(target), ({ target }, answers) => useReads(target, answers)],
  tell({ target, held }, answers) {
    const { state, ...told } = tellKey(target, answers);
    // Source: ScheduleKeyDeletion: PendingWindowInDays, 7 to 30, default 30.
    const days = held.text('pending-window-in-days', 'PendingWindowInDays') ?? '30';
    return {
      ...told, action: 'remove', outcome: 'lost', data: 'lost',
      reversibility: { kind: 'recoverable', how: `aws kms cancel-key-deletion --key-id ${target}, then aws kms enable-key --key-id ${target}; until then nothing can be read with it`, until: `${days} days after the call` },
      because: [...(told.because ?? []), 'It can\'t be used from the call on.'],
      warnings: [...(told.warnings ?? []), ...(state === 'PendingDeletion' ? [`${target} is waiting to be deleted already: AWS refuses this call.`] : [])],
    };
  },
};

const disableKey: Entry = {
  source: `${KMS}DisableKey.html`, type: 'AWS::KMS::Key', noun: 'key', identity, stackId: (_look, answers) => byKey(answers),
  stages: [({ target }) => keyReads(target), ({ target }, answers) => useReads(target, answers)],
  tell({ target }, answers) {
    const { state: _state, ...told } = tellKey(target, answers);
    return { ...told, action: 'modify', outcome: 'interrupted', data: 'kept', reversibility: { kind: 'reversible', how: `aws kms enable-key --key-id ${target}` }, because: [...(told.because ?? []), 'What is encrypted with it can\'t be read while it is disabled.'] };
  },
};

const putPolicy: Entry = {
  source: `${KMS}PutKeyPolicy.html`, type: 'AWS::KMS::Key', noun: 'key', stackId: (_look, answers) => byKey(answers),
  stages: [({ target }) => ({ ...keyReads(target), policy: { args: ['kms', 'get-key-policy', '--key-id', target, '--policy-name', 'default'], what: `policy of key ${target}`, missing: NO_KEY } }), ({ target }, answers) => useReads(target, answers)],
  identity: (answers) => [identity(answers), textAt(data(answers, 'policy'), 'Policy')],
  tell({ target, held }, answers) {
    const { state: _state, ...told } = tellKey(target, answers);
    const statements = policyStatements(textAt(data(answers, 'policy'), 'Policy'));
    const next = policyStatements(held.text('policy', 'Policy'));
    return {
      ...told, action: 'modify', outcome: 'modified', data: 'kept',
      reversibility: { kind: 'recoverable', how: `Put the former policy back, which the new one must still allow you: aws kms get-key-policy --key-id ${target} --policy-name default --output text > policy.json now, aws kms put-key-policy later` },
      because: [...(told.because ?? []), ...(statements === undefined ? [] : [`Its policy has ${count(statements, 'statement')} now${next === undefined ? '' : ` and would have ${next}`}; the new one replaces it whole.`])],
    };
  },
};

function policyStatements(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  try {
    const policy: unknown = JSON.parse(text);
    const statement: unknown = (policy as { Statement?: unknown } | null)?.Statement;
    return Array.isArray(statement) ? statement.length : statement === undefined ? undefined : 1;
  } catch {
    return undefined;
  }
}

const deleteAlias: Entry = {
  source: `${KMS}DeleteAlias.html`, type: 'AWS::KMS::Alias', noun: 'alias', identity,
  stages: [({ target }) => keyReads(target)],
  tell({ target }, answers) {
    const id = textAt(data(answers, 'key'), 'KeyMetadata', 'KeyId');
    return {
      exists: existence(answers, 'key', 'KeyMetadata'), action: 'remove', outcome: 'lost', data: 'none',
      reversibility: { kind: 'reversible', how: `aws kms create-alias --alias-name ${target} --target-key-id ${id ?? 'KEY'}` },
      because: id === undefined ? [] : [`It names key ${id}; the key stays, but what uses this name fails.`],
      also: id === undefined ? [] : [node(id, 'AWS::KMS::Key', 'unchanged', `${target} names it.`)],
      dependencies: id === undefined ? [] : [needs(target, id, 'reference', 'alias of it')],
      unknowns: [notKnown('dependents', target, `Who uses the name ${target} is not known to AWS. Search code and settings for it.`)],
    };
  },
};

/** Source: DeleteSecret, Secrets Manager API reference: recovery window 7 to 30 days, default 30. */
const deleteSecret: Entry = {
  source: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html', type: 'AWS::SecretsManager::Secret', noun: 'secret',
  stages: [({ target }) => ({ secret: { args: ['secretsmanager', 'describe-secret', '--secret-id', target], what: `use and replicas of secret ${target}`, missing: /^ResourceNotFoundException$/, main: true } })],
  identity: (answers) => [textAt(data(answers, 'secret'), 'ARN'), textAt(data(answers, 'secret'), 'DeletedDate')],
  stackId: (_look, answers) => textAt(data(answers, 'secret'), 'ARN'),
  tell({ target, held }, answers) {
    const one = data(answers, 'secret');
    const forced = held.flag('force-delete-without-recovery', 'ForceDeleteWithoutRecovery') === true;
    const days = held.text('recovery-window-in-days', 'RecoveryWindowInDays') ?? '30';
    const regions = textsAt(one, ['ReplicationStatus'], 'Region');
    const used = textAt(one, 'LastAccessedDate');
    const rotation = textAt(one, 'RotationLambdaARN');
    const key = textAt(one, 'KmsKeyId');
    const deleted = textAt(one, 'DeletedDate');
    return {
      exists: existence(answers, 'secret'), outcome: 'lost', data: 'lost', ...(textAt(one, 'ARN') === undefined ? {} : { physicalId: textAt(one, 'ARN') ?? target }),
      reversibility: forced ? { kind: 'irreversible', how: 'There is no way back: the secret goes without a recovery window.' } : { kind: 'recoverable', how: `aws secretsmanager restore-secret --secret-id ${target}`, until: `${days} days after the call` },
      because: one === undefined ? [] : [
        used === undefined ? 'AWS tells no time of its last use.' : `It was last read on ${when(used).slice(0, 10)}.`,
        ...(rotation === undefined ? [] : [`It is rotated by ${shortName(rotation)}.`]),
      ],
      warnings: [
        ...(regions.length === 0 ? [] : [`It is replicated to ${some(regions)}: AWS refuses to delete it before the replicas are removed.`]),
        ...(deleted === undefined ? [] : [`${target} is waiting to be deleted already.`]),
      ],
      also: [...(rotation === undefined ? [] : [node(shortName(rotation), 'AWS::Lambda::Function', 'interrupted', `It rotates ${target}.`)]), ...(key === undefined ? [] : [node(key, 'AWS::KMS::Key', 'unchanged', `It encrypts ${target}.`)])],
      dependencies: [...(rotation === undefined ? [] : [needs(shortName(rotation), target, 'reference', 'rotates it')]), ...(key === undefined ? [] : [needs(target, key, 'kms-key', 'encrypted with it')])],
      unknowns: [notKnown('dependents', target, 'Who reads this secret is not told by AWS. Look for its name in code and in CloudTrail (GetSecretValue) before you approve.')],
    };
  },
};

/** Source: DeleteParameter, Systems Manager API reference. Only its description is read, never its value. */
const deleteParameter: Entry = {
  source: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html', type: 'AWS::SSM::Parameter', noun: 'parameter',
  targets: (held, operation) => {
    const named = [...held.list('name', 'Name'), ...held.list('names', 'Names')];
    return named.length > 0 ? named : operation.targets.flatMap((target) => (target.known ? (target.name ?? []) : []));
  },
  stages: [({ target }) => ({ parameter: { args: ['ssm', 'describe-parameters', '--parameter-filters', `Key=Name,Values=${target}`], what: `age of parameter ${target}`, main: true } })],
  identity: (answers) => [textAt(data(answers, 'parameter'), 'Parameters', 0, 'Name'), textAt(data(answers, 'parameter'), 'Parameters', 0, 'Version')],
  tell({ target }, answers) {
    const one = data(answers, 'parameter', 'Parameters', 0);
    return {
      // The filter knows names only: for an ARN nothing found proves nothing.
      exists: target.startsWith('arn:') && one === undefined ? undefined : existence(answers, 'parameter', 'Parameters', 0), outcome: 'lost', data: 'lost', reversibility: { kind: 'irreversible', how: 'There is no way back: its value and its versions go. Write it down first where secrets belong.' },
      because: one === undefined ? [] : [`It is a ${textAt(one, 'Type') ?? 'parameter'}, version ${textAt(one, 'Version') ?? 'unknown'} of ${when(textAt(one, 'LastModifiedDate') ?? '')}.`],
      unknowns: [notKnown('dependents', target, `Who reads ${target} is not told by AWS. Search code and settings for it.`)],
    };
  },
};

export const kmsEntries: Readonly<Record<string, Entry>> = {
  'kms schedule-key-deletion': scheduleDeletion,
  'kms disable-key': disableKey,
  'kms put-key-policy': putPolicy,
  'kms delete-alias': deleteAlias,
  'secretsmanager delete-secret': deleteSecret,
  'ssm delete-parameter': deleteParameter,
  'ssm delete-parameters': deleteParameter,
};
