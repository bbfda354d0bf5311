/**
 * How several operands of one shape are walked together: axes sorted as NumPy's iterator sorts them (so that memory is
 * read in order and results get NumPy's memory layout), neighbours merged, and the innermost axis handed out as runs.
 */
import { rowMajorStrides, type Shape } from './shape';

/**
 * The order, outermost first, in which NumPy's iterator visits the axes (its K order): by decreasing stride, where the
 * first operand that tells two axes apart decides and a later operand in C order overrules it.
 */
export function memoryOrder(ndim: number, strides: readonly (readonly number[])[]): number[] {
  // Insertion sort from the innermost axis outwards, as the relation is not transitive and the result must be NumPy's.
  const order = Array.from({ length: ndim }, (_, i) => ndim - 1 - i);
  for (let i = 1; i < ndim; i++) {
    const axis = order[i]!;
    let place = i;
    for (let j = i - 1; j >= 0; j--) {
      const verdict = belongsInside(axis, order[j]!, strides);
      if (verdict === true) place = j;
      else if (verdict === false) break;
    }
    order.copyWithin(place + 1, place, i);
    order[place] = axis;
  }
  return order.reverse();
}

function belongsInside(axis: number, other: number, strides: readonly (readonly number[])[]): boolean | undefined {
  let verdict: boolean | undefined;
  for (const stride of strides) {
    const a = Math.abs(stride[axis]!);
    const b = Math.abs(stride[other]!);
    if (a === 0 || b === 0) continue;
    if (b <= a) verdict = false;
    else verdict ??= true;
  }
  return verdict;
}

/** Strides of a new dense array of the given shape whose axes lie in memory in the given order, outermost first. */
export function stridesInOrder(shape: Shape, order: readonly number[]): number[] {
  const dense = rowMajorStrides(order.map((axis) => shape[axis]!));
  const strides = new Array<number>(shape.length);
  order.forEach((axis, i) => (strides[axis] = dense[i]!));
  return strides;
}

/** A walk over a common shape: merged extents outermost first, and each operand's strides for them. */
export interface Walk {
  readonly extents: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

/** Sorts the axes by `order`, drops those of extent 1 and merges those that every operand walks as one. */
export function planWalk(shape: Shape, strides: readonly (readonly number[])[], order: readonly number[]): Walk {
  const extents: number[] = [];
  const merged: number[][] = strides.map(() => []);
  for (const axis of order) {
    const extent = shape[axis]!;
    if (extent === 1) continue;
    const last = extents.length - 1;
    if (last >= 0 && strides.every((s, k) => merged[k]![last] === s[axis]! * extent)) {
      extents[last]! *= extent;
      strides.forEach((s, k) => (merged[k]![last] = s[axis]!));
    } else {
      extents.push(extent);
      strides.forEach((s, k) => merged[k]!.push(s[axis]!));
    }
  }
  return { extents, strides: merged };
}

/**
 * Calls `visit(count, positions)` once for each innermost run; `positions[k]` is operand k's first element there, and
 * `walk.strides[k].at(-1)` (0 if there is no axis) its step. The positions array is reused between calls.
 */
export function forEachRun(
  walk: Walk,
  offsets: readonly number[],
  visit: (count: number, positions: readonly number[]) => void,
): void {
  const { extents, strides } = walk;
  if (extents.includes(0)) return;
  const positions = [...offsets];
  const depth = extents.length - 1;
  if (depth <= 0) {
    visit(depth < 0 ? 1 : extents[0]!, positions);
    return;
  }
  const count = extents[depth]!;
  const index = new Array<number>(depth).fill(0);
  for (;;) {
    visit(count, positions);
    let axis = depth - 1;
    for (; axis >= 0; axis--) {
      for (let k = 0; k < positions.length; k++) positions[k]! += strides[k]![axis]!;
      if (++index[axis]! < extents[axis]!) break;
      index[axis] = 0;
      for (let k = 0; k < positions.length; k++) positions[k]! -= strides[k]![axis]! * extents[axis]!;
    }
    if (axis < 0) return;
  }
}

/** The step of operand k within a run. */
export function runStep(walk: Walk, operand: number): number {
  return walk.strides[operand]!.at(-1) ?? 0;
}
