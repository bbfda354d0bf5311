/** The format specification of f-strings, `format` and `str.format`. */
import type { Site } from '../../../model';
import { specialMethod } from '../attributes';
import { call } from '../calls';
import { raised } from '../exceptions';
import type { Runtime } from '../runtime';
import { halfEvenFixed, isNumberLike, plain, toDouble } from '../values/numbers';
import { FloatKind, PyFloat, type PyInt, PyObject, PyUnknown, type PyValue, typeOf } from '../values/object';
import { fixedText, floatText, str } from './repr';

interface Spec {
  readonly fill: string;
  readonly align: '<' | '>' | '^' | '=' | '';
  readonly sign: '+' | '-' | ' ';
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: '' | ',' | '_';
  readonly precision: number | undefined;
  readonly type: string;
}

const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/u;

/** `format(value, spec)` */
export function formatValue(rt: Runtime, value: PyValue, spec: string, site: Site): string | PyUnknown {
  if (value instanceof PyUnknown) return rt.spread(value) as PyUnknown;
  if (value instanceof PyObject && value.attrs) {
    const method = specialMethod(value, '__format__');
    if (method !== undefined) {
      const text = call(rt, method, [value, spec], undefined, site);
      return typeof text === 'string' || text instanceof PyUnknown ? text : '';
    }
  }
  if (spec === '') {
    // NumPy's floats are written as Python's.
    const own = isNumberLike(value) ? plain(value) : value;
    return str(rt, own instanceof PyFloat && own.kind === FloatKind.Float32 ? new PyFloat(own.v) : value);
  }
  const match = SPEC.exec(spec);
  if (!match)
    throw raised('ValueError', `Invalid format specifier '${spec}' for object of type '${typeOf(value).name}'`);
  const zero = match[5] === '0';
  const parsed: Spec = {
    fill: match[1] ?? (zero ? '0' : ' '),
    align: (match[2] ?? (zero ? '=' : '')) as Spec['align'],
    sign: (match[3] ?? '-') as Spec['sign'],
    alternate: match[4] === '#',
    width: Number(match[6] ?? 0),
    grouping: (match[7] ?? '') as Spec['grouping'],
    precision: match[8] === undefined ? undefined : Number(match[8]),
    type: match[9] ?? '',
  };
  if (!rt.affords(2 * parsed.width)) return rt.unknown('budget', 'this text is too long to build', site);
  const number = isNumberLike(value) ? value : value instanceof PyObject ? value.number?.() : undefined;
  if (number !== undefined) return formatNumber(number, parsed);
  if (value instanceof PyObject && value.number) {
    throw raised('TypeError', `unsupported format string passed to ${typeOf(value).name}.__format__`);
  }
  const text = str(rt, value);
  if (text instanceof PyUnknown) return text;
  if (parsed.type !== '' && parsed.type !== 's') {
    throw raised('ValueError', `Unknown format code '${parsed.type}' for object of type '${typeOf(value).name}'`);
  }
  if (typeof value === 'object' && value !== null) {
    throw raised('TypeError', `unsupported format string passed to ${typeOf(value).name}.__format__`);
  }
  if (parsed.grouping !== '') throw raised('ValueError', `Cannot specify '${parsed.grouping}' with 's'.`);
  if (parsed.align === '=' && match[2] === '=')
    throw raised('ValueError', "'=' alignment not allowed in string format specifier");
  if (match[3] !== undefined) throw raised('ValueError', 'Sign not allowed in string format specifier');
  const cut = parsed.precision === undefined ? text : [...text].slice(0, parsed.precision).join('');
  return pad('', cut, parsed, '<');
}

function formatNumber(value: PyValue, spec: Spec): string {
  if (!isNumberLike(value)) return '';
  const p = plain(value);
  const type = spec.type;
  if (!(p instanceof PyFloat) && (type === '' || 'dbcoxXn'.includes(type))) {
    if (spec.precision !== undefined) throw raised('ValueError', 'Precision not allowed in integer format specifier');
    return formatInteger(p, spec);
  }
  if (type !== '' && !'eEfFgGn%'.includes(type)) {
    throw raised('ValueError', `Unknown format code '${type}' for object of type '${typeOf(value).name}'`);
  }
  const x = toDouble(value);
  const negative = x < 0 || Object.is(x, -0);
  let body: string;
  if (!Number.isFinite(x)) {
    body = Number.isNaN(x) ? 'nan' : 'inf';
    if (type === 'F' || type === 'E' || type === 'G') body = body.toUpperCase();
    if (type === '%') body += '%';
    return signed(negative && !Number.isNaN(x), body, spec);
  }
  const a = Math.abs(x);
  switch (type.toLowerCase()) {
    case 'f':
      body = halfEvenFixed(a, spec.precision ?? 6);
      break;
    case '%':
      body = `${halfEvenFixed(a * 100, spec.precision ?? 6)}%`;
      break;
    case 'e':
      body = exponential(a, spec.precision ?? 6);
      break;
    case 'g':
    case 'n':
      body = general(a, spec.precision ?? 6, spec.alternate);
      break;
    default:
      body = spec.precision === undefined ? floatText(a) : generalFloat(a, spec.precision);
  }
  if (type === 'E' || type === 'G') body = body.toUpperCase();
  return signed(negative, grouped(body, spec.grouping), spec);
}

