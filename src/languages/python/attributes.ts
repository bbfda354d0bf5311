/** Looking up and setting attributes: instances, classes, modules, built-in types, `super()`. */
import type { Site } from '../../model';
import { call } from './calls';
import { raised } from './exceptions';
import type { Runtime } from './runtime';
import { BASE_KIND, classAttribute } from './classes';
import { PyRaise } from './errors';
import { isException } from './iteration';
import { submodule } from './imports';
import { pythonHas } from './types/pythonNames';
import { objectMethod } from './objectMethods';
import { specialOfType } from './types/specialMethods';
import {
  FLOAT32,
  FLOAT64,
  ITERATOR,
  OBJECT,
  PyBoundMethod,
  PyBuiltin,
  PyClass,
  PyFunction,
  PyInstance,
  PyList,
  PyMethodWrapper,
  PyModule,
  PyObject,
  PyProperty,
  PySuper,
  PyTuple,
  PyUnknown,
  PyUnsupported,
  type PyValue,
  typeOf,
} from './values/object';

/** A method that the class of a value defines, unbound, as operators look for it. */
export function specialMethod(value: PyObject, name: string): PyValue | undefined {
  for (const c of value.cls.mro) {
    // Those of the built-in types are the operators themselves.
    if (!c.userDefined) continue;
    const method = c.attrs.get(name);
    if (method !== undefined) return method;
  }
  return undefined;
}

/** `value.name`; raises AttributeError. */
export function getAttribute(rt: Runtime, value: PyValue, name: string, site: Site): PyValue {
  const found = findAttribute(rt, value, name, site);
  if (found !== undefined) return found;
  rt.place = site;
  if (value instanceof PyClass)
    throw raised('AttributeError', `type object '${value.name}' has no attribute '${name}'`);
  if (value instanceof PyModule) throw raised('AttributeError', `module '${value.name}' has no attribute '${name}'`);
  const type = typeOf(value);
  if ((typeof value === 'number' || typeof value === 'boolean') && ARRAY_LIKE.has(name)) {
    return rt.unknown('unsupported', `\`${name}\` of an integer that NumPy may have made is not supported`, site);
  }
  throw raised('AttributeError', `'${type.name}' object has no attribute '${name}'`);
}

/** What NumPy's integers have and Python's have not; the two are not told apart here. */
const ARRAY_LIKE = new Set(
  'dtype shape ndim size T item astype sum mean max min prod round tolist copy reshape any all'.split(' '),
);

/** Functions of NumPy that write into what they are given; all others only into `out=`. */
const CHANGING = new Set('copyto place put putmask put_along_axis fill_diagonal shuffle nditer at setflags'.split(' '));

