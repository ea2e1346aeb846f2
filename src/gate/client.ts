import { readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';

import { converse } from './converse';
import { findGates } from './discovery';
import { findTool } from './find-tool';
import { restoreHidden } from './hidden-env';
import { ownHomeOf, type Home } from './home';
import { ignoredSignals } from './ignored-signals';
import { ancestry } from './processes';
import { relevantEnv, UNDECIDED, type Ask, type Discovery, type FirstQuestion } from './protocol';
import type { Tool } from './run';
import { end, hasTerminal, print, stdinKind } from './terminal';
import { userName } from './user';

/** A window that does not take the connection in this time is passed over. */
const CONNECT_MS = 2000;
/** The shim's word for "find the real tool yourself": an empty word would get lost in Windows PowerShell. */
const FIND_IT = '-';

/**
 * Reads the shim's words, asks, and ends this process as the command ended. Whatever goes wrong before the command runs ends
 * with the code for "could not decide": it never runs by mistake.
 * @param marks names of the environment variables that tell who asks.
 */
export async function main(args: readonly string[], marks: readonly string[]): Promise<void> {
  try {
    await ask(args, marks);
  } catch (error) {
    end(UNDECIDED, [`Holdpoint can't decide: ${error instanceof Error ? error.message : String(error)}. It was not run.`]);
  }
}

async function ask(args: readonly string[], marks: readonly string[]): Promise<void> {
  const { told, name, real, rest } = words(args);
  restoreHidden(process.env);
  if (told.get('electron') === '1') delete process.env['ELECTRON_RUN_AS_NODE'];
  const executable = real === '' || real === FIND_IT ? findTool(name) : path.resolve(real);
  if (executable === undefined) return end(127, [`${name}: command not found`]);
  const tool: Tool = {
    executable,
    argv: [name, ...rest],
    fds: (told.get('fds') ?? '').split(',').filter((f) => f !== '').map(Number),
    ignored: ignoredSignals(told.get('ign') ?? ''),
  };
  // Otherwise what the person's shell ignores would end this process.
  for (const signal of tool.ignored) process.on(signal, () => undefined);
  if (!isWhole(args)) {
    return end(UNDECIDED, [`Holdpoint can't decide: an argument of ${name} is not valid UTF-8, so it could not be handed on unchanged.`,
      'It was not run. Put the text into a file, and give the file.']);
  }
  const home = ownHomeOf(__dirname);
  const question = await askOf(tool, marks);
  const { gates, unusable } = findGates(home, question.cwd);
  const silent = [...unusable];
  for (const gate of gates) {
    const socket = await connect(gate);
    if (socket && (await converse(socket, { gate, ledger: home.ledger }, question, tool)) === 'answered') return;
    // On Windows a pipe lives as long as the process that listens: without one it was another window's number.
    if (socket || process.platform !== 'win32') silent.push(`the window of process ${gate.pid} does not answer`);
  }
  return askHere(home, question, tool, silent);
}

/** The shim's words: what it knows as `key=value`, then the tool's name, the real tool, and the command's own arguments. */
function words(args: readonly string[]): { readonly told: ReadonlyMap<string, string>; readonly name: string; readonly real: string; readonly rest: readonly string[] } {
  const told = new Map<string, string>();
  let at = 0;
  for (; /^(fds|ign|electron)=/.test(args[at] ?? ''); at++) {
    const [key = '', ...value] = (args[at] ?? '').split('=');
    told.set(key, value.join('='));
  }
  const [name = '', real = '', ...rest] = args.slice(at);
  return { told, name, real, rest };
}

/**
 * Whether these words are exactly what this process was given. Node turns bytes that are no UTF-8 into U+FFFD, and the tool
 * would then get another argument than the person typed.
 */
function isWhole(given: readonly string[]): boolean {
  if (!given.some((word) => word.includes('\ufffd'))) return true;
  try {
    // Each word ends with a zero byte. Latin-1 keeps every byte apart.
    const raw = readFileSync('/proc/self/cmdline', 'latin1').split('\0').slice(0, -1).slice(-given.length);
    return given.every((word, i) => Buffer.from(word).toString('latin1') === raw[i]);
  } catch {
    return false;
  }
}

async function askOf(tool: Tool, names: readonly string[]): Promise<Ask> {
  const marks: Record<string, string> = {};
  const { names: parents, pids } = await ancestry();
  for (const mark of names) {
    const value = process.env[mark];
    if (value !== undefined) marks[mark] = value.slice(0, 200);
  }
  return {
    type: 'ask', token: '', tool: tool.argv[0] ?? '', executable: tool.executable, argv: tool.argv, cwd: process.cwd(),
    env: relevantEnv(process.env, tool.argv[0] ?? '', tool.argv.slice(1)), pid: process.pid, stdin: stdinKind(),
    actor: { marks, ancestry: parents, parents: pids, tty: hasTerminal(), user: userName(process.env['USER']) },
  };
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

/** No window answers: the same engine decides here, and asks the person at the terminal. Loaded only now: it is large. */
async function askHere(home: Home, question: Ask, tool: Tool, silent: readonly string[]): Promise<void> {
  let local: { readonly decideHere: (home: Home, ask: Ask, silent: readonly string[], question: AskFirst) => Promise<LocalDecision> };
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
  // Before the decision: behind it nothing may wait.
  const { run } = await import('./run');
  const decision = await local.decideHere(home, question, silent, async (first) => (await import('./first-question')).askFirst(first, tool)).catch((error: unknown): LocalDecision => ({
    run: false, code: UNDECIDED, lines: [`Holdpoint can't decide about this command: ${error instanceof Error ? error.message : String(error)}.`, 'It was not run.'],
  }));
  if (!decision.run) return end(decision.code, decision.lines);
  const outcome = await run(decision.instead === undefined ? tool : { ...tool, ...decision.instead });
  if (outcome.error !== undefined) print([outcome.error]);
  decision.record(outcome.exitCode, outcome.signal);
  outcome.finish();
}

/** Asks what the tool would ask itself. */
export type AskFirst = (question: FirstQuestion) => Promise<'yes' | 'no' | 'unseen'>;

/** What is decided without a window. */
export type LocalDecision =
  | { readonly run: true; readonly instead?: { readonly argv: readonly string[]; readonly withoutEnv: readonly string[] }; readonly record: (exitCode: number | null, signal: string | null) => void }
  | { readonly run: false; readonly code: number; readonly lines: readonly string[] };
