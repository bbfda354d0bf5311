/** What a function returns as it is written, also where it hands on what another function of the document returns. */
import type { Expr, Module } from '../ast';
import { type Callee, methodOf, returnedExpressions, topClasses, topFunctions } from './callee';

/** Functions that hand on what others hand on: further, nobody looks. */
const MAX_DEPTH = 4;

/** The last expression that is returned; of a call of a function of the document, what that returns. */
export function returnedBy(module: Module, callee: Callee, depth = 0): Expr | undefined {
  const last = returnedExpressions(callee).at(-1);
  if (last?.kind !== 'Call' || depth >= MAX_DEPTH) return last;
  const called = calledIn(module, callee, last.func);
  const inner = called && called.node !== callee.node ? returnedBy(module, called, depth + 1) : undefined;
  // One value by itself has the name that it has there: nothing is gained by it.
  return inner?.kind === 'Tuple' ? inner : last;
}

function calledIn(module: Module, { owner }: Callee, func: Expr): Callee | undefined {
  if (func.kind === 'Name') return topFunctions(module).get(func.id);
  const isOwn = func.kind === 'Attribute' && func.value.kind === 'Name' && func.value.id === 'self';
  return isOwn && owner ? methodOf(topClasses(module), owner, func.attr) : undefined;
}