/** `value.name`, or undefined where there is no such attribute. */
export function findAttribute(rt: Runtime, value: PyValue, name: string, site: Site): PyValue | undefined {
  if (value instanceof PyInstance) return instanceAttribute(rt, value, name, site);
  if (value instanceof PyUnknown) return rt.spread(value);
  if (value instanceof PyModule) {
    const found = value.attrs.get(name);
    if (found === null) return null;
    const own = found ?? value.getAttr?.(rt, name, site);
    if (own !== undefined) return own;
    if (name === '__name__') return value.name;
    const inner = submodule(rt, value, name);
    if (inner) return inner;
    if (!value.library) return undefined;
    const missing = rt.unknown('unsupported', `\`${value.name}.${name}\` is not supported`, site);
    return /^numpy\b/.test(value.name) && !CHANGING.has(name) ? new PyUnsupported(missing.unknown) : missing;
  }
  if (value instanceof PyClass) return classAttribute(rt, value, name, site);
  if (value instanceof PySuper) return superAttribute(rt, value, name, site);
  if (value instanceof PyObject) {
    const own = value.getAttr?.(rt, name, site);
    if (own !== undefined) return own;
    if (value.attrs) {
      const found = boundAttribute(rt, value, typeOf(value), name, site);
      if (found !== undefined) return found;
    }
    if (value instanceof PyFunction) {
      const of = functionAttribute(rt, value, name);
      if (of !== undefined) return of;
    }
    if (value instanceof PyBoundMethod) {
      if (name === '__self__') return value.self;
      if (name === '__func__') return value.func;
      return findAttribute(rt, value.func, name, site);
    }
    if (value instanceof PyBuiltin && (name === '__name__' || name === '__qualname__')) return value.name;
    if (value instanceof PyProperty) {
      // `@x.setter` and `@x.deleter`
      if (name === 'setter')
        return new PyBuiltin('setter', (_rt, [f]) => new PyProperty(value.getter, f, value.deleter, value.doc));
      if (name === 'deleter')
        return new PyBuiltin('deleter', (_rt, [f]) => new PyProperty(value.getter, value.setter, f, value.doc));
      if (name === 'getter')
        return new PyBuiltin(
          'getter',
          (_rt, [f]) => new PyProperty(f as PyValue, value.setter, value.deleter, value.doc),
        );
      if (name === 'fget') return value.getter;
      if (name === 'fset') return value.setter ?? null;
      if (name === 'fdel') return value.deleter ?? null;
      if (name === '__doc__') return value.doc ?? getAttribute(rt, value.getter, '__doc__', site);
    }
  }
  if (name === '__class__') return typeOf(value);
  const type = typeOf(value);
  const method = type.lookup(name);
  if (method !== undefined) return bind(rt, method, value, type, site);
  if (value instanceof PyObject && value.attrs && type.userDefined)
    return inheritedAttribute(rt, value, type, name, site);
  const inherited = builtinAttribute(rt, type, name, site);
  return inherited === undefined ? undefined : bind(rt, inherited, value, type, site);
}

/** What an instance of a class of the document has from `object` and built-in types, or from its own `__getattr__`. */
function inheritedAttribute(
  rt: Runtime,
  value: PyObject,
  type: PyClass,
  name: string,
  site: Site,
): PyValue | undefined {
  const fallback = specialMethod(value, '__getattr__');
  const general =
    objectMethod(name) ??
    (fallback === undefined || isListed(type, name) ? builtinAttribute(rt, type, name, site) : undefined);
  if (general !== undefined) return bind(rt, general, value, type, site);
  return fallback === undefined ? undefined : call(rt, fallback, [value, name], undefined, site);
}

/** Whether one of the built-in types among the bases is known to have the attribute. */
function isListed(type: PyClass, name: string): boolean {
  return type.mro.some((c) => !c.userDefined && c !== OBJECT && pythonHas(c.name, name) === true);
}

/**
 * What the built-in types among the bases of a class provide beside what is in their tables: operators under their names. What
 * Python's type has and ours has not is unknown; so is what we cannot say of types that we have no list of.
 */
export function builtinAttribute(rt: Runtime, type: PyClass, name: string, site: Site): PyValue | undefined {
  for (const c of type.mro) {
    if (c.userDefined || c === OBJECT) continue;
    const listed = LISTED_AS.get(c) ?? (c.isSubclassOf(ITERATOR) ? 'iterator' : c.name);
    const has = pythonHas(listed, name);
    if (has === false) continue;
    const method = has || name.startsWith('__') ? specialOfType(name) : undefined;
    if (has && method) return method;
    if (name === '__doc__') return null;
    return rt.unknown('unsupported', `\`${c.name}.${name}\` is not supported`, site);
  }
  return undefined;
}

/** Types that are listed under another name. */
const LISTED_AS = new Map([
  [FLOAT64, 'numpy.generic'],
  [FLOAT32, 'numpy.generic'],
]);

function instanceAttribute(rt: Runtime, value: PyInstance, name: string, site: Site): PyValue | undefined {
  const hook = value.klass.userDefined ? specialMethod(value, '__getattribute__') : undefined;
  if (hook === undefined) return ownAttribute(rt, value, name, site);
  try {
    return call(rt, hook, [value, name], undefined, site);
  } catch (error) {
    const fallback = specialMethod(value, '__getattr__');
    if (fallback === undefined || !(error instanceof PyRaise && isException(error, 'AttributeError'))) throw error;
    return call(rt, fallback, [value, name], undefined, site);
  }
}

