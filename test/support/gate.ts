import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:net';

import type { Action, Actor, BlastRadius, Operation, Verdict } from '../../src/model';
import { identify } from '../../src/gate/actor';
import { createGate, type Gate, type GateDeps } from '../../src/gate/gatekeeper';
import { announce } from '../../src/gate/discovery';
import { homeAt, type Home } from '../../src/gate/home';
import { install } from '../../src/gate/install';
import { proofOf } from '../../src/gate/proof';
import { lineReader, type ClientMessage, type Discovery } from '../../src/gate/protocol';
import { serve, type GateServer } from '../../src/gate/server';
import { socketRequester } from '../../src/gate/socket-requester';
import { openLedger, type Ledger } from '../../src/ledger/ledger';
import { bundled } from './programs';
import { temporary } from './temporary';

/** A temp folder with Holdpoint installed in it and a stub `aws` that writes down how it was called. */
export interface Place {
  readonly base: string;
  readonly home: Home;
  /** Folder of the stub tool: on PATH behind the shims. */
  readonly tools: string;
  readonly work: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Bundles one file of the tests into a program of its own; gives its path. */
export async function bundleFile(file: string): Promise<string> {
  const { build } = await import('esbuild');
  const outfile = path.join(bundled(), path.basename(file).replace(/\.ts$/, '.js'));
  await build({
    entryPoints: [file], outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'],
    external: ['esbuild'], define: { KNOWLEDGE_DIR: '"knowledge"' }, logLevel: 'warning',
  });
  return outfile;
}

/** The stub: prints its argv as JSON, its input, and what a descriptor named in an argument holds. */
const STUB = `#!/bin/sh
printf '%s\\n' "STUB" >> "$STUB_LOG"
for a in "$@"; do printf 'arg:%s\\n' "$a"; done
case "$*" in
  *--exit*) exit 42 ;;
  *--die*) kill -TERM $$ ;;
  *--wait*) trap 'echo got-term; exit 9' TERM; trap 'echo got-int; exit 8' INT; echo ready; n=0; while [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done ;;
  *--stdin*) cat ;;
  *--tty*) if [ -t 0 ]; then echo tty; else echo no-tty; fi ;;
  *--fd*) for a in "$@"; do case $a in file:///dev/fd/*) cat "\${a#file://}" ;; esac; done ;;
esac
`;

export async function makePlace(): Promise<Place> {
  const base = temporary();
  const home = homeAt(path.join(base, 'home'));
  const tools = path.join(base, 'tools');
  const work = path.join(base, 'work');
  for (const dir of [tools, work]) mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(tools, 'aws'), STUB, { mode: 0o755 });
  install({ home, dist: bundled(), execPath: process.execPath, electron: false });
  const { PATH = '' } = process.env;
  const env: NodeJS.ProcessEnv = { PATH: [home.bin, tools, PATH].join(path.delimiter), HOME: base, STUB_LOG: path.join(base, 'stub.log'), LANG: 'C' };
  return { base, home, tools, work, env };
}

export interface TestGate {
  readonly gate: Gate;
  readonly server: GateServer;
  readonly ledger: Ledger;
  close(): Promise<void>;
}

/** An operation as detection would give it. */
export function operation(argv: readonly string[], mutation: Operation['mutation']): Operation {
  return {
    operation: 'cloudformation:DeleteStack', tool: 'aws', mutation, effects: mutation === 'destructive' ? ['data-loss'] : [],
    reversibility: { kind: 'irreversible' }, targets: [{ type: 'AWS::CloudFormation::Stack', name: 'payments-prod', known: true }], context: {},
    reason: 'Deletes stack payments-prod.', unknowns: [], guardsOff: [], origin: { kind: 'argv', argv, cwd: '' },
  };
}

/** The words of an action that is an argv. */
export function argvOf(action: Action): readonly string[] {
  if (action.kind !== 'argv') throw new Error(`${action.kind} is no argv`);
  return action.argv;
}

