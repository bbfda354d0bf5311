/**
 * Tables of an evaluation: a row is a variable, with its definition, its value, its local derivative and the derivative so
 * far, as headings say.
 */
import type { Expr } from '../../../symbolic';
import type { Claim } from '../../frontEnd';
import { LoweringError } from '../../latex/lower';
import { nameToTex } from '../../latex/names';
import { bare, type Node } from '../../latex/tree';
import { Decider, type Reading, type Side } from '../decide';
import type { Model, View } from '../model';
import { alongDefinitions } from '../traceRows';
import { cellClaim } from './cellClaim';
import type { Cell, Table } from './cells';
import { type CellClaim, confirmed } from './columns';

/** What a column says of the variable of its row. */
type Meaning =
  | { readonly kind: 'value' }
  /** The value of the derivative that another cell of the row states. */
  | { readonly kind: 'local' }
  /** ∂(variable)/∂W. */
  | { readonly kind: 'tangent'; readonly by: string }
  /** ∂L/∂(variable). */
  | { readonly kind: 'adjoint'; readonly of: string };

export function variableClaims(model: Model, table: Table): Claim[] {
  const names = rowNames(table);
  if (names.length < 2) return [];
  const claims: CellClaim[] = [];
  const meanings = table.header.map((cell) => ({ column: cell.column, meaning: meaningOf(cell, names) }));
  for (const row of table.rows) {
    const quantity = quantityOf(model, row);
    if (!quantity) continue;
    for (const { column, meaning } of meanings) {
      const cell = row.find((c) => c.column === column);
      if (!meaning || !cell?.formula || cell === quantity.cell || isStatement(cell.formula.node)) continue;
      const decider = new Decider(model, cell.formula.statement);
      const left = sideOf(model, meaning, quantity, row, column);
      if (!left) continue;
      const finding = decider.decide([left], decider.side(cell.formula.node), { sign: 'eq', mayFail: true });
      claims.push(cellClaim(decider, left, cell, finding));
    }
  }
  return confirmed(claims, false);
}

const isStatement = (node: Node) => node.kind === 'relation' || node.kind === 'update';

/** The names of the first column. */
function rowNames(table: Table): string[] {
  return table.rows.flatMap((row) => {
    const node = row[0]?.formula && headOf(row[0].formula.node);
    return row[0]?.column === 0 && node?.kind === 'symbol' ? [node.name] : [];
  });
}

function headOf(node: Node): Node {
  return bare(node.kind === 'relation' ? (node.operands[0] as Node) : node);
}

const baseOf = (name: string) => name.replace(/_.*$/, '');

/** v_i stands for the variable of any row where the rows are v_1, v_2 …. */
function isGeneric(name: string, rows: readonly string[]): boolean {
  return !rows.includes(name) && /_[a-z]$/.test(name) && rows.some((row) => baseOf(row) === baseOf(name));
}

const DERIVATIVE = /\b(?:derivatives?|partials?|gradients?|slopes?)\b/;
const VALUE = /\b(?:values?|primal|numbers?|numeric(?:al)?|evaluated|result)\b/;

function meaningOf({ words, formula }: Cell, rows: readonly string[]): Meaning | undefined {
  const node = formula && bare(formula.node);
  if (node) {
    const [operand, variable] = node.kind === 'derivative' ? [node.operand, node.variables[0] as Node].map(bare) : [];
    if (node.kind !== 'derivative' || node.variables.length !== 1) return undefined;
    if (operand?.kind !== 'symbol' || variable?.kind !== 'symbol') return undefined;
    if (isGeneric(operand.name, rows)) return { kind: 'tangent', by: variable.name };
    if (isGeneric(variable.name, rows)) return { kind: 'adjoint', of: operand.name };
    return undefined;
  }
  if (DERIVATIVE.test(words)) return VALUE.test(words) ? { kind: 'local' } : undefined;
  return VALUE.test(words) ? { kind: 'value' } : undefined;
}

interface Quantity {
  readonly cell: Cell;
  readonly side: Side;
  readonly name: string | undefined;
}

/** The variable of a row: a name, or the first form of its definition that can be read. */
function quantityOf(model: Model, row: readonly Cell[]): Quantity | undefined {
  const [cell] = row;
  if (!cell?.formula || cell.column !== 0) return undefined;
  const { statement, node } = cell.formula;
  const head = headOf(node);
  if (head.kind === 'derivative') return undefined;
  const decider = new Decider(model, statement);
  const operands = node.kind === 'relation' ? node.operands : [node];
  for (const operand of head.kind === 'symbol' ? operands : operands.slice(1)) {
    const side = decider.side(operand);
    if (side.readings instanceof LoweringError) continue;
    return {
      cell,
      name: head.kind === 'symbol' ? head.name : undefined,
      side: { ...side, text: decider.source(head) },
    };
  }
  return undefined;
}

function sideOf(
  model: Model,
  meaning: Meaning,
  { cell, side, name }: Quantity,
  row: readonly Cell[],
  column: number,
): Side | undefined {
  switch (meaning.kind) {
    case 'value':
      return side;
    case 'local':
      return statedDerivative(model, row, column);
    case 'tangent':
      return derived(side, `\\frac{\\partial ${side.text}}{\\partial ${nameToTex(meaning.by)}}`, (view, expr) =>
        alongDefinitions(view, expr, meaning.by),
      );
    case 'adjoint': {
      if (name === undefined || !cell.formula) return undefined;
      const decider = new Decider(model, cell.formula.statement);
      const view = decider.views[0] as View;
      const output = view.expression(meaning.of);
      if (!output) return undefined;
      const readings: Reading[] = [{ expr: output, view, disconnected: false }];
      return derived(
        { text: nameToTex(meaning.of), readings },
        `\\frac{\\partial ${nameToTex(meaning.of)}}{\\partial ${side.text}}`,
        (v, expr) => alongDefinitions(v, expr, name),
      );
    }
  }
}

/** The derivative that a cell of the row states: by the definitions where they say, else as it is stated. */
function statedDerivative(model: Model, row: readonly Cell[], except: number): Side | undefined {
  for (const { column, formula } of row) {
    if (!formula || column === 0 || column === except) continue;
    const { statement, node } = formula;
    if (headOf(node).kind !== 'derivative') continue;
    const decider = new Decider(model, statement);
    const operands = node.kind === 'relation' ? node.operands : [node];
    for (const operand of operands) {
      const side = decider.side(operand);
      if (side.readings instanceof LoweringError || side.readings.some((r) => r.disconnected)) continue;
      return { ...side, text: decider.source(operands[0] as Node) };
    }
  }
  return undefined;
}

function derived(side: Side, text: string, derivative: (view: View, expr: Expr) => Expr | undefined): Side | undefined {
  if (side.readings instanceof LoweringError) return undefined;
  const readings: Reading[] = [];
  for (const { expr, view } of side.readings.slice(0, 1)) {
    try {
      const result = derivative(view, expr);
      if (result) readings.push({ expr: result, view, disconnected: false });
    } catch (error) {
      if (!(error instanceof LoweringError)) throw error;
    }
  }
  return readings.length === 0 ? undefined : { text, readings };
}
