// npm run bench: runs test/bench/*.bench.ts and prints the sizes of the bundles.
// `npm run bench -- sweep` runs the benchmarks whose file name contains “sweep”.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { ensureBuilt } from './lib/build.mjs';
import { heading, main, Plain, requireNode, say } from './lib/console.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { run } from './lib/processes.mjs';
import { inRoot, root } from './lib/root.mjs';

await main(async () => {
  requireNode();
  await ensurePackages();
  if (!(await ensureBuilt())) throw new Plain('Nothing was measured, because the build failed.');
  const wanted = process.argv[2] ?? '';
  const files = readdirSync(inRoot('test', 'bench')).filter(
    (name) => name.endsWith('.bench.ts') && name.includes(wanted),
  );
  if (files.length === 0) say('There is no benchmark in test/bench with such a name.');
  for (const name of files.sort()) {
    heading(name);
    const code = await run(process.execPath, ['--import', 'tsx', inRoot('test', 'bench', name)], {
      cwd: root,
    });
    if (code !== 0) throw new Plain(`test/bench/${name} failed.`);
  }
  heading('Sizes');
  for (const name of readdirSync(inRoot('dist')).sort()) {
    if (!/\.(js|css)$/.test(name)) continue;
    const content = readFileSync(inRoot('dist', name));
    say(`  ${name.padEnd(18)} ${kib(content.length)}  ${kib(gzipSync(content).length)} gzip`);
  }
});

function kib(/** @type {number} */ bytes) {
  return `${(bytes / 1024).toFixed(1)} KiB`.padStart(12);
}
