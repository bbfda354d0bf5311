/**
 * Convolution (as deep learning means it: cross-correlation) and pooling, over any number of axes of space. Windows
 * make them products and reductions, so that transposed convolution and all higher derivatives come for free.
 */
import { div, fn, num, sym, where } from '../../symbolic/expr';
import {
  axesOf,
  max,
  type NdArray,
  reshape,
  type Shape,
  shapeText,
  sum,
  TensorError,
  zip,
  full,
  map,
} from '../../tensor';
import { contract } from '../contraction';
import { patches, patchesShape, type Windows } from '../patches';
import { tensorRule } from '../tensorRule';
import { applied, DIRECTION, operand, reshaped, scaled, sumTo, type Term } from '../terms';

/** A number for all axes of space, or one an axis. */
type PerAxis = number | readonly number[];

interface Placement {
  readonly stride?: PerAxis;
  /** Zeros on both sides; or before and after, an axis. */
  readonly padding?: PerAxis | readonly (readonly [number, number])[];
  readonly dilation?: PerAxis;
}

interface Convolution extends Placement {
  readonly groups?: number;
}

const perAxis = (value: PerAxis | undefined, depth: number, fallback: number): number[] =>
  typeof value === 'object' ? [...value] : Array.from({ length: depth }, () => value ?? fallback);

function windowsOf(
  kernel: readonly number[],
  { stride, padding, dilation }: Placement,
  fallbackStride?: readonly number[],
): Windows {
  const depth = kernel.length;
  const pairs: (readonly [number, number])[] = (
    typeof padding === 'object' ? [...padding] : perAxis(padding, depth, 0)
  ).map((p: number | readonly [number, number]) => (typeof p === 'number' ? ([p, p] as const) : p));
  return {
    kernel,
    stride: stride === undefined && fallbackStride ? fallbackStride : perAxis(stride, depth, 1),
    dilation: perAxis(dilation, depth, 1),
    padding: pairs,
  };
}

/** Labels and shapes of a convolution: batch n, groups g, channels c in and f out, positions, window. */
function plan([x, w]: readonly Shape[], attributes: Convolution) {
  const [input, weight] = [x as Shape, w as Shape];
  const depth = weight.length - 2;
  const groups = attributes.groups ?? 1;
  const windows = windowsOf(weight.slice(2), attributes);
  const [outputs, channels] = weight as readonly [number, number];
  const fault = (detail: string) =>
    new TensorError('shape', 'conv', `${shapeText(input)} and ${shapeText(weight)}: ${detail}`);
  if (depth < 1 || input.length !== depth + 2) throw fault('the input has a batch and a channel axis before its space');
  if (input[1] !== channels * groups) throw fault(`${input[1]} channels, not ${channels * groups}`);
  if (outputs % groups !== 0) throw fault(`${outputs} outputs do not divide into ${groups} groups`);
  const space = 'opqr'.slice(0, depth);
  const kernel = 'klmh'.slice(0, depth);
  const windowed = patchesShape(input, windows);
  const places = windowed.slice(2, 2 + depth);
  const grouped = [input[0] as number, groups, channels, ...places, ...windows.kernel];
  const weights = [groups, outputs / groups, channels, ...windows.kernel];
  const extents: Record<string, number> = { n: input[0] as number, g: groups, c: channels, f: outputs / groups };
  [...space].forEach((label, i) => (extents[label] = places[i] as number));
  [...kernel].forEach((label, i) => (extents[label] = windows.kernel[i] as number));
  const labels = { inputs: [`ngc${space}${kernel}`, `gfc${kernel}`], output: `ngf${space}`, extents };
  const result = [input[0] as number, outputs, ...places];
  const contracted = [input[0] as number, groups, outputs / groups, ...places];
  return { windows, windowed, grouped, weights, labels, contracted, result };
}

/** Operands: input `[batch, channels, …space]` and weight `[outputs, channels / groups, …window]`. A bias is a step of its own. */
export const convRule = tensorRule<Convolution>({
  value: ([x, w], attributes) => {
    const [input, weight] = [x as NdArray, w as NdArray];
    const { windows, grouped, weights, labels, result } = plan([input.shape, weight.shape], attributes);
    return reshape(contract([reshape(patches(input, windows), grouped), reshape(weight, weights)], labels), result);
  },
  terms: ({ operands, attributes }) => {
    const { windows, windowed, grouped, weights, labels, contracted, result } = plan(operands, attributes);
    const ofInput = reshaped(applied('patches', windows as never, DIRECTION), windowed, grouped);
    const ofWeight = reshaped(DIRECTION, operands[1] as Shape, weights);
    return [
      reshaped(applied('contract', labels, ofInput, 0, [sym('weights')]), contracted, result),
      reshaped(applied('contract', labels, ofWeight, 1, [sym('grouped')]), contracted, result),
    ];
  },
  residuals: ({ operands, attributes }) => {
    const { windows, grouped, weights } = plan(operands, attributes);
    return {
      weights: { op: 'reshape', of: [operand(1)], attributes: { shape: weights } },
      windows: { op: 'patches', of: [operand(0)], attributes: windows as never },
      grouped: { op: 'reshape', of: [sym('windows')], attributes: { shape: grouped } },
    };
  },
});

