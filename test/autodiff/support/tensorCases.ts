/** Operands and attributes of every tensor primitive, for the tests that must hold for all of them. */
import type { TensorOp } from '../../../src/autodiff/tensorRules';
import { fromNested, fromValues, type IndexItem, type NdArray, type Shape } from '../../../src/tensor';

export interface TensorCase {
  readonly shapes: readonly Shape[];
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly low?: number;
  readonly high?: number;
  readonly fixed?: readonly number[];
  readonly firstOrderOnly?: boolean;
}

const slice = (start?: number, stop?: number, step?: number): IndexItem => ({ kind: 'slice', start, stop, step });
const integer = (value: number): IndexItem => ({ kind: 'integer', value });
const integers = (values: number[] | number[][]): IndexItem => ({ kind: 'array', array: fromNested(values, 'int64') });
const mask = (values: boolean[]): IndexItem => ({ kind: 'array', array: fromNested(values, 'bool') });
const ints = (shape: Shape, values: number[]): NdArray => fromValues('int64', shape, Float64Array.from(values));

const reductions: TensorCase[] = [
  { shapes: [[3, 4]] },
  { shapes: [[3, 4]], attributes: { axis: 0 } },
  { shapes: [[3, 4]], attributes: { axis: -1, keepdims: true } },
  { shapes: [[2, 3, 4]], attributes: { axis: [0, 2] } },
  { shapes: [[5]] },
  { shapes: [[1, 4]], attributes: { axis: 0 } },
];

