/** Assignment: names, attributes, elements, slices, unpacking. */
import type { NamePath } from '../../../model';
import { setAttribute } from '../attributes';
import { raised } from '../exceptions';
import type { Expr } from '../ast';
import type { Cell, Frame } from '../frame';
import { InertValue } from '../modules/inert';
import { setItem, toArray } from '../iteration';
import { bindName } from '../record/bindings';
import { PyFloat, PyList, PyTuple, PyUnknown, type PyValue, typeOf } from '../values/object';
import { type Compiler, namePath } from './compiler';
import { compileExpression } from './expressions';
import { storeName, type Store } from './names';

/** Evaluates where a target is (its object and index), then stores. */
export function storeTarget(c: Compiler, target: Expr): Store {
  switch (target.kind) {
    case 'Name':
      return storeName(target.id, c.variables.lookup(target.id), c.site(target, [target.id], true));
    case 'Attribute': {
      const object = compileExpression(c, target.value);
      const path = namePath(target);
      const site = c.site(target, path, true);
      const { attr } = target;
      return (f, value) => {
        const o = object(f);
        if (path && f.rt.recorder) bindName(f.rt, path, value, site);
        setAttribute(f.rt, o, attr, value, site);
      };
    }
    case 'Subscript': {
      const object = compileExpression(c, target.value);
      const index = compileExpression(c, target.slice);
      const path = namePath(target);
      const base = path ? undefined : namePath(target.value);
      const site = c.site(target, path, true);
      return (f, value) => {
        const o = object(f);
        const i = index(f);
        if (f.rt.recorder) {
          const name = path ?? (base && indexedPath(base, i));
          if (name) bindName(f.rt, name, value, site);
        }
        setItem(f.rt, o, i, value, site);
      };
    }
    case 'Tuple':
    case 'List':
      return unpack(c, target.elts, c.site(target));
    default: {
      const site = c.site(target);
      return (f) => {
        f.rt.place = site;
        throw raised('SyntaxError', 'cannot assign to this');
      };
    }
  }
}

function indexedPath(base: NamePath, index: PyValue): NamePath | undefined {
  if (typeof index === 'string') return [...base, { key: index }];
  return typeof index === 'number' ? [...base, index] : undefined;
}

function unpack(c: Compiler, elts: readonly Expr[], site: number): Store {
  const star = elts.findIndex((e) => e.kind === 'Starred');
  const stores = elts.map((e) => storeTarget(c, e.kind === 'Starred' ? e.value : e));
  const n = elts.length;
  return (f, value) => {
    if (value instanceof InertValue) {
      for (const store of stores) store(f, value);
      return;
    }
    const items =
      (value instanceof PyTuple || value instanceof PyList) && !value.unknown && !value.attrs
        ? // A list may be changed by the very targets.
          value instanceof PyList
          ? [...value.items]
          : value.items
        : unpacked(f, value, site);
    if (items instanceof PyUnknown) {
      for (const store of stores) store(f, items);
      return;
    }
    if (star < 0) {
      if (items.length !== n) wrongCount(f, items.length, n, site);
      for (let i = 0; i < n; i++) (stores[i] as Store)(f, items[i] as PyValue);
      return;
    }
    if (items.length < n - 1) {
      f.rt.place = site;
      throw raised('ValueError', `not enough values to unpack (expected at least ${n - 1}, got ${items.length})`);
    }
    const after = n - star - 1;
    for (let i = 0; i < star; i++) (stores[i] as Store)(f, items[i] as PyValue);
    (stores[star] as Store)(f, new PyList(items.slice(star, items.length - after)));
    for (let i = 0; i < after; i++) (stores[star + 1 + i] as Store)(f, items[items.length - after + i] as PyValue);
  };
}

/** The items of what is unpacked, which Python names differently where there are none. */
function unpacked(f: Frame, value: PyValue, site: number): readonly PyValue[] | PyUnknown {
  if (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    typeof value === 'boolean' ||
    value === null ||
    value instanceof PyFloat
  ) {
    f.rt.place = site;
    throw raised('TypeError', `cannot unpack non-iterable ${typeOf(value).name} object`);
  }
  return toArray(f.rt, value, site);
}

function wrongCount(f: Frame, got: number, expected: number, site: number): never {
  f.rt.place = site;
  throw raised(
    'ValueError',
    got > expected
      ? `too many values to unpack (expected ${expected})`
      : `not enough values to unpack (expected ${expected}, got ${got})`,
  );
}

/** Gathers the cells that a new function shares with this frame. */
export function captureCells(c: Compiler, names: readonly string[]): (f: Frame) => Cell[] {
  const indices = names.map((name) => {
    const at = c.variables.lookup(name);
    const location = at.kind === 'class' ? at.outside : at;
    return location.kind === 'cell' ? location.index : -1;
  });
  return (f) => indices.map((i) => f.cells[i] ?? { v: undefined });
}
