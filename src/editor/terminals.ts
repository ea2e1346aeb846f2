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

/** A question that came in, and when. */
export interface Question {
  readonly at: number;
  readonly ask: Pick<Ask, 'argv' | 'cwd' | 'env' | 'actor'>;
  /** Set once the gate lets it go. */
  released: boolean;
}

/** What the watch needs to know of the gate. */
export interface Questions {
  readonly all: readonly Question[];
}

/** A command line of a terminal; those around it tell which of them a question belongs to. */
interface Ended {
  readonly commandLine: string;
  readonly cwd: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly exitCode: number | undefined;
}

/** So many command lines of a terminal are remembered. */
const KEPT = 50;

/**
 * Watches for a guarded destructive command that ran around the shims (an absolute path, a cleaned PATH). It is after the
 * fact: it can only be written down and shown.
 */
export function watchTerminals(questions: Questions, record: (r: LedgerRecord) => void, log: Log): vscode.Disposable {
  const starts = new WeakMap<vscode.TerminalShellExecution, number>();
  const lines = new WeakMap<vscode.Terminal, Ended[]>();
  const counted: Counted = { asked: new WeakMap(), used: new WeakSet() };
  return vscode.Disposable.from(
    vscode.window.onDidStartTerminalShellExecution((e) => starts.set(e.execution, Date.now())),
    vscode.window.onDidEndTerminalShellExecution((e) => {
      const start = starts.get(e.execution);
      const commandLine = e.execution.commandLine.value;
      if (start === undefined || commandLine.trim() === '') return;
      const line: Ended = { commandLine, cwd: e.execution.cwd?.fsPath, start, end: Date.now(), exitCode: e.exitCode };
      const around = [...(lines.get(e.terminal) ?? []), line].slice(-KEPT);
      lines.set(e.terminal, around);
      setTimeout(() => {
        escaped(e.terminal, line, lines.get(e.terminal) ?? [], { questions, counted, record, log }).catch((error: unknown) => log.error('A terminal command could not be judged', error));
      }, SLACK_MS).unref();
    }),
  );
}

/** What of the questions has been read, and was counted for a command line. */
interface Counted {
  readonly asked: WeakMap<Question, readonly Operation[]>;
  readonly used: WeakSet<Operation>;
}

interface Watch {
  readonly questions: Questions;
  readonly counted: Counted;
  readonly record: (r: LedgerRecord) => void;
  readonly log: Log;
}

async function escaped(terminal: vscode.Terminal, line: Ended, around: readonly Ended[], { questions, counted, record, log }: Watch): Promise<void> {
  const { commandLine, cwd, start } = line;
  const destroyed = await destructive(commandLine, cwd);
  if (destroyed.length === 0) return;
  const { detectArgv } = await import('../detect/detect');
  const shell = await terminal.processId;
  const processes = await Promise.all(vscode.window.terminals.filter((t) => t !== terminal).map((t) => t.processId));
  const otherShells = processes.filter((pid) => pid !== undefined);
  // The same objects each time: what was counted is known by them.
  const read = (question: Question): readonly Operation[] => {
    const known = counted.asked.get(question) ?? detectArgv(question.ask.argv, { cwd: question.ask.cwd, env: question.ask.env });
    counted.asked.set(question, known);
    return known;
  };
  const operations = escapes(
    { ...line, shell, otherShells, operations: destroyed, others: around.filter((other) => other !== line) },
    questions.all.filter(({ at }) => at >= start - SLACK_MS).map((q) => ({ at: q.at, parents: q.ask.actor.parents ?? [], released: q.released, operations: read(q) })),
    counted.used,
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
