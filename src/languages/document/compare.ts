/** Whether two expressions are equal: by proof, else at many points of their common domain. */
import { evaluate, type Expr, provedEqual, sharedSize, symbols, termOperations } from '../../symbolic';
import { evaluations, freeNames, holdsIntegral, withIntegrals } from '../latex/integrals';
import { Recent } from './recent';
import { roundingNoise } from './roundingNoise';
import { type Costly, remembered, spend } from './work';

export type Comparison =
  | { readonly equal: true; readonly strength: 'proved' | 'numerical'; readonly points: number }
  | { readonly equal: false; readonly point: ReadonlyMap<string, number>; readonly values: readonly [number, number] }
  /** Too few points where both are defined, differences too small to tell, or equal in a part of the domain only. */
  | { readonly equal: undefined; readonly partly?: true };

/** The values that a name may have, where the document says so: `t \in \{-1, 1\}`. */
export type Domains = (name: string) => readonly number[] | undefined;

/** Ranges that points are taken from in turn: probabilities, small numbers of either sign, large ones. */
const RANGES: readonly (readonly [number, number])[] = [
  [0.05, 0.95],
  [0.2, 3],
  [-2, 2],
  [1, 9],
  [-30, 30],
  [0, 200],
];
/** In these ranges nothing saturates: values that agree there agree for a reason. */
const MODERATE = 3;
const POINTS = 48;
const NEEDED = 8;
/** Points at which integrals are worked out, and the ranges they come from: those of moderate size. */
const INTEGRAL_POINTS = 16;
const INTEGRAL_RANGES = 4;
/** Points of moderate size at which two different formulas may agree, before they are taken for equal in part of the domain. */
const COINCIDENCES = 5;
/** A difference this many times the possible rounding error is one. */
const SAFETY = 1e3;
/** Relative difference within which two values are the same, and beyond which they are not. */
const SAME = 1e-8;
const DIFFERENT = 1e-5;

const compared = new Recent<Costly<Comparison>>(4_000);

/** Points first: they are quick, and settle what differs; then a proof of what seems equal. */
export function compare(a: Expr, b: Expr, domains: Domains = () => undefined): Comparison {
  if (sharedSize(a) + sharedSize(b) > MAX_REMEMBERED) return decide(a, b, domains);
  const names = [...new Set([...symbols(a), ...symbols(b)])];
  const allowed = names.flatMap((n) => (domains(n) ? [`${n}∈${String(domains(n))}`] : []));
  return remembered(compared, `${keyOf(a)} = ${keyOf(b)} ${allowed.join()}`, () => decide(a, b, domains));
}

/** Operations of the expressions whose comparison is remembered. */
const MAX_REMEMBERED = 2_000;

function keyOf(e: Expr): string {
  const keys = new Map<Expr, string>();
  const visit = (e: Expr): string => {
    if (e.kind === 'number') return String(e.value);
    if (e.kind === 'symbol') return `‹${e.name}›`;
    let key = keys.get(e);
    if (key === undefined) keys.set(e, (key = `${e.op}(${e.args.map(visit).join()})`));
    return key;
  };
  return visit(e);
}

function decide(a: Expr, b: Expr, domains: Domains): Comparison {
  const evaluated = evaluations.count;
  const sampled = sample(a, b, domains);
  const size = sharedSize(a) + sharedSize(b);
  spend(NODE * size * (POINTS + evaluations.count - evaluated));
  if (sampled.equal === false) return sampled;
  const before = termOperations();
  const isProved = provedEqual(a, b);
  spend(TERM * (termOperations() - before) + size);
  return isProved ? { equal: true, strength: 'proved', points: 0 } : sampled;
}

function sample(a: Expr, b: Expr, domains: Domains): Comparison {
  const integrals = holdsIntegral(a) || holdsIntegral(b);
  const names = [...new Set([...freeNames(a), ...freeNames(b)])];
  const random = generator(0x9e3779b9);
  let same = 0;
  let coincidences = 0;
  let unsure = 0;
  let worst: { point: ReadonlyMap<string, number>; values: readonly [number, number]; difference: number } | undefined;
  let different = 0;
  for (let i = 0; i < (integrals ? INTEGRAL_POINTS : POINTS); i++) {
    const range = i % (integrals ? INTEGRAL_RANGES : RANGES.length);
    const [lower, upper] = RANGES[range] as readonly [number, number];
    const draw = (name: string): number => {
      const values = domains(name);
      const u = random();
      return values ? (values[Math.floor(u * values.length)] as number) : rounded(lower + (upper - lower) * u);
    };
    const point = new Map(names.map((n) => [n, draw(n)]));
    const valueOf = withIntegrals((n) => point.get(n));
    const [x, y] = [evaluate(a, valueOf), evaluate(b, valueOf)];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    const scale = Math.max(Math.abs(x), Math.abs(y));
    const difference = scale === 0 ? 0 : Math.abs(x - y) / scale;
    // What is left of larger values may be rounding noise.
    const noise = difference > SAME ? roundingNoise(a, valueOf) + roundingNoise(b, valueOf) : 0;
    if (difference <= SAME || scale < 1e-12 || Math.abs(x - y) <= noise) {
      same++;
      if (range < MODERATE && scale >= 1e-12 && difference <= SAME) coincidences++;
    } else if (difference < DIFFERENT || Math.abs(x - y) <= SAFETY * noise) unsure++;
    else {
      different++;
      // The first point is the most readable one: small numbers come first.
      worst ??= { point, values: [x, y], difference };
    }
    if (names.length === 0) break;
  }
  // A quadrature may step over a narrow peak: what agrees anywhere is not called different.
  if (integrals && different > 0 && (same > 0 || unsure > 0)) return { equal: undefined, partly: true };
  // √(x²) = x holds for x > 0, which may be what is meant. Labels −1 and 1 are meant both.
  if (different > 0 && coincidences > COINCIDENCES && names.every((n) => !domains(n)))
    return { equal: undefined, partly: true };
  if (different > 0 && worst && (names.length === 0 || different >= 3))
    return { equal: false, point: worst.point, values: worst.values };
  if (
    different === 0 &&
    unsure === 0 &&
    (same >= (integrals ? NEEDED / 2 : NEEDED) || (names.length === 0 && same > 0))
  )
    return { equal: true, strength: 'numerical', points: same };
  return { equal: undefined };
}

/** What the evaluation of one node takes, and one operation with terms of a normal form. */
const NODE = 0.15;
const TERM = 1.7;

const rounded = (x: number) => Number(x.toPrecision(4));

/** A small generator of reproducible numbers in [0, 1) (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
