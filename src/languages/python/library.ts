/**
 * How library modules are written: functions with Python's own binding of arguments, classes, constants.
 *
 * ```ts
 * export const module = library('math', {
 *   pi: new PyFloat(Math.PI),
 *   log: fn<[PyValue, PyValue?]>('log(x, base=, /)', (rt, site, [x, base]) => …),
 * });
 * ```
 *
 * A function gets its arguments in the order of its signature, `undefined` for what the caller left out;
 * `*args` arrives as an array and `**kwargs` as a map. An unknown argument makes the result unknown unless
 * the function is declared with {@link raw}. Functions whose arguments are read alike (arrays, axes, types) state their
 * parameters with `define` (`./binding`), which reads them before the body runs.
 */
// First of all: modules that import each other in a circle find the classes of values there.
import {
  FloatKind,
  OBJECT,
  PyBuiltin,
  PyClass,
  PyFloat,
  PyList,
  PyModule,
  PyUnknown,
  type PyValue,
  Traced,
  typeOf,
} from './values/object';
import type { ScalarOp } from '../../symbolic/rules';
import { applyScalar } from '../../autodiff/generated/sweeps';
import { scalarCode } from '../../autodiff/tape';
import type { Site } from '../../model';
import { raised } from './exceptions';
import { recordStep } from './operators';
import { bindCall, type Given, parseSignature, type Signature } from './binding';
import type { Runtime } from './runtime';
import { type NumberLike, isNumberLike, plain, toDouble } from './values/numbers';

export type LibraryBody<A extends readonly Given[]> = (rt: Runtime, site: Site, args: A) => PyValue;

/** A library function. An unknown argument makes the result unknown. */
export function fn<A extends readonly Given[]>(signature: string, body: LibraryBody<A>): PyBuiltin {
  return make(signature, body, true);
}

/** A library function that sees unknown arguments itself. */
export function raw<A extends readonly Given[]>(signature: string, body: LibraryBody<A>): PyBuiltin {
  return make(signature, body, false);
}

/** A method of a built-in class; the first argument is the instance. */
export function method<A extends readonly Given[]>(signature: string, body: LibraryBody<A>): PyBuiltin {
  const builtin = make(signature, body, true);
  builtin.binds = true;
  return builtin;
}

export function rawMethod<A extends readonly Given[]>(signature: string, body: LibraryBody<A>): PyBuiltin {
  const builtin = make(signature, body, false);
  builtin.binds = true;
  return builtin;
}

function make<A extends readonly Given[]>(text: string, body: LibraryBody<A>, spreads: boolean): PyBuiltin {
  let signature: Signature | undefined;
  const name = text.slice(0, text.indexOf('('));
  return new PyBuiltin(name, (rt, args, kwargs, site) => {
    signature ??= parseSignature(text);
    if (spreads) {
      for (const arg of args) if (arg instanceof PyUnknown) return rt.spread(arg);
      for (const arg of kwargs?.values() ?? []) if (arg instanceof PyUnknown) return rt.spread(arg);
    }
    return body(rt, site, bindCall(signature, args, kwargs) as unknown as A);
  });
}

/** A function whose documentation says what it does, but which is not supported: its result is unknown. */
export function unsupported(name: string, why = 'is not supported'): PyBuiltin {
  return new PyBuiltin(name, (rt, _args, _kwargs, site) => rt.unknown('unsupported', `\`${name}\` ${why}`, site));
}

export interface Library {
  readonly name: string;
  readonly members: ReadonlyMap<string, PyValue>;
  /** What an attribute is that is not listed; without it, such an attribute is unsupported. */
  readonly missing?: (name: string) => PyValue;
}

export function library(name: string, members: Readonly<Record<string, PyValue>>): Library {
  return { name, members: new Map(Object.entries(members)) };
}

/** The module object of one run; attributes can be set on it. */
export function instantiateLibrary({ name, members, missing }: Library): PyModule {
  // A list of a module (`sys.path`) belongs to the run.
  const own = [...members].map(([key, value]): [string, PyValue] => [
    key,
    value instanceof PyList ? new PyList([...value.items]) : value,
  ]);
  return missing ? new OpenModule(name, new Map(own), missing) : new PyModule(name, new Map(own), true);
}

/** A library that has every attribute. */
class OpenModule extends PyModule {
  constructor(
    name: string,
    attrs: Map<string, PyValue>,
    private readonly missing: (name: string) => PyValue,
  ) {
    super(name, attrs, true);
  }
  override getAttr(_rt: Runtime, name: string): PyValue | undefined {
    return this.missing(name);
  }
}

/** A built-in class with methods. */
export function builtinClass(name: string, methods: readonly PyBuiltin[], base: PyClass = OBJECT): PyClass {
  return addMethods(new PyClass(name, [base]), methods);
}

export function addMethods(cls: PyClass, methods: readonly PyBuiltin[]): PyClass {
  for (const m of methods) cls.attrs.set(m.name, m);
  return cls;
}

// Scalar primitives.

/** The number that an argument stands for, or TypeError. */
export function number(value: PyValue): NumberLike {
  if (isNumberLike(value)) return value;
  throw raised('TypeError', `must be real number, not ${typeOf(value).name}`);
}

/** A primitive of the rule table applied to numbers: a step where an argument is traced. */
export function scalar(
  rt: Runtime,
  op: ScalarOp,
  site: Site,
  kind: FloatKind,
  x: NumberLike,
  y: NumberLike = x,
): PyFloat | Traced {
  const v = applyScalar(scalarCode(op), toDouble(x), toDouble(y));
  const value = new PyFloat(kind === FloatKind.Float32 ? Math.fround(v) : v, kind);
  if (!(x instanceof Traced) && !(y instanceof Traced)) return value;
  return recordStep(rt, op, site, value, x instanceof Traced ? x : plain(x), y instanceof Traced ? y : plain(y));
}
