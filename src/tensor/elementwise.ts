/**
 * Loops that lift scalar functions to arrays. The functions come from outside; here are broadcasting, memory order,
 * conversion of element types and writing in place. Functions get and return numbers (bools as 0 and 1).
 */
import { DTYPE_FACTS, isWide, type DType, type TypedArray } from './dtype';
import { TensorError, numpyShape, shapeText } from './error';
import { NdArray } from './ndarray';
import { broadcastShapes, broadcastStrides, rowMajorStrides, sameShape, sizeOf, type Shape } from './shape';
import { allocate, Storage } from './storage';
import { forEachRun, memoryOrder, planWalk, runStep, stridesInOrder, type Walk } from './traverse';
import { guarded, overwrite, recordRegion, type UndoRecord } from './undo';

/** out[outAt + i·outStep] = f(x[xAt + i·xStep]) for i < count. A step may be 0 or negative. */
export type UnaryLoop = (
  count: number,
  out: Float64Array,
  outAt: number,
  outStep: number,
  x: Float64Array,
  xAt: number,
  xStep: number,
) => void;

/** As UnaryLoop, with two operands. */
export type BinaryLoop = (
  count: number,
  out: Float64Array,
  outAt: number,
  outStep: number,
  x: Float64Array,
  xAt: number,
  xStep: number,
  y: Float64Array,
  yAt: number,
  yStep: number,
) => void;

/**
 * A scalar function, and optionally the loop around it with the function's body written out. Without `loop` a shared loop
 * calls the function: correct, but 5 to 10 times slower, because an engine cannot inline many functions into one loop and
 * boxes every number that crosses the call.
 */
export type Unary = ((x: number) => number) & { readonly loop?: UnaryLoop };
export type Binary = ((x: number, y: number) => number) & { readonly loop?: BinaryLoop };
export type Ternary = (x: number, y: number, z: number) => number;

/** Attaches its loop to a scalar function. */
export function withLoop<F extends (...operands: number[]) => number, L>(fn: F, loop: L): F & { readonly loop: L } {
  return Object.assign(fn, { loop });
}

/** Applies a function to each element. `dtype` is the type of the result (default: the operand's). */
export function map(fn: Unary, x: NdArray, dtype: DType = x.dtype): NdArray {
  return evaluate([x], dtype, unaryRun(fn), 'map');
}

/** Applies a function to each pair of elements of two operands, broadcast. */
export function zip(fn: Binary, x: NdArray, y: NdArray, dtype: DType, operation = 'zip'): NdArray {
  return evaluate([x, y], dtype, binaryRun(fn), operation);
}

/** Applies a function to each triple of elements of three operands, broadcast. */
export function zip3(fn: Ternary, x: NdArray, y: NdArray, z: NdArray, dtype: DType, operation = 'zip'): NdArray {
  return evaluate([x, y, z], dtype, ternaryRun(fn), operation);
}

/** `map` into an array that nobody has seen yet: no undo record, no version. The shapes must be equal. */
export function mapFresh(fn: Unary, out: NdArray, x: NdArray): void {
  execute(out, [x], [x.strides], unaryRun(fn), 'map');
}

/** `map` into an existing array (NumPy's `out=`). The operand may overlap it in any way. */
export function mapInto(fn: Unary, out: NdArray, x: NdArray): UndoRecord {
  return evaluateInto(out, [x], unaryRun(fn), 'map');
}

/** `zip` into an existing array (NumPy's `out=`, and `x += y`). Operands may overlap it in any way. */
export function zipInto(fn: Binary, out: NdArray, x: NdArray, y: NdArray, operation = 'zip'): UndoRecord {
  return evaluateInto(out, [x, y], binaryRun(fn), operation);
}

/** `zip3` into an existing array. */
export function zip3Into(fn: Ternary, out: NdArray, x: NdArray, y: NdArray, z: NdArray, operation = 'zip'): UndoRecord {
  return evaluateInto(out, [x, y, z], ternaryRun(fn), operation);
}

/** A new array with the memory layout that NumPy gives the result of an operation on these operands (K order). */
export function allocateLike(shape: Shape, dtype: DType, operandStrides: readonly (readonly number[])[]): NdArray {
  const strides = stridesInOrder(shape, memoryOrder(shape.length, operandStrides));
  return new NdArray(new Storage(allocate(dtype, sizeOf(shape))), dtype, shape, strides);
}

