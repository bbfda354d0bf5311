import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { languageOfPath, SKIPPED_FOLDERS } from '../protocol';
import { FRONT_ENDS, readNotebook } from '../service';
import { filesAround } from '../service/filesAround';
import type { SourceDocument, WorkspaceReader } from '../service/languageService';
import { UsageError } from './arguments';

/** Larger files are not mathematics that somebody types. */
const MAX_BYTES = 16 * 1024 * 1024;

const NO_SUCH = 'no such file or folder';

/** All files that can be read under these paths, in order. @throws UsageError for a path that does not exist */
export function findFiles(paths: readonly string[], language: string | undefined): string[] {
  const files: string[] = [];
  const visit = (file: string, isNamed: boolean): void => {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) throw new UsageError(`${file}: ${NO_SUCH}`);
    if (stat.isDirectory()) {
      for (const entry of readdirSync(file, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
        if (entry.name.startsWith('.') || SKIPPED_FOLDERS.includes(entry.name) || entry.isSymbolicLink()) continue;
        visit(path.join(file, entry.name), false);
      }
    } else if (isNamed || languageOf(file, language) !== undefined) files.push(file);
  };
  for (const p of paths) visit(p, true);
  return files;
}

export function languageOf(file: string, override: string | undefined): string | undefined {
  // Lecture notes are often plain text: read as Markdown.
  return override ?? languageOfPath(file) ?? (path.extname(file).toLowerCase() === '.txt' ? 'markdown' : undefined);
}

/** @throws UsageError where the file can not be read or its language is not known */
export function readDocument(file: string, language: string | undefined): SourceDocument {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) throw new UsageError(`${file}: ${NO_SUCH}`);
  if (stat.isDirectory()) throw new UsageError(`${file}: a folder, where a file is wanted`);
  const languageId = languageOf(file, language);
  if (languageId === undefined) {
    throw new UsageError(`${file}: no language for the extension "${path.extname(file)}"; name one with --language`);
  }
  const languages = FRONT_ENDS.flatMap((f) => f.languages);
  if (!languages.includes(languageId))
    throw new UsageError(`unknown language "${languageId}": there are ${languages.join(', ')}`);
  let text: string;
  try {
    if (stat.size > MAX_BYTES) throw new Error(`larger than ${MAX_BYTES / 1024 / 1024} MB`);
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (languageId === 'notebook' && !readNotebook(text))
    throw new UsageError(`${file}: not a notebook: it holds no cells`);
  return {
    uri: pathToFileURL(path.resolve(file)).href,
    languageId,
    version: 1,
    text,
  };
}

/** The workspace: `--root`, else the current folder if the file is inside it, else the file's folder. */
export function rootOf(file: string, root: string | undefined): string {
  if (root !== undefined) {
    if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
      throw new UsageError(`--root ${root}: no such folder`);
    return path.resolve(root);
  }
  const folder = path.dirname(path.resolve(file));
  return isInside(folder, process.cwd()) ? process.cwd() : folder;
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

/** Reads files of the workspace and nothing else: links that lead out of it are not followed. */
export function workspaceReader(file: string, root: string): WorkspaceReader {
  const real = realpathSync(root);
  const allowed = (uri: string): string | undefined => {
    try {
      const name = realpathSync(fileURLToPath(uri));
      return isInside(name, real) && existsSync(name) && statSync(name).isFile() && statSync(name).size <= MAX_BYTES
        ? name
        : undefined;
    } catch {
      return undefined;
    }
  };
  return {
    text: async (uri) => {
      const name = allowed(uri);
      return name === undefined ? null : readFileSync(name, 'utf8');
    },
    bytes: async (uri) => {
      const name = allowed(uri);
      return name === undefined ? null : new Uint8Array(readFileSync(name));
    },
    near: async (uri, ending) => {
      if (allowed(uri) === undefined) return [];
      const folders = {
        entries: async (folder: string) =>
          readdirSync(fileURLToPath(folder), { withFileTypes: true })
            .filter((entry) => entry.isFile() || entry.isDirectory())
            .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
            .sort((a, b) => (a.name < b.name ? -1 : 1)),
        size: async (each: string) => statSync(fileURLToPath(each)).size,
      };
      return filesAround(folders, uri, pathToFileURL(path.resolve(root)).href, ending);
    },
    roots: async () =>
      [...new Set([path.dirname(path.resolve(file)), root])].map((f) => pathToFileURL(f + path.sep).href),
  };
}

/** A file as the reader named it, relative to where they stand. */
export function shownPath(file: string): string {
  return file.split(path.sep).join('/');
}
