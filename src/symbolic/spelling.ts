/** How operations are written in each language: operators and function names, once for every printer. */
import type { KernelName } from './kernelTable';
import type { ScalarOp } from './rules';

export interface OperatorSpelling {
  readonly latex: string;
  readonly text: string;
  readonly python: string;
  readonly javascript: string;
}

/** Binary operators. Products are juxtaposed in LaTeX and text; what is given here stands before a digit. */
export const OPERATOR_SPELLINGS: Readonly<Record<string, OperatorSpelling>> = {
  add: { latex: '+', text: '+', python: '+', javascript: '+' },
  sub: { latex: '-', text: '−', python: '-', javascript: '-' },
  mul: { latex: '\\cdot', text: '·', python: '*', javascript: '*' },
  div: { latex: '/', text: '/', python: '/', javascript: '/' },
  pow: { latex: '^', text: '^', python: '**', javascript: '**' },
  lt: { latex: '<', text: '<', python: '<', javascript: '<' },
  le: { latex: '\\le', text: '≤', python: '<=', javascript: '<=' },
  gt: { latex: '>', text: '>', python: '>', javascript: '>' },
  ge: { latex: '\\ge', text: '≥', python: '>=', javascript: '>=' },
  eq: { latex: '=', text: '=', python: '==', javascript: '===' },
  ne: { latex: '\\ne', text: '≠', python: '!=', javascript: '!==' },
  and: { latex: '\\land', text: '∧', python: 'and', javascript: '&&' },
  or: { latex: '\\lor', text: '∨', python: 'or', javascript: '||' },
};

export interface FunctionSpelling {
  readonly latex: string;
  readonly text: string;
  /** The call in Python with NumPy as `np` and SciPy's `special`, and with the standard module `math`. */
  readonly numpy?: string;
  readonly math?: string;
  /** Written without parentheses about a simple argument, and with its power on the name: sin x, sin² x. */
  readonly bare?: true;
}

const named = (name: string, python: { numpy?: string; math?: string } = {}): FunctionSpelling => ({
  latex: `\\operatorname{${name}}`,
  text: name,
  ...python,
});

/** A function that TeX has a command for. */
const classic = (name: string, numpy?: string, math?: string): FunctionSpelling => ({
  latex: `\\${name}`,
  text: name,
  ...(numpy ? { numpy: `np.${numpy}` } : {}),
  ...(math ? { math: `math.${math}` } : {}),
  bare: true,
});

/**
 * Function names. An operation without an entry (or without one for a language) is written by its display form or by the
 * expression that defines it. Delimiters, roots, powers and exponentials in mathematics are laid out by the printers.
 */
export const FUNCTION_SPELLINGS: { readonly [key in ScalarOp | KernelName]?: FunctionSpelling } = {
  sin: classic('sin', 'sin', 'sin'),
  cos: classic('cos', 'cos', 'cos'),
  tan: classic('tan', 'tan', 'tan'),
  sec: classic('sec'),
  csc: classic('csc'),
  cot: classic('cot'),
  asin: classic('arcsin', 'arcsin', 'asin'),
  acos: classic('arccos', 'arccos', 'acos'),
  atan: classic('arctan', 'arctan', 'atan'),
  atan2: named('atan2', { numpy: 'np.arctan2', math: 'math.atan2' }),
  sinh: classic('sinh', 'sinh', 'sinh'),
  cosh: classic('cosh', 'cosh', 'cosh'),
  tanh: classic('tanh', 'tanh', 'tanh'),
  sech: named('sech'),
  csch: named('csch'),
  coth: classic('coth'),
  asinh: named('arsinh', { numpy: 'np.arcsinh', math: 'math.asinh' }),
  acosh: named('arcosh', { numpy: 'np.arccosh', math: 'math.acosh' }),
  atanh: named('artanh', { numpy: 'np.arctanh', math: 'math.atanh' }),

  asec: named('arcsec'),
  acsc: named('arccsc'),
  acot: named('arccot'),
  asech: named('arsech'),
  acsch: named('arcsch'),
  acoth: named('arcoth'),

  exp: classic('exp', 'exp', 'exp'),
  log: classic('ln', 'log', 'log'),
  log2: { latex: '\\log_2', text: 'log₂', numpy: 'np.log2', math: 'math.log2', bare: true },
  log10: { latex: '\\log_{10}', text: 'log₁₀', numpy: 'np.log10', math: 'math.log10', bare: true },
  sqrt: { latex: '\\sqrt', text: '√', bare: true, numpy: 'np.sqrt', math: 'math.sqrt' },
  cbrt: { latex: '\\sqrt[3]', text: '∛', bare: true, numpy: 'np.cbrt' },
  abs: named('abs', { numpy: 'np.abs', math: 'abs' }),
  floor: named('floor', { numpy: 'np.floor', math: 'math.floor' }),
  ceil: named('ceil', { numpy: 'np.ceil', math: 'math.ceil' }),
  round: named('round', { numpy: 'np.round', math: 'round' }),
  sign: named('sign', { numpy: 'np.sign' }),
  maximum: { latex: '\\max', text: 'max', numpy: 'np.maximum', math: 'max' },
  minimum: { latex: '\\min', text: 'min', numpy: 'np.minimum', math: 'min' },

  erf: named('erf', { numpy: 'special.erf', math: 'math.erf' }),
  erfc: named('erfc', { numpy: 'special.erfc', math: 'math.erfc' }),
  normal_cdf: { latex: '\\Phi', text: 'Φ', numpy: 'special.ndtr' },
  gamma: { latex: '\\Gamma', text: 'Γ', numpy: 'special.gamma', math: 'math.gamma' },
  digamma: { latex: '\\psi', text: 'ψ', numpy: 'special.digamma' },
  trigamma: { latex: "\\psi'", text: 'ψ′' },
  polygamma: named('polygamma', { numpy: 'special.polygamma' }),

  sigmoid: { latex: '\\sigma', text: 'σ', numpy: 'special.expit' },
  softplus: named('softplus'),
  logit: named('logit', { numpy: 'special.logit' }),
  relu: named('ReLU'),
  leaky_relu: named('LeakyReLU'),
  elu: named('ELU'),
  selu: named('SELU'),
  silu: named('SiLU'),
  gelu: named('GELU'),
  gelu_tanh: { latex: '\\operatorname{GELU}_{\\tanh}', text: 'GELUₜₐₙₕ' },
  relu6: named('ReLU6'),
  hardtanh: named('hardtanh'),
};

/** Spellings that only source code needs: mathematics writes these by their display form. */
export const SOURCE_SPELLINGS: { readonly [key in ScalarOp]?: { readonly numpy?: string; readonly math?: string } } = {
  exp2: { numpy: 'np.exp2' },
  expm1: { numpy: 'np.expm1', math: 'math.expm1' },
  log1p: { numpy: 'np.log1p', math: 'math.log1p' },
  logaddexp: { numpy: 'np.logaddexp' },
  hypot: { numpy: 'np.hypot', math: 'math.hypot' },
  xlogy: { numpy: 'special.xlogy' },
  lgamma: { numpy: 'special.gammaln', math: 'math.lgamma' },
  logsigmoid: { numpy: 'special.log_expit' },
};
