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
