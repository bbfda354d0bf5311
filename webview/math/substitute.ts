/**
 * Step formulas with numbers in place of names, for values that the page has replayed itself: then the
 * numbers that came with the trace no longer hold.
 */
import { formatNumber } from '../../src/format/number';
import type { Family } from '../state/values';

const NAME = /(?:\\(dot|bar)\s*\{?v\}?|(?<![A-Za-z\\])v)_(?:\{(\d+)\}|(\d))/g;
const FAMILY = { dot: 'tangent', bar: 'adjoint' } as const;

/** A number as TeX. */
export function texNumber(x: number): string {
  if (Number.isNaN(x)) return '\\mathrm{NaN}';
  if (!Number.isFinite(x)) return x > 0 ? '\\infty' : '-\\infty';
  const [mantissa = '', exponent] = formatNumber(x, { plain: true }).split('e');
  return exponent === undefined ? mantissa : `${mantissa} \\cdot 10^{${exponent}}`;
}

/**
 * @param lookup number of the step with an index; `undefined` where it is not known
 * @returns `undefined` where a name has no number, or one is left over: then there is nothing right to show
 */
export function withNumbers(
  tex: string,
  lookup: (index: number, family: Family) => number | undefined,
): string | undefined {
  let missing = false;
  let end = -1;
  const text = tex.replace(
    NAME,
    (name: string, accent: 'dot' | 'bar' | undefined, braced?: string, bare?: string, ...rest) => {
      const at = rest[0] as number;
      const x = lookup(Number(braced ?? bare), accent ? FAMILY[accent] : 'primal');
      if (x === undefined) missing = true;
      const before = tex.slice(0, at).trimEnd();
      const after = tex.slice(at + name.length).trimStart();
      // Juxtaposed names are factors; juxtaposed numbers would read as one.
      const factor = before.length > 0 && (before.length === end || /[\d)}\]]$/.test(before));
      end = at + name.length;
      const body = texNumber(x ?? NaN);
      const opens = before === '' || /[{(=]$/.test(before);
      const bracketed = after.startsWith('^') ? /[^\d.]/.test(body) : body.startsWith('-') && !opens;
      return `${factor ? ' \\cdot ' : ' '}${bracketed ? `(${body})` : body}`;
    },
  );
  if (missing || /(?<![A-Za-z\\])v(?![A-Za-z])/.test(text)) return undefined;
  return text.replace(/ {2,}/g, ' ').trim();
}
