import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { detectArgv } from '../../src/detect/detect';
import { GUARDED } from '../../src/gate/shim';
import { isOn, readTerraform } from '../../src/preview/terraform/command';
import { fastPathReads } from '../support/fast-path';
import { terraformTruths, type TerraformTruth } from '../support/terraform-run';

/** How many argv the real terraform is given in the test run itself; hundreds more are compared with what it did when they were recorded. */
const ARGV = Number(process.env['OPTIONS_ARGV'] ?? 40);
const SEED = Number(process.env['OPTIONS_SEED'] ?? 9);

/** What is wrong about what we say, compared with what was done; empty when nothing is. */
function judge(truth: TerraformTruth, fast: boolean): string[] {
  const { argv, env, lost, made, changed, asked } = truth;
  if (!changed) return [];
  const operations = detectArgv(['terraform', ...argv], { env, cwd: '/w' });
  const changing = operations.filter((o) => o.mutation !== 'none');
  const held = changing.some((o) => o.mutation === 'destructive' || o.mutation === 'unknown' || o.previewDecides === true || o.effects.length > 0);
  const wrong: string[] = [];
  if (changing.length === 0) wrong.push('said to change nothing');
  if (fast) wrong.push('let go by the fast path');
  const moved = argv.includes('mv') && made.length === 1;
  if (lost.length > 0 && !moved && !held) wrong.push(`said to lose nothing, lost ${lost.join(', ')}`);
  // Only a destroy takes what stands in the configuration.
  const all = lost.some((r) => r.endsWith('/a')) && !moved && made.length === 0;
  if (all && !changing.some((o) => o.mutation === 'destructive' || o.mutation === 'unknown')) wrong.push('not said to destroy');
  if (!asked && lost.length > 0 && changing.some((o) => /:(?:destroy|apply)$/.test(o.operation) && !o.guardsOff.includes('-auto-approve') && !argv.includes('saved.tfplan'))) wrong.push('not said to go without asking');
  if (asked && changing.some((o) => o.guardsOff.includes('-auto-approve'))) wrong.push('said to go without asking, and asked');
  return [...wrong, ...wrongPreview(truth), ...wrongPlace(truth)];
}

function wrongPreview({ argv, env, lost, made }: TerraformTruth): string[] {
  const command = readTerraform(['terraform', ...argv], '/w', env);
  if (typeof command !== 'object' || (command.verb !== 'apply' && command.verb !== 'destroy')) return [];
  if (command.args.length > 0) return [];
  const destroys = command.verb === 'destroy' || isOn(command, '-destroy');
  const refreshes = isOn(command, '-refresh-only');
  return [
    ...(lost.some((r) => r.endsWith('/a')) && !destroys && made.length === 0 ? ['previewed as an apply, was a destroy'] : []),
    // A state that is written elsewhere is a copy of what stood.
    ...(made.some((r) => !r.startsWith('out/')) && (destroys || refreshes) ? ['previewed as no apply, was one'] : []),
    ...(lost.length > 0 && refreshes ? ['previewed as a refresh, lost something'] : []),
  ];
}

function wrongPlace({ argv, env, lost, made }: TerraformTruth): string[] {
  const where = detectArgv(['terraform', ...argv], { env, cwd: '/w' })[0]?.context.other ?? {};
  const at = new Set([...lost, ...made].map((r) => r.split('/')[0]));
  if (at.size === 0) return [];
  return [
    ...(where['directory'] === 'sub' && !at.has('sub') ? [`said to be in sub, was in ${[...at].join()}`] : []),
    ...(where['directory'] === undefined && where['state'] === undefined && at.has('sub') ? ['not said to be in sub'] : []),
    ...(where['workspace'] === 'spare' && !at.has('spare') && !argv.some((w) => w.startsWith('-state')) ? [`said to be in spare, was in ${[...at].join()}`] : []),
  ];
}

function compare(truths: readonly TerraformTruth[], what: string): void {
  const wrong: string[] = [];
  let changed = 0, lost = 0, silent = 0, asked = 0, quiet = 0, fastReads = 0;
  const path = GUARDED['terraform']?.fastPath?.() ?? '';
  const envs = new Map<string, TerraformTruth[]>();
  for (const truth of truths) envs.set(JSON.stringify(truth.env), [...(envs.get(JSON.stringify(truth.env)) ?? []), truth]);
  for (const group of envs.values()) {
    const fast = fastPathReads(path, group.map((t) => t.argv), group[0]?.env);
    group.forEach((truth, n) => {
      const none = detectArgv(['terraform', ...truth.argv], { env: truth.env, cwd: '/w' }).every((o) => o.mutation === 'none');
      if (truth.changed) changed += 1;
      if (truth.lost.length > 0) lost += 1;
      if (truth.asked) asked += 1;
      if (none) silent += 1;
      if (fast[n] === true) fastReads += 1;
      if (!none && !truth.changed && truth.code === 0) quiet += 1;
      const says = judge(truth, fast[n] === true);
      const env = Object.entries(truth.env).map(([k, v]) => `${k}=${v} `).join('');
      if (says.length > 0) wrong.push(`${env}terraform ${truth.argv.join(' ')}: ${says.join('; ')} (lost ${truth.lost.join()} made ${truth.made.join()})`);
    });
  }
  console.log(`      ${truths.length} argv ${what}: ${changed} changed a state, ${lost} of them lost resources, ${asked} asked; we call ${silent} reads, the fast path ${fastReads}; ${quiet} that did nothing we take for changes`);
  assert.deepEqual(wrong, []);
  assert.ok(changed > truths.length / 10 && silent > truths.length / 20, 'the argv tell nothing');
}

describe('the options of terraform', () => {
  it('mean to us what they meant to terraform when it was given hundreds of argv', () => {
    const truths = readFileSync('test/corpora/terraform-options.jsonl', 'utf8').trim().split('\n').map((l) => JSON.parse(l) as TerraformTruth);
    assert.ok(truths.length >= 500);
    compare(truths, 'recorded');
  }).timeout(120_000);

  it(`mean to us what they mean to the terraform that is here, ${ARGV} times`, async () => {
    compare(await terraformTruths(ARGV, SEED), `run just now (seed ${SEED})`);
  }).timeout(3_600_000);
});
