// What the viewer follows, and what it does not: the setting, its own edits, answers that come late, a reload.
import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import type { VsCode } from './support/vscode';
import { launchVsCode } from './support/vscode';

describe('the viewer follows', () => {
  let code: VsCode;
  let viewer: FrameLocator;
  before(async () => {
    code = await launchVsCode({ folder: 'test/browser/folders/following' });
    await code.openFile('pair.py');
    await code.clickWord('return math.sin(k * x)', 'sin');
    await code.palette('Wengert: Open Trace');
    await shows('wave', '0.9093');
  });
  after(() => code?.close());

  /** Waits until the panel is called after what it shows, and its answer is there. */
  async function shows(name: string, answer: string): Promise<void> {
    await code.page.locator('.tab', { hasText: `Trace: ${name}` }).waitFor();
    viewer = await code.webview(`Trace: ${name}`);
    await viewer.locator('.answer .result', { hasText: answer }).waitFor();
  }
  /** Longer than the viewer takes to follow. */
  const stays = async (name: string) => {
    await code.page.waitForTimeout(1_000);
    assert.equal(await code.page.locator('.tab', { hasText: 'Trace:' }).innerText(), `Trace: ${name}`);
  };
  const down = async (lines: number) => {
    for (let i = 0; i < lines; i++) await code.page.keyboard.press('ArrowDown');
  };

  it('every move of the cursor, if always', async () => {
    await code.clickWord('return math.sin(k * x)', 'sin');
    await down(4);
    await shows('growth', '0.8244');
    await code.clickWord('return math.sin(k * x)', 'sin');
    await shows('wave', '0.9093');
  });

  it('clicks alone, if on click', async () => {
    await code.setSetting('wengert.trace.followCursor', 'click');
    await code.openFile('pair.py');
    await code.clickWord('return math.sin(k * x)', 'sin');
    await shows('wave', '0.9093');
    await down(4);
    await stays('wave');
    await code.clickWord('return math.exp(t) / 2', 'math');
    await shows('growth', '0.8244');
  });

  it('nothing, if never, and shows what it is asked to show', async () => {
    await code.setSetting('wengert.trace.followCursor', 'never');
    await code.openFile('pair.py');
    await code.clickWord('return math.sin(k * x)', 'sin');
    await stays('growth');
    await code.palette('Wengert: Open Trace');
    await shows('wave', '0.9093');
    await code.setSetting('wengert.trace.followCursor', 'always');
  });

  it('no cursor that its own edit moves along', async () => {
    await code.openFile('line.md');
    await code.clickWord('is $y = k x^2$', 'x');
    await shows('y', '9.900');
    // The cursor goes to the other formula of the line while the viewer does not look.
    await viewer.getByRole('button', { name: /^Pause/ }).click();
    await code.clickWord('is $z = e^t / 2$', 'e^t');
    await viewer.getByRole('button', { name: 'Go on with the document' }).click();
    await viewer.locator('.follow', { hasText: 'Following cursor' }).waitFor();
    await viewer.locator('.input[data-input="k"]').getByLabel('value of k').press('ArrowUp');
    await viewer.locator('.answer .result', { hasText: '10' }).waitFor();
    await viewer.getByRole('button', { name: 'Write this value into the document' }).click();
    // One character less stands before the cursor.
    await code.page.locator('.view-line', { hasText: 'With $k = 10$ and' }).waitFor();
    await viewer.locator('.answer .result', { hasText: '10' }).waitFor();
    await stays('y');
    // What the reader does next is followed again.
    await code.clickWord('is $z = e^t / 2$', 'e^t');
    await shows('z', '0.8244');
  });

  it('what is typed, and shows no answer to an older text after a newer one', async () => {
    await code.clickWord('is $z = e^t / 2$', 'e^t');
    await shows('z', '0.8244');
    await viewer.locator('body').evaluate(() => {
      const record = { seen: [] as string[] };
      Object.assign(window, record);
      new MutationObserver(() => {
        const text = document.querySelector('.answer .result')?.textContent ?? '';
        if (record.seen.at(-1) !== text) record.seen.push(text);
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    await code.clickWord('/ 2$.', '2');
    await code.page.keyboard.press('End');
    for (const _ of '$.') await code.page.keyboard.press('ArrowLeft');
    // Each digit divides by ten times more, or so: the answer only falls.
    await code.page.keyboard.type('2222', { delay: 15 });
    await viewer.locator('.answer .result', { hasText: '7.419e−5' }).waitFor();
    await code.page.waitForTimeout(500);
    const seen = await viewer
      .locator('body')
      .evaluate(() => (window as unknown as { seen: string[] }).seen.map((text) => Number(text.replace('−', '-'))));
    assert.ok(seen.length >= 1);
    assert.deepEqual(
      seen,
      [...seen].sort((a, b) => b - a),
    );
    for (const _ of '2222') await code.page.keyboard.press('Backspace');
    await shows('z', '0.8244');
  });

  it('writes a value that was assumed as a directive', async () => {
    await code.openFile('assumed.py');
    await code.clickWord('math.exp(-rate * t)', 'rate');
    await shows('decay', '0.2496');
    await viewer.locator('.input[data-input="t"]').getByLabel('value of t').fill('3');
    await code.page.keyboard.press('Enter');
    await viewer.getByRole('button', { name: 'Write this value into the document' }).click();
    await code.page.locator('.view-line', { hasText: '# wengert: at t=3' }).waitFor();
    await viewer.locator('.input[data-input="t"] .origin', { hasText: 'directive' }).waitFor({ state: 'attached' });
    assert.equal(await viewer.locator('.input[data-input="t"]').getByLabel('value of t').inputValue(), '3');
    await stays('decay');
    // Written over from now on: there is one directive for one value.
    await viewer.locator('.input[data-input="t"]').getByLabel('value of t').fill('4');
    await code.page.keyboard.press('Enter');
    await viewer.getByRole('button', { name: 'Write this value into the document' }).click();
    await code.page.locator('.view-line', { hasText: 'at t=4' }).waitFor();
    assert.equal(await code.page.locator('.view-line', { hasText: 'wengert:' }).count(), 1);
  });

  it('keeps the view of each document, also through a reload', async () => {
    await code.openFile('pair.py');
    await code.clickWord('return math.sin(k * x)', 'sin');
    await shows('wave', '0.9093');
    await viewer.getByRole('tab', { name: 'Graph' }).click();
    await code.openFile('line.md');
    await code.clickWord('is $y = k x^2$', 'x');
    await shows('y', '10');
    await viewer.getByRole('tab', { name: 'Paths' }).click();
    await code.openFile('pair.py');
    await code.clickWord('return math.sin(k * x)', 'sin');
    await shows('wave', '0.9093');
    await viewer.locator('[role=tab][aria-selected=true]', { hasText: 'Graph' }).waitFor();
    const loaded = code.page.waitForEvent('load');
    await code.palette('Developer: Reload Window');
    await loaded;
    await shows('wave', '0.9093');
    await viewer.locator('[role=tab][aria-selected=true]', { hasText: 'Graph' }).waitFor();
    await code.openFile('line.md');
    await code.clickWord('is $y = k x^2$', 'x');
    await shows('y', '10');
    await viewer.locator('[role=tab][aria-selected=true]', { hasText: 'Paths' }).waitFor();
  });

  it('in a second panel, while the first is pinned', async () => {
    await viewer.getByRole('button', { name: 'Pin this trace' }).click();
    await code.openFile('pair.py');
    await code.clickWord('return math.exp(t) / 2', 'exp');
    await code.palette('Wengert: Open Trace');
    await code.page.locator('.tab', { hasText: 'Trace: growth' }).waitFor();
    await code.page.locator('.tab', { hasText: 'Trace: y' }).waitFor();
    await code.clickWord('return math.sin(k * x)', 'sin');
    await code.page.locator('.tab', { hasText: 'Trace: wave' }).waitFor();
    assert.equal(await code.page.locator('.tab', { hasText: 'Trace: y' }).count(), 1);
    await code.screenshot('viewer-pinned-and-following');
  });

  it('leaves no complaint in the window', () => assert.deepEqual(code.complaints, []));
});
