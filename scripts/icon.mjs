// Draws media/icon.png from media/icon.svg, with Chromium. Run it after changing the drawing.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { chromiumSwitches, ensureChromium } from './lib/chromium.mjs';
import { main } from './lib/console.mjs';
import { inRoot } from './lib/root.mjs';

const size = 256;

await main(async () => {
  const executablePath = await ensureChromium();
  const browser = await chromium.launch({ executablePath, args: chromiumSwitches });
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const drawing = readFileSync(inRoot('media', 'icon.svg'), 'utf8');
  await page.setContent(`<style>* { margin: 0 } svg { display: block; width: 100vw }</style>${drawing}`);
  await page.screenshot({ path: inRoot('media', 'icon.png'), omitBackground: true });
  await browser.close();
});
