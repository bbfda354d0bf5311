/** Makes the numbers inside a value leaves of the recording. */
import type { Recorder } from '../../../autodiff/recorder';
import { OP_INPUT, type Ref } from '../../../autodiff/tape';
import type { NamePart, NamePath, Origin, Site } from '../../../model';
import { copy, kindOf } from '../../../tensor';
import { PyArray } from '../numpy/array';
import { PyDict, PyFloat, PyInstance, PyList, PyObject, PyTuple, type PyValue, Traced } from '../values/object';
import { fileOf } from '../values/provenance';

/** Inputs that are whole numbers, by recording: what else reaches only sizes comes from them. */
const wholeInputs = new WeakMap<Recorder, Set<Ref>>();

/**
 * Whether nothing but whole numbers reaches the content of an array. Weights drawn in a size, and scaled by it, begin anew: to
 * differentiate them by the size is meant by nobody.
 */
function isSizedOnly({ memory }: PyArray, recorder: Recorder): boolean {
  const whole = wholeInputs.get(recorder);
  if (!whole || !memory.traced(recorder)) return false;
  const { tape } = recorder;
  const stack = [memory.rootRow(recorder, -1)];
  const seen = new Set(stack);
  while (stack.length > 0) {
    const row = stack.pop() as Ref;
    if (tape.code(row) === OP_INPUT && !whole.has(row)) return false;
    for (const p of tape.operands(row)) {
      if (seen.has(p)) continue;
      seen.add(p);
      stack.push(p);
    }
  }
  return true;
}

/** How many numbers of one container become leaves of their own. */
const MAX_LEAVES = 10_000;

/**
 * The value with every number in it traced. Containers and objects are changed in place, so whoever else
 * holds them sees the same leaves.
 * @param floatsOnly whole numbers inside containers and objects stay data: sizes, labels, options
 */
export function makeLeaves(
  recorder: Recorder,
  path: NamePath,
  value: PyValue,
  origin: Origin,
  site: Site,
  floatsOnly = false,
): PyValue {
  let left = MAX_LEAVES;
  const seen = new Map<PyObject, PyValue>();
  const visit = (name: NamePath, v: PyValue, from = origin): PyValue => {
    if (left <= 0) return v;
    const file = fileOf(v);
    const origin: Origin = file !== undefined && isWritten(from) ? { kind: 'file', why: `from ${file}` } : from;
    if (typeof v === 'number' || typeof v === 'bigint' || v instanceof PyFloat) {
      if (floatsOnly && v !== value && !(v instanceof PyFloat)) return v;
      left--;
      const row = recorder.input(name, v instanceof PyFloat ? v.v : Number(v), origin, site);
      if (!(v instanceof PyFloat)) {
        const whole = wholeInputs.get(recorder);
        if (whole) whole.add(row);
        else wholeInputs.set(recorder, new Set([row]));
      }
      return new Traced(v, row);
    }
    if (!(v instanceof PyObject)) return v;
    const known = seen.get(v);
    if (known !== undefined) return known;
    if (v instanceof PyArray) {
      // What an input reaches already is no leaf of its own.
      if (v.memory.traced(recorder) && !isSizedOnly(v, recorder)) return v;
      if (floatsOnly && kindOf(v.nd.dtype) !== 'f') return v;
      // Shared by several names it is one leaf, by the first of them.
      const leaf = arrayLeaf(recorder, name, v, origin, site);
      seen.set(v, leaf);
      return leaf;
    }
    if (v instanceof PyTuple && !v.attrs) {
      const tuple = new PyTuple(v.items.map((item, i) => visit([...name, i], item, origin)));
      seen.set(v, tuple);
      return tuple;
    }
    seen.set(v, v);
    if (v instanceof PyList) v.items.forEach((item, i) => (v.items[i] = visit([...name, i], item, origin)));
    else if (v instanceof PyDict) {
      for (const entry of v.entries.values()) {
        const part = keyPart(entry.key);
        if (part !== undefined) entry.value = visit([...name, part], entry.value, origin);
      }
    } else if (v instanceof PyInstance) {
      for (const [attr, inner] of v.attrs) v.attrs.set(attr, visit([...name, attr], inner, origin));
    }
    return v;
  };
  return visit(path, value);
}

/** Whether values come from where the program has them from: no reader or directive put others in their place. */
function isWritten({ kind }: Origin): boolean {
  return kind === 'document' || kind === 'assumed';
}

/** How a key of a dictionary is written in a name; undefined for one that is no text and no number. */
export function keyPart(key: PyValue): NamePart | undefined {
  return typeof key === 'string' ? { key } : typeof key === 'number' ? key : undefined;
}

/** An array of floats as a leaf. A view becomes an array of its own, and so does what has a past in the recording. */
function arrayLeaf(recorder: Recorder, name: NamePath, array: PyArray, origin: Origin, site: Site): PyArray {
  if (array.unknown || kindOf(array.nd.dtype) === 'b' || array.nd.ndim === 0) return array;
  const isNew = array.path.length === 0 && !array.memory.traced(recorder);
  const leaf = isNew ? array : new PyArray(copy(array.nd));
  leaf.memory.setRow(recorder, recorder.input(name, leaf.nd, origin, site));
  return leaf;
}
