/**
 * The sound spreading of what is not known: where something unknown may have run, everything that it could
 * have changed is unknown from then on.
 */
import type { Frame } from './frame';
import type { Runtime } from './runtime';
import {
  PyBoundMethod,
  PyClass,
  PyDict,
  PyFunction,
  PyInstance,
  PyList,
  PyMethodWrapper,
  PyObject,
  PySet,
  PyTuple,
  type PyUnknown,
  type PyValue,
} from './values/object';

/** Everything mutable that can be reached from a value is unknown. */
export function spoil(rt: Runtime, value: PyValue, unknown: PyUnknown, seen: Set<PyObject> = new Set()): void {
  if (!(value instanceof PyObject) || seen.has(value)) return;
  seen.add(value);
  if (value instanceof PyList || value instanceof PyDict || value instanceof PySet) {
    const inner =
      value instanceof PyList
        ? value.items
        : value instanceof PyDict
          ? [...value.entries.values()].map((e) => e.value)
          : [];
    value.unknown ??= unknown;
    for (const item of inner) spoil(rt, item, unknown, seen);
  } else if (value instanceof PyTuple) {
    for (const item of value.items) spoil(rt, item, unknown, seen);
  } else if (value instanceof PyInstance) {
    value.unknown ??= unknown;
    for (const [name, v] of value.attrs) {
      spoil(rt, v, unknown, seen);
      value.attrs.set(name, unknown);
    }
    // Its methods may have run.
    for (const c of value.klass.mro) if (c.userDefined) spoilMembers(rt, c, unknown, seen);
  } else if (value instanceof PyFunction) {
    spoilReach(rt, value, unknown, seen);
  } else if (value instanceof PyBoundMethod) {
    spoil(rt, value.self, unknown, seen);
    spoil(rt, value.func, unknown, seen);
  } else if (value instanceof PyClass && value.userDefined) spoilMembers(rt, value, unknown, seen);
  else (value as Partial<Spoilable>).spoil?.(unknown);
}

/** Objects of libraries that can change (arrays) take part by a method of this name. */
export interface Spoilable {
  spoil(unknown: PyUnknown): void;
}

function spoilMembers(rt: Runtime, cls: PyClass, unknown: PyUnknown, seen: Set<PyObject>): void {
  if (seen.has(cls)) return;
  seen.add(cls);
  for (const [, member] of cls.attrs) {
    spoil(rt, member instanceof PyMethodWrapper ? member.func : member, unknown, seen);
  }
}

/** What a function can reach without arguments: variables of enclosing functions, and globals. */
function spoilReach(rt: Runtime, fn: PyFunction, unknown: PyUnknown, seen: Set<PyObject>): void {
  for (const { name, index, assigned } of fn.code.freeNames) {
    const cell = fn.closure[index];
    if (cell?.v === undefined) continue;
    spoil(rt, cell.v, unknown, seen);
    if (assigned || name === '') cell.v = unknown;
  }
  for (const { name, assigned } of fn.code.globalNames) {
    const value = fn.module.get(name);
    if (assigned) fn.module.set(name, unknown);
    else if (value !== undefined) spoil(rt, value, unknown, seen);
  }
}

/** A call that ended in the unknown: its arguments, its variables, and what they reach. */
export function spoilFunction(rt: Runtime, fn: PyFunction, frame: Frame, unknown: PyUnknown): void {
  const seen = new Set<PyObject>();
  for (const value of frame.slots) if (value !== undefined) spoil(rt, value, unknown, seen);
  for (const cell of frame.cells) if (cell.v !== undefined) spoil(rt, cell.v, unknown, seen);
  spoil(rt, fn, unknown, seen);
}
