/** Summaries of the elements of gradients and weights. */

export interface Statistics {
  readonly count: number;
  /** Euclidean norm. */
  readonly norm: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Elements that are exactly 0. */
  readonly zeros: number;
  /** Of the absolute values: median, and the 5 % and 95 % quantiles. */
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Largest number of elements whose quantiles are exact; of more, every n-th is taken. */
const LARGEST_SORTED = 20_000;

/** NaN in, NaN out: an element that is no number makes every summary of it none, but for the counts. */
export function statisticsOf(elements: ArrayLike<number>): Statistics {
  const n = elements.length;
  let [min, max, sum, zeros, scale] = [Infinity, -Infinity, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const x = elements[i] as number;
    const size = Math.abs(x);
    if (!(size <= scale)) scale = size;
    if (x === 0) zeros++;
    if (!(x >= min)) min = x;
    if (!(x <= max)) max = x;
    sum += x;
  }
  const stride = Math.max(1, Math.ceil(n / LARGEST_SORTED));
  const sizes = new Float64Array(Math.ceil(n / stride));
  for (let i = 0; i < sizes.length; i++) sizes[i] = Math.abs(elements[i * stride] as number);
  sizes.sort();
  const quantile = (q: number) => {
    const at = q * (sizes.length - 1);
    const below = Math.floor(at);
    const [x, y] = [sizes[below] as number, sizes[Math.min(sizes.length - 1, below + 1)] as number];
    return x + (at - below) * (y - x);
  };
  const none = n === 0;
  return {
    count: n,
    norm: norm(elements),
    min: none ? NaN : min,
    max: none ? NaN : max,
    mean: none ? NaN : sum / n,
    zeros,
    median: none ? NaN : quantile(0.5),
    low: none ? NaN : quantile(0.05),
    high: none ? NaN : quantile(0.95),
  };
}

/** Euclidean norm, without overflow or underflow on the way. */
export function norm(elements: ArrayLike<number>): number {
  let scale = 0;
  for (let i = 0; i < elements.length; i++) {
    const size = Math.abs(elements[i] as number);
    if (!(size <= scale)) scale = size;
  }
  if (scale === 0 || !Number.isFinite(scale)) return scale;
  let sum = 0;
  for (let i = 0; i < elements.length; i++) sum += ((elements[i] as number) / scale) ** 2;
  return scale * Math.sqrt(sum);
}
