/** Extents for the letters of a file: the same letter is the same size everywhere, different letters differ. */
import type { Extent } from './shapeNotes';

/** Distinct, so that a mismatch names the axes it is about. */
export const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];

/** Extents of what slides over something else must fit into it. */
const KERNEL = /^(?:HH|WW|KH|KW|kh|kw|FH|FW|fh|fw|filter_[hw]|kernel_size|kernel_[hw]|pool_[hw]|ksize)$/;
const KERNEL_SIZE = 2;

export class Sizes {
  private readonly byLetter = new Map<string, number>();
  private readonly taken = new Set<number>();

  /** @param known sizes that the module itself gives to names (`N, D = 4, 3`) */
  constructor(private readonly known: (name: string) => number | undefined = () => undefined) {}

  /** A size that nothing else has, as long as there are any. */
  fresh(): number {
    const size = PRIMES.find((p) => !this.taken.has(p)) ?? 59;
    this.taken.add(size);
    return size;
  }

  /** The same letters for another function, which may use anew the sizes of letters that it does not mention. */
  fork(): Sizes {
    const copy = new Sizes(this.known);
    for (const [letter, size] of this.byLetter) copy.byLetter.set(letter, size);
    return copy;
  }

  /** A size that {@link fresh} shall not give. */
  reserve(size: number): void {
    this.taken.add(size);
  }

  of(extent: Extent): number {
    if (typeof extent === 'number') return extent;
    return extent.terms.reduce(
      (sum, term) =>
        sum + term.reduce<number>((product, x) => product * (typeof x === 'number' ? x : this.letter(x)), 1),
      0,
    );
  }

  letter(name: string): number {
    let size = this.byLetter.get(name);
    if (size === undefined) {
      size = this.known(name) ?? (KERNEL.test(name) ? KERNEL_SIZE : this.fresh());
      this.byLetter.set(name, size);
    }
    return size;
  }
}
