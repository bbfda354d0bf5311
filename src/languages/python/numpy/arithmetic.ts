/** Operators between arrays and numbers, with broadcasting. */
import type { Recorder } from '../../../autodiff/recorder';
import type { Guard } from '../../../autodiff/trace';
import type { Site } from '../../../model';
import type { ScalarOp } from '../../../symbolic/rules';
import {
  type BinaryOperator,
  dot,
  matmul,
  type NdArray,
  operate,
  operateInto,
  operateUnary,
  operators,
  sizeOf,
  broadcastShapes,
} from '../../../tensor';
import type { Comparison, Operator } from '../ast';
import type { Runtime } from '../runtime';
import { PyObject, PyUnknown, type PyValue, type UnaryOperator } from '../values/object';
import { afford, fromRow, numpyErrors, type Operand, PyArray, rowOf, tensorStep, wrap, writeThrough } from './array';
import { operand } from './operands';

const OPERATORS: Readonly<Partial<Record<Operator, BinaryOperator>>> = {
  '+': operators.add,
  '-': operators.subtract,
  '*': operators.multiply,
  '/': operators.divide,
  '//': operators.floorDivide,
  '%': operators.remainder,
  '**': operators.power,
  '&': operators.bitwiseAnd,
  '|': operators.bitwiseOr,
  '^': operators.bitwiseXor,
  '<<': operators.leftShift,
  '>>': operators.rightShift,
};

const STEPS: Readonly<Partial<Record<Operator, ScalarOp>>> = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div', '**': 'pow' };

/** `a op b` where at least one is an array. `undefined` where the other is no operand. */
export function arrayBinary(rt: Runtime, op: Operator, a: PyValue, b: PyValue, site: Site): PyValue | undefined {
  if (isForeign(a) || isForeign(b)) return undefined;
  const x = operand(rt, a, site);
  if (x instanceof PyUnknown) return rt.spread(x);
  const y = operand(rt, b, site);
  if (y instanceof PyUnknown) return rt.spread(y);
  if (op === '@') return tensorStep(rt, 'matmul', [x, y], {}, () => matmul(x.nd, y.nd), site);
  return elementwise(rt, op, x, y, site);
}

/** User objects answer by their own methods. */
function isForeign(value: PyValue): boolean {
  return value instanceof PyObject && value.attrs !== undefined;
}

function elementwise(rt: Runtime, op: Operator, x: Operand, y: Operand, site: Site): PyValue {
  const operator = OPERATORS[op];
  if (!operator) return rt.unknown('unsupported', `\`${op}\` of arrays is not supported`, site);
  price(rt, x.nd, y.nd);
  return numpyErrors(() => {
    const step = STEPS[op];
    if (x.row === undefined && y.row === undefined) return wrap(afford(rt, operate(operator, x.nd, y.nd)));
    if (step) return recordElementwise(rt, step, x, y, site);
    looked(rt, x, site);
    looked(rt, y, site);
    return wrap(afford(rt, operate(operator, x.nd, y.nd)));
  });
}

/** Counts an elementwise operation before it is done. */
export function price(rt: Runtime, ...arrays: readonly NdArray[]): void {
  const shape = numpyErrors(() => broadcastShapes('operands', ...arrays.map((a) => a.shape)));
  rt.tick(1 + (sizeOf(shape) >> 4));
}

/** A scalar primitive lifted over arrays. */
export function recordElementwise(rt: Runtime, op: ScalarOp, x: Operand, y: Operand | undefined, site: Site): PyValue {
  const recorder = rt.recorder as Recorder;
  const a = rowOf(rt, x);
  return fromRow(rt, recorder.elementwise(op, rt.visible(site), a, y ? rowOf(rt, y) : a));
}

/** The program goes on with the bare value: a replay must find the same one. */
export function looked(rt: Runtime, { row }: Operand, site: Site): void {
  if (row !== undefined) rt.recorder?.look('value', rt.visible(site), row);
}

const COMPARISONS: Readonly<Partial<Record<Comparison, readonly [BinaryOperator, Guard['test']]>>> = {
  '<': [operators.less, 'lt'],
  '<=': [operators.lessEqual, 'le'],
  '>': [operators.greater, 'gt'],
  '>=': [operators.greaterEqual, 'ge'],
  '==': [operators.equal, 'eq'],
  '!=': [operators.notEqual, 'ne'],
};

export function arrayCompare(rt: Runtime, op: Comparison, a: PyValue, b: PyValue, site: Site): PyValue | undefined {
  const known = COMPARISONS[op];
  if (!known || isForeign(a) || isForeign(b) || a === null || b === null || typeof a === 'string' || typeof b === 'string') {
    return undefined;
  }
  const x = operand(rt, a, site);
  if (x instanceof PyUnknown) return rt.spread(x);
  const y = operand(rt, b, site);
  if (y instanceof PyUnknown) return rt.spread(y);
  price(rt, x.nd, y.nd);
  return numpyErrors(() => {
    if (x.row !== undefined || y.row !== undefined) {
      rt.recorder?.look(known[1], rt.visible(site), rowOf(rt, x), rowOf(rt, y));
    }
    return wrap(operate(known[0], x.nd, y.nd));
  });
}

/** `a op= b`: writes into the memory of `a`, which its views share. */
export function arrayInplace(rt: Runtime, op: Operator, target: PyArray, b: PyValue, site: Site): PyValue | undefined {
  const operator = OPERATORS[op];
  if (!operator || isForeign(b)) return undefined;
  const y = operand(rt, b, site);
  if (y instanceof PyUnknown) return rt.spread(y);
  if (!target.isTraced && y.row === undefined) {
    price(rt, target.nd, y.nd);
    writeThrough(rt, target, [], y, () => operateInto(operator, target.nd, target.nd, y.nd), site);
    return target;
  }
  // The value is a step of its own; then it is written.
  const value = elementwise(rt, op, { nd: target.nd, row: target.rowIfTraced(rt, site) }, y, site);
  const result = operand(rt, value, site);
  if (result instanceof PyUnknown) return result;
  writeThrough(rt, target, [{ kind: 'ellipsis' }], result, () => operateInto(operator, target.nd, target.nd, y.nd), site);
  return target;
}

export function arrayUnary(rt: Runtime, op: UnaryOperator, array: PyArray, site: Site): PyValue {
  rt.tick(1 + (array.nd.size >> 4));
  const row = array.rowIfTraced(rt, site);
  if (op === '-' && row !== undefined) return recordElementwise(rt, 'neg', { nd: array.nd, row }, undefined, site);
  const operator = op === '-' ? operators.negative : op === '+' ? operators.positive : operators.invert;
  if (op === '+' && row !== undefined) return array;
  if (row !== undefined) looked(rt, { nd: array.nd, row }, site);
  return numpyErrors(() => wrap(afford(rt, operateUnary(operator, array.nd))));
}

/** `np.dot` */
export function dotProduct(rt: Runtime, x: Operand, y: Operand, site: Site): PyValue {
  return tensorStep(rt, 'dot', [x, y], {}, () => dot(x.nd, y.nd), site);
}
