/**
 * Eigenvalues and eigenvectors of symmetric matrices, singular values and vectors of any, of a matrix or a stack of them.
 *
 * Vectors of one value are defined up to their sign, and of a repeated value up to a rotation: derivatives are those of the
 * vectors that are shown, and where values coincide there are none. A derivative that would need one is NaN. Sums over
 * coinciding values, such as the trace or the nuclear norm, keep their derivatives.
 */
import { div, type Expr, fn, mul, num, sym, where } from '../../symbolic/expr';
import { contiguous, eigh, fromValues, type NdArray, type Shape, svd, swapAxes } from '../../tensor';
import type { Residual } from '../tensorRule';
import { tensorRule } from '../tensorRule';
import { applied, DIRECTION, operand, plus, RESULT, scaled, type Term } from '../terms';
import { type Factor, matrixTerms, transposedFactor } from './matrixTerms';

/** Values closer than this to each other, or to 0, relative to the largest leave a derivative less than half of its digits. */
export const INDISTINCT = 2 ** -26;

/** `compute` on each row of the last axis. Its results have the given shape. */
function overRows(array: NdArray, shape: Shape, compute: (row: Float64Array) => ArrayLike<number>): NdArray {
  const n = array.shape.at(-1) as number;
  const values = Float64Array.from(contiguous(array).elements());
  const size = shape.reduce((total, extent) => total * extent, 1);
  const count = n === 0 ? 0 : values.length / n;
  const result = new Float64Array(count * size);
  for (let i = 0; i < count; i++) result.set(compute(values.subarray(i * n, (i + 1) * n)), i * size);
  return fromValues('float64', [...array.shape.slice(0, -1), ...shape], result);
}

const largest = (row: Float64Array) => row.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** Every pair (i, j) of a row. */
function overPairs(array: NdArray, compute: (i: number, j: number, row: Float64Array, size: number) => number) {
  const n = array.shape.at(-1) as number;
  return overRows(array, [n, n], (row) => {
    const size = largest(row);
    return Float64Array.from({ length: n * n }, (_, k) => compute(Math.floor(k / n), k % n, row, size));
  });
}

const areClose = (i: number, j: number, row: Float64Array, size: number) =>
  i !== j && Math.abs((row[i] as number) - (row[j] as number)) <= INDISTINCT * size;

/** 1 for each pair of different places whose values are too close to be told apart, 0 elsewhere: [..., n] → [..., n, n]. */
export const closePairsRule = tensorRule<object>({
  value: ([values]) => overPairs(values as NdArray, (...pair) => Number(areClose(...pair))),
  terms: () => [undefined],
});

/** 1 where a value is too small beside the largest to be told from 0, 0 elsewhere. */
export const vanishingRule = tensorRule<object>({
  value: ([values]) => {
    const array = values as NdArray;
    return overRows(array, [array.shape.at(-1) as number], (row) => {
      const size = largest(row);
      return row.map((x) => Number(Math.abs(x) <= INDISTINCT * size));
    });
  },
  terms: () => [undefined],
});

interface Gaps {
  /** Of the squares of the values. */
  readonly squares?: boolean;
}

/** 1/(wⱼ − wᵢ), 0 on the diagonal, NaN where the two can not be told apart: [..., n] → [..., n, n]. */
export const inverseGapsRule = tensorRule<Gaps>({
  value: ([values], { squares = false }) =>
    overPairs(values as NdArray, (i, j, row, size) => {
      if (i === j) return 0;
      if (areClose(i, j, row, size)) return NaN;
      const [a, b] = [row[i] as number, row[j] as number];
      return 1 / ((b - a) * (squares ? b + a : 1));
    }),
  terms: ({ operands, attributes: { squares = false } }) => {
    const shape = operands[0] as Shape;
    const n = shape.at(-1) as number;
    const moved = squares ? scaled(mul(num(2), operand(0)), DIRECTION) : DIRECTION;
    const across = (kept: 'row' | 'column') =>
      applied(
        'broadcast',
        { shape: [...shape, n] },
        applied('reshape', { shape: [...shape.slice(0, -1), ...(kept === 'row' ? [1, n] : [n, 1])] }, moved),
      );
    return [scaled(mul(num(-1), fn('square', RESULT)), plus(across('row'), scaled(num(-1), across('column'))))];
  },
});

interface Symmetric {
  /** The upper triangle is read, instead of the lower one. */
  readonly upper?: boolean;
}

const decomposed = (a: NdArray | undefined, { upper = false }: Symmetric) =>
  eigh(upper ? swapAxes(a as NdArray, -1, -2) : (a as NdArray));

