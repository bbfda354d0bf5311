// The tree in the side bar: by pointer and keyboard, and what it opens.
import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import type { VsCode } from './support/vscode';
import { launchVsCode } from './support/vscode';

describe('networks and traces in the side bar', () => {
  let code: VsCode;
  before(async () => {
    code = await launchVsCode();
    await code.openFile('tanh_network.py');
    await code.palette('View: Show Wengert');
    // The viewer of the side bar is folded away: what is asked for opens beside the code.
    await code.page.getByRole('button', { name: /^(?:Wengert: )?Trace Section/ }).click();
  });
  after(() => code?.close());

  const item = (name: RegExp) => code.page.getByRole('treeitem', { name });
  let viewer: FrameLocator;

  it('lists the network of the document with its layers, by names that are read out', async () => {
    await item(/^network loss, 2 → 2 → 2 → 1, 10 parameters/).click();
    viewer = await code.webview('Trace: loss');
    await viewer.locator('.structure', { hasText: '2 → 2 → 2 → 1' }).waitFor();
    await code.page.keyboard.press('ArrowRight');
    await item(/^layer layer 2, dense, tanh/).waitFor();
  });

  it('opens the network at a layer by the keyboard, and selects its source', async () => {
    await code.page.keyboard.press('ArrowDown');
    await code.page.keyboard.press('ArrowDown');
    await code.page.keyboard.press('Enter');
    await viewer.locator('button[aria-pressed=true]', { hasText: '2dense' }).waitFor();
    await code.page.locator('.editor-instance .selected-text').first().waitFor({ state: 'attached' });
    await code.screenshot('tree-dark');
    await code.setTheme('light');
    await code.screenshot('tree-light');
  });

  it('goes on to a document that comes to the front', async () => {
    await code.openFile('two_variables.py');
    await item(/^function surface, line/).click();
    viewer = await code.webview('Trace: surface');
    await viewer.locator('table.trace tr.step').first().waitFor();
  });

  it('leaves no complaint in the window', () => assert.deepEqual(code.complaints, []));
});
