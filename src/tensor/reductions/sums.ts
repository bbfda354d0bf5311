import { toFloat64, asType } from '../cast';
import { isFloat, type DType } from '../dtype';
import { allocateLike, map, zip } from '../elementwise';
import { forEachLane } from '../lanes';
import { zeros, type NdArray } from '../ndarray';
import { quotientType } from '../promotion';
import { axesOf, normalizeAxis } from '../shape';
import { memoryOrder, planWalk, runStep } from '../traverse';
import { ravel, transpose } from '../views';
import { accumulationType, reduce, reducedCount, requireExact, type ReduceOptions } from './reduce';

/**
 * Sum over axes. Runs along the innermost memory axis are summed pairwise in NumPy's blocks (recursive halving down to
 * 128 elements, eight partial sums), everything else in order, so that float64 sums agree with NumPy's to the last bit. float32 is accumulated in float64 and rounded once; bool and small integers are summed in 64 bits.
 */
export function sum(array: NdArray, options: ReduceOptions & { readonly dtype?: DType } = {}): NdArray {
  const dtype = options.dtype ?? accumulationType(array.dtype);
  const whole = axesOf('sum', options.axis, array.ndim).length === array.ndim;
  if (isFloat(dtype) && whole) return wholeSum(array, options, dtype);
  return reduce('sum', array, options, dtype, 0, isFloat(dtype) ? sumRun : integerSumRun);
}

/** Elements that NumPy buffers at a time when an array cannot be walked with one step. */
const BUFFER = 8192;

function wholeSum(array: NdArray, options: ReduceOptions, dtype: DType): NdArray {
  const source = toFloat64(array);
  const order = memoryOrder(source.ndim, [source.strides]);
  const walk = planWalk(source.shape, [source.strides], order);
  const count = source.size;
  let total = 0;
  if (walk.extents.length <= 1) {
    if (count > 0) total += pairwiseSum(source.data as Float64Array, source.offset, runStep(walk, 0), count);
  } else {
    const inOrder = transpose(source, order).elements() as Float64Array;
    for (let at = 0; at < count; at += BUFFER) {
      total += pairwiseSum(inOrder, at, 1, Math.min(BUFFER, count - at));
    }
  }
  const result = zeros(options.keepdims ? array.shape.map(() => 1) : [], dtype);
  result.data[0] = total;
  return result;
}

function sumRun(
  count: number,
  acc: Float64Array,
  accAt: number,
  accStep: number,
  x: Float64Array,
  xAt: number,
  xStep: number,
): void {
  if (accStep === 0) acc[accAt]! += pairwiseSum(x, xAt, xStep, count);
  else for (let i = 0; i < count; i++) acc[accAt + i * accStep]! += x[xAt + i * xStep]!;
}

function integerSumRun(
  count: number,
  acc: Float64Array,
  accAt: number,
  accStep: number,
  x: Float64Array,
  xAt: number,
  xStep: number,
): void {
  for (let i = 0; i < count; i++) {
    const total = acc[accAt + i * accStep]! + x[xAt + i * xStep]!;
    // A partial sum that is not exact could come back into range and look right.
    if (!Number.isSafeInteger(total)) requireExact('sum', Infinity, 'int64');
    acc[accAt + i * accStep] = total;
  }
}

/** Numerical Recipes calls it pairwise (cascade) summation; block size and unrolling are NumPy's. */
export function pairwiseSum(x: Float64Array, at: number, step: number, count: number): number {
  if (count < 8) {
    let total = 0;
    for (let i = 0; i < count; i++) total += x[at + i * step]!;
    return total;
  }
  if (count <= 128) {
    let s0 = x[at]!;
    let s1 = x[at + step]!;
    let s2 = x[at + 2 * step]!;
    let s3 = x[at + 3 * step]!;
    let s4 = x[at + 4 * step]!;
    let s5 = x[at + 5 * step]!;
    let s6 = x[at + 6 * step]!;
    let s7 = x[at + 7 * step]!;
    const whole = count - (count % 8);
    for (let i = 8; i < whole; i += 8) {
      const p = at + i * step;
      s0 += x[p]!;
      s1 += x[p + step]!;
      s2 += x[p + 2 * step]!;
      s3 += x[p + 3 * step]!;
      s4 += x[p + 4 * step]!;
      s5 += x[p + 5 * step]!;
      s6 += x[p + 6 * step]!;
      s7 += x[p + 7 * step]!;
    }
    let total = s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7));
    for (let i = whole; i < count; i++) total += x[at + i * step]!;
    return total;
  }
  let half = count >> 1;
  half -= half % 8;
  return pairwiseSum(x, at, step, half) + pairwiseSum(x, at + half * step, step, count - half);
}

