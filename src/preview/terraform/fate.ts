import type { DataOutcome, Reversibility } from '../../model';
import { dataOf } from '../../detect/templates/terraform/stateful';
import { first, isStateless, statefulnessOf } from './data-types';
import type { Values } from './plan-json';

/** What becomes of the data in a resource that goes, and the way back. */
export interface Fate {
  readonly data: DataOutcome;
  readonly reversibility: Reversibility;
  /** Sentences with their source. */
  readonly because: readonly string[];
  /** What keeps the deletion from succeeding. */
  readonly blocked?: string;
}

const AGAIN: Reversibility = { kind: 'recoverable', how: 'Put its block back (git revert) and apply; it gets a new identity.', until: 'its configuration is lost' };
const OWN_COPY: Reversibility = { kind: 'irreversible', how: 'There is none, unless there is a backup of your own.' };

const lost = (reversibility: Reversibility, ...because: string[]): Fate => ({ data: 'lost', reversibility, because });
const nothing = (...because: string[]): Fate => ({ data: 'none', reversibility: AGAIN, because });
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const days = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

/** Settings that refuse a deletion while they are on, as the state holds them. Source: the providers' documentation of each argument. */
const PROTECTIONS = ['deletion_protection', 'deletion_protection_enabled', 'enable_deletion_protection', 'disable_api_termination', 'protect_from_deletion'];

/**
 * The fate of what a resource holds when it is deleted, from what the state knows about it.
 * @param values as in the plan's `before`: never printed, only asked. Source of each rule: the provider's documentation of the argument
 * that it names, and AWS's of what the deletion does.
 */
export function fateOfGone(type: string, values: Values): Fate {
  const fate = special(type, values) ?? general(type, values);
  const on = PROTECTIONS.find((name) => values[name] === true || /^(?:ACTIVE|ENABLED)$/.test(String(values[name])));
  return on === undefined ? fate : { ...fate, blocked: `${on} is on: the provider refuses to delete it until an apply has turned that off.` };
}

