/**
 * Finds shapes at which a function runs, by trying. Kinds (number, vector, matrix …) are tried from the likeliest on;
 * within one choice of kinds, the message of a mismatch tells which sizes have to be equal: sizes are distinct primes at first.
 */
import type { Choice, Leaf } from './choices';
import { PRIMES } from './sizes';

export type Attempt =
  | { readonly kind: 'ran' }
  /** A Python exception, with its message. */
  | { readonly kind: 'raised'; readonly message: string; readonly text: string }
  /** What could not be evaluated, whatever the shapes. */
  | { readonly kind: 'unknown'; readonly text: string };

export interface SearchLimits {
  readonly attempts: number;
  readonly milliseconds: number;
}

/** Attempts are the limit: what is found must not depend on how busy the machine is. The time is for what escapes that. */
export const SEARCH_LIMITS: SearchLimits = { attempts: 160, milliseconds: 5_000 };

export interface SearchResult {
  /** Choices that ran, each with other kinds than those before. */
  readonly found: readonly (readonly Choice[])[];
  /** Why the likeliest choice did not run. */
  readonly failure?: string;
  /** Whether it failed in the same way whatever was tried. */
  readonly isConstant?: boolean;
  readonly attempts: number;
}

/** How often sizes are made equal within one choice of kinds. */
const MAX_REPAIRS = 12;
/** An unknown that comes up so often in a row is no question of shapes. */
const MAX_UNKNOWN = 12;

/** @param given extents of the arguments that are known: those that are chosen may have to match them */
export function searchShapes(
  leaves: readonly Leaf[],
  attempt: (choices: readonly Choice[]) => Attempt,
  limits: SearchLimits = SEARCH_LIMITS,
  wanted = 1,
  given: readonly number[] = [],
): SearchResult {
  const found: (readonly Choice[])[] = [];
  let isConstant = true;
  const result = (): SearchResult => ({ found, attempts, ...(failure ? { failure, isConstant } : {}) });
  const deadline = Date.now() + limits.milliseconds;
  // Sizes of letters are the same in all functions of the file.
  const said = new Set(leaves.flatMap((l) => (l.said ? l.choices.flatMap(sizesOf) : [])));
  let attempts = 0;
  let failure: string | undefined;
  let unknowns = 0;
  for (const indices of bestFirst(leaves.map((l) => l.choices.length))) {
    let choices: readonly Choice[] = indices.map((k, i) => (leaves[i] as Leaf).choices[k] as Choice);
    const tried = new Set<string>();
    for (let repair = 0; repair <= MAX_REPAIRS; repair++) {
      if (attempts >= limits.attempts || Date.now() > deadline) return result();
      attempts++;
      const outcome = attempt(choices);
      if (outcome.kind === 'ran') {
        const small = shrunk(choices, said);
        found.push(small !== choices && attempt(small).kind === 'ran' ? small : choices);
        if (found.length >= wanted) return result();
        break;
      }
      failure ??= outcome.text;
      isConstant &&= outcome.text === failure;
      if (outcome.kind === 'unknown') {
        if (++unknowns >= MAX_UNKNOWN) return result();
        break;
      }
      unknowns = 0;
      tried.add(JSON.stringify(choices));
      const next = repairs(outcome.message, choices, given).find((c) => !tried.has(JSON.stringify(c)));
      if (!next) break;
      choices = next;
    }
  }
  return result();
}

/** The same pattern of equal and different sizes with the smallest primes. */
export function shrunk(choices: readonly Choice[], fixed: ReadonlySet<number> = new Set()): readonly Choice[] {
  const sizes = [...new Set(choices.flatMap(sizesOf))];
  const smaller = new Map<number, number>();
  const free = PRIMES.filter((p) => !fixed.has(p));
  for (const size of sizes) if (size > 1 && !fixed.has(size)) smaller.set(size, free[smaller.size] ?? size);
  if ([...smaller].every(([from, to]) => from === to)) return choices;
  return choices.map((c) => substitute(c, smaller));
}

