import * as vscode from 'vscode';
import type { Hold } from '../model';
import type { Judge } from './diagnostics';
import { holdLine, isWaiting } from './panel-view';
import { say } from './panel-words';
import { statusText, type StatusFacts, type Trouble } from './status-text';

export interface Status extends vscode.Disposable {
  update(): void;
}

export function createStatus(judge: Judge, holds: () => readonly Hold[], trouble: () => readonly Trouble[]): Status {
  const item = vscode.window.createStatusBarItem('holdpoint.status', vscode.StatusBarAlignment.Left, 50);
  item.name = 'Holdpoint';
  item.command = 'holdpoint.showHolds';
  const update = (): void => {
    const facts: StatusFacts = {
      held: holds().filter(isWaiting).map((h) => holdLine(h).title),
      risk: judge.risk(),
      files: judge.files().map((f) => ({ name: vscode.workspace.asRelativePath(f.uri), risk: f.judged.risk, count: f.judged.marks.length })),
      trouble: trouble(),
    };
    const { text, label, color } = statusText(facts);
    item.text = text;
    item.accessibilityInformation = { label, role: 'button' };
    item.backgroundColor = color ? new vscode.ThemeColor(`statusBarItem.${color}Background`) : undefined;
    item.tooltip = tooltip(label, facts);
    item.show();
  };
  const listener = judge.onDidChange(update);
  return { update, dispose: () => vscode.Disposable.from(listener, item).dispose() };
}

function tooltip(label: string, facts: StatusFacts): vscode.MarkdownString {
  const text = new vscode.MarkdownString(undefined, true);
  const list = (title: string, lines: readonly string[]): void => {
    if (lines.length === 0) return;
    text.appendMarkdown(`\n\n**${title}**\n`);
    for (const line of lines.slice(0, 8)) text.appendMarkdown('\n- ').appendText(line);
    if (lines.length > 8) text.appendMarkdown(`\n- and ${lines.length - 8} more`);
  };
  text.appendText(label);
  list('Held', facts.held);
  list('Open and changed files', facts.files.map((f) => `${say(f.name)}: ${f.count} ${f.count === 1 ? 'place' : 'places'}, ${f.risk} risk`));
  list('Not as it should be', facts.trouble.map((t) => say(t.why)));
  return text;
}
