/** Methods of strings. */
import type { Site } from '../../../model';
import { raised } from '../exceptions';
import { formatValue } from '../format/formatSpec';
import { repr, str } from '../format/repr';
import { getAttribute } from '../attributes';
import { asIndex, getItem, toArray } from '../iteration';
import { method } from '../library';
import type { Runtime } from '../runtime';
import { PyBuiltin, PyBytes, PyDict, PyList, PyTuple, PyUnknown, type PyValue, typeOf } from '../values/object';

/** Python's whitespace. */
const SPACE = '[\\s\\x1c-\\x1f\\x85]';
const SPACES = new RegExp(`${SPACE}+`, 'u');

function text(value: PyValue | undefined, what: string): string {
  if (typeof value === 'string') return value;
  throw raised('TypeError', `${what} must be str, not ${value === undefined ? 'NoneType' : typeOf(value).name}`);
}

/** Texts with characters that take two code units: their positions are not Python's. */
const SURROGATES = /[\ud800-\udfff]/;

function count(rt: Runtime, value: PyValue | undefined, otherwise: number, site: Site): number {
  if (value === undefined || value === null) return otherwise;
  const n = asIndex(rt, value, site);
  return n instanceof PyUnknown ? otherwise : n;
}

function affixes(value: PyValue, name: string): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof PyTuple) return value.items.map((x) => text(x, name));
  throw raised('TypeError', `${name} first arg must be str or a tuple of str, not ${typeOf(value).name}`);
}

/** The part of a string that `find`, `count` … look at. */
function window(
  rt: Runtime,
  self: string,
  start: PyValue | undefined,
  stop: PyValue | undefined,
  site: Site,
): { from: number; to: number } {
  const bound = (v: PyValue | undefined, otherwise: number) => {
    const i = count(rt, v, otherwise, site);
    return Math.min(Math.max(i < 0 ? i + self.length : i, 0), self.length);
  };
  return { from: bound(start, 0), to: bound(stop, self.length) };
}

function search(name: string, last: boolean, must: boolean): PyBuiltin {
  return method<[string, PyValue, PyValue?, PyValue?]>(
    `${name}(self, sub, start=, end=, /)`,
    (rt, site, [self, sub, start, stop]) => {
      const wanted = text(sub, 'must');
      if (SURROGATES.test(self)) return rt.unknown('unsupported', 'positions in this text are not supported', site);
      const { from, to } = window(rt, self, start, stop, site);
      const part = self.slice(from, to);
      const i = last ? part.lastIndexOf(wanted) : part.indexOf(wanted);
      if (i < 0 && must) throw raised('ValueError', 'substring not found');
      return i < 0 ? -1 : from + i;
    },
  );
}

function strip(name: string, left: boolean, right: boolean): PyBuiltin {
  return method<[string, PyValue?]>(`${name}(self, chars=, /)`, (_rt, _site, [self, chars]) => {
    const set = chars === undefined || chars === null ? undefined : new Set(text(chars, 'strip arg'));
    const drop = (c: string) => (set ? set.has(c) : SPACES.test(c));
    const items = [...self];
    let from = 0;
    let to = items.length;
    if (left) while (from < to && drop(items[from] as string)) from++;
    if (right) while (to > from && drop(items[to - 1] as string)) to--;
    return items.slice(from, to).join('');
  });
}

function split(self: string, separator: PyValue | undefined, limit: number, fromRight: boolean): string[] {
  if (separator === undefined || separator === null) {
    const words = self.split(SPACES).filter((w) => w !== '');
    if (limit < 0 || words.length <= limit + 1) return words;
    // The rest keeps its inner whitespace.
    if (!fromRight) {
      const pattern = new RegExp(`^${SPACE}*((?:\\S+${SPACE}+){${limit}})([\\s\\S]*)$`, 'u').exec(self);
      return [...words.slice(0, limit), pattern?.[2] ?? ''];
    }
    const pattern = new RegExp(`^([\\s\\S]*?)((?:${SPACE}+\\S+){${limit}})${SPACE}*$`, 'u').exec(self);
    return [pattern?.[1] ?? '', ...words.slice(words.length - limit)];
  }
  const sep = text(separator, 'must');
  if (sep === '') throw raised('ValueError', 'empty separator');
  const parts = self.split(sep);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return fromRight
    ? [parts.slice(0, parts.length - limit).join(sep), ...parts.slice(parts.length - limit)]
    : [...parts.slice(0, limit), parts.slice(limit).join(sep)];
}

