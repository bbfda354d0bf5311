/** TeX as a line of plain text, for labels that can not be typeset. Reads loosely and never fails: it is for the eye only. */
import { own } from './own';

const SYMBOLS: Readonly<Record<string, string>> = {
  partial: '∂',
  nabla: '∇',
  cdot: '·',
  times: '×',
  odot: '⊙',
  otimes: '⊗',
  sum: 'Σ',
  prod: '∏',
  int: '∫',
  infty: '∞',
  leq: '≤',
  le: '≤',
  geq: '≥',
  ge: '≥',
  neq: '≠',
  ne: '≠',
  approx: '≈',
  leftarrow: '←',
  gets: '←',
  rightarrow: '→',
  to: '→',
  top: 'ᵀ',
  intercal: 'ᵀ',
  ell: 'ℓ',
  pm: '±',
  circ: '∘',
  degree: '°',
  lfloor: '⌊',
  rfloor: '⌋',
  lceil: '⌈',
  rceil: '⌉',
  quad: ' ',
  qquad: ' ',
};

const GREEK: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ ' +
    'sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω'
  )
    .split(' ')
    .flatMap((word, i, words) => (i % 2 === 0 ? [[word, words[i + 1] as string]] : [])),
);

const ACCENTS: Readonly<Record<string, string>> = {
  hat: '\u0302',
  widehat: '\u0302',
  bar: '\u0304',
  overline: '\u0304',
  dot: '\u0307',
  ddot: '\u0308',
  tilde: '\u0303',
  vec: '\u20d7',
};

const BRACKETS: Readonly<Record<string, readonly [string, string]>> = {
  matrix: ['', ''],
  array: ['', ''],
  smallmatrix: ['', ''],
  pmatrix: ['(', ')'],
  bmatrix: ['[', ']'],
  Bmatrix: ['{', '}'],
  vmatrix: ['|', '|'],
  Vmatrix: ['‖', '‖'],
  cases: ['{', ''],
};

/** Commands whose argument stands for itself. */
const STYLES = /^(?:mathbf|mathrm|mathit|mathcal|mathbb|boldsymbol|bm|text|textbf|operatorname|mathsf)$/;
const LOWERED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+-'].map((c, i) => [c, [...'₀₁₂₃₄₅₆₇₈₉₊₋'][i] as string]),
);
const RAISED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+-Tᵀ'].map((c, i) => [c, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵀᵀ'][i] as string]),
);

/** `\frac{\partial \xi_4}{\partial \xi_3} = 1/\xi_3^2` as `∂ξ₄/∂ξ₃ = 1/ξ₃²`. */
export function texToText(tex: string): string {
  return new Reader(tex)
    .all()
    .replace(/\s+/g, ' ')
    .replace(/ (?=[,.;:)\]])|(?<=[([]) /g, '')
    .trim();
}

class Reader {
  private at = 0;

  constructor(private readonly tex: string) {}

  all(until = ''): string {
    let text = '';
    while (this.at < this.tex.length && this.tex[this.at] !== until) text += this.one();
    this.at++;
    return text;
  }

  /** The next character, command or group. */
  private one(): string {
    const c = this.tex[this.at++] ?? '';
    if (c === '{') return this.all('}');
    if (c === '}' || c === '&') return c === '&' ? ' ' : '';
    if (c === '_' || c === '^') return script(this.argument(), c === '_' ? LOWERED : RAISED, c);
    return c === '\\' ? this.command() : c;
  }

  /** `\begin{pmatrix} a & b \\\\ c & d \end{pmatrix}` as `(a, b; c, d)`; what is no matrix stands as it is. */
  private environment(): string {
    const name = this.argument().trim();
    if (name === 'array') this.argument();
    const brackets = own(BRACKETS, name);
    const end = `\\end{${name}}`;
    const to = this.tex.indexOf(end, this.at);
    if (!brackets || to < 0) return '';
    const inside = this.tex.slice(this.at, to);
    this.at = to + end.length;
    const rows = inside
      .split('\\\\')
      .map((row) => row.split('&').map(texToText))
      .filter((row) => row.some((cell) => cell !== ''));
    return brackets[0] + rows.map((row) => row.join(', ')).join('; ') + brackets[1];
  }

  private argument(): string {
    while (this.tex[this.at] === ' ') this.at++;
    return this.one();
  }

  private command(): string {
    const name = /^[A-Za-z]+/.exec(this.tex.slice(this.at))?.[0];
    if (name === undefined) {
      const c = this.tex[this.at++] ?? '';
      return c === '\\' ? '; ' : ',:; '.includes(c) ? ' ' : c === '!' ? '' : c;
    }
    this.at += name.length;
    if (name === 'begin') return this.environment();
    if (name === 'end') {
      this.argument();
      return '';
    }
    if (/^[dtc]?frac$/.test(name)) return `${operand(this.argument())}/${operand(this.argument())} `;
    if (/^[dt]?binom$/.test(name)) return `(${this.argument()} over ${this.argument()})`;
    if (name === 'sqrt') return `√${operand(this.argument())}`;
    const accent = own(ACCENTS, name);
    if (accent !== undefined) return (this.argument() + accent).normalize('NFC');
    if (STYLES.test(name)) return this.argument();
    if (/^(?:left|right|big|Big|bigg|Bigg|displaystyle|limits)$/.test(name)) {
      // \left. stands for no bracket.
      if (/^(?:left|right)$/.test(name) && this.tex[this.at] === '.') this.at++;
      return '';
    }
    const symbol = own(SYMBOLS, name);
    if (symbol !== undefined && !/^(?:partial|nabla)$/.test(name)) return symbol;
    const letter = own(GREEK, name) ?? symbol;
    // A letter stands close to what follows it, a function's name apart from it.
    while (this.tex[this.at] === ' ') this.at++;
    return letter ?? (/[_^]/.test(this.tex[this.at] ?? '') ? name : `${name} `);
  }
}

/** A part of a fraction, in brackets where a sign or a quotient in it would be misread. */
function operand(text: string): string {
  const plain = text.trim();
  return /[-+−/ ·×]/.test(plain) && !/^[∂d]\S* ?\S*$/.test(plain) ? `(${plain})` : plain.replace(/^(∂) /, '$1');
}

function script(text: string, small: Readonly<Record<string, string>>, mark: string): string {
  if (mark === '^' && text.trim() === '∘') return '°';
  const characters = [...text.trim()];
  if (characters.length > 0 && characters.every((c) => c in small)) return characters.map((c) => small[c]).join('');
  const isWord = mark === '_' && /^[\p{L}\d]+$/u.test(text.trim());
  const isApart = characters.length === 1 || isWord || /^\(.*\)$/.test(text.trim());
  return isApart ? `${mark}${text.trim()}` : `${mark}(${text.trim()})`;
}
