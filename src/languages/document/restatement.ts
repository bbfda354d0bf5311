/** Results that are stated where a formula has given them already: “then ŷ = 0.25”. */
import { evaluate, type Expr, symbols } from '../../symbolic';
import { LoweringError } from '../latex/lower';
import { agrees, printedNumber } from './digits';
import type { ValueDefinition } from './definitions';
import { type Model, View } from './model';
import { sourceIn } from './statements';

/** Relative difference within which a calculation gives the value of the formula. */
const SAME = 1e-9;

/**
 * Whether the definition states a number that the last formula for the name gives at this place, to the digits printed. Any
 * other number is what the name stands for from here on.
 */
export function restatesResult(model: Model, definition: ValueDefinition): boolean {
  const formula = model.analysis.table
    .valuesBefore(definition.name, definition.statement)
    .filter((d) => d.statement.index < definition.statement.index && !model.restates(d))
    .at(-1);
  if (!formula) return false;
  // A view of its own: what it finds out while the question is open is not kept.
  const view = new View(model, definition.statement, {});
  try {
    const stated = numbersIn(view, definition);
    if (stated.length === 0) return false;
    const { expr } = view.body(formula);
    if (symbols(expr).size === 0) return false;
    const value = valueOf(view.expanded(expr), view);
    return value !== undefined && stated.every((s) => s(value));
  } catch (error) {
    if (error instanceof LoweringError) return false;
    throw error;
  }
}

/** For each form of the definition whether a value agrees with it; empty where one of them holds names. */
function numbersIn(view: View, { bodies, statement }: ValueDefinition): ((value: number) => boolean)[] {
  const tests: ((value: number) => boolean)[] = [];
  for (const body of bodies) {
    const printed = printedNumber(body, (n) => sourceIn(statement, n, view.document.analysis.document.text));
    const exact = view.numberIn(body, statement);
    if (printed) tests.push((value) => agrees(value, printed));
    else if (exact !== undefined) tests.push((value) => Math.abs(value - exact) <= SAME * Math.abs(value));
    else return [];
  }
  return tests;
}

function valueOf(expr: Expr, view: View): number | undefined {
  for (const name of symbols(expr)) if (view.constant(name) === undefined) return undefined;
  const value = evaluate(expr, (n) => view.constant(n)?.value);
  return Number.isFinite(value) ? value : undefined;
}