/** What the triangle that is read makes of the whole: Ȧ with its mirror image. */
function mirrored(batch: Shape, { upper = false }: Symmetric): Term {
  const lower = upper ? matrixTerms(batch).turned(DIRECTION) : DIRECTION;
  return scaled(num(2), applied('symmetrize', {}, applied('tril', { halfDiagonal: true }, lower)));
}

/**
 * The part of a value's derivative that does not exist. Transposed it reads differences of weights: nothing where those of
 * values that coincide are equal.
 */
function undecided(batch: Shape, of: Term, n: number): Term {
  const marked = scaled(where(sym('close'), num(NaN), num(0)), of);
  return matrixTerms(batch).rowSums(applied('symmetrize', { negative: true }, marked), n);
}

const CLOSE_VALUES = 'values coincide: a derivative by which they would part is not a number';
const CLOSE_VECTORS = 'values coincide: their vectors have no derivative, which is not a number where it is needed';
const SIGN = 'the sign of a vector is arbitrary: the derivative is that of the one shown';

/** ẇ = diag(Vᵀ Ȧ V), ascending. */
export const eigenvaluesRule = tensorRule<Symmetric>({
  value: ([a], attributes) => decomposed(a, attributes).values,
  terms: ({ operands, attributes }) => {
    const batch = (operands[0] as Shape).slice(0, -2);
    const n = (operands[0] as Shape).at(-1) as number;
    const terms = matrixTerms(batch);
    const vectors = { by: sym('vectors'), rows: n, columns: n };
    const inside = terms.right(terms.left(transposedFactor(vectors), mirrored(batch, attributes), n), vectors, n);
    return [plus(terms.diagonal(inside, n), undecided(batch, inside, n))];
  },
  residuals: ({ attributes }) => ({
    vectors: { op: 'eigenvectors', of: [operand(0)], attributes: { ...attributes } },
    close: { op: 'close_pairs', of: [RESULT], attributes: {} },
  }),
  kink: () => sym('close'),
  kinkText: CLOSE_VALUES,
});

/** V̇ = V (F ⊙ (Vᵀ Ȧ V)), Fᵢⱼ = 1/(wⱼ − wᵢ). */
export const eigenvectorsRule = tensorRule<Symmetric>({
  value: ([a], attributes) => decomposed(a, attributes).vectors,
  terms: ({ operands, attributes }) => {
    const batch = (operands[0] as Shape).slice(0, -2);
    const n = (operands[0] as Shape).at(-1) as number;
    const terms = matrixTerms(batch);
    const vectors = { by: RESULT, rows: n, columns: n };
    const inside = terms.right(terms.left(transposedFactor(vectors), mirrored(batch, attributes), n), vectors, n);
    return [terms.left(vectors, scaled(sym('gaps'), inside), n)];
  },
  residuals: ({ attributes }) => ({
    values: { op: 'eigenvalues', of: [operand(0)], attributes: { ...attributes } },
    gaps: { op: 'inverse_gaps', of: [sym('values')], attributes: {} },
    close: { op: 'close_pairs', of: [sym('values')], attributes: {} },
  }),
  kink: () => sym('close'),
  kinkText: CLOSE_VECTORS,
  note: SIGN,
});

interface Singular {
  readonly batch: Shape;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** U and Vᵀ as factors. */
  readonly u: Factor;
  readonly vt: Factor;
}

function singular(shape: Shape, u: Expr, vt: Expr): Singular {
  const [m, n] = shape.slice(-2) as [number, number];
  const k = Math.min(m, n);
  const [left, right] = [
    { by: u, rows: m, columns: k },
    { by: vt, rows: k, columns: n },
  ];
  return { batch: shape.slice(0, -2), m, n, k, u: left, vt: right };
}

/** C = Uᵀ Ȧ V. */
function core({ batch, n, k, u, vt }: Singular): Term {
  const terms = matrixTerms(batch);
  return terms.right(terms.left(transposedFactor(u), DIRECTION, n), transposedFactor(vt), k);
}

const part = (op: 'left_vectors' | 'right_vectors' | 'singular_values'): Residual => ({
  op,
  of: [operand(0)],
  attributes: {},
});

/** ṡ = diag(Uᵀ Ȧ V), descending. One that vanishes is the modulus of what passes through 0. */
export const singularValuesRule = tensorRule<object>({
  value: ([a]) => svd(a as NdArray, false).s,
  terms: ({ operands }) => {
    const parts = singular(operands[0] as Shape, sym('u'), sym('vt'));
    const { batch, k } = parts;
    const inside = core(parts);
    const own = scaled(where(sym('zero'), num(NaN), num(1)), matrixTerms(batch).diagonal(inside, k));
    return [plus(own, undecided(batch, inside, k))];
  },
  residuals: ({ result }) => ({
    u: part('left_vectors'),
    vt: part('right_vectors'),
    close: { op: 'close_pairs', of: [RESULT], attributes: {} },
    zero: { op: 'vanishing', of: [RESULT], attributes: {} },
    zeros: asRow(sym('zero'), result),
  }),
  kink: () => fn('or', sym('zeros'), sym('close')),
  kinkText: CLOSE_VALUES,
});