/** Index vectors by the sum of their entries; equal kinds for all come early. */
export function* bestFirst(counts: readonly number[]): Generator<readonly number[]> {
  if (counts.some((n) => n === 0)) return;
  const seen = new Set<string>();
  const fresh = (v: readonly number[]): boolean => {
    const key = v.join(',');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  const most = Math.max(0, ...counts);
  for (let k = 0; k < most; k++) {
    const same = counts.map((n) => Math.min(k, n - 1));
    if (fresh(same)) yield same;
  }
  const total = counts.reduce((a, n) => a + n - 1, 0);
  for (let sum = 1; sum <= total; sum++) {
    for (const v of withSum(counts, sum)) if (fresh(v)) yield v;
  }
}

function* withSum(counts: readonly number[], sum: number): Generator<readonly number[]> {
  const [n, ...rest] = counts;
  if (n === undefined) {
    if (sum === 0) yield [];
    return;
  }
  for (let k = Math.min(sum, n - 1); k >= 0; k--) {
    for (const tail of withSum(rest, sum - k)) yield [k, ...tail];
  }
}

/** Choices in which the sizes that a message complains about are equal, the likeliest first. */
export function repairs(
  message: string,
  choices: readonly Choice[],
  given: readonly number[] = [],
): (readonly Choice[])[] {
  const sizes = new Set(choices.flatMap(sizesOf));
  const single = [...mismatches(message), ...tooShort(message, sizes), ...tooShort(message, new Set(given))].flatMap(
    ([a, b]) => {
      const options: (readonly [number, number])[] = [];
      // What is composed of others (a flattened image) stays; the free one follows.
      if (sizes.has(b) && b !== 1) options.push([b, a]);
      if (sizes.has(a) && a !== 1) options.push([a, b]);
      if (options.length === 2 && a > b) options.reverse();
      return options.map(([from, to]) => new Map([[from, to]]));
    },
  );
  // At a point without numbers everything is right.
  return [...single, ...factored(message, sizes)]
    .filter((swap) => ![...swap.values()].includes(0))
    .map((swap) => choices.map((c) => substitute(c, swap)));
}

/** “cannot reshape array of size 58 into shape (5,7)”: 58 = 2 · 29, so the extents may be 2 and 29. */
function factored(message: string, sizes: ReadonlySet<number>): ReadonlyMap<number, number>[] {
  const match = /cannot reshape array of size (\d+) into shape \(([^)]*)\)/.exec(message);
  const extents = numbers(match?.[2] ?? '');
  if (!match || extents.length < 2 || extents.length > 4 || extents.some((n) => n < 2)) return [];
  const found: Map<number, number>[] = [];
  const visit = (i: number, left: number, taken: Map<number, number>): void => {
    if (found.length >= MAX_FACTORINGS) return;
    const extent = extents[i];
    if (extent === undefined) {
      if (left === 1) found.push(taken);
      return;
    }
    const known = taken.get(extent);
    for (const size of known === undefined ? sizes : [known]) {
      if (size > 1 && left % size === 0) visit(i + 1, left / size, new Map([...taken, [extent, size]]));
    }
  };
  visit(0, Number(match[1]), new Map());
  return found;
}

const MAX_FACTORINGS = 6;

function sizesOf(c: Choice): readonly number[] {
  if (c.kind === 'array' || c.kind === 'labels') return c.shape;
  if (c.kind === 'widths') return c.values;
  return c.kind === 'integer' ? [c.value] : [];
}

function substitute(c: Choice, swaps: ReadonlyMap<number, number>): Choice {
  const swap = (n: number) => swaps.get(n) ?? n;
  if (c.kind === 'array' || c.kind === 'labels') return { ...c, shape: c.shape.map(swap) };
  if (c.kind === 'widths') return { ...c, values: c.values.map(swap) };
  return c.kind === 'integer' ? { ...c, value: swap(c.value) } : c;
}

/** Pairs of sizes that should have been equal, from NumPy's words. */
export function mismatches(message: string): (readonly [number, number])[] {
  const core = /\(size (\d+) is different from (\d+)\)/.exec(message);
  if (core) return [[Number(core[2]), Number(core[1])]];
  const aligned = /not aligned: (\d+) \(dim \d+\) != (\d+) \(dim \d+\)/.exec(message);
  if (aligned) return [[Number(aligned[1]), Number(aligned[2])]];
  const reshape = /cannot reshape array of size (\d+) into shape \(([^)]*)\)/.exec(message);
  if (reshape) {
    const size = Number(reshape[1]);
    const extents = numbers(reshape[2] as string);
    const product = extents.reduce((p, n) => p * Math.abs(n), 1);
    if (extents.some((n) => n < 0)) return [];
    // One extent gives way so that the product fits.
    return extents.flatMap((n) => {
      const rest = product / n;
      return size % rest === 0 && size / rest !== n ? [[size / rest, n] as const] : [];
    });
  }
  const unpack = /(?:not enough|too many) values to unpack/.test(message);
  if (unpack) return [];
  const concatenated =
    /along dimension \d+, the array at index \d+ has size (\d+) and the array at index \d+ has size (\d+)/.exec(
      message,
    );
  if (concatenated) return [[Number(concatenated[1]), Number(concatenated[2])]];
  const index =
    /boolean index did not match .* (?:size of axis \d+ is|dimension is) (\d+) but .* (?:axis \d+ is|dimension is) (\d+)/.exec(
      message,
    );
  if (index) return [[Number(index[1]), Number(index[2])]];
  const shapes = [...message.matchAll(/\(([\d,\s]*)\)/g)].map((m) => numbers(m[1] as string));
  if (shapes.length >= 2) {
    const pairs: (readonly [number, number])[] = [];
    for (let i = 1; i < shapes.length; i++) {
      const [a, b] = [shapes[i - 1] as number[], shapes[i] as number[]];
      for (let k = 1; k <= Math.min(a.length, b.length); k++) {
        const [x, y] = [a[a.length - k] as number, b[b.length - k] as number];
        if (x !== y && x !== 1 && y !== 1) pairs.push([x, y]);
      }
    }
    return pairs;
  }
  return [];
}

/** “index 3 is out of bounds for axis 0 with size 2”: the axis may be as long as another one. */
function tooShort(message: string, sizes: ReadonlySet<number>): (readonly [number, number])[] {
  const match = /index (-?\d+) is out of bounds for axis \d+ with size (\d+)/.exec(message);
  if (!match) return [];
  const [index, size] = [Number(match[1]), Number(match[2])];
  return [...sizes]
    .filter((other) => other > Math.abs(index) && other !== size)
    .sort((a, b) => a - b)
    .map((other) => [other, size] as const);
}

function numbers(text: string): number[] {
  return [...text.matchAll(/-?\d+/g)].map((m) => Number(m[0]));
}
