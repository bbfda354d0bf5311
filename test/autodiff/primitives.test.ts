// What the core must be able to differentiate, name by name, and that each has its tests.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as autodiff from '../../src/autodiff';
import { TENSOR_RULES, type TensorOp } from '../../src/autodiff/tensorRules';
import { isPredicate, isScalarOp, PREDICATES, RULES, SCALAR_OPS } from '../../src/symbolic/rules';
import * as tensor from '../../src/tensor';
import { TENSOR_CASES } from './support/tensorCases';
import { record } from './support/recording';

const words = (text: string) => text.trim().split(/\s+/);

/** Scalar primitives; on arrays each is lifted elementwise with broadcasting. */
const SCALAR: Readonly<Record<string, string[]>> = {
  arithmetic: words('add sub mul div neg reciprocal'),
  powers: words('pow square sqrt cbrt hypot'),
  exponentials: words('exp exp2 expm1 log log1p log2 log10 logaddexp xlogy'),
  trigonometric: words('sin cos tan sec csc cot asin acos atan asec acsc acot atan2'),
  hyperbolic: words('sinh cosh tanh sech csch coth asinh acosh atanh asech acsch acoth'),
  steps: words('abs sign floor ceil round step'),
  extrema: words('maximum minimum max_const min_const clip_low clip_high'),
  special: words('erf erfc normal_cdf gamma lgamma digamma trigamma polygamma'),
  activations: words(
    'sigmoid logsigmoid logit softplus relu leaky_relu elu selu gelu gelu_tanh silu hardtanh relu6 one_minus_square',
  ),
};

/** Tensor primitives, of any shapes and axes. */
const TENSOR: Readonly<Record<string, TensorOp[]>> = {
  reductions: ['sum', 'mean', 'prod', 'var', 'std', 'max', 'min', 'logsumexp', 'norm'],
  running: ['cumsum', 'cumprod'],
  products: ['matmul', 'dot', 'inner', 'outer', 'tensordot', 'einsum'],
  shape: [
    'transpose',
    'permute',
    'reshape',
    'broadcast',
    'concatenate',
    'stack',
    'flip',
    'roll',
    'tile',
    'repeat',
    'pad',
  ],
  // Splitting is indexing with slices.
  indexing: ['index', 'set_index', 'pick', 'where'],
  matrices: ['triu', 'tril', 'diag', 'diagonal', 'trace', 'det', 'logdet', 'det_sign', 'inv', 'solve'],
  factors: ['cholesky', 'solve_triangular', 'cofactor', 'qr_q', 'qr_r', 'pinv'],
  spectra: ['eigenvalues', 'eigenvectors', 'singular_values', 'left_vectors', 'right_vectors'],
  softmax: ['softmax', 'log_softmax', 'cross_entropy', 'binary_cross_entropy'],
  windows: ['conv', 'max_pool', 'average_pool'],
  types: ['cast'],
};

/** Groups of primitive steps. */
const LAYERS = ['layerNorm', 'batchNorm', 'dropout', 'embedding', 'attention'] as const;

describe('primitives', () => {
  it('of numbers are all there, and nothing is there that is not listed', () => {
    assert.deepEqual(Object.values(SCALAR).flat().sort(), [...SCALAR_OPS].sort());
    for (const op of Object.values(SCALAR).flat()) assert.ok(isScalarOp(op), op);
  });

  it('of arrays are all there', () => {
    const listed = Object.values(TENSOR).flat();
    for (const op of listed) assert.ok(op in TENSOR_RULES, op);
    // What is not listed is what terms are made of.
    assert.deepEqual(
      Object.keys(TENSOR_RULES).filter((op) => !listed.includes(op as TensorOp)),
      words(
        'sum_to embed clear symmetrize running_sum recurrence contract patches fold inverse_gaps close_pairs vanishing regular deficient mark first',
      ),
    );
  });

  it('comparisons and logic select, and are not differentiated', () => {
    for (const op of words('lt le gt ge eq ne and or not')) assert.ok(isPredicate(op), op);
    assert.equal(PREDICATES.length, 9);
  });

  it('argmax and argmin are data, without a rule', () => {
    assert.ok(
      !('argmax' in TENSOR_RULES) && typeof tensor.argmax === 'function' && typeof tensor.argmin === 'function',
    );
    assert.throws(() => record({ x: [1, 2] }, (r, x) => r.tensor('argmax', [x!])), autodiff.NoRuleError);
  });

  it('layers are groups of steps', () => {
    for (const name of LAYERS) assert.equal(typeof autodiff[name], 'function');
  });

  it('each have operands for the test of value, derivatives, formulas and second order', () => {
    for (const [op, cases] of Object.entries(TENSOR_CASES)) {
      const { terms } = TENSOR_RULES[op as TensorOp];
      // Marks have no derivative and no formula of their own.
      const isMark = op === 'mark' || op === 'first';
      assert.equal(cases.length > 0, !isMark, op);
      if (isMark) assert.deepEqual(terms({ operands: [[2]], result: [2], attributes: {} }), [undefined]);
    }
  });

  it('state one partial an operand', () => {
    for (const op of SCALAR_OPS) assert.equal(RULES[op].partials.length, RULES[op].arity, op);
  });
});

