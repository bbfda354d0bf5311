import type { Expr } from '../symbolic/expr';
import { isPredicate, isScalarOp } from '../symbolic/rules';
import { type NdArray, operate, operators, scalar } from '../tensor';
import { isAttributes, readAttributes } from './formulaAlgebra';
import { ARRAYS } from './tensorRules';

/**
 * The value of a formula of this core, array operations included. In a product of arrays an exact 0 on either side
 * gives 0, as in the sweeps.
 * @param env values of the symbols
 * @param data the index arrays and masks that the formula names
 */
export function evaluateFormula(e: Expr, env: (name: string) => NdArray, data: (name: string) => unknown): NdArray {
  if (e.kind === 'number') return scalar(e.value);
  if (e.kind === 'symbol') return e.name.startsWith('d:') ? (data(e.name) as NdArray) : env(e.name);
  const value = (arg: Expr | undefined) => evaluateFormula(arg as Expr, env, data);
  const { op, args } = e;
  if (op === 'hadamard') {
    const [a, b] = [value(args[0]), value(args[1])];
    const zero = ARRAYS.number(0);
    const none = ARRAYS.predicate('or', ARRAYS.predicate('eq', a, zero), ARRAYS.predicate('eq', b, zero));
    return ARRAYS.select(none, undefined, operate(operators.multiply, a, b));
  }
  if (op === 'masked') return ARRAYS.select(value(args[0]), value(args[1]), undefined);
  if (op === 'where' && !isAttributes(args.at(-1)))
    return ARRAYS.select(value(args[0]), value(args[1]), value(args[2]));
  if (op === 'pi') return scalar(Math.PI);
  if (op === 'e') return scalar(Math.E);
  if (isPredicate(op)) return ARRAYS.predicate(op, value(args[0]), args[1] && value(args[1]));
  if (isScalarOp(op)) return ARRAYS.elementwise(op, value(args[0]), args[1] && value(args[1]));
  const last = args.at(-1);
  const attributes = last && isAttributes(last) ? readAttributes(last, data) : {};
  return ARRAYS.tensor(op, args.filter((arg) => !isAttributes(arg)).map(value), attributes);
}