function special(type: string, v: Values): Fate | undefined {
  switch (type) {
    case 'aws_db_instance': case 'aws_rds_cluster': case 'aws_docdb_cluster': case 'aws_neptune_cluster': case 'aws_redshift_cluster':
      return v['skip_final_snapshot'] === true ? withoutSnapshot(type, v) : withSnapshot(type, v, text(v['final_snapshot_identifier']));
    case 'aws_elasticache_cluster': case 'aws_elasticache_replication_group': case 'aws_elasticache_serverless_cache': case 'aws_memorydb_cluster': {
      const name = text(v['final_snapshot_identifier']) ?? text(v['final_snapshot_name']) ?? text(v['snapshot_name_final']);
      return name === undefined ? undefined : withSnapshot(type, v, name);
    }
    case 'aws_ebs_volume': return v['final_snapshot'] === true ? withSnapshot(type, v, 'made by the provider') : undefined;
    case 'aws_fsx_windows_file_system': case 'aws_fsx_openzfs_file_system': case 'aws_fsx_openzfs_volume': case 'aws_fsx_ontap_volume':
      return v['skip_final_backup'] === false ? withSnapshot(type, v, 'the final backup') : undefined;
    case 'aws_s3_bucket': case 'aws_s3_directory_bucket': return holder(v['force_destroy'] === true, 'force_destroy', 'its objects, old versions too', 'objects');
    case 'google_storage_bucket': return googleBucket(v);
    case 'aws_ecr_repository': return holder(v['force_delete'] === true, 'force_delete', 'its images', 'images');
    case 'aws_backup_vault': return holder(v['force_destroy'] === true, 'force_destroy', 'its recovery points', 'recovery points');
    case 'aws_route53_zone':
      return { data: v['force_destroy'] === true ? 'lost' : 'none', reversibility: { kind: 'irreversible', how: 'Create it and its records again; it gets other name servers, so the delegation must be changed.' }, because: [v['force_destroy'] === true ? 'force_destroy is on: the records that are in it go with it.' : 'force_destroy is off: the deletion fails while it holds records of its own.', 'Its name servers are not had back.'] };
    case 'aws_kms_key': case 'aws_kms_external_key': case 'aws_kms_replica_key': {
      const window = days(v['deletion_window_in_days']) ?? 30;
      return lost({ kind: 'recoverable', how: `aws kms cancel-key-deletion --key-id ${text(v['key_id']) ?? text(v['arn']) ?? 'KEY'}, then aws kms enable-key with the same.`, until: `${window} days after the apply; after that everything encrypted with it is lost` }, `It is scheduled for deletion with a window of ${window} days (deletion_window_in_days): what is encrypted with it can't be read from then on.`);
    }
    case 'aws_secretsmanager_secret': {
      const window = days(v['recovery_window_in_days']) ?? 30;
      return window === 0
        ? lost(OWN_COPY, 'recovery_window_in_days is 0: the secret is deleted at once, without a window.')
        : lost({ kind: 'recoverable', how: `aws secretsmanager restore-secret --secret-id ${text(v['arn']) ?? text(v['name']) ?? 'SECRET'}`, until: `${window} days after the apply` }, `It is scheduled for deletion with a window of ${window} days (recovery_window_in_days).`);
    }
    case 'aws_cloudwatch_log_group':
      return v['skip_destroy'] === true ? { data: 'orphaned', reversibility: { kind: 'recoverable', how: `terraform import brings it back: its id is ${text(v['name']) ?? 'its name'}.`, until: 'somebody deletes it' }, because: ['skip_destroy is on: the log group stays, and nothing manages it any more.'] } : undefined;
    case 'aws_dynamodb_table': return table(v);
    case 'azurerm_key_vault':
      return lost({ kind: 'irreversible', how: 'Only when the provider is set not to purge (features.key_vault.purge_soft_delete_on_destroy = false): az keyvault recover.' }, 'The provider purges a deleted vault by default: its keys, secrets and certificates go for good.');
    case 'kubernetes_namespace': case 'kubernetes_namespace_v1': return lost({ kind: 'irreversible', how: 'Apply every manifest again; data on volumes comes back only from a backup.' }, 'Everything in the namespace goes with it, also what Terraform does not manage.');
    case 'kubernetes_persistent_volume_claim': case 'kubernetes_persistent_volume_claim_v1': return { data: 'unknown', reversibility: { kind: 'unknown', how: 'Read the reclaim policy of its volume: kubectl get pv.' }, because: ['Whether the volume goes with the claim is up to the volume\'s reclaim policy, which the plan does not hold.'] };
    case 'tls_private_key': return lost(OWN_COPY, 'The private key is in the state alone: it is gone.');
    case 'random_password': case 'random_id': case 'random_uuid': case 'random_string': case 'random_pet': case 'random_bytes':
      return { data: 'none', reversibility: { kind: 'irreversible', how: 'A new one has another value; the old one is in an earlier version of the state.' }, because: ['Its value is lost with it: whatever was named or secured with it no longer fits.'] };
    case 'local_file': case 'local_sensitive_file': return nothing('The file on this machine is deleted.');
    case 'helm_release': return { data: 'unknown', reversibility: { kind: 'unknown', how: 'helm get manifest shows what is in it; claims of its StatefulSets usually stay.' }, because: ['What the chart made is deleted; what it holds the plan does not say.'] };
    default: return undefined;
  }
}

function general(type: string, v: Values): Fate {
  const aws = statefulnessOf(type, v);
  if (aws !== undefined && aws.tier !== 'unknown') {
    if (!aws.holdsData) {
      return aws.tier === 'stateless' ? nothing('It holds no data.')
        : { data: 'none', reversibility: aws.afterDeletion, because: [`It holds no data of its own, but what refers to it by name or address breaks. Source: ${aws.source}.`] };
    }
    const device = type === 'aws_instance' ? first(v['root_block_device']) : undefined;
    if (device?.['delete_on_termination'] === false) {
      return { data: 'orphaned', reversibility: { kind: 'recoverable', how: `The root volume ${text(device['volume_id']) ?? ''} stays: attach it to a new instance.`, until: 'somebody deletes it' }, because: ['Its root volume stays (delete_on_termination is off); instance store data goes.'] };
    }
    return lost(aws.afterDeletion, `It holds data, which goes with it. Source: ${aws.source}.`);
  }
  const stored = dataOf(type);
  if (stored !== undefined) return lost(OWN_COPY, `${stored.charAt(0).toUpperCase()}${stored.slice(1)} goes with it (the provider's documentation of ${type}).`);
  if (isStateless(type)) return nothing('A resource of this type holds no data.');
  return { data: 'unknown', reversibility: { kind: 'unknown', how: `Ask its owner what deleting a ${type} takes along.` }, because: [`What a ${type} holds is not known: confirm with its owner.`] };
}