describe('errors of tensor primitives', () => {
  const message = (op: string, attributes: Record<string, unknown>, ...shapes: number[][]) => {
    const zeros = shapes.map((shape) => tensor.zeros(shape));
    try {
      record(Object.fromEntries(zeros.map((x, i) => [`x${i}`, x])), (r, ...rows) => r.tensor(op, rows, attributes));
    } catch (error) {
      assert.ok(error instanceof tensor.TensorError, `${op}: ${String(error)}`);
      return error.message;
    }
    return assert.fail(`${op} of ${JSON.stringify(shapes)} is no error`);
  };
  const integers = (...values: number[]) => tensor.fromNested(values, 'int64');

  it('are typed, and say the operation and the shapes', () => {
    assert.equal(message('matmul', {}, [3, 4], [5, 2]), 'matmul: [3,4] and [5,2] do not align (4 ≠ 5)');
    assert.equal(message('stack', {}, [2], [3]), 'stack: [1,2], [1,3] do not fit together (of [2] and [3])');
    const wrong: [TensorOp, Record<string, unknown>, ...number[][]][] = [
      ['dot', {}, [3], [4]],
      ['inner', {}, [2, 3], [4]],
      ['matmul', {}, [], [3]],
      ['einsum', { subscripts: 'ij,jk->ik' }, [2, 3], [4, 5]],
      ['tensordot', { axes: 1 }, [2, 3], [4, 5]],
      ['solve', {}, [3, 3], [2]],
      ['solve', {}, [2, 3], [2]],
      ['solve_triangular', {}, [3, 3], [2]],
      ['det', {}, [2, 3]],
      ['det', {}, [3]],
      ['det_sign', {}, [2, 3]],
      ['logdet', {}, [2, 3]],
      ['cofactor', {}, [2, 3]],
      ['inv', {}, [2, 3]],
      ['cholesky', {}, [2, 3]],
      ['concatenate', {}, [2, 3], [2, 4, 1]],
      ['recurrence', { axis: 0 }, [2], [3]],
      ['tril', {}, [3]],
      ['triu', {}, [3]],
      ['symmetrize', {}, [3]],
      ['diag', {}, [1, 1, 1]],
      ['trace', {}, [3]],
      ['cross_entropy', {}, [2, 3], [2, 2]],
      ['cross_entropy', { targets: integers(5) }, [1, 3]],
      ['binary_cross_entropy', {}, [2, 3], [2]],
      ['sum', { axis: 2 }, [2, 3]],
      ['mean', { axis: 5 }, [2]],
      ['norm', { axis: 2 }, [2]],
      ['max', {}, [0]],
      ['softmax', { axis: 3 }, [2]],
      ['cumsum', { axis: 4 }, [2]],
      ['cumprod', { axis: 4 }, [2]],
      ['roll', { shift: 1, axis: 3 }, [2]],
      ['reshape', { shape: [4] }, [2, 3]],
      ['broadcast', { shape: [4] }, [3]],
      ['sum_to', { shape: [4] }, [3]],
      ['transpose', { axes: [0] }, [2, 2]],
      ['pad', { width: [[1, 1]] }, [2, 2]],
      ['tile', { reps: [-1] }, [2]],
      ['repeat', { repeats: [1, 2] }, [3]],
      ['where', { condition: tensor.zeros([2]) }, [3], [3]],
      ['index', { items: [{ kind: 'integer', value: 5 }] }, [3]],
      ['set_index', { items: [{ kind: 'slice' }] }, [3], [2]],
      ['pick', { positions: integers(7) }, [3]],
      ['conv', {}, [1, 2, 5], [3, 3, 2]],
      ['max_pool', { kernel: [7] }, [1, 1, 3]],
      ['average_pool', { kernel: [2, 2] }, [3]],
    ];
    for (const [op, attributes, ...shapes] of wrong) {
      const text = message(op, attributes, ...shapes);
      assert.ok(text.startsWith(`${op}: `), text);
      for (const shape of shapes) assert.ok(text.includes(`[${shape.join(',')}]`), text);
    }
  });

  it('of elementwise steps name the primitive and both shapes', () => {
    const x = tensor.zeros([2, 3]);
    const y = tensor.zeros([4]);
    assert.throws(
      () => record({ x, y }, (r, a, b) => r.elementwise('mul', 1, a!, b!)),
      (error) => error instanceof tensor.TensorError && error.message === 'mul: [2,3] and [4] do not broadcast',
    );
  });
});
