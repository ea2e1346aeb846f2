import path from 'node:path';
import * as vscode from 'vscode';
import { openHistory } from './ledger/history';
import { openLedger } from './ledger/ledger';
import { defaultHome } from './gate/home';
import { registerCommands } from './editor/commands';
import { onConfig, readConfig } from './editor/config';
import { inputBoxConfirmer } from './editor/confirmer';
import type { Ctx } from './editor/context';
import { watchCoverage } from './editor/coverage-watch';
import { createJudge } from './editor/diagnostics';
import { createHeads } from './editor/git-head';
import { startGuard, type Guard } from './editor/guard';
import { registerFixes, registerLenses } from './editor/lenses';
import { createLog, messageOf } from './editor/log';
import { createPanel } from './editor/panel';
import { waitingFor, type Waiting } from './editor/loosened';
import { watchRecord } from './editor/record';
import { registerReview } from './editor/review';
import { createRules } from './editor/rules';
import { createStatus } from './editor/status';
import type { Trouble } from './editor/status-text';
import { guardTerminals } from './editor/terminals';
import { createVault } from './editor/vault';
import { complain, warn } from './editor/notify';

/** Composes the extension. What fails is shown in the status bar and logged; it never fails silently. */
export function activate(context: vscode.ExtensionContext): void {
  const started = performance.now();
  const log = createLog();
  context.subscriptions.push(log);
  try {
    const ctx = compose(context, log);
    log.info(`Activated in ${Math.round(performance.now() - started)} ms. The record is in ${ctx.home.ledger}.`);
  } catch (error) {
    log.error('Holdpoint could not start', error);
    const item = vscode.window.createStatusBarItem('holdpoint.status', vscode.StatusBarAlignment.Left, 50);
    item.text = '$(circle-slash) Holdpoint off';
    item.tooltip = `Holdpoint could not start, nothing is guarded: ${messageOf(error)}`;
    item.backgroundColor = new vscode.ThemeColor('statusBarItem.errorBackground');
    item.show();
    context.subscriptions.push(item);
    throw error;
  }
}

export function deactivate(): void {
  // Everything is in the context's subscriptions.
}

function compose(context: vscode.ExtensionContext, log: ReturnType<typeof createLog>): Ctx {
  const own = <T extends vscode.Disposable>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };
  const home = defaultHome();
  const failed = (error: unknown): void => log.error('What this editor knows could not be kept', error);
  const vault = own(createVault(context.secrets, failed));
  const history = openHistory(home.ledger);
  const record = own(watchRecord(openLedger(home.ledger), home.ledger, vault, () => ctx.status.update(), failed, history));
  const { ledger } = record;
  const collection = context.environmentVariableCollection;
  const heads = own(createHeads());
  const rules = own(createRules(home, heads, vault, log));
  const judge = own(createJudge(heads, rules.decideForFile, log));

  let guard: Guard | undefined;
  let problem: string | undefined = 'it is starting';
  /** The settings switch the guard off and nobody has confirmed that: it stays on. */
  let offWaits = false;
  const holds: Ctx['holds'] = () => (guard ? [...guard.gate.list(), ...guard.abandoned()] : []);
  const waiting = (): readonly Waiting[] => waitingFor({ ...rules.pending(), off: offWaits, alarm: record.alarm() });
  const trouble = (): readonly Trouble[] => [
    ...(problem === undefined ? [] : [{ kind: 'off' as const, why: problem }]),
    ...(rules.problem() === undefined ? [] : [{ kind: 'degraded' as const, why: rules.problem() ?? '' }]),
    ...(guard ? coverage.trouble() : []),
    ...(guard?.alarms() ?? []).map((why) => ({ kind: 'degraded' as const, why })),
    ...waiting().map((w) => ({ kind: 'degraded' as const, why: `${w.title} (Holdpoint: Review What Loosens)` })),
    ...(vscode.workspace.isTrusted ? [] : [{ kind: 'degraded' as const, why: 'Restricted Mode: templates are not compared with git HEAD.' }]),
  ];
  const coverage = own(watchCoverage(home, () => ({ guard, why: problem, home, collection }), context.globalState, log, () => status.update()));
  const panel = own(createPanel(context.extensionUri, () => guard && { ...guard.gate, list: holds }, inputBoxConfirmer(), log));
  const status = own(createStatus(judge, holds, trouble));
  const ctx: Ctx = {
    home, dist: path.join(context.extensionPath, 'dist'), log, ledger, heads, rules, vault, record, judge, panel, status, coverage, collection,
    guard: () => guard, guardProblem: () => problem, holds, trouble, waiting, again: () => follow(),
  };
  own(registerReview(ctx));

  own(registerCommands(ctx));
  own(registerLenses(judge));
  own(registerFixes(judge));
  own(rules.onDidChange(() => {
    judge.again();
    status.update();
  }));
  own(vscode.workspace.onDidGrantWorkspaceTrust(() => status.update()));
  own({ dispose: () => guard?.dispose() });

  /** Each change of the switch waits for the one before: two guards of one window would fight for its socket. */
  let turn = Promise.resolve();
  const follow = (): void => {
    turn = turn.then(() => setGuard()).catch((error: unknown) => {
      problem = `the guard could not start: ${messageOf(error)}`;
      // The shims stay on PATH: without a window nobody is asked in a terminal of the editor, and what destroys does not run.
      log.error('The guard could not start', error);
      void complain(`Holdpoint is not guarding this window: ${messageOf(error)}`, 'Show Log')
        .then((picked) => picked && log.show());
    }).finally(() => status.update());
  };
  let said: 'guard-off' | 'guard-on' | undefined;
  const switched = async (type: 'guard-off' | 'guard-on', how: string): Promise<void> => {
    if (type === 'guard-off' && said === type) return;
    said = type;
    const { userName } = await import('./gate/user');
    const written = ledger.append({ type, how, by: userName() });
    if (!written.ok) log.error(`The record could not be written: ${written.why}`);
  };
  const setGuard = async (): Promise<void> => {
    await vault.ready();
    const { enabled } = readConfig();
    const off = !enabled && vault.offConfirmed();
    if (enabled) await vault.confirmOff(false);
    if (off) {
      await switched('guard-off', 'switched off in the settings, as a person has confirmed');
      guard?.dispose();
      guard = undefined;
      offWaits = false;
      problem = 'it is switched off in the settings';
      guardTerminals(collection, undefined);
      return;
    }
    if (!enabled && !offWaits) {
      await switched('guard-on', 'kept on: the settings switch it off, and nobody has confirmed that');
      void warn('The settings switch Holdpoint off. It stays on until you confirm that.', 'Review')
        .then((picked) => picked && vscode.commands.executeCommand('holdpoint.reviewLoosened'));
    }
    offWaits = !enabled;
    if (guard) return;
    if (said === 'guard-off') await switched('guard-on', 'switched on in the settings');
    // The first question may come with the first terminal: the rules must be there.
    await rules.ready();
    guard = await startGuard({
      home, ledger, history, collection, log, config: readConfig, decide: rules.decide, key: () => vault.key(),
      dist: ctx.dist, version: String(context.extension.packageJSON['version']),
    });
    problem = undefined;
    coverage.again();
    guard.onDidChange(() => {
      status.update();
      panel.update();
    });
  };
  own(onConfig(follow));
  own(vault.onDidChange(follow));
  follow();
  vault.ready().then(() => record.check()).catch(failed);
  status.update();
  return ctx;
}
