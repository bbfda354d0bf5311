/**
 * The items of a set, in the order in which CPython goes through them: by the places of their hash values in its table
 * (Objects/setobject.c). Programs see that order: `list(set(labels))`. Where a hash value changes from run to run (texts, objects)
 * there is no such order; then it is the order in which the items came.
 */
import type { HashKey, PyValue } from './object';

/** Items that are looked at next to a place before the search goes elsewhere. */
const LINEAR_PROBES = 9;
const SMALLEST = 8;

/** What stands for an item that was removed. */
const REMOVED = Symbol('removed');

interface Item {
  readonly key: HashKey;
  /** As 64 bits without sign. */
  readonly hash: bigint;
}

type Place = Item | typeof REMOVED | undefined;

export class SetItems {
  private readonly values_ = new Map<HashKey, PyValue>();
  /** CPython's table, as long as all hash values are known. */
  private table: Place[] | undefined = new Array<Place>(SMALLEST);
  /** Places of the table that are or were in use. */
  private fill = 0;
  /** Where `pop` looks next. */
  private finger = 0;

  /** @param hashOf the hash value of an item, where it is the same in every run */
  constructor(private readonly hashOf: (value: PyValue) => bigint | undefined) {}

  get size(): number {
    return this.values_.size;
  }

  has(key: HashKey): boolean {
    return this.values_.has(key);
  }

  get(key: HashKey): PyValue | undefined {
    return this.values_.get(key);
  }

  add(key: HashKey, value: PyValue): void {
    if (this.values_.has(key)) return;
    this.values_.set(key, value);
    if (!this.table) return;
    const hash = this.hashOf(value);
    if (hash === undefined) {
      this.table = undefined;
      return;
    }
    if (!place(this.table, { key, hash: BigInt.asUintN(64, hash) })) return;
    this.fill++;
    if (this.fill * 5 >= (this.table.length - 1) * 3) this.rebuild(this.size > 50_000 ? this.size * 2 : this.size * 4);
  }

  delete(key: HashKey): boolean {
    const value = this.values_.get(key);
    if (!this.values_.delete(key)) return false;
    if (this.table) remove(this.table, key, BigInt.asUintN(64, this.hashOf(value as PyValue) as bigint));
    return true;
  }

  /** Removes the item that `pop` gives. */
  pop(): PyValue | undefined {
    let key: HashKey | undefined;
    if (this.table) {
      const n = this.table.length;
      for (let i = 0; i < n && key === undefined; i++) {
        const at = (this.finger + i) % n;
        const found = this.table[at];
        if (typeof found !== 'object') continue;
        key = found.key;
        this.finger = at + 1;
      }
    } else [key] = this.values_.keys();
    if (key === undefined) return undefined;
    const value = this.values_.get(key);
    this.delete(key);
    return value;
  }

  clear(): void {
    this.values_.clear();
    this.table = new Array<Place>(SMALLEST);
    this.fill = this.finger = 0;
  }

  /** Items are going to be removed one by one: afterwards the table is rebuilt if many places are lost. */
  afterDifference(): void {
    if (this.table && this.fill - this.size > Math.floor((this.table.length - 1) / 4))
      this.rebuild(this.size > 50_000 ? this.size * 2 : this.size * 4);
  }

  /** So many others come, of which the number is known: the table grows first. */
  expect(n: number): void {
    if (this.table && (this.fill + n) * 5 >= (this.table.length - 1) * 3) this.rebuild((this.size + n) * 2);
  }

  /** Takes in another set. */
  merge(other: SetItems): void {
    if (other === this || other.size === 0) return;
    this.expect(other.size);
    const { table } = this;
    if (!table || !other.table) {
      for (const [key, value] of other) this.add(key, value);
      return;
    }
    const empty = this.fill === 0;
    if (empty && table.length === other.table.length && other.fill === other.size) {
      this.table = [...other.table];
      this.fill = other.fill;
      for (const [key, value] of other) this.values_.set(key, value);
      return;
    }
    for (const p of other.table) {
      if (typeof p !== 'object') continue;
      const value = other.values_.get(p.key) as PyValue;
      if (!empty) this.add(p.key, value);
      else {
        // The table is large enough already.
        this.values_.set(p.key, value);
        place(table, p);
        this.fill++;
      }
    }
  }

  *entries(): Generator<[HashKey, PyValue], undefined> {
    if (!this.table) {
      yield* this.values_;
      return undefined;
    }
    for (const p of this.table) if (typeof p === 'object') yield [p.key, this.values_.get(p.key) as PyValue];
    return undefined;
  }
  [Symbol.iterator](): Generator<[HashKey, PyValue], undefined> {
    return this.entries();
  }
  *keys(): Generator<HashKey, undefined> {
    for (const [key] of this.entries()) yield key;
    return undefined;
  }
  *values(): Generator<PyValue, undefined> {
    for (const [, value] of this.entries()) yield value;
    return undefined;
  }

  /** A table for more than `least` items; places of removed ones are free again. */
  private rebuild(least: number): void {
    let size = SMALLEST;
    while (size <= least) size *= 2;
    const old = this.table as Place[];
    this.table = new Array<Place>(size);
    for (const p of old) if (typeof p === 'object') place(this.table, p);
    this.fill = this.size;
  }
}

/** The places in which an item of that hash value is looked for, one after the other. */
function* probes(size: number, hash: bigint): Generator<number, never> {
  const mask = BigInt(size - 1);
  let perturbation = hash;
  let i = Number(hash & mask);
  for (;;) {
    const beside = i + LINEAR_PROBES < size ? LINEAR_PROBES : 0;
    for (let k = 0; k <= beside; k++) yield i + k;
    perturbation >>= 5n;
    i = Number((BigInt(i) * 5n + 1n + perturbation) & mask);
  }
}

/** Puts an item into the place of the last removed one that is met before a free one, or into that. False: where one was before. */
function place(table: Place[], item: Item): boolean {
  let again: number | undefined;
  for (const i of probes(table.length, item.hash)) {
    if (table[i] === REMOVED) again = i;
    if (table[i] !== undefined) continue;
    table[again ?? i] = item;
    break;
  }
  return again === undefined;
}

function remove(table: Place[], key: HashKey, hash: bigint): void {
  for (const i of probes(table.length, hash)) {
    const found = table[i];
    if (found === undefined) return;
    if (found === REMOVED || found.key !== key) continue;
    table[i] = REMOVED;
    return;
  }
}
