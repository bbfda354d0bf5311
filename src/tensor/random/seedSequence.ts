const INIT_A = 0x43b0d7e5;
const MULTIPLIER_A = 0x931e8875;
const INIT_B = 0x8b51f9dd;
const MULTIPLIER_B = 0x58f38ded;
const MIX_LEFT = 0xca01f9dd;
const MIX_RIGHT = 0x4973f715;
const POOL = 4;

/** A non-negative integer as 32-bit words, the lowest first (0 is one word). */
function wordsOf(value: bigint): number[] {
  const words: number[] = [];
  for (let rest = value; rest > 0n || words.length === 0; rest >>= 32n) words.push(Number(rest & 0xffffffffn));
  return words;
}

/** Hashing with a multiplier that changes at each use. */
class Hash {
  constructor(
    private constant: number,
    private readonly multiplier: number,
  ) {}

  next(value: number): number {
    const mixed = value ^ this.constant;
    this.constant = Math.imul(this.constant, this.multiplier);
    const product = Math.imul(mixed, this.constant);
    return (product ^ (product >>> 16)) >>> 0;
  }
}

function mix(x: number, y: number): number {
  const result = (Math.imul(MIX_LEFT, x) - Math.imul(MIX_RIGHT, y)) | 0;
  return (result ^ (result >>> 16)) >>> 0;
}

/**
 * NumPy's SeedSequence (after O'Neill's `seed_seq_fe`): spreads the entropy of a seed over `count` 32-bit words.
 */
export function seedWords(seed: bigint | readonly bigint[], count: number): Uint32Array {
  const entropy = typeof seed === 'bigint' ? wordsOf(seed) : seed.flatMap(wordsOf);
  const hash = new Hash(INIT_A, MULTIPLIER_A);
  const pool = Array.from({ length: POOL }, (_, i) => hash.next(entropy[i] ?? 0));
  for (let from = 0; from < POOL; from++) {
    for (let to = 0; to < POOL; to++) if (from !== to) pool[to] = mix(pool[to]!, hash.next(pool[from]!));
  }
  for (const word of entropy.slice(POOL)) {
    for (let to = 0; to < POOL; to++) pool[to] = mix(pool[to]!, hash.next(word));
  }
  const output = new Hash(INIT_B, MULTIPLIER_B);
  return Uint32Array.from({ length: count }, (_, i) => output.next(pool[i % POOL]!));
}
