/** A terminal of VS Code's own, as a test uses it: run a command, read what it printed and how it ended. */
import * as vscode from 'vscode';

export interface TerminalRun {
  readonly exitCode: number | undefined;
  /** The output without the escape sequences of colours and shell integration. */
  readonly output: string;
}

/** A command that was started and may still be running: what it has printed so far, and its end. */
export interface RunningCommand {
  readonly terminal: vscode.Terminal;
  readonly output: () => string;
  readonly done: Promise<TerminalRun>;
}

const START_LIMIT_MS = 30_000;
const RUN_LIMIT_MS = 45_000;

/** Opens a terminal and waits for its shell integration. Throws when the shell does not report itself in time. */
export async function openTerminal(options: vscode.TerminalOptions = {}): Promise<vscode.Terminal> {
  const terminal = vscode.window.createTerminal(options);
  terminal.show();
  if (terminal.shellIntegration) return terminal;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error('The terminal has no shell integration after 30 s.'));
    }, START_LIMIT_MS);
    const listener = vscode.window.onDidChangeTerminalShellIntegration((event) => {
      if (event.terminal !== terminal) return;
      clearTimeout(timer);
      listener.dispose();
      resolve(terminal);
    });
  });
}

/** Starts a command line in a terminal and does not wait for its end. */
export function startInTerminal(terminal: vscode.Terminal, commandLine: string, limitMs = RUN_LIMIT_MS): RunningCommand {
  if (!terminal.shellIntegration) throw new Error('The terminal has no shell integration.');
  const execution = terminal.shellIntegration.executeCommand(commandLine);
  let raw = '';
  const reading = (async () => {
    for await (const chunk of execution.read()) raw += chunk;
  })();
  const done = new Promise<TerminalRun>((resolve, reject) => {
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error(`\`${commandLine}\` did not end in ${limitMs} ms. It printed:\n${plain(raw)}`));
    }, limitMs);
    const listener = vscode.window.onDidEndTerminalShellExecution(async (event) => {
      if (event.execution !== execution) return;
      clearTimeout(timer);
      listener.dispose();
      await reading;
      resolve({ exitCode: event.exitCode, output: plain(raw) });
    });
  });
  // A caller that only looks at the output and closes the terminal must not meet an unhandled rejection later.
  done.catch(() => undefined);
  return { terminal, output: () => plain(raw), done };
}

/** Runs one command line in a terminal of its own and closes it. */
export async function runInTerminal(commandLine: string, options: vscode.TerminalOptions = {}): Promise<TerminalRun> {
  const terminal = await openTerminal(options);
  try {
    return await startInTerminal(terminal, commandLine).done;
  } finally {
    terminal.dispose();
  }
}

/** Removes escape sequences: colours (CSI), titles and shell integration marks (OSC), and lone carriage returns. */
function plain(text: string): string {
  return text.replace(/\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[=>()][0-9A-B]?|\r/g, '');
}
