import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventually, hoverText, openExample, openText, placeOf, replace } from '../support/editing';

describe('hover', () => {
  afterEach(closeAll);

  async function at(editor: vscode.TextEditor, word: string, context?: string): Promise<string> {
    return hoverText(editor.document.uri, placeOf(editor.document, word, context));
  }

  it('gives 5.500 and 1.716 in the Python example, by argument', async () => {
    const editor = await openExample('two_variables.py');
    assert.match(await at(editor, 'x1', 'product = x1 * x2'), /`∂surface\/∂x1` = \*\*5\.500\*\*/);
    assert.match(await at(editor, 'x2', '* x2'), /`∂surface\/∂x2` = \*\*1\.716\*\*/);
  });

  it('gives value and derivative of a sub-expression', async () => {
    const editor = await openExample('two_variables.py');
    const text = await at(editor, '*', 'x1 * x2');
    assert.match(text, /`x1 \* x2` = \*\*10\*\*/);
    assert.match(text, /= \*\*1\*\*/);
  });

  it('gives the same in the Markdown example, and the table of both at y', async () => {
    const editor = await openExample('two-variables.md');
    assert.match(await at(editor, 'x_1', 'x_1 x_2'), /5\.500/);
    const table = await at(editor, 'y', 'y = ');
    for (const number of ['11.65', '5.500', '1.716']) assert.ok(table.includes(number), table);
  });

  it('offers the trace and the check below, and trusts no command of the document', async () => {
    const editor = await openExample('two_variables.py');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      placeOf(editor.document, 'x1', 'x1 * x2'),
    );
    const contents = hovers.flatMap((hover) => hover.contents as vscode.MarkdownString[]);
    const trusted = contents.filter(({ isTrusted }) => isTrusted);
    assert.equal(trusted.length, 1);
    assert.deepEqual(trusted[0]?.isTrusted, {
      enabledCommands: ['wengert.openTrace', 'wengert.checkGradient'],
    });
  });

  it('changes with the text', async () => {
    const editor = await openExample('two_variables.py');
    await at(editor, 'x1', 'x1 * x2');
    await replace(editor, 'surface(2, 5)', 'surface(4, 5)');
    await eventually(
      () => at(editor, 'x1', 'x1 * x2'),
      (text) => text.includes('5.250'),
    );
  });

  it('can be turned off', async () => {
    const settings = vscode.workspace.getConfiguration('wengert');
    const editor = await openExample('two_variables.py');
    await settings.update('hover.enabled', false, vscode.ConfigurationTarget.Global);
    assert.equal(await at(editor, 'x1', 'x1 * x2'), '');
    await settings.update('hover.enabled', undefined, vscode.ConfigurationTarget.Global);
    assert.match(await at(editor, 'x1', 'x1 * x2'), /5\.500/);
  });

  it('says nothing in a file that holds nothing to differentiate', async () => {
    const editor = await openText('python', 'import os\n\nprint(os.getcwd())\n');
    assert.equal(await at(editor, 'getcwd'), '');
    assert.equal(await at(editor, 'os'), '');
  });
});
