/**
 * Element types. `int64` and `uint64` are kept in a Float64Array: every integer up to 2⁵³ is exact, and a result beyond
 * that is a TensorError (`overflow`) instead of a wrong number. NumPy's wrap-around at 2⁶³ is therefore never reached.
 */
export type DType =
  'bool' | 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'float32' | 'float64';

export type TypedArray =
  Float64Array | Float32Array | Int32Array | Int16Array | Int8Array | Uint32Array | Uint16Array | Uint8Array;

/** NumPy's kind letters, in the order in which `same_kind` casting may go up. */
export type Kind = 'b' | 'u' | 'i' | 'f';

interface DTypeFacts {
  readonly kind: Kind;
  /** Bytes an element takes in NumPy (not always in our storage). */
  readonly itemSize: number;
  /** NumPy's letter code, as in `dtype.char`-style abbreviations `f8`. */
  readonly code: string;
  readonly create: (length: number) => TypedArray;
  /** Inclusive range of the values that the type can hold exactly here. */
  readonly min: number;
  readonly max: number;
}

const SAFE = Number.MAX_SAFE_INTEGER;

/** Everything that is known about an element type, stated once. */
export const DTYPE_FACTS: Readonly<Record<DType, DTypeFacts>> = {
  bool: { kind: 'b', itemSize: 1, code: 'b1', create: (n) => new Uint8Array(n), min: 0, max: 1 },
  int8: {
    kind: 'i',
    itemSize: 1,
    code: 'i1',
    create: (n) => new Int8Array(n),
    min: -128,
    max: 127,
  },
  uint8: { kind: 'u', itemSize: 1, code: 'u1', create: (n) => new Uint8Array(n), min: 0, max: 255 },
  int16: {
    kind: 'i',
    itemSize: 2,
    code: 'i2',
    create: (n) => new Int16Array(n),
    min: -32768,
    max: 32767,
  },
  uint16: {
    kind: 'u',
    itemSize: 2,
    code: 'u2',
    create: (n) => new Uint16Array(n),
    min: 0,
    max: 65535,
  },
  int32: {
    kind: 'i',
    itemSize: 4,
    code: 'i4',
    create: (n) => new Int32Array(n),
    min: -2147483648,
    max: 2147483647,
  },
  uint32: {
    kind: 'u',
    itemSize: 4,
    code: 'u4',
    create: (n) => new Uint32Array(n),
    min: 0,
    max: 4294967295,
  },
  int64: {
    kind: 'i',
    itemSize: 8,
    code: 'i8',
    create: (n) => new Float64Array(n),
    min: -SAFE,
    max: SAFE,
  },
  uint64: {
    kind: 'u',
    itemSize: 8,
    code: 'u8',
    create: (n) => new Float64Array(n),
    min: 0,
    max: SAFE,
  },
  float32: {
    kind: 'f',
    itemSize: 4,
    code: 'f4',
    create: (n) => new Float32Array(n),
    min: -3.4028234663852886e38,
    max: 3.4028234663852886e38,
  },
  float64: {
    kind: 'f',
    itemSize: 8,
    code: 'f8',
    create: (n) => new Float64Array(n),
    min: -Number.MAX_VALUE,
    max: Number.MAX_VALUE,
  },
};

export const DTYPES = Object.keys(DTYPE_FACTS) as readonly DType[];

export function kindOf(dtype: DType): Kind {
  return DTYPE_FACTS[dtype].kind;
}

export function isFloat(dtype: DType): boolean {
  return DTYPE_FACTS[dtype].kind === 'f';
}

/** A signed or unsigned integer type (bool is not one). */
export function isInteger(dtype: DType): boolean {
  const { kind } = DTYPE_FACTS[dtype];
  return kind === 'i' || kind === 'u';
}

/** Whether elements of the type are kept in a Float64Array (float64, int64, uint64). */
export function isWide(dtype: DType): boolean {
  return dtype === 'float64' || dtype === 'int64' || dtype === 'uint64';
}

const BY_NAME = new Map<string, DType>(
  DTYPES.flatMap((dtype): [string, DType][] => {
    const { code } = DTYPE_FACTS[dtype];
    return [
      [dtype, dtype],
      [code, dtype],
      [`<${code}`, dtype],
      [`=${code}`, dtype],
      [`|${code}`, dtype],
    ];
  }).concat([
    ['float', 'float64'],
    ['double', 'float64'],
    ['single', 'float32'],
    ['d', 'float64'],
    ['f', 'float32'],
    ['int', 'int64'],
    ['int_', 'int64'],
    ['intp', 'int64'],
    ['uint', 'uint64'],
    ['intc', 'int32'],
    ['byte', 'int8'],
    ['ubyte', 'uint8'],
    ['short', 'int16'],
    ['ushort', 'uint16'],
    ['longlong', 'int64'],
    ['i', 'int32'],
    ['l', 'int64'],
    ['b', 'int8'],
    ['B', 'uint8'],
    ['?', 'bool'],
    ['bool_', 'bool'],
  ]),
);

/** The element type that a NumPy dtype string names (`float32`, `f4`, `<i8`, `float`, `?`), or undefined. */
export function dtypeNamed(name: string): DType | undefined {
  return BY_NAME.get(name);
}
