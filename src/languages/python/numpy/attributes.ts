/** Attributes of arrays. */
import type { Site } from '../../../model';
import type { Runtime } from '../runtime';
import { PyBoundMethod, PyBuiltin, PyTuple, type PyValue } from '../values/object';
import { type PyArray, transposed } from './array';
import { PyDType } from './dtypes';
import { methods } from './methods';

export function arrayAttribute(rt: Runtime, array: PyArray, name: string, site: Site): PyValue | undefined {
  const { nd } = array;
  switch (name) {
    case 'shape':
      return new PyTuple([...nd.shape]);
    case 'ndim':
      return nd.ndim;
    case 'size':
      return nd.size;
    case 'dtype':
      return new PyDType(nd.dtype);
    case 'T':
      return transposed(rt, array, undefined, site);
    case 'real':
      return array;
    case 'nbytes':
      return nd.data.BYTES_PER_ELEMENT * nd.size;
    case 'itemsize':
      return nd.data.BYTES_PER_ELEMENT;
    default: {
      const method = methods.get(name);
      if (method instanceof PyBuiltin) return new PyBoundMethod(array, method);
      return KNOWN.has(name) ? rt.unknown('unsupported', `\`ndarray.${name}\` is not supported`, site) : undefined;
    }
  }
}

/** Attributes that NumPy has and this does not. */
const KNOWN = new Set(
  'flat imag strides base data flags searchsorted partition argpartition put choose compress cumprod diagonal dump dumps getfield itemset newbyteorder ptp resize setfield setflags tobytes tofile tostring byteswap conj conjugate ctypes'.split(
    ' ',
  ),
);
