/**
 * Derivatives of what a document does not define. They are values like any other, without a formula: a symbol
 * `d{cal:L}{y}` stands for ∂L/∂y.
 */

/** The symbol of a derivative of a name by others. */
export function derivativeName(operand: string, variables: readonly string[]): string {
  return `d{${operand}}${[...variables]
    .sort()
    .map((v) => `{${v}}`)
    .join('')}`;
}

export const isDerivativeName = (name: string): boolean => name.startsWith('d{');

/** The operand and the variables that a symbol speaks of; undefined for a symbol of another kind. */
export function derivativeParts(name: string): string[] | undefined {
  if (!isDerivativeName(name)) return undefined;
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 1; i < name.length; i++) {
    if (name[i] === '{' && depth++ === 0) start = i + 1;
    else if (name[i] === '}' && --depth === 0) parts.push(name.slice(start, i));
  }
  return parts;
}
