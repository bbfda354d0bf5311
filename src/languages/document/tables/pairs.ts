/** Tables of functions and their derivatives. */
import { differentiate, symbols } from '../../../symbolic';
import type { Claim } from '../../frontEnd';
import { LoweringError } from '../../latex/lower';
import { bare, type Node } from '../../latex/tree';
import { Decider, type Side } from '../decide';
import type { Model } from '../model';
import { cellClaim } from './cellClaim';
import type { Cell, Table } from './cells';
import { type CellClaim, confirmed } from './columns';

interface Pair {
  readonly function: number;
  readonly derivative: number;
  readonly order: number;
  /** The variable that the headings name. */
  readonly variable?: string;
}

/** Claims of a table whose headings are a function and its derivative, in words or as f(x) and f′(x); else undefined. */
export function pairClaims(model: Model, table: Table): Claim[] | undefined {
  const pair = pairIn(table.header);
  if (!pair) return undefined;
  const claims: CellClaim[] = [];
  for (const row of table.rows) {
    const [of, derivative] = [pair.function, pair.derivative].map((c) => row.find((cell) => cell.column === c));
    if (!of?.formula || !derivative?.formula || isStatement(derivative.formula.node)) continue;
    const decider = new Decider(model, of.formula.statement);
    const left = derivativeOf(decider, of.formula.node, pair);
    if (!left) continue;
    const own = new Decider(model, derivative.formula.statement);
    const finding = own.decide([left], own.side(derivative.formula.node), { sign: 'eq', mayFail: true });
    claims.push(cellClaim(own, left, derivative, finding));
  }
  return claims.length === 0 ? undefined : confirmed(claims, true);
}

const FUNCTION = /^(?:the )?(?:activation )?functions?$|^(?:activation|antiderivative)$/;
const DERIVATIVE = /^(?:(?:its|the|first) )?(?:derivatives?|gradient|slope)$/;
const SECOND = /^(?:the )?second derivative$/;

function pairIn(header: readonly Cell[]): Pair | undefined {
  let of: Omit<Pair, 'derivative' | 'order'> | undefined;
  let by: Omit<Pair, 'function'> | undefined;
  for (const { column, words, formula } of header) {
    const node = formula && bare(formula.node);
    const argument = node?.kind === 'call' && node.args.length === 1 ? bare(node.args[0] as Node) : undefined;
    const variable = argument?.kind === 'symbol' ? { variable: argument.name } : {};
    if (node?.kind === 'call' && node.callee.kind === 'prime')
      by ??= { derivative: column, order: node.callee.order, ...variable };
    else if (node?.kind === 'derivative' && new Set(node.variables.map(nameIn)).size === 1)
      by ??= { derivative: column, order: node.variables.length, ...optional(nameIn(node.variables[0] as Node)) };
    else if (!node && DERIVATIVE.test(words)) by ??= { derivative: column, order: 1 };
    else if (!node && SECOND.test(words)) by ??= { derivative: column, order: 2 };
    else if ((node?.kind === 'call' && node.callee.kind === 'symbol') || FUNCTION.test(words))
      of ??= { function: column, ...variable };
  }
  return of && by && { ...of, ...by };
}

const nameIn = (node: Node): string | undefined => {
  const inner = bare(node);
  return inner.kind === 'symbol' ? inner.name : undefined;
};

const optional = (variable: string | undefined) => (variable === undefined ? {} : { variable });

const isStatement = (node: Node) => node.kind === 'relation' || node.kind === 'update';

/** The derivative of what a cell shows, where it is clear by which variable. */
function derivativeOf(decider: Decider, node: Node, pair: Pair): Side | undefined {
  // f(x) = sin x shows sin x.
  const shown = node.kind === 'relation' ? (node.operands.at(-1) as Node) : node;
  const { readings } = decider.side(shown);
  if (readings instanceof LoweringError) return undefined;
  const names = symbols(readings[0]?.expr ?? { kind: 'number', value: 0 });
  const variable = pair.variable ?? (names.has('x') ? 'x' : names.size === 1 ? [...names][0] : undefined);
  if (variable === undefined || !names.has(variable)) return undefined;
  const order = Array.from({ length: pair.order });
  return {
    text: `\\frac{d${pair.order > 1 ? `^${pair.order}` : ''}}{d${variable}${pair.order > 1 ? `^${pair.order}` : ''}} ${decider.source(shown)}`,
    readings: readings.map((r) => ({
      ...r,
      expr: order.reduce((e: typeof r.expr) => differentiate(e, variable), r.expr),
    })),
  };
}
