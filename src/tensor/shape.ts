import { numpyShape, shapeText, TensorError, tupleText, valueError } from './error';

export type Shape = readonly number[];

/** The number of elements of a shape (1 for the empty shape). */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const extent of shape) size *= extent;
  return size;
}

/** Strides, in elements, of a dense array in row-major (C) order. */
export function rowMajorStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= Math.max(shape[axis]!, 1);
  }
  return strides;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/**
 * The common shape of operands by NumPy's broadcasting.
 * @throws TensorError `shape`, in NumPy's words `operands could not be broadcast together with shapes (3,) (4,)`
 */
export function broadcastShapes(operation: string, ...shapes: readonly Shape[]): number[] {
  const ndim = Math.max(0, ...shapes.map((shape) => shape.length));
  const result = new Array<number>(ndim).fill(1);
  for (const shape of shapes) {
    const lead = ndim - shape.length;
    for (let axis = 0; axis < shape.length; axis++) {
      const extent = shape[axis]!;
      if (extent === 1) continue;
      if (result[lead + axis] === 1) result[lead + axis] = extent;
      else if (result[lead + axis] !== extent) {
        throw new TensorError('shape', operation, `${shapes.map(shapeText).join(' and ')} do not broadcast`, {
          exception: 'ValueError',
          message: `operands could not be broadcast together with shapes ${shapes.map(numpyShape).join(' ')} `,
        });
      }
    }
  }
  return result;
}

/** Strides with which an operand of the given shape and strides is read as `target` (0 where it is repeated). */
export function broadcastStrides(shape: Shape, strides: readonly number[], target: Shape): number[] {
  const lead = target.length - shape.length;
  return target.map((extent, axis) => {
    const own = axis - lead;
    return own < 0 || (shape[own] === 1 && extent !== 1) ? 0 : strides[own]!;
  });
}

/**
 * An axis counted from 0; negative axes count from the end. `argument` names it in NumPy's message.
 * @throws TensorError `axis`
 */
export function normalizeAxis(operation: string, axis: number, ndim: number, argument?: string): number {
  if (!Number.isInteger(axis) || axis < -ndim || axis >= ndim) {
    const detail = `axis ${axis} is out of bounds for array of dimension ${ndim}`;
    const message = argument === undefined ? detail : `${argument}: ${detail}`;
    throw new TensorError('axis', operation, detail, { exception: 'AxisError', message });
  }
  return axis < 0 ? axis + ndim : axis;
}

/**
 * Axes counted from 0, in the given order. `argument` is the name by which NumPy's message calls them.
 * @throws TensorError `axis` when one is out of bounds, `value` when one occurs twice
 */
export function normalizeAxes(operation: string, axes: readonly number[], ndim: number, argument?: string): number[] {
  const result = axes.map((axis) => normalizeAxis(operation, axis, ndim, argument));
  if (new Set(result).size !== result.length) {
    const repeated = argument === undefined ? "duplicate value in 'axis'" : `repeated axis in \`${argument}\` argument`;
    throw valueError(operation, repeated);
  }
  return result;
}

/** Which axes an operation works over: one, several, or (undefined) all. */
export type AxisArgument = number | readonly number[] | undefined;

export function axesOf(operation: string, axis: AxisArgument, ndim: number): number[] {
  if (axis === undefined) return Array.from({ length: ndim }, (_, i) => i);
  // A number is reduced over the axis that it would have in one dimension.
  if (ndim === 0 && (axis === 0 || axis === -1)) return [];
  return normalizeAxes(operation, typeof axis === 'number' ? [axis] : axis, ndim);
}

/** As NumPy writes a shape with an unknown extent: left out in front, `newaxis` elsewhere. */
function requestedShape(shape: Shape): string {
  const first = shape.findIndex((extent) => extent >= 0);
  const written = shape.slice(Math.max(first, 0)).map((extent) => (extent < 0 ? 'newaxis' : extent));
  return shape.length === 1 ? numpyShape(shape) : `(${written.join(',')})`;
}

/**
 * The shape that `reshape` means, with one extent of −1 inferred.
 * @throws TensorError `shape`, in NumPy's words `cannot reshape array of size 6 into shape (4,)`
 */
export function inferShape(operation: string, requested: Shape, size: number): number[] {
  const unknown = requested.indexOf(-1);
  if (requested.some((extent, i) => (extent < 0 || !Number.isInteger(extent)) && i !== unknown)) {
    if (requested.filter((extent) => extent === -1).length > 1) {
      throw valueError(operation, 'can only specify one unknown dimension');
    }
    throw valueError(
      operation,
      `negative dimensions are not allowed in ${tupleText(requested)}`,
      'negative dimensions not allowed',
    );
  }
  const known = requested.reduce((product, extent, i) => (i === unknown ? product : product * extent), 1);
  const shape = [...requested];
  const fits = unknown < 0 ? known === size : known > 0 && size % known === 0;
  if (!fits) {
    throw new TensorError('shape', operation, `${size} elements do not fill ${shapeText(requested)}`, {
      exception: 'ValueError',
      message: `cannot reshape array of size ${size} into shape ${requestedShape(requested)}`,
    });
  }
  if (unknown >= 0) shape[unknown] = size / known;
  return shape;
}
