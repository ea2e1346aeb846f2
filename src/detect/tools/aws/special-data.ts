import type { Reversibility } from '../../../model';
import type { Finding } from '../../invocation';
import { memberOf, nameOf, targetNames } from './call';
import { textsIn, type AwsParameters, type Part } from './parameters';
import { rewritten } from './reason';
import { UNKNOWN } from './shorthand';
import type { OperationCall, Refinement } from './refinement';

const SNAPSHOT: Reversibility = { kind: 'recoverable', how: 'Restore the final snapshot.', until: 'the final snapshot is deleted' };
const notKnown = (base: Finding): string => nameOf(base, 'that is not known yet');

/** The deletion of a database or cache that may leave a last snapshot. */
function finalSnapshot(what: string, option: string, skip: string | undefined, backups: boolean): Refinement {
  return (call, base) => {
    const { params } = call;
    const skipped = skip === undefined ? !params.at(memberOf(option)).given : params.at(memberOf(skip)).bool() === true;
    const keepsBackups = params.at('DeleteAutomatedBackups').bool() === false;
    const losesBackups = backups && !keepsBackups;
    return {
      ...base,
      reversibility: skipped ? (keepsBackups ? { kind: 'recoverable', how: 'Restore a retained automated backup.', until: 'the backup retention period ends' } : { kind: 'irreversible' }) : SNAPSHOT,
      guardsOff: [...(skipped && skip !== undefined ? [`--${skip}`] : []), ...(params.at('DeleteAutomatedBackups').bool() === true ? ['--delete-automated-backups'] : [])],
      reason: `Deletes ${what} ${notKnown(base)}${skipped ? ' without a final snapshot' : ' after a final snapshot'}${losesBackups ? '; its automated backups go with it' : ''}.`,
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

const backupsOff = (option: string): Refinement => ({ params }, base) => (params.at(memberOf(option)).int() === 0
  ? {
    ...base,
    mutation: 'destructive',
    effects: ['guard-removal', 'data-loss'],
    reversibility: { kind: 'irreversible' },
    guardsOff: [`--${option} 0`],
    reason: `Switches automated backups of ${notKnown(base)} off and deletes those there are.`,
  }
  : params.at('NewDBInstanceIdentifier').given || params.at('NewDBClusterIdentifier').given || params.at('NewClusterIdentifier').given
    ? { ...base, mutation: 'destructive', effects: ['identity-loss', 'outage'], reversibility: { kind: 'reversible', how: 'Rename it back.' }, reason: `Renames ${notKnown(base)}: its address changes and connections break.` }
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
  'rds:ModifyDBInstance': backupsOff('backup-retention-period'),
  'rds:ModifyDBCluster': backupsOff('backup-retention-period'),
  'redshift:ModifyCluster': backupsOff('automated-snapshot-retention-period'),
  'secretsmanager:DeleteSecret': (call, base) => {
    const forced = call.params.at('ForceDeleteWithoutRecovery').bool() === true;
    const days = call.params.at('RecoveryWindowInDays').shown() ?? '30';
    return {
      ...base,
      effects: ['data-loss', 'outage'],
      reversibility: forced ? { kind: 'irreversible' } : { ...base.reversibility, until: `${days} days after the deletion` },
      guardsOff: forced ? ['--force-delete-without-recovery'] : [],
      reason: forced ? `Deletes secret ${notKnown(base)} at once, without a recovery window.` : `Deletes secret ${notKnown(base)} in ${days} days; programs can not read it from now on.`,
      ...(forced && { saferForm: { title: 'Keep a recovery window of 30 days', replace: rewritten(call, ['force-delete-without-recovery'], ['--recovery-window-in-days', '30']) } }),
    };
  },
  'kms:ScheduleKeyDeletion': (call, base) => {
    const days = call.params.at('PendingWindowInDays').shown() ?? '30';
    return {
      ...base,
      reversibility: { ...base.reversibility, until: `${days} days after the call` },
      reason: `Deletes key ${notKnown(base)} in ${days} days; what is encrypted under it can then never be read again.`,
      ...(base.targets[0]?.known === true && { saferForm: { title: 'Disable the key instead', replace: rewritten(call, ['pending-window-in-days='], []).replace('schedule-key-deletion', 'disable-key') } }),
    };
  },
  's3api:DeleteObject': deleteObjects,
  's3api:DeleteObjects': deleteObjects,
  's3api:PutBucketVersioning': ({ params }, base) => (params.at('VersioningConfiguration').at('Status').is('Suspended')
    ? {
      ...base,
      mutation: 'destructive',
      effects: ['guard-removal'],
      reversibility: { kind: 'reversible', how: 'Set Status=Enabled again; what is deleted meanwhile stays lost.' },
      guardsOff: ['Status=Suspended'],
      reason: `Suspends versioning of bucket ${notKnown(base)}: from now on overwritten and deleted objects are lost.`,
    }
    : base),
  's3api:PutBucketLifecycleConfiguration': lifecycle,
  's3api:PutBucketLifecycle': lifecycle,
  'logs:PutRetentionPolicy': ({ params }, base) => ({
    ...base,
    reason: `Deletes log events of ${targetNames(base.targets) ?? 'the log group'} that are older than ${params.at('retentionInDays').shown() ?? 'the new number of'} days.`,
  }),
  'dynamodb:UpdateContinuousBackups': ({ params }, base) => (params.at('PointInTimeRecoverySpecification').at('PointInTimeRecoveryEnabled').bool() === false
    ? {
      ...base,
      mutation: 'destructive',
      effects: ['guard-removal', 'data-loss'],
      reversibility: { kind: 'irreversible' },
      guardsOff: ['PointInTimeRecoveryEnabled=false'],
      reason: `Switches point-in-time recovery of ${notKnown(base)} off: the last 35 days can no longer be restored.`,
    }
    : base),
  'dynamodb:UpdateTable': ({ params }, base) => {
    const deletes = (member: string): boolean => params.at(member).items().some((update) => update.names().includes('Delete'));
    const replicas = deletes('ReplicaUpdates');
    const indexes = deletes('GlobalSecondaryIndexUpdates');
    return replicas || indexes
      ? { ...base, mutation: 'destructive', effects: replicas ? ['data-loss', 'outage'] : ['outage'], reversibility: { kind: 'irreversible' }, reason: `Deletes ${replicas ? 'a replica' : 'an index'} of table ${notKnown(base)}.` }
      : base;
  },
  'dynamodb:BatchWriteItem': writeItems('RequestItems', (params) => params.at('RequestItems').names().flatMap((table) => params.at('RequestItems').at(table).items()), 'DeleteRequest'),
  'dynamodb:TransactWriteItems': writeItems('TransactItems', (params) => params.at('TransactItems').items(), 'Delete'),
};

function deleteObjects(call: OperationCall, base: Finding): Finding {
  const { params } = call;
  const bucket = params.at('Bucket').shown();
  const key = params.at('Key');
  const batch = params.at('Delete').at('Objects').items();
  const versioned = params.at('VersionId').given || batch.some((o) => o.at('VersionId').given);
  const keys = key.given ? [key.shown()] : batch.map((o) => o.at('Key').shown());
  const objects = keys.map((k) => ({ name: k ?? 'an object that is not known yet', known: k !== undefined }));
  return {
    ...base,
    targets: [
      ...base.targets.filter((t) => t.type === 'AWS::S3::Bucket'),
      ...objects.map((o) => ({ type: 's3:object', name: bucket === undefined ? o.name : `s3://${bucket}/${o.name}`, known: o.known && bucket !== undefined })),
    ],
    reversibility: versioned ? { kind: 'irreversible' } : base.reversibility,
    guardsOff: params.at('BypassGovernanceRetention').bool() === true ? ['--bypass-governance-retention'] : [],
    reason: versioned
      ? `Deletes versions of objects in ${bucket ?? 'a bucket'} for good: no delete marker is left.`
      : `Deletes ${objects.length > 1 ? `${objects.length} objects` : (objects[0]?.name ?? 'objects')} in ${bucket ?? 'a bucket'}; without versioning they are lost.`,
  };
}

/** What a rule may hold that deletes. Source: API reference, LifecycleRule. */
const EXPIRING = ['Expiration', 'NoncurrentVersionExpiration'];

function lifecycle({ params }: OperationCall, base: Finding): Finding {
  const configuration = params.at('LifecycleConfiguration').given ? params.at('LifecycleConfiguration') : params.at('Lifecycle');
  const value = configuration.value();
  const isKnown = value !== undefined && ![...textsIn(value)].includes(UNKNOWN);
  const rules = configuration.at('Rules').items();
  if (isKnown && !rules.some((rule) => EXPIRING.some((name) => rule.at(name).given))) {
    return { ...base, mutation: 'modifying', effects: [], reversibility: { kind: 'unknown' }, reason: `Replaces the lifecycle rules of ${notKnown(base)}; the new ones delete nothing.` };
  }
  return {
    ...base,
    unknowns: isKnown ? base.unknowns : [...base.unknowns, 'the rules could not be read'],
    reason: `Replaces the lifecycle rules of ${notKnown(base)}: objects that a rule expires are deleted.`,
  };
}

function writeItems(member: string, itemsOf: (params: AwsParameters) => readonly Part[], deletes: string): Refinement {
  return ({ params }, base) => {
    const value = params.at(member).value();
    const isKnown = value !== undefined && ![...textsIn(value)].includes(UNKNOWN);
    return isKnown && !itemsOf(params).some((item) => item.names().includes(deletes))
      ? { ...base, mutation: 'modifying', effects: [], reversibility: { kind: 'unknown' }, reason: 'Writes items; those with the same key are replaced.' }
      : { ...base, unknowns: isKnown ? base.unknowns : [...base.unknowns, `the items of ${member} could not be read`] };
  };
}
