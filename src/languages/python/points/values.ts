/** Numbers for points that the document does not give: distinct, unremarkable, the same for a seed in every run. */
import { copy, type DType, fromNested, fromValues, isWide, kindOf, reshape } from '../../../tensor';
import { PyArray } from '../numpy/array';
import { sameNumbers } from '../values/provenance';
import { OBJECT, PyClass, PyInstance, PyFloat, PyList, PyTuple, PyDict, type PyValue } from '../values/object';
import type { Choice, Tree } from './choices';

/** Ranges that numbers are taken from; which ones a function can be evaluated in is tried. */
export const DOMAINS = ['unit', 'mixed', 'above', 'negative'] as const;
export type Domain = (typeof DOMAINS)[number];

const RANGE: Readonly<Record<Domain, readonly [number, number]>> = {
  unit: [0.15, 0.95],
  mixed: [-1.6, 1.6],
  above: [1.1, 2.9],
  negative: [-0.95, -0.1],
};

/** Of `mixed`: what lies so near zero is moved away from kinks there. */
const CLEARANCE = 0.06;

/** Mulberry32: a small generator with a state of one word. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` numbers of a domain, no two equal, in random order. */
export function distinctNumbers(count: number, domain: Domain, random: () => number): number[] {
  const [lower, upper] = RANGE[domain];
  const places = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const k = Math.floor(random() * (i + 1));
    [places[i], places[k]] = [places[k] as number, places[i] as number];
  }
  const precision = count > 40 ? 1e6 : 1e3;
  return places.map((k) => {
    // One number a stratum: never equal, never evenly spaced.
    let u = lower + ((upper - lower) * (k + 0.15 + 0.7 * random())) / count;
    if (Math.abs(u) < CLEARANCE) u = u < 0 ? u - CLEARANCE : u + CLEARANCE;
    return Math.round(u * precision) / precision;
  });
}

/** The values of one leaf. */
export function leafValue(choice: Choice, domain: Domain, random: () => number, lists: boolean): PyValue {
  switch (choice.kind) {
    case 'number':
      return new PyFloat(distinctNumbers(1, domain, random)[0] as number);
    case 'integer':
      return choice.value;
    case 'widths':
      return new PyList([...choice.values]);
    case 'flag':
    case 'text':
      return choice.value;
    case 'labels': {
      const size = choice.shape.reduce((a, n) => a * n, 1);
      // All labels occur where there is room for them.
      const first = Math.floor(random() * choice.below);
      const labels = Array.from({ length: size }, (_, i) => (first + i) % choice.below);
      return lists ? nestedList(labels, choice.shape) : arrayOf(labels, choice.shape, 'int64');
    }
    case 'array': {
      const size = choice.shape.reduce((a, n) => a * n, 1);
      const values = distinctNumbers(size, domain, random);
      if (lists)
        return nestedList(
          values.map((v) => new PyFloat(v)),
          choice.shape,
        );
      return arrayOf(values, choice.shape, 'float64');
    }
  }
}

function nestedList(values: readonly PyValue[], shape: readonly number[]): PyValue {
  const [, ...rest] = shape;
  if (rest.length === 0) return new PyList([...values]);
  const step = values.length / (shape[0] as number);
  return new PyList(
    Array.from({ length: shape[0] as number }, (_, i) => nestedList(values.slice(i * step, (i + 1) * step), rest)),
  );
}

/** An argument from the values of its leaves. */
export function treeValue(tree: Tree, leaf: (index: number) => PyValue): PyValue {
  switch (tree.kind) {
    case 'leaf':
      return leaf(tree.index);
    case 'tuple':
      return new PyTuple(tree.items.map((t) => treeValue(t, leaf)));
    case 'dict': {
      const dict = new PyDict();
      for (const [key, t] of tree.fields) dict.set(key, treeValue(t, leaf));
      return dict;
    }
    case 'object': {
      const object = new PyInstance(NAMESPACE);
      for (const [name, t] of tree.fields) object.attrs.set(name, treeValue(t, leaf));
      return object;
    }
  }
}

/** Of objects whose class is not known. */
const NAMESPACE = new PyClass('SimpleNamespace', [OBJECT]);

function arrayOf(values: readonly number[], shape: readonly number[], dtype: DType): PyArray {
  if (isWide(dtype)) return new PyArray(fromValues(dtype, shape, Float64Array.from(values)));
  return new PyArray(reshape(fromNested(values, dtype), shape));
}

/**
 * A copy of a value in which every float is another one: further points with the shapes of a known one, and what flows into
 * a backward pass. Whole numbers, flags, texts and objects of the document stay.
 */
export function redraw(value: PyValue, domain: Domain, random: () => number): PyValue {
  if (value instanceof PyFloat) return new PyFloat(distinctNumbers(1, domain, random)[0] as number, value.kind);
  if (value instanceof PyArray) {
    if (kindOf(value.nd.dtype) !== 'f') return new PyArray(copy(value.nd));
    return arrayOf(distinctNumbers(value.nd.size, domain, random), value.nd.shape, value.nd.dtype);
  }
  if (value instanceof PyList) return new PyList(value.items.map((v) => redraw(v, domain, random)));
  if (value instanceof PyTuple && !value.attrs) return new PyTuple(value.items.map((v) => redraw(v, domain, random)));
  if (value instanceof PyDict) {
    const dict = new PyDict();
    for (const [hash, { key, value: v }] of value.entries)
      dict.entries.set(hash, { key, value: redraw(v, domain, random) });
    return dict;
  }
  return value;
}

/** A copy that later writes to the original do not reach. Objects of the document are shared. */
export function snapshot(value: PyValue): PyValue {
  if (value instanceof PyArray) return value.unknown ? value : sameNumbers(new PyArray(copy(value.nd)), value);
  if (value instanceof PyList && !value.attrs) return new PyList(value.items.map(snapshot));
  if (value instanceof PyTuple && !value.attrs) return new PyTuple(value.items.map(snapshot));
  if (value instanceof PyDict && !value.attrs && value.factory === undefined) {
    const dict = new PyDict();
    for (const [hash, { key, value: v }] of value.entries) dict.entries.set(hash, { key, value: snapshot(v) });
    return dict;
  }
  return value;
}

/** Whether every number in a result is finite; what holds no number counts as finite. */
export function isFiniteValue(value: PyValue, depth = 0): boolean {
  if (value instanceof PyFloat) return Number.isFinite(value.v);
  if (value instanceof PyArray) {
    return kindOf(value.nd.dtype) !== 'f' || Array.from(value.nd.elements()).every(Number.isFinite);
  }
  if (depth > 3) return true;
  if (value instanceof PyList || value instanceof PyTuple) return value.items.every((v) => isFiniteValue(v, depth + 1));
  if (value instanceof PyDict) return [...value.entries.values()].every((e) => isFiniteValue(e.value, depth + 1));
  return true;
}
