/** Primitives that move elements: reshaping, ordering of axes, joining, repeating, padding, diagonals. */
import { type Expr, sym } from '../../symbolic/expr';
import {
  axesOf,
  type AxisArgument,
  concatenate,
  cumprod,
  expandDims,
  flip,
  fromValues,
  full,
  type IndexItem,
  inferShape,
  type NdArray,
  normalizeAxis,
  ravel,
  sameShape,
  type Shape,
  shapeText,
  sizeOf,
  TensorError,
  zip,
} from '../../tensor';
import { linearRule } from '../linear';
import { type RuleContext, tensorRule } from '../tensorRule';
import { applied, broadcast, DIRECTION, operand, reshaped, RESULT, scaled, type Term } from '../terms';
import { exclusiveProducts, type Recurrence } from '../recurrence';
import { MULTILINEAR } from '../multilinear';

const ALL: IndexItem = { kind: 'slice' };
const span = (start: number, count: number, step = 1): IndexItem => {
  const stop = start + count * step;
  // Downwards to the first element, the stop would be −1, which counts from the end.
  return { kind: 'slice', start, stop: stop < 0 ? undefined : stop, step };
};
const shapeOfFirst = (operands: readonly Shape[]): Shape => operands[0] as Shape;

/** The items that select `item` along one axis and everything along the axes before it. */
function along(axis: number, item: IndexItem): IndexItem[] {
  return [...Array.from({ length: axis }, () => ALL), item];
}

const indices = (values: readonly number[]): IndexItem => ({
  kind: 'array',
  array: fromValues('int64', [values.length], Float64Array.from(values)),
});

export const reshapeRule = linearRule<{ readonly shape: Shape }>(({ operands, attributes }) => {
  const from = shapeOfFirst(operands);
  return reshaped(DIRECTION, from, inferShape('reshape', attributes.shape, sizeOf(from)));
});

/** Axes as NumPy's `transpose`: reversed where none are given. */
export const transposeRule = linearRule<{ readonly axes?: readonly number[] }>(({ operands, attributes }) => {
  const ndim = shapeOfFirst(operands).length;
  const axes =
    attributes.axes?.map((axis) => normalizeAxis('transpose', axis, ndim)) ??
    Array.from({ length: ndim }, (_, i) => ndim - 1 - i);
  return applied('permute', { axes }, DIRECTION);
});

export const flipRule = linearRule<{ readonly axis?: AxisArgument }>(({ operands, attributes }) => {
  const shape = shapeOfFirst(operands);
  const axes = axesOf('flip', attributes.axis, shape.length);
  const items = shape.map((extent, i) => (axes.includes(i) ? span(extent - 1, extent, -1) : ALL));
  return applied('index', { items }, DIRECTION);
});

/** Elements shifted along an axis, those that fall off coming in at the other end; without an axis, of the flattened array. */
export const rollRule = linearRule<{ readonly shift: number; readonly axis?: number }>(({ operands, attributes }) => {
  const shape = shapeOfFirst(operands);
  if (attributes.axis === undefined) {
    const flat = [sizeOf(shape)];
    const rolled = applied(
      'index',
      { items: [rolledIndices(flat[0] as number, attributes.shift)] },
      reshaped(DIRECTION, shape, flat),
    );
    return reshaped(rolled, flat, shape);
  }
  const axis = normalizeAxis('roll', attributes.axis, shape.length);
  return applied('index', { items: along(axis, rolledIndices(shape[axis] as number, attributes.shift)) }, DIRECTION);
});

function rolledIndices(extent: number, shift: number): IndexItem {
  return indices(Array.from({ length: extent }, (_, i) => (((i - shift) % extent) + extent) % extent));
}

/** The array repeated `reps[i]` times along axis i, as NumPy's `tile`. */
export const tileRule = linearRule<{ readonly reps: readonly number[] }>(({ operands, attributes }) => {
  const shape = shapeOfFirst(operands);
  const ndim = Math.max(shape.length, attributes.reps.length);
  const own = [...Array.from({ length: ndim - shape.length }, () => 1), ...shape];
  const reps = [...Array.from({ length: ndim - attributes.reps.length }, () => 1), ...attributes.reps];
  const apart = own.flatMap((extent) => [1, extent]);
  const repeated = own.flatMap((extent, i) => [reps[i] as number, extent]);
  const joined = own.map((extent, i) => extent * (reps[i] as number));
  return reshaped(broadcast(reshaped(DIRECTION, shape, apart), apart, repeated), repeated, joined);
});

