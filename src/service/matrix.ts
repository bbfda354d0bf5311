/** Jacobian and Hessian over the elements of one input, as far as they can be read. */
import { hessian, jacobian } from '../autodiff/derivatives';
import { type MATRIX_KINDS, type MatrixView, toJsonNumber } from '../protocol';
import type { SweptTrace } from './stepView';

/** More entries than this are neither drawn nor sent. */
const MOST_ENTRIES = 65_536;
/** Second derivatives take a sweep a column over a tape of about five times the length. */
const MOST_SECOND = 128;

export function matrixView({ trace }: SweptTrace, row: number, kind: (typeof MATRIX_KINDS)[number]): MatrixView {
  const { tape, output } = trace;
  const none = (reason: string): MatrixView => ({ state: 'none', reason });
  if (!trace.inputs.some((input) => input.row === row)) return none('this is no input of the trace');
  const size = (at: number) => (tape.isArray(at) ? tape.array(at).size : 1);
  const columns = size(row);
  const rows = kind === 'jacobian' ? size(output) : columns;
  if (rows * columns > MOST_ENTRIES) return none(`a matrix of ${rows} × ${columns} is too large to be drawn`);
  try {
    if (kind === 'jacobian') {
      const { mode, sweeps, entries } = jacobian(trace, [row]);
      return { state: 'data', rows, columns, mode, sweeps, entries: Array.from(entries, toJsonNumber) };
    }
    if (columns > MOST_SECOND) return none(`second derivatives by ${columns} elements are too many`);
    const { entries } = hessian(trace, [row]);
    return {
      state: 'data',
      rows,
      columns,
      mode: 'forward',
      sweeps: columns,
      entries: Array.from(entries, toJsonNumber),
    };
  } catch (error) {
    return none(error instanceof Error ? error.message : String(error));
  }
}
