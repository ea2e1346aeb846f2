import type { Reversibility } from '../../../model';
import { data, existence, needs, node, type Answers, type Entry, type Look, type Reads, type Told } from '../entry';
import { at, isOn, listAt, numberAt, textAt, textsAt } from '../json';
import { usageBecause, usageRead } from '../usage';
import { count, counted, some, when } from '../words';
import { afterDeletion, snapshotsOf, type Service } from './rds-backups';

/** Databases of RDS, and of DocumentDB and Neptune, whose API is the same. Source: the API reference of each operation. */

const REFERENCE: Readonly<Record<Service, string>> = {
  rds: 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_',
  docdb: 'https://docs.aws.amazon.com/documentdb/latest/developerguide/API_',
  neptune: 'https://docs.aws.amazon.com/neptune/latest/apiref/API_',
};
const TYPE: Readonly<Record<Service, string>> = { rds: 'AWS::RDS::', docdb: 'AWS::DocDB::', neptune: 'AWS::Neptune::' };

const instanceRead = (service: Service, target: string): Reads => ({
  instance: { args: [service, 'describe-db-instances', '--db-instance-identifier', target], what: `size, protection and use of ${target}`, missing: /^DBInstanceNotFound/, main: true },
});

/** @param backups whether it matters what is left when it goes. */
function instanceStages(service: Service, backups: boolean): Entry['stages'] {
  return [({ target }) => instanceRead(service, target), ({ target }): Reads => ({
    usage: usageRead('database', target),
    // DocumentDB and Neptune have snapshots of clusters only.
    ...(backups && service === 'rds' ? { snapshots: { args: [service, 'describe-db-snapshots', '--db-instance-identifier', target, '--max-items', '200'], what: `snapshots of ${target}`, missing: /^DBInstanceNotFound/ } } : {}),
  })];
}

/** What is said of every DB instance, whatever happens to it. */
function tellInstance({ target }: Look, answers: Answers): Told & { readonly protectedNow: boolean } {
  const one = data(answers, 'instance', 'DBInstances', 0);
  const cluster = textAt(one, 'DBClusterIdentifier');
  const groups = textsAt(one, ['VpcSecurityGroups'], 'VpcSecurityGroupId');
  const key = textAt(one, 'KmsKeyId');
  const replicas = textsAt(one, ['ReadReplicaDBInstanceIdentifiers']);
  const of = textAt(one, 'ReadReplicaSourceDBInstanceIdentifier');
  const protectedNow = isOn(one, 'DeletionProtection');
  return {
    exists: existence(answers, 'instance', 'DBInstances', 0), physicalId: target, protectedNow,
    ...(numberAt(one, 'AllocatedStorage') === undefined || cluster !== undefined ? {} : { size: `${numberAt(one, 'AllocatedStorage')} GiB allocated (${textAt(one, 'Engine') ?? 'unknown engine'})` }),
    because: one === undefined ? [] : [
      ...(textAt(one, 'DBInstanceStatus') === undefined ? [] : [`Its status is ${textAt(one, 'DBInstanceStatus')}${isOn(one, 'MultiAZ') ? ', Multi-AZ' : ''}.`]),
      ...(textAt(one, 'Endpoint', 'Address') === undefined ? [] : [`Programs reach it at ${textAt(one, 'Endpoint', 'Address')}.`]),
      ...(of === undefined ? [] : [`It is a read replica of ${of}.`]),
      ...usageBecause('database', answers),
    ],
    also: [
      ...replicas.map((replica) => node(replica, 'AWS::RDS::DBInstance', 'interrupted', `It is a read replica of ${target}: without its source it stops replicating.`, { data: 'kept' })),
      ...(cluster === undefined ? [] : [node(cluster, 'AWS::RDS::DBCluster', 'interrupted', `${target} is one of its members.`, { data: 'kept' })]),
      ...groups.map((group) => node(group, 'AWS::EC2::SecurityGroup', 'unchanged', `It guards ${target}.`)),
      ...(key === undefined ? [] : [node(key, 'AWS::KMS::Key', 'unchanged', `It encrypts ${target}.`)]),
    ],
    dependencies: [
      ...replicas.map((replica) => needs(replica, target, 'reference', 'read replica of it')),
      ...(cluster === undefined ? [] : [needs(cluster, target, 'owner', 'DB instance of the cluster')]),
      ...groups.map((group) => needs(target, group, 'security-group', 'VPC security group')),
      ...(key === undefined ? [] : [needs(target, key, 'kms-key', 'encrypted with it')]),
    ],
  };
}

