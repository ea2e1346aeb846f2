// What the shim costs: a read-only command and an allowed write through it, against the bare tool. The gate is a process of
// its own with real detection, the built-in rules and a ledger on disk, as a window has it.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { identify } from '../src/gate/actor';
import { loadDecider } from '../src/cli/decider';
import { gateDeps } from '../src/gate/compose';
import { createGate } from '../src/gate/gatekeeper';
import { homeAt } from '../src/gate/home';
import { install } from '../src/gate/install';
import { serve } from '../src/gate/server';
import { socketRequester } from '../src/gate/socket-requester';
import { openLedger } from '../src/ledger/ledger';

const RUNS = 61;
const READ = ['ec2', 'describe-instances', '--region', 'eu-west-1'];
const WRITE = ['s3', 'mb', 's3://holdpoint-bench'];
const READ_LIMIT_MS = 3;
const WRITE_LIMIT_MS = 40;

/** One line of the result: a way of calling, its median, and what it costs more than the bare tool. */
export interface Row {
  readonly what: string;
  readonly ms: number;
  readonly moreMs: number;
  readonly limitMs?: number;
}

/** Measures in turns, so that a slow moment of the machine meets each way alike. */
export async function measure(dist = 'dist'): Promise<Row[]> {
  const base = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'hp-bench-')));
  let gate: ChildProcess | undefined;
  try {
    const home = homeAt(path.join(base, 'home'));
    const tools = path.join(base, 'tools');
    mkdirSync(tools);
    symlinkSync('/bin/true', path.join(tools, 'aws'));
    install({ home, dist: path.resolve(dist), execPath: process.execPath, electron: false });
    gate = await startGate(home.dir, base);
    // Node alone is started as the shim starts it.
    const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...plain } = process.env;
    const env = { ...plain, HOME: base, PATH: [home.bin, tools, process.env['PATH']].join(path.delimiter) };
    const ways = {
      bare: [path.join(tools, 'aws'), READ], node: [process.execPath, ['-e', '0']], read: [path.join(home.bin, 'aws'), READ], write: [path.join(home.bin, 'aws'), WRITE],
    } as const;
    const times = { bare: [] as number[], node: [] as number[], read: [] as number[], write: [] as number[] };
    for (let round = -3; round < RUNS; round++) {
      for (const way of ['bare', 'node', 'read', 'write'] as const) {
        const [program, args] = ways[way];
        const start = performance.now();
        const { status, stderr } = spawnSync(program, [...args], { env, cwd: base, encoding: 'utf8' });
        const took = performance.now() - start;
        if (status !== 0) throw new Error(`${way} ended with ${status}: ${stderr}`);
        if (round >= 0) times[way].push(took);
      }
    }
    const bare = median(times.bare);
    const row = (what: string, ms: number, limitMs?: number): Row => ({ what, ms, moreMs: ms - bare, limitMs });
    return [
      row('a read-only command through the shim', median(times.read), READ_LIMIT_MS), row('an allowed write through the shim', median(times.write), WRITE_LIMIT_MS),
      row('starting Node alone, which every write needs', median(times.node)),
    ];
  } finally {
    gate?.kill('SIGKILL');
    rmSync(base, { recursive: true, force: true });
  }
}

function startGate(home: string, folder: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [__filename, 'gate', home, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the gate ended with ${code}`)));
    child.stdout?.once('data', () => resolve(child));
  });
}

async function gateProcess(dir: string, folder: string): Promise<void> {
  const home = homeAt(dir);
  const decider = loadDecider(folder);
  const gate = createGate(gateDeps({
    dist: home.lib, home, execPath: process.execPath, ledger: openLedger(home.ledger), identify,
    decide: (operations, actor, _cwd, blastRadius) => ({ verdict: decider.decide(operations, actor, blastRadius).verdict, rulesDigest: decider.rules().digest }),
    settings: () => ({ holdMs: 60_000, previewMs: 60_000, previewMode: 'offline' }),
    folders: () => [folder], place: () => 'the bench', log: () => undefined,
  }));
  await serve({ home, version: 'bench', folders: () => [folder], onAsk: (c) => gate.ask(socketRequester(c)), log: () => undefined });
  console.log('ready');
}

const median = (times: number[]): number => times.sort((a, b) => a - b)[times.length >> 1] ?? NaN;

async function print(): Promise<void> {
  for (const { what, ms, moreMs, limitMs } of await measure()) {
    const aim = limitMs === undefined ? '' : ` (aim: at most ${limitMs} ms more)`;
    console.log(`${what}: median ${ms.toFixed(1)} ms, ${moreMs.toFixed(1)} ms more than the bare tool, ${(ms / (ms - moreMs)).toFixed(1)} times as long${aim}`);
  }
}

if (require.main === module) {
  const [what, home = '', folder = ''] = process.argv.slice(2);
  void (what === 'gate' ? gateProcess(home, folder) : print());
}
