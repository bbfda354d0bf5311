import type { NdArray } from '../ndarray';
import { reduce, type ReduceOptions } from './reduce';

/** Whether any element over the axes is not zero (NaN is not zero). */
export function any(array: NdArray, options: ReduceOptions = {}): NdArray {
  return reduce('any', array, options, 'bool', 0, (count, acc, accAt, accStep, x, xAt, xStep) => {
    for (let i = 0; i < count; i++) if (x[xAt + i * xStep] !== 0) acc[accAt + i * accStep] = 1;
  });
}

/** Whether all elements over the axes are not zero. */
export function all(array: NdArray, options: ReduceOptions = {}): NdArray {
  return reduce('all', array, options, 'bool', 1, (count, acc, accAt, accStep, x, xAt, xStep) => {
    for (let i = 0; i < count; i++) if (x[xAt + i * xStep] === 0) acc[accAt + i * accStep] = 0;
  });
}

/** The number (int64) of elements over the axes that are not zero. */
export function countNonzero(array: NdArray, options: ReduceOptions = {}): NdArray {
  return reduce('count_nonzero', array, options, 'int64', 0, (count, acc, accAt, accStep, x, xAt, xStep) => {
    for (let i = 0; i < count; i++) if (x[xAt + i * xStep] !== 0) acc[accAt + i * accStep]! += 1;
  });
}
