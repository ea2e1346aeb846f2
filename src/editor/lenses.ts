import * as vscode from 'vscode';
import type { Preview } from '../detect/file-kind';
import { positionsIn, type FileKinds, type Judge } from './diagnostics';
import { sayPlainly } from './panel-words';

/** Registers a provider for all documents of judged kinds, once their table is there. */
function whereJudged(
  judge: Judge,
  register: (selector: vscode.DocumentSelector, kinds: FileKinds) => vscode.Disposable,
): vscode.Disposable {
  let registered: vscode.Disposable | undefined;
  let disposed = false;
  // The judge says it when the table can't be loaded.
  judge.kinds.then(
    (kinds) => {
      const { languages, patterns } = kinds.documentsOf();
      if (!disposed)
        registered = register(
          [...languages.map((language) => ({ scheme: 'file', language })), ...patterns.map((pattern) => ({ scheme: 'file', pattern }))],
          kinds,
        );
    },
    () => undefined,
  );
  return new vscode.Disposable(() => {
    disposed = true;
    registered?.dispose();
  });
}

const PREDICTS = 'Show what this would take down, as an offline prediction';
const WHOLE: Readonly<Record<Preview, string>> = { prediction: '', plan: ' with a plan', 'dry run': ' with a dry run' };

/** "Preview blast radius" above what can be previewed as a whole, above what would go, and above each destructive command of a script. */
export function registerLenses(judge: Judge): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider = ({ entryOf }: FileKinds): vscode.CodeLensProvider => ({
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses(document) {
      const file = judge.of(document.uri);
      if (!file) return [];
      const { marks, kind } = file.judged;
      const { preview } = entryOf(kind);
      const positions = positionsIn(file.text);
      const lens = (range: vscode.Range, title: string, at?: number): vscode.CodeLens =>
        new vscode.CodeLens(range, { title, command: 'holdpoint.previewFile', tooltip: PREDICTS, arguments: [document.uri, at] });
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
      if (preview === undefined) return lenses;
      const tooltip = preview === 'prediction' ? PREDICTS : 'Reads with the tool itself and changes nothing';
      return [
        new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
          title: `$(shield) Preview blast radius${WHOLE[preview]}`,
          command: 'holdpoint.previewFile',
          tooltip,
          arguments: [document.uri],
        }),
        ...lenses,
      ];
    },
  });
  return vscode.Disposable.from(
    changed,
    judge.onDidChange(() => changed.fire()),
    whereJudged(judge, (selector, kinds) => vscode.languages.registerCodeLensProvider(selector, provider(kinds))),
  );
}

/** The fixes that come with a mark, on the mark. */
export function registerFixes(judge: Judge): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range, context) {
      const file = judge.of(document.uri);
      // Offsets of another text would write into the wrong place.
      if (!file || file.text !== document.getText()) return [];
      const positions = positionsIn(file.text);
      return file.judged.marks
        .filter((m) => positions.range(m.range).intersection(range))
        .flatMap((mark) =>
          mark.fixes.map((fix) => {
            const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
            action.edit = new vscode.WorkspaceEdit();
            for (const edit of fix.edits) action.edit.replace(document.uri, positions.range(edit.range), edit.newText);
            action.diagnostics = context.diagnostics.filter((d) => d.source === 'Holdpoint' && d.message === mark.message);
            return action;
          }),
        );
    },
  };
  return whereJudged(judge, (selector) =>
    vscode.languages.registerCodeActionsProvider(selector, provider, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
  );
}
