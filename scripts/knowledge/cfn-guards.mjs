// Makes src/detect/knowledge/cfn-guards.json: properties that keep a resource or its data from going, and properties whose change
// interrupts. Hand-made; a source per entry. Run: node scripts/knowledge/cfn-guards.mjs
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

const CFN = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/';
const page = (type) => `${CFN}aws-resource-${type.split('::').slice(1).join('-').toLowerCase()}.html`;
const guards = [];
/** `on` are the values (as text) that protect; `blocks` is set for guards that make a deletion fail. */
const guard = (type, property, on, what, blocks = false) => guards.push({ type, property, on, what, ...(blocks && { blocks }), source: page(type) });

for (const type of ['AWS::DynamoDB::Table', 'AWS::Cognito::UserPool']) {
  const cognito = type === 'AWS::Cognito::UserPool';
  guard(type, cognito ? 'DeletionProtection' : 'DeletionProtectionEnabled', [cognito ? 'ACTIVE' : 'true'], 'deletion protection', true);
}
for (const type of ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::RDS::GlobalCluster', 'AWS::Neptune::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::NeptuneGraph::Graph', 'AWS::EKS::Cluster', 'AWS::DocDB::GlobalCluster', 'AWS::Neptune::GlobalCluster', 'AWS::WellArchitected::AgentProfile']) {
  guard(type, 'DeletionProtection', ['true'], 'deletion protection', true);
}
guard('AWS::DSQL::Cluster', 'DeletionProtectionEnabled', ['true'], 'deletion protection', true);
guard('AWS::Logs::LogGroup', 'DeletionProtectionEnabled', ['true'], 'deletion protection', true);
guard('AWS::QLDB::Ledger', 'DeletionProtection', ['true'], 'deletion protection', true);
guard('AWS::VerifiedPermissions::PolicyStore', 'DeletionProtection.Mode', ['ENABLED'], 'deletion protection', true);
guard('AWS::NetworkFirewall::Firewall', 'DeleteProtection', ['true'], 'deletion protection', true);
for (const name of ['PhoneNumber', 'Pool', 'ProtectConfiguration', 'SenderId']) guard(`AWS::SMSVOICE::${name}`, 'DeletionProtectionEnabled', ['true'], 'deletion protection', true);
guard('AWS::OpenSearchServerless::Collection', 'DeletionProtection', ['ENABLED'], 'deletion protection', true);
guard('AWS::SSMIncidents::ReplicationSet', 'DeletionProtected', ['true'], 'deletion protection', true);
guard('AWS::CloudTrail::Dashboard', 'TerminationProtectionEnabled', ['true'], 'termination protection', true);
guard('AWS::AutoScaling::AutoScalingGroup', 'DeletionProtection', ['prevent-force-deletion', 'prevent-all-deletion'], 'deletion protection', true);
for (const name of ['ConfigurationProfile', 'Environment']) guard(`AWS::AppConfig::${name}`, 'DeletionProtectionCheck', ['APPLY', 'ACCOUNT_DEFAULT'], 'deletion protection', true);
guard('AWS::EC2::Instance', 'DisableApiTermination', ['true'], 'termination protection', true);
guard('AWS::EMR::Cluster', 'Instances.TerminationProtected', ['true'], 'termination protection', true);
guard('AWS::CloudTrail::EventDataStore', 'TerminationProtectionEnabled', ['true'], 'termination protection', true);
for (const type of ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::Neptune::DBCluster', 'AWS::DocDB::DBCluster']) {
  guard(type, 'BackupRetentionPeriod', ['>0'], 'automated backups');
}
guard('AWS::ElastiCache::ReplicationGroup', 'SnapshotRetentionLimit', ['>0'], 'automated snapshots');
guard('AWS::ElastiCache::CacheCluster', 'SnapshotRetentionLimit', ['>0'], 'automated snapshots');
guard('AWS::MemoryDB::Cluster', 'SnapshotRetentionLimit', ['>0'], 'automated snapshots');
guard('AWS::Redshift::Cluster', 'AutomatedSnapshotRetentionPeriod', ['>0'], 'automated snapshots');
guard('AWS::DynamoDB::Table', 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', ['true'], 'point-in-time recovery');
guard('AWS::Cassandra::Table', 'PointInTimeRecoveryEnabled', ['true'], 'point-in-time recovery');
guard('AWS::S3::Bucket', 'VersioningConfiguration.Status', ['Enabled'], 'versioning');
guard('AWS::S3::Bucket', 'ObjectLockEnabled', ['true'], 'object lock');
guard('AWS::EFS::FileSystem', 'BackupPolicy.Status', ['ENABLED'], 'automatic backups');
guard('AWS::KMS::Key', 'EnableKeyRotation', ['true'], 'key rotation');
// A load balancer lists its switch as an attribute: { Key, Value }.
guard('AWS::ElasticLoadBalancingV2::LoadBalancer', 'LoadBalancerAttributes[deletion_protection.enabled]', ['true'], 'deletion protection', true);
guard('AWS::AutoScaling::AutoScalingGroup', 'NewInstancesProtectedFromScaleIn', ['true'], 'scale-in protection');

const interruptions = [];
const interrupts = (type, properties, what) => interruptions.push({ type, properties, what, source: page(type) });
interrupts('AWS::EC2::Instance', ['InstanceType', 'UserData', 'EbsOptimized', 'KernelId', 'RamdiskId'], 'stops and starts the instance');
interrupts('AWS::RDS::DBInstance', ['DBInstanceClass', 'EngineVersion', 'AllocatedStorage', 'DBParameterGroupName', 'Port', 'StorageType', 'CACertificateIdentifier'], 'may restart the database');
interrupts('AWS::RDS::DBCluster', ['EngineVersion', 'DBClusterParameterGroupName', 'Port', 'DBClusterInstanceClass'], 'may restart the cluster');
interrupts('AWS::Neptune::DBInstance', ['DBInstanceClass', 'DBParameterGroupName'], 'may restart the instance');
interrupts('AWS::DocDB::DBInstance', ['DBInstanceClass'], 'may restart the instance');
interrupts('AWS::ElastiCache::CacheCluster', ['CacheNodeType', 'EngineVersion', 'NumCacheNodes'], 'interrupts the cache');
interrupts('AWS::ElastiCache::ReplicationGroup', ['CacheNodeType', 'EngineVersion'], 'interrupts the cache for a short time');
interrupts('AWS::Redshift::Cluster', ['NodeType', 'NumberOfNodes', 'ClusterType', 'ClusterVersion'], 'takes the cluster out of service while it is resized');
interrupts('AWS::OpenSearchService::Domain', ['EngineVersion'], 'runs an upgrade of the domain');
interrupts('AWS::AmazonMQ::Broker', ['EngineVersion', 'HostInstanceType', 'Configuration'], 'restarts the broker');
interrupts('AWS::EC2::VPNConnection', ['VpnTunnelOptionsSpecifications'], 'takes the tunnels down for a short time');

// A property that the type does not have would be a guard that is never seen.
const spec = new Map([...loadAwsServiceSpecSync().all('resource')].map((resource) => [resource.cloudFormationType, resource.properties]));
for (const { type, property, properties = [property] } of [...guards, ...interruptions]) {
  for (const name of properties) if (spec.get(type)?.[name.split(/[.[]/)[0]] === undefined) throw new Error(`${type} has no property ${name}`);
}

const file = path.resolve(import.meta.dirname, '../../src/detect/knowledge/cfn-guards.json');
const lines = (list) => list.map((entry) => JSON.stringify(entry)).join(',\n');
writeFileSync(file, `{"guards":[\n${lines(guards)}\n],"interruptions":[\n${lines(interruptions)}\n]}\n`);
console.log(`${guards.length} guards and ${interruptions.length} interruptions written to ${path.relative(process.cwd(), file)}`);
