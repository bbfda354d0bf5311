import assert from 'node:assert/strict';
import { servePages } from '../../scripts/lib/pages.mjs';

describe('page server', () => {
  let server: Awaited<ReturnType<typeof servePages>>;
  before(async () => (server = await servePages('<p>viewer</p>')));
  after(() => server.stop());

  it('serves the page on the loopback interface', async () => {
    assert.equal(new URL(server.url).hostname, '127.0.0.1');
    assert.match(await (await fetch(server.url)).text(), /viewer/);
  });

  it('serves nothing outside dist', async () => {
    assert.equal((await fetch(server.url + '..%2fpackage.json')).status, 404);
    assert.equal((await fetch(server.url + 'missing.js')).status, 404);
  });
});
