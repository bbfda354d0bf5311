/** Errors of the array library as the Python exceptions that NumPy raises. */
import { OverwrittenError } from '../../../autodiff/tape';
import { TensorError } from '../../../tensor';
import type { Site } from '../../../model';
import { EXCEPTIONS, raised } from '../exceptions';
import { PyRaise } from '../errors';
import type { Runtime } from '../runtime';
import { PyClass, PyInstance, PyTuple, type PyUnknown } from '../values/object';

const VALUE_ERROR = EXCEPTIONS.get('ValueError') as PyClass;
const TYPE_ERROR = EXCEPTIONS.get('TypeError') as PyClass;

/** NumPy's own exception classes. */
export const NUMPY_EXCEPTIONS: ReadonlyMap<string, PyClass> = new Map([
  ['AxisError', new PyClass('AxisError', [VALUE_ERROR, EXCEPTIONS.get('IndexError') as PyClass])],
  ['LinAlgError', new PyClass('LinAlgError', [VALUE_ERROR])],
  ['UFuncTypeError', new PyClass('UFuncTypeError', [TYPE_ERROR])],
]);

/** Runs a computation on arrays. What the library declines is unknown; what NumPy refuses raises. */
export function numeric<T>(rt: Runtime, site: Site, compute: () => T): T | PyUnknown {
  try {
    return compute();
  } catch (error) {
    if (error instanceof OverwrittenError) {
      return rt.unknown('overwritten', 'an array was overwritten in a way that is not followed', site);
    }
    if (!(error instanceof TensorError)) throw error;
    rt.place = site;
    if (!error.numpy || error.code === 'memory' || error.code === 'overflow' || error.code === 'unsupported') {
      return rt.unknown(error.code === 'memory' ? 'budget' : 'unsupported', error.message, site);
    }
    const own = NUMPY_EXCEPTIONS.get(error.numpy.exception);
    if (!own) throw raised(error.numpy.exception, error.numpy.message);
    const exception = new PyInstance(own);
    exception.attrs.set('args', new PyTuple([error.numpy.message]));
    throw new PyRaise(exception);
  }
}
