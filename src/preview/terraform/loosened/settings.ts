import type { Effect } from '../../../model';
import type { Leaf } from './leaves';

/** How a setting's change loosens something. */
export type Change =
  /** A switch that was on and is off, or gone. */
  | 'off'
  /** A switch that is on and was not. */
  | 'on'
  /** Less of something that is kept. */
  | 'shorter'
  /** Something is deleted by age, or sooner than before. */
  | 'sooner'
  /** A number of things that run becomes nothing. */
  | 'zero'
  /** A reference that is taken out of what stays. */
  | 'gone'
  /** A value that is one of these, and was not; of a list: one that holds it. */
  | 'becomes'
  /** A value that was one of these, and is not. */
  | 'leaves'
  /** A version of TLS that is older. */
  | 'older';

/** What settings of one kind of name mean, in whatever resource they stand. */
export interface Meaning {
  /** The last name, whole. */
  readonly names: RegExp;
  /** The names above it, joined by dots. */
  readonly under?: RegExp;
  readonly except?: RegExp;
  readonly types?: RegExp;
  readonly change: Change;
  readonly values?: RegExp;
  readonly effect: Effect | ((type: string, leaf: Leaf) => Effect);
  /** To follow the setting's path and what happens to it. */
  readonly says: string;
  /** Where the providers' documentation tells it. */
  readonly source: string;
  /** True where providers fill the value in by themselves, so that one that is not known yet says nothing. */
  readonly computed?: true;
}

/** A whole name that is one of these. */
const whole = (...names: readonly string[]): RegExp => new RegExp(`^(?:${names.join('|')})$`);

const GUARDED = /versioning|point_in_time|pitr|backup|soft_delete|delete_retention|restore_policy|recovery|protection|immutab|object_lock|locked|lock_config|logging|log_config|log_options|access_logs|flow_log|audit|encrypt|\bsse\b|snapshot|security|firewall|waf|defender|threat|binary_auth|shielded|workload_identity|network_policy|monitor|alarm|data_protection/;
const WATCHERS = /guardduty|securityhub|inspector|macie|detective|access_?analyzer|config_config|cloudtrail|_shield|security_center|defender|_lock$|backup|audit|alarm|alert|monitor|waf|firewall/;
/** What is switched off without anybody missing it. */
const HARMLESS = /compress|cach|insight|trac(?:e|ing)|xray|telemetry|debug|preview|optimi[sz]|accelerat|ipv6|http2|gzip|\btags?\b|metric|sampl|auto_?(?:scal|upgrade|update|heal|repair|import|deploy|rollback|provision|tun)|maintenance|sticki|cross_zone|lifecycle|expir|ttl|time_to_live|cors|copy|warm|spot|burst|prefetch|shield_origin|origin_shield/;

const off = (type: string, leaf: Leaf): Effect => (GUARDED.test(leaf.parents) || WATCHERS.test(type) ? 'guard-removal' : 'outage');
const kept = (type: string, leaf: Leaf): Effect => (/backup|snapshot|recover|soft_delete|delet|destroy|restore|min_|lock|vault|secret|_key$|bucket|_dlm_/.test(`${type} ${leaf.parents} ${leaf.name}`) ? 'guard-removal' : 'data-loss');

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
    names: /^(?:\w+_)?(?:kms_key(?:_id|_arn|_name|_identifier|_self_link|_uri)?|kms_master_key_id|kms_arn|key_vault_key_id|customer_managed_key_id|disk_encryption_set_id|encryption_key(?:_arn|_id|_name)?|cmk_(?:arn|id|key_url))$/,
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
    names: /^(?:\w+_)?(?:deletion_policy|delete_policy|data_deletion_policy|removal_policy|reclaim_policy|when_deleted|when_scaled|delete_behavior|on_delete)$/,
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
    names: /^(?!max_|maximum_|performance_insights_)\w*(?:retention|retain|retained|backtrack_window|recovery_window|deletion_window|recovery_period|restore_window|destroy_scheduled_duration|version_destroy_ttl|snapshots_to_retain|permanent_deletion_time)\w*$/,
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

