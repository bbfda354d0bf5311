// npm run build | watch: installs what is missing and makes the bundles in dist/.
import { ensureBuilt, watch } from './lib/build.mjs';
import { main, requireNode } from './lib/console.mjs';
import { ensurePackages } from './lib/packages.mjs';

await main(async () => {
  requireNode();
  await ensurePackages();
  if (process.argv.includes('--watch')) return watch();
  return (await ensureBuilt({ force: process.argv.includes('--force') })) ? 0 : 1;
});