/** A gate in this process whose detection, rules and previews are the test's own. */
export async function makeGate(place: Place, change: Partial<GateDeps> = {}, folders: readonly string[] = [place.work]): Promise<TestGate> {
  const ledger = openLedger(place.home.ledger);
  const gate = createGate({
    detect: (action) => [operation(argvOf(action), argvOf(action).some((a) => a.startsWith('delete')) ? 'destructive' : 'additive')],
    decide: (operations: readonly Operation[], _actor: Actor, _cwd: string, _preview?: BlastRadius) => ({
      verdict: { kind: operations.some((o) => o.mutation === 'destructive') ? 'confirm' : 'allow', rule: 'test', reason: 'Deletes stack payments-prod.', risk: 'high' } satisfies Verdict,
      rulesDigest: 'r',
    }),
    previewer: {
      start: () => ({ result: Promise.resolve({ kind: 'failed', message: 'no preview in this test' }), cancel: () => undefined }),
      discard: () => undefined,
      readState: () => Promise.resolve({ ok: true, stateDigest: undefined }),
    },
    record: (record) => ledger.append(record),
    identify,
    settings: () => ({ holdMs: 60_000, previewMs: 5_000, previewMode: 'live' }),
    place: () => 'the Holdpoint panel', user: () => 'tester', log: () => undefined,
    ...change,
  });
  const server = await serve({ home: place.home, version: 'test', folders: () => folders, onAsk: (c) => gate.ask(socketRequester(c)), log: () => undefined });
  return { gate, server, ledger, close: async () => { gate.dispose(); await server.close(); } };
}

/**
 * A program that listens like a window: it announces itself, proves that it knows its own token, and says what it is told to
 * say once it has the question.
 */
export async function pretend(place: Place, name: string, onAsk: (say: (message: object) => void, ask: { readonly argv: readonly string[] }) => void, change: Partial<Discovery> = {}): Promise<Server> {
  const discovery: Discovery = { pid: process.pid, socket: path.join(place.base, name), token: 'x', folders: [place.work], focusedAt: Date.now(), version: '0', ...change };
  const server = createServer((client) => {
    const say = (message: object): void => void client.write(`${JSON.stringify(message)}\n`);
    client.on('error', () => undefined);
    client.setEncoding('utf8').on('data', lineReader((value) => {
      const message = value as ClientMessage;
      if (message.type === 'hello') say({ type: 'hello', proof: proofOf(discovery.token, 'gate', message.nonce), nonce: 'n' });
      if (message.type === 'ask') onAsk(say, message);
    }, () => undefined));
  });
  await new Promise<void>((resolve) => server.listen(discovery.socket, resolve));
  mkdirSync(place.home.run, { recursive: true });
  announce(place.home, name, discovery);
  return server;
}

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a command with the place's environment; its output so far can be looked at while it runs. */
export function start(place: Place, command: string, args: readonly string[], options: { readonly input?: string; readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {}) {
  const child = spawn(command, args, { cwd: options.cwd ?? place.work, env: { ...place.env, ...options.env }, stdio: ['pipe', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (d: string) => (stdout += d));
  child.stderr.setEncoding('utf8').on('data', (d: string) => (stderr += d));
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const done = new Promise<Ran>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, done, stdout: () => stdout, stderr: () => stderr };
}

/** Runs a command line on a terminal of its own, and types each answer when its question is on the screen. */
export function atTerminal(place: Place, command: string, answers: readonly (readonly [RegExp, string | ((screen: string) => string)])[]): Promise<{ readonly code: number | null; readonly screen: string }> {
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: place.work, env: { ...place.env, TERM: 'xterm' }, stdio: ['pipe', 'pipe', 'pipe'] });
  let screen = '';
  const left = [...answers];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    const [question, answer] = left[0] ?? [];
    if (!question?.test(screen)) return;
    left.shift();
    child.stdin.write(typeof answer === 'function' ? answer(screen) : (answer ?? ''));
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, screen })));
}

/** Waits until something is true; throws with the words given after 10 seconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Not in 10 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
