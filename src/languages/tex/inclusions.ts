/**
 * The files that a TeX document reads: `\input` and packages, where the workspace has them, and what those read in turn.
 * Of them all the macros count. A chapter names its main file by the comment `% !TEX root = main.tex`.
 */
import type { SourceDocument, Workspace } from '../frontEnd';
import { readTex } from './regions';

const MAX_FILES = 64;
const MAX_LENGTH = 1_000_000;
const READS = /\\(?:input|include|subfile|usepackage|RequirePackage)\b|!\s*TEX\s+root/i;
const ROOT = /^[ \t]*%[ \t]*!\s*TEX\s+root\s*=\s*(.+?)[ \t]*$/im;

/**
 * Texts of the files, in the order in which they are read. A file that the workspace does not have, such as a package of
 * the installation, is left out.
 */
export function includedTexts({ uri, text }: SourceDocument, workspace: Workspace): string[] {
  if (!READS.test(text)) return [];
  const seen = new Set([uri]);
  const texts: string[] = [];
  /** @param folders where names are looked up: that of the main file, and of the file that names it */
  const read = (source: string, folders: readonly string[]): void => {
    for (const { kind, path } of readTex(source).inclusions) {
      const names = kind === 'package' ? [`${path}.sty`] : /\.\w+$/.test(path) ? [path] : [`${path}.tex`];
      take(names, folders);
    }
  };
  const take = (names: readonly string[], folders: readonly string[]): void => {
    for (const folder of new Set([...folders, ...workspace.roots]))
      for (const name of names) {
        const found = resolved(name, folder);
        if (found === undefined || texts.length >= MAX_FILES) continue;
        if (seen.has(found)) return;
        const content = workspace.text(found);
        if (content === null || content === undefined || content.length > MAX_LENGTH) continue;
        seen.add(found);
        read(content, [...folders, folderOf(found)]);
        texts.push(content);
        return;
      }
  };
  const root = ROOT.exec(text)?.[1];
  if (root !== undefined) take([root], [folderOf(uri)]);
  read(text, [folderOf(uri)]);
  return texts;
}

function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}

function resolved(name: string, folder: string): string | undefined {
  try {
    const base = folder.endsWith('/') ? folder : `${folder}/`;
    const uri = new URL(name.trim().split('/').map(encodeURIComponent).join('/'), base);
    return uri.href;
  } catch {
    return undefined;
  }
}