/** Product over axes; types as for `sum`. */
export function prod(array: NdArray, options: ReduceOptions & { readonly dtype?: DType } = {}): NdArray {
  const dtype = options.dtype ?? accumulationType(array.dtype);
  const exact = !isFloat(dtype);
  return reduce('prod', array, options, dtype, 1, (count, acc, accAt, accStep, x, xAt, xStep) => {
    for (let i = 0; i < count; i++) {
      const product = acc[accAt + i * accStep]! * x[xAt + i * xStep]!;
      if (exact && !Number.isSafeInteger(product)) requireExact('prod', Infinity, dtype);
      acc[accAt + i * accStep] = product;
    }
  });
}

const divide = (x: number, y: number): number => x / y;
const subtract = (x: number, y: number): number => x - y;
const square = (x: number): number => x * x;

/** Arithmetic mean over axes; integers and bool give float64. An empty mean is NaN. */
export function mean(array: NdArray, options: ReduceOptions = {}): NdArray {
  return asType(meanInFloat64(array, options), quotientType(array.dtype));
}

function meanInFloat64(array: NdArray, options: ReduceOptions): NdArray {
  const count = reducedCount('mean', array, options.axis);
  return map((total) => divide(total, count), sum(toFloat64(array), options));
}

/** Variance: mean of squared deviations, with n − ddof in the denominator. Two passes, as NumPy. */
export function variance(array: NdArray, options: ReduceOptions & { readonly ddof?: number } = {}): NdArray {
  return asType(varianceInFloat64(array, options), quotientType(array.dtype));
}

function varianceInFloat64(array: NdArray, options: ReduceOptions & { readonly ddof?: number }): NdArray {
  const source = toFloat64(array);
  const count = Math.max(reducedCount('var', array, options.axis) - (options.ddof ?? 0), 0);
  const centre = meanInFloat64(source, { ...options, keepdims: true });
  const squares = map(square, zip(subtract, source, centre, 'float64'));
  return map((total) => divide(total, count), sum(squares, options));
}

/** Standard deviation: the square root of `variance`. */
export function standardDeviation(array: NdArray, options: ReduceOptions & { readonly ddof?: number } = {}): NdArray {
  return asType(map(Math.sqrt, varianceInFloat64(array, options)), quotientType(array.dtype));
}

/** Running sums along an axis, or over the flattened array. */
export function cumsum(array: NdArray, axis?: number, dtype: DType = accumulationType(array.dtype)): NdArray {
  return cumulate('cumsum', array, axis, dtype, (total, x) => total + x);
}

/** Running products along an axis, or over the flattened array. */
export function cumprod(array: NdArray, axis?: number, dtype: DType = accumulationType(array.dtype)): NdArray {
  return cumulate('cumprod', array, axis, dtype, (product, x) => product * x);
}

/** Running combinations along an axis, in order, each rounded to `dtype` but carried in float64. */
export function cumulate(
  operation: string,
  array: NdArray,
  axis: number | undefined,
  dtype: DType,
  combine: (carried: number, x: number) => number,
): NdArray {
  if (axis === undefined) return cumulate(operation, ravel(array), 0, dtype, combine);
  const place = normalizeAxis(operation, axis, array.ndim);
  const result = allocateLike(array.shape, dtype, [array.strides]);
  const length = array.shape[place]!;
  if (array.size === 0) return result;
  const step = array.strides[place]!;
  const outStep = result.strides[place]!;
  const exact = !isFloat(dtype);
  const starts: number[] = [];
  forEachLane(result, place, (position) => starts.push(position));
  let lane = 0;
  forEachLane(array, place, (position) => {
    let to = starts[lane++]!;
    let carried = array.data[position]!;
    result.data[to] = carried;
    for (let i = 1; i < length; i++) {
      carried = combine(carried, array.data[position + i * step]!);
      if (exact && !Number.isSafeInteger(carried)) requireExact(operation, Infinity, dtype);
      result.data[(to += outStep)] = carried;
    }
  });
  return result;
}
