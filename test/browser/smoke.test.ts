import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { VsCode } from './support/vscode';
import { launchVsCode } from './support/vscode';

describe('VS Code in Chromium', () => {
  let code: VsCode;
  before(async () => (code = await launchVsCode()));
  after(() => code?.close());

  it('opens a file, in both themes', async () => {
    const name = readdirSync(code.folder).find((file) => file.endsWith('.py'));
    assert.ok(name);
    await code.openFile(name);
    const firstLine = readFileSync(path.join(code.folder, name), 'utf8').split('\n')[0]!;
    assert.ok((await code.visibleText()).includes(firstLine));
    await code.setTheme('light');
    await code.screenshot('smoke-light');
    await code.setTheme('dark');
    await code.screenshot('smoke-dark');
  });

  it('runs the extension without complaints', async () => {
    assert.match(await code.runningExtension('Wengert'), /Activation: \d+\s?ms/);
    await code.screenshot('smoke-running-extensions');
    assert.deepEqual(code.complaints, []);
  });
});
