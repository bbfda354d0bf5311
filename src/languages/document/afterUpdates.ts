/**
 * Values of names that were updated above a statement. Whether “L = 0.2518” means L before or after w ← w − α ∂L/∂w is not
 * said anywhere: every value that the updates leave may be meant, so none of them is called wrong.
 */
import { DEFAULT_BUDGET, type OrderedUpdate, type UpdateValues } from '../frontEnd';
import type { ValueDefinition } from './definitions';
import type { Model } from './model';
import { recordFormula } from './record';
import type { Statement } from './statements';
import { traceablesOf, updateIn } from './traceables';

/** The updates above a statement of names that have no value of their own after it, in the order of the text. */
export function updatesAbove(model: Model, statement: Statement): readonly ValueDefinition[] {
  const { statements, table } = model.analysis;
  return statements.slice(0, statement.index).flatMap((s) => {
    const update = updateIn(s);
    if (!update) return [];
    const value = table.value(update.name, statement)?.definition;
    return !value || value.statement.index <= s.index || value.statement.index > statement.index ? [update] : [];
  });
}

/** What an update gives in every order of updates, if these are numbers. */
export function numbersAfter(model: Model, statement: Statement): readonly number[] {
  return resultsOf(model, statement).flatMap(({ after }) => (typeof after === 'number' ? [after] : []));
}

/** The values of the updated names after the updates above a statement, one map an order of the updates. */
export function pointsAfter(model: Model, statement: Statement): readonly ReadonlyMap<string, number>[] {
  const points = new Map<string, Map<string, number>>(ORDERS.map((order) => [order, new Map()]));
  for (const update of updatesAbove(model, statement)) {
    const [atOnce, ...others] = resultsOf(model, update.statement);
    for (const order of ORDERS) {
      const result = others.find((o) => 'order' in o && o.order === order) ?? atOnce;
      if (typeof result?.after === 'number') points.get(order)?.set(update.name, result.after);
    }
  }
  return [...points.values()];
}

const ORDERS = ['at once', 'successive', 'reevaluated'] as const;

const results = new WeakMap<Model, Map<Statement, readonly (UpdateValues | OrderedUpdate)[]>>();

/** The update of a statement: all at once, then the other orders. */
function resultsOf(model: Model, statement: Statement): readonly (UpdateValues | OrderedUpdate)[] {
  let known = results.get(model);
  if (!known) results.set(model, (known = new Map()));
  let list = known.get(statement);
  if (!list) known.set(statement, (list = record(model, statement)));
  return list;
}

function record(model: Model, statement: Statement): readonly (UpdateValues | OrderedUpdate)[] {
  const traceable = traceablesOf(model.analysis).find((t) => t.update && t.definition.statement === statement);
  if (!traceable) return [];
  const outcome = recordFormula(model, traceable, {}, DEFAULT_BUDGET);
  if (outcome.kind !== 'recorded' || !outcome.update) return [];
  return [outcome.update, ...(outcome.update.orders ?? [])];
}