function deleteInstance(service: Service): Entry {
  return {
    source: `${REFERENCE[service]}DeleteDBInstance.html`, type: `${TYPE[service]}DBInstance`, noun: 'DB instance',
    stages: instanceStages(service, true), stackId: (_look, answers) => textAt(data(answers, 'instance'), 'DBInstances', 0, 'DBInstanceIdentifier'), identity: instanceIdentity,
    tell(look, answers) {
      const { protectedNow, ...told } = tellInstance(look, answers);
      const one = data(answers, 'instance', 'DBInstances', 0);
      if (textAt(one, 'DBClusterIdentifier') !== undefined) {
        return { ...told, outcome: 'interrupted', data: 'kept', because: [...(told.because ?? []), 'Its data is in the cluster, which stays; if it is the last instance, nothing answers any more.'], warnings: guard(look.target, protectedNow) };
      }
      const after = afterDeletion({
        ...look, service, kind: 'instance', engine: textAt(one, 'Engine'), resourceId: textAt(one, 'DbiResourceId'), retention: numberAt(one, 'BackupRetentionPeriod'), latestRestorable: textAt(one, 'LatestRestorableTime'),
        snapshots: answers['snapshots']?.kind === 'data' ? snapshotsOf(listAt(answers['snapshots'].data, 'DBSnapshots'), 'DBSnapshotIdentifier') : undefined,
      });
      return { ...told, ...after, warnings: [...guard(look.target, protectedNow), ...(after.warnings ?? [])] };
    },
  };
}

function instanceIdentity(answers: Answers): unknown {
  const one = data(answers, 'instance', 'DBInstances', 0);
  return [textAt(one, 'DBInstanceArn'), textAt(one, 'DbiResourceId'), textAt(one, 'InstanceCreateTime'), at(one, 'DeletionProtection'), at(one, 'BackupRetentionPeriod')];
}

function guard(target: string, on: boolean): string[] {
  return on ? [`Deletion protection of ${target} is on: AWS refuses this call.`] : [];
}

