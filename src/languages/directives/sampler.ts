/** What `given x: float[3, 4] ~ normal(0, 1, seed=0)` says of `x`, and the numbers that come of it. */
import { asType, full, type NdArray, RandomState } from '../../tensor';

export interface Sampler {
  readonly dtype: 'float' | 'int';
  /** Empty for a single number. */
  readonly shape: readonly number[];
  readonly distribution: string;
  readonly parameters: readonly number[];
  readonly seed: number;
}

/**
 * Float64 or int64 numbers of the sampler's shape, those of `numpy.random.RandomState(seed)`; undefined where there is no
 * distribution of the name. The caller sees to it that the shape is affordable.
 */
export function sample({ distribution, parameters, shape, dtype, seed }: Sampler): NdArray | undefined {
  const state = new RandomState(seed);
  const [a, b] = parameters;
  const draw = (): NdArray | undefined => {
    switch (distribution) {
      case 'normal':
        return state.normal(a ?? 0, b ?? 1, shape);
      case 'uniform':
        return state.uniform(a ?? 0, b ?? 1, shape);
      case 'randint':
      case 'integers':
        return b === undefined ? state.randint(0, a ?? 2, shape) : state.randint(a ?? 0, b, shape);
      case 'zeros':
        return full(shape, 0, 'float64');
      case 'ones':
        return full(shape, 1, 'float64');
      default:
        return undefined;
    }
  };
  const drawn = draw();
  return drawn && asType(drawn, dtype === 'int' ? 'int64' : 'float64');
}
