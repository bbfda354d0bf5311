/**
 * The scalar rule table: every scalar primitive stated once, as its value and one local partial
 * derivative per operand. Values, tangents, adjoints, symbolic derivatives, printed step formulas and
 * elementwise tensor primitives are all derived from these lines; none is written a second time.
 *
 * Vocabulary: `x`, `y` are the operands, `v` is the primitive's own result.
 * Conventions at kinks and edges are those of mathematics and NumPy: relu′(0) = 0, abs′(0) = 0, ties of
 * two active operands split evenly, clip at the edge 1, sqrt′(0) = ∞, pow(0, 2) has partials (0, 0).
 */
import { add, div, type Expr, expr, type Exprish, fn, mul, neg, num, pow, sub, sym, where } from './expr';

/** A value that only a kernel can compute well; `display` is what the reader sees, where it has a closed form. */
export interface Intrinsic {
  readonly kind: 'intrinsic';
  /** Name of the kernel in `./kernels`. */
  readonly kernel: string;
  readonly display?: Expr;
}

export interface ScalarRule {
  readonly arity: 1 | 2;
  readonly value: Expr | Intrinsic;
  /** Local partials by `x` (and `y`). */
  readonly partials: readonly Expr[];
  /** True (non-zero) where the primitive is not differentiable, or is so only by convention. */
  readonly kink?: Expr;
}

const x = sym('x');
const y = sym('y');
const v = sym('v');

const gt = (a: Exprish, b: Exprish) => fn('gt', a, b);
const ge = (a: Exprish, b: Exprish) => fn('ge', a, b);
const lt = (a: Exprish, b: Exprish) => fn('lt', a, b);
const le = (a: Exprish, b: Exprish) => fn('le', a, b);
const eq = (a: Exprish, b: Exprish) => fn('eq', a, b);
const and = (a: Expr, b: Expr) => fn('and', a, b);
const sq = (a: Exprish) => fn('square', a);
const sqrt = (a: Exprish) => fn('sqrt', a);
const exp = (a: Exprish) => fn('exp', a);
const log = (a: Exprish) => fn('log', a);

interface Extra {
  readonly kink?: Expr;
  readonly display?: Expr;
}

/** A primitive whose value is an expression in others. */
function rule(value: Exprish, partials: readonly Exprish[], extra: Extra = {}): ScalarRule {
  return { arity: partials.length as 1 | 2, value: expr(value), partials: partials.map(expr), ...kinkOf(extra) };
}

/** A primitive whose value is the kernel of its own name. */
function kernel(name: string, partials: readonly Exprish[], extra: Extra = {}): ScalarRule {
  const value: Intrinsic = { kind: 'intrinsic', kernel: name, ...(extra.display ? { display: extra.display } : {}) };
  return { arity: partials.length as 1 | 2, value, partials: partials.map(expr), ...kinkOf(extra) };
}

const kinkOf = (extra: Extra) => (extra.kink ? { kink: extra.kink } : {});

const SQRT_PI = Math.sqrt(Math.PI);
const LN2 = Math.LN2;
const LN10 = Math.LN10;

function table<K extends string>(rules: { readonly [key in K]: ScalarRule }): { readonly [key in K]: ScalarRule } {
  return rules;
}

