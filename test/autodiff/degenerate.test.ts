/** Decompositions where they have no derivative: never a wrong number, and the reader is told. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { adjoints, tangents } from '../../src/autodiff';
import { standsOnKink } from '../../src/autodiff/kinks';
import { TENSOR_RULES, type TensorOp } from '../../src/autodiff/tensorRules';
import { fromNested, type NdArray } from '../../src/tensor';
import { sweepArray } from './support/checkRule';
import { record } from './support/recording';

type Rows = number[][];

/** The gradient of the sum of the result's elements, each weighted; and whether the step stands on a kink. */
function pulled(op: TensorOp, a: Rows, weights: readonly number[] | Rows, attributes = {}) {
  const { trace, rows } = record({ a }, (r, row) => r.tensor(op, [row!], attributes));
  const { tape, output, notes } = trace;
  const sweep = adjoints(tape, new Map([[output, fromNested(weights as Rows)]]));
  const gradient = [...sweepArray(tape, sweep, rows[0]!).elements()];
  return { gradient, onKink: standsOnKink(tape, output), notes: notes.map(({ text }) => text) };
}

function pushed(op: TensorOp, a: Rows, direction: Rows): readonly number[] {
  const { trace, rows } = record({ a }, (r, row) => r.tensor(op, [row!], {}));
  const sweep = tangents(trace.tape, new Map([[rows[0]!, fromNested(direction) as NdArray]]));
  return [...sweepArray(trace.tape, sweep, trace.output).elements()];
}

const near = (a: readonly number[], b: readonly number[]) =>
  assert.ok(
    a.length === b.length && a.every((x, i) => Math.abs(x - b[i]!) <= 1e-13),
    `${a.join(' ')} instead of ${b.join(' ')}`,
  );

const TWICE: Rows = [
  [2, 0, 0],
  [0, 2, 0],
  [0, 0, 5],
];
/** Orthogonal: all singular values are 1. */
const TURN: Rows = [
  [0.6, -0.8],
  [0.8, 0.6],
];
const RANK_ONE: Rows = [
  [1, 2],
  [2, 4],
  [3, 6],
];

describe('decompositions where they have no derivative', () => {
  it('a repeated eigenvalue: sums over it have one, what would part it is not a number', () => {
    const together = pulled('eigenvalues', TWICE, [3, 3, 7]);
    near(together.gradient, [3, 0, 0, 0, 3, 0, 0, 0, 7]);
    assert.ok(together.onKink);
    assert.match(together.notes.join(), /coincide/);
    const apart = pulled('eigenvalues', TWICE, [1, 0, 0]);
    assert.ok(Number.isNaN(apart.gradient[3]));
    // A direction that does not part it is fine.
    near(
      pushed('eigenvalues', TWICE, [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 0],
      ]),
      [1, 1, 0],
    );
    assert.ok(
      pushed('eigenvalues', TWICE, [
        [0, 0, 0],
        [1, 0, 0],
        [0, 0, 0],
      ])
        .slice(0, 2)
        .every(Number.isNaN),
    );
  });

  it('eigenvectors of a repeated value, and of one that is nearly so', () => {
    const ones: Rows = [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 10],
    ];
    assert.ok(pulled('eigenvectors', TWICE, ones).gradient.some(Number.isNaN));
    const nearly = TWICE.map((row, i) => row.map((x, j) => (i === 0 && j === 0 ? x + 1e-12 : x)));
    assert.ok(pulled('eigenvectors', nearly, ones).gradient.some(Number.isNaN));
    const clear = TWICE.map((row, i) => row.map((x, j) => (i === 0 && j === 0 ? x + 1e-3 : x)));
    assert.ok(pulled('eigenvectors', clear, ones).gradient.every(Number.isFinite));
  });

  it('singular values: the nuclear norm of an orthogonal matrix has a derivative, a single value has none', () => {
    near(pulled('singular_values', TURN, [1, 1]).gradient, TURN.flat());
    assert.ok(pulled('singular_values', TURN, [1, 0]).gradient.some(Number.isNaN));
    const zero = pulled('singular_values', RANK_ONE, [0, 1]);
    assert.ok(zero.gradient.every(Number.isNaN));
    assert.ok(zero.onKink);
    // The other value of that matrix has one.
    const u = [1, 2, 3].map((x) => x / Math.sqrt(14));
    const v = [1, 2].map((x) => x / Math.sqrt(5));
    near(
      pulled('singular_values', RANK_ONE, [1, 0]).gradient,
      u.flatMap((x) => v.map((y) => x * y)),
    );
  });

  it('singular vectors of coinciding values', () => {
    const weights: Rows = [
      [1, 2],
      [3, 5],
    ];
    assert.ok(pulled('left_vectors', TURN, weights).gradient.some(Number.isNaN));
    assert.ok(pulled('right_vectors', TURN, weights).gradient.some(Number.isNaN));
  });

  it('factors of dependent columns, and the pseudo-inverse of a matrix whose rank is not full', () => {
    const weights: Rows = [
      [1, 2],
      [3, 4],
      [5, 7],
    ];
    for (const { gradient, onKink, notes } of [
      pulled('qr_q', RANK_ONE, weights),
      pulled('qr_r', RANK_ONE, weights.slice(0, 2)),
      pulled('pinv', RANK_ONE, [
        [1, 2, 3],
        [4, 5, 7],
      ]),
    ]) {
      assert.ok(gradient.every(Number.isNaN), gradient.join());
      assert.ok(onKink);
      assert.match(notes.join(), /no derivative/);
    }
  });

  it('a cutoff that drops singular values', () => {
    const a: Rows = [
      [1, 0],
      [0, 0.01],
    ];
    const ones: Rows = [
      [1, 1],
      [1, 1],
    ];
    assert.ok(pulled('pinv', a, ones, { rcond: 0.1 }).gradient.every(Number.isNaN));
    assert.ok(pulled('pinv', a, ones, { rcond: 1e-3 }).gradient.every(Number.isFinite));
  });

  it('every step with vectors says that their sign is arbitrary', () => {
    const regular: Rows = [
      [3, 1],
      [1, 1],
    ];
    for (const op of ['eigenvectors', 'left_vectors', 'right_vectors'] as const) {
      assert.ok(TENSOR_RULES[op].note);
      const { trace } = record({ a: regular }, (r, row) => r.tensor(op, [row!], {}));
      assert.deepEqual(
        trace.notes.map(({ text }) => text),
        [TENSOR_RULES[op].note],
      );
    }
  });
});