export const TENSOR_CASES: Record<TensorOp, TensorCase[]> = {
  broadcast: [
    { shapes: [[3, 1]], attributes: { shape: [2, 3, 4] } },
    { shapes: [[]], attributes: { shape: [3] } },
  ],
  sum_to: [
    { shapes: [[2, 3, 4]], attributes: { shape: [3, 1] } },
    { shapes: [[3]], attributes: { shape: [] } },
  ],
  reshape: [
    { shapes: [[3, 4]], attributes: { shape: [2, -1] } },
    { shapes: [[1]], attributes: { shape: [] } },
  ],
  permute: [
    { shapes: [[2, 3, 4]], attributes: { axes: [2, 0, 1] } },
    { shapes: [[3, 3]], attributes: { axes: [0, 1] } },
  ],
  transpose: [{ shapes: [[3, 4]] }, { shapes: [[2, 3, 4]], attributes: { axes: [1, 2, 0] } }, { shapes: [[3]] }],
  index: [
    { shapes: [[4, 5]], attributes: { items: [slice(3, undefined, -2), integer(1)] } },
    { shapes: [[4]], attributes: { items: [integer(-1)] } },
    { shapes: [[4, 3]], attributes: { items: [integers([0, 2, 2, -1])] } },
    { shapes: [[4, 3]], attributes: { items: [integers([0, 2, 2]), integers([1, 1, 1])] } },
    { shapes: [[4, 3]], attributes: { items: [mask([true, false, true, true])] } },
    { shapes: [[4, 3]], attributes: { items: [{ kind: 'newaxis' }, { kind: 'ellipsis' }, slice(1)] } },
    {
      shapes: [[4, 3, 2]],
      attributes: {
        items: [
          integers([
            [0, 1],
            [3, 0],
          ]),
          slice(),
          integer(1),
        ],
      },
    },
  ],
  embed: [
    { shapes: [[2]], attributes: { items: [slice(1, 5, 2)], shape: [6] } },
    { shapes: [[3]], attributes: { items: [integers([1, 1, 0])], shape: [4] } },
  ],
  clear: [{ shapes: [[4, 3]], attributes: { items: [slice(1, 3), integer(0)] } }],
  set_index: [
    { shapes: [[4, 3], [3]], attributes: { items: [integer(1)] } },
    { shapes: [[4, 3], []], attributes: { items: [slice(0, 2)] } },
    {
      shapes: [
        [4, 3],
        [1, 2, 3],
      ],
      attributes: { items: [slice(1, 3)] },
    },
    { shapes: [[4], [2]], attributes: { items: [integers([3, 1])] } },
    // Written twice to one place: the last one stays.
    { shapes: [[4], [3]], attributes: { items: [integers([3, 1, 3])] } },
    { shapes: [[4], []], attributes: { items: [integers([0, 0])] } },
  ],
  running_sum: [
    { shapes: [[3, 4]], attributes: { axis: 1, reverse: false } },
    { shapes: [[3, 4]], attributes: { axis: 0, reverse: true } },
  ],
  symmetrize: [{ shapes: [[3, 3]] }, { shapes: [[2, 2, 2]] }, { shapes: [[3, 3]], attributes: { negative: true } }],
  recurrence: [false, true].flatMap((reverse) =>
    [false, true].map((lagged) => ({
      shapes: [
        [3, 4],
        [3, 4],
      ],
      attributes: { axis: reverse ? 0 : 1, reverse, lagged },
    })),
  ),
  cumprod: [
    { shapes: [[3, 4]] },
    { shapes: [[3, 4]], attributes: { axis: -1 } },
    { shapes: [[3, 4]], attributes: { axis: 0, exclusive: true } },
    { shapes: [[3, 4]], attributes: { axis: 1, reverse: true } },
    { shapes: [[4]], attributes: { exclusive: true, reverse: true } },
    { shapes: [[1, 3]], attributes: { axis: 0 } },
  ],
  cumsum: [{ shapes: [[3, 4]] }, { shapes: [[3, 4]], attributes: { axis: -1 } }],
  contract: [
    {
      shapes: [
        [2, 3],
        [3, 4],
      ],
      attributes: { inputs: ['ij', 'jk'], output: 'ki', extents: { i: 2, j: 3, k: 4 } },
    },
    { shapes: [[3]], attributes: { inputs: ['i'], output: 'ii', extents: { i: 3 } } },
    { shapes: [[3]], attributes: { inputs: ['i'], output: 'ji', extents: { i: 3, j: 2 } } },
  ],
  patches: [
    { shapes: [[2, 5]], attributes: { kernel: [3], stride: [2], dilation: [1], padding: [[1, 1]] } },
    {
      shapes: [[4, 5]],
      attributes: {
        kernel: [2, 2],
        stride: [1, 2],
        dilation: [1, 2],
        padding: [
          [0, 1],
          [1, 0],
        ],
      },
    },
  ],
  fold: [
    { shapes: [[2, 3, 3]], attributes: { kernel: [3], stride: [2], dilation: [1], padding: [[1, 1]], shape: [2, 5] } },
  ],
  flip: [{ shapes: [[3, 4]] }, { shapes: [[3, 4]], attributes: { axis: 1 } }],
  roll: [
    { shapes: [[3, 4]], attributes: { shift: -1, axis: 1 } },
    { shapes: [[3, 4]], attributes: { shift: 5 } },
  ],
  tile: [
    { shapes: [[3]], attributes: { reps: [2, 2] } },
    { shapes: [[2, 3]], attributes: { reps: [2] } },
  ],
  repeat: [
    { shapes: [[2, 3]], attributes: { repeats: 2, axis: 0 } },
    { shapes: [[3]], attributes: { repeats: [1, 0, 2] } },
  ],
  pick: [{ shapes: [[2, 3]], attributes: { positions: ints([2, 2], [5, 0, 0, 3]) } }],
  tril: [
    { shapes: [[3, 4]] },
    { shapes: [[2, 3, 3]], attributes: { k: -1 } },
    { shapes: [[3, 3]], attributes: { halfDiagonal: true } },
  ],
  triu: [{ shapes: [[3, 4]], attributes: { k: 1 } }],
  diag: [{ shapes: [[3]], attributes: { k: -1 } }, { shapes: [[3, 4]], attributes: { k: 1 } }, { shapes: [[3]] }],
  diagonal: [
    { shapes: [[3, 4]], attributes: { offset: 1 } },
    { shapes: [[2, 3, 3]], attributes: { axis1: 1, axis2: 2 } },
  ],
  trace: [{ shapes: [[3, 3]] }, { shapes: [[3, 4]], attributes: { offset: -1 } }],
  pad: [
    {
      shapes: [[2, 3]],
      attributes: {
        width: [
          [1, 0],
          [0, 2],
        ],
        value: 3,
      },
    },
  ],
  concatenate: [
    {
      shapes: [
        [2, 3],
        [1, 3],
        [2, 3],
      ],
    },
    {
      shapes: [
        [2, 1],
        [2, 2],
      ],
      attributes: { axis: -1 },
    },
  ],
  stack: [{ shapes: [[3], [3]], attributes: { axis: -1 } }, { shapes: [[], [], []] }],
  where: [
    { shapes: [[3], []], attributes: { condition: fromNested([true, false, true]) } },
    { shapes: [[3, 1], [4]], attributes: { condition: fromNested([true, false, false, true]) } },
  ],
  sum: reductions,
  mean: reductions,
  var: [...reductions, { shapes: [[5]], attributes: { ddof: 1 } }],
  std: [
    ...reductions.filter(({ shapes }) => shapes[0]?.[0] !== 1),
    { shapes: [[3, 4]], attributes: { ddof: 1, axis: 1 } },
  ],
  prod: reductions,
  max: [...reductions, { shapes: [[3, 4]], attributes: { axis: 1, ties: 'first' } }],
  min: reductions,
  logsumexp: reductions,
  norm: [
    ...reductions,
    { shapes: [[3, 4]], attributes: { ord: 1, axis: 1 } },
    { shapes: [[3, 4]], attributes: { ord: 3 } },
    { shapes: [[3, 4]], attributes: { ord: 0, axis: 0 } },
    { shapes: [[4]], attributes: { ord: 0.5 } },
    { shapes: [[4]], attributes: { ord: -2 } },
    { shapes: [[3, 4]], attributes: { ord: Infinity, axis: 0 } },
    { shapes: [[3, 4]], attributes: { ord: -Infinity } },
  ],
  matmul: [
    {
      shapes: [
        [2, 3],
        [3, 4],
      ],
    },
    { shapes: [[3], [3]] },
    { shapes: [[2, 3], [3]] },
    { shapes: [[3], [3, 2]] },
    {
      shapes: [
        [2, 2, 3],
        [3, 4],
      ],
    },
    { shapes: [[3], [2, 3, 4]] },
    {
      shapes: [
        [2, 1, 2, 3],
        [4, 3, 2],
      ],
    },
    {
      shapes: [
        [1, 1],
        [1, 1],
      ],
    },
  ],
  dot: [
    {
      shapes: [
        [2, 3],
        [3, 4],
      ],
    },
    {
      shapes: [
        [2, 2, 3],
        [2, 3, 4],
      ],
    },
    { shapes: [[], [3]] },
    { shapes: [[4], [4]] },
  ],
  inner: [
    {
      shapes: [
        [2, 3],
        [4, 3],
      ],
    },
    { shapes: [[3], [3]] },
  ],
  outer: [{ shapes: [[2], [3]] }, { shapes: [[2, 2], []] }],
  tensordot: [
    {
      shapes: [
        [2, 3, 4],
        [3, 4, 2],
      ],
    },
    {
      shapes: [
        [2, 3],
        [4, 2],
      ],
      attributes: { axes: [[0], [1]] },
    },
    { shapes: [[2], [3]], attributes: { axes: 0 } },
  ],
  einsum: [
    {
      shapes: [
        [1, 3],
        [1, 3],
      ],
      attributes: { subscripts: 'ij,ji->j' },
    },
    {
      shapes: [
        [2, 1],
        [2, 1],
      ],
      attributes: { subscripts: 'ij,ji->j' },
    },
    {
      shapes: [
        [2, 3],
        [3, 4],
      ],
      attributes: { subscripts: 'ij,jk->ik' },
    },
    { shapes: [[2, 3], [4, 3], [4]], attributes: { subscripts: 'ij,kj,k->i' } },
    { shapes: [[], [3], []], attributes: { subscripts: ',i,->' } },
    { shapes: [[3, 3]], attributes: { subscripts: 'ii' } },
    { shapes: [[3, 3]], attributes: { subscripts: 'ii->i' } },
    { shapes: [[2, 3]], attributes: { subscripts: 'ij->j' } },
    {
      shapes: [
        [2, 3, 4],
        [4, 2],
      ],
      attributes: { subscripts: '...j,jk->...k' },
    },
    {
      shapes: [
        [2, 3],
        [2, 3],
      ],
      attributes: { subscripts: 'ij,ij' },
    },
    {
      shapes: [
        [1, 3],
        [2, 3],
      ],
      attributes: { subscripts: 'ij,ij->ij' },
    },
  ],
  softmax: [{ shapes: [[3, 4]] }, { shapes: [[3, 4]], attributes: { axis: 0 } }, { shapes: [[4]] }],
  log_softmax: [{ shapes: [[3, 4]] }, { shapes: [[2, 3, 4]], attributes: { axis: 1 } }],
  cross_entropy: [
    { shapes: [[3, 4]], attributes: { targets: ints([3], [1, 3, 0]) } },
    {
      shapes: [
        [3, 4],
        [3, 4],
      ],
      attributes: { reduction: 'sum' },
    },
    { shapes: [[2, 3, 2]], attributes: { axis: 1, targets: ints([2, 2], [1, 2, 0, 1]), reduction: 'none' } },
  ],
  binary_cross_entropy: [{ shapes: [[3, 4], [4]] }],
  det: [{ shapes: [[3, 3]] }, { shapes: [[2, 2, 2]] }],
  det_sign: [{ shapes: [[3, 3]] }],
  cofactor: [
    { shapes: [[1, 1]] },
    { shapes: [[2, 2]] },
    { shapes: [[2, 3, 3]] },
    { shapes: [[4, 4]] },
    { shapes: [[17, 17]] },
  ],
  cholesky: [
    { shapes: [[3, 3]] },
    { shapes: [[2, 2, 2]] },
    { shapes: [[3, 3]], attributes: { upper: true } },
    { shapes: [[2, 3, 3]], attributes: { upper: true } },
  ],
  solve_triangular: [
    { shapes: [[3, 3], [3]] },
    { shapes: [[3, 3], [3]], attributes: { lower: true } },
    {
      shapes: [
        [3, 3],
        [3, 2],
      ],
      attributes: { lower: true, transposed: true },
    },
    {
      shapes: [
        [3, 3],
        [3, 2],
      ],
      attributes: { transposed: true, unitDiagonal: true },
    },
    {
      shapes: [
        [2, 1, 2, 2],
        [3, 2, 2],
      ],
      attributes: { lower: true, unitDiagonal: true },
    },
  ],
  logdet: [{ shapes: [[3, 3]] }, { shapes: [[2, 1, 2, 2]] }],
  inv: [{ shapes: [[3, 3]] }, { shapes: [[2, 2, 2]] }],
  solve: [
    { shapes: [[3, 3], [3]] },
    {
      shapes: [
        [3, 3],
        [3, 2],
      ],
    },
    {
      shapes: [
        [3, 3],
        [3, 2],
      ],
      attributes: { transposed: true },
    },
    {
      shapes: [
        [2, 1, 2, 2],
        [3, 2, 2],
      ],
    },
  ],
  conv: [
    {
      shapes: [
        [2, 3, 5],
        [4, 3, 2],
      ],
    },
    {
      shapes: [
        [1, 4, 6],
        [2, 2, 3],
      ],
      attributes: { groups: 2, padding: 1, stride: 2 },
    },
    {
      shapes: [
        [2, 2, 4, 5],
        [3, 2, 2, 3],
      ],
      attributes: { padding: [1, 0], dilation: [1, 2] },
    },
    {
      shapes: [
        [1, 2, 4, 4],
        [2, 1, 3, 3],
      ],
      attributes: { groups: 2, padding: 1 },
    },
  ],
  max_pool: [
    { shapes: [[1, 2, 6]], attributes: { kernel: [2] } },
    { shapes: [[1, 1, 4, 5]], attributes: { kernel: [2, 3], stride: 1, padding: 1, ties: 'first' } },
  ],
  average_pool: [
    { shapes: [[1, 2, 6]], attributes: { kernel: [3], padding: 1 } },
    { shapes: [[1, 1, 4, 4]], attributes: { kernel: [2, 2], padding: [1, 1], countPadding: false } },
  ],
  cast: [{ shapes: [[3]], attributes: { dtype: 'float64' } }],
  eigenvalues: [{ shapes: [[3, 3]] }, { shapes: [[2, 4, 4]] }, { shapes: [[3, 3]], attributes: { upper: true } }],
  eigenvectors: [{ shapes: [[3, 3]] }, { shapes: [[2, 2, 2]] }, { shapes: [[3, 3]], attributes: { upper: true } }],
  singular_values: [{ shapes: [[3, 3]] }, { shapes: [[4, 2]] }, { shapes: [[2, 2, 3]] }],
  left_vectors: [{ shapes: [[3, 3]] }, { shapes: [[4, 2]] }, { shapes: [[2, 2, 3]] }],
  right_vectors: [{ shapes: [[3, 3]] }, { shapes: [[4, 2]] }, { shapes: [[2, 2, 3]] }],
  inverse_gaps: [
    { shapes: [[3]] },
    { shapes: [[2, 4]] },
    { shapes: [[3]], attributes: { squares: true } },
    { shapes: [[2, 2]], attributes: { squares: true } },
  ],
  close_pairs: [{ shapes: [[3]] }],
  vanishing: [{ shapes: [[3]] }],
  qr_q: [{ shapes: [[3, 3]] }, { shapes: [[4, 2]] }, { shapes: [[2, 3, 2]] }],
  qr_r: [{ shapes: [[3, 3]] }, { shapes: [[4, 2]] }, { shapes: [[2, 3, 2]] }],
  regular: [{ shapes: [[3, 3]] }],
  pinv: [{ shapes: [[3, 3]] }, { shapes: [[4, 2]] }, { shapes: [[2, 2, 3]] }],
  deficient: [{ shapes: [[4, 2]] }],
  mark: [],
  first: [],
};
