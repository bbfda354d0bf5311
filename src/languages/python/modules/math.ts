/** `math` */
import type { ScalarOp } from '../../../symbolic/rules';
import type { Site } from '../../../model';
import { specialMethod } from '../attributes';
import { call } from '../calls';
import { raised } from '../exceptions';
import { asIndex, toArray } from '../iteration';
import { fn, library, number, scalar } from '../library';
import { asData, binary } from '../operators';
import type { Runtime } from '../runtime';
import { integer } from '../literals';
import { type NumberLike, plain, toDouble, toFloat, truncate } from '../values/numbers';
import type { PyBuiltin } from '../values/object';
import { FloatKind, PyFloat, type PyInt, PyObject, PyTuple, PyUnknown, type PyValue, Traced } from '../values/object';

const domain = () => raised('ValueError', 'math domain error');

/** A primitive of one argument with the errors of C's library. */
function unary(name: string, op: ScalarOp, inDomain: (x: number) => boolean = () => true): PyBuiltin {
  return fn<[PyValue]>(`${name}(x, /)`, (rt, site, [x]) => step(rt, op, site, asNumber(rt, x, site), inDomain));
}

/** A number, or what `__float__` says. */
function asNumber(rt: Runtime, x: PyValue, site: Site): NumberLike {
  if (x instanceof PyObject && x.attrs) {
    const method = specialMethod(x, '__float__') ?? specialMethod(x, '__index__');
    if (method !== undefined) return number(call(rt, method, [x], undefined, site));
  }
  return number(x);
}

function step(rt: Runtime, op: ScalarOp, site: Site, x: NumberLike, inDomain: (x: number) => boolean): PyValue {
  const v = toFloat(x);
  if (!Number.isNaN(v) && !inDomain(v)) throw domain();
  const result = scalar(rt, op, site, FloatKind.Python, x);
  const value = toDouble(result);
  if (Math.abs(value) === Infinity && Number.isFinite(v)) throw raised('OverflowError', 'math range error');
  return result;
}

function log(rt: Runtime, site: Site, x: NumberLike): PyValue {
  const p = plain(x);
  if (typeof p === 'bigint' && p > 0n && !(x instanceof Traced)) return new PyFloat(logOfBig(p));
  return step(rt, 'log', site, x, (v) => v > 0);
}

/** Logarithm of an integer that does not fit in a double. */
function logOfBig(x: bigint): number {
  const shift = Math.max(0, x.toString(16).length * 4 - 64);
  return Math.log(Number(x >> BigInt(shift))) + shift * Math.LN2;
}

function integerArgument(rt: Runtime, value: PyValue, site: Site): PyInt {
  const data = asData(rt, value, site) ?? value;
  if (typeof data === 'number' || typeof data === 'bigint') return data;
  if (typeof data === 'boolean') return data ? 1 : 0;
  const i = asIndex(rt, value, site);
  return i instanceof PyUnknown ? 0 : i;
}

function nonNegative(x: PyInt, what: string): PyInt {
  if (x < 0) throw raised('ValueError', what);
  return x;
}

const numberOf = (rt: Runtime, value: PyValue, site: Site): number => toFloat(number(asData(rt, value, site) ?? value));

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function product(rt: Runtime, from: bigint, to: bigint, site: Site): PyValue {
  if (to - from > 20_000n) return rt.unknown('budget', 'this integer is too large to compute', site);
  let p = 1n;
  for (let i = from; i <= to; i++) p *= i;
  return integer(p);
}

/** Python's correctly rounded sum. */
function exactSum(values: readonly number[]): number {
  const partials: number[] = [];
  for (const value of values) {
    let x = value;
    let kept = 0;
    for (const partial of partials) {
      let y = partial;
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y;
      const low = y - (high - x);
      if (low !== 0) partials[kept++] = low;
      x = high;
    }
    partials.length = kept;
    partials.push(x);
  }
  let n = partials.length;
  if (n === 0) return 0;
  let high = partials[--n] as number;
  let low = 0;
  while (n > 0) {
    const x = high;
    const y = partials[--n] as number;
    high = x + y;
    low = y - (high - x);
    if (low !== 0) break;
  }
  // Half-way cases depend on the sign of the rest.
  if (n > 0 && ((low < 0 && (partials[n - 1] as number) < 0) || (low > 0 && (partials[n - 1] as number) > 0))) {
    const y = low * 2;
    const x = high + y;
    if (y === x - high) high = x;
  }
  return high;
}

