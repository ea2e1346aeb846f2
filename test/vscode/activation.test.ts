import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the packaged extension in VS Code', () => {
  it('is known to VS Code and activates without an error', async () => {
    const extension = vscode.extensions.getExtension('holdpoint.holdpoint');
    assert.ok(extension, 'VS Code does not list holdpoint.holdpoint');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('runs from the package and not from the source tree', () => {
    const extension = vscode.extensions.getExtension('holdpoint.holdpoint');
    assert.ok(extension);
    assert.equal(extension.extensionUri.fsPath.endsWith('/extension'), true, extension.extensionUri.fsPath);
  });
});
