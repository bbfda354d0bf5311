/** `numpy` */
import { library } from '../library';
import { BOOL, FLOAT, FloatKind, INT, PyFloat, type PyValue } from '../values/object';
import { numpyFiles } from '../files/numpyFiles';
import { NDARRAY } from './array';
import { choosing } from './choosing';
import { comparing } from './comparing';
import { creation } from './create';
import { SCALAR_TYPES, typeFunctions } from './dtypes';
import { functional } from './functional';
import { indexTricks } from './indexTricks';
import { iterators } from './iterators';
import { joining } from './joining';
import { printing } from './printing';
import { polynomials } from './polynomials';
import { products } from './products';
import { rearranging } from './rearranging';
import { reductions } from './reductions';
import './scalars';
import { shaping } from './shaping';
import { sorting } from './sorting';
import { ufuncs } from './ufuncs';

const constant = (x: number) => new PyFloat(x, FloatKind.Python);

export const numpy = library('numpy', {
  ...numpyFiles,
  pi: constant(Math.PI),
  e: constant(Math.E),
  euler_gamma: constant(0.5772156649015329),
  inf: constant(Infinity),
  Inf: constant(Infinity),
  infty: constant(Infinity),
  PINF: constant(Infinity),
  NINF: constant(-Infinity),
  nan: constant(NaN),
  NaN: constant(NaN),
  NAN: constant(NaN),
  newaxis: null,
  ndarray: NDARRAY,
  float: FLOAT,
  int: INT,
  bool: BOOL,
  double: SCALAR_TYPES.get('float64') as PyValue,
  single: SCALAR_TYPES.get('float32') as PyValue,
  float_: SCALAR_TYPES.get('float64') as PyValue,
  int_: SCALAR_TYPES.get('int64') as PyValue,
  intp: SCALAR_TYPES.get('int64') as PyValue,
  ...Object.fromEntries(SCALAR_TYPES),
  ...typeFunctions,
  ...creation,
  ...shaping,
  ...joining,
  ...rearranging,
  ...choosing,
  ...sorting,
  ...reductions,
  ...products,
  ...comparing,
  ...ufuncs,
  ...iterators,
  ...indexTricks,
  ...functional,
  ...polynomials,
  ...printing,
});
