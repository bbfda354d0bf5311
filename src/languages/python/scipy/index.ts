/** `scipy`: special functions, linear algebra, laws, and solvers as declarations. */
import { library, type Library } from '../library';
import { scipyLinalg } from './linalg';
import { optimize } from './optimize';
import { special } from './special';
import { stats } from './stats';

export const scipyLibraries: readonly Library[] = [library('scipy', {}), special, scipyLinalg, stats, optimize];