/** What `object.__getattribute__` finds. */
export function ownAttribute(rt: Runtime, value: PyInstance, name: string, site: Site): PyValue | undefined {
  const own = value.attrs.get(name);
  if (own !== undefined) {
    // A property of the class comes before the instance's own attributes.
    if (!value.klass.userDefined) return own;
    const inherited = value.klass.lookup(name);
    const first =
      inherited instanceof PyProperty || (inherited instanceof PyInstance && specialMethod(inherited, '__set__'));
    return first ? bind(rt, inherited, value, value.klass, site) : own;
  }
  const found = boundAttribute(rt, value, value.klass, name, site);
  if (found !== undefined) return found;
  if (value.unknown) return rt.spread(value.unknown);
  return inheritedAttribute(rt, value, value.klass, name, site);
}

function isDescriptor(
  member: PyValue | undefined,
): member is PyObject & { describe: NonNullable<PyObject['describe']> } {
  return member instanceof PyObject && member.describe !== undefined;
}

function boundAttribute(rt: Runtime, value: PyObject, type: PyClass, name: string, site: Site): PyValue | undefined {
  const own = value.attrs?.get(name);
  if (own !== undefined) return own;
  const inherited = type.lookup(name);
  if (isDescriptor(inherited)) return inherited.describe(rt, value, name, site);
  if (inherited !== undefined) return bind(rt, inherited, value, type, site);
  if (name === '__class__') return type;
  if (name === '__dict__' && value.attrs) return BASE_KIND.dictOf(rt, value);
  return undefined;
}

/** What an attribute of a class becomes when it is looked up on an instance. */
export function bind(rt: Runtime, member: PyValue, self: PyValue, type: PyClass, site: Site): PyValue {
  if (member instanceof PyFunction) return new PyBoundMethod(self, member);
  if (member instanceof PyBuiltin) return member.binds ? new PyBoundMethod(self, member) : member;
  if (member instanceof PyObject && member.isMethod) return new PyBoundMethod(self, member);
  if (member instanceof PyProperty) return call(rt, member.getter, [self], undefined, site);
  if (member instanceof PyMethodWrapper) {
    return member.kind === 'static' ? member.func : new PyBoundMethod(type, member.func);
  }
  if (member instanceof PyInstance) {
    const get = specialMethod(member, '__get__');
    if (get !== undefined) return call(rt, get, [member, self, type], undefined, site);
  }
  return member;
}

function functionAttribute(rt: Runtime, fn: PyFunction, name: string): PyValue | undefined {
  const own = fn.attrs?.get(name);
  if (own !== undefined) return own;
  switch (name) {
    case '__name__':
      return fn.code.name;
    case '__qualname__':
      return fn.code.qualname;
    case '__doc__':
      return fn.code.docstring ?? null;
    case '__module__':
      return fn.module.name;
    case '__dict__':
      fn.attrs ??= new Map();
      return BASE_KIND.dictOf(rt, fn);
    case '__defaults__': {
      const given = fn.defaults.filter((d) => d !== undefined);
      return given.length > 0 ? new PyTuple(given) : null;
    }
    default:
      return undefined;
  }
}

function superAttribute(rt: Runtime, value: PySuper, name: string, site: Site): PyValue | undefined {
  const { mro } = value.type;
  for (const c of mro.slice(mro.indexOf(value.start) + 1)) {
    const member = c.attrs.get(name);
    if (member !== undefined) {
      if (value.self instanceof PyClass && value.self === value.type && member instanceof PyFunction) return member;
      return bind(rt, member, value.self, value.type, site);
    }
  }
  const inherited = builtinAttribute(rt, value.type, name, site) ?? objectMethod(name);
  return inherited === undefined ? undefined : bind(rt, inherited, value.self, value.type, site);
}

/** What a property without a setter, deleter or getter says. */
function propertyWithout(what: string, target: PyObject, name: string) {
  return raised('AttributeError', `property '${name}' of '${target.cls.name}' object has no ${what}`);
}

