/** Signs of operations, where a node of a graph or a path has room for two or three characters. */
const SIGNS: Readonly<Record<string, string>> = {
  add: '+',
  sub: '−',
  mul: '×',
  div: '÷',
  neg: '−x',
  pow: 'xʸ',
  square: 'x²',
  reciprocal: '1/x',
  sqrt: '√',
  cbrt: '∛',
  abs: '|x|',
  log: 'ln',
  log2: 'log₂',
  log10: 'log₁₀',
  exp2: '2ˣ',
  maximum: 'max',
  minimum: 'min',
  max_const: 'max',
  min_const: 'min',
  clip_low: 'max',
  clip_high: 'min',
  sigmoid: 'σ',
  gamma: 'Γ',
  matmul: '@',
  sum: 'Σ',
  transpose: 'ᵀ',
};

/** `×` for `mul`, `ln` for `log`; other operations keep their names. */
export function operatorSign(op: string): string {
  return SIGNS[op] ?? op;
}
