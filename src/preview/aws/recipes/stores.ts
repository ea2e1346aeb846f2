import { notKnown } from '../../../model';
import { data, type Entry } from '../entry';
import { isOn, listAt, numberAt, textAt, textsAt } from '../json';
import { bytes, count, counted, shortName, some, when } from '../words';
import { never, simple, type More, type SimpleRow } from './simple';

/** Caches, warehouses, search, file systems, streams, registries, backups and user pools: what holds data. */

const DOCS = 'https://docs.aws.amazon.com/';

const protectedBy = (on: boolean, noun: string): string[] => (on ? [`Deletion protection of this ${noun} is on: AWS refuses this call.`] : []);

const finalSnapshot = (option: string, member: string, restore: (target: string, snapshot: string) => string): SimpleRow['snapshot'] => ({ held, target }) => {
  const name = held.text(option, member);
  return name === undefined ? undefined : { kind: 'recoverable', how: `Restore the final snapshot: ${restore(target, name)}`, until: `the snapshot ${name} is deleted` };
};

const newestOf = (list: readonly unknown[], time: string, id: string): string | undefined => {
  const newest = [...list].sort((a, b) => ((textAt(a, time) ?? '') < (textAt(b, time) ?? '') ? 1 : -1))[0];
  return newest === undefined ? 'none found' : `snapshot ${textAt(newest, id) ?? 'without a name'} of ${when(textAt(newest, time) ?? '')}`;
};

const replicationGroup = simple({
  source: `${DOCS}AmazonElastiCache/latest/APIReference/API_DeleteReplicationGroup.html`, type: 'AWS::ElastiCache::ReplicationGroup', noun: 'replication group',
  main: (target) => ['elasticache', 'describe-replication-groups', '--replication-group-id', target], missing: /^ReplicationGroupNotFoundFault$/, path: ['ReplicationGroups', 0], identity: ['ARN', 'ReplicationGroupCreateTime'],
  more: ({ target }) => ({ snapshots: { args: ['elasticache', 'describe-snapshots', '--replication-group-id', target], what: `snapshots of ${target}` } }),
  lastBackup: (_one, answers) => (answers['snapshots']?.kind === 'data' ? newestOf(listAt(data(answers, 'snapshots'), 'Snapshots').map((one) => ({ name: textAt(one, 'SnapshotName'), time: textAt(one, 'NodeSnapshots', 0, 'SnapshotCreateTime') })), 'time', 'name') : undefined),
  because: (one) => [`It is ${textAt(one, 'Status') ?? 'in an unknown state'} with ${count(listAt(one, 'MemberClusters').length, 'node')} (${textAt(one, 'CacheNodeType') ?? 'unknown type'}).`],
  outcome: 'lost', data: 'lost', reversibility: never('There is no way back without a final snapshot: its data goes, and automatic snapshots go with it.'),
  snapshot: finalSnapshot('final-snapshot-identifier', 'FinalSnapshotIdentifier', (target, name) => `aws elasticache create-replication-group --replication-group-id ${target} --snapshot-name ${name}`),
});

const cacheCluster = simple({
  source: `${DOCS}AmazonElastiCache/latest/APIReference/API_DeleteCacheCluster.html`, type: 'AWS::ElastiCache::CacheCluster', noun: 'cache cluster',
  main: (target) => ['elasticache', 'describe-cache-clusters', '--cache-cluster-id', target], missing: /^CacheClusterNotFound/, path: ['CacheClusters', 0], identity: ['ARN', 'CacheClusterCreateTime'],
  because: (one) => [`It is ${textAt(one, 'Engine') ?? 'unknown'} on ${counted(numberAt(one, 'NumCacheNodes'), 'node')} (${textAt(one, 'CacheNodeType') ?? 'unknown type'}).`],
  outcome: 'lost', data: 'lost', reversibility: never('There is no way back without a final snapshot.'),
  snapshot: finalSnapshot('final-snapshot-identifier', 'FinalSnapshotIdentifier', (target, name) => `aws elasticache create-cache-cluster --cache-cluster-id ${target} --snapshot-name ${name}`),
});

