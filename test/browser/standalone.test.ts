import assert from 'node:assert/strict';
import { screenshotFile } from '../support/screenshots';
import type { Standalone } from './support/standalone';
import { launchPage } from './support/standalone';

describe('stand-alone viewer', () => {
  let viewer: Standalone;
  before(async () => (viewer = await launchPage({ query: '?theme=vscode-light' })));
  after(() => viewer?.close());

  it('shows a recorded trace, and breaks no rule of the content-security policy', async () => {
    await viewer.page.locator('.katex').first().waitFor();
    await viewer.page.screenshot({ path: screenshotFile('standalone') });
    assert.deepEqual(viewer.complaints, []);
  });
});
