import type { Effect } from '../../../model';
import type { Leaf } from './leaves';
import { joined, whole } from './expression';
import type { Meaning } from './meaning';

const kept = (type: string, leaf: Leaf): Effect => (joined(
  'backup|snapshot|recover|soft_delete|delet|destroy|restore|min_|lock|vault|secret|_key$|bucket|_dlm_',
).test(`${type} ${leaf.parents} ${leaf.name}`) ? 'guard-removal' : 'data-loss');

const PROTECTIONS: readonly Meaning[] = [
  {
    names: whole(
      '(?:\\w+_)?(?:deletion|delete|destroy|destruction|termination|purge|stop|drop|mutation|scale_in|removal|change)_protect\\w*',
      'protect_from_\\w+|(?:is_)?protected|protection(?:_enabled)?|disable_api_(?:termination|stop)',
      'prevent_(?:destroy|destruction|deletion\\w*)|new_instances_protected\\w*',
    ),
    change: 'off', effect: 'guard-removal', says: 'nothing keeps it from being deleted any more',
    source: 'hashicorp/aws, /google and /azurerm, deletion_protection and its like; '
      + 'google_sql_database_instance, settings.deletion_protection_enabled',
  },
  {
    names: /^(?:mode|state|status|enabled)$/,
    under: /(?:deletion|delete|termination)_protect\w*$/, change: 'off', effect: 'guard-removal',
    says: 'nothing keeps it from being deleted any more',
    source: 'hashicorp/aws, aws_verifiedpermissions_policy_store',
  },
  {
    names: whole(
      '\\w*purge_protection\\w*|\\w*soft_delete\\w*enabled|enable_soft_delete|point_in_time_(?:recovery|restore)\\w*',
      'pitr\\w*|versioning(?:_enabled)?|versioned',
      'enable_(?:continuous_)?(?:automatic_)?(?:automated_)?(?:backups?|versioning|point_in_time\\w*)',
      '\\w*backups?_enabled|backup_retention_enabled|\\w*change_feed_enabled|binary_log_enabled',
      'geo_redundant_backup\\w*|object_lock_enabled|skip_destroy',
      'retain_(?:on_\\w+|stacks?\\w*|physical_resources|resources)|snapshots_enabled|final_snapshot',
    ),
    change: 'off', effect: 'guard-removal', says: 'there is no way back to what is deleted or overwritten',
    source: 'hashicorp/azurerm, azurerm_key_vault, azurerm_storage_account blob_properties; '
      + 'hashicorp/google, google_sql_database_instance backup_configuration; hashicorp/aws, aws_dynamodb_table',
  },
  {
    names: whole(
      'enable_logging|logging_enabled|is_logging_enabled|enable_log_file_validation|log_file_validation_enabled',
      'is_multi_region_trail|multi_region_enabled|include_global_service_events|is_organization_trail',
      'organization_enabled|enable_flow_logs|flow_logs_enabled|log_enabled|\\w*audit\\w*enabled',
      'enable_\\w*audit\\w*|actions_enabled|enable_key_rotation|key_rotation_enabled|scan_on_push',
      'image_scanning_enabled|\\w*threat_detection\\w*enabled|block_public_security_group_rules',
      'enforce_workgroup_configuration|\\w+_logs_enabled',
    ),
    change: 'off', effect: 'guard-removal', says: 'it records, checks or tells less than before',
    source: 'hashicorp/aws, aws_cloudtrail, aws_kms_key, aws_cloudwatch_metric_alarm, aws_ecr_repository; hashicorp/azurerm',
  },
  {
    names: /^(?:enabled_cluster_log_types|enabled_cloudwatch_logs_exports|logging_enabled_components)$/,
    change: 'gone', effect: 'guard-removal', says: 'it records nothing any more',
    source: 'hashicorp/aws, aws_eks_cluster, aws_db_instance',
  },
  {
    names: whole(
      'encrypted|kms_encrypted|\\w*encryption\\w*_enabled|storage_encrypted|enable_\\w*encryption\\w*',
      'encryption_enabled|at_rest_encryption_enabled|sqs_managed_sse_enabled|sse_enabled',
    ),
    except: /transit|node_to_node/, change: 'off', effect: 'guard-removal', says: 'what is stored is no longer encrypted',
    source: 'hashicorp/aws, aws_sqs_queue, aws_elasticache_replication_group; hashicorp/azurerm, infrastructure_encryption_enabled',
  },
  {
    names: joined(
      '^(?:\\w+_)?(?:kms_key(?:_id|_arn|_name|_identifier|_self_link|_uri)?|kms_master_key_id|kms_arn|',
      'key_vault_key_id|customer_managed_key_id|disk_encryption_set_id|encryption_key(?:_arn|_id|_name)?|',
      'cmk_(?:arn|id|key_url))$',
    ),
    change: 'gone', effect: 'guard-removal', says: 'it is no longer encrypted with a key of its own', computed: true,
    source: 'hashicorp/aws, kms_key_id; hashicorp/google, kms_key_name; hashicorp/azurerm, key_vault_key_id',
  },
  {
    names: whole('permissions_boundary|web_acl_id|web_acl_arn|firewall_policy_id|security_policy|lock_configuration'),
    change: 'gone', effect: 'guard-removal', says: 'what bounded or filtered it is taken off', computed: true,
    source: 'hashicorp/aws, aws_iam_role, aws_cloudfront_distribution; hashicorp/google, google_compute_backend_service',
  },
  {
    names: /^lock_level$/,
    change: 'leaves', values: /^ReadOnly$/i, effect: 'guard-removal', says: 'the lock lets more through',
    source: 'hashicorp/azurerm, azurerm_management_lock',
  },
  {
    names: /^image_tag_mutability$/,
    change: 'leaves', values: /^IMMUTABLE$/i, effect: 'guard-removal', says: 'tags may be overwritten',
    source: 'hashicorp/aws, aws_ecr_repository',
  },
];