/** One innermost run in which every lane is a Float64Array. */
type Run = (count: number, out: Lane, operands: readonly Lane[]) => void;

function evaluate(operands: readonly NdArray[], dtype: DType, run: Run, operation: string): NdArray {
  const first = operands[0]!;
  if (operands.every((operand) => operand.isContiguous && sameShape(operand.shape, first.shape))) {
    const storage = new Storage(allocate(dtype, first.size));
    const dense = new NdArray(storage, dtype, first.shape, rowMajorStrides(first.shape));
    runAlong(oneRun(first.size, operands.length + 1), dense, operands, run, operation);
    return dense;
  }
  const shape = broadcastShapes(operation, ...operands.map((operand) => operand.shape));
  const strides = operands.map((operand) => broadcastStrides(operand.shape, operand.strides, shape));
  const out = allocateLike(shape, dtype, strides);
  execute(out, operands, strides, run, operation);
  return out;
}

function evaluateInto(out: NdArray, operands: readonly NdArray[], run: Run, operation: string): UndoRecord {
  const shape = broadcastShapes(operation, ...operands.map((operand) => operand.shape), out.shape);
  if (!sameShape(shape, out.shape)) {
    throw new TensorError('shape', operation, `the result ${shapeText(shape)} does not fit ${shapeText(out.shape)}`, {
      exception: 'ValueError',
      message: `non-broadcastable output operand with shape ${numpyShape(out.shape)} doesn't match the broadcast shape ${numpyShape(shape)}`,
    });
  }
  if (operands.some((operand) => overlaps(operand, out))) {
    const result = evaluate(operands, out.dtype, run, operation);
    const record = recordRegion(out);
    overwrite(out, result.elements());
    return record;
  }
  const strides = operands.map((operand) => broadcastStrides(operand.shape, operand.strides, shape));
  return guarded(recordRegion(out), () => execute(out, operands, strides, run, operation));
}

/** Whether writing `out` element by element could change elements of `operand` that are still to be read. */
function overlaps(operand: NdArray, out: NdArray): boolean {
  if (operand.storage !== out.storage) return false;
  const sameWindow =
    operand.offset === out.offset &&
    sameShape(operand.shape, out.shape) &&
    operand.strides.every((stride, axis) => stride === out.strides[axis]);
  return !sameWindow;
}

/** Long runs of element types other than Float64Array go through buffers of this many elements (in cache). */
const CHUNK = 2048;

/** One operand (or the result) of a run, as a Float64Array with a start and a step. */
class Lane {
  array: Float64Array;
  start = 0;
  step: number;
  private readonly direct: boolean;

  constructor(
    private readonly data: TypedArray,
    private readonly dataStep: number,
    chunk: number,
  ) {
    this.direct = data instanceof Float64Array;
    this.array = data instanceof Float64Array ? data : new Float64Array(dataStep === 0 ? 1 : chunk);
    this.step = this.direct ? dataStep : dataStep === 0 ? 0 : 1;
  }

  /** Points at (or fetches) elements from the `done`-th of the run that starts at `position`. */
  load(position: number, done: number, count: number): void {
    const from = position + done * this.dataStep;
    if (this.direct) {
      this.start = from;
    } else if (this.dataStep === 0) {
      this.array[0] = this.data[from]!;
    } else if (this.dataStep === 1 && count > 16) {
      this.array.set(this.data.subarray(from, from + count));
    } else {
      for (let i = 0, at = from; i < count; i++, at += this.dataStep) this.array[i] = this.data[at]!;
    }
  }

  /** As `load`, for a lane that is about to be written. */
  point(position: number, done: number): void {
    this.start = this.direct ? position + done * this.dataStep : 0;
  }

  /** Brings results to the storage: wraps integers, makes bools, rounds float32, checks 64-bit integers. */
  store(position: number, done: number, count: number, dtype: DType, operation: string): void {
    if (dtype === 'float64') return;
    const to = position + done * this.dataStep;
    const { array } = this;
    if (this.direct) {
      requireExact(array, this.start, this.step, count, dtype, operation);
    } else if (dtype === 'bool') {
      storeBools(this.data as Uint8Array, to, this.dataStep, array, count);
    } else this.copyOut(to, count);
  }

