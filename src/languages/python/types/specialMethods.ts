/**
 * The methods with two underscores that Python's own types have: the operators under their names, as code calls them through
 * `super()`, in `functools.reduce(int.__add__, …)` and the like.
 */
import type { Site } from '../../../model';
import type { Comparison, Operator } from '../ast';
import { formatValue } from '../format/formatSpec';
import { repr, str } from '../format/repr';
import { asIndex, contains, deleteItem, getItem, iteratorOf, lengthOf, setItem } from '../iteration';
import { compare, DUNDER, inplace, operate, truth, unary } from '../operators';
import type { Runtime } from '../runtime';
import { callBuiltin } from '../builtins/named';
import {
  NOT_IMPLEMENTED,
  PyBuiltin,
  PyDict,
  PyFloat,
  PyList,
  PySet,
  PyTuple,
  PyUnknown,
  type PyValue,
  Traced,
  typeOf,
} from '../values/object';

type Body = (rt: Runtime, site: Site, self: PyValue, args: readonly PyValue[]) => PyValue;

/** A container of a derived class as one of the type itself, with the same content: the derived class's own methods are passed by. */
function bare(value: PyValue): PyValue {
  if (value instanceof PyList && value.attrs) return new PyList(value.items);
  if (value instanceof PyTuple && value.attrs) return new PyTuple(value.items);
  if ((value instanceof PyDict || value instanceof PySet) && value.attrs) {
    const plain = value instanceof PyDict ? new PyDict() : new PySet(value.frozen);
    return Object.assign(
      plain,
      value instanceof PyDict ? { entries: value.entries } : { items: (value as PySet).items },
    );
  }
  return value;
}

const isInt = (x: PyValue) =>
  typeof x === 'number' ||
  typeof x === 'bigint' ||
  typeof x === 'boolean' ||
  (x instanceof Traced && !(x.plain instanceof PyFloat));

/** `int.__add__(1, 2.5)` leaves it to the other operand. */
function foreign(self: PyValue, other: PyValue): boolean {
  return isInt(self) && !isInt(other);
}

const operator =
  (op: Operator, reflected: boolean): Body =>
  (rt, site, self, [other]) => {
    if (other === undefined || foreign(self, other)) return NOT_IMPLEMENTED;
    const [a, b] = reflected ? [other, bare(self)] : [bare(self), other];
    return operate(rt, op, a, b, site) ?? NOT_IMPLEMENTED;
  };

const comparison =
  (op: Comparison): Body =>
  (rt, site, self, [other]) => {
    if (other === undefined || foreign(self, other)) return NOT_IMPLEMENTED;
    const sameType = typeOf(bare(self)) === typeOf(bare(other)) || !isInt(self);
    return sameType ? compare(rt, op, bare(self), bare(other), site) : NOT_IMPLEMENTED;
  };

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  __eq__: '==',
  __ne__: '!=',
  __lt__: '<',
  __le__: '<=',
  __gt__: '>',
  __ge__: '>=',
};

/** Whose built-in function does the same. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  __abs__: 'abs',
  __round__: 'round',
  __divmod__: 'divmod',
  __float__: 'float',
  __int__: 'int',
  __hash__: 'hash',
  __next__: 'next',
  __reversed__: 'reversed',
};

const BODIES: ReadonlyMap<string, Body> = new Map<string, Body>([
  ...Object.entries(DUNDER).flatMap(([op, name]): [string, Body][] => [
    [`__${name}__`, operator(op as Operator, false)],
    [`__r${name}__`, operator(op as Operator, true)],
    [
      `__i${name}__`,
      (rt, site, self, [other]) => {
        const plain = bare(self);
        const result = inplace(rt, op as Operator, plain, other ?? null, site);
        if (self instanceof PyList && plain instanceof PyList) self.items = plain.items;
        return result === plain ? self : result;
      },
    ],
  ]),
  ...Object.entries(COMPARISONS).map(([name, op]): [string, Body] => [name, comparison(op)]),
  ...Object.entries(FUNCTIONS).map(([name, fn]): [string, Body] => [
    name,
    (rt, site, self, args) => callBuiltin(rt, fn, [bare(self), ...args], site),
  ]),
  ['__neg__', (rt, site, self) => unary(rt, '-', self, site)],
  ['__pos__', (rt, site, self) => unary(rt, '+', self, site)],
  ['__invert__', (rt, site, self) => unary(rt, '~', self, site)],
  ['__bool__', (rt, site, self) => truth(rt, self, site)],
  ['__len__', (rt, site, self) => lengthOf(rt, bare(self), site)],
  ['__iter__', (rt, site, self) => iteratorOf(rt, bare(self), site)],
  ['__contains__', (rt, site, self, [item]) => contains(rt, bare(self), item ?? null, site)],
  ['__getitem__', (rt, site, self, [index]) => getItem(rt, bare(self), index ?? null, site)],
  [
    '__setitem__',
    (rt, site, self, [index, value]) => {
      const plain = bare(self);
      setItem(rt, plain, index ?? null, value ?? null, site);
      if (self instanceof PyList && plain instanceof PyList) self.items = plain.items;
      return null;
    },
  ],
  [
    '__delitem__',
    (rt, site, self, [index]) => {
      const plain = bare(self);
      deleteItem(rt, plain, index ?? null, site);
      if (self instanceof PyList && plain instanceof PyList) self.items = plain.items;
      return null;
    },
  ],
  ['__repr__', (rt, _site, self) => repr(rt, bare(self))],
  ['__str__', (rt, _site, self) => str(rt, bare(self))],
  ['__format__', (rt, site, self, [spec]) => formatValue(rt, self, typeof spec === 'string' ? spec : '', site)],
  [
    '__index__',
    (rt, site, self) => (isInt(self) ? (typeof self === 'boolean' ? Number(self) : self) : asIndex(rt, self, site)),
  ],
]);

/** The method of that name as a function whose first argument is the instance; undefined where there is none here. */
export function specialOfType(name: string): PyBuiltin | undefined {
  const body = BODIES.get(name);
  if (!body) return undefined;
  const method = new PyBuiltin(name, (rt, [self, ...args], _kwargs, site) => {
    for (const x of [self, ...args]) if (x instanceof PyUnknown) return rt.spread(x);
    return body(rt, site, self ?? null, args);
  });
  method.binds = true;
  return method;
}
