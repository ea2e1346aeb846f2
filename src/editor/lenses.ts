import * as vscode from 'vscode';
import { positionsIn, type Judge } from './diagnostics';
import { sayPlainly } from './panel-words';

/** Where lenses and fixes can stand: the languages of the judged kinds, and whatever else a template is called. */
const SELECTOR: vscode.DocumentSelector = [
  { scheme: 'file', language: 'yaml' }, { scheme: 'file', language: 'json' }, { scheme: 'file', language: 'jsonc' },
  { scheme: 'file', language: 'cloudformation' }, { scheme: 'file', language: 'shellscript' }, { scheme: 'file', pattern: '**/*.{template,cfn,yaml,yml,tf,tofu}' },
];

/** "Preview blast radius" above a changed template, configuration or manifest, above what would go, and above each destructive command of a script. */
export function registerLenses(judge: Judge): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses(document) {
      const file = judge.of(document.uri);
      if (!file) return [];
      const { marks, kind } = file.judged;
      const positions = positionsIn(file.text);
      const lens = (range: vscode.Range, title: string, at?: number): vscode.CodeLens =>
        new vscode.CodeLens(range, { title, command: 'holdpoint.previewFile', tooltip: 'Show what this would take down, as an offline prediction', arguments: [document.uri, at] });
      const lenses = marks.flatMap((m, i) => {
        const start = positions.range(m.range).start;
        const range = new vscode.Range(start, start);
        if (m.resource !== undefined) return [lens(range, `$(shield) Preview blast radius of ${sayPlainly(m.resource)}`)];
        if (!m.operation) return [];
        // A loop makes several of one line: each names what it is about.
        const alone = marks.filter((other) => other.operation && other.range.start === m.range.start).length === 1;
        const target = m.operation.targets.find((t) => t.name !== undefined)?.name;
        return [lens(range, `$(shield) Preview blast radius${alone || target === undefined ? '' : ` of ${sayPlainly(target)}`}`, i)];
      });
      if (kind === 'terraform' || kind === 'kubernetes') {
        const title = kind === 'terraform' ? '$(shield) Preview blast radius with a plan' : '$(shield) Preview blast radius with a dry run';
        return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, command: 'holdpoint.previewFile', tooltip: 'Reads with the tool itself and changes nothing', arguments: [document.uri] }), ...lenses];
      }
      return kind === 'cloudformation' ? [lens(new vscode.Range(0, 0, 0, 0), '$(shield) Preview blast radius'), ...lenses] : lenses;
    },
  };
  return vscode.Disposable.from(changed, judge.onDidChange(() => changed.fire()), vscode.languages.registerCodeLensProvider(SELECTOR, provider));
}

/** The fixes that come with a mark, on the mark. */
export function registerFixes(judge: Judge): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range, context) {
      const file = judge.of(document.uri);
      // Offsets of another text would write into the wrong place.
      if (!file || file.text !== document.getText()) return [];
      const positions = positionsIn(file.text);
      return file.judged.marks.filter((m) => positions.range(m.range).intersection(range)).flatMap((mark) =>
        mark.fixes.map((fix) => {
          const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
          action.edit = new vscode.WorkspaceEdit();
          for (const edit of fix.edits) action.edit.replace(document.uri, positions.range(edit.range), edit.newText);
          action.diagnostics = context.diagnostics.filter((d) => d.source === 'Holdpoint' && d.message === mark.message);
          return action;
        }));
    },
  };
  return vscode.languages.registerCodeActionsProvider(SELECTOR, provider, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] });
}
