/** Remarks on steps: conventions that were used, kinks, values that are no numbers, what was suppressed. */
import { isScalarOp } from '../symbolic/rules';
import { DIALECT_NAMES, MULTIPLIES_BY_ZERO, ON_KINKS } from './dialects';
import { CONTRIBUTIONS } from './generated/loops';
import { partialX, partialY } from './generated/sweeps';
import { standsOnKink } from './kinks';
import type { Sweep } from './sweeps';
import { arity, OP_CONSTANT, OP_SCALAR, OP_TENSOR, type Ref, type Tape } from './tape';
import { tensorRuleOf } from './tensorRules';
import type { StepNote, Trace } from './trace';
import type { Dialect } from '../model';

/** Notes that the recorded values alone call for. */
export function conventionNotes(tape: Tape, dialect: Dialect): StepNote[] {
  const notes: StepNote[] = [];
  for (let row = 0; row < tape.length; row++) {
    if (tape.code(row) < OP_SCALAR) continue;
    if (standsOnKink(tape, row)) {
      notes.push({ row, code: 'convention', text: conventionText(tape, row) });
      const other = ON_KINKS[dialect]?.[tape.opName(row)];
      if (other) notes.push({ row, code: 'dialect', text: `${DIALECT_NAMES[dialect]} takes ${other} here` });
    }
    const trouble = valueNote(tape, row);
    if (trouble) notes.push(trouble);
    else notes.push(...partialNotes(tape, row));
    const zero = zeroFactorNote(tape, row);
    if (zero) notes.push(zero);
    const own = tape.code(row) >= OP_TENSOR ? tensorRuleOf(tape.opName(row)).note : undefined;
    if (own !== undefined) notes.push({ row, code: 'convention', text: own });
  }
  return notes;
}

const ORDINALS = ['first', 'second'];

/** Partials of a scalar or lifted step that do not exist or are infinite although its value and operands are numbers. */
function partialNotes(tape: Tape, row: Ref): StepNote[] {
  if (tape.code(row) >= OP_TENSOR || (!tape.isArray(row) && standsOnKink(tape, row))) return [];
  const operands = tape.operands(row);
  if (!operands.every((p) => tape.ndarray(p).elements().every(Number.isFinite))) return [];
  return operands.flatMap((p, slot): StepNote[] => {
    if (tape.code(p) === OP_CONSTANT) return [];
    const partials = localPartials(tape, row, slot);
    if (!partials || partials.every(Number.isFinite)) return [];
    const whole = operands.length === 1 ? 'the derivative' : `the derivative by the ${ORDINALS[slot]} operand`;
    const where = tape.isArray(row) ? ' for some elements' : '';
    return partials.some(Number.isNaN)
      ? [{ row, code: 'not-a-number', text: `${whole} does not exist here${where}: it is not a number` }]
      : [{ row, code: 'overflow', text: `${whole} is infinite${where}` }];
  });
}

/** Local partials of a scalar or lifted step by one operand, one an element; undefined where operands broadcast. */
function localPartials(tape: Tape, row: Ref, slot: number): Float64Array | undefined {
  const code = tape.code(row);
  const values = Float64Array.from(tape.ndarray(row).elements());
  const [x, y] = [tape.first(row), tape.second(row)].map((p) => Float64Array.from(tape.ndarray(p).elements())) as [
    Float64Array,
    Float64Array,
  ];
  const fits = (c: Float64Array) => c.length === values.length || c.length === 1;
  if (!fits(x) || !fits(y)) return undefined;
  const step = (c: Float64Array) => (c.length === values.length ? 1 : 0);
  const partials = new Float64Array(values.length);
  const ones = new Float64Array(values.length).fill(1);
  CONTRIBUTIONS[code - OP_SCALAR]?.[slot]?.(values.length, ones, x, step(x), y, step(y), values, partials);
  return partials;
}

/** A product one of whose factors is 0: its derivative is no quotient. */
function zeroFactorNote(tape: Tape, row: Ref): StepNote | undefined {
  const op = tape.opName(row);
  if (op !== 'prod' && op !== 'cumprod') return undefined;
  const zero = tape
    .ndarray(tape.operands(row)[0] as Ref)
    .elements()
    .some((x) => x === 0);
  const text = 'a factor is 0: the derivative by each is the product of the others, not a quotient';
  return zero ? { row, code: 'convention', text } : undefined;
}

