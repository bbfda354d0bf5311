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
const WIDTHS = [320, 480, 720, 1100, 1600];
/** Within so many pixels stand the output, the gradient by each input shown, and what fails. */
const ANSWER = 160;
/** Documents whose views have every colour. */
const COLOURFUL: readonly DocumentName[] = ['update', 'two layers', 'wrong gradient', 'exclusive or', 'six sigmoids'];
const axe = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** In the page: shows each view of each trace, and collects what is wrong with it. */
interface Tour {
  tour(
    measure: () => string[] | Promise<string[]>,
    names?: readonly string[],
    tabs?: readonly string[],
  ): Promise<string[]>;
}

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
    // One message a tour and not several a view: most of the time would go into them.
    await page.evaluate(() => {
      const all = JSON.parse(document.getElementById('wengert-recordings')?.textContent ?? '[]') as Recording[];
      (window as unknown as Tour).tour = async (measure, names, tabs) => {
        const { wengert } = window;
        if (!wengert) return ['there is no viewer'];
        const faults: string[] = [];
        let views = 0;
        for (const recording of all) {
          if (names && !names.includes(recording.name)) continue;
          wengert.show(recording);
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          const open = wengert.session.open.value;
          for (const tab of open ? wengert.views(open) : ['none']) {
            if (tabs && !tabs.includes(tab)) continue;
            wengert.session.tab.value = tab;
            await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            views++;
            for (const fault of await measure()) faults.push(`${recording.name}, ${tab}: ${fault}`);
          }
        }
        return views > 0 ? faults : ['nothing was shown'];
      };
    });
  });
  after(() => viewer?.close());
  afterEach(() => assert.deepEqual(viewer.complaints, []));

  const settled = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const show = async (name: string, tab: string): Promise<void> => {
    await page.evaluate(
      ([what, id]) => {
        const { wengert } = window;
        wengert?.show(what as never);
        if (wengert) wengert.session.tab.value = id as string;
      },
      [shown.get(name), tab] as const,
    );
    await settled();
  };
  const look = async (theme: string, width: number, height: number): Promise<void> => {
    await page.setViewportSize({ width, height });
    await page.evaluate((name) => (document.body.className = name), theme);
  };

  // A theme changes borders and so what has room; the narrowest width is looked at in each.
  for (const theme of THEMES)
    for (const width of theme === THEMES[0] ? WIDTHS : WIDTHS.slice(0, 1))
      it(`keeps within ${width} pixels in ${theme}, the answer within ${ANSWER} from the top`, async function () {
        this.timeout(120_000);
        await look(theme, width, 640);
        const faults = await page.evaluate(
          (most) =>
            (window as unknown as Tour).tour(() => {
              const wide = [
                document.documentElement,
                ...document.querySelectorAll('.header, main, main section, .scroll-view, .trace-scroll'),
              ]
                .filter((element) => element.scrollWidth > element.clientWidth)
                .map((element) => `${element.tagName} ${element.className}: ${element.scrollWidth}`);
              if (!window.wengert?.session.open.value) return wide;
              const parts = document.querySelectorAll('.header :is(.answer, .remarks .fail, .input, .tensor-input)');
              const end = Math.max(...[...parts].map((part) => Math.round(part.getBoundingClientRect().bottom)));
              return end > 0 && end <= most ? wide : [...wide, `the answer ends at ${end} px`];
            }),
          ANSWER,
        );
        assert.deepEqual(faults, []);
      });

  for (const theme of THEMES)
    it(`has no serious accessibility fault in ${theme}`, async function () {
      this.timeout(240_000);
      await look(theme, 720, 900);
      interface Axe {
        run(root: Document, options: object): Promise<Result>;
      }
      interface Result {
        violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
      }
      const check = (rules: object, names: readonly string[]) =>
        page.evaluate(
          ([options, which]) =>
            (window as unknown as Tour).tour(
              async () => {
                const { axe: tool } = window as unknown as { axe: Axe };
                const { violations } = await tool.run(document, options as object);
                return violations
                  .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                  .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`);
              },
              which as readonly string[],
            ),
          [rules, names] as const,
        );
      const result = { resultTypes: ['violations'] };
      // Themes differ in colours alone, and what has every colour has been measured when its contrasts have.
      const faults = await check({ ...result, runOnly: ['color-contrast'] }, COLOURFUL);
      if (theme === THEMES[0]) {
        const rules = { region: { enabled: false }, 'color-contrast': { enabled: false } };
        faults.push(...(await check({ ...result, rules }, [...shown.keys()])));
      }
      assert.deepEqual(faults, []);
    });

  for (const width of [480, 900])
    it(`texts on the edges of graphs stand apart, ${width} pixels wide`, async function () {
      this.timeout(120_000);
      await look('vscode-light', width, 640);
      const faults = await page.evaluate(() =>
        (window as unknown as Tour).tour(
          () => {
            const texts = [...document.querySelectorAll('.graph .edges text, .graph .node .body:not(.back)')].map(
              (text) => [text.textContent, text.getBoundingClientRect()] as const,
            );
            return texts.flatMap(([one, a], i) =>
              texts.slice(i + 1).flatMap(([other, b]) => {
                const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                // A box holds the line's full height; digits fill its middle.
                return across > 3 && down > 0.4 * Math.min(a.height, b.height)
                  ? [`${one} on ${other}, ${Math.round(across)} × ${Math.round(down)}`]
                  : [];
              }),
            );
          },
          undefined,
          ['graph'],
        ),
      );
      assert.deepEqual(faults, []);
    });

  // No test, but what a person looks at: some two thousand pictures.
  if (process.env['WENGERT_PICTURES'])
    it('pictures', async function () {
      this.timeout(1_800_000);
      const views = await page.evaluate(async () => {
        const seen: string[] = [];
        await (window as unknown as Tour).tour(() => {
          seen.push(window.wengert?.session.tab.value ?? '');
          return [];
        });
        return [...new Set(seen)];
      });
      for (const theme of THEMES)
        for (const width of WIDTHS) {
          await look(theme, width, 640);
          for (const name of shown.keys())
            for (const tab of views) {
              await show(name, tab);
              const file = `every-${theme}-${width}-${name}-${tab}`.replace(/\s/g, '-');
              await page.screenshot({ path: screenshotFile(file) });
            }
        }
    });

  it('remarks on a step are marked at every width, and told in full when it is selected', async () => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 640 });
      await show('zero times infinity', 'trace');
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
      await show('two variables', 'trace');
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
    await show('update', 'trace');
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
