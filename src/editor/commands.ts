import path from 'node:path';
import * as vscode from 'vscode';
import type { Ctx } from './context';
import { probe } from './coverage';
import { kindOf, predictFile, predictOperation } from './judge';
import { messageOf } from './log';
import { operationTitle } from './panel-view';
import { complain, inform } from './notify';
import { sayPlainly } from './panel-words';
import { pickHold } from './pick';
import { reviewLoosened } from './review';
import { openRules } from './rules';
import { previewWithTool } from './tool-preview';

/**
 * Every command, in one table. Any other extension can call them, so none takes an argument that decides anything:
 * they show, open and check.
 */
const COMMANDS: Readonly<Record<string, (ctx: Ctx, ...args: readonly unknown[]) => unknown>> = {
  'holdpoint.showPanel': (ctx) => ctx.panel.show(),
  'holdpoint.showHolds': pickHold,
  'holdpoint.previewFile': previewFile,
  'holdpoint.coverage': showCoverage,
  'holdpoint.verifyLedger': verify,
  'holdpoint.openLedger': openLedger,
  'holdpoint.openRules': openRules,
  // It confirms only what the person types into the editor's own input box.
  'holdpoint.reviewLoosened': (ctx) => reviewLoosened(ctx),
  'holdpoint.showLog': (ctx) => ctx.log.show(),
};

export function registerCommands(ctx: Ctx): vscode.Disposable {
  return vscode.Disposable.from(...Object.entries(COMMANDS).map(([name, command]) =>
    vscode.commands.registerCommand(name, async (...args: readonly unknown[]) => {
      try {
        await command(ctx, ...args);
      } catch (error) {
        ctx.log.error(`${name} failed`, error);
        void complain(`Holdpoint: ${messageOf(error)}`);
      }
    })));
}

/** @param target the file; the active editor's when left out. @param mark which marked command of a script. */
async function previewFile(ctx: Ctx, target: unknown, mark: unknown): Promise<void> {
  const uri = target instanceof vscode.Uri ? target : vscode.window.activeTextEditor?.document.uri;
  if (!uri || uri.scheme !== 'file') {
    void inform('Open a template, a Terraform file, a manifest, a script or a program to preview it.');
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const text = document.getText();
  const name = path.basename(uri.fsPath);
  const kind = await kindOf(uri.fsPath, text, document.languageId);
  const file = ctx.judge.of(uri);
  if (kind === 'cloudformation') {
    const preview = await predictFile(name, text, await ctx.heads.text(uri.fsPath));
    const changed = preview.resources.filter((r) => r.outcome !== 'unchanged').length;
    ctx.panel.showPrediction({
      id: `file:${uri.fsPath}`, title: `${name} against git HEAD`, file: vscode.workspace.asRelativePath(uri), preview, risk: file?.judged.risk ?? 'none',
      reason: changed ? `Deploying this template would touch ${changed} ${changed === 1 ? 'resource' : 'resources'}.` : 'Deploying this template would touch nothing that is known.',
    });
    return;
  }
  const { dryRunFor } = await import('../detect/tools/registry');
  const argv = dryRunFor(kind, uri.fsPath);
  if (argv !== undefined) {
    // The tool reads the files, not the editor.
    if (document.isDirty) throw new Error(`Save ${name} first: the plan is made from the file.`);
    const prediction = await previewWithTool(ctx, argv, path.dirname(uri.fsPath), uri.fsPath);
    if (prediction) ctx.panel.showPrediction(prediction);
    return;
  }
  const marks = file?.judged.marks.filter((m) => m.operation) ?? [];
  const chosen = marks[typeof mark === 'number' ? mark : 0]?.operation;
  if (!chosen) {
    void inform(kind === undefined ? `${name} is no file that Holdpoint judges.` : `No destructive operation was found in ${name}.`);
    return;
  }
  const risk = marks.find((m) => m.operation === chosen)?.risk ?? 'none';
  ctx.panel.showPrediction({
    id: `file:${uri.fsPath}`, title: operationTitle([chosen]), file: vscode.workspace.asRelativePath(uri), preview: await predictOperation(chosen), risk, reason: chosen.reason,
  });
}

async function showCoverage(ctx: Ctx): Promise<void> {
  const coverage = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Holdpoint checks what is guarded' },
    async () => probe({
      guard: ctx.guard(), why: ctx.guardProblem(), home: ctx.home, collection: ctx.collection,
      rulesProblem: ctx.rules.problem(), alarm: await ctx.record.check(), notCompared: ctx.judge.notCompared(), paths: ctx.coverage.paths(),
    }),
  );
  ctx.coverage.found(coverage);
  const layers = [...coverage.quiet, ...coverage.opened, ...coverage.others];
  for (const layer of layers) ctx.log.info(`coverage: ${layer.name}: ${layer.state}. ${layer.detail}`);
  const icons = { active: '$(pass)', off: '$(circle-slash)', unknown: '$(question)' } as const;
  const off = layers.filter((l) => l.state !== 'active').length;
  const first = ({ state }: (typeof layers)[number]): number => (state === 'active' ? 1 : 0);
  await vscode.window.showQuickPick(
    // What is not as it should be must be seen without scrolling.
    [...layers].sort((a, b) => first(a) - first(b)).map((l) => ({ label: `${icons[l.state]} ${l.name}`, description: l.state, detail: sayPlainly(l.detail) })),
    { title: `What is guarded in this window: ${layers.length - off} of ${layers.length} layers are active`, matchOnDetail: true, ignoreFocusOut: true },
  );
}

async function verify(ctx: Ctx): Promise<void> {
  const { verifyLedger } = await import('../ledger/verify');
  const result = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Holdpoint verifies the ledger' }, () => verifyLedger(ctx.home.ledger),
  );
  const alarm = await ctx.record.check();
  if (alarm !== undefined) {
    ctx.log.error(`ledger: ${alarm}`);
    const picked = await complain(alarm, 'Review');
    if (picked) await reviewLoosened(ctx);
    return;
  }
  if (result.ok) {
    void inform(`The ledger is intact: ${result.records} records, its head is ${result.head.slice(0, 12)}…`);
    return;
  }
  for (const p of result.problems) ctx.log.error(`ledger: line ${p.line} ${p.what}`);
  const first = result.problems[0];
  const open = 'Show All';
  const picked = await complain(`The ledger is not intact: line ${first?.line ?? 0} ${first?.what ?? ''}`, open);
  if (picked) ctx.log.show();
}

async function openLedger(ctx: Ctx): Promise<void> {
  try {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(vscode.Uri.file(ctx.ledger.file)), { preview: true });
  } catch {
    void inform('There is no ledger yet: nothing was asked so far.');
  }
}
