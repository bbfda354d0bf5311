/** Determinant, inverse and solution of linear systems, of a matrix or a stack of matrices. */
import { num, sym } from '../../symbolic/expr';
import { det, inv, type NdArray, type Shape, slogdet } from '../../tensor';
import { MULTILINEAR } from '../multilinear';
import { tensorRule } from '../tensorRule';
import { applied, broadcast, DIRECTION, operand, RESULT, scaled, type Term } from '../terms';

/** Labels of the leading axes of a stack, by digits: letters name the axes of the matrices. */
const stack = (count: number) => '0123456789'.slice(0, count);

function extentsOf(labels: string, shape: Shape): Record<string, number> {
  return Object.fromEntries([...labels].map((label, i) => [label, shape[i] as number]));
}

/** Σ (A⁻¹)ᵀ ⊙ Ȧ = tr(A⁻¹ Ȧ) of each matrix. */
function traceOfSolution(shape: Shape): Term {
  const batch = stack(shape.length - 2);
  const labels = { inputs: [`${batch}ij`, `${batch}ji`], output: batch, extents: extentsOf(`${batch}ij`, shape) };
  return applied('contract', labels, DIRECTION, 1, [sym('inverse')]);
}

const inverse = () => ({ inverse: { op: 'inv', of: [operand(0)], attributes: {} } });

/** v̇ = v tr(A⁻¹ Ȧ). At a singular matrix there is no derivative from this rule: the inverse fails, and says so. */
export const detRule = tensorRule<object>({
  value: ([a]) => det(a as NdArray),
  terms: ({ operands }) => [scaled(RESULT, traceOfSolution(operands[0] as Shape))],
  residuals: inverse,
});

/** log |det A|. */
export const logdetRule = tensorRule<object>({
  value: ([a]) => slogdet(a as NdArray).logarithm,
  terms: ({ operands }) => [traceOfSolution(operands[0] as Shape)],
  residuals: inverse,
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

/** A v = b, so that A v̇ = ḃ − Ȧ v. The right side is a vector, or (a stack of) matrices. */
export const solveRule = tensorRule<Solve>({
  value: (operands, { transposed = false }) => MULTILINEAR.solve.value(operands, { transposed }),
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
    const direction = matrix === own ? DIRECTION : applied('reshape', { shape: [...squeezed, n, n] }, DIRECTION);
    const moved = applied(
      'contract',
      { inputs: [matrix + core, `${whole}j${columns}`], output: `${whole}i${columns}`, extents },
      direction,
      0,
      [RESULT],
    );
    const { transposed = false } = attributes;
    const solved = (of: Term) => applied('solve', { transposed }, of, 1, [operand(0)]);
    return [scaled(num(-1), solved(moved)), solved(broadcast(DIRECTION, b, result))];
  },
});
