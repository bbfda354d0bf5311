// Drives the user interface of a VS Code window as a person does: keys, mouse, what is on the screen.
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { screenshotFile } from '../../support/screenshots';
import type { Opened } from './browser';
import { openPage } from './browser';

/** Opens the address of a workbench in a new page and waits until its parts are there. */
export async function openWorkbench(address: string): Promise<Opened> {
  const opened = await openPage();
  await opened.page.goto(address);
  await opened.page.waitForSelector('.monaco-workbench', { timeout: 90_000 });
  const files = opened.page.locator('.explorer-folders-view .monaco-list-row');
  await files.first().waitFor({ timeout: 90_000 });
  return opened;
}

/** A VS Code window. */
export class Workbench {
  readonly page: Page;
  /** Uncaught errors and violations of the content-security policy. */
  readonly complaints: readonly string[];

  constructor({ page, complaints }: Opened) {
    this.page = page;
    this.complaints = complaints;
  }

  /** Runs a command by its title, as a user does with F1; `choices` answer the lists that it shows then. */
  async palette(title: string, ...choices: string[]): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.choose('>' + title, title);
    for (const choice of choices) {
      // The same box asks the next question: its text is empty again.
      await this.page.waitForFunction(
        () => document.querySelector<HTMLInputElement>('.quick-input-widget input.input')?.value === '',
      );
      await this.choose(choice, choice);
    }
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Opens a file of the folder by its name (Ctrl+P) and waits for its first line. */
  async openFile(name: string): Promise<void> {
    const base = path.posix.basename(name);
    await this.page.keyboard.press('Control+P');
    await this.choose(name, base);
    await this.page.locator(`.tab.active[data-resource-name="${base}"]`).waitFor();
    await this.editor().locator('.view-line').first().waitFor();
  }

  private async choose(query: string, label: string): Promise<void> {
    const box = this.page.locator('.quick-input-widget');
    const input = box.locator('input.input');
    // The row with exactly this label: it need not be the first that matches.
    const exactly = new RegExp(`^${label.replace(/[^\w ]/g, '\\$&')}$`);
    const name = this.page.locator('.label-name', { hasText: exactly });
    const row = box.locator('.monaco-list-row').filter({ has: name }).first();
    await input.waitFor({ state: 'visible' });
    for (let attempt = 1; ; attempt++) {
      await input.fill(query);
      try {
        await row.waitFor({ timeout: 5000 });
        break;
      } catch (error) {
        if (attempt === 5) throw error;
        // A file that was written a moment ago, or a command of an extension that is being activated.
        await input.fill('');
      }
    }
    await row.click();
  }

  /** The text editor that has, or last had, the focus. */
  editor(): Locator {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** The text of the visible lines of the active editor. */
  async visibleText(): Promise<string> {
    const lines = await this.editor()
      .locator('.view-line')
      .evaluateAll((found) =>
        found
          .map((line) => ({ top: (line as HTMLElement).offsetTop, text: line.textContent ?? '' }))
          .sort((a, b) => a.top - b.top)
          .map(({ text }) => text),
      );
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  /**
   * The middle of a word on the screen.
   * @param lineText a piece of the line that the word is in
   * @param word the word; its first occurrence at or after the start of `lineText`
   */
  async place(lineText: string, word: string): Promise<{ x: number; y: number }> {
    const handle = await this.page.waitForFunction(
      ([wantedLine, wantedWord]) => {
        for (const line of document.querySelectorAll('.editor-instance .view-line')) {
          const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
          const texts: Text[] = [];
          while (walker.nextNode()) texts.push(walker.currentNode as Text);
          const whole = texts
            .map((node) => node.data)
            .join('')
            .replaceAll('\u00a0', ' ');
          const start = whole.indexOf(wantedLine!);
          const from = start < 0 ? -1 : whole.indexOf(wantedWord!, start);
          if (from < 0) continue;
          const range = document.createRange();
          let at = 0;
          const middle = from + Math.floor((wantedWord!.length - 1) / 2);
          for (const node of texts) {
            if (middle < at + node.length) {
              range.setStart(node, middle - at);
              range.setEnd(node, middle - at + 1);
              break;
            }
            at += node.length;
          }
          const box = range.getBoundingClientRect();
          if (box.width > 0) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        }
        return undefined;
      },
      [lineText, word],
    );
    return (await handle.jsonValue())!;
  }

  /** Points at a word and returns the text of the hover that `pattern` matches (any, if left out). */
  async hover(lineText: string, word: string, pattern: RegExp = /\S/): Promise<string> {
    const { x, y } = await this.place(lineText, word);
    const hover = this.hoverBox().filter({ hasText: pattern, hasNotText: /^Loading\.\.\.$/ });
    for (let attempt = 1; ; attempt++) {
      await this.page.mouse.move(x + 1, y + 60 * attempt);
      await this.page.mouse.move(x, y, { steps: 3 });
      try {
        await hover.first().waitFor({ timeout: 5000 });
        return (await hover.first().innerText()).replaceAll('\u00a0', ' ');
      } catch (error) {
        if (attempt < 4) continue;
        const shown = (await this.hoverBox().allInnerTexts()).join('\n') || 'nothing';
        throw new Error(`Hovering over “${word}” in “${lineText}” showed: ${shown}`, {
          cause: error,
        });
      }
    }
  }

  /** The hovers on the screen. */
  hoverBox(): Locator {
    return this.page.locator('.monaco-hover:not(.hidden) .monaco-hover-content:visible');
  }

  /** Puts the cursor into a word with a click. */
  async clickWord(lineText: string, word: string): Promise<void> {
    const { x, y } = await this.place(lineText, word);
    await this.page.mouse.click(x, y);
  }

  /** The page inside a webview of the extension, once the tab with this title is open. */
  async webview(title: string): Promise<FrameLocator> {
    await this.page.locator('.tab', { hasText: title }).first().waitFor();
    // A webview is two nested frames: the workbench's own page, and the extension's document in it.
    const outer = 'iframe.webview.ready[src*="extensionId=wengert.wengert"]';
    await this.page.locator(outer).locator('visible=true').first().waitFor();
    return this.page.locator(outer).locator('visible=true').first().contentFrame().frameLocator('iframe#active-frame');
  }

  /** The texts of the notifications that VS Code holds (the test driver shows no toasts). */
  async notifications(): Promise<string[]> {
    await this.palette('Notifications: Show Notifications');
    const centre = this.page.locator('.notifications-center');
    await centre.waitFor();
    const texts = await centre.locator('.notification-list-item-message').allInnerTexts();
    await this.page.keyboard.press('Escape');
    return texts;
  }

  /** What VS Code says of the running extension with this name: “Activation: 12ms”. */
  async runningExtension(name: string): Promise<string> {
    await this.palette('Developer: Show Running Extensions');
    const rows = this.page.locator('.runtime-extensions-editor .monaco-list-row');
    const own = rows.filter({ hasText: name });
    await rows.first().click();
    // The list draws only the rows in view.
    for (let turn = 0; turn < 30 && !(await own.isVisible()); turn++) {
      await this.page.keyboard.press('PageDown');
      await this.page.waitForTimeout(500);
    }
    return own.innerText();
  }

  /** Saves a picture of the window as test-output/NAME.png. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: screenshotFile(name) });
  }
}