const DANGERS: readonly Meaning[] = [
  {
    names: whole(
      'force_(?:destroy|delete|detach)\\w*|skip_final_(?:snapshot|backup)|delete_automated_backups',
      'delete_contents_on_destroy|delete_on_termination',
      'delete_\\w*_?on_(?:destroy|deletion|termination|destruction)|purge_\\w*on_\\w*|permanently_delete\\w*',
      'skip_deletion_check|auto_delete|cascade(?:_on_delete)?|enable_force_\\w+|allow_force_\\w+',
      'terminate_instances_on_delete|privileged_delete|revoke_rules_on_delete',
    ),
    change: 'on', effect: 'guard-removal', says: 'a later deletion takes everything at once',
    source: 'hashicorp/aws, aws_s3_bucket force_destroy, aws_db_instance skip_final_snapshot; '
      + 'hashicorp/google, google_bigquery_dataset, google_compute_instance boot_disk.auto_delete',
  },
  {
    names: joined(
      '^(?:\\w+_)?(?:deletion_policy|delete_policy|data_deletion_policy|removal_policy|reclaim_policy|',
      'when_deleted|when_scaled|delete_behavior|on_delete)$',
    ),
    change: 'leaves', values: /^(?:retain|prevent|abandon|keep|orphan|snapshot|protected)/i, effect: 'guard-removal',
    says: 'what it keeps now goes with it when it is deleted',
    source: 'hashicorp/google, google_project and google_sql_user deletion_policy; hashicorp/kubernetes, kubernetes_persistent_volume',
  },
  {
    names: /^(?:\w+_)?(?:deletion_policy|delete_policy|data_deletion_policy|removal_policy|delete_behavior)$/,
    change: 'becomes', values: /^(?:delete|force|destroy|purge)/i, effect: 'guard-removal',
    says: 'what it keeps now goes with it when it is deleted',
    source: 'hashicorp/google, google_alloydb_cluster deletion_policy',
  },
];

const KEPT: readonly Meaning[] = [
  {
    names: joined(
      '^(?!max_|maximum_|performance_insights_)\\w*(?:retention|retain|retained|backtrack_window|',
      'recovery_window|deletion_window|recovery_period|restore_window|destroy_scheduled_duration|',
      'version_destroy_ttl|snapshots_to_retain|permanent_deletion_time)\\w*$',
    ),
    except: /performance_insights/, change: 'shorter', effect: kept,
    says: 'what is older is deleted, or there is less time to have it back',
    source: 'hashicorp/aws, backup_retention_period, retention_in_days, recovery_window_in_days; '
      + 'hashicorp/google, message_retention_duration; hashicorp/azurerm, soft_delete_retention_days',
  },
  {
    names: /^(?:days|count|hours|weeks|months|years|interval|duration|period|value|number|units?)$/,
    under: /(?:retention|retain|restore_policy|recovery|soft_delete)\w*$/, change: 'shorter', effect: kept,
    says: 'what is older is deleted, or there is less time to have it back',
    source: 'hashicorp/azurerm, blob_properties.delete_retention_policy; hashicorp/aws, aws_dlm_lifecycle_policy retain_rule; '
      + 'hashicorp/google, backup_retention_settings',
  },
  {
    names: /^(?:min_retention_days|minimum_retention\w*)$/,
    change: 'shorter', effect: 'guard-removal', says: 'backups may be deleted sooner',
    source: 'hashicorp/aws, aws_backup_vault_lock_configuration',
  },
  {
    names: whole(
      'delete_after\\w*|expiration_in_days|expiration_days|default_expiration_days|expire_after_\\w+',
      'default_(?:table|partition)_expiration_ms|expiration_ms|default_time_to_live|default_message_ttl',
      'message_ttl|\\w*days_after_\\w+_delete\\w*|auto_delete_on_idle',
    ),
    change: 'sooner', effect: 'data-loss', says: 'what is older is deleted',
    source: 'hashicorp/azurerm, azurerm_storage_management_policy; hashicorp/google, google_bigquery_dataset; '
      + 'hashicorp/aws, aws_backup_plan lifecycle',
  },
  {
    names: /^(?:default_ttl|analytical_storage_ttl)$/,
    types: /^azurerm_cosmosdb/, change: 'sooner', effect: 'data-loss', says: 'what is older is deleted',
    source: 'hashicorp/azurerm, azurerm_cosmosdb_sql_container: -1 keeps everything',
  },
  {
    names: /^(?:enabled|status)$/,
    under: /(?:^|\.)(?:ttl|time_to_live|default_ttl)$/, change: 'on', effect: 'data-loss', says: 'what is past its time is deleted',
    source: 'hashicorp/aws, aws_dynamodb_table ttl; aws_keyspaces_table',
  },
  {
    names: /^enabled$/,
    under: /^rule$/, types: /^azurerm_storage_management_policy$/, change: 'on', effect: 'data-loss',
    says: 'its rule deletes or moves what is older',
    source: 'hashicorp/azurerm, azurerm_storage_management_policy',
  },
];

/** Settings that keep something, record it, or say for how long it is kept. */
export const KEEPING: readonly Meaning[] = [...PROTECTIONS, ...DANGERS, ...KEPT];
