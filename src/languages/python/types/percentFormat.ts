/** `'%…' % values` */
import type { Site } from '../../../model';
import { raised } from '../exceptions';
import { exponential, general } from '../format/formatSpec';
import { asciiOnly, repr, str } from '../format/repr';
import { getItem } from '../iteration';
import type { Runtime } from '../runtime';
import { halfEvenFixed, isNumberLike, plain, toDouble, truncate } from '../values/numbers';
import { PyDict, PyFloat, PyObject, PyTuple, PyUnknown, type PyValue, typeOf } from '../values/object';

const DIRECTIVE = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?[hlL]?([diouxXeEfFgGcrsa%])/g;

export function percentFormat(rt: Runtime, format: string, values: PyValue, site: Site): string | PyUnknown {
  const items = values instanceof PyTuple ? values.items : [values];
  let used = 0;
  let unknown: PyUnknown | undefined;
  const next = (): PyValue => {
    if (used >= items.length) throw raised('TypeError', 'not enough arguments for format string');
    return items[used++] as PyValue;
  };
  let keyed = false;
  const out = format.replace(
    DIRECTIVE,
    (_all, key: string | undefined, flags: string, width, precision, type: string) => {
      if (type === '%') return '%';
      const size = (text: string | undefined): number | undefined => {
        if (text === undefined) return undefined;
        return text === '*' ? Number(next()) : Number(text);
      };
      const w = size(width as string | undefined) ?? 0;
      const p = size(precision as string | undefined);
      if (!rt.affords(2 * (Math.abs(w) + (p ?? 0)))) {
        unknown = rt.unknown('budget', 'this text is too long to build', rt.place);
        return '';
      }
      if (key !== undefined) keyed = true;
      const value = key === undefined ? next() : getItem(rt, values, key, site);
      if (value instanceof PyUnknown) {
        unknown = value;
        return '';
      }
      const text = convert(rt, value, type, flags, p);
      if (text instanceof PyUnknown) {
        unknown = text;
        return '';
      }
      return pad(text, flags, w, 'diouxXeEfFgG'.includes(type));
    },
  );
  if (unknown) return rt.spread(unknown) as PyUnknown;
  if (!keyed && used < items.length && !(values instanceof PyDict)) {
    throw raised('TypeError', 'not all arguments converted during string formatting');
  }
  return out;
}

function convert(
  rt: Runtime,
  given: PyValue,
  type: string,
  flags: string,
  precision: number | undefined,
): string | PyUnknown {
  switch (type) {
    case 's':
    case 'r':
    case 'a': {
      const shown = type === 's' ? str(rt, given) : repr(rt, given);
      const text = type === 'a' && typeof shown === 'string' ? asciiOnly(shown) : shown;
      return text instanceof PyUnknown || precision === undefined ? text : [...text].slice(0, precision).join('');
    }
    case 'c':
      if (typeof given === 'number') return String.fromCodePoint(given);
      if (typeof given === 'string' && [...given].length === 1) return given;
      throw raised('TypeError', '%c requires int or char');
    default:
  }
  // An array of one element is formatted as its element.
  const value = isNumberLike(given) ? given : given instanceof PyObject ? given.number?.(true) : undefined;
  if (value === undefined) {
    const wanted = 'diu'.includes(type) ? `%${type} format: a real number is required` : 'must be real number';
    throw raised('TypeError', `${wanted}, not ${typeOf(given).name}`);
  }
  const p = plain(value);
  if (p instanceof PyFloat && 'oxX'.includes(type))
    throw raised('TypeError', `%${type} format: an integer is required, not ${typeOf(given).name}`);
  const negative = toDouble(value) < 0 || Object.is(toDouble(value), -0);
  let body: string;
  if ('diuoxX'.includes(type)) {
    const n = p instanceof PyFloat ? truncate(p.v) : p;
    const a = n < 0 ? -n : n;
    body = a.toString(type === 'o' ? 8 : type === 'x' || type === 'X' ? 16 : 10).padStart(precision ?? 0, '0');
    if (type === 'X') body = body.toUpperCase();
    if (flags.includes('#') && type !== 'd') body = (type === 'o' ? '0o' : `0${type}`) + body;
    return sign(n < 0, flags) + body;
  }
  const x = Math.abs(toDouble(value));
  if (!Number.isFinite(x)) body = Number.isNaN(x) ? 'nan' : 'inf';
  else {
    const digits = precision ?? 6;
    const lower = type.toLowerCase();
    body =
      lower === 'f'
        ? halfEvenFixed(x, digits)
        : lower === 'e'
          ? exponential(x, digits)
          : general(x, digits, flags.includes('#'));
  }
  if (type === 'E' || type === 'G' || type === 'F') body = body.toUpperCase();
  return sign(negative, flags) + body;
}

function sign(negative: boolean, flags: string): string {
  return negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function pad(text: string, flags: string, width: number, numeric: boolean): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  if (numeric && flags.includes('0') && /\d/.test(text)) {
    const [, head, rest] = /^([-+ ]?(?:0[xXo])?)([\s\S]*)$/.exec(text) as unknown as [string, string, string];
    return head + '0'.repeat(missing) + rest;
  }
  return ' '.repeat(missing) + text;
}
