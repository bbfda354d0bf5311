/** Reductions that are tensor primitives, with NumPy's options: `axis`, `dtype`, `out`, `keepdims`, `initial`, `where`. */
import type { Site } from '../../../model';
import { accumulationType, type DType, isFloat, type NdArray, quotientType } from '../../../tensor';
import * as tensors from '../../../tensor';
import type { Runtime } from '../runtime';
import { PyUnknown, type PyValue } from '../values/object';
import { type Operand, operand, type PyArray, wrap } from './array';
import { binaryArrays, lifted } from './arithmetic';
import { castTo } from './cast';
import { numeric } from './errors';
import { look } from './guards';
import { knownOperands, tensor } from './tensors';
import { store } from './write';

/** `all` and `any` give data, the others are primitives. */
export type ReductionOp = 'sum' | 'prod' | 'max' | 'min' | 'mean' | 'var' | 'std' | 'all' | 'any';

export interface ReductionOptions {
  readonly axis?: number | readonly number[] | undefined;
  readonly keepdims?: boolean | undefined;
  readonly dtype?: DType | undefined;
  readonly out?: PyArray | undefined;
  readonly ddof?: number | undefined;
  readonly initial?: Operand | undefined;
  readonly where?: NdArray | undefined;
}

/** What an element that `where=` leaves out counts as. */
const NEUTRAL: Partial<Record<ReductionOp, number>> = { sum: 0, prod: 1, any: 0, all: 1 };

const COMBINE = { sum: '+', prod: '*', max: 'maximum', min: 'minimum' } as const;

export function reduction(rt: Runtime, site: Site, op: ReductionOp, x: Operand, options: ReductionOptions): PyValue {
  const result = numeric(rt, site, () => reduced(rt, site, op, x, options));
  const { out } = options;
  if (out === undefined) return result;
  return store(rt, out, result, op, site);
}

function reduced(rt: Runtime, site: Site, op: ReductionOp, given: Operand, options: ReductionOptions): PyValue {
  const { axis, keepdims, dtype, ddof, where } = options;
  let { initial } = options;
  let x = given;
  if ((op === 'mean' || op === 'var' || op === 'std') && dtype !== undefined && !isFloat(dtype))
    return rt.unknown('unsupported', `\`${op}\` in an integer type is not supported`, site);
  // An initial value counts in the type of the elements.
  const counting = op === 'sum' || op === 'prod' ? accumulationType(x.nd.dtype) : x.nd.dtype;
  if (initial !== undefined && !isFloat(dtype ?? x.nd.dtype)) {
    const cast = operand(rt, castTo(rt, initial, dtype ?? counting, site), site);
    if (cast instanceof PyUnknown) return cast;
    initial = cast;
  }
  if (where !== undefined) {
    const left = leftOut(rt, site, op, x, where, initial);
    if (left instanceof PyUnknown) return left;
    x = left;
  }
  if (dtype !== undefined && dtype !== x.nd.dtype && op !== 'all' && op !== 'any') {
    const cast = operand(rt, castTo(rt, x, dtype, site), site);
    if (cast instanceof PyUnknown) return cast;
    x = cast;
  }
  const over = {
    ...(axis === undefined ? {} : { axis }),
    ...(keepdims === true ? { keepdims: true } : {}),
  };
  if (op === 'all' || op === 'any') {
    look(rt, 'truth', x, undefined, site);
    rt.tick(1 + (x.nd.size >> 3));
    return wrap(rt, tensors[op](x.nd, over));
  }
  if (initial !== undefined && x.nd.size === 0 && (op === 'max' || op === 'min'))
    return rt.unknown('unsupported', `\`initial=\` of \`${op}\` of nothing is not supported`, site);
  const type = typeOfReduction(op, x.nd.dtype, dtype);
  const value = tensor(rt, op, [x], ddof === undefined ? over : { ...over, ddof }, site, type);
  if (value instanceof PyUnknown) return value;
  // Sums of small integers are taken in 64 bits, unless the caller asks for less.
  const narrowed =
    dtype !== undefined && !isFloat(dtype) && type !== dtype
      ? numeric(rt, site, () => {
          const wide = operand(rt, value, site);
          return wide instanceof PyUnknown ? wide : castTo(rt, wide, dtype, site);
        })
      : value;
  if (initial === undefined || where !== undefined) return narrowed;
  const operands = knownOperands([operand(rt, narrowed, site), initial]);
  if (operands instanceof PyUnknown) return operands;
  return combined(rt, site, op, operands[0] as Operand, operands[1] as Operand);
}

function combined(rt: Runtime, site: Site, op: ReductionOp, a: Operand, b: Operand): PyValue {
  const how = COMBINE[op as keyof typeof COMBINE] as (typeof COMBINE)[keyof typeof COMBINE] | undefined;
  if (how === undefined) return rt.unknown('unsupported', `\`initial=\` of \`${op}\` is not supported`, site);
  return how === '+' || how === '*' ? (binaryArrays(rt, how, a, b, site) as PyValue) : lifted(rt, how, site, a, b);
}

/** The operand with the neutral element at what `where=` leaves out. */
function leftOut(
  rt: Runtime,
  site: Site,
  op: ReductionOp,
  x: Operand,
  where: NdArray,
  initial: Operand | undefined,
): Operand | PyUnknown {
  const neutral = NEUTRAL[op];
  if (neutral !== undefined && initial === undefined) {
    const other: Operand = { nd: tensors.scalar(neutral, x.nd.dtype), row: undefined };
    return operand(rt, tensor(rt, 'where', [x, other], { condition: where }, site, x.nd.dtype), site);
  }
  if ((op === 'max' || op === 'min') && initial !== undefined) {
    return operand(rt, tensor(rt, 'where', [x, initial], { condition: where }, site, x.nd.dtype), site);
  }
  return rt.unknown('unsupported', `\`where=\` of \`${op}\` is not supported like this`, site);
}

function typeOfReduction(op: ReductionOp, of: DType, wanted: DType | undefined): DType {
  if (op === 'max' || op === 'min') return of;
  if (op === 'sum' || op === 'prod') return accumulationType(of);
  return wanted !== undefined && isFloat(wanted) ? wanted : quotientType(of);
}
