// The viewer alone in a page: every view, every state, keyboard, themes, widths, accessibility.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { loop, recordings } from '../webview/fixtures/recordings';
import type {} from '../../webview/standalone';
import { screenshotFile } from '../support/screenshots';
import type { Standalone } from './support/standalone';
import { launchPage } from './support/standalone';

const THEMES = ['vscode-light', 'vscode-dark', 'vscode-high-contrast', 'vscode-high-contrast-light'];
const WIDTHS = [320, 420, 560, 900, 1600];
const axe = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

describe('viewer', () => {
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
        if (wengert) wengert.session.tab.value = view as string;
      },
      [recording, tab] as const,
    );
    await settled();
  };
  /** Two frames: signals, then effects. */
  const settled = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const row = (step: number) => page.locator(`tr[data-position="${step - 1}"]`);
  /** Numbers of a row: primal, tangent, adjoint. */
  const numbers = (step: number) =>
    row(step)
      .locator('td.sweep > .num')
      .evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).innerText.replace(/\s/g, '')));

  describe('trace', () => {
    it('shows the three sweeps of the textbook example', async () => {
      await show('two variables');
      assert.deepEqual(await numbers(1), ['2', '1', '5.500']);
      assert.deepEqual(await numbers(2), ['5', '0', '1.716']);
      assert.deepEqual(await numbers(4), ['10', '5', '1']);
      assert.deepEqual(await numbers(6), ['−0.9589', '0', '−1']);
      assert.deepEqual(await numbers(7), ['11.65', '5.500', '1']);
      const parts = await row(2).locator('.contribution > .num').allInnerTexts();
      assert.deepEqual(
        parts.map((text) => text.replace(/\s/g, '')),
        ['+2', '−0.2837'],
      );
    });

    it('answers first: output and gradients stand above, the first row within 160 pixels', async () => {
      await show('two variables');
      assert.equal(await page.locator('.answer .result').innerText(), '11.65');
      assert.deepEqual(await page.locator('.input-gradient .result').allInnerTexts(), ['5.500', '1.716']);
      const top = await row(1).evaluate((element) => element.getBoundingClientRect().top);
      assert.ok(top <= 160, `the first row begins at ${top} px`);
    });

    it('lines up the decimal points of a column', async () => {
      await show('two variables');
      const edges = await page
        .locator('td.c-primal > .num > i')
        .evaluateAll((cells) => cells.map((cell) => Math.round(cell.getBoundingClientRect().right)));
      assert.equal(new Set(edges).size, 1, edges.join());
    });

    it('selects a row, marks its source and shows its numbers', async () => {
      await show('two variables');
      const messages = page.evaluate(
        () =>
          new Promise((done) =>
            window.addEventListener('wengert', (event) => done((event as CustomEvent).detail), { once: true }),
          ),
      );
      await row(4).click();
      assert.deepEqual(await messages, {
        type: 'highlight',
        uri: 'file:///notes.md',
        ranges: [{ start: { line: 13, character: 14 }, end: { line: 13, character: 21 } }],
      });
      assert.equal(await row(4).getAttribute('aria-selected'), 'true');
      assert.match(await row(4).locator('.numbers.primal .katex-html').innerText(), /2×5/);
    });

    it('leaves every row in its place when one is selected', async () => {
      await show('two variables');
      const places = () =>
        page
          .locator('tr.step td.c-primal')
          .evaluateAll((cells) => cells.slice(0, 6).map((cell) => cell.getBoundingClientRect().top));
      const tops = () =>
        page
          .locator('tr.step')
          .evaluateAll((rows) => rows.slice(0, 6).map((found) => found.getBoundingClientRect().top));
      await row(6).click();
      await settled();
      assert.deepEqual(await places(), await tops());
    });

    it('is walked with the keyboard', async () => {
      await show('two variables');
      await row(1).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      assert.equal(await focusedPosition(), '2');
      await page.keyboard.press('End');
      assert.equal(await focusedPosition(), '6');
      await page.keyboard.press('ArrowLeft');
      assert.equal(await focusedPosition(), '4', 'the first operand of v7 is v5');
      await page.keyboard.press('ArrowRight');
      assert.equal(await focusedPosition(), '6', 'the user of v5 is v7');
      await page.keyboard.press('Home');
      assert.equal(await focusedPosition(), '0');
    });

    it('folds a loop to one row with its curves, and opens it', async () => {
      await show('loop');
      const loop = page.locator('tr.group');
      assert.equal(await loop.getAttribute('aria-expanded'), 'false');
      assert.match(await loop.innerText(), /×100 · 400 steps/);
      assert.equal(await loop.locator('.sparkline').count(), 3);
      await loop.focus();
      await page.keyboard.press('ArrowRight');
      await settled();
      assert.equal(await page.locator('tr.group').first().getAttribute('aria-expanded'), 'true');
      assert.match(await page.locator('tr.group').nth(1).innerText(), /turn 1/);
      await page.keyboard.press('ArrowLeft');
      await settled();
      assert.equal(await page.locator('tr.group').count(), 1);
    });

    const focusedPosition = async () => {
      await settled();
      await settled();
      return page.evaluate(() => document.activeElement?.getAttribute('data-position'));
    };
  });

  describe('inputs', () => {
    it('move every number with them, replayed in the page', async () => {
      await show('two variables');
      const field = page.locator('input.field').first();
      await field.fill('3');
      await field.press('Enter');
      await settled();
      const gradient = [1 / 3 + 5, 3 - Math.cos(5)].map((x) => x.toPrecision(4));
      assert.deepEqual(await page.locator('.input-gradient .result').allInnerTexts(), gradient);
      assert.equal(await page.locator('.answer .result').innerText(), (Math.log(3) + 15 - Math.sin(5)).toPrecision(4));
      assert.deepEqual(await numbers(4), ['15', '5', '1']);
      await row(4).click();
      assert.match(await row(4).locator('.numbers.primal .katex-html').innerText(), /3⋅5/);
    });

    it('follow the slider', async () => {
      await show('two variables');
      const slider = page.locator('.slider input').nth(1);
      await slider.focus();
      for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowRight');
      await settled();
      await settled();
      const x2 = Number(await page.locator('input.field').nth(1).inputValue());
      assert.ok(x2 > 5.3 && x2 < 5.7, String(x2));
      assert.equal(await page.locator('.input-gradient .result').nth(1).innerText(), (2 - Math.cos(x2)).toPrecision(4));
    });

    it('go back to what the answer said', async () => {
      await show('two variables');
      const field = page.locator('input.field').first();
      await field.fill('7');
      await field.press('Enter');
      await page.getByRole('button', { name: 'Back to 2' }).click();
      await settled();
      assert.equal(await page.locator('.input-gradient .result').first().innerText(), '5.500');
    });

    it('refuse what is no number', async () => {
      await show('two variables');
      const field = page.locator('input.field').first();
      await field.fill('two');
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      await field.press('Escape');
      assert.equal(await field.inputValue(), '2');
    });

    it('scrub a trace of thousands of steps within a frame', async () => {
      await show('loop');
      const time = await page.evaluate(() => {
        const { session } = window.wengert as NonNullable<typeof window.wengert>;
        const start = performance.now();
        for (let i = 0; i < 20; i++) session.move(new Map([[0, 2 + i / 100]]));
        return (performance.now() - start) / 20;
      });
      assert.ok(time < 16, `${time.toFixed(1)} ms a move`);
    });
  });

  it('a trace of five thousand steps follows the pointer', async () => {
    await show('two variables');
    const long = loop(1_248, 'long');
    const time = await page.evaluate(async (trace) => {
      const { wengert } = window;
      wengert?.show({
        name: 'long',
        uri: 'file:///long.py',
        file: 'long.py',
        answer: { state: 'data', trace },
      } as never);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const row = trace.inputs[0]?.row ?? 0;
      let spent = 0;
      for (let i = 0; i < 30; i++) {
        const start = performance.now();
        wengert?.session.move(new Map([[row, 2 + i / 100]]));
        // The page is drawn in a task of its own before the next frame.
        await new Promise((done) => setTimeout(done));
        document.body.getBoundingClientRect();
        spent += performance.now() - start;
        await new Promise((done) => requestAnimationFrame(done));
      }
      return spent / 30;
    }, long);
    console.log(`      ${long.steps} steps: ${time.toFixed(1)} ms a move, drawn`);
    assert.ok(time < 150, `${time.toFixed(1)} ms`);
  });

  describe('stepper', () => {
    it('plays one contribution at a time, and ends where the finished sweep stands', async () => {
      await show('two variables');
      await page.getByRole('button', { name: 'Play' }).click();
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.getByRole('button', { name: 'To the first step' }).click();
      assert.deepEqual(
        (await numbers(2)).map((text) => text.replace('tocome', '')),
        ['', '', ''],
      );
      await page.locator('main').click({ position: { x: 5, y: 300 } });
      for (let i = 0; i < 10; i++) await page.keyboard.press('.');
      await settled();
      // Forward 7, seed, v7→v5, v7→v6, v6→v2: one of two contributions to v2.
      assert.match(await row(2).innerText(), /1 of 2 so far/);
      assert.equal((await numbers(2))[2], '−0.2837');
      await page.getByRole('button', { name: 'To the end' }).click();
      await settled();
      assert.equal((await numbers(2))[2], '1.716');
      await page.keyboard.press('Escape');
      await settled();
      assert.equal(await page.locator('.stepper').count(), 0);
    });
  });

  describe('graph', () => {
    it('draws every step and use, and shares the selection with the table', async () => {
      await show('two variables', 'graph');
      // 7 steps and the mark of the output.
      assert.equal(await page.locator('.node-tree [role=treeitem]').count(), 8);
      assert.equal(await page.locator('.graph .edge').count(), 9);
      await page.locator('.graph .node.operation').nth(1).click();
      await settled();
      const selected = await page.evaluate(() => window.wengert?.session.selected.value);
      assert.equal(selected, 3);
    });

    it('lets no two nodes overlap', async () => {
      // Where they come to rest, not on their way there.
      await page.emulateMedia({ reducedMotion: 'reduce' });
      for (const name of ['two variables', 'units', 'loop']) {
        await show(name, 'graph');
        const boxes = await page
          .locator('.graph .node > .body:last-of-type')
          .evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON() as DOMRect));
        boxes.forEach((a, i) =>
          boxes.slice(i + 1).forEach((b) => {
            const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
            assert.ok(apart, `${name}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`);
          }),
        );
      }
      await page.emulateMedia({ reducedMotion: null });
    });

    it('is walked with the keyboard', async () => {
      await show('two variables', 'graph');
      await page.locator('.node-tree [role=treeitem]').first().focus();
      await page.keyboard.press('ArrowRight');
      await settled();
      await settled();
      const label = await page.evaluate(() => document.activeElement?.textContent);
      assert.match(label ?? '', /^log, v 3, value 0\.6931, adjoint 1, from v 1, partial 0\.5000/);
    });

    it('follows a path', async () => {
      await show('two variables', 'graph');
      await page.getByRole('button', { name: 'Next path' }).click();
      assert.match(await page.locator('.path-chooser').innerText(), /path 1 of 2 from\s+x1[^]*5 · 1 · 1 = 5[^]*91/);
      assert.equal(await page.locator('.edge.path').count(), 4);
    });
  });

  it('paths sum to the gradient', async () => {
    await show('two variables', 'paths');
    assert.deepEqual(
      (await page.locator('.paths .path td.adjoint .num').allInnerTexts()).map((t) => t.replace(/\s/g, '')),
      ['5', '0.5000', '2', '−0.2837'],
    );
    assert.deepEqual(
      (await page.locator('.paths .sum .num').allInnerTexts()).map((t) => t.replace(/\s/g, '')),
      ['5.500', '1.716'],
    );
  });

  it('derivatives are plotted, and a plot moves its input', async () => {
    await show('two variables', 'derivatives');
    assert.equal(await page.locator('svg.plot').count(), 5);
    const plot = page.locator('svg.plot').first();
    const box = await plot.boundingBox();
    assert.ok(box);
    await page.mouse.click(box.x + box.width * 0.8, box.y + box.height / 2);
    await settled();
    const x1 = Number(await page.locator('input.field').first().inputValue());
    assert.ok(x1 > 2.5 && x1 < 3.6, String(x1));
    assert.equal(await page.locator('.gradient-forms .result').first().innerText(), (1 / x1 + 5).toPrecision(4));
  });

  it('a failing check is named in the header and on its tab', async () => {
    await show('arrays', 'check');
    assert.match(await page.locator('.remarks').innerText(), /hand-written gradient is false, line 27/);
    assert.match(await page.locator('#tab-check').innerText(), /✕/);
    assert.match(await page.locator('.finding').innerText(), /2 of 4 gradients are wrong\. The factor for tanh/);
  });

  it('tabs are walked with arrows, and only those that apply are there', async () => {
    await show('two variables');
    await page.locator('#tab-trace').focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.locator('[role=tab][aria-selected=true]').innerText(), 'Graph');
    await page.keyboard.press('End');
    assert.equal(await page.locator('[role=tab][aria-selected=true]').innerText(), 'Cost');
    await show('arrays');
    assert.deepEqual(
      (await page.locator('[role=tab]').allInnerTexts()).map((t) => t.replace(/\W/g, '')),
      ['Trace', 'Graph', 'Derivatives', 'Check', 'Cost'],
    );
  });

  describe('states', () => {
    it('stale: how many edits behind, and why', async () => {
      await show('stale');
      assert.match(await page.locator('.remarks').innerText(), /3 edits behind: line 14/);
    });
    it('unknown: the reason and a way to the place', async () => {
      await show('unknown');
      assert.match(
        await page.locator('.no-trace').innerText(),
        /No value for table\[i\]: i is read from a file at run time\./,
      );
      assert.ok(await page.getByRole('button', { name: 'Line 13' }).isVisible());
    });
    it('nothing here: what could be traced, and examples', async () => {
      await show('nothing here');
      assert.equal(await page.locator('.traceables li').count(), 2);
      assert.equal(await page.locator('.actions .link').count(), 3);
    });
    it('partial: how much there is, and why no more', async () => {
      const recording = recordings().find((r) => r.name === 'two variables');
      assert.ok(recording?.answer.state === 'data');
      const trace = { ...recording.answer.trace, lease: 'part', complete: false, stopped: 'operations' };
      await page.evaluate((what) => window.wengert?.show(what as never), {
        ...recording,
        answer: { state: 'data', trace },
      });
      await settled();
      assert.match(
        await page.locator('.remarks').innerText(),
        /Traced in part: 7 steps; the evaluation stopped at its budget of operations/,
      );
      for (const theme of ['vscode-light', 'vscode-dark']) {
        await page.evaluate((name) => (document.body.className = name), theme);
        await page.screenshot({ path: screenshotFile(`viewer-partial-${theme}`) });
      }
      await page.evaluate(() => (document.body.className = 'vscode-light'));
    });
    it('loading: what is shown stays', async () => {
      await show('two variables');
      await page.evaluate(() => window.wengert?.receive({ type: 'loading' }));
      await settled();
      assert.equal(await page.locator('.panel').getAttribute('aria-busy'), 'true');
      assert.equal(await row(7).count(), 1);
      await show('two variables');
      assert.equal(await page.locator('.panel').getAttribute('aria-busy'), 'false');
    });
    it('a message that is none of ours changes nothing', async () => {
      await show('two variables');
      await page.evaluate(() => window.postMessage({ type: 'show', answer: 'x' }, '*'));
      await settled();
      assert.equal(await row(7).count(), 1);
    });
  });

  it('an edit tints what it has changed, and keeps the selection', async () => {
    await show('two variables');
    await row(4).click();
    const changed = recordings().find((r) => r.name === 'two variables');
    assert.ok(changed?.answer.state === 'data');
    const trace = structuredClone(changed.answer.trace);
    const four = trace.rows[3];
    assert.ok(four);
    trace.rows[3] = { ...four, value: 10.5 };
    await page.evaluate((recording) => window.wengert?.show(recording as never), {
      ...changed,
      answer: { state: 'data', trace },
    });
    await settled();
    assert.equal(await row(4).getAttribute('aria-selected'), 'true');
    assert.equal(await page.locator('.trace .changed').count(), 1);
    assert.equal((await numbers(4))[0], '10.50');
  });

  it('an edit leaves rows, nodes and edges in the page: nothing flickers', async () => {
    const recording = recordings().find((r) => r.name === 'two variables');
    assert.ok(recording?.answer.state === 'data');
    const trace = structuredClone(recording.answer.trace);
    trace.rows[3] = { ...(trace.rows[3] as (typeof trace.rows)[number]), value: 10.5 };
    for (const [tab, parts] of [
      ['trace', 'tr.step'],
      ['graph', '.graph .node, .graph .edge'],
    ] as const) {
      await show('two variables', tab);
      const before = await page.locator(parts).evaluateAll((found) => {
        found.forEach((element, i) => element.setAttribute('data-before', String(i)));
        return found.length;
      });
      assert.ok(before >= 7);
      await page.evaluate((what) => window.wengert?.show(what as never), {
        ...recording,
        answer: { state: 'data', trace: { ...trace, lease: `after ${tab}` } },
      });
      await settled();
      const after = await page
        .locator(parts)
        .evaluateAll((found) => found.map((element) => element.getAttribute('data-before')));
      assert.deepEqual(
        after,
        Array.from({ length: before }, (_, i) => String(i)),
      );
    }
  });

  it('the tint of a change fades, and stays where motion is reduced', async () => {
    const recording = recordings().find((r) => r.name === 'two variables');
    assert.ok(recording?.answer.state === 'data');
    const trace = structuredClone(recording.answer.trace);
    trace.rows[3] = { ...(trace.rows[3] as (typeof trace.rows)[number]), value: 10.5 };
    const tint = async (reducedMotion: 'reduce' | null) => {
      await page.emulateMedia({ reducedMotion });
      await show('two variables');
      await page.evaluate((what) => window.wengert?.show(what as never), {
        ...recording,
        answer: { state: 'data', trace },
      });
      await page.waitForTimeout(1_000);
      return page.locator('.trace .changed').evaluate((element) => getComputedStyle(element).backgroundColor);
    };
    try {
      assert.equal(await tint(null), 'rgba(0, 0, 0, 0)');
      assert.notEqual(await tint('reduce'), 'rgba(0, 0, 0, 0)');
    } finally {
      await page.emulateMedia({ reducedMotion: null });
    }
  });

  it('the chosen tab is marked on the line of the bar', async () => {
    await show('two variables');
    const [tab, bar] = await page.evaluate(() => {
      const chosen = document.querySelector('[role=tab][aria-selected=true]') as Element;
      const { borderBottomColor, borderBottomWidth } = getComputedStyle(chosen);
      const within = document.querySelector('.tabs')?.getBoundingClientRect().bottom ?? 0;
      return [
        { colour: borderBottomColor, width: borderBottomWidth, bottom: chosen.getBoundingClientRect().bottom },
        { bottom: within },
      ] as const;
    });
    assert.notEqual(tab.colour, 'rgba(0, 0, 0, 0)');
    assert.equal(tab.width, '2px');
    assert.ok(tab.bottom <= bar.bottom, `${tab.bottom} is cut off at ${bar.bottom}`);
  });

  it('every view is reached with Tab alone, each stop has a name and is seen', async function () {
    this.timeout(60_000);
    for (const name of ['two variables', 'arrays']) {
      await show(name);
      const views = await page.evaluate(() => {
        const open = window.wengert?.session.open.value;
        return open && window.wengert ? window.wengert.views(open) : [];
      });
      for (const view of views) {
        await show(name, view);
        // From the beginning of the page.
        await page.evaluate(() => {
          const start = document.createElement('span');
          start.tabIndex = -1;
          document.body.prepend(start);
          start.focus();
          start.remove();
        });
        const stops: string[] = [];
        for (let turn = 0; turn < 80; turn++) {
          await page.keyboard.press('Tab');
          const stop = await page.evaluate(() => {
            const element = document.activeElement as HTMLElement | null;
            if (!element || element === document.body) return undefined;
            const box = element.getBoundingClientRect();
            const label =
              element.getAttribute('aria-label') ??
              document.getElementById(element.getAttribute('aria-labelledby') ?? '')?.textContent ??
              (element as HTMLInputElement).labels?.[0]?.textContent ??
              element.textContent;
            return {
              name: label?.trim() || element.title,
              shown: box.width > 0 && box.height > 0,
              tag: element.outerHTML,
            };
          });
          if (!stop) break;
          assert.ok(stop.name, `${name}, ${view}: ${stop.tag.slice(0, 200)}`);
          assert.ok(stop.shown, `${name}, ${view}: ${stop.tag.slice(0, 200)}`);
          stops.push(stop.name);
        }
        // Inputs, the chosen tab, what is in the view, and out again: no trap.
        assert.ok(stops.length >= 3 && stops.length < 80, `${name}, ${view}: ${stops.join(' | ')}`);
      }
    }
  });

  it('a hundred thousand steps open fast and scroll', async () => {
    const recording = recordings().find((r) => r.name === 'loop');
    assert.ok(recording?.answer.state === 'data');
    const trace = recording.answer.trace;
    const steps = 100_000;
    const { columns: _columns, ...rest } = trace;
    const big = {
      ...recording,
      answer: {
        state: 'data',
        trace: { ...rest, id: 'big', lease: 'big', steps, scopes: [], rows: trace.rows.slice(0, 200) },
      },
    };
    const time = await page.evaluate(async (what) => {
      window.addEventListener('wengert', (event) => {
        const message = (event as CustomEvent).detail as { type: string; reply: number; from: number; count: number };
        if (message.type !== 'rows') return;
        event.preventDefault();
        const pattern = (what as typeof big).answer.trace.rows;
        const rows = Array.from({ length: message.count }, (_, i) => {
          const position = message.from + i;
          return {
            ...pattern[3],
            row: position,
            key: String(position),
            index: position + 1,
            contributions: [],
            operands: [],
          };
        });
        setTimeout(() => window.wengert?.receive({ type: 'rows', reply: message.reply, rows } as never), 5);
      });
      const { wengert } = window;
      if (wengert) wengert.session.tab.value = 'trace';
      const start = performance.now();
      wengert?.show(what as never);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return performance.now() - start;
    }, big);
    console.log(`      100,000 steps open in ${time.toFixed(0)} ms`);
    assert.ok(time < 600, `${time.toFixed(0)} ms`);
    assert.equal(await page.locator('table.trace').getAttribute('aria-rowcount'), '100001');
    const drawn = await page.locator('table.trace tbody tr').count();
    assert.ok(drawn < 90, `${drawn} rows are drawn`);
    await page.locator('.trace-scroll').evaluate((element) => (element.scrollTop = 28 * 70_000));
    await row(70_001).waitFor();
    assert.equal(await row(70_001).getAttribute('aria-rowindex'), '70002');
    await page.waitForFunction(() =>
      document.querySelector('tr[data-position="70000"]')?.textContent?.includes('70001'),
    );
    // What is shown next begins at its beginning.
    await show('two variables');
    assert.deepEqual(await numbers(1), ['2', '1', '5.500']);
  });

  for (const theme of THEMES) {
    it(`has no serious accessibility fault in ${theme}`, async function () {
      this.timeout(120_000);
      await page.setViewportSize({ width: 900, height: 900 });
      await page.evaluate((name) => (document.body.className = name), theme);
      await page.evaluate(axe);
      for (const [name, tab] of [
        ['two variables', 'trace'],
        ['two variables', 'graph'],
        ['two variables', 'paths'],
        ['two variables', 'derivatives'],
        ['two variables', 'check'],
        ['two variables', 'cost'],
        ['loop', 'trace'],
        ['arrays', 'trace'],
        ['arrays', 'derivatives'],
        ['arrays', 'graph'],
        ['arrays', 'check'],
        ['stale', 'trace'],
        ['unknown', 'trace'],
        ['nothing here', 'trace'],
      ] as const) {
        await show(name, tab);
        // An array in full, with all that stands in it.
        if (name === 'arrays' && tab === 'trace') {
          await row(5).click();
          await settled();
        }
        const violations = await page.evaluate(async () => {
          const { axe: tool } = window as unknown as {
            axe: {
              run: (
                context: Document,
                options: object,
              ) => Promise<{
                violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
              }>;
            };
          };
          const { violations: found } = await tool.run(document, {
            resultTypes: ['violations'],
            rules: { region: { enabled: false } },
          });
          return found
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(
              ({ id, nodes }) =>
                `${id}: ${nodes
                  .slice(0, 3)
                  .map((n) => `${n.html.slice(0, 200)} — ${n.failureSummary}`)
                  .join('\n')}`,
            );
        });
        assert.deepEqual(violations, [], `${name}, ${tab}`);
        await page.screenshot({ path: screenshotFile(`viewer-${theme}-${name}-${tab}`.replace(/\s/g, '-')) });
      }
    });
  }

  for (const width of WIDTHS) {
    it(`keeps within ${width} pixels`, async () => {
      await page.setViewportSize({ width, height: 700 });
      await page.evaluate(() => (document.body.className = 'vscode-dark'));
      for (const [name, tab] of [
        ['two variables', 'trace'],
        ['loop', 'trace'],
        ['arrays', 'trace'],
        ['two variables', 'graph'],
        ['two variables', 'paths'],
        ['two variables', 'derivatives'],
        ['arrays', 'check'],
        ['two variables', 'cost'],
        ['unknown', 'trace'],
      ] as const) {
        await show(name, tab);
        await settled();
        const [page_, view] = await page.evaluate(() => {
          const scroller = document.querySelector('.trace-scroll, .scroll-view, .graph-frame, .no-trace');
          return [
            document.documentElement.scrollWidth - window.innerWidth,
            scroller ? scroller.scrollWidth - scroller.clientWidth : 0,
          ];
        });
        assert.ok((page_ ?? 0) <= 0 && (view ?? 0) <= 0, `${name}, ${tab}: ${page_} and ${view} px too wide`);
        await page.screenshot({ path: screenshotFile(`viewer-${width}-${name}-${tab}`.replace(/\s/g, '-')) });
      }
      await show('two variables');
      const columns = await page
        .locator('tr[data-position="3"] td.sweep > .num')
        .evaluateAll((cells) => cells.filter((cell) => cell.getBoundingClientRect().width > 0).length);
      assert.equal(columns, width <= 360 ? 2 : 3);
    });
  }
});
