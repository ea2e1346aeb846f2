import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import type { AffectedResource, Effect } from '../../src/model';
import { fromPlan } from '../../src/preview/terraform/from-plan';
import { readPlan } from '../../src/preview/terraform/plan-json';
import { blastRadius } from '../../src/preview/radius';
import { effectsOf } from '../../src/rules/risk';
import { operation as make } from '../support/gate';

type Props = Readonly<Record<string, unknown>>;

/** One update as `terraform show -json` of 1.11 writes it, read as a preview does. */
function update(type: string, before: Props | null, after: Props | null, more: Props = {}): AffectedResource {
  const change = { actions: before === null ? ['create'] : ['update'], before, after, after_unknown: {}, before_sensitive: {}, after_sensitive: {}, ...more };
  const plan = { format_version: '1.2', terraform_version: '1.11.4', resource_changes: [{ address: `${type}.a`, mode: 'managed', type, name: 'a', provider_name: 'registry.terraform.io/hashicorp/x', change }] };
  const [resource] = fromPlan(readPlan(plan)).resources;
  assert.ok(resource);
  return resource;
}

/** What the rules see of an apply that was previewed so. */
function effects(resource: AffectedResource): readonly Effect[] {
  const apply = { ...make(['terraform', 'apply'], 'modifying'), effects: ['unknown'] as const, previewDecides: true };
  return effectsOf(apply, blastRadius({ source: 'plan', sourceDetail: '', context: {}, resources: [resource], dependencies: [], unknowns: [], warnings: [] }));
}

