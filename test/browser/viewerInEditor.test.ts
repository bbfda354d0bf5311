// The viewer inside VS Code: what it follows, how it is held, where it can be shown, and the files that it writes.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FrameLocator } from 'playwright-core';
import { openPage } from './support/browser';
import type { VsCode } from './support/vscode';
import { launchVsCode } from './support/vscode';

describe('viewer in the editor', () => {
  let code: VsCode;
  let viewer: FrameLocator;
  before(async () => {
    code = await launchVsCode();
    await code.openFile('two_variables.py');
    await code.clickWord('growth = np.log(x1)', 'growth');
    await code.palette('Wengert: Open Trace');
    viewer = await code.webview('Trace: surface');
    await row('log').first().waitFor();
  });
  after(() => code?.close());

  const row = (text: string) => viewer.locator('table.trace tr.step').filter({ hasText: text });
  const number = (text: string) => viewer.locator('table.trace tr.step', { hasText: text }).first();

  it('selects the step of an expression that is selected in the source', async () => {
    await code.clickWord('product = x1 * x2', '*');
    await code.page.keyboard.press('End');
    for (const _ of 'x1 * x2') await code.page.keyboard.press('Shift+ArrowLeft');
    await viewer.locator('tr.step[aria-selected=true]', { hasText: 'x1 * x2' }).waitFor();
  });

  it('differentiates another value, and goes back to what was shown before', async () => {
    await row('x1 * x2').first().getByRole('button', { name: 'differentiate this' }).locator('visible=true').click();
    await viewer.locator('.answer', { hasText: 'product' }).waitFor();
    await viewer.locator('.input-gradient .result', { hasText: '5' }).first().waitFor();
    assert.equal(await viewer.locator('.answer .result').innerText(), '10');
    await viewer.getByRole('button', { name: /^Back to what was shown/ }).click();
    await number('5.500').waitFor();
    await viewer.getByRole('button', { name: /^Forward/ }).click();
    await viewer.locator('.answer', { hasText: 'product' }).waitFor();
    await viewer.getByRole('button', { name: /^Back to what was shown/ }).click();
    await number('5.500').waitFor();
  });

  it('pauses while the document changes, says how far behind it is, and catches up', async () => {
    await viewer.getByRole('button', { name: /^Pause/ }).click();
    await code.clickWord('y = surface(2, 5)', '2');
    await code.page.keyboard.press('End');
    for (const _ of ', 5)') await code.page.keyboard.press('ArrowLeft');
    await code.page.keyboard.type('.5');
    await viewer.locator('.follow', { hasText: /Paused, \d edits? behind/ }).waitFor({ state: 'attached' });
    assert.equal(await viewer.locator('.answer .result').innerText(), '11.65');
    await code.screenshot('viewer-paused');
    await viewer.getByRole('button', { name: 'Go on with the document' }).click();
    await number('5.400').waitFor();
    await code.clickWord('y = surface(2.5, 5)', 'surface');
    await code.page.keyboard.press('Control+z');
    await number('5.500').waitFor();
  });

  it('copies a number by the menu of a row', async () => {
    await number('5.500').locator('td.c-adjoint .num').first().click({ button: 'right' });
    await viewer.locator('.menu').getByText('Copy the gradient (adjoint)', { exact: true }).click();
    await code.page.waitForFunction(async () => (await navigator.clipboard.readText()) === '5.5');
  });

  it('writes one page that works by itself', async function () {
    await code.clickWord('growth = np.log(x1)', 'growth');
    await code.palette('Wengert: Export Trace…', 'Interactive page');
    // The embedded VS Code asks for the file in its own box.
    const box = code.page.locator('.quick-input-widget');
    await box.getByText('OK', { exact: true }).first().waitFor();
    const name = await code.page.waitForFunction(
      () =>
        /[^/]+\.html$/.exec(
          document.querySelector<HTMLInputElement>('.quick-input-widget input.input')?.value ?? '',
        )?.[0],
    );
    const suggested = (await name.jsonValue()) as string;
    await code.page.keyboard.press('Enter');
    const file = path.join(code.folder, suggested);
    for (let turn = 0; turn < 100 && !existsSync(file); turn++) await code.page.waitForTimeout(100);
    assert.match(readFileSync(file, 'utf8'), /Content-Security-Policy" content="default-src 'none'/);
    const opened = await openPage();
    await opened.page.goto(pathToFileURL(file).href);
    await opened.page.locator('table.trace .katex').first().waitFor();
    assert.deepEqual(await opened.page.locator('.input-gradient .result').allInnerTexts(), ['5.500', '1.716']);
    assert.deepEqual(opened.complaints, []);
    await opened.page.context().close();
  });

  it('stands in the side bar as well, and follows there', async () => {
    await code.palette('View: Close All Editors');
    await code.openFile('two_variables.py');
    await code.clickWord('product = x1 * x2', '*');
    await code.palette('Wengert: Focus on Trace View');
    const outer = code.page.locator('iframe.webview.ready[src*="extensionId=wengert.wengert"]').locator('visible=true');
    await outer.first().waitFor();
    const bar = outer.first().contentFrame().frameLocator('iframe#active-frame');
    await bar.locator('table.trace tr.step', { hasText: '5.500' }).first().waitFor();
    await code.clickWord('growth = np.log(x1)', 'log');
    await bar.locator('tr.step.under', { hasText: '0.6931' }).waitFor();
    await code.screenshot('viewer-side-bar');
  });

  it('leaves no complaint in the window', () => assert.deepEqual(code.complaints, []));
});
