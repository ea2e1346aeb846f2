import type { Reversibility } from '../../model';
import type { Finding } from '../invocation';
import { flagState, hasFlag, optionList, optionText, optionWords, readObject, setting, structureMember, targetNames, type AwsCall } from './aws-call';
import { rewritten } from './aws-reason';
import type { Refinement } from './aws-special';

const SNAPSHOT: Reversibility = { kind: 'recoverable', how: 'Restore the final snapshot.', until: 'the final snapshot is deleted' };
const nameOf = (base: Finding): string => targetNames(base.targets) ?? 'that is not known yet';

/** The API's member of an option (`skip-final-snapshot`: `SkipFinalSnapshot`). */
const pascal = (option: string): string => option.split('-').map((w) => w.charAt(0).toUpperCase() + w.slice(1)).join('');

/** The deletion of a database or cache that may leave a last snapshot. */
function finalSnapshot(what: string, option: string, skip: string | undefined, backups: boolean): Refinement {
  return (call, base) => {
    const name = optionText(call, option);
    const skipped = (skip !== undefined && setting(call, skip, pascal(skip)) === true) || (name === undefined && skip === undefined && optionWords(call, option) === undefined);
    const keepsBackups = flagState(call, 'delete-automated-backups') === 'off';
    const losesBackups = backups && !keepsBackups;
    return {
      ...base,
      reversibility: skipped ? (keepsBackups ? { kind: 'recoverable', how: 'Restore a retained automated backup.', until: 'the backup retention period ends' } : { kind: 'irreversible' }) : SNAPSHOT,
      guardsOff: [...(skipped && skip !== undefined ? [`--${skip}`] : []), ...(flagState(call, 'delete-automated-backups') === 'on' ? ['--delete-automated-backups'] : [])],
      reason: `Deletes ${what} ${nameOf(base)}${skipped ? ' without a final snapshot' : ' after a final snapshot'}${losesBackups ? '; its automated backups go with it' : ''}.`,
      ...(skipped && {
        saferForm: {
          title: 'Keep a final snapshot',
          replace: rewritten(call, skip === undefined ? [] : [skip], [...(skip === undefined ? [] : [`--no-${skip}`]), `--${option}`, `${base.targets[0]?.known === true ? base.targets[0].name : what.replaceAll(' ', '-')}-final`]),
        },
      }),
    };
  };
}

const dbInstance = finalSnapshot('DB instance', 'final-db-snapshot-identifier', 'skip-final-snapshot', true);
const dbCluster = finalSnapshot('DB cluster', 'final-db-snapshot-identifier', 'skip-final-snapshot', false);

const backupsOff = (option: string, member: string): Refinement => (call, base) => (optionText(call, option, member) === '0'
  ? {
    ...base,
    mutation: 'destructive',
    effects: ['guard-removal', 'data-loss'],
    reversibility: { kind: 'irreversible' },
    guardsOff: [`--${option} 0`],
    reason: `Switches automated backups of ${nameOf(base)} off and deletes those there are.`,
  }
  : hasFlag(call, 'new-db-instance-identifier') || hasFlag(call, 'new-db-cluster-identifier')
    ? { ...base, mutation: 'destructive', effects: ['identity-loss', 'outage'], reversibility: { kind: 'reversible', how: 'Rename it back.' }, reason: `Renames ${nameOf(base)}: its address changes and connections break.` }
    : base);

