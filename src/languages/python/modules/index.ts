/** The library modules that are built in, by name. */
import type { Library } from '../library';
import { numpy } from '../numpy';
import { math } from './math';

export const LIBRARIES: ReadonlyMap<string, Library> = new Map(
  [math, numpy].map((l) => [l.name, l]),
);
