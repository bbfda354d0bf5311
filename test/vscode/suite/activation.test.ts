import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('activation', () => {
  it('is installed under its name', () => {
    assert.ok(vscode.extensions.getExtension('wengert.wengert'));
  });

  it('activates without an error', async () => {
    const extension = vscode.extensions.getExtension('wengert.wengert')!;
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('opens a file of the folder', async () => {
    const [file] = await vscode.workspace.findFiles('**/*.{py,md}', null, 1);
    assert.ok(file);
    const document = await vscode.workspace.openTextDocument(file);
    const editor = await vscode.window.showTextDocument(document);
    assert.ok(editor.document.getText().length > 0);
  });
});
