/**
 * The scalar rule table: every scalar primitive stated once, as its value and one local partial
 * derivative per operand. Values, tangents, adjoints, symbolic derivatives, printed step formulas and
 * elementwise tensor primitives are all derived from these lines; none is written a second time.
 *
 * Vocabulary: `x`, `y` are the operands, `v` is the primitive's own result.
 * Conventions at kinks and edges are those of mathematics and NumPy: relu′(0) = 0, abs′(0) = 0, ties of
 * two active operands split evenly, clip at the edge 1, sqrt′(0) = ∞, pow(0, 2) has partials (0, 0).
 *
 * A partial is a formula that the reader sees, so it is in textbook form wherever that form is also accurate. It
 * holds where the value is a number: where `v` is NaN (log of −1), or where an operand is, the derivative does not exist,
 * whatever the formula gives there.
 */
import { add, div, type Expr, expr, type Exprish, fn, mul, neg, num, PI, pow, sub, sym, where } from './expr';
import type { KernelName } from './kernelTable';

/** A value that only a kernel can compute well; `display` is what the reader sees, where it has a closed form. */
export interface Intrinsic {
  readonly kind: 'intrinsic';
  /** Name of the kernel in `./kernels`. */
  readonly kernel: KernelName;
  readonly display?: Expr;
}

export interface ScalarRule {
  readonly arity: 1 | 2;
  readonly value: Expr | Intrinsic;
  /** Local partials by `x` (and `y`). */
  readonly partials: readonly Expr[];
  /** True (non-zero) where the primitive is not differentiable, or is so only by convention. */
  readonly kink?: Expr;
  /** True where the value is a finite real number (for finite operands); everywhere when absent. */
  readonly domain?: Expr;
}

const x = sym('x');
const y = sym('y');
const v = sym('v');

const gt = (a: Exprish, b: Exprish) => fn('gt', a, b);
const ge = (a: Exprish, b: Exprish) => fn('ge', a, b);
const lt = (a: Exprish, b: Exprish) => fn('lt', a, b);
const le = (a: Exprish, b: Exprish) => fn('le', a, b);
const eq = (a: Exprish, b: Exprish) => fn('eq', a, b);
const ne = (a: Exprish, b: Exprish) => fn('ne', a, b);
const and = (a: Expr, b: Expr) => fn('and', a, b);
const or = (a: Expr, b: Expr) => fn('or', a, b);
const sq = (a: Exprish) => fn('square', a);
const sqrt = (a: Exprish) => fn('sqrt', a);
const exp = (a: Exprish) => fn('exp', a);
const log = (a: Exprish) => fn('log', a);
const floor = (a: Exprish) => fn('floor', a);
const sigmoid = (a: Exprish) => fn('sigmoid', a);

interface Extra {
  readonly kink?: Expr;
  readonly domain?: Expr;
  readonly display?: Expr;
}

const conditions = ({ kink, domain }: Extra) => ({
  ...(kink ? { kink } : {}),
  ...(domain ? { domain } : {}),
});

/** A primitive whose value is an expression in others. */
function rule(value: Exprish, partials: readonly Exprish[], extra: Extra = {}): ScalarRule {
  return {
    arity: partials.length as 1 | 2,
    value: expr(value),
    partials: partials.map(expr),
    ...conditions(extra),
  };
}

/** A primitive whose value is a kernel. */
function kernel(name: KernelName, partials: readonly Exprish[], extra: Extra = {}): ScalarRule {
  const value: Intrinsic = {
    kind: 'intrinsic',
    kernel: name,
    ...(extra.display ? { display: extra.display } : {}),
  };
  return {
    arity: partials.length as 1 | 2,
    value,
    partials: partials.map(expr),
    ...conditions(extra),
  };
}

function table<K extends string>(rules: { readonly [key in K]: ScalarRule }): {
  readonly [key in K]: ScalarRule;
} {
  return rules;
}

/** Neither 0 nor a negative integer. */
const noPole = (a: Expr) => or(gt(a, 0), ne(a, floor(a)));

/** The factors λ and λα of the self-normalising unit (Klambauer et al. 2017, equation 2 and appendix A.1). */
const SELU_SCALE = 1.0507009873554805;
const SELU_SCALE_ALPHA = 1.7580993408473766;

/** 2√(2/π) (x + 0.044715 x³): the approximation of the normal distribution function by a sigmoid of it (Hendrycks and Gimpel 2016). */
const geluSigmoid = sigmoid(mul(mul(2, sqrt(div(2, PI))), add(x, mul(0.044715, pow(x, 3)))));
const geluSlope = mul(mul(2, sqrt(div(2, PI))), add(1, mul(mul(3, 0.044715), sq(x))));

