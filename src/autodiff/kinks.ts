/** Where a trace stands on a kink: steps that are not differentiable at their operands, or only by convention. */
import { evaluateCoefficient } from './algebra';
import { isKink } from './generated/sweeps';
import { environment, linearize, shapeOfRow } from './linearization';
import { OP_SCALAR, OP_TENSOR, type Ref, type Tape } from './tape';
import { ARRAYS, tensorRuleOf } from './tensorRules';
import { broadcastTo } from '../tensor';

/** Whether a row, or any element of it, stands on a kink. */
export function standsOnKink(tape: Tape, row: Ref): boolean {
  const code = tape.code(row);
  if (code < OP_SCALAR) return false;
  if (code >= OP_TENSOR) {
    const { op, attributes } = tape.call(row);
    const { kink } = tensorRuleOf(op);
    if (!kink) return false;
    const linear = linearize(tape, row);
    const context = { operands: linear.shapes, result: shapeOfRow(tape, row), attributes };
    const condition = evaluateCoefficient(
      ARRAYS,
      kink(context),
      environment(ARRAYS, row, linear, (r) => tape.ndarray(r)),
    );
    return condition.elements().some((x) => x !== 0);
  }
  const [p, q] = [tape.first(row), tape.second(row)];
  if (!tape.isArray(row)) {
    return isKink(code, tape.value[p] as number, tape.value[q] as number, tape.value[row] as number);
  }
  const shape = shapeOfRow(tape, row);
  const [x, y, v] = [p, q, row].map((r) => broadcastTo(tape.ndarray(r), shape).elements());
  if (!x || !y || !v) return false;
  for (let i = 0; i < v.length; i++) {
    if (isKink(code, x[i] as number, y[i] as number, v[i] as number)) return true;
  }
  return false;
}

/** The first row up to `last` that stands on a kink, or −1. */
export function firstKink(tape: Tape, last: Ref): Ref {
  for (let row = 0; row <= last; row++) if (standsOnKink(tape, row)) return row;
  return -1;
}
