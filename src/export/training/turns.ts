/** The turns of a training loop as rows, as every format prints them. */
import { fromJsonNumber, type JsonNumber, type TrackView, type TrainingView } from '../../protocol';
import { formatNumber } from '../../format';

/** More elements of an array are told by their norm. */
const MOST_COLUMNS = 3;

export interface TurnTable {
  readonly heads: readonly string[];
  /** By turn, with the values when it begins; the loss and what follows it are computed in the turn. */
  readonly rows: readonly (readonly (JsonNumber | undefined)[])[];
}

export function turnTable({ loss, accuracy, parameters, turns }: TrainingView): TurnTable {
  const series = [
    ...(loss ? [{ head: loss.name, of: loss.values }] : []),
    ...(accuracy ? [{ head: accuracy.name, of: accuracy.values }] : []),
    ...parameters.flatMap(columnsOf),
  ];
  return {
    heads: ['turn', ...series.map((s) => s.head)],
    rows: Array.from({ length: turns + 1 }, (_, turn) => [turn, ...series.map((s) => s.of[turn])]),
  };
}

export const shown = (x: JsonNumber | undefined) => (x === undefined ? '' : formatNumber(fromJsonNumber(x)));

/** An array of a few numbers by its elements, a larger one by its norm. */
function columnsOf({ name, shape, values, elements }: TrackView): { head: string; of: readonly JsonNumber[] }[] {
  const n = elements?.[0]?.length ?? 0;
  if (shape.length === 0) return [{ head: name, of: values }];
  if (!elements || n > MOST_COLUMNS || shape.length > 1) return [{ head: `|${name}|`, of: values }];
  return Array.from({ length: n }, (_, i) => ({
    head: `${name}[${i}]`,
    of: elements.map((row) => row[i] as JsonNumber),
  }));
}
