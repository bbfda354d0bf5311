// Every view of every kind of trace in the viewer alone in a page: themes, widths, accessibility.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { Recording } from '../../src/export/recording';
import { type DocumentName, documents, record } from '../webview/fixtures/documents';
import { recordings } from '../webview/fixtures/recordings';
import type {} from '../../webview/standalone';
import { screenshotFile } from '../support/screenshots';
import { launchPage, type Standalone } from './support/standalone';

const THEMES = ['vscode-light', 'vscode-dark', 'vscode-high-contrast', 'vscode-high-contrast-light'];
const WIDTHS = [320, 480, 720, 1200];
/** Within so many pixels stand the output, the gradient by each input shown, and what fails. */
const ANSWER = 160;
/** Documents whose views have every colour. */
const COLOURFUL: readonly DocumentName[] = ['update', 'two layers', 'wrong gradient', 'exclusive or', 'six sigmoids'];
const axe = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

describe('every view', () => {
  let viewer: Standalone;
  let page: Page;
  const shown = new Map<string, Recording>();
  before(async function () {
    this.timeout(120_000);
    for (const recording of recordings()) shown.set(recording.name, recording);
    for (const name of Object.keys(documents) as DocumentName[]) shown.set(name, await record(name));
    viewer = await launchPage({ shown: [...shown.values()], query: '?theme=vscode-light&bar=no' });
    page = viewer.page;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.evaluate(axe);
  });
  after(() => viewer?.close());
  afterEach(() => assert.deepEqual(viewer.complaints, []));

  const settled = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const show = async (name: string): Promise<readonly string[]> => {
    await page.evaluate((what) => window.wengert?.show(what as never), shown.get(name));
    await settled();
    return page.evaluate(() => {
      const open = window.wengert?.session.open.value;
      return open && window.wengert ? window.wengert.views(open) : ['none'];
    });
  };
  const choose = async (tab: string): Promise<void> => {
    await page.evaluate((id) => void (window.wengert && (window.wengert.session.tab.value = id)), tab);
    await settled();
  };

  // A theme changes borders and so what has room; the narrowest width is looked at in each.
  for (const theme of THEMES)
    for (const width of theme === THEMES[0] ? WIDTHS : WIDTHS.slice(0, 1))
      it(`keeps within ${width} pixels in ${theme}`, async function () {
        this.timeout(120_000);
        await page.setViewportSize({ width, height: 640 });
        await page.evaluate((name) => (document.body.className = name), theme);
        const faults: string[] = [];
        for (const name of shown.keys()) {
          for (const tab of await show(name)) {
            await choose(tab);
            const tooWide = await page.evaluate(() => {
              const wide = [
                document.documentElement,
                ...document.querySelectorAll('.header, main, main section, .scroll-view, .trace-scroll'),
              ];
              return wide
                .filter((element) => element.scrollWidth > element.clientWidth)
                .map((element) => `${element.tagName} ${element.className}: ${element.scrollWidth}`);
            });
            faults.push(...tooWide.map((what) => `${name}, ${tab}: ${what}`));
            const ends = await page
              .locator('.header :is(.answer, .remarks .fail, .input, .tensor-input)')
              .evaluateAll((parts) => parts.map((part) => Math.round(part.getBoundingClientRect().bottom)));
            if (Math.max(0, ...ends) > ANSWER)
              faults.push(`${name}, ${tab}: the answer ends at ${Math.max(...ends)} px`);
            if (theme === THEMES[0])
              await page.screenshot({ path: screenshotFile(`every-${width}-${name}-${tab}`.replace(/\s/g, '-')) });
          }
        }
        assert.deepEqual(faults, []);
      });

  for (const theme of THEMES)
    it(`has no serious accessibility fault in ${theme}`, async function () {
      this.timeout(240_000);
      await page.setViewportSize({ width: 720, height: 900 });
      await page.evaluate((name) => (document.body.className = name), theme);
      const faults: string[] = [];
      // Themes differ in colours alone.
      const rules = theme === THEMES[0] ? undefined : ['color-contrast'];
      const names = rules ? COLOURFUL : Object.keys(documents);
      for (const name of names) {
        for (const tab of await show(name)) {
          await choose(tab);
          const violations = await page.evaluate(async (only) => {
            const { axe: tool } = window as unknown as { axe: { run: (...args: unknown[]) => Promise<Violations> } };
            interface Violations {
              violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
            }
            const options = { resultTypes: ['violations'], rules: { region: { enabled: false } } };
            const { violations: found } = await tool.run(document, only ? { ...options, runOnly: only } : options);
            return found
              .filter(({ impact }) => impact === 'serious' || impact === 'critical')
              .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`);
          }, rules);
          faults.push(...violations.map((what) => `${name}, ${tab}: ${what}`));
        }
      }
      assert.deepEqual(faults, []);
    });

  for (const width of [480, 900])
    it(`texts on the edges of graphs stand apart, ${width} pixels wide`, async function () {
      this.timeout(120_000);
      await page.setViewportSize({ width, height: 640 });
      await page.evaluate(() => (document.body.className = 'vscode-light'));
      const faults: string[] = [];
      for (const name of shown.keys()) {
        if (!(await show(name)).includes('graph')) continue;
        await choose('graph');
        const texts = await page
          .locator('.graph .edges text, .graph .node .body:not(.back)')
          .evaluateAll((found) =>
            found.map((text) => [text.textContent, text.getBoundingClientRect().toJSON() as DOMRect] as const),
          );
        texts.forEach(([one, a], i) =>
          texts.slice(i + 1).forEach(([other, b]) => {
            const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            // A box holds the line's full height; digits fill its middle.
            if (across > 3 && down > 0.4 * Math.min(a.height, b.height))
              faults.push(`${name}: ${one} on ${other}, ${Math.round(across)} × ${Math.round(down)}`);
          }),
        );
      }
      assert.deepEqual(faults, []);
    });

  it('remarks on a step are marked at every width, and told in full when it is selected', async () => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 640 });
      await show('zero times infinity');
      await choose('trace');
      const marked = page.locator('tr.step:has(.note-mark)');
      assert.ok((await marked.count()) >= 2);
      assert.ok(await marked.first().locator('.note-mark').isVisible());
      await page.locator('tr.step', { hasText: 'np.sqrt(x)' }).first().locator('.c-step').click();
      await settled();
      await page.screenshot({ path: screenshotFile(`remarks-${width}`) });
      assert.match(
        await page.locator('.notes').innerText(),
        /0 · ∞ is taken as 0: nothing flows back through this step/,
      );
    }
  });

  it('drawings follow colours that the system forces', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    try {
      await page.evaluate(() => (document.body.className = 'vscode-high-contrast'));
      await show('two variables');
      await choose('trace');
      const ink = await page.evaluate(() => getComputedStyle(document.body).color);
      const drawn = await page.evaluate(() =>
        ['.along .curve', '.arcs path', '.play .icon'].map(
          (selector) => getComputedStyle(document.querySelector(selector) as Element).stroke,
        ),
      );
      assert.deepEqual(drawn, [ink, ink, ink]);
    } finally {
      await page.emulateMedia({ forcedColors: 'none' });
    }
  });

  it('an update is told in each of its readings', async () => {
    await page.setViewportSize({ width: 720, height: 640 });
    await show('update');
    await choose('trace');
    const rows = await page
      .locator('.update tbody tr')
      .evaluateAll((found) =>
        found.map((row) =>
          [...row.children].map((cell) => (cell as HTMLElement).innerText.replace(/\s+/g, ' ').trim()),
        ),
      );
    // By hand: L = ½ (w₂ w₁ − 1)² at ½, ½; rate 0.1; w₂ goes to 0.5375 first.
    const before = (0.25 - 1) * 0.5;
    const partly = (0.25 - 1) * 0.5375;
    const anew = (0.5375 * 0.5 - 1) * 0.5375;
    const text = (x: number) => x.toFixed(4).replace('-', '−');
    assert.deepEqual(rows, [
      ['all at once, as traced', '0.5000', text(before), text(0.5 - 0.1 * before)],
      ['after w2, in one backward pass', '0.5000', text(partly), text(0.5 - 0.1 * partly)],
      ['after w2, evaluated anew', '0.5000', text(anew), text(0.5 - 0.1 * anew)],
    ]);
    await page.locator('.readings summary').click();
    assert.ok((await page.locator('.readings li').count()) > 0);
  });
});
