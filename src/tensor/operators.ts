/**
 * Python's operators on arrays, as NumPy resolves them by element type: bool addition is OR, integers wrap (64-bit ones
 * are checked to be exact), quotients are floats. Each is a scalar function with its loop; `operate` applies them.
 */
import { DTYPE_FACTS, isFloat, isInteger, type DType } from './dtype';
import { withLoop, zip, zipInto, map, mapInto, type Binary, type BinaryLoop, type Unary } from './elementwise';
import { TensorError } from './error';
import { asType } from './cast';
import { compareDense } from './comparisons';
import type { NdArray } from './ndarray';
import { canCast, quotientType, resultType } from './promotion';
import { broadcastShapes } from './shape';
import type { UndoRecord } from './undo';

/** How an operator works on operands that were promoted to one type. */
interface Resolution {
  /** The type that the operands are converted to. */
  readonly operand: DType;
  readonly result: DType;
  readonly fn: Binary;
}

export interface BinaryOperator {
  /** NumPy's name of the ufunc. */
  readonly name: string;
  /** @throws TensorError `dtype` where NumPy raises TypeError */
  readonly resolve: (common: DType) => Resolution;
}

export interface UnaryOperator {
  readonly name: string;
  readonly resolve: (operand: DType) => { readonly result: DType; readonly fn: Unary };
}

const addLoop: BinaryLoop = (count, out, outAt, outStep, x, xAt, xStep, y, yAt, yStep) => {
  for (let i = 0; i < count; i++) out[outAt + i * outStep] = x[xAt + i * xStep]! + y[yAt + i * yStep]!;
};
const subtractLoop: BinaryLoop = (count, out, outAt, outStep, x, xAt, xStep, y, yAt, yStep) => {
  for (let i = 0; i < count; i++) out[outAt + i * outStep] = x[xAt + i * xStep]! - y[yAt + i * yStep]!;
};
const multiplyLoop: BinaryLoop = (count, out, outAt, outStep, x, xAt, xStep, y, yAt, yStep) => {
  for (let i = 0; i < count; i++) out[outAt + i * outStep] = x[xAt + i * xStep]! * y[yAt + i * yStep]!;
};
const divideLoop: BinaryLoop = (count, out, outAt, outStep, x, xAt, xStep, y, yAt, yStep) => {
  for (let i = 0; i < count; i++) out[outAt + i * outStep] = x[xAt + i * xStep]! / y[yAt + i * yStep]!;
};
const maximumLoop: BinaryLoop = (count, out, outAt, outStep, x, xAt, xStep, y, yAt, yStep) => {
  for (let i = 0; i < count; i++) {
    const a = x[xAt + i * xStep]!;
    const b = y[yAt + i * yStep]!;
    out[outAt + i * outStep] = a >= b || a !== a ? a : b;
  }
};
const minimumLoop: BinaryLoop = (count, out, outAt, outStep, x, xAt, xStep, y, yAt, yStep) => {
  for (let i = 0; i < count; i++) {
    const a = x[xAt + i * xStep]!;
    const b = y[yAt + i * yStep]!;
    out[outAt + i * outStep] = a <= b || a !== a ? a : b;
  }
};
const lessLoop: BinaryLoop = (count, out, outAt, outStep, x, xAt, xStep, y, yAt, yStep) => {
  for (let i = 0; i < count; i++) out[outAt + i * outStep] = x[xAt + i * xStep]! < y[yAt + i * yStep]! ? 1 : 0;
};
const lessEqualLoop: BinaryLoop = (count, out, outAt, outStep, x, xAt, xStep, y, yAt, yStep) => {
  for (let i = 0; i < count; i++) out[outAt + i * outStep] = x[xAt + i * xStep]! <= y[yAt + i * yStep]! ? 1 : 0;
};
const greaterLoop: BinaryLoop = (count, out, outAt, outStep, x, xAt, xStep, y, yAt, yStep) => {
  for (let i = 0; i < count; i++) out[outAt + i * outStep] = x[xAt + i * xStep]! > y[yAt + i * yStep]! ? 1 : 0;
};
const greaterEqualLoop: BinaryLoop = (count, out, outAt, outStep, x, xAt, xStep, y, yAt, yStep) => {
  for (let i = 0; i < count; i++) out[outAt + i * outStep] = x[xAt + i * xStep]! >= y[yAt + i * yStep]! ? 1 : 0;
};
const equalLoop: BinaryLoop = (count, out, outAt, outStep, x, xAt, xStep, y, yAt, yStep) => {
  for (let i = 0; i < count; i++) out[outAt + i * outStep] = x[xAt + i * xStep] === y[yAt + i * yStep] ? 1 : 0;
};
const notEqualLoop: BinaryLoop = (count, out, outAt, outStep, x, xAt, xStep, y, yAt, yStep) => {
  for (let i = 0; i < count; i++) out[outAt + i * outStep] = x[xAt + i * xStep] === y[yAt + i * yStep] ? 0 : 1;
};