function fillCharacter(fill: PyValue | undefined): string {
  if (fill === undefined) return ' ';
  const c = text(fill, 'The fill character');
  if ([...c].length !== 1) throw raised('TypeError', 'The fill character must be exactly one character long');
  return c;
}

function justify(name: string, place: (missing: number) => [number, number]): PyBuiltin {
  return method<[string, PyValue, PyValue?]>(`${name}(self, width, fillchar=, /)`, (rt, site, [self, width, fill]) => {
    const n = count(rt, width, 0, site);
    const missing = n - [...self].length;
    if (missing <= 0) return self;
    if (!rt.affords(2 * n)) return rt.unknown('budget', 'this text is too long to build', site);
    const [left, right] = place(missing);
    const c = fillCharacter(fill);
    return c.repeat(left) + self + c.repeat(right);
  });
}

const test = (name: string, pattern: RegExp) =>
  method<[string]>(`${name}(self, /)`, (_rt, _site, [self]) => pattern.test(self));
const map = (name: string, f: (s: string) => string) =>
  method<[string]>(`${name}(self, /)`, (_rt, _site, [self]) => f(self));

function title(s: string): string {
  return s.replace(/\p{L}+/gu, (w) => w[0]?.toUpperCase() + w.slice(1).toLowerCase());
}

const FIELD = /\{\{|\}\}|\{([^{}!:]*)(?:!([rsa]))?(?::((?:[^{}]|\{[^{}]*\})*))?\}/g;

function refuseSingleBraces(template: string): void {
  const rest = template.replace(FIELD, '');
  const brace = /[{}]/.exec(rest)?.[0];
  if (brace === '}') throw raised('ValueError', "Single '}' encountered in format string");
  if (brace === '{')
    throw raised(
      'ValueError',
      rest.endsWith('{') ? "Single '{' encountered in format string" : "expected '}' before end of string",
    );
}

