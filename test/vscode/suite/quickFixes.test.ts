import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventually, hoverText, openText, placeOf } from '../support/editing';

const PROGRAM = `import numpy as np
from mnist import load_mnist

x, t = load_mnist()
W = np.ones((3, 2))

def loss(W):
    y = np.exp(np.dot(x, W))
    return -np.mean(np.log(y[np.arange(len(t)), t]))

value = loss(W)
`;

describe('the quick fix of what is unknown', () => {
  afterEach(closeAll);

  it('gives it sample numbers by directives, and then it is known', async () => {
    const { document } = await openText('python', PROGRAM);
    await eventually(
      () => hoverText(document.uri, placeOf(document, 'value', 'value =')),
      (text) => /unknown/.test(text) && /mnist/.test(text),
    );
    for (const name of ['x', 't']) {
      const place = placeOf(document, 'load_mnist()');
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new vscode.Range(place, place),
        vscode.CodeActionKind.QuickFix.value,
      );
      const fix = actions.find(({ title }) => title.startsWith(`Give ${name} `));
      assert.ok(fix?.edit, actions.map(({ title }) => title).join());
      await vscode.workspace.applyEdit(fix.edit);
    }
    assert.match(document.lineAt(3).text, /^# wengert: given [xt]: /);
    assert.match(document.lineAt(4).text, /^# wengert: given [xt]: /);
    await eventually(
      () => hoverText(document.uri, placeOf(document, 'value', 'value =')),
      (text) => text !== '' && !/unknown/.test(text),
    );
  });
});
