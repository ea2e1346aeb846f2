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
  /** What the window is while this layer is off; absent: its being off is no surprise. */
  readonly whenOff?: 'off' | 'degraded';
}

/** What a full probe found. */
export interface Coverage {
  /** See `probeQuietly`. */
  readonly quiet: readonly Layer[];
  /** See `probeTerminal`. */
  readonly opened: readonly Layer[];
  readonly others: readonly Layer[];
}

export interface CoverageFacts {
  readonly guard: Guard | undefined;
  /** Why there is no guard. */
  readonly why: string | undefined;
  readonly home: Home;
  readonly collection: vscode.GlobalEnvironmentVariableCollection;
  readonly rulesProblem: string | undefined;
  /** What is wrong with the record, compared with what this editor knows of it. */
  readonly alarm: string | undefined;
  readonly notCompared: string | undefined;
  /** What is known of the open terminals in which something was put before the shims. */
  readonly paths: readonly Layer[];
}

const PROBE_MS = 10_000;
const PING_MS = 2000;

/** The layers that can be looked at without starting anything; what is off here is off for every command. */
export async function probeQuietly(facts: Pick<CoverageFacts, 'guard' | 'why' | 'home' | 'collection'> & Partial<Pick<CoverageFacts, 'alarm'>>): Promise<Layer[]> {
  const layers = [await shims(facts), await gate(facts), environment(facts), ledger(facts)];
  return layers.map((layer) => ({ ...layer, whenOff: 'off' }));
}

/** Probes each layer; nothing is called active because it was once set up. */
export async function probe(facts: CoverageFacts): Promise<Coverage> {
  const terminal = facts.guard ? probeTerminal(facts.home.bin) : Promise.resolve<Layer[]>([{ name: 'A terminal opened now', state: 'off', detail: 'The guard is off.' }]);
  const [quiet, opened] = await Promise.all([probeQuietly(facts), terminal]);
  const others: readonly Layer[] = [
    whoAnswers(facts), ...facts.paths, earlierTerminals(),
    { name: 'Rules', state: facts.rulesProblem ? 'off' : 'active', detail: facts.rulesProblem ?? 'The rules in force were read without an error.' },
    facts.notCompared
      ? { name: 'Marks in files', state: 'unknown', detail: `Templates are not compared with git HEAD: ${facts.notCompared}.` }
      : { name: 'Marks in files', state: 'active', detail: 'Open and changed templates and shell scripts are judged.' },
    { name: "Agents in this window's terminals", state: facts.guard ? 'active' : 'off', detail: 'A command that an agent runs through a terminal of VS Code meets the shims like any other.' },
    { name: 'Agents outside of the terminals', state: 'off', detail: 'Not covered: agents that start programs themselves, cloud SDKs, absolute paths to a tool, web consoles. No agent hooks are installed.' },
  ];
  return { quiet, opened, others };
}

async function shims({ guard, why }: Pick<CoverageFacts, 'guard' | 'why'>): Promise<Layer> {
  if (!guard) return { name: 'Shims', state: 'off', detail: why ?? 'The guard is off.' };
  const { installProblems } = await import('../gate/install');
  const problems = installProblems(guard.installed);
  return problems.length
    ? { name: 'Shims', state: 'off', detail: `${problems.join('; ')}. Reload the window to put it right.` }
    : { name: 'Shims', state: 'active', detail: `In ${guard.installed.home.bin}, executable and of this version.` };
}

async function gate({ guard, why, home }: Pick<CoverageFacts, 'guard' | 'why' | 'home'>): Promise<Layer> {
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
function whoAnswers({ guard, why }: CoverageFacts): Layer {
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

function environment({ collection, home }: Pick<CoverageFacts, 'collection' | 'home'>): Layer {
  const set = collection.get('PATH')?.value === home.bin + path.delimiter;
  return { name: 'PATH of new terminals', state: set ? 'active' : 'off', detail: set ? 'The shims are put first.' : 'The shims are not put first.' };
}

/** Opens a hidden terminal as an agent would, and asks its shell, and a Python started there, which `aws` they would run. */
export async function probeTerminal(bin: string): Promise<Layer[]> {
  const name = 'A terminal opened now';
  const terminal = vscode.window.createTerminal({ name: 'Holdpoint coverage', hideFromUser: true, isTransient: true });
  try {
    const shell = await shellOf(terminal);
    if (!shell) return [{ name, state: 'unknown', detail: 'Its shell did not report itself (no shell integration), so it could not be asked.' }];
    const text = await answer(shell, process.platform === 'win32' ? 'where.exe aws' : 'command -v aws');
    if (text === undefined) return [{ name, state: 'unknown', detail: 'Its shell did not answer in time.' }];
    if (!text.includes(bin)) return [{ name, state: 'off', whenOff: 'off', detail: '`aws` is not our shim there: a start-up file may put another folder first on PATH.' }];
    return [{ name, state: 'active', detail: '`aws` is our shim there.' }, ...(await probePython(shell, bin))];
  } finally {
    terminal.dispose();
  }
}

/** A version manager's or a virtual environment's Python may put its own folder first for what it starts. */
async function probePython(shell: vscode.TerminalShellIntegration, bin: string): Promise<Layer[]> {
  if (process.platform === 'win32') return [];
  const python = /^(\/\S*python3)\s*$/m.exec(await answer(shell, 'command -v python3') ?? '')?.[1];
  // macOS's own is a stand-in that asks to install developer tools.
  if (python === undefined || (process.platform === 'darwin' && python.startsWith('/usr/bin/'))) return [];
  const found = await answer(shell, `python3 -c 'import shutil; print("aws", shutil.which("aws"))'`);
  const name = 'Programs started by Python there';
  const which = /^aws (\S+)\s*$/m.exec(found ?? '')?.[1];
  if (which === undefined) return [{ name, state: 'unknown', detail: `${python} did not answer in time.` }];
  return which.startsWith(bin)
    ? [{ name, state: 'active', detail: `They find our shims (${python}).` }]
    : [{ name, state: 'off', whenOff: 'degraded', detail: `They find ${which} before the shim: ${python} puts its own folder first. Commands that its programs start are not held.` }];
}

/** What a shell prints for a command; undefined when it does not end in time. */
async function answer(shell: vscode.TerminalShellIntegration, command: string): Promise<string | undefined> {
  const execution = shell.executeCommand(command);
  return withLimit((async () => {
    let all = '';
    for await (const chunk of execution.read()) all += chunk;
    // What the shell says about itself between the lines (OSC 633) is no part of the answer.
    return all.replace(/\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b\[[0-9;?]*[A-Za-z]/g, '').replaceAll('\r', '');
  })());
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

function ledger({ home, alarm }: Pick<CoverageFacts, 'home'> & Partial<Pick<CoverageFacts, 'alarm'>>): Layer {
  if (alarm !== undefined) return { name: 'Record', state: 'off', detail: `${alarm} (Holdpoint: Review What Loosens)` };
  try {
    accessSync(home.ledger, constants.W_OK);
    return { name: 'Record', state: 'active', detail: `In ${home.ledger}.` };
  } catch {
    return { name: 'Record', state: 'off', detail: `${home.ledger} can't be written: destructive commands are refused until it can.` };
  }
}
