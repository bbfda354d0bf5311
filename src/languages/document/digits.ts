/** How exactly a printed number has to agree: to the digits that are printed. */
import { differentiate, evaluate, type Expr, sym, symbols } from '../../symbolic';
import { bare, type Node } from '../latex/tree';

/** Decimals of a literal as it is written; undefined for a whole number, which is exact. */
export function decimalsOf(source: string): number | undefined {
  const match = /[.](\d+)(?:[eE]([+-]?\d+))?$/.exec(source.replaceAll('{,}', '').replace(/[{}]/g, ''));
  return match ? (match[1] as string).length - Number(match[2] ?? 0) : undefined;
}

/** Literals with at least this many decimals are taken for rounded where they take part in a calculation. */
const ROUNDED_DECIMALS = 3;

export interface PrintedNumber {
  readonly value: number;
  /** One unit of the last digit; 0 for an exact number. */
  readonly unit: number;
}

/** A number that stands alone: 0.2813, −0.75, 3.2 × 10^{-4}. */
export function printedNumber(node: Node, sourceOf: (n: Node) => string): PrintedNumber | undefined {
  const inner = bare(node);
  if (inner.kind === 'number') {
    const decimals = decimalsOf(sourceOf(inner));
    return { value: inner.value, unit: decimals === undefined ? 0 : 10 ** -decimals };
  }
  if (inner.kind === 'negative') {
    const number = printedNumber(inner.operand, sourceOf);
    return number && { value: -number.value, unit: number.unit };
  }
  if (inner.kind === 'binary' && inner.op === 'mul') {
    const [mantissa, power] = [printedNumber(inner.left, sourceOf), powerOfTen(inner.right)];
    return mantissa && power !== undefined ? { value: mantissa.value * power, unit: mantissa.unit * power } : undefined;
  }
  return undefined;
}

function powerOfTen(node: Node): number | undefined {
  const inner = bare(node);
  if (inner.kind !== 'power' || inner.base.kind !== 'number' || inner.base.value !== 10) return undefined;
  const exponent = bare(inner.exponent);
  if (exponent.kind === 'number') return 10 ** exponent.value;
  return exponent.kind === 'negative' && exponent.operand.kind === 'number' ? 10 ** -exponent.operand.value : undefined;
}

/** Whether a value, known up to `error`, is what is printed: rounded, or cut off after the last digit. */
export function agrees(value: number, printed: PrintedNumber, error = 0): boolean {
  const slack = error + 1e-9 * Math.max(Math.abs(value), Math.abs(printed.value));
  const difference = Math.abs(value - printed.value);
  if (difference <= printed.unit / 2 + slack) return true;
  const cutOff = Math.abs(value) >= Math.abs(printed.value) && Math.sign(value) === Math.sign(printed.value);
  return cutOff && difference < printed.unit + slack;
}

/** An approximation may be as coarse as its last digit: π ≈ 3, 96.4 ≈ 100. */
function coarseUnit(printed: PrintedNumber): number {
  if (printed.unit > 0 || printed.value === 0) return printed.unit;
  const zeros = /0*$/.exec(String(Math.abs(printed.value)))?.[0].length ?? 0;
  return Number.isInteger(printed.value) ? 10 ** zeros : 0;
}

/** Whether a value is what is printed after ≈. */
export function agreesRoughly(value: number, printed: PrintedNumber, error = 0): boolean {
  return Math.abs(value - printed.value) <= coarseUnit(printed) + error;
}

/** Share of the value by which an approximation may be off before it is called wrong. */
const ROUGH = 0.1;

/** Whether a value is so far from what is printed after ≈ that no rounding explains it. */
export function differsClearly(value: number, printed: PrintedNumber, error = 0): boolean {
  const difference = Math.abs(value - printed.value) - error;
  return (
    difference > 2 * coarseUnit(printed) && difference > ROUGH * Math.max(Math.abs(value), Math.abs(printed.value))
  );
}

/** How far a value may be off because literals in its expression are rounded. `unitOf` gives the unit of a literal. */
export function roundingError(
  expr: Expr,
  values: (name: string) => number | undefined,
  unitOf: (literal: Expr) => number | undefined,
): number {
  const units = new Map<string, number>();
  const literals = new Map<string, number>();
  const marked = mark(expr, (literal) => {
    const unit = unitOf(literal);
    if (unit === undefined || unit === 0 || unit > 10 ** -ROUNDED_DECIMALS * 1.0000001 || literal.kind !== 'number')
      return undefined;
    const name = `#${units.size}`;
    units.set(name, unit);
    literals.set(name, literal.value);
    return sym(name);
  });
  let error = 0;
  for (const [name, unit] of units) {
    const slope = evaluate(differentiate(marked, name), (n) => literals.get(n) ?? values(n));
    if (Number.isFinite(slope)) error += (Math.abs(slope) * unit) / 2;
  }
  return error;
}

function mark(expr: Expr, replace: (literal: Expr) => Expr | undefined): Expr {
  if (expr.kind === 'number') return replace(expr) ?? expr;
  if (expr.kind === 'symbol') return expr;
  return { ...expr, args: expr.args.map((a) => mark(a, replace)) };
}

/** The value with as many digits as are printed. */
export function printLike(value: number, printed: PrintedNumber): string {
  if (printed.unit === 0) return String(Number(value.toPrecision(6)));
  const decimals = Math.round(-Math.log10(printed.unit));
  return decimals >= 0 && decimals <= 12 ? value.toFixed(decimals) : value.toPrecision(5);
}

/** Whether an expression holds no names. */
export const isNumeric = (expr: Expr) => symbols(expr).size === 0;
