/** The Python of a document beside its formulas: one module, read when it is first wanted. */
import type { Occurrence, SourceDocument, Traceable } from '../../frontEnd';
import type { PythonAnalysis } from '../../python/analysis';
import { pythonFrontEnd } from '../../python/frontEnd';
import type { Regions } from '../../regions';
import { inPython, pythonText } from './text';

/** Something in the Python of a document. */
export interface CodeTraceable extends Traceable {
  readonly code: Traceable;
}

export class EmbeddedPython {
  private read: PythonAnalysis | undefined;
  private isRead = false;

  constructor(
    private readonly document: SourceDocument,
    private readonly regions: Regions,
    private previous: EmbeddedPython | undefined,
  ) {
    // One generation back is enough, and no chain of documents is kept.
    if (previous) previous.previous = undefined;
  }

  /** Undefined where the document holds no Python. */
  get analysis(): PythonAnalysis | undefined {
    if (!this.isRead) {
      const text = pythonText(this.document.text, this.regions.code);
      const { previous } = this;
      this.read =
        text === undefined
          ? undefined
          : pythonFrontEnd.analyse({ ...this.document, languageId: 'python', text }, previous?.read);
      this.isRead = true;
      this.previous = undefined;
    }
    return this.read;
  }

  holds(offset: number): boolean {
    return inPython(this.regions.code, offset);
  }

  /** @param taken identifiers of the formulas: code gives way */
  traceables(taken: ReadonlySet<string>): CodeTraceable[] {
    return this.renamed(this.analysis ? pythonFrontEnd.find(this.analysis) : [], taken);
  }

  /** Also what is not worth showing without being asked for. */
  allTraceables(taken: ReadonlySet<string>): CodeTraceable[] {
    return this.renamed(this.analysis ? (pythonFrontEnd.findAll ?? pythonFrontEnd.find)(this.analysis) : [], taken);
  }

  private renamed(list: readonly Traceable[], taken: ReadonlySet<string>): CodeTraceable[] {
    return list.map((code) => {
      let id = code.id;
      for (let n = 2; taken.has(id); n++) id = `${code.id}#${n}`;
      return { ...code, id, language: 'python', code };
    });
  }

  at(offset: number, taken: ReadonlySet<string>): Occurrence[] {
    const { analysis } = this;
    if (!analysis || !this.holds(offset)) return [];
    const own = this.allTraceables(taken);
    return pythonFrontEnd
      .at(analysis, offset)
      .map((o) => ({ ...o, traceable: own.find((t) => t.code.id === o.traceable.id) ?? o.traceable }));
  }
}
