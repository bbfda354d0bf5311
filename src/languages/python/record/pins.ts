/** Values that the reader or a directive gives in place of the document's. */
import { nameOf, parseNamePath } from '../../../format/namePath';
import type { NamePath, Origin } from '../../../model';
import { fromNested, type Nested } from '../../../tensor';
import type { PinValue } from '../../frontEnd';
import { PyArray } from '../numpy/array';
import { snapshot } from '../points/values';
import { PyDict, PyFloat, PyInstance, PyList, PyTuple, type PyValue } from '../values/object';

/** A value that is no plain JSON: drawn, or read from a file. */
export class GivenValue {
  constructor(readonly value: PyValue) {}
}

export interface Pin {
  readonly path: NamePath;
  readonly value: PinValue | GivenValue;
  readonly origin: Origin;
}

/** Pins by the root of their names. */
export class Pins {
  private readonly byRoot = new Map<string, Pin[]>();

  constructor(pins: readonly Pin[]) {
    for (const pin of pins) {
      const root = String(pin.path[0]);
      this.byRoot.set(root, [...(this.byRoot.get(root) ?? []), pin]);
    }
  }

  /** Whether the whole value of a name is given. */
  has(root: string): boolean {
    return this.of(root).some((p) => p.path.length === 1);
  }

  of(root: string): readonly Pin[] {
    return this.byRoot.get(root) ?? [];
  }
}

/** Pins from name texts; what is no name is left out. */
export function pinsFrom(set: Readonly<Record<string, PinValue>>, origin: Origin): Pin[] {
  return Object.entries(set).flatMap(([text, value]) => {
    const path = parseNamePath(text);
    return path ? [{ path, value, origin }] : [];
  });
}

/** A list of numbers in a file about arrays is an array. */
export function asArray(value: PyValue): PyValue {
  const nested = (v: PyValue): Nested | undefined => {
    if (typeof v === 'number') return v;
    if (v instanceof PyFloat) return v.v;
    if (!(v instanceof PyList)) return undefined;
    const items = v.items.map(nested);
    return items.every((x) => x !== undefined) ? (items as Nested[]) : undefined;
  };
  if (!(value instanceof PyList)) return value;
  const numbers = nested(value);
  try {
    return numbers === undefined ? value : new PyArray(fromNested(numbers, 'float64'));
  } catch {
    // Ragged lists stay lists.
    return value;
  }
}

/** The value with the pins of its name applied, and the origin of the last one. */
export function applyPin(pins: Pins, root: string, value: PyValue | undefined): { value: PyValue; changed?: Origin } {
  let current = value ?? null;
  let changed: Origin | undefined;
  for (const pin of pins.of(root)) {
    current = place(current, pin.path.slice(1), pin.value);
    changed = pin.origin;
  }
  return changed ? { value: current, changed } : { value: current };
}

function place(value: PyValue, path: NamePath, pin: PinValue | GivenValue): PyValue {
  const [part, ...rest] = path;
  if (part === undefined) return like(value, pin);
  const key = nameOf(part);
  if (value instanceof PyList && typeof key === 'number') {
    value.items[key] = place(value.items[key] ?? null, rest, pin);
  } else if (value instanceof PyTuple && typeof key === 'number') {
    const items = [...value.items];
    items[key] = place(items[key] ?? null, rest, pin);
    return new PyTuple(items);
  } else if (value instanceof PyDict) {
    const entry = value.entries.get(key);
    if (entry) entry.value = place(entry.value, rest, pin);
    else value.entries.set(key, { key, value: place(null, rest, pin) });
  } else if (value instanceof PyInstance && typeof key === 'string') {
    value.attrs.set(key, place(value.attrs.get(key) ?? null, rest, pin));
  }
  return value;
}

/** A JSON value in place of a value: an object fills fields, a number keeps the type that it replaces. */
function like(old: PyValue, pin: PinValue | GivenValue): PyValue {
  if (pin instanceof GivenValue) return snapshot(pin.value);
  if (old instanceof PyArray) {
    const dtype = old.nd.dtype === 'float32' ? 'float32' : 'float64';
    return new PyArray(fromNested(pin as Nested, dtype));
  }
  if (typeof pin === 'number') {
    if (old instanceof PyFloat) return new PyFloat(pin, old.kind);
    return Number.isSafeInteger(pin) ? pin + 0 : new PyFloat(pin);
  }
  if (Array.isArray(pin)) {
    const items = (pin as readonly PinValue[]).map((item, i) =>
      like(old instanceof PyList || old instanceof PyTuple ? (old.items[i] ?? null) : null, item),
    );
    return old instanceof PyTuple ? new PyTuple(items) : new PyList(items);
  }
  if (pin !== null && typeof pin === 'object') {
    const target = old instanceof PyDict || old instanceof PyInstance ? old : new PyDict();
    for (const [key, item] of Object.entries(pin as { readonly [key: string]: PinValue })) {
      if (target instanceof PyDict) target.set(key, like(target.get(key) ?? null, item));
      else target.attrs.set(key, like(target.attrs.get(key) ?? null, item));
    }
    return target;
  }
  return pin as string | boolean | null;
}
