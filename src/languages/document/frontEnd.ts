/** Documents with formulas: Markdown and TeX. */
import { unknown } from '../../model';
import type { FrontEnd, SourceDocument } from '../frontEnd';

export interface DocumentAnalysis {
  readonly document: SourceDocument;
}

export const documentFrontEnd: FrontEnd<DocumentAnalysis> = {
  languages: ['markdown', 'latex', 'tex', 'quarto', 'rmd', 'plaintext'],
  analyse: (document) => ({ document }),
  find: () => [],
  at: () => [],
  record: (_analysis, traceable) =>
    unknown('unsupported-formula', 'formulas are not evaluated yet', traceable.span),
  claims: () => [],
  faults: () => [],
};
