// Drives the real user interface of the embedded VS Code, with the extension under development in it.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startEmbedded } from '../../../scripts/lib/embedded.mjs';
import { root } from '../../../scripts/lib/root.mjs';
import { copyOf } from '../../support/workspace';
import type { Opened } from './browser';
import { openWorkbench, Workbench } from './workbench';

export interface LaunchOptions {
  /** User settings beside those of a quiet VS Code. */
  readonly settings?: Record<string, unknown>;
  /** The folder to open a copy of, from the root of the checkout; `examples` if left out. */
  readonly folder?: string;
}

const themes = {
  dark: ['Default Dark Modern', 'vs-dark'],
  light: ['Default Light Modern', 'vs'],
  'high contrast': ['Default High Contrast', 'hc-black'],
  'high contrast light': ['Default High Contrast Light', 'hc-light'],
} as const;

export type Theme = keyof typeof themes;

const testSettings = {
  'editor.hover.delay': 100,
  'editor.accessibilitySupport': 'off',
  'editor.minimap.enabled': false,
  'workbench.reduceMotion': 'on',
  'git.enabled': false,
};

/** Opens VS Code in Chromium on a copy of a folder, and waits until its window is restored. */
export async function launchVsCode({ settings, folder }: LaunchOptions = {}): Promise<VsCode> {
  const workspace = copyOf(folder);
  const host = await startEmbedded({
    testDriver: true,
    settings: { ...testSettings, ...settings },
  });
  const close = async () => {
    await host.stop();
    workspace.remove();
  };
  try {
    const extensionDevelopmentPath = `vscode-remote://${host.authority}${root}`;
    const payload = { extensionDevelopmentPath, skipWelcome: 'true' };
    const opened = await openWorkbench(host.workbench(workspace.folder, payload));
    // The driver that --enable-smoke-test-driver puts into the page.
    await opened.page.waitForFunction('globalThis.driver?.whenWorkbenchRestored', null, {
      timeout: 90_000,
    });
    await opened.page.evaluate('globalThis.driver.whenWorkbenchRestored()');
    const settingsFile = path.join(host.home, 'data', 'User', 'settings.json');
    return new VsCode(opened, workspace.folder, settingsFile, close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** The embedded VS Code with the extension under development. */
export class VsCode extends Workbench {
  constructor(
    opened: Opened,
    /** The folder that is open: a copy that the test may change. */
    readonly folder: string,
    private readonly settingsFile: string,
    private readonly stop: () => Promise<void>,
  ) {
    super(opened);
  }

  /** Ends the window, the server and its folders. */
  async close(): Promise<void> {
    await this.page.context().close();
    await this.stop();
  }

  /** Changes one user setting. */
  setSetting(name: string, value: unknown): void {
    const settings = JSON.parse(readFileSync(this.settingsFile, 'utf8'));
    writeFileSync(this.settingsFile, JSON.stringify({ ...settings, [name]: value }, null, 2));
  }

  /** Changes the colour theme and waits until it is shown. */
  async setTheme(theme: Theme): Promise<void> {
    const [name, className] = themes[theme];
    this.setSetting('workbench.colorTheme', name);
    await this.page.locator(`.monaco-workbench.${className}`).waitFor();
  }
}
