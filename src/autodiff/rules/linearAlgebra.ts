/** Determinant, inverse and solution of linear systems, of a matrix or a stack of matrices. */
import { num, sym } from '../../symbolic/expr';
import {
  cholesky,
  cofactors,
  det,
  fromValues,
  type IndexItem,
  inv,
  type NdArray,
  type Shape,
  slogdet,
  swapAxes,
  type TriangularOptions,
} from '../../tensor';
import { MULTILINEAR } from '../multilinear';
import { tensorRule } from '../tensorRule';
import { applied, broadcast, DIRECTION, operand, plus, reshaped, RESULT, scaled, sumTo, type Term } from '../terms';
import { extentsOf, stackLabels as stack } from './matrixTerms';

/** Σ (A⁻¹)ᵀ ⊙ Ȧ = tr(A⁻¹ Ȧ) of each matrix. */
function traceOfSolution(shape: Shape): Term {
  const batch = stack(shape.length - 2);
  const labels = { inputs: [`${batch}ij`, `${batch}ji`], output: batch, extents: extentsOf(`${batch}ij`, shape) };
  return applied('contract', labels, DIRECTION, 1, [sym('inverse')]);
}

const inverse = () => ({ inverse: { op: 'inv', of: [operand(0)], attributes: {} } });

/** The sum over the matrices of a stack. */
const totals = (of: Term, shape: Shape): Term => {
  const batch = shape.slice(0, -2);
  return reshaped(sumTo(of, shape, [...batch, 1, 1]), [...batch, 1, 1], batch);
};

/** v̇ = Σ cof(A) ⊙ Ȧ (Jacobi), at singular matrices too. */
export const detRule = tensorRule<object>({
  value: ([a]) => det(a as NdArray),
  terms: ({ operands }) => [totals(scaled(sym('cofactor'), DIRECTION), operands[0] as Shape)],
  residuals: () => ({ cofactor: { op: 'cofactor', of: [operand(0)], attributes: {} } }),
});

/** Up to this extent the derivative of cofactors is taken from minors, at singular matrices too; it takes n⁴ numbers. */
const BY_MINORS = 16;

/**
 * Cofactors are determinants of minors: Ċᵢⱼ = (−1)ⁱ⁺ʲ Σ cof(Aᵢⱼ) ⊙ Ȧᵢⱼ with the minors of Ȧ, a rule that meets itself
 * again one size smaller. Beyond a size, Ċ = A⁻ᵀ Σ(C ⊙ Ȧ) − C Ȧᵀ A⁻ᵀ, of regular matrices only.
 */
export const cofactorRule = tensorRule<object>({
  value: ([a]) => cofactors(a as NdArray),
  terms: ({ operands }) => {
    const shape = operands[0] as Shape;
    const n = shape.at(-1) as number;
    if (n > BY_MINORS) return [ofRegular(shape)];
    const minors = [...shape, n - 1, n - 1];
    return [scaled(sym('signs'), totals(scaled(sym('cofactors'), applied('index', minorsOf(n), DIRECTION)), minors))];
  },
  residuals: ({ operands }) => {
    const n = (operands[0] as Shape).at(-1) as number;
    return {
      inverse: inverse().inverse,
      signs: {
        data: fromValues(
          'float64',
          [n, n],
          Float64Array.from({ length: n * n }, (_, i) => checkered(i, n)),
        ),
      },
      minors: { op: 'index', of: [operand(0)], attributes: minorsOf(n) },
      cofactors: { op: 'cofactor', of: [sym('minors')], attributes: {} },
    };
  },
});

const checkered = (i: number, n: number) => ((Math.floor(i / n) + (i % n)) % 2 === 0 ? 1 : -1);

/** The index that takes every minor of n×n matrices: minor [i, j] lacks row i and column j. */
function minorsOf(n: number): { items: IndexItem[] } {
  const others = Array.from({ length: n * (n - 1) }, (_, k) => {
    const [i, j] = [Math.floor(k / (n - 1)), k % (n - 1)];
    return j < i ? j : j + 1;
  });
  const indices = (shape: Shape): IndexItem => ({
    kind: 'array',
    array: fromValues('int64', shape, Float64Array.from(others)),
  });
  return { items: [{ kind: 'ellipsis' }, indices([n, 1, n - 1, 1]), indices([1, n, 1, n - 1])] };
}

function ofRegular(shape: Shape): Term {
  const batch = stack(shape.length - 2);
  const extents = { ...extentsOf(`${batch}ij`, shape), k: shape.at(-1) as number, l: shape.at(-1) as number };
  const total = totals(scaled(RESULT, DIRECTION), shape);
  const spread = applied('contract', { inputs: [batch, `${batch}ji`], output: `${batch}ij`, extents }, total, 0, [
    sym('inverse'),
  ]);
  // C Ȧᵀ A⁻ᵀ = Σ C_ik Ȧ_lk A⁻¹_jl.
  const inner = applied(
    'contract',
    { inputs: [`${batch}ik`, `${batch}lk`], output: `${batch}il`, extents },
    DIRECTION,
    1,
    [RESULT],
  );
  const outer = applied('contract', { inputs: [`${batch}il`, `${batch}jl`], output: `${batch}ij`, extents }, inner, 0, [
    sym('inverse'),
  ]);
  return plus(spread, scaled(num(-1), outer));
}

/** log |det A|. At a singular matrix it is −∞ and has no derivative: the inverse fails, and says so. */
export const logdetRule = tensorRule<object>({
  value: ([a]) => slogdet(a as NdArray).logarithm,
  terms: ({ operands }) => [traceOfSolution(operands[0] as Shape)],
  residuals: inverse,
});

