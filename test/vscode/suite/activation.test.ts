import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { WengertApi } from '../../../extension/activate';
import { closeAll, openExample } from '../support/editing';

const extension = () => vscode.extensions.getExtension<WengertApi>('wengert.wengert');

interface Manifest {
  activationEvents: string[];
  capabilities: { untrustedWorkspaces: { supported: boolean } };
  contributes: {
    commands: { command: string }[];
    configuration: { properties: Record<string, { default: unknown }> };
  };
}

describe('activation', () => {
  after(closeAll);

  it('follows the opening of a file in one of the languages, and the server starts', async () => {
    await openExample('two_variables.py');
    const api = await extension()!.activate();
    await api.server.whenRunning();
    assert.equal(extension()!.isActive, true);
  });

  it('registers every command of the manifest, and no other', async () => {
    const { contributes } = extension()!.packageJSON as Manifest;
    const declared = contributes.commands.map(({ command }) => command).sort();
    const registered = (await vscode.commands.getCommands(true)).filter(
      // VS Code adds commands of its own for every view.
      (id) => id.startsWith('wengert.') && !/^wengert\.(?:traceView|traceables)\./.test(id),
    );
    assert.deepEqual(registered.sort(), declared);
  });

  it('has a default for every setting', () => {
    const { contributes } = extension()!.packageJSON as Manifest;
    for (const [name, property] of Object.entries(contributes.configuration.properties)) {
      assert.equal(vscode.workspace.getConfiguration().get(name), property.default, name);
    }
  });

  it('works in folders that are not trusted: nothing is executed', () => {
    const { capabilities } = extension()!.packageJSON as Manifest;
    assert.equal(capabilities.untrustedWorkspaces.supported, true);
  });
});