const OPEN: readonly Meaning[] = [
  {
    names: /^(?:\w+_)?(?:publicly_accessible|is_public|is_publicly_accessible|public_access(?:_enabled)?|public_network_(?:access|enabled)\w*|enable_public_\w+|endpoint_public_access|allow_\w*public\w*|public_connectivity|associate_public_ip_address|assign_public_ip|auto_assign_public_ips|map_public_ip_on_launch|create_public_ip|enable_internet_access|direct_internet_access|public_ip_enabled|public_fqdn_enabled|anonymous_\w*enabled|allow_(?:anonymous|unauthenticated)\w*|unauthenticated|allow_external_principals|public)$/,
    change: 'on', effect: 'exposure', says: 'it can be reached from the internet, or by everybody',
    source: 'hashicorp/aws, publicly_accessible, aws_eks_cluster vpc_config; '
      + 'hashicorp/azurerm, public_network_access_enabled, allow_nested_items_to_be_public',
  },
  {
    names: /^ipv4_enabled$/,
    under: /ip_configuration$/, change: 'on', effect: 'exposure', says: 'it gets an address on the internet',
    source: 'hashicorp/google, google_sql_database_instance',
  },
  {
    names: whole(
      'block_public_\\w+|ignore_public_acls|restrict_public_buckets|uniform_bucket_level_access',
      'private_cluster_enabled|enable_private_(?:nodes|endpoint)|disable_execute_api_endpoint',
    ),
    change: 'off', effect: 'exposure', says: 'what it kept out may come in',
    source: 'hashicorp/aws, aws_s3_bucket_public_access_block; hashicorp/google, google_storage_bucket, google_container_cluster',
  },
  {
    names: /^public_access_prevention$/,
    change: 'leaves', values: /^enforced$/i, effect: 'exposure', says: 'what is in it may become public',
    source: 'hashicorp/google, google_storage_bucket',
  },
  {
    names: /^(?:acl|canned_acl|default_acl|predefined_acl|container_access_type|access_control)$/,
    change: 'becomes', values: /^(?:public-?read(?:-?write)?|authenticated-?read|blob|container)$/i, effect: 'exposure',
    says: 'everybody can read it',
    source: 'hashicorp/aws, aws_s3_bucket_acl; hashicorp/azurerm, azurerm_storage_container',
  },
  {
    names: /^uri$/,
    under: /grantee$/, change: 'becomes', values: /\/(?:AllUsers|AuthenticatedUsers)$/, effect: 'exposure',
    says: 'everybody gets what it grants',
    source: 'hashicorp/aws, aws_s3_bucket_acl grantee',
  },
  {
    names: /^default_action$/,
    change: 'becomes', values: /^allow$/i, effect: 'exposure', says: 'whoever no rule blocks gets in',
    source: 'hashicorp/azurerm, network_rules, network_acls',
  },
  {
    names: /^visibility$/,
    types: /repository|project/, change: 'becomes', values: /^public$/i, effect: 'exposure', says: 'everybody can read it',
    source: 'integrations/github, github_repository',
  },
  {
    names: /^ingress$/,
    change: 'becomes', values: /INGRESS_TRAFFIC_ALL|^all$/i, effect: 'exposure', says: 'it is reached from the internet',
    source: 'hashicorp/google, google_cloud_run_v2_service',
  },
  {
    names: /^(?:members?|entity|role_entity|principals?|default_acl)$/,
    change: 'becomes', values: /(?:^|[:/])all(?:Authenticated)?Users$|^\*$|^READER:all/, effect: 'exposure',
    says: 'everybody gets these rights',
    source: 'hashicorp/google, *_iam_binding, google_storage_bucket_acl; hashicorp/aws, aws_lambda_permission',
  },
  {
    names: whole(
      'https_only|\\w*https_traffic_only\\w*|require_(?:ssl|tls|encryption|secure_transport|auth\\w*)',
      'ssl_enforcement_enabled|enable_ssl|tls_enabled|enforce_https|transit_encryption_enabled',
      'iam_database_authentication_enabled|iam_auth_enabled|auth_enabled|authentication_enabled',
      'client_cert(?:ificate)?_enabled|user_authorization_required|api_key_required|node_to_node_encryption\\w*',
      '\\w*role_based_access_control\\w*|rbac_enabled|server_side_token_check|local_account_disabled',
      'local_auth(?:entication)?_disabled|in_transit_encryption|encrypt_in_transit',
    ),
    change: 'off', effect: 'exposure', says: 'who comes in, or what is on the way, is less guarded',
    source: 'hashicorp/azurerm, https_only, azurerm_kubernetes_cluster; hashicorp/aws, transit_encryption_enabled; '
      + 'hashicorp/google, google_redis_instance auth_enabled',
  },
  {
    names: /^enabled$/,

    under: /(?:node_to_node_encryption|auth_settings\w*|client_authentication\.\w+|advanced_security_options|encryption_in_transit|iam|scram|binary_authorization)$/,
    change: 'off', effect: 'exposure', says: 'who comes in, or what is on the way, is less guarded',
    source: 'hashicorp/aws, aws_opensearch_domain; hashicorp/azurerm, auth_settings',
  },
  {
    names: whole(
      'disable_ssl|insecure\\w*|skip_tls\\w*|allow_(?:insecure|clear_text|http)\\w*|http_allowed',
      'encryption_disabled|insecure_ssl|shared_access_key_enabled|admin_enabled|enable_non_ssl_port',
      'non_ssl_port_enabled',
    ),
    change: 'on', effect: 'exposure', says: 'who comes in, or what is on the way, is less guarded',
    source: 'hashicorp/azurerm, azurerm_redis_cache, azurerm_container_registry; kubernetes ingress annotations',
  },
  {
    names: whole('auth_type|authorization_type|authorization|authentication_type|function_url_auth_type|client_auth\\w*'),
    change: 'becomes', values: /^(?:none|open|anonymous|disabled)$/i, effect: 'exposure', says: 'everybody may call it',
    source: 'hashicorp/aws, aws_lambda_function_url, aws_api_gateway_method',
  },
  {
    names: whole(
      'mfa_configuration|mfa_delete|http_tokens|ssl_mode|transit_encryption_mode|client_broker',
      'viewer_protocol_policy|https_policy|origin_protocol_policy',
    ),
    change: 'leaves',
    values: /^(?:on|enabled|required|ENCRYPTED_ONLY|TRUSTED_CLIENT_CERTIFICATE_REQUIRED|TLS|https-only|redirect-to-https)$/i,
    effect: 'exposure', says: 'who comes in, or what is on the way, is less guarded',
    source: 'hashicorp/aws, aws_cognito_user_pool, aws_instance metadata_options, aws_msk_cluster, aws_cloudfront_distribution; '
      + 'hashicorp/google, google_sql_database_instance',
  },
  {
    names: /^(?:\w+_)?(?:min(?:imum)?_tls_version|min(?:imum)?_protocol_version|tls_security_policy|ssl_policy|security_policy|security_policy_name|tls_policy|ssl_minimal_tls_version\w*|min_tls)$/,
    change: 'older', effect: 'exposure', says: 'older encryption is let in',
    source: 'hashicorp/azurerm, min_tls_version; hashicorp/aws, aws_lb_listener ssl_policy, aws_cloudfront_distribution',
  },
  {
    names: /^(?:privileged|host_network|host_pid|host_ipc)$/,
    types: /^kubernetes_/, change: 'on', effect: 'exposure', says: 'its pods own their node',
    source: 'hashicorp/kubernetes, kubernetes_deployment',
  },
  {
    names: /^type$/,
    under: /^spec$/, types: /^kubernetes_service/, change: 'becomes', values: /^(?:LoadBalancer|NodePort)$/, effect: 'exposure',
    says: 'it is reached from outside the cluster',
    source: 'hashicorp/kubernetes, kubernetes_service',
  },
  {
    names: /^(?:verbs|resources|api_groups|non_resource_urls)$/,
    under: /rule$/, types: /^kubernetes_/, change: 'becomes', values: /^\*$/, effect: 'exposure',
    says: 'it gives every right there is',
    source: 'hashicorp/kubernetes, kubernetes_cluster_role',
  },
  {
    names: /^name$/,
    under: /subject$/, types: /^kubernetes_/, change: 'becomes',
    values: /^system:(?:anonymous|unauthenticated|authenticated|serviceaccounts)$/, effect: 'exposure',
    says: 'everybody gets these rights',
    source: 'hashicorp/kubernetes, kubernetes_cluster_role_binding',
  },
];

