/** `operator` */
import type { Comparison, Operator } from '../ast';
import { getAttribute } from '../attributes';
import { callMethod } from '../calls';
import { callBuiltin } from '../builtins/named';
import { raised } from '../exceptions';
import { asIndex, contains, deleteItem, getItem, setItem, toArray } from '../iteration';
import { fn, library, raw } from '../library';
import { binary, compare, equals, inplace, truth, unary } from '../operators';
import { PyBuiltin, PyList, PyTuple, PyUnknown, type PyValue } from '../values/object';

const BINARY: Readonly<Record<string, Operator>> = {
  add: '+',
  sub: '-',
  mul: '*',
  truediv: '/',
  floordiv: '//',
  mod: '%',
  pow: '**',
  matmul: '@',
  and_: '&',
  or_: '|',
  xor: '^',
  lshift: '<<',
  rshift: '>>',
  concat: '+',
};
const IN_PLACE: Readonly<Record<string, Operator>> = {
  iadd: '+',
  imul: '*',
  isub: '-',
  itruediv: '/',
  ifloordiv: '//',
  imod: '%',
  ipow: '**',
  imatmul: '@',
  iand: '&',
  ior: '|',
  ixor: '^',
  ilshift: '<<',
  irshift: '>>',
  iconcat: '+',
};
const COMPARE: Readonly<Record<string, Comparison>> = {
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  eq: '==',
  ne: '!=',
  is_: 'is',
  is_not: 'is not',
};

export const operator = library('operator', {
  ...Object.fromEntries(
    Object.entries(BINARY).map(([name, op]) => [
      name,
      raw<[PyValue, PyValue]>(`${name}(a, b, /)`, (rt, site, [a, b]) => binary(rt, op, a, b, site)),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(IN_PLACE).map(([name, op]) => [
      name,
      raw<[PyValue, PyValue]>(`${name}(a, b, /)`, (rt, site, [a, b]) => inplace(rt, op, a, b, site)),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(COMPARE).map(([name, op]) => [
      name,
      raw<[PyValue, PyValue]>(`${name}(a, b, /)`, (rt, site, [a, b]) => compare(rt, op, a, b, site)),
    ]),
  ),
  neg: raw<[PyValue]>('neg(a, /)', (rt, site, [a]) => unary(rt, '-', a, site)),
  pos: raw<[PyValue]>('pos(a, /)', (rt, site, [a]) => unary(rt, '+', a, site)),
  invert: raw<[PyValue]>('invert(a, /)', (rt, site, [a]) => unary(rt, '~', a, site)),
  not_: raw<[PyValue]>('not_(a, /)', (rt, site, [a]) => {
    const t = truth(rt, a, site);
    return t instanceof PyUnknown ? t : !t;
  }),
  truth: raw<[PyValue]>('truth(a, /)', (rt, site, [a]) => truth(rt, a, site)),
  contains: raw<[PyValue, PyValue]>('contains(a, b, /)', (rt, site, [a, b]) => contains(rt, a, b, site)),
  inv: raw<[PyValue]>('inv(a, /)', (rt, site, [a]) => unary(rt, '~', a, site)),
  abs: raw<[PyValue]>('abs(a, /)', (rt, site, [a]) => callBuiltin(rt, 'abs', [a], site)),
  index: raw<[PyValue]>('index(a, /)', (rt, site, [a]) => asIndex(rt, a, site)),
  countOf: raw<[PyValue, PyValue]>('countOf(a, b, /)', (rt, site, [a, b]) => {
    const items = toArray(rt, a, site);
    if (items instanceof PyUnknown) return items;
    return callBuiltin(rt, 'sum', [new PyList(items.map((x) => compare(rt, '==', x, b, site)))], site);
  }),
  indexOf: raw<[PyValue, PyValue]>('indexOf(a, b, /)', (rt, site, [a, b]) => {
    const items = toArray(rt, a, site);
    if (items instanceof PyUnknown) return items;
    for (const [i, item] of items.entries()) {
      const same = equals(rt, item, b, site);
      if (same instanceof PyUnknown) return same;
      if (same) return i;
    }
    throw raised('ValueError', 'sequence.index(x): x not in sequence');
  }),
  setitem: raw<[PyValue, PyValue, PyValue]>('setitem(a, b, c, /)', (rt, site, [a, b, c]) => {
    setItem(rt, a, b, c, site);
    return null;
  }),
  delitem: raw<[PyValue, PyValue]>('delitem(a, b, /)', (rt, site, [a, b]) => {
    deleteItem(rt, a, b, site);
    return null;
  }),
  getitem: raw<[PyValue, PyValue]>('getitem(a, b, /)', (rt, site, [a, b]) => getItem(rt, a, b, site)),
  itemgetter: fn<[readonly PyValue[]]>(
    'itemgetter(*items)',
    (_rt, _s, [items]) =>
      new PyBuiltin('itemgetter', (rt, [x], _kwargs, site) => {
        const values = items.map((i) => getItem(rt, x as PyValue, i, site));
        return values.length === 1 ? (values[0] as PyValue) : new PyTuple(values);
      }),
  ),
  attrgetter: fn<[readonly PyValue[]]>(
    'attrgetter(*attrs)',
    (_rt, _s, [attrs]) =>
      new PyBuiltin('attrgetter', (rt, [x], _kwargs, site) => {
        const values = attrs.map((a) =>
          String(a)
            .split('.')
            .reduce((v, name) => getAttribute(rt, v, name, site), x as PyValue),
        );
        return values.length === 1 ? (values[0] as PyValue) : new PyTuple(values);
      }),
  ),
  methodcaller: fn<[PyValue, readonly PyValue[], ReadonlyMap<string, PyValue>]>(
    'methodcaller(name, /, *args, **kwargs)',
    (_rt, _s, [name, args, kwargs]) =>
      new PyBuiltin('methodcaller', (rt, [x], _kwargs, site) =>
        callMethod(rt, x as PyValue, String(name), [...args], kwargs.size > 0 ? kwargs : undefined, site),
      ),
  ),
});
