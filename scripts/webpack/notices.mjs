// The licences of what is bundled: every package whose code is in a bundle is named, with the text of its licence.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const NAME = 'ThirdPartyNotices.txt';

/**
 * A plugin that all bundles share. Each adds the packages of its modules, and writes the file anew.
 * @param {string} root of the project
 * @param {string} dist where the file goes
 */
export function notices(root, dist) {
  /** Folders of packages that are in some bundle. */
  const folders = new Set();
  return {
    apply(/** @type {import('webpack').Compiler} */ compiler) {
      compiler.hooks.afterEmit.tap('Notices', (compilation) => {
        for (const module of compilation.modules) collect(module, folders);
        mkdirSync(dist, { recursive: true });
        writeFileSync(path.join(dist, NAME), textOf(root, [...folders]));
      });
    },
  };
}

/** The package that a module, or each module that was joined into it, comes from. */
function collect(/** @type {any} */ module, /** @type {Set<string>} */ folders) {
  for (const inner of module.modules ?? []) collect(inner, folders);
  const file = module.resource ?? module.resourceResolveData?.path;
  const match = typeof file === 'string' && /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file);
  // The helpers of loaders are written into the bundles as well.
  if (match) folders.add(match[0]);
}

function textOf(/** @type {string} */ root, /** @type {string[]} */ folders) {
  const packages = folders
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) }))
    .sort((a, b) => (a.manifest.name < b.manifest.name ? -1 : 1));
  const parts = packages.map(({ folder, manifest }) => {
    const { name, version, license = 'see below' } = manifest;
    return `${name} ${version} (${license})\n\n${licenceIn(folder) ?? authorOf(manifest)}`;
  });
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  const own = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).name;
  return `The bundles of ${own} hold code of these packages, each under its own licence.${rule}${parts.join(rule)}\n`;
}

function licenceIn(/** @type {string} */ folder) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  return file && existsSync(path.join(folder, file)) ? readFileSync(path.join(folder, file), 'utf8').trim() : undefined;
}

function authorOf(/** @type {any} */ { author }) {
  const name = typeof author === 'string' ? author : author?.name;
  return name ? `Copyright ${name}` : 'No text of the licence is in the package.';
}
