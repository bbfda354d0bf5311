/** `numpy` */
import { library } from '../library';
import { PyFloat, FloatKind } from '../values/object';
import { elementwise } from './elementwise';

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
  ...elementwise,
});
