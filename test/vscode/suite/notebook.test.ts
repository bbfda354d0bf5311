import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventually, hoverText, placeOf } from '../support/editing';

const own = (uri: vscode.Uri) => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'wengert');

/** Shows a notebook of these cells. */
async function openCells(cells: readonly (readonly [language: 'markdown' | 'python', text: string])[]) {
  const data = new vscode.NotebookData(
    cells.map(
      ([language, text]) =>
        new vscode.NotebookCellData(
          language === 'markdown' ? vscode.NotebookCellKind.Markup : vscode.NotebookCellKind.Code,
          text,
          language,
        ),
    ),
  );
  const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
  await vscode.window.showNotebookDocument(notebook);
  return notebook.getCells().map(({ document }) => document);
}

const hover = (document: vscode.TextDocument, word: string, context?: string) =>
  hoverText(document.uri, placeOf(document, word, context));

describe('notebooks', () => {
  afterEach(closeAll);

  it('of a file: formulas take values from code, code has its gradient', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, 'logistic-regression.ipynb');
    const notebook = await vscode.workspace.openNotebookDocument(file);
    await vscode.window.showNotebookDocument(notebook);
    const cells = notebook.getCells().map(({ document }) => document);
    const [formulas, , code, slope] = cells as [vscode.TextDocument, unknown, vscode.TextDocument, vscode.TextDocument];
    // p = σ(0.5 · 2 − 0.25), ∂L/∂w = (p − 1) · 2
    const text = await eventually(
      () => hover(formulas, 'L', 'L = '),
      (answer) => answer.includes('0.3869'),
    );
    assert.match(text, /−0\.6416/);
    assert.match(await hover(slope, 'partial L', '\\partial L'), /`∂L\/∂w` = \*\*−0\.6416\*\*/);
    assert.match(await hover(code, 'w', 'w * x'), /`∂loss\/∂w` = \*\*−0\.6416\*\*/);
    for (const cell of cells) assert.deepEqual(own(cell.uri), []);
  });

  it('mark what is false in the cell where it stands, and take the mark back', async () => {
    const [given, claim, code] = (await openCells([
      ['markdown', '$y = x^2$'],
      ['markdown', 'So $\\frac{dy}{dx} = 3x$.'],
      ['python', '# wengert: on x\nx = 2.0'],
    ])) as [vscode.TextDocument, vscode.TextDocument, vscode.TextDocument];
    const [mark] = await eventually(
      () => own(claim.uri),
      (marks) => marks.length === 1,
    );
    assert.equal(claim.getText(mark?.range), '3x');
    assert.deepEqual(own(given.uri), []);
    const [directive] = await eventually(
      () => own(code.uri),
      (marks) => marks.length === 1,
    );
    assert.equal(directive?.range.start.line, 0);

    // What is right depends on another cell.
    const edit = new vscode.WorkspaceEdit();
    const at = given.getText().indexOf('x^2');
    edit.replace(given.uri, new vscode.Range(0, at, 0, at + 3), '\\frac{3}{2} x^2');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await eventually(
      () => own(claim.uri),
      (marks) => marks.length === 0,
    );
  });
});