function withSnapshot(type: string, v: Values, name: string | undefined): Fate {
  if (name === undefined) {
    return { data: 'kept', reversibility: OWN_COPY, because: ['skip_final_snapshot is off and no final_snapshot_identifier is set in the state.'], blocked: 'it has no final_snapshot_identifier, so the provider refuses to delete it.' };
  }
  const how = RESTORE[type];
  const id = text(v['identifier']) ?? text(v['cluster_identifier']) ?? text(v['id']) ?? 'NAME';
  return { data: 'snapshotted', reversibility: { kind: 'recoverable', how: how === undefined ? `Restore the snapshot (${name}).` : how(id, name), until: 'that snapshot is deleted' }, because: [`A final snapshot is taken first (${name}).`] };
}

/** Source: AWS CLI reference of each command. */
const RESTORE: Readonly<Record<string, (id: string, snapshot: string) => string>> = {
  aws_db_instance: (id, s) => `aws rds restore-db-instance-from-db-snapshot --db-instance-identifier ${id} --db-snapshot-identifier ${s}`,
  aws_rds_cluster: (id, s) => `aws rds restore-db-cluster-from-snapshot --db-cluster-identifier ${id} --snapshot-identifier ${s} --engine ENGINE`,
  aws_docdb_cluster: (id, s) => `aws docdb restore-db-cluster-from-snapshot --db-cluster-identifier ${id} --snapshot-identifier ${s} --engine docdb`,
  aws_neptune_cluster: (id, s) => `aws neptune restore-db-cluster-from-snapshot --db-cluster-identifier ${id} --snapshot-identifier ${s} --engine neptune`,
  aws_redshift_cluster: (id, s) => `aws redshift restore-from-cluster-snapshot --cluster-identifier ${id} --snapshot-identifier ${s}`,
};

function withoutSnapshot(type: string, v: Values): Fate {
  const keeps = v['delete_automated_backups'] === false && (days(v['backup_retention_period']) ?? 0) > 0;
  if ((type === 'aws_db_instance' || type === 'aws_rds_cluster') && keeps) {
    return lost({ kind: 'recoverable', how: type === 'aws_db_instance' ? 'aws rds describe-db-instance-automated-backups, then aws rds restore-db-instance-to-point-in-time --source-dbi-resource-id …' : 'aws rds describe-db-cluster-automated-backups, then aws rds restore-db-cluster-to-point-in-time --source-db-cluster-resource-id …', until: `${days(v['backup_retention_period'])} days after the deletion` }, 'skip_final_snapshot is on: no final snapshot is taken; the automated backups stay (delete_automated_backups is off).');
  }
  return lost({ kind: 'irreversible', how: 'Only from a snapshot that somebody made by hand before.' }, 'skip_final_snapshot is on: no final snapshot is taken, and the automated backups go with it.');
}

function holder(force: boolean, name: string, what: string, short: string): Fate {
  return force
    ? lost(OWN_COPY, `${name} is on: ${what} are deleted with it.`)
    : { data: 'none', reversibility: AGAIN, because: [`${name} is off: the deletion fails while it holds ${short}, so none is lost by it.`] };
}

function googleBucket(v: Values): Fate {
  const seconds = days(first(v['soft_delete_policy'])?.['retention_duration_seconds']);
  const fate = holder(v['force_destroy'] === true, 'force_destroy', 'its objects', 'objects');
  if (fate.data !== 'lost' || seconds === undefined || seconds === 0) return fate;
  const name = text(v['name']) ?? 'BUCKET';
  return { ...fate, reversibility: { kind: 'recoverable', how: `gcloud storage buckets list --soft-deleted, then gcloud storage restore gs://${name}#GENERATION and gcloud storage restore "gs://${name}/**"`, until: `${Math.floor(seconds / 86_400)} days after the deletion (soft delete policy)` } };
}

function table(v: Values): Fate {
  const name = text(v['name']) ?? 'TABLE';
  const recovery = first(v['point_in_time_recovery'])?.['enabled'] === true;
  return recovery
    ? lost({ kind: 'recoverable', how: `aws dynamodb list-backups --table-name ${name} --backup-type SYSTEM, then aws dynamodb restore-table-from-backup --target-table-name ${name} --backup-arn …`, until: '35 days after the deletion' }, 'Point-in-time recovery is on: DynamoDB makes a system backup when the table is deleted and keeps it for 35 days (Developer Guide, "Point-in-time recovery").')
    : lost({ kind: 'irreversible', how: 'Only from an on-demand or AWS Backup copy, if one was made.' }, 'Point-in-time recovery is off: the items go for good.');
}
