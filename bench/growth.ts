// What a blast radius costs as a change grows: time and the highest memory, each size in a process of its own. Terraform's real
// plan stands beside it.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { predict } from '../src/detect/templates/cloudformation';
import type { BlastRadius } from '../src/model';
import { blastRadius } from '../src/preview/radius';
import { asJson } from '../src/preview/render/json';
import { asText } from '../src/preview/render/text';
import { fromPlan } from '../src/preview/terraform/from-plan';
import { readPlan } from '../src/preview/terraform/plan-json';
import { growingTemplate, referenceChain } from '../test/support/growing-templates';

const base = { source: 'plan', sourceDetail: '', context: {} } as const;

function ofTemplate(before: string, after: string): BlastRadius {
  return blastRadius({ ...base, ...predict({ template: before }, { template: after }) });
}

/** A plan's JSON as `terraform show -json` writes it: every second one is replaced, each needs the one before it. */
function plan(count: number): string {
  const name = (i: number): string => `aws_instance.r${i}`;
  const changes = Array.from({ length: count }, (_, i) => ({
    address: name(i), mode: 'managed', type: 'aws_instance', name: `r${i}`, provider_name: 'registry.terraform.io/hashicorp/aws', action_reason: i % 2 ? 'replace_because_cannot_update' : 'delete_because_no_resource_config',
    change: { actions: i % 2 ? ['delete', 'create'] : ['delete'], before: { id: `i-${i}`, tags: { Name: `r${i}` }, ami: 'ami-1' }, after: i % 2 ? { tags: {}, ami: 'ami-2' } : null, after_unknown: { id: true }, replace_paths: i % 2 ? [['ami']] : undefined },
  }));
  const resources = Array.from({ length: count }, (_, i) => ({ address: name(i), mode: 'managed', expressions: i === 0 ? {} : { user_data: { references: [`${name(i - 1)}.id`, name(i - 1)] } } }));
  return JSON.stringify({ format_version: '1.2', terraform_version: '1.11.4', resource_changes: changes, configuration: { root_module: { resources } } });
}

function ofPlan(text: string): BlastRadius {
  return blastRadius({ ...base, ...fromPlan(readPlan(JSON.parse(text) as unknown)) });
}

const KINDS: Readonly<Record<string, (count: number) => () => BlastRadius>> = {
  'CloudFormation, two templates': (n) => {
    const [before, after] = [growingTemplate(n, 'a'), growingTemplate(n, 'b')];
    return () => ofTemplate(before, after);
  },
  'CloudFormation, a chain': (n) => {
    const [before, after] = [referenceChain(n, 'a'), referenceChain(n, 'b')];
    return () => ofTemplate(before, after);
  },
  'Terraform, a plan (a chain)': (n) => {
    const text = plan(n);
    return () => ofPlan(text);
  },
};

/** One measure in this process: milliseconds of the first and the median of five further runs, with text and JSON made, and MB at the highest of the first. */
function measure(kind: string, count: number): void {
  const make = KINDS[kind]?.(count);
  if (!make) throw new Error(kind);
  const once = (): number => {
    const started = performance.now();
    const radius = make();
    asText(radius);
    asJson(radius);
    return performance.now() - started;
  };
  const first = once();
  // A preview has a process of its own and is made once: what more runs leave uncollected is not its need.
  const mb = process.resourceUsage().maxRSS / 1024;
  const more = Array.from({ length: 5 }, once).sort((a, b) => a - b);
  console.log(JSON.stringify({ first, median: more[2], mb }));
}

function print(): void {
  console.log('From the texts to the blast radius, printed as text and JSON: first run, median of five more, highest memory of the process:');
  for (const kind of Object.keys(KINDS)) {
    for (const count of kind.includes('chain') ? [10, 100, 500, 1000, 5000] : [10, 100, 1000, 5000]) {
      const { stdout } = spawnSync(process.execPath, [__filename, kind, String(count)], { encoding: 'utf8' });
      const { first, median, mb } = JSON.parse(stdout) as { first: number; median: number; mb: number };
      console.log(`  ${kind.padEnd(30)} ${String(count).padStart(5)}  ${first.toFixed(0).padStart(6)} ms  ${median.toFixed(1).padStart(8)} ms  ${mb.toFixed(0).padStart(5)} MB`);
    }
  }
  if (spawnSync('terraform', ['version'], { stdio: 'ignore' }).status === 0) terraform();
  else console.log('  terraform is not installed: its real plan was not measured.');
}

/** The real tool: its own plan and show, and what reading the result adds. */
function terraform(): void {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hp-bench-'));
  try {
    const run = (...args: string[]): string => execFileSync('terraform', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, CHECKPOINT_DISABLE: '1' }, stdio: ['ignore', 'pipe', 'ignore'] });
    for (const count of [10, 100, 1000]) {
      writeFileSync(path.join(folder, 'main.tf'), `resource "terraform_data" "r" {\n  count = ${count}\n}\n`);
      run('init', '-input=false');
      run('apply', '-auto-approve');
      const started = performance.now();
      run('plan', '-destroy', '-out=p', '-input=false', '-lock=false');
      const text = run('show', '-json', 'p');
      const tool = performance.now() - started;
      const own = performance.now();
      ofPlan(text);
      console.log(`  terraform plan and show of ${String(count).padStart(4)}: ${tool.toFixed(0)} ms; reading that adds ${(performance.now() - own).toFixed(0)} ms (${((performance.now() - own) / tool * 100).toFixed(0)} %)`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (require.main === module) {
  const [, , kind, count] = process.argv;
  if (kind === undefined) print();
  else measure(kind, Number(count));
}
