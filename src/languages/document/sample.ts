/** Points for formulas whose document gives none: always the same, inside the domain. */
import { evaluate, type Expr } from '../../symbolic';
import { fromValues, type NdArray } from '../../tensor';

/**
 * Ranges that values are taken from, tried in order until the formula has a finite value: between 0 and 1 every logarithm,
 * root, quotient and probability has one; the others are for formulas such as √(x − 1).
 */
const RANGES: readonly (readonly [number, number])[] = [
  [0.1, 0.9],
  [1.1, 2.9],
  [-0.9, -0.1],
  [3, 12],
  [-5, -1],
];

/** A number in [0, 1) that depends on the text alone (FNV-1a). */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0) / 2 ** 32;
}

/**
 * A value for each name, the same for a name in every formula where possible; two names never get the same value, so that no
 * tie of max or kink of a difference is hit by accident.
 */
export function samplePoint(
  names: readonly string[],
  isInDomain: (values: ReadonlyMap<string, number>) => boolean,
): ReadonlyMap<string, number> {
  let first: ReadonlyMap<string, number> | undefined;
  for (const [lower, upper] of RANGES) {
    const values = new Map<string, number>();
    const taken = new Set<number>();
    for (const name of names) {
      const steps = 80;
      let k = Math.floor(hash(name) * steps);
      while (taken.has(k) && taken.size < steps) k = (k + 1) % steps;
      taken.add(k);
      values.set(name, Number((lower + ((upper - lower) * k) / steps).toFixed(2)));
    }
    first ??= values;
    if (isInDomain(values)) return values;
  }
  return first ?? new Map();
}

export function isFiniteAt(expr: Expr, values: (name: string) => number | undefined): boolean {
  return Number.isFinite(evaluate(expr, values));
}

/** Elements between 0 and 1 for an array, always the same for a name and a shape. */
export function sampleArray(name: string, shape: readonly number[]): NdArray {
  const size = shape.reduce((a, b) => a * b, 1);
  const elements = Float64Array.from({ length: size }, (_, i) => Number((0.1 + 0.8 * hash(`${name} ${i}`)).toFixed(2)));
  return fromValues('float64', shape, elements);
}
