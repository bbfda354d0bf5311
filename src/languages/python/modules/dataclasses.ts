/** `dataclasses` */
import { getAttribute } from '../attributes';
import { call } from '../calls';
import { PyRaise } from '../errors';
import { EXCEPTIONS, raised } from '../exceptions';
import { repr } from '../format/repr';
import { library, raw, fn } from '../library';
import { compare } from '../operators';
import {
  type Kwargs,
  PyBuiltin,
  PyClass,
  PyDict,
  PyInstance,
  PyList,
  PyObject,
  PyTuple,
  PyUnknown,
  type PyValue,
  NOT_IMPLEMENTED,
} from '../values/object';
import type { Runtime } from '../runtime';
import type { Site } from '../../../model';

class Field extends PyObject {
  constructor(readonly options: ReadonlyMap<string, PyValue>) {
    super();
  }
  get cls(): PyClass {
    return FIELD;
  }
}
const FIELD = new PyClass('Field', []);

interface FieldInfo {
  readonly name: string;
  readonly value: PyValue | undefined;
  readonly factory: PyValue | undefined;
  readonly init: boolean;
  readonly repr: boolean;
  readonly compare: boolean;
}

const FIELDS = new WeakMap<PyClass, readonly FieldInfo[]>();

function fieldsOf(cls: PyClass): FieldInfo[] {
  const inherited = new Map<string, FieldInfo>();
  for (const c of [...cls.mro].reverse()) {
    for (const f of FIELDS.get(c) ?? []) inherited.set(f.name, f);
  }
  return [...inherited.values()];
}

/** The annotated names of a class body, with what they were assigned. */
function ownFields(cls: PyClass): FieldInfo[] {
  const names = cls.attrs.get('__annotated__');
  const list = names instanceof PyTuple ? names.items.map(String) : [];
  return list.map((name) => {
    const given = cls.attrs.get(name);
    if (given instanceof Field) {
      const { options } = given;
      const value = options.get('default');
      if (value === undefined) cls.attrs.delete(name);
      else cls.attrs.set(name, value);
      return {
        name,
        value,
        factory: options.get('default_factory'),
        init: options.get('init') !== false,
        repr: options.get('repr') !== false,
        compare: options.get('compare') !== false,
      };
    }
    if (given instanceof PyList || given instanceof PyDict) {
      throw raised(
        'ValueError',
        `mutable default <class '${given.cls.name}'> for field ${name} is not allowed: use default_factory`,
      );
    }
    return { name, value: given, factory: undefined, init: true, repr: true, compare: true };
  });
}

function initialize(
  rt: Runtime,
  cls: PyClass,
  self: PyInstance,
  args: readonly PyValue[],
  kwargs: Kwargs,
  site: Site,
): PyValue {
  const fields = fieldsOf(cls);
  const taken = fields.filter((f) => f.init);
  if (args.length > taken.length) {
    throw raised(
      'TypeError',
      `${cls.name}.__init__() takes ${taken.length + 1} positional arguments but ${args.length + 1} were given`,
    );
  }
  for (const key of kwargs?.keys() ?? []) {
    if (!taken.some((f) => f.name === key))
      throw raised('TypeError', `${cls.name}.__init__() got an unexpected keyword argument '${key}'`);
  }
  const missing: string[] = [];
  for (const f of fields) {
    const i = taken.indexOf(f);
    let value = i >= 0 ? (i < args.length ? args[i] : kwargs?.get(f.name)) : undefined;
    if (value === undefined) value = f.factory !== undefined ? call(rt, f.factory, [], undefined, site) : f.value;
    if (value !== undefined) self.attrs.set(f.name, value);
    else if (f.init) missing.push(`'${f.name}'`);
  }
  if (missing.length > 0) {
    const list =
      missing.length > 1
        ? `${missing.slice(0, -1).join(', ')}${missing.length > 2 ? ',' : ''} and ${missing[missing.length - 1]}`
        : missing[0];
    throw raised(
      'TypeError',
      `${cls.name}.__init__() missing ${missing.length} required positional argument${missing.length > 1 ? 's' : ''}: ${list}`,
    );
  }
  const after = cls.lookup('__post_init__');
  if (after !== undefined) call(rt, after, [self], undefined, site);
  return null;
}

function bound(name: string, body: PyBuiltin['body']): PyBuiltin {
  const f = new PyBuiltin(name, body);
  f.binds = true;
  return f;
}

