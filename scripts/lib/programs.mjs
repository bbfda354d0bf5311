// Programs of the machine.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Finds a program on PATH. */
export function onPath(/** @type {string} */ name) {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}
