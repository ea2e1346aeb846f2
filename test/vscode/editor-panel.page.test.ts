import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { click, evaluate, press, screenshot, texts, type, until as untilTrue, waitFor, waitUntilGone } from './driver';
import { commit, diagnosticsWhen, EDITED, TEMPLATE, workspaceFolder, writeOnDisk } from './editor-files';
import { layers } from './layers';

const theme = (name: string): Thenable<void> => vscode.workspace.getConfiguration('workbench').update('colorTheme', name, vscode.ConfigurationTarget.Global);
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1200));

/** Waits until the page says it. */
const until = async (said: () => Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 50 && !(await said()); i++) await new Promise((resolve) => setTimeout(resolve, 100));
};

describe('what a person sees of an edit', function () {
  this.timeout(90_000);
  let template: vscode.Uri;

  before(async () => {
    await vscode.extensions.getExtension('holdpoint.holdpoint')?.activate();
    template = writeOnDisk('shown/template.yaml', TEMPLATE);
    commit('shown/template.yaml');
    writeOnDisk('shown/template.yaml', EDITED);
    await diagnosticsWhen(template, (l) => l.length >= 2);
  });

  after(async () => {
    await theme('Default Dark Modern');
    writeOnDisk('shown/template.yaml', TEMPLATE);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is the risk in the status bar, and a click away the list', async () => {
    await waitFor({ selector: '[id="holdpoint.holdpoint.holdpoint.status"], [id*="holdpoint.status"]', limitMs: 20_000 });
    let label = '';
    const told = async (): Promise<boolean> => /risk/.test(label = (await texts({ selector: '[id*="holdpoint.status"]' })).join(' '));
    // The files are judged after the item is there.
    await untilTrue(told, 'a risk in the status bar').catch(() => undefined);
    assert.match(label, /(High|Critical) risk/);
    const list = vscode.commands.executeCommand('holdpoint.showHolds');
    await waitFor({ selector: '.quick-input-list', limitMs: 10_000 });
    await waitFor({ text: 'shown/template.yaml:' });
    await screenshot('list-dark');
    await press('Escape');
    await list;
  });

  it('is the blast radius in the panel, as an offline prediction without anything to decide', async () => {
    await vscode.window.showTextDocument(template);
    await waitFor({ text: 'Preview blast radius of Ledger', limitMs: 20_000 });
    await vscode.commands.executeCommand('holdpoint.previewFile');
    await waitFor({ webview: true, text: 'Ledger', limitMs: 20_000 });
    await waitFor({ webview: true, text: 'Offline prediction' });
    await waitUntilGone({ webview: true, role: 'button', name: 'Approve…' });
    await settle();
    await screenshot('prediction-dark');
    await theme('Default Light Modern');
    await settle();
    await screenshot('prediction-light');
    await theme('Default High Contrast');
    await settle();
    await screenshot('prediction-high-contrast');
  });

  it('is drawn as a graph that keys, a search and a screen reader can use, under the page\'s own policy', async () => {
    await theme('Default Dark Modern');
    await vscode.commands.executeCommand('holdpoint.previewFile', template);
    const page = { webview: true, selector: '#open-graph' };
    await waitFor({ ...page, limitMs: 20_000 });
    await evaluate("window.broken = []; document.addEventListener('securitypolicyviolation', (e) => window.broken.push(e.violatedDirective)); window.addEventListener('error', (e) => window.broken.push(e.message));", page);
    await click(page);
    await waitFor({ webview: true, selector: '.graph-stage canvas', limitMs: 20_000 });
    const said = async (): Promise<string> => String(await evaluate("document.querySelector('#graph-said').textContent", page));
    await until(async () => /^Ledger, AWS::DynamoDB::Table/.test(await said()));
    assert.match(await said(), /(?:replaced|lost)/i, 'the worst is selected first, and said');
    await screenshot('graph-dark');
    await press('/');
    await type('reader');
    await press('Enter');
    assert.match(await said(), /^1 of \d+\. .*Reader/);
    assert.match(await waitFor({ webview: true, selector: '.graph-count' }), /^1 of \d+$/);
    await press('Escape');
    await press('Home');
    assert.match(await said(), /^Ledger/);
    await press('Enter');
    await click({ webview: true, text: 'Show in the list' });
    assert.match(String(await evaluate('document.activeElement.closest("[data-key], details, li, article")?.textContent ?? ""', page)), /Ledger/);
    await theme('Default High Contrast');
    await settle();
    await screenshot('graph-high-contrast');
    assert.deepEqual(await evaluate('window.broken', page), []);
  });

  it('is a plan made for it, where it is Terraform, and nothing is left of that', async () => {
    const folder = path.join(workspaceFolder(), 'plan');
    const terraform = (...args: string[]): void => void execFileSync('terraform', args, { cwd: folder, stdio: 'pipe', env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
    const file = writeOnDisk('plan/main.tf', 'resource "terraform_data" "ledger" {\n  input = "books"\n}\nresource "terraform_data" "reader" {\n  input = terraform_data.ledger.id\n}\n');
    terraform('init', '-input=false');
    terraform('apply', '-auto-approve');
    commit('plan/main.tf');
    writeOnDisk('plan/main.tf', 'resource "terraform_data" "reader" {\n  input = "nothing"\n}\n');
    await vscode.window.showTextDocument(file);
    await waitFor({ text: 'Preview blast radius with a plan', limitMs: 20_000 });
    await vscode.commands.executeCommand('holdpoint.previewFile');
    await waitFor({ webview: true, text: 'terraform_data.ledger', limitMs: 30_000 });
    await waitFor({ webview: true, text: 'Previewed just now. Nothing is running' });
    await screenshot('plan-of-a-file');
    assert.deepEqual(readdirSync(path.join(os.homedir(), '.holdpoint', 'previews')), []);
    assert.ok(!readdirSync(folder).some((name) => name.endsWith('.tfplan')));
  });

  it('is what each layer of the guard says of itself', async () => {
    const lines = await layers('coverage-dark');
    for (const layer of ['Shims', 'Gate', 'PATH of new terminals', 'A terminal opened now', 'Record']) {
      assert.ok(lines.some((l) => l.includes(layer) && l.includes('active')), `${layer}: ${lines.join(' | ')}`);
    }
  });
});
