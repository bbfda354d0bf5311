// Where things are. Everything in scripts/lib runs on plain Node: nothing may be installed yet.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** A path inside the checkout. */
export const inRoot = (/** @type {string[]} */ ...parts) => path.join(root, ...parts);

/** The folder with the embedded VS Code's own package.json and lock file. */
export const hostFolder = inRoot('test', 'vscode', 'host');
