/** Values kept from one run, made anew in another. */
import { copy } from '../../../tensor';
import { PyArray } from '../numpy/array';
import {
  PyClass,
  PyDict,
  PyFloat,
  PyFunction,
  PyInstance,
  PyList,
  PyObject,
  PyTuple,
  PyUnknown,
  type PyValue,
  Traced,
} from '../values/object';
import type { Session } from '../points';

/** Makes a value of its own in a run. */
export type Maker = (run: Session) => PyValue;

/** How deep containers and objects are followed. */
const MAX_DEPTH = 8;

/** A maker of equal values; undefined where something inside is not known. */
export function snapshot(value: PyValue): Maker | undefined {
  const seen = new Map<PyObject, { maker: Maker }>();
  let failed = false;
  const take = (v: PyValue, depth: number): Maker => {
    if (!(v instanceof PyObject)) return () => v;
    if (v instanceof PyUnknown || depth > MAX_DEPTH) {
      failed = true;
      return () => v;
    }
    if (v instanceof Traced) return take(v.plain as PyValue, depth);
    if (v instanceof PyFloat) return () => v;
    const known = seen.get(v);
    // Shared and cyclic structure is kept within one run.
    if (known) return (run) => known.maker(run);
    const entry: { maker: Maker } = { maker: () => v };
    seen.set(v, entry);
    entry.maker = once(inner(v, depth));
    return entry.maker;
  };
  const inner = (v: PyObject, depth: number): ((run: Session) => { value: PyValue; fill(): void }) => {
    if (v instanceof PyArray) {
      if (v.unknown) failed = true;
      const nd = copy(v.nd);
      return () => ({ value: new PyArray(copy(nd)), fill: () => undefined });
    }
    if (v instanceof PyTuple) {
      const items = v.items.map((item) => take(item, depth + 1));
      return (run) => ({ value: new PyTuple(items.map((m) => m(run))), fill: () => undefined });
    }
    if (v instanceof PyList) {
      const items = v.items.map((item) => take(item, depth + 1));
      return (run) => {
        const list = new PyList([]);
        return { value: list, fill: () => void items.forEach((m) => list.items.push(m(run))) };
      };
    }
    if (v instanceof PyDict) {
      const entries = [...v.entries].map(([hash, e]) => [hash, e.key, take(e.value, depth + 1)] as const);
      const { factory } = v;
      return (run) => {
        const dict = new PyDict().derive(v.cls);
        if (factory !== undefined) dict.factory = factory;
        return {
          value: dict,
          fill: () => {
            for (const [hash, key, m] of entries) dict.entries.set(hash, { key, value: m(run) });
          },
        };
      };
    }
    if (v instanceof PyInstance) {
      const attrs = [...v.attrs].map(([name, item]) => [name, take(item, depth + 1)] as const);
      return (run) => {
        const instance = new PyInstance(classOf(run, v.klass));
        return {
          value: instance,
          fill: () => {
            for (const [name, m] of attrs) instance.attrs.set(name, m(run));
          },
        };
      };
    }
    if (v instanceof PyFunction) {
      return (run) => {
        const own = run.scope.get(v.code.name);
        return {
          value: own instanceof PyFunction && own.code.node === v.code.node ? own : v,
          fill: () => undefined,
        };
      };
    }
    return () => ({ value: v, fill: () => undefined });
  };
  const maker = take(value, 0);
  return failed ? undefined : maker;
}

/** Makes the value once a run, so that what is shared stays shared. */
function once(make: (run: Session) => { value: PyValue; fill(): void }): Maker {
  const made = new WeakMap<Session, PyValue & object>();
  return (run) => {
    const known = made.get(run);
    if (known) return known;
    const { value, fill } = make(run);
    if (typeof value === 'object' && value !== null) made.set(run, value);
    fill();
    return value;
  };
}

/** The class of the same name in the run. */
function classOf(run: Session, cls: PyClass): PyClass {
  const own = run.scope.get(cls.name);
  return own instanceof PyClass && own.userDefined ? own : cls;
}