interface Pooling extends Placement {
  readonly kernel: readonly number[];
  /** At a tie: split evenly, or all to the first element of the window. */
  readonly ties?: 'split' | 'first';
}

/** Windows of a pooling, whose stride is by default its window. */
const poolWindows = (attributes: Pooling) => windowsOf(attributes.kernel, attributes, attributes.kernel);

/** The axes of the window, last in the patches. */
const windowAxes = (ndim: number, depth: number) =>
  axesOf(
    'pool',
    Array.from({ length: depth }, (_, i) => ndim + i),
    ndim + depth,
  );

/** The windows summed up: `of` has the shape of the patches. */
function pooled(of: Term, windowed: Shape, depth: number): Term {
  const kept = windowed.map((extent, i) => (i >= windowed.length - depth ? 1 : extent));
  return reshaped(sumTo(of, windowed, kept), kept, windowed.slice(0, windowed.length - depth));
}

const inside = (shape: Shape, windows: Windows) => patches(full(shape, 1), windows);

/** Largest element of each window. Padding never wins. */
export const maxPoolRule = tensorRule<Pooling>({
  value: ([x], attributes) => {
    const array = x as NdArray;
    const windows = poolWindows(attributes);
    const values = zip(
      (value, within) => (within !== 0 ? value : -Infinity),
      patches(array, windows),
      inside(array.shape, windows),
      array.dtype,
    );
    return max(values, { axis: windowAxes(array.ndim, windows.kernel.length) });
  },
  terms: ({ operands, attributes }) => {
    const windows = poolWindows(attributes);
    const shape = operands[0] as Shape;
    const share =
      attributes.ties === 'first'
        ? where(sym('chosen'), num(1), num(0))
        : where(sym('best'), div(1, sym('ties')), num(0));
    const of = scaled(share, applied('patches', windows as never, DIRECTION));
    return [pooled(of, patchesShape(shape, windows), windows.kernel.length)];
  },
  residuals: ({ operands, result, attributes }) => {
    const windows = poolWindows(attributes);
    const shape = operands[0] as Shape;
    const depth = windows.kernel.length;
    const axis = windowAxes(shape.length, depth);
    return {
      windows: { op: 'patches', of: [operand(0)], attributes: windows as never },
      inside: { data: inside(shape, windows) },
      kept: { op: 'reshape', of: [sym('v')], attributes: { shape: [...result, ...windows.kernel.map(() => 1)] } },
      best: { op: 'mark', of: [fn('and', fn('eq', sym('windows'), sym('kept')), sym('inside'))], attributes: {} },
      ties: { op: 'sum', of: [sym('best')], attributes: { axis, keepdims: true } },
      chosen: { op: 'first', of: [sym('best')], attributes: { axis } },
    };
  },
  kink: () => fn('gt', sym('ties'), 1),
});

interface AveragePooling extends Pooling {
  /** Whether zeros of the padding count as elements of the window. Default true. */
  readonly countPadding?: boolean;
}

/** Mean of each window. */
export const averagePoolRule = tensorRule<AveragePooling>({
  value: ([x], attributes) => {
    const array = x as NdArray;
    const windows = poolWindows(attributes);
    const total = sum(patches(array, windows), { axis: windowAxes(array.ndim, windows.kernel.length) });
    return zip((t, n) => t / n, total, counts(array.shape, attributes), total.dtype);
  },
  terms: ({ operands, attributes }) => {
    const windows = poolWindows(attributes);
    const shape = operands[0] as Shape;
    const of = applied('patches', windows as never, DIRECTION);
    return [scaled(div(1, sym('counts')), pooled(of, patchesShape(shape, windows), windows.kernel.length))];
  },
  residuals: ({ operands, attributes }) => ({ counts: { data: counts(operands[0] as Shape, attributes) } }),
});

function counts(shape: Shape, attributes: AveragePooling): NdArray {
  const windows = poolWindows(attributes);
  const within = inside(shape, windows);
  const axis = windowAxes(shape.length, windows.kernel.length);
  if (attributes.countPadding ?? true)
    return sum(
      map(() => 1, within),
      { axis },
    );
  return sum(within, { axis });
}
