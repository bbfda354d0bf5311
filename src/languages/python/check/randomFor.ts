import { generator } from '../points';

/** Random numbers for a name at the k-th point: the same in every run. */
export function randomFor(name: string, k: number): () => number {
  let seed = k + 1;
  for (let i = 0; i < name.length; i++) seed = Math.imul(seed ^ name.charCodeAt(i), 0x01000193);
  return generator(seed);
}
