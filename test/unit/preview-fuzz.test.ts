import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';

import { PreviewError } from '../../src/preview/failure';
import { readObjects } from '../../src/preview/kubernetes/objects';
import { readPulumiPreview } from '../../src/preview/pulumi/preview-json';
import { markOf } from '../../src/preview/terraform/lineage';
import { fromPlan } from '../../src/preview/terraform/from-plan';
import { readPlan, readState } from '../../src/preview/terraform/plan-json';

const PLAN: unknown = {
  format_version: '1.2', terraform_version: '1.11.4', complete: true, errored: false,
  resource_changes: [
    { address: 'module.m["a.b"].aws_db_instance.main[0]', mode: 'managed', type: 'aws_db_instance', provider_name: 'p', action_reason: 'replace_because_cannot_update', change: { actions: ['delete', 'create'], before: { id: 'x', skip_final_snapshot: true, tags: { a: 'b' } }, after: { tags: {} }, after_unknown: { id: true }, replace_paths: [['engine'], ['disk', 0, 'size']] } },
    { address: 'aws_security_group.g', mode: 'managed', type: 'aws_security_group', provider_name: 'p', change: { actions: ['update'], before: { ingress: [] }, after: { ingress: [{ cidr_blocks: ['0.0.0.0/0'] }] }, after_unknown: {} } },
    { address: 'aws_s3_bucket.b', mode: 'managed', type: 'aws_s3_bucket', provider_name: 'p', change: { actions: ['forget'], before: { id: 'b' }, after: null, after_unknown: {} } },
  ],
  resource_drift: [{ address: 'a.b', mode: 'managed', type: 'a', provider_name: 'p', change: { actions: ['delete'], before: {}, after: null } }],
  output_changes: { o: { actions: ['delete'] } }, checks: [{ address: { to_display: 'check.c' }, status: 'fail', instances: [{ problems: [{ message: 'm' }] }] }],
  configuration: { root_module: { resources: [{ address: 'aws_security_group.g', mode: 'managed', expressions: { vpc_id: { references: ['module.m.id', 'var.v'] }, rule: [{ x: { references: ['aws_s3_bucket.b.id'] } }] }, provisioners: [{ type: 'local-exec' }] }], module_calls: { m: { source: './m', expressions: { v: { references: ['aws_s3_bucket.b.arn'] } }, for_each_expression: { references: ['local.x'] }, module: { outputs: { id: { expression: { references: ['aws_db_instance.main'] } } }, resources: [{ address: 'aws_db_instance.main', mode: 'managed', expressions: {}, count_expression: { references: ['var.v'] } }] } } } } },
  prior_state: { values: { root_module: { resources: [{ address: 'aws_s3_bucket.b', mode: 'managed', type: 'aws_s3_bucket', values: {}, depends_on: ['aws_security_group.g'] }], child_modules: [{ resources: [] }] } } },
};

/** The same data with one part of it exchanged for something of another kind. */
function spoiled(data: unknown, at: number, by: unknown): unknown {
  let left = at;
  const walk = (value: unknown): unknown => {
    if (left-- === 0) return by;
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]));
    return value;
  };
  return walk(data);
}

const OTHER = fc.oneof(fc.constant(null), fc.constant(undefined), fc.integer(), fc.string(), fc.boolean(), fc.constant([]), fc.constant({}), fc.constant([[]]), fc.constant({ references: 'x' }), fc.jsonValue());

/** Runs a reader; only a failure with a next step may come out of it. */
function survives(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof PreviewError)) throw error;
  }
}

describe('what tools say, spoiled in one place', () => {
  it('makes no reader of plans and states fail without a next step', () => {
    fc.assert(fc.property(fc.nat(220), OTHER, (at, by) => {
      const data = spoiled(PLAN, at, by);
      survives(() => {
        const { resources, dependencies } = fromPlan(readPlan(data));
        assert.ok(resources.every((r) => typeof r.id === 'string' && r.because.every((b) => typeof b === 'string')));
        assert.ok(dependencies.every((d) => typeof d.from === 'string' && typeof d.to === 'string'));
      });
      survives(() => readState(data));
      survives(() => markOf(JSON.stringify(data) ?? ''));
    }), { numRuns: 3_000 });
  });

  it('makes no reader of Pulumi\'s preview fail without a next step', () => {
    const real: unknown = JSON.parse(readFileSync('test/support/pulumi/preview.json', 'utf8'));
    fc.assert(fc.property(fc.nat(300), OTHER, (at, by) => survives(() => readPulumiPreview(spoiled(real, at, by), 'up'))), { numRuns: 2_000 });
  });

  it('makes no reader of Kubernetes objects fail without a next step', () => {
    const real = { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop', uid: 'u', labels: { a: 'b' }, ownerReferences: [{ uid: 'x', kind: 'K', name: 'n', controller: true }], finalizers: ['f'] }, spec: { replicas: 1 } }, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', annotations: {} }, data: { a: 'eA==' } }] };
    fc.assert(fc.property(fc.nat(60), OTHER, (at, by) => survives(() => readObjects(JSON.stringify(spoiled(real, at, by)) ?? ''))), { numRuns: 2_000 });
  });
});
