/** What was found lately, by what was asked: a document is decided again with every edit, and most of it is as before. */
export class Recent<V> {
  private readonly values = new Map<string, V>();

  constructor(private readonly size: number) {}

  /** What is known of a key, or else what `find` finds. */
  of(key: string, find: () => V): V {
    let value = this.values.get(key);
    if (value === undefined) value = find();
    else this.values.delete(key);
    this.values.set(key, value);
    const [oldest] = this.values.keys();
    if (this.values.size > this.size && oldest !== undefined) this.values.delete(oldest);
    return value;
  }
}
