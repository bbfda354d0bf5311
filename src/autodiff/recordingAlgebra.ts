import type { Site } from '../model';
import type { NdArray } from '../tensor';
import type { Algebra } from './algebra';
import { shapeOfRow } from './linearization';
import type { Recorder } from './recorder';
import { OP_CONSTANT, type Ref } from './tape';
import { ARRAYS } from './tensorRules';

/** Rows of a trace as an algebra: everything that is computed becomes a step that can be differentiated in turn. */
export function recordingAlgebra(recorder: Recorder, site: Site): Algebra<Ref> {
  const { tape } = recorder;
  const shape = (row: Ref) => shapeOfRow(tape, row);
  const isConstant = (row: Ref, value: number) =>
    tape.code(row) === OP_CONSTANT && !tape.isArray(row) && Object.is(tape.value[row], value);
  /** Data: what the value of an array operation is now, as a constant. */
  const constant = (value: NdArray): Ref => recorder.constant(value.ndim === 0 ? value.item() : value, site);

  const algebra: Algebra<Ref> = {
    shape,
    number: (x) => recorder.constant(x),
    data: (x) => recorder.constant(x, site),
    elementwise(op, x, y) {
      if (op === 'add' && y !== undefined && isConstant(x, 0) && !tape.isArray(x)) return y;
      if (op === 'add' && y !== undefined && isConstant(y, 0) && !tape.isArray(y)) return x;
      if (op === 'mul' && y !== undefined && isConstant(x, 1)) return y;
      if (op === 'mul' && y !== undefined && isConstant(y, 1)) return x;
      return recorder.elementwise(op, site, x, y, 'float64');
    },
    predicate: (op, x, y) =>
      constant(ARRAYS.predicate(op, recorder.array(x), y === undefined ? undefined : recorder.array(y))),
    select(condition, yes, no) {
      const zero = () => recorder.constant(0);
      if (!tape.isArray(condition)) return (recorder.value(condition) !== 0 ? yes : no) ?? zero();
      return recorder.tensor('where', [yes ?? zero(), no ?? zero()], { condition: tape.array(condition) }, site);
    },
    scale(coefficient, direction) {
      if (isConstant(direction, 0) || isConstant(coefficient, 1)) return direction;
      if (isConstant(direction, 1) && shape(coefficient).length === 0) return coefficient;
      const product = () => algebra.elementwise('mul', direction, coefficient);
      const [c, d] = [recorder.array(coefficient), recorder.array(direction)];
      // 0 · ∞: the sweeps skip a direction that is 0, and so must what is recorded.
      const suppressed = ARRAYS.predicate('and', ARRAYS.predicate('eq', d, ARRAYS.number(0)), notFinite(c));
      if (!suppressed.elements().some((x) => x !== 0)) return product();
      const kept = ARRAYS.predicate('not', suppressed);
      return algebra.select(constant(kept), product(), undefined);
    },
    tensor: (op, operands, attributes) => recorder.tensor(op, operands, attributes, site),
  };
  return algebra;
}

/** 1 where an element is infinite or no number. */
function notFinite(x: NdArray): NdArray {
  const difference = ARRAYS.elementwise('sub', x, x);
  return ARRAYS.predicate('ne', difference, ARRAYS.number(0));
}
