/** What literals of Python's source text mean. */
import type { ConstantValue } from './ast';

/** An integer in Python's two representations here: a number where it is safe, else a bigint. */
export function integer(value: bigint): number | bigint {
  const n = Number(value);
  return Number.isSafeInteger(n) ? n : value;
}

export function parseNumber(source: string): ConstantValue {
  const text = source.replace(/_/g, '');
  if (/[jJ]$/.test(text)) return { type: 'complex', value: Number(text.slice(0, -1)) };
  if (/^0[xXoObB]/.test(text)) return { type: 'int', value: integer(BigInt(text.toLowerCase())) };
  if (/^\d+$/.test(text)) return { type: 'int', value: integer(BigInt(text)) };
  return { type: 'float', value: Number(text) };
}

export function parseString(source: string): ConstantValue {
  const opening = /^([a-zA-Z]*)('''|"""|'|")/.exec(source) as RegExpExecArray;
  const prefix = (opening[1] as string).toLowerCase();
  const quote = opening[2] as string;
  const body = source.slice(opening[0].length, source.length - quote.length).replace(/\r\n?/g, '\n');
  const bytes = prefix.includes('b');
  const value = prefix.includes('r') ? body : unescapeString(body, bytes);
  return { type: bytes ? 'bytes' : 'str', value };
}

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Replaces escape sequences. Unknown ones stay as they are; named characters (`\N{…}`) stay too. */
export function unescapeString(body: string, bytes = false): string {
  if (!body.includes('\\')) return body;
  return body.replace(
    /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]))/g,
    (whole, octal: string, hex: string, short: string, long: string, simple: string) => {
      if (octal) return String.fromCodePoint(parseInt(octal, 8));
      if (hex) return String.fromCharCode(parseInt(hex, 16));
      const wide = short || long;
      if (wide) return bytes ? whole : String.fromCodePoint(Math.min(parseInt(wide, 16), 0x10ffff));
      return SIMPLE[simple] ?? whole;
    },
  );
}
