import { spawn, type StdioOptions } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import tty from 'node:tty';

import { processStat } from '../model/process-stat';

export interface Tool {
  readonly executable: string;
  /** argv[0] is the tool's name as it was called. */
  readonly argv: readonly string[];
  /** Descriptors above 2 that were open when the shim started, to be passed on (`/dev/fd/63` of a process substitution). */
  readonly fds: readonly number[];
  /** Signals that were ignored when the shim started (`nohup`), and that the tool must ignore too. */
  readonly ignored: readonly NodeJS.Signals[];
  /** Variables that the tool must not see. */
  readonly withoutEnv?: readonly string[];
  /** True where it must not read the standard input, which is for what runs after it. */
  readonly noInput?: boolean;
}

export interface Outcome {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Why it could not be started. */
  readonly error?: string;
  /** Ends this process the way the tool ended: the same exit code, or the same signal. */
  readonly finish: () => void;
}

const known = (signals: readonly NodeJS.Signals[]): NodeJS.Signals[] => signals.filter((s) => s in os.constants.signals);
/** Signals that somebody may send to what he takes for the tool. */
const FORWARDED = known(['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGALRM']);
/** Signals that a terminal's keys send to the whole foreground group: the tool has them already, and a second one would mean "at once". */
const FROM_KEYS = known(['SIGINT', 'SIGQUIT']);

/** Runs the real tool in this process's place: its input, output, terminal and further descriptors are the tool's own. */
export function run(tool: Tool): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = start(tool);
    const forward = (signals: readonly NodeJS.Signals[], when: () => boolean): (() => void)[] => signals.map((signal) => {
      const pass = (): void => {
        if (when()) child.kill(signal);
      };
      process.on(signal, pass);
      return () => process.removeListener(signal, pass);
    });
    const stops = [...forward(FORWARDED, () => true), ...forward(FROM_KEYS, () => !inForeground())];
    const done = (outcome: Outcome): void => {
      for (const stop of stops) stop();
      resolve(outcome);
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code === 'ENOENT' ? 127 : 126;
      done({ exitCode: code, signal: null, error: `${tool.executable}: ${error.message}`, finish: () => process.exit(code) });
    });
    child.once('exit', (exitCode, signal) => done({ exitCode, signal, finish: () => (signal ? dieBy(signal) : process.exit(exitCode ?? 1)) }));
  });
}

function start({ executable, argv, fds, ignored, withoutEnv = [], noInput }: Tool): ReturnType<typeof spawn> {
  const env = withoutEnv.length === 0 ? process.env : Object.fromEntries(Object.entries(process.env).filter(([name]) => !withoutEnv.includes(name)));
  const highest = Math.max(2, ...fds);
  // Node marks the lowest descriptors it was given close-on-exec (libuv, uv_disable_stdio_inheritance); naming them passes all on. Gaps stay unopened.
  const stdio: StdioOptions = Array.from({ length: highest + 1 }, (_, fd) => (fd === 0 && noInput ? 'ignore' : fd <= 2 ? 'inherit' : fds.includes(fd) ? fd : 'ignore'));
  if (process.platform === 'win32') {
    const shell = /\.(cmd|bat)$/i.test(executable);
    return spawn(shell ? `"${executable}"` : executable, argv.slice(1), { stdio, shell, env });
  }
  if (ignored.length === 0) return spawn(executable, argv.slice(1), { stdio, argv0: argv[0], env });
  // Node gives its children every signal as it is by default; a shell can ignore some of them and then become the tool.
  const names = ignored.map((signal) => signal.slice('SIG'.length)).join(' ');
  return spawn('/bin/sh', ['-c', `trap '' ${names}; exec "$@"`, argv[0] ?? '', executable, ...argv.slice(1)], { stdio, env });
}

/** Whether this process belongs to its terminal's foreground group; where that can't be known, whether it has a terminal. */
function inForeground(): boolean {
  try {
    const { group, foreground } = processStat(readFileSync('/proc/self/stat', 'utf8'));
    return group === foreground;
  } catch {
    return [0, 1, 2].some((fd) => tty.isatty(fd));
  }
}

function dieBy(signal: NodeJS.Signals): void {
  // Node ignores SIGPIPE; a listener that goes again leaves it as it is by default.
  if (signal === 'SIGPIPE') process.on(signal, () => undefined);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // A signal that this process survives (a core-dumping one under a limit, say) still gives the shell's code for it.
  setTimeout(() => process.exit(128 + (os.constants.signals[signal] ?? 0)), 200);
}