const asRow = (of: Expr, values: Shape): Residual => ({
  op: 'reshape',
  of: [of],
  attributes: { shape: [...values.slice(0, -1), 1, values.at(-1)] },
});
const asColumn = (of: Expr, values: Shape): Residual => ({
  op: 'reshape',
  of: [of],
  attributes: { shape: [...values, 1] },
});

/** F ⊙ (X + Xᵀ) with Fᵢⱼ = 1/(sⱼ² − sᵢ²). */
const mixing = (of: Term): Term => scaled(sym('gaps'), scaled(num(2), applied('symmetrize', {}, of)));

/** 1/s, NaN where s vanishes: what vectors of the value 0 do is not determined. */
const inverseValues = (values: string, zeros: string): Expr => where(sym(zeros), num(NaN), div(1, sym(values)));

function vectorResiduals(shape: Shape) {
  const values = [...shape.slice(0, -2), Math.min(...shape.slice(-2))];
  return {
    s: part('singular_values'),
    gaps: { op: 'inverse_gaps', of: [sym('s')], attributes: { squares: true } },
    close: { op: 'close_pairs', of: [sym('s')], attributes: {} },
    zero: { op: 'vanishing', of: [sym('s')], attributes: {} },
    rows: asRow(sym('s'), values),
    columns: asColumn(sym('s'), values),
    zeros: asRow(sym('zero'), values),
    zeroColumns: asColumn(sym('zero'), values),
  };
}

/** U̇ = U (F ⊙ (C S + S Cᵀ)) + (1 − U Uᵀ) Ȧ V S⁻¹; U has as many columns as there are values. */
export const leftVectorsRule = tensorRule<object>({
  value: ([a]) => svd(a as NdArray, false).u,
  terms: ({ operands }) => {
    const parts = singular(operands[0] as Shape, RESULT, sym('vt'));
    const { batch, m, k, u, vt } = parts;
    const terms = matrixTerms(batch);
    const within = terms.left(u, mixing(scaled(sym('rows'), core(parts))), k);
    if (m === k) return [within];
    const out = scaled(inverseValues('rows', 'zeros'), terms.right(DIRECTION, transposedFactor(vt), m));
    const inside = terms.left(u, terms.left(transposedFactor(u), out, k), k);
    return [plus(within, out, scaled(num(-1), inside))];
  },
  residuals: ({ operands }) => ({ vt: part('right_vectors'), ...vectorResiduals(operands[0] as Shape) }),
  kink: ({ operands }) => vectorKink((operands[0] as Shape).at(-2) as number, operands[0] as Shape),
  kinkText: CLOSE_VECTORS,
  note: SIGN,
});

/** Where values coincide, and where they vanish if there are more vectors than values. */
const vectorKink = (extent: number, shape: Shape): Expr =>
  extent === Math.min(...shape.slice(-2)) ? sym('close') : fn('or', sym('zeros'), sym('close'));

/** Of Vᵀ: V̇ = V (F ⊙ (S C + Cᵀ S)) + (1 − V Vᵀ) Ȧᵀ U S⁻¹; Vᵀ has as many rows as there are values. */
export const rightVectorsRule = tensorRule<object>({
  value: ([a]) => svd(a as NdArray, false).vt,
  terms: ({ operands }) => {
    const parts = singular(operands[0] as Shape, sym('u'), RESULT);
    const { batch, n, k, u, vt } = parts;
    const terms = matrixTerms(batch);
    // F is antisymmetric.
    const within = terms.right(scaled(num(-1), mixing(scaled(sym('columns'), core(parts)))), vt, k);
    if (n === k) return [within];
    const out = scaled(inverseValues('columns', 'zeroColumns'), terms.left(transposedFactor(u), DIRECTION, n));
    const inside = terms.right(terms.right(out, transposedFactor(vt), k), vt, k);
    return [plus(within, out, scaled(num(-1), inside))];
  },
  residuals: ({ operands }) => ({ u: part('left_vectors'), ...vectorResiduals(operands[0] as Shape) }),
  kink: ({ operands }) => vectorKink((operands[0] as Shape).at(-1) as number, operands[0] as Shape),
  kinkText: CLOSE_VECTORS,
  note: SIGN,
});
