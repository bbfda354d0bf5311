/** Tables that are asked with words of a document: `constructor` and `toString` are in every object of JavaScript. */

/** The entry of a table, if the table itself has it. */
export function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
