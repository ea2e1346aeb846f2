import * as vscode from 'vscode';
import type { Ctx } from './context';
import { positionsIn } from './diagnostics';
import { holdLine, isWaiting } from './panel-view';
import { sayPlainly } from './panel-words';

interface Choice extends vscode.QuickPickItem {
  readonly go?: () => unknown;
}

/** The list behind the status bar: what is held, what is marked, what is not as it should be. */
export async function pickHold(ctx: Ctx): Promise<void> {
  const heading = (label: string): Choice => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const holds = ctx.holds();
  const hold = (h: (typeof holds)[number]): Choice => {
    const line = holdLine(h);
    return { label: `$(shield) ${sayPlainly(line.title)}`, description: line.stateText, detail: `${line.risk} risk, asked by ${sayPlainly(h.actor.name || 'somebody unknown')}`, go: () => ctx.panel.show(h.id) };
  };
  const files = ctx.judge.files().flatMap((f) => f.judged.marks.map((m): Choice => {
    const range = positionsIn(f.text).range(m.range);
    return {
      label: `$(file) ${sayPlainly(vscode.workspace.asRelativePath(f.uri))}:${range.start.line + 1}`, description: `${m.risk} risk`, detail: sayPlainly(m.message),
      go: () => vscode.window.showTextDocument(f.uri, { selection: range }),
    };
  }));
  const waiting = holds.filter(isWaiting).map(hold);
  const earlier = holds.filter((h) => !isWaiting(h)).slice(0, 10).map(hold);
  const trouble = ctx.trouble().map((t): Choice => ({ label: '$(warning) Not as it should be', detail: sayPlainly(t.why), go: () => vscode.commands.executeCommand('holdpoint.coverage') }));
  const choices: Choice[] = [
    ...(waiting.length ? [heading('Held'), ...waiting] : []),
    ...(trouble.length ? [heading('Guard'), ...trouble] : []),
    ...(files.length ? [heading('Open and changed files'), ...files.slice(0, 100)] : []),
    ...(earlier.length ? [heading('Earlier'), ...earlier] : []),
    heading('Guard'),
    { label: '$(checklist) Check what is guarded', go: () => vscode.commands.executeCommand('holdpoint.coverage') },
    { label: '$(verified) Verify the ledger', go: () => vscode.commands.executeCommand('holdpoint.verifyLedger') },
    { label: '$(book) Open the rules', go: () => vscode.commands.executeCommand('holdpoint.openRules') },
  ];
  const picked = await vscode.window.showQuickPick(choices, {
    title: waiting.length ? 'Holdpoint: held commands' : 'Holdpoint: nothing is held', matchOnDetail: true, matchOnDescription: true,
  });
  await picked?.go?.();
}
