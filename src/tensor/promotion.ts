import { DTYPE_FACTS, DTYPES, isFloat, type DType, type Kind } from './dtype';
import { TensorError } from './error';

/** A Python number without a dtype of its own: it takes the dtype of what it meets (NumPy ≥ 2, NEP 50). */
export type WeakKind = 'weak int' | 'weak float';

const CODES = ['b1', 'i1', 'u1', 'i2', 'u2', 'i4', 'u4', 'i8', 'u8', 'f4', 'f8'] as const;

/** The promotion of every two element types, after NumPy's `promote_types`. Rows and columns in the order of CODES. */
const TABLE = `
  b1 i1 u1 i2 u2 i4 u4 i8 u8 f4 f8
  i1 i1 i2 i2 i4 i4 i8 i8 f8 f4 f8
  u1 i2 u1 i2 u2 i4 u4 i8 u8 f4 f8
  i2 i2 i2 i2 i4 i4 i8 i8 f8 f4 f8
  u2 i4 u2 i4 u2 i4 u4 i8 u8 f4 f8
  i4 i4 i4 i4 i4 i4 i8 i8 f8 f8 f8
  u4 i8 u4 i8 u4 i8 u4 i8 u8 f8 f8
  i8 i8 i8 i8 i8 i8 i8 i8 f8 f8 f8
  u8 f8 u8 f8 u8 f8 u8 f8 u8 f8 f8
  f4 f4 f4 f4 f4 f8 f8 f8 f8 f4 f8
  f8 f8 f8 f8 f8 f8 f8 f8 f8 f8 f8`;

const byCode = new Map(DTYPES.map((dtype) => [DTYPE_FACTS[dtype].code, dtype]));

const promotions = new Map<DType, ReadonlyMap<DType, DType>>(
  TABLE.trim()
    .split('\n')
    .map((row, i) => [
      byCode.get(CODES[i]!)!,
      new Map(
        row
          .trim()
          .split(' ')
          .map((code, j) => [byCode.get(CODES[j]!)!, byCode.get(code)!]),
      ),
    ]),
);

/** The smallest type that holds both, as NumPy's `promote_types`. */
export function promote(a: DType, b: DType): DType {
  return a === b ? a : promotions.get(a)!.get(b)!;
}

/** The default type of a weak scalar that meets no typed operand. */
const WEAK_DEFAULT: Readonly<Record<WeakKind, DType>> = {
  'weak int': 'int64',
  'weak float': 'float64',
};

/**
 * The result type of operands, as NumPy ≥ 2's `result_type`: typed operands promote among themselves; a weak scalar
 * then only lifts the kind (an int meets bool → int64; a float meets bool or an integer → float64).
 */
export function resultType(...operands: readonly (DType | WeakKind)[]): DType {
  let typed: DType | undefined;
  let weak: WeakKind | undefined;
  for (const operand of operands) {
    if (operand === 'weak int' || operand === 'weak float') weak = weak === 'weak float' ? weak : operand;
    else typed = typed === undefined ? operand : promote(typed, operand);
  }
  if (typed === undefined) return weak === undefined ? 'float64' : WEAK_DEFAULT[weak];
  if (weak === undefined || isFloat(typed)) return typed;
  return weak === 'weak float' || typed === 'bool' ? WEAK_DEFAULT[weak] : typed;
}

/**
 * The type in which a mathematical function (exp, sin, sqrt …) of this operand is computed. NumPy uses float16 for bool
 * and 8-bit integers; we have no float16 and decline.
 * @throws TensorError `unsupported`
 */
export function mathType(dtype: DType): DType {
  if (isFloat(dtype)) return dtype;
  const { itemSize } = DTYPE_FACTS[dtype];
  if (itemSize === 1) throw new TensorError('unsupported', 'dtype', `a function of ${dtype} is float16 in NumPy`);
  return itemSize === 2 ? 'float32' : 'float64';
}

/**
 * The type in which a function of several operands that has loops for floats alone (arctan2, hypot, logaddexp …) is
 * computed: the smallest that holds each of them.
 * @throws TensorError `unsupported` where that is float16
 */
export function jointMathType(...operands: readonly (DType | WeakKind)[]): DType {
  const typed = operands.filter((x): x is DType => x !== 'weak int' && x !== 'weak float');
  if (typed.length === 0 || (operands.includes('weak float') && !typed.some(isFloat))) return 'float64';
  const single = (x: DType) => x === 'float32' || (!isFloat(x) && DTYPE_FACTS[x].itemSize <= 2);
  if (!typed.every(single)) return 'float64';
  if (typed.every((x) => !isFloat(x) && DTYPE_FACTS[x].itemSize === 1)) return mathType(typed[0]!);
  return 'float32';
}

/** The type of a true quotient and of a mean: floats keep theirs, integers and bool give float64. */
export function quotientType(dtype: DType): DType {
  return isFloat(dtype) ? dtype : 'float64';
}

export type Casting = 'no' | 'safe' | 'same_kind' | 'unsafe';

const KIND_ORDER: Readonly<Record<Kind, number>> = { b: 0, u: 1, i: 2, f: 3 };

/** NumPy's `can_cast`. In-place operations need `same_kind`. */
export function canCast(from: DType, to: DType, casting: Casting = 'safe'): boolean {
  if (from === to || casting === 'unsafe') return true;
  if (casting === 'no') return false;
  // int64 → float64 counts as safe in NumPy although large integers lose digits; the table says the same.
  if (promote(from, to) === to) return true;
  return casting === 'same_kind' && KIND_ORDER[DTYPE_FACTS[from].kind] <= KIND_ORDER[DTYPE_FACTS[to].kind];
}
