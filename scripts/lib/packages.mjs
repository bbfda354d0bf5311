// The project's npm packages.
import { existsSync, readFileSync } from 'node:fs';
import { Plain, say } from './console.mjs';
import { alone } from './freshness.mjs';
import { npm } from './processes.mjs';
import { inRoot, root } from './root.mjs';

/** Whether node_modules holds what the lock file asks for. */
export function packagesInstalled() {
  const installed = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const has = packagesOf(installed);
  return Object.entries(packagesOf(inRoot('package-lock.json'))).every(
    ([place, wanted]) => place === '' || wanted.optional || has[place]?.version === wanted.version,
  );
}

/** @returns {Record<string, { version?: string, optional?: boolean }>} */
function packagesOf(/** @type {string} */ lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

/** Installs the project's packages if they are missing or out of date. */
export async function ensurePackages() {
  if (packagesInstalled()) return;
  await alone(inRoot('.installing'), async () => {
    if (packagesInstalled()) return;
    say('Installing the npm packages …');
    const code = await npm(['ci', '--no-audit', '--no-fund'], { cwd: root });
    if (code !== 0)
      throw new Plain(
        'The npm packages could not be installed: see the messages of npm above, then run the command again.',
      );
  });
}
