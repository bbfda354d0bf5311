import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FrontEnd, SourceDocument, Traceable } from '../languages/frontEnd';
import { type Cell, cellAt, joinCells, NOTEBOOK, readNotebook } from '../languages/notebook/notebook';
import type { Span } from '../model';
import type { Position, Range } from '../protocol';

/** An open document with its analysis, made when first asked for and kept until the text changes. */
export class OpenDocument {
  private analysed: unknown;
  private isAnalysed = false;
  private readonly positions: TextDocument;
  /** Of a notebook: positions count within each cell. */
  private readonly cells: readonly { readonly from: number; readonly to: number; readonly positions: TextDocument }[];

  constructor(
    readonly source: SourceDocument,
    readonly frontEnd: FrontEnd,
    private previous: unknown,
  ) {
    this.positions = TextDocument.create(source.uri, source.languageId, source.version, source.text);
    this.cells = (source.cells ?? []).map(({ from, to, text, language }) => ({
      from,
      to,
      positions: TextDocument.create(source.uri, language, source.version, text),
    }));
  }

  get analysis(): unknown {
    if (!this.isAnalysed) {
      this.analysed = this.frontEnd.analyse(this.source, this.previous);
      this.isAnalysed = true;
      this.previous = undefined;
    }
    return this.analysed;
  }

  /** The newest analysis there is, without making one: what the next version starts from. */
  get latest(): unknown {
    return this.isAnalysed ? this.analysed : this.previous;
  }

  get traceables(): readonly Traceable[] {
    return this.frontEnd.find(this.analysis);
  }

  /** What can be traced by name or place, also where it is not shown unasked. */
  get everything(): readonly Traceable[] {
    return this.frontEnd.findAll?.(this.analysis) ?? this.traceables;
  }

  /** In a notebook, the part of the span that lies in the cell where it begins. */
  range(span: Span): Range {
    const cell = this.cellAt(span.from);
    if (!cell) return { start: this.positions.positionAt(span.from), end: this.positions.positionAt(span.to) };
    const { index, from, positions } = cell;
    return { start: positions.positionAt(span.from - from), end: positions.positionAt(span.to - from), cell: index };
  }

  position(offset: number): Position {
    return this.range({ from: offset, to: offset }).start;
  }

  offset({ cell, ...position }: Position): number {
    if (cell === undefined) return this.positions.offsetAt(position);
    const own = this.cells[cell];
    return own ? own.from + own.positions.offsetAt(position) : this.source.text.length;
  }

  private cellAt(offset: number) {
    if (!this.source.cells || this.cells.length === 0) return undefined;
    const index = cellAt(this.source.cells, offset);
    const cell = this.cells[index];
    return cell && { index, ...cell };
  }

  /** What stands in a span, for the reader: macros of the document are written out. */
  text(span: Span): string {
    if (this.frontEnd.text) return this.frontEnd.text(this.analysis, span);
    return this.source.text.slice(span.from, span.to);
  }
}

/** A notebook as an editor knows it: cells, and no text of the whole. */
export interface NotebookDocument extends Omit<SourceDocument, 'text' | 'cells'> {
  readonly notebook: readonly Cell[];
}

/** The text of a notebook is that of its cells, whether they come one by one or in a file. */
function withCells(given: SourceDocument | NotebookDocument): SourceDocument {
  if ('notebook' in given) {
    const { notebook, ...source } = given;
    return { ...source, ...joinCells(notebook) };
  }
  if (given.languageId !== NOTEBOOK || given.cells) return given;
  return { ...given, ...joinCells(readNotebook(given.text) ?? []) };
}

/** The open documents, by address. */
export class Documents {
  private readonly byUri = new Map<string, OpenDocument>();
  /** Notebooks of cells that have addresses of their own. */
  private readonly homes = new Map<string, { readonly uri: string; readonly index: number }>();

  constructor(private readonly frontEnds: readonly FrontEnd[]) {}

  /** Opens or replaces. A document in a language that no front end reads is forgotten. */
  update(given: SourceDocument | NotebookDocument): OpenDocument | undefined {
    const source = withCells(given);
    for (const { uri } of this.byUri.get(source.uri)?.source.cells ?? []) if (uri !== undefined) this.homes.delete(uri);
    source.cells?.forEach(({ uri }, index) => {
      if (uri !== undefined) this.homes.set(uri, { uri: source.uri, index });
    });
    const frontEnd = this.frontEnds.find((f) => f.languages.includes(source.languageId));
    if (!frontEnd) {
      this.byUri.delete(source.uri);
      return undefined;
    }
    const known = this.byUri.get(source.uri);
    const previous = known?.frontEnd === frontEnd ? known.latest : undefined;
    const document = new OpenDocument(source, frontEnd, previous);
    this.byUri.set(source.uri, document);
    return document;
  }

  /** A document, or the notebook that a cell belongs to. */
  get(uri: string): OpenDocument | undefined {
    return this.byUri.get(this.homes.get(uri)?.uri ?? uri);
  }

  /** The number of a cell in its notebook, where the address is that of a cell. */
  cell(uri: string): number | undefined {
    return this.homes.get(uri)?.index;
  }

  close(uri: string): void {
    for (const cell of this.byUri.get(uri)?.source.cells ?? []) if (cell.uri !== undefined) this.homes.delete(cell.uri);
    this.byUri.delete(uri);
  }
}
