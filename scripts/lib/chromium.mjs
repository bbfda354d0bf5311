// A Chromium for the UI tests: one already on the machine, else Playwright's, else Debian's package.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Plain, say } from './console.mjs';
import { alone } from './freshness.mjs';
import { run } from './processes.mjs';
import { onPath } from './programs.mjs';
import { inRoot } from './root.mjs';

const require = createRequire(import.meta.url);

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The Chromium to use, if there is one: $CHROMIUM, one on the machine, one that Playwright installed. */
export function findChromium() {
  const asked = process.env['CHROMIUM'];
  if (asked) {
    if (!existsSync(asked)) throw new Plain(`CHROMIUM names ${asked}, which does not exist.`);
    return asked;
  }
  const found = names.map(onPath).find(Boolean) ?? places.find(existsSync);
  if (found) return found;
  const own = playwright().executablePath();
  return existsSync(own) ? own : undefined;
}

/** Playwright is an npm package, so it can be loaded only after the packages are installed. */
function playwright() {
  return /** @type {typeof import('playwright-core')} */ (require('playwright-core')).chromium;
}

/**
 * Finds or installs a Chromium.
 * @param {(line: string) => void} [output]
 * @returns {Promise<string>} its executable
 */
export async function ensureChromium(output = say) {
  const found = findChromium();
  if (found) return found;
  return alone(inRoot('node_modules', '.cache', 'wengert', 'chromium.lock'), async () => {
    for (const install of [fromPlaywright, fromDebian]) {
      const there = findChromium();
      if (there) return there;
      await install(output);
    }
    const there = findChromium();
    if (there) return there;
    throw new Plain(
      'No Chromium was found, and none could be installed: install Chromium or Chrome, or set CHROMIUM to its executable.',
    );
  });
}

async function fromPlaywright(/** @type {(line: string) => void} */ output) {
  output("Installing Chromium: trying Playwright's …");
  const cli = inRoot('node_modules', 'playwright-core', 'cli.js');
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' };
  /** @type {string[]} */
  const messages = [];
  const code = await run(process.execPath, [cli, 'install', '--no-shell', '--no-progress', 'chromium'], {
    env,
    output: (line) => messages.push(line),
    timeout: 10 * 60_000,
  });
  if (code !== 0) output(`Playwright's Chromium could not be had (${firstError(messages)}).`);
}

function firstError(/** @type {string[]} */ messages) {
  return (
    messages
      .find((line) => /error/i.test(line))
      ?.trim()
      .slice(0, 120) ?? 'no message'
  );
}

async function fromDebian(/** @type {(line: string) => void} */ output) {
  if (process.platform !== 'linux' || !onPath('apt-get')) return;
  if (process.getuid?.() !== 0) {
    output("Debian's Chromium needs root: `sudo apt-get install chromium`.");
    return;
  }
  output("Installing Chromium: Debian's package …");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = () => {};
  await run('apt-get', ['update', '-qq'], { env, output: quiet });
  // Fonts, because a page without any shows boxes.
  const wanted = ['chromium', 'fonts-dejavu-core', 'fonts-liberation'];
  const code = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted], {
    env,
    output: quiet,
  });
  if (code !== 0) output(`apt-get install chromium failed with exit code ${code}.`);
}

/** Switches for a headless Chromium that never talks to anybody but the page. */
export const chromiumSwitches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];
