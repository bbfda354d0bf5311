/** Operators on arrays. */
import type { ScalarOp } from '../../../symbolic/rules';
import { valueFunction } from '../../../autodiff/arrayAlgebra';
import { elementwiseType } from '../../../autodiff/elementwiseType';
import type { Guard } from '../../../autodiff/trace';
import type { Site } from '../../../model';
import {
  type Binary,
  type BinaryOperator,
  broadcastShapes,
  type DType,
  isFloat,
  jointMathType,
  map,
  mathType,
  operate,
  operateInto,
  operateUnary,
  operators,
  quotientType,
  resultType,
  sizeOf,
  type Unary,
} from '../../../tensor';
import type { Comparison, Operator } from '../ast';
import type { Runtime } from '../runtime';
import { PyDict, PyInstance, PyUnknown, type PyValue, type UnaryOperator } from '../values/object';
import type { PyArray } from './array';
import { arrayOfRow, type Operand, operand, wrap } from './array';
import { numeric } from './errors';
import { look, lookAtValues } from './guards';
import { tensor } from './tensors';
import { store } from './write';

interface ArrayOperator {
  readonly plain: BinaryOperator;
  /** The primitive that it is a step of. */
  readonly step?: ScalarOp;
}

const OPERATORS: Readonly<Partial<Record<Operator, ArrayOperator>>> = {
  '+': { plain: operators.add, step: 'add' },
  '-': { plain: operators.subtract, step: 'sub' },
  '*': { plain: operators.multiply, step: 'mul' },
  '/': { plain: operators.divide, step: 'div' },
  '**': { plain: operators.power, step: 'pow' },
  '//': { plain: operators.floorDivide },
  '%': { plain: operators.remainder },
  '&': { plain: operators.bitwiseAnd },
  '|': { plain: operators.bitwiseOr },
  '^': { plain: operators.bitwiseXor },
  '<<': { plain: operators.leftShift },
  '>>': { plain: operators.rightShift },
};

/** Prices the result of a broadcast before it is computed. */
function priced(rt: Runtime, a: Operand, b: Operand, site: Site): PyUnknown | undefined {
  if (a.nd.size + b.nd.size > 1 << 16) {
    const bytes = 8 * sizeOf(broadcastShapes('broadcast', a.nd.shape, b.nd.shape));
    if (!rt.affords(bytes)) return rt.unknown('budget', 'this array is too large to compute', site);
  }
  rt.tick(1 + ((a.nd.size + b.nd.size) >> 4));
  return undefined;
}

/** `array op other`, or with `reflected` the other way round. */
export function operation(
  rt: Runtime,
  op: Operator,
  self: PyArray,
  other: PyValue,
  reflected: boolean,
  site: Site,
): PyValue | undefined {
  if (other === null || other instanceof PyInstance || other instanceof PyDict || typeof other === 'string')
    return undefined;
  const x = operand(rt, self, site);
  const y = operand(rt, other, site);
  if (x instanceof PyUnknown) return x;
  if (y instanceof PyUnknown) return y;
  const [a, b] = reflected ? [y, x] : [x, y];
  if (op === '@') return tensor(rt, 'matmul', [a, b], {}, site);
  return binaryArrays(rt, op, a, b, site);
}

export function binaryArrays(rt: Runtime, op: Operator, a: Operand, b: Operand, site: Site): PyValue | undefined {
  const known = OPERATORS[op];
  if (!known) return undefined;
  return numeric(rt, site, () => {
    const expensive = priced(rt, a, b, site);
    if (expensive) return expensive;
    if (a.row === undefined && b.row === undefined) return wrap(rt, operate(known.plain, a.nd, b.nd));
    if (known.step) return lifted(rt, known.step, site, a, b);
    if (op === '%') {
      // x % y = x − y·⌊x/y⌋, whose floor has no derivative.
      const ratio = rowed(rt, liftedRow(rt, 'div', site, a, b));
      look(rt, 'floor', ratio, undefined, site);
      const quotient = liftedRow(rt, 'floor', site, ratio);
      const multiple = liftedRow(rt, 'mul', site, rowed(rt, quotient), b);
      return lifted(rt, 'sub', site, a, rowed(rt, multiple));
    }
    // What is left is data: replay must find the same whole quotients, the same bits.
    if (op === '//') look(rt, 'floor', rowed(rt, liftedRow(rt, 'div', site, a, b)), undefined, site);
    else for (const x of [a, b]) lookAtValues(rt, x, site);
    return wrap(rt, operate(known.plain, a.nd, b.nd));
  });
}

/** What rounds gives floats, of integers too. */
const ROUNDING: ReadonlySet<ScalarOp> = new Set<ScalarOp>(['floor', 'ceil', 'round']);
/** What has loops for floats alone. */
const OF_FLOATS: ReadonlySet<ScalarOp> = new Set<ScalarOp>(['atan2', 'hypot', 'logaddexp']);

/** The element type that NumPy gives the result. */
function typeOfResult(op: ScalarOp, a: Operand, b: Operand | undefined): DType {
  if (!b) {
    const type = elementwiseType(op, a.nd);
    // A function of small integers is float32, or the float16 that is not supported.
    return isFloat(type) || ROUNDING.has(op) ? mathType(a.nd.dtype) : type;
  }
  if (OF_FLOATS.has(op)) return jointMathType(a.nd.promotion, b.nd.promotion);
  const common = resultType(a.nd.promotion, b.nd.promotion);
  if (op === 'div') return quotientType(common);
  return op === 'pow' ? common : elementwiseType(op, a.nd, b.nd);
}

