/** `scipy.stats`: densities and probabilities of the common laws. */
import { library } from '../../library';
import { lawObject } from './law';
import { LAWS } from './laws';
import { vectorLaws } from './multivariate';

export const stats = library('scipy.stats', {
  ...Object.fromEntries(LAWS.map((law) => [law.name, lawObject(law)])),
  ...vectorLaws,
});
