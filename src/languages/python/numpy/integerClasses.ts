/** The classes of NumPy's integers. */
import type { DType } from '../../../tensor';
import { OBJECT, PyClass } from '../values/object';

const INTEGERS = ['int64', 'int32', 'int16', 'int8', 'uint64', 'uint32', 'uint16', 'uint8'] as const satisfies DType[];

/** Which of NumPy's integers an instance is; an int may be one of 64 bits, or Python's own. */
export const INTEGER_CLASSES: ReadonlyMap<DType, PyClass> = new Map(
  INTEGERS.map((dtype) => [dtype, new PyClass(`numpy.${dtype}`, [OBJECT])]),
);

export function integerClass(dtype: DType): PyClass {
  return INTEGER_CLASSES.get(dtype) ?? OBJECT;
}