const memorydb = simple({
  source: `${DOCS}memorydb/latest/APIReference/API_DeleteCluster.html`, type: 'AWS::MemoryDB::Cluster', noun: 'cluster',
  main: (target) => ['memorydb', 'describe-clusters', '--cluster-name', target], missing: /^ClusterNotFoundFault$/, path: ['Clusters', 0], identity: ['ARN', 'Name'],
  because: (one) => [`It is ${textAt(one, 'Status') ?? 'in an unknown state'} with ${counted(numberAt(one, 'NumberOfShards'), 'shard')}.`],
  outcome: 'lost', data: 'lost', reversibility: never('There is no way back without a final snapshot.'),
  snapshot: finalSnapshot('final-snapshot-name', 'FinalSnapshotName', (target, name) => `aws memorydb create-cluster --cluster-name ${target} --snapshot-name ${name}`),
});

const redshift = simple({
  source: `${DOCS}redshift/latest/APIReference/API_DeleteCluster.html`, type: 'AWS::Redshift::Cluster', noun: 'cluster',
  main: (target) => ['redshift', 'describe-clusters', '--cluster-identifier', target], missing: /^ClusterNotFound(?:Fault)?$/, path: ['Clusters', 0], identity: ['ClusterIdentifier', 'ClusterCreateTime', 'ClusterNamespaceArn'],
  more: ({ target }) => ({ snapshots: { args: ['redshift', 'describe-cluster-snapshots', '--cluster-identifier', target, '--max-items', '100'], what: `snapshots of ${target}` } }),
  lastBackup: (_one, answers) => (answers['snapshots']?.kind === 'data' ? newestOf(listAt(data(answers, 'snapshots'), 'Snapshots'), 'SnapshotCreateTime', 'SnapshotIdentifier') : undefined),
  size: (one) => ((numberAt(one, 'TotalStorageCapacityInMegaBytes') ?? 0) === 0 ? undefined : `${bytes((numberAt(one, 'TotalStorageCapacityInMegaBytes') ?? 0) * 1048576)} capacity`),
  because: (one) => [`It has ${counted(numberAt(one, 'NumberOfNodes'), 'node')} (${textAt(one, 'NodeType') ?? 'unknown type'}), database ${textAt(one, 'DBName') ?? 'unknown'}.`],
  outcome: 'lost', data: 'lost', reversibility: never('There is no way back without a final or manual snapshot: automated snapshots go with it.'),
  snapshot: finalSnapshot('final-cluster-snapshot-identifier', 'FinalClusterSnapshotIdentifier', (target, name) => `aws redshift restore-from-cluster-snapshot --cluster-identifier ${target} --snapshot-identifier ${name}`),
});

const opensearch = (service: 'opensearch' | 'es', command: string): Entry => simple({
  source: `${DOCS}opensearch-service/latest/APIReference/API_DeleteDomain.html`, type: service === 'es' ? 'AWS::Elasticsearch::Domain' : 'AWS::OpenSearchService::Domain', noun: 'domain',
  main: (target) => [service, command, '--domain-name', target], missing: /^ResourceNotFoundException$/, path: ['DomainStatus'], identity: ['ARN', 'DomainId'],
  size: (one) => (numberAt(one, 'EBSOptions', 'VolumeSize') === undefined ? undefined : `${numberAt(one, 'EBSOptions', 'VolumeSize')} GiB on each node`),
  because: (one) => [`It has ${textAt(one, 'ClusterConfig', 'InstanceCount') ?? textAt(one, 'ElasticsearchClusterConfig', 'InstanceCount') ?? 'an unknown number of'} nodes; its automated snapshots go with it.`],
  outcome: 'lost', data: 'lost', reversibility: never('There is no way back unless its own manual snapshots are in a bucket.'),
});

