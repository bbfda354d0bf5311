/** Tables of values: the headings are formulas, each row is a point. */
import { symbols } from '../../../symbolic';
import type { Claim } from '../../frontEnd';
import { LoweringError } from '../../latex/lower';
import { bare } from '../../latex/tree';
import { Decider, type Side } from '../decide';
import { type PrintedNumber, printedNumber } from '../digits';
import type { Model } from '../model';
import { cellClaim } from './cellClaim';
import type { Cell, Table } from './cells';
import { type CellClaim, confirmed } from './columns';

/** Steps of finite differences are left alone: what comes out of them depends on the arithmetic. */
const SMALLEST = 1e-5;

interface Column {
  readonly column: number;
  readonly side: Side;
  readonly decider: Decider;
}

/** Claims of a table of values; undefined for a table of another kind. */
export function pointClaims(model: Model, table: Table): Claim[] | undefined {
  const inputs = new Map<number, string>();
  const outputs: Column[] = [];
  for (const { column, formula } of table.header) {
    if (!formula) continue;
    const decider = new Decider(model, formula.statement);
    const head = bare(formula.node);
    const isGiven = head.kind === 'symbol' && decider.views.every((v) => !v.isFormula(head.name));
    if (isGiven && cellsOf(table, column).every((c) => numberIn(model, c))) inputs.set(column, head.name);
    else outputs.push({ column, side: decider.side(formula.node), decider });
  }
  if (inputs.size === 0 || outputs.length === 0) return undefined;
  const known = new Set(inputs.values());
  const decidable = outputs.filter(({ side: { readings } }) => dependOnlyOn(readings, known));
  if (decidable.length === 0) return undefined;
  const exact = cellClaims(model, table, inputs, decidable, (number) => ({ ...number, unit: 0 }));
  const agreeing = exact.filter(({ claim }) => claim.verdict === 'pass').length;
  // Most cells agree with the points as they are printed: then these are exact. Else they are rounded.
  const claims = 2 * agreeing > exact.length ? exact : cellClaims(model, table, inputs, decidable, (number) => number);
  return confirmed(claims, true);
}

function cellClaims(
  model: Model,
  table: Table,
  inputs: ReadonlyMap<number, string>,
  outputs: readonly Column[],
  read: (number: PrintedNumber) => PrintedNumber,
): CellClaim[] {
  const claims: CellClaim[] = [];
  for (const row of table.rows) {
    const given = new Map<string, PrintedNumber>();
    for (const cell of row) {
      const name = inputs.get(cell.column);
      const number = name === undefined ? undefined : numberIn(model, cell);
      if (name !== undefined && number) given.set(name, read(number));
    }
    if (given.size < inputs.size || [...given.values()].some(({ value }) => value !== 0 && Math.abs(value) < SMALLEST))
      continue;
    for (const { column, side } of outputs) {
      const cell = row.find((c) => c.column === column);
      if (!cell?.formula) continue;
      const decider = new Decider(model, cell.formula.statement);
      const finding = decider.decide([side], decider.side(cell.formula.node), { sign: 'eq', mayFail: true, given });
      claims.push(cellClaim(decider, side, cell, finding));
    }
  }
  return claims;
}

function cellsOf(table: Table, column: number): Cell[] {
  return table.rows.flatMap((row) => row.filter((c) => c.column === column));
}

function numberIn(model: Model, { formula }: Cell): PrintedNumber | undefined {
  if (!formula) return undefined;
  const decider = new Decider(model, formula.statement);
  return printedNumber(formula.node, (n) => decider.source(n));
}

function dependOnlyOn(readings: Side['readings'], names: ReadonlySet<string>): boolean {
  if (readings instanceof LoweringError) return false;
  try {
    return readings.every(({ expr, view, disconnected }) => {
      const free = symbols(view.expanded(expr));
      return !disconnected && free.size > 0 && [...free].every((n) => names.has(n)) && !view.lookedAheadForBodies;
    });
  } catch (error) {
    if (error instanceof LoweringError) return false;
    throw error;
  }
}
