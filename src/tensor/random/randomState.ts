import { asType } from '../cast';
import type { DType } from '../dtype';
import * as laws from './laws';
import { valueError } from '../error';
import { fromValues, type NdArray } from '../ndarray';
import { sizeOf, type Shape } from '../shape';
import type { UndoRecord } from '../undo';
import { boundedIntegers } from './bits';
import {
  checkedWeights,
  chosen,
  drawByWeight,
  drawDistinctByWeight,
  drawFloats,
  drawIntegers,
  drawWith,
  permuted,
  population,
  shuffleInPlace,
  type ChoiceOptions,
  type Parameter,
} from './draw';
import { MersenneTwister } from './mt19937';

/**
 * NumPy's legacy generator (`np.random.seed`, `RandomState`): the same integers, uniforms and orders from the same seed;
 * normals by the polar method (Marsaglia and Bray 1964), of whose two results the second is kept for the next call.
 */
export class RandomState {
  private bits: MersenneTwister;
  private keptNormal: number | undefined;

  /** @throws TensorError when a seed is not in [0, 2³²) */
  constructor(seed: number | readonly number[]) {
    this.bits = seeded(seed);
  }

  /** Starts anew from a seed. */
  seed(seed: number | readonly number[]): void {
    this.bits = seeded(seed);
    this.keptNormal = undefined;
  }

  private readonly nextNormal = (): number => {
    if (this.keptNormal !== undefined) {
      const { keptNormal } = this;
      this.keptNormal = undefined;
      return keptNormal;
    }
    for (;;) {
      const x = 2 * this.bits.nextDouble() - 1;
      const y = 2 * this.bits.nextDouble() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      this.keptNormal = factor * x;
      return factor * y;
    }
  };

  private readonly uniforms = (): number => this.bits.nextDouble();

  private readonly below = (i: number): number => boundedIntegers(this.bits, i, 64, true)();

  /** Uniform in [0, 1) (`rand`, `random_sample`, `random`). */
  random(shape: Shape = []): NdArray {
    return drawFloats(shape, () => this.bits.nextDouble());
  }

  /** Standard normal (`randn`, `standard_normal`). */
  standardNormal(shape: Shape = []): NdArray {
    return drawFloats(shape, this.nextNormal);
  }

  /** Normal with a mean and a standard deviation. */
  normal(mean: Parameter = 0, deviation: Parameter = 1, shape?: Shape): NdArray {
    return drawWith('normal', shape, mean, deviation, (m, s) => {
      if (s < 0 || Object.is(s, -0)) throw valueError('normal', 'scale < 0');
      return m + s * this.nextNormal();
    });
  }

  /** The exponential of normals. */
  logNormal(mean: Parameter = 0, deviation: Parameter = 1, shape?: Shape): NdArray {
    return drawWith('lognormal', shape, mean, deviation, (m, s) => {
      if (s < 0 || Object.is(s, -0)) throw valueError('lognormal', 'sigma < 0');
      return Math.exp(m + s * this.nextNormal());
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

  gamma(shape: Parameter, scale: Parameter = 1, size?: Shape): NdArray {
    return drawWith('gamma', size, shape, scale, (k, s) => s * laws.legacyGamma(this.uniforms, this.nextNormal, k));
  }

  beta(a: Parameter, b: Parameter, shape?: Shape): NdArray {
    return drawWith('beta', shape, a, b, (p, q) => laws.legacyBeta(this.uniforms, this.nextNormal, p, q));
  }

  chiSquare(freedom: Parameter, shape?: Shape): NdArray {
    return drawWith('chisquare', shape, freedom, 0, (k) => 2 * laws.legacyGamma(this.uniforms, this.nextNormal, k / 2));
  }

  /** Vectors of the simplex, along a last axis as long as `alpha`. */
  dirichlet(alpha: NdArray, shape: Shape = []): NdArray {
    const weights = alpha.elements();
    const rows = sizeOf(shape);
    const values = new Float64Array(rows * weights.length);
    for (let row = 0; row < rows; row++) {
      let total = 0;
      for (let i = 0; i < weights.length; i++) {
        const value = laws.legacyGamma(this.uniforms, this.nextNormal, weights[i]!);
        values[row * weights.length + i] = value;
        total += value;
      }
      for (let i = 0; i < weights.length; i++) values[row * weights.length + i]! *= 1 / total;
    }
    return fromValues('float64', [...shape, weights.length], values);
  }

  /** Uniform in [low, high). */
  uniform(low: Parameter = 0, high: Parameter = 1, shape?: Shape): NdArray {
    return drawWith('uniform', shape, low, high, (a, b) => {
      if (!Number.isFinite(b - a)) throw valueError('uniform', 'Range exceeds valid bounds');
      return a + (b - a) * this.bits.nextDouble();
    });
  }

  /** Exponential with a mean, by inversion. */
  exponential(scale: Parameter = 1, shape?: Shape): NdArray {
    return drawWith('exponential', shape, scale, 0, (s) => -s * Math.log(1 - this.bits.nextDouble()));
  }

  /** Integers in [low, high). */
  randint(low: number, high: number, shape: Shape = [], dtype: DType = 'int64'): NdArray {
    return drawIntegers(this.bits, low, high, shape, dtype, true);
  }

  /** Elements of 0 … n−1 or of a vector, with or without replacement, by given probabilities or alike. */
  choice(from: number | NdArray, shape: Shape = [], options: ChoiceOptions = {}): NdArray {
    const count = population(from);
    const size = sizeOf(shape);
    const replace = options.replace ?? true;
    const uniforms = (n: number): Float64Array => Float64Array.from({ length: n }, () => this.bits.nextDouble());
    const weights = options.p && checkedWeights(options.p, count, size, replace);
    if (replace) {
      const indices = weights
        ? drawByWeight(weights, uniforms(size))
        : (this.randint(0, count, shape).elements() as Float64Array);
      return chosen(from, shape, indices);
    }
    if (size > count) {
      throw valueError('choice', "Cannot take a larger sample than population when 'replace=False'");
    }
    const indices = weights
      ? drawDistinctByWeight(weights, size, uniforms)
      : (permuted(count, this.below).elements().slice(0, size) as Float64Array);
    return chosen(from, shape, indices);
  }

  /** A permutation of 0 … n−1, or a shuffled copy. */
  permutation(of: number | NdArray): NdArray {
    return permuted(of, this.below);
  }

  /** Shuffles along the first axis, in place. */
  shuffle(array: NdArray): UndoRecord {
    return shuffleInPlace(array, this.below);
  }
}

function seeded(seed: number | readonly number[]): MersenneTwister {
  const parts = typeof seed === 'number' ? [seed] : seed;
  if (parts.length === 0) throw valueError('seed', 'Seed must be non-empty');
  if (parts.some((part) => !Number.isInteger(part) || part < 0 || part > 0xffffffff)) {
    throw valueError('seed', 'Seed must be between 0 and 2**32 - 1');
  }
  return new MersenneTwister(seed);
}
