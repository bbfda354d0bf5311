/** `repr` and `str`. */
import { scalarText } from '../../../tensor';
import { specialMethod } from '../attributes';
import { call } from '../calls';
import { isException } from '../iteration';
import { PyRaise } from '../errors';
import type { Runtime } from '../runtime';
import { identityOf } from '../values/identity';
import {
  ELLIPSIS,
  FloatKind,
  NOT_IMPLEMENTED,
  PyBoundMethod,
  PyBuiltin,
  PyBytes,
  PyClass,
  PyDict,
  PyFloat,
  PyFunction,
  PyGenerator,
  PyInstance,
  PyList,
  PyModule,
  type PyObject,
  PyRange,
  PySet,
  PySlice,
  PyTuple,
  PyUnknown,
  type PyValue,
  Traced,
  typeOf,
} from '../values/object';

export function str(rt: Runtime, value: PyValue): string | PyUnknown {
  if (typeof value === 'string') return value;
  if (value instanceof PyInstance || (typeof value === 'object' && value?.attrs && !(value instanceof PyClass))) {
    const method = specialMethod(value, '__str__');
    if (method !== undefined) return textOf(call(rt, method, [value], undefined, rt.place));
    if (value instanceof PyInstance && specialMethod(value, '__repr__') === undefined) {
      const text = exceptionText(rt, value);
      if (text !== undefined) return text;
    }
  }
  const own = typeof value === 'object' && value !== null && (value as Partial<Texted>).str?.(rt);
  return own || repr(rt, value);
}

/** Objects of libraries whose text differs from what `repr` writes. */
interface Texted {
  str(rt: Runtime): string | PyUnknown;
}

function textOf(value: PyValue): string | PyUnknown {
  return typeof value === 'string' || value instanceof PyUnknown ? value : '';
}

/** `str` of an exception; undefined for other objects. */
function exceptionText(rt: Runtime, value: PyInstance): string | PyUnknown | undefined {
  const args = value.attrs.get('args');
  if (!(args instanceof PyTuple) || !value.klass.mro.some((c) => c.name === 'BaseException')) return undefined;
  if (args.items.length === 0) return '';
  const [only] = args.items as [PyValue];
  if (args.items.length === 1) return isException(new PyRaise(value), 'KeyError') ? repr(rt, only) : str(rt, only);
  if (isException(new PyRaise(value), 'OSError') && args.items.length === 2) {
    const [code, text] = [str(rt, only), str(rt, args.items[1] as PyValue)];
    if (typeof code === 'string' && typeof text === 'string') return `[Errno ${code}] ${text}`;
  }
  return repr(rt, args);
}

export function repr(rt: Runtime, value: PyValue, open: Set<PyObject> = new Set()): string | PyUnknown {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return String(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'string':
      return quote(value);
    default:
  }
  if (value === null) return 'None';
  if (value instanceof PyFloat) {
    return value.kind === FloatKind.Float32 ? scalarText(value.v, 'float32') : floatText(value.v);
  }
  if (value instanceof Traced) return repr(rt, value.plain);
  if (value instanceof PyUnknown) return rt.spread(value) as PyUnknown;
  if (value === ELLIPSIS) return 'Ellipsis';
  if (value === NOT_IMPLEMENTED) return 'NotImplemented';
  if (value.attrs && !(value instanceof PyClass)) {
    const method = specialMethod(value, '__repr__');
    if (method !== undefined) return textOf(call(rt, method, [value], undefined, rt.place));
  }
  const own = value.repr?.(rt);
  if (own !== undefined) return own;
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyDict || value instanceof PySet) {
    return containerText(rt, value, open);
  }
  if (value instanceof PyRange) {
    return value.step === 1
      ? `range(${value.start}, ${value.stop})`
      : `range(${value.start}, ${value.stop}, ${value.step})`;
  }
  if (value instanceof PySlice) {
    const parts = [value.start, value.stop, value.step].map((x) => repr(rt, x, open));
    return parts.find((p) => p instanceof PyUnknown) ?? `slice(${parts.join(', ')})`;
  }
  if (value instanceof PyBytes) return bytesText(value.text);
  if (value instanceof PyClass)
    return value.userDefined ? `<class '${moduleOf(value)}.${value.name}'>` : `<class '${value.name}'>`;
  if (value instanceof PyFunction) return `<function ${value.code.qualname} at ${address(value)}>`;
  if (value instanceof PyBuiltin) return `<built-in function ${value.name}>`;
  if (value instanceof PyBoundMethod) return `<bound method at ${address(value)}>`;
  if (value instanceof PyModule) return `<module '${value.name}'>`;
  if (value instanceof PyGenerator) return `<generator object ${value.name} at ${address(value)}>`;
  if (value instanceof PyInstance) {
    const args = value.attrs.get('args');
    if (args instanceof PyTuple && value.klass.mro.some((c) => c.name === 'BaseException')) {
      const text = args.items.length === 1 ? repr(rt, args.items[0] as PyValue) : repr(rt, args);
      if (text instanceof PyUnknown) return text;
      return `${value.klass.name}${args.items.length === 1 ? `(${text})` : text}`;
    }
    return `<${moduleOf(value.klass)}.${value.klass.name} object at ${address(value)}>`;
  }
  return `<${typeOf(value).name} object at ${address(value)}>`;
}

