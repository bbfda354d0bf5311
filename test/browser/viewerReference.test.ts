// The main views against pictures that were looked at. Compared coarsely: fonts differ from machine to machine.
// WENGERT_UPDATE=1 takes the pictures anew.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { inRoot } from '../../scripts/lib/root.mjs';
import type { Recording } from '../../src/export/recording';
import { type DocumentName, record } from '../webview/fixtures/documents';
import { recordings } from '../webview/fixtures/recordings';
import type {} from '../../webview/standalone';
import type { Standalone } from './support/standalone';
import { launchPage } from './support/standalone';

const VIEWS = [
  ['trace-light', 'two variables', 'trace', 'vscode-light'],
  ['loop-dark', 'loop', 'trace', 'vscode-dark'],
  ['graph-dark', 'two variables', 'graph', 'vscode-dark'],
  ['paths-light', 'two variables', 'paths', 'vscode-light'],
  ['derivatives-light', 'two variables', 'derivatives', 'vscode-light'],
  ['trace-high-contrast', 'two variables', 'trace', 'vscode-high-contrast'],
  ['arrays-dark', 'arrays', 'trace', 'vscode-dark'],
  ['arrays-graph-high-contrast-light', 'arrays', 'graph', 'vscode-high-contrast-light'],
  ['check-light', 'arrays', 'check', 'vscode-light'],
  ['update-light', 'update', 'trace', 'vscode-light'],
  ['lstm-graph-dark', 'lstm step', 'graph', 'vscode-dark'],
  ['network-light', 'six sigmoids', 'network', 'vscode-light'],
  ['training-dark', 'exclusive or', 'training', 'vscode-dark'],
] as const;

/** Mean difference of brightness that is allowed, of 255, and the share of cells that may differ strongly. */
const MEAN = 8;
const STRONG = 0.06;

describe('viewer, pictures', () => {
  let viewer: Standalone;
  const shown = new Map<string, Recording>();
  before(async () => {
    for (const recording of recordings()) shown.set(recording.name, recording);
    for (const [, name] of VIEWS) if (!shown.has(name)) shown.set(name, await record(name as DocumentName));
    viewer = await launchPage({ query: '?bar=no' });
    await viewer.page.setViewportSize({ width: 900, height: 560 });
    await viewer.page.emulateMedia({ reducedMotion: 'reduce' });
  });
  after(() => viewer?.close());

  for (const [file, name, tab, theme] of VIEWS) {
    it(file, async () => {
      const { page } = viewer;
      const recording = shown.get(name);
      await page.evaluate(
        ([what, view, style]) => {
          document.body.className = style as string;
          window.wengert?.show(what as never);
          const session = window.wengert?.session;
          if (!session) return;
          session.tab.value = view as string;
          // Of arrays one is looked at in full.
          const arrays = (what as { name: string }).name === 'arrays' && view === 'trace';
          session.selected.value = arrays ? session.trace.value?.rows[4]?.row : undefined;
        },
        [recording, tab, theme] as const,
      );
      await page.evaluate(() => document.fonts.ready);
      await page.waitForTimeout(500);
      const taken = await page.screenshot();
      const path = inRoot('test', 'browser', 'reference', `${file}.png`);
      if (process.env['WENGERT_UPDATE']) writeFileSync(path, taken);
      assert.ok(existsSync(path), `${path} is missing`);
      const { mean, strong } = await compare(page, readFileSync(path), taken);
      assert.ok(
        mean <= MEAN && strong <= STRONG,
        `mean difference ${mean.toFixed(1)} of 255, ${(strong * 100).toFixed(1)} % of the cells differ strongly`,
      );
    });
  }
});

/** Compares two pictures on a grid of cells of 10 × 10 pixels. */
async function compare(page: Page, a: Buffer, b: Buffer): Promise<{ mean: number; strong: number }> {
  const pictures = await page.evaluate(
    async (sources) =>
      Promise.all(
        sources.map(async (source) => {
          const image = new Image();
          image.src = `data:image/png;base64,${source}`;
          await image.decode();
          const canvas = document.createElement('canvas');
          canvas.width = Math.round(image.width / 10);
          canvas.height = Math.round(image.height / 10);
          const context = canvas.getContext('2d') as CanvasRenderingContext2D;
          context.imageSmoothingQuality = 'high';
          context.drawImage(image, 0, 0, canvas.width, canvas.height);
          return [...context.getImageData(0, 0, canvas.width, canvas.height).data];
        }),
      ),
    [a.toString('base64'), b.toString('base64')],
  );
  const [one = [], other = []] = pictures.map((data) =>
    Array.from(
      { length: data.length / 4 },
      (_, i) => ((data[4 * i] ?? 0) + (data[4 * i + 1] ?? 0) + (data[4 * i + 2] ?? 0)) / 3,
    ),
  );
  assert.equal(one.length, other.length, 'the pictures differ in size');
  const differences = one.map((x, i) => Math.abs(x - (other[i] ?? 0)));
  return {
    mean: differences.reduce((x, y) => x + y, 0) / differences.length,
    strong: differences.filter((d) => d > 60).length / differences.length,
  };
}