/** Each element `repeats` times (a number, or one a place) along an axis, or of the flattened array. */
export const repeatRule = linearRule<{
  readonly repeats: number | readonly number[];
  readonly axis?: number;
}>(({ operands, attributes }) => {
  const shape = shapeOfFirst(operands);
  const { repeats } = attributes;
  const flat = attributes.axis === undefined;
  const axis = flat ? 0 : normalizeAxis('repeat', attributes.axis as number, shape.length);
  const extent = flat ? sizeOf(shape) : (shape[axis] as number);
  const times = (i: number) =>
    typeof repeats === 'number' ? repeats : (repeats[repeats.length === 1 ? 0 : i] as number);
  if (typeof repeats !== 'number' && repeats.length !== 1 && repeats.length !== extent) {
    throw new TensorError('shape', 'repeat', `${repeats.length} counts for ${extent} elements of ${shapeText(shape)}`, {
      exception: 'ValueError',
      message: `operands could not be broadcast together with shape (${extent},) (${repeats.length},)`,
    });
  }
  const places = Array.from({ length: extent }, (_, i) => Array.from({ length: times(i) }, () => i)).flat();
  const of = flat ? reshaped(DIRECTION, shape, [extent]) : DIRECTION;
  return applied('index', { items: along(axis, indices(places)) }, of);
});

/** Labels `abc…` of a shape, with their extents, for a contraction of one operand. */
function labelled(shape: Shape): { labels: string[]; extents: Record<string, number> } {
  const labels = shape.map((_, i) => String.fromCharCode(97 + i));
  return {
    labels,
    extents: Object.fromEntries(labels.map((label, i) => [label, shape[i] as number])),
  };
}

interface Plane {
  readonly offset?: number;
  readonly axis1?: number;
  readonly axis2?: number;
}

/** The direction cut so that its `offset`-th diagonal is the main one of a square, and that square labelled. */
function onDiagonal(
  shape: Shape,
  { offset = 0, axis1 = 0, axis2 = 1 }: Plane,
): { term: Term; labels: string[]; extents: Record<string, number>; diagonal: string } {
  const a = normalizeAxis('diagonal', axis1, shape.length);
  const b = normalizeAxis('diagonal', axis2, shape.length);
  if (a === b)
    throw new TensorError('axis', 'diagonal', 'the two axes are the same', {
      exception: 'ValueError',
      message: 'axis1 and axis2 cannot be the same',
    });
  const rows = (shape[a] as number) - Math.max(-offset, 0);
  const columns = (shape[b] as number) - Math.max(offset, 0);
  const length = Math.max(0, Math.min(rows, columns));
  const items = shape.map((_, i) =>
    i === a ? span(Math.max(-offset, 0), length) : i === b ? span(Math.max(offset, 0), length) : ALL,
  );
  const square = shape.map((extent, i) => (i === a || i === b ? length : extent));
  const whole = square.every((extent, i) => extent === shape[i]);
  const { labels, extents } = labelled(square);
  const diagonal = labels[a] as string;
  labels[b] = diagonal;
  return {
    term: whole ? DIRECTION : applied('index', { items }, DIRECTION),
    labels,
    extents,
    diagonal,
  };
}

/** The diagonal of the plane of two axes, as the last axis. */
export const diagonalRule = linearRule<Plane>(({ operands, attributes }) => {
  const { term, labels, extents, diagonal } = onDiagonal(shapeOfFirst(operands), attributes);
  const output = labels.filter((label) => label !== diagonal).join('') + diagonal;
  return applied('contract', { inputs: [labels.join('')], output, extents }, term);
});

export const traceRule = linearRule<Plane>(({ operands, attributes }) => {
  const { term, labels, extents, diagonal } = onDiagonal(shapeOfFirst(operands), attributes);
  const output = labels.filter((label) => label !== diagonal).join('');
  return applied('contract', { inputs: [labels.join('')], output, extents }, term);
});

