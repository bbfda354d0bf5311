/** Places of elements, counted in row-major order. */
import * as tensors from '../../../tensor';
import type { IndexItem, NdArray } from '../../../tensor';
import { EVERYTHING } from './write';

/** 0, 1, 2 … in the shape of an array. */
export function positions(of: NdArray): NdArray {
  return tensors.fromValues(
    'int64',
    of.shape,
    Float64Array.from({ length: of.size }, (_, i) => i),
  );
}

/** Flat positions as one index array an axis. */
export function unravelled(flat: NdArray, shape: readonly number[]): readonly IndexItem[] {
  const values = flat.elements();
  let step = 1;
  const items: IndexItem[] = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const extent = shape[axis] as number;
    const before = step;
    items.unshift({
      kind: 'array',
      array: tensors.fromValues(
        'int64',
        flat.shape,
        Float64Array.from(values, (v) => Math.floor(v / before) % extent),
      ),
    });
    step *= extent;
  }
  return items.length > 0 ? items : EVERYTHING;
}
