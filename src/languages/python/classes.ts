/** Classes as objects: their attributes, making them, making instances. */
import type { Site } from '../../model';
import { bind, builtinAttribute, specialMethod } from './attributes';
import { objectMethod } from './objectMethods';
import { call } from './calls';
import { raised } from './exceptions';
import type { Runtime } from './runtime';
import { AttributeDict } from './values/attributeDict';
import {
  type Kwargs,
  CLASSMETHOD,
  OBJECT,
  PROPERTY,
  STATICMETHOD,
  PyBoundMethod,
  PyBuiltin,
  PyClass,
  PyDict,
  PyFunction,
  PyInstance,
  PyMethodWrapper,
  type PyObject,
  PyProperty,
  PyTuple,
  PyUnknown,
  type PyValue,
  typeOf,
} from './values/object';

/** `cls.name` */
export function classAttribute(rt: Runtime, cls: PyClass, name: string, site: Site): PyValue | undefined {
  const member = cls.lookup(name);
  if (member !== undefined) {
    if (member instanceof PyMethodWrapper) {
      return member.kind === 'static' ? member.func : new PyBoundMethod(cls, member.func);
    }
    if (member instanceof PyProperty || member instanceof PyFunction) return member;
    if (member instanceof PyInstance) {
      const get = specialMethod(member, '__get__');
      if (get !== undefined) return call(rt, get, [member, null, cls], undefined, site);
    }
    return member;
  }
  if (cls.metaclass) {
    const inherited = cls.metaclass.lookup(name);
    if (inherited !== undefined) return bind(rt, inherited, cls, cls.metaclass, site);
  }
  switch (name) {
    case '__name__':
    case '__qualname__':
      // Types of libraries carry their module in the name, as messages show it.
      return cls.userDefined ? cls.name : cls.name.slice(cls.name.lastIndexOf('.') + 1);
    case '__doc__':
      return null;
    case '__bases__':
      return new PyTuple([...cls.bases]);
    case '__mro__':
      return new PyTuple([...cls.mro]);
    case '__base__':
      return cls.bases[0] ?? null;
    case '__class__':
      return cls.cls;
    case '__dict__':
      return BASE_KIND.dictOf(rt, cls);
    default:
      return builtinAttribute(rt, cls, name, site) ?? objectMethod(name);
  }
}

export const BASE_KIND = {
  /** `__dict__`: what is written there is an attribute of the object; of a class it is a copy that nobody may change. */
  dictOf(_rt: Runtime, value: PyObject): PyDict {
    if (value.attrs && !(value instanceof PyClass)) return new AttributeDict(value.attrs);
    const dict = new PyDict();
    for (const [name, v] of value.attrs ?? []) dict.set(name, v);
    return dict;
  },
};

/** Makes a class of the document. */
export function makeClass(
  rt: Runtime,
  name: string,
  bases: readonly PyValue[],
  names: Map<string, PyValue>,
  kwargs: Kwargs,
  site: Site,
): PyValue {
  const parents: PyClass[] = [];
  for (const base of bases) {
    if (base instanceof PyUnknown)
      return rt.unknown('unknown-base', `a base class of \`${name}\` is not known`, site, base);
    if (!(base instanceof PyClass)) throw raised('TypeError', 'bases must be types');
    parents.push(base);
  }
  const factory = parents.find((p) => p.makeSubclass)?.makeSubclass;
  if (factory) return factory(name, names);
  if (parents.length === 0) parents.push(OBJECT);
  let cls: PyClass;
  try {
    cls = new PyClass(name, parents, names, true);
  } catch {
    throw raised('TypeError', 'Cannot create a consistent method resolution order (MRO) for bases');
  }
  const metaclass = kwargs?.get('metaclass') ?? parents.find((p) => p.metaclass)?.metaclass;
  if (metaclass instanceof PyClass && metaclass.userDefined) {
    if (metaclass.attrs.has('__new__') || metaclass.attrs.has('__init__')) {
      return rt.unknown('unsupported', `the metaclass of \`${name}\` is not supported`, site);
    }
    cls.metaclass = metaclass;
  }
  for (const member of names.values()) {
    const fn = member instanceof PyMethodWrapper ? member.func : member instanceof PyProperty ? member.getter : member;
    if (fn instanceof PyFunction) fn.homeClass ??= cls;
    if (member instanceof PyProperty) {
      for (const f of [member.setter, member.deleter]) if (f instanceof PyFunction) f.homeClass ??= cls;
    }
  }
  for (const [key, member] of names) {
    if (!(member instanceof PyInstance)) continue;
    const hook = specialMethod(member, '__set_name__');
    if (hook !== undefined) call(rt, hook, [member, cls, key], undefined, site);
  }
  for (const parent of cls.mro.slice(1)) {
    const hook = parent.userDefined ? parent.attrs.get('__init_subclass__') : undefined;
    if (hook !== undefined) {
      const rest = new Map([...(kwargs ?? [])].filter(([key]) => key !== 'metaclass'));
      call(rt, hook instanceof PyMethodWrapper ? hook.func : hook, [cls], rest.size > 0 ? rest : undefined, site);
      break;
    }
  }
  return cls;
}

