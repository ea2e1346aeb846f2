import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
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
    const files = readdirSync(extension.extensionPath);
    assert.ok(files.includes('dist'), files.join(' '));
    for (const file of ['src', 'node_modules', 'tsconfig.json', 'test']) assert.ok(!files.includes(file), `${file} is in ${extension.extensionPath}`);
  });
});
