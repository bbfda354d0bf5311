/** Operators on any values: the fast ways for numbers are compiled in, everything else comes here. */
import type { ScalarOp } from '../../symbolic/rules';
import type { Site } from '../../model';
import type { Comparison, Operator } from './ast';
import { getAttribute, specialMethod } from './attributes';
import { call } from './calls';
import { raised } from './exceptions';
import type { Runtime } from './runtime';
import { compareSequences, repeatSequence, concatenate } from './types/sequences';
import { percentFormat } from './types/percentFormat';
import { sameKeyValue } from './values/identity';
import {
  FloatKind,
  NOT_IMPLEMENTED,
  type PlainNumber,
  PyBytes,
  PyClass,
  PyDict,
  PyFloat,
  PyList,
  PyObject,
  PyRange,
  PySet,
  PyTuple,
  PyUnknown,
  type PyValue,
  Traced,
  type UnaryOperator,
  typeOf,
} from './values/object';
import {
  comparePlain,
  isNumberLike,
  modulo,
  type NumberLike,
  plain,
  plainArithmetic,
  toDouble,
} from './values/numbers';
import { dictUnion, setCompare, setOperation, updateSet } from './types/hashed';
import { contains } from './iteration';

/** The middle of the method's name. */
export const DUNDER: Readonly<Record<Operator, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '@': 'matmul',
  '<<': 'lshift',
  '>>': 'rshift',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
};

/** The primitives that arithmetic on traced numbers makes steps of. */
const STEPS: Partial<Record<Operator, ScalarOp>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '**': 'pow',
};

/** `a op b` */
export function binary(rt: Runtime, op: Operator, a: PyValue, b: PyValue, site: Site): PyValue {
  if (isNumberLike(a) && isNumberLike(b)) {
    rt.place = site;
    const value = arithmetic(rt, op, a, b, site);
    if (value !== undefined) return value;
  }
  if (a instanceof PyUnknown) return rt.spread(a);
  if (b instanceof PyUnknown) return rt.spread(b);
  rt.place = site;
  const value = tryBinary(rt, op, a, b, site);
  if (value !== undefined) return value;
  const ofNumPy = numpyFloatMeets(rt, op, a, b, site) ?? numpyFloatMeets(rt, op, b, a, site);
  if (ofNumPy) return ofNumPy;
  const names = `'${typeOf(a).name}' and '${typeOf(b).name}'`;
  throw raised('TypeError', `unsupported operand type(s) for ${op === '**' ? '** or pow()' : op}: ${names}`);
}

const BITWISE: Readonly<Partial<Record<Operator, string>>> = {
  '&': 'bitwise_and',
  '|': 'bitwise_or',
  '^': 'bitwise_xor',
  '<<': 'left_shift',
  '>>': 'right_shift',
};