/** `cls(*args, **kwargs)` */
export function instantiate(rt: Runtime, cls: PyClass, args: readonly PyValue[], kwargs: Kwargs, site: Site): PyValue {
  if (!cls.userDefined) return allocate(rt, cls, args, kwargs, site);
  if (cls.metaclass) {
    const hook = cls.metaclass.lookup('__call__');
    if (hook !== undefined) return call(rt, hook, [cls, ...args], kwargs, site);
  }
  return instantiateUser(rt, cls, args, kwargs, site);
}

export function instantiateUser(
  rt: Runtime,
  cls: PyClass,
  args: readonly PyValue[],
  kwargs: Kwargs,
  site: Site,
): PyValue {
  const abstract = abstractMethods(cls);
  if (abstract.length > 0) {
    const plural = abstract.length > 1 ? 's' : '';
    throw raised(
      'TypeError',
      `Can't instantiate abstract class ${cls.name} with abstract method${plural} ${abstract.join(', ')}`,
    );
  }
  let value: PyValue;
  const allocator = cls.lookup('__new__');
  if (allocator !== undefined) {
    const fn = allocator instanceof PyMethodWrapper ? allocator.func : allocator;
    value = call(rt, fn, [cls, ...args], kwargs, site);
    if (value instanceof PyUnknown || !typeOf(value).isSubclassOf(cls)) return value;
  } else value = allocate(rt, cls, args, kwargs, site);
  if (value instanceof PyUnknown) return value;
  const init = cls.lookup('__init__');
  if (init !== undefined) {
    const result = call(rt, init, [value, ...args], kwargs, site);
    if (result instanceof PyUnknown) {
      if (value instanceof PyInstance) value.unknown ??= result;
    }
  } else if (args.length > 0 && !cls.construct && allocator === undefined) {
    throw raised('TypeError', `${cls.name}() takes no arguments`);
  }
  return value;
}

/** A fresh instance without `__init__`; built-in types take the arguments here. */
export function allocate(rt: Runtime, cls: PyClass, args: readonly PyValue[], kwargs: Kwargs, site: Site): PyValue {
  if (cls.construct) return cls.construct(rt, cls, args, kwargs, site);
  if (cls.userDefined || cls === OBJECT) return new PyInstance(cls);
  throw raised('TypeError', `cannot create '${cls.name}' instances`);
}

/** Names that `abc.abstractmethod` marked and no class in between defined. */
function abstractMethods(cls: PyClass): string[] {
  const names: string[] = [];
  for (const c of cls.mro) {
    if (!c.userDefined) continue;
    for (const [name, member] of c.attrs) {
      if (isAbstract(member) && cls.lookup(name) === member && isAbstractBase(cls)) names.push(name);
    }
  }
  return names.sort();
}

function isAbstract(member: PyValue): boolean {
  const fn = member instanceof PyProperty ? member.getter : member instanceof PyMethodWrapper ? member.func : member;
  return fn instanceof PyFunction && fn.attrs?.get('__isabstractmethod__') === true;
}

function isAbstractBase(cls: PyClass): boolean {
  return cls.mro.some((c) => c.attrs.get('__abc__') === true || c.metaclass?.attrs.get('__abc__') === true);
}

/** The classes that these names are, which are functions here. */
const WRAPPERS = new Map([
  ['property', PROPERTY],
  ['staticmethod', STATICMETHOD],
  ['classmethod', CLASSMETHOD],
]);

/** `isinstance(value, cls)` */
export function isInstance(rt: Runtime, value: PyValue, cls: PyValue, site: Site): boolean | PyUnknown {
  if (cls instanceof PyTuple) {
    let unknown: PyUnknown | undefined;
    for (const c of cls.items) {
      const is = isInstance(rt, value, c, site);
      if (is === true) return true;
      if (is instanceof PyUnknown) unknown = is;
    }
    return unknown ?? false;
  }
  if (value instanceof PyUnknown) return rt.spread(value) as PyUnknown;
  if (cls instanceof PyUnknown) return rt.spread(cls) as PyUnknown;
  const wrapper = cls instanceof PyBuiltin ? WRAPPERS.get(cls.name) : undefined;
  if (wrapper) return typeOf(value) === wrapper;
  if (!(cls instanceof PyClass)) {
    throw raised('TypeError', 'isinstance() arg 2 must be a type, a tuple of types, or a union');
  }
  if (typeOf(value).isSubclassOf(cls)) return true;
  const check = cls.lookup('__instancecheck__');
  if (check instanceof PyBuiltin) return call(rt, check, [cls, value], undefined, site) as boolean;
  return false;
}