function deleteCluster(service: Service): Entry {
  return {
    source: `${REFERENCE[service]}DeleteDBCluster.html`, type: `${TYPE[service]}DBCluster`, noun: 'DB cluster', stackId: (_look, answers) => textAt(data(answers, 'cluster'), 'DBClusters', 0, 'DBClusterIdentifier'),
    stages: [({ target }) => ({
      cluster: { args: [service, 'describe-db-clusters', '--db-cluster-identifier', target], what: `size, protection and members of ${target}`, missing: /^DBClusterNotFound/, main: true },
    }), ({ target }) => ({
      usage: usageRead('cluster', target),
      snapshots: { args: [service, 'describe-db-cluster-snapshots', '--db-cluster-identifier', target, '--max-items', '200'], what: `snapshots of ${target}`, missing: /^DBClusterNotFound/ },
    })],
    identity(answers) {
      const one = data(answers, 'cluster', 'DBClusters', 0);
      return [textAt(one, 'DBClusterArn'), textAt(one, 'DbClusterResourceId'), textAt(one, 'ClusterCreateTime'), at(one, 'DeletionProtection')];
    },
    tell(look, answers) {
      const one = data(answers, 'cluster', 'DBClusters', 0);
      const members = textsAt(one, ['DBClusterMembers'], 'DBInstanceIdentifier');
      const key = textAt(one, 'KmsKeyId');
      const stored = numberAt(one, 'AllocatedStorage');
      const after = afterDeletion({
        ...look, service, kind: 'cluster', engine: textAt(one, 'Engine'), resourceId: textAt(one, 'DbClusterResourceId'), retention: numberAt(one, 'BackupRetentionPeriod'), latestRestorable: textAt(one, 'LatestRestorableTime'),
        snapshots: answers['snapshots']?.kind === 'data' ? snapshotsOf(listAt(answers['snapshots'].data, 'DBClusterSnapshots'), 'DBClusterSnapshotIdentifier') : undefined,
      });
      return {
        exists: existence(answers, 'cluster', 'DBClusters', 0), ...after,
        // Aurora says 1 for storage that grows by itself.
        ...(stored === undefined || stored <= 1 ? {} : { size: `${stored} GiB allocated (${textAt(one, 'Engine') ?? 'unknown engine'})` }),
        because: [...(textAt(one, 'Endpoint') === undefined ? [] : [`Programs reach it at ${textAt(one, 'Endpoint')}.`]), ...usageBecause('cluster', answers)],
        also: [
          ...members.map((member) => node(member, `${TYPE[service]}DBInstance`, 'interrupted', `It is a member of ${look.target}.`)),
          ...(key === undefined ? [] : [node(key, 'AWS::KMS::Key', 'unchanged', `It encrypts ${look.target}.`)]),
        ],
        dependencies: [...members.map((member) => needs(member, look.target, 'owner', 'member of the cluster')), ...(key === undefined ? [] : [needs(look.target, key, 'kms-key', 'encrypted with it')])],
        warnings: [
          ...guard(look.target, isOn(one, 'DeletionProtection')),
          ...(members.length === 0 ? [] : [`${look.target} still has ${count(members.length, 'member')} (${some(members)}): AWS refuses to delete a cluster with members.`]),
          ...(after.warnings ?? []),
        ],
      };
    },
  };
}

function deleteSnapshot(service: Service, cluster: boolean): Entry {
  const member = cluster ? 'DBClusterSnapshots' : 'DBSnapshots';
  const word = cluster ? 'db-cluster-snapshot' : 'db-snapshot';
  return {
    source: `${REFERENCE[service]}Delete${cluster ? 'DBClusterSnapshot' : 'DBSnapshot'}.html`, type: `rds:${word}`, noun: 'snapshot', stackId: null,
    stages: [({ target }) => ({ snapshot: { args: [service, `describe-${word}s`, `--${word}-identifier`, target], what: `age and source of ${target}`, missing: /SnapshotNotFound/, main: true } })],
    identity: (answers) => [textAt(data(answers, 'snapshot', member, 0), cluster ? 'DBClusterSnapshotArn' : 'DBSnapshotArn'), textAt(data(answers, 'snapshot', member, 0), 'SnapshotCreateTime')],
    tell(_look, answers) {
      const one = data(answers, 'snapshot', member, 0);
      const of = textAt(one, cluster ? 'DBClusterIdentifier' : 'DBInstanceIdentifier');
      const time = textAt(one, 'SnapshotCreateTime');
      return {
        exists: existence(answers, 'snapshot', member, 0), outcome: 'lost', data: 'lost', reversibility: { kind: 'irreversible', how: 'There is no way back: a deleted snapshot can\'t be restored.' },
        ...(numberAt(one, 'AllocatedStorage') === undefined ? {} : { size: `${numberAt(one, 'AllocatedStorage')} GiB` }),
        because: of === undefined ? [] : [`It is a ${textAt(one, 'SnapshotType') ?? ''} snapshot of ${of}${time === undefined ? '' : ` of ${when(time)}`}.`],
      };
    },
  };
}

