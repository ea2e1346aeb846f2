import { readTable } from '../../detect/knowledge/load';

/**
 * Pulumi's names of AWS resources that are called otherwise in CloudFormation. The others have the same words: `aws:sqs/queue:Queue` is
 * `AWS::SQS::Queue`. Source: Pulumi Registry, API docs of the AWS provider, a page per type.
 */
const ALIASES: Readonly<Record<string, string>> = {
  'rds.instance': 'AWS::RDS::DBInstance',
  'rds.cluster': 'AWS::RDS::DBCluster',
  'rds.clusterinstance': 'AWS::RDS::DBInstance',
  'docdb.cluster': 'AWS::DocDB::DBCluster',
  'docdb.clusterinstance': 'AWS::DocDB::DBInstance',
  'neptune.cluster': 'AWS::Neptune::DBCluster',
  'neptune.clusterinstance': 'AWS::Neptune::DBInstance',
  'ebs.volume': 'AWS::EC2::Volume',
  'cloudwatch.loggroup': 'AWS::Logs::LogGroup',
  'route53.zone': 'AWS::Route53::HostedZone',
  'route53.record': 'AWS::Route53::RecordSet',
  's3.bucketv2': 'AWS::S3::Bucket',
  'elasticache.cluster': 'AWS::ElastiCache::CacheCluster',
  'opensearch.domain': 'AWS::OpenSearchService::Domain',
  'mq.broker': 'AWS::AmazonMQ::Broker',
  'cognito.userpool': 'AWS::Cognito::UserPool',
  'lb.loadbalancer': 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'lb.targetgroup': 'AWS::ElasticLoadBalancingV2::TargetGroup',
  'lb.listener': 'AWS::ElasticLoadBalancingV2::Listener',
};

let names: ReadonlyMap<string, string> | undefined;

/** The CloudFormation type of a Pulumi type; undefined for another provider, or one that has no such type. */
export function cloudFormationType(type: string): string | undefined {
  // `aws:dynamodb/table:Table`, `aws-native:dynamodb:Table`
  const [, provider, module, name] = /^(aws|aws-native):([^:/]+)(?:\/[^:]+)?:([A-Za-z0-9]+)$/.exec(type) ?? [];
  if (provider === undefined || module === undefined || name === undefined) return undefined;
  const key = `${module}.${name}`.toLowerCase();
  if (provider === 'aws' && Object.hasOwn(ALIASES, key)) return ALIASES[key];
  names ??= new Map(Object.keys(readTable<{ readonly types: Readonly<Record<string, unknown>> }>('cfn-resource-types.json').types).map((one) => [one.split('::').slice(1).join('.').toLowerCase(), one]));
  return names.get(key);
}