const efs = simple({
  source: `${DOCS}efs/latest/ug/API_DeleteFileSystem.html`, type: 'AWS::EFS::FileSystem', noun: 'file system',
  main: (target) => ['efs', 'describe-file-systems', '--file-system-id', target], missing: /^FileSystemNotFound$/, path: ['FileSystems', 0], identity: ['FileSystemArn', 'CreationTime'],
  more: ({ target }) => ({ mounts: { args: ['efs', 'describe-mount-targets', '--file-system-id', target], what: `mount targets of ${target}` }, backup: { args: ['efs', 'describe-backup-policy', '--file-system-id', target], what: `backup of ${target}`, missing: /^PolicyNotFound$/ } }),
  size: (one) => (numberAt(one, 'SizeInBytes', 'Value') === undefined ? undefined : bytes(numberAt(one, 'SizeInBytes', 'Value') ?? 0)),
  because: (_one, answers) => (answers['backup']?.kind === 'unknown' ? [] : [textAt(data(answers, 'backup'), 'BackupPolicy', 'Status') === 'ENABLED' ? 'Automatic backups are on; recovery points in a backup vault stay.' : 'Automatic backups are off.']),
  users: (_one, answers, { target }) => listAt(data(answers, 'mounts'), 'MountTargets').flatMap((one) => (textAt(one, 'MountTargetId') === undefined ? [] : [{ id: textAt(one, 'MountTargetId') ?? '', type: 'AWS::EFS::MountTarget', because: `It gives ${target} to subnet ${textAt(one, 'SubnetId') ?? 'unknown'}.`, kind: 'network' as const }])),
  warnings: (_one, answers) => (listAt(data(answers, 'mounts'), 'MountTargets').length === 0 ? [] : [`It still has ${count(listAt(data(answers, 'mounts'), 'MountTargets').length, 'mount target')}: AWS refuses to delete it.`]),
  outcome: 'lost', data: 'lost', reversibility: never('There is no way back unless AWS Backup has a recovery point: aws backup list-recovery-points-by-resource.'),
});

const fsx = simple({
  source: `${DOCS}fsx/latest/APIReference/API_DeleteFileSystem.html`, type: 'AWS::FSx::FileSystem', noun: 'file system',
  main: (target) => ['fsx', 'describe-file-systems', '--file-system-ids', target], missing: /^FileSystemNotFound$/, path: ['FileSystems', 0], identity: ['ResourceARN', 'CreationTime'],
  size: (one) => (numberAt(one, 'StorageCapacity') === undefined ? undefined : `${numberAt(one, 'StorageCapacity')} GiB capacity (${textAt(one, 'FileSystemType') ?? 'unknown type'})`),
  outcome: 'lost', data: 'lost', reversibility: never('There is no way back unless a backup exists: aws fsx describe-backups.'),
});

const kinesis = simple({
  source: `${DOCS}kinesis/latest/APIReference/API_DeleteStream.html`, type: 'AWS::Kinesis::Stream', noun: 'stream', named: ['stream-name', 'StreamName'],
  main: (target) => ['kinesis', 'describe-stream-summary', '--stream-name', target], missing: /^ResourceNotFoundException$/, path: ['StreamDescriptionSummary'], identity: ['StreamARN', 'StreamCreationTimestamp'],
  more: (_look, one): More => (textAt(one, 'StreamARN') === undefined ? {} : { mappings: { args: ['lambda', 'list-event-source-mappings', '--event-source-arn', textAt(one, 'StreamARN') ?? '', '--max-items', '50'], what: 'functions that read it' } }),
  because: (one) => [`It keeps ${textAt(one, 'RetentionPeriodHours') ?? 'an unknown number of'} hours in ${counted(numberAt(one, 'OpenShardCount'), 'shard')}; ${counted(numberAt(one, 'ConsumerCount'), 'registered consumer')}.`],
  users: (_one, answers, { target }) => textsAt(data(answers, 'mappings'), ['EventSourceMappings'], 'FunctionArn').map((arn) => ({ id: shortName(arn), type: 'AWS::Lambda::Function', because: `It is started by ${target}.`, kind: 'event-source' as const })),
  outcome: 'lost', data: 'lost', reversibility: never('There is no way back: records that were not read are gone.'),
});