/** √(x² − 1), which would cancel near ±1. */
const leg = mul(sqrt(sub(fn('abs', x), 1)), sqrt(add(fn('abs', x), 1)));

export const RULES = table({
  // Arithmetic. `add` … `pow` have operators of their own in every printer and in the generated sweeps.
  add: kernel('add', [1, 1]),
  sub: kernel('sub', [1, -1]),
  mul: kernel('mul', [y, x]),
  div: kernel('div', [div(1, y), neg(div(v, y))], { domain: ne(y, 0) }),
  neg: kernel('neg', [-1]),
  pow: kernel(
    'pow',
    [
      // 0 · 0⁻¹ would be NaN. Not 0 for every x: by y it has the derivative x⁻¹.
      where(and(eq(x, 0), eq(y, 0)), 0, mul(y, pow(x, sub(y, 1)))),
      where(and(eq(x, 0), ge(y, 0)), 0, mul(v, log(x))),
    ],
    {
      kink: and(eq(x, 0), and(ge(y, 0), and(lt(y, 1), ne(y, 0)))),
      domain: or(gt(x, 0), or(and(eq(x, 0), ge(y, 0)), and(ne(x, 0), eq(y, floor(y))))),
    },
  ),
  square: kernel('square', [mul(2, x)], { display: pow(x, 2) }),
  reciprocal: kernel('reciprocal', [neg(sq(v))], { display: div(1, x), domain: ne(x, 0) }),
  sqrt: kernel('sqrt', [div(1, mul(2, v))], { kink: eq(x, 0), domain: ge(x, 0) }),
  cbrt: kernel('cbrt', [div(1, mul(3, sq(v)))], { kink: eq(x, 0) }),
  abs: kernel('abs', [fn('sign', x)], { kink: eq(x, 0) }),
  sign: kernel('sign', [0], { kink: eq(x, 0) }),
  floor: kernel('floor', [0], { kink: eq(x, floor(x)) }),
  ceil: kernel('ceil', [0], { kink: eq(x, floor(x)) }),
  round: kernel('round', [0], { kink: eq(sub(x, floor(x)), 0.5) }),
  // Of two active operands; against a constant see `max_const`.
  maximum: kernel(
    'maximum',
    [where(gt(x, y), 1, where(eq(x, y), 0.5, 0)), where(gt(y, x), 1, where(eq(x, y), 0.5, 0))],
    { kink: eq(x, y) },
  ),
  minimum: kernel(
    'minimum',
    [where(lt(x, y), 1, where(eq(x, y), 0.5, 0)), where(lt(y, x), 1, where(eq(x, y), 0.5, 0))],
    { kink: eq(x, y) },
  ),
  // max(x, y) and min(x, y) where y is a constant: at a tie nothing reaches x, as in relu.
  max_const: kernel('maximum', [where(gt(x, y), 1, 0), where(gt(x, y), 0, 1)], { kink: eq(x, y) }),
  min_const: kernel('minimum', [where(lt(x, y), 1, 0), where(lt(x, y), 0, 1)], { kink: eq(x, y) }),
  // The two halves of clip(x, lo, hi): at the edge the partial is 1.
  clip_low: kernel('maximum', [where(ge(x, y), 1, 0), where(ge(x, y), 0, 1)], { kink: eq(x, y) }),
  clip_high: kernel('minimum', [where(le(x, y), 1, 0), where(le(x, y), 0, 1)], { kink: eq(x, y) }),
  // 1 − x², which cancels near ±1 unless it is computed as (1 − x)(1 + x).
  one_minus_square: kernel('one_minus_square', [mul(-2, x)], { display: sub(1, pow(x, 2)) }),

  // Exponentials and logarithms.
  exp: kernel('exp', [v]),
  exp2: kernel('exp2', [mul(v, log(2))], { display: pow(2, x) }),
  // Not v + 1, which has no correct digit for x < −37.
  expm1: kernel('expm1', [exp(x)], { display: sub(exp(x), 1) }),
  log: kernel('log', [div(1, x)], { domain: gt(x, 0) }),
  log1p: kernel('log1p', [div(1, add(1, x))], { display: log(add(1, x)), domain: gt(x, -1) }),
  log2: kernel('log2', [div(1, mul(x, log(2)))], { domain: gt(x, 0) }),
  log10: kernel('log10', [div(1, mul(x, log(10)))], { domain: gt(x, 0) }),
  logaddexp: kernel('logaddexp', [sigmoid(sub(x, y)), sigmoid(sub(y, x))], {
    display: log(add(exp(x), exp(y))),
  }),
  // 0 at x = 0 for every y that is a number.
  xlogy: kernel('xlogy', [log(y), where(and(eq(x, 0), eq(y, 0)), 0, div(x, y))], {
    display: mul(x, log(y)),
    domain: or(eq(x, 0), gt(y, 0)),
    kink: and(eq(x, 0), le(y, 0)),
  }),

  // Circular and hyperbolic functions and their inverses.
  sin: kernel('sin', [fn('cos', x)]),
  cos: kernel('cos', [neg(fn('sin', x))]),
  tan: kernel('tan', [add(1, sq(v))], { domain: ne(fn('cos', x), 0) }),
  sec: kernel('sec', [mul(v, fn('tan', x))], { display: div(1, fn('cos', x)), domain: ne(fn('cos', x), 0) }),
  csc: kernel('csc', [neg(mul(v, fn('cot', x)))], { display: div(1, fn('sin', x)), domain: ne(fn('sin', x), 0) }),
  cot: kernel('cot', [neg(add(1, sq(v)))], { display: div(1, fn('tan', x)), domain: ne(fn('sin', x), 0) }),
  asin: kernel('asin', [div(1, sqrt(fn('one_minus_square', x)))], {
    kink: eq(fn('abs', x), 1),
    domain: le(fn('abs', x), 1),
  }),
  acos: kernel('acos', [neg(div(1, sqrt(fn('one_minus_square', x))))], {
    kink: eq(fn('abs', x), 1),
    domain: le(fn('abs', x), 1),
  }),
  atan: kernel('atan', [div(1, add(1, sq(x)))]),
  // The angle of the point (y, x): the ordinate comes first. It jumps on the negative half of the abscissa.
  atan2: kernel('atan2', [div(y, add(sq(x), sq(y))), neg(div(x, add(sq(x), sq(y))))], {
    kink: and(eq(x, 0), le(y, 0)),
  }),
  hypot: kernel('hypot', [where(eq(v, 0), 0, div(x, v)), where(eq(v, 0), 0, div(y, v))], {
    display: sqrt(add(pow(x, 2), pow(y, 2))),
    kink: eq(v, 0),
  }),
  sinh: kernel('sinh', [fn('cosh', x)]),
  cosh: kernel('cosh', [fn('sinh', x)]),
  tanh: kernel('tanh', [sub(1, sq(v))]),
  sech: kernel('sech', [neg(mul(v, fn('tanh', x)))], { display: div(1, fn('cosh', x)) }),
  csch: kernel('csch', [neg(mul(v, fn('coth', x)))], { display: div(1, fn('sinh', x)), domain: ne(x, 0) }),
  // −1/sinh² in place of 1 − v², which cancels for large x.
  coth: kernel('coth', [neg(sq(fn('csch', x)))], { display: div(1, fn('tanh', x)), domain: ne(x, 0) }),
  asinh: kernel('asinh', [div(1, sqrt(add(1, sq(x))))]),
  // √(x² − 1) would cancel near 1, and would be a number below −1.
  acosh: kernel('acosh', [div(1, mul(sqrt(sub(x, 1)), sqrt(add(x, 1))))], {
    kink: eq(x, 1),
    domain: ge(x, 1),
  }),
  atanh: kernel('atanh', [div(1, fn('one_minus_square', x))], { domain: lt(fn('abs', x), 1) }),
  // √(x² − 1) by its factors, as above.
  asec: kernel('asec', [div(1, mul(fn('abs', x), leg))], {
    display: fn('acos', div(1, x)),
    kink: eq(fn('abs', x), 1),
    domain: ge(fn('abs', x), 1),
  }),
  acsc: kernel('acsc', [neg(div(1, mul(fn('abs', x), leg)))], {
    display: fn('asin', div(1, x)),
    kink: eq(fn('abs', x), 1),
    domain: ge(fn('abs', x), 1),
  }),
  acot: kernel('acot', [neg(div(1, add(1, sq(x))))], { display: fn('atan', div(1, x)), kink: eq(x, 0) }),
  asech: kernel('asech', [neg(div(1, mul(x, sqrt(fn('one_minus_square', x)))))], {
    display: fn('acosh', div(1, x)),
    kink: eq(x, 1),
    domain: and(gt(x, 0), le(x, 1)),
  }),
  acsch: kernel('acsch', [neg(div(1, mul(fn('abs', x), sqrt(add(1, sq(x))))))], {
    display: fn('asinh', div(1, x)),
    domain: ne(x, 0),
  }),
  acoth: kernel('acoth', [div(1, fn('one_minus_square', x))], {
    display: fn('atanh', div(1, x)),
    domain: gt(fn('abs', x), 1),
  }),

  // Special functions.
  erf: kernel('erf', [mul(div(2, sqrt(PI)), exp(neg(sq(x))))]),
  erfc: kernel('erfc', [neg(mul(div(2, sqrt(PI)), exp(neg(sq(x)))))], { display: sub(1, fn('erf', x)) }),
  normal_cdf: kernel('normal_cdf', [div(exp(neg(div(sq(x), 2))), sqrt(mul(2, PI)))], {
    display: div(add(1, fn('erf', div(x, sqrt(2)))), 2),
  }),
  gamma: kernel('gamma', [mul(v, fn('digamma', x))], { domain: noPole(x) }),
  lgamma: kernel('lgamma', [fn('digamma', x)], { display: log(fn('abs', fn('gamma', x))), domain: noPole(x) }),
  digamma: kernel('digamma', [fn('trigamma', x)], { domain: noPole(x) }),
  trigamma: kernel('trigamma', [fn('polygamma', 2, x)], { display: fn('polygamma', 1, x), domain: noPole(x) }),
  // The order x is a whole number: there is no derivative by it.
  polygamma: kernel('polygamma', [NaN, fn('polygamma', add(x, 1), y)], {
    domain: and(noPole(y), and(ge(x, 0), eq(x, floor(x)))),
  }),

  // Activations.
  sigmoid: kernel('sigmoid', [mul(v, sub(1, v))], { display: div(1, add(1, exp(neg(x)))) }),
  logsigmoid: kernel('logsigmoid', [sigmoid(neg(x))], { display: log(sigmoid(x)) }),
  logit: kernel('logit', [div(1, mul(x, sub(1, x)))], {
    display: log(div(x, sub(1, x))),
    domain: and(gt(x, 0), lt(x, 1)),
  }),
  softplus: kernel('softplus', [sigmoid(x)], { display: log(add(1, exp(x))) }),
  relu: rule(fn('maximum', x, 0), [where(gt(x, 0), 1, 0)], { kink: eq(x, 0) }),
  leaky_relu: rule(where(gt(x, 0), x, mul(y, x)), [where(gt(x, 0), 1, y), where(gt(x, 0), 0, x)], {
    kink: and(eq(x, 0), ne(y, 1)),
  }),
  elu: rule(
    where(gt(x, 0), x, mul(y, fn('expm1', x))),
    [where(gt(x, 0), 1, mul(y, exp(x))), where(gt(x, 0), 0, fn('expm1', x))],
    { kink: and(eq(x, 0), ne(y, 1)) },
  ),
  selu: rule(
    where(gt(x, 0), mul(SELU_SCALE, x), mul(SELU_SCALE_ALPHA, fn('expm1', x))),
    [where(gt(x, 0), SELU_SCALE, mul(SELU_SCALE_ALPHA, exp(x)))],
    { kink: eq(x, 0) },
  ),
  silu: rule(mul(x, sigmoid(x)), [mul(sigmoid(x), add(1, mul(x, sigmoid(neg(x)))))]),
  gelu: rule(mul(x, fn('normal_cdf', x)), [
    add(fn('normal_cdf', x), mul(x, div(exp(neg(div(sq(x), 2))), sqrt(mul(2, PI))))),
  ]),
  gelu_tanh: rule(mul(x, geluSigmoid), [mul(geluSigmoid, add(1, mul(mul(x, geluSlope), sub(1, geluSigmoid))))]),
  relu6: rule(fn('minimum', fn('maximum', x, 0), 6), [where(and(gt(x, 0), lt(x, 6)), 1, 0)], {
    kink: or(eq(x, 0), eq(x, 6)),
  }),
  hardtanh: rule(fn('minimum', fn('maximum', x, -1), 1), [where(and(gt(x, -1), lt(x, 1)), 1, 0)], {
    kink: or(eq(x, -1), eq(x, 1)),
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

export type Predicate = (typeof PREDICATES)[number];

/** Whether an operation is a comparison or a logical one. */
export function isPredicate(op: string): op is Predicate {
  return (PREDICATES as readonly string[]).includes(op);
}

export const ZERO = num(0);
export const ONE = num(1);
