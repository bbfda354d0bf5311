/** Values as other programs read them. A number is written in full, or as the reader sees it; an array by its shape. */
import { formatNumber, formatShape } from '../format/number';
import type { JsonNumber, JsonTensor, TensorView } from '../protocol';

/** A number, nested lists of numbers, or what is known of a large array. `null`: not connected, or not asked for. */
export type ExportValue = JsonTensor | TensorView | null;

export function isSummary(value: ExportValue | undefined): value is TensorView {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of a nested list, assumed to be regular. */
export function shapeOf(value: JsonTensor): number[] {
  const shape: number[] = [];
  for (let level = value; Array.isArray(level); level = level[0] as JsonTensor) shape.push(level.length);
  return shape;
}

/** Four digits in plain ASCII; `5×3` for an array; nothing for an absence. */
export function shortText(value: ExportValue): string {
  if (value === null) return '';
  if (isSummary(value)) return formatShape(value.shape);
  if (Array.isArray(value)) return formatShape(shapeOf(value as JsonTensor));
  return formatNumber(Number(value as JsonNumber), { plain: true });
}

/** The same as TeX. */
export function shortTex(value: ExportValue): string {
  if (value === null) return '';
  if (typeof value === 'object') return shortText(value).replace(/×/g, ' \\times ');
  return numberTex(Number(value));
}

export function numberTex(x: number): string {
  if (Number.isNaN(x)) return '\\mathrm{NaN}';
  if (!Number.isFinite(x)) return x > 0 ? '\\infty' : '-\\infty';
  const [mantissa = '', exponent] = formatNumber(x, { plain: true }).split('e');
  return exponent === undefined ? mantissa : `${mantissa} \\cdot 10^{${exponent}}`;
}

/** Every digit; arrays as JSON. A large array of which only a summary is known is written as its shape. */
export function fullText(value: ExportValue): string {
  if (value === null) return '';
  if (isSummary(value)) return formatShape(value.shape);
  return Array.isArray(value) ? JSON.stringify(value) : String(value);
}
