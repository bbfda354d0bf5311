/** Expressions as LaTeX, in the style of textbooks. */
import type { Expr } from './expr';
import { atom, PRECEDENCE } from './precedence';
import { type MathematicsStyle, typesetter, type Typography } from './typeset';

/** How symbols and numbers are written, and which of two customary forms is taken. */
export interface Notation extends MathematicsStyle {
  /** `inline`: a / b, as in step formulas; `stacked`: \frac{a}{b}. Inline by default. */
  readonly fractions?: 'inline' | 'stacked';
  /** exp as `power`: e^{x}, or as `function`: \exp x. A power by default. */
  readonly exponential?: 'power' | 'function';
}

/**
 * LaTeX of an expression, without delimiters. `notation.symbol` maps names of symbols to TeX, so that the operands of a rule can
 * be written v_1, \dot v_2, \bar v_3. Sums and products are flattened; nothing is reordered.
 *
 * Throws `UnknownOperationError` and `ArityError` for what is no expression of the language.
 */
export function toLatex(e: Expr, notation: Notation = {}): string {
  const typography: Typography = {
    language: 'latex',
    number: notation.number ?? numberToLatex,
    symbol: (name) => notation.symbol?.(name) ?? symbolToLatex(name),
    constant: (op) => (op === 'pi' ? '\\pi' : 'e'),
    parentheses: (inner) => (isTall(inner) ? `\\left(${inner}\\right)` : `(${inner})`),
    brackets: (inner) => (isTall(inner) ? `\\left[${inner}\\right]` : `[${inner}]`),
    superscript: (base, exponent, print) => `${base}^${group(print(exponent).text)}`,
    ...(notation.exponential === 'function'
      ? {}
      : {
          exponential: (exponent: string) => ({
            text: `e^${group(exponent)}`,
            precedence: PRECEDENCE.power,
          }),
        }),
    ...(notation.fractions === 'stacked'
      ? {
          fraction: (numerator: string, denominator: string) => ({
            text: `\\frac{${numerator}}{${denominator}}`,
            precedence: PRECEDENCE.product,
          }),
        }
      : {}),
    fences: {
      sqrt: (inner) => `\\sqrt{${inner}}`,
      cbrt: (inner) => `\\sqrt[3]{${inner}}`,
      abs: (inner) => `\\left|${inner}\\right|`,
      floor: (inner) => `\\lfloor ${inner} \\rfloor`,
      ceil: (inner) => `\\lceil ${inner} \\rceil`,
    },
    polygamma: (order, argument) => atom(`\\psi^{(${order.text})}(${argument})`),
    negation: '\\lnot ',
    cases: (rows, otherwise) => ({
      text: `\\begin{cases} ${rows.map((r) => `${r.value} & \\text{if } ${r.condition} \\\\ `).join('')}${otherwise} & \\text{otherwise} \\end{cases}`,
      precedence: PRECEDENCE.selection,
    }),
  };
  return typesetter(typography, notation.functionPowers ?? true).print(e).text;
}

const isTall = (text: string): boolean => /\\frac|\\begin|\\sqrt|\\left/.test(text);

/** Braces, unless it is one character. */
const group = (text: string): string => (text.length === 1 ? text : `{${text}}`);

/** The shortest decimal that reads back as the same number; powers of ten from 1e21 and below 1e−6. */
export function numberToLatex(value: number): string {
  if (Number.isNaN(value)) return '\\mathrm{NaN}';
  if (value === Infinity) return '\\infty';
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return mantissa;
  return `${mantissa === '1' ? '' : `${mantissa} \\cdot `}10^{${Number(exponent)}}`;
}

const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega ' +
  'Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega';
const GREEK_NAMES: ReadonlySet<string> = new Set(GREEK.split(' '));

/**
 * TeX of a symbol's name: a letter or the name of a Greek letter stands for itself, digits at its end (`x1`, `x_1`, `w_ij`) are a
 * subscript, a longer word is upright. A name that holds a TeX command is left as it is.
 */
export function symbolToLatex(name: string): string {
  if (name.includes('\\')) return name;
  const [, stem = name, after, digits] = /^([^_]*[^_\d])(?:_(\w+)|(\d+))$/.exec(name) ?? [];
  const index = after ?? digits;
  const head =
    stem.length === 1 ? stem : GREEK_NAMES.has(stem) ? `\\${stem}` : `\\mathrm{${stem.replaceAll('_', '\\_')}}`;
  return index === undefined ? head : `${head}_${group(index.replaceAll('_', '\\_'))}`;
}
