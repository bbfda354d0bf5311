/** A value in the graph in one line. */
import { formatNumber, formatShape } from '../../format/number';
import { NOT_CONNECTED } from '../../format/words';
import type { ValueView } from '../../protocol';

/** A number, or shape and largest magnitude of an array. */
export function valueText(value: ValueView | null): string {
  if (value === null) return NOT_CONNECTED.mark;
  if (typeof value !== 'object') return formatNumber(Number(value));
  return `${formatShape(value.shape)} · ${formatNumber(Number(value.maxAbs), { digits: 2 })}`;
}
