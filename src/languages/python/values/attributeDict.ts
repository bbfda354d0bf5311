/** `__dict__` and `globals()`: dicts of names that are kept elsewhere. */
import { type HashKey, PyDict, type PyValue } from './object';

/** Where the names are kept: a map of attributes, the scope of a module. */
export interface Names {
  get(name: string): PyValue | undefined;
  set(name: string, value: PyValue): unknown;
  delete(name: string): unknown;
  entries(): Iterable<[string, PyValue]>;
}

type Entry = { readonly key: PyValue; value: PyValue };

class Entries extends Map<HashKey, Entry> {
  constructor(private readonly names: Names) {
    super();
  }
  private entry(key: string): Entry {
    const { names } = this;
    return {
      key,
      get value() {
        return names.get(key) as PyValue;
      },
      set value(value: PyValue) {
        names.set(key, value);
      },
    };
  }
  override get size(): number {
    return [...this.names.entries()].length;
  }
  override get(key: HashKey): Entry | undefined {
    return this.has(key) ? this.entry(key as string) : undefined;
  }
  override has(key: HashKey): boolean {
    return typeof key === 'string' && this.names.get(key) !== undefined;
  }
  override set(key: HashKey, entry: Entry): this {
    this.names.set(String(key), entry.value);
    return this;
  }
  override delete(key: HashKey): boolean {
    if (!this.has(key)) return false;
    this.names.delete(key as string);
    return true;
  }
  override clear(): void {
    for (const [name] of [...this.names.entries()]) this.names.delete(name);
  }
  override *keys(): MapIterator<HashKey> {
    for (const [name] of this.names.entries()) yield name;
  }
  override *values(): MapIterator<Entry> {
    for (const [name] of this.names.entries()) yield this.entry(name);
  }
  override *entries(): MapIterator<[HashKey, Entry]> {
    for (const [name] of this.names.entries()) yield [name, this.entry(name)];
  }
  override [Symbol.iterator](): MapIterator<[HashKey, Entry]> {
    return this.entries();
  }
  override forEach(visit: (entry: Entry, key: HashKey, map: Map<HashKey, Entry>) => void): void {
    for (const [key, entry] of this.entries()) visit(entry, key, this);
  }
}

export class AttributeDict extends PyDict {
  override readonly entries: Map<HashKey, Entry>;
  constructor(names: Names) {
    super();
    this.entries = new Entries(names);
  }
  override get(key: string): PyValue | undefined {
    return this.entries.get(key)?.value;
  }
  override set(key: string, value: PyValue): void {
    this.entries.set(key, { key, value });
  }
}
