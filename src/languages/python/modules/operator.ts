/** `operator` */
import type { Comparison, Operator } from '../ast';
import { getAttribute } from '../attributes';
import { callMethod } from '../calls';
import { contains, getItem } from '../iteration';
import { fn, library, raw } from '../library';
import { binary, compare, truth, unary } from '../operators';
import { PyBuiltin, PyTuple, PyUnknown, type PyValue } from '../values/object';

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
  iadd: '+',
  imul: '*',
  isub: '-',
  concat: '+',
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
  methodcaller: fn<[PyValue, readonly PyValue[]]>(
    'methodcaller(name, *args)',
    (_rt, _s, [name, args]) =>
      new PyBuiltin('methodcaller', (rt, [x], _kwargs, site) =>
        callMethod(rt, x as PyValue, String(name), [...args], undefined, site),
      ),
  ),
});
