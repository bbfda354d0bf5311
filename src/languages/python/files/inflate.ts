/** Raw DEFLATE data (RFC 1951) → bytes. Synchronous and of no platform: neither Node's `zlib` nor a browser's streams are both. */
import { FileFault } from './fault';

/** Codes of one alphabet in canonical order: how many there are of each length, and their symbols. */
interface Huffman {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

/** Section 3.2.2: codes of one length are consecutive, in the order of their symbols. */
function huffman(lengths: readonly number[]): Huffman {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length] = (counts[length] as number) + 1;
  counts[0] = 0;
  const at = new Uint16Array(16);
  for (let length = 1; length < 15; length++) at[length + 1] = (at[length] as number) + (counts[length] as number);
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => {
    if (length === 0) return;
    const place = at[length] as number;
    symbols[place] = symbol;
    at[length] = place + 1;
  });
  return { counts, symbols };
}

const range = (count: number, of: (i: number) => number) => Array.from({ length: count }, (_, i) => of(i));

/** Section 3.2.6. */
const FIXED_LITERALS = huffman(range(288, (i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)));
const FIXED_DISTANCES = huffman(range(30, () => 5));

/** Section 3.2.5: extra bits grow every four lengths and every two distances; the base is what lies below. */
const LENGTH_BITS = range(29, (i) => (i < 4 || i === 28 ? 0 : (i >> 2) - 1));
const LENGTH_BASE = LENGTH_BITS.map((_, i) => (i === 28 ? 258 : below(LENGTH_BITS, i) + 3));
const DISTANCE_BITS = range(30, (i) => (i < 2 ? 0 : (i >> 1) - 1));
const DISTANCE_BASE = DISTANCE_BITS.map((_, i) => below(DISTANCE_BITS, i) + 1);

function below(bits: readonly number[], index: number): number {
  return bits.slice(0, index).reduce((sum, b) => sum + 2 ** b, 0);
}

/** Section 3.2.7: the order in which the lengths of the code for lengths are written. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/**
 * @param maxBytes of the result
 * @throws FileFault where the data are damaged, or become larger than `maxBytes`
 */
export function inflate(data: Uint8Array, maxBytes: number): Uint8Array {
  return new Inflater(data, maxBytes).run();
}

class Inflater {
  private at = 0;
  private hold = 0;
  private held = 0;
  private out: Uint8Array;
  private size = 0;

  constructor(
    private readonly data: Uint8Array,
    private readonly maxBytes: number,
  ) {
    this.out = new Uint8Array(Math.min(maxBytes, Math.max(1024, data.length * 4)));
  }

  run(): Uint8Array {
    for (let last = false; !last;) {
      last = this.bits(1) === 1;
      const kind = this.bits(2);
      if (kind === 0) this.stored();
      else if (kind === 1) this.compressed(FIXED_LITERALS, FIXED_DISTANCES);
      else if (kind === 2) this.compressed(...this.codes());
      else throw new FileFault('it is damaged');
    }
    return this.out.subarray(0, this.size);
  }

  private bits(count: number): number {
    while (this.held < count) {
      if (this.at >= this.data.length) throw new FileFault('it ends too early');
      this.hold |= (this.data[this.at++] as number) << this.held;
      this.held += 8;
    }
    const value = this.hold & ((1 << count) - 1);
    this.hold >>>= count;
    this.held -= count;
    return value;
  }

  /** Codes come with their first bit first, unlike numbers. */
  private symbol({ counts, symbols }: Huffman): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= 15; length++) {
      code |= this.bits(1);
      const count = counts[length] as number;
      if (code - first < count) return symbols[index + code - first] as number;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new FileFault('it is damaged');
  }

  private room(count: number): void {
    const needed = this.size + count;
    if (needed > this.maxBytes) throw new FileFault(`it is larger than ${this.maxBytes / 2 ** 20} MB`);
    if (needed <= this.out.length) return;
    const larger = new Uint8Array(Math.min(this.maxBytes, Math.max(needed, this.out.length * 2)));
    larger.set(this.out);
    this.out = larger;
  }

  private stored(): void {
    this.hold = this.held = 0;
    const [a, b, c, d] = this.data.subarray(this.at, this.at + 4);
    if (d === undefined) throw new FileFault('it ends too early');
    const length = (a as number) | ((b as number) << 8);
    if ((length ^ 0xffff) !== ((c as number) | (d << 8))) throw new FileFault('it is damaged');
    this.at += 4;
    if (this.at + length > this.data.length) throw new FileFault('it ends too early');
    this.room(length);
    this.out.set(this.data.subarray(this.at, this.at + length), this.size);
    this.at += length;
    this.size += length;
  }

  /** The codes of a block that brings its own. */
  private codes(): [Huffman, Huffman] {
    const literals = this.bits(5) + 257;
    const distances = this.bits(5) + 1;
    const count = this.bits(4) + 4;
    const own = new Array<number>(19).fill(0);
    for (let i = 0; i < count; i++) own[ORDER[i] as number] = this.bits(3);
    const code = huffman(own);
    const lengths: number[] = [];
    const repeat = (value: number, times: number) => {
      for (let i = 0; i < times; i++) lengths.push(value);
    };
    while (lengths.length < literals + distances) {
      const symbol = this.symbol(code);
      if (symbol < 16) lengths.push(symbol);
      else if (symbol === 16) {
        const before = lengths.at(-1);
        if (before === undefined) throw new FileFault('it is damaged');
        repeat(before, 3 + this.bits(2));
      } else repeat(0, symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7));
    }
    if (lengths.length > literals + distances) throw new FileFault('it is damaged');
    return [huffman(lengths.slice(0, literals)), huffman(lengths.slice(literals))];
  }

  private compressed(literals: Huffman, distances: Huffman): void {
    for (;;) {
      const symbol = this.symbol(literals);
      if (symbol === 256) return;
      if (symbol < 256) {
        this.room(1);
        this.out[this.size++] = symbol;
        continue;
      }
      const length = this.extra(symbol - 257, LENGTH_BASE, LENGTH_BITS);
      const distance = this.extra(this.symbol(distances), DISTANCE_BASE, DISTANCE_BITS);
      if (distance > this.size) throw new FileFault('it is damaged');
      this.room(length);
      // The two parts may overlap.
      for (let i = 0; i < length; i++) this.out[this.size] = this.out[this.size++ - distance] as number;
    }
  }

  private extra(symbol: number, base: readonly number[], bits: readonly number[]): number {
    const start = base[symbol];
    if (start === undefined) throw new FileFault('it is damaged');
    return start + this.bits(bits[symbol] as number);
  }
}
