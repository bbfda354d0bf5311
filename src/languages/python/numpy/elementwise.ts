/** Elementwise functions: one line each, its primitive of the rule table. On numbers and arrays they are steps. */
import type { ScalarOp } from '../../../symbolic/rules';
import type { Site } from '../../../model';
import { fn, scalar } from '../library';
import { binary } from '../operators';
import type { Runtime } from '../runtime';
import { isNumberLike, type NumberLike, plain } from '../values/numbers';
import { FloatKind, type PyBuiltin, PyFloat, PyUnknown, type PyValue } from '../values/object';
import { lifted } from './arithmetic';
import type { Operand } from './array';
import { toArray } from './convert';
import { numeric } from './errors';
import { guarded } from './options';
import { knownOperands } from './tensors';

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

/** Those that leave integers integers. */
const CLOSED: Readonly<Record<string, ScalarOp>> = {
  abs: 'abs',
  absolute: 'abs',
  fabs: 'abs',
  sign: 'sign',
  square: 'square',
  reciprocal: 'reciprocal',
  floor: 'floor',
  ceil: 'ceil',
  rint: 'round',
};

const BINARY: Readonly<Record<string, ScalarOp>> = {
  arctan2: 'atan2',
  hypot: 'hypot',
  logaddexp: 'logaddexp',
};

const OPERATORS = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  true_divide: '/',
  power: '**',
  float_power: '**',
  mod: '%',
  remainder: '%',
  floor_divide: '//',
} as const;

/** Precision of the result of a function of floats: NumPy's float64 unless the argument says less. */
function resultKind(x: NumberLike): FloatKind {
  const p = plain(x);
  return p instanceof PyFloat && p.kind !== FloatKind.Python ? p.kind : FloatKind.Float64;
}

function applied(rt: Runtime, op: ScalarOp, site: Site, x: PyValue): PyValue {
  if (isNumberLike(x)) return scalar(rt, op, site, resultKind(x), x);
  const array = toArray(rt, x, site);
  return array instanceof PyUnknown ? array : numeric(rt, site, () => lifted(rt, op, site, array));
}

export const elementwise: Readonly<Record<string, PyBuiltin>> = Object.fromEntries([
  ...[...Object.entries(UNARY), ...Object.entries(CLOSED)].map(([name, op]) => [
    name,
    guarded(
      fn<[PyValue]>(`${name}(x, /)`, (rt, site, [x]) => applied(rt, op, site, x)),
      { operands: 1, unfollowed: ['dtype'] },
    ),
  ]),
  ...Object.entries(BINARY).map(([name, op]) => [
    name,
    guarded(
      fn<[PyValue, PyValue]>(`${name}(x1, x2, /)`, (rt, site, [x, y]) => {
        if (isNumberLike(x) && isNumberLike(y)) return scalar(rt, op, site, resultKind(x), x, y);
        const operands = knownOperands([toArray(rt, x, site), toArray(rt, y, site)]);
        if (operands instanceof PyUnknown) return operands;
        return numeric(rt, site, () => lifted(rt, op, site, operands[0] as Operand, operands[1] as Operand));
      }),
      { operands: 2, unfollowed: ['dtype'] },
    ),
  ]),
  ...Object.entries(OPERATORS).map(([name, op]) => [
    name,
    guarded(
      fn<[PyValue, PyValue]>(`${name}(x1, x2, /)`, (rt, site, [x, y]) => binary(rt, op, x, y, site)),
      { operands: 2, unfollowed: ['dtype'] },
    ),
  ]),
]);