const sumOf = withLoop((x: number, y: number) => x + y, addLoop);
const differenceOf = withLoop((x: number, y: number) => x - y, subtractLoop);
const productOf = withLoop((x: number, y: number) => x * y, multiplyLoop);
const quotientOf = withLoop((x: number, y: number) => x / y, divideLoop);
const largerOf = withLoop((x: number, y: number) => (x >= y || x !== x ? x : y), maximumLoop);
const smallerOf = withLoop((x: number, y: number) => (x <= y || x !== x ? x : y), minimumLoop);

/** 32-bit products exceed 2⁵³; imul keeps their low bits. */
const wrappedProduct: Binary = (x, y) => Math.imul(x, y);

/** Python's floored remainder of floats (sign of the divisor), after CPython's float_divmod. */
export function floorRemainder(x: number, y: number): number {
  const rest = x % y;
  if (y === 0 || Number.isNaN(rest)) return rest;
  if (rest === 0) return y < 0 || Object.is(y, -0) ? -0 : 0;
  return y < 0 !== rest < 0 ? rest + y : rest;
}

/** Python's floored quotient of floats, after CPython's float_divmod. */
export function floorQuotient(x: number, y: number): number {
  if (y === 0) return x / y;
  const rest = x % y;
  let quotient = (x - rest) / y;
  if (rest !== 0 && y < 0 !== rest < 0) quotient -= 1;
  if (quotient === 0) return x / y < 0 || Object.is(x / y, -0) ? -0 : 0;
  const floored = Math.floor(quotient);
  return quotient - floored > 0.5 ? floored + 1 : floored;
}

/** Division by zero gives 0 for integers, as in NumPy (with a warning there). */
const integerQuotient: Binary = (x, y) => {
  if (y === 0) return 0;
  const rest = x % y;
  return (x - rest) / y - (rest !== 0 && y < 0 !== rest < 0 ? 1 : 0);
};

const integerRemainder: Binary = (x, y) => {
  if (y === 0) return 0;
  const rest = x % y;
  return rest !== 0 && y < 0 !== rest < 0 ? rest + y : rest;
};

/** C's pow, which differs from Math.pow where the base is ±1 and the exponent is not finite. */
export function floatPower(x: number, y: number): number {
  if (y === 2) return x * x;
  if (x === 1 || (x === -1 && (y === Infinity || y === -Infinity))) return 1;
  return x ** y;
}

function integerPower(multiply: Binary): Binary {
  return (base, exponent) => {
    if (exponent < 0) {
      throw new TensorError('value', 'power', `${base} ** ${exponent}: a negative power of an integer`, {
        exception: 'ValueError',
        message: 'Integers to negative integer powers are not allowed.',
      });
    }
    let result = 1;
    let square = base;
    for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
      if (rest % 2 === 1) result = multiply(result, square);
      if (rest > 1) square = multiply(square, square);
    }
    return result;
  };
}

function bitwise(narrow: Binary, wide: (x: bigint, y: bigint) => bigint): Binary {
  const fits = (x: number): boolean => x >= -2147483648 && x <= 2147483647;
  return (x, y) => (fits(x) && fits(y) ? narrow(x, y) : Number(wide(BigInt(x), BigInt(y))));
}

function arithmetic(
  name: string,
  float: Binary,
  bool: Binary | undefined,
  integer: (dtype: DType) => Binary,
): BinaryOperator {
  return {
    name,
    resolve: (common) => {
      if (isFloat(common)) return { operand: common, result: common, fn: float };
      if (common !== 'bool') return { operand: common, result: common, fn: integer(common) };
      if (bool !== undefined) return { operand: common, result: common, fn: bool };
      // Without a loop for bool NumPy takes the next type, int8.
      return { operand: 'int8', result: 'int8', fn: integer('int8') };
    },
  };
}

function comparison(name: string, fn: (x: number, y: number) => boolean, loop: BinaryLoop): BinaryOperator {
  const asNumber = withLoop((x: number, y: number) => (fn(x, y) ? 1 : 0), loop);
  return { name, resolve: (common) => ({ operand: common, result: 'bool', fn: asNumber }) };
}

function logical(name: string, fn: (x: boolean, y: boolean) => boolean): BinaryOperator {
  const asNumber: Binary = (x, y) => (fn(x !== 0, y !== 0) ? 1 : 0);
  return { name, resolve: (common) => ({ operand: common, result: 'bool', fn: asNumber }) };
}

