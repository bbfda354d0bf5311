// npm run package: builds the extension and packs it into dist-vsix/wengert-VERSION.vsix.
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { ensureBuilt } from './lib/build.mjs';
import { main, Plain, requireNode, say } from './lib/console.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { run } from './lib/processes.mjs';
import { inRoot, root } from './lib/root.mjs';

await main(async () => {
  requireNode();
  await ensurePackages();
  if (!(await ensureBuilt())) throw new Plain('Nothing was packed, because the build failed.');
  const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const file = inRoot('dist-vsix', `wengert-${version}.vsix`);
  mkdirSync(inRoot('dist-vsix'), { recursive: true });
  // The bundles hold everything, so no node_modules; the repository address is neutral, so no links from it.
  const vsce = ['package', '--no-dependencies', '--no-rewrite-relative-links', '--out', file];
  const program = inRoot('node_modules', '@vscode', 'vsce', 'vsce');
  const code = await run(process.execPath, [program, ...vsce], { cwd: root });
  if (code !== 0) throw new Plain('vsce could not pack the extension: see its message above.');
  say(`${(statSync(file).size / 1024).toFixed(0)} KiB in dist-vsix/wengert-${version}.vsix`);
});
