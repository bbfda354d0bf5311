/**
 * Convolution (cross-correlation, as neural networks define it) and its two adjoints, each as a product of the weights
 * with the unrolled windows of the input ("im2col", Chellapilla, Puri and Simard 2006). Any number of spatial axes.
 * Shapes: input [N, C, …S], weight [O, C/groups, …K], output [N, O, …out].
 */
import { toFloat64, asType } from '../cast';
import { isFloat, type DType } from '../dtype';
import { shapeText, TensorError } from '../error';
import { fromValues, type NdArray } from '../ndarray';
import { multiply, type MatrixWindow } from '../products/gemm';
import { promote } from '../promotion';
import { sizeOf, type Shape } from '../shape';
import { windowsOf, type WindowOptions, type Windows } from './windows';

export interface ConvolutionOptions extends Omit<WindowOptions, 'ceil'> {
  /** Channels are divided into groups that do not see each other. */
  readonly groups?: number;
}

interface Plan {
  readonly windows: Windows;
  readonly samples: number;
  readonly groups: number;
  /** Channels of the input and of the output in one group. */
  readonly channels: number;
  readonly outputs: number;
  /** Elements in the spatial part of the input. */
  readonly area: number;
}

function planOf(operation: string, input: Shape, weight: Shape, options: ConvolutionOptions): Plan {
  const groups = options.groups ?? 1;
  const rank = input.length - 2;
  const aligned =
    rank >= 1 &&
    weight.length === input.length &&
    Number.isInteger(groups) &&
    groups >= 1 &&
    input[1] === weight[1]! * groups &&
    weight[0]! % groups === 0;
  if (!aligned) {
    throw new TensorError(
      'shape',
      operation,
      `${shapeText(input)} and ${shapeText(weight)} do not align (groups ${groups})`,
    );
  }
  return {
    windows: windowsOf(operation, input.slice(2), weight.slice(2), options),
    samples: input[0]!,
    groups,
    channels: weight[1]!,
    outputs: weight[0]! / groups,
    area: sizeOf(input.slice(2)),
  };
}

/** The type of a convolution. @throws TensorError `dtype` for integers, which no framework convolves */
function floatType(operation: string, a: NdArray, b: NdArray): DType {
  const dtype = promote(a.dtype, b.dtype);
  if (!isFloat(dtype)) throw new TensorError('dtype', operation, `a convolution of ${a.dtype} and ${b.dtype}`);
  return dtype;
}

const rowMajor = (data: Float64Array, offset: number, columns: number): MatrixWindow => ({
  data,
  offset,
  rowStride: columns,
  columnStride: 1,
});

const transposed = ({ data, offset, rowStride, columnStride }: MatrixWindow): MatrixWindow => ({
  data,
  offset,
  rowStride: columnStride,
  columnStride: rowStride,
});

/** Unrolls the windows of one sample's group into columns: row c·volume + v, one column for each output place. */
function unroll(x: Float64Array, at: number, { windows, channels, area }: Plan, columns: Float64Array): void {
  const { positions } = windows;
  for (let c = 0, to = 0; c < channels; c++) {
    const from = at + c * area;
    for (let i = 0; i < positions.length; i++) {
      const position = positions[i]!;
      columns[to++] = position < 0 ? 0 : x[from + position]!;
    }
  }
}

/** Adds columns back to the places they were read from: the adjoint of `unroll`. */
function rollBackInto(x: Float64Array, at: number, { windows, channels, area }: Plan, columns: Float64Array): void {
  const { positions } = windows;
  for (let c = 0, from = 0; c < channels; c++) {
    const to = at + c * area;
    for (let i = 0; i < positions.length; i++, from++) {
      const position = positions[i]!;
      if (position >= 0) x[to + position]! += columns[from]!;
    }
  }
}

/** Calls `visit` for each sample and group with the offsets of its parts of input, output and weight. */
function forEachPart(plan: Plan, visit: (input: number, output: number, weight: number) => void): void {
  const { samples, groups, channels, outputs, area, windows } = plan;
  const depth = channels * windows.volume;
  for (let n = 0; n < samples; n++) {
    for (let g = 0; g < groups; g++) {
      const part = n * groups + g;
      visit(part * channels * area, part * outputs * windows.count, g * outputs * depth);
    }
  }
}