function outage(operation: string, sentence: string, back: Reversibility): Entry {
  return {
    source: `${REFERENCE.rds}${operation}.html`, type: 'AWS::RDS::DBInstance', noun: 'DB instance', stages: instanceStages('rds', false), identity: instanceIdentity, stackId: null,
    tell(look, answers) {
      const { protectedNow: _on, ...told } = tellInstance(look, answers);
      return { ...told, action: 'modify', outcome: 'interrupted', data: 'kept', downtime: { interrupted: 'yes' }, reversibility: back, because: [...(told.because ?? []), sentence] };
    },
  };
}

const modifyInstance: Entry = {
  source: `${REFERENCE.rds}ModifyDBInstance.html`, type: 'AWS::RDS::DBInstance', noun: 'DB instance', stages: instanceStages('rds', true), identity: instanceIdentity,
  tell(look, answers) {
    const { protectedNow, ...told } = tellInstance(look, answers);
    const { held, target } = look;
    const one = data(answers, 'instance', 'DBInstances', 0);
    const now = numberAt(one, 'BackupRetentionPeriod');
    const retention = held.text('backup-retention-period', 'BackupRetentionPeriod');
    const unprotects = held.flag('deletion-protection', 'DeletionProtection') === false;
    const snapshots = answers['snapshots']?.kind === 'data' ? snapshotsOf(listAt(answers['snapshots'].data, 'DBSnapshots'), 'DBSnapshotIdentifier') : undefined;
    const automated = snapshots?.filter((one) => !one.manual).length;
    const off = retention === '0' && now !== 0;
    return {
      ...told, action: 'modify', data: 'kept',
      ...(snapshots?.[0] === undefined ? {} : { lastBackup: `snapshot ${snapshots[0].id} of ${when(snapshots[0].time)}` }),
      ...(off ? {
        outcome: 'modified' as const, also: [...(told.also ?? []), node(`automated backups of ${target}`, 'rds:automated-backup', 'lost', 'Backup retention 0 deletes them.', { action: 'remove', data: 'lost', reversibility: { kind: 'irreversible', how: 'There is no way back: deleted backups do not come back.' } })],
        dependencies: [...(told.dependencies ?? []), needs(`automated backups of ${target}`, target, 'owner', 'backups of it')],
      } : {}),
      ...(off ? { reversibility: { kind: 'irreversible' as const, how: 'Set the retention period again; the backups that are deleted do not come back.' } } : {}),
      because: [
        ...(told.because ?? []),
        ...(off ? [`Backup retention goes from ${counted(now, 'day')} to 0: ${automated === undefined ? 'its automated backups' : count(automated, 'automated backup')} and point-in-time recovery go.`] : []),
        ...(held.flag('apply-immediately', 'ApplyImmediately') === true ? ['It is applied at once, not in the maintenance window.'] : []),
      ],
      warnings: unprotects ? [protectedNow ? `Deletion protection of ${target} is on now: this takes it off.` : `Deletion protection of ${target} is off already.`] : [],
    };
  },
};

/** A change of a whole cluster that leaves its data. */
function changeCluster(operation: 'StopDBCluster' | 'ModifyDBCluster', sentence: string, back: Reversibility): Entry {
  const base = deleteCluster('rds');
  return {
    ...base, source: `${REFERENCE.rds}${operation}.html`,
    tell(look, answers) {
      const one = data(answers, 'cluster', 'DBClusters', 0);
      const { lastBackup, size, also, dependencies, exists } = base.tell(look, answers);
      const unprotects = look.held.flag('deletion-protection', 'DeletionProtection') === false;
      return {
        exists, action: 'modify', outcome: operation === 'StopDBCluster' ? 'interrupted' : 'modified', data: 'kept', reversibility: back, because: [sentence],
        ...(lastBackup === undefined ? {} : { lastBackup }), ...(size === undefined ? {} : { size }),
        ...(operation === 'StopDBCluster' ? { also: also ?? [], dependencies: dependencies ?? [], downtime: { interrupted: 'yes' as const } } : {}),
        warnings: unprotects && one !== undefined ? [isOn(one, 'DeletionProtection') ? `Deletion protection of ${look.target} is on now: this takes it off.` : `Deletion protection of ${look.target} is off already.`] : [],
      };
    },
  };
}

