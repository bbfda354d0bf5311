/** What the viewer does in the source: marks places, shows them, and knows its own doing from the reader's. */
import {
  type Disposable,
  type NotebookDocument,
  OverviewRulerLane,
  type Range,
  Selection,
  type TextEditor,
  TextEditorRevealType,
  type TextEditorSelectionChangeEvent,
  TextEditorSelectionChangeKind,
  ThemeColor,
  type Uri,
  ViewColumn,
  window,
  workspace,
  type WorkspaceEdit,
} from 'vscode';

/**
 * The document of a range: in a notebook it may lie in another cell than the one that was asked about.
 * @param cell number of the cell that the range is in, where there are cells
 */
export function documentOf(uri: string, cell: number | undefined): string {
  if (cell === undefined) return uri;
  const notebook = notebookOf(uri);
  return notebook && cell < notebook.cellCount ? notebook.cellAt(cell).document.uri.toString() : uri;
}

/** Counts the edits of a document; of a notebook, those of all its cells. */
export function versionOf(uri: string): number | undefined {
  const notebook = notebookOf(uri);
  if (notebook) return notebook.getCells().reduce((sum, { document }) => sum + document.version, notebook.cellCount);
  return workspace.textDocuments.find((each) => each.uri.toString() === uri)?.version;
}

function notebookOf(uri: string): NotebookDocument | undefined {
  return workspace.notebookDocuments.find((each) =>
    each.getCells().some(({ document }) => document.uri.toString() === uri),
  );
}

export class SourceMarks implements Disposable {
  readonly #mark = window.createTextEditorDecorationType({
    backgroundColor: new ThemeColor('editor.wordHighlightStrongBackground'),
    border: '1px solid',
    borderColor: new ThemeColor('editor.wordHighlightStrongBorder'),
    overviewRulerColor: new ThemeColor('editorOverviewRuler.wordHighlightStrongForeground'),
    overviewRulerLane: OverviewRulerLane.Center,
  });
  #own: { readonly uri: string; readonly selection: Selection } | undefined;
  /** Versions of documents that the viewer's own edits have made. */
  readonly #edited = new Map<string, number>();
  #editing = false;

  /** Marks places in every editor that shows them; none: takes the marks away. */
  mark(places: readonly { readonly uri: string; readonly range: Range }[]): void {
    for (const editor of window.visibleTextEditors) {
      const uri = editor.document.uri.toString();
      const here = places.filter((place) => place.uri === uri).map(({ range }) => range);
      editor.setDecorations(this.#mark, here);
    }
  }

  /** Selects a range and brings it into view; with `focus`, the keyboard goes there too. */
  async reveal(uri: Uri, range: Range, focus: boolean): Promise<void> {
    const selection = new Selection(range.start, range.end);
    this.#own = { uri: uri.toString(), selection };
    const shown = editorOf(uri);
    const editor =
      shown && !focus
        ? shown
        : await window.showTextDocument(uri, {
            viewColumn: shown?.viewColumn ?? ViewColumn.One,
            preserveFocus: !focus,
          });
    editor.selection = selection;
    editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Changes documents; that the text moves a cursor along is no move of the reader's. */
  async edit(edit: WorkspaceEdit): Promise<void> {
    this.#editing = true;
    try {
      await workspace.applyEdit(edit);
    } finally {
      this.#editing = false;
      for (const [uri] of edit.entries()) this.#edited.set(uri.toString(), versionOf(uri.toString()) ?? 0);
    }
  }

  /** Whether a change of the selection is one that {@link reveal} or {@link edit} made. */
  isOwn({ textEditor, selections, kind }: TextEditorSelectionChangeEvent): boolean {
    const [only, ...others] = selections;
    const own = this.#own;
    const uri = textEditor.document.uri.toString();
    const byHand = kind === TextEditorSelectionChangeKind.Mouse || kind === TextEditorSelectionChangeKind.Keyboard;
    if (!byHand && (this.#editing || this.#edited.get(uri) === versionOf(uri))) return true;
    if (!own || uri !== own.uri) return false;
    if (others.length === 0 && only?.isEqual(own.selection)) return true;
    this.#own = undefined;
    return false;
  }

  dispose(): void {
    this.#mark.dispose();
  }
}

function editorOf(uri: Uri): TextEditor | undefined {
  const wanted = uri.toString();
  return [window.activeTextEditor, ...window.visibleTextEditors].find(
    (editor) => editor?.document.uri.toString() === wanted,
  );
}
