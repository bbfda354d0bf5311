/** Python for the language service. */
import type { Fault, FrontEnd, Occurrence, Traceable } from '../frontEnd';
import { analyse, type PythonAnalysis } from './analysis';
import { compileAround } from './compile/program';
import type { SitePlace, Unit } from './compile/code';
import type { Found } from './find/traceables';
import { pairRemedies, pythonPairs } from './check/pairs';
import { BudgetStop, NeedsStop } from './errors';
import { record } from './record/record';
import { remedies } from './record/remedies';
import { trainingLoops } from './training/loops';
import { replacedParameters } from './training/replacedParameters';
import { training } from './training/training';

export const pythonFrontEnd: FrontEnd<PythonAnalysis> = {
  languages: ['python'],
  analyse,
  find: (analysis) => analysis.found,
  findAll: (analysis) => analysis.everything,
  at: occurrences,
  record(analysis, traceable, request, budget, workspace) {
    const found = analysis.everything.find((t) => t.id === traceable.id);
    if (!found) throw new Error(`there is no traceable ${traceable.id} in this document`);
    return record(analysis, found, request, budget, workspace);
  },
  claims: () => [],
  pairs: pythonPairs,
  training,
  mayTrain: (analysis) => trainingLoops(analysis.parsed.module).some((t) => t.takesSteps),
  faults: (analysis): readonly Fault[] => [
    ...analysis.directives.faults,
    ...replacedParameters(analysis.parsed.module, analysis.document.text),
  ],
  remedies(analysis, offset, reasons, budget, workspace) {
    try {
      return [
        ...remedies(analysis, offset, reasons, budget, workspace),
        ...pairRemedies(analysis, offset, budget, workspace),
      ];
    } catch (error) {
      // What is wanted was asked of the workspace: it is fetched, and this is called again.
      if (error instanceof NeedsStop || error instanceof BudgetStop) return [];
      throw error;
    }
  },
};

/** Expressions and names at an offset, innermost first, in the traceables that they belong to. */
function occurrences(analysis: PythonAnalysis, offset: number): readonly Occurrence[] {
  if (analysis.found.length === 0) return [];
  const { code } = analysis;
  const codes = compileAround(code, offset);
  const innermost = codes[codes.length - 1];
  const unit: Unit | undefined = innermost?.unit ?? code.program.units.all.find((u) => u.qualname === '');
  if (!unit) return [];
  const places: { place: SitePlace; site: number }[] = [];
  unit.places.forEach((place, i) => {
    if (place.from <= offset && offset <= place.to) places.push({ place, site: unit.number * 65_536 + i });
  });
  places.sort((a, b) => length(a.place) - length(b.place));
  return places.flatMap(({ place, site }) =>
    traceablesAt(analysis, offset).map((traceable) => ({
      traceable,
      span: { from: place.from, to: place.to },
      site,
      ...(place.name ? { name: place.name } : {}),
    })),
  );
}

function length({ from, to }: { readonly from: number; readonly to: number }): number {
  return to - from;
}

/** The functions around an offset, innermost first, then the script. */
function traceablesAt(analysis: PythonAnalysis, offset: number): Traceable[] {
  const isScript = (t: Found) => !('node' in t);
  const inside = analysis.found.filter((t) => !isScript(t) && t.span.from <= offset && offset <= t.span.to);
  return [...inside.sort((a, b) => length(a.span) - length(b.span)), ...analysis.found.filter(isScript)];
}
