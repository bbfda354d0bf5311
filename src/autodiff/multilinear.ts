/**
 * The multilinear operations of the term language: each is linear in every operand (those with a slot in `LINEAR_SLOT`
 * only in that one), and its transpose in any slot is again an operation of this table. They are tensor primitives as well: the
 * table is all that their rules need.
 */
import {
  accumulate,
  assign,
  broadcastTo,
  copy,
  cumsum,
  flip,
  fromValues,
  type IndexItem,
  lowerTriangle,
  type NdArray,
  reshape,
  sameShape,
  scalar,
  select,
  type Shape,
  shapeText,
  solve,
  solveTriangular,
  sum,
  swapAxes,
  TensorError,
  transpose,
  type TriangularOptions,
  upperTriangle,
  zeros,
  zip,
} from '../tensor';
import { contract, type Contraction } from './contraction';
import { fold, patches, patchesShape, type Windows } from './patches';
import { recurrence, type Recurrence } from './recurrence';

/** Plain data beside the operands of a tensor primitive: axes, shapes, indices. */
export type Attributes = Readonly<Record<string, unknown>>;

/** Names of the multilinear operations. */
export type MultilinearOp =
  | 'broadcast'
  | 'sum_to'
  | 'reshape'
  | 'permute'
  | 'index'
  | 'embed'
  | 'clear'
  | 'tril'
  | 'triu'
  | 'symmetrize'
  | 'running_sum'
  | 'recurrence'
  | 'contract'
  | 'solve'
  | 'solve_triangular'
  | 'patches'
  | 'fold';

export interface Transposed {
  readonly op: MultilinearOp;
  readonly attributes: Attributes;
  /** Slot of the cotangent. */
  readonly slot: number;
  /** Which of the coefficients stand in the other slots, if not all in their order. */
  readonly coefficients?: readonly number[];
}

export interface Multilinear {
  /** Keeps the dtype of what it moves; sums and products accumulate in float64 and are rounded once. */
  value(operands: readonly NdArray[], attributes: Attributes): NdArray;
  /** Shape of the result, from that of the operand in `slot`. */
  shape(of: Shape, attributes: Attributes, slot: number): Shape;
  transpose(of: Shape, attributes: Attributes, slot: number): Transposed;
}

function define<A>(rule: {
  value(operands: readonly NdArray[], attributes: A): NdArray;
  shape(of: Shape, attributes: A, slot: number): Shape;
  transpose(of: Shape, attributes: A, slot: number): Transposed;
}): Multilinear {
  return rule as unknown as Multilinear;
}

interface ToShape {
  readonly shape: Shape;
}

interface Items {
  readonly items: readonly IndexItem[];
}

interface Diagonal {
  readonly k?: number;
}

const only = (operands: readonly NdArray[]): NdArray => operands[0] as NdArray;

/** @throws TensorError for what has no rows and columns */
function matrices(operation: string, operands: readonly NdArray[]): NdArray {
  const x = only(operands);
  if (x.ndim >= 2) return x;
  throw new TensorError('shape', operation, `${shapeText(x.shape)} has no rows and columns`);
}

/** Sums an array over the axes that broadcasting `shape` to its shape had repeated. */
export function sumToShape(array: NdArray, shape: Shape): NdArray {
  if (sameShape(array.shape, shape)) return array;
  const lead = array.ndim - shape.length;
  const axis = array.shape.flatMap((extent, i) => (i < lead || (shape[i - lead] === 1 && extent !== 1) ? [i] : []));
  return reshape(sum(array, { axis, keepdims: true }), shape);
}

const selfInverse = (op: MultilinearOp, attributes: unknown): Transposed => ({
  op,
  attributes: attributes as Attributes,
  slot: 0,
});

/** (x + y)/2, or (x − y)/2. */
const mean2 = (x: NdArray, y: NdArray, negative = false): NdArray =>
  zip(negative ? (a, b) => (a - b) / 2 : (a, b) => (a + b) / 2, x, y, x.dtype === 'float32' ? 'float32' : 'float64');

