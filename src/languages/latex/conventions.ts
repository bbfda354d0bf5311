/**
 * The conventions by which a formula with several readings is read, each stated once. The parser records which
 * one it applied where, and hover says so.
 */
import type { Node } from './tree';

export const CONVENTIONS = {
  'function-argument': 'without brackets a function takes the whole product that follows: \\sin x y is sin(xy)',
  'function-power': 'a power on the name of a function is the power of its value: \\sin^2 x is (sin x)²',
  'inverse-function': 'the power −1 on the name of a function is its inverse: \\sin^{-1} x is arcsin x',
  'left-to-right': 'division and multiplication go from left to right: 1/2x is (1/2)x',
  'call-declared': 'read as a function call: the document declares the name as a function',
  'call-default': 'read as a function call: the name is one that usually names a function',
  'call-primed': 'read as a function call: a prime is the derivative of a function',
  'call-arguments': 'read as a function call: several arguments stand in the brackets',
  'call-symbol': 'read as a function call: a lone symbol needs no brackets in a product',
  'product-declared': 'read as a product: the document declares the name as a variable',
  'product-self': 'read as a product: the name is itself a value inside the brackets',
  'bare-word': 'the letters are read as the name of a function',
  'sum-body': 'the body of a sum or product sign ends at the next + − =',
  'inferred-index': 'a sum sign without an index runs over an index of its body',
  transpose: 'the superscript is a transpose',
  label: 'a superscript in brackets or a star is a label, not a power',
  'index-label': 'a superscript in brackets that is a bound index selects an element',
  'power-of-index': 'a bound index without brackets above a name is read as a power',
  'bound-index': 'a subscript that holds a bound index selects an element',
  exponential: 'e is the base of the natural logarithm',
  'natural-logarithm': '\\log is the natural logarithm',
  derivative: 'read as a derivative, not as a fraction',
  'scientific-notation': 'digits with e and an exponent are one number: 1e-4 is 0.0001',
  'thousands-separator': 'a comma or a thin space before groups of three digits parts thousands',
  'update-chain': 'the right side of an update is a chain of equalities',
} as const;

export type Convention = keyof typeof CONVENTIONS;

/** A convention and the node at which it was applied. */
export interface Reading {
  readonly convention: Convention;
  readonly node: Node;
}

/**
 * What the surrounding document says about names. The parser asks for the full canonical name first (`f_2`),
 * then for its base (`f`). `undefined` means that nothing is known.
 */
export interface Declarations {
  role(name: string): 'function' | 'variable' | undefined;
}

export const NO_DECLARATIONS: Declarations = { role: () => undefined };

/** Names that are functions before brackets unless declared otherwise. */
export const USUAL_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'f g h F G H L J E P Q O phi varphi psi sigma Phi Psi rho ell ' +
    'cal:L cal:E cal:F cal:J cal:O cal:N cal:C bb:E bb:P bb:V bb:1 bb:I bf:1 bf:f bf:g bf:h bf:F'
  ).split(' '),
);
