/** The library modules that are built in, by name. */
import type { Library } from '../library';
import { numpy } from '../numpy';
import { numpyLinalg } from '../numpy/linalg';
import { numpyRandom } from '../numpy/random';
import { numpyLib, strideTricks } from '../numpy/strideTricks';
import { collections } from './collections';
import { commandLine } from './commandLine';
import { copy } from './copy';
import { dataclasses } from './dataclasses';
import { functools } from './functools';
import { inertLibraries } from './inert';
import { itertools } from './itertools';
import { json } from './json';
import { math } from './math';
import { operator } from './operator';
import { scipyLibraries } from '../scipy';
import { random } from './random';
import { os, osPath, sys, time, warnings } from './system';
import { abc, collectionsAbc, future, typing } from './typing';

export const LIBRARIES: ReadonlyMap<string, Library> = new Map(
  [
    abc,
    collections,
    collectionsAbc,
    commandLine,
    copy,
    dataclasses,
    functools,
    future,
    itertools,
    json,
    math,
    numpy,
    numpyLib,
    numpyLinalg,
    numpyRandom,
    operator,
    os,
    osPath,
    random,
    strideTricks,
    sys,
    time,
    typing,
    warnings,
    ...scipyLibraries,
    ...inertLibraries,
  ].map((l) => [l.name, l]),
);
