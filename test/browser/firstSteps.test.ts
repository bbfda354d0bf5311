import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchVsCode, type VsCode } from './support/vscode';

describe('first steps', () => {
  let code: VsCode;
  before(async () => {
    code = await launchVsCode();
    writeFileSync(path.join(code.folder, 'greeting.py'), 'def greet(name):\n    return "hello " + name\n');
  });
  after(() => code?.close());

  const button = () => code.page.locator('.editor-actions [aria-label^="Open Trace"]');

  it('the button in the title is there where there is something to trace, and only there', async () => {
    await code.openFile('two_variables.py');
    await button().waitFor();
    await code.openFile('greeting.py');
    await button().waitFor({ state: 'detached' });
    await code.openFile('two-variables.md');
    await button().waitFor();
  });

  it('so is the menu', async () => {
    await code.openFile('two_variables.py');
    await code.clickWord('product = x1', 'product');
    const { x, y } = await code.place('product = x1', 'product');
    await code.page.mouse.click(x, y, { button: 'right' });
    await code.page.getByRole('menuitem', { name: 'Wengert' }).waitFor();
    await code.page.keyboard.press('Escape');
    await code.openFile('greeting.py');
    const plain = await code.place('def greet', 'greet');
    await code.page.mouse.click(plain.x, plain.y, { button: 'right' });
    await code.page.getByRole('menuitem', { name: 'Copy', exact: true }).waitFor();
    assert.equal(await code.page.getByRole('menuitem', { name: 'Wengert' }).count(), 0);
    await code.page.keyboard.press('Escape');
  });

  it('a key opens the trace', async () => {
    await code.openFile('two_variables.py');
    await code.clickWord('product = x1', 'product');
    await button().waitFor();
    await code.page.keyboard.press('Control+K');
    await code.page.keyboard.press('g');
    const viewer = await code.webview('Trace: surface');
    await viewer.locator('table.trace tr.step').first().waitFor();
    await code.palette('View: Close All Editors');
  });

  it('the walkthrough has pictures, and its buttons lead to an example that is traced', async () => {
    await code.palette('Welcome: Open Walkthrough...', 'Get Started with Wengert');
    const step = code.page.locator('.getting-started-step', { hasText: 'Open the trace' });
    await step.click();
    const picture = code.page.locator('.getting-started-media img');
    await picture.waitFor();
    await code.page.waitForFunction(
      () => (document.querySelector<HTMLImageElement>('.getting-started-media img')?.naturalWidth ?? 0) > 0,
    );
    await code.screenshot('walkthrough');
    await step.getByText('Open a Trace').click();
    const viewer = await code.webview('Trace: y');
    await viewer.locator('table.trace tr.step').first().waitFor();
  });

  it('leave no complaint in the window', () => assert.deepEqual(code.complaints, []));
});
