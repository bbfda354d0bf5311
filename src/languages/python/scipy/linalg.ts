/** `scipy.linalg`: factors, triangular systems, and NumPy's own linear algebra. */
import * as tensors from '../../../tensor';
import type { Site } from '../../../model';
import { define, optional, type Parameter, rest, text, unfollowed, value } from '../binding';
import { raised } from '../exceptions';
import { library } from '../library';
import { type Operand, operand, wrap } from '../numpy/array';
import { compose } from '../numpy/compose';
import { numeric } from '../numpy/errors';
import { numpyLinalg } from '../numpy/linalg';
import { plainItem } from '../numpy/methods';
import * as take from '../numpy/parameters';
import { tensor } from '../numpy/tensors';
import { truth } from '../operators';
import type { Runtime } from '../runtime';
import { PyBuiltin, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { floats } from './floats';

/** Options that concern speed and checks of the input, not the result. */
const careless = { overwrite_a: unfollowed(true, false), check_finite: unfollowed(true, false) };

function triangular(
  rt: Runtime,
  site: Site,
  a: Operand,
  b: Operand,
  lower: boolean,
  transposed: boolean,
  unitDiagonal = false,
): PyValue {
  return tensor(rt, 'solve_triangular', [a, b], { lower, transposed, unitDiagonal }, site);
}

/** `trans=`: 0, 1, 2 or 'N', 'T', 'C'. */
const transposition: Parameter<boolean> = {
  read: ({ rt, site }, given) =>
    given === 0 || given === 'N'
      ? false
      : given === 1 || given === 2 || given === 'T' || given === 'C'
        ? true
        : rt.unknown('unsupported', 'this `trans=` is not supported', site),
};

function factor(rt: Runtime, site: Site, a: Operand, lower: boolean): PyValue {
  return tensor(rt, 'cholesky', [a], lower ? {} : { upper: true }, site);
}

/** Both triangular systems of a factor: `(c, lower)`, b. */
function solveByFactor(rt: Runtime, site: Site, given: PyValue, b: Operand): PyValue {
  if (!(given instanceof PyTuple) || given.items.length !== 2)
    throw raised('ValueError', 'a factor and its side are expected');
  const [c, side] = given.items as [PyValue, PyValue];
  const matrix = operand(rt, c, site);
  const lower = truth(rt, side, site);
  if (matrix instanceof PyUnknown) return matrix;
  if (lower instanceof PyUnknown) return lower;
  const half = operand(rt, triangular(rt, site, matrix, b, lower, !lower), site);
  return half instanceof PyUnknown ? half : triangular(rt, site, matrix, half, lower, lower);
}

/** Coefficients of the numerator of the [13/13] Padé approximant of exp, from the constant on. */
const PADE = [
  64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600,
  670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
] as const;
/** Up to this norm the approximant is exact in double precision. */
const PADE_RADIUS = 5.37;

/**
 * exp A by scaling and squaring (Higham 2005, algorithm 2.3, always with the highest degree; scaled by the Frobenius norm).
 * Its steps are products and one solution, and so is its derivative.
 */
function exponential(rt: Runtime, site: Site, a: Operand): PyValue {
  return numeric(rt, site, () => {
    const c = compose(rt, site);
    const n = tensors.squareExtent('expm', a.nd);
    const squares = c.tensor('sum', [c.apply('square', c.of(a))], {});
    const doublings = c.data(c.trunc(c.apply('log2', c.div(squares, PADE_RADIUS ** 2))));
    if (doublings instanceof PyUnknown) return doublings;
    const times = Math.max(0, Math.ceil((doublings.item() + 1) / 2));
    const unit = tensors.eye(n);
    const x = times === 0 ? c.of(a) : c.div(c.of(a), 2 ** times);
    const x2 = c.matmul(x, x);
    const x4 = c.matmul(x2, x2);
    const x6 = c.matmul(x4, x2);
    /** b₆₊ₖ x⁶ + b₄₊ₖ x⁴ + b₂₊ₖ x² (+ bₖ) */
    const combined = (k: number, constant: boolean) => {
      const b = (i: number) => PADE[i + k] as number;
      const own = c.add(c.add(c.mul(x6, b(6)), c.mul(x4, b(4))), c.mul(x2, b(2)));
      return constant ? c.add(own, tensors.operate(tensors.operators.multiply, unit, tensors.scalar(b(0)))) : own;
    };
    const odd = c.matmul(x, c.add(c.matmul(x6, combined(7, false)), combined(1, true)));
    const even = c.add(c.matmul(x6, combined(6, false)), combined(0, true));
    let result = c.tensor('solve', [c.sub(even, odd), c.add(even, odd)]);
    for (let i = 0; i < times; i++) result = c.matmul(result, result);
    return result;
  });
}

const NUMPY = numpyLinalg.members;

/** NumPy's function, whose number is here Python's own. */
const plain = (name: string) =>
  new PyBuiltin(name, (rt, args, kwargs, site) =>
    plainItem((NUMPY.get(name) as PyBuiltin).body(rt, args, kwargs, site)),
  );

export const scipyLinalg = library('scipy.linalg', {
  inv: NUMPY.get('inv') as PyValue,
  pinv: NUMPY.get('pinv') as PyValue,
  det: plain('det'),
  norm: plain('norm'),
  LinAlgError: numpyLinalg.members.get('LinAlgError') as PyValue,
  cholesky: define(
    'cholesky',
    { a: floats, lower: optional(take.flag, false), ...careless },
    ({ rt, site }, { a, lower }) => factor(rt, site, a, lower),
  ),
  cho_factor: define(
    'cho_factor',
    { a: floats, lower: optional(take.flag, false), ...careless },
    ({ rt, site }, { a, lower }) =>
      numeric(rt, site, () => {
        const c = compose(rt, site);
        const own = factor(rt, site, a, lower);
        if (own instanceof PyUnknown) return own;
        // The other triangle keeps what it held.
        const mask = tensors.ones(a.nd.shape, 'bool');
        const kept = lower ? tensors.lowerTriangle(mask) : tensors.upperTriangle(mask);
        return new PyTuple([c.where(kept, own, c.of(a)), lower]);
      }),
  ),
  cho_solve: define(
    'cho_solve',
    { c_and_lower: value, b: floats, overwrite_b: unfollowed(true, false), check_finite: unfollowed(true, false) },
    ({ rt, site }, { c_and_lower, b }) => solveByFactor(rt, site, c_and_lower, b),
  ),
  solve_triangular: define(
    'solve_triangular',
    {
      a: floats,
      b: floats,
      trans: optional(transposition, false),
      lower: optional(take.flag, false),
      unit_diagonal: optional(take.flag, false),
      overwrite_b: unfollowed(true, false),
      check_finite: unfollowed(true, false),
    },
    ({ rt, site }, { a, b, trans, lower, unit_diagonal }) => triangular(rt, site, a, b, lower, trans, unit_diagonal),
  ),
  solve: define(
    'solve',
    {
      a: floats,
      b: floats,
      lower: unfollowed(false),
      overwrite_a: unfollowed(true, false),
      overwrite_b: unfollowed(true, false),
      check_finite: unfollowed(true, false),
      assume_a: optional(text, 'gen'),
      transposed: optional(take.flag, false),
      sym_pos: optional(take.flag, false),
    },
    ({ rt, site }, { a, b, assume_a, transposed, sym_pos }) => {
      if (assume_a !== 'gen' || sym_pos) {
        // Only one triangle of a symmetric matrix is read there.
        const symmetric = tensors.arrayEqual(a.nd, tensors.matrixTranspose(a.nd));
        if (!symmetric || a.row !== undefined)
          return rt.unknown('unsupported', '`assume_a=` of a matrix that an input reaches is not supported', site);
      }
      return tensor(rt, 'solve', [a, b], { transposed }, site);
    },
  ),
  expm: define('expm', { A: floats }, ({ rt, site }, { A }) => exponential(rt, site, A)),
  block_diag: define('block_diag', { arrs: rest(floats) }, ({ rt, site }, { arrs }) =>
    numeric(rt, site, () => {
      const c = compose(rt, site);
      const shapes = arrs.map(({ nd }) => (nd.ndim === 2 ? nd.shape : [1, nd.size]) as readonly [number, number]);
      const width = shapes.reduce((n, [, columns]) => n + columns, 0);
      let left = 0;
      const height = shapes.reduce((n, [rows]) => n + rows, 0);
      const expensive = take.afford(rt, [height, width], site);
      if (expensive) return expensive;
      const rows = arrs.map((x, i) => {
        const [r, k] = shapes[i] as readonly [number, number];
        const block = c.tensor('reshape', [c.of(x)], { shape: [r, k] });
        const padded = c.tensor('pad', [block], {
          width: [
            [0, 0],
            [left, width - left - k],
          ],
        });
        left += k;
        return padded;
      });
      return rows.length === 1 ? (rows[0] as PyValue) : c.tensor('concatenate', rows, { axis: 0 });
    }),
  ),
  toeplitz: define(
    'toeplitz',
    { c: take.array, r: optional(take.array) },
    ({ rt, site }, { c: column, r: row = column }) =>
      numeric(rt, site, () => {
        const c = compose(rt, site);
        const [n, m] = [column.nd.size, row.nd.size];
        const expensive = take.afford(rt, [n, m], site);
        if (expensive) return expensive;
        // The row without its first element, backwards, then the column: element (i, j) lies at m − 1 + i − j.
        const flat = (x: Operand) => c.tensor('reshape', [c.of(x)], { shape: [x.nd.size] });
        const tail = c.tensor('flip', [c.index(flat(row), [{ kind: 'slice', start: 1 }])], {});
        const band = c.tensor('concatenate', [tail, flat(column)], { axis: 0 });
        const positions = tensors.fromValues(
          'int64',
          [n, m],
          Float64Array.from({ length: n * m }, (_, k) => m - 1 + Math.floor(k / m) - (k % m)),
        );
        return c.tensor('pick', [band], { positions });
      }),
  ),
  hilbert: define(
    'hilbert',
    { n: take.integer },
    ({ rt, site }, { n }) =>
      take.afford(rt, [n, n], site) ??
      wrap(
        rt,
        tensors.fromValues(
          'float64',
          [n, n],
          Float64Array.from({ length: n * n }, (_, k) => 1 / (Math.floor(k / n) + (k % n) + 1)),
        ),
      ),
  ),
});
