/** The file system of Node, for reading the workspace. */
import { constants } from 'node:fs';
import { open, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { FileSystem } from '../workspace';

export const nodeFiles: FileSystem = {
  separator: path.sep,
  realpath: (file) => realpath(file),
  async fileSize(file) {
    // A named pipe would be waited for, and a few of them would hold up every file of the process.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stat = await handle.stat();
      return stat.isFile() ? stat.size : undefined;
    } finally {
      await handle.close();
    }
  },
  async read(file) {
    const handle = await open(file);
    try {
      return new Uint8Array(await handle.readFile());
    } finally {
      await handle.close();
    }
  },
  async entries(folder) {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  },
};
