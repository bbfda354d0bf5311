import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as t from '../../src/tensor';
import {
  broadcastTo,
  copy,
  DTYPES,
  DTYPE_FACTS,
  dtypeNamed,
  fromValues,
  isFloat,
  NdArray,
  operate,
  operateInto,
  operateUnary,
  operators,
  select,
  TensorError,
  transpose,
  weakFloat,
  weakInt,
  type BinaryOperator,
  type DType,
  type IndexItem,
  type UnaryOperator,
  type UndoRecord,
} from '../../src/tensor';

// What the real NumPy computes, written by test/oracles/tensor.py; the encoding is described there.
type Leaf = number | 'nan' | 'inf' | '-inf';
interface EncodedArray {
  d: string;
  s: number[];
  v: Leaf[];
  k?: number[];
}
interface EncodedError {
  e: string;
  m: string;
}
type Encoded =
  EncodedArray | EncodedError | string | number | null | { $: string } | { weak: number } | Encoded[] | object;
type Case = [operation: string, operands: Encoded[], result: Encoded];
interface Fixture {
  numpy: string;
  inputs: Record<string, EncodedArray>;
  views: Record<string, ['transpose', number[]?] | ['index', Encoded[]] | ['broadcast', number[]]>;
  cases: Record<string, Case[]>;
}

const fixture = JSON.parse(
  readFileSync(new URL('../oracles/fixtures/tensor.json', import.meta.url), 'utf8'),
) as Fixture;

const leaf = (value: Leaf): number =>
  value === 'nan' ? NaN : value === 'inf' ? Infinity : value === '-inf' ? -Infinity : value;

function decodeArray({ d, s, v }: EncodedArray): NdArray {
  const dtype = dtypeNamed(d)!;
  const array = DTYPE_FACTS[dtype].create(v.length);
  v.forEach((value, i) => (array[i] = leaf(value)));
  return fromValues(dtype, s, array);
}

function isArrayCode(value: Encoded): value is EncodedArray {
  return typeof value === 'object' && value !== null && 's' in value;
}

function isErrorCode(value: Encoded): value is EncodedError {
  return typeof value === 'object' && value !== null && 'e' in value;
}

const nested = (values: unknown, dtype: DType): NdArray => t.fromNested(values as t.Nested, dtype);

function indexItem(item: Encoded): IndexItem {
  if (item === null) return { kind: 'newaxis' };
  if (item === '...') return { kind: 'ellipsis' };
  if (typeof item === 'number') return { kind: 'integer', value: item };
  const code = item as { slice?: (number | null)[]; i?: unknown; b?: unknown; f?: unknown };
  if (code.slice) {
    const [start, stop, step] = code.slice.map((bound) => bound ?? undefined);
    return { kind: 'slice', start, stop, step };
  }
  if ('i' in code) return { kind: 'array', array: nested(code.i, 'int64') };
  if ('b' in code) return { kind: 'array', array: nested(code.b, 'bool') };
  return { kind: 'array', array: nested(code.f, 'float64') };
}

const index = (items: unknown): IndexItem[] => (items as Encoded[]).map(indexItem);

const inputs = new Map(Object.entries(fixture.inputs).map(([name, code]) => [name, decodeArray(code)]));
for (const [name, recipe] of Object.entries(fixture.views)) {
  const base = inputs.get(name.split('.')[0]!)!;
  const view =
    recipe[0] === 'transpose'
      ? transpose(base, recipe[1])
      : recipe[0] === 'index'
        ? select(base, index(recipe[1]))
        : broadcastTo(base, recipe[1]);
  inputs.set(name, view);
}

function decode(code: Encoded): unknown {
  if (Array.isArray(code)) return code.map(decode);
  if (typeof code !== 'object' || code === null) return code;
  if ('$' in code) return inputs.get((code as { $: string }).$)!;
  if ('weak' in code) {
    const { weak } = code as { weak: number };
    return Number.isInteger(weak) ? weakInt(weak) : weakFloat(weak);
  }
  return isArrayCode(code) ? decodeArray(code) : code;
}

/* eslint-disable @typescript-eslint/no-explicit-any -- arguments come from the fixture */
type Operation = (...operands: any[]) => unknown;

const changed =
  (write: (array: NdArray, ...operands: any[]) => UndoRecord): Operation =>
  (array: NdArray, ...operands) => {
    const target = copy(array, 'K');
    const record = write(target, ...operands);
    const after = target.values();
    record.undo();
    assert.deepEqual(target.values(), array.values(), 'undo');
    record.redo();
    assert.deepEqual(target.values(), after, 'redo');
    return target;
  };

interface Options {
  axis?: number | number[] | null;
  keepdims?: boolean;
  ddof?: number;
}
const withAxis =
  (fn: (array: NdArray, options: any) => NdArray): Operation =>
  (array: NdArray, options: Options = {}) =>
    fn(array, { ...options, axis: options.axis ?? undefined });

