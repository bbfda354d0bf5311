// One Chromium for a whole run; every page of it is known, so that failures can be photographed.
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { chromiumSwitches, findChromium } from '../../../scripts/lib/chromium.mjs';
import { screenshotFile } from '../../support/screenshots';

let browser: Promise<Browser> | undefined;
const pages = new Set<Page>();

/** A page, and what went wrong in it. */
export interface Opened {
  readonly page: Page;
  /** Uncaught errors and violations of the content-security policy, in order. */
  readonly complaints: string[];
}

/** Opens an empty page in a context of its own. */
export async function openPage(): Promise<Opened> {
  browser ??= launch();
  const context = await (
    await browser
  ).newContext({
    viewport: { width: 1400, height: 900 },
    locale: 'en-US',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
  });
  pages.add(page);
  page.once('close', () => pages.delete(page));
  return { page, complaints };
}

function launch(): Promise<Browser> {
  const executablePath = findChromium();
  return chromium.launch({ ...(executablePath ? { executablePath } : {}), args: chromiumSwitches });
}

/** Saves a picture of every open page under the name of a test. */
export async function photographAll(title: string): Promise<void> {
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 100);
  let at = 0;
  for (const page of pages) await page.screenshot({ path: screenshotFile(`failed-${name}-${at++}`) }).catch(() => {});
}

/** Ends Chromium. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}
