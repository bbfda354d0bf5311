/**
 * Integrals as values. An integral is a symbol whose name says all of it, so that expressions stay plain: equal integrals are
 * equal symbols, proofs take them for unknowns, and whoever evaluates or differentiates asks here what such a symbol means.
 */
import { add, differentiate, evaluate, type Expr, mul, neg, substitute, sym, symbols, toLatex } from '../../symbolic';
import { integrate } from '../../symbolic/quadrature';

export type Limit = Expr | 'infinity' | '-infinity';

export interface Integral {
  readonly body: Expr;
  /** Its own name in the body: of an indefinite integral the variable that it is a function of. */
  readonly variable: string;
  /** The name as it is written. */
  readonly written: string;
  /** Absent in an indefinite integral, which is known up to a constant. */
  readonly limits?: readonly [lower: Limit, upper: Limit];
}

const MARK = '∫';

export function integralSymbol(integral: Integral): Expr {
  return sym(MARK + JSON.stringify(integral));
}

export const isIntegral = (name: string): boolean => name.startsWith(MARK);

const known = new Map<string, Integral>();
const MOST_KNOWN = 500;

/** What a symbol of an integral means. */
export function integralOf(name: string): Integral {
  let integral = known.get(name);
  if (!integral) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(name, (integral = JSON.parse(name.slice(MARK.length)) as Integral));
  }
  return integral;
}

/** The bound name of a definite integral: no name of a document. */
export const boundName = (written: string): string => `${written}${MARK}`;

/** The names that the value of an expression depends on: those in its integrals are among them, the integrals are not. */
export function freeNames(e: Expr): Set<string> {
  const names = new Set<string>();
  for (const name of symbols(e)) {
    if (!isIntegral(name)) names.add(name);
    else for (const inner of namesIn(integralOf(name))) names.add(inner);
  }
  return names;
}

function namesIn({ body, variable, limits }: Integral): Set<string> {
  const names = freeNames(body);
  if (limits) names.delete(variable);
  for (const limit of limits ?? []) if (typeof limit !== 'string') for (const n of freeNames(limit)) names.add(n);
  return names;
}

export function holdsIntegral(e: Expr): boolean {
  return [...symbols(e)].some(isIntegral);
}

/** Whether an indefinite integral occurs, which has no value. */
export function holdsIndefinite(e: Expr): boolean {
  return [...symbols(e)].some((n) => isIntegral(n) && !integralOf(n).limits);
}

type Values = (name: string) => number | undefined;

/** Values of names, and of integrals of them: NaN where the quadrature gives none, undefined where a name has no value. */
export function withIntegrals(values: Values): Values {
  const done = new Map<string, number | undefined>();
  return (name) => {
    if (!isIntegral(name)) return values(name);
    if (!done.has(name)) done.set(name, valueOf(integralOf(name), values));
    return done.get(name);
  };
}

/** Evaluations of integrands, counted: what has been spent is asked for by budgets. */
export const evaluations = { count: 0 };

function valueOf(integral: Integral, values: Values): number | undefined {
  const { body, variable, limits } = integral;
  for (const name of namesIn(integral)) if (values(name) === undefined) return undefined;
  if (!limits) return NaN;
  const [lower, upper] = limits.map((limit) =>
    limit === 'infinity' ? Infinity : limit === '-infinity' ? -Infinity : evaluate(limit, withIntegrals(values)),
  ) as [number, number];
  const integrand = (x: number) => {
    evaluations.count++;
    return evaluate(
      body,
      withIntegrals((n) => (n === variable ? x : values(n))),
    );
  };
  return integrate(integrand, lower, upper)?.value ?? NaN;
}

/** The derivative by a name, integrals included: by the integrand and, at limits that move, by Leibniz' rule. */
export function derivativeOf(e: Expr, name: string): Expr {
  let result = differentiate(e, name);
  for (const symbol of symbols(e)) {
    if (!isIntegral(symbol)) continue;
    const inner = integralDerivative(integralOf(symbol), name);
    if (inner) result = add(result, mul(differentiate(e, symbol), inner));
  }
  return result;
}

function integralDerivative(integral: Integral, name: string): Expr | undefined {
  const { body, variable, limits } = integral;
  if (!limits && name === variable) return body;
  const terms: Expr[] = [];
  if (freeNames(body).has(name)) terms.push(integralSymbol({ ...integral, body: derivativeOf(body, name) }));
  const [lower, upper] = limits ?? [];
  const end = (limit: Limit | undefined): Expr | undefined => {
    if (limit === undefined || typeof limit === 'string' || !freeNames(limit).has(name)) return undefined;
    return mul(
      replaced(body, (n) => (n === variable ? limit : undefined)),
      derivativeOf(limit, name),
    );
  };
  const [from, to] = [end(lower), end(upper)];
  if (to) terms.push(to);
  if (from) terms.push(neg(from));
  return terms.length === 0 ? undefined : terms.reduce((a, b) => add(a, b));
}

/** Replaces names, in integrals too. */
export function replaced(e: Expr, map: (name: string) => Expr | undefined): Expr {
  return substitute(e, (name) => {
    const own = map(name);
    if (own || !isIntegral(name)) return own;
    const integral = integralOf(name);
    const { body, variable, limits } = integral;
    if (![...namesIn(integral)].some((n) => map(n))) return undefined;
    const inner = (n: string) => (n === variable ? undefined : map(n));
    const moved = limits?.map((l) => (typeof l === 'string' ? l : replaced(l, map))) as Integral['limits'];
    return integralSymbol({ ...integral, body: replaced(body, inner), ...(moved ? { limits: moved } : {}) });
  });
}

/** TeX of an integral. */
export function integralToTex(
  { body, variable, written, limits }: Integral,
  nameToTex: (name: string) => string,
): string {
  const tex = (e: Expr) => toLatex(e, { symbol: nameToTex, fractions: 'stacked' });
  const shown = limits ? replaced(body, (n) => (n === variable ? sym(written) : undefined)) : body;
  const limit = (l: Limit) => (typeof l === 'string' ? l.replace('infinity', '\\infty') : tex(l));
  const range = limits ? `_{${limit(limits[0])}}^{${limit(limits[1])}}` : '';
  const isSum = /[+-]/.test(
    tex(shown)
      .replace(/\{[^{}]*\}/g, '')
      .slice(1),
  );
  return `\\int${range} ${isSum ? `\\left(${tex(shown)}\\right)` : tex(shown)} \\, d${nameToTex(written)}`;
}

/** The value where nothing is open, such as ∫₀¹ x² dx; undefined where there is none. */
export function closedValue(e: Expr): number | undefined {
  if (freeNames(e).size > 0) return undefined;
  const value = evaluate(
    e,
    withIntegrals(() => undefined),
  );
  return holdsIntegral(e) && !Number.isFinite(value) ? undefined : value;
}