/** Databases, secrets, keys, buckets, tables and logs. Source: the API reference of each operation. */
export const dataRefinements: Readonly<Record<string, Refinement>> = {
  'rds:DeleteDBInstance': dbInstance,
  'rds:DeleteDBCluster': finalSnapshot('DB cluster', 'final-db-snapshot-identifier', 'skip-final-snapshot', true),
  'docdb:DeleteDBCluster': dbCluster,
  'neptune:DeleteDBCluster': dbCluster,
  'neptune:DeleteDBInstance': dbInstance,
  'redshift:DeleteCluster': finalSnapshot('cluster', 'final-cluster-snapshot-identifier', 'skip-final-cluster-snapshot', false),
  'elasticache:DeleteReplicationGroup': finalSnapshot('replication group', 'final-snapshot-identifier', undefined, false),
  'elasticache:DeleteCacheCluster': finalSnapshot('cache cluster', 'final-snapshot-identifier', undefined, false),
  'elasticache:DeleteServerlessCache': finalSnapshot('serverless cache', 'final-snapshot-name', undefined, false),
  'rds:DeleteTenantDatabase': finalSnapshot('tenant database', 'final-db-snapshot-identifier', 'skip-final-snapshot', false),
  'memorydb:DeleteCluster': finalSnapshot('cluster', 'final-snapshot-name', undefined, false),
  'redshift-serverless:DeleteNamespace': finalSnapshot('namespace', 'final-snapshot-name', undefined, false),
  'rds:ModifyDBInstance': backupsOff('backup-retention-period', 'BackupRetentionPeriod'),
  'rds:ModifyDBCluster': backupsOff('backup-retention-period', 'BackupRetentionPeriod'),
  'redshift:ModifyCluster': backupsOff('automated-snapshot-retention-period', 'AutomatedSnapshotRetentionPeriod'),
  'secretsmanager:DeleteSecret': (call, base) => {
    const forced = setting(call, 'force-delete-without-recovery', 'ForceDeleteWithoutRecovery') === true;
    const days = optionText(call, 'recovery-window-in-days') ?? '30';
    return {
      ...base,
      effects: ['data-loss', 'outage'],
      reversibility: forced ? { kind: 'irreversible' } : { ...base.reversibility, until: `${days} days after the deletion` },
      guardsOff: forced ? ['--force-delete-without-recovery'] : [],
      reason: forced ? `Deletes secret ${nameOf(base)} at once, without a recovery window.` : `Deletes secret ${nameOf(base)} in ${days} days; programs can not read it from now on.`,
      ...(forced && { saferForm: { title: 'Keep a recovery window of 30 days', replace: rewritten(call, ['force-delete-without-recovery'], ['--recovery-window-in-days', '30']) } }),
    };
  },
  'kms:ScheduleKeyDeletion': (call, base) => {
    const days = optionText(call, 'pending-window-in-days', 'PendingWindowInDays') ?? '30';
    return {
      ...base,
      reversibility: { ...base.reversibility, until: `${days} days after the call` },
      reason: `Deletes key ${nameOf(base)} in ${days} days; what is encrypted under it can then never be read again.`,
      ...(base.targets[0]?.known === true && { saferForm: { title: 'Disable the key instead', replace: rewritten(call, ['pending-window-in-days='], []).replace('schedule-key-deletion', 'disable-key') } }),
    };
  },
  's3api:DeleteObject': deleteObjects,
  's3api:DeleteObjects': deleteObjects,
  's3api:PutBucketVersioning': (call, base) => (structureMember(optionText(call, 'versioning-configuration', 'VersioningConfiguration') ?? '', 'Status') === 'Suspended'
    ? {
      ...base,
      mutation: 'destructive',
      effects: ['guard-removal'],
      reversibility: { kind: 'reversible', how: 'Set Status=Enabled again; what is deleted meanwhile stays lost.' },
      guardsOff: ['Status=Suspended'],
      reason: `Suspends versioning of bucket ${nameOf(base)}: from now on overwritten and deleted objects are lost.`,
    }
    : base),
  's3api:PutBucketLifecycleConfiguration': lifecycle,
  's3api:PutBucketLifecycle': lifecycle,
  'logs:PutRetentionPolicy': (call, base) => ({
    ...base,
    reason: `Deletes log events of ${targetNames(base.targets) ?? 'the log group'} that are older than ${optionText(call, 'retention-in-days') ?? 'the new number of'} days.`,
  }),
  'dynamodb:UpdateContinuousBackups': (call, base) => (structureMember(optionText(call, 'point-in-time-recovery-specification', 'PointInTimeRecoverySpecification') ?? '', 'PointInTimeRecoveryEnabled')?.toLowerCase() === 'false'
    ? {
      ...base,
      mutation: 'destructive',
      effects: ['guard-removal', 'data-loss'],
      reversibility: { kind: 'irreversible' },
      guardsOff: ['PointInTimeRecoveryEnabled=false'],
      reason: `Switches point-in-time recovery of ${nameOf(base)} off: the last 35 days can no longer be restored.`,
    }
    : base),
  'dynamodb:UpdateTable': (call, base) => {
    const replicas = /\bDelete\b/.test(optionList(call, 'replica-updates') ?? '');
    const indexes = /\bDelete\b/.test(optionList(call, 'global-secondary-index-updates') ?? '');
    return replicas || indexes
      ? { ...base, mutation: 'destructive', effects: replicas ? ['data-loss', 'outage'] : ['outage'], reversibility: { kind: 'irreversible' }, reason: `Deletes ${replicas ? 'a replica' : 'an index'} of table ${nameOf(base)}.` }
      : base;
  },
  'dynamodb:BatchWriteItem': writeItems('request-items', /"DeleteRequest"/),
  'dynamodb:TransactWriteItems': writeItems('transact-items', /\bDelete\b/),
};

