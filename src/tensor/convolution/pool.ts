/** Pooling over the spatial axes of [N, C, …S], and its adjoints. */
import { asType, toFloat64 } from '../cast';
import { shapeText, TensorError } from '../error';
import { fromValues, zeros, type NdArray } from '../ndarray';
import { quotientType } from '../promotion';
import { sizeOf, type Shape } from '../shape';
import { windowsOf, type WindowOptions, type Windows } from './windows';

export interface PoolOptions extends WindowOptions {
  /** Average pooling: whether padding counts in the denominator (default true). */
  readonly countPadding?: boolean;
}

/** Windows step by their own size unless a stride is given. */
function poolWindows(operation: string, input: Shape, kernel: readonly number[], options: PoolOptions): Windows {
  if (kernel.length !== input.length - 2) {
    throw new TensorError('shape', operation, `a kernel of [${kernel.join(',')}] for ${shapeText(input)}`);
  }
  return windowsOf(operation, input.slice(2), kernel, { stride: kernel, ...options });
}

export interface MaxPool {
  readonly values: NdArray;
  /** Row-major position of each maximum within the spatial input of its channel (int64). */
  readonly indices: NdArray;
}

/** The largest element of each window, the first of equals; NaN wins; padding never does. */
export function maxPool(input: NdArray, kernel: readonly number[], options: PoolOptions = {}): MaxPool {
  const { shape, count, volume, positions } = poolWindows('maxpool', input.shape, kernel, options);
  const x = input.elements();
  const area = sizeOf(input.shape.slice(2));
  const planes = input.shape[0]! * input.shape[1]!;
  const outShape = [...input.shape.slice(0, 2), ...shape];
  const values = zeros(outShape, input.dtype);
  const indices = zeros(outShape, 'int64');
  for (let plane = 0; plane < planes; plane++) {
    for (let o = 0; o < count; o++) {
      let best = -1;
      let largest = -Infinity;
      for (let v = 0; v < volume; v++) {
        const position = positions[v * count + o]!;
        if (position < 0) continue;
        const value = x[plane * area + position]!;
        if (best < 0 || value > largest || (value !== value && largest === largest)) {
          best = position;
          largest = value;
        }
      }
      if (best < 0) throw new TensorError('value', 'maxpool', 'a window lies wholly in the padding');
      values.data[plane * count + o] = largest;
      indices.data[plane * count + o] = best;
    }
  }
  return { values, indices };
}

/** The elements of [N, C, …S] at the positions that `maxPool` found: its tangent. */
export function gatherPooled(input: NdArray, indices: NdArray): NdArray {
  const area = sizeOf(input.shape.slice(2));
  const count = sizeOf(indices.shape.slice(2));
  const x = input.elements();
  const result = zeros(indices.shape, input.dtype);
  indices.elements().forEach((position, i) => (result.data[i] = x[Math.floor(i / count) * area + position]!));
  return result;
}

/** Adds elements to the positions that `maxPool` found: its adjoint. */
export function scatterPooled(gradient: NdArray, indices: NdArray, inputShape: Shape): NdArray {
  const area = sizeOf(inputShape.slice(2));
  const count = sizeOf(indices.shape.slice(2));
  const g = toFloat64(gradient).elements();
  const out = new Float64Array(sizeOf(inputShape));
  indices.elements().forEach((position, i) => (out[Math.floor(i / count) * area + position]! += g[i]!));
  return asType(fromValues('float64', inputShape, out), gradient.dtype);
}

/** One over the number of elements that each window averages; places beyond the padding never count. */
function shares({ count, volume, positions }: Windows, options: PoolOptions): Float64Array {
  const everyPlace = (options.countPadding ?? true) && !options.ceil;
  if (everyPlace) return new Float64Array(count).fill(1 / volume);
  const inside = new Float64Array(count);
  for (let i = 0; i < positions.length; i++) if (positions[i]! >= 0) inside[i % count]! += 1;
  return inside.map((elements) => 1 / elements);
}

/** The mean of each window. @throws TensorError `unsupported` for `ceil` with padding that counts */
export function averagePool(input: NdArray, kernel: readonly number[], options: PoolOptions = {}): NdArray {
  const windows = averageWindows(input.shape, kernel, options);
  const { shape, count, volume, positions } = windows;
  const share = shares(windows, options);
  const x = toFloat64(input).elements();
  const area = sizeOf(input.shape.slice(2));
  const planes = input.shape[0]! * input.shape[1]!;
  const out = new Float64Array(planes * count);
  for (let plane = 0; plane < planes; plane++) {
    for (let o = 0; o < count; o++) {
      let total = 0;
      for (let v = 0; v < volume; v++) {
        const position = positions[v * count + o]!;
        if (position >= 0) total += x[plane * area + position]!;
      }
      out[plane * count + o] = total * share[o]!;
    }
  }
  return asType(fromValues('float64', [...input.shape.slice(0, 2), ...shape], out), quotientType(input.dtype));
}

/** The adjoint of `averagePool`. */
export function averagePoolInput(
  gradient: NdArray,
  inputShape: Shape,
  kernel: readonly number[],
  options: PoolOptions = {},
): NdArray {
  const windows = averageWindows(inputShape, kernel, options);
  const { count, volume, positions } = windows;
  const share = shares(windows, options);
  const g = toFloat64(gradient).elements();
  const area = sizeOf(inputShape.slice(2));
  const planes = inputShape[0]! * inputShape[1]!;
  const out = new Float64Array(sizeOf(inputShape));
  for (let plane = 0; plane < planes; plane++) {
    for (let v = 0; v < volume; v++) {
      for (let o = 0; o < count; o++) {
        const position = positions[v * count + o]!;
        if (position >= 0) out[plane * area + position]! += g[plane * count + o]! * share[o]!;
      }
    }
  }
  return asType(fromValues('float64', inputShape, out), quotientType(gradient.dtype));
}

function averageWindows(input: Shape, kernel: readonly number[], options: PoolOptions): Windows {
  if (options.ceil && (options.countPadding ?? true) && options.padding !== undefined && options.padding !== 0) {
    // Frameworks clip the denominator at the padded edge, each in its own way.
    throw new TensorError('unsupported', 'avgpool', 'windows beyond the padding, with padding that counts');
  }
  return poolWindows('avgpool', input, kernel, options);
}
