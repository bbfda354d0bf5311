/** NumPy's floats have the attributes and methods of arrays without axes. */
import { FLOAT32, FLOAT64, PyBuiltin, PyProperty, type PyValue, PyUnknown } from '../values/object';
import { floatMethods } from '../types/numberMethods';
import { arrayOf } from './array';
import { arrayAttribute } from './attributes';
import { methods } from './methods';

const ATTRIBUTES = ['dtype', 'shape', 'ndim', 'size', 'T', 'real', 'imag', 'nbytes', 'itemsize', 'flat'];

for (const cls of [FLOAT64, FLOAT32]) {
  for (const method of floatMethods) cls.attrs.set(method.name, method);
  for (const [name, method] of methods) {
    const own = new PyBuiltin(name, (rt, [self, ...args], kwargs, site) => {
      const array = arrayOf(rt, self as PyValue, site);
      return array instanceof PyUnknown ? array : method.body(rt, [array, ...args], kwargs, site);
    });
    own.binds = true;
    cls.attrs.set(name, own);
  }
  for (const name of ATTRIBUTES) {
    const getter = new PyBuiltin(name, (rt, [self], _kwargs, site) => {
      const array = arrayOf(rt, self as PyValue, site);
      return array instanceof PyUnknown ? array : (arrayAttribute(rt, array, name, site) as PyValue);
    });
    cls.attrs.set(name, new PyProperty(getter));
  }
}
