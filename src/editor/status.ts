import * as vscode from 'vscode';
import type { Hold, Risk } from '../model';
import type { Judge } from './diagnostics';
import { isHigh } from './judge';
import { holdLine, isWaiting, say } from './panel-view';

/** What keeps this window from being guarded, or what a person must know; undefined when all is well. */
export type Trouble = { readonly kind: 'off' | 'degraded'; readonly why: string };

export interface StatusFacts {
  readonly held: readonly string[];
  readonly risk: Risk;
  readonly files: readonly { readonly name: string; readonly risk: Risk; readonly count: number }[];
  readonly trouble: readonly Trouble[];
}

export interface StatusText {
  readonly text: string;
  readonly label: string;
  readonly color: 'error' | 'warning' | undefined;
}

/** One item says the most urgent: a held command, then a guard that is off, then the risk in the files, then quiet. */
export function statusText(facts: StatusFacts): StatusText {
  const off = facts.trouble.find((t) => t.kind === 'off');
  const count = facts.held.length;
  if (count > 0) return { text: `$(shield) Held: ${count}`, label: `Holdpoint: ${count} ${count === 1 ? 'command is' : 'commands are'} held`, color: 'error' };
  if (off) return { text: '$(circle-slash) Holdpoint off', label: `Holdpoint is not guarding: ${off.why}`, color: 'warning' };
  if (isHigh(facts.risk)) {
    const word = facts.risk === 'critical' ? 'Critical' : 'High';
    return { text: `$(shield) ${word} risk`, label: `Holdpoint: ${word.toLowerCase()} risk in open or changed files`, color: 'warning' };
  }
  if (facts.trouble.length) return { text: '$(warning) Holdpoint', label: `Holdpoint: ${facts.trouble[0]?.why ?? ''}`, color: undefined };
  return { text: '$(shield) Holdpoint', label: 'Holdpoint is guarding this window; nothing is held', color: undefined };
}

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
  list('Not as it should be', facts.trouble.map((t) => t.why));
  return text;
}