/** A vector on the k-th diagonal of a matrix of zeros, or the k-th diagonal of a matrix: NumPy's `diag`. */
export const diagRule = linearRule<{ readonly k?: number }>(({ operands, attributes: { k = 0 } }) => {
  const shape = shapeOfFirst(operands);
  if (shape.length === 2) {
    const { term, labels, extents, diagonal } = onDiagonal(shape, { offset: k });
    return applied('contract', { inputs: [labels.join('')], output: diagonal, extents }, term);
  }
  if (shape.length !== 1) {
    throw new TensorError('shape', 'diag', `${shapeText(shape)} is neither a vector nor a matrix`, {
      exception: 'ValueError',
      message: 'Input must be 1- or 2-d.',
    });
  }
  const length = shape[0] as number;
  const square = applied('contract', { inputs: ['a'], output: 'aa', extents: { a: length } }, DIRECTION);
  if (k === 0) return square;
  const extent = length + Math.abs(k);
  const items = [span(Math.max(-k, 0), length), span(Math.max(k, 0), length)];
  return applied('embed', { items, shape: [extent, extent] }, square);
});

/** Constant padding: `width[i]` elements before and after along axis i. */
export const padRule = tensorRule<{
  readonly width: readonly (readonly [number, number])[];
  readonly value?: number;
}>({
  value: ([x], { width, value = 0 }) => {
    const array = x as NdArray;
    const term = padded(array.shape, width);
    const inner = MULTILINEAR.embed.value([array], term);
    if (value === 0) return inner;
    const mask = MULTILINEAR.embed.value([full(array.shape, 1)], term);
    return zip((a, m) => (m === 0 ? value : a), inner, mask, inner.dtype, 'pad');
  },
  terms: ({ operands, attributes }) => [applied('embed', padded(shapeOfFirst(operands), attributes.width), DIRECTION)],
});

function padded(shape: Shape, width: readonly (readonly [number, number])[]) {
  if (width.length !== shape.length)
    throw new TensorError('shape', 'pad', `${width.length} widths for ${shapeText(shape)}`);
  return {
    items: shape.map((extent, i) => span((width[i] as readonly [number, number])[0], extent)),
    shape: shape.map(
      (extent, i) => extent + (width[i] as readonly [number, number])[0] + (width[i] as readonly [number, number])[1],
    ),
  };
}

/** Running sums along an axis, or over the flattened array. */
export const cumsumRule = linearRule<{ readonly axis?: number }>(({ operands, attributes: { axis } }) => {
  const shape = shapeOfFirst(operands);
  if (axis === undefined) {
    return applied('running_sum', { axis: 0, reverse: false }, reshaped(DIRECTION, shape, [sizeOf(shape)]));
  }
  return applied('running_sum', { axis: normalizeAxis('cumsum', axis, shape.length), reverse: false }, DIRECTION);
});

interface Running {
  /** Absent: over the flattened array. */
  readonly axis?: number;
  /** Without the element itself: 1 at the first place. */
  readonly exclusive?: boolean;
  /** From the end of the axis. */
  readonly reverse?: boolean;
}

/**
 * Running products v, by vᵢ = xᵢ vᵢ₋₁, so that v̇ᵢ = xᵢ v̇ᵢ₋₁ + vᵢ₋₁ ẋᵢ: a recurrence like their own, which divides by
 * nothing and so is exact where elements are zero. The exclusive ones: v̇ᵢ = xᵢ₋₁ v̇ᵢ₋₁ + vᵢ₋₁ ẋᵢ₋₁.
 */
export const cumprodRule = tensorRule<Running>({
  value: ([x], { axis, exclusive = false, reverse = false }) => {
    const array = axis === undefined ? ravel(x as NdArray) : (x as NdArray);
    const place = normalizeAxis('cumprod', axis ?? 0, array.ndim);
    if (exclusive) return exclusiveProducts(array, place, reverse);
    return reverse ? flip(cumprod(flip(array, place), place), place) : cumprod(array, place);
  },
  terms: ({ operands, result, attributes: { axis: given, exclusive = false, reverse = false } }) => {
    const axis = normalizeAxis('cumprod', given ?? 0, result.length);
    const moving = scaled(exclusive ? RESULT : sym('before'), reshaped(DIRECTION, shapeOfFirst(operands), result));
    const driven = exclusive ? moved(moving, result, axis, reverse) : moving;
    return [applied('recurrence', { axis, reverse, lagged: exclusive }, driven, 1, [factors(operands, result)])];
  },
  residuals: ({ operands, result, attributes: { axis: given, reverse = false } }) => {
    const axis = normalizeAxis('cumprod', given ?? 0, result.length);
    return {
      flat: { op: 'reshape', of: [operand(0)], attributes: { shape: result } },
      before: { op: 'cumprod', of: [factors(operands, result)], attributes: { axis, exclusive: true, reverse } },
    };
  },
});

