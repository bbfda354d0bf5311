import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { launchVsCode, type VsCode } from './support/vscode';

describe('false claims in a document', () => {
  let code: VsCode;
  before(async () => (code = await launchVsCode({ folder: 'test/browser/workspaces/proofreading' })));
  after(() => code?.close());

  const marks = () => code.page.locator('.squiggly-warning');
  const LINE = '-\\frac{y}{a} -';

  it('are underlined, and nothing else is', async () => {
    await code.setTheme('dark');
    await code.openFile('derivation.md');
    await marks().nth(1).waitFor();
    assert.equal(await marks().count(), 2);
    await code.screenshot('proofreading-marks-dark');
  });

  it('say in a hover what is right, and where they differ', async () => {
    const text = await code.hover(LINE, 'frac{y}', /should be/);
    assert.match(text, /should be \(1 − y\) \/ \(1 − a\) − y \/ a: at y = 0\.\d+, a = 0\.\d+ it is .*, not /);
    assert.match(text, /wengert\(wrong-derivative\)/);
    await code.screenshot('proofreading-hover-dark');
    await code.setTheme('light');
    await code.hover(LINE, 'frac{y}', /should be/);
    await code.screenshot('proofreading-hover-light');
  });

  it('are written right by a quick fix', async () => {
    await code.page.keyboard.press('Escape');
    await code.page.locator('.view-line', { hasText: LINE }).getByText('frac{y}').first().click();
    await code.page.keyboard.press('Control+.');
    const menu = code.page.locator('.action-widget');
    await menu.getByText('Write -').waitFor();
    await menu.getByText('Leave this alone: add').first().waitFor();
    await code.screenshot('proofreading-fix-light');
    await menu.getByText('Write -').click();
    await code.page.locator('.view-line', { hasText: '+ \\frac{1 - y}{1 - a}' }).waitFor();
    await marks().nth(1).waitFor({ state: 'detached' });
    await code.palette('File: Save');
    const saved = () => readFileSync(path.join(code.folder, 'derivation.md'), 'utf8');
    for (const end = Date.now() + 20_000; !saved().includes('+ \\frac') && Date.now() < end;)
      await code.page.waitForTimeout(100);
    assert.match(saved(), /= -\\frac\{y\}\{a\} \+ \\frac\{1 - y\}\{1 - a\}\$\$/);
  });

  it('leave no complaint in the window', () => assert.deepEqual(code.complaints, []));
});
