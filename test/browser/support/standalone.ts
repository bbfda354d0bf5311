// The stand-alone viewer with recorded data, served from dist/.
import { servePages } from '../../../scripts/lib/pages.mjs';
import type { Recording } from '../../../src/export/recording';
import { standalonePage } from '../../../src/export/page';
import { recordings } from '../../webview/fixtures/recordings';
import type { Opened } from './browser';
import { openPage } from './browser';

/** A page of the stand-alone viewer in Chromium. */
export interface Standalone extends Opened {
  close(): Promise<void>;
}

export interface PageOptions {
  /** What the viewer shows; the recordings of the fixtures if left out. */
  readonly shown?: readonly Recording[];
  /** The query of the address, such as `?theme=vscode-light`. */
  readonly query?: string;
}

/** Serves the stand-alone viewer and opens it. */
export async function launchPage({ shown, query = '' }: PageOptions = {}): Promise<Standalone> {
  const { url, stop } = await serveStandalone(shown);
  const opened = await openPage();
  await opened.page.goto(url + query);
  return {
    ...opened,
    async close() {
      await opened.page.context().close();
      await stop();
    },
  };
}

/** Serves the stand-alone viewer on a loopback port. */
export function serveStandalone(shown: readonly Recording[] = recordings()): ReturnType<typeof servePages> {
  const html = standalonePage({
    title: 'Wengert',
    recordings: shown,
    script: 'standalone.js',
    style: 'standalone.css',
  });
  return servePages(html);
}
