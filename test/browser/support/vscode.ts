// Drives the real user interface of the embedded VS Code, with the extension under development in it.
import { readFileSync } from 'node:fs';
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

/** The label in VS Code's picker, and the class of the window. */
const themes = {
  dark: ['Dark Modern', 'vs-dark'],
  light: ['Light Modern', 'vs'],
  'high contrast': ['Dark High Contrast', 'hc-black'],
  'high contrast light': ['Light High Contrast', 'hc-light'],
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
  private settings: Record<string, unknown>;

  constructor(
    opened: Opened,
    /** The folder that is open: a copy that the test may change. */
    readonly folder: string,
    settingsFile: string,
    private readonly stop: () => Promise<void>,
  ) {
    super(opened);
    this.settings = JSON.parse(readFileSync(settingsFile, 'utf8'));
  }

  /** Ends the window, the server and its folders. */
  async close(): Promise<void> {
    await this.page.context().close();
    await this.stop();
  }

  /**
   * Changes one user setting, in the editor of VS Code: of a file that somebody else writes, the workbench
   * notices only the first change.
   */
  async setSetting(name: string, value: unknown): Promise<void> {
    this.settings = { ...this.settings, [name]: value };
    await this.palette('Preferences: Open User Settings (JSON)');
    const tab = this.page.locator('.tab.active[data-resource-name="settings.json"]');
    await tab.waitFor();
    await this.editor().locator('.view-line').first().click();
    await this.page.keyboard.press('Control+A');
    // On one line, so that no indentation is added.
    await this.page.keyboard.insertText(JSON.stringify(this.settings));
    await this.page.keyboard.press('Control+S');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'hidden' });
    await this.palette('View: Close Editor');
    await tab.waitFor({ state: 'detached' });
  }

  /** Changes the colour theme, with VS Code's own picker, and waits until it is shown. */
  async setTheme(theme: Theme): Promise<void> {
    const [label, className] = themes[theme];
    await this.palette('Preferences: Color Theme', label);
    await this.page.locator(`.monaco-workbench.${className}`).waitFor();
  }
}
