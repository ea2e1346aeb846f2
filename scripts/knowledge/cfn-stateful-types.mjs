// Makes src/detect/knowledge/stateful-types.json: what is lost when a resource goes, and the way back. Hand-made; a source per entry.
// Types that CloudFormation knows and that are not here hold no data. Run: node scripts/knowledge/cfn-stateful-types.mjs
//
// tier: irrecoverable (data goes at once), recoverable (a window or snapshot brings it back), identity-breaking (a name, address or
// key that others hold goes; holds no data unless `data` is true), stateless. `when`: the first condition that holds for the properties
// replaces the entry's own fields; `is: "set"` means that the property is there.
import { writeFileSync } from 'node:fs';
import path from 'node:path';

const CFN = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/';
const types = {};
const slug = (type) => `aws-resource-${type.split('::').slice(1).join('-').toLowerCase()}.html`;
const add = (tier, type, how, extra = {}) => {
  const { source = CFN + slug(type), ...rest } = extra;
  types[type] = { tier, how, ...rest, source };
};
const gone = (type, how, extra) => add('irrecoverable', type, how, extra);
const back = (type, how, until, extra) => add('recoverable', type, how, { until, ...extra });
const identity = (type, how, extra) => add('identity-breaking', type, how, extra);
const SNAPSHOT = { snapshot: true };

// Databases
gone('AWS::DynamoDB::Table', 'Restore an on-demand or AWS Backup copy, if one was made: aws dynamodb restore-table-from-backup.', {
  when: [{ property: 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', is: 'true', tier: 'recoverable',
    how: 'Restore the system backup that DynamoDB keeps of a deleted table with point-in-time recovery: aws dynamodb list-backups --backup-type SYSTEM, then aws dynamodb restore-table-from-backup.', until: '35 days after the deletion' }],
  source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html',
});
gone('AWS::DynamoDB::GlobalTable', 'Restore an on-demand or AWS Backup copy, if one was made: aws dynamodb restore-table-from-backup.');
gone('AWS::RDS::DBInstance', 'Restore a snapshot, if one was made: aws rds restore-db-instance-from-db-snapshot.', { ...SNAPSHOT,
  when: [
    { property: 'DBClusterIdentifier', is: 'set', tier: 'identity-breaking', how: 'The data is in the cluster; create the instance again in it.' },
    { property: 'DeleteAutomatedBackups', is: 'false', tier: 'recoverable', how: 'Restore the retained automated backup: aws rds restore-db-instance-to-point-in-time --source-db-instance-automated-backups-arn ….', until: 'the backup retention period ends' },
  ] });
gone('AWS::RDS::DBCluster', 'Restore a snapshot, if one was made: aws rds restore-db-cluster-from-snapshot.', { ...SNAPSHOT,
  when: [{ property: 'DeleteAutomatedBackups', is: 'false', tier: 'recoverable', how: 'Restore the retained automated backup: aws rds restore-db-cluster-to-point-in-time --source-db-cluster-resource-id ….', until: 'the backup retention period ends' }] });
identity('AWS::RDS::GlobalCluster', 'Create it again and add the clusters, which hold the data.');
gone('AWS::DocDB::DBCluster', 'Restore a snapshot, if one was made: aws docdb restore-db-cluster-from-snapshot.', SNAPSHOT);
identity('AWS::DocDB::DBInstance', 'The data is in the cluster; create the instance again in it.');
gone('AWS::DocDBElastic::Cluster', 'Restore a snapshot, if one was made: aws docdb-elastic restore-cluster-from-snapshot.');
gone('AWS::Neptune::DBCluster', 'Restore a snapshot, if one was made: aws neptune restore-db-cluster-from-snapshot.', SNAPSHOT);
identity('AWS::Neptune::DBInstance', 'The data is in the cluster; create the instance again in it.');
gone('AWS::NeptuneGraph::Graph', 'Restore a graph snapshot, if one was made: aws neptune-graph restore-graph-from-snapshot.');
gone('AWS::Redshift::Cluster', 'Restore a snapshot, if one was made: aws redshift restore-from-cluster-snapshot.', SNAPSHOT);
gone('AWS::RedshiftServerless::Namespace', 'Restore a snapshot, if one was made: aws redshift-serverless restore-from-snapshot.', {
  when: [{ property: 'FinalSnapshotName', is: 'set', tier: 'recoverable', how: 'Restore the final snapshot: aws redshift-serverless restore-from-snapshot.', until: 'the final snapshot expires or is deleted' }] });
