/** Looking up and setting attributes: instances, classes, modules, built-in types, `super()`. */
import type { Site } from '../../model';
import { call } from './calls';
import { raised } from './exceptions';
import type { Runtime } from './runtime';
import { allocate, BASE_KIND, classAttribute } from './classes';
import { submodule } from './imports';
import {
  PyBoundMethod,
  PyBuiltin,
  PyClass,
  PyFunction,
  PyInstance,
  PyMethodWrapper,
  PyModule,
  PyObject,
  PyProperty,
  PySuper,
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
  if (!type.userDefined && !(value instanceof PyObject && value.attrs) && MAY_BE_UNSUPPORTED.has(type.name)) {
    return rt.unknown('unsupported', `\`${type.name}.${name}\` is not supported`, site);
  }
  if ((typeof value === 'number' || typeof value === 'boolean') && ARRAY_LIKE.has(name)) {
    return rt.unknown('unsupported', `\`${name}\` of an integer that NumPy may have made is not supported`, site);
  }
  throw raised('AttributeError', `'${type.name}' object has no attribute '${name}'`);
}

/** What NumPy's integers have and Python's have not; the two are not told apart here. */
const ARRAY_LIKE = new Set(
  'dtype shape ndim size T item astype sum mean max min prod round tolist copy reshape any all'.split(' '),
);

/** Built-in types of which not every method is there: a missing one is unknown, unless Python has none either. */
const MAY_BE_UNSUPPORTED = new Set([
  'builtin_function_or_method',
  'bytes',
  'function',
  'generator',
  'method',
  'property',
  'type',
  'slice',
  'range',
]);

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
    if (value instanceof PyFunction) return functionAttribute(rt, value, name);
    if (value instanceof PyBoundMethod) {
      if (name === '__self__') return value.self;
      if (name === '__func__') return value.func;
      return findAttribute(rt, value.func, name, site);
    }
    if (value instanceof PyBuiltin && (name === '__name__' || name === '__qualname__')) return value.name;
    if (value instanceof PyProperty) {
      // `@x.setter` and `@x.deleter`
      if (name === 'setter')
        return new PyBuiltin('setter', (_rt, [f]) => new PyProperty(value.getter, f, value.deleter));
      if (name === 'deleter')
        return new PyBuiltin('deleter', (_rt, [f]) => new PyProperty(value.getter, value.setter, f));
      if (name === 'getter')
        return new PyBuiltin('getter', (_rt, [f]) => new PyProperty(f as PyValue, value.setter, value.deleter));
      if (name === 'fget') return value.getter;
    }
  }
  if (name === '__class__') return typeOf(value);
  const type = typeOf(value);
  const method = type.lookup(name);
  return method === undefined ? undefined : bind(rt, method, value, type, site);
}

function instanceAttribute(rt: Runtime, value: PyInstance, name: string, site: Site): PyValue | undefined {
  const own = value.attrs.get(name);
  if (own !== undefined) {
    // A property of the class comes before the instance's own attributes.
    if (!value.klass.userDefined) return own;
    const inherited = value.klass.lookup(name);
    return inherited instanceof PyProperty ? bind(rt, inherited, value, value.klass, site) : own;
  }
  const found = boundAttribute(rt, value, value.klass, name, site);
  if (found !== undefined) return found;
  if (value.unknown) return rt.spread(value.unknown);
  const fallback = specialMethod(value, '__getattr__');
  return fallback === undefined ? undefined : call(rt, fallback, [value, name], undefined, site);
}

function boundAttribute(rt: Runtime, value: PyObject, type: PyClass, name: string, site: Site): PyValue | undefined {
  const own = value.attrs?.get(name);
  if (own !== undefined) return own;
  const inherited = type.lookup(name);
  if (inherited !== undefined) return bind(rt, inherited, value, type, site);
  if (name === '__class__') return type;
  if (name === '__dict__' && value.attrs) return BASE_KIND.dictOf(rt, value);
  return undefined;
}

/** What an attribute of a class becomes when it is looked up on an instance. */
export function bind(rt: Runtime, member: PyValue, self: PyValue, type: PyClass, site: Site): PyValue {
  if (member instanceof PyFunction) return new PyBoundMethod(self, member);
  if (member instanceof PyBuiltin) return member.binds ? new PyBoundMethod(self, member) : member;
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
      return BASE_KIND.dictOf(rt, fn);
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
  return objectMember(name, value.self);
}

/** What `object` itself provides, for `super().__setattr__(…)` and the like. */
function objectMember(name: string, self: PyValue): PyValue | undefined {
  switch (name) {
    case '__init__':
    case '__init_subclass__':
    case '__post_init__':
      return new PyBuiltin(name, () => null);
    case '__new__':
      return new PyBuiltin(name, (rt, [cls, ...args], kwargs, site) =>
        allocate(rt, cls as PyClass, args, kwargs, site),
      );
    case '__setattr__':
      return new PyBuiltin(name, (_rt, [key, value]) => {
        if (self instanceof PyObject) self.attrs?.set(key as string, value as PyValue);
        return null;
      });
    default:
      return undefined;
  }
}

/** `target.name = value` */
export function setAttribute(rt: Runtime, target: PyValue, name: string, value: PyValue, site: Site): void {
  if (target instanceof PyUnknown) {
    rt.spread(target);
    return;
  }
  rt.place = site;
  if (target instanceof PyObject) {
    if (target instanceof PyInstance && target.klass.userDefined) {
      const member = target.klass.lookup(name);
      if (member instanceof PyProperty) {
        if (member.setter === undefined) throw raised('AttributeError', `can't set attribute '${name}'`);
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
    if (target.setAttr?.(rt, name, value)) return;
    if (target instanceof PyClass && !target.userDefined) {
      throw raised('TypeError', `cannot set '${name}' attribute of immutable type '${target.name}'`);
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
  if (target instanceof PyInstance) {
    const member = target.klass.lookup(name);
    if (member instanceof PyProperty && member.deleter !== undefined) {
      call(rt, member.deleter, [target], undefined, site);
      return;
    }
    const hook = specialMethod(target, '__delattr__');
    if (hook !== undefined) {
      call(rt, hook, [target, name], undefined, site);
      return;
    }
  }
  if (target instanceof PyObject && target.attrs?.delete(name)) return;
  throw raised('AttributeError', name);
}
