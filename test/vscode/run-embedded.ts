// Runs the suites in the embedded VS Code: its real Node extension host, with Chromium for the window.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumSwitches, findChromium } from '../../scripts/lib/chromium.mjs';
import { startEmbedded } from '../../scripts/lib/embedded.mjs';
import { inRoot, root } from '../../scripts/lib/root.mjs';
import { screenshotFile } from '../support/screenshots';
import { follow } from '../support/follow';
import { copyOf } from '../support/workspace';
import { grepOf } from './options';

const patience = 10 * 60_000;

async function main(): Promise<number> {
  const workspace = copyOf('examples');
  const host = await startEmbedded({ testDriver: true });
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: chromiumSwitches,
  });
  const log = path.join(host.home, 'mocha.txt');
  const output = follow(log);
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const printed: string[] = [];
    const code = await new Promise<number>((resolve, reject) => {
      page.on('crash', () => reject(new Error('The window of VS Code crashed.')));
      setTimeout(() => reject(new Error('The suites did not end in time.')), patience).unref();
      const opened = async () => {
        await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) =>
          printed.push(args.map(String).join(' ')),
        );
        await page.exposeFunction('codeAutomationExit', resolve);
        await page.goto(host.workbench(workspace.folder, payload(host.authority, log)));
      };
      opened().catch(reject);
    });
    if (code !== 0) await page.screenshot({ path: screenshotFile('vscode-suites-failed') });
    writeFileSync(screenshotFile('vscode-suites', 'log'), printed.join('\n'));
    return code;
  } finally {
    output.stop();
    await browser.close();
    await host.stop();
    workspace.remove();
  }
}

/** What the test driver of the workbench takes from the address. */
function payload(authority: string, log: string): Record<string, string> {
  const remote = (file: string) => `vscode-remote://${authority}${file}`;
  const { WENGERT_RESULT = '', CI = '' } = process.env;
  return {
    extensionDevelopmentPath: remote(root),
    extensionTestsPath: remote(inRoot('dist', 'test', 'vscode')),
    extensionEnvironment: JSON.stringify({ WENGERT_LOG: log, WENGERT_RESULT, CI, ...grepOf() }),
    skipWelcome: 'true',
  };
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