const RUNNING: readonly Meaning[] = [
  {
    names: whole(
      'desired_(?:count|capacity|size|instances|replicas)|replicas|min_replicas|max_replicas|replica_count',
      'max_size|max_count|max_capacity|max_node_count|total_max_node_count|node_count|num_nodes|instance_count',
      'max_instance_count|max_instances|num_instances|instances|target_size|capacity|worker_count|unit_count',
      'initial_node_count|reserved_concurrent_executions',
    ),
    change: 'zero', effect: 'outage', says: 'nothing of it runs any more',
    source: 'hashicorp/aws, aws_ecs_service, aws_eks_node_group scaling_config; hashicorp/google, google_container_node_pool; '
      + 'hashicorp/azurerm',
  },
  {
    names: /^(?:is_)?(?:disabled|suspend|suspended|paused|deactivated)$/,
    change: 'on', effect: off, says: 'it does nothing any more', computed: true,
    source: 'hashicorp/kubernetes, kubernetes_cron_job; hashicorp/google, google_service_account',
  },
  {
    names: /^(?:enabled|is_enabled|enable|active|is_active|account_enabled|service_enabled|status|state)$/,
    change: 'off', effect: off, says: 'what it did is not done any more', computed: true,
    source: 'hashicorp/aws, aws_kms_key, aws_cloudwatch_event_rule, aws_guardduty_detector; hashicorp/google; hashicorp/azurerm',
  },
];

/** What the names of settings mean; the first that fits counts. */
export const MEANINGS: readonly Meaning[] = [...PROTECTIONS, ...DANGERS, ...KEPT, ...OPEN, ...RUNNING];

/** Whether a switch without a name of its own says nothing here. */
export const harmless = (leaf: Leaf): boolean => HARMLESS.test(leaf.parents) && !GUARDED.test(leaf.parents);
/** Whether what a switch is part of protects something: then it counts, too, where the block around it is gone. */
export const guarding = (leaf: Leaf): boolean => GUARDED.test(leaf.parents);
