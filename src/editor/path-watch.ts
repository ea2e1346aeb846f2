import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Home } from '../gate/home';
import { pathChange, putsShimsFirst } from './activation';
import type { Layer } from './coverage';

/** What is known of the open terminals in which something was put before the shims. */
export interface PathWatch extends vscode.Disposable {
  /** One layer for each such terminal; empty when there is none. */
  layers(): readonly Layer[];
  readonly onDidChange: vscode.Event<void>;
}

/**
 * Watches what is typed in terminals with shell integration for what puts a folder before the shims: the activation of a
 * virtual environment, a PATH set by hand. After the fact, and by the text alone: a shell can't be asked without disturbing it.
 */
export function watchPaths(home: Home): PathWatch {
  const changed = new vscode.EventEmitter<void>();
  const found = new Map<vscode.Terminal, Layer>();
  const set = (terminal: vscode.Terminal, layer: Layer | undefined): void => {
    if (found.get(terminal)?.detail === layer?.detail) return;
    if (layer) found.set(terminal, layer);
    else found.delete(terminal);
    changed.fire();
  };
  const look = async (terminal: vscode.Terminal, line: string, cwd: string): Promise<void> => {
    const change = pathChange(line, cwd, os.homedir(), home.bin);
    if (change === undefined) {
      if (putsShimsFirst(line, home.bin)) set(terminal, undefined);
      return;
    }
    const name = `Terminal "${terminal.name}"`;
    const mend = `There, run: export PATH='${home.bin}':"$PATH"`;
    if (change.kind === 'unknown') return set(terminal, { name, state: 'unknown', detail: `PATH was changed there (${change.what}), which may put a tool before its shim. ${mend}` });
    const tools = await buried(change.folder);
    if (tools.length > 0) set(terminal, { name, state: 'off', whenOff: 'degraded', detail: `${tools.join(', ')} of ${change.folder} comes before the shims there, and is not held. ${mend}` });
  };
  const parts = vscode.Disposable.from(
    changed,
    vscode.window.onDidCloseTerminal((terminal) => set(terminal, undefined)),
    vscode.window.onDidEndTerminalShellExecution((e) => {
      if (e.exitCode !== undefined && e.exitCode !== 0) return;
      void look(e.terminal, e.execution.commandLine.value, e.execution.cwd?.fsPath ?? os.homedir()).catch(() => undefined);
    }),
  );
  return { layers: () => [...found.values()], onDidChange: changed.event, dispose: () => parts.dispose() };
}

/** The guarded tools that a folder has. */
async function buried(folder: string): Promise<string[]> {
  const { GUARDED } = await import('../gate/shim');
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat', '.ps1'] : [''];
  return Object.keys(GUARDED).filter((tool) => endings.some((ending) => existsSync(path.join(folder, tool + ending))));
}