/** `target.name = value` */
export function setAttribute(rt: Runtime, target: PyValue, name: string, value: PyValue, site: Site): void {
  if (target instanceof PyUnknown) {
    rt.spread(target);
    return;
  }
  rt.place = site;
  if (target instanceof PyObject) {
    if (target.attrs && target.cls.userDefined && !(target instanceof PyClass)) {
      const member = target.cls.lookup(name);
      if (member instanceof PyProperty) {
        if (member.setter === undefined) throw propertyWithout('setter', target, name);
        call(rt, member.setter, [target, value], undefined, site);
        return;
      }
      if (member instanceof PyInstance) {
        const set = specialMethod(member, '__set__');
        if (set !== undefined) {
          call(rt, set, [member, target, value], undefined, site);
          return;
        }
      }
      const hook = specialMethod(target, '__setattr__');
      if (hook !== undefined) {
        call(rt, hook, [target, name, value], undefined, site);
        return;
      }
    }
  }
  setPlain(rt, target, name, value);
}

const SLOTS = new WeakMap<PyClass, ReadonlySet<string> | null>();

/** The attributes that instances may have, where every class among the bases lists its own in `__slots__`. */
function slotsOf(cls: PyClass): ReadonlySet<string> | undefined {
  const known = SLOTS.get(cls);
  if (known !== undefined) return known ?? undefined;
  const names = new Set<string>();
  for (const c of cls.mro) {
    if (c === OBJECT) continue;
    const slots = c.attrs.get('__slots__');
    const items =
      typeof slots === 'string'
        ? [slots]
        : slots instanceof PyTuple || slots instanceof PyList
          ? slots.items
          : undefined;
    if (!items || items.includes('__dict__')) {
      SLOTS.set(cls, null);
      return undefined;
    }
    for (const item of items) names.add(String(item));
  }
  SLOTS.set(cls, names);
  return names;
}

/** What `object.__setattr__` does: no hook of the class is asked. */
export function setPlain(rt: Runtime, target: PyValue, name: string, value: PyValue): void {
  if (target instanceof PyObject) {
    if (target.setAttr?.(rt, name, value)) return;
    if (target instanceof PyClass && !target.userDefined) {
      throw raised('TypeError', `cannot set '${name}' attribute of immutable type '${target.name}'`);
    }
    if (target instanceof PyInstance && slotsOf(target.klass)?.has(name) === false) {
      throw raised('AttributeError', `'${target.klass.name}' object has no attribute '${name}'`);
    }
    if (target.attrs) {
      target.attrs.set(name, value);
      return;
    }
    if (target instanceof PyFunction) {
      target.attrs = new Map([[name, value]]);
      return;
    }
  }
  throw raised('AttributeError', `'${typeOf(target).name}' object has no attribute '${name}'`);
}

export function deleteAttribute(rt: Runtime, target: PyValue, name: string, site: Site): void {
  if (target instanceof PyUnknown) {
    rt.spread(target);
    return;
  }
  rt.place = site;
  if (target instanceof PyObject && target.attrs && target.cls.userDefined && !(target instanceof PyClass)) {
    const member = target.cls.lookup(name);
    if (member instanceof PyProperty) {
      if (member.deleter === undefined) throw propertyWithout('deleter', target, name);
      call(rt, member.deleter, [target], undefined, site);
      return;
    }
    const hook = specialMethod(target, '__delattr__');
    if (hook !== undefined) {
      call(rt, hook, [target, name], undefined, site);
      return;
    }
  }
  deletePlain(target, name);
}

/** What `object.__delattr__` does. */
export function deletePlain(target: PyValue, name: string): void {
  if (target instanceof PyObject && target.attrs?.delete(name)) return;
  const missing = `'${typeOf(target).name}' object has no attribute '${name}'`;
  throw raised(
    'AttributeError',
    target instanceof PyClass ? `type object '${target.name}' has no attribute '${name}'` : missing,
  );
}