/** A float of NumPy is an array without axes to what it meets. */
function numpyFloatMeets(rt: Runtime, op: Operator, a: PyValue, b: PyValue, site: Site): PyUnknown | undefined {
  const float = a instanceof Traced ? a.plain : a;
  if (!(float instanceof PyFloat) || float.kind === FloatKind.Python) return undefined;
  if (b instanceof PyList || b instanceof PyTuple)
    return rt.unknown('unsupported', 'a number of NumPy and a list make an array, which is not supported', site);
  if (BITWISE[op] === undefined || !isNumberLike(b)) return undefined;
  throw raised(
    'TypeError',
    `ufunc '${BITWISE[op]}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
  );
}

function tryBinary(rt: Runtime, op: Operator, a: PyValue, b: PyValue, site: Site): PyValue | undefined {
  const rightFirst = typeOf(b) !== typeOf(a) && typeOf(b).isSubclassOf(typeOf(a));
  if (rightFirst) {
    const value = half(rt, op, b, a, true, site);
    if (value !== undefined) return value;
  }
  const left = half(rt, op, a, b, false, site);
  if (left !== undefined) return left;
  return rightFirst ? undefined : half(rt, op, b, a, true, site);
}

/** What one operand makes of the operation. */
function half(
  rt: Runtime,
  op: Operator,
  self: PyValue,
  other: PyValue,
  reflected: boolean,
  site: Site,
): PyValue | undefined {
  if (self instanceof PyObject) {
    if (self.binary) {
      const value = self.binary(rt, op, other, reflected, site);
      if (value !== undefined) return value;
    }
    if (self.attrs || self instanceof PyClass) {
      const method = specialMethod(self, `__${reflected ? 'r' : ''}${DUNDER[op]}__`);
      if (method !== undefined) {
        const value = call(rt, method, [self, other], undefined, site);
        return value === NOT_IMPLEMENTED ? undefined : value;
      }
    }
  }
  return reflected ? undefined : builtinBinary(rt, op, self, other, site);
}

/** What `collections` knows of counters, which are dicts here. */
export const COUNTER_OPERATIONS: {
  combine?: (rt: Runtime, op: Operator, a: PyDict, b: PyValue, site: Site) => PyValue | undefined;
} = {};

/** `a op b` of the built-in types alone; undefined where they leave it to the other operand. */
export function operate(rt: Runtime, op: Operator, a: PyValue, b: PyValue, site: Site): PyValue | undefined {
  if (isNumberLike(a)) return isNumberLike(b) ? arithmetic(rt, op, a, b, site) : undefined;
  return builtinBinary(rt, op, a, b, site);
}

function builtinBinary(rt: Runtime, op: Operator, a: PyValue, b: PyValue, site: Site): PyValue | undefined {
  if (op === '*') return repeatSequence(rt, a, b, site) ?? repeatSequence(rt, b, a, site);
  if (a instanceof PyDict && a.attrs) {
    const counted = COUNTER_OPERATIONS.combine?.(rt, op, a, b, site);
    if (counted !== undefined) return counted;
  }
  if (op === '+') return concatenate(rt, a, b);
  if (op === '%' && typeof a === 'string') return percentFormat(rt, a, b, site);
  if (a instanceof PySet) return setOperation(rt, op, a, b);
  if (a instanceof PyBytes) return rt.unknown('unsupported', 'this operation on bytes is not supported', site);
  if (op === '|' && a instanceof PyDict && b instanceof PyDict) return dictUnion(a, b);
  return undefined;
}

/** Arithmetic on numbers; a step where an operand is traced. */
export function arithmetic(rt: Runtime, op: Operator, a: NumberLike, b: NumberLike, site: Site): PyValue | undefined {
  const x = plain(a);
  const y = plain(b);
  if (typeof a === 'boolean' && typeof b === 'boolean' && (op === '&' || op === '|' || op === '^')) {
    return op === '&' ? a && b : op === '|' ? a || b : a !== b;
  }
  const value = plainArithmetic(rt, op, x, y, site);
  if (value === undefined || value instanceof PyUnknown) return value;
  if (!(a instanceof Traced) && !(b instanceof Traced)) return value;
  const step = STEPS[op];
  const p = a instanceof Traced ? a : x;
  const q = b instanceof Traced ? b : y;
  if (step) return recordStep(rt, step, site, value, p, q);
  if (op === '//') {
    floorGuard(rt, site, p, q);
    return value;
  }
  if (op === '%' && value instanceof PyFloat && toDouble(y) !== 0) return tracedModulo(rt, site, value, p, q);
  asData(rt, p, site);
  asData(rt, q, site);
  return value;
}

/** Records a primitive step whose value was computed already. */
export function recordStep(
  rt: Runtime,
  op: ScalarOp,
  site: Site,
  value: PlainNumber,
  x: PlainNumber | Traced,
  y: PlainNumber | Traced = x,
): Traced {
  rt.tick();
  const { recorder } = rt;
  if (!recorder) throw new Error('a traced number outlived its recording');
  const float32 = value instanceof PyFloat && value.kind === FloatKind.Float32;
  const row = recorder.scalar(op, rt.visible(site), rt.rowOf(x), rt.rowOf(y), float32);
  return new Traced(value, row);
}

/** The whole part of a quotient is data; replay checks that it stays the same. */
function floorGuard(rt: Runtime, site: Site, x: PlainNumber | Traced, y: PlainNumber | Traced): number {
  const quotient = Math.floor(toDouble(x) / toDouble(y));
  const row = rt.recorder?.scalar('div', rt.visible(site), rt.rowOf(x), rt.rowOf(y));
  if (row !== undefined) rt.recorder?.guard({ site: rt.visible(site), test: 'floor', x: row, outcome: quotient });
  return quotient;
}

/** x % y = x − q·y with the whole number q kept by a guard. */
function tracedModulo(
  rt: Runtime,
  site: Site,
  value: PyFloat,
  x: PlainNumber | Traced,
  y: PlainNumber | Traced,
): Traced {
  const q = floorGuard(rt, site, x, y);
  if (!(y instanceof Traced)) {
    // Of a constant multiple what is subtracted is chosen so that the result is exactly Python's.
    return recordStep(rt, 'sub', site, value, x, new PyFloat(toDouble(x) - modulo(toDouble(x), toDouble(y))));
  }
  const multiple = recordStep(rt, 'mul', site, new PyFloat(q * toDouble(y)), new PyFloat(q), y);
  return recordStep(rt, 'sub', site, value, x, multiple);
}

/** The program goes on with the bare value of a traced number: replay must find the same one. */
export function asData(rt: Runtime, value: PyValue, site: Site): PlainNumber | undefined {
  if (value instanceof Traced) {
    rt.guard('value', site, toDouble(value), value);
    return value.plain;
  }
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof PyFloat ? value : undefined;
}

/** `op a` */
export function unary(rt: Runtime, op: UnaryOperator, a: PyValue, site: Site): PyValue {
  if (isNumberLike(a)) {
    const x = plain(a);
    if (op === '+') return a instanceof Traced ? a : x;
    if (op === '-') {
      const value = x instanceof PyFloat ? new PyFloat(-x.v, x.kind) : typeof x === 'number' ? 0 - x : -x;
      return a instanceof Traced ? recordStep(rt, 'neg', site, value, a) : value;
    }
    if (!(x instanceof PyFloat)) {
      asData(rt, a, site);
      return typeof x === 'number' ? -x - 1 : -x - 1n;
    }
  }
  if (a instanceof PyUnknown) return rt.spread(a);
  rt.place = site;
  if (a instanceof PyObject) {
    const value = a.unary?.(rt, op, site);
    if (value !== undefined) return value;
    const method = specialMethod(a, op === '-' ? '__neg__' : op === '+' ? '__pos__' : '__invert__');
    if (method !== undefined) return call(rt, method, [a], undefined, site);
  }
  throw raised('TypeError', `bad operand type for unary ${op}: '${typeOf(a).name}'`);
}

/** `a op= b`, for everything but names of numbers, where it is `a = a op b`. */
export function inplace(rt: Runtime, op: Operator, a: PyValue, b: PyValue, site: Site): PyValue {
  if (a instanceof PyObject && !(a instanceof PyFloat)) {
    if (b instanceof PyUnknown && (a instanceof PyList || a instanceof PySet || a instanceof PyDict)) {
      a.unknown = rt.spread(b) as PyUnknown;
      return a;
    }
    const value = a.inplace?.(rt, op, b, site);
    if (value !== undefined) return value;
    if (a.attrs) {
      const method = specialMethod(a, `__i${DUNDER[op]}__`);
      if (method !== undefined) {
        const result = call(rt, method, [a, b], undefined, site);
        if (result !== NOT_IMPLEMENTED) return result;
      }
    }
    if (a instanceof PyList && op === '+') return call(rt, getAttribute(rt, a, '__iadd__', site), [b], undefined, site);
    if (a instanceof PyList && op === '*') {
      const repeated = repeatSequence(rt, a, b, site);
      if (repeated instanceof PyList) {
        a.items = repeated.items;
        return a;
      }
    }
    if (a instanceof PySet && !a.frozen && b instanceof PySet && '|&-^'.includes(op)) {
      const unknown = a.unknown ?? b.unknown;
      if (unknown) a.unknown = rt.spread(unknown) as PyUnknown;
      else updateSet(rt, op, a, b);
      return a;
    }
    if (a instanceof PyDict && b instanceof PyDict && op === '|') {
      for (const [k, e] of b.entries) a.entries.set(k, { ...e });
      return a;
    }
  }
  return binary(rt, op, a, b, site);
}

const REFLECTED: Partial<Record<Comparison, Comparison>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};
const RICH: Partial<Record<Comparison, string>> = {
  '<': '__lt__',
  '<=': '__le__',
  '>': '__gt__',
  '>=': '__ge__',
  '==': '__eq__',
  '!=': '__ne__',
};
const GUARDS = { '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge', '==': 'eq', '!=': 'ne' } as const;

/** `a op b`; usually a bool, but arrays and user classes may answer anything. */
export function compare(rt: Runtime, op: Comparison, a: PyValue, b: PyValue, site: Site): PyValue {
  switch (op) {
    case 'is':
    case 'is not': {
      if (a instanceof PyUnknown) return rt.spread(a);
      if (b instanceof PyUnknown) return rt.spread(b);
      const same = a === b || (a instanceof Traced && b instanceof Traced && a.row === b.row);
      return op === 'is' ? same : !same;
    }
    case 'in':
    case 'not in': {
      const found = contains(rt, b, a, site);
      if (found instanceof PyUnknown) return found;
      return op === 'in' ? found : !found;
    }
    default:
  }
  if (isNumberLike(a) && isNumberLike(b)) {
    const order = comparePlain(plain(a), plain(b));
    const outcome = holds(op, order);
    if (a instanceof Traced || b instanceof Traced) {
      rt.guard(
        GUARDS[op],
        site,
        outcome ? 1 : 0,
        a instanceof Traced ? a : plain(a),
        b instanceof Traced ? b : plain(b),
      );
    }
    return outcome;
  }
  if (a instanceof PyUnknown) return rt.spread(a);
  if (b instanceof PyUnknown) return rt.spread(b);
  if (typeof a === 'string' && typeof b === 'string') return holds(op, compareText(a, b));
  rt.place = site;
  const left = richHalf(rt, op, a, b, false, site);
  if (left !== undefined) return left;
  const right = richHalf(rt, REFLECTED[op] as Comparison, b, a, true, site);
  if (right !== undefined) return right;
  const sequence = compareSequences(rt, op, a, b, site) ?? setCompare(rt, op, a, b);
  if (sequence !== undefined) return sequence;
  if (op === '==' || op === '!=') {
    const same = sameKeyValue(a, b);
    return op === '==' ? same : !same;
  }
  throw raised('TypeError', `'${op}' not supported between instances of '${typeOf(a).name}' and '${typeOf(b).name}'`);
}

function richHalf(rt: Runtime, op: Comparison, self: PyValue, other: PyValue, reflected: boolean, site: Site) {
  if (!(self instanceof PyObject)) return undefined;
  const value = self.compare?.(rt, op, other, reflected, site);
  if (value !== undefined) return value;
  if (!self.attrs || self instanceof PyClass) return undefined;
  const method = specialMethod(self, RICH[op] as string);
  if (method !== undefined) {
    const result = call(rt, method, [self, other], undefined, site);
    return result === NOT_IMPLEMENTED ? undefined : result;
  }
  if (op === '!=') {
    const eq = specialMethod(self, '__eq__');
    if (eq !== undefined) {
      const result = call(rt, eq, [self, other], undefined, site);
      if (result === NOT_IMPLEMENTED) return undefined;
      const t = truth(rt, result, site);
      return t instanceof PyUnknown ? t : !t;
    }
  }
  return undefined;
}

/** Whether an order (undefined: unordered) satisfies a comparison. */
export function holds(op: Comparison, order: number | undefined): boolean {
  switch (op) {
    case '<':
      return order !== undefined && order < 0;
    case '<=':
      return order !== undefined && order <= 0;
    case '>':
      return order !== undefined && order > 0;
    case '>=':
      return order !== undefined && order >= 0;
    case '==':
      return order === 0;
    default:
      return order !== 0;
  }
}

/** Order by code points. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  // UTF-16 order differs from code point order only where surrogates meet U+E000 … U+FFFF.
  if (/[\ud800-\udfff]/.test(a) || /[\ud800-\udfff]/.test(b)) {
    const [x, y] = [[...a], [...b]];
    for (let i = 0; i < x.length && i < y.length; i++) {
      const d = ((x[i] as string).codePointAt(0) as number) - ((y[i] as string).codePointAt(0) as number);
      if (d !== 0) return d;
    }
    return x.length - y.length;
  }
  return a < b ? -1 : 1;
}

/** `bool(value)`; looking at a traced number leaves a guard. */
export function truth(rt: Runtime, value: PyValue, site: Site): boolean | PyUnknown {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return value !== 0;
    case 'bigint':
      return true;
    case 'string':
      return value !== '';
    default:
  }
  if (value === null) return false;
  if (value instanceof PyFloat) return value.v !== 0;
  if (value instanceof Traced) {
    const outcome = toDouble(value) !== 0;
    rt.guard('truth', site, outcome ? 1 : 0, value);
    return outcome;
  }
  if (value instanceof PyUnknown) return rt.spread(value) as PyUnknown;
  const own = value.truth?.(rt, site);
  if (own !== undefined) return own;
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyDict || value instanceof PySet) {
    if (value.unknown) return rt.spread(value.unknown) as PyUnknown;
  }
  if (value.attrs && !(value instanceof PyClass)) {
    const method = specialMethod(value, '__bool__') ?? specialMethod(value, '__len__');
    if (method !== undefined) return truth(rt, call(rt, method, [value], undefined, site), site);
  }
  if (value instanceof PyList || value instanceof PyTuple) return value.items.length > 0;
  if (value instanceof PyDict) return value.entries.size > 0;
  if (value instanceof PySet) return value.items.size > 0;
  if (value instanceof PyRange) return value.length_ > 0;
  if (value instanceof PyBytes) return value.text !== '';
  return true;
}

/** `==` as a bool, for containers and membership: identity comes first. */
export function equals(rt: Runtime, a: PyValue, b: PyValue, site: Site): boolean | PyUnknown {
  if (a === b && !(a instanceof PyUnknown)) return true;
  return truth(rt, compare(rt, '==', a, b, site), site);
}