gone('AWS::ElastiCache::CacheCluster', 'Seed a new cluster from a snapshot, if one was made: aws elasticache create-cache-cluster --snapshot-name ….', SNAPSHOT);
gone('AWS::ElastiCache::ReplicationGroup', 'Seed a new group from a snapshot, if one was made: aws elasticache create-replication-group --snapshot-name ….', SNAPSHOT);
gone('AWS::ElastiCache::ServerlessCache', 'Restore a snapshot, if one was made: aws elasticache create-serverless-cache --snapshot-arns-to-restore ….');
gone('AWS::MemoryDB::Cluster', 'Restore a snapshot, if one was made: aws memorydb create-cluster --snapshot-name ….');
gone('AWS::Timestream::Database', 'Restore the tables from AWS Backup, if they were backed up.');
gone('AWS::Timestream::Table', 'Restore it from AWS Backup, if it was backed up.');
gone('AWS::Timestream::InfluxDBInstance', 'Write the data again from its source.');
gone('AWS::Cassandra::Keyspace', 'Restore its tables one by one, if point-in-time recovery was on.');
gone('AWS::Cassandra::Table', 'Write the data again from its source.', {
  when: [{ property: 'PointInTimeRecoveryEnabled', is: 'true', tier: 'recoverable', how: 'Restore it from point-in-time recovery: aws keyspaces restore-table.', until: '35 days after the deletion' }] });
gone('AWS::DSQL::Cluster', 'Restore it from AWS Backup, if it was backed up.');
gone('AWS::SDB::Domain', 'Write the data again from its source.', { source: 'https://docs.aws.amazon.com/AmazonSimpleDB/latest/DeveloperGuide/SDB_API_DeleteDomain.html' });
gone('AWS::QLDB::Ledger', 'Write the data again from a journal export, if one was made.');
gone('AWS::Lightsail::Database', 'Restore a snapshot, if one was made: aws lightsail create-relational-database-from-snapshot.');
gone('AWS::HealthLake::FHIRDatastore', 'Import an export again, if one was made: aws healthlake start-fhir-import-job.');
gone('AWS::Omics::SequenceStore', 'Import the read sets again from their source.');

// Files, objects, disks
gone('AWS::S3::Bucket', 'CloudFormation deletes an empty bucket only; once gone, its objects come back from a replica or backup only, and anyone can take its name.', {
  blocks: 'Deleting the bucket fails while it holds objects; whether it does is not known here.' });
gone('AWS::S3Express::DirectoryBucket', 'Copy the objects again from their source.', { blocks: 'Deleting the bucket fails while it holds objects; whether it does is not known here.' });
gone('AWS::S3Tables::TableBucket', 'Load the tables again from their source.', { blocks: 'Deleting the table bucket fails while it holds tables; whether it does is not known here.' });
gone('AWS::S3Tables::Table', 'Load the table again from its source.');
gone('AWS::S3Vectors::VectorBucket', 'Build the vectors again from their source.');
gone('AWS::EFS::FileSystem', 'Restore it from AWS Backup, if it was backed up: aws backup start-restore-job.');
gone('AWS::FSx::FileSystem', 'Restore an FSx backup, if one exists: aws fsx create-file-system-from-backup.');
gone('AWS::FSx::Volume', 'Restore an FSx backup, if one exists: aws fsx create-volume-from-backup.');
gone('AWS::EC2::Volume', 'Create it again from a snapshot, if one was made: aws ec2 create-volume --snapshot-id ….', SNAPSHOT);
gone('AWS::Lightsail::Disk', 'Create it again from a snapshot, if one was made: aws lightsail create-disk-from-snapshot.');
gone('AWS::Backup::BackupVault', 'There is none: recovery points go for good.', { blocks: 'Deleting the vault fails while it holds recovery points; whether it does is not known here.' });
gone('AWS::ECR::Repository', 'Push the images again from where they were built.', { blocks: 'Deleting the repository fails while it holds images, unless EmptyOnDelete is true.' });
gone('AWS::CodeCommit::Repository', 'Push again from a clone.');
gone('AWS::CodeArtifact::Repository', 'Publish the packages again.');

