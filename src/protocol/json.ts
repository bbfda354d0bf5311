/** JSON has no NaN and no infinities: they travel, and are printed by the command line, as these strings. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity';
export type JsonTensor = JsonNumber | readonly JsonTensor[];

export function toJsonNumber(x: number): JsonNumber {
  return Number.isFinite(x) ? x : (String(x) as 'NaN' | 'Infinity' | '-Infinity');
}

export function fromJsonNumber(x: JsonNumber): number {
  return Number(x);
}