const values64 = (array: NdArray): Float64Array => toFloat64(array).elements() as Float64Array;

/** The convolution of an input with weights. @throws TensorError `shape`: `conv2d: [1,3,8,8] and [4,2,3,3] do not align` */
export function convolve(input: NdArray, weight: NdArray, options: ConvolutionOptions = {}): NdArray {
  const operation = `conv${input.ndim - 2}d`;
  const plan = planOf(operation, input.shape, weight.shape, options);
  const dtype = floatType(operation, input, weight);
  const { windows, channels, outputs, samples, groups } = plan;
  const depth = channels * windows.volume;
  const x = values64(input);
  const w = values64(weight);
  const columns = new Float64Array(depth * windows.count);
  const out = new Float64Array(samples * groups * outputs * windows.count);
  forEachPart(plan, (inputAt, outputAt, weightAt) => {
    unroll(x, inputAt, plan, columns);
    const factors = [rowMajor(w, weightAt, depth), rowMajor(columns, 0, windows.count)] as const;
    multiply(...factors, outputs, depth, windows.count, out, outputAt, 'float64');
  });
  return asType(fromValues('float64', [samples, groups * outputs, ...windows.shape], out), dtype);
}

function requireOutput(operation: string, gradient: NdArray, plan: Plan): void {
  const shape = [plan.samples, plan.groups * plan.outputs, ...plan.windows.shape];
  if (shapeText(shape) !== shapeText(gradient.shape)) {
    throw new TensorError('shape', operation, `the output is ${shapeText(shape)}, not ${shapeText(gradient.shape)}`);
  }
}

/**
 * The adjoint of `convolve` in its input (a transposed convolution): from something of the output's shape to something
 * of the input's.
 */
export function convolveInput(
  gradient: NdArray,
  weight: NdArray,
  inputShape: Shape,
  options: ConvolutionOptions = {},
): NdArray {
  const operation = `conv${inputShape.length - 2}d`;
  const plan = planOf(operation, inputShape, weight.shape, options);
  requireOutput(operation, gradient, plan);
  const dtype = floatType(operation, gradient, weight);
  const { windows, channels, outputs } = plan;
  const depth = channels * windows.volume;
  const g = values64(gradient);
  const w = values64(weight);
  const columns = new Float64Array(depth * windows.count);
  const out = new Float64Array(sizeOf(inputShape));
  forEachPart(plan, (inputAt, outputAt, weightAt) => {
    const factors = [transposed(rowMajor(w, weightAt, depth)), rowMajor(g, outputAt, windows.count)] as const;
    multiply(...factors, depth, outputs, windows.count, columns, 0, 'float64');
    rollBackInto(out, inputAt, plan, columns);
  });
  return asType(fromValues('float64', inputShape, out), dtype);
}

/** The adjoint of `convolve` in its weights: from an input and something of the output's shape to the weights' shape. */
export function convolveWeight(
  input: NdArray,
  gradient: NdArray,
  weightShape: Shape,
  options: ConvolutionOptions = {},
): NdArray {
  const operation = `conv${input.ndim - 2}d`;
  const plan = planOf(operation, input.shape, weightShape, options);
  requireOutput(operation, gradient, plan);
  const dtype = floatType(operation, input, gradient);
  const { windows, channels, outputs } = plan;
  const depth = channels * windows.volume;
  const x = values64(input);
  const g = values64(gradient);
  const columns = new Float64Array(depth * windows.count);
  const product = new Float64Array(outputs * depth);
  const out = new Float64Array(sizeOf(weightShape));
  forEachPart(plan, (inputAt, outputAt, weightAt) => {
    unroll(x, inputAt, plan, columns);
    const factors = [rowMajor(g, outputAt, windows.count), transposed(rowMajor(columns, 0, windows.count))] as const;
    multiply(...factors, outputs, windows.count, depth, product, 0, 'float64');
    for (let i = 0; i < product.length; i++) out[weightAt + i]! += product[i]!;
  });
  return asType(fromValues('float64', weightShape, out), dtype);
}
