/** Reductions over any axes, with or without keeping them. */
import { div, fn, mul, num, sub, sym, where, type Expr } from '../../symbolic/expr';
import {
  axesOf,
  type AxisArgument,
  map,
  max,
  mean,
  min,
  type NdArray,
  prod,
  type Shape,
  sizeOf,
  standardDeviation,
  sum,
  variance,
  zip,
} from '../../tensor';
import { linearRule } from '../linear';
import { type RuleContext, type TensorRule, tensorRule } from '../tensorRule';
import { DIRECTION, operand, reshaped, RESULT, scaled, sumTo, type Term } from '../terms';

export interface Over {
  /** The axes to reduce; all when absent. */
  readonly axis?: AxisArgument;
  readonly keepdims?: boolean;
}

const over = ({ axis, keepdims }: Over) => ({ axis, keepdims: keepdims ?? false });

/** Shape with the reduced axes kept with extent 1. */
export function keptShape(operation: string, shape: Shape, axis: AxisArgument): Shape {
  const axes = axesOf(operation, axis, shape.length);
  return shape.map((extent, i) => (axes.includes(i) ? 1 : extent));
}

function finalShape(operation: string, shape: Shape, { axis, keepdims }: Over): Shape {
  if (keepdims) return keptShape(operation, shape, axis);
  const axes = axesOf(operation, axis, shape.length);
  return shape.filter((_, i) => !axes.includes(i));
}

const first = (operands: readonly Shape[]): Shape => operands[0] as Shape;

/** `of`, which has the shape of the operand, summed over the reduced axes. */
function reduced(operation: string, of: Term, shape: Shape, attributes: Over): Term {
  const kept = keptShape(operation, shape, attributes.axis);
  return reshaped(sumTo(of, shape, kept), kept, finalShape(operation, shape, attributes));
}

/** How many elements go into each result. */
function count(operation: string, shape: Shape, attributes: Over): number {
  return sizeOf(shape) / Math.max(1, sizeOf(keptShape(operation, shape, attributes.axis)));
}

/** The result with its reduced axes kept, so that it broadcasts against the operand. */
function resultKept(operation: string, { operands, attributes }: RuleContext<Over>) {
  return { op: 'reshape', of: [RESULT], attributes: { shape: keptShape(operation, first(operands), attributes.axis) } };
}

const x = operand(0);
const kept = sym('kept');

export const sumRule: TensorRule = {
  ...linearRule<Over>(({ operands, attributes }) => reduced('sum', DIRECTION, first(operands), attributes)),
  value: ([array], attributes) => sum(array as NdArray, over(attributes as Over)),
};

export const meanRule = tensorRule<Over>({
  value: ([array], attributes) => mean(array as NdArray, over(attributes)),
  terms: ({ operands, attributes }) => {
    const shape = first(operands);
    const n = count('mean', shape, attributes);
    return [scaled(div(1, num(n)), reduced('mean', DIRECTION, shape, attributes))];
  },
});

/** The deviations (x − mean), scaled and summed: the derivative of the variance by its operand. */
function deviations(operation: string, { operands, attributes }: RuleContext<Spread>, scale: (n: Expr) => Expr): Term {
  const shape = first(operands);
  const n = Math.max(count(operation, shape, attributes) - (attributes.ddof ?? 0), 0);
  return scaled(scale(num(n)), reduced(operation, scaled(sub(x, sym('mean')), DIRECTION), shape, attributes));
}

interface Spread extends Over {
  /** Subtracted from the number of elements in the denominator. */
  readonly ddof?: number;
}

const centre = ({ attributes: { axis } }: RuleContext<Over>) => ({
  mean: { op: 'mean', of: [x], attributes: { axis, keepdims: true } },
});

export const varRule = tensorRule<Spread>({
  value: ([array], attributes) => variance(array as NdArray, { ...over(attributes), ddof: attributes.ddof ?? 0 }),
  terms: (context) => [deviations('var', context, (n) => div(2, n))],
  residuals: centre,
});

/** Where all elements are equal, the deviation has a kink; its derivative there is 0 by convention. */
export const stdRule = tensorRule<Spread>({
  value: ([array], attributes) =>
    standardDeviation(array as NdArray, { ...over(attributes), ddof: attributes.ddof ?? 0 }),
  terms: (context) => [deviations('std', context, (n) => where(fn('eq', RESULT, 0), 0, div(div(1, RESULT), n)))],
  residuals: centre,
  kink: () => fn('eq', RESULT, 0),
});

/**
 * The product of all other elements: the product divided by each where that is defined, and otherwise (an element is 0,
 * or the product has over- or underflown) what comes before each times what comes behind it. That is exact wherever
 * elements are zero, and so are its own derivatives.
 */
export const prodRule = tensorRule<Over>({
  value: ([array], attributes) => prod(array as NdArray, over(attributes)),
  terms: ({ operands, attributes }) => {
    const regular = fn('and', fn('ne', kept, 0), fn('lt', fn('abs', kept), num(Infinity)));
    const axes = axesOf('prod', attributes.axis, first(operands).length);
    const others = axes.flatMap((_, i) => [sym(`before${i}`), sym(`behind${i}`)]);
    const product = others.reduce<Expr>((p, e) => mul(p, e), num(1));
    return [reduced('prod', scaled(where(regular, div(kept, x), product), DIRECTION), first(operands), attributes)];
  },
  residuals: (context) => {
    const axes = axesOf('prod', context.attributes.axis, first(context.operands).length);
    // Along each axis in turn: the others in the same line, of what the lines before it have made.
    const along = axes.flatMap((axis, i) => {
      const of = [i === 0 ? x : sym(`line${i}`)];
      return [
        [`line${i + 1}`, { op: 'prod', of, attributes: { axis, keepdims: true } }],
        [`before${i}`, { op: 'cumprod', of, attributes: { axis, exclusive: true } }],
        [`behind${i}`, { op: 'cumprod', of, attributes: { axis, exclusive: true, reverse: true } }],
      ] as const;
    });
    return { kept: resultKept('prod', context), ...Object.fromEntries(along) };
  },
});

