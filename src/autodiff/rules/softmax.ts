/** Softmax and the losses that are fused with it, because only so they are stable. */
import { div, fn, mul, neg, num, sub, sym, where } from '../../symbolic/expr';
import {
  axesOf,
  type DType,
  isFloat,
  map,
  max,
  type NdArray,
  normalizeAxis,
  sameShape,
  type Shape,
  shapeText,
  sizeOf,
  sum,
  TensorError,
  zeros,
  zip,
} from '../../tensor';
import { type RuleContext, tensorRule } from '../tensorRule';
import { broadcast, DIRECTION, operand, plus, reshaped, RESULT, scaled, sumTo, type Term } from '../terms';

interface Along {
  /** The axis that sums to 1; by default the last. */
  readonly axis?: number;
}

interface AlongSeveral {
  /** The axis, or axes together, that sum to 1; by default the last. */
  readonly axis?: number | readonly number[];
}

const floatOf = (x: NdArray): DType => (isFloat(x.dtype) ? x.dtype : 'float64');
const axisOf = (operation: string, shape: Shape, axis = -1) => normalizeAxis(operation, axis, shape.length);
const axesIn = (operation: string, shape: Shape, axis: number | readonly number[] = -1): readonly number[] =>
  axesOf(operation, axis, shape.length);
const keep = (shape: Shape, ...axes: readonly number[]): Shape =>
  shape.map((extent, i) => (axes.includes(i) ? 1 : extent));
const first = (shapes: readonly Shape[]): Shape => shapes[0] as Shape;

/** log softmax in float64, from differences that cannot overflow. */
function logSoftmax(x: NdArray, axis: number): NdArray {
  const shifted = zip((a, m) => a - m, x, max(x, { axis, keepdims: true }), 'float64');
  const total = sum(map(Math.exp, shifted), { axis, keepdims: true });
  return zip((a, s) => a - Math.log(s), shifted, total, 'float64');
}

function softmax(x: NdArray, axis: readonly number[]): NdArray {
  const e = zip((a, m) => Math.exp(a - m), x, max(x, { axis, keepdims: true }), 'float64');
  return zip((a, s) => a / s, e, sum(e, { axis, keepdims: true }), floatOf(x));
}

/** The sum of `of` along axes, repeated along them. */
function spreadSum(of: Term, shape: Shape, axes: readonly number[]): Term {
  const kept = keep(shape, ...axes);
  return broadcast(sumTo(of, shape, kept), kept, shape);
}

/** v̇ = v ⊙ (ẋ − Σ v ẋ). */
export const softmaxRule = tensorRule<AlongSeveral>({
  value: ([x], { axis }) => softmax(x as NdArray, axesIn('softmax', (x as NdArray).shape, axis)),
  terms: ({ operands, attributes }) => {
    const shape = first(operands);
    const axes = axesIn('softmax', shape, attributes.axis);
    const weighted = scaled(RESULT, DIRECTION);
    return [plus(weighted, scaled(neg(RESULT), spreadSum(weighted, shape, axes)))];
  },
});

/** v̇ = ẋ − Σ softmax(x) ẋ. */
export const logSoftmaxRule = tensorRule<Along>({
  value: ([x], { axis }) => {
    const array = x as NdArray;
    return map((a) => a, logSoftmax(array, axisOf('log_softmax', array.shape, axis)), floatOf(array));
  },
  terms: ({ operands, attributes }) => {
    const shape = first(operands);
    const axis = axisOf('log_softmax', shape, attributes.axis);
    return [plus(DIRECTION, scaled(num(-1), spreadSum(scaled(fn('exp', RESULT), DIRECTION), shape, [axis])))];
  },
});

interface CrossEntropy extends Along {
  /** Integer classes, of the shape of the logits without the axis. Absent where a second operand gives probabilities. */
  readonly targets?: NdArray;
  readonly reduction?: 'mean' | 'sum' | 'none';
}

/**
 * −Σ t log softmax(x) along the axis, summed or averaged over the rest. Operands: logits, and target probabilities
 * unless classes are given.
 */