function bits(name: string, fn: Binary, onBool = true): BinaryOperator {
  return {
    name,
    resolve: (common) => {
      if (isFloat(common)) throw unsupportedTypes(name);
      if (common === 'bool' && !onBool) return { operand: 'int8', result: 'int8', fn };
      return { operand: common, result: common, fn };
    },
  };
}

function unsupportedTypes(name: string): TensorError {
  const message = `ufunc '${name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`;
  return new TensorError('dtype', name, message, { exception: 'TypeError', message });
}

function booleanOperatorError(name: string, message: string): TensorError {
  return new TensorError('dtype', name, message, { exception: 'TypeError', message });
}

const wrapsAt32 = (dtype: DType): boolean => dtype === 'int32' || dtype === 'uint32';
const integerProduct = (dtype: DType): Binary => (wrapsAt32(dtype) ? wrappedProduct : productOf);
const or: Binary = (x, y) => (x !== 0 || y !== 0 ? 1 : 0);
const and: Binary = (x, y) => (x !== 0 && y !== 0 ? 1 : 0);

/** A product that must stay exact; narrower integers than 64 bits wrap at each step instead. */
const powerProduct = (dtype: DType): Binary => {
  if (DTYPE_FACTS[dtype].itemSize < 8) return wrappedProduct;
  return (x, y) => {
    const product = x * y;
    if (!Number.isSafeInteger(product)) {
      throw new TensorError('overflow', 'power', `${x} · ${y} is beyond the ${dtype} values that are exact here (2⁵³)`);
    }
    return product;
  };
};

export const add = arithmetic('add', sumOf, or, () => sumOf);
export const subtract: BinaryOperator = {
  name: 'subtract',
  resolve: (common) => {
    if (common === 'bool') {
      throw booleanOperatorError(
        'subtract',
        'numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.',
      );
    }
    return { operand: common, result: common, fn: differenceOf };
  },
};
export const multiply = arithmetic('multiply', productOf, and, integerProduct);
export const divide: BinaryOperator = {
  name: 'divide',
  resolve: (common) => {
    const type = quotientType(common);
    return { operand: type, result: type, fn: quotientOf };
  },
};
export const floorDivide = arithmetic('floor_divide', floorQuotient, undefined, () => integerQuotient);
export const remainder = arithmetic('remainder', floorRemainder, undefined, () => integerRemainder);
export const power = arithmetic('power', floatPower, undefined, (dtype) => integerPower(powerProduct(dtype)));
export const maximum = arithmetic('maximum', largerOf, or, () => largerOf);
export const minimum = arithmetic('minimum', smallerOf, and, () => smallerOf);
/** C's fmod: the remainder with the sign of the dividend. */
export const fmod = arithmetic(
  'fmod',
  (x, y) => x % y,
  undefined,
  () => (x, y) => (y === 0 ? 0 : x % y),
);

export const equal = comparison('equal', (x, y) => x === y, equalLoop);
export const notEqual = comparison('not_equal', (x, y) => x !== y, notEqualLoop);
export const less = comparison('less', (x, y) => x < y, lessLoop);
export const lessEqual = comparison('less_equal', (x, y) => x <= y, lessEqualLoop);
export const greater = comparison('greater', (x, y) => x > y, greaterLoop);
export const greaterEqual = comparison('greater_equal', (x, y) => x >= y, greaterEqualLoop);

export const logicalAnd = logical('logical_and', (x, y) => x && y);
export const logicalOr = logical('logical_or', (x, y) => x || y);
export const logicalXor = logical('logical_xor', (x, y) => x !== y);

export const bitwiseAnd = bits(
  'bitwise_and',
  bitwise(
    (x, y) => x & y,
    (x, y) => x & y,
  ),
);
export const bitwiseOr = bits(
  'bitwise_or',
  bitwise(
    (x, y) => x | y,
    (x, y) => x | y,
  ),
);
export const bitwiseXor = bits(
  'bitwise_xor',
  bitwise(
    (x, y) => x ^ y,
    (x, y) => x ^ y,
  ),
);
/** Shifts multiply or divide by a power of two; shifting all bits out gives 0 or −1, and 64-bit overflow is an error. */
export const leftShift = bits('left_shift', (x, y) => (x === 0 || y < 0 || y >= 64 ? 0 : x * 2 ** y), false);
export const rightShift = bits(
  'right_shift',
  (x, y) => (y < 0 || y >= 64 ? (x < 0 ? -1 : 0) : Math.floor(x / 2 ** y)),
  false,
);

