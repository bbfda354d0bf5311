import type { Context } from 'mocha';
import { closeBrowser, photographAll } from './browser';

/** Hooks around all UI tests: a failed test leaves a picture in test-output/. */
export const mochaHooks = {
  async afterEach(this: Context): Promise<void> {
    const test = this.currentTest;
    if (test?.state === 'failed') await photographAll(test.fullTitle());
  },
  afterAll: closeBrowser,
};
