/** Expressions as plain Unicode text, readable where no formula can be set. */
import type { Expr } from './expr';
import { atom, PRECEDENCE, type Printed } from './precedence';
import { type MathematicsStyle, typesetter, type Typography } from './typeset';

/**
 * Plain text of an expression: `ln x₁ + x₁ x₂ − sin x₂`. Exponents that have no raised form are written after `^`.
 *
 * Throws `UnknownOperationError` and `ArityError` for what is no expression of the language.
 */
export function toText(e: Expr, style: MathematicsStyle = {}): string {
  const typography: Typography = {
    language: 'text',
    number: style.number ?? numberToText,
    symbol: (name) => style.symbol?.(name) ?? symbolToText(name),
    constant: (op) => (op === 'pi' ? 'π' : 'e'),
    parentheses: (inner) => `(${inner})`,
    brackets: (inner) => `[${inner}]`,
    superscript: (base, exponent, print) => base + raised(print(exponent)),
    fences: {
      abs: (inner) => (inner.includes('|') ? `abs(${inner})` : `|${inner}|`),
      floor: (inner) => `⌊${inner}⌋`,
      ceil: (inner) => `⌈${inner}⌉`,
    },
    polygamma: (order, argument) => {
      const raisedOrder = toRaised(`(${order.text})`);
      return atom(raisedOrder ? `ψ${raisedOrder}(${argument})` : `polygamma(${order.text}, ${argument})`);
    },
    negation: '¬',
    cases: (rows, otherwise) => ({
      text: `${rows.map((r) => `${r.value} if ${r.condition}, `).join('')}${otherwise} otherwise`,
      precedence: PRECEDENCE.selection,
    }),
  };
  return typesetter(typography, style.functionPowers ?? true).print(e).text;
}

const RAISED = new Map([...'0123456789+−()n'].map((c, i) => [c, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ'][i] as string] as const));
const LOWERED = new Map([...'0123456789'].map((c, i) => [c, [...'₀₁₂₃₄₅₆₇₈₉'][i] as string] as const));

function toRaised(text: string): string | undefined {
  const raised = [...text].map((c) => RAISED.get(c));
  return raised.every((c) => c !== undefined) ? raised.join('') : undefined;
}

/** An exponent: raised where Unicode can, else after a caret. */
function raised(exponent: Printed): string {
  const text = /^−?\d+$|^n$/.test(exponent.text) ? toRaised(exponent.text) : undefined;
  return text ?? `^${exponent.precedence === PRECEDENCE.atom ? exponent.text : `(${exponent.text})`}`;
}

/** The shortest decimal that reads back as the same number. */
export function numberToText(value: number): string {
  if (value === Infinity) return '∞';
  return String(value).replace('e+', 'e').replace('e-', 'e−');
}

/** A symbol's name with the digits at its end lowered: `x1` and `x_1` as x₁. */
export function symbolToText(name: string): string {
  const [, stem, digits] = /^(.*?[^\d_])_?(\d+)$/.exec(name) ?? [];
  return stem && digits ? stem + [...digits].map((d) => LOWERED.get(d)).join('') : name;
}
