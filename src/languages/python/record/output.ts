/** Which number of a result is differentiated. */
import type { Ref } from '../../../autodiff/tape';
import { sameNamePath } from '../../../format/namePath';
import { type NamePath, unknown, type Unknown } from '../../../model';
import { kindOf } from '../../../tensor';
import { PyArray } from '../numpy/array';
import type { Runtime } from '../runtime';
import { isNumberLike } from '../values/numbers';
import { keyPart } from './leaves';
import {
  type PlainNumber,
  PyDict,
  PyInstance,
  PyList,
  PyTuple,
  PyUnknown,
  type PyValue,
  Traced,
} from '../values/object';

export interface Output {
  readonly row: Ref;
  readonly name: NamePath;
}

/** The first number in a value that an input reaches, else its first number. */
export function chooseOutput(rt: Runtime, value: PyValue, name: NamePath, what: string): Output | Unknown {
  if (value instanceof PyUnknown) return value.unknown;
  const numbers = [...numbersIn(value, name)];
  const active = (v: NamedNumber['value']) => (v instanceof PyArray ? v.isTraced(rt) : v instanceof Traced);
  const chosen = numbers.find((n) => active(n.value)) ?? numbers[0];
  if (!chosen) return unknown('no-number', `${what} is no number`, rt.span(rt.place));
  const { value: number, name: path } = chosen;
  return { row: number instanceof PyArray ? number.row(rt) : rt.rowOf(number), name: path };
}

/** The number of this name in a value that is called `name`. */
export function numberNamed(rt: Runtime, value: PyValue, name: NamePath, wanted: NamePath): Output | undefined {
  for (const { value: number, name: path } of numbersIn(value, name)) {
    if (!sameNamePath(path, wanted)) continue;
    return { row: number instanceof PyArray ? number.row(rt) : rt.rowOf(number), name: path };
  }
  return undefined;
}

interface NamedNumber {
  readonly name: NamePath;
  readonly value: PlainNumber | Traced | PyArray;
}

function* numbersIn(value: PyValue, name: NamePath, depth = 0): Generator<NamedNumber> {
  if (typeof value === 'boolean') return;
  if (isNumberLike(value)) {
    yield { name, value: value as NamedNumber['value'] };
  } else if (value instanceof PyArray) {
    if (!value.unknown && kindOf(value.nd.dtype) !== 'b') yield { name, value };
  } else if (depth < 4) {
    if (value instanceof PyTuple || value instanceof PyList) {
      for (const [i, item] of value.items.entries()) yield* numbersIn(item, [...name, i], depth + 1);
    } else if (value instanceof PyDict) {
      for (const { key, value: v } of value.entries.values()) {
        const part = keyPart(key);
        if (part !== undefined) yield* numbersIn(v, [...name, part], depth + 1);
      }
    } else if (value instanceof PyInstance) {
      for (const [attr, v] of value.attrs) yield* numbersIn(v, [...name, attr], depth + 1);
    }
  }
}