const automatedBackup: Entry = {
  source: `${REFERENCE.rds}DeleteDBInstanceAutomatedBackup.html`, type: 'rds:automated-backup', noun: 'automated backup', stackId: null,
  targets: (held) => [held.text('dbi-resource-id', 'DbiResourceId') ?? held.text('db-instance-automated-backups-arn', 'DBInstanceAutomatedBackupsArn')].filter((name) => name !== undefined),
  stages: [({ target }) => ({ backup: { args: ['rds', 'describe-db-instance-automated-backups', target.startsWith('arn:') ? '--db-instance-automated-backups-arn' : '--dbi-resource-id', target], what: `automated backup ${target}`, missing: /NotFound/, main: true } })],
  identity: (answers) => textsAt(data(answers, 'backup'), ['DBInstanceAutomatedBackups'], 'DBInstanceAutomatedBackupsArn'),
  tell(_look, answers) {
    const one = data(answers, 'backup', 'DBInstanceAutomatedBackups', 0);
    const latest = textAt(one, 'RestoreWindow', 'LatestTime');
    return {
      exists: existence(answers, 'backup', 'DBInstanceAutomatedBackups', 0), outcome: 'lost', data: 'lost', reversibility: { kind: 'irreversible', how: 'There is no way back: the backup and its point-in-time recovery go.' },
      ...(numberAt(one, 'AllocatedStorage') === undefined ? {} : { size: `${numberAt(one, 'AllocatedStorage')} GiB` }),
      because: [`It belongs to ${textAt(one, 'DBInstanceIdentifier') ?? 'an instance that is not named'} (${textAt(one, 'Status') ?? 'status unknown'})${latest === undefined ? '' : `, restorable to ${when(latest)}`}.`],
    };
  },
};

export const rdsEntries: Readonly<Record<string, Entry>> = {
  'rds delete-db-instance': deleteInstance('rds'),
  'neptune delete-db-instance': deleteInstance('neptune'),
  'docdb delete-db-instance': deleteInstance('docdb'),
  'rds delete-db-cluster': deleteCluster('rds'),
  'docdb delete-db-cluster': deleteCluster('docdb'),
  'neptune delete-db-cluster': deleteCluster('neptune'),
  'rds delete-db-snapshot': deleteSnapshot('rds', false),
  'rds delete-db-cluster-snapshot': deleteSnapshot('rds', true),
  'docdb delete-db-cluster-snapshot': deleteSnapshot('docdb', true),
  'neptune delete-db-cluster-snapshot': deleteSnapshot('neptune', true),
  'rds delete-db-instance-automated-backup': automatedBackup,
  'rds modify-db-instance': modifyInstance,
  'rds modify-db-cluster': changeCluster('ModifyDBCluster', 'What is set is changed in place; some settings restart its members.', { kind: 'reversible', how: 'Set the former values again.' }),
  'rds stop-db-cluster': changeCluster('StopDBCluster', 'It and all its members stop answering; AWS starts it again by itself after seven days.', { kind: 'reversible', how: 'aws rds start-db-cluster' }),
  // Source: StopDBInstance: "Amazon RDS starts it again after seven days".
  'rds stop-db-instance': outage('StopDBInstance', 'It stops answering; AWS starts it again by itself after seven days.', { kind: 'reversible', how: 'aws rds start-db-instance' }),
  'rds reboot-db-instance': outage('RebootDBInstance', 'It does not answer while it restarts; all connections are cut.', { kind: 'reversible', how: 'It comes back by itself; cut transactions have to be repeated.' }),
};
