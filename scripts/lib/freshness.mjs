// Whether work has to be done again: by the content of its inputs, not by dates.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inRoot, root } from './root.mjs';

const skipped = new Set(['node_modules', '.git', 'dist', 'generated', 'test-output']);

/** All files under a path (or the path itself), sorted, without installed and built ones. */
export function filesUnder(/** @type {string} */ place) {
  if (!existsSync(place)) return [];
  if (statSync(place).isFile()) return [place];
  /** @type {string[]} */
  const found = [];
  for (const entry of readdirSync(place, { withFileTypes: true })) {
    if (skipped.has(entry.name)) continue;
    const file = path.join(place, entry.name);
    if (entry.isDirectory()) found.push(...filesUnder(file));
    else if (entry.isFile()) found.push(file);
  }
  return found.sort();
}

/** One hash of the names and contents of all files under some places of the checkout. */
export function contentHash(/** @type {string[]} */ places) {
  const hash = createHash('sha256');
  for (const file of places.flatMap((place) => filesUnder(inRoot(place))))
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/**
 * Remembers beside a result what it was made of.
 * @param {string} file
 */
export const stamp = (file) => ({
  matches: (/** @type {string} */ value) => existsSync(file) && readFileSync(file, 'utf8') === value,
  write(/** @type {string} */ value) {
    mkdirSync(path.dirname(file), { recursive: true });
    // A new file: the old one may be shared with a copy of the checkout, by a hard link.
    rmSync(file, { force: true });
    writeFileSync(file, value);
  },
  clear: () => rmSync(file, { force: true }),
});

/**
 * Lets one process at a time do `work` (two terminals may install or build at once).
 * @template T
 * @param {string} folder a folder that stands for the lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(folder, work) {
  const owner = path.join(folder, 'pid');
  mkdirSync(path.dirname(folder), { recursive: true });
  for (let told = false; ; await pause(300)) {
    try {
      mkdirSync(folder);
      break;
    } catch {
      if (isAbandoned(folder, owner)) rmSync(folder, { recursive: true, force: true });
      else if (!told) told = !!process.stdout.write(`waiting for another process (${path.relative(root, folder)})\n`);
    }
  }
  writeFileSync(owner, String(process.pid));
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function isAbandoned(/** @type {string} */ folder, /** @type {string} */ owner) {
  try {
    if (!existsSync(owner)) return Date.now() - statSync(folder).mtimeMs > 2000;
    process.kill(Number(readFileSync(owner, 'utf8')), 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}
