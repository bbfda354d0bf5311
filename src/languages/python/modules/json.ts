/** `json`: reading; and writing of plain values without options that change the text. */
import { raised } from '../exceptions';
import { getItem, toArray } from '../iteration';
import { fn, library } from '../library';
import { integer } from '../literals';
import { callMethod } from '../calls';
import type { Runtime } from '../runtime';
import type { Site } from '../../../model';
import { PyDict, PyFloat, PyList, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { PyTextFile } from '../files/textFile';
import { readFrom } from '../values/provenance';
import { repr } from '../format/repr';

/** A JSON text as Python values: whole numbers stay whole. */
class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  document(): PyValue {
    const value = this.value();
    this.blank();
    if (this.at < this.text.length) this.fail('Extra data');
    return value;
  }

  private fail(what: string): never {
    const before = this.text.slice(0, this.at).split('\n');
    const column = (before[before.length - 1] as string).length + 1;
    throw raised('ValueError', `${what}: line ${before.length} column ${column} (char ${this.at})`);
  }

  private blank(): void {
    while (/[ \t\n\r]/.test(this.text[this.at] ?? '')) this.at++;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private value(): PyValue {
    this.blank();
    const c = this.text[this.at];
    if (c === '"') return this.string();
    if (c === '[') {
      const items: PyValue[] = [];
      this.sequence(']', () => items.push(this.value()));
      return new PyList(items);
    }
    if (c === '{') {
      const dict = new PyDict();
      this.sequence('}', () => {
        this.blank();
        if (this.text[this.at] !== '"') this.fail('Expecting property name enclosed in double quotes');
        const key = this.string();
        this.blank();
        if (this.text[this.at] !== ':') this.fail("Expecting ':' delimiter");
        this.at++;
        dict.set(key, this.value());
      });
      return dict;
    }
    const number = this.match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y);
    if (number !== undefined) return /[.eE]/.test(number) ? new PyFloat(Number(number)) : integer(BigInt(number));
    const word = this.match(/true|false|null|NaN|-?Infinity/y);
    switch (word) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'null':
        return null;
      case undefined:
        return this.fail('Expecting value');
      default:
        return new PyFloat(Number(word));
    }
  }

  private sequence(end: string, item: () => void): void {
    this.at++;
    this.blank();
    if (this.text[this.at] === end) {
      this.at++;
      return;
    }
    for (;;) {
      item();
      this.blank();
      const c = this.text[this.at];
      if (c !== ',' && c !== end) this.fail("Expecting ',' delimiter");
      this.at++;
      if (c === end) return;
    }
  }

  private string(): string {
    const text = this.match(/"(?:[^"\\]|\\.)*"/sy);
    if (text === undefined) this.fail('Unterminated string starting at');
    try {
      // Line breaks and tabs inside are let pass only by `strict=False`.
      return JSON.parse(text) as string;
    } catch {
      return this.fail('Invalid control character at');
    }
  }
}

function write(rt: Runtime, value: PyValue, site: Site): string | PyUnknown {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') {
    return JSON.stringify(value).replace(
      /[\u007f-\uffff]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  }
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof PyFloat) return repr(rt, value);
  if (value instanceof PyList || value instanceof PyTuple) {
    const items = toArray(rt, value, site);
    if (items instanceof PyUnknown) return items;
    const parts = items.map((item) => write(rt, item, site));
    return parts.find((p) => p instanceof PyUnknown) ?? `[${parts.join(', ')}]`;
  }
  if (value instanceof PyDict && !value.unknown) {
    const parts: string[] = [];
    for (const { key } of value.entries.values()) {
      const item = write(rt, getItem(rt, value, key, site), site);
      if (item instanceof PyUnknown) return item;
      if (typeof key !== 'string' && typeof key !== 'number') break;
      parts.push(`${JSON.stringify(String(key))}: ${item}`);
    }
    if (parts.length === value.entries.size) return `{${parts.join(', ')}}`;
  }
  return rt.unknown('unsupported', '`json.dumps` of this is not supported', site);
}

/** @throws PyRaise a ValueError that says where the text is no JSON */
export function parseJson(text: string): PyValue {
  return new Reader(text).document();
}

const read = (text: PyValue, rt: Runtime, site: Site): PyValue =>
  typeof text === 'string' ? parseJson(text) : rt.unknown('unsupported', '`json` of this is not supported', site);

export const json = library('json', {
  loads: fn<[PyValue]>('loads(s)', (rt, site, [text]) => read(text, rt, site)),
  load: fn<[PyValue]>('load(fp)', (rt, site, [file]) => {
    const value = read(callMethod(rt, file, 'read', [], undefined, site), rt, site);
    return file instanceof PyTextFile ? readFrom(file.name, value) : value;
  }),
  dumps: fn<[PyValue, ReadonlyMap<string, PyValue>]>('dumps(obj, **options)', (rt, site, [value, options]) =>
    options.size > 0
      ? rt.unknown('unsupported', 'options of `json.dumps` are not supported', site)
      : write(rt, value, site),
  ),
  dump: fn<[PyValue, PyValue, ReadonlyMap<string, PyValue>]>('dump(obj, fp, **options)', () => null),
});