const negation = withLoop(
  (x: number) => -x,
  (count: number, out: Float64Array, outAt: number, outStep: number, x: Float64Array, xAt: number, xStep: number) => {
    for (let i = 0; i < count; i++) out[outAt + i * outStep] = -x[xAt + i * xStep]!;
  },
);

export const negative: UnaryOperator = {
  name: 'negative',
  resolve: (operand) => {
    if (operand === 'bool') {
      throw booleanOperatorError(
        'negative',
        'The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.',
      );
    }
    return { result: operand, fn: negation };
  },
};

export const positive: UnaryOperator = {
  name: 'positive',
  resolve: (operand) => {
    if (operand === 'bool') throw unsupportedTypes('positive');
    return { result: operand, fn: (x) => x };
  },
};

export const absolute: UnaryOperator = {
  name: 'absolute',
  resolve: (operand) => ({ result: operand, fn: Math.abs }),
};

export const invert: UnaryOperator = {
  name: 'invert',
  resolve: (operand) => {
    if (isFloat(operand)) throw unsupportedTypes('invert');
    if (operand === 'bool') return { result: operand, fn: (x) => (x === 0 ? 1 : 0) };
    return { result: operand, fn: (x) => -x - 1 };
  },
};

export const logicalNot: UnaryOperator = {
  name: 'logical_not',
  resolve: () => ({ result: 'bool', fn: (x) => (x === 0 ? 1 : 0) }),
};

/** A Python int must fit the integer type that it meets. */
function requireFit(operator: string, common: DType, operands: readonly NdArray[]): void {
  if (!isInteger(common)) return;
  const { min, max } = DTYPE_FACTS[common];
  for (const operand of operands) {
    const value = operand.weak ? operand.item() : 0;
    if (value >= min && value <= max) continue;
    const message = `Python integer ${value} out of bounds for ${common}`;
    throw new TensorError('value', operator, message, { exception: 'OverflowError', message });
  }
}

/** A Python int compares by value with any integer type, fitting or not. */
const COMPARISONS: ReadonlySet<BinaryOperator> = new Set([equal, notEqual, less, lessEqual, greater, greaterEqual]);

function resolved(operator: BinaryOperator, x: NdArray, y: NdArray): Resolution {
  if (COMPARISONS.has(operator)) {
    const common = resultType(x.promotion, y.promotion);
    return operator.resolve(isInteger(common) ? 'int64' : common);
  }
  const common = resultType(x.promotion, y.promotion);
  const resolution = operator.resolve(common);
  if (isInteger(resolution.operand)) requireFit(operator.name, common, [x, y]);
  return resolution;
}

/** Operands keep their own integer storage; converting them would cost a copy and change no value. */
function prepared(operand: NdArray, type: DType): NdArray {
  // Rounding to float32 is the only promotion that changes values (a Python float that meets float32).
  return type === 'float32' && operand.dtype !== 'float32' ? asType(operand, type) : operand;
}

/** Applies an operator with NumPy's broadcasting, promotion and integer rules. */
export function operate(operator: BinaryOperator, x: NdArray, y: NdArray): NdArray {
  const { operand, result, fn } = resolved(operator, x, y);
  const compared = result === 'bool' && operand !== 'float32' ? compareDense(operator.name, x, y) : undefined;
  if (compared) return compared;
  return zip(fn, prepared(x, operand), prepared(y, operand), result, operator.name);
}

/**
 * Applies an operator in place (`x += y`, `out=`).
 * @throws TensorError `dtype` when the result cannot be cast to the target by NumPy's `same_kind` rule
 */
export function operateInto(operator: BinaryOperator, out: NdArray, x: NdArray, y: NdArray): UndoRecord {
  const { operand, result, fn } = resolved(operator, x, y);
  requireSameKind(operator.name, result, out.dtype);
  // All three are named where they do not fit.
  broadcastShapes(operator.name, x.shape, y.shape, out.shape);
  const left = prepared(x, operand);
  const right = prepared(y, operand);
  if (result === out.dtype) return zipInto(fn, out, left, right, operator.name);
  const computed = zip(fn, left, right, result, operator.name);
  return mapInto((value) => value, out, computed);
}

function requireSameKind(operator: string, from: DType, to: DType): void {
  if (canCast(from, to, 'same_kind')) return;
  const message = `Cannot cast ufunc '${operator}' output from dtype('${from}') to dtype('${to}') with casting rule 'same_kind'`;
  throw new TensorError('dtype', operator, message, { exception: 'UFuncTypeError', message });
}

/** Applies a one-operand operator. */
export function operateUnary(operator: UnaryOperator, x: NdArray): NdArray {
  const { result, fn } = operator.resolve(x.dtype);
  return map(fn, x, result);
}
