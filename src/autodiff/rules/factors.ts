/** The factors of a QR decomposition, and pseudo-inverses, of a matrix or a stack of them. */
import { fn, num, sym, where } from '../../symbolic/expr';
import {
  diagonal,
  expandDims,
  map,
  max,
  min,
  type NdArray,
  pinv,
  qr,
  type Shape,
  svd,
  TensorError,
  zip,
} from '../../tensor';
import { type RuleContext, tensorRule } from '../tensorRule';
import { applied, DIRECTION, operand, plus, RESULT, scaled } from '../terms';
import { matrixTerms, transposedFactor } from './matrixTerms';
import { INDISTINCT } from './spectral';

/** A triangular matrix itself; all NaN where an element of its diagonal vanishes beside its largest one. */
export const regularRule = tensorRule<object>({
  value: ([r]) => {
    const array = r as NdArray;
    const size = max(map(Math.abs, array), { axis: [-2, -1], keepdims: true });
    const pivots = map(Math.abs, diagonal(array, 0, -2, -1));
    const least = expandDims(min(pivots, { axis: -1, keepdims: true }), -1);
    const mask = zip((p, most) => (p <= INDISTINCT * most ? NaN : 0), least, size, 'float64');
    return zip((x, y) => x + y, array, mask, 'float64');
  },
  terms: () => [DIRECTION],
});

/** @throws TensorError for fewer rows than columns, of which the factors are those of the first columns */
function tall(shape: Shape): { batch: Shape; m: number; n: number } {
  const [m, n] = shape.slice(-2) as [number, number];
  if (m >= n) return { batch: shape.slice(0, -2), m, n };
  throw new TensorError('unsupported', 'qr', 'only the factors of tall matrices are primitives');
}

/** Ȧ R⁻¹, and triu(C) + tril₋₁(C)ᵀ of C = Qᵀ Ȧ R⁻¹: what of it belongs to Ṙ R⁻¹ (Walter and Lehmann 2010). */
function quotients({ operands }: RuleContext<object>, q: string) {
  const { batch, m, n } = tall(operands[0] as Shape);
  const terms = matrixTerms(batch);
  const factor = { by: sym(q), rows: m, columns: n };
  const options = { lower: false, transposed: true };
  const whole = terms.turned(applied('solve_triangular', options, terms.turned(DIRECTION), 1, [sym('regular')]));
  const inside = terms.left(transposedFactor(factor), whole, n);
  const upper = plus(applied('triu', {}, inside), terms.turned(applied('tril', { k: -1 }, inside)));
  return { terms, factor, whole, upper, m, n };
}

const DEPENDENT = 'the columns are linearly dependent: the factors have no derivative';

/** Q̇ = Ȧ R⁻¹ − Q (triu(C) + tril₋₁(C)ᵀ), C = Qᵀ Ȧ R⁻¹. */
export const qrQRule = tensorRule<object>({
  value: ([a]) => (tall((a as NdArray).shape), qr(a as NdArray).q as NdArray),
  terms: (context) => {
    const { terms, factor, whole, upper, n } = quotients(context, 'v');
    return [plus(whole, scaled(num(-1), terms.left(factor, upper, n)))];
  },
  residuals: () => ({
    r: { op: 'qr_r', of: [operand(0)], attributes: {} },
    regular: { op: 'regular', of: [sym('r')], attributes: {} },
  }),
  kink: () => fn('ne', sym('regular'), sym('r')),
  kinkText: DEPENDENT,
});

/** Ṙ = (triu(C) + tril₋₁(C)ᵀ) R, C = Qᵀ Ȧ R⁻¹. */
export const qrRRule = tensorRule<object>({
  value: ([a]) => (tall((a as NdArray).shape), qr(a as NdArray, 'r').r),
  terms: (context) => {
    const { terms, upper, n } = quotients(context, 'q');
    return [terms.right(upper, { by: RESULT, rows: n, columns: n }, n)];
  },
  residuals: () => ({
    q: { op: 'qr_q', of: [operand(0)], attributes: {} },
    regular: { op: 'regular', of: [RESULT], attributes: {} },
  }),
  kink: () => fn('ne', sym('regular'), RESULT),
  kinkText: DEPENDENT,
});

interface Cutoff {
  /** Singular values below this, relative to the largest, count as zero. */
  readonly rcond?: number;
}

/** 1 for a matrix some of whose singular values are cut off, or vanish beside the largest, else 0: [..., m, n] → [..., 1, 1]. */
export const deficientRule = tensorRule<Cutoff>({
  value: ([a], { rcond = 0 }) => {
    const { s } = svd(a as NdArray, false);
    const over = { axis: -1, keepdims: true };
    const bound = Math.max(INDISTINCT, rcond);
    return expandDims(
      zip((least, most) => Number(least <= bound * most), min(s, over), max(s, over), 'float64'),
      -1,
    );
  },
  terms: () => [undefined],
});

const deficient = ({ rcond }: Cutoff) => ({ op: 'deficient', of: [operand(0)], attributes: { rcond } });

const DEFICIENT = 'the rank is not full: there is no derivative';

/**
 * Of full rank: v̇ = −v Ȧ v + v vᵀ Ȧᵀ (1 − A v) + (1 − v A) Ȧᵀ vᵀ v (Golub and Pereyra 1973), where one of the last two is
 * 0: A v = 1 for independent rows, v A = 1 for independent columns.
 */
export const pinvRule = tensorRule<Cutoff>({
  value: ([a], { rcond }) => pinv(a as NdArray, rcond),
  terms: ({ operands }) => {
    const [m, n] = (operands[0] as Shape).slice(-2) as [number, number];
    const terms = matrixTerms((operands[0] as Shape).slice(0, -2));
    // Where the rank is not full there is no derivative, by no element.
    const inverse = { by: where(sym('deficient'), num(NaN), RESULT), rows: n, columns: m };
    const matrix = { by: operand(0), rows: m, columns: n };
    const turned = terms.turned(DIRECTION);
    const both = scaled(num(-1), terms.right(terms.left(inverse, DIRECTION, n), inverse, n));
    if (m === n) return [both];
    if (m > n) {
      const outer = terms.left(inverse, terms.left(transposedFactor(inverse), turned, m), m);
      return [plus(both, outer, scaled(num(-1), terms.right(terms.right(outer, matrix, n), inverse, n)))];
    }
    const outer = terms.right(terms.right(turned, transposedFactor(inverse), n), inverse, n);
    return [plus(both, outer, scaled(num(-1), terms.left(inverse, terms.left(matrix, outer, m), m)))];
  },
  residuals: ({ attributes }) => ({ deficient: deficient(attributes) }),
  kink: () => sym('deficient'),
  kinkText: DEFICIENT,
});
