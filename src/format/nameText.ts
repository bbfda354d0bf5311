/** Names in TeX as light text: one letter or word with a subscript, without typesetting. */
import { own } from './own';

export interface NameText {
  readonly base: string;
  /** A letter stands in italics, as in formulas; a word stands as it is written in code. */
  readonly style: 'letter' | 'word' | 'bold';
  readonly sub?: string;
  readonly sup?: string;
}

const GREEK: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ϵ',
  varepsilon: 'ε',
  zeta: 'ζ',
  eta: 'η',
  theta: 'θ',
  vartheta: 'ϑ',
  iota: 'ι',
  kappa: 'κ',
  lambda: 'λ',
  mu: 'μ',
  nu: 'ν',
  xi: 'ξ',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  upsilon: 'υ',
  phi: 'ϕ',
  varphi: 'φ',
  chi: 'χ',
  psi: 'ψ',
  omega: 'ω',
  Gamma: 'Γ',
  Delta: 'Δ',
  Theta: 'Θ',
  Lambda: 'Λ',
  Xi: 'Ξ',
  Pi: 'Π',
  Sigma: 'Σ',
  Upsilon: 'Υ',
  Phi: 'Φ',
  Psi: 'Ψ',
  Omega: 'Ω',
};

const WORD = String.raw`\\(?:mathrm|mathit|mathtt|mathsf|text|textit|texttt|operatorname)\{((?:[^{}\\]|\\[_#$%&{}])*)\}`;
const BASE = new RegExp(
  String.raw`^(?:([A-Za-z])|\\([A-Za-z]+)(?![A-Za-z{])|${WORD}|\\(?:mathbf|boldsymbol|bm)\{?([A-Za-z])\}?)`,
);
const SCRIPT = new RegExp(String.raw`^(?:\{\})?([_^])(?:([A-Za-z0-9*])|\{([^{}\\]*)\}|\{${WORD}\})`);

/** @returns `undefined` where the name holds more than light text can show, such as an accent */
export function nameText(tex: string): NameText | undefined {
  const match = BASE.exec(tex.trim());
  if (!match) return undefined;
  const [whole, letter, greek, word, bold] = match;
  const base =
    letter ?? (greek === undefined ? undefined : own(GREEK, greek)) ?? (word === undefined ? bold : unescape(word));
  if (base === undefined || base === '') return undefined;
  const style = word !== undefined && [...base].length > 1 ? 'word' : bold !== undefined ? 'bold' : 'letter';
  const scripts: { sub?: string; sup?: string } = {};
  let rest = tex.trim().slice(whole.length);
  while (rest !== '') {
    const script = SCRIPT.exec(rest);
    if (!script) return undefined;
    const kind = script[1] === '_' ? 'sub' : 'sup';
    if (scripts[kind] !== undefined) return undefined;
    scripts[kind] = script[2] ?? script[3] ?? unescape(script[4] ?? '');
    rest = rest.slice(script[0].length);
  }
  return { base, style, ...scripts };
}

function unescape(text: string): string {
  return text.replace(/\\([_#$%&{}])/g, '$1');
}

/** The name in one line of plain text: what light text can show, else the TeX without its commands. */
export function plainName(tex: string): string {
  const name = nameText(tex);
  if (name) return `${name.base}${name.sub ?? ''}${name.sup ?? ''}`;
  return tex.replace(/\\([A-Za-z]+)/g, (_, command: string) => own(GREEK, command) ?? '').replace(/[{}\\_^]/g, '');
}
