import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { WengertApi } from '../../../extension/activate';
import type { CheckView } from '../../../src/protocol';
import { closeAll, openExample, openText, placeOf } from '../support/editing';

/** Long in full: 3600 directions, each with dozens of evaluations. */
const LARGE = `import numpy as np

W = np.linspace(-1.0, 1.0, 3600).reshape(60, 60)
x = np.linspace(0.0, 1.0, 6000).reshape(100, 60)

def loss(W):
    return np.mean(np.tanh(x @ W) ** 2)

value = loss(W)
`;

async function server(): Promise<WengertApi['server']> {
  const extension = vscode.extensions.all.find(({ packageJSON }) => packageJSON.name === 'wengert');
  const api = (await extension?.activate()) as WengertApi | undefined;
  assert.ok(api);
  await api.server.whenRunning();
  return api.server;
}

describe('Check Gradients in Full', () => {
  afterEach(closeAll);

  it('compares every element, and the sweep that code by hand is judged by', async () => {
    const { document } = await openExample('layers.py');
    const checks = await vscode.commands.executeCommand<CheckView[]>('wengert.checkFull', 'file', document.uri);
    const byHand = checks.filter(({ kind, verdict }) => kind === 'backward' && verdict === 'pass');
    assert.ok(byHand.length > 0, checks.map(({ name, verdict }) => `${name} ${verdict}`).join());
    for (const { name, notes } of byHand)
      assert.match((notes ?? []).join(), /the sweep that it is judged by agrees with differences/, name);
  });

  it('is of what stands at the cursor, where that is chosen', async () => {
    const editor = await openExample('two_variables.py');
    const at = placeOf(editor.document, 'growth');
    editor.selection = new vscode.Selection(at, at);
    const checks = await vscode.commands.executeCommand<CheckView[]>('wengert.checkFull', 'here');
    assert.deepEqual(
      checks.map(({ kind, verdict }) => [kind, verdict]),
      [['gradient', 'pass']],
    );
  });

  it('says how far it is, and stops when it is cancelled', async () => {
    const { document } = await openText('python', LARGE);
    const { checkInFull } = await server().then((each) => ({ checkInFull: each.checkInFull.bind(each) }));
    const source = new vscode.CancellationTokenSource();
    let reports = 0;
    let last = 0;
    let all = 0;
    const running = checkInFull(
      { uri: document.uri.toString(), position: document.positionAt(document.getText().indexOf('loss(W)')) },
      (progress) => {
        reports++;
        last = Date.now();
        ({ all } = progress);
        if (reports === 3) source.cancel();
      },
      source.token,
    );
    await assert.rejects(running, { name: 'NoAnswer' });
    assert.equal(all, 3600);
    const cancelled = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 2500));
    assert.ok(last - cancelled < 1500, 'the worker goes on after it was cancelled');
    // The next check in full finds a worker.
    const { document: other } = await openExample('two_variables.py');
    const again = new vscode.CancellationTokenSource();
    const checks = await checkInFull({ uri: other.uri.toString() }, () => undefined, again.token);
    assert.ok(checks.length > 0 && checks.every(({ verdict }) => verdict === 'pass'));
  });
});
