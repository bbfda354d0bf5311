import { asType } from '../cast';
import { numpyShape, shapeText, TensorError } from '../error';
import type { NdArray } from '../ndarray';
import { fromValues } from '../ndarray';
import { promote } from '../promotion';
import { broadcastShapes, broadcastStrides, sizeOf } from '../shape';
import { sum } from '../reductions/sums';
import { allocate } from '../storage';
import { diagonal, expandDims, reshape, squeeze, swapAxes, view } from '../views';
import { multiply } from './gemm';

/**
 * Matrix product in every rank combination of NumPy: vectors are taken as a row on the left and a column on the right,
 * leading axes broadcast.
 * @throws TensorError `shape`: `matmul: [3,4] and [5,2] do not align (4 ≠ 5)`
 */
export function matmul(a: NdArray, b: NdArray): NdArray {
  if (a.ndim === 0 || b.ndim === 0) {
    const operand = a.ndim === 0 ? 0 : 1;
    throw new TensorError(
      'shape',
      'matmul',
      `${shapeText(a.shape)} and ${shapeText(b.shape)}: a scalar has no product`,
      {
        exception: 'ValueError',
        message: `matmul: Input operand ${operand} does not have enough dimensions (has 0, gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires 1)`,
      },
    );
  }
  const left = a.ndim === 1 ? expandDims(a, 0) : a;
  const right = b.ndim === 1 ? expandDims(b, 1) : b;
  const [m, k] = left.shape.slice(-2) as [number, number];
  const [k2, n] = right.shape.slice(-2) as [number, number];
  if (k !== k2) {
    throw new TensorError(
      'shape',
      'matmul',
      `${shapeText(a.shape)} and ${shapeText(b.shape)} do not align (${k} ≠ ${k2})`,
      {
        exception: 'ValueError',
        message: `matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size ${k2} is different from ${k})`,
      },
    );
  }
  const batch = broadcastShapes('matmul', left.shape.slice(0, -2), right.shape.slice(0, -2));
  const dtype = promote(a.dtype, b.dtype);
  const out = allocate(dtype, sizeOf(batch) * m * n);
  const x = asType(left, dtype);
  const y = asType(right, dtype);
  const xBatch = broadcastStrides(x.shape.slice(0, -2), x.strides.slice(0, -2), batch);
  const yBatch = broadcastStrides(y.shape.slice(0, -2), y.strides.slice(0, -2), batch);
  const index = batch.map(() => 0);
  let xAt = x.offset;
  let yAt = y.offset;
  for (let at = 0; at < out.length; at += m * n) {
    multiply(
      { data: x.data, offset: xAt, rowStride: x.strides.at(-2)!, columnStride: x.strides.at(-1)! },
      { data: y.data, offset: yAt, rowStride: y.strides.at(-2)!, columnStride: y.strides.at(-1)! },
      m,
      k,
      n,
      out,
      at,
      dtype,
    );
    for (let axis = batch.length - 1; axis >= 0; axis--) {
      xAt += xBatch[axis]!;
      yAt += yBatch[axis]!;
      if (++index[axis]! < batch[axis]!) break;
      index[axis] = 0;
      xAt -= xBatch[axis]! * batch[axis]!;
      yAt -= yBatch[axis]! * batch[axis]!;
    }
  }
  let result = fromValues(dtype, [...batch, m, n], out);
  if (b.ndim === 1) result = squeeze(result, -1);
  if (a.ndim === 1) result = squeeze(result, b.ndim === 1 ? -1 : -2);
  return result;
}

/**
 * NumPy's `dot`: a product with a scalar, an inner product of vectors, a matrix product, or for higher ranks the sum over
 * the last axis of `a` and the second-to-last of `b`.
 */
