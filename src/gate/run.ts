import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { SHIM_MARK } from './shim-mark';

export interface Tool {
  readonly executable: string;
  /** argv[0] is the tool's name as it was called. */
  readonly argv: readonly string[];
  /** Descriptors above 2 that were open when the shim started, to be passed on (`/dev/fd/63` of a process substitution). */
  readonly fds: readonly number[];
}

export interface Outcome {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Why it could not be started. */
  readonly error?: string;
  /** Ends this process the way the tool ended: the same exit code, or the same signal. */
  readonly finish: () => void;
}

/** Signals that somebody may send to what he takes for the tool. */
const FORWARDED: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGALRM', 'SIGPIPE'].filter(
  (s): s is NodeJS.Signals => s in os.constants.signals,
);

/** Runs the real tool in this process's place: its input, output, terminal and further descriptors are the tool's own. */
export function run(tool: Tool): Promise<Outcome> {
  return new Promise((resolve) => {
    const highest = Math.max(2, ...tool.fds);
    // Node marks every descriptor it was given close-on-exec; naming them here passes them on. Gaps stay unopened.
    const stdio = Array.from({ length: highest + 1 }, (_, fd) => (fd <= 2 ? 'inherit' : tool.fds.includes(fd) ? fd : 'ignore'));
    const shell = process.platform === 'win32' && /\.(cmd|bat)$/i.test(tool.executable);
    const child = spawn(shell ? `"${tool.executable}"` : tool.executable, tool.argv.slice(1), {
      stdio: stdio as ('inherit' | 'ignore' | number)[],
      argv0: tool.argv[0],
      shell,
    });
    const forwarding = FORWARDED.map((signal) => {
      const forward = (): void => void child.kill(signal);
      process.on(signal, forward);
      return () => process.removeListener(signal, forward);
    });
    // A terminal sends Ctrl+C to the whole foreground group, so the tool has it already; a second one would mean "at once".
    const interrupt = (): void => {
      if (!inForeground()) child.kill('SIGINT');
    };
    process.on('SIGINT', interrupt);
    const done = (outcome: Outcome): void => {
      for (const stop of forwarding) stop();
      process.removeListener('SIGINT', interrupt);
      resolve(outcome);
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code === 'ENOENT' ? 127 : 126;
      done({ exitCode: code, signal: null, error: `${tool.executable}: ${error.message}`, finish: () => process.exit(code) });
    });
    child.once('exit', (exitCode, signal) => done({ exitCode, signal, finish: () => (signal ? dieBy(signal) : process.exit(exitCode ?? 1)) }));
  });
}

/** Whether this process belongs to its terminal's foreground group; where that can't be known, whether it has a terminal. */
function inForeground(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[2] === fields[5];
  } catch {
    return process.stdin.isTTY === true || process.stdout.isTTY === true || process.stderr.isTTY === true;
  }
}

function dieBy(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // A signal that this process survives (a core-dumping one under a limit, say) still gives the shell's code for it.
  setTimeout(() => process.exit(128 + (os.constants.signals[signal] ?? 0)), 200);
}

/** Finds a tool on PATH past every shims' folder, for Windows, where the shim can't. */
export function findTool(name: string): string | undefined {
  const extensions = process.platform === 'win32' ? (process.env['PATHEXT'] ?? '.COM;.EXE;.BAT;.CMD').split(';') : [''];
  for (const dir of (process.env['PATH'] ?? '').split(path.delimiter)) {
    if (dir === '' || existsSync(path.join(dir, SHIM_MARK))) continue;
    for (const extension of extensions) {
      const file = path.join(dir, name + extension);
      if (existsSync(file)) return file;
    }
  }
  return undefined;
}
