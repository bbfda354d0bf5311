import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CheckView } from '../../../src/protocol';
import { closeAll, openExample, placeOf } from '../support/editing';

describe('Check Gradient', () => {
  afterEach(closeAll);

  for (const [name, word] of [
    ['two_variables.py', 'growth'],
    ['two-variables.md', 'x_1 x_2'],
  ] as const) {
    it(`passes in ${name}: adjoint, tangent and differences agree`, async () => {
      const editor = await openExample(name);
      const at = placeOf(editor.document, word);
      editor.selection = new vscode.Selection(at, at);
      const checks = await vscode.commands.executeCommand<CheckView[]>('wengert.checkGradient');
      assert.equal(checks.length, 1);
      const [check] = checks;
      assert.equal(check?.verdict, 'pass');
      assert.equal(check.strength, 'numerical');
      const [x1, x2] = check.parameters;
      assert.equal(x1?.adjoint, 5.5);
      assert.equal(x1.tangent, 5.5);
      assert.ok(Math.abs((x1.centreDifference as number) - 5.5) < 1e-6);
      assert.ok(Math.abs((x2?.adjoint as number) - 1.7163378145367738) < 1e-15);
    });
  }

  it('says so where there is nothing to check', async () => {
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ language: 'python', content: 'import os\n' }),
    );
    assert.deepEqual(await vscode.commands.executeCommand('wengert.checkGradient'), []);
  });
});