interface Extremum extends Over {
  /** At a tie: split evenly, or all to the first. */
  readonly ties?: 'split' | 'first';
}

function extremum(operation: 'max' | 'min', value: (array: NdArray, options: ReturnType<typeof over>) => NdArray) {
  const best = fn('eq', x, kept);
  return tensorRule<Extremum>({
    value: ([array], attributes) => value(array as NdArray, over(attributes)),
    terms: ({ operands, attributes }) => {
      const share = attributes.ties === 'first' ? where(sym('chosen'), 1, 0) : where(best, div(1, sym('ties')), 0);
      return [reduced(operation, scaled(share, DIRECTION), first(operands), attributes)];
    },
    residuals: (context) => ({
      kept: resultKept(operation, context),
      ties: {
        op: 'sum',
        of: [where(best, num(1), num(0))],
        attributes: { axis: context.attributes.axis, keepdims: true },
      },
      chosen: { op: 'first', of: [best], attributes: { axis: context.attributes.axis } },
    }),
    kink: () => fn('gt', sym('ties'), 1),
  });
}

export const maxRule = extremum('max', (array, options) => max(array, options));
export const minRule = extremum('min', (array, options) => min(array, options));

/** log Σ exp x, from exponentials that cannot overflow. Where all elements are −∞, the result is. */
export const logsumexpRule = tensorRule<Over>({
  value: ([array], attributes) => logsumexp(array as NdArray, attributes),
  terms: ({ operands, attributes }) => [
    reduced('logsumexp', scaled(sym('softmax'), DIRECTION), first(operands), attributes),
  ],
  // Not exp(x − v), which loses the digits of a large x.
  residuals: ({ operands, attributes: { axis } }) => ({
    softmax: { op: 'softmax', of: [x], attributes: { axis: axesOf('logsumexp', axis, first(operands).length) } },
  }),
});

function logsumexp(array: NdArray, attributes: Over): NdArray {
  const shift = map(
    (m) => (Number.isFinite(m) ? m : 0),
    max(array, { axis: attributes.axis, keepdims: true }),
    'float64',
  );
  const total = sum(
    zip((a, m) => Math.exp(a - m), array, shift, 'float64'),
    over(attributes),
  );
  const back = attributes.keepdims ? shift : sum(shift, { axis: attributes.axis });
  return zip((s, m) => Math.log(s) + m, total, back, array.dtype === 'float32' ? 'float32' : 'float64');
}

interface Norm extends Over {
  /**
   * p of (Σ|x|ᵖ)¹ᐟᵖ; Infinity and −Infinity for the largest and smallest modulus, 0 for the number of elements that are not
   * 0. Of a matrix, 2 is taken over its elements.
   */
  readonly ord?: number;
}

/** Vector norms over the elements of the given axes. At 0 the derivative is 0, and below ord 1 by each element that is 0. */
export const normRule = tensorRule<Norm>({
  value: ([array], attributes) => norm(array as NdArray, attributes),
  terms: ({ operands, attributes }) => {
    const { ord = 2 } = attributes;
    const shape = first(operands);
    const sign = fn('sign', x);
    const slope =
      Math.abs(ord) === Infinity
        ? where(fn('eq', fn('abs', x), kept), div(sign, sym('ties')), 0)
        : ord === 1
          ? sign
          : ord === 0
            ? num(0)
            : ord === 2
              ? where(fn('eq', kept, 0), num(0), div(x, kept))
              : where(
                  ord < 1 ? fn('or', fn('eq', kept, 0), fn('eq', x, 0)) : fn('eq', kept, 0),
                  num(0),
                  mul(sign, fn('pow', div(fn('abs', x), kept), num(ord - 1))),
                );
    return [reduced('norm', scaled(slope, DIRECTION), shape, attributes)];
  },
  residuals: (context) => ({
    kept: resultKept('norm', context),
    ties: {
      op: 'sum',
      of: [where(fn('eq', fn('abs', x), kept), num(1), num(0))],
      attributes: { axis: context.attributes.axis, keepdims: true },
    },
  }),
  kink: ({ attributes: { ord = 2 } }) =>
    Math.abs(ord) === Infinity ? fn('gt', sym('ties'), 1) : ord <= 1 ? fn('eq', x, 0) : fn('eq', RESULT, 0),
});

function norm(array: NdArray, attributes: Norm): NdArray {
  const { ord = 2 } = attributes;
  const dtype = array.dtype === 'float32' ? 'float32' : 'float64';
  const modulus = map(Math.abs, array, 'float64');
  const options = over(attributes);
  const rounded = (result: NdArray) => (dtype === 'float64' ? result : map((a) => a, result, dtype));
  if (ord === Infinity) return rounded(max(modulus, options));
  if (ord === -Infinity) return rounded(min(modulus, options));
  if (ord === 1) return rounded(sum(modulus, options));
  if (ord === 0)
    return sum(
      map((a) => (a === 0 ? 0 : 1), modulus, dtype),
      options,
    );
  if (ord === 2)
    return map(
      Math.sqrt,
      sum(
        map((a) => a * a, modulus),
        options,
      ),
      dtype,
    );
  return map(
    (total) => total ** (1 / ord),
    sum(
      map((a) => a ** ord, modulus),
      options,
    ),
    dtype,
  );
}