function formatInteger(p: PyInt, spec: Spec): string {
  const negative = p < 0;
  const a = negative ? -p : p;
  let prefix = '';
  let body: string;
  switch (spec.type) {
    case 'b':
    case 'o':
    case 'x':
    case 'X': {
      const radix = spec.type === 'b' ? 2 : spec.type === 'o' ? 8 : 16;
      body = a.toString(radix);
      if (spec.type === 'X') body = body.toUpperCase();
      if (spec.alternate) prefix = `0${spec.type}`;
      if (spec.grouping) body = body.replace(/\B(?=(.{4})+$)/g, '_');
      break;
    }
    case 'c':
      return pad('', String.fromCodePoint(Number(p)), spec, '<');
    default:
      body = grouped(a.toString(), spec.grouping);
  }
  return signed(negative, body, spec, prefix);
}

function grouped(body: string, separator: string): string {
  if (separator === '') return body;
  const [, whole, rest] = /^(\d+)([\s\S]*)$/.exec(body) as unknown as [string, string, string];
  return whole.replace(/\B(?=(\d{3})+$)/g, separator) + rest;
}

function signed(negative: boolean, body: string, spec: Spec, prefix = ''): string {
  const sign = negative ? '-' : spec.sign === '-' ? '' : spec.sign;
  return pad(sign + prefix, body, spec, '>');
}

function pad(head: string, body: string, spec: Spec, usual: '<' | '>'): string {
  const align = spec.align === '' ? usual : spec.align;
  const missing = spec.width - [...head].length - [...body].length;
  if (missing <= 0) return head + body;
  if (align === '=') {
    if (spec.fill === '0' && spec.grouping) return head + groupedZeros(body, spec, missing);
    return head + spec.fill.repeat(missing) + body;
  }
  const left = align === '<' ? 0 : align === '>' ? missing : missing >> 1;
  return spec.fill.repeat(left) + head + body + spec.fill.repeat(missing - left);
}

/** Zeros in front of a grouped number are grouped too. */
function groupedZeros(body: string, spec: Spec, missing: number): string {
  const [, whole, rest] = /^([\d,_]+)([\s\S]*)$/.exec(body) as unknown as [string, string, string];
  const digits = whole.replace(/[,_]/g, '');
  const width = whole.length + missing;
  let out = digits;
  while (grouped(out, spec.grouping).length < width) out = `0${out}`;
  return grouped(out, spec.grouping) + rest;
}

/** `%e` */
export function exponential(a: number, precision: number): string {
  const [mantissa, exponent] = halfEvenExponential(a, Math.min(precision, 100)).split('e') as [string, string];
  return `${mantissa}e${exponentText(Number(exponent))}`;
}

function exponentText(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** `toExponential`, which rounds halves up, with halves rounded to even as C does it. */
function halfEvenExponential(a: number, digits: number): string {
  const up = a.toExponential(digits);
  if (digits > 40) return up;
  // A double that lies halfway has no digits behind so many.
  const [mantissa, exponent] = a.toExponential(digits + 60).split('e') as [string, string];
  const all = mantissa.replace('.', '');
  const kept = all.slice(0, digits + 1);
  if (!/^50*$/.test(all.slice(digits + 1)) || Number(kept[digits]) % 2 === 1) return up;
  return `${kept[0]}${digits > 0 ? '.' : ''}${kept.slice(1)}e${exponent}`;
}

/** `%g` */
export function general(a: number, precision: number, alternate = false): string {
  const p = Math.min(Math.max(precision, 1), 100);
  if (a === 0) return alternate ? `0.${'0'.repeat(p - 1)}` : '0';
  const [mantissa, exponentPart] = halfEvenExponential(a, p - 1).split('e') as [string, string];
  const exponent = Number(exponentPart);
  const trim = (text: string) => (alternate || !text.includes('.') ? text : text.replace(/\.?0+$/, ''));
  if (exponent < -4 || exponent >= p) return `${trim(mantissa)}e${exponentText(exponent)}`;
  return trim(fixedText(mantissa, exponent));
}

/** No type but a precision: like `g`, with at least one digit behind the point. */
function generalFloat(a: number, precision: number): string {
  const text = general(a, precision);
  if (a !== 0) {
    const exponent = Number(halfEvenExponential(a, Math.max(precision, 1) - 1).split('e')[1]);
    if (exponent >= precision - 1 && exponent < precision && precision > 0 && !text.includes('e')) {
      const [mantissa] = halfEvenExponential(a, Math.max(precision, 1) - 1).split('e') as [string];
      return `${mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa}e${exponentText(exponent)}`;
    }
  }
  return text.includes('.') || text.includes('e') ? text : `${text}.0`;
}
