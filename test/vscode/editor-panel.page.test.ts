import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { press, screenshot, texts, waitFor, waitUntilGone } from './driver';
import { commit, diagnosticsWhen, EDITED, TEMPLATE, writeOnDisk } from './editor-files';

const theme = (name: string): Thenable<void> => vscode.workspace.getConfiguration('workbench').update('colorTheme', name, vscode.ConfigurationTarget.Global);
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1200));

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
    const label = (await texts({ selector: '[id*="holdpoint.status"]' })).join(' ');
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

  it('is what each layer of the guard says of itself', async () => {
    const shown = vscode.commands.executeCommand('holdpoint.coverage');
    await waitFor({ text: 'layers are active', limitMs: 30_000 });
    const lines = await texts({ selector: '.quick-input-list .monaco-list-row' });
    await screenshot('coverage-dark');
    await press('Escape');
    await shown;
    for (const layer of ['Shims', 'Gate', 'PATH of new terminals', 'A terminal opened now', 'Record']) {
      assert.ok(lines.some((l) => l.includes(layer) && l.includes('active')), `${layer}: ${lines.join(' | ')}`);
    }
  });
});
