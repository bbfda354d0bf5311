import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FrontEnd, SourceDocument, Traceable } from '../languages/frontEnd';
import type { Span } from '../model';
import type { Position, Range } from '../protocol';

/** An open document with its analysis, made when first asked for and kept until the text changes. */
export class OpenDocument {
  private analysed: unknown;
  private isAnalysed = false;
  readonly positions: TextDocument;

  constructor(
    readonly source: SourceDocument,
    readonly frontEnd: FrontEnd,
    private previous: unknown,
  ) {
    this.positions = TextDocument.create(source.uri, source.languageId, source.version, source.text);
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

  range(span: Span): Range {
    return { start: this.positions.positionAt(span.from), end: this.positions.positionAt(span.to) };
  }

  position(offset: number): Position {
    return this.positions.positionAt(offset);
  }

  offset(position: Position): number {
    return this.positions.offsetAt(position);
  }

  text(span: Span): string {
    return this.source.text.slice(span.from, span.to);
  }
}

/** The open documents, by address. */
export class Documents {
  private readonly byUri = new Map<string, OpenDocument>();

  constructor(private readonly frontEnds: readonly FrontEnd[]) {}

  /** Opens or replaces. A document in a language that no front end reads is forgotten. */
  update(source: SourceDocument): OpenDocument | undefined {
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

  get(uri: string): OpenDocument | undefined {
    return this.byUri.get(uri);
  }

  close(uri: string): void {
    this.byUri.delete(uri);
  }
}
