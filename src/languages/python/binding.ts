/**
 * Binding of arguments to the parameters of library functions, as CPython binds them: receiver, positional, keyword,
 * defaults, `*args`, `**kwargs`. A library function states its parameters once, in Python's order, each with how its
 * argument is read:
 *
 * ```ts
 * define('cumsum', { a: array, axis: optional(axis), dtype: optional(dtype), out: target() }, ({ rt, site }, { a, axis }) => …)
 * ```
 *
 * The body gets what was read. An argument that is unknown, or that a reader declines, makes the result unknown before the
 * body runs; what the call would have written to (`out=`) is then unknown too. As a method the receiver is the first
 * parameter. {@link parseSignature} reads the same from a text, for functions that take any value.
 */
import type { Site } from '../../model';
import { raised } from './exceptions';
import { spoil } from './spoil';
import type { Runtime } from './runtime';
import { type Kwargs, PyBuiltin, PyUnknown, type PyValue } from './values/object';

type Kind = 'positional' | 'keyword' | 'rest' | 'keywords';

interface Slot {
  readonly name: string;
  readonly required: boolean;
  readonly kind: Kind;
  readonly positionalOnly: boolean;
}

export interface Signature {
  readonly name: string;
  readonly slots: readonly Slot[];
  readonly positional: number;
  readonly rest: number;
  readonly keywords: number;
}

function signatureOf(name: string, slots: readonly Slot[]): Signature {
  return {
    name,
    slots,
    positional: slots.filter((s) => s.kind === 'positional').length,
    rest: slots.findIndex((s) => s.kind === 'rest'),
    keywords: slots.findIndex((s) => s.kind === 'keywords'),
  };
}

/** Reads `name(a, b=, /, *args, key=, **kwargs)`; `=` marks what may be left out. */
export function parseSignature(text: string): Signature {
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
      slots.push({ name: required ? part : part.slice(0, -1), required, kind, positionalOnly: false });
    }
  }
  return signatureOf(name, slots);
}

/** What a parameter got: a value, the rest of the positional arguments, the rest of the keywords, or nothing. */
export type Given = PyValue | readonly PyValue[] | ReadonlyMap<string, PyValue> | undefined;

/** The arguments by parameter, in the order of the signature. @throws Python's TypeError */
export function bindCall(signature: Signature, args: readonly PyValue[], kwargs: Kwargs): Given[] {
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
  if (kwargs !== undefined) {
    for (const [key, value] of kwargs) {
      const i = slots.findIndex(
        (s) => s.name === key && !s.positionalOnly && (s.kind === 'positional' || s.kind === 'keyword'),
      );
      if (i >= 0) {
        if (bound[i] !== undefined) throw raised('TypeError', `${name}() got multiple values for argument '${key}'`);
        bound[i] = value;
      } else if (keywords >= 0) extra.set(key, value);
      else throw raised('TypeError', `${name}() got an unexpected keyword argument '${key}'`);
    }
  }
  if (keywords >= 0) bound[keywords] = extra;
  for (let i = 0; i < slots.length; i++) {
    if ((slots[i] as Slot).required && bound[i] === undefined) {
      throw raised('TypeError', `${name}() missing required argument: '${(slots[i] as Slot).name}'`);
    }
  }
  return bound;
}

/** A call of a library function: what readers and bodies know of it. */
export interface Call {
  readonly rt: Runtime;
  readonly site: Site;
  /** Name of the function, for messages. */
  readonly name: string;
}

/** How the argument of a parameter is read, and what stands for one that was left out. */
export interface Parameter<T> {
  /** What the argument says, or why that is not known. `name` is the parameter's, for messages. */
  readonly read: (call: Call, value: PyValue, name: string) => T | PyUnknown;
  /** What a caller gets who left it out; a parameter without this is required. */
  readonly otherwise?: { readonly value: T };
  readonly kind?: Kind;
  readonly positionalOnly?: boolean;
  /** The call writes into its argument. */
  readonly written?: boolean;
}