/** How the derivative is taken on a kink: read off the rule's own partials. */
function conventionText(tape: Tape, row: Ref): string {
  const op = tape.opName(row);
  if (tape.code(row) >= OP_TENSOR) {
    const { attributes } = tape.call(row);
    if (!TIES.has(op)) return tensorRuleOf(op).kinkText ?? 'not differentiable here: the derivative is taken as 0';
    return attributes.ties === 'first'
      ? 'a tie: all goes to the first element'
      : 'a tie: the derivative is split evenly';
  }
  if (tape.isArray(row)) return 'some elements are not differentiable here: the derivative follows the convention';
  const [p, q] = [tape.first(row), tape.second(row)];
  const [x, y, v] = [tape.value[p] as number, tape.value[q] as number, tape.value[row] as number];
  const code = tape.code(row);
  const first = partialX(code, x, y, v);
  if (arity(code) === 1) return `not differentiable here: the derivative is taken as ${written(first)}`;
  const second = partialY(code, x, y, v);
  return `not differentiable here: the derivatives are taken as ${written(first)} and ${written(second)}`;
}

/** Reductions whose kinks are ties. */
const TIES: ReadonlySet<string> = new Set(['max', 'min', 'max_pool']);

const written = (x: number) => (Number.isNaN(x) ? 'NaN' : String(x).replace('Infinity', '∞').replace('-', '−'));

/** A value that is infinite or no number, where the operands were finite. */
function valueNote(tape: Tape, row: Ref): StepNote | undefined {
  const values = tape.ndarray(row).elements();
  if (values.every(Number.isFinite)) return undefined;
  const clean = tape.operands(row).every((p) => tape.ndarray(p).elements().every(Number.isFinite));
  if (!clean) return undefined;
  const some = tape.isArray(row) ? 'some elements are' : 'the value is';
  return values.some(Number.isNaN)
    ? { row, code: 'not-a-number', text: `${some} not a number` }
    : { row, code: 'overflow', text: `${some} infinite` };
}

/** Steps whose infinite partial met an adjoint or a tangent that is exactly 0: the product is taken as 0. */
export function suppressedNotes(trace: Trace, reverse: Sweep, forward?: Sweep): StepNote[] {
  const { tape, dialect, output } = trace;
  const notes: StepNote[] = [];
  for (let row = 0; row <= output; row++) {
    const back = suppresses(tape, row, () => valuesAt(tape, reverse, row));
    if (!back && !(forward && suppresses(tape, row, (p) => valuesAt(tape, forward, p)))) continue;
    const what = back ? 'nothing flows back' : 'no change comes';
    notes.push({ row, code: 'suppressed', text: `0 · ∞ is taken as 0: ${what} through this step` });
    if (MULTIPLIES_BY_ZERO.has(dialect)) {
      notes.push({
        row,
        code: 'dialect',
        text: `${DIALECT_NAMES[dialect]} gives NaN here: 0 · ∞ from the branch not taken`,
      });
    }
  }
  return notes;
}

/** What a sweep has at a row, by element; undefined for zeros. */
function valuesAt(tape: Tape, sweep: Sweep, row: Ref): ArrayLike<number> | undefined {
  return tape.isArray(row) ? sweep.arrays.get(row)?.elements() : [sweep.scalars[row] as number];
}

/** Whether a partial that is not finite meets a 0. `incoming` is what is multiplied by the partial of an operand. */
function suppresses(tape: Tape, row: Ref, incoming: (operand: Ref) => ArrayLike<number> | undefined): boolean {
  const code = tape.code(row);
  if (code < OP_SCALAR || code >= OP_TENSOR || !isScalarOp(tape.opName(row))) return false;
  return tape.operands(row).some((p, slot) => {
    if (tape.code(p) === OP_CONSTANT) return false;
    const values = incoming(p);
    if (values && Array.prototype.every.call(values, (g) => g !== 0)) return false;
    const partials = localPartials(tape, row, slot);
    // A number beside an array goes to all of its elements.
    const at = (i: number) => (values?.length === 1 ? values[0] : values?.[i]) ?? 0;
    return partials?.some((partial, i) => !Number.isFinite(partial) && at(i) === 0) ?? false;
  });
}
