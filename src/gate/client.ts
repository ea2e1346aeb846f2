import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { gatesFor } from './discovery';
import { ownHomeOf, type Home } from './home';
import { ancestry } from './processes';
import { lineReader, relevantEnv, UNDECIDED, type Ask, type ClientMessage, type Discovery, type GateMessage } from './protocol';
import { findTool, run, type Tool } from './run';

/** A window that does not take the connection in this time is passed over. */
const CONNECT_MS = 2000;
/** How long the end of a command waits for the record of its outcome. */
const OUTCOME_MS = 1000;

/**
 * Reads the shim's words, asks, and ends this process as the command ended.
 * @param marks names of the environment variables that tell who asks.
 */
export async function main(args: readonly string[], marks: readonly string[]): Promise<void> {
  const [fds = '', electron = '', name = '', real = '', ...rest] = args;
  const home = ownHomeOf(__dirname);
  restoreEnvironment(electron.slice('electron='.length));
  const executable = real === '' ? findTool(name) : path.resolve(real);
  if (executable === undefined) return end(127, [`${name}: command not found`]);
  const tool: Tool = {
    executable,
    argv: [name, ...rest],
    fds: fds.slice('fds='.length).split(',').filter((f) => f !== '').map(Number),
  };
  const ask = question(tool, marks);
  for (const gate of gatesFor(home, ask.cwd)) {
    const socket = await connect(gate);
    if (socket) return converse(socket, { ...ask, token: gate.token }, tool);
  }
  return askHere(home, ask, tool);
}

/** The shim hides Node's own switches from this process; the tool must get them back as they were. */
function restoreEnvironment(electron: string): void {
  const options = process.env['HOLDPOINT_NODE_OPTIONS'];
  if (options !== undefined) {
    process.env['NODE_OPTIONS'] = options;
    delete process.env['HOLDPOINT_NODE_OPTIONS'];
  }
  if (electron === '1') delete process.env['ELECTRON_RUN_AS_NODE'];
}

function question(tool: Tool, names: readonly string[]): Ask {
  const marks: Record<string, string> = {};
  for (const mark of names) {
    const value = process.env[mark];
    if (value !== undefined) marks[mark] = value.slice(0, 200);
  }
  return {
    type: 'ask', token: '', tool: tool.argv[0] ?? '', executable: tool.executable, argv: tool.argv, cwd: process.cwd(),
    env: relevantEnv(process.env), pid: process.pid,
    actor: { marks, ancestry: ancestry(), tty: hasTerminal(), user: userName() },
  };
}

function hasTerminal(): boolean {
  if (process.platform === 'win32') return process.stderr.isTTY === true;
  try {
    closeSync(openSync('/dev/tty', 'r+'));
    return true;
  } catch {
    return false;
  }
}

function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return process.env['USER'] ?? 'unknown';
  }
}

function connect(gate: Discovery): Promise<net.Socket | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect(gate.socket);
    const done = (result: net.Socket | undefined): void => {
      clearTimeout(timer);
      socket.removeAllListeners();
      if (!result) socket.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => done(undefined), CONNECT_MS);
    socket.once('connect', () => done(socket));
    socket.once('error', () => done(undefined));
  });
}

/** Talks to the gate until it has decided, then runs the tool or not. */
function converse(socket: net.Socket, ask: Ask, tool: Tool): Promise<void> {
  return new Promise((resolve) => {
    let over = false;
    let running = false;
    const send = (message: ClientMessage): void => {
      socket.write(`${JSON.stringify(message)}\n`);
    };
    const finish = (code: number, lines: readonly string[]): void => {
      if (over) return;
      over = true;
      socket.destroy();
      end(code, lines);
      resolve();
    };
    const interrupted = (): void => {
      if (running) return;
      send({ type: 'cancel' });
      socket.end(() => finish(130, ['Holdpoint: withdrawn. It was not run.']));
      setTimeout(() => finish(130, ['Holdpoint: withdrawn. It was not run.']), OUTCOME_MS).unref();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, interrupted);

    const lost = (): void => {
      if (!running) finish(UNDECIDED, [`Holdpoint: the window that held this command is gone. It was not run: ${tool.argv[0]}.`]);
    };
    const onMessage = (value: unknown): void => {
      const message = value as GateMessage;
      switch (message.type) {
        case 'say':
          print(message.lines);
          return;
        case 'refuse':
          finish(message.code, message.lines);
          return;
        case 'run': {
          if (over || running) return;
          const moved = message.inputs.find((input) => digest(input.path) !== input.sha256);
          if (moved) {
            // The gate answers with a new hold, or refuses.
            send({ type: 'moved', path: moved.path });
            return;
          }
          running = true;
          for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.removeListener(signal, interrupted);
          send({ type: 'started' });
          void run(tool).then((outcome) => {
            if (outcome.error !== undefined) print([outcome.error]);
            send({ type: 'outcome', exitCode: outcome.exitCode, signal: outcome.signal });
            const last = (): void => outcome.finish();
            socket.end(last);
            socket.once('close', last);
            setTimeout(last, OUTCOME_MS);
          });
          return;
        }
        case 'pong':
          return;
        default:
          message satisfies never;
      }
    };
    socket.setEncoding('utf8');
    socket.on('data', lineReader(onMessage, lost));
    socket.on('error', lost);
    socket.on('close', lost);
    send(ask);
  });
}

function digest(file: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return undefined;
  }
}

/** No window is open: the same engine decides here, and asks the person at the terminal. Loaded only now: it is large. */
async function askHere(home: Home, ask: Ask, tool: Tool): Promise<void> {
  let local: { readonly decideHere: (home: Home, ask: Ask) => Promise<LocalDecision> };
  try {
    // A path made at run time keeps the bundler from pulling the engine into this file.
    const file = path.join(__dirname, 'cli.js');
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    local = require(file) as typeof local;
    if (typeof local.decideHere !== 'function') throw new Error(`${file} is not Holdpoint's`);
  } catch (error) {
    return end(UNDECIDED, [`Holdpoint can't decide about this command: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
      'It was not run. Open the editor with Holdpoint once, and try again.']);
  }
  const decision = await local.decideHere(home, ask);
  if (!decision.run) return end(decision.code, decision.lines);
  const outcome = await run(tool);
  if (outcome.error !== undefined) print([outcome.error]);
  decision.record(outcome.exitCode, outcome.signal);
  outcome.finish();
}

/** What is decided without a window. */
export type LocalDecision =
  | { readonly run: true; readonly record: (exitCode: number | null, signal: string | null) => void }
  | { readonly run: false; readonly code: number; readonly lines: readonly string[] };

function print(lines: readonly string[]): void {
  if (lines.length > 0) process.stderr.write(`${lines.join('\n')}\n`);
}

function end(code: number, lines: readonly string[]): void {
  print(lines);
  process.exitCode = code;
  process.exit();
}
