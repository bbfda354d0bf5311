import { TensorError } from '../error';
import { sizeOf, type Shape } from '../shape';

/** One number for all spatial axes, or one for each. */
export type PerAxis = number | readonly number[];

export interface WindowOptions {
  readonly stride?: PerAxis;
  /** Elements added around the input: the same on both sides of an axis, or [before, after]. */
  readonly padding?: number | readonly (number | readonly [number, number])[];
  readonly dilation?: PerAxis;
  /** Let a last window reach beyond the padded input, as long as it starts before its end (pooling). */
  readonly ceil?: boolean;
}

/** Which input element each place of a moving window reads. */
export interface Windows {
  /** Spatial shape of the output, and its size. */
  readonly shape: Shape;
  readonly count: number;
  /** Places in a window. */
  readonly volume: number;
  /** For place v and output o, at v·count + o: the row-major position in the spatial input, or −1 in the padding. */
  readonly positions: Int32Array;
}

function perAxis(operation: string, name: string, value: PerAxis | undefined, rank: number, least: number): number[] {
  const values = value === undefined ? [1] : typeof value === 'number' ? [value] : value;
  const full = values.length === 1 ? new Array<number>(rank).fill(values[0]!) : [...values];
  if (full.length !== rank || full.some((entry) => !Number.isInteger(entry) || entry < least)) {
    throw new TensorError('value', operation, `${name} [${values.join(',')}] for ${rank} spatial axes`);
  }
  return full;
}

function paddings(operation: string, padding: WindowOptions['padding'], rank: number): (readonly [number, number])[] {
  const values = padding === undefined ? [0] : typeof padding === 'number' ? [padding] : padding;
  const full = values.length === 1 ? new Array<(typeof values)[number]>(rank).fill(values[0]!) : [...values];
  const pairs = full.map((entry) => (typeof entry === 'number' ? ([entry, entry] as const) : entry));
  if (pairs.length !== rank || pairs.flat().some((entry) => !Number.isInteger(entry) || entry < 0)) {
    throw new TensorError('value', operation, `padding [${values.join(';')}] for ${rank} spatial axes`);
  }
  return pairs;
}

/**
 * The windows of a kernel over a spatial input.
 * @throws TensorError `shape` when the dilated kernel is larger than the padded input
 */
export function windowsOf(operation: string, input: Shape, kernel: Shape, options: WindowOptions = {}): Windows {
  const rank = input.length;
  const stride = perAxis(operation, 'stride', options.stride, rank, 1);
  const dilation = perAxis(operation, 'dilation', options.dilation, rank, 1);
  const padding = paddings(operation, options.padding, rank);
  const shape = input.map((extent, axis) => {
    const [before, after] = padding[axis]!;
    const room = extent + before + after - dilation[axis]! * (kernel[axis]! - 1) - 1;
    if (room < 0 || kernel[axis]! < 1) {
      throw new TensorError(
        'shape',
        operation,
        `a kernel of [${kernel.join(',')}] does not fit into [${input.join(',')}] with its padding`,
      );
    }
    if (!options.ceil) return Math.floor(room / stride[axis]!) + 1;
    // The last window must start inside the input or the padding before it.
    const steps = Math.ceil(room / stride[axis]!);
    return steps * stride[axis]! >= extent + before ? steps : steps + 1;
  });
  const count = sizeOf(shape);
  const volume = sizeOf(kernel);
  const positions = new Int32Array(volume * count);
  const place = new Array<number>(rank).fill(0);
  for (let v = 0, to = 0; v < volume; v++) {
    const output = new Array<number>(rank).fill(0);
    for (let o = 0; o < count; o++) {
      let position = 0;
      for (let axis = 0; axis < rank; axis++) {
        const at = output[axis]! * stride[axis]! + place[axis]! * dilation[axis]! - padding[axis]![0];
        if (at < 0 || at >= input[axis]!) {
          position = -1;
          break;
        }
        position = position * input[axis]! + at;
      }
      positions[to++] = position;
      advance(output, shape);
    }
    advance(place, kernel);
  }
  return { shape, count, volume, positions };
}

/** The next index in row-major order. */
function advance(index: number[], shape: Shape): void {
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (++index[axis]! < shape[axis]!) return;
    index[axis] = 0;
  }
}
