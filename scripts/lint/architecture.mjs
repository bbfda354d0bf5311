// Which part of the project may import which: the arrows of the design, written once.
// `scripts/lint/arrows.mjs` is the lint rule that holds every import against this table.

/**
 * @typedef {object} Area
 * @property {string[]} imports folders or modules of the project that it may import, besides itself
 * @property {string[]} [packages] npm packages that it may import (names, or scopes ending in `/`); any, if left out
 */

/** Shared nouns: types that every area may speak of. */
const model = 'src/model';
const core = ['src/symbolic', 'src/tensor'];

/** The manifest: the version, and names and defaults of settings, are stated there. */
const manifest = 'package.json';

/** @type {Record<string, Area>} Folder → what it may import. Folders that are not listed (test, scripts) are free. */
export const areas = {
  'src/model': { imports: [], packages: [] },
  'src/symbolic': { imports: [model], packages: [] },
  'src/tensor': { imports: [model], packages: [] },
  'src/format': { imports: [model], packages: [] },
  'src/layout': { imports: [model], packages: [] },
  'src/autodiff': { imports: [model, ...core], packages: [] },
  'src/languages': { imports: [model, ...core, 'src/autodiff', 'src/format'] },
  'src/service': {
    imports: [model, ...core, 'src/autodiff', 'src/languages', 'src/format', 'src/protocol'],
  },
  'src/protocol': { imports: [model], packages: ['valibot'] },
  // Traces as text, drawings and pages: one implementation for the command line, the editor and the viewer.
  'src/export': { imports: [model, 'src/protocol', 'src/format', 'src/layout'], packages: [] },
  'src/server': { imports: [model, 'src/service', 'src/protocol', 'src/format'] },
  // The server only for `wengert lsp`.
  'src/cli': {
    imports: [model, 'src/service', 'src/format', 'src/layout', 'src/export', 'src/protocol', 'src/server', manifest],
  },
  extension: { imports: [model, 'src/protocol', 'src/format', 'src/export', manifest] },
  // A page replays scalar traces by itself: the replay, and the generated sweeps that it runs.
  webview: {
    imports: [
      model,
      'src/protocol',
      'src/format',
      'src/layout',
      'src/export',
      'src/autodiff/replay',
      'src/autodiff/generated',
    ],
  },
};

/** The files and folders that may import Node's own modules. */
export const nodeFiles = ['src/server/node', 'src/server/worker.ts', 'src/cli', 'extension/extension.ts'];

/** The folders that may import `vscode`. */
export const vscodeFolders = ['extension', 'test/vscode'];

/**
 * Why a file may not import a module, or undefined if it may.
 * @param {string} file path from the root, with forward slashes
 * @param {string} target a path from the root, or the name of a package
 * @param {'project' | 'package' | 'node'} kind
 * @returns {string | undefined}
 */
export function objection(file, target, kind) {
  if (target === 'vscode')
    return vscodeFolders.some((folder) => within(file, folder))
      ? undefined
      : `Only ${vscodeFolders.join(' and ')} may import 'vscode'.`;
  const name = Object.keys(areas).find((folder) => within(file, folder));
  const area = name === undefined ? undefined : areas[name];
  if (name === undefined || area === undefined) return undefined;
  if (kind === 'node')
    return nodeFiles.some((place) => within(file, place))
      ? undefined
      : `'${target}' is Node's: only ${nodeFiles.join(', ')} may import it.`;
  if (kind === 'package')
    return !area.packages || area.packages.some((allowed) => isPackage(target, allowed))
      ? undefined
      : `${name} may import ${area.packages.length > 0 ? `no package but ${area.packages.join(', ')}` : 'no package'}.`;
  if (within(target, name) || area.imports.some((allowed) => within(target, allowed))) return undefined;
  const list = area.imports.length > 0 ? area.imports.join(', ') : 'nothing of the project';
  return `${name} may import ${list}, and not ${target}.`;
}

/** Whether a path is a module or lies in a folder; `src/a/b` stands for `src/a/b.ts` as well. */
function within(/** @type {string} */ file, /** @type {string} */ place) {
  return file === place || file.startsWith(place + '/') || file.startsWith(place + '.');
}

function isPackage(/** @type {string} */ target, /** @type {string} */ allowed) {
  return allowed.endsWith('/') ? target.startsWith(allowed) : target === allowed || target.startsWith(allowed + '/');
}
