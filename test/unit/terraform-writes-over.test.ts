import assert from 'node:assert/strict';

import { fromPlan } from '../../src/preview/terraform/from-plan';
import { notPlanned, readTerraform, planArgs } from '../../src/preview/terraform/command';
import { readPlan } from '../../src/preview/terraform/plan-json';

const change = (address: string, actions: readonly string[], before: object | null, after: object | null): object => ({
  address, mode: 'managed', type: address.split('.').at(-2), provider_name: 'registry.terraform.io/hashicorp/aws', change: { actions, before, after, after_unknown: {} },
});
const create = (address: string, after: object = {}): object => change(address, ['create'], null, after);
const read = (changes: readonly object[], more: object = {}, around: Parameters<typeof fromPlan>[1] = {}): ReturnType<typeof fromPlan> =>
  fromPlan(readPlan({ format_version: '1.2', terraform_version: '1.11.4', resource_changes: changes, ...more }), around);
const outcome = (changes: readonly object[], more: object = {}): string | undefined => read(changes, more).resources.find((r) => r.id === 'x_y.a' || r.id.endsWith('.a'))?.outcome;

describe('what a plan calls new', () => {
  for (const [address, after] of [
    ['aws_s3_object.a', { key: 'k' }], ['aws_ssm_parameter.a', { overwrite: true }], ['aws_ec2_instance_state.a', { state: 'stopped' }], ['aws_default_security_group.a', {}], ['aws_route53_record.a', { allow_overwrite: true }],
    ['aws_s3_bucket_lifecycle_configuration.a', { rule: [{ status: 'Enabled', expiration: [{ days: 1 }] }] }], ['aws_lambda_invocation.a', {}], ['google_project_iam_policy.a', {}], ['google_project_iam_binding.a', {}],
    ['aws_iam_policy_attachment.a', {}], ['aws_iam_role_policies_exclusive.a', {}], ['aws_dynamodb_table_item.a', {}], ['aws_main_route_table_association.a', {}],
  ] as const) it(`may take the place of what stands there: ${address}`, () => assert.equal(outcome([create(address, after)]), 'unknown'));

  for (const [address, after] of [
    ['aws_ssm_parameter.a', { overwrite: false }], ['aws_ec2_instance_state.a', { state: 'running' }], ['aws_route53_record.a', {}], ['aws_s3_bucket.a', {}], ['google_project_iam_member.a', {}], ['aws_iam_role_policy_attachment.a', {}],
    ['aws_s3_bucket_lifecycle_configuration.a', { rule: [{ status: 'Enabled', transition: [{ days: 1 }] }] }], ['helm_release.a', {}],
  ] as const) it(`is new: ${address} ${JSON.stringify(after)}`, () => assert.equal(outcome([create(address, after)]), 'added'));

  it('is new in what the same plan makes', () => {
    const configuration = { root_module: { resources: [
      { address: 'aws_s3_bucket.b', mode: 'managed', type: 'aws_s3_bucket', name: 'b' },
      { address: 'aws_s3_object.a', mode: 'managed', type: 'aws_s3_object', name: 'a', expressions: { bucket: { references: ['aws_s3_bucket.b.id', 'aws_s3_bucket.b'] } } },
    ] } };
    assert.equal(outcome([create('aws_s3_bucket.b'), create('aws_s3_object.a')], { configuration }), 'added');
    assert.equal(outcome([create('aws_s3_object.a')], { configuration }), 'unknown');
  });
});

describe('what a plan does not say', () => {
  it('is said where it has parts that are not known', () => {
    assert.match(read([], { action_invocations: [{ address: 'action.aws_ec2_stop_instance.a' }] }).unknowns.map((one) => one.text).join(), /parts that are not known here \(action_invocations\)/);
    assert.deepEqual(read([], { planned_values: {}, timestamp: 'x', applyable: true, complete: true, errored: false, relevant_attributes: [], checks: [], variables: {}, output_changes: {}, prior_state: {}, configuration: {} }).unknowns, []);
  });

  it('is what a refresh forgets: where a provider looks in the wrong place, it finds nothing', () => {
    const drift = { resource_drift: [change('aws_sns_topic.a', ['delete'], { arn: 'arn:x' }, null)] };
    assert.deepEqual(read([], drift, { refreshOnly: true }).resources.map((r) => [r.id, r.action, r.outcome]), [['aws_sns_topic.a', 'forget', 'unknown']]);
    assert.deepEqual(read([], drift).resources, []);
  });

  it('is a command of a removed block', () => {
    const gone = [change('terraform_data.a', ['delete'], { id: '1' }, null)];
    assert.match(read(gone, {}, { removes: [{ from: 'terraform_data.a', file: 'main.tf' }] }).unknowns.map((one) => one.text).join(), /main\.tf: removed terraform_data\.a/);
    assert.deepEqual(read(gone, {}, { removes: [{ from: 'terraform_data.b', file: 'main.tf' }] }).unknowns, []);
    assert.match(read([change('module.net.aws_vpc.a', ['delete'], {}, null)], {}, { removes: [{ from: 'module.net', file: 'main.tf' }] }).unknowns.map((one) => one.text).join(), /removed module\.net/);
  });

  it('is what an option makes of the command that neither plan nor apply has', () => {
    const command = (line: string): Exclude<ReturnType<typeof readTerraform>, string | undefined> => {
      const read_ = readTerraform(line.split(' '), '/w', {});
      assert.ok(typeof read_ === 'object', String(read_));
      return read_;
    };
    assert.equal(notPlanned(command('terraform apply -target=a.b -auto-approve -var x=1')), undefined);
    assert.ok(planArgs(command('terraform refresh -var x=1'), 'p').includes('-refresh-only'));
    const invoke = readTerraform(['terraform', 'apply', '-invoke=action.a.b'], '/w', {});
    assert.ok(typeof invoke === 'string' || (invoke !== undefined && notPlanned(invoke) === '-invoke'), JSON.stringify(invoke));
  });
});
