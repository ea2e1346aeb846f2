import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { detectArgv } from '../../src/detect/detect';
import { GUARDED } from '../../src/gate/shim';
import type { Operation } from '../../src/model';
import { ownDryRun, readKubeCommand } from '../../src/preview/kubernetes/command';
import { fastPathReads } from '../support/fast-path';
import { kubectlTruths } from '../support/kubectl-record';
import type { KubectlTruth } from '../support/kubectl-run';

/** How many argv the real kubectl is given in the test run itself; thousands more are compared with what it did when they were recorded. */
const ARGV = Number(process.env['OPTIONS_ARGV'] ?? 250);
const SEED = Number(process.env['OPTIONS_SEED'] ?? 9);

/** What is wrong about what we say, compared with what was done; empty when nothing is. */
function judge({ argv, writes }: KubectlTruth, operations: readonly Operation[], fast: boolean): string[] {
  if (writes.length === 0) return [];
  const changing = operations.filter((o) => o.mutation !== 'none');
  const command = readKubeCommand(['kubectl', ...argv]);
  const dry = command !== undefined && command.problems.length === 0 ? ownDryRun(command) : undefined;
  const wrong: string[] = [];
  if (changing.length === 0) wrong.push('said to change nothing');
  if (fast) wrong.push('let go by the fast path');
  if (dry !== undefined) wrong.push(`said to be a dry run (${dry})`);
  if (writes.some(([method]) => method === 'DELETE') && !changing.some((o) => o.mutation === 'destructive' || o.mutation === 'unknown')) wrong.push('said to delete nothing');
  return [...wrong, ...new Set(changing.flatMap((o) => wrongPlace(o, writes)))];
}

function wrongPlace({ context, mutation }: Operation, writes: KubectlTruth['writes']): string[] {
  if (mutation === 'unknown') return [];
  const where = context.other ?? {};
  const clusterOf: Readonly<Record<string, string>> = { test: 'loop', prod: 'prod', third: 'third' };
  const cluster = where['cluster']?.replace('URL/at/', '') ?? (where['context'] === undefined ? undefined : clusterOf[where['context']]);
  return writes.flatMap(([, address, at]) => {
    const namespace = /\/namespaces\/([^/]+)\//.exec(address)?.[1];
    return [
      ...(where['namespace'] !== undefined && namespace !== undefined && where['namespace'] !== namespace ? [`said to be in namespace ${where['namespace']}, was in ${namespace}`] : []),
      ...(cluster !== undefined && cluster !== at ? [`said to be at ${cluster}, was at ${at}`] : []),
    ];
  });
}

/** Compares, and prints the counts. */
function compare(truths: readonly KubectlTruth[], what: string): void {
  const fast = fastPathReads(GUARDED['kubectl']?.fastPath?.() ?? '', truths.map((t) => t.argv));
  const wrong: string[] = [];
  let changed = 0, deleted = 0, silent = 0, quiet = 0;
  truths.forEach((truth, n) => {
    const operations = detectArgv(['kubectl', ...truth.argv], {});
    const none = operations.every((o) => o.mutation === 'none');
    if (truth.writes.length > 0) changed += 1;
    if (truth.writes.some(([method]) => method === 'DELETE')) deleted += 1;
    if (none) silent += 1;
    if (!none && truth.writes.length === 0 && truth.code === 0) quiet += 1;
    const says = judge(truth, operations, fast[n] === true);
    if (says.length > 0) wrong.push(`kubectl ${truth.argv.map((w) => (w === '' ? '\'\'' : w)).join(' ')}: ${says.join('; ')}`);
  });
  console.log(`      ${truths.length} argv ${what}: ${changed} changed something, ${deleted} of them deleted; we call ${silent} reads or dry runs, the fast path ${fast.filter(Boolean).length}; ${quiet} that did nothing we take for changes`);
  assert.deepEqual(wrong, []);
  assert.ok(changed > truths.length / 10 && silent > truths.length / 10, 'the argv tell nothing');
}

describe('the options of kubectl', () => {
  it('mean to us what they meant to kubectl when it was given thousands of argv', () => {
    const truths = readFileSync('test/corpora/kubectl-options.jsonl', 'utf8').trim().split('\n').map((l) => JSON.parse(l) as KubectlTruth);
    assert.ok(truths.length >= 2000);
    compare(truths, 'recorded');
  }).timeout(120_000);

  it(`mean to us what they mean to the kubectl that is here, ${ARGV} times`, async () => {
    compare(await kubectlTruths(ARGV, SEED), `run just now (seed ${SEED})`);
  }).timeout(3_600_000);
});