  /** Converts as typed arrays convert: modulo 2ⁿ for integers, to the nearest for float32. */
  private copyOut(to: number, count: number): void {
    const { array, data, dataStep } = this;
    if (dataStep === 1 && count > 16) {
      data.set(array.subarray(0, count), to);
    } else {
      for (let i = 0, at = to; i < count; i++, at += dataStep) data[at] = array[i]!;
    }
  }
}

function storeBools(data: Uint8Array, to: number, step: number, array: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) data[to + i * step] = array[i] === 0 ? 0 : 1;
}

/** Checks that 64-bit integers stayed exact, and turns −0 (which integers do not have) into 0. */
function requireExact(
  array: Float64Array,
  start: number,
  step: number,
  count: number,
  dtype: DType,
  operation: string,
): void {
  const { min, max } = DTYPE_FACTS[dtype];
  for (let i = 0, at = start; i < count; i++, at += step) {
    const value = array[at]!;
    if (!(value >= min && value <= max)) {
      throw new TensorError('overflow', operation, `${value} is beyond the ${dtype} values that are exact here (2⁵³)`);
    }
    array[at] = value + 0;
  }
}

function execute(
  out: NdArray,
  operands: readonly NdArray[],
  strides: readonly (readonly number[])[],
  run: Run,
  operation: string,
): void {
  const all = [out.strides, ...strides];
  runAlong(planWalk(out.shape, all, memoryOrder(out.ndim, all)), out, operands, run, operation);
}

/** The walk over operands that all are dense and of one shape. */
function oneRun(size: number, count: number): Walk {
  return { extents: [size], strides: new Array<number[]>(count).fill([1]) };
}

function runAlong(walk: Walk, out: NdArray, operands: readonly NdArray[], run: Run, operation: string): void {
  const { dtype } = out;
  const longest = walk.extents.at(-1) ?? 1;
  const chunked = !isWide(dtype) || operands.some((operand) => !isWide(operand.dtype));
  const chunk = chunked ? Math.min(CHUNK, longest) : longest;
  const outLane = new Lane(out.data, runStep(walk, 0), chunk);
  const lanes = operands.map((operand, k) => new Lane(operand.data, runStep(walk, k + 1), chunk));
  forEachRun(walk, [out.offset, ...operands.map((operand) => operand.offset)], (count, positions) => {
    for (let done = 0; done < count; done += chunk) {
      const n = Math.min(chunk, count - done);
      for (let k = 0; k < lanes.length; k++) lanes[k]!.load(positions[k + 1]!, done, n);
      outLane.point(positions[0]!, done);
      run(n, outLane, lanes);
      outLane.store(positions[0]!, done, n, dtype, operation);
    }
  });
}

function unaryRun(fn: Unary): Run {
  const loop = fn.loop ?? callingUnary(fn);
  return (count, out, lanes) => {
    const x = lanes[0]!;
    loop(count, out.array, out.start, out.step, x.array, x.start, x.step);
  };
}

function callingUnary(fn: Unary): UnaryLoop {
  return (count, out, outAt, outStep, x, xAt, xStep) => {
    for (let i = 0; i < count; i++) out[outAt + i * outStep] = fn(x[xAt + i * xStep]!);
  };
}

function binaryRun(fn: Binary): Run {
  const loop = fn.loop ?? callingBinary(fn);
  return (count, out, lanes) => {
    const x = lanes[0]!;
    const y = lanes[1]!;
    loop(count, out.array, out.start, out.step, x.array, x.start, x.step, y.array, y.start, y.step);
  };
}

function callingBinary(fn: Binary): BinaryLoop {
  return (count, out, outAt, outStep, x, xAt, xStep, y, yAt, yStep) => {
    for (let i = 0; i < count; i++) out[outAt + i * outStep] = fn(x[xAt + i * xStep]!, y[yAt + i * yStep]!);
  };
}

function ternaryRun(fn: Ternary): Run {
  return (count, out, lanes) => {
    const { array: outArray, start: o, step: outStep } = out;
    const { array: xArray, start: xAt, step: xStep } = lanes[0]!;
    const { array: yArray, start: yAt, step: yStep } = lanes[1]!;
    const { array: zArray, start: zAt, step: zStep } = lanes[2]!;
    for (let i = 0; i < count; i++) {
      outArray[o + i * outStep] = fn(xArray[xAt + i * xStep]!, yArray[yAt + i * yStep]!, zArray[zAt + i * zStep]!);
    }
  };
}
