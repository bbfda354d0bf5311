/** `dataclasses` */
import { getAttribute } from '../attributes';
import { callBuiltin } from '../builtins/named';
import { call } from '../calls';
import { PyRaise } from '../errors';
import { EXCEPTIONS, raised } from '../exceptions';
import { repr } from '../format/repr';
import { library, raw, fn } from '../library';
import { compare } from '../operators';
import { deepCopy } from './copy';
import {
  type Kwargs,
  OBJECT,
  PyBuiltin,
  PyClass,
  PyDict,
  PyInstance,
  PyList,
  PyObject,
  PySet,
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
  /** Whether it takes part in the hash; undefined: as in comparisons. */
  readonly hash: boolean | undefined;
  readonly keywordOnly: boolean;
  /** `InitVar`: an argument that only `__post_init__` sees. */
  readonly pseudo: boolean;
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
function ownFields(cls: PyClass, options: Kwargs): FieldInfo[] {
  const names = cls.attrs.get('__annotated__');
  const list = names instanceof PyTuple ? names.items.map((x) => (x as PyTuple).items as [string, string | null]) : [];
  let keywordsFrom = options?.get('kw_only') === true;
  return list.flatMap(([name, marker]): FieldInfo[] => {
    if (marker === 'KW_ONLY') keywordsFrom = true;
    if (marker === 'KW_ONLY' || marker === 'ClassVar') return [];
    const pseudo = marker === 'InitVar';
    const given = cls.attrs.get(name);
    if (given instanceof Field) {
      const { options } = given;
      const value = options.get('default');
      if (value === undefined) cls.attrs.delete(name);
      else cls.attrs.set(name, value);
      const hash = options.get('hash');
      return [
        {
          name,
          value,
          factory: options.get('default_factory'),
          init: options.get('init') !== false,
          repr: options.get('repr') !== false,
          compare: options.get('compare') !== false,
          hash: typeof hash === 'boolean' ? hash : undefined,
          keywordOnly: options.has('kw_only') ? options.get('kw_only') === true : keywordsFrom,
          pseudo,
        },
      ];
    }
    if (given instanceof PyList || given instanceof PyDict || (given instanceof PySet && !given.frozen)) {
      throw raised(
        'ValueError',
        `mutable default <class '${given.cls.name}'> for field ${name} is not allowed: use default_factory`,
      );
    }
    const plain = { init: true, repr: true, compare: true, hash: undefined };
    return [{ name, value: given, factory: undefined, ...plain, keywordOnly: keywordsFrom, pseudo }];
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
  const positional = taken.filter((f) => !f.keywordOnly);
  if (args.length > positional.length) {
    const [most, given] = [positional.length + 1, args.length + 1];
    const least = most - positional.filter((f) => f.value !== undefined || f.factory !== undefined).length;
    const range = least < most ? `from ${least} to ${most}` : String(most);
    throw raised(
      'TypeError',
      `${cls.name}.__init__() takes ${range} positional argument${most === 1 ? '' : 's'} but ${given} ${given === 1 ? 'was' : 'were'} given`,
    );
  }
  const forPostInit: PyValue[] = [];
  for (const key of kwargs?.keys() ?? []) {
    if (!taken.some((f) => f.name === key))
      throw raised('TypeError', `${cls.name}.__init__() got an unexpected keyword argument '${key}'`);
  }
  const missing: string[] = [];
  const missingKeywords: string[] = [];
  for (const f of fields) {
    const i = positional.indexOf(f);
    if (i >= 0 && i < args.length && kwargs?.has(f.name))
      throw raised('TypeError', `${cls.name}.__init__() got multiple values for argument '${f.name}'`);
    let value = i >= 0 && i < args.length ? args[i] : f.init ? kwargs?.get(f.name) : undefined;
    if (value === undefined) value = f.factory !== undefined ? call(rt, f.factory, [], undefined, site) : f.value;
    if (f.pseudo) forPostInit.push(value ?? null);
    else if (value !== undefined) self.attrs.set(f.name, value);
    if (value === undefined && f.init) (f.keywordOnly ? missingKeywords : missing).push(`'${f.name}'`);
  }
  const [kind, absent] = missing.length > 0 ? ['positional', missing] : ['keyword-only', missingKeywords];
  if (absent.length > 0) {
    const list =
      absent.length > 1
        ? `${absent.slice(0, -1).join(', ')}${absent.length > 2 ? ',' : ''} and ${absent[absent.length - 1]}`
        : absent[0];
    throw raised(
      'TypeError',
      `${cls.name}.__init__() missing ${absent.length} required ${kind} argument${absent.length > 1 ? 's' : ''}: ${list}`,
    );
  }
  const after = self.klass.lookup('__post_init__');
  if (after !== undefined) call(rt, after, [self, ...forPostInit], undefined, site);
  return null;
}

function bound(name: string, body: PyBuiltin['body']): PyBuiltin {
  const f = new PyBuiltin(name, body);
  f.binds = true;
  return f;
}

function dataclass(cls: PyClass, options: Kwargs): PyClass {
  FIELDS.set(cls, ownFields(cls, options));
  let withDefault = false;
  for (const f of fieldsOf(cls)) {
    if (!f.init || f.keywordOnly) continue;
    if (f.value !== undefined || f.factory !== undefined) withDefault = true;
    else if (withDefault) throw raised('TypeError', `non-default argument '${f.name}' follows default argument`);
  }
  const define = (name: string, body: PyBuiltin['body']) => {
    if (!cls.attrs.has(name)) cls.attrs.set(name, bound(name, body));
  };
  const values = (rt: Runtime, x: PyValue, only: (f: FieldInfo) => boolean, site: Site) =>
    new PyTuple(
      shownFields(cls)
        .filter(only)
        .map((f) => getAttribute(rt, x, f.name, site)),
    );
  if (options?.get('init') !== false) {
    define('__init__', (rt, [self, ...args], kwargs, site) =>
      initialize(rt, cls, self as PyInstance, args, kwargs, site),
    );
  }
  if (options?.get('repr') !== false) {
    define('__repr__', (rt, [self], _kwargs, site) => {
      const parts = shownFields(cls)
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
    define('__delattr__', (_rt, [, name]) => {
      throw new PyRaise(frozenError(`cannot delete field '${String(name)}'`));
    });
  }
  if (options?.get('unsafe_hash') === true || (options?.get('frozen') === true && options.get('eq') !== false)) {
    define('__hash__', (rt, [self], _kwargs, site) =>
      callBuiltin(rt, 'hash', [values(rt, self as PyValue, (f) => f.hash ?? f.compare, site)], site),
    );
  }
  cls.attrs.set(
    '__match_args__',
    new PyTuple(
      fieldsOf(cls)
        .filter((f) => f.init && !f.keywordOnly)
        .map((f) => f.name),
    ),
  );
  cls.attrs.delete('__annotated__');
  return cls;
}

/** The fields that an instance keeps. */
function shownFields(cls: PyClass): FieldInfo[] {
  return fieldsOf(cls).filter((f) => !f.pseudo);
}

function isDataclass(value: PyValue): boolean {
  const cls = value instanceof PyInstance ? value.klass : value;
  return cls instanceof PyClass && cls.mro.some((c) => FIELDS.has(c));
}

/** A dataclass as a dict or a tuple, and what is in it likewise; other values are copied. */
function unfold(rt: Runtime, value: PyValue, into: 'dict' | 'tuple', site: Site): PyValue {
  const inner = (x: PyValue) => unfold(rt, x, into, site);
  if (value instanceof PyInstance && isDataclass(value)) {
    const parts = shownFields(value.klass).map((f) => [f.name, inner(getAttribute(rt, value, f.name, site))] as const);
    if (into === 'tuple') return new PyTuple(parts.map(([, x]) => x));
    const dict = new PyDict();
    for (const [name, x] of parts) dict.set(name, x);
    return dict;
  }
  if (value instanceof PyUnknown) return rt.spread(value);
  if ((value instanceof PyList || value instanceof PyTuple) && !value.attrs && !value.unknown) {
    const items = value.items.map(inner);
    return value instanceof PyList ? new PyList(items) : new PyTuple(items);
  }
  if (value instanceof PyDict && !value.attrs && !value.unknown) {
    const dict = new PyDict();
    for (const [k, e] of value.entries) dict.entries.set(k, { key: e.key, value: inner(e.value) });
    return dict;
  }
  return deepCopy(rt, value, site);
}

function refuseOthers(name: string, value: PyValue): void {
  if (!(value instanceof PyInstance) || !isDataclass(value))
    throw raised('TypeError', `${name}() should be called on dataclass instances`);
}

/** The field of a class as `fields` shows it. */
function fieldObject(rt: Runtime, f: FieldInfo): PyValue {
  const object = new PyInstance(FIELD);
  object.attrs.set('name', f.name);
  object.attrs.set('init', f.init);
  object.attrs.set('repr', f.repr);
  object.attrs.set('compare', f.compare);
  object.attrs.set('kw_only', f.keywordOnly);
  if (f.value !== undefined) object.attrs.set('default', f.value);
  if (f.factory !== undefined) object.attrs.set('default_factory', f.factory);
  object.unknown = rt.unknown('unsupported', 'this attribute of a field is not supported', rt.place);
  return object;
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
  asdict: fn<[PyValue]>('asdict(obj)', (rt, site, [x]) => {
    refuseOthers('asdict', x);
    return unfold(rt, x, 'dict', site);
  }),
  astuple: fn<[PyValue]>('astuple(obj)', (rt, site, [x]) => {
    refuseOthers('astuple', x);
    return unfold(rt, x, 'tuple', site);
  }),
  is_dataclass: fn<[PyValue]>('is_dataclass(obj)', (_rt, _site, [x]) => isDataclass(x)),
  KW_ONLY: new PyClass('KW_ONLY', [OBJECT]),
  InitVar: new PyClass('InitVar', [OBJECT]),
  replace: raw<[PyValue, ReadonlyMap<string, PyValue>]>('replace(obj, /, **changes)', (rt, site, [x, changes]) => {
    if (!(x instanceof PyInstance)) return x;
    const kwargs = new Map(
      fieldsOf(x.klass)
        .filter((f) => f.init && (!f.pseudo || changes.has(f.name)))
        .map((f) => [f.name, changes.get(f.name) ?? getAttribute(rt, x, f.name, site)]),
    );
    for (const [name, value] of changes) kwargs.set(name, value);
    return call(rt, x.klass, [], kwargs, site);
  }),
  fields: fn<[PyValue]>('fields(class_or_instance)', (rt, _site, [x]) => {
    const cls = x instanceof PyInstance ? x.klass : x;
    if (!(cls instanceof PyClass) || !isDataclass(cls))
      throw raised('TypeError', 'must be called with a dataclass type or instance');
    return new PyTuple(shownFields(cls).map((f) => fieldObject(rt, f)));
  }),
});
