import assert from 'node:assert/strict';
import type { VsCode } from './support/vscode';
import { launchVsCode } from './support/vscode';

describe('hovers', () => {
  let code: VsCode;
  before(async () => (code = await launchVsCode()));
  after(() => code?.close());

  it('give the derivative by an argument of a Python function', async () => {
    await code.openFile('two_variables.py');
    const x1 = await code.hover('product = x1 * x2', 'x1', /∂/);
    assert.match(x1, /∂surface\s*\/\s*∂x1\s*=\s*5\.500/);
    assert.match(x1, /x1 = 2/);
    const x2 = await code.hover('product = x1 * x2', 'x2', /∂x2/);
    assert.match(x2, /∂surface\s*\/\s*∂x2\s*=\s*1\.716/);
  });

  it('give all derivatives at the output, in a table', async () => {
    const y = await code.hover('y = surface(2, 5)', 'y', /11\.65/);
    assert.match(y, /∂y\/\u2060?∂x1\s+5\.500\s+x1 = 2/);
    assert.match(y, /∂y\/\u2060?∂x2\s+1\.716\s+x2 = 5[^]*values from the document/);
    await code.setTheme('light');
    await code.hover('y = surface(2, 5)', 'y', /11\.65/);
    await code.screenshot('hover-python-light');
    await code.setTheme('dark');
    await code.hover('y = surface(2, 5)', 'y', /11\.65/);
    await code.screenshot('hover-python-dark');
  });

  it('lead to the trace', async () => {
    await code.page.keyboard.press('Escape');
    await code.hover('product = x1 * x2', 'x1', /∂surface[^]*Open trace/);
    await code.hoverBox().getByRole('link', { name: 'Open trace' }).click();
    const viewer = await code.webview('Trace: surface');
    await viewer.locator('table.trace tr.step').first().waitFor();
    await code.palette('View: Close All Editors');
  });

  it('give the same numbers for a formula in Markdown', async () => {
    await code.openFile('two-variables.md');
    assert.match(await code.hover('x_1 x_2', 'x_1', /∂/), /5\.500/);
    assert.match(await code.hover('y = ', 'y', /11\.65/), /1\.716/);
    await code.screenshot('hover-markdown-dark');
  });

  it('leave no complaint in the window', () => assert.deepEqual(code.complaints, []));
});
