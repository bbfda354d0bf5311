// The parts of `npm test`. Each returns its counts; a part that cannot run counts as one failure.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ensureBuilt, ensureGenerated } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { Plain, red, say } from './console.mjs';
import { ensureHost } from './host.mjs';
import { run } from './processes.mjs';
import { inRoot, root } from './root.mjs';

/**
 * @typedef {{ passed: number, failed: number, pending?: number, note?: string }} Counts
 * @typedef {object} Part
 * @property {string} title
 * @property {(keyof typeof needs)[]} needs
 * @property {(args: string[]) => Promise<Counts>} run `args` go to mocha, or to ESLint
 */

/** What a part may need besides the npm packages. Each is got once, however many parts ask for it. */
export const needs = {
  generated: once(() => ensureGenerated()),
  bundles: once(async () => {
    if (!(await ensureBuilt())) throw new Plain('The bundles could not be built.');
  }),
  host: once(() => ensureHost((line) => line.trim() && say(`  [VS Code] ${line}`))),
  chromium: once(() => ensureChromium((line) => say(`  [Chromium] ${line}`))),
};

/** @type {Record<string, Part>} */
export const parts = {
  build: { title: 'Build', needs: [], run: build },
  lint: { title: 'Lint', needs: ['generated'], run: lint },
  types: { title: 'Types', needs: ['generated'], run: types },
  unit: { title: 'Unit tests', needs: ['generated'], run: unit },
  vscode: {
    title: 'Tests in VS Code',
    needs: ['bundles', 'host', 'chromium'],
    run: (args) => counted(['--import', 'tsx', 'test/vscode/run-embedded.ts', ...args]),
  },
  ui: {
    title: 'UI tests in Chromium',
    needs: ['bundles', 'host', 'chromium'],
    run: (args) => mocha(['--config', 'test/browser/.mocharc.json'], args),
  },
  desktop: {
    title: 'Tests in desktop VS Code',
    needs: ['bundles'],
    run: (args) => counted(['--import', 'tsx', 'test/vscode/run-desktop.ts', ...args]),
  },
};

/** @returns {Promise<Counts>} */
async function build() {
  await needs.bundles();
  return { passed: 0, failed: 0 };
}

/** Some unit tests start bundles; without them the others still have something to say. */
async function unit(/** @type {string[]} */ args) {
  await needs.bundles().catch(() => {});
  return mocha([], args);
}

/**
 * ESLint's problems, then the files that prettier would change.
 * @returns {Promise<Counts>}
 */
async function lint(/** @type {string[]} */ args) {
  const cache = 'node_modules/.cache/wengert/eslint';
  const eslint = ['--cache', '--cache-location', cache, '--cache-strategy', 'content'];
  let failed = await problems(
    'eslint/bin/eslint.js',
    ['.', '--max-warnings=0', ...eslint, ...args],
    /^\s+\d+:\d+\s+(error|warning)\b/,
  );
  failed += await problems(
    'prettier/bin/prettier.cjs',
    ['--check', '--log-level', 'warn', '.'],
    /^\[(warn|error)\] (?!Code style)/,
  );
  return {
    passed: 0,
    failed,
    ...(failed ? { note: '`npm run lint -- --fix` and `npm run format` repair some' } : {}),
  };
}

/** @returns {Promise<Counts>} */
async function types() {
  return {
    passed: 0,
    failed: await problems('typescript/bin/tsc', ['--pretty', 'false'], /\berror TS\d+/),
  };
}

/**
 * Runs a tool that prints one line a problem, and counts them.
 * @param {string} program its file in node_modules
 * @param {string[]} args
 * @param {RegExp} problem
 */
async function problems(program, args, problem) {
  let count = 0;
  const code = await run(process.execPath, [inRoot('node_modules', program), ...args], {
    cwd: root,
    output(line) {
      if (problem.test(stripVTControlCharacters(line))) count++;
      say(line);
    },
  });
  return code === 0 ? 0 : Math.max(count, 1);
}

function mocha(/** @type {string[]} */ config, /** @type {string[]} */ args) {
  const strict = process.env['CI'] ? ['--forbid-only', '--forbid-pending'] : [];
  return counted([inRoot('node_modules', 'mocha', 'bin', 'mocha.js'), ...config, ...strict, ...args]);
}

/**
 * Runs a program that writes its counts to $WENGERT_RESULT.
 * @param {string[]} args
 * @returns {Promise<Counts>}
 */
async function counted(args) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'wengert-test-'));
  const file = path.join(folder, 'result.json');
  try {
    const code = await run(process.execPath, args, {
      cwd: root,
      env: { ...process.env, WENGERT_RESULT: file },
    });
    const counts = read(file);
    if (!counts) return { passed: 0, failed: 1, note: 'it ended before its tests did' };
    if (counts.passed + counts.failed === 0) return { passed: 0, failed: 1, note: 'no test ran' };
    if (code !== 0 && counts.failed === 0) return { ...counts, failed: 1, note: `it ended with code ${code}` };
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns {Counts | undefined} */
function read(/** @type {string} */ file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Gets what a part needs and runs it; whatever goes wrong becomes a count and a sentence. */
export async function runPart(/** @type {Part} */ part, /** @type {string[]} */ args) {
  try {
    for (const need of part.needs) await needs[need]();
    return await part.run(args);
  } catch (error) {
    const message = error instanceof Plain ? error.message : String(/** @type {Error} */ (error).stack);
    say(red(message));
    return { passed: 0, failed: 1, note: 'it could not run' };
  }
}

/**
 * @template T
 * @param {() => Promise<T>} work
 * @returns {() => Promise<T>}
 */
function once(work) {
  /** @type {Promise<T> | undefined} */
  let result;
  return () => (result ??= work());
}