function dataclass(cls: PyClass, options: Kwargs): PyClass {
  FIELDS.set(cls, ownFields(cls));
  const define = (name: string, body: PyBuiltin['body']) => {
    if (!cls.attrs.has(name)) cls.attrs.set(name, bound(name, body));
  };
  const values = (rt: Runtime, x: PyValue, only: (f: FieldInfo) => boolean, site: Site) =>
    new PyTuple(
      fieldsOf(cls)
        .filter(only)
        .map((f) => getAttribute(rt, x, f.name, site)),
    );
  define('__init__', (rt, [self, ...args], kwargs, site) =>
    initialize(rt, cls, self as PyInstance, args, kwargs, site),
  );
  if (options?.get('repr') !== false) {
    define('__repr__', (rt, [self], _kwargs, site) => {
      const parts = fieldsOf(cls)
        .filter((f) => f.repr)
        .map((f) => [f.name, repr(rt, getAttribute(rt, self as PyValue, f.name, site))] as const);
      const unknown = parts.find(([, text]) => text instanceof PyUnknown)?.[1];
      return (
        (unknown as PyUnknown | undefined) ??
        `${(self as PyInstance).klass.name}(${parts.map(([n, t]) => `${n}=${t as string}`).join(', ')})`
      );
    });
  }
  const comparison = (name: string, op: '==' | '<' | '<=' | '>' | '>=') =>
    define(name, (rt, [a, b], _kwargs, site) => {
      if (!(b instanceof PyInstance) || (a as PyInstance).klass !== b.klass) return NOT_IMPLEMENTED;
      return compare(
        rt,
        op,
        values(rt, a as PyValue, (f) => f.compare, site),
        values(rt, b, (f) => f.compare, site),
        site,
      );
    });
  if (options?.get('eq') !== false) comparison('__eq__', '==');
  if (options?.get('order') === true) {
    comparison('__lt__', '<');
    comparison('__le__', '<=');
    comparison('__gt__', '>');
    comparison('__ge__', '>=');
  }
  if (options?.get('frozen') === true) {
    define('__setattr__', (_rt, [, name]) => {
      throw new PyRaise(frozenError(`cannot assign to field '${String(name)}'`));
    });
    define('__hash__', (rt, [self], _kwargs, site) => {
      const text = repr(
        rt,
        values(rt, self as PyValue, (f) => f.compare, site),
      );
      return typeof text === 'string' ? [...text].reduce((h, c) => (h * 31 + c.charCodeAt(0)) % 1_000_003, 7) : text;
    });
  }
  cls.attrs.set(
    '__match_args__',
    new PyTuple(
      fieldsOf(cls)
        .filter((f) => f.init)
        .map((f) => f.name),
    ),
  );
  cls.attrs.delete('__annotated__');
  return cls;
}

function asDict(rt: Runtime, value: PyValue, site: Site): PyValue {
  if (value instanceof PyInstance && fieldsOf(value.klass).length > 0) {
    const dict = new PyDict();
    for (const f of fieldsOf(value.klass)) dict.set(f.name, asDict(rt, getAttribute(rt, value, f.name, site), site));
    return dict;
  }
  if (value instanceof PyList) return new PyList(value.items.map((x) => asDict(rt, x, site)));
  return value;
}

const FROZEN_ERROR = new PyClass('FrozenInstanceError', [EXCEPTIONS.get('AttributeError') as PyClass]);

function frozenError(message: string): PyInstance {
  const error = new PyInstance(FROZEN_ERROR);
  error.attrs.set('args', new PyTuple([message]));
  return error;
}

export const dataclasses = library('dataclasses', {
  FrozenInstanceError: FROZEN_ERROR,
  dataclass: new PyBuiltin('dataclass', (_rt, [cls], kwargs) => {
    if (cls instanceof PyClass) return dataclass(cls, kwargs);
    if (cls instanceof PyUnknown) return cls;
    return new PyBuiltin('dataclass', (_r, [c]) => (c instanceof PyClass ? dataclass(c, kwargs) : (c ?? null)));
  }),
  field: raw<[ReadonlyMap<string, PyValue>]>('field(**kwargs)', (_rt, _s, [options]) => new Field(options)),
  asdict: fn<[PyValue]>('asdict(obj)', (rt, site, [x]) => asDict(rt, x, site)),
  astuple: fn<[PyValue]>('astuple(obj)', (rt, site, [x]) =>
    x instanceof PyInstance ? new PyTuple(fieldsOf(x.klass).map((f) => getAttribute(rt, x, f.name, site))) : x,
  ),
  replace: raw<[PyValue, ReadonlyMap<string, PyValue>]>('replace(obj, /, **changes)', (rt, site, [x, changes]) => {
    if (!(x instanceof PyInstance)) return x;
    const kwargs = new Map(
      fieldsOf(x.klass)
        .filter((f) => f.init)
        .map((f) => [f.name, changes.get(f.name) ?? getAttribute(rt, x, f.name, site)]),
    );
    return call(rt, x.klass, [], kwargs, site);
  }),
  fields: fn<[PyValue]>('fields(cls)', (rt, site) =>
    rt.unknown('unsupported', '`dataclasses.fields` is not supported', site),
  ),
});
