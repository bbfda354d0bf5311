/** A claim that a cell makes. */
import { spanIn } from '../statements';
import type { Decider, Finding, Side } from '../decide';
import type { CellClaim } from './columns';
import type { Cell } from './cells';

/** What a cell says of the quantity `left`, with the verdict on it. */
export function cellClaim(decider: Decider, left: Side, cell: Cell, finding: Finding): CellClaim {
  const { statement, node } = cell.formula as NonNullable<Cell['formula']>;
  const text = `${left.text} = ${decider.source(node)}`;
  return { column: cell.column, claim: { id: text, name: left.text, span: spanIn(statement, node), text, ...finding } };
}
