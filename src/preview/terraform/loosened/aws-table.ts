import { loosened as cloudFormationLoosened, looseningsOf } from '../../../detect/templates/cloudformation/loosened';
import { guardsOf } from '../../../detect/templates/cloudformation/guards';
import { isObject as isMap, type Value } from '../../../detect/templates/cloudformation/value';
import { cloudFormationType } from '../data-types';
import type { Values } from '../plan-json';
import type { Found } from './by-name';
import { fields, snake } from './leaves';

/** Where hashicorp/aws has what CloudFormation's property of this path has. */
type Places = Readonly<Record<string, string>>;

/**
 * Types that hold a part of what is one resource for CloudFormation, and those whose names do not follow. Source: the schema of
 * hashicorp/aws 5.100 and the CloudFormation template reference of each.
 */
const PARTS: Readonly<Record<string, { readonly type: string; readonly places: Places }>> = {
  aws_s3_bucket_versioning: { type: 'AWS::S3::Bucket', places: { 'VersioningConfiguration.Status': 'versioning_configuration.status' } },
  aws_s3_bucket_public_access_block: { type: 'AWS::S3::Bucket', places: blocked('') },
  aws_s3_access_point: { type: 'AWS::S3::AccessPoint', places: blocked('public_access_block_configuration.') },
  aws_s3_bucket_lifecycle_configuration: { type: 'AWS::S3::Bucket', places: {} },
  aws_ecr_lifecycle_policy: { type: 'AWS::ECR::Repository', places: { 'LifecyclePolicy.LifecyclePolicyText': 'policy' } },
  aws_efs_backup_policy: { type: 'AWS::EFS::FileSystem', places: { 'BackupPolicy.Status': 'backup_policy.status' } },
  aws_lambda_function_url: { type: 'AWS::Lambda::Url', places: { AuthType: 'authorization_type' } },
  aws_appautoscaling_target: { type: 'AWS::ApplicationAutoScaling::ScalableTarget', places: { MaxCapacity: 'max_capacity' } },
  aws_cloudtrail: { type: 'AWS::CloudTrail::Trail', places: { IsLogging: 'enable_logging' } },
  aws_macie2_account: { type: 'AWS::Macie::Session', places: { Status: 'status' } },
};

function blocked(prefix: string): Places {
  return Object.fromEntries(
    ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].map((name) => [
      `PublicAccessBlockConfiguration.${name}`,
      prefix + snake(name),
    ]),
  );
}

const PLACES: Readonly<Record<string, Places>> = {
  aws_dynamodb_table: {
    'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled': 'point_in_time_recovery.enabled',
    'TimeToLiveSpecification.Enabled': 'ttl.enabled',
  },
  aws_s3_bucket: { AccessControl: 'acl', 'LoggingConfiguration.DestinationBucketName': 'logging.target_bucket' },
  aws_kinesis_stream: { RetentionPeriodHours: 'retention_period' },
  aws_sqs_queue: { MessageRetentionPeriod: 'message_retention_seconds' },
  aws_eks_cluster: { 'ResourcesVpcConfig.EndpointPublicAccess': 'vpc_config.endpoint_public_access' },
  aws_emr_cluster: { 'Instances.TerminationProtected': 'termination_protection' },
  aws_cloudfront_distribution: { 'DistributionConfig.Enabled': 'enabled' },
  aws_kms_key: { Enabled: 'is_enabled', PendingWindowInDays: 'deletion_window_in_days' },
  aws_autoscaling_group: { NewInstancesProtectedFromScaleIn: 'protect_from_scale_in' },
  aws_lb: { 'LoadBalancerAttributes[deletion_protection.enabled]': 'enable_deletion_protection' },
  aws_alb: { 'LoadBalancerAttributes[deletion_protection.enabled]': 'enable_deletion_protection' },
  aws_wafv2_web_acl: { Rules: 'rule' },
};

/**
 * Values for which the provider writes nought where CloudFormation has nothing. Source: aws_cloudwatch_log_group,
 * retention_in_days: "0 [...] never expire".
 */
const NOUGHT_IS_NONE = new Set(['aws_cloudwatch_log_group retention_in_days']);

