import path from 'node:path';
import * as vscode from 'vscode';
import type { Hold } from '../model';
import type { Ledger } from '../ledger/ledger';
import type { Gate, GateDeps } from '../gate/gatekeeper';
import type { Home } from '../gate/home';
import type { InstallOptions } from '../gate/install';
import type { GateServer } from '../gate/server';
import type { Config } from './config';
import type { Log } from './log';
import { guardTerminals, watchTerminals } from './terminals';

export interface GuardOptions {
  readonly home: Home;
  readonly dist: string;
  readonly version: string;
  readonly ledger: Ledger;
  readonly decide: GateDeps['decide'];
  readonly config: () => Config;
  readonly collection: vscode.GlobalEnvironmentVariableCollection;
  readonly log: Log;
}

/** The guard of this window: shims on PATH, the gate's socket, the gate, the watch. It is there as a whole or not at all. */
export interface Guard extends vscode.Disposable {
  readonly gate: Gate;
  readonly server: GateServer;
  readonly installed: InstallOptions;
  /** Commands that an earlier window held and nobody decided. */
  abandoned(): readonly Hold[];
  readonly onDidChange: vscode.Event<void>;
}


/**
 * Puts the guard up.
 * @throws when any part of it can't be: the caller shows that commands are not guarded.
 */
export async function startGuard(options: GuardOptions): Promise<Guard> {
  const { home, dist, version, ledger, collection, log, config } = options;
  const [{ createGate }, { serve }, { install }, { gateDeps }, { identify }] = await Promise.all([
    import('../gate/gatekeeper'), import('../gate/server'), import('../gate/install'), import('../gate/compose'), import('../agents/actor'),
  ]);
  const installed: InstallOptions = { home, dist, execPath: process.execPath, electron: process.versions['electron'] !== undefined };
  install(installed);
  const line = (text: string): void => log.info(text);
  const execPath = process.execPath;
  const deps = gateDeps({
    dist, execPath, ledger, home, decide: options.decide, identify, folders, place, log: line,
    settings: () => ({ holdMs: config().holdTimeoutMinutes * 60_000, previewMs: config().previewTimeoutSeconds * 1000, previewMode: config().previewMode }),
  });
  const gate = createGate(deps);
  const asks: number[] = [];
  const server = await serve({
    home, version, folders, log: line,
    onAsk(conversation) {
      asks.push(Date.now());
      if (asks.length > 1000) asks.splice(0, 500);
      gate.onAsk(conversation);
    },
  });
  guardTerminals(collection, home);

  const changed = new vscode.EventEmitter<void>();
  let earlier: readonly Hold[] = [];
  const record: Parameters<typeof watchTerminals>[1] = (r) => {
    const written = ledger.append(r);
    if (!written.ok) log.error(`The record could not be written: ${written.why}`);
  };
  lookBack(options, record).then((holds) => {
    earlier = holds;
    if (holds.length) changed.fire();
  }).catch((error: unknown) => log.error('What earlier windows left could not be read', error));

  const parts = vscode.Disposable.from(
    changed,
    gate.onDidChange(() => changed.fire()),
    watchTerminals({ times: asks }, record, log),
    vscode.workspace.onDidChangeWorkspaceFolders(() => server.announce(false)),
    vscode.window.onDidChangeWindowState((state) => state.focused && server.announce(true)),
  );
  return {
    gate, server, installed, onDidChange: changed.event,
    abandoned: () => earlier,
    dispose() {
      parts.dispose();
      // The gate answers its clients first; closing the server drops whoever is left.
      gate.dispose();
      server.close().catch((error: unknown) => log.error('The gate did not close', error));
    },
  };
}

/** What earlier windows left behind: commands nobody decided, and change sets nobody removed. */
async function lookBack({ home, dist, ledger, log }: GuardOptions, record: (r: Parameters<Ledger['append']>[0]) => void): Promise<readonly Hold[]> {
  const [{ abandonedHolds }, { alive }, { readLedger }, { removeLeftovers, sweepFolders, sweepKept }] = await Promise.all([
    import('./abandoned'), import('../gate/discovery'), import('../ledger/verify'), import('../gate/previewer'),
  ]);
  const holds = await abandonedHolds(home.ledger, ledger, alive);
  sweepFolders(home.previews, alive, (line) => log.warn(line));
  sweepKept(home.kept, (line) => log.warn(line));
  const place = { workerPath: path.join(dist, 'preview-worker.js'), execPath: process.execPath };
  removeLeftovers(await readLedger(home.ledger), { ...place, record, log: (l) => log.info(l) })
    .then((failed) => failed.forEach((f) => log.warn(`The change set ${f.task.changeSet.name} of an earlier preview is still there: ${f.failure.message}`)))
    .catch((error: unknown) => log.error('Change sets of earlier previews could not be removed', error));
  return holds;
}

const folders = (): string[] => (vscode.workspace.workspaceFolders ?? []).filter((f) => f.uri.scheme === 'file').map((f) => f.uri.fsPath);

function place(): string {
  const name = vscode.workspace.name;
  return name === undefined ? 'the Holdpoint panel of the editor' : `the Holdpoint panel of ${name}`;
}
