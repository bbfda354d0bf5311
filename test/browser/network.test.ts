// Networks and training in the viewer alone in a page: recorded by the service from the test's own documents.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Recording } from '../../src/export/recording';
import { createLanguageService } from '../../src/service';
import type {} from '../../webview/standalone';
import { inRoot } from '../../scripts/lib/root.mjs';
import { screenshotFile } from '../support/screenshots';
import { launchPage, type Standalone } from './support/standalone';

const THEMES = ['vscode-light', 'vscode-dark', 'vscode-high-contrast', 'vscode-high-contrast-light'];
const WIDTHS = [320, 420, 560, 900, 1600];
const axe = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

async function recorded(file: string, traceable: string, folder = 'test/service/networks'): Promise<Recording> {
  const service = createLanguageService({ text: async () => null, bytes: async () => null, roots: async () => [] });
  const uri = `file:///${path.basename(file)}`;
  const text = readFileSync(inRoot(folder, file), 'utf8');
  await service.update({ uri, languageId: 'python', version: 1, text });
  const answer = await service.openTrace({ uri, traceable });
  assert.equal(answer.state, 'data', traceable);
  if (answer.state !== 'data') throw new Error('unreachable');
  const network = await service.network(answer.trace.lease);
  const training = await service.training({ uri });
  return {
    name: traceable,
    uri,
    file,
    answer,
    ...(network ? { network } : {}),
    ...(training.state === 'data' ? { training: training.training } : {}),
  };
}

