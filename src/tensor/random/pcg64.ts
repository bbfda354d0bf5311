import type { Bits64, BitSource } from './bits';
import { seedWords } from './seedSequence';

/** The multiplier 0x2360ED051FC65DA44385DF649FCCF645 of the 128-bit congruential generator, lowest word first. */
const M0 = 0x9fccf645;
const M1 = 0x4385df64;
const M2 = 0x1fc65da4;
const M3 = 0x2360ed05;

/** The upper 32 bits of a 32 × 32 bit product. */
function productHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const cross = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(cross / 0x10000)) >>> 0;
}

/** PCG XSL RR 128/64 (O'Neill 2014), seeded through SeedSequence: the bit generator of `default_rng`. */
export class Pcg64 implements BitSource, Bits64 {
  // The 128-bit state and increment as 32-bit words, lowest first.
  private s0 = 0;
  private s1 = 0;
  private s2 = 0;
  private s3 = 0;
  private readonly i0: number;
  private readonly i1: number;
  private readonly i2: number;
  private readonly i3: number;
  private kept: number | undefined;
  high = 0;
  low = 0;

  constructor(seed: bigint | readonly bigint[]) {
    // Four 64-bit words: state high, state low, increment high, increment low; each stored lowest half first.
    const [h0, h1, l0, l1, ih0, ih1, il0, il1] = seedWords(seed, 8) as unknown as number[];
    this.i0 = ((il0! << 1) | 1) >>> 0;
    this.i1 = ((il1! << 1) | (il0! >>> 31)) >>> 0;
    this.i2 = ((ih0! << 1) | (il1! >>> 31)) >>> 0;
    this.i3 = ((ih1! << 1) | (ih0! >>> 31)) >>> 0;
    this.step();
    this.add(l0!, l1!, h0!, h1!);
    this.step();
  }

  private add(a0: number, a1: number, a2: number, a3: number): void {
    const r0 = this.s0 + a0;
    const r1 = this.s1 + a1 + (r0 > 0xffffffff ? 1 : 0);
    const r2 = this.s2 + a2 + (r1 > 0xffffffff ? 1 : 0);
    this.s0 = r0 >>> 0;
    this.s1 = r1 >>> 0;
    this.s2 = r2 >>> 0;
    this.s3 = (this.s3 + a3 + (r2 > 0xffffffff ? 1 : 0)) >>> 0;
  }

  /** state ← state · multiplier + increment (mod 2¹²⁸). */
  private step(): void {
    const { s0, s1, s2, s3 } = this;
    const column1 = productHigh(s0, M0) + (Math.imul(s0, M1) >>> 0) + (Math.imul(s1, M0) >>> 0);
    const column2 =
      Math.floor(column1 / 0x100000000) +
      productHigh(s0, M1) +
      productHigh(s1, M0) +
      (Math.imul(s0, M2) >>> 0) +
      (Math.imul(s1, M1) >>> 0) +
      (Math.imul(s2, M0) >>> 0);
    const column3 =
      Math.floor(column2 / 0x100000000) +
      productHigh(s0, M2) +
      productHigh(s1, M1) +
      productHigh(s2, M0) +
      (Math.imul(s0, M3) >>> 0) +
      (Math.imul(s1, M2) >>> 0) +
      (Math.imul(s2, M1) >>> 0) +
      (Math.imul(s3, M0) >>> 0);
    this.s0 = Math.imul(s0, M0) >>> 0;
    this.s1 = column1 >>> 0;
    this.s2 = column2 >>> 0;
    this.s3 = column3 >>> 0;
    this.add(this.i0, this.i1, this.i2, this.i3);
  }

  next64(): Bits64 {
    this.step();
    const low = this.s0 ^ this.s2;
    const high = this.s1 ^ this.s3;
    const rotation = this.s3 >>> 26;
    const r = rotation & 31;
    const a = rotation < 32 ? low : high;
    const b = rotation < 32 ? high : low;
    this.low = (r === 0 ? a : (a >>> r) | (b << (32 - r))) >>> 0;
    this.high = (r === 0 ? b : (b >>> r) | (a << (32 - r))) >>> 0;
    return this;
  }

  /** The lower half of a 64-bit draw, whose upper half is the next result. */
  next32(): number {
    if (this.kept !== undefined) {
      const { kept } = this;
      this.kept = undefined;
      return kept;
    }
    this.next64();
    this.kept = this.high;
    return this.low;
  }

  nextDouble(): number {
    this.next64();
    return (this.high * 2097152 + (this.low >>> 11)) / 9007199254740992;
  }
}
