import { servePages } from '../../../scripts/lib/pages.mjs';
import type { Opened } from './browser';
import { openPage } from './browser';

/** The stand-alone viewer, served from dist/, in a page of Chromium. */
export interface Standalone extends Opened {
  close(): Promise<void>;
}

/** Serves the stand-alone viewer and opens it; `query` chooses the recorded data. */
export async function launchPage(query = ''): Promise<Standalone> {
  const { url, stop } = await servePages();
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
