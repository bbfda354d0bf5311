/** What `object` itself provides, for `super().__setattr__(…)`, `object.__new__(cls)` and the like. */
import type { Site } from '../../model';
import { deletePlain, ownAttribute, setPlain } from './attributes';
import { allocate } from './classes';
import { raised } from './exceptions';
import type { Runtime } from './runtime';
import { identityOf } from './values/identity';
import {
  NOT_IMPLEMENTED,
  PyBuiltin,
  type PyClass,
  PyInstance,
  PyObject,
  PyUnknown,
  type PyValue,
  typeOf,
} from './values/object';

type Body = (rt: Runtime, site: Site, self: PyValue, args: readonly PyValue[]) => PyValue;

const nothing: Body = () => null;

const same =
  (equal: boolean): Body =>
  (_rt, _site, self, [other]) =>
    self === other ? equal : NOT_IMPLEMENTED;

const BODIES: ReadonlyMap<string, Body> = new Map<string, Body>([
  ['__init__', nothing],
  ['__init_subclass__', nothing],
  [
    '__setattr__',
    (rt, _site, self, [name, value]) => {
      setPlain(rt, self, String(name), value as PyValue);
      return null;
    },
  ],
  [
    '__delattr__',
    (_rt, _site, self, [name]) => {
      deletePlain(self, String(name));
      return null;
    },
  ],
  [
    '__getattribute__',
    (rt, site, self, [name]) => {
      const found = self instanceof PyInstance ? ownAttribute(rt, self, String(name), site) : undefined;
      if (found !== undefined) return found;
      throw raised('AttributeError', `'${typeOf(self).name}' object has no attribute '${String(name)}'`);
    },
  ],
  ['__eq__', same(true)],
  ['__ne__', same(false)],
  ['__hash__', (_rt, _site, self) => (self instanceof PyObject ? identityOf(self) / 16 : NOT_IMPLEMENTED)],
]);

/** The method of that name as a function whose first argument is the instance. */
export function objectMethod(name: string): PyBuiltin | undefined {
  if (name === '__new__') {
    return new PyBuiltin(name, (rt, [cls, ...args], kwargs, site) => allocate(rt, cls as PyClass, args, kwargs, site));
  }
  const body = BODIES.get(name);
  if (!body) return undefined;
  const method = new PyBuiltin(name, (rt, [self, ...args], _kwargs, site) => {
    for (const x of [self, args[0]]) if (x instanceof PyUnknown) return rt.spread(x);
    return body(rt, site, self ?? null, args);
  });
  method.binds = true;
  return method;
}
