import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventually, openExample, openText, setText } from '../support/editing';

const own = (uri: vscode.Uri) => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'wengert');

describe('diagnostics', () => {
  afterEach(closeAll);

  it('leave the examples, which are right, without a mark', async () => {
    for (const name of ['two_variables.py', 'two-variables.md']) {
      const { document } = await openExample(name);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      assert.deepEqual(own(document.uri), []);
    }
  });

  it('mark a malformed directive, and take the mark back', async () => {
    const text = 'def f(x):\n    return x * x\n';
    const editor = await openText('python', `# wengert: at x1=\n${text}`);
    const { uri } = editor.document;
    const [mark] = await eventually(
      () => own(uri),
      (found) => found.length === 1,
    );
    assert.equal(mark?.range.start.line, 0);
    assert.equal(mark.severity, vscode.DiagnosticSeverity.Warning);
    await setText(editor, text);
    await eventually(
      () => own(uri),
      (found) => found.length === 0,
    );
  });

  it('mark a false derivative, and the quick fix writes the right one', async () => {
    const editor = await openText('markdown', '$f = x^3$\n\n$$\\frac{df}{dx} = 3x$$\n');
    const { document } = editor;
    const [mark] = await eventually(
      () => own(document.uri),
      (found) => found.length === 1,
    );
    assert.ok(mark);
    assert.equal(document.getText(mark.range), '3x');
    assert.equal(mark.code, 'wrong-derivative');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      mark.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ title }) => title.startsWith('Write '));
    assert.ok(fix?.edit, actions.map(({ title }) => title).join());
    assert.ok(actions.some(({ title }) => title.includes('wengert: ignore')));
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(document.getText(), /= 3x\^2\$\$/);
    await eventually(
      () => own(document.uri),
      (found) => found.length === 0,
    );
  });

  it('have a severity for every code', async () => {
    const settings = vscode.workspace.getConfiguration('wengert');
    const { uri } = (await openText('markdown', '$1 + 1 = 3$\n')).document;
    const severity = () => own(uri)[0]?.severity;
    await eventually(severity, (found) => found === vscode.DiagnosticSeverity.Warning);
    await settings.update('diagnostics.wrongValue', 'error', vscode.ConfigurationTarget.Global);
    await eventually(severity, (found) => found === vscode.DiagnosticSeverity.Error);
    await settings.update('diagnostics.wrongValue', 'off', vscode.ConfigurationTarget.Global);
    await eventually(severity, (found) => found === undefined);
    await settings.update('diagnostics.wrongValue', undefined, vscode.ConfigurationTarget.Global);
    await eventually(severity, (found) => found === vscode.DiagnosticSeverity.Warning);
  });

  it('can be turned off and on again', async () => {
    const settings = vscode.workspace.getConfiguration('wengert');
    const editor = await openText('python', '# wengert: at x1=\n');
    const { uri } = editor.document;
    const count = () => own(uri).length;
    await eventually(count, (found) => found === 1);
    await settings.update('diagnostics.enabled', false, vscode.ConfigurationTarget.Global);
    await eventually(count, (found) => found === 0);
    await settings.update('diagnostics.enabled', undefined, vscode.ConfigurationTarget.Global);
    await eventually(count, (found) => found === 1);
  });
});
