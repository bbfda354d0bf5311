/** Documents with formulas: Markdown and TeX. */
import type { FrontEnd, Traceable } from '../frontEnd';
import { includedTexts } from '../tex/inclusions';
import { analyseDocument, type DocumentAnalysis, TEX, textOf } from './analysis';
import type { PythonAnalysis } from '../python/analysis';
import { NeedsStop } from '../python/errors';
import { NOTEBOOK } from '../notebook/notebook';
import { pythonFrontEnd } from '../python/frontEnd';
import { jacobianLayout } from './arrays/layout';
import { claimsOf, layoutOf } from './claims';
import type { CodeTraceable } from './code/embedded';
import { codeValues } from './code/values';
import { Model } from './model';
import { occurrencesAt } from './occurrences';
import { recordFormula } from './record';
import { type DocumentTraceable, traceablesOf } from './traceables';

/** Claims are bounded by work; the clock only ends them before the evaluation host would end everything. */
const BRAKE = 1.6;

const models = new WeakMap<DocumentAnalysis, Model>();

function modelOf(analysis: DocumentAnalysis): Model {
  let model = models.get(analysis);
  if (!model) models.set(analysis, (model = new Model(analysis)));
  return model;
}

function own(analysis: DocumentAnalysis, traceable: Traceable): DocumentTraceable | CodeTraceable {
  const found =
    traceablesOf(analysis).find((t) => t.id === traceable.id) ??
    analysis.code.allTraceables(formulaIds(analysis)).find((t) => t.id === traceable.id);
  if (!found) throw new Error(`${traceable.id} is no traceable of ${analysis.document.uri}`);
  return found;
}

function formulaIds(analysis: DocumentAnalysis): ReadonlySet<string> {
  return new Set(traceablesOf(analysis).map((t) => t.id));
}

/** Formulas and code, in order of the text. */
function inOrder(analysis: DocumentAnalysis, code: readonly CodeTraceable[]): readonly Traceable[] {
  const formulas = traceablesOf(analysis);
  return code.length === 0 ? formulas : [...formulas, ...code].sort((a, b) => a.span.from - b.span.from);
}

export const documentFrontEnd: FrontEnd<DocumentAnalysis> = {
  languages: ['markdown', 'latex', 'tex', 'quarto', 'rmd', 'plaintext', NOTEBOOK],
  included: (document, workspace) => (TEX.has(document.languageId) ? includedTexts(document, workspace) : []),
  analyse: analyseDocument,
  find: (analysis) => inOrder(analysis, analysis.code.traceables(formulaIds(analysis))),
  findAll: (analysis) => inOrder(analysis, analysis.code.allTraceables(formulaIds(analysis))),
  at: (analysis, offset) =>
    analysis.code.holds(offset) ? analysis.code.at(offset, formulaIds(analysis)) : occurrencesAt(analysis, offset),
  record(analysis, traceable, request, budget, workspace) {
    const found = own(analysis, traceable);
    if ('code' in found)
      return pythonFrontEnd.record(analysis.code.analysis as PythonAnalysis, found.code, request, budget, workspace);
    try {
      const { analysis: python } = analysis.code;
      const values = python ? codeValues(python, budget, workspace) : undefined;
      return recordFormula(modelOf(analysis), found, request, budget, values);
    } catch (error) {
      if (error instanceof NeedsStop) return { kind: 'needs', uris: error.uris };
      throw error;
    }
  },
  text: textOf,
  pairs: {
    find: ({ code }) => code.pairs(),
    check: ({ code }, pair, request, budget, workspace) => code.check(pair, request, budget, workspace),
  },
  mayTrain: ({ code }) => code.mayTrain(),
  training: (analysis, request, budget, workspace) =>
    analysis.code.training(request, budget, workspace, formulaIds(analysis)),
  remedies: ({ code }, offset, reasons, budget, workspace) => code.remedies(offset, reasons, budget, workspace),
  jacobianLayout: (analysis) => jacobianLayout(layoutOf(modelOf(analysis))),
  claims: (analysis, budget) => claimsOf(modelOf(analysis), budget.operations, BRAKE * budget.milliseconds),
  faults(analysis) {
    const { analysis: python } = analysis.code;
    return python ? [...analysis.faults, ...pythonFrontEnd.faults(python)] : analysis.faults;
  },
};
