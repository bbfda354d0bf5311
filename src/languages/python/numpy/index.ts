/** `numpy` */
import { library } from '../library';
import { BOOL, FLOAT, FloatKind, INT, PyFloat, type PyValue } from '../values/object';
import { NDARRAY } from './array';
import { creation } from './create';
import { SCALAR_TYPES } from './dtypes';
import { elementwise } from './elementwise';
import { functions } from './functions';
import { iterators } from './iterators';
import { guarded } from './options';

const constant = (x: number) => new PyFloat(x, FloatKind.Python);

export const numpy = library('numpy', {
  pi: constant(Math.PI),
  e: constant(Math.E),
  euler_gamma: constant(0.5772156649015329),
  inf: constant(Infinity),
  Inf: constant(Infinity),
  nan: constant(NaN),
  NaN: constant(NaN),
  newaxis: null,
  ndarray: NDARRAY,
  float: FLOAT,
  int: INT,
  bool: BOOL,
  double: SCALAR_TYPES.get('float64') as PyValue,
  single: SCALAR_TYPES.get('float32') as PyValue,
  ...Object.fromEntries(SCALAR_TYPES),
  ...creation,
  ...Object.fromEntries(Object.entries(functions).map(([name, f]) => [name, guarded(f, { unfollowed: ['dtype'] })])),
  ...elementwise,
  ...iterators,
});