function moduleOf(cls: PyClass): string {
  const name = cls.attrs.get('__module__');
  return typeof name === 'string' ? name : 'builtins';
}

function address(value: PyObject): string {
  return `0x${identityOf(value).toString(16)}`;
}

function containerText(rt: Runtime, value: PyList | PyTuple | PyDict | PySet, open: Set<PyObject>): string | PyUnknown {
  if (value.unknown) return rt.spread(value.unknown) as PyUnknown;
  if (open.has(value)) return value instanceof PyList ? '[...]' : value instanceof PyDict ? '{...}' : '(...)';
  open.add(value);
  const parts: string[] = [];
  const add = (v: PyValue): string | PyUnknown => repr(rt, v, open);
  rt.tick(
    value instanceof PyDict ? value.entries.size : value instanceof PySet ? value.items.size : value.items.length,
  );
  if (value instanceof PyDict) {
    for (const entry of value.entries.values()) {
      const [k, v] = [add(entry.key), add(entry.value)];
      if (k instanceof PyUnknown) return k;
      if (v instanceof PyUnknown) return v;
      parts.push(`${k}: ${v}`);
    }
  } else {
    for (const item of value instanceof PySet ? value.items.values() : value.items) {
      const text = add(item);
      if (text instanceof PyUnknown) return text;
      parts.push(text);
    }
  }
  open.delete(value);
  const inner = parts.join(', ');
  const named = namedContainer(rt, value, inner, open);
  if (named !== undefined) return named;
  if (value instanceof PyList) return `[${inner}]`;
  if (value instanceof PyTuple) return parts.length === 1 ? `(${inner},)` : `(${inner})`;
  if (value instanceof PyDict) return `{${inner}}`;
  if (parts.length === 0) return value.frozen ? 'frozenset()' : 'set()';
  return value.frozen ? `frozenset({${inner}})` : `{${inner}}`;
}

/** Containers of `collections`, which write their name. */
function namedContainer(
  rt: Runtime,
  value: PyList | PyTuple | PyDict | PySet,
  inner: string,
  open: Set<PyObject>,
): string | PyUnknown | undefined {
  if (!(value instanceof PyDict) || !value.attrs) return undefined;
  const type = value.cls.mro.find((c) => !c.userDefined)?.name;
  const { name } = value.cls;
  if (type === 'OrderedDict') {
    const pairs = [...value.entries.values()].map((e) => new PyTuple([e.key, e.value]));
    const text = repr(rt, new PyList(pairs), open);
    return text instanceof PyUnknown ? text : `${name}(${pairs.length > 0 ? text : ''})`;
  }
  if (type === 'Counter') {
    if (inner === '') return `${name}()`;
    const entries = [...value.entries.values()].sort((a, b) => Number(b.value) - Number(a.value));
    const sorted = new PyDict();
    for (const e of entries) sorted.entries.set(typeof e.key === 'object' ? (e.key as PyObject) : (e.key as string), e);
    const text = repr(rt, sorted, open);
    return text instanceof PyUnknown ? text : `${name}(${text})`;
  }
  if (type === 'defaultdict') {
    const factory = repr(rt, value.factory ?? null, open);
    return factory instanceof PyUnknown ? factory : `${name}(${factory}, {${inner}})`;
  }
  return undefined;
}

/** A float as Python writes it: the shortest text that reads back to the same double. */
export function floatText(x: number): string {
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf';
  if (Object.is(x, -0)) return '-0.0';
  const text = x.toExponential();
  const [mantissa, exponentText] = text.split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const sign = exponent < 0 ? '-' : '+';
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const plain = fixedText(mantissa, exponent);
  return plain.includes('.') ? plain : `${plain}.0`;
}

/** Mantissa and decimal exponent without exponent notation. */
export function fixedText(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits + '0'.repeat(exponent + 1 - digits.length);
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** Text with what is beyond ASCII as escapes. */
export function asciiOnly(text: string): string {
  return [...text]
    .map((c) => {
      const code = c.codePointAt(0) as number;
      if (code < 0x80) return c;
      const digits = code.toString(16);
      return code < 0x100
        ? `\\x${digits}`
        : code < 0x10000
          ? `\\u${digits.padStart(4, '0')}`
          : `\\U${digits.padStart(8, '0')}`;
    })
    .join('');
}

/** A string as a literal. */
export function quote(text: string): string {
  const q = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = q;
  for (const c of text) {
    const code = c.codePointAt(0) as number;
    if (c === '\\' || c === q) out += `\\${c}`;
    else if (c === '\n') out += '\\n';
    else if (c === '\r') out += '\\r';
    else if (c === '\t') out += '\\t';
    else if (code < 32 || code === 127) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code >= 0x80 && code < 0xa1) out += `\\x${code.toString(16)}`;
    else out += c;
  }
  return out + q;
}

function bytesText(text: string): string {
  const q = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = `b${q}`;
  for (const c of text) {
    const code = c.charCodeAt(0);
    if (c === '\\' || c === q) out += `\\${c}`;
    else if (c === '\n') out += '\\n';
    else if (c === '\r') out += '\\r';
    else if (c === '\t') out += '\\t';
    else if (code < 32 || code > 126) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += c;
  }
  return out + q;
}
