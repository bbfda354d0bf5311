import { asType } from '../cast';
import type { DType } from '../dtype';
import * as laws from './laws';
import { TensorError, valueError } from '../error';
import { zeros, type NdArray } from '../ndarray';
import { sizeOf, type Shape } from '../shape';
import type { UndoRecord } from '../undo';
import { boundedIntegers, type BitSource } from './bits';
import {
  checkedWeights,
  chosen,
  countingOrder,
  drawByWeight,
  drawDistinctByWeight,
  drawFloats,
  drawIntegers,
  drawWith,
  permuted,
  population,
  shuffleInPlace,
  shuffleOrder,
  type ChoiceOptions,
  type Parameter,
} from './draw';
import { Pcg64 } from './pcg64';
import { nextNormal } from './ziggurat';

/** NumPy's `default_rng(seed)`: the same integers, uniforms and orders from the same seed, normals by the ziggurat. */
export class Generator {
  private readonly bits: BitSource;

  /** @throws TensorError for a negative seed */
  constructor(seed: number | bigint | readonly (number | bigint)[]) {
    const whole = (part: number | bigint): bigint => {
      if (typeof part === 'number' && !Number.isSafeInteger(part)) {
        throw new TensorError('value', 'default_rng', `${part} is not an integer below 2⁵³`);
      }
      if (part < 0) throw valueError('default_rng', 'expected non-negative integer');
      return BigInt(part);
    };
    this.bits = new Pcg64(typeof seed === 'object' ? seed.map(whole) : whole(seed));
  }

  private readonly uniforms = (): number => this.bits.nextDouble();

  private readonly below = (i: number): number => boundedIntegers(this.bits, i, 64, false)();
  /** `shuffle` and `permutation` draw by rejection, unlike the shuffle within `choice`. */
  private readonly belowByRejection = (i: number): number => boundedIntegers(this.bits, i, 64, true)();

  /** Uniform in [0, 1), in float64 or float32. */
  random(shape: Shape = [], dtype: 'float64' | 'float32' = 'float64'): NdArray {
    if (dtype === 'float64') return drawFloats(shape, () => this.bits.nextDouble());
    const result = zeros(shape, 'float32');
    for (let i = 0; i < result.size; i++) result.data[i] = (this.bits.next32() >>> 8) / 16777216;
    return result;
  }

  standardNormal(shape: Shape = []): NdArray {
    return drawFloats(shape, () => nextNormal(this.bits));
  }

  /** Normal with a mean and a standard deviation. */
  normal(mean: Parameter = 0, deviation: Parameter = 1, shape?: Shape): NdArray {
    return drawWith('normal', shape, mean, deviation, (m, s) => {
      if (s < 0 || Object.is(s, -0)) throw valueError('normal', 'scale < 0');
      return m + s * nextNormal(this.bits);
    });
  }

  /** The exponential of normals. */
  logNormal(mean: Parameter = 0, deviation: Parameter = 1, shape?: Shape): NdArray {
    return drawWith('lognormal', shape, mean, deviation, (m, s) => {
      if (s < 0 || Object.is(s, -0)) throw valueError('lognormal', 'sigma < 0');
      return Math.exp(m + s * nextNormal(this.bits));
    });
  }

  laplace(location: Parameter = 0, scale: Parameter = 1, shape?: Shape): NdArray {
    return drawWith('laplace', shape, location, scale, (m, s) => laws.laplace(this.uniforms, m, s));
  }

  logistic(location: Parameter = 0, scale: Parameter = 1, shape?: Shape): NdArray {
    return drawWith('logistic', shape, location, scale, (m, s) => laws.logistic(this.uniforms, m, s));
  }

  gumbel(location: Parameter = 0, scale: Parameter = 1, shape?: Shape): NdArray {
    return drawWith('gumbel', shape, location, scale, (m, s) => laws.gumbel(this.uniforms, m, s));
  }

  /** Successes (int64) of n trials. */
  binomial(n: Parameter, p: Parameter, shape?: Shape): NdArray {
    return asType(
      drawWith('binomial', shape, n, p, (count, chance) => laws.binomial(this.uniforms, count, chance)),
      'int64',
    );
  }

  /** Events (int64) at a rate. */
  poisson(rate: Parameter = 1, shape?: Shape): NdArray {
    return asType(
      drawWith('poisson', shape, rate, 0, (lambda) => laws.poisson(this.uniforms, lambda)),
      'int64',
    );
  }

  /** Uniform in [low, high). */
  uniform(low: Parameter = 0, high: Parameter = 1, shape?: Shape): NdArray {
    return drawWith('uniform', shape, low, high, (a, b) => {
      if (!Number.isFinite(b - a)) throw valueError('uniform', 'high - low range exceeds valid bounds');
      return a + (b - a) * this.bits.nextDouble();
    });
  }

  /** Integers in [low, high), or [low, high] with `endpoint`. */
  integers(low: number, high: number, shape: Shape = [], dtype: DType = 'int64', endpoint = false): NdArray {
    return drawIntegers(this.bits, low, high, shape, dtype, false, endpoint);
  }

  /** Elements of 0 … n−1 or along the first axis of an array, with or without replacement. */
  choice(
    from: number | NdArray,
    shape: Shape = [],
    options: ChoiceOptions & { readonly shuffle?: boolean } = {},
  ): NdArray {
    const count = population(from);
    const size = sizeOf(shape);
    const replace = options.replace ?? true;
    const uniforms = (n: number): Float64Array => Float64Array.from({ length: n }, () => this.bits.nextDouble());
    const weights = options.p && checkedWeights(options.p, count, size, replace);
    if (replace) {
      const indices = weights
        ? drawByWeight(weights, uniforms(size))
        : (this.integers(0, count, shape).elements() as Float64Array);
      return chosen(from, shape, indices);
    }
    if (size > count) throw valueError('choice', 'Cannot take a larger sample than population when replace is False');
    const indices = weights
      ? drawDistinctByWeight(weights, size, uniforms)
      : this.distinct(count, size, options.shuffle ?? true);
    return chosen(from, shape, indices);
  }

  /** `size` different integers below `count`: the tail of a shuffle for large samples, else Floyd's method (1987). */
  private distinct(count: number, size: number, shuffle: boolean): Float64Array {
    const cutoff = shuffle ? 50 : 20;
    if (count > 10000 && size > Math.floor(count / cutoff)) {
      const order = countingOrder(count);
      shuffleOrder(order, this.below, Math.max(count - size, 1));
      return order.slice(count - size);
    }
    const found = new Set<number>();
    const result = new Float64Array(size);
    for (let j = count - size; j < count; j++) {
      const value = this.below(j);
      const taken = found.has(value) ? j : value;
      found.add(taken);
      result[j - count + size] = taken;
    }
    if (shuffle) shuffleOrder(result, this.below);
    return result;
  }

  /** A permutation of 0 … n−1, or a copy shuffled along the first axis. */
  permutation(of: number | NdArray): NdArray {
    return permuted(of, this.belowByRejection);
  }

  /** Shuffles along the first axis, in place. */
  shuffle(array: NdArray): UndoRecord {
    return shuffleInPlace(array, this.belowByRejection);
  }
}
