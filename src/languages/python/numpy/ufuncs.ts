/** The universal functions: one line each. On what an input reaches they are steps of the rule table. */
import type { ScalarOp } from '../../../symbolic/rules';
import type { Guard } from '../../../autodiff/trace';
import type { Site } from '../../../model';
import * as tensors from '../../../tensor';
import {
  type BinaryOperator,
  isFloat,
  map,
  operate,
  operateUnary,
  operators,
  type UnaryOperator,
} from '../../../tensor';
import type { Operator } from '../ast';
import { scalar } from '../library';
import type { Runtime } from '../runtime';
import { type NumberLike, plain } from '../values/numbers';
import { FloatKind, PyFloat, type PyValue, Traced } from '../values/object';
import { binaryArrays, lifted } from './arithmetic';
import { type Operand, wrap } from './array';
import { castTo } from './cast';
import { compose } from './compose';
import { look } from './guards';
import { Ufunc, type UfuncRule } from './ufunc';

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
  sign: 'sign',
  floor: 'floor',
  ceil: 'ceil',
  rint: 'round',
};

/** Those that leave integers integers, and numbers what they were. */
const CLOSED: Readonly<Record<string, ScalarOp>> = { abs: 'abs', absolute: 'abs', square: 'square', negative: 'neg' };

const BINARY: Readonly<Record<string, ScalarOp>> = {
  arctan2: 'atan2',
  hypot: 'hypot',
  logaddexp: 'logaddexp',
};

const OPERATORS: Readonly<Record<string, readonly [Operator, Partial<UfuncRule>?]>> = {
  add: ['+', { reduction: 'sum', running: 'cumsum', identity: 0 }],
  subtract: ['-'],
  multiply: ['*', { reduction: 'prod', running: 'cumprod', identity: 1 }],
  divide: ['/', { loops: 'floats' }],
  true_divide: ['/', { own: 'divide', loops: 'floats' }],
  power: ['**'],
  mod: ['%', { own: 'remainder' }],
  remainder: ['%'],
  floor_divide: ['//'],
  bitwise_and: ['&', { identity: -1, loops: 'integers' }],
  bitwise_or: ['|', { identity: 0, loops: 'integers' }],
  bitwise_xor: ['^', { identity: 0, loops: 'integers' }],
  left_shift: ['<<', { loops: 'integers' }],
  right_shift: ['>>', { loops: 'integers' }],
};

/** Results are data; where an input reaches an operand, replay must find the same outcome. */
const TESTS: Readonly<Record<string, readonly [BinaryOperator, Guard['test']]>> = {
  equal: [operators.equal, 'eq'],
  not_equal: [operators.notEqual, 'ne'],
  less: [operators.less, 'lt'],
  less_equal: [operators.lessEqual, 'le'],
  greater: [operators.greater, 'gt'],
  greater_equal: [operators.greaterEqual, 'ge'],
};

const LOGICAL: Readonly<Record<string, readonly [BinaryOperator, Partial<UfuncRule>?]>> = {
  logical_and: [operators.logicalAnd, { reduction: 'all', identity: true }],
  logical_or: [operators.logicalOr, { reduction: 'any', identity: false }],
  logical_xor: [operators.logicalXor, { identity: false }],
};

const PREDICATES: Readonly<Record<string, (x: number) => boolean>> = {
  isnan: Number.isNaN,
  isinf: (x) => Math.abs(x) === Infinity,
  isfinite: Number.isFinite,
  signbit: (x) => x < 0 || Object.is(x, -0),
};

/** Precision of the result of a function of floats: NumPy's float64 unless the argument says less. */
function resultKind(x: NumberLike): FloatKind {
  const p = plain(x);
  return p instanceof PyFloat && p.kind !== FloatKind.Python ? p.kind : FloatKind.Float64;
}

/** Primitives that have loops for integers too. */
const ANY_LOOPS: ReadonlySet<ScalarOp> = new Set<ScalarOp>(['sign', 'abs', 'square', 'neg', 'maximum', 'minimum']);

const primitive = (name: string, op: ScalarOp, inputs: 1 | 2, more: Partial<UfuncRule> = {}): UfuncRule => ({
  name,
  inputs,
  ...(ANY_LOOPS.has(op) ? {} : { loops: 'floats' as const }),
  apply: (rt, site, x, y) => (inputs === 1 ? lifted(rt, op, site, x) : lifted(rt, op, site, x, y)),
  ...more,
});

/** Of numbers: a step without a detour through arrays, of NumPy's precision. */
const ofFloats =
  (op: ScalarOp): NonNullable<UfuncRule['ofNumbers']> =>
  (rt, site, x, y) =>
    scalar(rt, op, site, resultKind(x), x, y);

const inType = (name: string, op: UnaryOperator): UfuncRule => ({
  name,
  inputs: 1,
  apply: (rt, _site, x) => wrap(rt, operateUnary(op, x.nd)),
});

