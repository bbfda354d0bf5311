/** What files that a document reads define: statements that hold in it, from where they are read on. */
import type { IncludedText } from '../frontEnd';
import type { Macros } from '../latex/macros';
import type { Declarations } from '../latex/conventions';
import { readTex, type TexRegions } from '../tex/regions';
import type { FormulaCache } from './formulas';
import { Recent } from './recent';
import { type Statement, statementsOf } from './statements';

const regions = new Recent<TexRegions>(64);

/**
 * The statements of the files, in order. Their indices lie between those of the document's own statements, as the files are
 * read; `section` is that of the place where this happens.
 * @param own statements of the document
 */
export function includedStatements(
  included: readonly IncludedText[],
  own: readonly Statement[],
  cache: FormulaCache,
  declarations: Declarations,
  macros: Macros,
): Statement[] {
  const all = included
    .filter(({ isPackage }) => !isPackage)
    .flatMap((file) => {
      const { math } = regions.of(file.text, () => readTex(file.text));
      const formulas = math
        .filter((m) => m.from >= file.from && m.to <= file.to)
        .map((m) => cache.read(file.text, m, declarations, macros));
      return statementsOf(formulas, []).map((statement) => ({ ...statement, file }));
    });
  const steps = all.length + 1;
  return all.map((statement, k): Statement => {
    const { order, at } = statement.file;
    const before = own.filter((s) => s.placed.base < at.from);
    const [last, next] = [before.at(-1), own[before.length]];
    const share = (k + 1) / steps;
    if (order === 'before') return { ...statement, index: share - 1, formula: share - 1, section: -1 };
    if (order === 'after')
      return { ...statement, index: own.length + k, formula: (own.at(-1)?.formula ?? 0) + 1 + k, section: Infinity };
    return {
      ...statement,
      index: before.length - 1 + share,
      formula: (last?.formula ?? -1) + share,
      section: last?.section ?? next?.section ?? 0,
    };
  });
}
