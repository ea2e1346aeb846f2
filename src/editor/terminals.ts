import { randomBytes } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Operation } from '../model';
import { redactCommandLine, redactionFor } from '../model/redact';
import type { Home } from '../gate/home';
import { hookFolder, HOOK_VARIABLES } from '../gate/version-managers';
import { recorded, type LedgerRecord } from '../ledger/record';
import type { Ask } from '../gate/protocol';
import { escapes, SLACK_MS } from './escaped';
import type { Log } from './log';
import { warn } from './notify';

/**
 * Puts the shims first on PATH in every terminal, and keeps them there in what a version manager starts; or takes both away
 * again. The values never change from window to window: a changed one would put a relaunch warning on each open terminal.
 */
export function guardTerminals(collection: vscode.GlobalEnvironmentVariableCollection, home: Home | undefined): void {
  if (home === undefined) {
    collection.clear();
    return;
  }
  collection.description = 'Asks before a destructive infrastructure command runs';
  // Both: with process creation alone, a start-up file that prepends to PATH would bury the shims.
  const options = { applyAtProcessCreation: true, applyAtShellIntegration: true };
  const first = (name: string, folder: string): void => {
    const value = folder + path.delimiter;
    const now = collection.get(name);
    if (now?.value !== value || !now.options?.applyAtShellIntegration) collection.prepend(name, value, options);
  };
  first('PATH', home.bin);
  if (process.platform !== 'win32') for (const name of HOOK_VARIABLES) first(name, hookFolder(home));
}

/** What the watch needs to know of the gate: the questions that came in, and when. */
export interface Questions {
  readonly all: readonly { readonly at: number; readonly ask: Pick<Ask, 'argv' | 'cwd' | 'env' | 'actor'> }[];
}

/** A shell's codes for "not found" and "not executable": nothing ran. */
const NOT_RUN = new Set([126, 127]);

/**
 * Watches for a guarded destructive command that ran around the shims (an absolute path, a cleaned PATH). It is after the
 * fact: it can only be written down and shown.
 */
export function watchTerminals(questions: Questions, record: (r: LedgerRecord) => void, log: Log): vscode.Disposable {
  const starts = new WeakMap<vscode.TerminalShellExecution, number>();
  return vscode.Disposable.from(
    vscode.window.onDidStartTerminalShellExecution((e) => starts.set(e.execution, Date.now())),
    vscode.window.onDidEndTerminalShellExecution((e) => {
      const start = starts.get(e.execution);
      const commandLine = e.execution.commandLine.value;
      if (start === undefined || commandLine.trim() === '' || (e.exitCode !== undefined && NOT_RUN.has(e.exitCode))) return;
      const end = Date.now();
      setTimeout(() => {
        escaped(e.terminal, { commandLine, cwd: e.execution.cwd?.fsPath, start, end }, questions, record, log).catch((error: unknown) => log.error('A terminal command could not be judged', error));
      }, SLACK_MS).unref();
    }),
  );
}

async function escaped(
  terminal: vscode.Terminal, { commandLine, cwd, start, end }: { readonly commandLine: string; readonly cwd: string | undefined; readonly start: number; readonly end: number },
  questions: Questions, record: (r: LedgerRecord) => void, log: Log,
): Promise<void> {
  const destroyed = await destructive(commandLine, cwd);
  if (destroyed.length === 0) return;
  const { detectArgv } = await import('../detect/detect');
  const shell = await terminal.processId;
  const others = await Promise.all(vscode.window.terminals.filter((t) => t !== terminal).map((t) => t.processId));
  const near = questions.all.filter(({ at }) => at >= start - SLACK_MS);
  const operations = escapes(
    { start, end, shell, otherShells: others.filter((pid) => pid !== undefined), operations: destroyed },
    near.map(({ at, ask }) => ({ at, parents: ask.actor.parents ?? [], operations: detectArgv(ask.argv, { cwd: ask.cwd, env: ask.env }) })),
  );
  if (operations.length === 0) return;
  record({ type: 'escaped', id: `e-${randomBytes(4).toString('hex')}`, commandLine: redactCommandLine(commandLine), operations: operations.map((o) => recorded(o, redactionFor(commandLine))) });
  const hide = redactionFor(commandLine);
  const names = [...new Set(operations.map((o) => hide(o.operation)))].join(', ');
  log.warn(`Ran around the guard: ${redactCommandLine(commandLine)} (${names})`);
  const open = 'Open the Ledger';
  void warn(`A destructive command ran around Holdpoint (${names}): no question about it reached the guard. It is in the record.`, open)
    .then((picked) => (picked === open ? vscode.commands.executeCommand('holdpoint.openLedger') : undefined));
}

async function destructive(commandLine: string, cwd: string | undefined): Promise<Operation[]> {
  const { detectCommand } = await import('../detect/detect');
  // What is unknown may be anything, a read included: only what certainly destroys is called an escape.
  return detectCommand(commandLine, cwd === undefined ? {} : { cwd }).filter((o) => o.mutation === 'destructive');
}
