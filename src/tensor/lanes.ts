import type { NdArray } from './ndarray';
import { forEachRun } from './traverse';

/** Calls `visit` with the storage position of the first element of each line of elements along an axis, row-major. */
export function forEachLane(array: NdArray, axis: number, visit: (position: number) => void): void {
  const others = array.shape.map((_, i) => i).filter((i) => i !== axis);
  const walk = {
    extents: [...others.map((i) => array.shape[i]!), 1],
    strides: [[...others.map((i) => array.strides[i]!), 0]],
  };
  forEachRun(walk, [array.offset], (_count, [position]) => visit(position!));
}
