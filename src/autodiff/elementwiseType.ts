import type { ScalarOp } from '../symbolic/rules';
import { type DType, isFloat, type NdArray, resultType } from '../tensor';

/** Primitives that leave integers integers. */
const CLOSED: ReadonlySet<ScalarOp> = new Set<ScalarOp>([
  'add',
  'sub',
  'mul',
  'neg',
  'square',
  'abs',
  'sign',
  'floor',
  'ceil',
  'round',
  'maximum',
  'minimum',
  'max_const',
  'min_const',
  'clip_low',
  'clip_high',
  'relu',
]);

/** Element type of a lifted primitive, where the program does not say another: promotion, and float64 for what leaves the integers. */
export function elementwiseType(op: ScalarOp, ...operands: readonly NdArray[]): DType {
  const common = resultType(...operands.map((x) => x.promotion));
  return isFloat(common) || CLOSED.has(op) ? common : 'float64';
}
