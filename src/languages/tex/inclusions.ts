/**
 * The files that a TeX document reads: `\input`, `\include`, `\subfile` and packages, where the workspace has them, and what
 * those read in turn. A chapter names its main file by the comment `% !TEX root = main.tex`: what that reads before the
 * chapter comes before it.
 */
import type { Span } from '../../model';
import type { IncludedText, SourceDocument, Workspace } from '../frontEnd';
import { readTex } from './regions';

const MAX_FILES = 64;
const MAX_LENGTH = 1_000_000;
const READS = /\\(?:input|include|subfile|usepackage|RequirePackage)\b|!\s*TEX\s+root/i;
const ROOT = /^[ \t]*%[ \t]*!\s*TEX\s+root\s*=\s*(.+?)[ \t]*$/im;

/**
 * The texts in the order in which they are read: a file that reads another one is cut in two there. A file is read once; one
 * that the workspace does not have, such as a package of the installation, is left out.
 */
export function includedTexts({ uri, text }: SourceDocument, workspace: Workspace): IncludedText[] {
  if (!READS.test(text)) return [];
  const seen = new Set([uri]);
  const texts: IncludedText[] = [];
  let order: IncludedText['order'] = 'there';

  /** @param folders where names are looked up: that of the main file, and of the file that names it */
  const take = (name: string, folders: readonly string[], at: Span, isPackage: boolean): void => {
    for (const folder of new Set([...folders, ...workspace.roots])) {
      const found = resolved(name, folder);
      if (found === undefined || seen.size > MAX_FILES) continue;
      // The main file has come to the chapter that is read.
      if (found === uri && order === 'before') order = 'after';
      if (seen.has(found)) return;
      const content = workspace.text(found);
      if (content === null || content === undefined || content.length > MAX_LENGTH) continue;
      seen.add(found);
      read({ uri: found, name, text: content, at, isPackage }, [...folders, folderOf(found)]);
      return;
    }
  };
  const read = (file: Omit<IncludedText, 'from' | 'to' | 'order'>, folders: readonly string[]): void => {
    let from = 0;
    const piece = (to: number) => {
      if (file.text.slice(from, to).trim() !== '') texts.push({ ...file, from, to, order });
      from = to;
    };
    for (const inclusion of readTex(file.text).inclusions) {
      piece(inclusion.from);
      from = inclusion.to;
      take(fileName(inclusion), folders, file.at, file.isPackage || inclusion.kind === 'package');
    }
    piece(file.text.length);
  };

  const root = ROOT.exec(text);
  if (root?.[1] !== undefined) {
    order = 'before';
    take(root[1], [folderOf(uri)], { from: root.index, to: root.index + root[0].length }, false);
  }
  order = 'there';
  for (const inclusion of readTex(text).inclusions)
    take(
      fileName(inclusion),
      [folderOf(uri)],
      { from: inclusion.from, to: inclusion.to },
      inclusion.kind === 'package',
    );
  return texts;
}

function fileName({ kind, path }: { readonly kind: 'input' | 'package'; readonly path: string }): string {
  if (kind === 'package') return `${path}.sty`;
  return /\.\w+$/.test(path) ? path : `${path}.tex`;
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