/** The operand in the shape of the result. */
const factors = (operands: readonly Shape[], result: Shape): Expr =>
  sameShape(shapeOfFirst(operands), result) ? operand(0) : sym('flat');

/**
 * The recurrence itself, by its coefficient: ṡᵢ = aᵢ ṡᵢ₋₁ + ȧᵢ sᵢ₋₁, the same recurrence driven by the values before;
 * lagged, ȧᵢ₋₁ sᵢ₋₁.
 */
export const recurrenceRule = tensorRule<Recurrence>({
  value: (operands, attributes) => MULTILINEAR.recurrence.value(operands, { ...attributes }),
  terms: ({ result, attributes }) => {
    const { axis, reverse, lagged } = attributes;
    const driven = lagged ? moved(scaled(RESULT, DIRECTION), result, axis, reverse) : scaled(sym('before'), DIRECTION);
    const solved = (of: Term) => applied('recurrence', { ...attributes }, of, 1, [operand(0)]);
    return [solved(driven), solved(DIRECTION)];
  },
  residuals: ({ result, attributes: { axis, reverse } }) => {
    const { kept, placed } = move(result, axis, reverse);
    return {
      kept: { op: 'index', of: [RESULT], attributes: kept },
      before: { op: 'embed', of: [sym('kept')], attributes: placed },
    };
  },
});

function move(shape: Shape, axis: number, reverse: boolean) {
  const rest = Math.max(0, (shape[axis] as number) - 1);
  const [from, to] = reverse ? [1, 0] : [0, 1];
  return { kept: { items: along(axis, span(from, rest)) }, placed: { items: along(axis, span(to, rest)), shape } };
}

/** Every element one place on along an axis, a zero coming in; the last one falls off. */
function moved(of: Term, shape: Shape, axis: number, reverse: boolean): Term {
  const { kept, placed } = move(shape, axis, reverse);
  return applied('embed', placed, applied('index', kept, of));
}

/** Arrays joined along an axis that exists. */
export const concatenateRule = tensorRule<{ readonly axis?: number }>({
  value: (operands, { axis = 0 }) => concatenate(operands, axis),
  terms: (context) =>
    pieces(context, normalizeAxis('concatenate', context.attributes.axis ?? 0, context.result.length)),
});

/** Where each operand of a concatenation lies in the result. */
function pieces({ operands, result }: RuleContext<unknown>, axis: number): Term[] {
  let start = 0;
  return operands.map((shape) => {
    const extent = shape[axis] as number;
    const items = along(axis, span(start, extent));
    start += extent;
    return applied('embed', { items, shape: result }, DIRECTION);
  });
}

/** Arrays of one shape joined along a new axis. */
export const stackRule = tensorRule<{ readonly axis?: number }>({
  value: (operands, { axis = 0 }) => {
    const place = normalizeAxis('stack', axis, (operands[0] as NdArray).ndim + 1);
    return concatenate(
      operands.map((x) => expandDims(x, place)),
      place,
    );
  },
  terms: ({ operands, result, attributes: { axis = 0 } }) => {
    const place = normalizeAxis('stack', axis, result.length);
    return operands.map((_, i) =>
      applied('embed', { items: along(place, { kind: 'integer', value: i }), shape: result }, DIRECTION),
    );
  },
});

/**
 * Elements picked from the flattened operand: `positions` is an array of integers of the shape of the result. What
 * sorting, `take_along_axis`, `rot90` and their like do is this, with positions found by doing it to 0, 1, 2 ….
 */
export const pickRule = linearRule<{ readonly positions: NdArray }>(({ operands, attributes: { positions } }) => {
  const shape = shapeOfFirst(operands);
  const item: IndexItem = { kind: 'array', array: positions };
  return applied('index', { items: [item] }, reshaped(DIRECTION, shape, [sizeOf(shape)]));
});
