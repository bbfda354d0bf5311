/** Where expressions are defined, as restrictions on fractions of generators, and how two such domains compare. */
import type { Expr } from './expr';
import { type Fraction, proportion } from './polynomial';
import { signOf } from './rational';

/** Where an expression is defined, as far as that is not everywhere. */
export interface Domain {
  /** What must not be negative (on the boundary the expression may be undefined). */
  readonly nonnegative: Fraction[];
  /** Generators that have a domain of their own which is not analysed. */
  readonly opaque: Set<number>;
  /** What must not be zero. */
  readonly nonzero: { readonly fraction: Fraction; readonly expr: Expr; readonly onRegion: boolean }[];
}

/** What is excluded in `from` and not in `of`. */
export const zerosOnlyIn = (from: Domain, of: Domain): Domain['nonzero'] =>
  from.nonzero.filter(({ fraction }) => !of.nonzero.some((g) => proportion(fraction, g.fraction) !== undefined));

/** Whether, as far as can be seen, `from` leaves out a region where `of` is defined. */
export const isNarrower = (from: Domain, of: Domain): boolean =>
  from.nonnegative.some((f) => !of.nonnegative.some((g) => isMultiple(f, g))) ||
  [...from.opaque].some((g) => !of.opaque.has(g)) ||
  zerosOnlyIn(from, of).some(({ onRegion }) => onRegion);

export const sameDomain = (a: Domain, b: Domain): boolean =>
  !isNarrower(a, b) && !isNarrower(b, a) && zerosOnlyIn(a, b).length === 0 && zerosOnlyIn(b, a).length === 0;

export const emptyDomain = (): Domain => ({ nonnegative: [], opaque: new Set(), nonzero: [] });
/** Nothing is left out. */
export const isTotal = (d: Domain): boolean =>
  d.nonnegative.length === 0 && d.opaque.size === 0 && d.nonzero.length === 0;

/** f = c g with c > 0. */
export const isMultiple = (f: Fraction, g: Fraction): boolean => {
  const c = proportion(f, g);
  return c !== undefined && signOf(c) > 0;
};
