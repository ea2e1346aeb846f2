import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';

import { dice } from './random';
import { temporary } from './temporary';
import { terraformArgv, type TerraformArgv } from './terraform-argv';

/** What Terraform did with an argv: resources that went from a state and those that came, by folder or workspace, and whether it asked. */
export interface TerraformTruth extends TerraformArgv {
  readonly code: number | null;
  readonly lost: readonly string[];
  readonly made: readonly string[];
  /** Anything in a state file is different, or a workspace is gone. */
  readonly changed: boolean;
  readonly asked: boolean;
}

const STATES: Readonly<Record<string, string>> = { here: 'terraform.tfstate', sub: 'sub/terraform.tfstate', spare: 'terraform.tfstate.d/spare/terraform.tfstate', out: 'out.tfstate', dash: '-refresh-only' };
const CONFIGURATION = 'variable "x" {\n  default = ""\n}\nresource "terraform_data" "a" {\n  input = 1\n}\n';
const AFTER = `${CONFIGURATION}resource "terraform_data" "fresh" {\n  input = 2\n}\noutput "new" {\n  value = "said"\n}\n`;
const BEFORE = `${CONFIGURATION}resource "terraform_data" "gone" {\n  input = 3\n}\n`;

function environment(home: string): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: home, CHECKPOINT_DISABLE: '1' };
}

/** A folder in which a plain apply makes one resource and destroys another, with a folder and a workspace beside it. @throws without terraform, with one line. */
function terraformTemplate(root: string): string {
  const folder = path.join(root, 'template');
  mkdirSync(path.join(folder, 'sub'), { recursive: true });
  const run = (cwd: string, ...args: string[]): void => {
    try {
      execFileSync('terraform', args, { cwd, env: environment(root), stdio: ['ignore', 'pipe', 'pipe'] });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Error('terraform is not installed: what needs it was not tested.');
      throw error;
    }
  };
  const configure = (text: string): void => ['.', 'sub'].forEach((d) => writeFileSync(path.join(folder, d, 'main.tf'), text));
  configure(BEFORE);
  for (const d of ['sub', '.']) {
    run(path.join(folder, d), 'init');
    run(path.join(folder, d), 'apply', '-auto-approve');
  }
  run(folder, 'workspace', 'new', 'spare');
  run(folder, 'apply', '-auto-approve');
  run(folder, 'workspace', 'select', 'default');
  const state = JSON.parse(readFileSync(path.join(folder, 'terraform.tfstate'), 'utf8')) as { serial: number; resources: unknown[] };
  writeFileSync(path.join(folder, 'other.tfstate'), JSON.stringify({ ...state, serial: state.serial + 5, resources: [] }));
  configure(AFTER);
  run(folder, 'plan', '-out=saved.tfplan');
  return folder;
}

type Snapshot = ReadonlyMap<string, { readonly text: string; readonly resources: ReadonlySet<string> }>;

function snapshot(folder: string): Snapshot {
  return new Map(Object.entries(STATES).flatMap(([name, file]) => {
    const full = path.join(folder, file);
    if (!existsSync(full)) return [];
    const text = readFileSync(full, 'utf8');
    const { resources = [] } = (text === '' ? {} : JSON.parse(text)) as { resources?: { name: string }[] };
    return [[name, { text, resources: new Set(resources.map((r) => `${name}/${r.name}`)) }] as const];
  }));
}

async function run(template: string, root: string, one: TerraformArgv): Promise<TerraformTruth> {
  const folder = mkdtempSync(path.join(root, 'run-'));
  cpSync(template, folder, { recursive: true });
  const before = snapshot(folder);
  const child = spawn('terraform', [...one.argv], { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'], env: { ...environment(root), ...one.env } });
  child.stdin.on('error', () => undefined);
  child.stdin.end('yes\n');
  let said = '';
  child.stdout.on('data', (d) => { said += String(d); });
  const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  const after = snapshot(folder);
  const all = (s: Snapshot): Set<string> => new Set([...s.values()].flatMap((v) => [...v.resources]));
  const [was, is] = [all(before), all(after)];
  rmSync(folder, { recursive: true, force: true });
  return {
    ...one, code, lost: [...was].filter((r) => !is.has(r)), made: [...is].filter((r) => !was.has(r)),
    changed: [...new Set([...before.keys(), ...after.keys()])].some((k) => before.get(k)?.text !== after.get(k)?.text), asked: /Enter a value:/.test(said),
  };
}

/** Runs Terraform with this many command lines, each in a fresh copy of the folder. */
export async function terraformTruths(count: number, seed: number): Promise<readonly TerraformTruth[]> {
  const root = temporary('hp-tf-options-');
  const roll = dice(seed);
  const waiting = Array.from({ length: count }, () => terraformArgv(roll));
  const truths: TerraformTruth[] = [];
  const template = terraformTemplate(root);
  await Promise.all(Array.from({ length: Math.max(2, cpus().length) }, async () => {
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) truths.push(await run(template, root, one));
  }));
  return truths;
}
