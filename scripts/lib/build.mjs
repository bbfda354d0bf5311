// Generated sources and bundles, made again only when what they are made of has changed.
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Plain, duration, say } from './console.mjs';
import { alone, contentHash, stamp } from './freshness.mjs';
import { run } from './processes.mjs';
import { inRoot, root } from './root.mjs';

const sources = ['src', 'extension', 'webview', 'test/vscode/index.ts', 'test/vscode/suite', 'test/vscode/support'];
const tools = ['webpack.config.mjs', 'scripts/webpack', 'tsconfig.json', 'package-lock.json'];
const cache = inRoot('node_modules', '.cache', 'wengert');

/** Runs the generators of scripts/generate whose inputs have changed. */
export async function ensureGenerated({ force = false } = {}) {
  // In a process of its own, because generators are TypeScript and print what src/ holds.
  const program = [inRoot('scripts', 'lib', 'generators.mjs'), ...(force ? ['--force'] : [])];
  const code = await run(process.execPath, ['--import', 'tsx', ...program], { cwd: root });
  if (code !== 0) throw new Plain('A generator failed: see its message above.');
}

/**
 * Builds all bundles for production unless they are up to date.
 * @returns {Promise<boolean>} whether the bundles are good
 */
export async function ensureBuilt({ force = false } = {}) {
  return alone(path.join(cache, 'build.lock'), async () => {
    await ensureGenerated({ force });
    const wanted = contentHash([...sources, ...tools, ...generatedFolders()]);
    const made = stamp(inRoot('dist', '.stamp'));
    if (!force && made.matches(wanted)) {
      say('The bundles are up to date.');
      return true;
    }
    const started = Date.now();
    say('Building the bundles …');
    // What is there stays until it is overwritten: somebody may be using it.
    if (force) rmSync(inRoot('dist'), { recursive: true, force: true });
    made.clear();
    const code = await webpack(['--mode', 'production']);
    if (code === 0) made.write(wanted);
    say(code === 0 ? `Built in ${duration(Date.now() - started)}.` : 'The build failed.');
    return code === 0;
  });
}

/** Builds for development at every change, until the process is ended. */
export async function watch() {
  await ensureGenerated();
  stamp(inRoot('dist', '.stamp')).clear();
  const code = await webpack(['--mode', 'development', '--watch']);
  if (code !== 0) throw new Plain('The build failed.');
}

function webpack(/** @type {string[]} */ args) {
  const cli = inRoot('node_modules', 'webpack-cli', 'bin', 'cli.js');
  return run(process.execPath, [cli, ...args], { cwd: root });
}

/** Folders named `generated` under src, which the list of sources leaves out. */
function generatedFolders() {
  return readdirSync(inRoot('src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name === 'generated')
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}
