import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { VsCode } from './support/vscode';
import { launchVsCode } from './support/vscode';

describe('VS Code in Chromium', () => {
  let code: VsCode;
  before(async () => (code = await launchVsCode()));
  after(() => code?.close());

  it('opens a file, in every theme', async () => {
    const name = readdirSync(code.folder).find((file) => file.endsWith('.py'));
    assert.ok(name);
    await code.openFile(name);
    const firstLine = readFileSync(path.join(code.folder, name), 'utf8').split('\n')[0]!;
    assert.ok((await code.visibleText()).includes(firstLine));
    for (const theme of ['light', 'dark', 'high contrast', 'high contrast light'] as const) {
      await code.setTheme(theme);
      await code.screenshot(`smoke-${theme.replaceAll(' ', '-')}`);
    }
  });

  it('shows a hover, of the language that VS Code itself knows best', async () => {
    writeFileSync(path.join(code.folder, 'broken.json'), '{ "a": 1, }\n');
    await code.openFile('broken.json');
    assert.match(await code.hover('"a": 1,', ',', /comma/i), /Trailing comma/);
    await code.clickWord('{ "a"', 'a');
    const position = code.page.locator('#status\\.editor\\.selection');
    await position.filter({ hasText: 'Ln 1, Col' }).waitFor();
  });

  it('runs the extension without complaints', async () => {
    assert.match(await code.runningExtension('Wengert'), /Activation: \d+\s?ms/);
    await code.screenshot('smoke-running-extensions');
    assert.deepEqual(code.complaints, []);
  });
});
