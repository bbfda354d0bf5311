/**
 * Modules of the standard library that are simplest said in Python itself, as far as numeric code uses them. They are evaluated
 * like modules of the workspace; what they do is shown at the call that led there.
 */
import { argparse } from './argparse';
import { bisect } from './bisect';
import { contextlib } from './contextlib';
import { csv } from './csv';
import { enumeration } from './enum';
import { fractions } from './fractions';
import { heapq } from './heapq';
import { statistics } from './statistics';
import { string } from './string';
import { tqdm } from './tqdm';
import { types } from './types';

export const PRELUDE: ReadonlyMap<string, string> = new Map([
  ['argparse', argparse],
  ['bisect', bisect],
  ['contextlib', contextlib],
  ['csv', csv],
  ['enum', enumeration],
  ['fractions', fractions],
  ['heapq', heapq],
  ['statistics', statistics],
  ['string', string],
  ['tqdm', tqdm],
  ['tqdm.auto', tqdm],
  ['tqdm.notebook', tqdm],
  ['types', types],
]);
