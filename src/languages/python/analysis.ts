/** What is known of a Python document before anything is evaluated. */
import type { SourceDocument } from '../frontEnd';
import { lineName } from '../lineName';
import { type CompiledModule, compileModule } from './compile/program';
import { type Directives, directivesOf } from './directives';
import { assumedImports } from './find/assumedImports';
import { findTraceables, type Found } from './find/traceables';
import { type ParsedModule, parseModule } from './parse';

export class PythonAnalysis {
  private compiled: CompiledModule | undefined;
  private traceables: readonly Found[] | undefined;
  private listed: readonly Found[] | undefined;
  readonly directives: Directives;
  /** Libraries that the document uses by their usual names and never imports. */
  readonly assumedImports: ReadonlyMap<string, string>;

  constructor(
    readonly document: SourceDocument,
    readonly parsed: ParsedModule,
  ) {
    this.directives = directivesOf(parsed);
    this.assumedImports = assumedImports(document.text);
  }

  /** Compiled when it is first wanted. */
  get code(): CompiledModule {
    return (this.compiled ??= compileModule(this.parsed.module));
  }

  /** What can be traced, asked for or not. */
  get everything(): readonly Found[] {
    return (this.traceables ??= findTraceables(this.parsed.module, this.directives.directives, this.assumedImports));
  }

  /** What is shown without being asked for. */
  get found(): readonly Found[] {
    return (this.listed ??= this.everything.filter(({ listed }) => listed));
  }

  /** What a reader calls the line of an offset: “line 12”. */
  line(offset: number): string {
    return lineName(this.document, offset);
  }
}

export function analyse(document: SourceDocument, previous?: PythonAnalysis): PythonAnalysis {
  return new PythonAnalysis(document, parseModule(document.text, previous?.parsed));
}
