/** Blast radii for tests of what shows them: small ones in the words of three tools, and large ones. */
import type { AffectedResource, BlastRadius, Dependency } from '../../src/model';

export const resource = (logicalId: string, change: Partial<AffectedResource> = {}): AffectedResource => ({
  id: logicalId, logicalId, type: 'AWS::DynamoDB::Table', action: 'remove', replacement: 'no', outcome: 'lost', data: 'lost',
  reversibility: { kind: 'irreversible' }, because: [], ...change,
});

export const radius = (resources: readonly AffectedResource[], change: Partial<BlastRadius> = {}): BlastRadius => ({
  source: 'live-reads', sourceDetail: 'Read just now.', context: { account: '123456789012' }, resources, dependencies: [],
  reversibility: { kind: 'irreversible' }, unknowns: [], warnings: [], digest: 'd', takenAt: '2026-01-02T03:04:05.000Z', ...change,
});

/** `terraform apply` of a plan that replaces a database and touches what uses it. */
export const terraformRadius = (): BlastRadius => radius([
  resource('aws_db_instance.orders', {
    type: 'aws_db_instance', physicalId: 'orders-db', stack: 'prod', action: 'remove', replacement: 'yes', outcome: 'lost', size: '120 GiB', lastBackup: '2026-01-01T22:00:00Z (automated backup)',
    downtime: { interrupted: 'yes', order: 'delete-first', long: 'Making a DB instance takes 10 minutes and more (aws_db_instance timeouts).' },
    reversibility: { kind: 'recoverable', how: 'Restore the retained automated backup: aws rds restore-db-instance-to-point-in-time --source-db-instance-identifier orders-db --target-db-instance-identifier orders-db-2 --use-latest-restorable-time', until: 'the retention of 7 days ends' },
    because: ['engine_version changes: requires replacement (plan, replace_paths).'],
  }),
  resource('aws_ecs_service.api', { type: 'aws_ecs_service', stack: 'prod', action: 'modify', outcome: 'interrupted', data: 'none', downtime: { interrupted: 'may' }, reversibility: { kind: 'reversible', how: 'Deploy the earlier plan again.' }, because: ['Its task gets a new database address.'] }),
  resource('aws_kms_key.main', { type: 'aws_kms_key', stack: 'prod', action: 'none', outcome: 'unchanged', data: 'none', reversibility: { kind: 'reversible' } }),
  resource('aws_security_group.db', { type: 'aws_security_group', stack: 'prod', action: 'modify', outcome: 'modified', data: 'none', reversibility: { kind: 'reversible', how: 'Set the rule again.' } }),
  resource('aws_s3_bucket.old', { type: 'aws_s3_bucket', stack: 'prod', action: 'forget', outcome: 'retained', data: 'orphaned', reversibility: { kind: 'reversible', how: 'terraform import aws_s3_bucket.old old-receipts' } }),
], {
  source: 'plan', sourceDetail: 'terraform plan was run just now and kept.', stack: 'prod',
  evidence: [{ what: 'resources and actions', from: 'terraform show -json of the plan made just now' }, { what: 'size of orders-db', from: 'aws rds describe-db-instances' }],
  unknowns: [{ kind: 'dependents', subject: 'the Elastic IP', text: 'What uses the Elastic IP can\'t be read (AccessDenied). Ask for ec2:DescribeAddresses, or look in the console.' }],
  dependencies: [
    { from: 'aws_ecs_service.api', to: 'aws_db_instance.orders', kind: 'reference', detail: 'aws_db_instance.orders.address in environment' },
    { from: 'aws_db_instance.orders', to: 'aws_kms_key.main', kind: 'kms-key', detail: 'kms_key_id' },
    { from: 'aws_db_instance.orders', to: 'aws_security_group.db', kind: 'security-group', detail: 'vpc_security_group_ids' },
    { from: 'stack:reporting', to: 'aws_db_instance.orders', kind: 'network', detail: 'reporting reads through the peering connection' },
    { from: 'dns:db.example.com', to: 'aws_db_instance.orders', kind: 'dns-record', detail: 'CNAME db.example.com' },
  ],
});

/** `kubectl delete namespace shop`. */
export const kubernetesRadius = (): BlastRadius => radius([
  resource('Namespace/shop', { type: 'v1/Namespace', stack: 'shop', data: 'none', reversibility: { kind: 'irreversible' } }),
  resource('shop/PersistentVolumeClaim/data', { type: 'v1/PersistentVolumeClaim', stack: 'shop', size: '20Gi', because: ['Its volume has reclaim policy Delete.'] }),
  resource('shop/Deployment/web', { type: 'apps/v1/Deployment', stack: 'shop', outcome: 'interrupted', data: 'none', downtime: { interrupted: 'yes' }, reversibility: { kind: 'recoverable', how: 'Save it first: kubectl get deployment/web -n shop -o yaml' } }),
], {
  source: 'dry-run', sourceDetail: 'kubectl delete --dry-run=server.', stack: 'shop',
  dependencies: [
    { from: 'shop/Deployment/web', to: 'shop/PersistentVolumeClaim/data', kind: 'volume', detail: 'volume data' },
    { from: 'shop/PersistentVolumeClaim/data', to: 'Namespace/shop', kind: 'owner', detail: 'in the namespace' },
    { from: 'shop/Deployment/web', to: 'Namespace/shop', kind: 'owner', detail: 'in the namespace' },
  ],
});

const TYPES = ['AWS::SNS::Topic', 'AWS::SQS::Queue', 'AWS::Lambda::Function', 'AWS::DynamoDB::Table', 'AWS::IAM::Role', 'AWS::S3::Bucket'] as const;
const OUTCOMES = ['unchanged', 'modified', 'lost', 'replaced', 'unchanged', 'interrupted', 'unknown'] as const;

/** As many resources in stacks of 500, each needing up to two earlier ones; always the same. */
export function largeRadius(count: number): BlastRadius {
  const resources = Array.from({ length: count }, (_, i) => resource(`Resource${i}`, {
    type: TYPES[i % TYPES.length] ?? '', stack: `stack-${Math.floor(i / 500)}`, outcome: OUTCOMES[(i * 7 + Math.floor(i / 11)) % OUTCOMES.length] ?? 'lost', data: i % 3 === 0 ? 'lost' : 'none',
    because: ['It is in the template (change set).'],
  }));
  const dependencies = resources.flatMap((r, i): Dependency[] => (i === 0 ? [] : [
    { from: r.id, to: `Resource${Math.floor(i / 2)}`, kind: 'reference', detail: 'Ref in Properties.Name' },
    ...(i % 3 === 0 ? [{ from: r.id, to: `Resource${i - 1}`, kind: 'depends-on' as const, detail: 'DependsOn' }] : []),
  ]));
  return radius(resources, { dependencies });
}

/** Each resource needs the one before it. */
export function chainRadius(length: number): BlastRadius {
  const resources = Array.from({ length }, (_, i) => resource(`Link${i}`));
  return radius(resources, { dependencies: resources.slice(1).map((r, i) => ({ from: r.id, to: `Link${i}`, kind: 'reference', detail: 'Ref' })) });
}
