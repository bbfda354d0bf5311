import fc from 'fast-check';
import { describe, it } from 'mocha';
import { adjoints } from '../../src/autodiff';
import { TENSOR_RULES, type TensorOp } from '../../src/autodiff/tensorRules';
import assert from 'node:assert/strict';
import { fromNested, fromValues, type NdArray, type Shape, sizeOf } from '../../src/tensor';
import { checkRule, sweepArray } from './support/checkRule';
import { random, randomArray, record } from './support/recording';
import { TENSOR_CASES } from './support/tensorCases';

/** What is checked at regular matrices: without them, or at least without its differences, it is not defined. */
const REGULAR: ReadonlySet<string> = new Set([
  'det',
  'det_sign',
  'logdet',
  'cofactor',
  'inv',
  'solve',
  'solve_triangular',
  'cholesky',
  'regular',
] satisfies TensorOp[]);

/** What has no derivative where eigenvalues, or singular values, meet: its operands get diagonals that keep them apart. */
const SPECTRAL: ReadonlySet<string> = new Set([
  'eigenvalues',
  'eigenvectors',
  'singular_values',
  'left_vectors',
  'right_vectors',
  'qr_q',
  'qr_r',
  'pinv',
  'deficient',
] satisfies TensorOp[]);

/** What has kinks where elements tie: its differences need elements that are well apart. */
const TIES: ReadonlySet<string> = new Set(['max', 'min', 'norm', 'max_pool', 'inverse_gaps'] satisfies TensorOp[]);

/** Random places on a grid, each taken once. */
function spreadArray(shape: Shape, next: () => number, low: number, high: number): NdArray {
  const size = sizeOf(shape);
  const order = Array.from({ length: size }, (_, i) => ({ i, key: next() })).sort((a, b) => a.key - b.key);
  const step = (high - low) / Math.max(1, size);
  const values = Float64Array.from(order, ({ i }) => low + step * (i + 0.2 * next()));
  return fromValues('float64', shape, values);
}

/** Adds `by(k)` to the k-th diagonal element of every matrix. */
function strengthenDiagonal(a: NdArray, by: (k: number) => number): void {
  const [m, n] = a.shape.slice(-2) as [number, number];
  for (let i = 0; i < a.size; i++) {
    const inMatrix = i % (m * n);
    const row = Math.floor(inMatrix / n);
    if (row === inMatrix % n) a.data[i]! += by(row);
  }
}

describe('tensor rules: value, tangent, adjoint, formulas, second order', () => {
  for (const [op, cases] of Object.entries(TENSOR_CASES)) {
    cases.forEach(({ shapes, attributes = {}, low = 0.2, high = 1.7, fixed = [], firstOrderOnly = false }, i) => {
      it(`${op} ${shapes.map((s) => `[${s.join(',')}]`).join(' ')}${i ? ` (${i + 1})` : ''}`, () => {
        fc.assert(
          fc.property(fc.nat(), fc.constantFrom(1, -1), (seed, sign) => {
            const next = random(seed);
            const inputs = shapes.map((shape) => {
              const [from, to] = [sign * low, sign * high];
              return TIES.has(op) ? spreadArray(shape, next, from, to) : randomArray(shape, next, from, to);
            });
            // Far from singular.
            if (REGULAR.has(op)) strengthenDiagonal(inputs[0]!, () => (op === 'cholesky' ? 5 : 3 * sign));
            if (SPECTRAL.has(op)) strengthenDiagonal(inputs[0]!, (k) => 4 * sign * (k + 1));
            checkRule({
              inputs,
              fixed,
              firstOrderOnly,
              scale: 0.01,
              seed,
              body: (recorder, rows) => recorder.tensor(op, rows, attributes),
            });
          }),
          // Of large matrices one will do: the second derivative of their cofactors takes a while.
          { numRuns: shapes.some((shape) => (shape.at(-1) ?? 0) > 10) ? 1 : 4 },
        );
      });
    });
  }

  it('covers every primitive', () => {
    assert.deepEqual(Object.keys(TENSOR_CASES).sort(), Object.keys(TENSOR_RULES).sort());
  });
});

describe('tensor rules where quotients are undefined: zeros in products, singular matrices', () => {
  const points: [TensorOp, string, NdArray, Readonly<Record<string, unknown>>?][] = [
    ['prod', 'one zero', fromNested([2, 0, 3])],
    ['prod', 'two zeros', fromNested([2, 0, 3, 0])],
    ['prod', 'three zeros', fromNested([0, 0, 0, 2])],
    [
      'prod',
      'zeros over two axes',
      fromNested([
        [1, 2, 0],
        [4, 0, 3],
      ]),
    ],
    [
      'prod',
      'a zero in one row',
      fromNested([
        [1, 2, 0],
        [4, 5, 3],
      ]),
      { axis: 1 },
    ],
    ['cumprod', 'one zero', fromNested([2, 0, 3, 4])],
    ['cumprod', 'two zeros, backwards', fromNested([2, 0, 3, 0, 5]), { reverse: true, exclusive: true }],
    [
      'det',
      'rank one less',
      fromNested([
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ]),
    ],
    [
      'det',
      'rank two less',
      fromNested([
        [1, 2, 3],
        [2, 4, 6],
        [3, 6, 9],
      ]),
    ],
    [
      'det',
      'zero',
      fromNested([
        [0, 0],
        [0, 0],
      ]),
    ],
    [
      'det',
      'a row of zeros in 5×5',
      fromValues(
        'float64',
        [5, 5],
        Float64Array.from({ length: 25 }, (_, i) => (i < 5 ? 0 : Math.sin(i))),
      ),
    ],
  ];
  for (const [op, name, x, attributes = {}] of points) {
    it(`${op}: ${name}`, () => {
      checkRule({ inputs: [x], body: (recorder, rows) => recorder.tensor(op, rows, attributes) });
    });
  }

  const gradientOf = (op: TensorOp, x: NdArray, attributes = {}) => {
    const { trace, rows } = record({ x: x.toNested() as number[] }, (r, row) => r.tensor(op, [row!], attributes));
    return sweepArray(trace.tape, adjoints(trace.tape, trace.output), rows[0]!).toNested();
  };

  it('gives exact numbers', () => {
    assert.deepEqual(gradientOf('prod', fromNested([2, 0, 3])), [0, 6, 0]);
    assert.deepEqual(gradientOf('prod', fromNested([0, 0, 3])), [0, 0, 0]);
    const singular = fromNested([
      [1, 2],
      [2, 4],
    ]);
    assert.deepEqual(gradientOf('det', singular), [
      [4, -2],
      [-2, 1],
    ]);
  });

  it('neither over- nor underflows where the derivative does not', () => {
    assert.deepEqual(gradientOf('prod', fromNested([1e-200, 1e-200])), [1e-200, 1e-200]);
    assert.deepEqual(gradientOf('prod', fromNested([1e200, 1e200])), [1e200, 1e200]);
  });

  it('says which matrix has no log-determinant to differentiate', () => {
    const singular = fromNested([
      [1, 2],
      [2, 4],
    ]);
    assert.throws(() => gradientOf('logdet', singular), /[Ss]ingular/);
  });
});