const ecr = simple({
  source: `${DOCS}AmazonECR/latest/APIReference/API_DeleteRepository.html`, type: 'AWS::ECR::Repository', noun: 'repository',
  main: (target) => ['ecr', 'describe-repositories', '--repository-names', target], missing: /^RepositoryNotFoundException$/, path: ['repositories', 0], identity: ['repositoryArn', 'createdAt'],
  more: ({ target }) => ({ images: { args: ['ecr', 'describe-images', '--repository-name', target, '--max-items', '1000', '--query', '{Sizes:imageDetails[].imageSizeInBytes,NextToken:NextToken}'], what: `images in ${target}` } }),
  size(_one, answers) {
    const sizes = listAt(data(answers, 'images'), 'Sizes').flatMap((one) => (typeof one === 'number' ? [one] : []));
    const more = textAt(data(answers, 'images'), 'NextToken') !== undefined ? 'at least ' : '';
    return answers['images']?.kind === 'data' ? `${more}${count(sizes.length, 'image')}, ${more}${bytes(sizes.reduce((sum, one) => sum + one, 0))}` : undefined;
  },
  warnings: (_one, answers, { held, target }) => (held.flag('force', 'force') !== true && listAt(data(answers, 'images'), 'Sizes').length > 0 ? [`${target} still holds images: without --force AWS refuses to delete it.`] : []),
  outcome: 'lost', data: 'lost', reversibility: never('There is no way back: push the images again from where they were built. What runs goes on, and can\'t start again elsewhere.'),
  unknowns: [notKnown('dependents', 'the images', 'Which services, pipelines and other accounts pull these images was not looked up. Search for the repository\'s address before you approve.')],
});

const ecrImages = simple({
  source: `${DOCS}AmazonECR/latest/APIReference/API_BatchDeleteImage.html`, type: 'AWS::ECR::Repository', noun: 'repository', action: 'modify', stackId: null, named: ['repository-name', 'repositoryName'],
  main: (target) => ['ecr', 'describe-repositories', '--repository-names', target], missing: /^RepositoryNotFoundException$/, path: ['repositories', 0], identity: ['repositoryArn', 'createdAt'],
  more: ({ held, target }): More => {
    const ids = (held.structures('image-ids', 'imageIds') ?? []).flatMap((id) => (id['imageTag'] !== undefined ? [`imageTag=${id['imageTag']}`] : id['imageDigest'] !== undefined ? [`imageDigest=${id['imageDigest']}`] : []));
    return ids.length === 0 ? {} : { images: { args: ['ecr', 'describe-images', '--repository-name', target, '--image-ids', ...ids.slice(0, 50)], what: 'the images that would go', missing: /^ImageNotFoundException$/ } };
  },
  because: (_one, answers) => listAt(data(answers, 'images'), 'imageDetails').slice(0, 8).map((image) => `${some(textsAt(image, ['imageTags'])) || (textAt(image, 'imageDigest') ?? 'an image').slice(0, 19)}: ${bytes(numberAt(image, 'imageSizeInBytes') ?? 0)}, pushed ${when(textAt(image, 'imagePushedAt') ?? '')}.`),
  warnings: (_one, answers) => (answers['images']?.kind === 'missing' ? ['There is no such image: nothing would be deleted.'] : []),
  outcome: 'lost', data: 'lost', reversibility: never('There is no way back: push the images again from where they were built.'),
});

