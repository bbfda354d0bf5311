/** Documents with formulas: Markdown and TeX. */
import type { FrontEnd, Traceable } from '../frontEnd';
import { analyseDocument, type DocumentAnalysis } from './analysis';
import { claimsOf } from './claims';
import { Model } from './model';
import { occurrencesAt } from './occurrences';
import { recordFormula } from './record';
import { type DocumentTraceable, traceablesOf } from './traceables';

const models = new WeakMap<DocumentAnalysis, Model>();

function modelOf(analysis: DocumentAnalysis): Model {
  let model = models.get(analysis);
  if (!model) models.set(analysis, (model = new Model(analysis)));
  return model;
}

function own(analysis: DocumentAnalysis, traceable: Traceable): DocumentTraceable {
  const found = traceablesOf(analysis).find((t) => t.id === traceable.id);
  if (!found) throw new Error(`${traceable.id} is no traceable of ${analysis.document.uri}`);
  return found;
}

export const documentFrontEnd: FrontEnd<DocumentAnalysis> = {
  languages: ['markdown', 'latex', 'tex', 'quarto', 'rmd', 'plaintext'],
  analyse: analyseDocument,
  find: traceablesOf,
  at: occurrencesAt,
  record: (analysis, traceable, request, budget) =>
    recordFormula(modelOf(analysis), own(analysis, traceable), request, budget),
  claims: (analysis) => claimsOf(modelOf(analysis)),
  faults: (analysis) => analysis.faults,
};
