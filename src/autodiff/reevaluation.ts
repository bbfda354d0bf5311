/** Evaluates a trace again at other inputs: differences, plots, sliders of traces that hold arrays. */
import type { ScalarOp } from '../symbolic/rules';
import { type Binary, copy, map, type NdArray, toFloat64, type Unary, zip } from '../tensor';
import { valueFunction } from './arrayAlgebra';
import { applyScalar } from './generated/sweeps';
import { outcomeOf } from './replay';
import type { Tape } from './tape';
import { ARRAY, arity, FLOAT32, OP_INPUT, OP_SCALAR, OP_TENSOR, type Ref } from './tape';
import { applyTensor } from './tensorRules';
import type { Guard, Value } from './trace';

export interface ReevaluationOptions {
  /** Everything in float64, whatever the program declares: differences need the digits. */
  readonly precise?: boolean;
  /** A byte a row: those with 0 keep the value that they have on the tape, see {@link changingRows}. */
  readonly rows?: Uint8Array;
}

/**
 * The rows that another value of an input changes, as far as somebody looks at what comes of them: a byte a row.
 * @param wanted rows that are looked at
 */
export function changingRows(tape: Tape, input: Ref, wanted: readonly Ref[]): Uint8Array {
  const changes = new Uint8Array(tape.length);
  changes[input] = 1;
  for (let row = input + 1; row < tape.length; row++) {
    if (tape.operands(row).some((p) => changes[p] === 1)) changes[row] = 1;
  }
  const isWanted = new Uint8Array(tape.length);
  for (const row of wanted) isWanted[row] = 1;
  for (let row = tape.length - 1; row >= 0; row--) {
    if (isWanted[row] === 1 && changes[row] === 1) for (const p of tape.operands(row)) isWanted[p] = 1;
  }
  return changes.map((change, row) => change & (isWanted[row] as number));
}

/**
 * A tape with the same rows and other values. Writes are made on copies, so every row keeps its content.
 * @param inputs new values of input rows; the others stay
 */
export function reevaluate(
  tape: Tape,
  inputs: ReadonlyMap<Ref, Value>,
  { precise = false, rows }: ReevaluationOptions = {},
): Tape {
  const next = tape.cloneRows(tape.length);
  const put = (row: Ref, value: Value) => {
    if (next.isArray(row)) next.value[row] = next.keep(value as NdArray);
    else next.value[row] = typeof value === 'number' ? value : value.item();
  };
  for (let row = 0; row < tape.length; row++) {
    const flags = tape.flags(row);
    const code = tape.code(row);
    if (precise) next.setFlags(row, flags & ~FLOAT32);
    if (rows && rows[row] === 0) {
      if (flags & ARRAY) next.value[row] = next.keep(tape.arrays[tape.value[row] as number] as NdArray);
      continue;
    }
    if (code < OP_SCALAR) {
      const given = code === OP_INPUT ? inputs.get(row) : undefined;
      const value = given ?? (tape.isArray(row) ? tape.array(row) : (tape.value[row] as number));
      put(row, typeof value === 'number' || !precise ? value : toFloat64(value));
    } else if (code >= OP_TENSOR) {
      const call = tape.call(row);
      // A cast to floats is nothing, where everything is float64.
      const attributes = precise && call.op === 'cast' ? { ...call.attributes, dtype: 'float64' } : call.attributes;
      const value = applyTensor(
        call.op,
        call.operands.map((p) => next.ndarray(p)),
        attributes,
      );
      put(row, flags & FLOAT32 && !precise && !next.isArray(row) ? Math.fround(value.item()) : value);
    } else if (flags & ARRAY) {
      const f = valueFunction(tape.opName(row) as ScalarOp);
      const [x, y] = [next.ndarray(tape.first(row)), next.ndarray(tape.second(row))];
      const dtype = precise ? 'float64' : (tape.arrays[tape.value[row] as number] as NdArray).dtype;
      put(row, arity(code) === 1 ? map(f as Unary, x, dtype) : zip(f as Binary, x, y, dtype));
    } else {
      const v = applyScalar(code, next.value[tape.first(row)] as number, next.value[tape.second(row)] as number);
      next.value[row] = flags & FLOAT32 && !precise ? Math.fround(v) : v;
    }
  }
  return next;
}

/** The first guard that has another outcome on this tape than it had when it was recorded, or −1. */
export function violatedGuard(tape: Tape, guards: readonly Guard[]): number {
  return guards.findIndex((guard) => guardOutcome(tape, guard) !== guard.outcome);
}

/**
 * What the test of a guard yields on a tape. Of arrays: a checksum of the outcomes of all elements, so that two
 * outcomes are equal where all elements' are.
 */
export function guardOutcome(tape: Tape, { test, x, y }: Pick<Guard, 'test' | 'x' | 'y'>): number {
  const isArray = tape.isArray(x) || (y !== undefined && tape.isArray(y));
  if (!isArray) return outcomeOf(test, tape.value[x] as number, y === undefined ? 0 : (tape.value[y] as number));
  const outcomes =
    y === undefined
      ? map((a) => outcomeOf(test, a, 0), tape.ndarray(x), 'float64')
      : zip((a, b) => outcomeOf(test, a, b), tape.ndarray(x), tape.ndarray(y), 'float64');
  return checksum(outcomes);
}

/** FNV-1a over the elements' bits and the shape. */
function checksum(array: NdArray): number {
  let hash = 0x811c9dc5;
  const mix = (values: Float64Array) => {
    for (const word of new Uint32Array(values.buffer, values.byteOffset, values.length * 2)) {
      hash = Math.imul(hash ^ word, 0x01000193);
    }
  };
  mix(Float64Array.from(array.shape));
  mix(copy(array).values() as Float64Array);
  return hash >>> 0;
}
