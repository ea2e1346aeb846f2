import { statefulness, type Statefulness } from '../../detect/templates/cloudformation/stateful-types';
import { knownTypes } from '../../detect/templates/cloudformation/resource-types';
import type { Value } from '../../detect/templates/cloudformation/value';
import type { Values } from './plan-json';

/**
 * Types of hashicorp/aws whose name does not follow from CloudFormation's for the same thing. Source: the provider's documentation of
 * each type, and the AWS resource and property types reference.
 */
const NAMED: Readonly<Record<string, string>> = {
  aws_instance: 'AWS::EC2::Instance', aws_ebs_volume: 'AWS::EC2::Volume', aws_eip: 'AWS::EC2::EIP', aws_db_instance: 'AWS::RDS::DBInstance', aws_rds_cluster: 'AWS::RDS::DBCluster',
  aws_rds_cluster_instance: 'AWS::RDS::DBInstance', aws_rds_global_cluster: 'AWS::RDS::GlobalCluster', aws_docdb_cluster: 'AWS::DocDB::DBCluster', aws_docdb_cluster_instance: 'AWS::DocDB::DBInstance',
  aws_neptune_cluster: 'AWS::Neptune::DBCluster', aws_neptune_cluster_instance: 'AWS::Neptune::DBInstance', aws_elasticache_cluster: 'AWS::ElastiCache::CacheCluster',
  aws_cloudwatch_log_group: 'AWS::Logs::LogGroup', aws_opensearch_domain: 'AWS::OpenSearchService::Domain', aws_route53_zone: 'AWS::Route53::HostedZone', aws_route53_record: 'AWS::Route53::RecordSet',
  aws_lb: 'AWS::ElasticLoadBalancingV2::LoadBalancer', aws_alb: 'AWS::ElasticLoadBalancingV2::LoadBalancer', aws_elb: 'AWS::ElasticLoadBalancing::LoadBalancer', aws_lb_target_group: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  aws_alb_target_group: 'AWS::ElasticLoadBalancingV2::TargetGroup', aws_lb_listener: 'AWS::ElasticLoadBalancingV2::Listener', aws_alb_listener: 'AWS::ElasticLoadBalancingV2::Listener', aws_lb_listener_rule: 'AWS::ElasticLoadBalancingV2::ListenerRule',
  aws_cloudwatch_event_rule: 'AWS::Events::Rule', aws_cloudwatch_metric_alarm: 'AWS::CloudWatch::Alarm', aws_mq_broker: 'AWS::AmazonMQ::Broker', aws_keyspaces_table: 'AWS::Cassandra::Table', aws_keyspaces_keyspace: 'AWS::Cassandra::Keyspace',
  aws_timestreamwrite_database: 'AWS::Timestream::Database', aws_timestreamwrite_table: 'AWS::Timestream::Table', aws_fsx_lustre_file_system: 'AWS::FSx::FileSystem', aws_fsx_windows_file_system: 'AWS::FSx::FileSystem',
  aws_fsx_ontap_file_system: 'AWS::FSx::FileSystem', aws_fsx_openzfs_file_system: 'AWS::FSx::FileSystem', aws_fsx_ontap_volume: 'AWS::FSx::Volume', aws_fsx_openzfs_volume: 'AWS::FSx::Volume', aws_acmpca_certificate_authority: 'AWS::ACMPCA::CertificateAuthority',
  aws_acm_certificate: 'AWS::CertificateManager::Certificate', aws_sfn_state_machine: 'AWS::StepFunctions::StateMachine', aws_glue_catalog_database: 'AWS::Glue::Database', aws_glue_catalog_table: 'AWS::Glue::Table', aws_default_vpc: 'AWS::EC2::VPC',
  aws_kms_replica_key: 'AWS::KMS::ReplicaKey', aws_cognito_identity_pool: 'AWS::Cognito::IdentityPool', aws_iam_policy: 'AWS::IAM::ManagedPolicy', aws_sagemaker_domain: 'AWS::SageMaker::Domain', aws_organizations_account: 'AWS::Organizations::Account',
  aws_s3_directory_bucket: 'AWS::S3Express::DirectoryBucket', aws_redshiftserverless_namespace: 'AWS::RedshiftServerless::Namespace', aws_ses_domain_identity: 'AWS::SES::EmailIdentity', aws_launch_template: 'AWS::EC2::LaunchTemplate',
  aws_autoscaling_group: 'AWS::AutoScaling::AutoScalingGroup', aws_ecs_service: 'AWS::ECS::Service', aws_nat_gateway: 'AWS::EC2::NatGateway', aws_internet_gateway: 'AWS::EC2::InternetGateway', aws_api_gateway_rest_api: 'AWS::ApiGateway::RestApi', aws_dax_cluster: 'AWS::DAX::Cluster',
  aws_cloudfront_distribution: 'AWS::CloudFront::Distribution', aws_lambda_function: 'AWS::Lambda::Function', aws_s3_bucket: 'AWS::S3::Bucket',
};