describe('network and training', () => {
  let viewer: Standalone;
  let page: Page;
  const shown = new Map<string, Recording>();
  before(async function () {
    this.timeout(120_000);
    for (const [file, name] of [
      ['deep.py', 'with_sigmoid'],
      ['deep.py', 'with_tanh'],
      ['deep.py', 'saturated_second'],
      ['deep.py', 'dead_third'],
      ['activations.py', 'hard_step'],
      ['activations.py', 'swinging'],
      ['activations.py', 'smooth'],
    ] as const)
      shown.set(name, await recorded(file, name));
    shown.set('perceptron', await recorded('perceptron.py', 'w', 'examples'));
    shown.set('exclusive or', await recorded('exclusive_or.py', 'loss', 'examples'));
    viewer = await launchPage({ shown: [...shown.values()], query: '?theme=vscode-light&bar=no' });
    page = viewer.page;
  });
  after(() => viewer?.close());
  afterEach(() => assert.deepEqual(viewer.complaints, []));

  const show = async (name: string, tab: string): Promise<void> => {
    const recording = shown.get(name);
    assert.ok(recording, name);
    await page.evaluate(
      ([what, view]) => {
        const { wengert } = window;
        wengert?.show(what as never);
        if (wengert) wengert.session.tab.value = view as string;
      },
      [recording, tab] as const,
    );
    await page.locator(`#tab-${tab}[aria-selected="true"]`).waitFor();
    await settled();
  };
  /** As in the editor, where somebody is there to evaluate. */
  const inCompany = () =>
    page.evaluate(() => Object.defineProperty(window.wengert?.session ?? {}, 'alone', { value: false }) && undefined);
  const settled = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const inTheme = (theme: string) => page.evaluate((name) => (document.body.className = name), theme);

  it('opens with the finding, and marks the layer that it names', async () => {
    await page.setViewportSize({ width: 900, height: 760 });
    await show('saturated_second', 'network');
    assert.match(
      await page.locator('.say.finding').innerText(),
      /Units are saturated\. 138 of the 160 values of layer 2/,
    );
    assert.match(await page.locator('.layers tr.blamed').innerText(), /138 of 160/);
    assert.equal(await page.locator('.layers tr.chosen button[aria-pressed="true"]').count(), 1);
    assert.match(await page.locator('.layer-details h2').innerText(), /^Layer 2/);
    assert.equal(await page.locator('.layers tbody tr').count(), 6);
  });

  it('a healthy network is said to be one', async () => {
    await show('with_tanh', 'network');
    assert.match(await page.locator('.say.finding').innerText(), /Nothing stands out/);
  });

  it('chooses layers by keyboard, and reveals their source', async () => {
    await show('with_tanh', 'network');
    const messages = page.evaluate(
      () =>
        new Promise<{ type: string }[]>((done) => {
          const all: { type: string }[] = [];
          window.addEventListener('wengert', (event) => {
            all.push((event as CustomEvent).detail as { type: string });
            if (all.length === 2) done(all);
          });
        }),
    );
    await page.locator('.layers tbody tr:nth-child(4) button').focus();
    await page.keyboard.press('Enter');
    assert.deepEqual(
      (await messages).map((m) => m.type),
      ['highlight', 'reveal'],
    );
    assert.match(await page.locator('.layer-details h2').innerText(), /^Layer 4/);
  });

  it('a dead layer: zeros are written, not drawn', async () => {
    await show('dead_third', 'network');
    assert.match((await page.locator('.layers tbody tr:nth-child(1) .range').textContent()) as string, /0 everywhere/);
  });

  it('a parameter behind a decision is not connected, in words', async () => {
    await show('hard_step', 'network');
    assert.match(await page.locator('.layers tbody tr:nth-child(1)').innerText(), /not connected/);
    assert.match(await page.locator('.say.finding').innerText(), /only through a decision/);
  });

  it('copies as table, drawing and graph', async () => {
    await show('with_tanh', 'network');
    await page.locator('button[aria-label^="Copy"], button[title^="Copy"]').first().click();
    const items = await page.locator('.menu button').allInnerTexts();
    for (const format of ['Markdown', 'LaTeX', 'CSV', 'JSON', 'SVG', 'DOT'])
      assert.ok(
        items.some((item) => item.includes(format)),
        `${format} is not among ${items.join(', ')}`,
      );
    await page.keyboard.press('Escape');
  });

  it('training: the loss, the line of a perceptron, and a turn to look at', async () => {
    await page.setViewportSize({ width: 900, height: 760 });
    await show('perceptron', 'training');
    assert.match(await page.locator('.findings').innerText(), /takes mistakes from 3 to 0 in 7 turns/);
    const slider = page.locator('.turn-bar input[type="range"]').first();
    await slider.focus();
    await page.keyboard.press('Home');
    assert.match(
      await page.locator('.training figcaption').last().innerText(),
      /when turn 0 begins: [1-9] of 9 on the wrong side/,
    );
    await page.keyboard.press('End');
    assert.match(
      await page.locator('.training figcaption').last().innerText(),
      /at the end: every point is on its side/,
    );
    assert.match(await page.locator('.tracks tbody tr').first().innerText(), /\(6\.40, 5\.70\)/);
  });

  it('training: another learning rate is asked for, and its loss drawn beside', async () => {
    await inCompany();
    await show('exclusive or', 'training');
    const question = page.evaluate(
      () =>
        new Promise<{ type: string; address: { set: object } }>((done) =>
          window.addEventListener('wengert', (event) => done((event as CustomEvent).detail), { once: true }),
        ),
    );
    await page.locator('.rate input[type="number"]').fill('0.05');
    await page.keyboard.press('Enter');
    const asked = await question;
    assert.equal(asked.type, 'training');
    assert.deepEqual(asked.address.set, { learning_rate: 0.05 });
    await page.locator('.plot.loss .curve.other').waitFor();
  });

  it('training: a turn is opened as a trace', async () => {
    await show('exclusive or', 'training');
    const question = page.evaluate(
      () =>
        new Promise<{ type: string; address: { moment: number[] } }>((done) =>
          window.addEventListener('wengert', (event) => {
            const message = (event as CustomEvent).detail as { type: string };
            if (message.type === 'open') done(message as never);
          }),
        ),
    );
    await page.locator('.turn-bar input[type="range"]').first().fill('120');
    await page.getByText('Open this turn as a trace').click();
    assert.deepEqual((await question).address.moment, [120]);
  });

  const scenes = [
    ['with_sigmoid', 'network'],
    ['saturated_second', 'network'],
    ['dead_third', 'network'],
    ['hard_step', 'network'],
    ['swinging', 'network'],
    ['perceptron', 'training'],
    ['exclusive or', 'training'],
  ] as const;

  for (const theme of THEMES) {
    it(`has no serious accessibility fault in ${theme}`, async function () {
      this.timeout(120_000);
      await page.setViewportSize({ width: 900, height: 900 });
      await inTheme(theme);
      await page.evaluate(axe);
      for (const [name, tab] of scenes) {
        await show(name, tab);
        const violations = await page.evaluate(async () => {
          interface Found {
            id: string;
            impact: string;
            nodes: { html: string; failureSummary: string }[];
          }
          const { axe: tool } = window as unknown as {
            axe: { run: (context: Document, options: object) => Promise<{ violations: Found[] }> };
          };
          const { violations: found } = await tool.run(document, {
            resultTypes: ['violations'],
            rules: { region: { enabled: false } },
          });
          return found
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(
              ({ id, nodes }) =>
                `${id}: ${nodes.map((n) => `${n.html.slice(0, 200)} — ${n.failureSummary}`).join('\n')}`,
            );
        });
        assert.deepEqual(violations, [], `${name}, ${tab}`);
        await page.screenshot({ path: screenshotFile(`${tab}-${theme}-${name}`) });
      }
    });
  }

  for (const width of WIDTHS) {
    it(`keeps within ${width} pixels`, async () => {
      await page.setViewportSize({ width, height: 900 });
      await inTheme('vscode-dark');
      for (const [name, tab] of scenes) {
        await show(name, tab);
        await settled();
        const over = await page.evaluate(() => {
          const scroller = document.querySelector('.scroll-view');
          const right = Math.max(
            ...[...document.querySelectorAll('.scroll-view *')].map((element) => element.getBoundingClientRect().right),
          );
          return [right - window.innerWidth, scroller ? scroller.scrollWidth - scroller.clientWidth : 0];
        });
        await page.screenshot({ path: screenshotFile(`${tab}-${width}-${name}`) });
        assert.ok(
          over.every((px) => px <= 0),
          `${name}, ${tab}: ${over.join(' and ')} px too wide`,
        );
      }
    });
  }
});