/** What CloudFormation's own table says of a change of hashicorp/aws, and which settings it has spoken of. */
export function byTable(
  type: string,
  before: Values,
  after: Values,
): { readonly found: readonly Found[]; readonly spoken: ReadonlySet<string> } {
  const as = PARTS[type]?.type ?? cloudFormationType(type);
  if (as === undefined) return { found: [], spoken: new Set() };
  const own = PARTS[type]?.places ?? PLACES[type] ?? {};
  const places = new Map<string, string>();
  for (const { property } of [...guardsOf(as), ...looseningsOf(as)]) {
    const place = own[property] ?? property.split('.').map(snake).join('.');
    if (!property.includes('[') && (at(before, place) !== undefined || at(after, place) !== undefined)) places.set(property, place);
  }
  const side = (values: Values): { readonly type: string; readonly properties: Readonly<Record<string, Value>> } => ({
    type: as,
    properties: propertiesOf(type, values, places),
  });
  const found = cloudFormationLoosened(side(before), side(after))
    .filter((one) => places.has(one.property) || one.property === 'LifecycleConfiguration')
    .map((one): Found => {
      const path = places.get(one.property) ?? (type === 'aws_s3_bucket' ? 'lifecycle_rule' : 'rule');
      return { path, effect: one.effect, sentence: `${path}${one.says.slice(one.property.length)}` };
    });
  return { found, spoken: new Set([...places.values(), ...(as === 'AWS::S3::Bucket' ? ['rule', 'lifecycle_rule'] : [])]) };
}

function propertiesOf(type: string, values: Values, places: ReadonlyMap<string, string>): Readonly<Record<string, Value>> {
  const properties: Record<string, Value> = {};
  for (const [property, place] of places) {
    const value = at(values, place);
    if (value !== undefined && !(value === 0 && NOUGHT_IS_NONE.has(`${type} ${place}`)))
      put(properties, property.split('.'), value as Value);
  }
  if (type === 'aws_s3_bucket_lifecycle_configuration' || type === 'aws_s3_bucket')
    put(properties, ['LifecycleConfiguration', 'Rules'], expiring(values[type === 'aws_s3_bucket' ? 'lifecycle_rule' : 'rule']));
  return properties;
}

/**
 * Rules of a bucket in CloudFormation's words. Source: aws_s3_bucket_lifecycle_configuration and aws_s3_bucket lifecycle_rule,
 * hashicorp/aws.
 */
function expiring(rules: unknown): Value {
  if (!Array.isArray(rules)) return [];
  return (rules as readonly unknown[]).map((one): Value => {
    const rule = fields(one);
    const [filter, current, noncurrent] = [
      block(rule['filter']),
      block(rule['expiration']),
      block(rule['noncurrent_version_expiration']),
    ];
    const and = block(filter['and']);
    const given = (value: unknown): Value =>
      value === null || value === '' || value === 0 || value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as Value);
    const tags = [given(rule['tags']), given(and['tags']), given(filter['tag'])].filter(
      (tag) => tag !== undefined && JSON.stringify(tag) !== '{}' && JSON.stringify(tag) !== '[]',
    );
    return {
      Status: rule['status'] === 'Disabled' || rule['enabled'] === false ? 'Disabled' : 'Enabled',
      Prefix: given(rule['prefix']) ?? given(filter['prefix']) ?? given(and['prefix']),
      TagFilters: tags.length === 0 ? undefined : tags,
      ObjectSizeGreaterThan: given(filter['object_size_greater_than']) ?? given(and['object_size_greater_than']),
      ObjectSizeLessThan: given(filter['object_size_less_than']) ?? given(and['object_size_less_than']),
      ExpirationInDays: given(current['days']),
      ExpirationDate: given(current['date']),
      NoncurrentVersionExpirationInDays: given(noncurrent['noncurrent_days']) ?? given(noncurrent['days']),
    };
  });
}

const block = (value: unknown): Values => fields(Array.isArray(value) ? value[0] : value);

/** The value at a dotted path; of blocks the first. Nothing, empty text and empty lists are the same. */
function at(values: Values, place: string): unknown {
  let now: unknown = values;
  for (const name of place.split('.')) now = block(now)[name];
  return now === null || now === '' || (Array.isArray(now) && now.length === 0) ? undefined : now;
}

function put(properties: Record<string, Value>, [name = '', ...rest]: readonly string[], value: Value): void {
  if (rest.length === 0) {
    properties[name] = value;
    return;
  }
  const inner = properties[name];
  const made: Record<string, Value> = isMap(inner) ? { ...inner } : {};
  put(made, rest, value);
  properties[name] = made;
}