export const crossEntropyRule = tensorRule<CrossEntropy>({
  value: ([x, t], attributes) => {
    const logits = x as NdArray;
    const axis = axisOf('cross_entropy', logits.shape, attributes.axis);
    const target = t ?? oneHot(logits.shape, axis, attributes.targets);
    if (!sameShape(target.shape, logits.shape)) {
      throw new TensorError(
        'shape',
        'cross_entropy',
        `logits ${shapeText(logits.shape)} and probabilities ${shapeText(target.shape)} differ`,
      );
    }
    const losses = sum(
      zip((p, q) => (q === 0 ? 0 : -q * p), logSoftmax(logits, axis), target, 'float64'),
      { axis },
    );
    const { reduction = 'mean' } = attributes;
    const dtype = floatOf(logits);
    if (reduction === 'none') return map((a) => a, losses, dtype);
    const total = sum(losses);
    return map((a) => (reduction === 'mean' ? a / losses.size : a), total, dtype);
  },
  terms: (context) => {
    const { operands } = context;
    const target = operands.length > 1 ? operand(1) : sym('target');
    const slope = sub(operands.length > 1 ? mul(sym('softmax'), sym('mass')) : sym('softmax'), target);
    const ofLogits = reduceLoss(scaled(slope, DIRECTION), context);
    if (operands.length === 1) return [ofLogits];
    const ofTarget = reduceLoss(scaled(neg(sym('logs')), DIRECTION), context);
    return [ofLogits, ofTarget];
  },
  residuals: ({ operands, attributes }) => {
    const shape = first(operands);
    const axis = axisOf('cross_entropy', shape, attributes.axis);
    return {
      softmax: { op: 'softmax', of: [operand(0)], attributes: { axis } },
      logs: { op: 'log_softmax', of: [operand(0)], attributes: { axis } },
      ...(operands.length > 1
        ? { mass: { op: 'sum', of: [operand(1)], attributes: { axis, keepdims: true } } }
        : { target: { data: oneHot(shape, axis, attributes.targets) } }),
    };
  },
});

function reduceLoss(of: Term, { operands, attributes }: RuleContext<CrossEntropy>): Term {
  const shape = first(operands);
  const axis = axisOf('cross_entropy', shape, attributes.axis);
  const { reduction = 'mean' } = attributes;
  if (reduction === 'none') {
    return reshaped(
      sumTo(of, shape, keep(shape, axis)),
      keep(shape, axis),
      shape.filter((_, i) => i !== axis),
    );
  }
  const total = sumTo(of, shape, []);
  return reduction === 'mean' ? scaled(div(1, num(sizeOf(shape) / (shape[axis] as number))), total) : total;
}

/** Ones at the classes. @throws TensorError where a class is out of range */
function oneHot(shape: Shape, axis: number, targets: NdArray | undefined): NdArray {
  const expected = shape.filter((_, i) => i !== axis);
  if (!targets || targets.size !== sizeOf(expected)) {
    throw new TensorError(
      'shape',
      'cross_entropy',
      `logits ${shapeText(shape)} and classes ${targets ? shapeText(targets.shape) : 'missing'} do not align`,
    );
  }
  const classes = targets.elements();
  const result = zeros(shape);
  const inner = sizeOf(shape.slice(axis + 1));
  const extent = shape[axis] as number;
  for (let i = 0; i < classes.length; i++) {
    const label = classes[i] as number;
    if (!(label >= 0 && label < extent)) {
      throw new TensorError('index', 'cross_entropy', `class ${label} is out of range for ${extent} classes`, {
        exception: 'IndexError',
        message: `Target ${label} is out of bounds.`,
      });
    }
    const outer = Math.floor(i / inner);
    result.data[(outer * extent + label) * inner + (i % inner)] = 1;
  }
  return result;
}

/**
 * Binary cross-entropy of logits x and targets y, elementwise: max(x, 0) − x y + log(1 + e^−|x|). A mean or sum is a
 * step of its own.
 */
export const binaryCrossEntropyRule = tensorRule<object>({
  value: ([x, y]) => {
    const [logits, targets] = [x as NdArray, y as NdArray];
    const dtype = floatOf(logits) === 'float32' && targets.dtype !== 'float64' ? 'float32' : 'float64';
    return zip((a, t) => Math.max(a, 0) - a * t + Math.log1p(Math.exp(-Math.abs(a))), logits, targets, dtype);
  },
  terms: ({ operands, result }) => {
    const [x, y] = [operand(0), operand(1)];
    // σ(x) − 1 has no correct digit for large x.
    const slope = where(fn('eq', y, 1), neg(fn('sigmoid', neg(x))), sub(fn('sigmoid', x), y));
    return [
      scaled(slope, broadcast(DIRECTION, operands[0] as Shape, result)),
      scaled(neg(x), broadcast(DIRECTION, operands[1] as Shape, result)),
    ];
  },
});