const recoveryPoint = simple({
  source: `${DOCS}aws-backup/latest/devguide/API_DeleteRecoveryPoint.html`, type: 'backup:recovery-point', noun: 'recovery point', named: ['recovery-point-arn', 'RecoveryPointArn'], stackId: null,
  main: (target, held) => ['backup', 'describe-recovery-point', '--backup-vault-name', held.text('backup-vault-name', 'BackupVaultName') ?? '', '--recovery-point-arn', target], missing: /^ResourceNotFoundException$/, path: [], identity: ['RecoveryPointArn', 'CreationDate'],
  size: (one) => (numberAt(one, 'BackupSizeInBytes') === undefined ? undefined : bytes(numberAt(one, 'BackupSizeInBytes') ?? 0)),
  because: (one) => [`It is a backup of ${textAt(one, 'ResourceArn') ?? 'an unknown resource'} of ${when(textAt(one, 'CreationDate') ?? '')}.`],
  outcome: 'lost', data: 'lost', reversibility: never('There is no way back: a deleted recovery point can\'t be restored.'),
});

const backupVault = simple({
  source: `${DOCS}aws-backup/latest/devguide/API_DeleteBackupVault.html`, type: 'AWS::Backup::BackupVault', noun: 'backup vault',
  main: (target) => ['backup', 'describe-backup-vault', '--backup-vault-name', target], missing: /^ResourceNotFoundException$/, path: [], identity: ['BackupVaultArn', 'CreationDate', 'Locked'],
  size: (one) => (numberAt(one, 'NumberOfRecoveryPoints') === undefined ? undefined : counted(numberAt(one, 'NumberOfRecoveryPoints'), 'recovery point')),
  warnings: (one) => [...((numberAt(one, 'NumberOfRecoveryPoints') ?? 0) > 0 ? ['It still holds recovery points: AWS refuses to delete it.'] : []), ...(isOn(one, 'Locked') ? ['The vault is locked.'] : [])],
  outcome: 'lost', data: 'lost', reversibility: never('There is no way back for the recovery points; the vault can be made again.'),
});

const userPool = simple({
  source: `${DOCS}cognito-user-identity-pools/latest/APIReference/API_DeleteUserPool.html`, type: 'AWS::Cognito::UserPool', noun: 'user pool',
  main: (target) => ['cognito-idp', 'describe-user-pool', '--user-pool-id', target], missing: /^ResourceNotFoundException$/, path: ['UserPool'], identity: ['Id', 'Arn', 'CreationDate', 'DeletionProtection'],
  more: ({ target }) => ({ clients: { args: ['cognito-idp', 'list-user-pool-clients', '--user-pool-id', target, '--max-items', '100'], what: `apps of ${target}` } }),
  size: (one) => (numberAt(one, 'EstimatedNumberOfUsers') === undefined ? undefined : `about ${counted(numberAt(one, 'EstimatedNumberOfUsers'), 'user')}`),
  users: (_one, answers, { target }) => listAt(data(answers, 'clients'), 'UserPoolClients').map((one) => ({ id: textAt(one, 'ClientId') ?? 'client', type: 'AWS::Cognito::UserPoolClient', because: `${textAt(one, 'ClientName') ?? 'An app'} lets its users sign in by ${target}.`, kind: 'owner' as const, outcome: 'lost' as const })),
  warnings: (one) => protectedBy(textAt(one, 'DeletionProtection') === 'ACTIVE', 'user pool'),
  outcome: 'lost', data: 'lost', reversibility: never('There is no way back: users can be imported from an export, their passwords are gone.'),
});

export const storeEntries: Readonly<Record<string, Entry>> = {
  'elasticache delete-replication-group': replicationGroup,
  'elasticache delete-cache-cluster': cacheCluster,
  'memorydb delete-cluster': memorydb,
  'redshift delete-cluster': redshift,
  'opensearch delete-domain': opensearch('opensearch', 'describe-domain'),
  'es delete-elasticsearch-domain': opensearch('es', 'describe-elasticsearch-domain'),
  'efs delete-file-system': efs,
  'fsx delete-file-system': fsx,
  'kinesis delete-stream': kinesis,
  'ecr delete-repository': ecr,
  'ecr batch-delete-image': ecrImages,
  'backup delete-recovery-point': recoveryPoint,
  'backup delete-backup-vault': backupVault,
  'cognito-idp delete-user-pool': userPool,
};
