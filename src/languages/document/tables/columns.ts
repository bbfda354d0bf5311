/** Findings in the columns of a table. A heading may mean something else than it seems: a column must confirm its meaning. */
import type { Claim } from '../../frontEnd';

/** The claim of a cell. */
export interface CellClaim {
  readonly column: number;
  readonly claim: Claim;
}

/** A column that has no more cells than this to decide needs no cell that agrees, where its heading is a formula. */
const FEW = 2;

/**
 * Keeps what fails only in columns in which at least as many cells agree as not, nearly; where nothing agrees, the heading was
 * probably misread.
 * @param explicit whether headings are formulas that leave no doubt
 */
export function confirmed(cells: readonly CellClaim[], explicit: boolean): Claim[] {
  const count = (column: number, verdict: Claim['verdict']) =>
    cells.filter((c) => c.column === column && c.claim.verdict === verdict).length;
  return cells.map(({ column, claim }) => {
    if (claim.verdict !== 'fail') return claim;
    const [passes, fails] = [count(column, 'pass'), count(column, 'fail')];
    if (passes >= 1 && fails <= passes + 1) return claim;
    if (explicit && passes + fails <= FEW) return claim;
    const { expected: _, point: __, ...rest } = claim;
    return { ...rest, verdict: 'unknown', code: 'doubtful-column', message: 'the column may mean something else' };
  });
}