/** A parameter that may be left out or `None`, which both stand for `otherwise`. */
export function optional<T>(parameter: Parameter<T>): Parameter<T | undefined>;
export function optional<T, D>(parameter: Parameter<T>, otherwise: D): Parameter<T | D>;
export function optional<T>(parameter: Parameter<T>, otherwise?: T): Parameter<T | undefined> {
  return {
    ...parameter,
    read: (call, value, name) => (value === null ? otherwise : parameter.read(call, value, name)),
    otherwise: { value: otherwise },
  };
}

/** A parameter that may be left out, and for which `None` says something of its own: the body gets `null`. */
export function orNone<T, D>(parameter: Parameter<T>, otherwise: D): Parameter<T | D | null> {
  return {
    ...parameter,
    read: (call, value, name) => (value === null ? null : parameter.read(call, value, name)),
    otherwise: { value: otherwise },
  };
}

/** A parameter that is given by its name alone, as are those after `*`. */
export function keyword<T>(parameter: Parameter<T>): Parameter<T> {
  return { ...parameter, kind: 'keyword' };
}

/** A parameter that is given by its place alone, as are those before `/`. */
export function positional<T>(parameter: Parameter<T>): Parameter<T> {
  return { ...parameter, positionalOnly: true };
}

/** `*name`: the rest of the positional arguments. */
export function rest<T>(parameter: Parameter<T>): Parameter<readonly T[]> {
  return {
    kind: 'rest',
    read: (call, value, name) => {
      const out: T[] = [];
      for (const item of value as unknown as readonly PyValue[]) {
        const read = parameter.read(call, item, name);
        if (read instanceof PyUnknown) return read;
        out.push(read);
      }
      return out;
    },
  };
}

/**
 * An option of the real function that is not followed here: the values in `harmless` change nothing, any other makes the
 * result unknown. Never is a call computed without an option that it gives.
 */
export function unfollowed(...harmless: readonly PyValue[]): Parameter<undefined> {
  return {
    read: ({ rt, site, name: call }, value, name) =>
      value === null || harmless.includes(value)
        ? undefined
        : rt.unknown('unsupported', `\`${name}=\` of \`${call}\` is not supported`, site),
    otherwise: { value: undefined },
  };
}

/** Any value as it is. */
export const value: Parameter<PyValue> = { read: (_call, given) => given };

/** A str. */
export const text: Parameter<string> = {
  read: ({ rt, site, name: call }, given, name) =>
    typeof given === 'string'
      ? given
      : rt.unknown('unsupported', `this \`${name}=\` of \`${call}\` is not supported`, site),
};

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

/** What a body gets. */
export type Arguments<P extends Parameters> = { readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never };

/** A library function by its parameters, in Python's order. */
export function define<P extends Parameters>(
  name: string,
  parameters: P,
  body: (call: Call, args: Arguments<P>) => PyValue,
): PyBuiltin {
  const entries = Object.entries(parameters);
  const signature = signatureOf(
    name,
    entries.map(([key, { otherwise, kind = 'positional', positionalOnly = false }]) => ({
      name: key,
      required: otherwise === undefined && kind !== 'rest' && kind !== 'keywords',
      kind,
      positionalOnly,
    })),
  );
  return new PyBuiltin(name, (rt, args, kwargs, site) => {
    const call: Call = { rt, site, name };
    const bound = bindCall(signature, args, kwargs);
    const read: Record<string, unknown> = {};
    for (let i = 0; i < entries.length; i++) {
      const [key, parameter] = entries[i] as [string, Parameter<unknown>];
      const given = bound[i] as PyValue | undefined;
      const result =
        given === undefined
          ? parameter.otherwise?.value
          : given instanceof PyUnknown
            ? rt.spread(given)
            : parameter.read(call, given, key);
      if (result instanceof PyUnknown) {
        entries.forEach(([, p], k) => {
          if (p.written === true && bound[k] !== undefined) spoil(rt, bound[k] as PyValue, result);
        });
        return result;
      }
      read[key] = result;
    }
    return body(call, read as Arguments<P>);
  });
}

/** The same function looked up on an instance: the receiver is its first argument. */
export function asMethod(builtin: PyBuiltin): PyBuiltin {
  const method = new PyBuiltin(builtin.name, builtin.body);
  method.binds = true;
  return method;
}