function deleteObjects(call: AwsCall, base: Finding): Finding {
  const bucket = optionText(call, 'bucket', 'Bucket');
  const keys = optionWords(call, 'key');
  const batch = optionText(call, 'delete', 'Delete');
  const versioned = optionWords(call, 'version-id') !== undefined || /VersionId/.test(batch ?? '');
  const batchKeys = [...(batch ?? '').matchAll(/"?Key"?\s*[:=]\s*"?([^",}\]]+)/g)].map((m) => m[1] ?? '');
  const objects = keys === undefined ? batchKeys.map((k) => ({ name: k, known: true })) : keys.map((w) => ({ name: w.value ?? w.raw, known: w.value !== undefined }));
  return {
    ...base,
    targets: [
      ...base.targets.filter((t) => t.type === 'AWS::S3::Bucket'),
      ...objects.map((o) => ({ type: 's3:object', name: bucket === undefined ? o.name : `s3://${bucket}/${o.name}`, known: o.known && bucket !== undefined })),
    ],
    reversibility: versioned ? { kind: 'irreversible' } : base.reversibility,
    guardsOff: hasFlag(call, 'bypass-governance-retention') ? ['--bypass-governance-retention'] : [],
    reason: versioned
      ? `Deletes versions of objects in ${bucket ?? 'a bucket'} for good: no delete marker is left.`
      : `Deletes ${objects.length > 1 ? `${objects.length} objects` : (objects[0]?.name ?? 'objects')} in ${bucket ?? 'a bucket'}; without versioning they are lost.`,
  };
}

function lifecycle(call: AwsCall, base: Finding): Finding {
  const text = optionText(call, 'lifecycle-configuration', 'LifecycleConfiguration') ?? optionText(call, 'lifecycle', 'Lifecycle');
  const rules = text === undefined ? undefined : readObject(text);
  if (rules !== undefined && !/Expiration/.test(text ?? '')) {
    return { ...base, mutation: 'modifying', effects: [], reversibility: { kind: 'unknown' }, reason: `Replaces the lifecycle rules of ${nameOf(base)}; the new ones delete nothing.` };
  }
  return {
    ...base,
    unknowns: rules === undefined ? [...base.unknowns, 'the rules could not be read'] : base.unknowns,
    reason: `Replaces the lifecycle rules of ${nameOf(base)}: objects that a rule expires are deleted.`,
  };
}

function writeItems(option: string, deletes: RegExp): Refinement {
  return (call, base) => {
    const text = optionList(call, option);
    return text !== undefined && !deletes.test(text)
      ? { ...base, mutation: 'modifying', effects: [], reversibility: { kind: 'unknown' }, reason: 'Writes items; those with the same key are replaced.' }
      : { ...base, unknowns: text === undefined ? [...base.unknowns, `the items of --${option} could not be read`] : base.unknowns };
  };
}
