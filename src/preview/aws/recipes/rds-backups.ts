import type { Reversibility } from '../../../model';
import type { Look, Told } from '../entry';
import { textAt } from '../json';
import { count, when } from '../words';

/** What is left of a database when it is deleted. */

/** RDS, and DocumentDB and Neptune, whose API is the same. */
export type Service = 'rds' | 'docdb' | 'neptune';

interface Snapshot {
  readonly id: string;
  readonly time: string;
  /** It stays when the database goes: made by hand, or by AWS Backup. */
  readonly manual: boolean;
}

/** The snapshots of a list, the newest first. */
export function snapshotsOf(list: readonly unknown[], idMember: string): Snapshot[] {
  return list.flatMap((one): Snapshot[] => {
    const id = textAt(one, idMember);
    const time = textAt(one, 'SnapshotCreateTime');
    return id === undefined || time === undefined ? [] : [{ id, time, manual: /^(?:manual|awsbackup)$/.test(textAt(one, 'SnapshotType') ?? '') }];
  }).sort((a, b) => (when(a.time) < when(b.time) ? 1 : -1));
}

interface Deletion {
  readonly held: Look['held'];
  readonly target: string;
  readonly service: Service;
  readonly kind: 'instance' | 'cluster';
  readonly snapshots: readonly Snapshot[] | undefined;
  readonly latestRestorable: string | undefined;
  readonly retention: number | undefined;
  readonly engine: string | undefined;
  /** Under which retained backups are found. */
  readonly resourceId: string | undefined;
}

/** What comes back of a deleted database, and how. Source: DeleteDBInstance and DeleteDBCluster, RDS API reference. */
export function afterDeletion({ held, target, service, kind, snapshots, latestRestorable, retention, engine, resourceId }: Deletion): Pick<Told, 'outcome' | 'data' | 'reversibility' | 'lastBackup' | 'warnings'> {
  const restore = (snapshot: string): string => (kind === 'instance'
    ? `aws ${service} restore-db-instance-from-db-snapshot --db-instance-identifier ${target} --db-snapshot-identifier ${snapshot}`
    : `aws ${service} restore-db-cluster-from-snapshot --db-cluster-identifier ${target} --snapshot-identifier ${snapshot} --engine ${engine ?? 'ENGINE'}`);
  const newest = snapshots?.[0];
  const manual = snapshots?.find((one) => one.manual);
  const lastBackup = latestRestorable !== undefined ? `restorable to ${when(latestRestorable)} (automated backups)`
    : newest !== undefined ? `snapshot ${newest.id} of ${when(newest.time)}` : snapshots === undefined ? undefined : 'none found';
  const backup = lastBackup === undefined ? {} : { lastBackup };
  const final = held.text('final-db-snapshot-identifier', 'FinalDBSnapshotIdentifier');
  const skipped = held.flag('skip-final-snapshot', 'SkipFinalSnapshot') === true;
  if (!skipped && final !== undefined) {
    return { ...backup, outcome: 'snapshotted', data: 'snapshotted', reversibility: { kind: 'recoverable', how: `Restore the final snapshot: ${restore(final)}`, until: `the snapshot ${final} is deleted` } };
  }
  const missing = skipped ? [] : [`No final snapshot is named: without --skip-final-snapshot or --final-db-snapshot-identifier AWS refuses to delete ${target}.`];
  // Only RDS keeps automated backups of what is deleted. Source: DeleteDBInstance, DeleteAutomatedBackups.
  if (service === 'rds' && held.flag('delete-automated-backups', 'DeleteAutomatedBackups') === false && (retention ?? 0) > 0) {
    return {
      ...backup, outcome: 'lost', data: 'lost', warnings: missing,
      reversibility: {
        kind: 'recoverable', until: `the backup retention period of ${count(retention ?? 0, 'day')} ends`,
        how: kind === 'instance' ? `Restore the retained automated backup: aws rds restore-db-instance-to-point-in-time --source-dbi-resource-id ${resourceId ?? 'RESOURCE_ID'} --target-db-instance-identifier ${target} --use-latest-restorable-time` : `Restore the retained automated backup: aws rds restore-db-cluster-to-point-in-time --source-db-cluster-resource-id ${resourceId ?? 'RESOURCE_ID'} --db-cluster-identifier ${target} --use-latest-restorable-time`,
      },
    };
  }
  const reversibility: Reversibility = manual === undefined
    ? { kind: 'irreversible', how: snapshots === undefined ? 'There is no way back unless a manual snapshot exists.' : 'There is no way back: no manual snapshot was found, and automated backups go with it.' }
    : { kind: 'irreversible', how: `Only what the manual snapshot ${manual.id} of ${when(manual.time)} holds comes back; what was written after it is lost: ${restore(manual.id)}` };
  return { ...backup, outcome: 'lost', data: 'lost', reversibility, warnings: missing };
}
