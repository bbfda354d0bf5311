/** Calling a function of the document from outside: finding its object, binding its arguments. */
import { Frame } from '../frame';
import type { Runtime } from '../runtime';
import { PyFunction, type PyValue } from '../values/object';

/** A frame with the parameters of a function bound. */
export function boundFrame(rt: Runtime, fn: PyFunction, values: readonly (PyValue | undefined)[]): Frame {
  const { code } = fn;
  code.body();
  const slots = new Array<PyValue | undefined>(code.slotCount);
  values.forEach((v, i) => (slots[i] = v));
  const cells = Array.from({ length: code.ownCells }, () => ({ v: undefined as PyValue | undefined }));
  const frame = new Frame(rt, fn.module, slots, [...cells, ...fn.closure], fn);
  for (const [slot, cell] of code.parameterCells) (frame.cells[cell] as { v: PyValue | undefined }).v = slots[slot];
  return frame;
}

/** The function of a node: the value itself, or what a decorator wrapped around it. */
export function withNode(value: PyValue | undefined, node: object, depth = 0): PyFunction | undefined {
  if (!(value instanceof PyFunction)) return undefined;
  if (value.code.node === node) return value;
  if (depth >= 4) return undefined;
  for (const cell of value.closure) {
    const inner = withNode(cell.v, node, depth + 1);
    if (inner) return inner;
  }
  return undefined;
}