const optional = (value: unknown): any => value ?? undefined;
const printOptions = (options: any): t.PrintOptions => ({
  ...t.DEFAULT_PRINT_OPTIONS,
  ...(options?.precision !== undefined && { precision: options.precision }),
  ...(options?.suppress !== undefined && { suppress: options.suppress }),
  ...(options?.floatmode !== undefined && { floatMode: options.floatmode }),
  ...(options?.linewidth !== undefined && { lineWidth: options.linewidth }),
  ...(options?.threshold !== undefined && { threshold: options.threshold }),
  ...(options?.edgeitems !== undefined && { edgeItems: options.edgeitems }),
});

const operations: Record<string, Operation> = {
  arange: (start, stop, step, dtype) => t.arange(start, stop, step, dtypeNamed(dtype)!),
  linspace: (start, stop, count, endpoint) => t.linspace(start, stop, count, endpoint),
  eye: t.eye,
  meshgrid: (arrays, indexing) => t.meshgrid(arrays, indexing),
  astype: (array, dtype) => t.astype(array, dtypeNamed(dtype)!),
  copyK: (array) => copy(array, 'K'),
  reshape: t.reshape,
  transpose: t.transpose,
  moveaxis: t.moveAxis,
  swapaxes: t.swapAxes,
  diagonal: t.diagonal,
  squeeze: (array, axis) => t.squeeze(array, optional(axis)),
  expand_dims: t.expandDims,
  broadcast_to: broadcastTo,
  flip: (array, axis) => t.flip(array, optional(axis)),
  select: (array, items) => select(array, index(items)),
  assign: changed((array, items, value) => t.assign(array, index(items), value)),
  addAt: changed((array, items, value) => t.accumulate((x, y) => x + y, array, index(items), value)),
  sum: withAxis(t.sum),
  prod: withAxis(t.prod),
  mean: withAxis(t.mean),
  var: withAxis(t.variance),
  std: withAxis(t.standardDeviation),
  max: withAxis(t.max),
  min: withAxis(t.min),
  any: withAxis(t.any),
  all: withAxis(t.all),
  argmax: withAxis(t.argmax),
  argmin: withAxis(t.argmin),
  ptp: withAxis(t.peakToPeak),
  count_nonzero: withAxis(t.countNonzero),
  cumsum: (array, axis) => t.cumsum(array, optional(axis)),
  cumprod: (array, axis) => t.cumprod(array, optional(axis)),
  median: (array, axis) => t.median(array, optional(axis)),
  quantile: (array, q, axis) => t.quantile(array, q, optional(axis)),
  matmul: t.matmul,
  dot: t.dot,
  outer: (a, b) => t.outer(a, b),
  inner: t.inner,
  vdot: t.vdot,
  tensordot: t.tensordot,
  trace: t.trace,
  einsum: t.einsum,
  concatenate: (arrays, axis) => t.concatenate(arrays, axis),
  stack: t.stack,
  vstack: t.verticalStack,
  hstack: t.horizontalStack,
  dstack: t.depthStack,
  column_stack: t.columnStack,
  split: (array, parts, axis) => t.split(array, parts, axis),
  array_split: (array, parts, axis) => t.split(array, parts, axis, true),
  tile: t.tile,
  repeat: (array, counts, axis) => t.repeat(array, counts, optional(axis)),
  take: (array, indices, axis, mode) => t.takeIndices(array, indices, optional(axis), mode),
  roll: (array, shift, axis) => t.roll(array, shift, optional(axis)),
  rot90: t.rotate90,
  pad: t.pad,
  tril: t.lowerTriangle,
  triu: t.upperTriangle,
  diag: t.diag,
  diff: t.diff,
  sort: t.sort,
  argsort: t.argsort,
  unique: (array) => {
    const { values, index, inverse, counts } = t.unique(array);
    return [values, index, t.ravel(inverse), counts];
  },
  searchsorted: t.searchSorted,
  bincount: (array, weights, length) => t.bincount(array, optional(weights), length),
  nonzero: t.nonzero,
  argwhere: t.argwhere,
  where: t.where,
  clip: (array, low, high) => t.clip(array, optional(low), optional(high)),
  take_along_axis: t.takeAlongAxis,
  solve: t.solve,
  inv: t.inv,
  det: t.det,
  slogdet: (array) => {
    const { sign, logarithm } = t.slogdet(array);
    return [sign, logarithm];
  },
  cholesky: t.cholesky,
  qr: (array, mode) => {
    const { q, r } = t.qr(array, mode);
    return [q, r];
  },
  eigvalsh: (array) => t.eigh(array).values,
  svdvals: (array) => t.svd(array, false).s,
  lstsq: (a, b) => {
    const { solution, residuals, rank, singularValues } = t.lstsq(a, b);
    return [solution, residuals, rank, singularValues];
  },
  norm: (array, order, axis, keepdims) =>
    t.norm(array, {
      order: order === 'inf' ? Infinity : order === '-inf' ? -Infinity : optional(order),
      axis: optional(axis),
      keepdims,
    }),
  matrix_rank: t.matrixRank,
  pinv: (array) => t.pinv(array),
  matrix_power: t.matrixPower,
  kron: t.kron,
  str: (array, options) => t.arrayText(array, printOptions(options)),
  repr: (array, options) => t.arrayRepr(array, printOptions(options)),
  scalar: (array: NdArray) => t.scalarText(array.item(), array.dtype),
};
for (const operator of Object.values(operators) as unknown[]) {
  if (typeof operator !== 'object') continue;
  const { name } = operator as BinaryOperator;
  const unary = ['negative', 'positive', 'absolute', 'invert', 'logical_not'].includes(name);
  operations[name] = unary
    ? (x) => operateUnary(operator as UnaryOperator, x)
    : (x, y) => operate(operator as BinaryOperator, x, y);
  if (!unary) operations[`${name}=`] = changed((x, y) => operateInto(operator as BinaryOperator, x, x, y));
}
/* eslint-enable @typescript-eslint/no-explicit-any */