/** `template.format(*args, **kwargs)` */
function format(
  rt: Runtime,
  template: string,
  args: readonly PyValue[],
  kwargs: ReadonlyMap<string, PyValue>,
  site: Site,
): PyValue {
  let automatic = 0;
  let style: 'automatic' | 'manual' | undefined;
  refuseSingleBraces(template);
  let unknown: PyUnknown | undefined;
  const field = (path: string): PyValue => {
    const [root] = /^[^.[]*/.exec(path) as RegExpExecArray;
    let value: PyValue | undefined;
    const numbering = root === '' ? 'automatic' : /^\d+$/.test(root) ? 'manual' : undefined;
    if (numbering && style && numbering !== style) {
      throw raised(
        'ValueError',
        style === 'manual'
          ? 'cannot switch from manual field specification to automatic field numbering'
          : 'cannot switch from automatic field numbering to manual field specification',
      );
    }
    style ??= numbering;
    if (root === '') value = args[automatic++];
    else if (numbering) value = args[Number(root)];
    else value = kwargs.get(root);
    if (value === undefined) {
      throw /^\d*$/.test(root)
        ? raised(
            'IndexError',
            `Replacement index ${root === '' ? automatic - 1 : root} out of range for positional args tuple`,
          )
        : raised('KeyError', root);
    }
    for (const [, attr, index] of path.slice(root.length).matchAll(/\.([^.[]+)|\[([^\]]+)\]/g)) {
      value = attr
        ? getAttribute(rt, value, attr, site)
        : getItem(rt, value, /^\d+$/.test(index as string) ? Number(index) : (index as string), site);
    }
    return value;
  };
  const out = template.replace(
    FIELD,
    (all, path: string | undefined, conversion: string | undefined, spec: string | undefined) => {
      if (all === '{{') return '{';
      if (all === '}}') return '}';
      const value = field(path ?? '');
      const converted =
        conversion === 'r' || conversion === 'a' ? repr(rt, value) : conversion === 's' ? str(rt, value) : value;
      const inner = (spec ?? '').replace(/\{([^{}]*)\}/g, (_m, p: string) => {
        const v = str(rt, field(p));
        return v instanceof PyUnknown ? '' : v;
      });
      const result = formatValue(rt, converted, inner, site);
      if (result instanceof PyUnknown) {
        unknown = result;
        return '';
      }
      return result;
    },
  );
  return unknown ?? out;
}

export const strMethods: readonly PyBuiltin[] = [
  map('upper', (s) => s.toUpperCase()),
  map('lower', (s) => s.toLowerCase()),
  map('casefold', (s) => s.toLowerCase().replace(/ß/g, 'ss')),
  map('title', title),
  map('capitalize', (s) => {
    const [first = '', ...rest] = [...s];
    return first.toUpperCase() + rest.join('').toLowerCase();
  }),
  map('swapcase', (s) => [...s].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join('')),
  strip('strip', true, true),
  strip('lstrip', true, false),
  strip('rstrip', false, true),
  method<[string, PyValue?, PyValue?]>(
    'split(self, sep=, maxsplit=)',
    (rt, site, [self, sep, limit]) => new PyList(split(self, sep, count(rt, limit, -1, site), false)),
  ),
  method<[string, PyValue?, PyValue?]>(
    'rsplit(self, sep=, maxsplit=)',
    (rt, site, [self, sep, limit]) => new PyList(split(self, sep, count(rt, limit, -1, site), true)),
  ),
  method<[string, PyValue?]>('splitlines(self, keepends=)', (_rt, _site, [self, keep]) => {
    const lines =
      self.match(/[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|$)/g) ?? [];
    if (lines[lines.length - 1] === '') lines.pop();
    return new PyList(
      keep === true ? lines : lines.map((l) => l.replace(/(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/, '')),
    );
  }),
  method<[string, PyValue]>('join(self, iterable, /)', (rt, site, [self, iterable]) => {
    const items = toArray(rt, iterable, site);
    if (items instanceof PyUnknown) return items;
    const parts: string[] = [];
    for (const [i, item] of items.entries()) {
      if (item instanceof PyUnknown) return rt.spread(item);
      if (typeof item !== 'string') {
        throw raised('TypeError', `sequence item ${i}: expected str instance, ${typeOf(item).name} found`);
      }
      parts.push(item);
    }
    const length = parts.reduce((n, part) => n + part.length + self.length, 0);
    if (!rt.affords(2 * length)) return rt.unknown('budget', 'this text is too long to build', site);
    rt.allocate(2 * length);
    return parts.join(self);
  }),
  method<[string, PyValue, PyValue, PyValue?]>(
    'replace(self, old, new, count=, /)',
    (rt, site, [self, old, replacement, limit]) => {
      const [from, to] = [text(old, 'replace() argument 1'), text(replacement, 'replace() argument 2')];
      const n = count(rt, limit, -1, site);
      if (!rt.affords(2 * (self.length + (self.length + 1) * to.length)))
        return rt.unknown('budget', 'this text is too long to build', site);
      if (n < 0) return from === '' ? `${to}${[...self].map((c) => c + to).join('')}` : self.split(from).join(to);
      const parts = self.split(from);
      return parts.length <= n + 1
        ? parts.join(to)
        : parts.slice(0, n + 1).join(to) + from + parts.slice(n + 1).join(from);
    },
  ),
  method<[string, PyValue, PyValue?, PyValue?]>(
    'startswith(self, prefix, start=, end=, /)',
    (rt, site, [self, prefix, start, stop]) => {
      const { from, to } = window(rt, self, start, stop, site);
      return affixes(prefix, 'startswith').some((p) => self.slice(from, to).startsWith(p));
    },
  ),
  method<[string, PyValue, PyValue?, PyValue?]>(
    'endswith(self, suffix, start=, end=, /)',
    (rt, site, [self, suffix, start, stop]) => {
      const { from, to } = window(rt, self, start, stop, site);
      return affixes(suffix, 'endswith').some((p) => self.slice(from, to).endsWith(p));
    },
  ),
  method<[string, PyValue]>('removeprefix(self, prefix, /)', (_rt, _site, [self, p]) =>
    self.startsWith(text(p, 'prefix')) ? self.slice((p as string).length) : self,
  ),
  method<[string, PyValue]>('removesuffix(self, suffix, /)', (_rt, _site, [self, p]) =>
    p !== '' && self.endsWith(text(p, 'suffix')) ? self.slice(0, self.length - (p as string).length) : self,
  ),
  search('find', false, false),
  search('rfind', true, false),
  search('index', false, true),
  search('rindex', true, true),
  method<[string, PyValue, PyValue?, PyValue?]>(
    'count(self, sub, start=, end=, /)',
    (rt, site, [self, sub, start, stop]) => {
      const { from, to } = window(rt, self, start, stop, site);
      const wanted = text(sub, 'must');
      return wanted === '' ? to - from + 1 : self.slice(from, to).split(wanted).length - 1;
    },
  ),
  method<[string, PyValue]>('partition(self, sep, /)', (_rt, _site, [self, sep]) => {
    const s = text(sep, 'must');
    const i = self.indexOf(s);
    return new PyTuple(i < 0 ? [self, '', ''] : [self.slice(0, i), s, self.slice(i + s.length)]);
  }),
  method<[string, PyValue]>('rpartition(self, sep, /)', (_rt, _site, [self, sep]) => {
    const s = text(sep, 'must');
    const i = self.lastIndexOf(s);
    return new PyTuple(i < 0 ? ['', '', self] : [self.slice(0, i), s, self.slice(i + s.length)]);
  }),
  justify('ljust', (n) => [0, n]),
  justify('rjust', (n) => [n, 0]),
  method<[string, PyValue, PyValue?]>('center(self, width, fillchar=, /)', (rt, site, [self, width, fill]) => {
    const n = count(rt, width, 0, site);
    const missing = n - [...self].length;
    if (missing <= 0) return self;
    if (!rt.affords(2 * n)) return rt.unknown('budget', 'this text is too long to build', site);
    // CPython puts the odd one left where the width is odd.
    const left = (missing >> 1) + (missing & n & 1);
    const c = fillCharacter(fill);
    return c.repeat(left) + self + c.repeat(missing - left);
  }),
  method<[string, PyValue]>('zfill(self, width, /)', (rt, site, [self, width]) => {
    const missing = count(rt, width, 0, site) - self.length;
    if (missing <= 0) return self;
    if (!rt.affords(2 * missing)) return rt.unknown('budget', 'this text is too long to build', site);
    const sign = /^[-+]/.exec(self)?.[0] ?? '';
    return sign + '0'.repeat(missing) + self.slice(sign.length);
  }),
  method<[string, PyValue?]>('expandtabs(self, tabsize=)', (rt, site, [self, size]) => {
    const n = count(rt, size, 8, site);
    let column = 0;
    let out = '';
    for (const c of self) {
      if (c === '\t') {
        const spaces = n > 0 ? n - (column % n) : 0;
        out += ' '.repeat(spaces);
        column += spaces;
      } else {
        out += c;
        column = c === '\n' || c === '\r' ? 0 : column + 1;
      }
    }
    return out;
  }),
  method<[string, readonly PyValue[], ReadonlyMap<string, PyValue>]>(
    'format(self, *args, **kwargs)',
    (rt, site, [self, args, kwargs]) => format(rt, self, args, kwargs, site),
  ),
  method<[string, PyValue]>('format_map(self, mapping, /)', (rt, site, [self, mapping]) => {
    if (!(mapping instanceof PyDict))
      return rt.unknown('unsupported', '`format_map` of this mapping is not supported', site);
    return format(rt, self, [], new Map([...mapping.entries.values()].map((e) => [String(e.key), e.value])), site);
  }),
  test('isdigit', /^[\p{Nd}²³¹⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐❶-❾➀-➈➊-➒]+$/u),
  test('isdecimal', /^\p{Nd}+$/u),
  test('isnumeric', /^\p{N}+$/u),
  test('isalpha', /^\p{L}+$/u),
  test('isalnum', /^[\p{L}\p{N}]+$/u),
  test('isspace', new RegExp(`^${SPACE}+$`, 'u')),
  test('isidentifier', /^[\p{L}_][\p{L}\p{N}_]*$/u),
  test('isascii', /^[\x00-\x7f]*$/),
  test('isprintable', /^(?:[^\p{C}\p{Z}]| )*$/u),
  method<[string]>(
    'isupper(self, /)',
    (_rt, _site, [self]) => self === self.toUpperCase() && self !== self.toLowerCase(),
  ),
  method<[string]>(
    'islower(self, /)',
    (_rt, _site, [self]) => self === self.toLowerCase() && self !== self.toUpperCase(),
  ),
  method<[string]>('istitle(self, /)', (_rt, _site, [self]) => /\p{L}/u.test(self) && self === title(self)),
  new PyBuiltin('maketrans', (rt, [from, to, gone], _kwargs, site) => {
    const table = new PyDict();
    const code = (key: PyValue) => (typeof key === 'string' ? (key.codePointAt(0) as number) : key);
    if (to === undefined) {
      if (!(from instanceof PyDict) || from.unknown)
        return rt.unknown('unsupported', 'this table is not supported', site);
      for (const { key, value } of from.entries.values())
        table.entries.set(code(key) as number, { key: code(key), value });
      return table;
    }
    const [a, b] = [[...text(from, 'the first argument')], [...text(to, 'the second argument')]];
    if (a.length !== b.length) throw raised('ValueError', 'the first two maketrans arguments must have equal length');
    const set = (c: string, value: PyValue) => table.entries.set(code(c) as number, { key: code(c), value });
    a.forEach((c, i) => set(c, code(b[i] as string)));
    if (gone !== undefined) for (const c of text(gone, 'the third argument')) set(c, null);
    return table;
  }),
  method<[string, PyValue]>('translate(self, table, /)', (_rt, _site, [self, table]) => {
    if (!(table instanceof PyDict)) return self;
    return [...self]
      .map((c) => {
        const entry = table.entries.get(c.codePointAt(0) as number);
        if (!entry) return c;
        return entry.value === null
          ? ''
          : typeof entry.value === 'number'
            ? String.fromCodePoint(entry.value)
            : (entry.value as string);
      })
      .join('');
  }),
  method<[string, PyValue?, PyValue?]>('encode(self, encoding=, errors=)', (rt, site, [self, encoding]) => {
    if (encoding !== undefined && !/^(utf-?8|ascii)$/i.test(String(encoding))) {
      return rt.unknown('unsupported', 'this encoding is not supported', site);
    }
    return new PyBytes(Array.from(new TextEncoder().encode(self), (byte) => String.fromCharCode(byte)).join(''));
  }),
];

export const bytesMethods: readonly PyBuiltin[] = [
  method<[PyBytes, PyValue?, PyValue?]>('decode(self, encoding=, errors=)', (rt, site, [self, encoding]) => {
    if (encoding !== undefined && !/^(utf-?8|ascii)$/i.test(String(encoding))) {
      return rt.unknown('unsupported', 'this encoding is not supported', site);
    }
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(
        Uint8Array.from([...self.text].map((c) => c.charCodeAt(0))),
      );
    } catch {
      throw raised('UnicodeDecodeError', 'invalid start byte');
    }
  }),
];
