import { allocateLike } from '../elementwise';
import { toFloat64 } from '../cast';
import { DTYPE_FACTS, type DType } from '../dtype';
import { TensorError } from '../error';
import type { NdArray } from '../ndarray';
import { axesOf, type AxisArgument } from '../shape';
import { forEachRun, memoryOrder, planWalk, runStep, stridesInOrder } from '../traverse';
import { view } from '../views';

export interface ReduceOptions {
  /** The axes to reduce; all when absent. */
  readonly axis?: AxisArgument;
  /** Keep the reduced axes with extent 1. */
  readonly keepdims?: boolean;
}

/** One run of a reduction: combines `count` elements into `acc`, either into one place (accStep 0) or side by side. */
export type ReduceRun = (
  count: number,
  acc: Float64Array,
  accAt: number,
  accStep: number,
  x: Float64Array,
  xAt: number,
  xStep: number,
) => void;

/**
 * Reduces axes in the order in which NumPy's iterator visits memory, so that sums round alike. Accumulates in float64
 * and rounds to `dtype` once.
 */
export function reduce(
  operation: string,
  array: NdArray,
  options: ReduceOptions,
  dtype: DType,
  initial: number,
  run: ReduceRun,
): NdArray {
  const axes = axesOf(operation, options.axis, array.ndim);
  const source = array.data instanceof Float64Array ? array : toFloat64(array);
  const order = memoryOrder(array.ndim, [array.strides]);
  const keptOrder = order.filter((axis) => !axes.includes(axis));
  const reducedShape = array.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
  const accStrides = stridesInOrder(reducedShape, [...keptOrder, ...axes]).map((stride, axis) =>
    axes.includes(axis) ? 0 : stride,
  );
  const length = reducedShape.reduce((product, extent) => product * extent, 1);
  const acc = new Float64Array(length).fill(initial);
  const walk = planWalk(array.shape, [accStrides, source.strides], order);
  const accStep = runStep(walk, 0);
  const xStep = runStep(walk, 1);
  const data = source.data as Float64Array;
  forEachRun(walk, [0, source.offset], (count, [accAt, xAt]) => run(count, acc, accAt!, accStep, data, xAt!, xStep));

  const result = allocateLike(reducedShape, dtype, [accStrides]);
  // Both are dense with their axes in the same order in memory.
  storeReduced(operation, result, acc);
  if (options.keepdims) return result;
  const kept = array.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  return view(
    result,
    kept.map((axis) => result.shape[axis]!),
    kept.map((axis) => result.strides[axis]!),
  );
}

function storeReduced(operation: string, result: NdArray, acc: Float64Array): void {
  const { dtype, data } = result;
  if (dtype === 'int64' || dtype === 'uint64') {
    for (const value of acc) requireExact(operation, value, dtype);
  }
  data.set(acc);
}

/** @throws TensorError `overflow` when a 64-bit integer result is not exact */
export function requireExact(operation: string, value: number, dtype: DType): void {
  if (!(Math.abs(value) <= DTYPE_FACTS[dtype].max)) {
    throw new TensorError('overflow', operation, `${value} is beyond the ${dtype} values that are exact here (2⁵³)`);
  }
}

/** The type in which NumPy sums and multiplies: small integers and bool in 64 bits, floats in their own type. */
export function accumulationType(dtype: DType): DType {
  const { kind } = DTYPE_FACTS[dtype];
  return kind === 'f' ? dtype : kind === 'u' ? 'uint64' : 'int64';
}

/** The number of elements that go into each result. */
export function reducedCount(operation: string, array: NdArray, axis: AxisArgument): number {
  return axesOf(operation, axis, array.ndim).reduce((product, i) => product * array.shape[i]!, 1);
}
