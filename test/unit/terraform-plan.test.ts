import assert from 'node:assert/strict';

import type { AffectedResource } from '../../src/model';
import { applyArgv, planArgs, readTerraform, type TerraformCommand } from '../../src/preview/terraform/command';
import { cloudFormationType } from '../../src/preview/terraform/data-types';
import { fateOfGone } from '../../src/preview/terraform/fate';
import { fromPlan } from '../../src/preview/terraform/from-plan';
import { readPlan } from '../../src/preview/terraform/plan-json';

/** A resource change as `terraform show -json` writes it. */
const change = (address: string, actions: readonly string[], before: object | null, after: object | null, more: object = {}): object => ({
  address, mode: 'managed', type: address.split('.').at(-2)?.replace(/\[.*/, ''), provider_name: 'registry.terraform.io/hashicorp/aws',
  change: { actions, before, after, after_unknown: {}, before_sensitive: {}, after_sensitive: {} }, ...more,
});
const plan = (changes: readonly object[], more: object = {}): object => ({ format_version: '1.2', terraform_version: '1.11.4', resource_changes: changes, ...more });
const read = (changes: readonly object[], more: object = {}): ReturnType<typeof fromPlan> => fromPlan(readPlan(plan(changes, more)));
const only = (changes: readonly object[]): AffectedResource => {
  const [first, ...others] = read(changes).resources;
  assert.ok(first && others.length === 0);
  return first;
};

describe('what a Terraform plan says of data', () => {
  const db = (values: object): AffectedResource => only([change('aws_db_instance.main', ['delete'], { id: 'db-X', identifier: 'payments', ...values }, null)]);

  it('follows the final snapshot of a database', () => {
    assert.deepEqual([db({ skip_final_snapshot: true }).data, db({ skip_final_snapshot: true }).outcome], ['lost', 'lost']);
    const kept = db({ skip_final_snapshot: false, final_snapshot_identifier: 'last' });
    assert.deepEqual([kept.data, kept.outcome], ['snapshotted', 'snapshotted']);
    assert.equal(kept.reversibility.how, 'aws rds restore-db-instance-from-db-snapshot --db-instance-identifier payments --db-snapshot-identifier last');
    const backups = db({ skip_final_snapshot: true, delete_automated_backups: false, backup_retention_period: 7 });
    assert.deepEqual([backups.data, backups.reversibility.kind, backups.reversibility.until], ['lost', 'recoverable', '7 days after the deletion']);
  });

  it('says what the provider refuses by itself', () => {
    assert.deepEqual(read([change('aws_db_instance.main', ['delete'], { skip_final_snapshot: true, deletion_protection: true }, null)]).warnings, ['aws_db_instance.main: deletion_protection is on: the provider refuses to delete it until an apply has turned that off.']);
    assert.match(read([change('aws_db_instance.main', ['delete'], { skip_final_snapshot: false }, null)]).warnings[0] ?? '', /no final_snapshot_identifier, so the provider refuses/);
  });

  it('knows the windows of keys and secrets, and the backup of a table', () => {
    const key = fateOfGone('aws_kms_key', { key_id: 'k-1', deletion_window_in_days: 7 });
    assert.deepEqual([key.reversibility.kind, key.reversibility.how?.startsWith('aws kms cancel-key-deletion --key-id k-1')], ['recoverable', true]);
    assert.match(key.reversibility.until ?? '', /^7 days/);
    assert.equal(fateOfGone('aws_secretsmanager_secret', { recovery_window_in_days: 0 }).reversibility.kind, 'irreversible');
    assert.equal(fateOfGone('aws_dynamodb_table', { name: 't', point_in_time_recovery: [{ enabled: true }] }).reversibility.kind, 'recoverable');
    assert.equal(fateOfGone('aws_dynamodb_table', { name: 't', point_in_time_recovery: [{ enabled: false }] }).reversibility.kind, 'irreversible');
  });

  it('tells a bucket that is emptied from one that must be empty', () => {
    assert.equal(fateOfGone('aws_s3_bucket', { force_destroy: true }).data, 'lost');
    assert.equal(fateOfGone('aws_s3_bucket', { force_destroy: false }).data, 'none');
    assert.equal(fateOfGone('google_storage_bucket', { force_destroy: true, name: 'b', soft_delete_policy: [{ retention_duration_seconds: 604800 }] }).reversibility.until, '7 days after the deletion (soft delete policy)');
  });

  it('calls unknown what no source knows, and nothing what holds nothing', () => {
    assert.equal(fateOfGone('acme_thing', {}).data, 'unknown');
    for (const type of ['aws_iam_role', 'aws_security_group', 'aws_subnet', 'aws_lb_listener', 'aws_route_table', 'google_compute_firewall', 'azurerm_subnet', 'null_resource', 'kubernetes_deployment']) assert.equal(fateOfGone(type, {}).data, 'none', type);
    for (const type of ['aws_efs_file_system', 'aws_sqs_queue', 'aws_cognito_user_pool', 'google_sql_database_instance', 'azurerm_mssql_database', 'aws_opensearch_domain', 'digitalocean_database_cluster']) assert.equal(fateOfGone(type, {}).data, 'lost', type);
  });

  it('finds the same thing under CloudFormation\'s name where one and only one has it', () => {
    assert.equal(cloudFormationType('aws_iam_role'), 'AWS::IAM::Role');
    assert.equal(cloudFormationType('aws_subnet'), 'AWS::EC2::Subnet');
    assert.equal(cloudFormationType('aws_dynamodb_table'), 'AWS::DynamoDB::Table');
    assert.equal(cloudFormationType('aws_no_such_thing'), undefined);
    assert.equal(cloudFormationType('google_storage_bucket'), undefined);
  });
});

describe('what a Terraform plan changes', () => {
  it('is named without a value', () => {
    const r = only([change('aws_db_instance.main', ['update'], { password: 'hunter2', size: 1 }, { password: 'hunter3', size: 1 })]);
    assert.deepEqual([r.outcome, r.data, r.because], ['modified', 'kept', ['Changed in place: password.']]);
    assert.equal(JSON.stringify(r).includes('hunter'), false);
  });

  it('counts a guard that is switched off, and a door that is opened', () => {
    const guard = only([change('aws_db_instance.main', ['update'], { deletion_protection: true }, { deletion_protection: false })]);
    assert.deepEqual(guard.effects, ['guard-removal']);
    const door = only([change('aws_security_group.web', ['update'], { ingress: [{ cidr_blocks: ['10.0.0.0/8'] }] }, { ingress: [{ cidr_blocks: ['0.0.0.0/0'] }] })]);
    assert.deepEqual(door.effects, ['exposure']);
    assert.equal(only([change('aws_security_group.web', ['update'], { egress: [] }, { egress: [{ cidr_blocks: ['0.0.0.0/0'] }] })]).effects, undefined);
  });

  it('counts a service that is scaled to nothing as interrupted, and a chart as not known', () => {
    const service = only([change('aws_ecs_service.web', ['update'], { desired_count: 3 }, { desired_count: 0 })]);
    assert.deepEqual([service.outcome, service.downtime], ['interrupted', { interrupted: 'yes' }]);
    assert.equal(only([change('kubernetes_deployment.web', ['update'], { spec: [{ replicas: '3' }] }, { spec: [{ replicas: '0' }] })]).outcome, 'interrupted');
    assert.equal(only([change('aws_ecs_service.web', ['update'], { desired_count: 3 }, { desired_count: 2 })]).outcome, 'modified');
    assert.equal(only([change('helm_release.web', ['update'], { version: '1' }, { version: '2' })]).outcome, 'unknown');
    const policy = (principal: string): object => ({ policy: `{"Statement":[{"Effect":"Allow","Principal":${principal},"Action":"s3:GetObject"}]}` });
    assert.deepEqual(only([change('aws_s3_bucket_policy.p', ['update'], policy('{"AWS":"arn:aws:iam::1:root"}'), policy('"*"'))]).effects, ['exposure']);
  });

  it('says what forces a replacement and why something goes', () => {
    const r = read([
      change('aws_instance.web["a.b"]', ['delete', 'create'], { id: 'i-1' }, {}, { action_reason: 'replace_because_cannot_update', change: { actions: ['delete', 'create'], before: { id: 'i-1' }, after: {}, after_unknown: {}, replace_paths: [['ami'], ['root_block_device', 0, 'encrypted']] } }),
      change('aws_instance.old', ['delete'], { id: 'i-2' }, null, { action_reason: 'delete_because_each_key' }),
      change('aws_instance.new', ['forget'], { id: 'i-3' }, null),
      change('aws_instance.x', ['explode'], { id: 'i-4' }, null),
    ]).resources;
    const by = new Map(r.map((one) => [one.id, one]));
    assert.ok(by.get('aws_instance.web["a.b"]')?.because.includes('ami, root_block_device[0].encrypted force the replacement (replace_paths).'));
    assert.ok(by.get('aws_instance.old')?.because.includes('Its key is no longer in the for_each.'));
    assert.equal(by.get('aws_instance.new')?.data, 'orphaned');
    assert.equal(by.get('aws_instance.x')?.outcome, 'unknown');
  });

  it('joins instances by their block, in modules with keys too, and names the kind of need', () => {
    const configuration = { root_module: {
      resources: [{ address: 'aws_security_group.db', mode: 'managed', expressions: {} }, { address: 'aws_kms_key.k', mode: 'managed', expressions: {} }],
      module_calls: { app: { source: './app', expressions: { sg: { references: ['aws_security_group.db.id', 'aws_security_group.db'] }, key: { references: ['aws_kms_key.k.arn', 'aws_kms_key.k'] } }, for_each_expression: {}, module: {
        resources: [{ address: 'aws_db_instance.main', mode: 'managed', expressions: { vpc_security_group_ids: { references: ['var.sg'] }, kms_key_id: { references: ['var.key'] } } }],
      } } },
    } };
    const { dependencies } = read([
      change('aws_security_group.db', ['delete'], {}, null), change('aws_kms_key.k', ['delete'], {}, null), change('module.app["x.y"].aws_db_instance.main', ['no-op'], {}, {}),
    ], { configuration });
    assert.deepEqual(dependencies.map((d) => [d.from, d.to, d.kind]), [
      ['module.app["x.y"].aws_db_instance.main', 'aws_security_group.db', 'security-group'], ['module.app["x.y"].aws_db_instance.main', 'aws_kms_key.k', 'kms-key'],
    ]);
  });

  it('follows a reference to one instance to that one alone', () => {
    const configuration = { root_module: { resources: [
      { address: 'aws_subnet.a', mode: 'managed', expressions: {} },
      { address: 'aws_instance.web', mode: 'managed', expressions: { subnet_id: { references: ['aws_subnet.a["eu.1"].id', 'aws_subnet.a["eu.1"]', 'aws_subnet.a'] } } },
    ] } };
    const { dependencies } = read([change('aws_subnet.a["eu.1"]', ['delete'], {}, null), change('aws_subnet.a["us"]', ['delete'], {}, null), change('aws_instance.web', ['no-op'], {}, {})], { configuration });
    assert.deepEqual(dependencies.map((d) => [d.from, d.to, d.kind]), [['aws_instance.web', 'aws_subnet.a["eu.1"]', 'network']]);
  });

  it('takes what is imported for something that stands already', () => {
    const imported = only([change('aws_s3_bucket.old', ['no-op'], { id: 'old' }, { id: 'old' }, { change: { actions: ['no-op'], before: { id: 'old' }, after: { id: 'old' }, importing: { id: 'old' } } })]);
    assert.deepEqual([imported.action, imported.outcome, imported.data, imported.reversibility.how], ['import', 'added', 'kept', "terraform state rm 'aws_s3_bucket.old'"]);
  });

  it('is read for 5,000 resources and a chain 500 deep without growing out of hand', () => {
    const chain = Array.from({ length: 500 }, (_, i) => `aws_instance.c${i}`);
    const many = Array.from({ length: 5000 }, (_, i) => `aws_instance.m[${i}]`);
    const state = { values: { root_module: { resources: [
      ...chain.map((address, i) => ({ address, mode: 'managed', type: 'aws_instance', values: {}, depends_on: chain.slice(0, i) })),
    ] } } };
    const r = read([...chain, ...many].map((a) => change(a, ['delete'], { id: a }, null)), { prior_state: state });
    assert.equal(r.resources.length, 5500);
    assert.equal(r.dependencies.length, 499);
  });

  it('of another format is refused with the next step', () => {
    assert.throws(() => readPlan({ format_version: '9.0' }), /format 9\.0.*update Holdpoint/);
    assert.throws(() => readPlan([]), /format unknown/);
  });
});

describe('a Terraform command line', () => {
  const command = (words: string, env: Record<string, string> = {}): TerraformCommand => {
    const c = readTerraform(words.split(' '), '/w', env);
    assert.ok(typeof c === 'object', String(c));
    return c;
  };

  it('is read as the tool reads it', () => {
    const c = command('terraform -chdir=infra apply -var x=1 -target=a.b -auto-approve --parallelism 3');
    assert.deepEqual([c.folder, c.chdir, c.args], ['/w/infra', 'infra', []]);
    assert.deepEqual(planArgs(c, '/t/p'), ['plan', '-var=x=1', '-target=a.b', '-parallelism=3', '-input=false', '-lock=false', '-no-color', '-out=/t/p']);
    assert.deepEqual(applyArgv(c, '/t/p'), ['terraform', '-chdir=infra', 'apply', '-auto-approve', '-parallelism=3', '/t/p']);
    assert.deepEqual(planArgs(command('tofu destroy -auto-approve'), '/t/p').slice(0, 2), ['plan', '-destroy']);
  });

  it('gets the words of TF_CLI_ARGS before its own, and those for this command first', () => {
    const c = command('terraform apply -no-color', { TF_CLI_ARGS: '-parallelism=2', TF_CLI_ARGS_apply: '-var "a=b c"' });
    assert.deepEqual(c.options, [{ name: '-var', value: 'a=b c' }, { name: '-parallelism', value: '2' }, { name: '-no-color', value: undefined }]);
  });

  it('that has an unknown option is not guessed', () => {
    assert.match(String(readTerraform(['terraform', 'apply', '-new-thing', 'x'], '/w', {})), /-new-thing is not known/);
    assert.equal(readTerraform(['terraform', 'plan'], '/w', {}), undefined);
    assert.equal(readTerraform(['kubectl', 'apply'], '/w', {}), undefined);
  });
});
