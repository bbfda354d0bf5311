// npm run generate: runs every scripts/generate/*.ts, whether its inputs have changed or not.
import { ensureGenerated } from './lib/build.mjs';
import { main, requireNode } from './lib/console.mjs';
import { ensurePackages } from './lib/packages.mjs';

await main(async () => {
  requireNode();
  await ensurePackages();
  await ensureGenerated({ force: true });
});