export const RULES = table({
  // Arithmetic. `add` … `pow` have operators of their own in every printer and in the generated sweeps.
  add: kernel('add', [1, 1]),
  sub: kernel('sub', [1, -1]),
  mul: kernel('mul', [y, x]),
  div: kernel('div', [div(1, y), neg(div(v, y))]),
  neg: kernel('neg', [-1]),
  pow: kernel('pow', [
    where(eq(y, 0), 0, mul(y, pow(x, sub(y, 1)))),
    where(and(eq(x, 0), ge(y, 0)), 0, mul(v, log(x))),
  ]),
  square: kernel('square', [mul(2, x)], { display: pow(x, 2) }),
  reciprocal: kernel('reciprocal', [neg(sq(v))], { display: div(1, x) }),
  sqrt: kernel('sqrt', [div(1, mul(2, v))], { kink: eq(x, 0) }),
  cbrt: kernel('cbrt', [div(1, mul(3, sq(v)))], { kink: eq(x, 0) }),
  abs: kernel('abs', [fn('sign', x)], { kink: eq(x, 0) }),
  sign: kernel('sign', [0], { kink: eq(x, 0) }),
  floor: kernel('floor', [0], { kink: eq(x, fn('floor', x)) }),
  ceil: kernel('ceil', [0], { kink: eq(x, fn('floor', x)) }),
  round: kernel('round', [0], { kink: eq(sub(x, fn('floor', x)), 0.5) }),
  // Of two active operands; against a constant see `max_const`.
  maximum: kernel('maximum', [where(gt(x, y), 1, where(eq(x, y), 0.5, 0)), where(gt(y, x), 1, where(eq(x, y), 0.5, 0))], {
    kink: eq(x, y),
  }),
  minimum: kernel('minimum', [where(lt(x, y), 1, where(eq(x, y), 0.5, 0)), where(lt(y, x), 1, where(eq(x, y), 0.5, 0))], {
    kink: eq(x, y),
  }),
  // max(x, y) and min(x, y) where y is a constant: at a tie nothing reaches x, as in relu.
  max_const: kernel('maximum', [where(gt(x, y), 1, 0), where(gt(x, y), 0, 1)], { kink: eq(x, y) }),
  min_const: kernel('minimum', [where(lt(x, y), 1, 0), where(lt(x, y), 0, 1)], { kink: eq(x, y) }),
  // The two halves of clip(x, lo, hi): at the edge the partial is 1.
  clip_low: kernel('maximum', [where(ge(x, y), 1, 0), where(ge(x, y), 0, 1)], { kink: eq(x, y) }),
  clip_high: kernel('minimum', [where(le(x, y), 1, 0), where(le(x, y), 0, 1)], { kink: eq(x, y) }),

  // Exponentials and logarithms.
  exp: kernel('exp', [v]),
  exp2: kernel('exp2', [mul(v, LN2)], { display: pow(2, x) }),
  expm1: kernel('expm1', [add(v, 1)], { display: sub(exp(x), 1) }),
  log: kernel('log', [div(1, x)]),
  log1p: kernel('log1p', [div(1, add(1, x))], { display: log(add(1, x)) }),
  log2: kernel('log2', [div(1, mul(x, LN2))]),
  log10: kernel('log10', [div(1, mul(x, LN10))]),
  logaddexp: kernel('logaddexp', [exp(sub(x, v)), exp(sub(y, v))], { display: log(add(exp(x), exp(y))) }),
  xlogy: kernel('xlogy', [where(eq(x, 0), 0, log(y)), where(eq(x, 0), 0, div(x, y))], { display: mul(x, log(y)) }),

  // Circular and hyperbolic functions and their inverses.
  sin: kernel('sin', [fn('cos', x)]),
  cos: kernel('cos', [neg(fn('sin', x))]),
  tan: kernel('tan', [add(1, sq(v))]),
  asin: kernel('asin', [div(1, sqrt(sub(1, sq(x))))]),
  acos: kernel('acos', [neg(div(1, sqrt(sub(1, sq(x)))))]),
  atan: kernel('atan', [div(1, add(1, sq(x)))]),
  atan2: kernel('atan2', [div(y, add(sq(x), sq(y))), neg(div(x, add(sq(x), sq(y))))]),
  hypot: kernel('hypot', [where(eq(v, 0), 0, div(x, v)), where(eq(v, 0), 0, div(y, v))], { kink: eq(v, 0) }),
  sinh: kernel('sinh', [fn('cosh', x)]),
  cosh: kernel('cosh', [fn('sinh', x)]),
  tanh: kernel('tanh', [sub(1, sq(v))]),
  asinh: kernel('asinh', [div(1, sqrt(add(sq(x), 1)))]),
  acosh: kernel('acosh', [div(1, sqrt(sub(sq(x), 1)))]),
  atanh: kernel('atanh', [div(1, sub(1, sq(x)))]),

  // Special functions.
  erf: kernel('erf', [mul(2 / SQRT_PI, exp(neg(sq(x))))]),
  erfc: kernel('erfc', [neg(mul(2 / SQRT_PI, exp(neg(sq(x)))))], { display: sub(1, fn('erf', x)) }),
  gamma: kernel('gamma', [mul(v, fn('digamma', x))]),
  lgamma: kernel('lgamma', [fn('digamma', x)]),
  digamma: kernel('digamma', [fn('trigamma', x)]),
  trigamma: kernel('trigamma', [fn('polygamma', 2, x)]),
  polygamma: kernel('polygamma', [0, fn('polygamma', add(x, 1), y)]),

  // Activations.
  sigmoid: kernel('sigmoid', [mul(v, sub(1, v))], { display: div(1, add(1, exp(neg(x)))) }),
  logsigmoid: kernel('logsigmoid', [fn('sigmoid', neg(x))], { display: log(fn('sigmoid', x)) }),
  logit: kernel('logit', [div(1, mul(x, sub(1, x)))], { display: log(div(x, sub(1, x))) }),
  softplus: kernel('softplus', [fn('sigmoid', x)], { display: log(add(1, exp(x))) }),
  relu: rule(where(gt(x, 0), x, 0), [where(gt(x, 0), 1, 0)], { kink: eq(x, 0) }),
  leaky_relu: rule(where(gt(x, 0), x, mul(y, x)), [where(gt(x, 0), 1, y), where(gt(x, 0), 0, x)], { kink: eq(x, 0) }),
  elu: rule(
    where(gt(x, 0), x, mul(y, fn('expm1', x))),
    [where(gt(x, 0), 1, mul(y, exp(x))), where(gt(x, 0), 0, fn('expm1', x))],
    { kink: and(eq(x, 0), fn('ne', y, 1)) },
  ),
  relu6: rule(fn('minimum', fn('maximum', x, 0), 6), [where(and(gt(x, 0), lt(x, 6)), 1, 0)], {
    kink: fn('or', eq(x, 0), eq(x, 6)),
  }),
  hardtanh: rule(fn('minimum', fn('maximum', x, -1), 1), [where(and(gt(x, -1), lt(x, 1)), 1, 0)], {
    kink: fn('or', eq(x, -1), eq(x, 1)),
  }),
  step: rule(where(gt(x, 0), 1, 0), [0], { kink: eq(x, 0) }),
});

export type ScalarOp = keyof typeof RULES;

/** All scalar primitives, in table order: the position in this list is the operation code on a tape. */
export const SCALAR_OPS = Object.keys(RULES) as readonly ScalarOp[];

export function isScalarOp(name: string): name is ScalarOp {
  return Object.hasOwn(RULES, name);
}

/** Comparisons and logic: valued 0 or 1, never differentiated, they only select. */
export const PREDICATES = ['lt', 'le', 'gt', 'ge', 'eq', 'ne', 'and', 'or', 'not'] as const;

export const ZERO = num(0);
export const ONE = num(1);
