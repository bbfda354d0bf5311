// npm run bench: runs the *.bench.ts of test/bench and test/browser/bench and prints the sizes of the bundles.
// `npm run bench -- sweep` runs the benchmarks whose file name contains “sweep”.
import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { ensureBuilt } from './lib/build.mjs';
import { heading, main, Plain, requireNode, say } from './lib/console.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { run } from './lib/processes.mjs';
import { inRoot, root } from './lib/root.mjs';

/** Where benchmarks are; those of the viewer run in Chromium. */
const FOLDERS = [
  ['test', 'bench'],
  ['test', 'browser', 'bench'],
];

/** Benchmarks of single operations, which are measured as they ship: bundled. */
const AS_SHIPPED = new Set(['core.bench.ts']);

await main(async () => {
  requireNode();
  await ensurePackages();
  if (!(await ensureBuilt())) throw new Plain('Nothing was measured, because the build failed.');
  const wanted = process.argv[2] ?? '';
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(inRoot(...folder))
      .filter((name) => name.endsWith('.bench.ts') && name.includes(wanted))
      .map((name) => inRoot(...folder, name)),
  );
  if (files.length === 0) say('There is no benchmark with such a name.');
  for (const file of files.sort()) {
    const name = path.basename(file);
    heading(name);
    const [load] = loadavg();
    say(`  load average ${load?.toFixed(1)}`);
    const code = await run(process.execPath, await program(file), { cwd: root });
    if (code !== 0) throw new Plain(`${path.relative(root, file)} failed.`);
  }
  heading('Sizes');
  for (const name of readdirSync(inRoot('dist')).sort()) {
    if (!/\.(js|css)$/.test(name)) continue;
    const content = readFileSync(inRoot('dist', name));
    say(`  ${name.padEnd(18)} ${kib(content.length)}  ${kib(gzipSync(content).length)} gzip`);
  }
});

/**
 * The arguments of Node that run a benchmark. Loaded one by one, modules call each other through getters of their exports,
 * which costs more than a step of a trace; in a bundle they do not.
 * @param {string} source
 */
async function program(source) {
  const name = path.basename(source);
  if (!AS_SHIPPED.has(name)) return ['--import', 'tsx', source];
  const bundle = path.join(inRoot('node_modules', '.cache', 'wengert', 'bench'), name.replace(/\.ts$/, '.mjs'));
  await build({
    entryPoints: [source],
    outfile: bundle,
    bundle: true,
    // As the bundles are: constants are written where they are used.
    minifySyntax: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return [bundle];
}

function kib(/** @type {number} */ bytes) {
  return `${(bytes / 1024).toFixed(1)} KiB`.padStart(12);
}
