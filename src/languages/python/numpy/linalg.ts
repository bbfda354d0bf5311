/** `numpy.linalg` */
import * as tensors from '../../../tensor';
import { fn, library } from '../library';
import { PyTuple, PyUnknown, type PyValue } from '../values/object';
import { axisOf, flag } from './arguments';
import { wrap } from './array';
import { toArray } from './convert';
import { NUMPY_EXCEPTIONS, numeric } from './errors';
import { knownOperands, tensor } from './tensors';

const single = (name: string, op: string) =>
  fn<[PyValue]>(`${name}(a)`, (rt, site, [a]) => {
    const x = toArray(rt, a, site);
    return x instanceof PyUnknown ? x : tensor(rt, op, [x], {}, site);
  });

/** Decompositions of arrays that no input reaches. */
const plain = (name: string, compute: (x: tensors.NdArray) => tensors.NdArray | readonly tensors.NdArray[]) =>
  fn<[PyValue]>(`${name}(a)`, (rt, site, [a]) => {
    const x = toArray(rt, a, site);
    if (x instanceof PyUnknown) return x;
    if (x.row !== undefined)
      return rt.unknown('unsupported', `\`np.linalg.${name}\` of traced arrays is not supported`, site);
    return numeric(rt, site, () => {
      const result = compute(x.nd);
      return Array.isArray(result)
        ? new PyTuple((result as readonly tensors.NdArray[]).map((nd) => wrap(rt, nd)))
        : wrap(rt, result as tensors.NdArray);
    });
  });

export const numpyLinalg = library('numpy.linalg', {
  LinAlgError: NUMPY_EXCEPTIONS.get('LinAlgError') as PyValue,
  inv: single('inv', 'inv'),
  det: single('det', 'det'),
  solve: fn<[PyValue, PyValue]>('solve(a, b)', (rt, site, [a, b]) => {
    const operands = knownOperands([toArray(rt, a, site), toArray(rt, b, site)]);
    return operands instanceof PyUnknown ? operands : tensor(rt, 'solve', operands, {}, site);
  }),
  norm: fn<[PyValue, PyValue?, PyValue?, PyValue?]>(
    'norm(x, ord=, axis=, keepdims=)',
    (rt, site, [a, ord, axis, keepdims]) => {
      const x = toArray(rt, a, site);
      const over = axisOf(rt, axis, site);
      if (x instanceof PyUnknown) return x;
      if (over instanceof PyUnknown) return over;
      if (ord !== undefined && ord !== null && ord !== 2 && ord !== 1) {
        return rt.unknown('unsupported', 'this norm is not supported', site);
      }
      if (x.nd.ndim === 2 && over === undefined && ord !== undefined && ord !== null) {
        return rt.unknown('unsupported', 'this matrix norm is not supported', site);
      }
      const keep = flag(rt, keepdims, site);
      return tensor(
        rt,
        'norm',
        [x],
        {
          ...(over === undefined ? {} : { axis: over }),
          ...(keep ? { keepdims: true } : {}),
          ...(ord === 1 ? { ord: 1 } : {}),
        },
        site,
      );
    },
  ),
  cholesky: plain('cholesky', (x) => tensors.cholesky(x)),
  qr: plain('qr', (x) => Object.values(tensors.qr(x)) as tensors.NdArray[]),
  pinv: plain('pinv', (x) => tensors.pinv(x)),
  matrix_rank: plain('matrix_rank', (x) => tensors.matrixRank(x)),
});
