/**
 * Terraform resource types that hold data, and what is said of them. Source: the providers' documentation of each type (hashicorp/aws,
 * hashicorp/google, hashicorp/azurerm, hashicorp/kubernetes, digitalocean, cloudflare); the patterns name families of one provider.
 */
const STATEFUL: readonly (readonly [RegExp, string])[] = [
  [/^aws_(?:db_instance|rds_cluster|rds_cluster_instance|docdb_cluster|neptune_cluster|redshift_cluster|dynamodb_table|elasticache_\w+|memorydb_cluster|opensearch_domain|elasticsearch_domain|timestreamwrite_\w+|keyspaces_table|dax_cluster)$/, 'the database'],
  [/^aws_(?:s3_bucket|s3_object|efs_file_system|fsx_\w+|ebs_volume|ebs_snapshot|db_snapshot|backup_vault|glacier_vault|ecr_repository|codecommit_repository|sqs_queue|kinesis_stream|msk_cluster|mq_broker|cloudwatch_log_group|secretsmanager_secret|ssm_parameter|kms_key|cognito_user_pool|cloudtrail|athena_database|glue_catalog_database|lightsail_database|workspaces_workspace)$/, 'what is stored in it'],
  [/^google_(?:sql_database\w*|storage_bucket\w*|bigquery_dataset|bigquery_table|spanner_\w+|bigtable_\w+|compute_disk|compute_snapshot|filestore_instance|redis_instance|firestore_\w+|kms_\w+|secret_manager_secret|pubsub_topic|pubsub_subscription|artifact_registry_repository|alloydb_\w+|project)$/, 'what is stored in it'],
  [/^azurerm_(?:mssql_\w+|sql_\w+|postgresql_\w+|mysql_\w+|mariadb_\w+|cosmosdb_\w+|storage_\w+|key_vault\w*|managed_disk|snapshot|redis_cache|kusto_\w+|data_lake_\w+|eventhub\w*|servicebus_\w+|container_registry|recovery_services_\w+|backup_\w+|netapp_\w+|resource_group|log_analytics_workspace)$/, 'what is stored in it'],
  [/^kubernetes_(?:namespace|persistent_volume\w*|stateful_set|secret)(?:_v1)?$|^helm_release$/, 'what is stored in it'],
  [/^(?:digitalocean|hcloud|linode|vultr|scaleway|ovh|oci)_\w*(?:database|volume|spaces_bucket|object_storage|instance|droplet|server)\w*$/, 'what is stored on it'],
  [/^(?:cloudflare_(?:zone|r2_bucket|d1_database|workers_kv_namespace)|mongodbatlas_\w*cluster|snowflake_(?:database|schema|table)|confluent_kafka_topic|vault_mount|vault_kv_secret\w*|github_repository|postgresql_database|mysql_database)$/, 'what is stored in it'],
];

/** What is lost when a resource of this type is deleted; undefined for one that holds nothing. */
export const dataOf = (type: string): string | undefined => STATEFUL.find(([pattern]) => pattern.test(type))?.[1];

/** Attributes whose change replaces the resource. Source: the providers' documentation, "Forces new resource". */
const FORCES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^aws_dynamodb_table$/, ['name', 'hash_key', 'range_key']], [/^aws_s3_bucket$/, ['bucket']], [/^aws_db_instance$/, ['identifier_prefix', 'engine', 'availability_zone', 'db_name', 'username', 'snapshot_identifier', 'kms_key_id', 'storage_encrypted', 'character_set_name', 'timezone']],
  [/^aws_rds_cluster$/, ['cluster_identifier', 'engine', 'database_name', 'master_username', 'kms_key_id', 'storage_encrypted', 'snapshot_identifier', 'availability_zones']], [/^aws_elasticache_(?:cluster|replication_group)$/, ['cluster_id', 'replication_group_id', 'engine', 'subnet_group_name']],
  [/^aws_instance$/, ['ami', 'availability_zone', 'subnet_id', 'key_name', 'private_ip']], [/^aws_(?:vpc|subnet)$/, ['cidr_block', 'availability_zone', 'vpc_id']], [/^aws_ebs_volume$/, ['availability_zone', 'encrypted', 'kms_key_id', 'snapshot_id']], [/^aws_efs_file_system$/, ['creation_token', 'encrypted', 'kms_key_id', 'performance_mode']],
  [/^aws_(?:sqs_queue|sns_topic|kinesis_stream|ecr_repository|iam_role|iam_user|iam_policy|lb|alb|eks_cluster|ecs_cluster|cloudwatch_log_group|secretsmanager_secret|cognito_user_pool|opensearch_domain|elasticsearch_domain|redshift_cluster|lambda_function|security_group|lb_target_group|elasticsearch_domain|msk_cluster)$/, ['name', 'domain_name', 'cluster_identifier', 'function_name', 'name_prefix', 'cluster_name']],
  [/^google_/, ['name', 'project', 'region', 'zone', 'location', 'dataset_id', 'table_id']], [/^azurerm_/, ['name', 'location', 'resource_group_name']], [/^kubernetes_/, ['name', 'namespace']], [/^digitalocean_/, ['region', 'image', 'engine']], [/^hcloud_server$/, ['image', 'location', 'datacenter']],
];

export const forcesNew = (type: string, attribute: string): boolean => FORCES.some(([pattern, names]) => pattern.test(type) && names.includes(attribute));
