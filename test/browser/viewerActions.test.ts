// What a reader does with the viewer beyond looking: menus, copies, choices, arrays in full, pages in one file.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { inRoot } from '../../scripts/lib/root.mjs';
import { pageInOneFile } from '../../src/export/page';
import type { Recording } from '../../src/export/recording';
import type { FromViewer, MatrixView } from '../../src/protocol';
import { recordings } from '../webview/fixtures/recordings';
import { screenshotFile } from '../support/screenshots';
import type {} from '../../webview/standalone';
import { openPage } from './support/browser';
import type { Standalone } from './support/standalone';
import { launchPage } from './support/standalone';

describe('viewer, actions', () => {
  let viewer: Standalone;
  let page: Page;
  before(async () => {
    viewer = await launchPage({ query: '?theme=vscode-light&bar=no' });
    page = viewer.page;
    await page.setViewportSize({ width: 900, height: 620 });
  });
  after(() => viewer?.close());
  afterEach(() => assert.deepEqual(viewer.complaints, []));

  const show = async (name: string, tab = 'trace'): Promise<void> => {
    const recording = recordings().find((r) => r.name === name);
    assert.ok(recording, name);
    await page.evaluate(
      ([what, view]) => {
        const { wengert } = window;
        wengert?.show(what as never);
        if (wengert) {
          wengert.session.selected.value = undefined;
          wengert.session.tab.value = view as string;
        }
      },
      [recording, tab] as const,
    );
    await settled();
  };
  const settled = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const row = (step: number) => page.locator(`tr[data-position="${step - 1}"]`);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const choose = async (label: string) => {
    await page.locator('.menu').getByText(label, { exact: true }).click();
    await settled();
  };

  describe('menus', () => {
    it('copy the number and the formula that the reader points at', async () => {
      await show('two variables');
      await row(2).locator('td.c-adjoint .num').first().click({ button: 'right' });
      await choose('Copy the gradient (adjoint)');
      assert.equal(await clipboard(), String(2 - Math.cos(5)));
      assert.match(await page.locator('.said').innerText(), /Copied the gradient \(adjoint\) of v2/);
      await row(4).locator('td.c-primal').click({ button: 'right' });
      await choose('Copy the formula of the value');
      assert.equal(await clipboard(), 'v_{4} = v_{1} v_{2}');
    });

    it('are walked with the keyboard, and give the focus back', async () => {
      await show('two variables');
      await row(3).focus();
      await row(3).click();
      await page.keyboard.press('Shift+F10');
      await page.locator('.menu').waitFor();
      assert.equal(await focusedText(), 'Copy the value');
      await page.keyboard.press('End');
      assert.equal(await focusedText(), 'Copy the source');
      await page.keyboard.press('ArrowDown');
      assert.equal(await focusedText(), 'Copy the value');
      await page.keyboard.press('Escape');
      await page.locator('.menu').waitFor({ state: 'detached' });
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-position')), '2');
    });

    it('close with a click elsewhere', async () => {
      await show('two variables');
      await page.getByRole('button', { name: 'Copy or save this view' }).click();
      await page.locator('.menu').waitFor();
      await page.mouse.click(450, 550);
      await page.locator('.menu').waitFor({ state: 'detached' });
    });

    const focusedText = () => page.evaluate(() => document.activeElement?.children[1]?.textContent);
  });

  for (const [tab, formats] of [
    ['trace', { Markdown: /^### y\n\n\| source/, LaTeX: /\\toprule/, CSV: /^traceable,index/, JSON: /^\{/ }],
    ['graph', { SVG: /^<svg xmlns/, TikZ: /\\begin\{tikzpicture\}/, DOT: /^digraph/ }],
    ['paths', { Markdown: /5\.000 × 1|5 × 1/, CSV: /^input,path,/ }],
    ['derivatives', { LaTeX: /\\begin\{align\*\}[^]*x_1 - \\cos x_2 = 1\.716/, SVG: /<svg[^]*<svg/ }],
    ['cost', { Markdown: /Reverse mode/ }],
  ] as const) {
    it(`the ${tab} is copied in every format that it has`, async () => {
      await show('two variables', tab);
      for (const [format, pattern] of Object.entries(formats)) {
        await page.getByRole('button', { name: 'Copy or save this view' }).click();
        await choose(format);
        const text = await clipboard();
        assert.match(text, pattern, format);
        if (format !== 'SVG') continue;
        // A drawing is a document of its own, and says nothing of the page that it came from.
        const other = await openPage();
        const parsed = await other.page.evaluate(
          (svg) => new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror')?.textContent,
          text,
        );
        await other.page.context().close();
        assert.equal(parsed, undefined);
        assert.ok(!/var\(|class="(plot|curve)/.test(text));
      }
    });
  }

  it('a check is copied as a table', async () => {
    await show('arrays', 'check');
    await page.getByRole('button', { name: 'Copy or save this view' }).click();
    await choose('CSV');
    assert.match(await clipboard(), /params\['W1'\],fail,0\.92/);
  });

  it('copies hold the numbers that are on the screen, moved inputs included', async () => {
    await show('two variables');
    const field = page.locator('input.field').first();
    await field.fill('3');
    await field.press('Enter');
    await page.getByRole('button', { name: 'Copy or save this view' }).click();
    await choose('JSON');
    const copied = JSON.parse(await clipboard()) as { gradient: Record<string, number>; steps: { value: number }[] };
    assert.equal(copied.steps[3]?.value, 15);
    assert.ok(Math.abs((copied.gradient['x1'] ?? NaN) - (1 / 3 + 5)) < 1e-12);
  });

  it('an array opens in full: numbers, statistics, histogram', async () => {
    await show('arrays');
    await row(5).click();
    const inspector = page.locator('.inspector');
    await inspector.waitFor();
    assert.ok((await inspector.locator('.grid').count()) >= 2);
    assert.match(await inspector.locator('.statistics').first().innerText(), /min[^]*mean[^]*max[^]*max \|·\|/);
    assert.ok((await inspector.locator('.histogram').count()) >= 1);
    await inspector.getByRole('button', { name: 'as a picture' }).first().click();
    await inspector
      .locator('canvas')
      .first()
      .hover({ position: { x: 4, y: 4 } });
    assert.match(await inspector.locator('.readout').first().innerText(), /\[0, 0\] = −?\d/);
    await inspector.locator('td[data-full]').first().click({ button: 'right' });
    await choose('Copy as NumPy');
    assert.match(await clipboard(), /^np\.array\(\[\[/);
    await page.getByRole('button', { name: 'Close' }).click();
    await inspector.waitFor({ state: 'detached' });
  });

  it('views that have no room are in a menu', async () => {
    await page.setViewportSize({ width: 320, height: 620 });
    await show('two variables');
    assert.ok((await page.locator('[role=tab]').count()) < 6);
    await page.getByRole('button', { name: 'More views' }).click();
    await choose('Cost');
    assert.equal(await page.locator('[role=tab][aria-selected=true]').innerText(), 'Cost');
    const [tab, bar] = await Promise.all([
      page.locator('[role=tab][aria-selected=true]').boundingBox(),
      page.locator('.tabs').boundingBox(),
    ]);
    assert.ok(tab && bar && tab.x + tab.width <= bar.x + bar.width + 1);
    await page.setViewportSize({ width: 900, height: 620 });
  });

  describe('with an editor', () => {
    /** Messages that the page sends from now on. */
    const listen = () =>
      page.evaluate(() => {
        const store = window as unknown as { sent: FromViewer[] };
        store.sent = [];
        window.addEventListener('wengert', (event) => store.sent.push((event as CustomEvent).detail as FromViewer));
        // The standalone page plays an editor's part here.
        Object.defineProperty(window.wengert?.session, 'alone', { value: false, configurable: true });
      });
    const sent = <T extends FromViewer['type']>(type: T) =>
      page.evaluate(
        (wanted) => (window as unknown as { sent: FromViewer[] }).sent.filter((message) => message.type === wanted),
        type,
      ) as Promise<Extract<FromViewer, { type: T }>[]>;
    before(listen);
    after(() => page.evaluate(() => delete (window.wengert?.session as unknown as Record<string, unknown>)['alone']));

    it('asks for another output and other inputs', async () => {
      await show('two variables');
      await row(4).click({ button: 'right' });
      await choose('Differentiate this');
      await page.evaluate(() =>
        window.wengert?.receive({ type: 'opened', reply: 1, answer: { state: 'nothing', traceables: [] } }),
      );
      const [first] = await sent('open');
      assert.equal(first?.address.of, 'x_1 x_2');
      await show('two variables');
      await row(2).click({ button: 'right' });
      await choose('Differentiate only by this');
      const second = (await sent('open')).at(-1);
      assert.deepEqual([second?.address.wrt, second?.address.tangent], [['x2'], 'x2']);
    });

    it('pauses, says how far the document has moved on, and goes on', async () => {
      await show('two variables');
      await page.getByRole('button', { name: /^Pause/ }).click();
      assert.deepEqual(await sent('pause'), [{ type: 'pause', paused: true }]);
      await page.evaluate(() => window.wengert?.receive({ type: 'behind', edits: 3 }));
      await settled();
      assert.equal(await page.locator('.follow').innerText(), 'Paused, 3 edits behind');
      await page.getByRole('button', { name: 'Go on with the document' }).click();
      assert.equal((await sent('pause')).length, 2);
    });

    it('goes back and forward', async () => {
      await show('two variables');
      assert.equal(await page.getByRole('button', { name: /^Back to/ }).count(), 0);
      const recording = recordings()[0] as Recording;
      await page.evaluate(
        (what) =>
          window.wengert?.receive({
            type: 'show',
            ...(what as Recording),
            pinned: false,
            history: { back: true, forward: false },
          } as never),
        recording,
      );
      await settled();
      await page.getByRole('button', { name: /^Back to/ }).click();
      assert.deepEqual(await sent('history'), [{ type: 'history', by: -1 }]);
      assert.ok(await page.getByRole('button', { name: /^Forward/ }).isDisabled());
    });

    it('selects the step of an expression that is selected in the source', async () => {
      await show('two variables');
      await page.evaluate(() => window.wengert?.receive({ type: 'cursor', row: 3, select: true }));
      await settled();
      assert.equal(await row(4).getAttribute('aria-selected'), 'true');
    });

    it('shows a Jacobian, and how its columns and rows come about', async () => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      const recording = structuredClone(recordings().find((r) => r.name === 'arrays')) as Recording;
      assert.ok(recording.answer.state === 'data');
      const { trace } = recording.answer;
      const hidden = trace.rows.find((step) => typeof step.value === 'object' && step.operands.length > 0);
      assert.ok(hidden && typeof hidden.value === 'object');
      const output = { ...trace.output, row: hidden.row, name: 'H', tex: 'H', value: hidden.value };
      const matrix: MatrixView = {
        state: 'data',
        rows: 2,
        columns: 3,
        mode: 'reverse',
        sweeps: 2,
        entries: [1, -2, 'NaN', 0, 4, 5],
      };
      const [input] = trace.inputs;
      await page.evaluate(
        (what) => {
          window.wengert?.show(what as never);
          if (window.wengert) window.wengert.session.tab.value = 'derivatives';
        },
        {
          ...recording,
          answer: { state: 'data', trace: { ...trace, output } },
          matrices: [{ row: input?.row, kind: 'jacobian', matrix }],
        },
      );
      const section = page.getByRole('region', { name: 'Jacobian' });
      await section.locator('canvas').waitFor();
      await section.locator('canvas').hover({ position: { x: 33, y: 10 } });
      assert.match(await section.locator('.readout').innerText(), /^∂H\[0, 0\] \/ ∂.*\[0, 1\] = −2$/);
      assert.match(await section.locator('.ways').innerText(), /3 sweeps[^]*2 sweeps[^]*reverse is shorter here/);
      await section.getByRole('button', { name: /by column, forward/ }).click();
      await settled();
      await page.emulateMedia({ reducedMotion: null });
    });
  });

  describe('a page in one file', () => {
    const file = screenshotFile('page-in-one-file', 'html');
    before(async () => {
      const read = async (name: string) => new Uint8Array(await readFile(inRoot('dist', ...name.split('/'))));
      await writeFile(
        file,
        await pageInOneFile({ title: 'Two variables', recordings: recordings().slice(0, 2), read }),
      );
    });

    it('works from a file, alone, and asks for nothing', async () => {
      const opened = await openPage();
      const requests: string[] = [];
      opened.page.on('request', (request) => {
        if (!/^(file|data):/.test(request.url())) requests.push(request.url());
      });
      await opened.page.goto(`${pathToFileURL(file).href}?theme=vscode-dark`);
      await opened.page.locator('table.trace .katex').first().waitFor();
      await opened.page.evaluate(() => document.fonts.ready);
      assert.ok(await opened.page.evaluate(() => document.fonts.check('16px KaTeX_Math')));
      const field = opened.page.locator('input.field').first();
      await field.fill('3');
      await field.press('Enter');
      await opened.page.locator('.input-gradient .result', { hasText: '5.333' }).waitFor();
      await opened.page.getByRole('tab', { name: 'Graph' }).click();
      await opened.page.locator('.graph .node').first().waitFor();
      // Nobody is there to follow or to write to.
      for (const name of [/Pin/, /Pause/, /Write/])
        assert.equal(await opened.page.getByRole('button', { name }).count(), 0);
      await opened.page.screenshot({ path: path.join(path.dirname(file), 'page-in-one-file.png') });
      assert.deepEqual(opened.complaints, []);
      assert.deepEqual(requests, []);
      await opened.page.context().close();
    });

    it('runs no script but its own', async () => {
      const html = await readFile(file, 'utf8');
      const attacked = file.replace('.html', '-attacked.html');
      await writeFile(
        attacked,
        html.replace(
          '</body>',
          '<script>window.attacked = true</script><img src=x onerror="window.attacked = true"></body>',
        ),
      );
      const opened = await openPage();
      await opened.page.goto(pathToFileURL(attacked).href);
      await opened.page.locator('table.trace').waitFor();
      assert.equal(await opened.page.evaluate(() => (window as { attacked?: boolean }).attacked), undefined);
      assert.ok(opened.complaints.length > 0);
      await opened.page.context().close();
    });
  });
});
