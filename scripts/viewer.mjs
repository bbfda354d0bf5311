// npm run viewer: serves the stand-alone viewer, which shows recorded data without VS Code.
import { existsSync } from 'node:fs';
import { ensureBuilt } from './lib/build.mjs';
import { bold, main, Plain, requireNode, say } from './lib/console.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { servePages } from './lib/pages.mjs';
import { inRoot } from './lib/root.mjs';

await main(async () => {
  requireNode();
  await ensurePackages();
  if (!(await ensureBuilt()))
    throw new Plain('The viewer is not served, because the build failed.');
  if (!existsSync(inRoot('dist', 'standalone.js')))
    throw new Plain('There is no stand-alone viewer yet: webview/standalone.tsx does not exist.');
  const { url } = await servePages();
  say(`\nThe viewer is at\n\n  ${bold(url)}\n\nCtrl-C ends it.`);
  await new Promise(() => {});
});
