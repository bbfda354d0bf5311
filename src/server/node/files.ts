/** The file system of Node, for reading the workspace. */
import { open, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { FileSystem } from '../workspace';

export const nodeFiles: FileSystem = {
  separator: path.sep,
  realpath: (file) => realpath(file),
  async fileSize(file) {
    const handle = await open(file);
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
