/** What the suites inside VS Code share: opening examples, finding places, asking what a reader would see. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Opens a file of the folder in an editor, with the text of the disk. */
export async function openExample(name: string): Promise<vscode.TextEditor> {
  // The web's default would save what a test types.
  await vscode.workspace.getConfiguration('files').update('autoSave', 'off', vscode.ConfigurationTarget.Global);
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  return vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

/** Opens an unsaved document. */
export async function openText(language: string, content: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  return vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

/** The middle of `word` at or after the first occurrence of `context`. */
export function placeOf(document: vscode.TextDocument, word: string, context = word): vscode.Position {
  const text = document.getText();
  const start = text.indexOf(context);
  const at = start < 0 ? -1 : text.indexOf(word, start);
  assert.ok(at >= 0, `“${word}” in “${context}”`);
  return document.positionAt(at + Math.floor((word.length - 1) / 2));
}

/** The text of all hovers of ours at a place; empty where there is none. */
export async function hoverText(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

/** Replaces the whole text. */
export async function setText(editor: vscode.TextEditor, text: string): Promise<void> {
  const { document } = editor;
  const whole = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  assert.ok(await editor.edit((edit) => edit.replace(whole, text)));
}

/** Replaces the first occurrence of a piece of text. */
export async function replace(editor: vscode.TextEditor, old: string, by: string): Promise<void> {
  const { document } = editor;
  const at = document.getText().indexOf(old);
  assert.ok(at >= 0, old);
  const range = new vscode.Range(document.positionAt(at), document.positionAt(at + old.length));
  assert.ok(await editor.edit((edit) => edit.replace(range, by)));
}

/** Asks again until an answer fits, for ten seconds. */
export async function eventually<T>(ask: () => T | Promise<T>, fits: (answer: T) => boolean): Promise<T> {
  const patience = Date.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (fits(answer)) return answer;
    if (Date.now() > patience) assert.fail(`still ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Closes all editors without asking. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
