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
 * the function is declared with {@link raw}.
 */
import type { ScalarOp } from '../../symbolic/rules';
import { applyScalar } from '../../autodiff/generated/sweeps';
import { scalarCode } from '../../autodiff/tape';
import type { Site } from '../../model';
import { raised } from './exceptions';
import { recordStep } from './operators';
import type { Runtime } from './runtime';
import { type NumberLike, isNumberLike, plain, toDouble } from './values/numbers';
import {
  FloatKind,
  type Kwargs,
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

interface Slot {
  readonly name: string;
  readonly required: boolean;
  readonly kind: 'positional' | 'keyword' | 'rest' | 'keywords';
  readonly positionalOnly: boolean;
}

interface Signature {
  readonly name: string;
  readonly slots: readonly Slot[];
  readonly positional: number;
  readonly rest: number;
  readonly keywords: number;
}

/** Reads `name(a, b=, /, *args, key=, **kwargs)`; `=` marks what may be left out. */
function parseSignature(text: string): Signature {
  const [, name, inner] = /^([^(]+)\((.*)\)$/.exec(text) as unknown as [string, string, string];
  const slots: Slot[] = [];
  let keywordOnly = false;
  for (const part of inner
    .split(',')
    .map((p) => p.trim())
    .filter((p) => p !== '')) {
    if (part === '/') {
      for (const [i, slot] of slots.entries()) slots[i] = { ...slot, positionalOnly: true };
    } else if (part === '*') keywordOnly = true;
    else if (part.startsWith('**'))
      slots.push({ name: part.slice(2), required: false, kind: 'keywords', positionalOnly: false });
    else if (part.startsWith('*')) {
      slots.push({ name: part.slice(1), required: false, kind: 'rest', positionalOnly: false });
      keywordOnly = true;
    } else {
      const required = !part.endsWith('=');
      const kind = keywordOnly ? 'keyword' : 'positional';
      slots.push({
        name: required ? part : part.slice(0, -1),
        required,
        kind,
        positionalOnly: false,
      });
    }
  }
  return {
    name,
    slots,
    positional: slots.filter((s) => s.kind === 'positional').length,
    rest: slots.findIndex((s) => s.kind === 'rest'),
    keywords: slots.findIndex((s) => s.kind === 'keywords'),
  };
}

type Given = PyValue | readonly PyValue[] | ReadonlyMap<string, PyValue> | undefined;

function bindCall(signature: Signature, args: readonly PyValue[], kwargs: Kwargs): Given[] {
  const { slots, positional, rest, keywords, name } = signature;
  const bound: Given[] = new Array<Given>(slots.length).fill(undefined);
  for (let i = 0; i < Math.min(args.length, positional); i++) bound[i] = args[i];
  if (rest >= 0) bound[rest] = args.slice(positional);
  else if (args.length > positional) {
    throw raised(
      'TypeError',
      `${name}() takes at most ${positional} argument${positional === 1 ? '' : 's'} (${args.length} given)`,
    );
  }
  const extra = new Map<string, PyValue>();
  for (const [key, value] of kwargs ?? []) {
    const i = slots.findIndex(
      (s) => s.name === key && !s.positionalOnly && (s.kind === 'positional' || s.kind === 'keyword'),
    );
    if (i >= 0) {
      if (bound[i] !== undefined) throw raised('TypeError', `${name}() got multiple values for argument '${key}'`);
      bound[i] = value;
    } else if (keywords >= 0) extra.set(key, value);
    else throw raised('TypeError', `${name}() got an unexpected keyword argument '${key}'`);
  }
  if (keywords >= 0) bound[keywords] = extra;
  for (let i = 0; i < slots.length; i++) {
    if ((slots[i] as Slot).required && bound[i] === undefined) {
      throw raised('TypeError', `${name}() missing required argument: '${(slots[i] as Slot).name}'`);
    }
  }
  return bound;
}

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
