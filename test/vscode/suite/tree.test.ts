import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { WengertApi } from '../../../extension/activate';
import type { TreeNode } from '../../../extension/tree/traceablesTree';
import { closeAll, eventually, openExample, openText, placeOf, replace } from '../support/editing';

const api = async () => vscode.extensions.getExtension<WengertApi>('wengert.wengert')!.activate();

describe('the tree of networks and traces', () => {
  before(async () => (await api()).server.whenRunning());
  afterEach(closeAll);

  const roots = async (wanted: (names: string[]) => boolean): Promise<TreeNode[]> => {
    const { tree } = await api();
    return eventually(
      () => tree.getChildren(),
      (nodes) => wanted(nodes.map(({ item }) => item.name)),
    );
  };
  const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));

  it('lists what can be traced in the document in front, and a network with its layers', async () => {
    await openExample('two_variables.py');
    await roots((names) => names.includes('surface'));
    await openExample('tanh_network.py');
    const [network] = await roots((names) => names.includes('loss'));
    const { tree } = await api();
    const layers = await tree.getChildren(network);
    assert.deepEqual(
      layers.map(({ item }) => [item.name, item.detail]),
      [
        ['layer 1', 'dense, tanh, 2 units, 4 parameters'],
        ['layer 2', 'dense, tanh, 2 units, 4 parameters'],
        ['layer 3', 'dense, 1 unit, 2 parameters'],
      ],
    );
    const shown = tree.getTreeItem(network!);
    assert.equal(shown.collapsibleState, vscode.TreeItemCollapsibleState.Collapsed);
    assert.equal(shown.accessibilityInformation?.label, 'network loss, 2 → 2 → 2 → 1, 10 parameters, line 1');
    assert.equal(
      tree.getTreeItem(layers[1]!).accessibilityInformation?.label,
      'layer layer 2, dense, tanh, 2 units, 4 parameters, line 13',
    );
    assert.equal(new Set([network!, ...layers].map((node) => tree.getTreeItem(node).id)).size, 4);
  });

  it('opens the viewer at what is clicked, with its source in view', async () => {
    const editor = await openExample('tanh_network.py');
    const [network] = await roots((names) => names.includes('loss'));
    const { tree } = await api();
    const [, second] = await tree.getChildren(network);
    const { command } = tree.getTreeItem(second!);
    await vscode.commands.executeCommand(command!.command, ...(command!.arguments as unknown[]));
    await eventually(labels, (all) => all.includes('Trace: loss'));
    assert.equal(editor.document.getText(editor.selection), 'W2 @ h1');
    // The viewer stays at the network: the selection is its own.
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.ok(labels().includes('Trace: loss'));
  });

  it('opens a function in another document than the one in front', async () => {
    await openExample('two_variables.py');
    const [surface] = await roots((names) => names.includes('surface'));
    const { tree } = await api();
    const { command } = tree.getTreeItem(surface!);
    const other = await openExample('tanh_network.py');
    await vscode.commands.executeCommand(command!.command, ...(command!.arguments as unknown[]));
    await eventually(labels, (all) => all.includes('Trace: surface'));
    const active = vscode.window.visibleTextEditors.find(({ document }) => document !== other.document);
    assert.ok(active);
    assert.ok(active.document.uri.path.endsWith('two_variables.py'));
    assert.ok(active.selection.contains(placeOf(active.document, 'surface', 'def surface')));
  });

  it('looks for the layers of a function when they are asked for', async () => {
    await openText(
      'python',
      'import numpy as np\n\ndef forward(x, W1, b1, W2, b2):\n    h = np.tanh(x @ W1 + b1)\n    return h @ W2 + b2\n',
    );
    const [forward] = await roots((names) => names.includes('forward'));
    const { tree } = await api();
    const layers = await tree.getChildren(forward);
    assert.deepEqual(
      layers.map(({ item }) => item.name),
      ['layer 1', 'layer 2'],
    );
  });

  it('follows the text', async () => {
    const editor = await openExample('two_variables.py');
    await roots((names) => names.includes('surface'));
    await replace(editor, 'def surface', 'def relief');
    await roots((names) => names.includes('relief') && !names.includes('surface'));
  });
});
