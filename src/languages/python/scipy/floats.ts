/** Arguments of SciPy's functions: numbers and arrays as floats. */
import { isFloat } from '../../../tensor';
import * as tensors from '../../../tensor';
import type { Parameter } from '../binding';
import { type Operand, operand } from '../numpy/array';
import { castTo } from '../numpy/cast';
import { array } from '../numpy/parameters';
import { PyUnknown } from '../values/object';
import type { Runtime } from '../runtime';

/** The operand as floats: integers become float64, as SciPy computes. */
export function asFloats(rt: Runtime, x: Operand, site: number): Operand | PyUnknown {
  if (isFloat(x.nd.dtype)) return x;
  return x.nd.weak
    ? { nd: tensors.weakFloat(x.nd.item()), row: x.row }
    : operand(rt, castTo(rt, x, 'float64', site), site);
}

/** An array of floats. */
export const floats: Parameter<Operand> = {
  read: (call, value, name) => {
    const x = array.read(call, value, name);
    return x instanceof PyUnknown ? x : asFloats(call.rt, x, call.site);
  },
};
