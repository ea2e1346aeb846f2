import path from 'node:path';
import * as vscode from 'vscode';
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
import { createRules } from './editor/rules';
import { createStatus } from './editor/status';
import type { Trouble } from './editor/status-text';
import { guardTerminals } from './editor/terminals';

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
  const ledger = openLedger(home.ledger);
  const collection = context.environmentVariableCollection;
  const heads = own(createHeads());
  const rules = own(createRules(home, heads, log));
  const judge = own(createJudge(heads, rules.decideForFile, log));

  let guard: Guard | undefined;
  let problem: string | undefined = 'it is starting';
  const holds: Ctx['holds'] = () => (guard ? [...guard.gate.list(), ...guard.abandoned()] : []);
  const trouble = (): readonly Trouble[] => [
    ...(problem === undefined ? [] : [{ kind: 'off' as const, why: problem }]),
    ...(rules.problem() === undefined ? [] : [{ kind: 'degraded' as const, why: rules.problem() ?? '' }]),
    ...(guard ? coverage.trouble() : []),
    ...(vscode.workspace.isTrusted ? [] : [{ kind: 'degraded' as const, why: 'Restricted Mode: templates are not compared with git HEAD.' }]),
  ];
  const coverage = own(watchCoverage(home, () => ({ guard, why: problem, home, collection }), context.globalState, log, () => status.update()));
  const panel = own(createPanel(context.extensionUri, () => guard && { ...guard.gate, list: holds }, inputBoxConfirmer(), log));
  const status = own(createStatus(judge, holds, trouble));
  const ctx: Ctx = { home, dist: path.join(context.extensionPath, 'dist'), log, ledger, heads, rules, judge, panel, status, coverage, collection, guard: () => guard, guardProblem: () => problem, holds, trouble };

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
      // The shims stay on PATH: without a window they ask at the terminal, which is safer than nothing.
      log.error('The guard could not start', error);
      void vscode.window.showErrorMessage(`Holdpoint is not guarding this window: ${messageOf(error)}`, 'Show Log')
        .then((picked) => picked && log.show());
    }).finally(() => status.update());
  };
  const setGuard = async (): Promise<void> => {
    if (!readConfig().enabled) {
      guard?.dispose();
      guard = undefined;
      problem = 'it is switched off in the settings';
      guardTerminals(collection, undefined);
      return;
    }
    if (guard) return;
    // The first question may come with the first terminal: the rules must be there.
    await rules.ready();
    guard = await startGuard({
      home, ledger, collection, log, config: readConfig, decide: rules.decide,
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
  follow();
  status.update();
  return ctx;
}
