/**
 * Reads files for the language service: the unsaved text of open documents first, then files, and only
 * those that really lie inside a folder of the workspace — a symbolic link that leads out of it is not followed.
 */
import { URI } from 'vscode-uri';
import { filesAround, type Folders } from '../service/filesAround';
import type { WorkspaceReader } from '../service/languageService';

/** The little of a file system that is needed. Paths are the platform's own. */
export interface FileSystem {
  readonly separator: string;
  /** The path without symbolic links. @throws if there is no such file */
  realpath(path: string): Promise<string>;
  /** Size in bytes of a regular file, `undefined` for anything else. @throws if there is no such file */
  fileSize(path: string): Promise<number | undefined>;
  read(path: string): Promise<Uint8Array>;
  /** What a folder holds, without symbolic links, by name. @throws if there is no such folder */
  entries(path: string): Promise<readonly { readonly name: string; readonly isFolder: boolean }[]>;
}

/** Largest file that is read: enough for small data sets, too little to fill the memory. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

export interface WorkspaceFiles extends WorkspaceReader {
  setRoots(uris: readonly string[]): void;
}

/**
 * @param files `undefined` where there is no file system: then only open documents can be read
 * @param openText text of an open document
 */
export function createWorkspaceFiles(
  files: FileSystem | undefined,
  openText: (uri: string) => string | undefined,
  maxBytes = MAX_FILE_BYTES,
): WorkspaceFiles {
  let roots: readonly string[] = [];

  /** The real path of a file that may be read. */
  async function allowed(uri: string): Promise<string | undefined> {
    if (!files) return undefined;
    const wanted = URI.parse(uri);
    for (const root of roots.map((each) => URI.parse(each))) {
      // The authority is compared first: merely looking at a path of another machine would tell it who asks.
      if (wanted.scheme !== 'file' || root.scheme !== 'file' || wanted.authority !== root.authority) continue;
      try {
        const path = await files.realpath(wanted.fsPath);
        if (isInside(path, await files.realpath(root.fsPath), files.separator)) return path;
      } catch {
        // No such file, or no right to look: the same to the service.
      }
    }
    return undefined;
  }

  async function bytes(uri: string): Promise<Uint8Array | null> {
    const path = await allowed(uri);
    if (path === undefined || !files) return null;
    try {
      const size = await files.fileSize(path);
      return size === undefined || size > maxBytes ? null : await files.read(path);
    } catch {
      return null;
    }
  }

  /** Folders and sizes by URI, of one root. Links lead nowhere, so what lies inside by its name lies inside. */
  function foldersOf({ entries, fileSize }: FileSystem): Folders {
    return {
      entries: (uri) => entries(URI.parse(uri).fsPath),
      size: (uri) => fileSize(URI.parse(uri).fsPath),
    };
  }

  return {
    setRoots(uris) {
      roots = uris;
    },
    roots: () => Promise.resolve(roots),
    bytes,
    async near(uri, ending) {
      // The document decides which root is listed, if it really lies in one.
      const root = (await allowed(uri)) === undefined ? undefined : roots.find((each) => isInside(uri, each, '/'));
      return files && root !== undefined ? filesAround(foldersOf(files), uri, root, ending) : [];
    },
    async text(uri) {
      const open = openText(uri);
      if (open !== undefined) return open;
      const content = await bytes(uri);
      return content === null ? null : new TextDecoder().decode(content);
    },
  };
}

function isInside(path: string, folder: string, separator: string): boolean {
  return path.startsWith(folder.endsWith(separator) ? folder : folder + separator);
}
