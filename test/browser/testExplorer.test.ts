import assert from 'node:assert/strict';
import { launchVsCode, type VsCode } from './support/vscode';

describe('Test Explorer', () => {
  let code: VsCode;
  before(async () => (code = await launchVsCode({ folder: 'test/browser/folders/checks' })));
  after(() => code?.close());

  /** A line of the tree. */
  const row = (text: string | RegExp) => code.page.locator('.test-explorer .monaco-list-row', { hasText: text });

  /** A line whose test has failed: its label says so once the run is over. */
  const failed = (text: string) =>
    code.page.locator(`.test-explorer .monaco-list-row[aria-label*="${text}"][aria-label*="failed" i]`).last();

  it('lists the checks of a file, and none of the tracer against itself', async () => {
    await code.openFile('slopes.md');
    await code.palette('Testing: Focus on Test Explorer View');
    await row('slopes.md').waitFor();
    await row('slopes.md').click();
    await code.page.keyboard.press('ArrowRight');
    await row('∂y/∂x = 3 x²').first().waitFor();
    assert.equal(await row(/∂y\/∂x/).count(), 4);
    await code.screenshot('test-explorer-light');
  });

  it('runs them: what is right passes, what is wrong fails and says what was expected', async () => {
    await code.palette('Test: Run All Tests');
    await code.page.locator('.test-explorer .codicon-testing-failed-icon').first().waitFor();
    await code.page.locator('.test-explorer .codicon-testing-passed-icon').first().waitFor();
    await code.page
      .getByText(/14 != 12/)
      .first()
      .waitFor();
    await failed('line 9').waitFor();
    await code.setTheme('dark');
    await code.screenshot('test-explorer-results-dark');
  });

  it('a hand-written backward pass that is wrong is underlined once it is open, with the cause', async () => {
    await code.palette('View: Close All Editors');
    await code.openFile('layers.py');
    await code.page.locator('.editor-instance .squiggly-warning').first().waitFor();
    assert.match(await code.hover('return dout * (self.y', 'dout', /Softmax/), /2 times the gradient/);
    await code.screenshot('gradient-mismatch-dark');
  });

  it('its tests have a line for every parameter', async () => {
    await code.palette('Testing: Focus on Test Explorer View');
    await row('layers.py').click();
    await code.page.keyboard.press('ArrowRight');
    await row('Softmax.backward').click();
    await code.page.keyboard.press('ArrowRight');
    await row('scores').waitFor();
    await failed('scores').waitFor();
    await code.screenshot('test-explorer-backward-dark');
  });

  it('has a second profile, which checks by every element', async () => {
    await row('Softmax.backward').click();
    await row('Softmax.backward').click({ button: 'right' });
    // A menu that has just come up may not take the first click.
    const choice = code.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Check in full' });
    for (let tries = 0; tries < 5 && !(await choice.isVisible()); tries++) {
      await code.page
        .getByText('Execute Using Profile...')
        .last()
        .click({ timeout: 5_000 })
        .catch(() => undefined);
      await choice.waitFor({ timeout: 5_000 }).catch(() => undefined);
    }
    await choice.click();
    await code.palette('Test Results: Focus on Test Results View');
    await code.page
      .getByText(/agrees with differences by each of/)
      .first()
      .waitFor();
    await code.screenshot('test-explorer-full-dark');
  });

  it('a check in full says how far it is, and ends when its notification is cancelled', async () => {
    await code.openFile('wide.py');
    await code.palette('Wengert: Check Gradients in Full…', 'File');
    // The driver of the tests holds notifications back: their centre has them.
    await code.palette('Notifications: Show Notifications');
    const notification = code.page.locator('.notifications-center .notification-list-item', { hasText: 'in full' });
    await notification.getByText(/[\d,]+ of [\d,]+ directions/).waitFor();
    await code.screenshot('check-full-dark');
    await notification.getByText('Cancel').click();
    await notification.waitFor({ state: 'detached' });
  });

  it('leaves no complaint in the window', () => assert.deepEqual(code.complaints, []));
});