function rowed(rt: Runtime, row: number): Operand {
  const recorder = rt.recorder as NonNullable<typeof rt.recorder>;
  return { nd: recorder.array(row), row };
}

function liftedRow(rt: Runtime, op: ScalarOp, site: Site, a: Operand, b?: Operand): number {
  const recorder = rt.recorder as NonNullable<typeof rt.recorder>;
  const row = (x: Operand) => x.row ?? (x.nd.ndim === 0 ? recorder.constant(x.nd.item()) : recorder.constant(x.nd));
  const x = row(a);
  return recorder.elementwise(op, rt.visible(site), x, b ? row(b) : x, typeOfResult(op, a, b));
}

/** A primitive lifted over arrays: a step where an input reaches an operand. */
export function lifted(rt: Runtime, op: ScalarOp, site: Site, a: Operand, b?: Operand): PyValue {
  if (a.row !== undefined || b?.row !== undefined) {
    const row = liftedRow(rt, op, site, a, b);
    return arrayOfRow(rt, row, typeOfResult(op, a, b));
  }
  return numeric(rt, site, () => {
    rt.tick(1 + (a.nd.size >> 3));
    const dtype = typeOfResult(op, a, b);
    const fn = valueFunction(op);
    if (!b) return wrap(rt, map(fn as Unary, a.nd, dtype));
    const resolve = () => ({ operand: dtype, result: dtype, fn: fn as Binary });
    return wrap(rt, operate({ name: op, resolve }, a.nd, b.nd));
  });
}

/** `array op= other`: written into the memory of the array, in its own type. */
export function inplaceOperation(
  rt: Runtime,
  op: Operator,
  self: PyArray,
  other: PyValue,
  site: Site,
): PyValue | undefined {
  const x = operand(rt, self, site);
  if (x instanceof PyUnknown) return x;
  const y = operand(rt, other, site);
  if (y instanceof PyUnknown) {
    self.spoil(y);
    return self;
  }
  const known = OPERATORS[op];
  if (!known) return undefined;
  const { recorder } = rt;
  if (!recorder || (x.row === undefined && y.row === undefined)) {
    rt.tick(1 + (x.nd.size >> 3));
    const failed = numeric(rt, site, () => {
      // NumPy squares, in the type of the array, for an exponent that is the number 2.
      const squares = op === '**' && y.nd.weak && y.nd.item() === 2 && self.nd.dtype !== 'bool';
      const record = squares
        ? operateInto(operators.multiply, self.nd, self.nd, self.nd)
        : operateInto(known.plain, self.nd, self.nd, y.nd);
      recorder?.wrote(record);
      return null;
    });
    if (failed instanceof PyUnknown) self.spoil(failed);
    return self;
  }
  const result = binaryArrays(rt, op, x, y, site);
  if (result === undefined || result instanceof PyUnknown) {
    if (result) self.spoil(result);
    return self;
  }
  return store(rt, self, result, known.plain.name, site);
}

const UNARY = {
  '-': operators.negative,
  '+': operators.positive,
  '~': operators.invert,
  abs: operators.absolute,
} as const;

export function unaryOperation(rt: Runtime, op: UnaryOperator | 'abs', self: PyArray, site: Site): PyValue {
  const x = operand(rt, self, site);
  if (x instanceof PyUnknown) return x;
  if (x.row !== undefined && (op === '-' || op === 'abs')) return lifted(rt, op === '-' ? 'neg' : 'abs', site, x);
  if (x.row !== undefined && op === '+') return self.copyOf(rt, site);
  return numeric(rt, site, () => wrap(rt, operateUnary(UNARY[op], x.nd)));
}

const COMPARISONS: Readonly<Partial<Record<Comparison, readonly [BinaryOperator, Guard['test']]>>> = {
  '==': [operators.equal, 'eq'],
  '!=': [operators.notEqual, 'ne'],
  '<': [operators.less, 'lt'],
  '<=': [operators.lessEqual, 'le'],
  '>': [operators.greater, 'gt'],
  '>=': [operators.greaterEqual, 'ge'],
};

/** `array op other` elementwise; the result is data. */
export function comparison(
  rt: Runtime,
  op: Comparison,
  self: PyArray,
  other: PyValue,
  site: Site,
): PyValue | undefined {
  const known = COMPARISONS[op];
  if (!known) return undefined;
  if (typeof other === 'string') return op === '==' ? false : op === '!=' ? true : undefined;
  if (other === null) {
    if (op !== '==' && op !== '!=') return undefined;
    // Element by element: none of them is None.
    return self.unknown
      ? rt.spread(self.unknown)
      : wrap(
          rt,
          map(() => Number(op === '!='), self.nd, 'bool'),
        );
  }
  if (other instanceof PyInstance) return undefined;
  const x = operand(rt, self, site);
  const y = operand(rt, other, site);
  if (x instanceof PyUnknown) return x;
  if (y instanceof PyUnknown) return y;
  return numeric(rt, site, () => {
    rt.tick(1 + (x.nd.size >> 3));
    look(rt, known[1], x, y, site);
    return wrap(rt, operate(known[0], x.nd, y.nd));
  });
}
