/** Formulas that a directive silences. */
import type { DocumentAnalysis } from './analysis';
import type { PlacedFormula } from './formulas';

/** `ignore` speaks of the formula in its own line, else of the first one after it. */
export function ignoredFormulas(analysis: DocumentAnalysis): ReadonlySet<PlacedFormula> {
  const ignored = new Set<PlacedFormula>();
  const { text } = analysis.document;
  for (const directive of analysis.directives) {
    if (directive.kind !== 'ignore') continue;
    const lineFrom = text.lastIndexOf('\n', directive.span.from) + 1;
    const newline = text.indexOf('\n', directive.span.to);
    const lineTo = newline < 0 ? text.length : newline;
    const found =
      analysis.formulas.find((f) => f.region.from < lineTo && f.region.to > lineFrom) ??
      analysis.formulas.find((f) => f.region.from >= directive.span.from);
    if (found) ignored.add(found);
  }
  return ignored;
}