const whole = (name: string, special: string, round: (x: number) => number) =>
  fn<[PyValue]>(`${name}(x, /)`, (rt, site, [x]) => {
    if (x instanceof PyObject && x.attrs) {
      const method = specialMethod(x, special);
      if (method !== undefined) return call(rt, method, [x], undefined, site);
    }
    const n = asNumber(rt, x, site);
    const p = plain(n);
    if (!(p instanceof PyFloat)) {
      if (n instanceof Traced) asData(rt, n, site);
      return p;
    }
    const value = truncate(round(p.v));
    if (n instanceof Traced) {
      if (name === 'ceil') asData(rt, n, site);
      else rt.guard(name === 'floor' ? 'floor' : 'trunc', site, Number(value), n);
    }
    return value;
  });

const predicate = (name: string, test: (x: number) => boolean) =>
  fn<[PyValue]>(`${name}(x, /)`, (rt, site, [x]) => test(numberOf(rt, x, site)));

export const math = library('math', {
  pi: new PyFloat(Math.PI),
  e: new PyFloat(Math.E),
  tau: new PyFloat(2 * Math.PI),
  inf: new PyFloat(Infinity),
  nan: new PyFloat(NaN),
  exp: unary('exp', 'exp'),
  exp2: unary('exp2', 'exp2'),
  expm1: unary('expm1', 'expm1'),
  log: fn<[PyValue, PyValue?]>('log(x, base=, /)', (rt, site, [x, base]) => {
    const numerator = log(rt, site, asNumber(rt, x, site));
    if (base === undefined) return numerator;
    return binary(rt, '/', numerator, log(rt, site, asNumber(rt, base, site)), site);
  }),
  log2: fn<[PyValue]>('log2(x, /)', (rt, site, [x]) => step(rt, 'log2', site, asNumber(rt, x, site), (v) => v > 0)),
  log10: fn<[PyValue]>('log10(x, /)', (rt, site, [x]) => step(rt, 'log10', site, asNumber(rt, x, site), (v) => v > 0)),
  log1p: unary('log1p', 'log1p', (x) => x > -1),
  sqrt: unary('sqrt', 'sqrt', (x) => x >= 0),
  cbrt: unary('cbrt', 'cbrt'),
  sin: unary('sin', 'sin', Number.isFinite),
  cos: unary('cos', 'cos', Number.isFinite),
  tan: unary('tan', 'tan', Number.isFinite),
  asin: unary('asin', 'asin', (x) => Math.abs(x) <= 1),
  acos: unary('acos', 'acos', (x) => Math.abs(x) <= 1),
  atan: unary('atan', 'atan'),
  sinh: unary('sinh', 'sinh'),
  cosh: unary('cosh', 'cosh'),
  tanh: unary('tanh', 'tanh'),
  asinh: unary('asinh', 'asinh'),
  acosh: unary('acosh', 'acosh', (x) => x >= 1),
  atanh: unary('atanh', 'atanh', (x) => Math.abs(x) < 1),
  erf: unary('erf', 'erf'),
  erfc: unary('erfc', 'erfc'),
  gamma: unary('gamma', 'gamma', (x) => x !== -Infinity && !(x <= 0 && Number.isInteger(x))),
  lgamma: unary('lgamma', 'lgamma', (x) => !(x <= 0 && Number.isInteger(x))),
  fabs: unary('fabs', 'abs'),
  atan2: fn<[PyValue, PyValue]>('atan2(y, x, /)', (rt, site, [y, x]) =>
    scalar(rt, 'atan2', site, FloatKind.Python, number(y), number(x)),
  ),
  pow: fn<[PyValue, PyValue]>('pow(x, y, /)', (rt, site, [x, y]) => {
    const [a, b] = [toFloat(number(x)), toFloat(number(y))];
    if (Number.isFinite(a) && Number.isFinite(b)) {
      if ((a === 0 && b < 0) || (a < 0 && !Number.isInteger(b))) throw domain();
    }
    const result = scalar(rt, 'pow', site, FloatKind.Python, number(x), number(y));
    if (Math.abs(toDouble(result)) === Infinity && Number.isFinite(a) && Number.isFinite(b)) {
      throw raised('OverflowError', 'math range error');
    }
    return result;
  }),
  hypot: fn<[readonly PyValue[]]>('hypot(*coordinates)', (rt, site, [coordinates]) => {
    if (coordinates.length === 2) {
      const [x, y] = coordinates as [PyValue, PyValue];
      return scalar(rt, 'hypot', site, FloatKind.Python, number(x), number(y));
    }
    if (coordinates.some((x) => x instanceof Traced)) {
      return rt.unknown('unsupported', '`math.hypot` of more than two traced numbers is not supported', site);
    }
    return new PyFloat(Math.hypot(...coordinates.map((x) => toFloat(number(x)))));
  }),
  degrees: fn<[PyValue]>('degrees(x, /)', (rt, site, [x]) =>
    scalar(rt, 'mul', site, FloatKind.Python, number(x), new PyFloat(180 / Math.PI)),
  ),
  radians: fn<[PyValue]>('radians(x, /)', (rt, site, [x]) =>
    scalar(rt, 'mul', site, FloatKind.Python, number(x), new PyFloat(Math.PI / 180)),
  ),
  floor: whole('floor', '__floor__', Math.floor),
  ceil: whole('ceil', '__ceil__', Math.ceil),
  trunc: whole('trunc', '__trunc__', Math.trunc),
  fmod: fn<[PyValue, PyValue]>('fmod(x, y, /)', (rt, site, [x, y]) => {
    const [a, b] = [numberOf(rt, x, site), numberOf(rt, y, site)];
    if (b === 0 || !Number.isFinite(a)) throw domain();
    return new PyFloat(a % b);
  }),
  modf: fn<[PyValue]>('modf(x, /)', (rt, site, [x]) => {
    const v = numberOf(rt, x, site);
    const part = Math.trunc(v);
    return new PyTuple([new PyFloat(Number.isFinite(v) ? v - part : 0), new PyFloat(part)]);
  }),
  copysign: fn<[PyValue, PyValue]>('copysign(x, y, /)', (rt, site, [x, y]) => {
    const [a, b] = [numberOf(rt, x, site), numberOf(rt, y, site)];
    const negative = b < 0 || Object.is(b, -0);
    return new PyFloat(negative ? -Math.abs(a) : Math.abs(a));
  }),
  ldexp: fn<[PyValue, PyValue]>(
    'ldexp(x, i, /)',
    (rt, site, [x, i]) => new PyFloat(numberOf(rt, x, site) * 2 ** numberOf(rt, i, site)),
  ),
  frexp: fn<[PyValue]>('frexp(x, /)', (rt, site, [x]) => {
    const v = numberOf(rt, x, site);
    if (v === 0 || !Number.isFinite(v)) return new PyTuple([new PyFloat(v), 0]);
    let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(v))) + 1);
    let m = v * 2 ** -exponent;
    while (Math.abs(m) < 0.5) {
      m *= 2;
      exponent--;
    }
    while (Math.abs(m) >= 1) {
      m /= 2;
      exponent++;
    }
    return new PyTuple([new PyFloat(m), exponent]);
  }),
  isnan: predicate('isnan', Number.isNaN),
  isinf: predicate('isinf', (x) => Math.abs(x) === Infinity),
  isfinite: predicate('isfinite', Number.isFinite),
  isclose: fn<[PyValue, PyValue, PyValue?, PyValue?]>(
    'isclose(a, b, *, rel_tol=, abs_tol=)',
    (rt, site, [x, y, rel, abs]) => {
      const [a, b] = [numberOf(rt, x, site), numberOf(rt, y, site)];
      const relative = rel === undefined ? 1e-9 : numberOf(rt, rel, site);
      const absolute = abs === undefined ? 0 : numberOf(rt, abs, site);
      if (a === b) return true;
      if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
      return Math.abs(a - b) <= Math.max(relative * Math.max(Math.abs(a), Math.abs(b)), absolute);
    },
  ),
  factorial: fn<[PyValue]>('factorial(n, /)', (rt, site, [n]) => {
    const k = integerArgument(rt, n, site);
    if (k < 0) throw raised('ValueError', 'factorial() not defined for negative values');
    return product(rt, 1n, BigInt(k), site);
  }),
  comb: fn<[PyValue, PyValue]>('comb(n, k, /)', (rt, site, [n, k]) => {
    const total = BigInt(nonNegative(integerArgument(rt, n, site), 'n must be a non-negative integer'));
    let chosen = BigInt(nonNegative(integerArgument(rt, k, site), 'k must be a non-negative integer'));
    if (chosen > total) return 0;
    if (total - chosen < chosen) chosen = total - chosen;
    if (chosen > 20_000n) return rt.unknown('budget', 'this integer is too large to compute', site);
    let c = 1n;
    for (let i = 1n; i <= chosen; i++) c = (c * (total - chosen + i)) / i;
    return integer(c);
  }),
  perm: fn<[PyValue, PyValue?]>('perm(n, k=, /)', (rt, site, [n, k]) => {
    const total = BigInt(nonNegative(integerArgument(rt, n, site), 'n must be a non-negative integer'));
    const chosen =
      k === undefined || k === null
        ? total
        : BigInt(nonNegative(integerArgument(rt, k, site), 'k must be a non-negative integer'));
    return chosen > total ? 0 : product(rt, total - chosen + 1n, total, site);
  }),
  gcd: fn<[readonly PyValue[]]>('gcd(*integers)', (rt, site, [values]) =>
    integer(values.reduce<bigint>((a, v) => gcd(a, BigInt(integerArgument(rt, v, site))), 0n)),
  ),
  lcm: fn<[readonly PyValue[]]>('lcm(*integers)', (rt, site, [values]) =>
    integer(
      values.reduce<bigint>((a, v) => {
        const b = BigInt(integerArgument(rt, v, site));
        if (a === 0n || b === 0n) return 0n;
        const m = (a / gcd(a, b)) * b;
        return m < 0n ? -m : m;
      }, 1n),
    ),
  ),
  isqrt: fn<[PyValue]>('isqrt(n, /)', (rt, site, [n]) => {
    const x = BigInt(nonNegative(integerArgument(rt, n, site), 'isqrt() argument must be nonnegative'));
    let r = BigInt(Math.floor(Math.sqrt(Number(x))));
    while (r * r > x) r--;
    while ((r + 1n) * (r + 1n) <= x) r++;
    return integer(r);
  }),
  fsum: fn<[PyValue]>('fsum(seq, /)', (rt, site, [seq]) => {
    const items = toArray(rt, seq, site);
    if (items instanceof PyUnknown) return items;
    if (items.some((x) => x instanceof Traced)) {
      return items.reduce((a, b) => binary(rt, '+', a, b, site), new PyFloat(0) as PyValue);
    }
    return new PyFloat(exactSum(items.map((x) => toFloat(number(x)))));
  }),
  prod: fn<[PyValue, PyValue?]>('prod(iterable, /, *, start=)', (rt, site, [iterable, start]) => {
    const items = toArray(rt, iterable, site);
    if (items instanceof PyUnknown) return items;
    return items.reduce((a, b) => (a === 1 && b instanceof Traced ? b : binary(rt, '*', a, b, site)), start ?? 1);
  }),
  dist: fn<[PyValue, PyValue]>('dist(p, q, /)', (rt, site, [p, q]) => {
    const [a, b] = [toArray(rt, p, site), toArray(rt, q, site)];
    if (a instanceof PyUnknown) return a;
    if (b instanceof PyUnknown) return b;
    if ([...a, ...b].some((x) => x instanceof Traced)) {
      return rt.unknown('unsupported', '`math.dist` of traced numbers is not supported', site);
    }
    return new PyFloat(Math.hypot(...a.map((x, i) => toFloat(number(x)) - toFloat(number(b[i] as PyValue)))));
  }),
});
