/** A language service over an in-memory workspace, for tests. */
import type { Budget } from '../../src/languages/frontEnd';
import { createLanguageService, type LanguageService, type WorkspaceReader } from '../../src/service';
import type { Position } from '../../src/protocol';

export const CURSOR = '$$CURSOR$$';

export interface Opened {
  readonly service: LanguageService;
  readonly uri: string;
  /** The places that were marked with `$$CURSOR$$`, in order. */
  readonly cursors: readonly Position[];
  /** Replaces the text, as typing does. */
  type(text: string): Promise<readonly Position[]>;
}

export interface Files {
  readonly [path: string]: string;
}

/** Opens a document with marked places; `files` are the other documents of the workspace. */
export async function open(text: string, languageId = 'python', files: Files = {}, budget?: Budget): Promise<Opened> {
  const root = 'file:///workspace/';
  const uri = `${root}document.${EXTENSIONS[languageId] ?? 'txt'}`;
  const reader: WorkspaceReader = {
    text: async (wanted) => files[wanted.slice(root.length)] ?? null,
    bytes: async (wanted) => {
      const found = files[wanted.slice(root.length)];
      return found === undefined ? null : new TextEncoder().encode(found);
    },
    roots: async () => [root],
  };
  const service = createLanguageService(reader, budget ? { budget } : {});
  let version = 0;
  const type = async (marked: string): Promise<readonly Position[]> => {
    const { plain, cursors } = unmark(marked);
    await service.update({ uri, languageId, version: ++version, text: plain });
    return cursors;
  };
  return { service, uri, cursors: await type(text), type };
}

const EXTENSIONS: Readonly<Record<string, string>> = { python: 'py', markdown: 'md', latex: 'tex' };

function unmark(marked: string): { plain: string; cursors: Position[] } {
  const parts = marked.split(CURSOR);
  const cursors: Position[] = [];
  let plain = '';
  parts.forEach((part, i) => {
    plain += part;
    if (i === parts.length - 1) return;
    const lines = plain.split('\n');
    cursors.push({ line: lines.length - 1, character: (lines.at(-1) as string).length });
  });
  return { plain, cursors };
}
