import type { Bits64, BitSource } from './bits';

const LENGTH = 624;
const SHIFT = 397;

/**
 * The Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), seeded as NumPy's RandomState seeds it: an integer below
 * 2³² directly, a list of them by key mixing (the authors' `init_by_array`).
 */
export class MersenneTwister implements BitSource {
  private readonly state = new Uint32Array(LENGTH);
  private position = LENGTH;

  constructor(seed: number | readonly number[]) {
    if (typeof seed === 'number') this.seedByNumber(seed);
    else this.seedByKey(seed);
  }

  private seedByNumber(seed: number): void {
    const { state } = this;
    state[0] = seed;
    for (let i = 1; i < LENGTH; i++) {
      const previous = state[i - 1]! ^ (state[i - 1]! >>> 30);
      state[i] = Math.imul(1812433253, previous) + i;
    }
  }

  private seedByKey(key: readonly number[]): void {
    const { state } = this;
    this.seedByNumber(19650218);
    let i = 1;
    let j = 0;
    const advance = (): void => {
      if (++i < LENGTH) return;
      state[0] = state[LENGTH - 1]!;
      i = 1;
    };
    const mixed = (multiplier: number): number => Math.imul(state[i - 1]! ^ (state[i - 1]! >>> 30), multiplier);
    for (let k = Math.max(LENGTH, key.length); k > 0; k--) {
      state[i] = (state[i]! ^ mixed(1664525)) + key[j]! + j;
      advance();
      if (++j >= key.length) j = 0;
    }
    for (let k = LENGTH - 1; k > 0; k--) {
      state[i] = (state[i]! ^ mixed(1566083941)) - i;
      advance();
    }
    state[0] = 0x80000000;
  }

  private refill(): void {
    const { state } = this;
    for (let i = 0; i < LENGTH; i++) {
      const y = (state[i]! & 0x80000000) | (state[(i + 1) % LENGTH]! & 0x7fffffff);
      state[i] = state[(i + SHIFT) % LENGTH]! ^ (y >>> 1) ^ ((y & 1) === 0 ? 0 : 0x9908b0df);
    }
    this.position = 0;
  }

  next32(): number {
    if (this.position === LENGTH) this.refill();
    let y = this.state[this.position++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  next64(): Bits64 {
    const high = this.next32();
    return { high, low: this.next32() };
  }

  nextDouble(): number {
    const a = this.next32() >>> 5;
    const b = this.next32() >>> 6;
    return (a * 67108864 + b) / 9007199254740992;
  }
}
