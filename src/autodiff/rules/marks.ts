/** Marks: arrays of 0 and 1 that other rules select by. They have no derivative. */
import { type AxisArgument, axesOf, contiguous, fromValues, map, moveAxis, type NdArray, sizeOf } from '../../tensor';
import { tensorRule } from '../tensorRule';

/** 1 where the operand is not 0. */
export const markRule = tensorRule<object>({
  value: ([x]) => map((a) => (a !== 0 ? 1 : 0), x as NdArray, 'float64'),
  terms: () => [undefined],
});

/** 1 at the first non-zero element over the given axes (in row-major order), 0 elsewhere. */
export const firstRule = tensorRule<{ readonly axis?: AxisArgument }>({
  value: ([x], { axis }) => {
    const array = x as NdArray;
    const axes = axesOf('first', axis, array.ndim);
    const last = axes.map((_, i) => array.ndim - axes.length + i);
    const moved = moveAxis(array, axes, last);
    const run = sizeOf(moved.shape.slice(array.ndim - axes.length));
    const values = contiguous(moved).elements();
    const marks = new Float64Array(values.length);
    for (let from = 0; from < values.length; from += run) {
      for (let i = 0; i < run; i++) {
        if (values[from + i] === 0) continue;
        marks[from + i] = 1;
        break;
      }
    }
    return moveAxis(fromValues('float64', moved.shape, marks), last, axes);
  },
  terms: () => [undefined],
});
