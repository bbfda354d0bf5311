import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import type { VsCode } from './support/vscode';
import { launchVsCode } from './support/vscode';

describe('Open Trace', () => {
  let code: VsCode;
  let viewer: FrameLocator;
  before(async () => (code = await launchVsCode()));
  after(() => code?.close());

  /** The rows of the table as a reader sees them, formulas as their MathML text. */
  const rows = () => viewer.locator('table.trace tr.step').allTextContents();
  const row = (name: string) => viewer.locator('table.trace tr.step').filter({ hasText: name });
  const waitForNumber = (number: string) =>
    viewer.locator('table.trace tr.step', { hasText: number }).first().waitFor();

  it('shows the table of the function that the cursor is in, typeset, with its numbers', async () => {
    await code.openFile('two_variables.py');
    await code.clickWord('growth = np.log(x1)', 'growth');
    await code.palette('Wengert: Open Trace');
    viewer = await code.webview('Trace: surface');
    await waitForNumber('5.500');
    const text = (await rows()).join('\n');
    for (const number of ['0.6931', '10', '10.69', '−0.9589', '11.65', '5.500', '1.716'])
      assert.ok(text.includes(number), `${number} in ${text}`);
    assert.equal((await rows()).length, 7);
    assert.ok((await viewer.locator('table.trace .katex').count()) >= 7 * 2);
  });

  it('follows typing', async () => {
    await code.clickWord('y = surface(2, 5)', '2');
    await code.page.keyboard.press('End');
    for (const _ of ', 5)') await code.page.keyboard.press('ArrowLeft');
    await code.page.keyboard.type('.5');
    await waitForNumber('2.500');
    await waitForNumber('5.400');
    for (const _ of '.5') await code.page.keyboard.press('Backspace');
    await waitForNumber('5.500');
  });

  it('keeps the last good trace while the text is broken, and says how old it is', async () => {
    await code.clickWord('return growth + product', 'product');
    await code.page.keyboard.press('End');
    await code.page.keyboard.type(' -');
    await viewer
      .getByText(/edits? behind/)
      .first()
      .waitFor();
    await waitForNumber('5.500');
    for (const _ of ' -') await code.page.keyboard.press('Backspace');
    await viewer
      .getByText(/edits? behind/)
      .first()
      .waitFor({ state: 'detached' });
  });

  it('writes a value that was tried out into the document', async () => {
    await code.clickWord('print(y)', 'y');
    viewer = await code.webview('Trace: y');
    const x1 = viewer.locator('.input[data-input="x1"]');
    await x1.getByLabel('value of x1').press('ArrowUp');
    await waitForNumber('5.476');
    await x1.getByRole('button', { name: 'Write this value into the document' }).click();
    await code.page.locator('.view-line', { hasText: 'y = surface(2.1, 5)' }).waitFor();
    await waitForNumber('5.476');
    await code.clickWord('y = surface(2.1, 5)', 'surface');
    await code.page.keyboard.press('Control+z');
    await waitForNumber('5.500');
  });

  it('selects the source of a row that is clicked, and stays', async () => {
    await row('sin').first().click();
    const selected = code.page.locator('.editor-instance .selected-text');
    await selected.first().waitFor({ state: 'attached' });
    await code.page
      .locator('.editor-instance [class*="TextEditorDecorationType"]')
      .first()
      .waitFor({ state: 'attached' });
    assert.equal((await rows()).length, 7);
    await code.screenshot('open-trace-selected');
  });

  it('marks the row that the cursor stands on', async () => {
    await code.clickWord('product = x1 * x2', '*');
    await viewer.locator('table.trace tr.step.under').waitFor();
    assert.match((await viewer.locator('table.trace tr.step.under').textContent()) ?? '', /10/);
  });

  it('is readable in both themes', async () => {
    await code.setTheme('light');
    await code.screenshot('open-trace-python-light');
    await code.setTheme('dark');
    await code.screenshot('open-trace-python-dark');
  });

  it('moves on to another document with the cursor', async () => {
    await code.page.locator('.editor-group-container').first().click();
    await code.openFile('two-variables.md');
    await code.clickWord('x_1 x_2', 'x_2');
    viewer = await code.webview('Trace: y');
    await viewer.locator('.katex', { hasText: 'log' }).first().waitFor();
    await waitForNumber('5.500');
    assert.equal((await rows()).length, 7);
    await code.screenshot('open-trace-markdown-dark');
  });

  it('stays where it is pinned, and comes back after a reload of the window', async () => {
    await viewer.getByRole('button', { name: 'Pin this trace' }).click();
    await code.openFile('two_variables.py');
    await code.clickWord('growth = np.log(x1)', 'growth');
    await viewer.locator('.follow', { hasText: 'Pinned' }).waitFor();
    // A reload of the bare page would lose what VS Code has not written yet.
    const loaded = code.page.waitForEvent('load');
    await code.palette('Developer: Reload Window');
    await loaded;
    viewer = await code.webview('Trace: y');
    await viewer.locator('.follow', { hasText: 'Pinned' }).waitFor();
    await waitForNumber('5.500');
    assert.equal((await rows()).length, 7);
    await viewer.getByRole('button', { name: 'Follow the cursor again' }).click();
    await code.openFile('two-variables.md');
  });

  it('checks the gradient, says the verdict, and shows what was compared on demand', async () => {
    await code.clickWord('x_1 x_2', 'x_2');
    await code.palette('Wengert: Check Gradient Here');
    // While it is checked, a notification says so.
    let messages = await code.notifications();
    for (let turn = 0; turn < 40 && messages.every((text) => /checking/.test(text)); turn++) {
      await code.page.waitForTimeout(250);
      messages = await code.notifications();
    }
    assert.match(messages.join('\n'), /✓ y: pass/);
    await code.palette('Notifications: Show Notifications');
    const answer = code.page.locator('.notifications-center .notification-list-item', { hasText: '✓ y: pass' });
    await answer.first().getByText('Show Details').click();
    await code.page.locator('.tab.active', { hasText: 'Gradient check of two-variables.md' }).waitFor();
    const report = code.page.locator('.view-line');
    for (const part of ['adjoint', 'tangent', 'centre difference', '5.500000000', '1.716337815'])
      await report.filter({ hasText: part }).first().waitFor();
    await code.screenshot('check-gradient-dark');
  });

  it('leaves no complaint in the window', () => assert.deepEqual(code.complaints, []));
});
