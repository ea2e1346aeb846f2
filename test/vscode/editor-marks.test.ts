import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import * as vscode from 'vscode';
import { commit, diagnosticsWhen, EDITED, SCRIPT, TEMPLATE, workspaceFolder, writeOnDisk } from './editor-files';

const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length - 1;
const gone = (list: readonly vscode.Diagnostic[]): boolean => list.length === 0;
const code = (d: vscode.Diagnostic): string => String(d.code);

describe('an edit of a CloudFormation template', () => {
  let template: vscode.Uri;

  before(async () => {
    await vscode.extensions.getExtension('holdpoint.holdpoint')?.activate();
    template = writeOnDisk('marks/template.yaml', TEMPLATE);
    commit('marks/template.yaml');
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    writeOnDisk('marks/template.yaml', TEMPLATE);
  });

  it('that is written to disk past the editor is marked on its line, though the file is not open', async () => {
    writeOnDisk('marks/template.yaml', EDITED);
    const list = await diagnosticsWhen(template, (l) => l.length >= 2);
    const replaced = list.find((d) => code(d) === 'cloudformation:replaced');
    assert.equal(replaced?.range.start.line, lineOf(EDITED, 'TableName: payments-ledger-v2'));
    assert.match(replaced?.message ?? '', /Ledger/);
    assert.equal(replaced?.severity, vscode.DiagnosticSeverity.Warning);
    assert.ok(list.some((d) => code(d) === 'cloudformation:guard-removed'), JSON.stringify(list.map(code)));
  });

  it('names what depends on it, with its place', () => {
    const replaced = vscode.languages.getDiagnostics(template).find((d) => code(d) === 'cloudformation:replaced');
    const related = replaced?.relatedInformation?.[0];
    assert.match(related?.message ?? '', /Reader/);
    assert.equal(related?.location.range.start.line, lineOf(EDITED, 'Reader:'));
  });

  it('that is put back loses its marks', async () => {
    writeOnDisk('marks/template.yaml', TEMPLATE);
    await diagnosticsWhen(template, gone);
  });

  it('that is typed is marked, and a quick fix keeps the old table', async () => {
    const document = await vscode.workspace.openTextDocument(template);
    const editor = await vscode.window.showTextDocument(document);
    const at = document.positionAt(document.getText().indexOf('payments-ledger') + 'payments-ledger'.length);
    await editor.edit((e) => e.insert(at, '-v2'));
    const [mark] = await diagnosticsWhen(template, (l) => l.some((d) => code(d) === 'cloudformation:replaced'));
    assert.ok(mark);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', template, mark.range, 'quickfix');
    const retain = actions.find((a) => a.edit && /retain|keep/i.test(a.title));
    assert.ok(retain?.edit, `The fixes were: ${actions.map((a) => a.title).join(', ')}`);
    await vscode.workspace.applyEdit(retain.edit);
    assert.match(document.getText(), /Ledger:\n(?:.*\n){0,3}? +UpdateReplacePolicy: Retain/);
  });

  it('has lenses above it that preview it', async () => {
    await diagnosticsWhen(template, (l) => l.length > 0);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', template, 10);
    const ours = lenses.filter((l) => l.command?.command === 'holdpoint.previewFile');
    assert.match(ours[0]?.command?.title ?? '', /Preview blast radius/);
    assert.ok(ours.some((l) => l.command?.title.includes('Ledger')), ours.map((l) => l.command?.title).join(', '));
  });
});

describe('a shell script', () => {
  it('has a mark with its reason on each destructive command, and none on what reads', async () => {
    const script = writeOnDisk('marks/fix.sh', SCRIPT);
    const list = await diagnosticsWhen(script, (l) => l.length >= 2);
    assert.deepEqual(list.map((d) => [code(d), d.range.start.line]), [['cloudformation:DeleteStack', 4], ['rds:DeleteDBInstance', 5]]);
    assert.match(list[0]?.message ?? '', /payments-prod/);
    rmSync(script.fsPath);
    await diagnosticsWhen(script, gone);
  });
});

/** What is destroyed in each, on which line (from nought), and with which operation. */
const PROGRAMS: readonly (readonly [name: string, text: string, line: number, operation: string])[] = [
  ['marks/clean.py', 'import boto3\n\nrds = boto3.client("rds")\nrds.delete_db_cluster(DBClusterIdentifier="payments", SkipFinalSnapshot=True)\n', 3, 'rds:DeleteDBCluster'],
  ['marks/clean.js', 'const { execSync } = require("node:child_process");\n\nexecSync("terraform destroy -auto-approve");\n', 2, 'terraform:destroy'],
  ['marks/Dockerfile', 'FROM alpine\nRUN apk add terraform\nRUN terraform destroy -auto-approve\n', 2, 'terraform:destroy'],
];

describe('an edit of a program or a Dockerfile', () => {
  const ours = async (uri: vscode.Uri): Promise<vscode.CodeLens[]> =>
    (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 10)).filter((l) => l.command?.command === 'holdpoint.previewFile');

  for (const [name, text, line, operation] of PROGRAMS) {
    it(`has its mark and its lens in ${name}`, async () => {
      const uri = writeOnDisk(name, text);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
      const list = await diagnosticsWhen(uri, (l) => l.length > 0);
      assert.deepEqual(list.map((d) => [code(d), d.range.start.line]), [[operation, line]]);
      const lenses = await ours(uri);
      assert.deepEqual(lenses.map((l) => l.range.start.line), [line]);
      assert.match(lenses[0]?.command?.title ?? '', /Preview blast radius/);
      // A deleted file's document stays for a while, so its marks go with its text.
      writeOnDisk(name, '\n');
      await diagnosticsWhen(uri, gone);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      rmSync(uri.fsPath);
    });
  }
});

describe("the team's rules", () => {
  const name = '.vscode/holdpoint.json';

  after(() => rmSync(`${workspaceFolder()}/${name}`, { force: true }));

  it('are opened as a commented file that has no problems', async () => {
    await vscode.commands.executeCommand('holdpoint.openRules');
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    assert.ok(document.fileName.endsWith('holdpoint.json'));
    assert.equal(document.languageId, 'jsonc');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri).map((d) => d.message), []);
  });

  it('show an error on its line when they are broken', async () => {
    const text = readFileSync(`${workspaceFolder()}/${name}`, 'utf8').replace('"verdict": "deny"', '"verdict": "maybe"');
    const list = await diagnosticsWhen(writeOnDisk(name, text), (l) => l.length > 0);
    assert.equal(list[0]?.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(list[0]?.range.start.line, lineOf(text, '"maybe"'));
  });

  it('are completed from the schema that the extension brings', async () => {
    const uri = writeOnDisk(name, '{\n  "version": 1,\n  "rules": [{ "verdict": "" }]\n}\n');
    const end = Date.now() + 150_000;
    for (let look = 0; ; look++) {
      // The editor's own JSON server answers: on a busy machine it starts late, and now and then misses the opening.
      if (look % 60 === 0) {
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
      }
      const document = await vscode.workspace.openTextDocument(uri);
      const at = document.positionAt(document.getText().indexOf('""') + 1);
      const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', uri, at);
      const labels = list.items.map((i) => (typeof i.label === 'string' ? i.label : i.label.label));
      if (labels.some((l) => l.includes('approve'))) return;
      if (Date.now() > end) throw new Error(`The completions were: ${labels.join(', ')}`);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }).timeout(180_000);
});
