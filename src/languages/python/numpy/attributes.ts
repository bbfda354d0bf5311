/** Attributes of arrays. */
import type { Site } from '../../../model';
import { DTYPE_FACTS, zeros } from '../../../tensor';
import type { Runtime } from '../runtime';
import { PyBoundMethod, PyBuiltin, PyTuple, type PyValue } from '../values/object';
import { PyArray, reshaped, transposed } from './array';
import { PyDType } from './dtypes';
import { PyFlat } from './flat';
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
      return DTYPE_FACTS[nd.dtype].itemSize * nd.size;
    case 'itemsize':
      return DTYPE_FACTS[nd.dtype].itemSize;
    case 'imag':
      return new PyArray(zeros(nd.shape, nd.dtype));
    case 'strides':
      return new PyTuple(nd.strides.map((s) => s * DTYPE_FACTS[nd.dtype].itemSize));
    case 'flat': {
      const flat = reshaped(rt, array, [-1], site);
      return flat instanceof PyArray && flat.memory === array.memory ? flat : new PyFlat(array);
    }
    default: {
      const method = methods.get(name);
      if (method instanceof PyBuiltin) return new PyBoundMethod(array, method);
      return KNOWN.has(name) ? rt.unknown('unsupported', `\`ndarray.${name}\` is not supported`, site) : undefined;
    }
  }
}

/** Attributes that NumPy has and this does not. */
const KNOWN = new Set(
  'base data flags partition argpartition dump dumps getfield itemset newbyteorder resize setfield tobytes tofile tostring byteswap ctypes'.split(
    ' ',
  ),
);
