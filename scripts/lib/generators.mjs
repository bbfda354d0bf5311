// Runs the generators in scripts/generate; each is skipped while its inputs are unchanged, and what it made of them.
import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { main, say } from './console.mjs';
import { contentHash, stamp } from './freshness.mjs';
import { inRoot, root } from './root.mjs';

/**
 * What a file `scripts/generate/*.ts` exports as default.
 * @typedef {object} Generator
 * @property {string[]} inputs files and folders that it reads, from the root
 * @property {string[]} outputs files that it writes, from the root; what lies in a folder named `generated` is not committed
 * @property {(root: string) => void | Promise<void>} generate
 */

const force = process.argv.includes('--force');

await main(async () => {
  const names = readdirSync(inRoot('scripts', 'generate')).filter((name) => name.endsWith('.ts'));
  for (const name of names.sort()) {
    const loaded = await import(pathToFileURL(inRoot('scripts', 'generate', name)).href);
    // A CommonJS module that was compiled from TypeScript keeps its default export one level down.
    const generator = /** @type {Generator} */ (loaded.default.default ?? loaded.default);
    const inputs = [`scripts/generate/${name}`, 'package-lock.json', ...generator.inputs];
    // With the outputs: a checkout that is moved or copied may bring old ones along.
    const state = () => contentHash([...inputs, ...generator.outputs]);
    const made = stamp(inRoot('node_modules', '.cache', 'wengert', 'generated', name));
    if (!force && made.matches(state())) continue;
    say(`Generating ${generator.outputs.join(', ')} …`);
    await generator.generate(root);
    made.write(state());
  }
});