const doc = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
const root = { ...read, Principal: { AWS: 'arn:aws:iam::1:root' } };
const denied = { Sid: 'TLS', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
const ssh = (...cidr_blocks: string[]): object => ({ cidr_blocks, description: '', from_port: 22, to_port: 22, protocol: 'tcp', ipv6_cidr_blocks: [], prefix_list_ids: [], security_groups: [], self: false });
const expires = (days: number, more: Props = {}): Props => ({ rule: [{ id: 'x', status: 'Enabled', filter: [{ prefix: '', and: [] }], expiration: [{ days, date: null, expired_object_delete_marker: false }], noncurrent_version_expiration: [], ...more }] });

/** A type, its values before and after, and what the way there does; the way back does not. */
const CASES: readonly (readonly [type: string, before: Props, after: Props, effect: Effect])[] = [
  // Versions, recovery, backups.
  ['aws_s3_bucket_versioning', { versioning_configuration: [{ mfa_delete: '', status: 'Enabled' }] }, { versioning_configuration: [{ mfa_delete: '', status: 'Suspended' }] }, 'guard-removal'],
  ['aws_s3_bucket', { versioning: [{ enabled: true, mfa_delete: false }] }, { versioning: [{ enabled: false, mfa_delete: false }] }, 'guard-removal'],
  ['google_storage_bucket', { versioning: [{ enabled: true }] }, { versioning: [] }, 'guard-removal'],
  ['aws_dynamodb_table', { point_in_time_recovery: [{ enabled: true }] }, { point_in_time_recovery: [{ enabled: false }] }, 'guard-removal'],
  ['aws_dynamodb_table', { point_in_time_recovery: [{ enabled: true }] }, { point_in_time_recovery: [] }, 'guard-removal'],
  ['aws_dynamodb_table', { replica: [{ region_name: 'a', point_in_time_recovery: true }] }, { replica: [{ region_name: 'a', point_in_time_recovery: false }] }, 'guard-removal'],
  ['aws_db_instance', { backup_retention_period: 35 }, { backup_retention_period: 1 }, 'guard-removal'],
  ['aws_db_instance', { backup_retention_period: 7 }, { backup_retention_period: 0 }, 'guard-removal'],
  ['aws_elasticache_replication_group', { snapshot_retention_limit: 7 }, { snapshot_retention_limit: 0 }, 'guard-removal'],
  ['aws_secretsmanager_secret', { recovery_window_in_days: 30 }, { recovery_window_in_days: 7 }, 'guard-removal'],
  ['aws_kms_key', { deletion_window_in_days: 30 }, { deletion_window_in_days: 7 }, 'guard-removal'],
  ['google_sql_database_instance', { settings: [{ backup_configuration: [{ enabled: true, point_in_time_recovery_enabled: true, backup_retention_settings: [{ retained_backups: 30 }] }] }] }, { settings: [{ backup_configuration: [{ enabled: false, point_in_time_recovery_enabled: true, backup_retention_settings: [{ retained_backups: 30 }] }] }] }, 'guard-removal'],
  ['google_sql_database_instance', { settings: [{ backup_configuration: [{ backup_retention_settings: [{ retained_backups: 30 }] }] }] }, { settings: [{ backup_configuration: [{ backup_retention_settings: [{ retained_backups: 1 }] }] }] }, 'guard-removal'],
  ['google_storage_bucket', { retention_policy: [{ retention_period: 86_400, is_locked: false }] }, { retention_policy: [] }, 'guard-removal'],
  ['google_storage_bucket', { soft_delete_policy: [{ retention_duration_seconds: 604_800 }] }, { soft_delete_policy: [{ retention_duration_seconds: 0 }] }, 'guard-removal'],
  ['azurerm_storage_account', { blob_properties: [{ delete_retention_policy: [{ days: 30 }] }] }, { blob_properties: [{ delete_retention_policy: [] }] }, 'guard-removal'],
  ['azurerm_key_vault', { soft_delete_retention_days: 90 }, { soft_delete_retention_days: 7 }, 'guard-removal'],
  ['azurerm_postgresql_flexible_server', { backup_retention_days: 35, geo_redundant_backup_enabled: true }, { backup_retention_days: 7, geo_redundant_backup_enabled: true }, 'guard-removal'],
  ['aws_dlm_lifecycle_policy', { policy_details: [{ schedule: [{ name: 'd', retain_rule: [{ count: 14 }] }] }] }, { policy_details: [{ schedule: [{ name: 'd', retain_rule: [{ count: 1 }] }] }] }, 'guard-removal'],
  // Guards against deletion.
  ['aws_db_instance', { deletion_protection: true }, { deletion_protection: null }, 'guard-removal'],
  ['aws_lb', { enable_deletion_protection: true }, { enable_deletion_protection: false }, 'guard-removal'],
  ['aws_cognito_user_pool', { deletion_protection: 'ACTIVE' }, { deletion_protection: 'INACTIVE' }, 'guard-removal'],
  ['google_sql_database_instance', { settings: [{ tier: 't', deletion_protection_enabled: true }] }, { settings: [{ tier: 't', deletion_protection_enabled: false }] }, 'guard-removal'],
  ['google_bigtable_table', { deletion_protection: 'PROTECTED' }, { deletion_protection: 'UNPROTECTED' }, 'guard-removal'],
  ['google_firestore_database', { delete_protection_state: 'DELETE_PROTECTION_ENABLED' }, { delete_protection_state: 'DELETE_PROTECTION_DISABLED' }, 'guard-removal'],
  ['google_project', { deletion_policy: 'PREVENT' }, { deletion_policy: 'DELETE' }, 'guard-removal'],
  ['google_sql_user', { deletion_policy: 'ABANDON' }, { deletion_policy: null }, 'guard-removal'],
  ['azurerm_key_vault', { purge_protection_enabled: true }, { purge_protection_enabled: false }, 'guard-removal'],
  ['azurerm_management_lock', { lock_level: 'ReadOnly' }, { lock_level: 'CanNotDelete' }, 'guard-removal'],
  ['aws_s3_bucket', { force_destroy: false }, { force_destroy: true }, 'guard-removal'],
  ['aws_instance', { root_block_device: [{ delete_on_termination: false }] }, { root_block_device: [{ delete_on_termination: true }] }, 'guard-removal'],
  ['google_compute_instance', { boot_disk: [{ auto_delete: false }] }, { boot_disk: [{ auto_delete: true }] }, 'guard-removal'],
  ['aws_cloudwatch_log_group', { skip_destroy: true }, { skip_destroy: false }, 'guard-removal'],
  ['kubernetes_persistent_volume', { spec: [{ persistent_volume_reclaim_policy: 'Retain' }] }, { spec: [{ persistent_volume_reclaim_policy: 'Delete' }] }, 'guard-removal'],
  // Records and encryption.
  ['aws_cloudtrail', { enable_logging: true, is_multi_region_trail: true }, { enable_logging: false, is_multi_region_trail: true }, 'guard-removal'],
  ['aws_cloudtrail', { is_multi_region_trail: true }, { is_multi_region_trail: false }, 'guard-removal'],
  ['aws_cloudtrail', { enable_log_file_validation: true }, { enable_log_file_validation: false }, 'guard-removal'],
  ['aws_guardduty_detector', { enable: true }, { enable: false }, 'guard-removal'],
  ['aws_guardduty_detector', { enable: true, datasources: [{ s3_logs: [{ enable: true }] }] }, { enable: true, datasources: [{ s3_logs: [{ enable: false }] }] }, 'guard-removal'],
  ['aws_dynamodb_table', { server_side_encryption: [{ enabled: true, kms_key_arn: 'arn:k' }] }, { server_side_encryption: [] }, 'guard-removal'],
  ['aws_sns_topic', { kms_master_key_id: 'alias/x' }, { kms_master_key_id: null }, 'guard-removal'],
  ['google_storage_bucket', { encryption: [{ default_kms_key_name: 'k' }] }, { encryption: [] }, 'guard-removal'],
  ['aws_eks_cluster', { enabled_cluster_log_types: ['audit'] }, { enabled_cluster_log_types: [] }, 'guard-removal'],
  ['aws_iam_role', { permissions_boundary: 'arn:p' }, { permissions_boundary: null }, 'guard-removal'],
  ['aws_wafv2_web_acl', { rule: [{ name: 'a' }, { name: 'b' }] }, { rule: [{ name: 'a' }] }, 'guard-removal'],
  // What is deleted by its age.
  ['aws_dynamodb_table', { ttl: [{ attribute_name: 'at', enabled: false }] }, { ttl: [{ attribute_name: 'at', enabled: true }] }, 'data-loss'],
  ['aws_cloudwatch_log_group', { retention_in_days: 365 }, { retention_in_days: 1 }, 'data-loss'],
  ['aws_cloudwatch_log_group', { retention_in_days: 0 }, { retention_in_days: 30 }, 'data-loss'],
  ['aws_s3_bucket_lifecycle_configuration', { rule: [] }, expires(1), 'data-loss'],
  ['aws_s3_bucket_lifecycle_configuration', expires(90), expires(1), 'data-loss'],
  ['aws_s3_bucket_lifecycle_configuration', expires(1, { status: 'Disabled' }), expires(1), 'data-loss'],
  ['aws_s3_bucket_lifecycle_configuration', expires(1, { filter: [{ prefix: 'tmp/' }] }), expires(1), 'data-loss'],
  ['google_storage_bucket', { lifecycle_rule: [] }, { lifecycle_rule: [{ action: [{ type: 'Delete', storage_class: '' }], condition: [{ age: 1 }] }] }, 'data-loss'],
  ['google_bigquery_dataset', { default_table_expiration_ms: null }, { default_table_expiration_ms: 3_600_000 }, 'data-loss'],
  ['google_pubsub_topic', { message_retention_duration: '604800s' }, { message_retention_duration: '600s' }, 'data-loss'],
  ['azurerm_cosmosdb_sql_container', { default_ttl: -1 }, { default_ttl: 60 }, 'data-loss'],
  ['azurerm_storage_management_policy', { rule: [{ name: 'r', actions: [{ base_blob: [{ delete_after_days_since_modification_greater_than: 365 }] }] }] }, { rule: [{ name: 'r', actions: [{ base_blob: [{ delete_after_days_since_modification_greater_than: 1 }] }] }] }, 'data-loss'],
  ['aws_kinesis_stream', { retention_period: 168 }, { retention_period: 24 }, 'data-loss'],
  ['aws_sqs_queue', { message_retention_seconds: 1_209_600 }, { message_retention_seconds: 60 }, 'data-loss'],
  ['kafka_topic', { config: { 'retention.ms': '604800000' } }, { config: { 'retention.ms': '1000' } }, 'data-loss'],
  // The network and everybody.
  ['aws_security_group', { ingress: [ssh('10.0.0.0/8')] }, { ingress: [ssh('10.0.0.0/8', '0.0.0.0/0')] }, 'exposure'],
  ['aws_security_group', { ingress: [ssh('10.0.0.0/8')] }, { ingress: [ssh('0.0.0.0/1', '128.0.0.0/1')] }, 'exposure'],
  ['aws_vpc_security_group_ingress_rule', { cidr_ipv4: '10.0.0.0/8', from_port: 22, to_port: 22 }, { cidr_ipv4: '0.0.0.0/0', from_port: 22, to_port: 22 }, 'exposure'],
  ['google_compute_firewall', { source_ranges: ['10.0.0.0/8'], direction: 'INGRESS', allow: [{ protocol: 'tcp', ports: ['22'] }] }, { source_ranges: ['0.0.0.0/0'], direction: 'INGRESS', allow: [{ protocol: 'tcp', ports: ['22'] }] }, 'exposure'],
  ['google_sql_database_instance', { settings: [{ ip_configuration: [{ authorized_networks: [] }] }] }, { settings: [{ ip_configuration: [{ authorized_networks: [{ name: 'all', value: '0.0.0.0/0' }] }] }] }, 'exposure'],
  ['google_container_cluster', { master_authorized_networks_config: [{ cidr_blocks: [{ cidr_block: '10.0.0.0/8' }] }] }, { master_authorized_networks_config: [{ cidr_blocks: [{ cidr_block: '0.0.0.0/0' }] }] }, 'exposure'],
  ['azurerm_network_security_rule', { direction: 'Inbound', access: 'Allow', source_address_prefix: '10.0.0.0/8' }, { direction: 'Inbound', access: 'Allow', source_address_prefix: '*' }, 'exposure'],
  ['azurerm_network_security_group', { security_rule: [] }, { security_rule: [{ name: 'a', direction: 'Inbound', access: 'Allow', source_address_prefix: 'Internet' }] }, 'exposure'],
  ['azurerm_mssql_firewall_rule', { start_ip_address: '1.2.3.4', end_ip_address: '1.2.3.4' }, { start_ip_address: '0.0.0.1', end_ip_address: '255.255.255.255' }, 'exposure'],
  ['azurerm_kubernetes_cluster', { api_server_access_profile: [{ authorized_ip_ranges: ['1.2.3.4/32'] }] }, { api_server_access_profile: [{ authorized_ip_ranges: [] }] }, 'exposure'],
  ['aws_eks_cluster', { vpc_config: [{ endpoint_public_access: false }] }, { vpc_config: [{ endpoint_public_access: true }] }, 'exposure'],
  ['aws_db_instance', { publicly_accessible: false }, { publicly_accessible: true }, 'exposure'],
  ['azurerm_storage_account', { allow_nested_items_to_be_public: false }, { allow_nested_items_to_be_public: true }, 'exposure'],
  ['azurerm_storage_account', { network_rules: [{ default_action: 'Deny' }] }, { network_rules: [{ default_action: 'Allow' }] }, 'exposure'],
  ['azurerm_storage_account', { min_tls_version: 'TLS1_2' }, { min_tls_version: 'TLS1_0' }, 'exposure'],
  ['azurerm_linux_web_app', { https_only: true }, { https_only: false }, 'exposure'],
  ['azurerm_storage_container', { container_access_type: 'private' }, { container_access_type: 'blob' }, 'exposure'],
  ['google_storage_bucket', { public_access_prevention: 'enforced' }, { public_access_prevention: 'inherited' }, 'exposure'],
  ['google_sql_database_instance', { settings: [{ ip_configuration: [{ ssl_mode: 'ENCRYPTED_ONLY' }] }] }, { settings: [{ ip_configuration: [{ ssl_mode: 'ALLOW_UNENCRYPTED_AND_ENCRYPTED' }] }] }, 'exposure'],
  ['google_storage_bucket_iam_binding', { members: ['user:a@example.com'] }, { members: ['user:a@example.com', 'allUsers'] }, 'exposure'],
  ['aws_s3_bucket_public_access_block', { block_public_acls: true, block_public_policy: true }, { block_public_acls: true, block_public_policy: false }, 'exposure'],
  ['aws_s3_bucket_acl', { acl: 'private' }, { acl: 'public-read' }, 'exposure'],
  ['aws_lambda_function_url', { authorization_type: 'AWS_IAM' }, { authorization_type: 'NONE' }, 'exposure'],
  ['aws_instance', { metadata_options: [{ http_tokens: 'required' }] }, { metadata_options: [{ http_tokens: 'optional' }] }, 'exposure'],
  ['aws_cognito_user_pool', { mfa_configuration: 'ON' }, { mfa_configuration: 'OFF' }, 'guard-removal'],
  ['github_repository', { visibility: 'private' }, { visibility: 'public' }, 'exposure'],
  ['aws_s3_bucket_policy', { policy: doc(root) }, { policy: doc({ ...read, Principal: '*' }) }, 'exposure'],
  ['aws_sqs_queue', { policy: doc(root) }, { policy: doc({ ...read, Principal: { AWS: ['*'] } }) }, 'exposure'],
  ['aws_iam_policy', { policy: doc(read) }, { policy: doc({ Effect: 'Allow', Action: '*', Resource: '*' }) }, 'exposure'],
  ['aws_s3_bucket_policy', { policy: doc(root, denied) }, { policy: doc(root) }, 'guard-removal'],
  ['kubernetes_cluster_role', { rule: [{ verbs: ['get'], resources: ['pods'] }] }, { rule: [{ verbs: ['*'], resources: ['pods'] }] }, 'exposure'],
  ['kubernetes_service', { spec: [{ type: 'ClusterIP' }] }, { spec: [{ type: 'LoadBalancer' }] }, 'exposure'],
  ['kubernetes_network_policy', { spec: [{ ingress: [{ from: [{ ip_block: [{ cidr: '10.0.0.0/8' }] }] }] }] }, { spec: [{ ingress: [{ from: [{ ip_block: [{ cidr: '0.0.0.0/0' }] }] }] }] }, 'exposure'],
  // What stops.
  ['aws_ecs_service', { desired_count: 3 }, { desired_count: 0 }, 'outage'],
  ['aws_eks_node_group', { scaling_config: [{ desired_size: 3, max_size: 5, min_size: 1 }] }, { scaling_config: [{ desired_size: 0, max_size: 5, min_size: 0 }] }, 'outage'],
  ['google_container_node_pool', { autoscaling: [{ max_node_count: 3 }] }, { autoscaling: [{ max_node_count: 0 }] }, 'outage'],
  ['kubernetes_deployment', { spec: [{ replicas: '3' }] }, { spec: [{ replicas: '0' }] }, 'outage'],
  ['aws_kms_key', { is_enabled: true }, { is_enabled: false }, 'outage'],
  ['aws_cloudfront_distribution', { enabled: true }, { enabled: false }, 'outage'],
  ['aws_cloudwatch_event_rule', { state: 'ENABLED' }, { state: 'DISABLED' }, 'outage'],
  ['google_compute_region_backend_service', { iap: [], backend: [{ group: 'g' }], enabled: true }, { iap: [], backend: [{ group: 'g' }], enabled: false }, 'outage'],
];

describe('an update in place through Terraform that takes off, opens, stops or lets expire', () => {
  for (const [type, before, after, effect] of CASES) {
    it(`is ${effect}: ${type} ${JSON.stringify(before)} to ${JSON.stringify(after)}`.slice(0, 180), () => {
      const there = update(type, before, after);
      assert.ok(effects(there).includes(effect), JSON.stringify(there));
      assert.ok(!effects(update(type, after, before)).includes(effect), `the way back: ${update(type, after, before).because.join(' ')}`);
    });
  }

  const rules = (...names: string[]): Props => ({ rule: names.map((name) => ({ name, status: 'Enabled' })) });
  for (const [type, before, after] of [
    ['aws_db_instance', { tags: { a: '1', deletion_protection: 'true' } }, { tags: { a: '2', deletion_protection: 'false' } }],
    ['aws_db_instance', { backup_retention_period: 7, deletion_protection: false }, { backup_retention_period: 35, deletion_protection: true }],
    ['aws_cloudwatch_log_group', { retention_in_days: 30 }, { retention_in_days: 0 }],
    ['aws_security_group', { description: 'x', ingress: [ssh('10.0.0.0/8')] }, { description: 'not open to 0.0.0.0/0', ingress: [{ ...ssh('10.0.0.0/8'), description: '0.0.0.0/0 is not let in' }] }],
    ['aws_security_group', { ingress: [ssh('0.0.0.0/0')] }, { ingress: [ssh('10.0.0.0/8')] }],
    ['aws_security_group', { ingress: [{ ...ssh('0.0.0.0/0'), to_port: 1000 }] }, { ingress: [ssh('0.0.0.0/0')] }],
    ['aws_security_group', { ingress: [ssh('10.0.0.0/8')], egress: [] }, { ingress: [ssh('10.0.0.0/8')], egress: [{ ...ssh('0.0.0.0/0'), from_port: 0, to_port: 0, protocol: '-1' }] }],
    ['aws_security_group_rule', { type: 'egress', cidr_blocks: ['10.0.0.0/8'] }, { type: 'egress', cidr_blocks: ['0.0.0.0/0'] }],
    ['aws_route_table', { route: [] }, { route: [{ cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' }] }],
    ['google_compute_firewall', { source_ranges: ['10.0.0.0/8'], deny: [{ protocol: 'all' }] }, { source_ranges: ['0.0.0.0/0'], deny: [{ protocol: 'all' }] }],
    ['azurerm_network_security_rule', { direction: 'Inbound', access: 'Deny', source_address_prefix: '10.0.0.0/8' }, { direction: 'Inbound', access: 'Deny', source_address_prefix: '*' }],
    ['aws_lambda_function', { environment: [{ variables: { ENABLED: 'true', RETENTION_DAYS: '30', PUBLIC_ACCESS: 'false' } }] }, { environment: [{ variables: { ENABLED: 'false', RETENTION_DAYS: '7', PUBLIC_ACCESS: 'true' } }] }],
    ['terraform_data', { input: { deletion_protection: true } }, { input: { deletion_protection: false } }],
    ['null_resource', { triggers: { enabled: 'true' } }, { triggers: { enabled: 'false' } }],
    ['x_rules', rules('a', 'b', 'c'), rules('c', 'a')],
    ['aws_s3_bucket_lifecycle_configuration', expires(1), expires(90)],
    ['aws_s3_bucket_lifecycle_configuration', expires(1), expires(1, { status: 'Disabled' })],
    ['google_storage_bucket', { lifecycle_rule: [{ action: [{ type: 'Delete' }], condition: [{ age: 30 }] }] }, { lifecycle_rule: [{ action: [{ type: 'Delete' }], condition: [{ age: 365 }] }] }],
    ['aws_cloudfront_distribution', { default_cache_behavior: [{ compress: true, default_ttl: 3600 }] }, { default_cache_behavior: [{ compress: false, default_ttl: 60 }] }],
    ['aws_route53_record', { ttl: 300 }, { ttl: 60 }],
    ['aws_ecs_service', { desired_count: 3 }, { desired_count: 2 }],
    ['aws_eks_node_group', { scaling_config: [{ desired_size: 3, min_size: 1 }] }, { scaling_config: [{ desired_size: 3, min_size: 0 }] }],
    ['aws_iam_policy', { policy: doc(read) }, { policy: doc({ ...read, Action: ['s3:GetObject', 's3:ListBucket'] }) }],
    ['aws_s3_bucket_policy', { policy: doc(root) }, { policy: doc(root, denied) }],
    ['aws_kms_key', { policy: doc(root) }, { policy: doc({ ...root, Action: 'kms:*', Resource: '*' }) }],
    ['aws_instance', { instance_type: 't3.small', tags: { Name: 'a' } }, { instance_type: 't3.large', tags: { Name: 'b' } }],
    ['aws_lb_target_group', { stickiness: [{ enabled: true }] }, { stickiness: [{ enabled: false }] }],
    ['aws_lb_listener', { ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }, { ssl_policy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' }],
    ['aws_sns_topic', { kms_master_key_id: 'alias/a' }, { kms_master_key_id: 'alias/b' }],
    ['google_container_cluster', { addons_config: [{ http_load_balancing: [{ disabled: true }] }] }, { addons_config: [{ http_load_balancing: [{ disabled: false }] }] }],
    ['kubernetes_deployment', { metadata: [{ annotations: { enabled: 'true' } }], spec: [{ replicas: '3' }] }, { metadata: [{ annotations: { enabled: 'false' } }], spec: [{ replicas: '4' }] }],
    ['aws_appautoscaling_target', { max_capacity: 10, min_capacity: 2 }, { max_capacity: 4, min_capacity: 0 }],
  ] as const) it(`is an ordinary one: ${type} ${JSON.stringify(before)} to ${JSON.stringify(after)}`.slice(0, 180), () => assert.deepEqual(effects(update(type, before, after)), [], update(type, before, after).because.join(' ')));

  it('opens another port of what is open', () => {
    assert.deepEqual(effects(update('aws_security_group', { ingress: [{ ...ssh('0.0.0.0/0'), from_port: 443, to_port: 443 }] }, { ingress: [ssh('0.0.0.0/0')] })), ['exposure']);
  });

  it('names the setting as it stands in the configuration', () => {
    const sentence = update('google_sql_database_instance', { settings: [{ deletion_protection_enabled: true }] }, { settings: [{ deletion_protection_enabled: false }] }).because.join(' ');
    assert.match(sentence, /settings\[0\]\.deletion_protection_enabled is switched off: nothing keeps it from being deleted any more\./);
    assert.match(update('azurerm_key_vault', { soft_delete_retention_days: 90 }, { soft_delete_retention_days: 7 }).because.join(' '), /becomes 7 \(it was 90\)/);
  });

  it('is not known where a guard, a range or a policy comes only with the apply', () => {
    const later = (type: string, before: Props, unknown: Props): AffectedResource => update(type, before, {}, { after_unknown: unknown });
    assert.deepEqual(effects(later('aws_db_instance', { deletion_protection: true }, { deletion_protection: true })), ['unknown']);
    assert.match(later('aws_db_instance', { deletion_protection: true }, { deletion_protection: true }).because.join(' '), /deletion_protection comes only with the apply/);
    assert.deepEqual(effects(later('google_sql_database_instance', { settings: [{ deletion_protection_enabled: true }] }, { settings: true })), ['unknown']);
    assert.deepEqual(effects(later('aws_vpc_security_group_ingress_rule', { cidr_ipv4: '10.0.0.0/8' }, { cidr_ipv4: true })), ['unknown']);
    assert.deepEqual(effects(later('aws_s3_bucket_policy', { policy: doc(root) }, { policy: true })), ['unknown']);
    // What the provider fills in by itself is none of these.
    assert.deepEqual(effects(later('aws_db_instance', { status: 'available', arn: 'x', kms_key_id: 'k', latest_restorable_time: 'x' }, { status: true, arn: true, kms_key_id: true, latest_restorable_time: true })), []);
  });

  it('never repeats what is sensitive', () => {
    const marked = { before_sensitive: { conf: true }, after_sensitive: { conf: true } };
    const told = update('x_y', { conf: { hunter2_deletion_protection: true, retention_days: 31_337 } }, { conf: { hunter2_deletion_protection: false, retention_days: 4_242 } }, marked);
    assert.ok(told.effects?.includes('guard-removal'), JSON.stringify(told));
    assert.doesNotMatch(told.because.join(' '), /hunter2|31337|4242/);
  });
});

describe('what a plan makes new beside what stands', () => {
  const made = (type: string, after: Props): readonly Effect[] => effects(update(type, null, after));
  it('opens what others have already', () => {
    assert.deepEqual(made('aws_vpc_security_group_ingress_rule', { cidr_ipv4: '0.0.0.0/0', from_port: 22, to_port: 22, ip_protocol: 'tcp' }), ['exposure']);
    assert.deepEqual(made('aws_s3_bucket_policy', { policy: doc({ ...read, Principal: '*' }) }), ['exposure']);
    assert.deepEqual(made('google_project_iam_member', { member: 'allUsers', role: 'roles/viewer' }), ['exposure']);
    assert.deepEqual(made('aws_lambda_permission', { principal: '*', action: 'lambda:InvokeFunction' }), ['exposure']);
  });
  it('is a site, a rule for one\'s own, or its own matter', () => {
    assert.deepEqual(made('aws_vpc_security_group_ingress_rule', { cidr_ipv4: '0.0.0.0/0', from_port: 443, to_port: 443, ip_protocol: 'tcp' }), []);
    assert.deepEqual(made('aws_vpc_security_group_ingress_rule', { cidr_ipv4: '10.0.0.0/8', from_port: 22, to_port: 22, ip_protocol: 'tcp' }), []);
    assert.deepEqual(made('aws_security_group_rule', { type: 'egress', cidr_blocks: ['0.0.0.0/0'] }), []);
    assert.deepEqual(made('aws_db_instance', { publicly_accessible: true, skip_final_snapshot: true }), []);
  });
});

/** A plan by Terraform 1.11 with hashicorp/aws 5.100 (`plan -refresh=false` on a state made by hand), its resource changes only. */
describe('a plan that Terraform and a real provider made', () => {
  const told = new Map(fromPlan(readPlan(JSON.parse(readFileSync('test/corpora/terraform-updates.json', 'utf8')))).resources.map((r) => [r.id, r]));
  for (const [id, wanted] of [
    ['aws_s3_bucket_versioning.v', ['guard-removal']], ['aws_s3_bucket_public_access_block.p', ['exposure']], ['aws_s3_bucket_lifecycle_configuration.l', ['data-loss']], ['aws_dynamodb_table.t', ['data-loss']],
    ['aws_cloudtrail.c', ['guard-removal']], ['aws_kms_key.k', ['outage', 'guard-removal']], ['aws_cloudwatch_log_group.g', ['data-loss']], ['aws_cloudwatch_log_group.forever', []], ['aws_eks_node_group.n', ['outage']],
    ['aws_security_group.s', ['exposure']], ['aws_sqs_queue.q', ['data-loss']], ['aws_iam_policy.later', ['unknown']], ['aws_iam_policy.all', ['exposure']], ['aws_ecs_service.quiet', []], ['aws_s3_bucket.new', []],
  ] as const) it(`is ${wanted.join(' and ') || 'an ordinary change'}: ${id}`, () => {
    const resource = told.get(id);
    assert.ok(resource);
    assert.deepEqual([...effects(resource)].sort(), [...wanted].sort(), resource.because.join(' '));
  });
});
