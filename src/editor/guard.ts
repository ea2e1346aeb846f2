import path from 'node:path';
import * as vscode from 'vscode';
import type { Hold } from '../model';
import type { History } from '../ledger/history';
import type { Ledger } from '../ledger/ledger';
import type { LedgerRecord } from '../ledger/record';
import type { Gate, GateDeps } from '../gate/gatekeeper';
import type { GateWatch } from '../gate/gate-watch';
import type { Home } from '../gate/home';
import type { InstallOptions } from '../gate/install';
import type { GateServer } from '../gate/server';
import type { Config } from './config';
import type { Log } from './log';
import { guardTerminals, watchTerminals, type Question } from './terminals';
import { warn } from './notify';

export interface GuardOptions {
  readonly home: Home;
  readonly dist: string;
  readonly version: string;
  readonly ledger: Ledger;
  readonly history: History;
  readonly decide: GateDeps['decide'];
  readonly config: () => Config;
  readonly collection: vscode.GlobalEnvironmentVariableCollection;
  /** The secret of this installation. */
  readonly key: () => string;
  readonly log: Log;
}

/** The guard of this window: shims on PATH, the gate's socket, the gate, the watch. It is there as a whole or not at all. */
export interface Guard extends vscode.Disposable {
  readonly gate: Gate;
  readonly server: GateServer;
  readonly installed: InstallOptions;
  /** Commands that an earlier window held and nobody decided. */
  abandoned(): readonly Hold[];
  /** What is not as this window left it: somebody else answers for it, or a command ran that nobody let go. */
  alarms(): readonly string[];
  readonly onDidChange: vscode.Event<void>;
}

/**
 * Puts the guard up.
 * @throws when any part of it can't be: the caller shows that commands are not guarded.
 */
export async function startGuard(options: GuardOptions): Promise<Guard> {
  const { home, dist, version, ledger, history, collection, log, config } = options;
  const [{ createGate }, { watchGates }, { serve }, { socketRequester }, { install }, { gateDeps }, { whoAsks }] = await Promise.all([
    import('../gate/gatekeeper'), import('../gate/gate-watch'), import('../gate/server'), import('../gate/socket-requester'), import('../gate/install'), import('../gate/compose'), import('../gate/asker'),
  ]);
  const installed: InstallOptions = { home, dist, execPath: process.execPath, electron: process.versions['electron'] !== undefined };
  install(installed);
  const line = (text: string): void => log.info(text);
  const execPath = process.execPath;
  const watching: { gates?: GateWatch } = {};
  const watched: Ledger = {
    file: ledger.file,
    append(r) {
      const written = ledger.append(r);
      if (written.ok && r.type === 'run') watching.gates?.ran(r.id);
      return written;
    },
  };
  const deps = gateDeps({
    dist, execPath, ledger: watched, home, decide: options.decide, identify: (facts, pid) => whoAsks(facts, pid, process.pid), folders, place, log: line, own: process.env, key: options.key,
    settings: () => ({ holdMs: config().holdTimeoutMinutes * 60_000, previewMs: config().previewTimeoutSeconds * 1000, previewMode: config().previewMode }),
  });
  const record = (r: LedgerRecord): void => {
    const written = ledger.append(r);
    if (!written.ok) log.error(`The record could not be written: ${written.why}`);
  };
  const gate = createGate(deps);
  const asks: Question[] = [];
  const server = await serve({
    home, version, folders, log: line,
    onOpen: (name) => record({ type: 'gate-opened', id: `g-${name.slice(0, 8)}`, gate: name, gatePid: process.pid, version }),
    onAsk(conversation) {
      const question: Question = { at: Date.now(), ask: conversation.ask, released: false };
      asks.push(question);
      if (asks.length > 200) asks.splice(0, 100);
      void watching.gates?.look();
      gate.ask(socketRequester(conversation, () => {
        question.released = true;
      }));
    },
  });
  const changed = new vscode.EventEmitter<void>();
  const gates = watchGates({
    home, server, history, record, log: (text) => log.warn(text),
    onAlarm(what) {
      changed.fire();
      const open = 'Open the Ledger';
      void warn(`Holdpoint: ${what}`, open).then((picked) => (picked === open ? vscode.commands.executeCommand('holdpoint.openLedger') : undefined));
    },
  });
  watching.gates = gates;
  guardTerminals(collection, home);

  let earlier: readonly Hold[] = [];
  lookBack(options, record).then((holds) => {
    earlier = holds;
    if (holds.length) changed.fire();
  }).catch((error: unknown) => log.error('What earlier windows left could not be read', error));

  const parts = vscode.Disposable.from(
    changed, gates,
    gate.onDidChange(() => changed.fire()),
    watchTerminals({ all: asks }, record, log),
    vscode.workspace.onDidChangeWorkspaceFolders(() => server.announce(false)),
    vscode.window.onDidChangeWindowState((state) => state.focused && server.announce(true)),
  );
  return {
    gate, server, installed, onDidChange: changed.event,
    abandoned: () => earlier,
    alarms: () => gates.alarms(),
    dispose() {
      parts.dispose();
      // The gate answers its clients first; closing the server drops whoever is left.
      gate.dispose();
      server.close().catch((error: unknown) => log.error('The gate did not close', error));
    },
  };
}

/** What earlier windows left behind: commands nobody decided, and change sets nobody removed. */
async function lookBack({ home, dist, ledger, history, log, key }: GuardOptions, record: (r: Parameters<Ledger['append']>[0]) => void): Promise<readonly Hold[]> {
  const [{ abandonedHolds }, { alive }, { removeLeftovers, sweepFolders, sweepKept }] = await Promise.all([
    import('./abandoned'), import('../gate/discovery'), import('../gate/previewer'),
  ]);
  const holds = await abandonedHolds(history, ledger, alive);
  sweepFolders(home.previews, alive, (line) => log.warn(line));
  sweepKept(home.kept, (line) => log.warn(line));
  const place = { workerPath: path.join(dist, 'preview-worker.js'), execPath: process.execPath };
  removeLeftovers(history, { ...place, record, key })
    .then((failed) => failed.forEach((f) => log.warn(`The change set ${f.task.changeSet.name} of an earlier preview is still there: ${f.failure.message}`)))
    .catch((error: unknown) => log.error('Change sets of earlier previews could not be removed', error));
  return holds;
}

const folders = (): string[] => (vscode.workspace.workspaceFolders ?? []).filter((f) => f.uri.scheme === 'file').map((f) => f.uri.fsPath);

function place(): string {
  const name = vscode.workspace.name;
  return name === undefined ? 'the Holdpoint panel of the editor' : `the Holdpoint panel of ${name}`;
}