let byName: ReadonlyMap<string, string | undefined> | undefined;

/** The CloudFormation type for the same thing as a type of hashicorp/aws, where one and only one has that name. */
export function cloudFormationType(type: string): string | undefined {
  if (!type.startsWith('aws_')) return undefined;
  const named = Object.hasOwn(NAMED, type) ? NAMED[type] : undefined;
  if (named !== undefined) return named;
  byName ??= index();
  return byName.get(type.slice('aws_'.length).replaceAll('_', ''));
}

/** Names as the provider writes them: service and thing (`iam_role`), and the thing alone where it is EC2's (`subnet`). */
function index(): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const type of knownTypes()) {
    const [vendor, service = '', thing = ''] = type.split('::');
    if (vendor !== 'AWS') continue;
    for (const key of [`${service}${thing}`.toLowerCase(), ...(service === 'EC2' ? [thing.toLowerCase()] : [])]) found.set(key, found.has(key) && found.get(key) !== type ? undefined : type);
  }
  return found;
}

/** The few properties on which the fate of the data depends, under CloudFormation's names. */
export function statefulnessOf(type: string, values: Values): Statefulness | undefined {
  const as = cloudFormationType(type);
  return as === undefined ? undefined : statefulness(as, propertiesOf(type, values));
}

function propertiesOf(type: string, values: Values): Record<string, Value> {
  const recovery = first(values['point_in_time_recovery']);
  const properties: Record<string, Value> = {};
  const put = (name: string, value: unknown): void => {
    if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') properties[name] = value;
  };
  if (recovery !== undefined && recovery['enabled'] !== undefined) properties['PointInTimeRecoverySpecification'] = { PointInTimeRecoveryEnabled: recovery['enabled'] === true };
  if (type === 'aws_keyspaces_table') put('PointInTimeRecoveryEnabled', recovery?.['status'] === 'ENABLED');
  put('DeleteAutomatedBackups', values['delete_automated_backups']);
  if (type === 'aws_rds_cluster_instance') put('DBClusterIdentifier', values['cluster_identifier'] ?? 'unknown');
  put('FinalSnapshotName', values['final_snapshot_name']);
  return properties;
}

/** The first object of a nested block, which a state holds as a list. */
export function first(value: unknown): Values | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'object' && one !== null && !Array.isArray(one) ? (one as Values) : undefined;
}

/**
 * Types of any provider that hold no data and no identity that others are given: what they stand for is written in the
 * configuration. By the words in which providers name them (hashicorp/aws, /google, /azurerm, /kubernetes, /null, /time, /random and others).
 */
const STATELESS = new RegExp([
  '^(?:terraform_data|null_resource|time_\\w+|random_(?:shuffle|integer))$',
  '(?:^|_)(?:attachment|association|membership|member|binding|permissions?|grant|assignment|listener(?:_rule)?|rules?|route|routes|route_table|firewall|acl|policy|policies|policy_document|subscription|alarm|alert|alert_policy|dashboard|metric_filter|health_check|healthcheck|autoscaler|autoscaling_policy|schedule|launch_configuration|launch_template|instance_template|subnet|subnets|subnetwork|parameter_group|option_group|subnet_group|record|record_set|peering|peering_connection|endpoint|forwarding_rule|url_map|backend_service|target_pool|target_group|api_deployment|stage|deployment|daemon_?set|service|ingress|config_map|role|cluster_role|role_binding|pod|job|cron_job|network_policy|horizontal_pod_autoscaler|versioning|public_access_block|ownership_controls|notification|lifecycle_configuration|website_configuration|cors_configuration|server_side_encryption_configuration|logging|tag|tags|service_account|project_service|instance_profile|nic|network_interface)(?:_v\\d)?$',
].join('|'));

/** Whether nothing is stored in a resource of this type; false also where that is not known. */
export function isStateless(type: string): boolean {
  return STATELESS.test(type);
}