/** The sign of the determinant: constant around every regular matrix. */
export const detSignRule = tensorRule<object>({
  value: ([a]) => slogdet(a as NdArray).sign,
  terms: () => [undefined],
});

/** V̇ = −V Ȧ V. */
export const invRule = tensorRule<object>({
  value: ([a]) => inv(a as NdArray),
  terms: ({ operands }) => {
    const shape = operands[0] as Shape;
    const batch = stack(shape.length - 2);
    const extents = {
      ...extentsOf(batch, shape),
      i: shape.at(-1) as number,
      j: shape.at(-1) as number,
      k: shape.at(-1) as number,
    };
    const product = { inputs: [`${batch}ij`, `${batch}jk`], output: `${batch}ik`, extents };
    return [
      scaled(num(-1), applied('contract', product, applied('contract', product, DIRECTION, 1, [RESULT]), 0, [RESULT])),
    ];
  },
});

interface Solve {
  /** Solve with the transposed matrix. */
  readonly transposed?: boolean;
}

/**
 * A v = b, so that A v̇ = ḃ − Ȧ v. The right side is a vector, or (a stack of) matrices.
 * @param read the part of Ȧ that the solution depends on
 */
function solving<A extends Solve>(op: 'solve' | 'solve_triangular', read: (direction: Term, attributes: A) => Term) {
  return tensorRule<A>({
    value: (operands, attributes) => MULTILINEAR[op].value(operands, { ...(attributes as object) }),
    terms: ({ operands, result, attributes }) => {
      const [a, b] = operands as [Shape, Shape];
      const columns = b.length === 1 ? '' : 'k';
      const ofMatrix = stack(a.length - 2);
      const whole = stack(result.length - 1 - columns.length);
      const own = whole.slice(whole.length - ofMatrix.length);
      const matrix = [...own].filter((_, i) => a[i] !== 1 || result[whole.length - own.length + i] === 1).join('');
      const core = attributes.transposed ? 'ji' : 'ij';
      const n = a.at(-1) as number;
      const extents = {
        ...extentsOf(whole + 'i' + columns, result),
        i: n,
        j: n,
      };
      const squeezed = [...matrix].map((label) => extents[label as keyof typeof extents] as number);
      const part = read(DIRECTION, attributes);
      const direction = matrix === own ? part : applied('reshape', { shape: [...squeezed, n, n] }, part);
      const moved = applied(
        'contract',
        { inputs: [matrix + core, `${whole}j${columns}`], output: `${whole}i${columns}`, extents },
        direction,
        0,
        [RESULT],
      );
      const solved = (of: Term) => applied(op, { ...(attributes as object) }, of, 1, [operand(0)]);
      return [scaled(num(-1), solved(moved)), solved(broadcast(DIRECTION, b, result))];
    },
  });
}

export const solveRule = solving<Solve>('solve', (direction) => direction);

/** Only the triangle that is read moves the solution, and not a diagonal that is taken as ones. */
export const solveTriangularRule = solving<TriangularOptions>('solve_triangular', (direction, options) => {
  const k = options.unitDiagonal ? 1 : 0;
  return options.lower ? applied('tril', { k: -k }, direction) : applied('triu', { k }, direction);
});

interface Factor {
  /** U with A = Uᵀ U from the upper triangle of A, instead of L with A = L Lᵀ from the lower one. */
  readonly upper?: boolean;
  /** The derivative that treats A as symmetric in both triangles, as PyTorch, TensorFlow and JAX do. */
  readonly symmetric?: boolean;
}

/**
 * L̇ = L Φ(L⁻¹ Ȧ L⁻ᵀ) for a symmetric Ȧ, where Φ keeps the lower triangle and half of the diagonal (Murray 2016,
 * Differentiation of the Cholesky decomposition). Only one triangle of A is read, so Ȧ is 2 sym(Φ(Ȧ)), what that triangle
 * makes of the whole, unless the derivative is asked for by symmetric changes.
 */
export const choleskyRule = tensorRule<Factor>({
  value: ([a], { upper = false }) => {
    const matrix = a as NdArray;
    return upper ? swapAxes(cholesky(swapAxes(matrix, -1, -2)), -1, -2) : cholesky(matrix);
  },
  terms: ({ result, attributes: { upper = false, symmetric = false } }) => {
    const axes = [...result.keys()].map((i) => (i < result.length - 2 ? i : 2 * result.length - 3 - i));
    const turned = (of: Term) => applied('permute', { axes }, of);
    // Of an upper factor: the same with everything transposed.
    const facing = (of: Term) => (upper ? turned(of) : of);
    const half = (of: Term) => applied('tril', { halfDiagonal: true }, of);
    const own = facing(DIRECTION);
    const whole = applied('symmetrize', {}, symmetric ? own : half(own));
    const solved = (of: Term) => applied('solve_triangular', { lower: !upper, transposed: upper }, of, 1, [RESULT]);
    const between = half(solved(turned(solved(whole))));
    const batch = stack(result.length - 2);
    const n = result.at(-1) as number;
    const extents = { ...extentsOf(batch, result), i: n, j: n, k: n };
    const inputs = [batch + (upper ? 'ji' : 'ij'), `${batch}jk`];
    const product = applied('contract', { inputs, output: `${batch}ik`, extents }, between, 1, [RESULT]);
    // The triangle that is read stands for itself and its mirror image.
    return [facing(symmetric ? product : scaled(num(2), product))];
  },
});
