/**
 * A gradient that a program claims, against the one that the reverse sweep gives: the distance, the worst element,
 * and the verdict. Claimed and expected are plain arrays; where they come from is the front end's business.
 */
import type { Verdict } from '../model';
import { broadcastTo, type NdArray, reshape, sameShape } from '../tensor';

/** Largest ‖a − b‖ / (‖a‖ + ‖b‖) that passes. */
export const TOLERANCE = 1e-6;
/** For gradients that the program computes in float32. */
export const TOLERANCE_FLOAT32 = 1e-4;

/** A claimed gradient and the right one, at one point. */
export interface Compared {
  readonly claimed: NdArray;
  readonly expected: NdArray;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** ‖a − b‖ / (‖a‖ + ‖b‖), at most 1; absent where the shapes differ. */
  readonly relativeError?: number;
  /** The element that is farthest off. */
  readonly worst?: { readonly index: readonly number[]; readonly claimed: number; readonly expected: number };
  readonly message: string;
}

/** ‖a − b‖ / (‖a‖ + ‖b‖); 0 where both vanish, NaN where a number is not finite. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [difference, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    difference += (x - y) ** 2;
    aa += x * x;
    bb += y * y;
  }
  const size = Math.sqrt(aa) + Math.sqrt(bb);
  return size === 0 ? 0 : Math.sqrt(difference) / size;
}

/** Whether two arrays agree within the tolerance; arrays of different shapes never do. */
export function agrees(a: NdArray, b: NdArray, tolerance = toleranceOf(a)): boolean {
  return sameShape(a.shape, b.shape) && distance(a.elements(), b.elements()) <= tolerance;
}

export function toleranceOf(claimed: NdArray): number {
  return claimed.dtype === 'float32' ? TOLERANCE_FLOAT32 : TOLERANCE;
}

/**
 * The verdict on a claimed gradient at one point. A single number stands for an array of equal numbers, and axes of
 * length one do not matter where the number of elements is the same.
 */
export function judge({ claimed, expected }: Compared): Judgement {
  const fitted = fittedTo(claimed, expected);
  if (!fitted) {
    return {
      verdict: 'fail',
      message: `has the shape ${text(claimed.shape)}, and the gradient has ${text(expected.shape)}`,
    };
  }
  const [a, b] = [fitted.elements(), expected.elements()];
  for (let i = 0; i < b.length; i++) {
    if (!Number.isFinite(b[i])) return { verdict: 'unknown', message: 'the gradient is not finite at this point' };
  }
  const relativeError = distance(a, b);
  const at = farthest(a, b);
  const worst =
    at < 0
      ? {}
      : { worst: { index: unravel(expected.shape, at), claimed: a[at] as number, expected: b[at] as number } };
  if (relativeError <= toleranceOf(claimed)) return { verdict: 'pass', relativeError, ...worst, message: 'agrees' };
  return {
    verdict: 'fail',
    ...(Number.isFinite(relativeError) ? { relativeError } : { relativeError: 1 }),
    ...worst,
    message: Number.isFinite(relativeError) ? 'does not agree' : 'is not finite',
  };
}

/** `claimed` in the shape of `expected`, where the two are the same but for axes of length one or a repeated number. */
export function fittedTo(claimed: NdArray, expected: NdArray): NdArray | undefined {
  if (sameShape(claimed.shape, expected.shape)) return claimed;
  if (claimed.size === 1) return broadcastTo(reshape(claimed, []), expected.shape);
  if (claimed.size === expected.size && sameShape(withoutOnes(claimed.shape), withoutOnes(expected.shape))) {
    return reshape(claimed, expected.shape);
  }
  return undefined;
}

const withoutOnes = (shape: readonly number[]) => shape.filter((n) => n !== 1);
const text = (shape: readonly number[]) => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`);

/** The element that is farthest off; the first that is not finite, if one is not; −1 where there is none. */
function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let best = -1;
  let most = -1;
  for (let i = 0; i < b.length; i++) {
    const off = Math.abs((a[i] as number) - (b[i] as number));
    if (!Number.isFinite(off)) return i;
    if (off > most) [best, most] = [i, off];
  }
  return best;
}

/** The index of the element at a row-major position. */
export function unravel(shape: readonly number[], position: number): number[] {
  const index: number[] = [];
  let rest = position;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const extent = shape[axis] as number;
    index.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return index;
}
