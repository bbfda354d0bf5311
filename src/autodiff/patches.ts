/** Sliding windows: what turns convolution and pooling into products and reductions. */
import { contiguous, fromValues, type NdArray, type Shape, shapeText, sizeOf, TensorError, zeros } from '../tensor';

/** One entry an axis of space, which are the last axes of the array. */
export interface Windows {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  /** Zeros before and after. */
  readonly padding: readonly (readonly [before: number, after: number])[];
}

/** Positions of the window along each axis of space. @throws TensorError where the window does not fit */
export function positions(space: Shape, { kernel, stride, dilation, padding }: Windows): number[] {
  return space.map((extent, i) => {
    const [before, after] = padding[i] as readonly [number, number];
    const reach = (dilation[i] as number) * ((kernel[i] as number) - 1) + 1;
    const room = extent + before + after - reach;
    if (room < 0) {
      throw new TensorError(
        'shape',
        'patches',
        `a window of ${reach} does not fit into ${extent + before + after} elements of ${shapeText(space)}`,
      );
    }
    return Math.floor(room / (stride[i] as number)) + 1;
  });
}

export function patchesShape(of: Shape, windows: Windows): Shape {
  const split = of.length - windows.kernel.length;
  if (split < 0) {
    const detail = `${shapeText(of)} has no ${windows.kernel.length} axes of space`;
    throw new TensorError('shape', 'patches', detail);
  }
  return [...of.slice(0, split), ...positions(of.slice(split), windows), ...windows.kernel];
}

/** Calls `visit(place in the windows, place in space)` for every element of every window that is not padding. */
function forEachElement(space: Shape, windows: Windows, visit: (window: number, element: number) => void): void {
  const { kernel, stride, dilation, padding } = windows;
  const extents = [...positions(space, windows), ...kernel];
  const depth = space.length;
  const total = sizeOf(extents);
  const index = new Array<number>(extents.length).fill(0);
  for (let window = 0; window < total; window++) {
    let element = 0;
    for (let i = 0; i < depth && element >= 0; i++) {
      const at =
        (index[i] as number) * (stride[i] as number) +
        (index[depth + i] as number) * (dilation[i] as number) -
        (padding[i] as readonly [number, number])[0];
      element = at < 0 || at >= (space[i] as number) ? -1 : element * (space[i] as number) + at;
    }
    if (element >= 0) visit(window, element);
    for (let i = extents.length - 1; i >= 0; i--) {
      index[i] = (index[i] as number) + 1;
      if ((index[i] as number) < (extents[i] as number)) break;
      index[i] = 0;
    }
  }
}

/** The same pairs of places for every leading index, found once. */
function pairs(space: Shape, windows: Windows): { window: Uint32Array; element: Uint32Array } {
  const window: number[] = [];
  const element: number[] = [];
  forEachElement(space, windows, (w, e) => {
    window.push(w);
    element.push(e);
  });
  return { window: Uint32Array.from(window), element: Uint32Array.from(element) };
}

export function patches(array: NdArray, windows: Windows): NdArray {
  const split = array.ndim - windows.kernel.length;
  const space = array.shape.slice(split);
  const shape = patchesShape(array.shape, windows);
  const { window, element } = pairs(space, windows);
  const [from, to] = [sizeOf(space), sizeOf(shape.slice(split))];
  const x = contiguous(array).elements();
  const result = zeros(shape, array.dtype);
  const out = result.data;
  for (let lead = 0, a = 0, b = 0; lead < sizeOf(array.shape.slice(0, split)); lead++, a += from, b += to) {
    for (let i = 0; i < window.length; i++) out[b + (window[i] as number)] = x[a + (element[i] as number)] as number;
  }
  return result;
}

export function fold(array: NdArray, shape: Shape, windows: Windows): NdArray {
  const split = shape.length - windows.kernel.length;
  const space = shape.slice(split);
  const { window, element } = pairs(space, windows);
  const [to, from] = [sizeOf(space), sizeOf(array.shape.slice(split))];
  const x = contiguous(array).elements();
  const out = new Float64Array(sizeOf(shape));
  for (let lead = 0, a = 0, b = 0; lead < sizeOf(shape.slice(0, split)); lead++, a += from, b += to) {
    for (let i = 0; i < window.length; i++) {
      const at = b + (element[i] as number);
      out[at] = (out[at] as number) + (x[a + (window[i] as number)] as number);
    }
  }
  return fromValues('float64', shape, out);
}