export function dot(a: NdArray, b: NdArray): NdArray {
  if (a.ndim === 0 || b.ndim === 0) return outer(a, b, [...a.shape, ...b.shape]);
  const bAxis = b.ndim === 1 ? 0 : b.ndim - 2;
  const k = a.shape.at(-1)!;
  if (k !== b.shape[bAxis]) {
    throw new TensorError(
      'shape',
      'dot',
      `${shapeText(a.shape)} and ${shapeText(b.shape)} do not align (${k} ≠ ${b.shape[bAxis]})`,
      {
        exception: 'ValueError',
        message: `shapes ${numpyShape(a.shape)} and ${numpyShape(b.shape)} not aligned: ${k} (dim ${a.ndim - 1}) != ${b.shape[bAxis]} (dim ${bAxis})`,
      },
    );
  }
  if (a.ndim <= 2 && b.ndim <= 2) return matmul(a, b);
  return tensordot(a, b, [[a.ndim - 1], [bAxis]]);
}

/** All products of an element of `a` with an element of `b` (both flattened): shape [a.size, b.size] or as given. */
export function outer(a: NdArray, b: NdArray, shape: readonly number[] = [a.size, b.size]): NdArray {
  const dtype = promote(a.dtype, b.dtype);
  const out = allocate(dtype, a.size * b.size);
  const x = asType(a, dtype).elements();
  const y = asType(b, dtype).elements();
  multiply(
    { data: x, offset: 0, rowStride: 1, columnStride: 1 },
    { data: y, offset: 0, rowStride: 1, columnStride: 1 },
    a.size,
    1,
    b.size,
    out,
    0,
    dtype,
  );
  return fromValues(dtype, shape, out);
}

/**
 * Sum of products over pairs of axes: the last `axes` of `a` with the first `axes` of `b`, or the listed ones.
 * @throws TensorError `shape` (`shape-mismatch for sum`)
 */
export function tensordot(
  a: NdArray,
  b: NdArray,
  axes: number | readonly [readonly number[], readonly number[]] = 2,
): NdArray {
  const [ofA, ofB] =
    typeof axes === 'number'
      ? [range(a.ndim - axes, a.ndim), range(0, axes)]
      : [axes[0].map((i) => (i < 0 ? i + a.ndim : i)), axes[1].map((i) => (i < 0 ? i + b.ndim : i))];
  const matches =
    ofA.length === ofB.length && ofA.every((i, p) => a.shape[i] !== undefined && a.shape[i] === b.shape[ofB[p]!]);
  if (!matches) {
    throw new TensorError(
      'shape',
      'tensordot',
      `${shapeText(a.shape)} and ${shapeText(b.shape)} do not align over axes ${shapeText(ofA)} and ${shapeText(ofB)}`,
      {
        exception: 'ValueError',
        message: 'shape-mismatch for sum',
      },
    );
  }
  const freeA = range(0, a.ndim).filter((i) => !ofA.includes(i));
  const freeB = range(0, b.ndim).filter((i) => !ofB.includes(i));
  const product = matmul(asMatrix(a, freeA, ofA), asMatrix(b, ofB, freeB));
  const shape = [...freeA.map((i) => a.shape[i]!), ...freeB.map((i) => b.shape[i]!)];
  return fromValues(product.dtype, shape, product.elements());
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** The array with `rows` and `columns` (together all axes) merged into two axes; copies only if the strides demand it. */
export function asMatrix(array: NdArray, rows: readonly number[], columns: readonly number[]): NdArray {
  const order = [...rows, ...columns];
  const permuted = view(
    array,
    order.map((i) => array.shape[i]!),
    order.map((i) => array.strides[i]!),
  );
  const extent = (axes: readonly number[]): number => axes.reduce((product, i) => product * array.shape[i]!, 1);
  return reshape(permuted, [extent(rows), extent(columns)]);
}

/** Sum of the k-th diagonal of the first two axes. */
export function trace(array: NdArray, k = 0): NdArray {
  return sum(diagonal(array, k), { axis: -1 });
}

/** Inner product over the last axes of both. */
export function inner(a: NdArray, b: NdArray): NdArray {
  if (a.ndim === 0 || b.ndim === 0) return outer(a, b, [...a.shape, ...b.shape]);
  return dot(a, b.ndim === 1 ? b : swapAxes(b, -1, -2));
}

/** Dot product of the flattened arrays. */
export function vdot(a: NdArray, b: NdArray): NdArray {
  return dot(reshape(a, [-1]), reshape(b, [-1]));
}
