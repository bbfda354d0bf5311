/** How the array operations of step formulas are written in TeX. */
import { isAttributes, readAttributes } from '../autodiff/formulaAlgebra';
import { numberToLatex } from '../symbolic/latex';
import type { ApplyExpr, Expr } from '../symbolic/expr';
import { atom, PRECEDENCE, type Printed } from '../symbolic/precedence';

type Print = (e: Expr) => Printed;

/** Layout of an array operation; every operation that has no sign of its own is written as a named function. */
export function arrayOperation(e: ApplyExpr, print: Print): Printed {
  const last = e.args.at(-1);
  const operands = e.args.filter((a) => !isAttributes(a));
  const attributes = last && isAttributes(last) ? readAttributes(last, (name) => name) : {};
  return SIGNS[e.op]?.(operands, print, attributes) ?? named(e.op, operands, print, attributes);
}

type Layout = (
  operands: readonly Expr[],
  print: Print,
  attributes: Readonly<Record<string, unknown>>,
) => Printed | undefined;

const SIGNS: Readonly<Record<string, Layout>> = {
  hadamard: infix('\\odot'),
  matmul: infix('\\,'),
  outer: ([x, y], print) =>
    product(`${factor(print(x as Expr))}\\, ${power(print(y as Expr), '\\top')}`),
  dot: infix('\\cdot'),
  transpose: ([x], print, attributes) =>
    attributes['axes'] === undefined
      ? { text: power(print(x as Expr), '\\top'), precedence: PRECEDENCE.power }
      : undefined,
  masked: ([c, x], print) => product(`${print(c as Expr).text} \\odot ${factor(print(x as Expr))}`),
  sum: (operands, print, { axis }) => summed('\\sum', operands, print, axis),
  sum_to: (operands, print, { from, shape }) =>
    summed('\\sum', operands, print, droppedAxes(from, shape)),
  mean: (operands, print, { axis }) => summed('\\operatorname{mean}', operands, print, axis),
  // Broadcasting is understood from the shapes.
  broadcast: ([x], print) => print(x as Expr),
};

function infix(sign: string): Layout {
  return (operands, print) => product(operands.map((x) => factor(print(x))).join(` ${sign} `));
}

const product = (text: string): Printed => ({ text, precedence: PRECEDENCE.product });

/** A factor of a product of arrays: an elementwise product inside a matrix product keeps its parentheses. */
function factor(p: Printed): string {
  return p.precedence <= PRECEDENCE.product ? `(${p.text})` : p.text;
}

function power(p: Printed, exponent: string): string {
  return p.precedence < PRECEDENCE.atom || /\^/.test(p.text)
    ? `(${p.text})^{${exponent}}`
    : `${p.text}^{${exponent}}`;
}

function summed(sign: string, [x]: readonly Expr[], print: Print, axis: unknown): Printed {
  const axes = axis === undefined ? [] : Array.isArray(axis) ? axis : [axis];
  const under = axes.length === 0 ? '' : `_{\\text{axis }${axes.join(',')}}`;
  const p = print(x as Expr);
  const inner =
    p.precedence <= PRECEDENCE.product && /\\odot|[+-]/.test(p.text) ? `(${p.text})` : p.text;
  return { text: `\\textstyle${sign}${under} ${inner}`, precedence: PRECEDENCE.product };
}

/** The axes of `from` that summing to `shape` removes or shrinks to 1. */
function droppedAxes(from: unknown, shape: unknown): readonly number[] | undefined {
  if (!Array.isArray(from) || !Array.isArray(shape)) return undefined;
  const missing = from.length - shape.length;
  return from.flatMap((extent, axis) =>
    axis < missing || shape[axis - missing] !== extent ? [axis] : [],
  );
}

function named(
  op: string,
  operands: readonly Expr[],
  print: Print,
  attributes: Readonly<Record<string, unknown>>,
): Printed {
  const parts = [
    ...operands.map((x) => print(x).text),
    ...Object.entries(attributes).flatMap(([key, value]) =>
      isShort(value) ? [`\\text{${escape(key)}=}${short(value)}`] : [],
    ),
  ];
  return atom(`\\operatorname{${escape(op)}}(${parts.join(', ')})`);
}

function isShort(value: unknown): boolean {
  return (
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    (Array.isArray(value) && value.length <= 4 && value.every(isShort))
  );
}

function short(value: unknown): string {
  if (Array.isArray(value)) return `(${value.map(short).join(',')})`;
  return typeof value === 'number'
    ? numberToLatex(value).replace('-', '{-}')
    : `\\text{${String(value)}}`;
}

function escape(text: string): string {
  return text.replace(/_/g, '\\_');
}
