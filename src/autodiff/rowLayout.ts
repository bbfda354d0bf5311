/**
 * How a row of a tape lies in memory: five 32-bit integers side by side, and a double in a column of its own. Side by side,
 * because a step writes and a sweep reads them together. The generated sweeps are printed with these numbers in them.
 */

/** Integers a row. */
export const FIELDS = 5;
/** Operation code with flags. */
export const OP = 0;
/** Operand rows; of a unary operation the second repeats the first. */
export const FIRST = 1;
export const SECOND = 2;
/** Where in the source the row comes from, and in which call, loop turn or layer. */
export const SITE = 3;
export const SCOPE = 4;

export const BYTES_PER_ROW = 4 * FIELDS + 8;

/** The bits of an operation code that are not flags. */
export const OP_MASK = 0x0fff;
/** Flag: the value is an array. */
export const ARRAY = 0x8000;
/** Flag: the value is rounded to float32. */
export const FLOAT32 = 0x4000;

export const OP_INPUT = 0;
export const OP_CONSTANT = 1;
/** Scalar primitives follow in table order. */
export const OP_SCALAR = 2;
/** Tensor primitives. */
export const OP_TENSOR = 0x400;