export const MULTILINEAR: Readonly<Record<MultilinearOp, Multilinear>> = {
  broadcast: define<ToShape>({
    value: (operands, { shape }) => broadcastTo(only(operands), shape),
    shape: (_of, { shape }) => shape,
    transpose: (of) => ({ op: 'sum_to', attributes: { shape: of }, slot: 0 }),
  }),

  sum_to: define<ToShape>({
    value: (operands, { shape }) => sumToShape(only(operands), shape),
    shape: (_of, { shape }) => shape,
    transpose: (of) => ({ op: 'broadcast', attributes: { shape: of }, slot: 0 }),
  }),

  /** `shape` may hold one −1. */
  reshape: define<ToShape>({
    value: (operands, { shape }) => reshape(only(operands), shape),
    shape: (of, { shape }) => {
      const size = of.reduce((n, extent) => n * extent, 1);
      const known = shape.reduce((n, extent) => (extent < 0 ? n : n * extent), 1);
      return shape.map((extent) => (extent < 0 ? size / known : extent));
    },
    transpose: (of) => ({ op: 'reshape', attributes: { shape: of }, slot: 0 }),
  }),

  /** Axis i of the result is axis `axes[i]` of the operand; axes count from 0. */
  permute: define<{ readonly axes: readonly number[] }>({
    value: (operands, { axes }) => transpose(only(operands), axes),
    shape: (of, { axes }) => axes.map((axis) => of[axis] as number),
    transpose: (_of, { axes }) => ({
      op: 'permute',
      attributes: { axes: axes.map((_, i) => axes.indexOf(i)) },
      slot: 0,
    }),
  }),

  /** `x[items]`: a view for a basic index. */
  index: define<Items>({
    value: (operands, { items }) => select(only(operands), items),
    shape: (of, { items }) => indexedShape(of, items),
    transpose: (of, { items }) => ({ op: 'embed', attributes: { items, shape: of }, slot: 0 }),
  }),

  /** Zeros of a shape, with the operand added at `items`; places that are named twice get both. */
  embed: define<Items & ToShape>({
    value: (operands, { items, shape }) => {
      const x = only(operands);
      const result = zeros(shape, x.dtype === 'float32' ? 'float32' : 'float64');
      accumulate((a, b) => a + b, result, items, x);
      return result;
    },
    shape: (_of, { shape }) => shape,
    transpose: (_of, { items }) => ({ op: 'index', attributes: { items }, slot: 0 }),
  }),

  /** The operand with zeros at `items`. */
  clear: define<Items>({
    value: (operands, { items }) => {
      const result = copy(only(operands));
      assign(result, items, scalar(0, result.dtype));
      return result;
    },
    shape: (of) => of,
    transpose: (_of, attributes) => selfInverse('clear', attributes),
  }),

  /** The last two axes' lower triangle, up to their k-th diagonal; zero above it. With `halfDiagonal`, half of that diagonal. */
  tril: define<Diagonal & { readonly halfDiagonal?: boolean }>({
    value: (operands, { k = 0, halfDiagonal = false }) => {
      const whole = lowerTriangle(matrices('tril', operands), k);
      return halfDiagonal ? mean2(whole, lowerTriangle(whole, k - 1)) : whole;
    },
    shape: (of) => of,
    transpose: (_of, attributes) => selfInverse('tril', attributes),
  }),

  /** The last two axes' upper triangle, from their k-th diagonal; zero below it. */
  triu: define<Diagonal>({
    value: (operands, { k = 0 }) => upperTriangle(matrices('triu', operands), k),
    shape: (of) => of,
    transpose: (_of, attributes) => selfInverse('triu', attributes),
  }),

  /** (X + Xᵀ)/2 over the last two axes, or (X − Xᵀ)/2. */
  symmetrize: define<{ readonly negative?: boolean }>({
    value: (operands, { negative = false }) => {
      const x = matrices('symmetrize', operands);
      return mean2(x, swapAxes(x, -1, -2), negative);
    },
    shape: (of) => of,
    transpose: (_of, attributes) => selfInverse('symmetrize', attributes),
  }),

  /** Running sums along an axis; from its end when `reverse`. */
  running_sum: define<{ readonly axis: number; readonly reverse: boolean }>({
    value: (operands, { axis, reverse }) =>
      reverse ? flip(cumsum(flip(only(operands), axis), axis), axis) : cumsum(only(operands), axis),
    shape: (of) => of,
    transpose: (_of, { axis, reverse }) => ({
      op: 'running_sum',
      attributes: { axis, reverse: !reverse },
      slot: 0,
    }),
  }),

  /** See `recurrence`: linear in b, its second operand. Transposed, it runs backwards from where it went to. */
  recurrence: define<Recurrence>({
    value: ([a, b], attributes) => recurrence(a as NdArray, b as NdArray, attributes),
    shape: (of) => of,
    transpose: (_of, { axis, reverse, lagged }) => ({
      op: 'recurrence',
      attributes: { axis, reverse: !reverse, lagged: !lagged },
      slot: 1,
    }),
  }),

  /**
   * Sum of products over labelled axes, with two liberties that close it under transposition: the output may repeat
   * a label (a diagonal) and may name one that no operand has (repetition, to the extent given).
   */
  contract: define<Contraction>({
    value: (operands, attributes) => contract(operands, attributes),
    shape: (_of, { output, extents }) => [...output].map((label) => extents[label] as number),
    transpose: (_of, { inputs, output, extents }, slot) => ({
      op: 'contract',
      attributes: {
        inputs: inputs.map((labels, i) => (i === slot ? output : labels)),
        output: inputs[slot],
        extents,
      },
      slot,
    }),
  }),

  /** The solution of A x = b, or of Aᵀ x = b: linear in b, its second operand. */
  solve: define<{ readonly transposed?: boolean }>({
    value: ([a, b], { transposed = false }) => {
      const matrix = a as NdArray;
      return solve(transposed ? swapAxes(matrix, matrix.ndim - 2, matrix.ndim - 1) : matrix, b as NdArray);
    },
    shape: (of) => of,
    transpose: (_of, { transposed = false }) => ({ op: 'solve', attributes: { transposed: !transposed }, slot: 1 }),
  }),

  /** The solution for a triangular A, of which the other triangle is not read: linear in b, its second operand. */
  solve_triangular: define<TriangularOptions>({
    value: ([a, b], options) => solveTriangular(a as NdArray, b as NdArray, options),
    shape: (of) => of,
    transpose: (_of, options) => ({
      op: 'solve_triangular',
      attributes: { ...options, transposed: !(options.transposed ?? false) },
      slot: 1,
    }),
  }),

  /** Sliding windows over the last axes, padded with zeros: `[…, space]` → `[…, positions, window]`. */
  patches: define<Windows>({
    value: (operands, windows) => patches(only(operands), windows),
    shape: (of, windows) => patchesShape(of, windows),
    transpose: (of, windows) => ({ op: 'fold', attributes: { ...windows, shape: of }, slot: 0 }),
  }),

  /** Windows added up where they overlap: the transpose of `patches`, onto an array of the given shape. */
  fold: define<Windows & ToShape>({
    value: (operands, attributes) => fold(only(operands), attributes.shape, attributes),
    shape: (_of, { shape }) => shape,
    transpose: (_of, { kernel, stride, dilation, padding }) => ({
      op: 'patches',
      attributes: { kernel, stride, dilation, padding },
      slot: 0,
    }),
  }),
};

/** The one operand that an operation is linear in; the others only give its coefficients. */
export const LINEAR_SLOT: Readonly<Partial<Record<string, number>>> = { solve: 1, solve_triangular: 1, recurrence: 1 };

export function isMultilinear(op: string): op is MultilinearOp {
  return Object.hasOwn(MULTILINEAR, op);
}

/** Shape of `x[items]` for an x of the given shape. */
export function indexedShape(of: Shape, items: readonly IndexItem[]): Shape {
  // A broadcast of one element has every shape and no memory.
  return select(broadcastTo(fromValues('float64', [], new Float64Array(1)), of), items).shape;
}
