/** When an equality of integrals states a fact, and what two indefinite integrals have in common. */
import { formatNumber } from '../../format';
import { type Expr, symbols } from '../../symbolic';
import { derivativeOf, freeNames, holdsIndefinite, integralOf, isIntegral } from '../latex/integrals';
import { refusal } from '../latex/refusals';
import { type Node, walk } from '../latex/tree';
import { counterexample, type Failure, type Finding, type Reading, type Side } from './decide';
import { pointToText } from './plainText';

/** Of an integral that could not be worked out. */
export const NO_INTEGRAL: Finding = {
  verdict: 'unknown',
  ...refusal({ kind: 'integral', body: { kind: 'dots', from: 0, to: 0 }, variables: [], from: 0, to: 0 }),
};

/** An indefinite integral is known up to a constant: then the derivatives are what is compared. */
export function upToConstant(p: Expr, q: Expr): readonly [Expr, Expr] {
  if (!holdsIndefinite(p) && !holdsIndefinite(q)) return [p, q];
  const variables = new Set(
    [p, q].flatMap((e) =>
      [...symbols(e)].flatMap((n) => (isIntegral(n) && !integralOf(n).limits ? integralOf(n).variable : [])),
    ),
  );
  const [variable, ...others] = variables;
  if (variable === undefined || others.length > 0) return [p, q];
  // ∫ p(x) dx = 1 leaves out its limits.
  if ([p, q].some((e) => !freeNames(e).has(variable) && symbols(e).size === freeNames(e).size)) return [p, q];
  return [derivativeOf(p, variable), derivativeOf(q, variable)];
}

export function integralIn(equal: readonly Side[], right: Side): boolean {
  return [...equal.slice(0, 1), right].some(({ node }) => node !== undefined && hasIntegral(node));
}

function hasIntegral(node: Node): boolean {
  let seen = false;
  walk(node, (n) => {
    if (n.kind === 'integral') seen = true;
    return !seen;
  });
  return seen;
}

/** Names that are constants by custom; f, p, v and their like may depend on anything. */
const CONSTANTS = /^(?:[a-eknr]|alpha|beta|gamma|lambda|mu|sigma|theta|omega|tau|pi)(?:_.*)?$/;

/**
 * Whether an equality of an integral can be false: one that may say what a name is, or leaves out what its names depend on,
 * is not.
 */
export function statesIntegral(a: readonly Reading[], b: readonly Reading[]): boolean {
  const [left, right] = [a, b].map((readings) => new Set(readings.flatMap(({ expr }) => [...freeNames(expr)])));
  if (!left || !right) return false;
  const integrals = [...a, ...b].flatMap(({ expr }) => [...symbols(expr)].filter(isIntegral).map(integralOf));
  if (integrals.length === 0) return false;
  for (const { body, variable, limits } of integrals) {
    const free = freeNames(body);
    if (!free.has(variable)) return false;
    for (const name of free) if (name !== variable && !CONSTANTS.test(name)) return false;
    if (!limits && !right.has(variable)) return false;
  }
  // ∫ c x² dx = 1 asks for c.
  return [...left].every((n) => right.has(n) || integrals.every(({ variable, limits }) => !limits && n === variable));
}

/** A limit that is found exactly says what it is; one that tells what a name is does not. */
export function statesLimit(side: Side, a: readonly Reading[], b: readonly Reading[]): boolean {
  if (!holdsLimit(side)) return false;
  const [left, right] = [a, b].map((readings) => new Set(readings.flatMap(({ expr }) => [...freeNames(expr)])));
  return left !== undefined && right !== undefined && [...right].every((n) => left.has(n)) && left.size === right.size;
}

/** What is wrong with an equality of integrals: nobody wants to read the other integral. */
export function differentIntegrals({ point, values }: Failure, left: Side, right: Side): Finding {
  const indefinite = [left, right].some(
    ({ readings }) => 'map' in readings && readings.some(({ expr }) => holdsIndefinite(expr)),
  );
  const [a, b] = values.map((v) => formatNumber(v));
  const where = point.size === 0 ? '' : `at ${pointToText(point)} `;
  return {
    verdict: 'fail',
    code: 'wrong-formula',
    message: indefinite
      ? `its derivative is not the integrand: ${where}that is ${a}, and the derivative ${b}`
      : `the two sides differ: ${where}the integral is ${a}, not ${b}`,
    point: counterexample(point),
  };
}

export function holdsLimit({ node }: Side): boolean {
  let seen = false;
  if (node) walk(node, (n) => void (seen ||= n.kind === 'limit'));
  return seen;
}
