/** Names and expressions of a document as plain text, for messages that can not be typeset. */
import { type Expr, simplify, toText } from '../../symbolic';
import { formatNumber } from '../../format';
import { derivativeParts } from '../latex/unknownDerivatives';

const ACCENT_MARKS: Readonly<Record<string, string>> = {
  hat: '\u0302',
  bar: '\u0304',
  dot: '\u0307',
  ddot: '\u0308',
  tilde: '\u0303',
  vec: '\u20d7',
};

const GREEK: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π ' +
    'rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω ell ℓ Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π ' +
    'Sigma Σ Phi Φ Psi Ψ Omega Ω'
  )
    .split(' ')
    .reduce<[string, string][]>((pairs, word, i, words) => {
      if (i % 2 === 0) pairs.push([word, words[i + 1] as string]);
      return pairs;
    }, []),
);

const LOWERED = '₀₁₂₃₄₅₆₇₈₉';

/** `bar:v_1` as v̄₁, `alpha` as α, `cal:L_i` as L_i. */
export function nameToText(name: string): string {
  const derivative = derivativeParts(name);
  if (derivative) {
    const [operand, ...variables] = derivative;
    return `∂${nameToText(operand as string)}/${variables.map((v) => `∂${nameToText(v)}`).join('')}`;
  }
  const colon = name.indexOf(':');
  const [accent, plain] = colon > 0 ? [name.slice(0, colon), name.slice(colon + 1)] : ['', name];
  if (plain.includes(':')) return nameToText(plain);
  const scripts = /[_^]/.exec(plain)?.index ?? plain.length;
  const base = plain.slice(0, scripts);
  const rest = plain
    .slice(scripts)
    .replace(/^_\{?(\d+)\}?/, (_, digits: string) => [...digits].map((d) => LOWERED[Number(d)]).join(''))
    .replaceAll(/[{}]/g, '');
  return (GREEK[base] ?? base) + (ACCENT_MARKS[accent] ?? '') + rest;
}

/** An expression, simplified. */
export function expressionToText(expr: Expr): string {
  return toText(simplify(expr), { symbol: nameToText });
}

/** Names with values: x = 0.35, y = 2. */
export function pointToText(point: ReadonlyMap<string, number>): string {
  return [...point].map(([name, value]) => `${nameToText(name)} = ${formatNumber(value)}`).join(', ');
}