/** Data from two operands whose numbers are looked at. */
function dataOf(
  name: string,
  operator: BinaryOperator,
  test: Guard['test'] | 'truth',
  more: Partial<UfuncRule> = {},
): UfuncRule {
  return {
    name,
    inputs: 2,
    loops: test === 'value' ? 'integers' : 'bool',
    apply: (rt, site, x, y) => {
      if (test === 'truth' || test === 'value') {
        look(rt, test, x, undefined, site);
        look(rt, test, y, undefined, site);
      } else look(rt, test, x, y, site);
      rt.tick(1 + (Math.max(x.nd.size, y.nd.size) >> 3));
      return wrap(rt, operate(operator, x.nd, y.nd));
    },
    ...more,
  };
}

function gcd(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** NumPy's text where a function has no loop for these types. */
function noLoop(name: string, ...operands: readonly Operand[]): never {
  const types = operands.map(({ nd }) => `<class 'numpy.dtype[${nd.dtype === 'bool' ? 'bool_' : nd.dtype}]'>`);
  const listed = types.length === 1 ? types[0] : `(${types.join(', ')})`;
  const message = `ufunc '${name}' did not contain a loop with signature matching types ${listed} -> None`;
  throw new tensors.TensorError('dtype', name, message, { exception: 'UFuncTypeError', message });
}

const signOf =
  (rule: UfuncRule): UfuncRule['apply'] =>
  (rt, site, x, y) =>
    x.nd.dtype === 'bool' ? noLoop(rule.name, x) : rule.apply(rt, site, x, y);

/** A function of integers alone. */
function integers(name: string, fn: (x: number, y: number) => number, more: Partial<UfuncRule> = {}): UfuncRule {
  const rule = dataOf(name, { name, resolve: (common) => ({ operand: common, result: common, fn }) }, 'value', more);
  return {
    ...rule,
    apply: (rt, site, x, y) => {
      const common = tensors.resultType(x.nd.promotion, y.nd.promotion);
      return isFloat(common) || common === 'bool' ? noLoop(name, x, y) : rule.apply(rt, site, x, y);
    },
  };
}

/** NaN is passed over, unless both are. */
const ignoringNaN = (op: 'maximum' | 'minimum', name: string): UfuncRule => ({
  name,
  inputs: 2,
  apply: (rt, site, x, y) => {
    const holes = [x, y].map((o) => o.nd.elements().some(Number.isNaN));
    if (!holes[0] && !holes[1]) return lifted(rt, op, site, x, y);
    const c = compose(rt, site);
    const bigger = lifted(rt, op, site, x, y);
    const missing = (o: Operand) => tensors.map((v) => Number(Number.isNaN(v)), o.nd, 'bool');
    return c.where(missing(x), c.of(y), c.where(missing(y), c.of(x), bigger));
  },
  reduction: op === 'maximum' ? 'max' : 'min',
});

/** Functions that are written in terms of others. */
const COMPOSED: readonly UfuncRule[] = [
  {
    name: 'reciprocal',
    inputs: 1,
    apply: (rt, site, x) =>
      isFloat(x.nd.dtype)
        ? lifted(rt, 'reciprocal', site, x)
        : x.nd.elements().some((v) => v === 0)
          ? rt.unknown('unsupported', 'the reciprocal of the integer 0 depends on the machine', site)
          : wrap(
              rt,
              map((v) => Math.trunc(1 / v), x.nd, x.nd.dtype === 'bool' ? 'int8' : x.nd.dtype),
            ),
  },
  {
    name: 'float_power',
    inputs: 2,
    loops: 'floats',
    apply: (rt, site, x, y) => {
      const c = compose(rt, site);
      return c.pow(castTo(rt, x, 'float64', site), castTo(rt, y, 'float64', site));
    },
  },
  // x − y·trunc(x/y)
  {
    name: 'fmod',
    inputs: 2,
    apply: (rt, site, x, y) => {
      if (x.row === undefined && y.row === undefined) return wrap(rt, operate(operators.fmod, x.nd, y.nd));
      const c = compose(rt, site);
      return c.sub(c.of(x), c.mul(c.of(y), c.trunc(c.div(c.of(x), c.of(y)))));
    },
  },
  {
    name: 'copysign',
    inputs: 2,
    loops: 'floats',
    apply: (rt, site, x, y) => {
      look(rt, 'lt', y, { nd: tensors.weakFloat(0), row: undefined }, site);
      const c = compose(rt, site);
      const type = tensors.jointMathType(x.nd.promotion, y.nd.promotion);
      const signs = map((v) => (v < 0 || Object.is(v, -0) ? -1 : 1), y.nd, type);
      return c.mul(c.apply('abs', castTo(rt, x, type, site)), signs);
    },
  },
  {
    name: 'heaviside',
    inputs: 2,
    loops: 'floats',
    apply: (rt, site, x, y) => {
      const zero: Operand = { nd: tensors.weakFloat(0), row: undefined };
      look(rt, 'lt', x, zero, site);
      look(rt, 'eq', x, zero, site);
      const c = compose(rt, site);
      const type = tensors.jointMathType(x.nd.promotion, y.nd.promotion);
      const step = map((v) => (Number.isNaN(v) ? NaN : v > 0 ? 1 : 0), x.nd, type);
      return c.where(
        map((v) => Number(v === 0), x.nd, 'bool'),
        castTo(rt, y, type, site),
        step,
      );
    },
  },
  { name: 'logaddexp2', inputs: 2, loops: 'floats', apply: logaddexp2 },
  ...['trunc', 'fix'].map((name): UfuncRule => ({
    name,
    inputs: 1,
    loops: 'floats',
    apply: (rt, site, x) => compose(rt, site).trunc(asFloats(rt, x, site)),
  })),
  {
    name: 'fabs',
    inputs: 1,
    loops: 'floats',
    apply: (rt, site, x) => {
      return compose(rt, site).apply('abs', asFloats(rt, x, site));
    },
  },
  ...['deg2rad', 'radians'].map((name) => scaling(name, Math.PI / 180)),
  ...['rad2deg', 'degrees'].map((name) => scaling(name, 180 / Math.PI)),
];

function scaling(name: string, factor: number): UfuncRule {
  return {
    name,
    inputs: 1,
    loops: 'floats',
    apply: (rt, site, x) => compose(rt, site).mul(asFloats(rt, x, site), factor),
  };
}

function logaddexp2(rt: Runtime, site: Site, x: Operand, y: Operand): PyValue {
  const c = compose(rt, site);
  const type = tensors.jointMathType(x.nd.promotion, y.nd.promotion);
  const [a, b] = [x, y].map((o) => c.mul(castTo(rt, o, type, site), Math.LN2)) as [PyValue, PyValue];
  return c.div(c.apply('logaddexp', a, b), Math.LN2);
}

/** The operand in the type that a function of it has. */
function asFloats(rt: Runtime, x: Operand, site: Site): PyValue {
  return isFloat(x.nd.dtype) ? compose(rt, site).of(x) : castTo(rt, x, tensors.mathType(x.nd.dtype), site);
}

const RULES: readonly UfuncRule[] = [
  ...Object.entries(UNARY).map(([name, op]) => {
    // Bools have no sign.
    if (name !== 'sign') return primitive(name, op, 1, { ofNumbers: ofFloats(op) });
    const rule = primitive(name, op, 1);
    return { ...rule, apply: signOf(rule) };
  }),
  ...Object.entries(CLOSED).map(([name, op]): UfuncRule => ({
    ...primitive(name, op, 1),
    apply: (rt, site, x) => {
      if (x.row !== undefined || op === 'square') return lifted(rt, op, site, x);
      return wrap(rt, operateUnary(op === 'neg' ? operators.negative : operators.absolute, x.nd));
    },
    ofNumbers: (rt, site, x) => {
      const p = plain(x);
      if (p instanceof PyFloat) return scalar(rt, op, site, resultKind(x), x);
      if (x instanceof Traced || typeof p === 'bigint') return scalar(rt, op, site, FloatKind.Float64, x);
      return op === 'abs' ? Math.abs(p) : op === 'neg' ? 0 - p : p * p;
    },
  })),
  ...Object.entries(BINARY).map(([name, op]) => primitive(name, op, 2)),
  ...Object.entries(OPERATORS).map(([name, [op, more]]): UfuncRule => ({
    name,
    inputs: 2,
    apply: (rt, site, x, y) => binaryArrays(rt, op, x, y, site) as PyValue,
    ...more,
  })),
  primitive('maximum', 'maximum', 2, { reduction: 'max' }),
  primitive('minimum', 'minimum', 2, { reduction: 'min' }),
  ignoringNaN('maximum', 'fmax'),
  ignoringNaN('minimum', 'fmin'),
  ...Object.entries(TESTS).map(([name, [operator, test]]) => dataOf(name, operator, test)),
  ...Object.entries(LOGICAL).map(([name, [operator, more]]) => dataOf(name, operator, 'truth', more)),
  integers('gcd', gcd, { identity: 0 }),
  integers('lcm', (x, y) => (x === 0 || y === 0 ? 0 : Math.abs(x * y) / gcd(x, y))),
  inType('positive', operators.positive),
  inType('invert', operators.invert),
  inType('bitwise_not', operators.invert),
  {
    name: 'logical_not',
    inputs: 1,
    loops: 'bool',
    apply: (rt, site, x) => {
      look(rt, 'truth', x, undefined, site);
      return wrap(rt, operateUnary(operators.logicalNot, x.nd));
    },
  },
  ...Object.entries(PREDICATES).map(([name, test]): UfuncRule => ({
    name,
    inputs: 1,
    loops: 'bool',
    apply: (rt, _site, x) => {
      rt.tick(1 + (x.nd.size >> 3));
      return wrap(
        rt,
        map((v) => Number(test(v)), x.nd, 'bool'),
      );
    },
  })),
  ...['conjugate', 'conj'].map((name): UfuncRule => ({
    name,
    inputs: 1,
    apply: (rt, site, x) => compose(rt, site).of(x),
  })),
  ...COMPOSED,
];

export const ufuncs: Readonly<Record<string, Ufunc>> = Object.fromEntries(
  RULES.map((rule) => [rule.name, new Ufunc(rule)]),
);
