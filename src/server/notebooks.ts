/**
 * Notebooks: each cell is a document to the editor, all cells together are one to the service. What is asked about a
 * cell is asked about its notebook.
 */
import { type Connection, NotebookDocuments, type NotebookDocument, type TextDocuments } from 'vscode-languageserver';
import type { ServerCapabilities } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { NotebookDocument as NotebookSource } from '../service/languageService';
import type { EvaluationHost } from './host';

/** Jupyter's name for its notebooks, in every editor. */
const NOTEBOOK_TYPE = 'jupyter-notebook';

export const notebookCapabilities: ServerCapabilities = {
  notebookDocumentSync: {
    notebookSelector: [
      { notebook: { notebookType: NOTEBOOK_TYPE }, cells: [{ language: 'python' }, { language: 'markdown' }] },
    ],
  },
};

export interface NotebookOptions {
  readonly connection: Connection;
  /** Holds the cells too: features find them like any other document. */
  readonly documents: TextDocuments<TextDocument>;
  readonly host: Pick<EvaluationHost, 'update' | 'close'>;
  readonly closed: (uri: string) => void;
  /** The service knows the newest text of a cell. */
  readonly analysed: (cell: TextDocument) => Promise<void>;
  readonly maxLength: number;
}

export class Notebooks {
  private readonly notebooks: NotebookDocuments<TextDocument>;

  constructor(private readonly options: NotebookOptions) {
    this.notebooks = new NotebookDocuments(options.documents);
    this.notebooks.onDidOpen((notebook) => this.update(notebook));
    this.notebooks.onDidChange(({ notebookDocument }) => this.update(notebookDocument));
    this.notebooks.onDidClose(({ uri }) => {
      void options.host.close(uri);
      options.closed(uri);
    });
  }

  listen(): void {
    this.notebooks.listen(this.options.connection);
  }

  /** Whether a document is a cell: then its text goes to the service with its notebook. */
  isCell(uri: string): boolean {
    return uri.startsWith('vscode-notebook-cell:') || this.notebooks.findNotebookDocumentForCell(uri) !== undefined;
  }

  /** Whether a document is a cell of one of some notebooks. */
  isCellOf(cell: string, notebooks: readonly string[]): boolean {
    const notebook = this.notebooks.findNotebookDocumentForCell(cell);
    return notebook !== undefined && notebooks.includes(notebook.uri);
  }

  /** The notebook of a cell, as the service takes it. */
  of(cell: string): NotebookSource | undefined {
    const notebook = this.notebooks.findNotebookDocumentForCell(cell);
    return notebook && sourceOf(notebook, (uri) => this.options.documents.get(uri));
  }

  private async update(notebook: NotebookDocument): Promise<void> {
    const { documents, host, analysed, maxLength } = this.options;
    const source = sourceOf(notebook, (uri) => documents.get(uri));
    if (source.notebook.reduce((length, cell) => length + cell.text.length, 0) > maxLength) return;
    await host.update(source);
    const newest = this.notebooks.getNotebookDocument(notebook.uri);
    if (newest?.version !== notebook.version) return;
    // A change in one cell is news for all: they share their names.
    for (const { document: uri } of newest.cells) {
      const cell = documents.get(uri);
      if (cell) await analysed(cell);
    }
  }
}

/** Cells whose language is not ours have no text here: they hold their place, so that cells keep their numbers. */
function sourceOf(notebook: NotebookDocument, textOf: (uri: string) => TextDocument | undefined): NotebookSource {
  const cells = notebook.cells.map(({ kind, document: uri }) => {
    const document = textOf(uri);
    const isMarkdown = document?.languageId === 'markdown' || kind === MARKUP;
    return {
      kind: !document ? ('other' as const) : isMarkdown ? ('markdown' as const) : ('code' as const),
      language: document?.languageId ?? '',
      text: document?.getText() ?? '',
      uri,
    };
  });
  return { uri: notebook.uri, languageId: 'notebook', version: notebook.version, notebook: cells };
}

/** `NotebookCellKind.Markup` of the protocol. */
const MARKUP = 1;
