/** The Python of a document beside its formulas: one module, read when it is first wanted. */
import type {
  Budget,
  DerivativePair,
  Occurrence,
  PairCheck,
  Needs,
  PairRequest,
  RecordRequest,
  Remedy,
  SourceDocument,
  Traceable,
  TrainingOutcome,
  Workspace,
} from '../../frontEnd';
import type { Span } from '../../../model';
import type { PythonAnalysis } from '../../python/analysis';
import { pythonFrontEnd } from '../../python/frontEnd';
import type { Regions } from '../../regions';
import { inPython, isPlain, pythonText } from './text';

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

  /** Derivatives written by hand. */
  pairs(): readonly DerivativePair[] {
    return (this.analysis && pythonFrontEnd.pairs?.find(this.analysis)) ?? [];
  }

  /** @throws Error where the document has no such pair */
  check(pair: DerivativePair, request: PairRequest, budget: Budget, workspace: Workspace): PairCheck | Needs {
    const { analysis } = this;
    const { pairs } = pythonFrontEnd;
    if (!analysis || !pairs) throw new Error(`there is no pair ${pair.id} in this document`);
    const outcome = pairs.check(analysis, pair, request, budget, workspace);
    if (outcome.kind === 'needs') return outcome;
    const fixes = outcome.fixes.filter(({ edits }) => edits.every((e) => this.fits(e.text, e.span.from)));
    return { ...outcome, fixes };
  }

  mayTrain(): boolean {
    const { analysis } = this;
    return analysis !== undefined && pythonFrontEnd.mayTrain?.(analysis) === true;
  }

  /** @param taken identifiers of the formulas: code gives way */
  training(request: RecordRequest, budget: Budget, workspace: Workspace, taken: ReadonlySet<string>): TrainingOutcome {
    const { analysis } = this;
    const outcome = analysis && pythonFrontEnd.training?.(analysis, request, budget, workspace);
    if (!outcome) return { kind: 'none' };
    if (outcome.kind !== 'training' || outcome.traceable === undefined) return outcome;
    const own = this.allTraceables(taken).find((t) => t.code.id === outcome.traceable);
    return own ? { ...outcome, traceable: own.id } : outcome;
  }

  remedies(offset: number, reasons: readonly Span[], budget: Budget, workspace: Workspace): readonly Remedy[] {
    const { analysis } = this;
    if (!analysis || !this.holds(offset)) return [];
    const found = pythonFrontEnd.remedies?.(analysis, offset, reasons, budget, workspace) ?? [];
    return found.filter(({ at, text }) => this.fits(text, at));
  }

  /** Whether text may be written there: new lines in a quotation or a list would need the marks of each line. */
  private fits(text: string, offset: number): boolean {
    return !text.includes('\n') || isPlain(this.regions.code, offset);
  }
}
