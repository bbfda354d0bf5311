/** A source of random bits, and the bounded integers and uniforms that NumPy derives from it. */
export interface BitSource {
  /** 32 random bits. */
  next32(): number;
  /** 64 random bits; the result is valid until the next call. */
  next64(): Bits64;
  /** A uniform number in [0, 1) with 53 random bits. */
  nextDouble(): number;
}

export interface Bits64 {
  readonly high: number;
  readonly low: number;
}

/** Types for which random integers are drawn, with the width of the draws. */
export type IntegerWidth = 1 | 8 | 16 | 32 | 64;

/** The smallest mask of ones that covers a value below 2⁵³. */
function maskFor(value: number): bigint {
  return (1n << BigInt(value === 0 ? 0 : Math.floor(Math.log2(value)) + 1)) - 1n;
}

/** 8- and 16-bit draws are cut from 32 bits, the lowest first; the rest is kept for the next draw of the same array. */
class Pieces {
  private left = 0;
  private buffer = 0;

  constructor(
    private readonly source: BitSource,
    private readonly width: 1 | 8 | 16,
  ) {}

  next(): number {
    if (this.left === 0) {
      this.buffer = this.source.next32();
      this.left = 32 / this.width - 1;
    } else {
      this.buffer >>>= this.width;
      this.left--;
    }
    return this.width === 16 ? this.buffer & 0xffff : this.width === 8 ? this.buffer & 0xff : this.buffer & 1;
  }
}

/**
 * A generator of integers in [0, range]. `masked` rejects draws beyond the range (RandomState); otherwise Lemire's
 * multiplication is used (Generator; Lemire 2019, "Fast random integer generation in an interval").
 */
export function boundedIntegers(source: BitSource, range: number, width: IntegerWidth, masked: boolean): () => number {
  if (range === 0) return () => 0;
  if (width < 32) return narrowIntegers(new Pieces(source, width as 1 | 8 | 16), range, width, masked);
  if (range === 0xffffffff) return () => source.next32();
  if (range < 0xffffffff) {
    if (masked) {
      const mask = Number(maskFor(range));
      return () => {
        for (;;) {
          const value = (source.next32() & mask) >>> 0;
          if (value <= range) return value;
        }
      };
    }
    const extent = range + 1;
    const threshold = (0xffffffff - range) % extent;
    return () => lemire32(source, extent, threshold);
  }
  return wideIntegers(source, range, masked);
}

function narrowIntegers(pieces: Pieces, range: number, width: IntegerWidth, masked: boolean): () => number {
  const largest = 2 ** width - 1;
  if (range === largest) return () => pieces.next();
  if (masked) {
    const mask = Number(maskFor(range));
    return () => {
      for (;;) {
        const value = pieces.next() & mask;
        if (value <= range) return value;
      }
    };
  }
  const extent = range + 1;
  const modulus = largest + 1;
  const threshold = (largest - range) % extent;
  return () => {
    for (;;) {
      const product = pieces.next() * extent;
      const rest = product % modulus;
      if (rest >= extent || rest >= threshold) return Math.floor(product / modulus);
    }
  };
}

/** One of `extent` integers from the upper half of a 64-bit product; a biased low half is drawn again. */
function lemire32(source: BitSource, extent: number, threshold: number): number {
  for (;;) {
    const bits = source.next32();
    // bits · extent < 2⁶⁴, split so that every part is exact.
    const low = (bits & 0xffff) * extent;
    const high = (bits >>> 16) * extent + Math.floor(low / 0x10000);
    const rest = (high % 0x10000) * 0x10000 + (low % 0x10000);
    if (rest >= extent || rest >= threshold) return Math.floor(high / 0x10000);
  }
}

function wideIntegers(source: BitSource, range: number, masked: boolean): () => number {
  const next = (): bigint => {
    const { high, low } = source.next64();
    return (BigInt(high) << 32n) | BigInt(low);
  };
  if (masked) {
    const mask = maskFor(range);
    const limit = BigInt(range);
    return () => {
      for (;;) {
        const value = next() & mask;
        if (value <= limit) return Number(value);
      }
    };
  }
  const extent = BigInt(range) + 1n;
  const ones = (1n << 64n) - 1n;
  const threshold = (ones - BigInt(range)) % extent;
  return () => {
    for (;;) {
      const product = next() * extent;
      const rest = product & ones;
      if (rest >= extent || rest >= threshold) return Number(product >> 64n);
    }
  };
}
