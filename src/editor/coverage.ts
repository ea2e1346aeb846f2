import { accessSync, constants } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Home } from '../gate/home';
import type { Guard } from './guard';

/** One layer of the guard, as it was found just now. */
export interface Layer {
  readonly name: string;
  readonly state: 'active' | 'off' | 'unknown';
  readonly detail: string;
}

export interface CoverageFacts {
  readonly guard: Guard | undefined;
  /** Why there is no guard. */
  readonly why: string | undefined;
  readonly home: Home;
  readonly collection: vscode.GlobalEnvironmentVariableCollection;
  readonly rulesProblem: string | undefined;
  readonly notCompared: string | undefined;
}

const PROBE_MS = 10_000;
const PING_MS = 2000;

/** Probes each layer; nothing is called active because it was once set up. */
export async function probe(facts: CoverageFacts): Promise<Layer[]> {
  const terminal = facts.guard ? probeTerminal(facts.home.bin) : Promise.resolve<Layer>({ name: 'A terminal opened now', state: 'off', detail: 'The guard is off.' });
  return [
    await shims(facts), await gate(facts), others(facts), environment(facts), await terminal,
    earlierTerminals(), ledger(facts),
    { name: 'Rules', state: facts.rulesProblem ? 'off' : 'active', detail: facts.rulesProblem ?? 'The rules in force were read without an error.' },
    facts.notCompared
      ? { name: 'Marks in files', state: 'unknown', detail: `Templates are not compared with git HEAD: ${facts.notCompared}.` }
      : { name: 'Marks in files', state: 'active', detail: 'Open and changed templates and shell scripts are judged.' },
    { name: "Agents in this window's terminals", state: facts.guard ? 'active' : 'off', detail: 'A command that an agent runs through a terminal of VS Code meets the shims like any other.' },
    { name: 'Agents outside of the terminals', state: 'off', detail: 'Not covered: agents that start programs themselves, cloud SDKs, absolute paths to a tool, web consoles. No agent hooks are installed.' },
  ];
}

async function shims({ guard, why }: CoverageFacts): Promise<Layer> {
  if (!guard) return { name: 'Shims', state: 'off', detail: why ?? 'The guard is off.' };
  const { installProblems } = await import('../gate/install');
  const problems = installProblems(guard.installed);
  return problems.length
    ? { name: 'Shims', state: 'off', detail: `${problems.join('; ')}. Reload the window to put it right.` }
    : { name: 'Shims', state: 'active', detail: `In ${guard.installed.home.bin}, executable and of this version.` };
}

async function gate({ guard, why, home }: CoverageFacts): Promise<Layer> {
  const name = 'Gate';
  if (!guard) return { name, state: 'off', detail: why ?? 'The guard is off.' };
  const { gatesFor } = await import('../gate/discovery');
  const mine = gatesFor(home, home.dir).find((g) => g.socket === guard.server.socket);
  if (!mine) return { name, state: 'off', detail: 'Shims can not find this window: its discovery file is gone. Reload the window.' };
  const answer = await ping(mine.socket, mine.token);
  return answer === undefined
    ? { name, state: 'off', detail: 'It does not answer on its socket. Reload the window.' }
    : { name, state: 'active', detail: `It answers on its socket (version ${answer}).` };
}

/** What the watch has found since the window opened. */
function others({ guard, why }: CoverageFacts): Layer {
  const name = 'Who answers for Holdpoint';
  if (!guard) return { name, state: 'off', detail: why ?? 'The guard is off.' };
  const alarms = guard.alarms();
  return alarms.length > 0
    ? { name, state: 'off', detail: `${alarms.join('; ')}. End that process, or reload the window.` }
    : { name, state: 'active', detail: 'Only windows that are in the record, and each command that was started is there, too.' };
}

function ping(address: string, token: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    const done = (version?: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(version);
    };
    const timer = setTimeout(() => done(), PING_MS);
    let text = '';
    socket.setEncoding('utf8');
    socket.on('error', () => done());
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (!text.includes('\n')) return;
      try {
        const message = JSON.parse(text.slice(0, text.indexOf('\n'))) as { type?: unknown; version?: unknown };
        done(message.type === 'pong' && typeof message.version === 'string' ? message.version : undefined);
      } catch {
        done();
      }
    });
    socket.write(`${JSON.stringify({ type: 'ping', token })}\n`);
  });
}

function environment({ collection, home }: CoverageFacts): Layer {
  const set = collection.get('PATH')?.value === home.bin + path.delimiter;
  return { name: 'PATH of new terminals', state: set ? 'active' : 'off', detail: set ? 'The shims are put first.' : 'The shims are not put first.' };
}

/** Opens a hidden terminal as an agent would, and asks its shell which `aws` it would run. */
async function probeTerminal(bin: string): Promise<Layer> {
  const name = 'A terminal opened now';
  const terminal = vscode.window.createTerminal({ name: 'Holdpoint coverage', hideFromUser: true, isTransient: true });
  try {
    const shell = await shellOf(terminal);
    if (!shell) return { name, state: 'unknown', detail: 'Its shell did not report itself (no shell integration), so it could not be asked.' };
    const execution = shell.executeCommand(process.platform === 'win32' ? 'where.exe aws' : 'command -v aws');
    const text = await withLimit((async () => {
      let all = '';
      for await (const chunk of execution.read()) all += chunk;
      return all;
    })());
    if (text === undefined) return { name, state: 'unknown', detail: 'Its shell did not answer in time.' };
    return text.includes(bin)
      ? { name, state: 'active', detail: '`aws` is our shim there.' }
      : { name, state: 'off', detail: '`aws` is not our shim there: a start-up file may put another folder first on PATH.' };
  } finally {
    terminal.dispose();
  }
}

async function shellOf(terminal: vscode.Terminal): Promise<vscode.TerminalShellIntegration | undefined> {
  if (terminal.shellIntegration) return terminal.shellIntegration;
  let listener: vscode.Disposable | undefined;
  try {
    return await withLimit(new Promise<vscode.TerminalShellIntegration>((resolve) => {
      listener = vscode.window.onDidChangeTerminalShellIntegration((e) => e.terminal === terminal && resolve(e.shellIntegration));
    }));
  } finally {
    listener?.dispose();
  }
}

function withLimit<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  return Promise.race([work, new Promise<undefined>((resolve) => { timer = setTimeout(() => resolve(undefined), PROBE_MS); })]).finally(() => clearTimeout(timer));
}

function earlierTerminals(): Layer {
  const silent = vscode.window.terminals.filter((t) => !t.shellIntegration && t.exitStatus === undefined).length;
  return silent
    ? { name: 'Terminals without shell integration', state: 'unknown', detail: `${silent} open: opened before the guard, or with a shell that reports nothing. Open new ones to be sure.` }
    : { name: 'Open terminals', state: 'active', detail: 'All report what they run; a command around the shims is written down and shown.' };
}

function ledger({ home }: CoverageFacts): Layer {
  try {
    accessSync(home.ledger, constants.W_OK);
    return { name: 'Record', state: 'active', detail: `In ${home.ledger}.` };
  } catch {
    return { name: 'Record', state: 'off', detail: `${home.ledger} can't be written: destructive commands are refused until it can.` };
  }
}
