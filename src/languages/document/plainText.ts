/** Names and expressions of a document as plain text, for messages that can not be typeset. */
import { type Expr, simplify, toText } from '../../symbolic';
import { formatNumber } from '../../format';
import { nameToText } from '../latex/names';
import { inGeneral } from './style';

/** An expression, simplified. */
export function expressionToText(expr: Expr): string {
  return toText(simplify(inGeneral(expr)), { symbol: nameToText });
}

/** Names with values: x = 0.35, y = 2. */
export function pointToText(point: ReadonlyMap<string, number>): string {
  return [...point].map(([name, value]) => `${nameToText(name)} = ${formatNumber(value)}`).join(', ');
}