// Streams, queues, logs, search
gone('AWS::Kinesis::Stream', 'Write the records again from their source.');
gone('AWS::KinesisVideo::Stream', 'There is none: recorded video goes for good.');
gone('AWS::SQS::Queue', 'There is none: messages in the queue go for good.');
gone('AWS::MSK::Cluster', 'Write the topics again from their source.');
gone('AWS::AmazonMQ::Broker', 'There is none: stored messages go for good.');
gone('AWS::Logs::LogGroup', 'Only from an export or a subscription that copied the events.');
gone('AWS::OpenSearchService::Domain', 'Restore indexes from a manual snapshot in your own bucket; automated snapshots go with the domain.');
gone('AWS::Elasticsearch::Domain', 'Restore indexes from a manual snapshot in your own bucket; automated snapshots go with the domain.');
gone('AWS::OpenSearchServerless::Collection', 'Index the data again from its source.');
gone('AWS::Kendra::Index', 'Index the documents again from their source.');
gone('AWS::EMR::Cluster', 'Data in HDFS goes for good; data in S3 stays.');
back('AWS::CloudTrail::EventDataStore', 'Restore it: aws cloudtrail restore-event-data-store.', '7 days after the deletion', {
  source: 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DeleteEventDataStore.html' });
gone('AWS::Glue::Database', 'Crawl or define the tables again; the data they describe stays where it is.');
gone('AWS::Glue::Table', 'Crawl or define the table again; the data it describes stays where it is.');

// Keys, secrets, settings
back('AWS::KMS::Key', 'Cancel the deletion: aws kms cancel-key-deletion, then aws kms enable-key. After the window, everything encrypted with the key is unreadable.', 'the pending window ends (7 to 30 days, PendingWindowInDays)');
back('AWS::KMS::ReplicaKey', 'Cancel the deletion: aws kms cancel-key-deletion, then aws kms enable-key.', 'the pending window ends (7 to 30 days, PendingWindowInDays)');
back('AWS::SecretsManager::Secret', 'Restore it: aws secretsmanager restore-secret.', 'the recovery window ends (30 days unless set otherwise)', {
  source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html' });
back('AWS::SSM::Parameter', 'Create it again with the value in the template; values written outside of it and the history are gone.', 'the value is no longer known from the template');
back('AWS::ACMPCA::CertificateAuthority', 'Restore it: aws acm-pca restore-certificate-authority.', 'the restoration period ends (7 to 30 days)', {
  source: 'https://docs.aws.amazon.com/privateca/latest/userguide/PCARestoreCA.html' });

// Identities, addresses, directories
gone('AWS::Cognito::UserPool', 'Import the users again from an export; their passwords are gone.');
gone('AWS::Cognito::IdentityPool', 'There is none: the identities get new ids.');
gone('AWS::Route53::HostedZone', 'Create it and its records again; it gets other name servers, so the delegation must be changed.', {
  blocks: 'Deleting the zone fails while it holds records of its own; whether it does is not known here.' });
identity('AWS::EC2::EIP', 'aws ec2 allocate-address --address … may get the address back while nobody else has it.');
gone('AWS::EC2::Instance', 'Launch it again; instance stores and volumes with DeleteOnTermination are gone.');
gone('AWS::EKS::Cluster', 'Create it again and apply every manifest; the cluster state is gone.');
back('AWS::Organizations::Account', 'Reopen the closed account through AWS Support.', '90 days after the closing', {
  source: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-closing.html' });
gone('AWS::Connect::Instance', 'There is none: flows, numbers and recordings settings go for good.');
gone('AWS::WorkSpaces::Workspace', 'There is none: the user volume goes for good.');
gone('AWS::SageMaker::Domain', 'Its home file system stays only when the retention policy says so.');
add('nested', 'AWS::CloudFormation::Stack', 'Depends on what the nested stack holds.');

const file = path.resolve(import.meta.dirname, '../../src/detect/knowledge/stateful-types.json');
const lines = Object.keys(types).sort().map((type) => `${JSON.stringify(type)}:${JSON.stringify(types[type])}`);
const snapshots = `${CFN}aws-attribute-deletionpolicy.html`;
writeFileSync(file, `{"source":"AWS documentation, a source per entry; types that take Snapshot: ${snapshots}","types":{\n${lines.join(',\n')}\n}}\n`);
console.log(`${lines.length} types written to ${path.relative(process.cwd(), file)}`);