/** Relative error allowed in float64; in the other categories the last bit must agree too. */
const TOLERANCE: Record<string, number> = {
  operators: 1e-15,
  products: 1e-12,
  sums_of_products: 1e-12,
  linear_algebra: 1e-12,
};
/** float32 is accumulated in float64 here and rounded once, in float32 at each step in NumPy. */
const SINGLE_TOLERANCE = 2e-6;

function compare(actual: unknown, expected: Encoded, precision: number): void {
  if (Array.isArray(expected)) {
    assert.ok(Array.isArray(actual) && actual.length === expected.length, 'number of results');
    expected.forEach((item, i) => compare(actual[i], item, precision));
    return;
  }
  if (!isArrayCode(expected)) {
    assert.equal(actual, expected);
    return;
  }
  assert.ok(actual instanceof NdArray);
  assert.equal(actual.dtype, dtypeNamed(expected.d), 'dtype');
  assert.deepEqual([...actual.shape], expected.s, 'shape');
  const values = actual.values();
  const tolerance = actual.dtype === 'float32' ? SINGLE_TOLERANCE : precision;
  const scale = Math.max(0, ...expected.v.map((value) => Math.abs(leaf(value))).filter(Number.isFinite));
  expected.v.forEach((code, i) => {
    const want = leaf(code);
    const got = values[i]!;
    const close = isFloat(actual.dtype) && Math.abs(got - want) <= tolerance * Math.max(Math.abs(want), 0.1 * scale);
    assert.ok(close || Object.is(got, want) || got === want, `element ${i}: ${got}, NumPy ${want}`);
  });
  if (actual.size > 1) {
    const dense = expected.k === undefined;
    if (dense) assert.ok(actual.isContiguous, `memory order: ${actual.strides.join()}, NumPy row-major`);
    else {
      const relevant = (strides: readonly number[]): number[] => strides.filter((_, axis) => expected.s[axis] !== 1);
      assert.deepEqual(relevant(actual.strides), relevant(expected.k!), 'memory order');
    }
  }
}

const matchesError = (error: TensorError, expected: EncodedError): boolean =>
  error.numpy !== undefined && error.numpy.exception === expected.e && error.numpy.message.trim() === expected.m.trim();

describe('as the real NumPy', () => {
  it('covers every element type', () => {
    const used = new Set(
      JSON.stringify(fixture.cases)
        .match(/"d":"\w\d"/g)
        ?.map((code) => dtypeNamed(code.slice(5, 7))),
    );
    assert.deepEqual(
      DTYPES.filter((dtype) => !used.has(dtype)),
      [],
    );
  });

  for (const [category, cases] of Object.entries(fixture.cases)) {
    it(`${category}: ${cases.length} cases`, () => {
      const wrong: string[] = [];
      let declined = 0;
      for (const [operation, operands, expected] of cases) {
        const where = `${operation}(${operands.map((operand) => JSON.stringify(operand)).join(', ')})`;
        try {
          const run = operations[operation];
          assert.ok(run, 'no such operation');
          const actual = run(...operands.map(decode));
          if (isErrorCode(expected)) wrong.push(`${where}: no error, NumPy: ${expected.e}: ${expected.m}`);
          else compare(actual, expected, TOLERANCE[category] ?? 0);
        } catch (error) {
          if (error instanceof TensorError && (error.code === 'unsupported' || error.code === 'overflow')) declined++;
          else if (error instanceof TensorError && isErrorCode(expected)) {
            if (!matchesError(error, expected)) {
              wrong.push(
                `${where}: ${error.numpy?.exception}: ${error.numpy?.message} (${error.message}), NumPy: ${expected.e}: ${expected.m}`,
              );
            }
          } else wrong.push(`${where}: ${(error as Error).message}`);
        }
      }
      assert.equal(
        wrong.length,
        0,
        `${wrong.length} of ${cases.length} differ:\n${wrong.slice(0, Number(process.env['SHOW'] ?? 12)).join('\n')}`,
      );
      assert.ok(declined <= cases.length * 0.05, `${declined} of ${cases.length} declined`);
    });
  }
});
