/** Elementwise functions: one line each, its primitive of the rule table. On numbers they are steps. */
import type { ScalarOp } from '../../../symbolic/rules';
import { fn, number, scalar } from '../library';
import { plain, type NumberLike } from '../values/numbers';
import { FloatKind, type PyBuiltin, PyFloat, type PyValue } from '../values/object';

/** NumPy's name for each primitive of one argument. */
const UNARY: Readonly<Record<string, ScalarOp>> = {
  exp: 'exp',
  exp2: 'exp2',
  expm1: 'expm1',
  log: 'log',
  log2: 'log2',
  log10: 'log10',
  log1p: 'log1p',
  sqrt: 'sqrt',
  cbrt: 'cbrt',
  sin: 'sin',
  cos: 'cos',
  tan: 'tan',
  arcsin: 'asin',
  arccos: 'acos',
  arctan: 'atan',
  sinh: 'sinh',
  cosh: 'cosh',
  tanh: 'tanh',
  arcsinh: 'asinh',
  arccosh: 'acosh',
  arctanh: 'atanh',
};

const BINARY: Readonly<Record<string, ScalarOp>> = {
  arctan2: 'atan2',
  hypot: 'hypot',
  logaddexp: 'logaddexp',
};

/** Precision of the result of a function of floats: NumPy's float64 unless the argument says less. */
function resultKind(x: NumberLike): FloatKind {
  const p = plain(x);
  return p instanceof PyFloat && p.kind !== FloatKind.Python ? p.kind : FloatKind.Float64;
}

export const elementwise: Readonly<Record<string, PyBuiltin>> = Object.fromEntries([
  ...Object.entries(UNARY).map(([name, op]) => [
    name,
    fn<[PyValue]>(`${name}(x, /)`, (rt, site, [x]) => scalar(rt, op, site, resultKind(number(x)), number(x))),
  ]),
  ...Object.entries(BINARY).map(([name, op]) => [
    name,
    fn<[PyValue, PyValue]>(`${name}(x1, x2, /)`, (rt, site, [x, y]) =>
      scalar(rt, op, site, resultKind(number(x)), number(x), number(y)),
    ),
  ]),
]);
